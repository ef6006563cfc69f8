//! What happened to an order that no line, void, move or payment tells of: facts, never changed.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{OrderEventId, OrderId, TerminalId, UserId};
use fastops_domain::order::OrderEventKind;
use fastops_domain::time::Time;

statements! {
    INSERT_EVENT: both
        "INSERT INTO order_event (id, order_id, at, user_id, terminal_id, kind, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    EVENTS: both
        "SELECT id, order_id, at, user_id, terminal_id, kind, detail
         FROM order_event WHERE order_id = $1 ORDER BY at, id";
}

/// One thing that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderEvent {
    pub id: OrderEventId,
    pub order: OrderId,
    pub at: Time,
    pub user: UserId,
    pub terminal: TerminalId,
    pub kind: OrderEventKind,
    pub detail: serde_json::Value,
}

pub async fn insert_event(tx: &mut Tx, event: &OrderEvent) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_EVENT,
        event.id,
        event.order,
        event.at,
        event.user,
        event.terminal,
        event.kind,
        AsJson(&event.detail)
    )
    .map(drop)
}

/// What happened to an order, in order.
pub async fn events(tx: &mut Tx, order: OrderId) -> Result<Vec<OrderEvent>, StoreError> {
    fetch_all!(tx, EVENTS, read, order)
}

fn read(row: &Row<'_>) -> Result<OrderEvent, StoreError> {
    Ok(OrderEvent {
        id: row.get("id")?,
        order: row.get("order_id")?,
        at: row.get("at")?,
        user: row.get("user_id")?,
        terminal: row.get("terminal_id")?,
        kind: row.get("kind")?,
        detail: row.json("detail")?,
    })
}
