//! What an open order is served as: at a table, to take away, brought, at the counter. Its number stays that of the
//! type that it was taken as; the last word stays, and that it was said, and by whom, is a fact.

use crate::columns::number;
use crate::order::OrderRow;
use crate::order::event::insert_event;
use crate::order::moves::Change;
use crate::sql::{fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::TableId;
use fastops_domain::order::{OrderEventKind, OrderType};
use serde_json::json;

statements! {
    // What was handed over is not any more.
    SET_TYPE: both
        "UPDATE customer_order SET served_as = NULLIF($4, order_type), table_id = $5, handed_at = NULL, handed_by = NULL,
                                   revision = revision + 1
         WHERE id = $1 AND closed_at IS NULL AND COALESCE(served_as, order_type) = $2
           AND table_id IS NOT DISTINCT FROM $3
         RETURNING revision AS n";
}

/// Serves an open order, as it was read, as something else, at a table or at none; gives its revision. `Stale` when it
/// is closed, or no longer served so there.
pub async fn change_type(
    tx: &mut Tx,
    order: &OrderRow,
    to: OrderType,
    table: Option<TableId>,
    change: &Change,
) -> Result<u32, StoreError> {
    let revision = fetch_optional!(tx, SET_TYPE, number, order.id, order.order_type, order.table, to, table)?;
    let revision = revision.ok_or(StoreError::Stale { what: "the order" })?;
    let detail = json!({
        "from": order.order_type, "to": to, "from_table": order.table, "to_table": table,
    });
    insert_event(tx, &change.event(order.id, OrderEventKind::TypeChanged, detail)).await?;
    Ok(revision)
}
