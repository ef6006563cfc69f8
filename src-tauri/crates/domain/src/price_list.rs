//! Which price holds: lists of other prices for some hours, for a time, for a branch.
//!
//! Hours are those of the wall clock; a weekday is that of the business day, so that the happy hour of a
//! Friday may end on Saturday at two in the morning. Of several lists that hold and name a product the one with
//! the highest priority counts.
//!
//! A list without hours and without an end says what things ordinarily cost from some day on; every other list passes,
//! and whoever sells by it is told so.

mod clash;
mod ending;
mod terms;

pub use clash::clashes;
pub use terms::{
    BadTerms, MAX_HOURS, MAX_ITEMS, MAX_PRICE, ORDINARY_PRIORITY, PRIORITIES, check_terms, discounted,
};

use crate::business_day::DayRule;
use crate::ids::{PriceListId, ProductId, VariantId};
use crate::money::Money;
use crate::time::Time;
use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use uuid::Uuid;

const DAY_MINUTES: i64 = 24 * 60;
const MINUTE_MS: i64 = 60_000;
/// The weekday of the first business day, 1970-01-01, counted from Monday as 0.
const FIRST_WEEKDAY: i64 = 3;

/// Hours of one weekday in which a list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The business day on which they begin: 1 is Monday, 7 Sunday.
    pub weekday: u8,
    /// Minute of the wall clock at which they begin.
    pub from_minute: u32,
    /// Minute of the wall clock at which they end, 1440 for midnight: the next time that the clock shows it.
    /// Where they begin, it means the whole business day.
    pub to_minute: u32,
}

/// Other prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceList {
    pub id: PriceListId,
    pub name: String,
    /// The greater counts.
    pub priority: i32,
    /// Whether it is for one branch alone; of two with the same priority it counts more.
    pub of_branch: bool,
    pub valid_from: Option<Time>,
    /// The first moment at which it no longer counts.
    pub valid_until: Option<Time>,
    /// None means always.
    pub hours: Vec<Hours>,
    /// By the id of the product, or of the variant that is meant.
    pub prices: HashMap<Uuid, Money>,
}

/// A moment as a branch lives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    at: Time,
    /// Weekday of the business day, Monday as 0.
    weekday: i64,
    /// Minutes since the business day began.
    minute: i64,
    /// Wall clock minute at which it began.
    starts: i64,
}

impl Moment {
    pub fn new(rule: DayRule, at: Time) -> Self {
        let day = rule.day_of(at);
        Self {
            at,
            weekday: (day.0 + FIRST_WEEKDAY).rem_euclid(7),
            minute: at.since_ms(rule.start(day)) / MINUTE_MS,
            starts: i64::from(rule.day_starts_minute),
        }
    }
}

impl Hours {
    fn hold(self, moment: Moment) -> bool {
        // Minutes since the business day began: what the clock shows after midnight comes last.
        let since_start = |minute: u32| (i64::from(minute) - moment.starts).rem_euclid(DAY_MINUTES);
        let (from, to) = (since_start(self.from_minute), since_start(self.to_minute));
        let today = moment.weekday == i64::from(self.weekday) - 1;
        let yesterday = (moment.weekday + 6) % 7 == i64::from(self.weekday) - 1;
        match from.cmp(&to) {
            Ordering::Equal => today,
            Ordering::Less => today && (from..to).contains(&moment.minute),
            // They last into the next business day, or to the end of this one.
            Ordering::Greater => (today && moment.minute >= from) || (yesterday && moment.minute < to),
        }
    }
}

impl PriceList {
    /// Whether it counts for a while only: what it says is not what things ordinarily cost.
    pub fn passes(&self) -> bool {
        !self.hours.is_empty() || self.valid_until.is_some()
    }

    fn holds(&self, moment: Moment) -> bool {
        let begun = self.valid_from.is_none_or(|from| from <= moment.at);
        let ended = self.valid_until.is_some_and(|until| until <= moment.at);
        begun && !ended && (self.hours.is_empty() || self.hours.iter().any(|hours| hours.hold(moment)))
    }
}

/// The lists that hold at a moment, the one that counts most first: of equals the one that began last.
pub fn holding(lists: &[PriceList], moment: Moment) -> Vec<&PriceList> {
    let mut holding: Vec<&PriceList> = lists.iter().filter(|list| list.holds(moment)).collect();
    holding.sort_by_key(|list| (Reverse(list.priority), !list.of_branch, Reverse(list.valid_from), list.id));
    holding
}

/// A variant with its own price, when it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariantPrice {
    pub id: VariantId,
    pub own: Option<Money>,
}

/// What something costs at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priced<'a> {
    pub price: Money,
    /// What it would cost without the lists that only pass.
    pub ordinary: Money,
    /// The list that says the price; none when it is the thing's own.
    pub said: Option<&'a PriceList>,
    /// The passing list by which it costs something else than ordinarily.
    pub by: Option<&'a PriceList>,
}

