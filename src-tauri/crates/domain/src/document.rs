//! Papers with words of their own: everything that they say, except the time of printing and the banners.
//!
//! Such a document is a snapshot, kept with its job: what comes out late says what was true when it was asked
//! for.

use crate::cash::{CashDirection, Drawer};
use crate::contact::Promise;
use crate::ids::LogoId;
use crate::money::{Currency, Money};
use crate::order::OrderType;
use crate::station::Candidate;
use crate::ticket::TicketContent;
use crate::time::LocalTime;
use crate::work::PaperKind;
use serde::{Deserialize, Serialize};

/// What a paper says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "snake_case")]
pub enum Document {
    /// No words: the pulse that opens the cash drawer.
    Drawer,
    /// What an order comes to, before it is paid.
    PreBill(Bill),
    /// What an order came to, and how it was paid.
    Receipt(Bill),
    CatchUp(CatchUp),
    /// What went through a drawer: X while it is open, Z when it is closed.
    CashReport(CashReport),
    /// Whether a printer is set up right.
    TestPage(TestPage),
    /// Whether a printer prints at all, before the branch opens.
    OpeningCheck(OpeningCheck),
}

impl Document {
    pub const fn kind(&self) -> PaperKind {
        match self {
            Self::Drawer => PaperKind::Drawer,
            Self::PreBill(_) => PaperKind::PreBill,
            Self::Receipt(_) => PaperKind::Receipt,
            Self::CatchUp(_) => PaperKind::CatchUp,
            Self::CashReport(_) => PaperKind::Report,
            Self::TestPage(_) | Self::OpeningCheck(_) => PaperKind::Test,
        }
    }

    /// Which part of a divided bill it is; none of any other paper.
    pub const fn part(&self) -> Option<BillPart> {
        match self {
            Self::PreBill(bill) | Self::Receipt(bill) => bill.part,
            Self::Drawer
            | Self::CatchUp(_)
            | Self::CashReport(_)
            | Self::TestPage(_)
            | Self::OpeningCheck(_) => None,
        }
    }

    /// The picture at its head: only what a guest gets has one.
    pub const fn logo(&self) -> Option<LogoId> {
        match self {
            Self::PreBill(bill) | Self::Receipt(bill) => bill.logo,
            Self::Drawer
            | Self::CatchUp(_)
            | Self::CashReport(_)
            | Self::TestPage(_)
            | Self::OpeningCheck(_) => None,
        }
    }
}

/// What an order comes to. Every amount is the core's own; whoever prints it adds nothing up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    pub house: String,
    pub branch: String,
    pub currency: Currency,
    pub order_number: i64,
    pub order_type: OrderType,
    pub table: Option<String>,
    pub customer: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    /// Where it is brought, of a delivery.
    #[serde(default)]
    pub address: Option<String>,
    /// Words to whoever brings it.
    #[serde(default)]
    pub courier_note: Option<String>,
    #[serde(default)]
    pub promised: Option<Promise>,
    pub waiter: String,
    pub lines: Vec<BillLine>,
    pub net: Money,
    pub taxes: Vec<BillTax>,
    pub total: Money,
    /// How it was paid; nothing before it is.
    pub payments: Vec<BillPayment>,
    /// What it is kept under, as it stands on paper; none for what got no number.
    #[serde(default)]
    pub number: Option<String>,
    /// Rows of the house, under its name and at the end.
    #[serde(default)]
    pub head: Vec<String>,
    #[serde(default)]
    pub foot: Vec<String>,
    /// What a QR code at the end says.
    #[serde(default)]
    pub qr: Option<String>,
    /// The picture at its head, if it is still there when the paper is printed.
    #[serde(default)]
    pub logo: Option<LogoId>,
    /// Which part of a divided bill it is; then the lines and every sum are that part's.
    #[serde(default)]
    pub part: Option<BillPart>,
}

/// One part of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillPart {
    /// From 1.
    pub number: u8,
    /// How many there are.
    pub of: u8,
    /// Whose it is, when that is known.
    pub seat: Option<u16>,
    /// What the whole bill comes to.
    pub whole: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    pub quantity: i64,
    pub name: String,
    pub modifiers: Vec<String>,
    /// What the line comes to, with its taxes; of a line that is shared, the share.
    pub amount: Money,
    /// What was chosen for it, of a combo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ComboPart>,
    /// How much of the line it is; none when it is all of it.
    #[serde(default)]
    pub share: Option<BillShare>,
}

/// One thing of a combo on a bill; there are as many of it as of the combo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComboPart {
    pub name: String,
    pub modifiers: Vec<String>,
    /// What it adds to all of the combos together; nothing, mostly.
    pub amount: Money,
}

/// A share of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillShare {
    /// In lowest terms: (1, 3) is a third.
    pub fraction: (u32, u32),
    /// What the whole line comes to.
    pub whole: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillTax {
    pub name: String,
    pub amount: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillPayment {
    pub method: String,
    pub amount: Money,
    pub tip: Money,
}

/// What is pending at a station after an outage, in place of as many old papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatchUp {
    pub station: String,
    /// Oldest first.
    pub pending: Vec<Pending>,
    /// Numbers of the tickets that the station has said are done, so that no number is missing.
    pub made: Vec<i64>,
}

/// A ticket on a catch-up slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub content: TicketContent,
    /// When it was written, by the clock on the wall.
    pub hour: u8,
    pub minute: u8,
    /// Part of it may be on paper already.
    pub possible_duplicate: bool,
}

/// What went through a drawer in one session. Every figure is the core's own; whoever prints it adds nothing up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashReport {
    pub house: String,
    pub branch: String,
    pub currency: Currency,
    pub terminal: String,
    /// The session's number in the branch.
    pub number: i64,
    pub opened_at: LocalTime,
    pub opened_by: String,
    /// The count that closed it: with one it is a Z, without one an X.
    pub closed: Option<ReportCount>,
    /// Orders that were paid in the session.
    pub orders: i64,
    pub net: Money,
    pub taxes: Vec<BillTax>,
    pub total: Money,
    pub methods: Vec<ReportMethod>,
    pub moves: Vec<ReportMove>,
    /// What must lie in the drawer; none where it is counted blind.
    pub drawer: Option<ReportDrawer>,
}

/// What one method of payment brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMethod {
    pub method: String,
    pub payments: i64,
    pub amount: Money,
    pub tip: Money,
}

/// Cash that went in or out without a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMove {
    pub at: LocalTime,
    pub direction: CashDirection,
    pub amount: Money,
    pub reason: String,
    pub by: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDrawer {
    pub figures: Drawer,
    pub expected: Money,
}

/// The count at the end of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCount {
    pub at: LocalTime,
    pub by: String,
    pub counted: Money,
    /// What was counted beyond what must lie there; negative when some is missing.
    pub difference: Money,
    pub note: Option<String>,
}

/// What a page says that is printed to set a printer up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestPage {
    pub printer: String,
    pub address: String,
    /// The stations whose tickets come out there.
    pub stations: Vec<String>,
    /// Pages that the printer may have, a row for each, of which a person chooses.
    pub candidates: Vec<Candidate>,
}

/// A few rows before the branch opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningCheck {
    pub printer: String,
}
