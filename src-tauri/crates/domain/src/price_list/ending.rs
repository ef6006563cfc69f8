//! When a list that holds stops holding, as far as a till needs to say it: within the business day.

use super::{DAY_MINUTES, MINUTE_MS, Moment, PriceList};
use crate::business_day::DayRule;
use crate::time::Time;

impl PriceList {
    /// The first moment after `at`, until the business day is over, at which it no longer counts; none when it counts
    /// into the next one.
    pub fn ends_today(&self, rule: DayRule, at: Time) -> Option<Time> {
        let begins = rule.start(rule.day_of(at));
        let over = begins.plus_ms(DAY_MINUTES * MINUTE_MS);
        let of_hours = self.hours.iter().map(|hours| {
            let minutes = i64::from(hours.to_minute) - i64::from(rule.day_starts_minute);
            begins.plus_ms(minutes.rem_euclid(DAY_MINUTES) * MINUTE_MS)
        });
        of_hours
            .chain(self.valid_until)
            .chain([over])
            .filter(|end| (at.plus_ms(1)..=over).contains(end) && !self.holds(Moment::new(rule, *end)))
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Hours;
    use super::*;
    use crate::ids::PriceListId;
    use std::collections::HashMap;
    use uuid::Uuid;

    /// Bogotá; the day begins at five in the morning.
    const BAR: DayRule = DayRule { utc_offset_minutes: -300, day_starts_minute: 300 };
    /// Friday, 2 January 2026, midnight in Bogotá.
    const FRIDAY: Time = Time(1_767_330_000_000);

    fn clock(minutes: i64) -> Time {
        FRIDAY.plus_ms(minutes * MINUTE_MS)
    }

    fn list(hours: &[(u8, u32, u32)], valid_until: Option<Time>) -> PriceList {
        let hours = hours.iter().map(|(weekday, from, to)| Hours {
            weekday: *weekday,
            from_minute: from * 60,
            to_minute: to * 60,
        });
        PriceList {
            id: PriceListId(Uuid::from_u128(1)),
            name: "Hora feliz".into(),
            priority: 0,
            of_branch: false,
            valid_from: None,
            valid_until,
            hours: hours.collect(),
            prices: HashMap::new(),
        }
    }

    #[test]
    fn hours_end_when_no_others_go_on() {
        for (hours, at, ends) in [
            (&[(5, 17, 19)][..], 18 * 60, Some(19 * 60)),
            // One after the other is one stretch.
            (&[(5, 17, 19), (5, 19, 21)], 18 * 60, Some(21 * 60)),
            // Into the night, and into the next business day.
            (&[(5, 22, 2)], 23 * 60, Some(26 * 60)),
            (&[(5, 22, 6)], 23 * 60, None),
            (&[(5, 22, 6)], 29 * 60 + 30, Some(30 * 60)),
            // The whole business day ends with it, unless the next is the same.
            (&[(5, 0, 24)], 12 * 60, Some(29 * 60)),
            (&[(5, 0, 24), (6, 0, 24)], 12 * 60, None),
        ] {
            assert_eq!(list(hours, None).ends_today(BAR, clock(at)), ends.map(clock), "{hours:?} at {at}");
        }
    }

    #[test]
    fn what_is_no_longer_valid_ends_its_hours() {
        let short = list(&[(5, 17, 19)], Some(clock(18 * 60 + 30)));
        assert_eq!(short.ends_today(BAR, clock(18 * 60)), Some(clock(18 * 60 + 30)));
        assert_eq!(list(&[], Some(clock(20 * 60))).ends_today(BAR, clock(60 * 12)), Some(clock(20 * 60)));
        assert_eq!(list(&[], Some(clock(60 * 60))).ends_today(BAR, clock(60 * 12)), None, "another day");
        assert_eq!(list(&[], None).ends_today(BAR, clock(0)), None);
    }
}
