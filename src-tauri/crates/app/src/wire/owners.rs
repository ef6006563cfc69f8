//! Whose a printer is, where several computers print for a branch.

use super::wire;
use uuid::Uuid;

wire! {
    /// Asks which computers the printers belong to.
    pub struct GetPrinterOwners {}

    pub struct PrinterOwners {
        pub printers: Vec<OwnedPrinter>,
        /// The computers of the branch that have ever printed.
        pub computers: Vec<ComputerView>,
    }

    pub struct OwnedPrinter {
        pub printer_id: Uuid,
        pub printer: String,
        /// It hangs on a computer, so that it can have one owner and no heirs.
        pub local: bool,
        /// The owner, then the heirs in their order; when there are none it is anybody's.
        pub computer_ids: Vec<Uuid>,
        /// The computer that drives it now; none while nobody does.
        pub driven_by: Option<Uuid>,
    }

    pub struct ComputerView {
        pub id: Uuid,
        pub name: String,
        /// It gives signs of life.
        pub alive: bool,
        /// It is the one that answers.
        pub here: bool,
    }

    /// Says which computers a printer belongs to.
    pub struct SetPrinterOwners {
        pub command_id: Uuid,
        pub printer_id: Uuid,
        /// The owner, then the heirs in their order; none leaves it to anybody.
        pub computer_ids: Vec<Uuid>,
    }
}
