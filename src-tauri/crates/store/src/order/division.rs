//! How the bill of an order is divided into parts. The last word stays; that it was said, and by whom, is a fact.

use crate::columns::AsJson;
use crate::order::event::insert_event;
use crate::order::moves::Change;
use crate::sql::{execute, statements};
use crate::{StoreError, Tx};
use fastops_domain::division::Division;
use fastops_domain::ids::OrderId;
use fastops_domain::order::OrderEventKind;
use serde_json::json;

statements! {
    DIVIDE: both
        "UPDATE customer_order SET division = $2, revision = revision + 1 WHERE id = $1 AND closed_at IS NULL";
}

/// Divides the bill of an open order, or joins its parts again; `Stale` when it is closed or unknown.
pub async fn divide(
    tx: &mut Tx,
    order: OrderId,
    division: Option<&Division>,
    change: &Change,
) -> Result<(), StoreError> {
    let kept = division.as_ref().map(AsJson);
    if execute!(tx, DIVIDE, order, kept)? != 1 {
        return Err(StoreError::Stale { what: "the order" });
    }
    let (kind, detail) = match division {
        Some(division) => (OrderEventKind::BillDivided, json!(division)),
        None => (OrderEventKind::BillJoined, json!({})),
    };
    insert_event(tx, &change.event(order, kind, detail)).await
}
