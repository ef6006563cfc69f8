//! How failures are met: three attempts two seconds apart, then patience, never all at once.

/// How long a job waits after an attempt that broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Quick attempts before the job counts as blocked.
    pub quick_attempts: u32,
    /// Pause before the next quick attempt, in milliseconds.
    pub pause_ms: i64,
    /// Pause before the first attempt of a blocked job, in milliseconds. A printer that goes on breaking
    /// gets twice as long; one that only waits for a person is asked at this pace.
    pub blocked_pause_ms: i64,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { quick_attempts: 3, pause_ms: 2_000, blocked_pause_ms: 3_000 }
    }
}

impl RetryPolicy {
    /// The pause after the attempt with this number, from 1, in milliseconds.
    pub const fn pause_after(&self, attempts: u32) -> i64 {
        if attempts < self.quick_attempts {
            self.pause_ms
        } else if attempts == self.quick_attempts {
            self.blocked_pause_ms
        } else {
            self.blocked_pause_ms.saturating_mul(2)
        }
    }
}

/// What to add to a pause so that many who wait for the same thing do not come at once: up to a quarter
/// of it, decided by `dice`. Never less than the pause itself.
pub const fn jitter_ms(pause_ms: i64, dice: u16) -> i64 {
    let pause_ms = if pause_ms < 0 { 0 } else { pause_ms };
    pause_ms / 4 * (dice as i64) / (u16::MAX as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pauses_grow_once_and_then_stay() {
        let policy = RetryPolicy::default();
        let pauses: Vec<i64> = (1..=6).map(|attempts| policy.pause_after(attempts)).collect();
        assert_eq!(pauses, [2_000, 2_000, 3_000, 6_000, 6_000, 6_000]);
    }

    #[test]
    fn the_dice_spread_over_a_quarter() {
        assert_eq!(jitter_ms(2_000, 0), 0);
        assert_eq!(jitter_ms(2_000, u16::MAX), 500);
        assert_eq!(jitter_ms(2_000, u16::MAX / 2), 249);
        assert_eq!(jitter_ms(-5, u16::MAX), 0);
    }

    proptest! {
        #[test]
        fn never_sooner_and_at_most_a_quarter_later(pause in 0_i64..100_000, dice in any::<u16>()) {
            prop_assert!((0..=pause / 4).contains(&jitter_ms(pause, dice)));
        }
    }
}
