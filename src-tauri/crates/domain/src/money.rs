//! Exact money: whole minor units, checked arithmetic, and the one rounding function.
//!
//! Screen, paper and report all come here, so they cannot disagree by a peso.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An amount in minor units of the company's currency (centavos for COP); may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

/// The sum does not fit: more than 92 thousand billion minor units, which no bill reaches honestly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the amount is too large")]
pub struct AmountTooLarge;

impl Money {
    pub const ZERO: Self = Self(0);

    /// The largest amount that is exact in every place that shows it (2^53 - 1, a browser's limit).
    pub const MAX: Self = Self(9_007_199_254_740_991);

    pub fn plus(self, other: Self) -> Result<Self, AmountTooLarge> {
        self.0.checked_add(other.0).map(Self).ok_or(AmountTooLarge)?.bounded()
    }

    pub fn times(self, quantity: i64) -> Result<Self, AmountTooLarge> {
        self.0.checked_mul(quantity).map(Self).ok_or(AmountTooLarge)?.bounded()
    }

    /// The sum of many amounts.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, AmountTooLarge> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    fn bounded(self) -> Result<Self, AmountTooLarge> {
        if self.0.abs() > Self::MAX.0 { Err(AmountTooLarge) } else { Ok(self) }
    }
}

/// A currency and how its amounts are kept and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// ISO 4217 code, such as `COP`.
    pub code: String,
    /// Decimal digits of the minor unit (ISO 4217: 2 for COP).
    pub minor_digits: u8,
    /// Decimal digits that people write (0 for COP).
    pub shown_digits: u8,
}

impl Currency {
    /// The smallest amount that people write: 100 centavos for COP.
    pub fn smallest_written(&self) -> Money {
        Money(10_i64.pow(u32::from(self.minor_digits.saturating_sub(self.shown_digits)).min(18)))
    }

    /// An amount as machines write it: all digits of the minor unit behind a point, such as `307456.50`.
    pub fn decimal(&self, money: Money) -> String {
        let digits = usize::from(self.minor_digits);
        let sign = if money.0 < 0 { "-" } else { "" };
        let all = format!("{:0width$}", money.0.unsigned_abs(), width = digits + 1);
        match all.split_at_checked(all.len() - digits) {
            Some((whole, part)) if !part.is_empty() => format!("{sign}{whole}.{part}"),
            _ => format!("{sign}{all}"),
        }
    }
}

/// `numerator / denominator` rounded to the nearest integer, halves away from zero.
///
/// The only rounding in the program. `denominator` must be positive.
pub fn round_div(numerator: i128, denominator: i128) -> i128 {
    debug_assert!(denominator > 0);
    let half = denominator / 2;
    if numerator >= 0 { (numerator + half) / denominator } else { (numerator - half) / denominator }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_read_every_digit() {
        let decimal = |minor_digits, minor| {
            Currency { code: "COP".into(), minor_digits, shown_digits: 0 }.decimal(Money(minor))
        };
        let read = [(2, 30_745_650), (2, 5), (2, -5), (0, 700), (3, 1_234), (2, 0)];
        let read = read.map(|(digits, minor)| decimal(digits, minor));
        assert_eq!(read, ["307456.50", "0.05", "-0.05", "700", "1.234", "0.00"]);
    }

    #[test]
    fn the_smallest_coin_is_what_people_write() {
        let coin = |minor_digits, shown_digits| {
            Currency { code: "COP".into(), minor_digits, shown_digits }.smallest_written().0
        };
        assert_eq!([coin(2, 0), coin(2, 2), coin(0, 0), coin(3, 2)], [100, 1, 1, 10]);
    }

    #[test]
    fn rounding_takes_halves_away_from_zero() {
        let table = [(5, 10, 1), (4, 10, 0), (-5, 10, -1), (-4, 10, 0), (15, 10, 2), (1, 3, 0), (2, 3, 1)];
        for (numerator, denominator, expected) in table {
            assert_eq!(round_div(numerator, denominator), expected, "{numerator}/{denominator}");
        }
    }

    #[test]
    fn an_overflow_is_an_error_and_never_a_wrong_amount() {
        assert_eq!(Money::MAX.plus(Money(1)), Err(AmountTooLarge));
        assert_eq!(Money(i64::MAX).times(2), Err(AmountTooLarge));
        assert_eq!(Money(3).times(4), Ok(Money(12)));
    }
}
