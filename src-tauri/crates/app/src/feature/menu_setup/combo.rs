//! What a combo can have guests choose: all checks, before anything changes.

use super::{MAX_PRICE, MenuProblem, named};
use crate::App;
use crate::catalogue::Facts;
use crate::refusal::Refusal;
use crate::wire::{ComboChoiceView, ComboSlotView};
use fastops_domain::combo::{ComboChoice, ComboSlot, MAX_SLOTS};
use fastops_domain::ids::{ComboSlotId, ProductId, VariantId};
use fastops_domain::menu::{MAX_ANSWERS, ProductKind, can_be_answered};
use fastops_domain::money::{AmountTooLarge, Money};
use fastops_domain::stock::Item;
use fastops_store::StoreError;
use fastops_store::menu::edit;
use std::collections::HashSet;

/// Why a combo cannot have guests choose that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComboProblem {
    SlotCount {
        most: usize,
    },
    SlotEmpty {
        slot: String,
    },
    /// Two slots have one name.
    SlotTwice {
        slot: String,
    },
    /// A slot that cannot be answered with so many choices.
    SlotBounds {
        slot: String,
        min: u32,
        max: u32,
        choices: usize,
    },
    ChoiceTwice {
        slot: String,
        product: String,
    },
    /// A combo or an ingredient.
    NotAChoice {
        slot: String,
        product: String,
    },
    OffMenu {
        slot: String,
        product: String,
    },
}

fn no(problem: ComboProblem) -> Refusal {
    Refusal::Menu(MenuProblem::Combo(problem))
}

pub(super) async fn checked(
    app: &App,
    facts: &Facts,
    wanted: &[ComboSlotView],
) -> Result<Vec<ComboSlot>, Refusal> {
    if !(1..=MAX_SLOTS).contains(&wanted.len()) {
        return Err(no(ComboProblem::SlotCount { most: MAX_SLOTS }));
    }
    let (mut names, mut slots) = (HashSet::new(), Vec::with_capacity(wanted.len()));
    for slot in wanted {
        let name = named(&slot.name)?;
        if !names.insert(name.clone()) {
            return Err(no(ComboProblem::SlotTwice { slot: name }));
        }
        let (min, max, choices, repeats) = (slot.min, slot.max, slot.choices.len(), slot.repeats);
        if choices == 0 {
            return Err(no(ComboProblem::SlotEmpty { slot: name }));
        }
        // What may be taken again is never too little for the bounds.
        let answers = if repeats { choices.max(MAX_ANSWERS) } else { choices };
        if !can_be_answered(min, max, answers) {
            return Err(no(ComboProblem::SlotBounds { slot: name, min, max, choices: answers }));
        }
        let mut checked = Vec::with_capacity(choices);
        for choice in &slot.choices {
            checked.push(one(app, facts, &name, choice, &checked).await?);
        }
        slots.push(ComboSlot { id: ComboSlotId(slot.id), name, min, max, repeats, choices: checked });
    }
    Ok(slots)
}

/// A choice of the slot called `slot` that has `others` already.
async fn one(
    app: &App,
    facts: &Facts,
    slot: &str,
    wanted: &ComboChoiceView,
    others: &[ComboChoice],
) -> Result<ComboChoice, Refusal> {
    let id = ProductId(wanted.product_id);
    let Some(product) = facts.product(id) else { return Err(not_sold(app, facts, slot, id).await?) };
    let (slot, name) = (slot.to_owned(), product.name.clone());
    if product.kind != ProductKind::Product {
        return Err(no(ComboProblem::NotAChoice { slot, product: name }));
    }
    let variant = wanted.variant_id.map(VariantId);
    if variant.is_some_and(|variant| facts.variant(id, variant).is_none()) {
        return Err(Refusal::UnknownVariant { product: name });
    }
    if !(0..=MAX_PRICE).contains(&wanted.price_minor) {
        return Err(Refusal::AmountTooLarge(AmountTooLarge));
    }
    let item = Item { product: id, variant };
    if others.iter().any(|other| other.item == item) {
        return Err(no(ComboProblem::ChoiceTwice { slot, product: name }));
    }
    Ok(ComboChoice { item, price: Money(wanted.price_minor) })
}

/// Why something is no choice that is not among what is sold.
async fn not_sold(app: &App, facts: &Facts, slot: &str, id: ProductId) -> Result<Refusal, StoreError> {
    let company = facts.company.id;
    let read = app.store.read(move |tx| Box::pin(edit::product_sold_as(tx, company, id)));
    let slot = slot.to_owned();
    Ok(match read.await? {
        Some((product, ProductKind::Product)) => no(ComboProblem::OffMenu { slot, product }),
        Some((product, _)) => no(ComboProblem::NotAChoice { slot, product }),
        None => Refusal::UnknownProduct,
    })
}
