//! Time as one number: milliseconds since 1970-01-01 UTC.
//!
//! A plain integer binds the same on every database, round-trips exactly, and can be driven by a
//! test. The rules never ask for the time; whoever calls them says what time it is.

use serde::{Deserialize, Serialize};

/// An instant, in milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// This instant moved by `ms` milliseconds (backwards when negative), saturating.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this instant; negative when `earlier` is later.
    pub const fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Where the core gets the time from: the system in service, a hand in tests.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant.
    fn now(&self) -> Time;
}

/// Wall-clock time of a branch on a day, for paper and screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalTime {
    pub year: i64,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

impl LocalTime {
    /// The local time at `time` in a place `offset_minutes` east of UTC (Bogotá: -300).
    ///
    /// Days are turned into a calendar date by the proleptic Gregorian rule.
    pub fn at(time: Time, offset_minutes: i32) -> Self {
        let ms = time.0.saturating_add(i64::from(offset_minutes) * 60_000);
        let (days, ms_of_day) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
        let (year, month, day) = civil_from_days(days);
        let seconds = ms_of_day / 1000;
        let small = |n: i64| u8::try_from(n).unwrap_or(u8::MAX);
        Self {
            year,
            month,
            day,
            hour: small(seconds / 3600),
            minute: small(seconds / 60 % 60),
            second: small(seconds % 60),
        }
    }
}

impl LocalTime {
    /// The date as ISO 8601 writes it, such as `2026-03-31`.
    pub fn iso_date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Days since 1970-01-01 to (year, month, day), counting years from March so that the leap day is last.
fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let small = |n: i64| u8::try_from(n).unwrap_or(u8::MAX);
    (year, small(month), small(day))
}

/// (year, month, day) to days since 1970-01-01, the way back from [`civil_from_days`].
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_time_follows_the_calendar() {
        let bogota = |ms| LocalTime::at(Time(ms), -300);
        let new_year = bogota(1_767_243_599_000); // 2026-01-01T04:59:59Z
        assert_eq!((new_year.year, new_year.month, new_year.day), (2025, 12, 31));
        assert_eq!((new_year.hour, new_year.minute, new_year.second), (23, 59, 59));
        let leap_day = LocalTime::at(Time(1_709_164_800_000), 0); // 2024-02-29T00:00:00Z
        assert_eq!(leap_day.iso_date(), "2024-02-29");
        assert_eq!((leap_day.year, leap_day.month, leap_day.day), (2024, 2, 29));
        let before_epoch = LocalTime::at(Time(-1), 0);
        assert_eq!((before_epoch.year, before_epoch.month, before_epoch.day), (1969, 12, 31));
    }
}
