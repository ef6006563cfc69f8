//! Taxes as a branch applies them: included in the price, added to it, or exempt; several to a line.
//!
//! Colombia's restaurants charge the national consumption tax (impuesto nacional al consumo, 8 %,
//! Estatuto Tributario art. 512-9), usually included in the menu's price; a bottle to take away may
//! bear VAT, and imported liquor an added tax besides.
//!
//! [`split`] is the only place where an amount is taken apart, so that the line on the screen, the
//! receipt and the tax report cannot differ.

use crate::money::{AmountTooLarge, Money, round_div};
use serde::{Deserialize, Serialize};

/// How a tax stands to the price on the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxMode {
    /// The price holds the tax already.
    Included,
    /// The tax comes on top of the price.
    Added,
    /// No tax is charged.
    Exempt,
}

/// The highest rate of a tax, in basis points.
pub const MAX_RATE_BP: u32 = 10_000;

/// A tax as it was when the line was typed; a later change of the rate leaves old lines alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tax {
    pub name: String,
    /// Rate in basis points: 800 is 8 %.
    pub rate_bp: u32,
    pub mode: TaxMode,
}

/// What one amount is made of; `net + tax == total` always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taxed {
    pub net: Money,
    pub tax: Money,
    pub total: Money,
}

impl Taxed {
    /// What two amounts are made of together.
    pub fn plus(self, other: Self) -> Result<Self, AmountTooLarge> {
        Ok(Self {
            net: self.net.plus(other.net)?,
            tax: self.tax.plus(other.tax)?,
            total: self.total.plus(other.total)?,
        })
    }
}

/// An amount taken apart; `taxed.net + sum(parts) == taxed.total` always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    pub taxed: Taxed,
    /// What each tax comes to, in the order in which the taxes were given.
    pub parts: Vec<Money>,
}

/// Takes `amount` (price times quantity) apart into its net and what each of `taxes` comes to.
///
/// The included taxes are taken out of the amount together, by one division, and share what that
/// gives by their rates; each added tax is charged on the net; an exempt one is nothing.
pub fn split(amount: Money, taxes: &[Tax]) -> Result<Split, AmountTooLarge> {
    let rate_of = |mode| taxes.iter().filter(|tax| tax.mode == mode).map(|tax| i128::from(tax.rate_bp)).sum();
    let included_rate: i128 = rate_of(TaxMode::Included);
    let net = narrow(round_div(i128::from(amount.0) * 10_000, 10_000 + included_rate))?;
    let included = i128::from(amount.0) - i128::from(net.0);
    let (mut rate_before, mut total) = (0, amount);
    let mut parts = Vec::with_capacity(taxes.len());
    for tax in taxes {
        let rate = i128::from(tax.rate_bp);
        parts.push(match tax.mode {
            TaxMode::Exempt => Money::ZERO,
            TaxMode::Included => {
                // Rounding the shares' running sum, not each share, leaves nothing over.
                let before = share(included, rate_before, included_rate);
                rate_before += rate;
                narrow(share(included, rate_before, included_rate) - before)?
            }
            TaxMode::Added => {
                let part = narrow(round_div(i128::from(net.0) * rate, 10_000))?;
                total = total.plus(part)?;
                part
            }
        });
    }
    Ok(Split { taxed: Taxed { net, tax: Money(total.0 - net.0), total }, parts })
}

fn share(of: i128, rate: i128, all_rates: i128) -> i128 {
    if all_rates == 0 { 0 } else { round_div(of * rate, all_rates) }
}

