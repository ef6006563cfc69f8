//! Orders and the floor that they stand on.

use super::{
    Cause, CourseState, DivisionView, JobState, OrderStage, OrderStatus, OrderType, PriceReason, TableShape,
    Text, TicketKind, TicketState, wire,
};
use uuid::Uuid;

wire! {
    /// Asks for the rooms, the tables and what is open on them.
    pub struct GetFloor {}

    pub struct FloorView {
        pub rooms: Vec<RoomView>,
        /// Open orders without a table.
        pub others: Vec<OrderSummary>,
        /// The core's time when this was read.
        pub now: i64,
    }

    pub struct RoomView {
        pub id: Uuid,
        pub name: String,
        pub tables: Vec<TableView>,
    }

    pub struct TableView {
        pub id: Uuid,
        pub name: String,
        pub seats: u32,
        /// Place and size on the room's plan, in grid units.
        pub x: i32,
        pub y: i32,
        pub width: i32,
        pub height: i32,
        pub shape: TableShape,
        /// Open orders, oldest first; usually none or one.
        pub orders: Vec<OrderSummary>,
    }

    pub struct OrderSummary {
        pub id: Uuid,
        pub number: i64,
        /// What it is served as.
        pub order_type: OrderType,
        /// What it was taken as, in whose row its number stands.
        pub taken_as: OrderType,
        pub customer: Option<String>,
        pub covers: Option<u32>,
        pub waiter: String,
        pub status: OrderStatus,
        pub urgent: bool,
        /// The first course of which something waits to be fired.
        pub next_course: Option<u8>,
        pub total_minor: i64,
        pub opened_at: i64,
        /// When something was last done with it: a line was added, taken back or fired, or it went elsewhere.
        pub last_action_at: i64,
        /// Since when the oldest of its tickets that are not proved is on its way to paper; none when all are.
        pub waiting_since: Option<i64>,
        pub contact: OrderContact,
        /// How far it is on its way to whoever ordered it.
        pub stage: OrderStage,
        /// Who handed it over; none of an order that is not.
        pub handed_over: Option<HandOver>,
    }

    /// How whoever ordered is reached, and when the order was promised.
    pub struct OrderContact {
        /// Which of the customers that the house knows it is.
        #[serde(default)]
        pub customer_id: Option<Uuid>,
        #[serde(default)]
        pub phone: Option<String>,
        #[serde(default)]
        pub address: Option<String>,
        /// Words to whoever brings it.
        #[serde(default)]
        pub courier_note: Option<String>,
        #[serde(default)]
        pub promised_at: Option<i64>,
    }

    /// Who handed an order to whoever ordered it, and when.
    pub struct HandOver {
        pub at: i64,
        pub by: String,
    }

    /// Says how whoever ordered is called and reached, and when the order is promised; the last word stays.
    pub struct DescribeOrder {
        pub command_id: Uuid,
        pub order_id: Uuid,
        #[serde(default)]
        pub customer: Option<String>,
        pub contact: OrderContact,
        /// Guests at its table, from 1; none leaves what is known.
        #[serde(default)]
        pub covers: Option<u32>,
        /// Have the house know them by their telephone the next time.
        #[serde(default)]
        pub remember_customer: bool,
    }

    /// Says that an order was handed to whoever ordered it, or was not after all. It stays open.
    pub struct HandOverOrder {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub handed_over: bool,
    }

    /// One line that a person typed. The client makes the id where the line is typed.
    pub struct NewLine {
        pub id: Uuid,
        pub product_id: Uuid,
        /// Which variant of the product; needed when it has some.
        #[serde(default)]
        pub variant_id: Option<Uuid>,
        /// Whole units, 1 to 999.
        pub quantity: i64,
        #[serde(default)]
        pub modifier_ids: Vec<Uuid>,
        #[serde(default)]
        pub note: Option<String>,
        /// What the guest must not eat.
        #[serde(default)]
        pub allergy: Option<String>,
        /// Course of the meal, 1 to 9.
        #[serde(default = "first_course")]
        pub course: u8,
        /// Who at the table it is for, from 1; none or 0 when it is for all.
        #[serde(default)]
        pub seat: Option<u16>,
        /// It is made only when its course is fired.
        #[serde(default)]
        pub held: bool,
        /// What was chosen for it, of a combo; each is as many as there are combos.
        #[serde(default)]
        pub parts: Vec<ComboPart>,
    }

    /// Something that was chosen for a combo. It becomes a line of its own, of the combo's course and seat and with its
    /// words to the cook.
    pub struct ComboPart {
        pub id: Uuid,
        /// Which of the combo's slots it answers.
        pub slot_id: Uuid,
        pub product_id: Uuid,
        #[serde(default)]
        pub variant_id: Option<Uuid>,
        #[serde(default)]
        pub modifier_ids: Vec<Uuid>,
    }

    /// Asks what lines would come to, without ordering them.
    pub struct QuoteLines {
        /// The order that they would be added to, when there is one.
        #[serde(default)]
        pub order_id: Option<Uuid>,
        pub lines: Vec<NewLine>,
    }

    pub struct Quote {
        pub lines: Vec<QuotedLine>,
        pub net_minor: i64,
        pub tax_minor: i64,
        pub total_minor: i64,
        /// What the whole order would come to with them.
        pub order_total_minor: i64,
    }

    pub struct QuotedLine {
        pub id: Uuid,
        pub unit_price_minor: i64,
        pub total_minor: i64,
        /// Why it comes to something else than ordinarily; what is ordinary is of the whole line too.
        pub reason: Option<PriceReason>,
    }

    /// Opens an order and sends it to its stations, all at once.
    pub struct CreateOrder {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub order_type: OrderType,
        #[serde(default)]
        pub table_id: Option<Uuid>,
        #[serde(default)]
        pub customer: Option<String>,
        /// Guests at the table, 1 to 999.
        #[serde(default)]
        pub covers: Option<u32>,
        #[serde(default)]
        pub note: Option<String>,
        #[serde(default)]
        pub urgent: bool,
        #[serde(default)]
        pub contact: Option<OrderContact>,
        pub lines: Vec<NewLine>,
    }

    /// Asks for one order.
    pub struct GetOrder {
        pub order_id: Uuid,
    }

    /// Adds lines to an open order; only they are printed.
    pub struct AddLines {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub lines: Vec<NewLine>,
    }

    /// Takes a line back, and with a combo all that was chosen for it. What is not printed yet is taken off its ticket; what is, is voided on paper.
    pub struct VoidLine {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub line_id: Uuid,
        /// How many units of it are taken back; all of them when it is left out.
        #[serde(default)]
        pub quantity: Option<i64>,
        pub reason: String,
    }

    /// Has the stations make what is held of a course.
    pub struct FireCourse {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub course: u8,
    }

    /// Moves the order's waiting tickets to the front.
    pub struct MarkUrgent {
        pub command_id: Uuid,
        pub order_id: Uuid,
    }

    /// Prints a ticket again, marked as a reprint.
    pub struct ReprintTicket {
        pub command_id: Uuid,
        pub ticket_id: Uuid,
    }

    /// Takes an order to another table, and with it one that had none to its first. Its stations are told, and make
    /// nothing twice.
    pub struct MoveOrder {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub table_id: Uuid,
    }

    /// Serves an open order as something else: at a table, to take away, brought, at the counter. Its number stays, and
    /// its stations hear of it.
    pub struct ChangeOrderType {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub order_type: OrderType,
        /// The free table where it is served; needed for `dine_in`, and of no account for the others.
        #[serde(default)]
        pub table_id: Option<Uuid>,
        /// Also when an order is open there: it gets a bill of its own.
        #[serde(default)]
        pub share_table: bool,
    }

    /// Takes all that is left on one open order to another, and closes the first.
    pub struct MergeOrders {
        pub command_id: Uuid,
        pub from_order_id: Uuid,
        pub to_order_id: Uuid,
    }

    /// Takes lines to another open order, or to a new one at the same table: a bill that is split. A combo takes along
    /// what was chosen for it. When none stays, the first is closed.
    pub struct MoveLines {
        pub command_id: Uuid,
        pub from_order_id: Uuid,
        pub to_order_id: Uuid,
        /// The other order is made now, with this id; then at least one line has to stay.
        #[serde(default)]
        pub new_order: bool,
        pub line_ids: Vec<Uuid>,
        /// Of which of them not all units go.
        #[serde(default)]
        pub pieces: Vec<LinePiece>,
    }

    /// Units of a line that go without the others.
    pub struct LinePiece {
        pub line_id: Uuid,
        /// 1 to as many as the line has.
        pub quantity: i64,
    }

    /// Both orders after the move.
    pub struct MovedOrders {
        pub from: OrderView,
        pub to: OrderView,
    }

    /// Gives an open order to another waiter.
    pub struct GiveOrder {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub user_id: Uuid,
    }

    pub struct OrderView {
        pub id: Uuid,
        pub number: i64,
        /// What it is served as.
        pub order_type: OrderType,
        /// What it was taken as, in whose row its number stands.
        pub taken_as: OrderType,
        pub table: Option<TableRef>,
        pub customer: Option<String>,
        pub covers: Option<u32>,
        pub waiter: String,
        pub note: Option<String>,
        pub urgent: bool,
        pub revision: u32,
        pub opened_at: i64,
        pub status: OrderStatus,
        pub net_minor: i64,
        pub tax_minor: i64,
        pub total_minor: i64,
        pub lines: Vec<LineView>,
        /// The courses of what is not voided, the first first.
        pub courses: Vec<CourseView>,
        /// Tickets of the stations, oldest first.
        pub tickets: Vec<TicketView>,
        pub contact: OrderContact,
        /// How far it is on its way to whoever ordered it.
        pub stage: OrderStage,
        /// Who handed it over; none of an order that is not.
        pub handed_over: Option<HandOver>,
        /// Whether a waiting ticket can still be moved to the front.
        pub can_mark_urgent: bool,
        /// How its bill is divided; none while it is whole.
        pub division: Option<DivisionView>,
        /// Nothing can be added to it any more. One of which all was voided stays open until then.
        pub closed: bool,
        /// The order that has its lines, of one that was joined with another.
        pub merged_into: Option<Uuid>,
    }

    /// How far a course of an order is.
    pub struct CourseView {
        pub course: u8,
        pub state: CourseState,
        /// Lines that wait to be fired.
        pub held: u32,
        /// When its stations were last told of some of it.
        pub told_at: Option<i64>,
    }

    pub struct VoidView {
        pub reason: String,
        pub by: String,
        pub at: i64,
    }

    pub struct TableRef {
        pub id: Uuid,
        pub name: String,
        pub room: String,
    }

    pub struct LineView {
        pub id: Uuid,
        pub product_id: Uuid,
        pub variant_id: Option<Uuid>,
        /// The product's name, and after it the variant's.
        pub name: String,
        pub quantity: i64,
        pub unit_price_minor: i64,
        /// What the line comes to; 0 when voided.
        pub total_minor: i64,
        /// Why it came to something else than ordinarily when it was sent, by the lists of that moment; what was
        /// ordinary is of the whole line too.
        pub reason: Option<PriceReason>,
        pub modifiers: Vec<LineModifier>,
        pub note: Option<String>,
        pub allergy: Option<String>,
        pub course: u8,
        /// Who at the table it is for; none when it is for all.
        pub seat: Option<u16>,
        /// It waits for its course to be fired.
        pub held: bool,
        /// When its course was fired, of a line that was held.
        pub fired_at: Option<i64>,
        pub voided: bool,
        /// Why, by whom and when it was taken back; none of a line that stands.
        pub void: Option<VoidView>,
        /// The line of the combo that it was chosen for; its amount is what it adds to that.
        pub combo_line_id: Option<Uuid>,
        /// The ticket that told the station about this line; none for what needs no making.
        pub ticket_id: Option<Uuid>,
    }

    pub struct LineModifier {
        pub name: String,
        pub price_minor: i64,
    }

    /// How far one station is with its part of an order.
    pub struct TicketView {
        pub id: Uuid,
        /// The order by which its station knows it; another one when its lines have moved.
        pub order_id: Uuid,
        pub station_id: Uuid,
        pub station: String,
        /// The printer that stands in for the station's own, when this ticket goes there.
        pub stand_in: Option<String>,
        /// Where it came out, when that is not the station's own printer.
        pub went_to: Option<Text>,
        /// Consecutive number of the station.
        pub number: i64,
        pub kind: TicketKind,
        pub state: TicketState,
        /// State of the newest job that prints it.
        pub job: JobState,
        /// How many reprints there were.
        pub copies: u32,
        pub possible_duplicate: bool,
        /// Place in the printer's lane, 1 is next; none once it is with the printer.
        pub position: Option<i64>,
        /// Tickets in the lane, when it still waits.
        pub lane_length: Option<i64>,
        /// Estimated milliseconds to paper, when it still waits.
        pub wait_ms: Option<i64>,
        /// What is wrong, when something is.
        pub cause: Option<Cause>,
        /// The same as a sentence with what to do.
        pub problem: Option<Text>,
        pub created_at: i64,
        /// When it is made, by the pace that its station keeps up; none of what is made, or where nobody knows.
        pub expected_at: Option<i64>,
        /// When its paper was proved, or its bytes handed over.
        pub settled_at: Option<i64>,
        pub can_reprint: bool,
    }
}

fn first_course() -> u8 {
    1
}
