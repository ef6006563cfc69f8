//! Numbering ranges of receipts: a prefix, a first and a last number, and the time they are good for.
//!
//! Colombia's tax office (DIAN) grants such ranges for sales documents; a number is given once, without
//! a gap, never outside its range nor its time, and an alarm sounds before either runs out.

use crate::time::Time;
use thiserror::Error;

/// A range of numbers and how far it was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// Before every number, such as `SETP`.
    pub prefix: String,
    pub first: i64,
    pub last: i64,
    /// The number that comes next, `first` at the start and `last + 1` when all are used.
    pub next: i64,
    /// The first instant at which it is good; none for a range that always was.
    pub valid_from: Option<Time>,
    /// The first instant at which it is good no longer; none for a range without an end.
    pub valid_until: Option<Time>,
}

/// Why a range gives no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoNumber {
    #[error("the numbering range is not valid yet")]
    NotYet,
    #[error("the numbering range is valid no longer")]
    Expired,
    #[error("every number of the range is used")]
    Exhausted,
}

/// What a person should know about a range before it is too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberingAlarm {
    /// Few numbers are left.
    RunningOut { left: i64 },
    /// Its time ends soon.
    Expiring { in_ms: i64 },
}

impl Numbering {
    /// The number that would be given at `now`.
    pub fn peek(&self, now: Time) -> Result<i64, NoNumber> {
        if self.valid_from.is_some_and(|from| now < from) {
            Err(NoNumber::NotYet)
        } else if self.valid_until.is_some_and(|until| now >= until) {
            Err(NoNumber::Expired)
        } else if self.left() == 0 {
            Err(NoNumber::Exhausted)
        } else {
            Ok(self.next)
        }
    }

    /// How many numbers are left.
    pub fn left(&self) -> i64 {
        self.last.saturating_sub(self.next.max(self.first)).saturating_add(1).max(0)
    }

    /// A number as it stands on paper: all of a range are as long as its last.
    pub fn text(&self, number: i64) -> String {
        format!("{}{number:0width$}", self.prefix, width = self.last.to_string().len())
    }

    /// What to warn of at `now`: fewer than `least_left` numbers, or less than `least_ms` of time.
    pub fn alarm(&self, now: Time, least_left: i64, least_ms: i64) -> Option<NumberingAlarm> {
        let left = self.left();
        if left < least_left {
            return Some(NumberingAlarm::RunningOut { left });
        }
        let in_ms = self.valid_until?.since_ms(now);
        (in_ms < least_ms).then_some(NumberingAlarm::Expiring { in_ms: in_ms.max(0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range() -> Numbering {
        Numbering {
            prefix: "FE".into(),
            first: 1,
            last: 5_000,
            next: 42,
            valid_from: Some(Time(1_000)),
            valid_until: Some(Time(9_000)),
        }
    }

    #[test]
    fn a_number_is_given_in_its_time_alone() {
        assert_eq!(range().peek(Time(999)), Err(NoNumber::NotYet));
        assert_eq!(range().peek(Time(1_000)), Ok(42));
        assert_eq!(range().peek(Time(9_000)), Err(NoNumber::Expired));
        let endless = Numbering { valid_until: None, ..range() };
        assert_eq!(endless.peek(Time(i64::MAX)), Ok(42));
        assert_eq!(Numbering { valid_from: None, ..range() }.peek(Time(0)), Ok(42));
    }

    #[test]
    fn a_number_on_paper_has_its_prefix_and_its_zeros() {
        assert_eq!(range().text(42), "FE0042");
        assert_eq!(range().text(5_000), "FE5000");
        assert_eq!(Numbering { prefix: String::new(), last: 9, ..range() }.text(7), "7");
    }

    #[test]
    fn the_alarm_sounds_before_the_end() {
        assert_eq!(range().alarm(Time(1_000), 100, 500), None);
        let few = Numbering { next: 4_990, ..range() };
        assert_eq!(few.alarm(Time(1_000), 100, 500), Some(NumberingAlarm::RunningOut { left: 11 }));
        assert_eq!(range().alarm(Time(8_600), 100, 500), Some(NumberingAlarm::Expiring { in_ms: 400 }));
        assert_eq!(range().alarm(Time(9_600), 100, 500), Some(NumberingAlarm::Expiring { in_ms: 0 }));
    }

    proptest! {
        #[test]
        fn a_range_gives_each_number_once(first in 0_i64..1_000, count in 1_i64..50) {
            let mut range = Numbering { first, last: first + count - 1, next: first, ..range() };
            let mut given = Vec::new();
            while let Ok(number) = range.peek(Time(5_000)) {
                given.push(number);
                range.next = number + 1;
                prop_assert_eq!(range.left(), count - i64::try_from(given.len()).unwrap());
            }
            prop_assert_eq!(given, (first..first + count).collect::<Vec<_>>());
            prop_assert_eq!(range.peek(Time(5_000)), Err(NoNumber::Exhausted));
        }
    }
}
