//! Taxes as a branch applies them: included in the price, added to it, or exempt.
//!
//! Colombia's restaurants charge the national consumption tax (impuesto nacional al consumo, 8 %,
//! Estatuto Tributario art. 512-9), usually included in the menu's price.

use crate::money::{AmountTooLarge, Money, round_div};
use serde::{Deserialize, Serialize};

/// How a tax stands to the price on the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxMode {
    /// The price holds the tax already.
    Included,
    /// The tax comes on top of the price.
    Added,
    /// No tax is charged.
    Exempt,
}

/// A tax as it was when the line was typed; a later change of the rate leaves old lines alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    pub name: String,
    /// Rate in basis points: 800 is 8 %.
    pub rate_bp: u32,
    pub mode: TaxMode,
}

/// What one amount is made of; `net + tax == total` always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taxed {
    pub net: Money,
    pub tax: Money,
    pub total: Money,
}

impl Tax {
    /// Splits `amount` (price times quantity) into net, tax and total.
    pub fn apply(&self, amount: Money) -> Result<Taxed, AmountTooLarge> {
        let (base, rate) = (i128::from(amount.0), i128::from(self.rate_bp));
        let narrow = |n: i128| i64::try_from(n).map(Money).map_err(|_| AmountTooLarge);
        match self.mode {
            TaxMode::Exempt => Ok(Taxed { net: amount, tax: Money::ZERO, total: amount }),
            TaxMode::Added => {
                let tax = narrow(round_div(base * rate, 10_000))?;
                Ok(Taxed { net: amount, tax, total: amount.plus(tax)? })
            }
            TaxMode::Included => {
                let net = narrow(round_div(base * 10_000, 10_000 + rate))?;
                Ok(Taxed { net, tax: Money(amount.0 - net.0), total: amount })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tax(rate_bp: u32, mode: TaxMode) -> Tax {
        Tax { name: "Impoconsumo 8 %".into(), rate_bp, mode }
    }

    #[test]
    fn a_menu_price_holds_the_consumption_tax() {
        let taxed = tax(800, TaxMode::Included).apply(Money(1_900_000)).unwrap();
        assert_eq!((taxed.net, taxed.tax, taxed.total), (Money(1_759_259), Money(140_741), Money(1_900_000)));
    }

    proptest! {
        /// P10: the parts of an amount are the amount, whatever the rate, the mode and the sign.
        #[test]
        fn net_and_tax_are_the_total(amount in -1_000_000_000_000_i64..1_000_000_000_000, rate in 0_u32..10_000) {
            for mode in [TaxMode::Included, TaxMode::Added, TaxMode::Exempt] {
                let taxed = tax(rate, mode).apply(Money(amount)).unwrap();
                prop_assert_eq!(taxed.net.plus(taxed.tax).unwrap(), taxed.total);
                prop_assert!(taxed.tax.0.signum() * amount.signum() >= 0);
            }
        }
    }
}
