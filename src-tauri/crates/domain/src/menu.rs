//! The menu: what is sold, and the questions that a product asks before it can be made.

use crate::code::codes;
use crate::ids::{ModifierGroupId, ModifierId};
use crate::money::{AmountTooLarge, Money, round_div};
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

codes! {
    /// What several answers to one question mean.
    Portioning {
        /// Each is one by itself, and adds its price.
        Whole = "whole",
        /// They share one unit in equal parts, as the halves of a pizza do; the dearest one's price counts.
        Dearest = "dearest",
        /// They share one unit in equal parts; the mean of their prices counts.
        Mean = "mean",
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
/// Most sizes in colours that one product comes in.
pub const MAX_VARIANTS: usize = 200;
/// Longest code that a scanner reads, in characters.
pub const MAX_BARCODE: usize = 48;
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

/// What was typed or scanned as a barcode; none when it is empty, too long, has a blank in it, or what no scanner reads.
pub fn barcode(typed: &str) -> Option<String> {
    let code = typed.trim();
    let readable = |c: char| !c.is_whitespace() && !c.is_control();
    ((1..=MAX_BARCODE).contains(&code.chars().count()) && code.chars().all(readable)).then(|| code.to_owned())
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
    pub portioning: Portioning,
    pub modifiers: Vec<Modifier>,
}

impl ModifierGroup {
    /// The answers that were given, in the menu's order, as they are kept: what shares a unit says which part it is,
    /// and bears its part of the price.
    pub fn answered(&self, given: &[&Modifier]) -> Result<Vec<ChosenModifier>, AmountTooLarge> {
        let prices = self.portioning.prices(given)?;
        let shared = self.portioning != Portioning::Whole;
        let answer = |(modifier, price): (&&Modifier, Money)| ChosenModifier {
            id: modifier.id,
            group: self.name.clone(),
            name: if shared { part_name(&modifier.name, given.len()) } else { modifier.name.clone() },
            price,
        };
        Ok(given.iter().zip(prices).map(answer).collect())
    }
}

impl Portioning {
    /// What each of the answers that were given adds to the price of one unit.
    fn prices(self, given: &[&Modifier]) -> Result<Vec<Money>, AmountTooLarge> {
        let own = || given.iter().map(|modifier| modifier.price);
        match self {
            Self::Whole => Ok(own().collect()),
            Self::Dearest => {
                let dearest = own().max();
                let first = own().position(|price| Some(price) == dearest);
                let of = |(place, price)| if Some(place) == first { price } else { Money::ZERO };
                Ok(own().enumerate().map(of).collect())
            }
            Self::Mean => {
                let parts = i128::try_from(given.len()).unwrap_or(i128::MAX).max(1);
                let up_to = |sum: Money| {
                    i64::try_from(round_div(i128::from(sum.0), parts)).map_err(|_| AmountTooLarge)
                };
                let (mut sum, mut told) = (Money::ZERO, 0);
                own()
                    .map(|price| {
                        sum = sum.plus(price)?;
                        let before = std::mem::replace(&mut told, up_to(sum)?);
                        Ok(Money(told - before))
                    })
                    .collect()
            }
        }
    }
}

/// What one of several parts of a unit is called: "½ Pollo", "1/3 Pollo"; the whole of it is called by its name.
fn part_name(name: &str, parts: usize) -> String {
    match parts {
        0 | 1 => name.to_owned(),
        2 => format!("½ {name}"),
        more => format!("1/{more} {name}"),
    }
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
    #[error(transparent)]
    TooLarge(#[from] AmountTooLarge),
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
        let given: Vec<&Modifier> =
            group.modifiers.iter().filter(|modifier| open.remove(&modifier.id)).collect();
        let count = u32::try_from(given.len()).unwrap_or(u32::MAX);
        if count < group.min {
            return Err(ChoiceError::Missing { group: group.name.clone(), min: group.min });
        }
        if count > group.max {
            return Err(ChoiceError::TooMany { group: group.name.clone(), max: group.max });
        }
        answers.extend(group.answered(&given)?);
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
    fn barcodes_are_read_in_one_go_and_never_empty() {
        assert_eq!(barcode(" 7701234567890\n").as_deref(), Some("7701234567890"));
        for bad in ["", "  ", "77 01", "77\u{1d}01", &"9".repeat(MAX_BARCODE + 1)] {
            assert_eq!(barcode(bad), None, "{bad:?}");
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
            portioning: Portioning::Whole,
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

    fn flavours(portioning: Portioning, prices: &[i64]) -> ModifierGroup {
        let flavour = |(n, price): (u128, &i64)| Modifier {
            id: id(n),
            name: format!("Sabor {n}"),
            price: Money(*price),
        };
        ModifierGroup {
            max: 4,
            portioning,
            modifiers: (1..).zip(prices).map(flavour).collect(),
            ..doneness()
        }
    }

    #[test]
    fn halves_say_that_they_are_halves_and_the_dearest_is_paid() {
        let groups = [flavours(Portioning::Dearest, &[26_000, 31_000, 31_000, 24_000])];
        let both = choose(&groups, &[id(2), id(1)]).unwrap();
        let told: Vec<_> = both.iter().map(|answer| (answer.name.as_str(), answer.price.0)).collect();
        assert_eq!(told, [("½ Sabor 1", 0), ("½ Sabor 2", 31_000)]);
        // Two that are as dear are paid once.
        assert_eq!(unit_price(Money(1_000), &choose(&groups, &[id(2), id(3)]).unwrap()), Ok(Money(32_000)));
        let whole = choose(&groups, &[id(4)]).unwrap();
        assert_eq!((whole[0].name.as_str(), whole[0].price), ("Sabor 4", Money(24_000)));
        assert_eq!(choose(&groups, &[id(1), id(2), id(4)]).unwrap()[2].name, "1/3 Sabor 4");
    }

    #[test]
    fn the_mean_of_parts_is_rounded_once_whatever_they_cost() {
        for (prices, mean) in [
            (vec![26_000, 31_001], 28_501),
            (vec![1, 1, 1], 1),
            (vec![1, 1, 0], 1),
            (vec![1, 0, 0], 0),
            (vec![-5, 2], -2),
            (vec![7], 7),
        ] {
            let groups = [flavours(Portioning::Mean, &prices)];
            let all: Vec<ModifierId> = groups[0].modifiers.iter().map(|modifier| modifier.id).collect();
            let answers = choose(&groups, &all).unwrap();
            assert_eq!(unit_price(Money::ZERO, &answers), Ok(Money(mean)), "{prices:?}");
        }
    }
}
