//! What a day of service leaves behind, as rows: a field for each column, a list for each table.
//!
//! Every id, number and total is the caller's; nothing here decides anything. The lists stand in the
//! order in which their tables point at each other.

use super::value::{Lay, Value};
use fastops_domain::ids::{
    BranchId, CompanyId, JobId, LineId, OrderId, PrinterId, ProductId, StationId, TableId, TerminalId,
    TicketId, UserId,
};
use fastops_domain::job::{Cause, JobState, Priority};
use fastops_domain::money::Money;
use fastops_domain::order::OrderType;
use fastops_domain::tax::TaxMode;
use fastops_domain::ticket::{TicketKind, TicketState};
use fastops_domain::time::Time;
use std::sync::Arc;
use uuid::Uuid;

/// A row of one table.
pub(super) trait Fact {
    const TABLE: &'static str;
    const COLUMNS: &'static [&'static str];

    /// The values in the order of the columns.
    fn values(&self) -> impl Iterator<Item = Value<'_>>;
}

/// Does one thing with the rows of every table.
pub(super) trait Visit {
    type Error;

    fn rows<F: Fact>(&mut self, rows: &[F]) -> Result<(), Self::Error>;
}

macro_rules! facts {
    ($($(#[$doc:meta])* $list:ident: $row:ident in $table:literal { $($column:ident: $type:ty),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug)]
            pub struct $row { $(pub $column: $type),+ }

            impl Fact for $row {
                const TABLE: &'static str = $table;
                const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];

                fn values(&self) -> impl Iterator<Item = Value<'_>> {
                    [$(self.$column.lay()),+].into_iter()
                }
            }
        )+

        /// Everything that a day of service adds to the store.
        #[derive(Clone, Debug, Default)]
        pub struct Day {
            $(pub $list: Vec<$row>,)+
            /// What was counted when the day's drawers were closed.
            pub counts: Vec<DrawerCount>,
            /// How far every number has come at the end of the day.
            pub counters: Counters,
        }

        impl Day {
            /// Shows every list to `visit`, those that others point at first.
            pub(super) fn visit<V: Visit>(&self, visit: &mut V) -> Result<(), V::Error> {
                $(visit.rows(&self.$list)?;)+
                Ok(())
            }
        }

        /// The tables that a history is poured into.
        pub(super) const TABLES: &[&str] = &[$($table),+];
    };
}

