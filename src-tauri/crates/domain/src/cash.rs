//! The drawer: what must lie in it when a session is closed, and by how much the count differs.

use crate::money::{AmountTooLarge, Money};
use serde::{Deserialize, Serialize};

/// Which way cash went without a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashDirection {
    /// Into the drawer, such as more change.
    In,
    /// Out of it, such as to the safe or for a purchase.
    Out,
}

impl CashDirection {
    pub const fn code(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::In, Self::Out].into_iter().find(|direction| direction.code() == code)
    }
}

/// Everything that went through a drawer in one session; every figure is a sum of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawer {
    /// What lay in it when the session was opened.
    pub float: Money,
    /// Cash taken for bills and tips, without what went back as change.
    pub taken: Money,
    /// Cash given back for refunds.
    pub refunded: Money,
    pub moved_in: Money,
    pub moved_out: Money,
}

impl Drawer {
    /// What must lie in the drawer.
    pub fn expected(self) -> Result<Money, AmountTooLarge> {
        Money::sum([self.float, self.taken, Money(-self.refunded.0), self.moved_in, Money(-self.moved_out.0)])
    }

    /// What was counted beyond what must lie there; negative when some is missing.
    pub fn difference(self, counted: Money) -> Result<Money, AmountTooLarge> {
        counted.plus(Money(-self.expected()?.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_blind_count_is_measured_against_the_facts() {
        let drawer = Drawer {
            float: Money(200_000),
            taken: Money(1_340_000),
            refunded: Money(32_000),
            moved_in: Money(50_000),
            moved_out: Money(900_000),
        };
        assert_eq!(drawer.expected(), Ok(Money(658_000)));
        assert_eq!(drawer.difference(Money(650_000)), Ok(Money(-8_000)));
        assert_eq!(drawer.difference(Money(660_000)), Ok(Money(2_000)));
    }

    #[test]
    fn directions_have_codes() {
        for direction in [CashDirection::In, CashDirection::Out] {
            assert_eq!(CashDirection::from_code(direction.code()), Some(direction));
        }
    }

    proptest! {
        /// P10: whatever went in or out, one by one, is what the sums say must be there.
        #[test]
        fn the_drawer_holds_what_went_through_it(
            float in 0_i64..1_000_000, steps in proptest::collection::vec((0_u8..4, 0_i64..1_000_000), 0..60)
        ) {
            let mut drawer = Drawer { float: Money(float), ..Drawer::default() };
            let mut lying = float;
            for (kind, amount) in steps {
                let (figure, sign) = match kind {
                    0 => (&mut drawer.taken, 1),
                    1 => (&mut drawer.refunded, -1),
                    2 => (&mut drawer.moved_in, 1),
                    _ => (&mut drawer.moved_out, -1),
                };
                figure.0 += amount;
                lying += sign * amount;
            }
            prop_assert_eq!(drawer.expected(), Ok(Money(lying)));
            prop_assert_eq!(drawer.difference(Money(lying)), Ok(Money::ZERO));
        }
    }
}
