//! The menu as guests see it: some things are ordered all the time, others once a month.

use super::dice::{Dice, Weighted};
use crate::refusal::Refusal;
use fastops_domain::menu::{ChosenModifier, Modifier};
use fastops_domain::money::AmountTooLarge;
use fastops_store::history::{House, HouseProduct};
use std::sync::Arc;

/// Of a thousand lines.
const WITH_NOTE: u32 = 70;
const WITH_ALLERGY: u32 = 12;
const TWO_OF_IT: u32 = 210;
const MORE_OF_IT: u32 = 45;

const NOTES: [&str; 8] = [
    "sin cebolla",
    "bien caliente",
    "salsa aparte",
    "poco picante",
    "para compartir",
    "sin hielo",
    "partido en dos",
    "primero este",
];
const ALLERGIES: [&str; 4] = ["maní", "mariscos", "lactosa", "gluten"];

/// A product with what does not change from line to line.
#[derive(Clone, Debug)]
pub(super) struct Dish {
    pub(super) product: HouseProduct,
    pub(super) name: Arc<str>,
    /// The product's taxes as a line keeps them.
    pub(super) taxes: Arc<str>,
}

/// What is on the menu, and how often each thing is asked for.
#[derive(Clone, Debug)]
pub(super) struct Menu {
    pub(super) dishes: Vec<Dish>,
    popularity: Weighted,
    no_modifiers: Arc<str>,
}

/// One thing asked for.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Place in [`Menu::dishes`].
    pub(super) dish: usize,
    pub(super) quantity: i64,
    pub(super) modifiers: Vec<ChosenModifier>,
    pub(super) modifiers_json: Arc<str>,
    pub(super) note: Option<&'static str>,
    pub(super) allergy: Option<&'static str>,
}

impl Menu {
    /// Who is popular is the seed's to say; by Zipf's law the n-th is asked for one n-th as often.
    pub(super) fn new(house: &House, dice: &mut Dice) -> Result<Self, serde_json::Error> {
        let dish = |product: &HouseProduct| {
            Ok(Dish {
                name: product.name.as_str().into(),
                taxes: serde_json::to_string(&product.taxes)?.into(),
                product: product.clone(),
            })
        };
        let dishes: Vec<Dish> = house.products.iter().map(dish).collect::<Result<_, _>>()?;
        let mut ranks: Vec<i64> = (1..).take(dishes.len()).collect();
        dice.shuffle(&mut ranks);
        let popularity = Weighted::new(ranks.into_iter().map(|rank| 1_000_000 / (rank + 2)));
        Ok(Self { dishes, popularity, no_modifiers: "[]".into() })
    }

    pub(super) fn choose(&self, dice: &mut Dice) -> Result<Choice, Refusal> {
        let dish = self.popularity.draw(dice);
        let modifiers = answers(&self.dishes[dish].product, dice)?;
        let modifiers_json = if modifiers.is_empty() {
            Arc::clone(&self.no_modifiers)
        } else {
            serde_json::to_string(&modifiers).map_err(Refusal::Unreadable)?.into()
        };
        let quantity =
            if dice.chance(MORE_OF_IT) { dice.between(3, 6) } else { 1 + i64::from(dice.chance(TWO_OF_IT)) };
        let note = if dice.chance(WITH_NOTE) { dice.one(&NOTES).copied() } else { None };
        let allergy = if dice.chance(WITH_ALLERGY) { dice.one(&ALLERGIES).copied() } else { None };
        Ok(Choice { dish, quantity, modifiers, modifiers_json, note, allergy })
    }
}

/// What a guest answers: the fewest answers that a question demands, and now and then one more.
fn answers(product: &HouseProduct, dice: &mut Dice) -> Result<Vec<ChosenModifier>, AmountTooLarge> {
    let mut answers = Vec::new();
    for group in &product.groups {
        let known = group.modifiers.len();
        let most = usize::try_from(group.max).unwrap_or(known).min(known);
        let least = usize::try_from(group.min).unwrap_or(known).min(most);
        let wanted = if least < most && dice.chance(180) { least + 1 } else { least };
        let first = dice.place(known);
        // Neighbours in the menu's own order, so that none is chosen twice.
        let mut places: Vec<usize> = (0..wanted).map(|step| (first + step) % known).collect();
        places.sort_unstable();
        let given: Vec<&Modifier> = places.into_iter().map(|place| &group.modifiers[place]).collect();
        answers.extend(group.answered(&given)?);
    }
    Ok(answers)
}
