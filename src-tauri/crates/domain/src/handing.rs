//! How far an order without a table is on its way to whoever ordered it. What is sent is made, is ready when every
//! station is done, and is handed over by a person; what is added afterwards is not handed over yet.
//!
//! ```text
//! making ──every station is done──> ready
//!   └────HandOver────┬───────────────┘         over: paid, taken back or gone into another order
//!                    v
//!              handed_over ──TakeBack, or a line is added──> making, ready
//! ```

use crate::order::{OrderLine, OrderStatus, OrderType, TicketProgress};
use crate::ticket::TicketState;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// How far an order is on its way to whoever ordered it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Making,
    /// Nothing of it is still to make.
    Ready,
    HandedOver,
    /// Nothing of it is to be handed over any more.
    Over,
}

impl Stage {
    pub const ALL: [Self; 4] = [Self::Making, Self::Ready, Self::HandedOver, Self::Over];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Making => "making",
            Self::Ready => "ready",
            Self::HandedOver => "handed_over",
            Self::Over => "over",
        }
    }
}

/// What a person says of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandEvent {
    HandOver,
    TakeBack,
}

/// What follows from what a person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handing {
    Changed,
    /// It is so already; who said it first stays.
    AsItWas,
    Refused,
}

/// What stands in the way of "ready": a ticket that is not done, a line that waits for its course.
pub fn is_made(lines: &[OrderLine], tickets: &[TicketProgress]) -> bool {
    let done = |ticket: &TicketProgress| matches!(ticket.ticket, TicketState::Ready | TicketState::Cancelled);
    tickets.iter().all(done) && !lines.iter().any(OrderLine::is_held)
}

/// Whether all that stands in the order was there when it was handed over.
pub fn is_handed(handed_at: Option<Time>, last_line_at: Time) -> bool {
    handed_at.is_some_and(|at| at >= last_line_at)
}

/// How far an order is, from the facts.
pub const fn stage(status: OrderStatus, made: bool, handed: bool) -> Stage {
    match (status, handed, made) {
        (OrderStatus::Paid | OrderStatus::Voided | OrderStatus::Merged, _, _) => Stage::Over,
        (_, true, _) => Stage::HandedOver,
        (_, false, true) => Stage::Ready,
        (_, false, false) => Stage::Making,
    }
}

/// What becomes of what a person says. What a table ordered is brought to it, and never handed over.
pub const fn say(order_type: OrderType, stage: Stage, event: HandEvent) -> Handing {
    match (order_type, stage, event) {
        (OrderType::DineIn, _, _) | (_, Stage::Over, _) => Handing::Refused,
        (_, Stage::Making | Stage::Ready, HandEvent::HandOver)
        | (_, Stage::HandedOver, HandEvent::TakeBack) => Handing::Changed,
        (_, Stage::HandedOver, HandEvent::HandOver)
        | (_, Stage::Making | Stage::Ready, HandEvent::TakeBack) => Handing::AsItWas,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::JobState;

    const STATUSES: [OrderStatus; 11] = [
        OrderStatus::Received,
        OrderStatus::Queued,
        OrderStatus::Printing,
        OrderStatus::Blocked,
        OrderStatus::Sent,
        OrderStatus::Printed,
        OrderStatus::Preparing,
        OrderStatus::Ready,
        OrderStatus::Paid,
        OrderStatus::Voided,
        OrderStatus::Merged,
    ];

    #[test]
    fn every_status_made_and_handed_or_not() {
        for status in STATUSES {
            let over = matches!(status, OrderStatus::Paid | OrderStatus::Voided | OrderStatus::Merged);
            for made in [false, true] {
                for handed in [false, true] {
                    let expected = match (over, handed, made) {
                        (true, ..) => "over",
                        (false, true, _) => "handed_over",
                        (false, false, true) => "ready",
                        (false, false, false) => "making",
                    };
                    assert_eq!(stage(status, made, handed).code(), expected, "{status:?} {made} {handed}");
                }
            }
        }
    }

    #[test]
    fn every_stage_with_every_word() {
        use Handing::{AsItWas, Changed, Refused};
        for order_type in OrderType::ALL {
            for stage in Stage::ALL {
                let expected = match (order_type, stage) {
                    (OrderType::DineIn, _) | (_, Stage::Over) => [Refused, Refused],
                    (_, Stage::HandedOver) => [AsItWas, Changed],
                    (_, Stage::Making | Stage::Ready) => [Changed, AsItWas],
                };
                let said =
                    [HandEvent::HandOver, HandEvent::TakeBack].map(|event| say(order_type, stage, event));
                assert_eq!(said, expected, "{order_type:?} {stage:?}");
            }
        }
    }

    #[test]
    fn made_is_what_nobody_still_makes() {
        let progress = |ticket| TicketProgress { ticket, job: JobState::Printed };
        for (tickets, made) in [
            (&[][..], true),
            (&[TicketState::New], false),
            (&[TicketState::Seen, TicketState::Ready], false),
            (&[TicketState::Ready, TicketState::Cancelled], true),
        ] {
            let tickets: Vec<_> = tickets.iter().copied().map(progress).collect();
            assert_eq!(is_made(&[], &tickets), made, "{tickets:?}");
        }
    }

    #[test]
    fn what_is_added_afterwards_is_not_handed_over() {
        assert!(!is_handed(None, Time(5)));
        assert!(is_handed(Some(Time(5)), Time(5)));
        assert!(!is_handed(Some(Time(5)), Time(6)));
    }
}
