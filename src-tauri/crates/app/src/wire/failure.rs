//! How a command says no: a code that a screen may branch on and a sentence for a person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a command was not carried out. Nothing has changed when one is returned, but for `unsure`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Failure {
    pub code: FailureCode,
    /// What happened, why, and what to do, in the caller's language.
    pub message: String,
}

/// The kinds of failure. A code exists while a screen or a program does something particular with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// The request is not understood: a field is missing or of the wrong kind.
    BadRequest,
    /// Nobody is signed in, or the session has ended.
    NotSignedIn,
    UnknownTerminal,
    WrongPin,
    /// Too many wrong PINs: wait.
    LockedOut,
    /// The role lacks the permission.
    NotAllowed,
    /// The order, or the part of its bill, has no lines.
    EmptyOrder,
    /// The quantity is not between 1 and the limit, or nobody would pay for a line.
    BadQuantity,
    /// A text is too long or a number out of its bounds.
    OutOfBounds,
    /// A product, or a variant of one, that is not on the menu.
    UnknownProduct,
    /// There is none of a product, or less than was asked for.
    SoldOut,
    /// A forced modifier group is not answered, or the variant not said.
    ModifierMissing,
    /// A modifier that does not belong, is chosen twice, or is one too many.
    BadModifier,
    /// A combo cannot have guests choose that.
    BadCombo,
    UnknownTable,
    UnknownOrder,
    OrderClosed,
    /// The order has no such line, or its bill no such part.
    UnknownLine,
    /// Nobody who works here.
    UnknownUser,
    LineAlreadyVoided,
    /// The order is for a table, or nothing stands in it.
    NothingToHandOver,
    /// Lines of the order wait for their course: it is fired, or they are voided, first.
    LinesHeld,
    UnknownTicket,
    UnknownStation,
    /// What the ticket is now does not allow it.
    TicketMoved,
    /// The product's category leads to no station, or the station to no printer.
    NoRoute,
    /// There is no such setting, or it cannot be this, or not here.
    BadSetting,
    /// No such session of a drawer, or it is open or closed already.
    TillMoved,
    UnknownCustomer,
    /// A customer without a name, or with a number that is none.
    BadCustomer,
    /// What cannot be taken from this role or person, off the floor or out of its combo: somebody must be able to give
    /// it back, an open order must have its table, and a combo is voided and moved whole.
    MustKeep,
    /// The same id was used before for something else.
    IdTaken,
    DiskFull,
    /// The folder of the data cannot be written.
    FolderUnwritable,
    /// There is no company yet.
    NotSetUp,
    /// There is a company already.
    SetUpAlready,
    /// The program runs already on this data.
    AlreadyRunning,
    /// The data was written by a newer program.
    DataTooNew,
    /// The data is damaged.
    DataDamaged,
    /// There was data, and its file is gone or empty.
    DataMissing,
    /// A backup was not made, is not good, or could not be restored.
    BackupFailed,
    /// The database cannot be reached now, or has no room for one more. Nothing changed: the same command may be
    /// sent again when it is back.
    DatabaseAway,
    /// It is not known whether the command was carried out, or its answer was lost. The same command, sent again
    /// with the same id, finds out and changes nothing twice.
    Unsure,
    /// There is no such printer, or its address cannot be understood or does not resolve.
    BadPrinter,
    /// Another device, category, product or person has that name or code.
    NameTaken,
    /// No PIN: it is four digits, and whoever is new needs one.
    BadPin,
    /// No address that mails could come from.
    BadMailFrom,
    /// A file that cannot be read, or has errors.
    BadFile,
    /// The menu is not what it was when it was shown.
    MenuMoved,
    /// A fault of the program itself; the log has the details.
    Internal,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
