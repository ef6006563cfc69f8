//! What a print job puts on paper, and what that means when nobody knows whether it came out.
//!
//! | kind | when its fate is unknown |
//! |---|---|
//! | kitchen, catch-up slip, test page | printed again, once, marked: better twice than never |
//! | pre-bill, receipt, report | a person is asked: a second paper about money is a second truth |
//! | drawer | never again: a drawer that opens by itself is an open till |

use crate::code::codes;
use crate::ids::{OrderId, StationId, TicketId};
use serde::{Deserialize, Serialize};

codes! {
    /// A paper with words of its own, which is no station's ticket.
    PaperKind {
        /// What is still pending at a station after an outage, on one slip.
        CatchUp = "catch_up",
        /// What an order comes to, before it is paid.
        PreBill = "pre_bill",
        /// What was paid.
        Receipt = "receipt",
        /// What went through a drawer.
        Report = "report",
        /// No paper at all: the pulse that opens a cash drawer.
        Drawer = "drawer",
        Test = "test",
    }
}

/// What kind of job it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// A station's ticket.
    Kitchen,
    Paper(PaperKind),
}

/// What becomes of a job whose bytes may or may not have come to paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It prints again under its own number, with the duplicate's banner.
    Again,
    /// A person says whether it came out.
    Ask,
    /// It is over.
    Never,
}

impl JobKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kitchen => "kitchen",
            Self::Paper(kind) => kind.code(),
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "kitchen" => Some(Self::Kitchen),
            other => PaperKind::from_code(other).map(Self::Paper),
        }
    }

    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Kitchen).chain(PaperKind::ALL.iter().copied().map(Self::Paper))
    }

    /// What to do when its fate is unknown.
    pub const fn on_doubt(self) -> Doubt {
        match self {
            Self::Kitchen | Self::Paper(PaperKind::CatchUp | PaperKind::Test) => Doubt::Again,
            Self::Paper(PaperKind::PreBill | PaperKind::Receipt | PaperKind::Report) => Doubt::Ask,
            Self::Paper(PaperKind::Drawer) => Doubt::Never,
        }
    }

    /// How long after it was asked for it still makes sense, in milliseconds; none is for ever. Whoever
    /// asked for the drawer stands in front of it; nobody may when the printer is back. A test is of now, too.
    pub const fn sense_ms(self) -> Option<i64> {
        match self {
            Self::Paper(PaperKind::Drawer) => Some(10_000),
            Self::Paper(PaperKind::Test) => Some(600_000),
            Self::Kitchen | Self::Paper(_) => None,
        }
    }
}

/// What a job puts on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// A station's ticket, whose words are the ticket's.
    Ticket { ticket: TicketId, order: OrderId, station: StationId },
    /// A paper whose words are the job's own: about an order or not, for a station's printers or for one
    /// printer alone.
    Paper { kind: PaperKind, order: Option<OrderId>, station: Option<StationId> },
}

impl Work {
    pub const fn kind(self) -> JobKind {
        match self {
            Self::Ticket { .. } => JobKind::Kitchen,
            Self::Paper { kind, .. } => JobKind::Paper(kind),
        }
    }

    pub const fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Ticket { ticket, .. } => Some(ticket),
            Self::Paper { .. } => None,
        }
    }

    pub const fn order(self) -> Option<OrderId> {
        match self {
            Self::Ticket { order, .. } => Some(order),
            Self::Paper { order, .. } => order,
        }
    }

    /// The station whose chain of printers it goes along; none stays with its printer.
    pub const fn station(self) -> Option<StationId> {
        match self {
            Self::Ticket { station, .. } => Some(station),
            Self::Paper { station, .. } => station,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kind, its name and its policy.
    #[test]
    fn all_kinds() {
        #[rustfmt::skip]
        let table = [
            ("kitchen",  Doubt::Again, None),
            ("catch_up", Doubt::Again, None),
            ("pre_bill", Doubt::Ask,   None),
            ("receipt",  Doubt::Ask,   None),
            ("report",   Doubt::Ask,   None),
            ("drawer",   Doubt::Never, Some(10_000)),
            ("test",     Doubt::Again, Some(600_000)),
        ];
        assert_eq!(table.len(), JobKind::all().count());
        for (kind, (code, doubt, sense)) in JobKind::all().zip(table) {
            assert_eq!((kind.code(), kind.on_doubt(), kind.sense_ms()), (code, doubt, sense));
            assert_eq!(JobKind::from_code(code), Some(kind));
        }
        assert_eq!(JobKind::from_code("poem"), None);
    }
}
