//! The menu: what is sold, and the questions that a product asks before it can be made.

use crate::code::codes;
use crate::ids::{ModifierGroupId, ModifierId};
use crate::money::{AmountTooLarge, Money};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use thiserror::Error;

codes! {
    /// How a product is sold.
    ProductKind {
        /// As itself.
        Product = "product",
        /// As the products that are chosen for it.
        Combo = "combo",
        /// Not at all: it is bought, and used by recipes.
        Ingredient = "ingredient",
    }
}

codes! {
    /// What one unit of a product is.
    Unit {
        Each = "each",
        Kilogram = "kg",
        Gram = "g",
        Liter = "l",
        Milliliter = "ml",
    }
}

/// A question about a product with its allowed answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModifierGroup {
    pub id: ModifierGroupId,
    pub name: String,
    /// Fewest answers; 1 or more makes the group forced.
    pub min: u32,
    /// Most answers.
    pub max: u32,
    pub modifiers: Vec<Modifier>,
}

/// One answer, with what it adds to the price (may be negative).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modifier {
    pub id: ModifierId,
    pub name: String,
    pub price: Money,
}

/// An answer as it was when the line was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenModifier {
    pub id: ModifierId,
    pub group: String,
    pub name: String,
    pub price: Money,
}

/// Why a choice of modifiers cannot be sold.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChoiceError {
    #[error("modifier group {group} needs at least {min} of its answers")]
    Missing { group: String, min: u32 },
    #[error("modifier group {group} takes at most {max} answers")]
    TooMany { group: String, max: u32 },
    #[error("modifier {0} does not belong to the product")]
    Unknown(ModifierId),
    #[error("modifier {0} is chosen twice")]
    Twice(ModifierId),
}

/// Checks `chosen` against a product's groups and gives the answers in the menu's order.
pub fn choose(groups: &[ModifierGroup], chosen: &[ModifierId]) -> Result<Vec<ChosenModifier>, ChoiceError> {
    let mut open: HashSet<ModifierId> = HashSet::with_capacity(chosen.len());
    for id in chosen {
        if !open.insert(*id) {
            return Err(ChoiceError::Twice(*id));
        }
    }
    let mut answers = Vec::with_capacity(chosen.len());
    for group in groups {
        let before = answers.len();
        for modifier in group.modifiers.iter().filter(|modifier| open.remove(&modifier.id)) {
            answers.push(ChosenModifier {
                id: modifier.id,
                group: group.name.clone(),
                name: modifier.name.clone(),
                price: modifier.price,
            });
        }
        let count = u32::try_from(answers.len() - before).unwrap_or(u32::MAX);
        if count < group.min {
            return Err(ChoiceError::Missing { group: group.name.clone(), min: group.min });
        }
        if count > group.max {
            return Err(ChoiceError::TooMany { group: group.name.clone(), max: group.max });
        }
    }
    match chosen.iter().find(|id| open.contains(id)) {
        Some(stranger) => Err(ChoiceError::Unknown(*stranger)),
        None => Ok(answers),
    }
}

/// The price of one unit: the product's own and that of its answers.
pub fn unit_price(price: Money, modifiers: &[ChosenModifier]) -> Result<Money, AmountTooLarge> {
    modifiers.iter().try_fold(price, |sum, modifier| sum.plus(modifier.price))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> ModifierId {
        ModifierId(Uuid::from_u128(n))
    }

    fn doneness() -> ModifierGroup {
        let modifier = |n, name: &str| Modifier { id: id(n), name: name.into(), price: Money(0) };
        ModifierGroup {
            id: ModifierGroupId(Uuid::from_u128(9)),
            name: "Término".into(),
            min: 1,
            max: 1,
            modifiers: vec![modifier(1, "Medio"), modifier(2, "Tres cuartos")],
        }
    }

    #[test]
    fn a_forced_group_must_be_answered_within_its_limits() {
        let groups = [doneness()];
        assert_eq!(choose(&groups, &[]), Err(ChoiceError::Missing { group: "Término".into(), min: 1 }));
        assert_eq!(
            choose(&groups, &[id(1), id(2)]),
            Err(ChoiceError::TooMany { group: "Término".into(), max: 1 })
        );
        assert_eq!(choose(&groups, &[id(1), id(1)]), Err(ChoiceError::Twice(id(1))));
        assert_eq!(choose(&groups, &[id(1), id(7)]), Err(ChoiceError::Unknown(id(7))));
        assert_eq!(choose(&groups, &[id(2)]).unwrap()[0].name, "Tres cuartos");
    }
}
