//! The till: a drawer from its float to its count.

use super::wire;
use uuid::Uuid;

wire! {
    /// Opens this terminal's drawer.
    pub struct OpenCashSession {
        pub command_id: Uuid,
        pub session_id: Uuid,
        /// What lies in it.
        pub float_minor: i64,
    }

    /// Puts cash into a drawer, or takes it out, without a sale.
    pub struct MoveCash {
        pub command_id: Uuid,
        pub session_id: Uuid,
        pub direction: super::CashDirection,
        pub amount_minor: i64,
        pub reason: String,
    }

    /// Closes a drawer with what was counted in it. Only the answer says what had to be there.
    pub struct CloseCashSession {
        pub command_id: Uuid,
        pub session_id: Uuid,
        pub counted_minor: i64,
        #[serde(default)]
        pub note: Option<String>,
    }

    /// Asks what went through a drawer.
    pub struct GetCashSession {
        /// Without one, the session that is open at this terminal.
        #[serde(default)]
        pub session_id: Option<Uuid>,
    }

    /// Prints what went through a drawer: X while it is open, Z when it is closed, the second Z marked.
    pub struct PrintCashReport {
        pub command_id: Uuid,
        pub session_id: Uuid,
        /// Without one, the printer that stands beside this terminal.
        #[serde(default)]
        pub printer_id: Option<Uuid>,
    }

    pub struct TillView {
        /// None while this terminal's drawer is closed.
        pub session: Option<CashSessionView>,
    }

    /// What went through a drawer in one session, as its report says it.
    pub struct CashSessionView {
        pub id: Uuid,
        /// Consecutive number of the branch.
        pub number: i64,
        pub terminal: String,
        pub opened_at: i64,
        pub opened_by: String,
        pub float_minor: i64,
        /// What was counted; none while it is open.
        pub closed: Option<CashCountView>,
        /// Orders that were paid in it.
        pub orders: i64,
        pub net_minor: i64,
        pub taxes: Vec<TaxTotalView>,
        pub total_minor: i64,
        pub methods: Vec<MethodTotalView>,
        /// Cash that went in and out without a sale.
        pub moved_in_minor: i64,
        pub moved_out_minor: i64,
        /// Each of them, oldest first.
        pub moves: Vec<CashMoveView>,
    }

    /// Cash that went in or out without a sale.
    pub struct CashMoveView {
        pub direction: super::CashDirection,
        pub amount_minor: i64,
        pub reason: String,
        pub by: String,
        /// When, by the clock on the wall of the branch.
        pub hour: u8,
        pub minute: u8,
    }

    pub struct CashCountView {
        pub at: i64,
        pub by: String,
        pub counted_minor: i64,
        /// What had to be there.
        pub expected_minor: i64,
        /// What was counted beyond it; negative when some is missing.
        pub difference_minor: i64,
        pub note: Option<String>,
    }

    pub struct TaxTotalView {
        pub name: String,
        pub amount_minor: i64,
    }

    /// What one way to pay brought.
    pub struct MethodTotalView {
        pub method: String,
        pub payments: i64,
        pub amount_minor: i64,
        pub tip_minor: i64,
    }
}
