//! The day that a sale belongs to: a bar's Saturday ends when its doors close, not at midnight.
//!
//! A sale keeps its business day from the moment it is closed, so a report never asks again and a
//! later change of the setting moves no sale that was made.

use crate::time::{LocalTime, Time, days_from_civil};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A day of business, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BusinessDay(pub i64);

/// When a branch's day begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRule {
    /// Minutes east of UTC (Bogotá: -300).
    pub utc_offset_minutes: i32,
    /// Minutes after local midnight at which the day begins (240: four in the morning).
    pub day_starts_minute: i32,
}

impl DayRule {
    /// The business day that `at` belongs to.
    pub const fn day_of(self, at: Time) -> BusinessDay {
        BusinessDay(at.plus_ms(self.shift_ms()).0.div_euclid(DAY_MS))
    }

    /// The first instant of `day`; the first of the next day is its end.
    pub const fn start(self, day: BusinessDay) -> Time {
        Time(day.0.saturating_mul(DAY_MS)).plus_ms(-self.shift_ms())
    }

    const fn shift_ms(self) -> i64 {
        (self.utc_offset_minutes as i64 - self.day_starts_minute as i64) * MINUTE_MS
    }
}

impl BusinessDay {
    /// The calendar's date as one number that a person can read and a report can sort: `20261122`.
    pub fn ymd(self) -> i64 {
        let date = self.date();
        (date.year * 100 + i64::from(date.month)) * 100 + i64::from(date.day)
    }

    /// The day with this date; none when the calendar has no such date.
    pub fn from_ymd(ymd: i64) -> Option<Self> {
        let (year, month, day) = (ymd.div_euclid(10_000), ymd.div_euclid(100) % 100, ymd % 100);
        let found = Self(days_from_civil(year, month, day));
        (found.ymd() == ymd).then_some(found)
    }

    fn date(self) -> LocalTime {
        LocalTime::at(Time(self.0.saturating_mul(DAY_MS)), 0)
    }
}

impl std::fmt::Display for BusinessDay {
    /// The calendar's date, such as `2026-11-22`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year, date.month, date.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOGOTA_BAR: DayRule = DayRule { utc_offset_minutes: -300, day_starts_minute: 240 };

    #[test]
    fn a_sale_after_midnight_belongs_to_the_evening_before() {
        let midnight_utc = Time(1_767_225_600_000); // 2026-01-01T00:00Z, 19:00 of 31 December in Bogotá
        let at = |hours: i64| BOGOTA_BAR.day_of(midnight_utc.plus_ms(hours * 60 * MINUTE_MS)).to_string();
        assert_eq!(at(0), "2025-12-31");
        assert_eq!(at(8), "2025-12-31", "three in the morning");
        assert_eq!(at(9), "2026-01-01", "four in the morning");
    }

    #[test]
    fn a_date_that_does_not_exist_is_no_day() {
        assert_eq!(BusinessDay::from_ymd(20_240_229).map(|day| day.to_string()), Some("2024-02-29".into()));
        for wrong in [20_230_229, 20_240_431, 20_240_011, 20_241_301, 20_240_100, 20_240_132, 0] {
            assert_eq!(BusinessDay::from_ymd(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_day_is_found_by_its_date(day in -10_000_i64..500_000) {
            prop_assert_eq!(BusinessDay::from_ymd(BusinessDay(day).ymd()), Some(BusinessDay(day)));
            prop_assert!(BusinessDay(day).ymd() < BusinessDay(day + 1).ymd());
        }

        #[test]
        fn a_day_holds_its_times_and_no_others(
            at in -100_000_000_000_000_i64..100_000_000_000_000, offset in -840_i32..=840, starts in 0_i32..1_440
        ) {
            let rule = DayRule { utc_offset_minutes: offset, day_starts_minute: starts };
            let day = rule.day_of(Time(at));
            prop_assert!(rule.start(day) <= Time(at) && Time(at) < rule.start(BusinessDay(day.0 + 1)));
        }
    }
}
