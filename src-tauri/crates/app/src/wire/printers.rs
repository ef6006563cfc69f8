//! Setting printers up: test pages, the row that reads right, the check before the branch opens.

use super::{PaperView, Text, wire};
use uuid::Uuid;

wire! {
    /// Prints a test page of a printer, as a job of its own.
    pub struct PrintTestPage {
        pub command_id: Uuid,
        pub printer_id: Uuid,
        /// Whether rows are printed of which a person chooses the one that reads right.
        pub candidates: bool,
        /// The key of the printer's model, whose pages the rows are; without it those that are common.
        #[serde(default)]
        pub model: Option<String>,
    }

    pub struct TestPageView {
        pub paper: PaperView,
        /// The rows of which one can be chosen, in the order in which they are printed.
        pub rows: Vec<PageRow>,
    }

    pub struct PageRow {
        /// The number before it, from 1.
        pub row: u8,
        /// The code of a page, such as `cp858`.
        pub code_page: String,
        /// The number `n` of `ESC t n` that selects it.
        pub code_table: u8,
    }

    /// Says which row of a test page reads right: its printer writes so from then on.
    pub struct ChoosePageRow {
        pub command_id: Uuid,
        /// The test page.
        pub job_id: Uuid,
        pub row: u8,
    }

    /// Has every printer of the branch print a short page, all at once.
    pub struct CheckPrinters {
        pub command_id: Uuid,
    }

    /// Asks how far the pages of a check are.
    pub struct GetPrinterCheck {
        pub job_ids: Vec<Uuid>,
    }

    pub struct PrinterCheck {
        pub papers: Vec<PaperView>,
        /// Printers that said that they printed.
        pub printed: u32,
        /// Printers that took the page and cannot say whether it came out: someone has to look.
        pub unconfirmed: u32,
        /// Printers whose page will not come out.
        pub failed: u32,
        /// Printers whose page still waits.
        pub waiting: u32,
        pub summary: Text,
    }
}
