//! The kitchen ticket: what one station has to make, and how far it is.
//!
//! ```text
//!  new ──See──> seen ──Bump──> ready          Recall: ready ──> seen
//!   └────────────Bump──────────> ready        Cancel: new, seen ──> cancelled
//! ```
//!
//! The content is a snapshot: paper and kitchen screen show the same words for ever, whatever
//! becomes of the menu. A line that is taken back stays, and says so on whatever is printed from then on; so does a
//! head that the house corrects while the ticket is to be made: who ordered, and when it was promised.

use crate::contact::Promise;
use crate::ids::{LineId, ProductId};
use crate::job::JobProgress;
use crate::order::OrderType;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a ticket was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketKind {
    /// The first lines of an order for this station.
    New,
    /// Lines added to an order that the station knows.
    Change,
    /// Lines taken off an order after they were sent.
    Void,
}

impl TicketKind {
    pub const ALL: [Self; 3] = [Self::New, Self::Change, Self::Void];

    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Change => "change",
            Self::Void => "void",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One thing to make, or to stop making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketLine {
    pub line: LineId,
    /// What it is a line of; none on tickets of an earlier program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
    pub quantity: i64,
    pub name: String,
    /// Answers of the modifier groups, in the menu's order.
    pub modifiers: Vec<String>,
    /// The combo that it was chosen for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub combo: Option<String>,
    /// Words to the cook.
    pub note: Option<String>,
    /// What the guest must not eat; never cut off on paper.
    pub allergy: Option<String>,
    pub course: u8,
    /// Who at the table it is for; none when it is for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<u16>,
    /// No longer wanted.
    pub voided: bool,
    /// Why it is not, in the words of whoever took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void_reason: Option<String>,
}

/// Everything that a ticket says, except the time of printing and its banner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketContent {
    pub kind: TicketKind,
    pub station: String,
    /// Consecutive number of the station; a gap shows a lost ticket.
    pub number: i64,
    pub order_number: i64,
    pub order_type: OrderType,
    pub table: Option<String>,
    pub room: Option<String>,
    pub customer: Option<String>,
    pub covers: Option<u32>,
    pub waiter: String,
    pub terminal: String,
    /// Words to the cook about the whole order.
    pub note: Option<String>,
    pub urgent: bool,
    /// Minutes that the slowest of its lines takes to make; past them the ticket is late.
    pub preparation_minutes: u32,
    pub lines: Vec<TicketLine>,
    /// Where it goes now is not where papers said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// The course that was held until now, of a ticket that fires it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fired: Option<u8>,
    /// When the house promised the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Promise>,
}

/// Things that go to another place than their station was told, or are served otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The table that they were for.
    pub from: Option<String>,
    /// How the guest was to eat, when that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<OrderType>,
    /// The station's tickets that told it of them; none on such a ticket itself.
    pub numbers: Vec<i64>,
    /// Which things, in words, when it is not all of those tickets.
    pub things: Vec<String>,
}

impl TicketContent {
    /// Whether it tells of nothing but where things go: there is nothing to make.
    pub fn is_move(&self) -> bool {
        self.moved.is_some() && self.lines.is_empty()
    }

    /// How many things there are to make: the Σ at the ticket's foot that betrays a cut-off paper.
    pub fn item_count(&self) -> i64 {
        self.lines.iter().filter(|line| !line.voided).map(|line| line.quantity).sum()
    }
}

/// How far the station is with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    New,
    /// A kitchen screen has shown it.
    Seen,
    /// The station says that it is done.
    Ready,
    /// Every line was taken back before it was printed.
    Cancelled,
}

impl TicketState {
    pub const ALL: [Self; 4] = [Self::New, Self::Seen, Self::Ready, Self::Cancelled];

    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Seen => "seen",
            Self::Ready => "ready",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What happens to a ticket in the kitchen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketEvent {
    See,
    Bump,
    Recall,
    Cancel,
}

/// The event cannot happen in that state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a ticket that is {from:?} cannot meet {event:?}")]
pub struct IllegalTicketTransition {
    pub from: TicketState,
    pub event: TicketEvent,
}

/// What a ticket becomes; doing again what was done changes nothing.
pub fn next(from: TicketState, event: TicketEvent) -> Result<TicketState, IllegalTicketTransition> {
    use TicketState::{Cancelled, New, Ready, Seen};
    match (from, event) {
        (New | Seen, TicketEvent::See) | (Seen | Ready, TicketEvent::Recall) => Ok(Seen),
        (New | Seen | Ready, TicketEvent::Bump) | (Ready, TicketEvent::See) => Ok(Ready),
        (New | Seen | Cancelled, TicketEvent::Cancel) => Ok(Cancelled),
        (New, TicketEvent::Recall)
        | (Ready, TicketEvent::Cancel)
        | (Cancelled, TicketEvent::See | TicketEvent::Bump | TicketEvent::Recall) => {
            Err(IllegalTicketTransition { from, event })
        }
    }
}

/// Whether a cook can say of a ticket that it goes before the others: it is still to make.
pub const fn can_go_first(state: TicketState) -> bool {
    matches!(state, TicketState::New | TicketState::Seen)
}

/// Whether lines that are added to its order go onto this ticket instead of a paper of their own: it tells of
/// lines to make, no screen has shown it, and its first printing waits with no byte sent.
pub const fn takes_lines(kind: TicketKind, state: TicketState, job: &JobProgress) -> bool {
    matches!(kind, TicketKind::New | TicketKind::Change)
        && matches!(state, TicketState::New)
        && job.state.is_waiting()
        && !job.possible_duplicate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::JobState;
    use crate::time::Time;

    /// Every kind and state of a ticket with every state of its job, in doubt and not.
    #[test]
    fn lines_go_onto_a_ticket_that_nobody_has_seen() {
        let mut taken = Vec::new();
        for kind in TicketKind::ALL {
            for state in TicketState::ALL {
                for job_state in JobState::ALL {
                    for possible_duplicate in [false, true] {
                        let job =
                            JobProgress { state: job_state, possible_duplicate, ..JobProgress::new(Time(0)) };
                        if takes_lines(kind, state, &job) {
                            taken.push((kind.code(), state.code(), job_state.code(), possible_duplicate));
                        }
                    }
                }
            }
        }
        let expected = [
            ("new", "new", "queued", false),
            ("new", "new", "blocked", false),
            ("change", "new", "queued", false),
            ("change", "new", "blocked", false),
        ];
        assert_eq!(taken, expected);
    }

    #[test]
    fn what_is_still_to_make_can_go_first() {
        assert_eq!(TicketState::ALL.map(can_go_first), [true, true, false, false]);
    }

    #[test]
    fn all_pairs() {
        let events = [TicketEvent::See, TicketEvent::Bump, TicketEvent::Recall, TicketEvent::Cancel];
        let table = [
            ("new", ["seen", "ready", "-", "cancelled"]),
            ("seen", ["seen", "ready", "seen", "cancelled"]),
            ("ready", ["ready", "ready", "seen", "-"]),
            ("cancelled", ["-", "-", "-", "cancelled"]),
        ];
        assert_eq!(table.len(), TicketState::ALL.len());
        for (state, row) in table {
            let from = TicketState::from_code(state).unwrap();
            for (event, expected) in events.into_iter().zip(row) {
                assert_eq!(next(from, event).map_or("-", TicketState::code), expected, "{state} {event:?}");
            }
        }
    }
}
