//! Bills in parts.

use super::{PaperView, wire};
use uuid::Uuid;

wire! {
    /// Divides the bill of an open order into parts, or joins them again; the last word stays. A line that is not
    /// named goes to the part of its seat; without such a part, to all of them alike.
    pub struct DivideBill {
        pub command_id: Uuid,
        pub order_id: Uuid,
        /// 2 to 30; 1 joins the parts again.
        pub parts: u8,
        /// Whose part each is, by seat; empty when the parts are only numbered.
        #[serde(default)]
        pub seats: Vec<u16>,
        /// The lines of which it is said how they are shared.
        #[serde(default)]
        pub shares: Vec<LineShares>,
    }

    /// How the parts share a line.
    pub struct LineShares {
        pub line_id: Uuid,
        /// For each part a whole number, 0 to 99; not 0 for all.
        pub weights: Vec<u32>,
    }

    /// Asks what the parts of a bill would come to, without dividing it.
    pub struct QuoteDivision {
        pub order_id: Uuid,
        /// 2 to 30.
        pub parts: u8,
        #[serde(default)]
        pub seats: Vec<u16>,
        #[serde(default)]
        pub shares: Vec<LineShares>,
    }

    /// How the bill of an order is divided, and what the parts come to with the lines of this moment.
    pub struct DivisionView {
        pub parts: Vec<BillPartView>,
        /// Each line that is not voided, in the order of the bill.
        pub lines: Vec<SharedLine>,
    }

    pub struct BillPartView {
        /// From 1.
        pub number: u8,
        /// Whose part it is; none when the parts are only numbered.
        pub seat: Option<u16>,
        pub net_minor: i64,
        pub tax_minor: i64,
        pub total_minor: i64,
    }

    /// A line as the parts share it; part by part.
    pub struct SharedLine {
        pub line_id: Uuid,
        pub weights: Vec<u32>,
        /// With taxes; together what the line comes to.
        pub amounts_minor: Vec<i64>,
        /// Somebody said how it is shared.
        pub said: bool,
    }

    /// Prints a part of a divided bill, or every part that comes to something.
    pub struct PrintParts {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub printer_id: Uuid,
        /// From 1; all when none is named.
        #[serde(default)]
        pub part: Option<u8>,
    }

    pub struct PrintedParts {
        pub papers: Vec<PartPaper>,
    }

    pub struct PartPaper {
        /// The part that it is of.
        pub part: u8,
        pub paper: PaperView,
    }
}
