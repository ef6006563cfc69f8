//! How long a station truly takes: a promise that is made of what it made last, and of what waits before it.
//!
//! A menu knows how long a dish should take; a Friday evening knows better. What a guest is told comes from the tickets
//! that the station finished within [`WINDOW_MS`]: how long they took from the order to ready, and how fast one followed
//! the other while more of them waited. Too few of them promise nothing ([`LEAST_MADE`]).

use crate::time::Time;

/// How far back tickets count, in milliseconds.
pub const WINDOW_MS: i64 = 60 * 60_000;
/// Most tickets of a station that count, the newest.
pub const MOST_MADE: usize = 40;
/// A minute, in milliseconds: what guests are told is whole ones.
const MINUTE_MS: i64 = 60_000;
/// Fewer tickets than this promise nothing.
pub const LEAST_MADE: usize = 5;

/// A ticket that a station finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    pub created_at: Time,
    pub ready_at: Time,
}

/// What a station keeps up at this time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// From the order to ready, in the middle of what was made lately, in milliseconds.
    turnaround_ms: i64,
    /// From one ticket that was ready to the next that had waited for it, on average, in milliseconds; none where
    /// nothing had to wait.
    each_ms: i64,
}

impl Pace {
    /// The pace of what was made lately, in any order; none of too little. A ticket that was ready before it was ordered
    /// tells of a clock that was put back, and does not count.
    pub fn of(made: &[Made]) -> Option<Self> {
        let mut made: Vec<Made> = made.iter().filter(|one| one.ready_at >= one.created_at).copied().collect();
        made.sort_by_key(|one| (one.ready_at, one.created_at));
        let made = &made[made.len().saturating_sub(MOST_MADE)..];
        if made.len() < LEAST_MADE {
            return None;
        }
        let mut taken: Vec<i64> = made.iter().map(|one| one.ready_at.since_ms(one.created_at)).collect();
        taken.sort_unstable();
        let waited = made.windows(2).filter(|pair| pair[1].created_at < pair[0].ready_at);
        let gaps: Vec<i64> = waited.map(|pair| pair[1].ready_at.since_ms(pair[0].ready_at)).collect();
        let count = i64::try_from(gaps.len()).unwrap_or(i64::MAX);
        Some(Self {
            turnaround_ms: taken[taken.len() / 2],
            each_ms: if count == 0 { 0 } else { gaps.iter().sum::<i64>() / count },
        })
    }

    /// Milliseconds until a ticket that is ordered now is ready, behind `ahead` others.
    pub fn wait_ms(self, ahead: usize) -> i64 {
        self.turnaround_ms.max(self.through_ms(ahead))
    }

    /// When a ticket is ready that was ordered at `created_at`, with `ahead` others before it now. Whoever ordered was
    /// told whole [`minutes`], so it is not expected before they are over.
    pub fn ready_at(self, created_at: Time, ahead: usize, now: Time) -> Time {
        let told_ms = i64::from(minutes(self.turnaround_ms)) * MINUTE_MS;
        created_at.plus_ms(told_ms).max(now.plus_ms(self.through_ms(ahead)))
    }

    /// Until it and what is before it are through.
    fn through_ms(self, ahead: usize) -> i64 {
        let before = i64::try_from(ahead).unwrap_or(i64::MAX).saturating_add(1);
        self.each_ms.saturating_mul(before)
    }
}

