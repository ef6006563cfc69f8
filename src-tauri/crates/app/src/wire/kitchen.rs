//! What a kitchen screen shows.

use super::{OrderType, StationPulse, TicketKind, TicketState, wire};
use uuid::Uuid;

wire! {
    /// Asks for the tickets of a station: those to make, and those done in the last minutes.
    pub struct ListKitchenTickets {
        pub station_id: Uuid,
    }

    pub struct KitchenView {
        pub station_id: Uuid,
        pub station: String,
        /// To make: what goes first in the order in which that was said, then oldest first.
        pub tickets: Vec<KitchenTicket>,
        /// The last fifty that were done, newest first: what a recall can bring back.
        pub done: Vec<KitchenTicket>,
        /// What waits for its course, by order and course; nothing to make yet.
        pub held: Vec<HeldCourse>,
        pub pulse: StationPulse,
        pub now: i64,
    }

    /// What an order holds of a station's in one course.
    pub struct HeldCourse {
        pub order_id: Uuid,
        pub order_number: i64,
        pub order_type: OrderType,
        pub table: Option<String>,
        pub customer: Option<String>,
        pub waiter: String,
        pub course: u8,
        pub lines: Vec<KitchenLine>,
    }

    /// Asks how some tickets of a station are, for who has its list and was told that they changed.
    pub struct GetKitchenTickets {
        pub station_id: Uuid,
        /// At most 200.
        pub ticket_ids: Vec<Uuid>,
    }

    pub struct KitchenTickets {
        /// Those that were asked for and are to make or done, oldest first; one that is missing is on no list.
        /// A line counts as taken back when its own ticket, or another of these, says so.
        pub tickets: Vec<KitchenTicket>,
        pub now: i64,
    }

    pub struct KitchenTicket {
        pub id: Uuid,
        pub order_id: Uuid,
        pub station_id: Uuid,
        pub number: i64,
        pub order_number: i64,
        pub order_type: OrderType,
        pub table: Option<String>,
        pub room: Option<String>,
        pub customer: Option<String>,
        pub covers: Option<u32>,
        pub waiter: String,
        pub kind: TicketKind,
        pub state: TicketState,
        pub urgent: bool,
        /// When a cook said that it goes before the others.
        pub first_at: Option<i64>,
        /// It is on no paper: this screen stands in for the station's printer.
        pub backup: bool,
        pub note: Option<String>,
        /// It goes to another table than its paper says, or is served otherwise, or tells of that and has no lines.
        pub moved: Option<KitchenMove>,
        /// The course that was held until now.
        pub fired: Option<u8>,
        /// When the house promised the order.
        pub promised_at: Option<i64>,
        pub lines: Vec<KitchenLine>,
        /// Things to make.
        pub item_count: i64,
        pub created_at: i64,
        pub ready_at: Option<i64>,
        /// Past this instant the ticket is late, by its products' preparation times.
        pub late_at: i64,
    }

    pub struct KitchenMove {
        /// The table that it was for.
        pub from: Option<String>,
        /// How the guest was to eat, when that changed.
        pub was: Option<OrderType>,
        /// The tickets that told of what moved; none on such a ticket itself.
        pub numbers: Vec<i64>,
        /// Which things, when it is not all of those tickets.
        pub things: Vec<String>,
    }

    pub struct KitchenLine {
        pub line_id: Uuid,
        /// What it is a line of; none on tickets of an earlier program.
        pub product_id: Option<Uuid>,
        pub quantity: i64,
        pub name: String,
        pub modifiers: Vec<String>,
        /// The combo that it was chosen for.
        pub combo: Option<String>,
        pub note: Option<String>,
        pub allergy: Option<String>,
        pub course: u8,
        /// Who at the table it is for; none when it is for all.
        pub seat: Option<u16>,
        /// Taken back, on this ticket or by a later one.
        pub voided: bool,
        /// Why, in the words of whoever took it back.
        pub void_reason: Option<String>,
    }

    /// Says that a kitchen screen has shown these tickets.
    pub struct SeeTickets {
        pub command_id: Uuid,
        /// At most 200.
        pub ticket_ids: Vec<Uuid>,
    }

    pub struct SeenTickets {
        /// How many were new until now.
        pub newly_seen: u32,
    }

    /// Says that a ticket is done.
    pub struct BumpTicket {
        pub command_id: Uuid,
        pub ticket_id: Uuid,
    }

    /// Has a ticket stand before the others on its station's screen, or where it stood.
    pub struct PrioritiseTicket {
        pub command_id: Uuid,
        pub ticket_id: Uuid,
        pub first: bool,
    }

    /// Brings a done ticket back.
    pub struct RecallTicket {
        pub command_id: Uuid,
        pub ticket_id: Uuid,
    }
}
