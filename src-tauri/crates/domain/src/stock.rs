//! Stock: what lies where, as the sum of moves that are never changed (P12).
//!
//! A quantity counts thousandths of a product's unit, so that 250 g of a product kept in kilograms is
//! as exact as three bottles.

use crate::code::codes;
use crate::ids::{ProductId, VariantId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
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
    /// One whole unit.
    pub const UNIT: Self = Self(1000);
    /// The largest quantity that is exact in every place that shows it.
    pub const MAX: Self = Self(9_007_199_254_740_991);

    /// `units` whole units.
    pub fn units(units: i64) -> Result<Self, QuantityTooLarge> {
        Self::UNIT.times(units)
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
        /// A sold line was taken back.
        Void = "void",
        /// A supplier brought it.
        Receive = "receive",
        /// A count found another number.
        Count = "count",
        /// It went to another location, or came from one.
        Transfer = "transfer",
        /// It was thrown away: a line that was taken back after its station may have made it.
        Waste = "waste",
        /// Something was made of it.
        Recipe = "recipe",
    }
}

codes! {
    /// How far a count of what lies at a location has come.
    CountState {
        /// It is being counted.
        Open = "open",
        /// What was found has become moves.
        Posted = "posted",
        /// It was given up; nothing moved.
        Cancelled = "cancelled",
    }
}

codes! {
    /// How far goods are on their way from one location to another.
    TransferState {
        /// Written down; nothing has moved.
        Draft = "draft",
        /// They have left, and lie nowhere until they arrive.
        Sent = "sent",
        /// They have arrived, or as many of them as did.
        Received = "received",
        /// It was given up before anything moved.
        Cancelled = "cancelled",
    }
}

/// What selling one unit of something takes out of stock: itself, or something that it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    pub item: Item,
    /// More than nothing.
    pub quantity: Quantity,
    pub kind: MoveKind,
}

/// How many whole units can still be sold of what takes `uses` out of stock, when `free` says how much of
/// an item may still leave; none when nothing that it takes has a limit.
pub fn remaining(uses: &[Use], free: impl Fn(Uuid) -> Option<Quantity>) -> Option<i64> {
    let units = |used: &Use| free(used.item.id())?.0.max(0).checked_div(used.quantity.0);
    uses.iter().filter_map(units).min()
}

/// The first of several things sold together that there is not enough for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// Its place among what was asked for.
    pub place: usize,
    /// How many units of it there would be, after what was asked for before it.
    pub left: i64,
}

/// Finds out what `free` does not suffice for: what was `asked` for is what each thing takes for one unit,
/// and how many units of it.
pub fn shortage(asked: &[(&[Use], i64)], free: impl Fn(Uuid) -> Option<Quantity>) -> Option<Shortage> {
    let mut taken: HashMap<Uuid, i64> = HashMap::new();
    for (place, (uses, units)) in asked.iter().enumerate() {
        let before = |item: Uuid| taken.get(&item).copied().unwrap_or_default();
        let left = remaining(uses, |item| Some(Quantity(free(item)?.0.saturating_sub(before(item)))));
        if let Some(left) = left.filter(|left| left < units) {
            return Some(Shortage { place, left });
        }
        for used in *uses {
            let taken = taken.entry(used.item.id()).or_default();
            *taken = taken.saturating_add(used.quantity.0.saturating_mul(*units));
        }
    }
    None
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

    fn item(n: u128) -> Item {
        Item::product(ProductId(Uuid::from_u128(n)))
    }

    fn used(n: u128, milli: i64) -> Use {
        Use { item: item(n), quantity: Quantity(milli), kind: MoveKind::Recipe }
    }

    fn free(of: &[(u128, i64)]) -> impl Fn(Uuid) -> Option<Quantity> {
        let of: HashMap<Uuid, Quantity> =
            of.iter().map(|(n, milli)| (item(*n).id(), Quantity(*milli))).collect();
        move |item| of.get(&item).copied()
    }

    #[test]
    fn what_is_scarcest_says_how_many_remain() {
        let rice_dish = [used(1, 200), used(2, 1000)];
        for (stock, left) in [
            (&[(1, 1000), (2, 9000)][..], Some(5)),
            (&[(1, 1000), (2, 3999)], Some(3)),
            (&[(1, 199), (2, 9000)], Some(0)),
            (&[(1, -400), (2, 9000)], Some(0)),
            (&[(2, 9000)], Some(9)),
            (&[], None),
        ] {
            assert_eq!(remaining(&rice_dish, free(stock)), left, "{stock:?}");
        }
        assert_eq!(remaining(&[], free(&[(1, 1000)])), None);
    }

    #[test]
    fn things_sold_together_share_what_they_are_made_of() {
        let (soup, dish) = ([used(1, 100)], [used(1, 200), used(2, 1000)]);
        let stock = [(1, 1000), (2, 4000)];
        let short = |soups, dishes| shortage(&[(&soup, soups), (&dish, dishes)], free(&stock));
        assert_eq!(short(2, 4), None);
        assert_eq!(short(3, 4), Some(Shortage { place: 1, left: 3 }));
        assert_eq!(short(0, 5), Some(Shortage { place: 1, left: 4 }));
        assert_eq!(short(11, 0), Some(Shortage { place: 0, left: 10 }));
        assert_eq!(shortage(&[(&[], i64::MAX)], free(&stock)), None);
    }
}
