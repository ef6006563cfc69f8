//! The closed lists of the domain, as they are written on the wire.

use fastops_domain as domain;

/// A wire enum that mirrors a domain enum, with exhaustive conversions: a new variant there does not
/// compile until it stands here too.
macro_rules! mirror {
    ($($(#[$doc:meta])* $name:ident = $source:path { $($variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema, ts_rs::TS)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant),+ }

        impl From<$source> for $name {
            fn from(value: $source) -> Self {
                use $source as Source;
                match value { $(Source::$variant => Self::$variant),+ }
            }
        }

        impl From<$name> for $source {
            fn from(value: $name) -> Self {
                use $source as Source;
                match value { $($name::$variant => Source::$variant),+ }
            }
        }
    )+};
}

mirror! {
    /// How the guest eats.
    OrderType = domain::order::OrderType { DineIn, TakeAway, Delivery, Counter }
    /// How far an order is.
    OrderStatus = domain::order::OrderStatus {
        Received, Queued, Printing, Blocked, Sent, Printed, Preparing, Ready, Paid, Voided, Merged,
    }
    /// How far an order is on its way to whoever ordered it.
    OrderStage = domain::handing::Stage { Making, Ready, HandedOver, Over }
    /// What a person is in the house.
    Role = domain::user::Role { Admin, Manager, Cashier, Waiter, Kitchen }
    /// Something that a command needs leave for.
    Permission = domain::user::Permission {
        SeeFloor, TakeOrders, VoidLine, MarkUrgent, ReprintTicket, SeeKitchen, BumpTickets, SeeQueue,
        ManageSettings, ManageRoles, ManageCustomers, SteerQueue, PrintBill, OpenDrawer, KeepTill,
        SetAvailability,
    }
    /// Which way cash went without a sale.
    CashDirection = domain::cash::CashDirection { In, Out }
    /// A language in which people are spoken to.
    Language = domain::user::Language { Es, En }
    /// Where a print job stands.
    JobState = domain::job::JobState {
        Queued, Sending, Sent, Printed, Unconfirmed, Blocked, Failed, Cancelled, Uncertain, OnSlip,
    }
    /// Why a printer did not print.
    Cause = domain::job::Cause {
        Unreachable, UnknownHost, Busy, Offline, CoverOpen, PaperOut, CutterJam, Overheated, NoProgress,
        PartialWrite, NoProof, LinkLost, Interrupted, CannotEncode, Misconfigured, NoPermission, NoDriver, TooLate,
        NoScreen, FolderMissing, FolderFull, FolderUnwritable, MailUnset, MailUnreachable, MailLogin, MailRefused, CoreSilent,
    }
    /// How much a job may push forward.
    Priority = domain::job::Priority { Urgent, Normal, Low }
    /// Between which numbers the load moves the print workers.
    WorkerProfile = domain::workers::Profile { Automatic, Development, Normal, Peak }
    /// Why there are as many print workers as there are.
    WorkerReason = domain::workers::Reason { Started, Busy, Starved, Calm, Hand, Turbo }
    /// Why a ticket was written.
    TicketKind = domain::ticket::TicketKind { New, Change, Void }
    /// How far the station is with a ticket.
    TicketState = domain::ticket::TicketState { New, Seen, Ready, Cancelled }
    /// How far a course of an order is.
    CourseState = domain::hold::CourseState { Held, Partly, Fired, Ready }
    /// How a customer is looked for: by the beginning of their name, telephone or tax number.
    FoundBy = domain::customer::FoundBy { Name, Phone, TaxNumber }
    /// What is wrong.
    AlertKind = domain::alert::AlertKind { BackupFailed, PrinterTrouble, TicketLate, DatabaseAway, DiskLow, PaperUncertain, TicketsElsewhere }
    /// How much an alert matters.
    Severity = domain::alert::Severity { Info, Warning, Critical }
    /// For whom a setting is said, the widest first.
    SettingLevel = domain::setting::Level { Company, Branch, Terminal }
    /// What a number of a setting counts.
    SettingUnit = domain::setting::Unit { Days, Minutes, Seconds, Mebibytes, Tickets }
    /// How the way to a mail server is kept from other eyes.
    MailSecurity = domain::outlet::MailSecurity { Tls, StartTls, None }
    /// What works in the background of a core.
    Service = domain::service::Service {
        News, Pulse, Prices, Alerts, Equipment, Shelf, Archive, Backups, Reached, Check, Tidying, Leases, Hints, Load,
        Lane,
    }
    /// How a table looks on the floor plan.
    TableShape = domain::floor::TableShape { Round, Square, Bar }
    /// How a tax stands to the price on the menu.
    TaxMode = domain::tax::TaxMode { Included, Added, Exempt }
    /// What several answers to one question mean: each whole, or equal parts of one unit.
    Portioning = domain::menu::Portioning { Whole, Dearest, Mean }
    /// What of a product answered to a search.
    Matched = domain::search::Matched { Name, Code, Barcode }
}

/// What tickets come out of.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
    ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    Printer,
    /// The kitchen screens of a station.
    Screen,
    /// A folder that gets a PDF page for each ticket.
    Folder,
    /// A mailbox.
    Mail,
}

/// A sentence in every language of the program, for events that all terminals hear.
#[derive(
    Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema, ts_rs::TS,
)]
pub struct Text {
    pub es: String,
    pub en: String,
}