/// The price of a product whose own is `base`, or of one variant of it, by the lists that hold. What a list says
/// of a product it says of those of its variants that have no price of their own.
pub fn price_of<'a>(
    holding: &[&'a PriceList],
    product: ProductId,
    base: Money,
    variant: Option<VariantPrice>,
) -> Priced<'a> {
    let own = variant.and_then(|variant| variant.own);
    let said = |list: &'a PriceList| {
        let of_variant = variant.and_then(|variant| list.prices.get(&variant.id.0));
        let of_product = if own.is_none() { list.prices.get(&product.0) } else { None };
        of_variant.or(of_product).map(|price| (*price, list))
    };
    let lasting = holding.iter().filter(|list| !list.passes()).find_map(|list| said(list));
    let ordinary = lasting.map(|(price, _)| price).or(own).unwrap_or(base);
    match holding.iter().find_map(|list| said(list)) {
        Some((price, list)) => {
            let by = (list.passes() && price != ordinary).then_some(list);
            Priced { price, ordinary, said: Some(list), by }
        }
        None => Priced { price: ordinary, ordinary, said: None, by: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A bar in Bogotá whose day begins at five in the morning.
    const BAR: DayRule = DayRule { utc_offset_minutes: -300, day_starts_minute: 300 };
    /// Friday, 2 January 2026, midnight in Bogotá.
    const FRIDAY: Time = Time(1_767_330_000_000);
    const BEER: ProductId = ProductId(Uuid::from_u128(1));
    const LARGE: VariantId = VariantId(Uuid::from_u128(2));
    const BASE: Money = Money(9_000);

    fn list(n: u128, priority: i32, hours: &[(u8, u32, u32)], prices: &[(Uuid, i64)]) -> PriceList {
        let hours = hours.iter().map(|(weekday, from_minute, to_minute)| Hours {
            weekday: *weekday,
            from_minute: *from_minute,
            to_minute: *to_minute,
        });
        PriceList {
            id: PriceListId(Uuid::from_u128(n)),
            name: format!("list {n}"),
            priority,
            of_branch: false,
            valid_from: None,
            valid_until: None,
            hours: hours.collect(),
            prices: prices.iter().map(|(id, price)| (*id, Money(*price))).collect(),
        }
    }

    /// Hours and minutes after the midnight before Friday.
    fn after(hours: i64, minutes: i64) -> Moment {
        Moment::new(BAR, FRIDAY.plus_ms((hours * 60 + minutes) * MINUTE_MS))
    }

    fn beer(lists: &[PriceList], moment: Moment) -> i64 {
        price_of(&holding(lists, moment), BEER, BASE, None).price.0
    }

    #[test]
    fn hours_hold_from_their_first_minute_to_before_their_last() {
        let lists = [list(1, 0, &[(5, 17 * 60, 19 * 60)], &[(BEER.0, 5_000)])];
        for (hours, minutes, expected) in [
            (16, 59, 9_000),
            (17, 0, 5_000),
            (18, 59, 5_000),
            (19, 0, 9_000),
            (24 + 17, 30, 9_000),
            (7 * 24 + 17, 30, 5_000),
            (-7 * 24 + 17, 30, 5_000),
            (-24 + 17, 30, 9_000),
        ] {
            assert_eq!(beer(&lists, after(hours, minutes)), expected, "{hours}:{minutes}");
        }
    }

    #[test]
    fn a_friday_ends_on_saturday_morning() {
        for (from, to, hours, minutes, expected) in [
            // Into the night.
            (22, 2, 21, 59, false),
            (22, 2, 22, 0, true),
            (22, 2, 25, 59, true),
            (22, 2, 26, 0, false),
            (22, 2, 1, 0, false),
            // After midnight only: the night of Friday, not the one before.
            (1, 3, 25, 30, true),
            (1, 3, 1, 30, false),
            // Over the beginning of the next business day.
            (22, 6, 28, 59, true),
            (22, 6, 29, 59, true),
            (22, 6, 30, 0, false),
            (22, 6, 5, 30, false),
            // To midnight, and to the end of the business day.
            (22, 24, 23, 59, true),
            (22, 24, 24, 0, false),
            (22, 5, 28, 59, true),
            (22, 5, 29, 0, false),
            // Round the clock: the whole business day.
            (12, 12, 4, 59, false),
            (12, 12, 5, 0, true),
            (12, 12, 28, 59, true),
            (12, 12, 29, 0, false),
            (0, 24, 4, 59, false),
            (0, 24, 5, 0, true),
            (0, 24, 24, 30, true),
        ] {
            let lists = [list(1, 0, &[(5, from * 60, to * 60)], &[(BEER.0, 5_000)])];
            let found = beer(&lists, after(hours, minutes)) == 5_000;
            assert_eq!(found, expected, "{from} to {to} at {hours}:{minutes}");
        }
    }

    #[test]
    fn the_highest_priority_that_names_the_product_counts() {
        let cheap = list(1, 1, &[], &[(BEER.0, 5_000)]);
        let dear = list(2, 2, &[], &[(BEER.0, 7_000)]);
        let other = list(3, 9, &[], &[(LARGE.0, 1)]);
        let now = after(12, 0);
        assert_eq!(beer(&[], now), 9_000);
        assert_eq!(beer(&[cheap.clone(), dear.clone(), other], now), 7_000);
        let of_branch = PriceList { priority: 2, of_branch: true, ..cheap.clone() };
        assert_eq!(beer(&[dear.clone(), of_branch], now), 5_000, "the branch's own before the company's");
        let twin = PriceList { priority: 2, ..cheap };
        assert_eq!(beer(&[dear.clone(), twin.clone()], now), beer(&[twin, dear], now), "in whatever order");
    }

    #[test]
    fn a_list_counts_while_it_is_valid() {
        let at = FRIDAY.plus_ms(12 * 60 * MINUTE_MS);
        let moment = |ms: i64| Moment::new(BAR, at.plus_ms(ms));
        let week = PriceList {
            valid_from: Some(at),
            valid_until: Some(at.plus_ms(1_000)),
            ..list(1, 0, &[], &[(BEER.0, 5_000)])
        };
        let lists = [week];
        for (ms, expected) in [(-1, 9_000), (0, 5_000), (999, 5_000), (1_000, 9_000)] {
            assert_eq!(beer(&lists, moment(ms)), expected, "{ms}");
        }
    }

    #[test]
    fn a_variant_has_its_own_price_where_one_is_said() {
        let large = |own: Option<i64>| Some(VariantPrice { id: LARGE, own: own.map(Money) });
        let of = |lists: &[PriceList], own| {
            price_of(&holding(lists, after(12, 0)), BEER, BASE, large(own)).price.0
        };
        let product = [list(1, 0, &[], &[(BEER.0, 5_000)])];
        let both = [list(1, 0, &[], &[(BEER.0, 5_000), (LARGE.0, 6_000)])];
        assert_eq!((of(&[], None), of(&[], Some(12_000))), (9_000, 12_000));
        assert_eq!((of(&product, None), of(&product, Some(12_000))), (5_000, 12_000));
        assert_eq!((of(&both, None), of(&both, Some(12_000))), (6_000, 6_000));
    }

    #[test]
    fn a_price_that_passes_has_its_list_and_the_ordinary_price_beside_it() {
        let happy = list(1, 0, &[(5, 17 * 60, 19 * 60)], &[(BEER.0, 5_000)]);
        let since_noon = PriceList {
            valid_from: Some(FRIDAY.plus_ms(12 * 60 * MINUTE_MS)),
            ..list(2, ORDINARY_PRIORITY, &[], &[(BEER.0, 9_500)])
        };
        let lists = [happy, since_noon];
        let at = |hours| {
            let held = holding(&lists, after(hours, 0));
            let priced = price_of(&held, BEER, BASE, None);
            (priced.price.0, priced.ordinary.0, priced.by.map(|list| list.name.as_str()))
        };
        assert_eq!(at(11), (9_000, 9_000, None));
        assert_eq!(at(13), (9_500, 9_500, None), "what lasts is the ordinary price");
        assert_eq!(at(17), (5_000, 9_500, Some("list 1")));
        let same = [list(3, 0, &[(5, 0, 1_440)], &[(BEER.0, BASE.0)])];
        assert_eq!(
            price_of(&holding(&same, after(12, 0)), BEER, BASE, None).by,
            None,
            "the same price is none"
        );
    }

    #[test]
    fn of_two_that_last_the_one_that_began_last_counts() {
        let from = |n, ms, price| PriceList {
            valid_from: Some(FRIDAY.plus_ms(ms)),
            ..list(n, ORDINARY_PRIORITY, &[], &[(BEER.0, price)])
        };
        let (first, second) = (from(1, 0, 9_500), from(2, 60 * MINUTE_MS, 9_900));
        assert_eq!(beer(&[first.clone(), second.clone()], after(0, 30)), 9_500);
        assert_eq!(beer(&[second, first], after(2, 0)), 9_900);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Hours of one weekday hold for exactly their length in a week, wherever the day begins.
        #[test]
        fn hours_hold_for_their_length(
            weekday in 1_u8..=7, from in 0_u32..1_440, to in 1_u32..=1_440, starts in 0_i32..1_440, offset in -14_i32..=14
        ) {
            let rule = DayRule { utc_offset_minutes: offset * 60, day_starts_minute: starts };
            let lists = [list(1, 0, &[(weekday, from, to)], &[(BEER.0, 5_000)])];
            let held = (0..7 * DAY_MINUTES).filter(|minute| {
                beer(&lists, Moment::new(rule, FRIDAY.plus_ms(minute * MINUTE_MS))) == 5_000
            });
            let length = (i64::from(to) - i64::from(from)).rem_euclid(DAY_MINUTES);
            prop_assert_eq!(i64::try_from(held.count()).unwrap(), if length == 0 { DAY_MINUTES } else { length });
        }
    }
}
