//! From what was typed to lines that can be sold: all checks, before anything changes.

use crate::catalogue::{Facts, Prices};
use crate::refusal::{Field, Refusal};
use crate::wire::{ComboPart, NewLine};
use fastops_domain::combo::{self, Pick, PickError, Picked};
use fastops_domain::ids::{ComboSlotId, LineId, ModifierId, ProductId, VariantId};
use fastops_domain::menu::{ChoiceError, choose};
use fastops_domain::order::{
    ListedPrice, MAX_COURSE, MAX_LINES, MAX_QUANTITY, MAX_SEAT, MAX_TEXT, OrderLine,
};
use fastops_domain::stock::Item;
use fastops_domain::time::Time;
use fastops_store::variant::SoldVariant;
use std::collections::HashSet;

/// The lines as facts, priced and routed by the menu of the moment `now`.
pub(crate) fn checked(
    facts: &Facts,
    typed: &[NewLine],
    revision: u32,
    now: Time,
) -> Result<Vec<OrderLine>, Refusal> {
    if typed.is_empty() {
        return Err(Refusal::EmptyOrder);
    }
    let count = typed.iter().map(|line| 1 + line.parts.len()).sum();
    if count > MAX_LINES {
        return Err(Refusal::OutOfBounds { field: Field::Lines, least: 1, most: MAX_LINES });
    }
    let prices = facts.prices(now);
    let mut lines = Vec::with_capacity(count);
    for typed in typed {
        let line = one(facts, &prices, typed, revision)?;
        let parts = parts(facts, &prices, typed, &line)?;
        lines.push(line);
        lines.extend(parts);
    }
    let mut seen = HashSet::with_capacity(count);
    if lines.iter().all(|line| seen.insert(line.id)) { Ok(lines) } else { Err(Refusal::IdTaken) }
}

/// What was chosen for a combo: lines of their own that cost what they add to it, bear its taxes and say its words.
fn parts(
    facts: &Facts,
    prices: &Prices<'_>,
    typed: &NewLine,
    combo: &OrderLine,
) -> Result<Vec<OrderLine>, Refusal> {
    let product = || combo.name.clone();
    let pick = |part: &ComboPart| Pick {
        slot: ComboSlotId(part.slot_id),
        item: Item { product: ProductId(part.product_id), variant: part.variant_id.map(VariantId) },
    };
    let picks: Vec<Pick> = typed.parts.iter().map(pick).collect();
    let picked = combo::choose(facts.slots(combo.product), &picks).map_err(|error| match error {
        PickError::Missing { slot, min } => Refusal::ModifierMissing { product: product(), group: slot, min },
        PickError::TooMany { slot, max } => {
            Refusal::TooManyModifiers { product: product(), group: slot, max }
        }
        PickError::NotOffered(_) => Refusal::BadModifier { product: product() },
    })?;
    let line = |picked: Picked| {
        let line = OrderLine {
            price: picked.price,
            taxes: combo.taxes.clone(),
            combo: Some(combo.id),
            listed: None,
            ..one(facts, prices, &as_typed(typed, &typed.parts[picked.at]), combo.revision)?
        };
        line.amount()?;
        Ok(line)
    };
    picked.into_iter().map(line).collect()
}

/// A part of a combo as if it had been typed by itself.
fn as_typed(combo: &NewLine, part: &ComboPart) -> NewLine {
    NewLine {
        id: part.id,
        product_id: part.product_id,
        variant_id: part.variant_id,
        modifier_ids: part.modifier_ids.clone(),
        parts: Vec::new(),
        ..combo.clone()
    }
}

