//! What the core tells every window without being asked.

use super::{JobState, ProductStock, ServiceTrouble, StationPulse, Text, TicketKind, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

wire! {
    /// One event in its place: `seq` goes up by one; a screen that misses a number asks for everything again.
    pub struct EventEnvelope {
        pub seq: i64,
        /// Made anew at each start of the core; another one means: ask for everything again.
        pub boot_id: Uuid,
        pub at: i64,
        pub event: Event,
    }
}

wire! {
    /// How far a ticket's paper is at the moment of an event.
    pub struct PaperNow {
        pub job: JobState,
        /// Where it stands in its lane, 1 is next; none when it does not wait, or goes before others.
        pub place: Option<i64>,
        /// Estimated milliseconds to paper, by what its lane has measured.
        pub wait_ms: Option<i64>,
    }
}

/// Whether the core can reach what it remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum StoreState {
    Ok,
    /// The database server does not answer: nothing can be saved, and what screens show is getting old.
    Away,
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The core is alive; sent every second and a half, and at once when the store goes or comes back. After four
    /// seconds in which nothing is heard, a screen is disconnected.
    Heartbeat {
        /// Who still has what to print; as it was last known while the store is away.
        stations: Vec<StationPulse>,
        /// Papers of no station that failed: they come out only when a person says so.
        papers_failed: i64,
        store: StoreState,
        /// Everything that can wait makes way for paper.
        turbo: bool,
        /// What broke in the background lately; nearly always nothing.
        services: Vec<ServiceTrouble>,
    },
    /// An order or the way of its tickets changed.
    OrderChanged { order_id: Uuid },
    /// A station has a new ticket.
    TicketArrived {
        station_id: Uuid,
        ticket_id: Uuid,
        order_id: Uuid,
        ticket_kind: TicketKind,
        urgent: bool,
        paper: PaperNow,
    },
    /// A ticket of a station changed: on its way to paper, seen, done, brought back, rewritten, voided.
    TicketChanged {
        station_id: Uuid,
        ticket_id: Uuid,
        order_id: Uuid,
        /// How far its paper is now; none when something else of it changed.
        paper: Option<PaperNow>,
    },
    /// What waits for its course is not what it was, at one station or several.
    HeldChanged,
    /// The pulse of stations changed.
    PulseChanged { stations: Vec<StationPulse>, papers_failed: i64, turbo: bool },
    /// A paper that is no ticket is further, or wants a word of a person.
    PaperChanged { job_id: Uuid },
    /// Tickets that waited for one printer of a station go to another, which stands in for it or shares its
    /// load. The text says so to the people who sent them and to whoever looks after printers.
    TicketsMoved { station_id: Uuid, order_ids: Vec<Uuid>, stand_in: bool, text: Text },
    /// The menu changed: prices, products, what is sold out.
    MenuChanged,
    /// There are other stations, they are called otherwise, or their tickets come out elsewhere.
    StationsChanged,
    /// Rooms or tables are other, or stand elsewhere.
    FloorChanged,
    /// Something new is wrong, or is over; so many alerts are open now.
    AlertsChanged { open: i64 },
    /// What a role may do has changed: a screen asks again what its person may.
    PermissionsChanged,
    /// Somebody works here who did not, or no more, or under another name.
    PeopleChanged,
    /// Somebody has changed a setting of the house.
    SettingsChanged,
    /// There is more or less of products that are counted; those that are not named are as they were.
    StockChanged { products: Vec<ProductStock> },
    /// A backup failed; orders go on. Another is tried soon.
    BackupFailed { problem: Text },
    /// The data file was found damaged while it is in use; the next start will refuse it.
    DataDamaged { problem: Text },
}
