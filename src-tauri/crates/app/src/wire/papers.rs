//! Papers that are no tickets: bills, and drawers.

use super::{Cause, JobState, Text, wire};
use fastops_domain::job as domain;
use fastops_domain::work::PaperKind as Paper;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What a print job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    Kitchen,
    CatchUp,
    PreBill,
    Receipt,
    Report,
    Drawer,
    Test,
}

impl From<domain::JobKind> for JobKind {
    fn from(kind: domain::JobKind) -> Self {
        match kind {
            domain::JobKind::Kitchen => Self::Kitchen,
            domain::JobKind::Paper(Paper::CatchUp) => Self::CatchUp,
            domain::JobKind::Paper(Paper::PreBill) => Self::PreBill,
            domain::JobKind::Paper(Paper::Receipt) => Self::Receipt,
            domain::JobKind::Paper(Paper::Report) => Self::Report,
            domain::JobKind::Paper(Paper::Drawer) => Self::Drawer,
            domain::JobKind::Paper(Paper::Test) => Self::Test,
        }
    }
}

/// What a person says of a paper that may have come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaperAnswer {
    /// It is there, whole.
    CameOut,
    /// It is wanted once more, marked as a possible duplicate.
    PrintAgain,
    /// It is wanted no longer.
    Discard,
}

wire! {
    /// Prints what an order comes to; of a closed order, how it was paid.
    pub struct PrintBill {
        pub command_id: Uuid,
        pub order_id: Uuid,
        pub printer_id: Uuid,
    }

    /// Opens the drawer at a printer.
    pub struct KickDrawer {
        pub command_id: Uuid,
        pub printer_id: Uuid,
        pub reason: String,
    }

    /// Asks how far a paper is.
    pub struct GetPaper {
        pub job_id: Uuid,
    }

    /// Asks how a ticket or another paper looks, or will look, as its printer gets it.
    pub struct GetPaperPreview {
        /// The paper's job; or a ticket.
        #[serde(default)]
        pub job_id: Option<Uuid>,
        /// As it was printed last.
        #[serde(default)]
        pub ticket_id: Option<Uuid>,
    }

    pub struct PaperPreview {
        /// Characters in a row of the normal font.
        pub columns: u8,
        /// From the top.
        pub rows: Vec<PreviewRow>,
    }

    pub struct PreviewRow {
        pub text: String,
        /// Multiples of the normal font.
        pub width: u8,
        pub height: u8,
        pub bold: bool,
        pub inverse: bool,
        pub red: bool,
        /// Of a row that is drawn: how many dots it is wide.
        pub dots_wide: Option<u32>,
        /// Its dots in hexadecimal, eight to a byte, the leftmost in the highest bit.
        pub dots: Option<String>,
    }

    /// Asks for the papers of which nobody knows whether they came out.
    pub struct GetUncertainPapers {}

    /// Says whether a paper came out.
    pub struct AnswerPaper {
        pub command_id: Uuid,
        pub job_id: Uuid,
        pub answer: PaperAnswer,
    }

    /// Asks where this terminal's bills and drawer are.
    pub struct GetTillPrinters {}

    pub struct TillPrinters {
        /// The printer that stands beside this terminal.
        pub beside: Option<Uuid>,
        /// Every printer of the branch, for whoever has none beside.
        pub printers: Vec<PrinterRef>,
    }

    pub struct PrinterRef {
        pub id: Uuid,
        pub name: String,
    }

    pub struct UncertainPapers {
        /// The oldest first.
        pub papers: Vec<PaperView>,
    }

    /// One part of a divided bill, as it was divided when the paper was asked for.
    pub struct PaperPart {
        /// From 1.
        pub number: u8,
        pub of: u8,
        /// Whose it is, when that is known.
        pub seat: Option<u16>,
    }

    /// A paper that is no ticket.
    pub struct PaperView {
        pub job_id: Uuid,
        pub kind: JobKind,
        pub order_id: Option<Uuid>,
        pub printer_id: Uuid,
        pub printer: String,
        pub state: JobState,
        /// Which part of a divided bill it is; none of a whole one, and of any other paper.
        pub part: Option<PaperPart>,
        /// How many of its kind were asked for before.
        pub copy: u32,
        /// An earlier attempt may be on paper.
        pub possible_duplicate: bool,
        pub cause: Option<Cause>,
        /// What is wrong and what to do.
        pub problem: Option<Text>,
        pub created_at: i64,
        pub settled_at: Option<i64>,
    }
}