fn one(facts: &Facts, prices: &Prices<'_>, typed: &NewLine, revision: u32) -> Result<OrderLine, Refusal> {
    let product = facts.product(ProductId(typed.product_id)).ok_or(Refusal::UnknownProduct)?;
    let variant = match typed.variant_id.map(VariantId) {
        Some(id) => Some(
            facts
                .variant(product.id, id)
                .ok_or_else(|| Refusal::UnknownVariant { product: product.name.clone() })?,
        ),
        None if facts.variants(product.id).next().is_some() => {
            return Err(Refusal::VariantMissing { product: product.name.clone() });
        }
        None => None,
    };
    let name = || sold_as(&product.name, variant);
    if product.sold_out {
        return Err(Refusal::SoldOut { product: name() });
    }
    if !(1..=MAX_QUANTITY).contains(&typed.quantity) {
        let (quantity, most) = (typed.quantity, MAX_QUANTITY);
        return Err(Refusal::BadQuantity { product: name(), quantity, most });
    }
    if !(1..=MAX_COURSE).contains(&typed.course) {
        return Err(Refusal::OutOfBounds { field: Field::Course, least: 1, most: usize::from(MAX_COURSE) });
    }
    if typed.seat.is_some_and(|seat| seat > MAX_SEAT) {
        return Err(Refusal::OutOfBounds { field: Field::Seat, least: 0, most: usize::from(MAX_SEAT) });
    }
    let chosen: Vec<ModifierId> = typed.modifier_ids.iter().copied().map(ModifierId).collect();
    let groups: Vec<_> = facts.groups(product.id).cloned().collect();
    let modifiers = choose(&groups, &chosen).map_err(|error| match error {
        ChoiceError::Missing { group, min } => Refusal::ModifierMissing { product: name(), group, min },
        ChoiceError::TooMany { group, max } => Refusal::TooManyModifiers { product: name(), group, max },
        ChoiceError::TooLarge(error) => Refusal::AmountTooLarge(error),
        ChoiceError::Unknown(_) | ChoiceError::Twice(_) => Refusal::BadModifier { product: name() },
    })?;
    let taxes = product.taxes.iter().map(|id| facts.menu.taxes.get(id).cloned()).collect::<Option<_>>();
    let taxes = taxes.ok_or(Refusal::UnknownProduct)?;
    let cost = prices.priced(product, variant);
    let listed = cost.by.map(|list| ListedPrice { list: list.name.clone(), ordinary: cost.ordinary });
    let line = OrderLine {
        id: LineId(typed.id),
        product: product.id,
        variant: variant.map(|variant| variant.id),
        name: name(),
        quantity: typed.quantity,
        price: cost.price,
        modifiers,
        taxes,
        note: text(typed.note.as_deref(), Field::Note)?,
        allergy: text(typed.allergy.as_deref(), Field::Allergy)?,
        course: typed.course,
        seat: typed.seat.filter(|seat| *seat > 0),
        held: typed.held,
        fired_at: None,
        station: facts.route(product),
        revision,
        combo: None,
        listed,
        voided: false,
    };
    line.amount()?;
    Ok(line)
}

/// What the combo is called that a line was chosen for; its own line is among `lines`.
pub(crate) fn combo_name<'l>(line: &OrderLine, lines: &'l [OrderLine]) -> Option<&'l str> {
    let combo = line.combo?;
    lines.iter().find(|other| other.id == combo).map(|other| other.name.as_str())
}

/// Refuses a part of a combo when the combo itself does not go.
pub(crate) fn stays_in_combo(
    line: &OrderLine,
    there: &[OrderLine],
    goes: impl Fn(LineId) -> bool,
) -> Result<(), Refusal> {
    match line.combo.filter(|combo| !goes(*combo)) {
        Some(_) => Err(Refusal::PartOfCombo {
            product: line.name.clone(),
            combo: combo_name(line, there).unwrap_or_default().to_owned(),
        }),
        None => Ok(()),
    }
}

/// What a product, or one variant of it, is called where it is sold.
pub(crate) fn sold_as(product: &str, variant: Option<&SoldVariant>) -> String {
    match variant {
        Some(variant) => format!("{product} · {}", variant.name),
        None => product.to_owned(),
    }
}

/// A text that a person typed: trimmed, none when empty, refused when too long.
pub(crate) fn text(typed: Option<&str>, field: Field) -> Result<Option<String>, Refusal> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else { return Ok(None) };
    if typed.chars().count() > MAX_TEXT {
        return Err(Refusal::OutOfBounds { field, least: 0, most: MAX_TEXT });
    }
    Ok(Some(typed.to_owned()))
}
