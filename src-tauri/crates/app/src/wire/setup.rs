//! Finding printers, and looking at a setup before anybody waits for a ticket.

use super::{DeviceKind, DeviceProfile, PageRow, Severity, Text, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Where a printer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundAt {
    Network,
    Usb,
    Serial,
    Queue,
}

/// What kind of thing is wrong with a setup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum SetupFault {
    /// Products that no station makes.
    Nowhere,
    /// A station without a target.
    NoTarget,
    /// A terminal that needs a printer beside it and has none.
    NoPrinterBeside,
    NoBackup,
    /// A device that nothing comes out of.
    Unused,
    /// Two devices that are one.
    SamePlace,
    TwoOwners,
    NoOwner,
}

wire! {
    /// Looks for printers, when a person asks. Nothing is printed, and what is set up already is not disturbed.
    pub struct FindPrinters {
        /// Whether the local network is asked, at port 9100.
        pub network: bool,
        /// The network, such as `192.168.1.0/24`; without it the one that this computer is in.
        #[serde(default)]
        pub range: Option<String>,
        /// Whether the cables of this computer are looked at: USB and serial, and its print queues.
        pub cables: bool,
    }

    pub struct FoundPrinters {
        pub printers: Vec<FoundPrinter>,
        /// The network that was asked.
        pub range: Option<String>,
        /// Whether all of it was asked before the time was up.
        pub complete: bool,
        /// What could not be looked at, and what to do.
        pub problems: Vec<Text>,
    }

    pub struct FoundPrinter {
        pub at: FoundAt,
        /// What to give to `save_device`.
        pub address: String,
        /// A name for a person: the model's, the device's, or the address.
        pub name: String,
        /// Whether it answered a question that printers know.
        pub answered: bool,
        /// What it calls itself.
        pub model_id: Option<String>,
        /// The key of the model that it is known by.
        pub model: Option<String>,
        /// How tickets are written for that model.
        pub profile: Option<DeviceProfile>,
        /// What keeps it from printing.
        pub problem: Option<Text>,
        /// The device that it is already.
        pub device_id: Option<Uuid>,
    }

    /// Asks a printer what it is and how it can prove that it printed. Nothing comes out.
    pub struct ProbePrinter {
        pub address: String,
    }

    pub struct ProbedPrinter {
        pub answered: bool,
        pub model_id: Option<String>,
        /// The key of the model that it is known by.
        pub model: Option<String>,
        /// `process_id`, `fence`, `state` or `none`; none while something keeps it from answering.
        pub proof: Option<String>,
        /// How tickets are written for it, by its model or as for most printers, with the proof that was found.
        pub profile: DeviceProfile,
        pub problem: Option<Text>,
        /// The device that it is already.
        pub device_id: Option<Uuid>,
    }

    /// Asks for the printer models that are known here.
    pub struct GetPrinterModels {}

    pub struct PrinterModels {
        /// By vendor and name.
        pub models: Vec<PrinterModel>,
        /// The file in which a house keeps models of its own.
        pub file: String,
        /// What is wrong with that file; then the list is the program's own.
        pub problem: Option<Text>,
    }

    pub struct PrinterModel {
        pub key: String,
        pub vendor: String,
        pub name: String,
        /// How tickets are written for it. Its proof is only known by asking the printer.
        pub profile: DeviceProfile,
        /// The pages that it has, the most useful first.
        pub pages: Vec<PageRow>,
    }

    /// Asks where the tickets of a product would come out now. Nothing is printed.
    pub struct TraceProduct {
        pub product_id: Uuid,
        #[serde(default)]
        pub variant_id: Option<Uuid>,
        /// The terminal that sends; without it the caller's.
        #[serde(default)]
        pub terminal_id: Option<Uuid>,
    }

    pub struct ProductTrace {
        pub product: String,
        pub station_id: Option<Uuid>,
        pub station: Option<String>,
        /// Why that station.
        pub reason: Text,
        /// The station's targets in their order.
        pub steps: Vec<TraceStep>,
        /// The device that its ticket would come out of now.
        pub goes_to: Option<Uuid>,
        /// The answer in one sentence.
        pub answer: Text,
    }

    pub struct TraceStep {
        pub device_id: Option<Uuid>,
        pub device: Option<String>,
        pub kind: Option<DeviceKind>,
        /// 0 for the first choices, then the backups.
        pub tier: u32,
        /// The ticket would come out here.
        pub goes_here: bool,
        pub reason: Text,
    }

    /// Asks what is wrong with the setup of printing.
    pub struct CheckSetup {}

    pub struct SetupFindings {
        /// The worst first.
        pub findings: Vec<SetupFinding>,
    }

    pub struct SetupFinding {
        pub fault: SetupFault,
        pub severity: Severity,
        /// What is wrong and what to do.
        pub message: Text,
        pub station_id: Option<Uuid>,
        pub device_id: Option<Uuid>,
        pub terminal_id: Option<Uuid>,
        pub category_id: Option<Uuid>,
        pub product_ids: Vec<Uuid>,
    }
}