facts! {
    /// A drawer as it is opened; [`DrawerCount`] closes it.
    drawers: DrawerFact in "cash_session" {
        id: Uuid, branch_id: BranchId, terminal_id: TerminalId, number: i64, business_day: i64,
        opened_at: Time, opened_by: UserId, float_minor: Money,
    }
    /// An order with its posted figures; without them while it is open.
    orders: OrderFact in "customer_order" {
        id: OrderId, branch_id: BranchId, order_type: OrderType, number: i64, table_id: Option<TableId>,
        customer: Option<Arc<str>>, covers: Option<u32>, waiter_id: UserId, terminal_id: TerminalId,
        note: Option<&'static str>, urgent: bool, revision: u32, opened_at: Time, closed_at: Option<Time>,
        net_minor: Option<Money>, tax_minor: Option<Money>, total_minor: Option<Money>,
        business_day: Option<i64>, closed_by: Option<UserId>,
    }
    /// A line; modifiers and taxes are JSON.
    lines: LineFact in "order_line" {
        id: LineId, order_id: OrderId, product_id: ProductId, name: Arc<str>, quantity: i64, price_minor: Money,
        modifiers: Arc<str>, taxes: Arc<str>, note: Option<&'static str>, allergy: Option<&'static str>,
        course: u8, station_id: Option<StationId>, revision: u32, position: i64, created_at: Time, user_id: UserId,
        current_order_id: OrderId,
    }
    voids: VoidFact in "order_line_void" {
        line_id: LineId, order_id: OrderId, reason: &'static str, user_id: UserId, at: Time, command_id: Uuid,
    }
    /// Something that happened to an order; detail is JSON.
    events: EventFact in "order_event" {
        id: Uuid, order_id: OrderId, at: Time, user_id: UserId, terminal_id: TerminalId, kind: &'static str,
        detail: String,
    }
    taxes: TaxFact in "order_tax" {
        order_id: OrderId, position: i64, name: Arc<str>, rate_bp: u32, mode: TaxMode, base_minor: Money,
        amount_minor: Money,
    }
    /// A ticket; content is JSON.
    tickets: TicketFact in "ticket" {
        id: TicketId, order_id: OrderId, station_id: StationId, number: i64, kind: TicketKind, revision: u32,
        state: TicketState, content: String, created_at: Time, seen_at: Option<Time>, ready_at: Option<Time>,
        ready_by: Option<UserId>,
    }
    jobs: JobFact in "print_job_past" {
        id: JobId, ticket_id: TicketId, order_id: OrderId, station_id: StationId, printer_id: PrinterId,
        priority: Priority, rank: i64, revision: u32, copy: u32, state: JobState, attempts: u32,
        possible_duplicate: bool, not_before: Time, cause: Option<Cause>, created_at: Time,
        first_byte_at: Option<Time>, settled_at: Option<Time>, bytes_accepted: Option<i64>,
    }
    attempts: AttemptFact in "print_attempt_past" {
        job_id: JobId, number: u32, printer_id: PrinterId, began_at: Time, ended_at: Option<Time>,
        outcome: Option<&'static str>, cause: Option<Cause>, bytes_accepted: Option<i64>,
    }
    payments: PaymentFact in "payment" {
        id: Uuid, branch_id: BranchId, company_id: CompanyId, order_id: OrderId, session_id: Option<Uuid>,
        method: Arc<str>, amount_minor: Money, tip_minor: Money, tendered_minor: Option<Money>,
        change_minor: Option<Money>, reference: Option<String>, at: Time, user_id: UserId, terminal_id: TerminalId,
        command_id: Uuid,
    }
    refunds: RefundFact in "refund" {
        id: Uuid, payment_id: Uuid, session_id: Option<Uuid>, amount_minor: Money, reason: &'static str, at: Time,
        user_id: UserId, terminal_id: TerminalId, command_id: Uuid,
    }
    cash_moves: CashMoveFact in "cash_move" {
        id: Uuid, session_id: Uuid, direction: &'static str, amount_minor: Money, reason: &'static str, at: Time,
        user_id: UserId, command_id: Uuid,
    }
    receipts: ReceiptFact in "receipt" {
        id: Uuid, order_id: OrderId, range_id: Uuid, number: i64, at: Time, user_id: UserId,
    }
    stock_moves: StockMoveFact in "stock_move" {
        id: Uuid, location_id: Uuid, item_id: Uuid, product_id: ProductId, quantity_milli: i64, kind: &'static str,
        order_line_id: Option<LineId>, command_id: Uuid, position: i64, reason: Option<&'static str>, at: Time,
        user_id: UserId,
    }
    /// An act in its place in the chain; detail is JSON.
    acts: ActFact in "audit_log" {
        id: Uuid, branch_id: BranchId, seq: i64, previous_hash: [u8; 32], hash: [u8; 32], at: Time,
        user_id: Option<UserId>, terminal_id: Option<TerminalId>, action: String, subject_kind: String,
        subject_id: Uuid, detail: String,
    }
}

/// How a drawer was closed.
#[derive(Clone, Copy, Debug)]
pub struct DrawerCount {
    pub session: Uuid,
    pub at: Time,
    pub by: UserId,
    pub counted: Money,
    pub expected: Money,
}

/// The last number given of every kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Orders by their type; 0 where none was ever made.
    pub orders: Vec<(OrderType, i64)>,
    pub tickets: Vec<(StationId, i64)>,
    /// Of the range that receipts are drawn from, the number that comes next.
    pub next_receipt: i64,
    /// Drawers of the branch.
    pub drawers: i64,
    /// The end of the audit chain; none before its first act.
    pub audit: Option<(i64, [u8; 32])>,
}
