//! What a list may say, and the one way in which a per cent off is reckoned.

use super::Hours;
use crate::money::{Money, round_div};
use crate::time::Time;
use std::collections::HashSet;
use std::ops::RangeInclusive;
use thiserror::Error;

/// Most of a price or a surcharge, in minor units: what a till can still add up and a paper can show.
pub const MAX_PRICE: Money = Money(1_000_000_000_000);
/// Most hours of a list: ten for each weekday.
pub const MAX_HOURS: usize = 70;
/// Most products and variants of a list.
pub const MAX_ITEMS: usize = 5_000;
/// The priority of lists that say what things ordinarily cost from some day on: every list that a person makes without
/// thinking of it counts more.
pub const ORDINARY_PRIORITY: i32 = -1;
/// What a list's priority may be.
pub const PRIORITIES: RangeInclusive<i32> = ORDINARY_PRIORITY..=99;

const WHOLE_BP: i128 = 10_000;

/// Why a list cannot count when somebody wants it to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadTerms {
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    /// A weekday or a minute that there is not, too many, or twice the same beginning.
    #[error("hours that mean nothing")]
    BadHours,
}

/// Whether a list may count for this time and in these hours.
pub fn check_terms(from: Option<Time>, until: Option<Time>, hours: &[Hours]) -> Result<(), BadTerms> {
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        return Err(BadTerms::EndsBeforeItBegins);
    }
    let exist = |hours: &Hours| {
        (1..=7).contains(&hours.weekday)
            && hours.from_minute < 1_440
            && (1..=1_440).contains(&hours.to_minute)
    };
    let begin: HashSet<(u8, u32)> = hours.iter().map(|hours| (hours.weekday, hours.from_minute)).collect();
    if hours.iter().all(exist) && begin.len() == hours.len() && hours.len() <= MAX_HOURS {
        Ok(())
    } else {
        Err(BadTerms::BadHours)
    }
}

/// `price` with `off_bp` hundredths of a per cent off, at most all of it, rounded to whole `coin`s (the smallest amount
/// that people write, in minor units).
pub fn discounted(price: Money, off_bp: u32, coin: Money) -> Money {
    let coin = i128::from(coin.0.max(1));
    let left = WHOLE_BP - i128::from(off_bp).min(WHOLE_BP);
    let coins = round_div(i128::from(price.0) * left, WHOLE_BP * coin);
    Money(i64::try_from(coins * coin).unwrap_or(price.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_per_cent_off_is_a_price_that_people_write() {
        for (price, off_bp, coin, expected) in [
            (950_000, 1_000, 100, 855_000),
            (950_000, 3_333, 100, 633_400),
            (999, 5_000, 1, 500),
            (999, 5_000, 100, 500),
            (150, 5_000, 100, 100),
            (149, 5_000, 100, 100),
            (99, 5_000, 100, 0),
            (950_000, 10_000, 100, 0),
            (950_000, 20_000, 100, 0),
            (950_000, 0, 100, 950_000),
            (MAX_PRICE.0, 1, 0, 999_900_000_000),
        ] {
            assert_eq!(discounted(Money(price), off_bp, Money(coin)).0, expected, "{price} less {off_bp}");
        }
    }

    #[test]
    fn terms_that_cannot_be_are_found() {
        let hours = |weekday, from_minute, to_minute| Hours { weekday, from_minute, to_minute };
        assert_eq!(check_terms(None, None, &[hours(5, 1_320, 120), hours(5, 0, 1_440)]), Ok(()));
        assert_eq!(check_terms(Some(Time(4)), Some(Time(5)), &[]), Ok(()));
        assert_eq!(check_terms(Some(Time(5)), Some(Time(5)), &[]), Err(BadTerms::EndsBeforeItBegins));
        for bad in [hours(0, 0, 60), hours(8, 0, 60), hours(1, 1_440, 60), hours(1, 0, 0), hours(1, 0, 1_441)]
        {
            assert_eq!(check_terms(None, None, &[bad]), Err(BadTerms::BadHours), "{bad:?}");
        }
        assert_eq!(
            check_terms(None, None, &[hours(5, 60, 120), hours(5, 60, 180)]),
            Err(BadTerms::BadHours),
            "which of the two ends it?"
        );
    }
}
