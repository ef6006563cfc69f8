//! What a lane is like, and what it can promise: how many tickets go first, and how long that takes.

use crate::breaker::Breaker;
use crate::job::Cause;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Seconds to paper are promised from this until the lane has been measured, in milliseconds a ticket.
pub const UNMEASURED_MS_PER_TICKET: i64 = 1_500;

/// The measured speed of one lane: a moving average that forgets old tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneSpeed {
    ms_per_ticket: i64,
}

impl Default for LaneSpeed {
    fn default() -> Self {
        Self { ms_per_ticket: UNMEASURED_MS_PER_TICKET }
    }
}

impl LaneSpeed {
    /// Milliseconds that one ticket takes from its first byte to its proof.
    pub const fn ms_per_ticket(self) -> i64 {
        self.ms_per_ticket
    }

    /// The speed after one more ticket took `ms`; a new ticket counts for a quarter.
    #[must_use]
    pub const fn after(self, ms: i64) -> Self {
        let ms = if ms < 0 { 0 } else { ms };
        Self { ms_per_ticket: (self.ms_per_ticket * 3 + ms) / 4 }
    }

    /// Milliseconds until the ticket at `position` (1 is next) is on paper.
    pub const fn wait_ms(self, position: i64) -> i64 {
        self.ms_per_ticket.saturating_mul(if position < 1 { 1 } else { position })
    }
}

/// What is known of a lane without asking its queue. Who drives the printer finds it out and tells the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LaneFacts {
    pub speed: LaneSpeed,
    /// A ticket is with the printer.
    pub printing: bool,
    /// Why nothing comes out, when nothing does.
    pub trouble: Option<Cause>,
    /// Since when.
    pub trouble_since: Option<Time>,
    pub paper_near_end: bool,
    /// It does not do the proof that it was set up with: its tickets stay unconfirmed.
    pub unproved: bool,
    pub breaker: Breaker,
    /// Since when the breaker is closed, open or half open; none until it changes for the first time.
    pub breaker_since: Option<Time>,
}

impl LaneFacts {
    /// The same lane with this trouble, or none; one that lasts keeps its beginning.
    #[must_use]
    pub fn in_trouble(self, trouble: Option<Cause>, now: Time) -> Self {
        let trouble_since = trouble.map(|_| self.trouble_since.unwrap_or(now));
        Self { trouble, trouble_since, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promise_follows_the_printer() {
        let mut speed = LaneSpeed::default();
        assert_eq!(speed.wait_ms(2), 2 * UNMEASURED_MS_PER_TICKET);
        for _ in 0..40 {
            speed = speed.after(400);
        }
        assert!((400..=403).contains(&speed.ms_per_ticket()), "{speed:?}");
        assert_eq!(speed.wait_ms(0), speed.ms_per_ticket(), "a ticket in hand still takes its time");
    }
}
