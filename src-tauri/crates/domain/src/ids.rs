//! Identifiers, one type for each kind of thing, so that a table can never be taken for an order.
//!
//! All are UUIDv7: made where the thing is made (a client makes the ids of its orders and lines),
//! ordered by time, unique without asking anyone.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A business that owns branches, a catalogue and users.
    CompanyId,
    /// One place of business, with its own floor, stations and printers.
    BranchId,
    /// A till, a tablet or a kitchen screen of a branch.
    TerminalId,
    /// A person who works here.
    UserId,
    /// A signed-in person at a terminal.
    SessionId,
    /// A room of the floor plan.
    RoomId,
    /// A table of a room.
    TableId,
    /// A group of products on the menu.
    CategoryId,
    /// Something that is sold.
    ProductId,
    /// A question asked about a product ("Término"), with its allowed answers.
    ModifierGroupId,
    /// One answer of a modifier group ("Tres cuartos").
    ModifierId,
    /// A tax of the company.
    TaxId,
    /// A size that products come in.
    SizeId,
    /// A colour that products come in.
    ColorId,
    /// A product in one size, one colour or both.
    VariantId,
    /// A choice that a combo asks for.
    ComboSlotId,
    /// Other prices for a branch, for some hours or for a time.
    PriceListId,
    /// A place where stock lies.
    LocationId,
    /// One move of the stock ledger.
    StockMoveId,
    /// A count of what lies at a location.
    StockCountId,
    /// Stock on its way from one location to another.
    TransferId,
    /// Someone who buys here.
    CustomerId,
    /// Something that a person should know about.
    AlertId,
    /// A range of numbers that papers of one kind are given.
    NumberingRangeId,
    /// One place to which a station's tickets go.
    TargetId,
    /// A place where food or drink is made.
    StationId,
    /// A device that prints.
    PrinterId,
    /// What a guest asked for, from the first line to the payment.
    OrderId,
    /// One line of an order; made by the client that typed it.
    LineId,
    /// One paper (or its screen) for one station.
    TicketId,
    /// The work of getting one ticket printed once.
    JobId,
    /// One run of the program, from its start to its end.
    CoreId,
    /// A folder of data on a computer of the branch; it outlives the cores that work in it.
    ComputerId,
    /// What a guest paid at once by one method.
    PaymentId,
    /// What was given back of a payment.
    RefundId,
    /// A drawer from its float to its count.
    CashSessionId,
    /// Cash that went in or out of a drawer without a sale.
    CashMoveId,
    /// A numbered paper for the guest.
    ReceiptId,
    /// A picture at the head of what a guest gets.
    LogoId,
    /// A picture of what is sold.
    PhotoId,
    /// Something that happened to an order.
    OrderEventId,
    /// A command that changes something; made by the client, the key of idempotency.
    CommandId,
}
