//! What works in the background of a core, and what happens when one of it breaks.
//!
//! ```text
//!          its work breaks                    the pause is over
//!  up ──────────────────────> down, pausing ─────────────────────> up
//!  a minute without a fault forgets how often it broke
//! ```

use crate::code::codes;
use crate::time::Time;

codes! {
    /// What works in the background.
    Service {
        /// Turns what the queue does into events.
        News = "news",
        /// The heartbeat, and the pulse of the stations.
        Pulse = "pulse",
        /// Prices that change by the clock.
        Prices = "prices",
        /// What nobody looks at.
        Alerts = "alerts",
        /// Printers and chains as they are changed.
        Equipment = "equipment",
        /// What is left of what is counted.
        Shelf = "shelf",
        /// Orders of long ago, to the file of their year.
        Archive = "archive",
        /// Backups as they fall due.
        Backups = "backups",
        /// How far the data has come.
        Reached = "reached",
        /// The rest of the check of a big file.
        Check = "check",
        /// Finished print jobs, out of the lanes' way.
        Tidying = "tidying",
        /// Signs of life, and the tickets of cores that give none.
        Leases = "leases",
        /// Words to and from the other cores of a branch.
        Hints = "hints",
        /// The look at the load.
        Load = "load",
        /// A printer's lane.
        Lane = "lane",
    }
}

/// Without a fault for this long, a service is as if it had never broken, in milliseconds.
const STEADY_MS: i64 = 60_000;
/// First pause before a broken service is started again, and the longest, in milliseconds.
const PAUSE_MS: u64 = 500;
const LONGEST_PAUSE_MS: u64 = 30_000;
/// How long screens say that a service broke after it is up again, in milliseconds.
const TOLD_MS: i64 = 60_000;

/// How often a service broke lately, and whether it is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breaks {
    /// Faults without a steady minute between them.
    pub times: u32,
    pub last_at: Time,
    /// Whether it works again.
    pub up: bool,
}

impl Breaks {
    /// After another fault at `now`.
    #[must_use]
    pub const fn after(before: Option<Self>, now: Time) -> Self {
        let times = match before {
            Some(before) if now.since_ms(before.last_at) < STEADY_MS => before.times.saturating_add(1),
            _ => 1,
        };
        Self { times, last_at: now, up: false }
    }

    /// The service works again.
    #[must_use]
    pub const fn mended(self) -> Self {
        Self { up: true, ..self }
    }

    /// How long to wait before it is started again, in milliseconds: twice as long each time.
    pub const fn pause_ms(self) -> u64 {
        let doubled = PAUSE_MS << if self.times > 7 { 6 } else { self.times.saturating_sub(1) };
        if doubled > LONGEST_PAUSE_MS { LONGEST_PAUSE_MS } else { doubled }
    }

    /// Whether screens say so at `now`.
    pub const fn is_told(self, now: Time) -> bool {
        // A clock that was turned back makes the fault lie ahead; it is not told for ever.
        let ago_ms = now.since_ms(self.last_at);
        !self.up || (ago_ms >= 0 && ago_ms < TOLD_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every history of a service meets a fault: how often it broke, and the pause that follows.
    #[test]
    fn all_pairs() {
        let broke = |times, at| Some(Breaks { times, last_at: Time(at), up: true });
        let table = [
            (None, 0, (1, 500)),
            (broke(1, 0), 59_999, (2, 1_000)),
            (broke(1, 0), 60_000, (1, 500)),
            (broke(2, 0), 1, (3, 2_000)),
            (broke(6, 0), 1, (7, 30_000)),
            (broke(60, 0), 1, (61, 30_000)),
            (broke(1, 9_000), 5_000, (2, 1_000)),
        ];
        for (before, now, expected) in table {
            let after = Breaks::after(before, Time(now));
            assert_eq!((after.times, after.pause_ms()), expected, "{before:?} at {now}");
            assert!(!after.up);
        }
    }

    #[test]
    fn a_fault_is_told_while_the_service_is_down_and_a_minute_after() {
        let down = Breaks::after(None, Time(0));
        assert!(down.is_told(Time(0)) && down.is_told(Time(999_999)));
        let up = down.mended();
        assert!(up.is_told(Time(59_999)) && !up.is_told(Time(60_000)));
        assert!(!up.is_told(Time(-1)), "a clock turned back");
    }
}
