//! What combos have the guest choose.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::combo::{ComboChoice, ComboSlot};
use fastops_domain::ids::{BranchId, ComboSlotId, ProductId, VariantId};
use fastops_domain::money::Money;
use fastops_domain::stock::Item;
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    // A slot without a choice that is sold stays one: its combo cannot be sold then.
    COMBOS: both
        "SELECT combo_slot.product_id AS combo_id, combo_slot.id AS slot_id, combo_slot.name, min_choices, max_choices, repeats,
                combo_choice.product_id, combo_choice.variant_id, combo_choice.price_minor,
                COALESCE(offered.active AND category.active AND COALESCE(variant.active, TRUE), FALSE) AS sold
         FROM combo_slot
         JOIN product AS combo ON combo.id = combo_slot.product_id
         JOIN category AS own ON own.id = combo.category_id
         JOIN branch ON branch.company_id = own.company_id
         LEFT JOIN combo_choice ON combo_choice.slot_id = combo_slot.id
         LEFT JOIN product AS offered ON offered.id = combo_choice.product_id
         LEFT JOIN category ON category.id = offered.category_id
         LEFT JOIN variant ON variant.id = combo_choice.variant_id
         WHERE branch.id = $1
         ORDER BY combo_slot.product_id, combo_slot.position, combo_slot.id, combo_choice.position";
    FORGET_CHOICES: both
        "DELETE FROM combo_choice WHERE slot_id IN (SELECT id FROM combo_slot WHERE product_id = $1)";
    FORGET_SLOTS: both "DELETE FROM combo_slot WHERE product_id = $1";
    INSERT_SLOTS: each {
        sqlite:
            "INSERT INTO combo_slot (id, product_id, name, min_choices, max_choices, repeats, position)
             SELECT unhex(row.value ->> 'id', '-'), $1, row.value ->> 'name', row.value ->> 'min',
                    row.value ->> 'max', row.value ->> 'repeats', row.value ->> 'position'
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO combo_slot (id, product_id, name, min_choices, max_choices, repeats, position)
             SELECT id, $1, name, min, max, repeats, position
             FROM jsonb_to_recordset($2) AS slot (id UUID, name TEXT, min INTEGER, max INTEGER, repeats BOOLEAN,
                                                  position INTEGER)",
    };
    INSERT_CHOICES: each {
        sqlite:
            "INSERT INTO combo_choice (slot_id, item_id, product_id, variant_id, price_minor, position)
             SELECT unhex(row.value ->> 'slot', '-'), unhex(row.value ->> 'item', '-'),
                    unhex(row.value ->> 'product', '-'), unhex(row.value ->> 'variant', '-'),
                    row.value ->> 'price', row.value ->> 'position'
             FROM json_each($1) AS row",
        postgres:
            "INSERT INTO combo_choice (slot_id, item_id, product_id, variant_id, price_minor, position)
             SELECT slot, item, product, variant, price, position
             FROM jsonb_to_recordset($1) AS choice (slot UUID, item UUID, product UUID, variant UUID, price BIGINT,
                                                    position INTEGER)",
    };
}

/// Which of a slot's choices are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choices {
    /// What a guest can choose: products and variants on the menu.
    Sold,
    /// Whatever the house has said.
    All,
}

#[derive(Serialize)]
struct SlotRow<'a> {
    id: ComboSlotId,
    name: &'a str,
    min: u32,
    max: u32,
    repeats: bool,
    position: usize,
}

#[derive(Serialize)]
struct ChoiceRow {
    slot: ComboSlotId,
    item: Uuid,
    product: ProductId,
    variant: Option<VariantId>,
    price: Money,
    position: usize,
}

/// A slot of a combo, and one of its choices with whether that is sold.
struct Read {
    combo: ProductId,
    slot: ComboSlot,
    choice: Option<(ComboChoice, bool)>,
}

/// The slots of a branch's combos in order.
pub(super) async fn combos(
    tx: &mut Tx,
    branch: BranchId,
    which: Choices,
) -> Result<HashMap<ProductId, Vec<ComboSlot>>, StoreError> {
    let mut combos: HashMap<ProductId, Vec<ComboSlot>> = HashMap::new();
    let rows: Vec<Read> = fetch_all!(tx, COMBOS, read, branch)?;
    for Read { combo, slot, choice } in rows {
        let slots = combos.entry(combo).or_default();
        if slots.last().is_none_or(|last| last.id != slot.id) {
            slots.push(slot);
        }
        let choice = choice.filter(|(_, sold)| *sold || which == Choices::All);
        if let (Some(slot), Some((choice, _))) = (slots.last_mut(), choice) {
            slot.choices.push(choice);
        }
    }
    Ok(combos)
}

/// Says what a combo has the guest choose, in place of what was said before. What was ordered keeps its own lines.
///
/// `Conflict` when two slots have one name, or a slot has a choice twice.
pub async fn set_slots(tx: &mut Tx, combo: ProductId, slots: &[ComboSlot]) -> Result<(), StoreError> {
    execute!(tx, FORGET_CHOICES, combo)?;
    execute!(tx, FORGET_SLOTS, combo)?;
    let rows: Vec<_> = slots.iter().enumerate().map(|(position, slot)| slot_row(slot, position)).collect();
    execute!(tx, INSERT_SLOTS, combo, AsJson(&rows))?;
    let choices: Vec<ChoiceRow> = slots.iter().flat_map(choice_rows).collect();
    execute!(tx, INSERT_CHOICES, AsJson(&choices)).map(drop)
}

fn slot_row(slot: &ComboSlot, position: usize) -> SlotRow<'_> {
    let ComboSlot { id, name, min, max, repeats, .. } = slot;
    SlotRow { id: *id, name, min: *min, max: *max, repeats: *repeats, position }
}

fn choice_rows(slot: &ComboSlot) -> impl Iterator<Item = ChoiceRow> {
    slot.choices.iter().enumerate().map(|(position, choice)| ChoiceRow {
        slot: slot.id,
        item: choice.item.id(),
        product: choice.item.product,
        variant: choice.item.variant,
        price: choice.price,
        position,
    })
}

fn read(row: &Row<'_>) -> Result<Read, StoreError> {
    let slot = ComboSlot {
        id: row.get("slot_id")?,
        name: row.get("name")?,
        min: row.get("min_choices")?,
        max: row.get("max_choices")?,
        repeats: row.get("repeats")?,
        choices: Vec::new(),
    };
    let product: Option<ProductId> = row.get("product_id")?;
    let choice = match product {
        Some(product) => {
            let item = Item { product, variant: row.get("variant_id")? };
            Some((ComboChoice { item, price: row.get("price_minor")? }, row.get("sold")?))
        }
        None => None,
    };
    Ok(Read { combo: row.get("combo_id")?, slot, choice })
}