fn narrow(wide: i128) -> Result<Money, AmountTooLarge> {
    i64::try_from(wide).map(Money).map_err(|_| AmountTooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tax(rate_bp: u32, mode: TaxMode) -> Tax {
        Tax { name: format!("Impuesto {rate_bp}"), rate_bp, mode }
    }

    fn taxes() -> impl Strategy<Value = Vec<Tax>> {
        let mode = prop_oneof![Just(TaxMode::Included), Just(TaxMode::Added), Just(TaxMode::Exempt)];
        proptest::collection::vec((0_u32..10_000, mode), 0..6)
            .prop_map(|taxes| taxes.into_iter().map(|(rate, mode)| tax(rate, mode)).collect())
    }

    #[test]
    fn a_menu_price_holds_the_consumption_tax() {
        let Split { taxed, parts } = split(Money(1_900_000), &[tax(800, TaxMode::Included)]).unwrap();
        assert_eq!((taxed.net, taxed.tax, taxed.total), (Money(1_759_259), Money(140_741), Money(1_900_000)));
        assert_eq!(parts, [Money(140_741)]);
    }

    #[test]
    fn taxes_of_every_mode_stand_side_by_side() {
        use TaxMode::{Added, Exempt, Included};
        let mixed = [tax(800, Included), tax(1_900, Added), tax(1_200, Included), tax(500, Exempt)];
        let Split { taxed, parts } = split(Money(120_000), &mixed).unwrap();
        // 8 % and 12 % are 20 000 of 120 000, shared as 8 to 12; 19 % of the net of 100 000 comes on top.
        assert_eq!(parts, [Money(8_000), Money(19_000), Money(12_000), Money(0)]);
        assert_eq!((taxed.net, taxed.tax, taxed.total), (Money(100_000), Money(39_000), Money(139_000)));
    }

    #[test]
    fn no_tax_and_a_rate_of_nothing_leave_the_amount_alone() {
        for none in [&[][..], &[tax(0, TaxMode::Included)], &[tax(900, TaxMode::Exempt)]] {
            let taxed = split(Money(777), none).unwrap().taxed;
            assert_eq!((taxed.net, taxed.tax, taxed.total), (Money(777), Money::ZERO, Money(777)));
        }
    }

    #[test]
    fn a_tax_that_does_not_fit_is_an_error() {
        assert_eq!(split(Money::MAX, &[tax(1, TaxMode::Added)]), Err(AmountTooLarge));
        assert_eq!(split(Money(i64::MAX), &[tax(u32::MAX, TaxMode::Added)]), Err(AmountTooLarge));
    }

    proptest! {
        /// P10: the parts of an amount are the amount, whatever the rates, the modes and the sign.
        #[test]
        fn net_and_every_tax_are_the_total(amount in -1_000_000_000_000_i64..1_000_000_000_000, taxes in taxes()) {
            let Split { taxed, parts } = split(Money(amount), &taxes).unwrap();
            prop_assert_eq!(parts.len(), taxes.len());
            let sum = Money::sum(parts.iter().copied()).unwrap();
            prop_assert_eq!(sum, taxed.tax);
            prop_assert_eq!(taxed.net.plus(sum).unwrap(), taxed.total);
            let on_top = taxes.iter().zip(&parts).filter(|(tax, _)| tax.mode == TaxMode::Added);
            prop_assert_eq!(taxed.total.0 - amount, on_top.map(|(_, part)| part.0).sum::<i64>());
            for part in parts {
                prop_assert!(part.0.signum() * amount.signum() >= 0);
            }
        }

        /// What each tax comes to is within one minor unit of its exact share.
        #[test]
        fn no_tax_bears_the_rounding_of_another(amount in 0_i64..1_000_000_000_000, taxes in taxes()) {
            let Split { taxed, parts } = split(Money(amount), &taxes).unwrap();
            for (tax, part) in taxes.iter().zip(parts) {
                let exact = if tax.mode == TaxMode::Exempt { 0 } else { i128::from(taxed.net.0) * i128::from(tax.rate_bp) };
                let rates: i128 = taxes.iter().filter(|tax| tax.mode == TaxMode::Included).map(|tax| i128::from(tax.rate_bp)).sum();
                // The net itself is rounded, by half a unit at most, which its taxes feel by their rates.
                let slack = 10_000 + rates;
                prop_assert!((i128::from(part.0) * 10_000 - exact).abs() <= slack, "{tax:?} {part:?} {exact}");
            }
        }

        /// An amount and the same amount given back leave nothing.
        #[test]
        fn a_credit_undoes_a_charge(amount in 0_i64..1_000_000_000_000, taxes in taxes()) {
            let (charge, credit) = (split(Money(amount), &taxes).unwrap(), split(Money(-amount), &taxes).unwrap());
            prop_assert_eq!(charge.taxed.plus(credit.taxed).unwrap(), Taxed::default());
            for (charged, credited) in charge.parts.iter().zip(credit.parts) {
                prop_assert_eq!(charged.0, -credited.0);
            }
        }
    }
}
