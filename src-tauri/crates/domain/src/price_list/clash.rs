//! Lists of which nobody said which counts: one of them is taken, and whoever keeps them is told.

use super::{DAY_MINUTES, Hours, PriceList};
use crate::business_day::DayRule;
use crate::ids::PriceListId;

const WEEK_MINUTES: i64 = 7 * DAY_MINUTES;

/// The pairs of lists that say prices of the same thing for the same moment with the same priority. Of two that last,
/// the one that begins later takes over, which is no clash; nor is the branch's own beside the company's.
pub fn clashes(lists: &[PriceList], rule: DayRule) -> Vec<(PriceListId, PriceListId)> {
    let pairs =
        lists.iter().enumerate().flat_map(|(at, one)| lists[at + 1..].iter().map(move |other| (one, other)));
    pairs.filter(|(one, other)| clash(one, other, rule)).map(|(one, other)| (one.id, other.id)).collect()
}

fn clash(one: &PriceList, other: &PriceList, rule: DayRule) -> bool {
    let equals = (one.priority, one.of_branch) == (other.priority, other.of_branch);
    let takes_over = !one.passes() && !other.passes() && one.valid_from != other.valid_from;
    let before = |one: &PriceList, other: &PriceList| match (one.valid_until, other.valid_from) {
        (Some(until), Some(from)) => until <= from,
        _ => false,
    };
    equals
        && !takes_over
        && one.prices.keys().any(|item| other.prices.contains_key(item))
        && !before(one, other)
        && !before(other, one)
        && meet(&one.hours, &other.hours, rule)
}

/// Whether there is a minute of the week in which both count.
fn meet(one: &[Hours], other: &[Hours], rule: DayRule) -> bool {
    if one.is_empty() || other.is_empty() {
        return true;
    }
    let spans = |hours: &[Hours]| hours.iter().map(|hours| span(*hours, rule)).collect::<Vec<_>>();
    let (ones, others) = (spans(one), spans(other));
    ones.iter().any(|(from, length)| {
        others.iter().any(|(other_from, other_length)| {
            (other_from - from).rem_euclid(WEEK_MINUTES) < *length
                || (from - other_from).rem_euclid(WEEK_MINUTES) < *other_length
        })
    })
}

/// The minute of the week of business days in which hours begin, and how many minutes they last.
fn span(hours: Hours, rule: DayRule) -> (i64, i64) {
    let (from, to) = (i64::from(hours.from_minute), i64::from(hours.to_minute));
    let since_start = |minute: i64| (minute - i64::from(rule.day_starts_minute)).rem_euclid(DAY_MINUTES);
    let begins = (i64::from(hours.weekday) - 1) * DAY_MINUTES;
    match (to - from).rem_euclid(DAY_MINUTES) {
        0 => (begins, DAY_MINUTES),
        length => (begins + since_start(from), length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;
    use crate::time::Time;
    use std::collections::HashMap;
    use uuid::Uuid;

    const BAR: DayRule = DayRule { utc_offset_minutes: -300, day_starts_minute: 300 };

    fn list(n: u128, hours: &[(u8, u32, u32)]) -> PriceList {
        let hours = hours.iter().map(|(weekday, from, to)| Hours {
            weekday: *weekday,
            from_minute: from * 60,
            to_minute: to * 60,
        });
        PriceList {
            id: PriceListId(Uuid::from_u128(n)),
            name: String::new(),
            priority: 0,
            of_branch: false,
            valid_from: None,
            valid_until: None,
            hours: hours.collect(),
            prices: HashMap::from([(Uuid::from_u128(7), Money(1))]),
        }
    }

    fn do_clash(one: PriceList, other: PriceList) -> bool {
        let both = clashes(&[one.clone(), other.clone()], BAR);
        assert_eq!(both.len(), clashes(&[other, one], BAR).len(), "in whatever order");
        !both.is_empty()
    }

    #[test]
    fn hours_that_meet_clash() {
        for (one, other, expected) in [
            (&[(5, 17, 19)][..], &[(5, 18, 20)][..], true),
            (&[(5, 17, 19)], &[(5, 19, 20)], false),
            (&[(5, 17, 19)], &[(6, 17, 19)], false),
            (&[(5, 17, 19)], &[], true),
            // Friday's night goes on when Saturday's day has begun; Sunday's into Monday.
            (&[(5, 22, 6)], &[(6, 5, 9)], true),
            (&[(5, 22, 5)], &[(6, 5, 9)], false),
            (&[(7, 22, 7)], &[(1, 5, 9)], true),
            (&[(5, 0, 24)], &[(5, 2, 3)], true),
        ] {
            assert_eq!(do_clash(list(1, one), list(2, other)), expected, "{one:?} and {other:?}");
        }
    }

    #[test]
    fn only_equals_that_name_the_same_thing_at_the_same_time_clash() {
        let one = || list(1, &[]);
        assert!(do_clash(one(), list(2, &[])));
        assert!(!do_clash(one(), PriceList { priority: 1, ..list(2, &[]) }));
        assert!(!do_clash(one(), PriceList { of_branch: true, ..list(2, &[]) }));
        assert!(!do_clash(one(), PriceList { prices: HashMap::new(), ..list(2, &[]) }));
        let until = PriceList { valid_until: Some(Time(5)), ..one() };
        let from = |ms| PriceList { valid_from: Some(Time(ms)), valid_until: Some(Time(99)), ..list(2, &[]) };
        assert!(!do_clash(until.clone(), from(5)));
        assert!(do_clash(until, from(4)));
        assert!(!do_clash(one(), PriceList { valid_from: Some(Time(5)), ..list(2, &[]) }), "it takes over");
    }
}
