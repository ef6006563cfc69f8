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

/// The colours of the design system that a category may have, by their names.
pub const CHIPS: [&str; 8] = ["amber", "tomato", "leaf", "rose", "teal", "sky", "indigo", "plum"];

/// Longest name of a category, a product, a question or an answer, in characters.
pub const MAX_MENU_NAME: usize = 60;
/// Longest code of a product, in characters.
pub const MAX_SHORT_CODE: usize = 12;
/// Longest preparation of a product.
pub const MAX_PREPARATION_MINUTES: u32 = 24 * 60;
/// Most answers of a question, and most questions of a product.
pub const MAX_ANSWERS: usize = 60;

/// What somebody typed as a name, with one blank between words; none when nothing is left, or too much, or what no
/// paper can show.
pub fn menu_name(typed: &str) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=MAX_MENU_NAME).contains(&name.chars().count());
    (fits && !name.chars().any(char::is_control)).then_some(name)
}

/// What somebody typed as a product's code, which may be nothing; none when it is too long, has a blank in it, or what
/// cannot be typed.
pub fn short_code(typed: &str) -> Option<String> {
    let code = typed.trim();
    let typable = |c: char| !c.is_whitespace() && !c.is_control();
    (code.chars().count() <= MAX_SHORT_CODE && code.chars().all(typable)).then(|| code.to_owned())
}

/// Whether a question with so many answers can be answered with at least `min` and at most `max` of them.
pub fn can_be_answered(min: u32, max: u32, answers: usize) -> bool {
    let answers = u32::try_from(answers).unwrap_or(u32::MAX);
    (1..=MAX_ANSWERS).contains(&(answers as usize)) && max >= 1 && min <= max && max <= answers
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

    #[test]
    fn names_are_words_with_one_blank_between() {
        assert_eq!(menu_name("  Ajiaco \t con\npollo ").as_deref(), Some("Ajiaco con pollo"));
        assert_eq!(menu_name(&"ñ".repeat(MAX_MENU_NAME)), Some("ñ".repeat(MAX_MENU_NAME)));
        for bad in ["", " \n ", "a\u{7}b", &"x".repeat(MAX_MENU_NAME + 1)] {
            assert_eq!(menu_name(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn codes_are_typed_in_one_go_or_not_there() {
        assert_eq!(short_code(" 30-A ").as_deref(), Some("30-A"));
        assert_eq!(short_code("  ").as_deref(), Some(""));
        for bad in ["3 0", "a\u{1b}", &"9".repeat(MAX_SHORT_CODE + 1)] {
            assert_eq!(short_code(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_question_has_as_many_answers_as_it_asks_for() {
        for min in 0..5 {
            for max in 0..5 {
                for answers in 0..5 {
                    let possible = answers > 0 && (min.max(1)..=answers).contains(&max);
                    assert_eq!(
                        can_be_answered(min, max, answers as usize),
                        possible,
                        "{min}..={max} of {answers}"
                    );
                }
            }
        }
        assert!(!can_be_answered(0, 1, MAX_ANSWERS + 1));
    }
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
