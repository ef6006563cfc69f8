//! Combos: several things that are sold for one price, each chosen from a few.

use crate::ids::{ComboSlotId, ProductId};
use crate::money::Money;
use crate::stock::Item;
use std::collections::HashSet;
use thiserror::Error;

/// Most slots of a combo.
pub const MAX_SLOTS: usize = 12;

/// Something that a combo has the guest choose ("Bebida"), with what it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComboSlot {
    pub id: ComboSlotId,
    pub name: String,
    /// Fewest choices; 1 or more makes the slot forced.
    pub min: u32,
    /// Most choices.
    pub max: u32,
    /// Whether one thing may be chosen more than once, each time as a choice of its own.
    pub repeats: bool,
    pub choices: Vec<ComboChoice>,
}

/// What a slot can be: a variant, or a product in whichever of its variants the guest wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComboChoice {
    pub item: Item,
    /// What it adds to the combo's price; 0 or more.
    pub price: Money,
}

/// What a guest chose for a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    pub slot: ComboSlotId,
    pub item: Item,
}

/// A choice that holds: which of the picks it is, and what it adds to the combo's price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    pub at: usize,
    pub price: Money,
}

/// Why choices do not make a combo.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PickError {
    #[error("slot {slot} needs at least {min} of its choices")]
    Missing { slot: String, min: u32 },
    #[error("slot {slot} takes at most {max} choices")]
    TooMany { slot: String, max: u32 },
    #[error("{0:?} is not a choice of its slot, or is chosen twice where that cannot be")]
    NotOffered(Pick),
}

impl ComboChoice {
    /// Whether `item` is what this choice offers.
    pub fn offers(&self, item: Item) -> bool {
        self.item == item || self.item == Item::product(item.product)
    }

    pub const fn product(&self) -> ProductId {
        self.item.product
    }
}

impl ComboSlot {
    /// Whether fewer than it needs are left of its choices, by a word about each.
    pub fn is_out(&self, mut is_gone: impl FnMut(Item) -> bool) -> bool {
        let left = self.choices.iter().filter(|choice| !is_gone(choice.item)).count();
        let most = if self.repeats && left > 0 { self.max as usize } else { left };
        most < self.min as usize
    }
}

