//! Which days the house was open, and how many orders each of them brought.

use super::dice::Dice;
use fastops_domain::business_day::BusinessDay;

/// Orders of an ordinary day: fewer would be no restaurant, more would not fit into its rooms.
const ORDINARY: (i64, i64) = (120, 4_000);
/// Days of service that a long history is spread over: about eight years.
const LONG: i64 = 2_700;
/// From Monday to Sunday, in hundredths of an ordinary day.
const WEEK: [i64; 7] = [72, 76, 84, 96, 134, 152, 118];
/// From January to December.
const YEAR: [i64; 12] = [88, 93, 97, 101, 106, 104, 99, 95, 96, 100, 103, 132];
/// Days on which everyone is at home: month and day.
const CLOSED: [i64; 4] = [101, 501, 1224, 1225];
/// By how many hundredths one day differs from another like it.
const LUCK: i64 = 14;

/// A day of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ServiceDay {
    pub(super) day: BusinessDay,
    pub(super) orders: u32,
}

/// The days that `orders` are spread over, oldest first, the last of them at `until` or shortly before.
/// None when they do not fit between `after` and `until`.
pub(super) fn service_days(
    orders: u32,
    until: BusinessDay,
    after: Option<BusinessDay>,
    dice: &mut Dice,
) -> Option<Vec<ServiceDay>> {
    let mut left = i64::from(orders);
    let ordinary = (left / LONG).clamp(ORDINARY.0, ORDINARY.1);
    let (mut days, mut day) = (Vec::new(), until);
    while left > 0 {
        if after.is_some_and(|after| day <= after) || day.ymd() < 20_000_101 {
            return None;
        }
        let luck = dice.between(100 - LUCK, 100 + LUCK);
        let wanted = (ordinary * busyness(day) * luck / 1_000_000).clamp(0, left);
        if wanted > 0 {
            days.push(ServiceDay { day, orders: u32::try_from(wanted).unwrap_or(u32::MAX) });
            left -= wanted;
        }
        day = BusinessDay(day.0 - 1);
    }
    days.reverse();
    Some(days)
}

/// In ten-thousandths of an ordinary day; 0 when the house is closed.
fn busyness(day: BusinessDay) -> i64 {
    let month_and_day = day.ymd() % 10_000;
    if CLOSED.contains(&month_and_day) {
        return 0;
    }
    let of = |table: &[i64], place: i64| {
        usize::try_from(place).ok().and_then(|place| table.get(place)).copied().unwrap_or(100)
    };
    // 1 January 1970 was a Thursday.
    of(&WEEK, (day.0 + 3).rem_euclid(7)) * of(&YEAR, month_and_day / 100 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(ymd: i64) -> BusinessDay {
        BusinessDay::from_ymd(ymd).unwrap()
    }

    #[test]
    fn every_order_has_its_day_and_holidays_have_none() {
        let days = service_days(40_000, day(20_260_110), None, &mut Dice::new(3)).unwrap();
        assert_eq!(days.iter().map(|day| day.orders).sum::<u32>(), 40_000);
        assert!(days.is_sorted_by_key(|day| day.day));
        assert_eq!(days.last().unwrap().day, day(20_260_110));
        assert!(days.iter().all(|open| !CLOSED.contains(&(open.day.ymd() % 10_000))));
    }

    #[test]
    fn weekends_and_december_are_busier() {
        assert!(busyness(day(20_251_115)) > busyness(day(20_251_110)), "a Saturday and a Monday");
        assert!(busyness(day(20_251_213)) > busyness(day(20_250_118)), "Saturdays of December and January");
        assert_eq!(busyness(day(20_251_225)), 0);
    }

    #[test]
    fn what_does_not_fit_after_the_last_order_is_refused() {
        let (until, after) = (day(20_260_110), Some(day(20_260_105)));
        assert_eq!(service_days(5_000, until, after, &mut Dice::new(3)), None);
        assert!(service_days(200, until, after, &mut Dice::new(3)).is_some());
    }
}