/// Whole minutes to tell a guest, never fewer than it takes and at least one.
pub fn minutes(ms: i64) -> u32 {
    let rounded = ms.max(1).saturating_add(MINUTE_MS - 1) / MINUTE_MS;
    u32::try_from(rounded).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE: i64 = MINUTE_MS;

    /// Tickets by the minutes at which they were ordered and ready.
    fn made(minutes: &[(i64, i64)]) -> Vec<Made> {
        let at = |minute: i64| Time(minute * MINUTE);
        minutes.iter().map(|&(from, to)| Made { created_at: at(from), ready_at: at(to) }).collect()
    }

    fn wait(pace: Pace, ahead: usize) -> u32 {
        minutes(pace.wait_ms(ahead))
    }

    #[test]
    fn too_little_promises_nothing() {
        assert_eq!(Pace::of(&[]), None);
        assert_eq!(Pace::of(&made(&[(0, 8), (20, 28), (40, 48), (60, 68)])), None);
    }

    #[test]
    fn a_quiet_kitchen_takes_what_it_took() {
        // Nothing ever waited for anything: whoever is first and whoever comes fourth hear the same.
        let pace = Pace::of(&made(&[(0, 8), (20, 27), (40, 49), (60, 68), (80, 92)])).unwrap();
        assert_eq!((wait(pace, 0), wait(pace, 3)), (8, 8));
    }

    #[test]
    fn a_busy_kitchen_takes_as_long_as_what_is_before() {
        // All ordered at once, one ready each four minutes.
        let pace = Pace::of(&made(&[(0, 4), (0, 8), (0, 12), (0, 16), (0, 20), (0, 24)])).unwrap();
        assert_eq!((wait(pace, 0), wait(pace, 9)), (16, 40));
    }

    #[test]
    fn what_is_made_together_is_not_counted_twice() {
        // Always three at a time.
        let together = made(&[(0, 9), (1, 9), (2, 9), (3, 18), (4, 18), (5, 18), (6, 27), (7, 27), (8, 27)]);
        let pace = Pace::of(&together).unwrap();
        // 18 minutes for the six that followed another one that they had waited for; two followed at nine.
        assert_eq!(pace.each_ms, 18 * MINUTE / 8);
        assert_eq!(wait(pace, 0), 14);
    }

    #[test]
    fn one_that_was_forgotten_does_not_make_the_promise() {
        let mut tickets = made(&[(0, 8), (20, 28), (40, 48), (60, 68), (80, 88)]);
        tickets.extend(made(&[(10, 90)]));
        assert_eq!(wait(Pace::of(&tickets).unwrap(), 0), 8);
    }

    #[test]
    fn only_the_newest_count() {
        let mut tickets: Vec<Made> = (0..100).flat_map(|n| made(&[(n * 100, n * 100 + 50)])).collect();
        tickets.extend((100..140).flat_map(|n| made(&[(n * 100, n * 100 + 5)])));
        tickets.reverse();
        assert_eq!(wait(Pace::of(&tickets).unwrap(), 0), 5);
    }

    #[test]
    fn a_ticket_that_was_sent_is_ready_when_it_would_have_been_or_when_its_turn_comes() {
        let pace = Pace { turnaround_ms: 10 * MINUTE, each_ms: 2 * MINUTE };
        let (sent, now) = (Time(0), Time(3 * MINUTE));
        assert_eq!(pace.ready_at(sent, 0, now), Time(10 * MINUTE));
        assert_eq!(pace.ready_at(sent, 5, now), Time(15 * MINUTE));
        // Late already: nothing earlier than its turn is promised.
        assert_eq!(pace.ready_at(sent, 0, Time(30 * MINUTE)), Time(32 * MINUTE));
    }

    #[test]
    fn what_takes_seconds_is_not_late_before_the_minute_that_was_told_is_over() {
        let pace = Pace { turnaround_ms: 3_000, each_ms: 0 };
        assert_eq!((wait(pace, 0), pace.ready_at(Time(0), 0, Time(30_000))), (1, Time(MINUTE)));
    }

    #[test]
    fn a_clock_that_was_put_back_tells_nothing() {
        let odd = made(&[(10, 8), (30, 28), (50, 48), (70, 68), (90, 88)]);
        assert_eq!(Pace::of(&odd), None);
    }

    #[test]
    fn a_guest_is_never_told_less_than_it_takes() {
        assert_eq!([0, 1, 59_999, 60_000, 60_001, -5].map(minutes), [1, 1, 1, 1, 2, 1]);
        assert_eq!(minutes(i64::MAX), u32::MAX);
    }

    proptest! {
        /// More before it is never sooner, whatever was made.
        #[test]
        fn more_before_it_is_never_sooner(
            times in proptest::collection::vec((0_i64..10_000_000, 0_i64..10_000_000), 0..60),
            ahead in 0_usize..1_000,
        ) {
            let made: Vec<Made> = times
                .into_iter()
                .map(|(created, took)| Made { created_at: Time(created), ready_at: Time(created + took) })
                .collect();
            if let Some(pace) = Pace::of(&made) {
                prop_assert!(pace.wait_ms(ahead) <= pace.wait_ms(ahead + 1));
                prop_assert!(pace.wait_ms(ahead) >= 0);
                let now = Time(5_000_000);
                prop_assert!(pace.ready_at(now, ahead, now) >= now.plus_ms(pace.turnaround_ms));
            }
        }
    }
}
