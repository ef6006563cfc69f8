//! Papers with words of their own: everything that they say, except the time of printing and the banners.
//!
//! Such a document is a snapshot, kept with its job: what comes out late says what was true when it was asked
//! for.

use crate::money::{Currency, Money};
use crate::order::OrderType;
use crate::ticket::TicketContent;
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
}

impl Document {
    pub const fn kind(&self) -> PaperKind {
        match self {
            Self::Drawer => PaperKind::Drawer,
            Self::PreBill(_) => PaperKind::PreBill,
            Self::Receipt(_) => PaperKind::Receipt,
            Self::CatchUp(_) => PaperKind::CatchUp,
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
    pub waiter: String,
    pub lines: Vec<BillLine>,
    pub net: Money,
    pub taxes: Vec<BillTax>,
    pub total: Money,
    /// How it was paid; nothing before it is.
    pub payments: Vec<BillPayment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    pub quantity: i64,
    pub name: String,
    pub modifiers: Vec<String>,
    /// What the whole line comes to, with its taxes.
    pub amount: Money,
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