/// Checks what was picked against a combo's slots and gives it in their order.
pub fn choose(slots: &[ComboSlot], picks: &[Pick]) -> Result<Vec<Picked>, PickError> {
    let mut taken: HashSet<(ComboSlotId, Item)> = HashSet::with_capacity(picks.len());
    let mut picked = Vec::with_capacity(picks.len());
    for slot in slots {
        let before = picked.len();
        for (at, pick) in picks.iter().enumerate().filter(|(_, pick)| pick.slot == slot.id) {
            // A variant that is a choice of its own may have a price of its own.
            let choice = slot.choices.iter().find(|choice| choice.item == pick.item);
            let choice = choice.or_else(|| slot.choices.iter().find(|choice| choice.offers(pick.item)));
            let choice = choice.ok_or(PickError::NotOffered(*pick))?;
            if !taken.insert((slot.id, choice.item)) && !slot.repeats {
                return Err(PickError::NotOffered(*pick));
            }
            picked.push(Picked { at, price: choice.price });
        }
        let count = u32::try_from(picked.len() - before).unwrap_or(u32::MAX);
        if count < slot.min {
            return Err(PickError::Missing { slot: slot.name.clone(), min: slot.min });
        }
        if count > slot.max {
            return Err(PickError::TooMany { slot: slot.name.clone(), max: slot.max });
        }
    }
    match picks.iter().find(|pick| slots.iter().all(|slot| slot.id != pick.slot)) {
        Some(stranger) => Err(PickError::NotOffered(*stranger)),
        None => Ok(picked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::VariantId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn item(n: u128) -> Item {
        Item::product(ProductId(Uuid::from_u128(n)))
    }

    fn variant(product: u128, n: u128) -> Item {
        Item { variant: Some(VariantId(Uuid::from_u128(n))), ..item(product) }
    }

    fn slot_id(n: u128) -> ComboSlotId {
        ComboSlotId(Uuid::from_u128(n))
    }

    fn slot(n: u128, name: &str, (min, max): (u32, u32), choices: &[(Item, i64)]) -> ComboSlot {
        let choice = |&(item, price): &(Item, i64)| ComboChoice { item, price: Money(price) };
        ComboSlot {
            id: slot_id(n),
            name: name.into(),
            min,
            max,
            repeats: false,
            choices: choices.iter().map(choice).collect(),
        }
    }

    fn lunch() -> [ComboSlot; 3] {
        [
            slot(1, "Plato", (1, 1), &[(item(10), 0), (item(11), 500)]),
            slot(2, "Bebida", (1, 2), &[(item(20), 0), (variant(21, 211), 300), (item(21), 100)]),
            slot(3, "Postre", (0, 1), &[(item(10), 0)]),
        ]
    }

    fn pick(slot: u128, item: Item) -> Pick {
        Pick { slot: slot_id(slot), item }
    }

    #[test]
    fn picks_come_in_the_order_of_the_slots_with_their_surcharges() {
        let picks = [pick(2, item(20)), pick(3, item(10)), pick(1, item(11))];
        let picked = choose(&lunch(), &picks).unwrap();
        let told: Vec<_> = picked.iter().map(|one| (one.at, one.price.0)).collect();
        assert_eq!(told, [(2, 500), (0, 0), (1, 0)]);
    }

    #[test]
    fn a_variant_has_its_own_surcharge_or_that_of_its_product() {
        for (drink, price) in [(variant(21, 211), 300), (variant(21, 212), 100)] {
            let picked = choose(&lunch(), &[pick(1, item(10)), pick(2, drink)]).unwrap();
            assert_eq!(picked[1].price, Money(price));
        }
    }

    #[test]
    fn what_does_not_make_a_combo_says_why() {
        let (plate, drink) = (pick(1, item(10)), pick(2, item(20)));
        let missing = |slot: &str| Err(PickError::Missing { slot: slot.into(), min: 1 });
        assert_eq!(choose(&lunch(), &[drink]), missing("Plato"));
        assert_eq!(choose(&lunch(), &[plate]), missing("Bebida"));
        let two = [plate, pick(1, item(11)), drink];
        assert_eq!(choose(&lunch(), &two), Err(PickError::TooMany { slot: "Plato".into(), max: 1 }));
        for wrong in [pick(2, item(10)), pick(9, item(10)), drink, pick(2, variant(20, 7))] {
            let refused = choose(&lunch(), &[plate, drink, wrong]);
            assert!(
                refused == Err(PickError::NotOffered(wrong)) || wrong.item.variant.is_some(),
                "{refused:?}"
            );
        }
    }

    /// As often as the slot has choices, with the answers and the surcharge of each.
    #[test]
    fn one_thing_is_chosen_again_only_where_the_slot_says_so() {
        let pair =
            ComboSlot { repeats: true, ..slot(4, "Empanadas", (2, 2), &[(item(30), 50), (item(31), 0)]) };
        let picks = [pick(4, item(30)), pick(4, item(30))];
        let picked = choose(std::slice::from_ref(&pair), &picks).unwrap();
        assert_eq!(picked, [0, 1].map(|at| Picked { at, price: Money(50) }));
        let three = [picks[0], picks[1], picks[0]];
        let many = Err(PickError::TooMany { slot: "Empanadas".into(), max: 2 });
        assert_eq!(choose(std::slice::from_ref(&pair), &three), many);
        let once = ComboSlot { repeats: false, ..pair.clone() };
        assert_eq!(choose(&[once], &picks), Err(PickError::NotOffered(picks[1])));
        assert!(!pair.is_out(|one| one == item(30)), "two of the other are left");
        assert!(pair.is_out(|_| true));
    }

    #[test]
    fn a_slot_is_out_when_less_is_left_than_it_needs() {
        let [plate, drink, dessert] = lunch();
        assert!(!plate.is_out(|one| one == item(10)));
        assert!(plate.is_out(|_| true));
        assert!(!drink.is_out(|one| one != item(21)));
        assert!(!dessert.is_out(|_| true), "nobody has to have a dessert");
    }

    proptest! {
        /// Whatever is picked, what holds is within the bounds of every slot, and each pick is there once.
        #[test]
        fn what_holds_answers_every_slot(picks in proptest::collection::vec((1_u128..5, 9_u128..22), 0..7)) {
            let picks: Vec<Pick> = picks.into_iter().map(|(slot, product)| pick(slot, item(product))).collect();
            let slots = lunch();
            if let Ok(picked) = choose(&slots, &picks) {
                let mut places: Vec<usize> = picked.iter().map(|one| one.at).collect();
                places.sort_unstable();
                prop_assert_eq!(places, (0..picks.len()).collect::<Vec<_>>());
                for slot in &slots {
                    let count = picks.iter().filter(|pick| pick.slot == slot.id).count();
                    prop_assert!((slot.min as usize..=slot.max as usize).contains(&count));
                }
            }
        }
    }
}
