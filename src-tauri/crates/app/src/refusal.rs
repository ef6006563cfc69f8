//! Every way in which the core says no, with the facts of the case.
//!
//! Inside, a refusal keeps its source. At the border it becomes a [`Failure`]: a code and a sentence
//! in the caller's language, by the exhaustive matches in [`crate::words`].

use crate::feature::devices::DeviceProblem;
use crate::feature::menu_setup::MenuProblem;
use crate::feature::price_lists::PriceProblem;
use crate::feature::stations::StationProblem;
use crate::products_file::FileProblem;
use crate::recovery::RecoveryOffer;
use crate::wire::{Failure, FailureCode};
use crate::words;
use fastops_domain::customer::BadDetails;
use fastops_domain::floor::FloorProblem;
use fastops_domain::money::AmountTooLarge;
use fastops_domain::order::OrderType;
use fastops_domain::picture::BadPicture;
use fastops_domain::setting::{BadSetting, Key};
use fastops_domain::station::AddressError;
use fastops_domain::user::{BadPerson, Language, Permission, Role};
use fastops_store::backup::{BackupError, Problem};
use fastops_store::floor::edit::TABLE_RULE;
use fastops_store::order::fire::CLOSE_RULE;
use fastops_store::{OpenError, StoreError};
use std::path::PathBuf;
use thiserror::Error;

/// A number or a text that has bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Note,
    Allergy,
    Customer,
    CustomerText,
    Phone,
    Address,
    CourierNote,
    Promise,
    Reason,
    Covers,
    Left,
    Course,
    Photos,
    Seat,
    Variants,
    Barcode,
    Lines,
    Parts,
    Weight,
    Tickets,
    Results,
    DeviceName,
    MenuName,
    ShortCode,
    Preparation,
    PersonName,
    PlaceName,
    Stations,
    TableSeats,
    Tables,
    Columns,
    DrawerPulse,
    Targets,
    Pages,
    HouseName,
    TaxRate,
    Prices,
    Discount,
}

