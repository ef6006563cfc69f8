//! Stock: what lies where, as the sum of moves that are never changed (P12).
//!
//! A quantity counts thousandths of a product's unit, so that 250 g of a product kept in kilograms is
//! as exact as three bottles.

use crate::code::codes;
use crate::ids::{ProductId, VariantId};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

/// An amount of something in thousandths of its unit; negative when it leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub i64);

/// The sum does not fit into what every place can show exactly (2^53 - 1 thousandths).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the quantity is too large")]
pub struct QuantityTooLarge;

impl Quantity {
    pub const ZERO: Self = Self(0);
    /// The largest quantity that is exact in every place that shows it.
    pub const MAX: Self = Self(9_007_199_254_740_991);

    /// `units` whole units.
    pub fn units(units: i64) -> Result<Self, QuantityTooLarge> {
        Self(1000).times(units)
    }

    pub fn plus(self, other: Self) -> Result<Self, QuantityTooLarge> {
        self.0.checked_add(other.0).map(Self).ok_or(QuantityTooLarge)?.bounded()
    }

    pub fn times(self, count: i64) -> Result<Self, QuantityTooLarge> {
        self.0.checked_mul(count).map(Self).ok_or(QuantityTooLarge)?.bounded()
    }

    /// The same amount the other way.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self(self.0.saturating_neg())
    }

    fn bounded(self) -> Result<Self, QuantityTooLarge> {
        if self.0.unsigned_abs() > Self::MAX.0.unsigned_abs() { Err(QuantityTooLarge) } else { Ok(self) }
    }
}

/// What is meant where a row may mean a product or one variant of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Item {
    pub product: ProductId,
    pub variant: Option<VariantId>,
}

impl Item {
    /// A product that has no variants.
    pub const fn product(product: ProductId) -> Self {
        Self { product, variant: None }
    }

    /// The one id that stands for it: the variant's when there is one, else the product's.
    pub fn id(self) -> Uuid {
        self.variant.map_or(self.product.0, |variant| variant.0)
    }
}

codes! {
    /// Why stock moved.
    MoveKind {
        /// A line was sold.
        Sale = "sale",
        /// A sold line was taken back before it was made.
        Void = "void",
        /// A supplier brought it.
        Receive = "receive",
        /// A count found another number.
        Count = "count",
        /// It went to another location, or came from one.
        Transfer = "transfer",
        /// It was thrown away.
        Waste = "waste",
        /// Something was made of it.
        Recipe = "recipe",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_never_wraps() {
        assert_eq!(Quantity::units(3), Ok(Quantity(3000)));
        assert_eq!(Quantity::MAX.plus(Quantity(1)), Err(QuantityTooLarge));
        assert_eq!(Quantity(i64::MIN).times(1), Err(QuantityTooLarge));
        assert_eq!(Quantity(250).times(4), Ok(Quantity(1000)));
        assert_eq!(Quantity(7).plus(Quantity(7).reversed()), Ok(Quantity::ZERO));
    }

    #[test]
    fn a_variant_stands_for_itself() {
        let (product, variant) = (ProductId(Uuid::from_u128(1)), VariantId(Uuid::from_u128(2)));
        assert_eq!(Item::product(product).id(), product.0);
        assert_eq!(Item { product, variant: Some(variant) }.id(), variant.0);
    }

    #[test]
    fn every_kind_is_found_by_its_code() {
        for kind in MoveKind::ALL {
            assert_eq!(MoveKind::from_code(kind.code()), Some(*kind));
        }
        assert_eq!(MoveKind::from_code("theft"), None);
    }
}
