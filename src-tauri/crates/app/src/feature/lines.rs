//! From what was typed to lines that can be sold: all checks, before anything changes.

use crate::catalogue::{Facts, Prices};
use crate::refusal::{Field, Refusal};
use crate::wire::NewLine;
use fastops_domain::ids::{LineId, ModifierId, ProductId, VariantId};
use fastops_domain::menu::{ChoiceError, choose};
use fastops_domain::order::{MAX_COURSE, MAX_LINES, MAX_QUANTITY, MAX_SEAT, MAX_TEXT, OrderLine};
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
    if typed.len() > MAX_LINES {
        return Err(Refusal::OutOfBounds { field: Field::Lines, least: 1, most: MAX_LINES });
    }
    let prices = facts.prices(now);
    let mut seen = HashSet::with_capacity(typed.len());
    typed
        .iter()
        .map(
            |line| {
                if seen.insert(line.id) { one(facts, &prices, line, revision) } else { Err(Refusal::IdTaken) }
            },
        )
        .collect()
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
    let modifiers = choose(&facts.groups(product.id), &chosen).map_err(|error| match error {
        ChoiceError::Missing { group, min } => Refusal::ModifierMissing { product: name(), group, min },
        ChoiceError::TooMany { group, max } => Refusal::TooManyModifiers { product: name(), group, max },
        ChoiceError::Unknown(_) | ChoiceError::Twice(_) => Refusal::BadModifier { product: name() },
    })?;
    let taxes = product.taxes.iter().map(|id| facts.menu.taxes.get(id).cloned()).collect::<Option<_>>();
    let taxes = taxes.ok_or(Refusal::UnknownProduct)?;
    let line = OrderLine {
        id: LineId(typed.id),
        product: product.id,
        variant: variant.map(|variant| variant.id),
        name: name(),
        quantity: typed.quantity,
        price: prices.of(product, variant),
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
        voided: false,
    };
    line.amount()?;
    Ok(line)
}

/// What papers and screens call a product, or a variant of it.
fn sold_as(product: &str, variant: Option<&SoldVariant>) -> String {
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
