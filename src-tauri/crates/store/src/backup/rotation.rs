//! Which backups are no longer needed: the last hours, days and months stay, and the newest good one always.

use super::manifest::Reason;
use fastops_domain::time::{LocalTime, Time};
use std::collections::HashSet;

/// Hourly backups that stay.
const HOURS: usize = 24;
/// Days of which the last backup stays.
const DAYS: usize = 14;
/// Months of which the last backup stays.
const MONTHS: usize = 12;
/// Backups made by hand, and before a change of the tables, that stay: of each kind so many.
const OTHERS: usize = 10;
/// Backups that were found bad and stay to be looked into.
const BAD: usize = 2;

/// A backup as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub at: Time,
    pub reason: Reason,
    pub verified: bool,
}

/// The places in `slots` of those that may go. Days and months are those of a place `utc_offset_minutes`
/// east of UTC. Asking again about what stayed finds nothing more.
pub fn surplus(slots: &[Slot], utc_offset_minutes: i32) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..slots.len()).collect();
    newest_first.sort_by_key(|&place| std::cmp::Reverse((slots[place].at, place)));
    let good = || newest_first.iter().copied().filter(|&place| slots[place].verified);
    let of = |reason| good().filter(move |&place| slots[place].reason == reason);
    let date = |place: usize| {
        let local = LocalTime::at(slots[place].at, utc_offset_minutes);
        (local.year, local.month, local.day)
    };
    let mut kept: HashSet<usize> = HashSet::new();
    kept.extend(of(Reason::Hourly).take(HOURS));
    kept.extend(of(Reason::Manual).take(OTHERS));
    kept.extend(of(Reason::BeforeMigration).take(OTHERS));
    kept.extend(last_of_each(good(), date).take(DAYS));
    kept.extend(last_of_each(good(), |place| (date(place).0, date(place).1)).take(MONTHS));
    kept.extend(newest_first.iter().copied().filter(|&place| !slots[place].verified).take(BAD));
    (0..slots.len()).filter(|place| !kept.contains(place)).collect()
}

/// The first of each group, in order.
fn last_of_each<K: Eq + std::hash::Hash>(
    newest_first: impl Iterator<Item = usize>,
    group: impl Fn(usize) -> K,
) -> impl Iterator<Item = usize> {
    let mut seen = HashSet::new();
    newest_first.filter(move |&place| seen.insert(group(place)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;
    const NEW_YEAR: i64 = 1_767_225_600_000; // 2026-01-01T00:00Z
    const BOGOTA: i32 = -300;

    fn slot(hours: i64, reason: Reason) -> Slot {
        Slot { at: Time(NEW_YEAR + hours * HOUR), reason, verified: true }
    }

    /// Lets go of what is surplus after every single backup, as the program does.
    fn lived_through(slots: impl Iterator<Item = Slot>) -> Vec<Slot> {
        let mut kept: Vec<Slot> = Vec::new();
        for slot in slots {
            kept.push(slot);
            for place in surplus(&kept, BOGOTA).into_iter().rev() {
                kept.remove(place);
            }
        }
        kept
    }

    #[test]
    fn two_years_of_hours_leave_the_last_hours_days_and_months() {
        let hours = 2 * 365 * 24;
        let kept = lived_through((0..hours).map(|hour| slot(hour, Reason::Hourly)));
        let age_hours: Vec<i64> =
            kept.iter().rev().map(|slot| hours - (slot.at.0 - NEW_YEAR) / HOUR).collect();
        assert_eq!(age_hours[..24], (1..=24).collect::<Vec<_>>(), "each of the last 24 hours");
        let within = |days: i64| age_hours.iter().filter(|age| **age <= days * 24).count();
        assert!(within(14) >= 24 + 12, "and one of each day before: {age_hours:?}");
        assert!(age_hours.last().unwrap() > &(330 * 24), "eleven months back: {age_hours:?}");
        assert!(kept.len() <= HOURS + DAYS + MONTHS, "{}", kept.len());
    }

    #[test]
    fn a_day_is_the_branchs_own() {
        // 04:59 and 05:01 UTC are two days in Bogotá and one in London.
        let two = [-1_i64, 1].map(|minutes| Slot {
            at: Time(NEW_YEAR + 5 * HOUR + minutes * 60_000),
            reason: Reason::DayClose,
            verified: true,
        });
        assert_eq!(surplus(&two, BOGOTA), Vec::<usize>::new());
        assert_eq!(surplus(&two, 0), [0]);
    }

    #[test]
    fn those_made_by_hand_or_before_a_change_outlive_the_hours() {
        let mut slots = vec![slot(0, Reason::Manual), slot(1, Reason::BeforeMigration)];
        slots.extend((24 * 400..24 * 500).map(|hour| slot(hour, Reason::Hourly)));
        let gone = surplus(&slots, BOGOTA);
        assert!(!gone.contains(&0) && !gone.contains(&1));
    }

    prop_compose! {
        fn any_slot()(hours in 0_i64..20_000, reason in 0_usize..4, verified in proptest::bool::weighted(0.8)) -> Slot {
            Slot { verified, ..slot(hours, Reason::ALL[reason]) }
        }
    }

    proptest! {
        #[test]
        fn the_newest_good_one_always_stays(slots in proptest::collection::vec(any_slot(), 0..200)) {
            let gone = surplus(&slots, BOGOTA);
            let newest = slots.iter().filter(|slot| slot.verified).map(|slot| slot.at).max();
            let left: Vec<Slot> =
                slots.iter().enumerate().filter(|(place, _)| !gone.contains(place)).map(|(_, slot)| *slot).collect();
            prop_assert_eq!(left.iter().filter(|slot| slot.verified).map(|slot| slot.at).max(), newest);
            prop_assert!(left.len() <= HOURS + DAYS + MONTHS + 2 * OTHERS + BAD);
            prop_assert_eq!(surplus(&left, BOGOTA), Vec::<usize>::new(), "asking again finds nothing more");
        }
    }
}