/// Why a command is refused, or could not be carried out.
#[derive(Debug, Error)]
pub enum Refusal {
    #[error("the request is not understood: {detail}")]
    BadRequest { detail: String },
    #[error("nobody is signed in")]
    NotSignedIn,
    #[error("unknown terminal")]
    UnknownTerminal,
    #[error("wrong PIN, {left} tries left")]
    WrongPin { left: u32 },
    #[error("locked out for {seconds} s")]
    LockedOut { seconds: i64 },
    #[error("{role:?} may not {permission:?}")]
    NotAllowed { permission: Permission, role: Role },
    #[error("{name} may not {permission:?} either")]
    ApproverNotAllowed { name: String, permission: Permission },
    #[error("the order has no lines")]
    EmptyOrder,
    #[error("quantity {quantity} of {product}")]
    BadQuantity { product: String, quantity: i64, most: i64 },
    #[error("{field:?} is not between {least} and {most}")]
    OutOfBounds { field: Field, least: usize, most: usize },
    #[error("a product is not on the menu")]
    UnknownProduct,
    #[error("a variant of {product} is not on the menu")]
    UnknownVariant { product: String },
    #[error("{product} is sold by its variants")]
    VariantMissing { product: String },
    #[error("{product} is sold out")]
    SoldOut { product: String },
    #[error("{left} of {product} are left, not {wanted}")]
    NotEnough { product: String, wanted: i64, left: i64 },
    #[error("stock ran short and was there again")]
    StockMoved,
    #[error("{product} needs {min} of {group}")]
    ModifierMissing { product: String, group: String, min: u32 },
    #[error("{product} takes at most {max} of {group}")]
    TooManyModifiers { product: String, group: String, max: u32 },
    #[error("a modifier does not belong to {product}")]
    BadModifier { product: String },
    #[error("the amount is too large")]
    AmountTooLarge(#[from] AmountTooLarge),
    #[error("unknown table")]
    UnknownTable,
    #[error("unknown order")]
    UnknownOrder,
    #[error("order {number} is closed")]
    OrderClosed { number: i64 },
    #[error("nothing of order {number} is to be handed over")]
    NothingToHandOver { number: i64 },
    #[error("order {number} is {order_type:?} already")]
    ServedSo { number: i64, order_type: OrderType },
    #[error("order {number} needs a table")]
    TableNeeded { number: i64 },
    #[error("an order is open at table {table}")]
    TableTaken { table: String },
    #[error("an order cannot go into itself")]
    SameOrder,
    #[error("nothing would stay on order {number}")]
    NothingStays { number: i64 },
    #[error("nobody would pay for {product}")]
    ForNobody { product: String },
    #[error("the bill of order {number} has no such part")]
    NoSuchPart { number: i64 },
    #[error("part {part} comes to nothing")]
    EmptyPart { part: u8 },
    #[error("nobody by that id works here")]
    UnknownUser,
    #[error("{name} cannot be so: {why:?}")]
    BadPerson { name: String, why: BadPerson },
    #[error("somebody else is called {name}")]
    PersonNameTaken { name: String },
    #[error("that is no PIN")]
    BadPin,
    #[error("the menu cannot be so: {0:?}")]
    Menu(MenuProblem),
    #[error("the floor cannot be so: {0}")]
    Floor(#[from] FloorProblem),
    #[error("unknown line")]
    UnknownLine,
    #[error("{product} is voided already")]
    LineAlreadyVoided { product: String },
    #[error("{product} goes with {combo}")]
    PartOfCombo { product: String, combo: String },
    #[error("nothing of course {course} is held")]
    NothingHeld { course: u8 },
    #[error("unknown ticket")]
    UnknownTicket,
    #[error("unknown station")]
    UnknownStation,
    #[error("there is no such printer")]
    UnknownPrinter,
    #[error("there is no such paper")]
    UnknownPaper,
    #[error("the paper cannot be shown")]
    NoPreview,
    #[error("nobody has to say whether the paper came out")]
    PaperNotUncertain,
    #[error("there is no such session of a drawer")]
    UnknownCashSession,
    #[error("session {number} of this drawer is open")]
    TillOpen { number: i64 },
    #[error("session {number} was counted")]
    CashSessionClosed { number: i64 },
    #[error("an amount that cannot be")]
    BadAmount,
    #[error("no printer stands beside this terminal")]
    NoTillPrinter,
    #[error("a computer is not one of the branch")]
    UnknownComputer,
    #[error("{printer} cannot belong to a computer twice, nor to so many")]
    OwnersTwice { printer: String },
    #[error("{printer} hangs on one computer and cannot have heirs")]
    LocalPrinter { printer: String },
    #[error("ticket {number} is in another state")]
    TicketMoved { number: i64 },
    #[error("ticket {number} is not printed yet")]
    TicketStillWaiting { number: i64 },
    #[error("none of the tickets failed or is blocked")]
    NothingStuck,
    #[error("station {station} has no printer")]
    NoRoute { station: String },
    #[error("{permission:?} cannot be taken from {role:?}")]
    MustKeep { role: Role, permission: Permission },
    #[error("unknown customer")]
    UnknownCustomer,
    #[error("a customer cannot be kept: {why:?}")]
    BadCustomer { why: BadDetails },
    #[error("no such setting")]
    UnknownSetting,
    #[error("{key:?}: {why}")]
    BadSetting { key: Key, why: BadSetting },
    #[error("the picture cannot be printed: {0}")]
    BadPicture(BadPicture),
    #[error("the id was used for something else")]
    IdTaken,
    #[error("the folder {folder} cannot be written")]
    FolderUnwritable { folder: String, source: std::io::Error },
    #[error("the program runs already on {folder}")]
    AlreadyRunning { folder: String },
    #[error("there is no company yet")]
    NotSetUp,
    #[error("there is a company already")]
    SetUpAlready,
    #[error("there is no station {code}")]
    NoSuchStation { code: String },
    #[error("bad printer address {address}")]
    BadPrinterAddress { address: String, source: AddressError },
    #[error("the printer's host {host} does not resolve")]
    UnknownPrinterHost { host: String, source: std::io::Error },
    #[error("devices cannot be so: {0:?}")]
    Device(DeviceProblem),
    #[error("stations cannot be so: {0:?}")]
    Station(StationProblem),
    #[error("the data file {path} is damaged: {finding}")]
    DataDamaged { path: PathBuf, finding: String, aside: Option<PathBuf>, offer: Option<Box<RecoveryOffer>> },
    #[error("the data file {path} is gone or empty")]
    DataMissing { path: PathBuf, offer: Option<Box<RecoveryOffer>> },
    #[error("there is no data at {path}")]
    NoData { path: PathBuf },
    #[error("the backup was not made, not good, or not restored")]
    Backup(#[from] BackupError),
    #[error("nobody says after how many days orders move to their archive")]
    NoRetention,
    #[error(transparent)]
    Archive(fastops_store::archive::ArchiveError),
    #[error(transparent)]
    NoHistory(crate::history::NoHistory),
    #[error("the store could not be opened")]
    Open(#[from] OpenError),
    #[error("the store failed")]
    Store(#[from] StoreError),
    #[error("the command was carried out, but its answer could not be read")]
    AnswerLost(#[source] StoreError),
    #[error("the print queue did not start")]
    Queue(#[from] fastops_queue::StartError),
    #[error("an answer could not be written or read")]
    Unreadable(#[source] serde_json::Error),
    #[error("the PIN could not be hashed")]
    PinHash,
    #[error("no randomness: {detail}")]
    NoRandomness { detail: String },
}

impl Refusal {
    /// What the caller is told. What they can do nothing about is logged with its causes.
    pub fn into_failure(self, language: Language, command: &'static str) -> Failure {
        use FailureCode as Code;
        let failure = Failure { code: self.code(), message: words::sentence(&self, language) };
        let hosts_trouble = [Code::Internal, Code::DiskFull, Code::DatabaseAway, Code::Unsure];
        if hosts_trouble.contains(&failure.code) {
            let cause = std::error::Error::source(&self).map(ToString::to_string).unwrap_or_default();
            tracing::error!(command, error = %self, cause, "a command failed");
        }
        failure
    }

    /// The kind of refusal, for screens and programs.
    #[expect(clippy::too_many_lines, reason = "one table: a row for each refusal")]
    pub fn code(&self) -> FailureCode {
        use FailureCode as Code;
        match self {
            Self::BadRequest { .. } | Self::NoRetention => Code::BadRequest,
            Self::NotSignedIn => Code::NotSignedIn,
            Self::UnknownTerminal => Code::UnknownTerminal,
            Self::WrongPin { .. } => Code::WrongPin,
            Self::LockedOut { .. } => Code::LockedOut,
            Self::NotAllowed { .. } | Self::ApproverNotAllowed { .. } => Code::NotAllowed,
            Self::EmptyOrder | Self::EmptyPart { .. } => Code::EmptyOrder,
            Self::BadQuantity { .. } | Self::ForNobody { .. } => Code::BadQuantity,
            Self::OutOfBounds { .. }
            | Self::AmountTooLarge(_)
            | Self::BadAmount
            | Self::ServedSo { .. }
            | Self::NothingStays { .. } => Code::OutOfBounds,
            Self::UnknownCashSession | Self::TillOpen { .. } | Self::CashSessionClosed { .. } => {
                Code::TillMoved
            }
            Self::UnknownProduct | Self::UnknownVariant { .. } => Code::UnknownProduct,
            Self::SoldOut { .. } | Self::NotEnough { .. } | Self::StockMoved => Code::SoldOut,
            Self::ModifierMissing { .. } | Self::VariantMissing { .. } => Code::ModifierMissing,
            Self::TooManyModifiers { .. } | Self::BadModifier { .. } => Code::BadModifier,
            Self::UnknownTable | Self::TableNeeded { .. } | Self::TableTaken { .. } => Code::UnknownTable,
            Self::UnknownOrder | Self::SameOrder => Code::UnknownOrder,
            Self::UnknownUser => Code::UnknownUser,
            Self::BadPin | Self::BadPerson { why: BadPerson::NoPin, .. } => Code::BadPin,
            Self::PersonNameTaken { .. } => Code::NameTaken,
            Self::Menu(problem) => menu_code(problem),
            Self::Floor(problem) => floor_code(problem),
            Self::OrderClosed { .. } => Code::OrderClosed,
            Self::NothingToHandOver { .. } => Code::NothingToHandOver,
            Self::UnknownLine | Self::NoSuchPart { .. } => Code::UnknownLine,
            Self::LineAlreadyVoided { .. } => Code::LineAlreadyVoided,
            Self::UnknownTicket | Self::UnknownPaper => Code::UnknownTicket,
            Self::UnknownStation | Self::NoSuchStation { .. } => Code::UnknownStation,
            Self::NothingHeld { .. }
            | Self::TicketMoved { .. }
            | Self::TicketStillWaiting { .. }
            | Self::PaperNotUncertain
            | Self::NothingStuck => Code::TicketMoved,
            Self::BadPerson { .. } | Self::MustKeep { .. } | Self::PartOfCombo { .. } => Code::MustKeep,
            Self::UnknownCustomer => Code::UnknownCustomer,
            Self::BadCustomer { .. } => Code::BadCustomer,
            Self::UnknownSetting | Self::BadSetting { .. } | Self::BadPicture(_) => Code::BadSetting,
            Self::NoRoute { .. } => Code::NoRoute,
            Self::IdTaken => Code::IdTaken,
            Self::FolderUnwritable { .. } => Code::FolderUnwritable,
            Self::AlreadyRunning { .. } => Code::AlreadyRunning,
            Self::NoHistory(why) => why.code(),
            Self::Archive(error) => crate::retention::code(error),
            Self::NotSetUp | Self::NoData { .. } => Code::NotSetUp,
            Self::SetUpAlready => Code::SetUpAlready,
            Self::Device(problem) => device_code(problem),
            Self::Station(problem) => station_code(problem),
            Self::UnknownPrinter
            | Self::UnknownComputer
            | Self::OwnersTwice { .. }
            | Self::LocalPrinter { .. }
            | Self::BadPrinterAddress { .. }
            | Self::NoPreview
            | Self::NoTillPrinter
            | Self::UnknownPrinterHost { .. } => Code::BadPrinter,
            Self::DataDamaged { .. } => Code::DataDamaged,
            Self::DataMissing { .. } => Code::DataMissing,
            Self::Backup(error) => backup_code(error),
            Self::AnswerLost(_) => Code::Unsure,
            Self::Open(error) => open_code(error),
            Self::Store(error) => store_code(error),
            Self::Queue(_) | Self::Unreadable(_) | Self::PinHash | Self::NoRandomness { .. } => {
                Code::Internal
            }
        }
    }
}

impl From<FileProblem> for Refusal {
    fn from(problem: FileProblem) -> Self {
        Self::Menu(MenuProblem::File(problem))
    }
}

impl From<PriceProblem> for Refusal {
    fn from(problem: PriceProblem) -> Self {
        Self::Menu(MenuProblem::Prices(problem))
    }
}

const fn menu_code(problem: &MenuProblem) -> FailureCode {
    match problem {
        MenuProblem::NameTaken { .. }
        | MenuProblem::CodeTaken { .. }
        | MenuProblem::CodeTwice { .. }
        | MenuProblem::WordTaken { .. }
        | MenuProblem::TaxNameTaken { .. } => FailureCode::NameTaken,
        MenuProblem::UnknownCategory
        | MenuProblem::UnknownProduct
        | MenuProblem::UnknownVariant
        | MenuProblem::UnknownTax
        | MenuProblem::UnknownColor
        | MenuProblem::OtherKind { .. } => FailureCode::UnknownProduct,
        MenuProblem::Prices(problem) => price_code(problem),
        MenuProblem::File(FileProblem::Moved { .. }) => FailureCode::MenuMoved,
        MenuProblem::File(_) => FailureCode::BadFile,
        MenuProblem::Photo(_) => FailureCode::BadSetting,
        MenuProblem::UnknownGroup => FailureCode::BadModifier,
        MenuProblem::BadQuestion { .. } => FailureCode::OutOfBounds,
        MenuProblem::TaxBorne { .. } => FailureCode::MustKeep,
        MenuProblem::Combo(_) => FailureCode::BadCombo,
    }
}

const fn price_code(problem: &PriceProblem) -> FailureCode {
    match problem {
        PriceProblem::NameTaken { .. } => FailureCode::NameTaken,
        PriceProblem::UnknownList => FailureCode::UnknownProduct,
        PriceProblem::BadPriority | PriceProblem::Twice | PriceProblem::Terms(_) => FailureCode::OutOfBounds,
    }
}

const fn floor_code(problem: &FloorProblem) -> FailureCode {
    match problem {
        FloorProblem::RoomNameTaken { .. }
        | FloorProblem::TableNameTaken { .. }
        | FloorProblem::OffTableHasName { .. } => FailureCode::NameTaken,
        FloorProblem::UnknownRoom | FloorProblem::UnknownTable => FailureCode::UnknownTable,
        FloorProblem::LastRoom { .. } | FloorProblem::TableBusy { .. } | FloorProblem::RoomBusy { .. } => {
            FailureCode::MustKeep
        }
        FloorProblem::OffGrid { .. } | FloorProblem::Overlap { .. } | FloorProblem::Twice => {
            FailureCode::OutOfBounds
        }
    }
}

fn open_code(error: &OpenError) -> FailureCode {
    match error {
        OpenError::Unwritable { .. } => FailureCode::FolderUnwritable,
        OpenError::Full { .. } => FailureCode::DiskFull,
        OpenError::TooNew { .. } => FailureCode::DataTooNew,
        OpenError::Damaged { .. } => FailureCode::DataDamaged,
        OpenError::Missing { .. } => FailureCode::DataMissing,
        OpenError::Backup(error) => backup_code(error),
        OpenError::Unreachable { .. } => FailureCode::DatabaseAway,
        _ => FailureCode::Internal,
    }
}

fn store_code(error: &StoreError) -> FailureCode {
    match error {
        StoreError::RuleBroken { rule } if rule == CLOSE_RULE => FailureCode::LinesHeld,
        StoreError::RuleBroken { rule } if rule == TABLE_RULE => FailureCode::UnknownTable,
        StoreError::Conflict { .. } => FailureCode::IdTaken,
        StoreError::Full(_) => FailureCode::DiskFull,
        StoreError::Damaged(_) => FailureCode::DataDamaged,
        StoreError::Away(_) | StoreError::Busy | StoreError::TooSlow => FailureCode::DatabaseAway,
        StoreError::Unsure(_) => FailureCode::Unsure,
        _ => FailureCode::Internal,
    }
}

const fn device_code(problem: &DeviceProblem) -> FailureCode {
    match problem {
        DeviceProblem::BadMailHost => FailureCode::BadSetting,
        DeviceProblem::NoTarget { .. } => FailureCode::NoRoute,
        DeviceProblem::NameTaken { .. } => FailureCode::NameTaken,
        DeviceProblem::BadMailFrom { .. } => FailureCode::BadMailFrom,
        _ => FailureCode::BadPrinter,
    }
}

const fn station_code(problem: &StationProblem) -> FailureCode {
    match problem {
        StationProblem::NameTaken { .. } => FailureCode::NameTaken,
        StationProblem::PapersWait { .. }
        | StationProblem::TicketsShown { .. }
        | StationProblem::NobodySucceeds { .. } => FailureCode::MustKeep,
    }
}

fn backup_code(error: &BackupError) -> FailureCode {
    match error {
        BackupError::NoSpace { .. } | BackupError::Store(StoreError::Full(_)) => FailureCode::DiskFull,
        BackupError::Bad { problem: Problem::TooNew { .. }, .. } => FailureCode::DataTooNew,
        BackupError::Open(error) if matches!(**error, OpenError::TooNew { .. }) => FailureCode::DataTooNew,
        BackupError::Open(error) if matches!(**error, OpenError::Unreachable { .. }) => {
            FailureCode::DatabaseAway
        }
        BackupError::InUse { .. } => FailureCode::AlreadyRunning,
        _ => FailureCode::BackupFailed,
    }
}
