//! How whoever ordered is reached, when the order was promised, and who handed it over: what an open order says of
//! itself besides its lines. The last word stays; that it was said, and by whom, is a fact.

use crate::order::event::insert_event;
use crate::order::moves::Change;
use crate::sql::{execute, statements};
use crate::{StoreError, Tx};
use fastops_domain::contact::Contact;
use fastops_domain::ids::OrderId;
use fastops_domain::order::OrderEventKind;
use serde_json::json;

statements! {
    DESCRIBE: both
        "UPDATE customer_order SET customer = $2, customer_id = $3, phone = $4, address = $5, courier_note = $6,
                                   promised_at = $7, covers = COALESCE($8, covers)
         WHERE id = $1 AND closed_at IS NULL";
    HAND_OVER: both
        "UPDATE customer_order SET handed_at = $2, handed_by = $3 WHERE id = $1 AND closed_at IS NULL";
    TAKE_BACK: both
        "UPDATE customer_order SET handed_at = NULL, handed_by = NULL WHERE id = $1 AND closed_at IS NULL";
}

/// Puts other words in the place of an open order's, and other guests at its table where some are counted; `changed`
/// names what is not what it was. `Stale` when it is closed or unknown.
pub async fn describe(
    tx: &mut Tx,
    order: OrderId,
    name: Option<&str>,
    contact: &Contact,
    covers: Option<u32>,
    changed: &[&str],
    change: &Change,
) -> Result<(), StoreError> {
    touched(execute!(
        tx,
        DESCRIBE,
        order,
        name,
        contact.customer,
        contact.phone.as_deref(),
        contact.address.as_deref(),
        contact.courier_note.as_deref(),
        contact.promised_at,
        covers
    )?)?;
    let detail = json!({ "changed": changed });
    insert_event(tx, &change.event(order, OrderEventKind::Described, detail)).await
}

/// Says that an open order was handed to whoever ordered it; `Stale` when it is closed or unknown.
pub async fn hand_over(tx: &mut Tx, order: OrderId, change: &Change) -> Result<(), StoreError> {
    touched(execute!(tx, HAND_OVER, order, change.at, change.user)?)?;
    insert_event(tx, &change.event(order, OrderEventKind::HandedOver, json!({}))).await
}

/// Says that an open order was not handed over after all; `Stale` when it is closed or unknown.
pub async fn take_back(tx: &mut Tx, order: OrderId, change: &Change) -> Result<(), StoreError> {
    touched(execute!(tx, TAKE_BACK, order)?)?;
    insert_event(tx, &change.event(order, OrderEventKind::TakenBack, json!({}))).await
}

const fn touched(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Stale { what: "the order" }) }
}
