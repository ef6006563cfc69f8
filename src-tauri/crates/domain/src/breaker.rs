//! The circuit breaker of one printer: whether tickets should be sent its way at all.
//!
//! ```text
//!          5 failures in a row              60 s are over, and a success
//!  closed ─────────────────────> open ─────────────────────────────────> half open
//!     ^                           ^  └ opened by hand: only a hand ends it │    │
//!     │                           └──────────── a failure ─────────────────┘    │
//!     └──────────────────────── 3 successes in a row ───────────────────────────┘
//! ```
//!
//! An open breaker stops no attempt at a printer that is all a station has; it makes the chain pass over
//! one that is not.

use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Failures in a row that open it.
pub const FAILURES_TO_OPEN: u32 = 5;
/// How long it stays open before a success counts, in milliseconds.
pub const OPEN_MS: i64 = 60_000;
/// Successes in a row that close it.
pub const SUCCESSES_TO_CLOSE: u32 = 3;

/// Where a breaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breaker {
    /// Tickets go to the printer.
    Closed {
        /// Failures since the last success.
        failures: u32,
    },
    /// Tickets go elsewhere. Until this instant a success changes nothing; `None` waits for a hand.
    Open { until: Option<Time> },
    /// It has begun to work again; tickets still go elsewhere.
    HalfOpen {
        /// Successes since it was open.
        successes: u32,
    },
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

/// What a breaker hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerEvent {
    /// A ticket was printed, or the printer said that it could.
    Success,
    /// A ticket was not printed, or the printer said that it could not, or said nothing.
    Failure,
    /// A person takes the printer out of use.
    OpenByHand,
    /// A person puts it back into use.
    CloseByHand,
}

impl Breaker {
    /// What it becomes when `event` happens at `now`.
    #[must_use]
    pub const fn next(self, event: BreakerEvent, now: Time) -> Self {
        use BreakerEvent::{CloseByHand, Failure, OpenByHand, Success};
        const OPEN_BY_HAND: Breaker = Breaker::Open { until: None };
        match (self, event) {
            (_, OpenByHand) => OPEN_BY_HAND,
            (Self::HalfOpen { successes }, Success) if successes + 1 < SUCCESSES_TO_CLOSE => {
                Self::HalfOpen { successes: successes + 1 }
            }
            (_, CloseByHand) | (Self::Closed { .. } | Self::HalfOpen { .. }, Success) => {
                Self::Closed { failures: 0 }
            }
            (Self::Closed { failures }, Failure) if failures + 1 < FAILURES_TO_OPEN => {
                Self::Closed { failures: failures + 1 }
            }
            (Self::Closed { .. } | Self::HalfOpen { .. }, Failure) => {
                Self::Open { until: Some(now.plus_ms(OPEN_MS)) }
            }
            (Self::Open { until: Some(until) }, Success) if now.0 >= until.0 => {
                Self::HalfOpen { successes: 1 }
            }
            // A failure while it is open is what it expects; the time for the next look has come or comes.
            (Self::Open { .. }, Success | Failure) => self,
        }
    }

    /// Whether tickets go to the printer.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Time = Time(1_000_000);
    const EVENTS: [BreakerEvent; 4] =
        [BreakerEvent::Success, BreakerEvent::Failure, BreakerEvent::OpenByHand, BreakerEvent::CloseByHand];

    fn closed(failures: u32) -> Breaker {
        Breaker::Closed { failures }
    }

    fn open(since_now_ms: i64) -> Breaker {
        Breaker::Open { until: Some(NOW.plus_ms(since_now_ms)) }
    }

    fn half(successes: u32) -> Breaker {
        Breaker::HalfOpen { successes }
    }

    /// Every pair of state and event.
    #[test]
    fn all_pairs() {
        let by_hand = Breaker::Open { until: None };
        let fresh = open(OPEN_MS);
        #[rustfmt::skip]
        let table = [
            //           Success    Failure    OpenByHand CloseByHand
            (closed(0), [closed(0), closed(1), by_hand,   closed(0)]),
            (closed(3), [closed(0), closed(4), by_hand,   closed(0)]),
            (closed(4), [closed(0), fresh,     by_hand,   closed(0)]),
            (open(1),   [open(1),   open(1),   by_hand,   closed(0)]),
            (open(0),   [half(1),   open(0),   by_hand,   closed(0)]),
            (open(-9),  [half(1),   open(-9),  by_hand,   closed(0)]),
            (by_hand,   [by_hand,   by_hand,   by_hand,   closed(0)]),
            (half(1),   [half(2),   fresh,     by_hand,   closed(0)]),
            (half(2),   [closed(0), fresh,     by_hand,   closed(0)]),
        ];
        for (state, row) in table {
            for (event, expected) in EVENTS.into_iter().zip(row) {
                assert_eq!(state.next(event, NOW), expected, "{state:?} meets {event:?}");
            }
        }
    }

    proptest! {
        /// It opens by itself only after five failures in a row, and closes by itself only after three
        /// successes in a row.
        #[test]
        fn only_rows_count(steps in proptest::collection::vec((any::<bool>(), 0_i64..90_000), 0..200)) {
            let (mut breaker, mut now) = (Breaker::default(), NOW);
            let (mut failures, mut successes) = (0, 0);
            for (success, ms) in steps {
                now = now.plus_ms(ms);
                let before = breaker;
                breaker = before.next(if success { BreakerEvent::Success } else { BreakerEvent::Failure }, now);
                (failures, successes) = if success { (0, successes + 1) } else { (failures + 1, 0) };
                if before.is_closed() && !breaker.is_closed() {
                    prop_assert!(failures >= FAILURES_TO_OPEN);
                }
                if !before.is_closed() && breaker.is_closed() {
                    prop_assert!(successes >= SUCCESSES_TO_CLOSE);
                }
                if before.is_closed() && success {
                    prop_assert!(breaker.is_closed(), "a success never opens it");
                }
            }
        }
    }
}
