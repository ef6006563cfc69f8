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
        /// To make, oldest first.
        pub tickets: Vec<KitchenTicket>,
        /// Done lately, newest first: what a recall can bring back.
        pub done: Vec<KitchenTicket>,
        /// What is still to make, by product, most first.
        pub day: Vec<DayCount>,
        pub pulse: StationPulse,
        pub now: i64,
    }

    pub struct DayCount {
        pub name: String,
        pub quantity: i64,
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
        /// It is on no paper: this screen stands in for the station's printer.
        pub backup: bool,
        pub note: Option<String>,
        /// It goes to another table than its paper says, or tells of such a move and has no lines.
        pub moved: Option<KitchenMove>,
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
        /// The tickets that told of what moved; none on such a ticket itself.
        pub numbers: Vec<i64>,
        /// Which things, when it is not all of those tickets.
        pub things: Vec<String>,
    }

    pub struct KitchenLine {
        pub line_id: Uuid,
        pub quantity: i64,
        pub name: String,
        pub modifiers: Vec<String>,
        pub note: Option<String>,
        pub allergy: Option<String>,
        pub course: u8,
        /// Taken back, on this ticket or by a later one.
        pub voided: bool,
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

    /// Brings a done ticket back.
    pub struct RecallTicket {
        pub command_id: Uuid,
        pub ticket_id: Uuid,
    }
}
