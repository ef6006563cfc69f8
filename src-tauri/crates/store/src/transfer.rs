//! Transfers: goods on their way from one location to another, of which not all may arrive.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, execute_each, fetch_all, fetch_optional, statements};
use crate::stock::{self, Move, Posting, read_item};
use crate::{StoreError, Tx};
use fastops_domain::ids::{LocationId, ProductId, StockMoveId, TransferId, UserId, VariantId};
use fastops_domain::stock::{Item, MoveKind, Quantity, TransferState};
use fastops_domain::time::Time;
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    INSERT: both
        "INSERT INTO transfer (id, from_location_id, to_location_id, state, created_at, created_by, note)
         VALUES ($1, $2, $3, 'draft', $4, $5, $6)";
    INSERT_LINES: each {
        sqlite:
            "INSERT INTO transfer_line (transfer_id, item_id, product_id, variant_id, quantity_milli)
             VALUES ($1, $2, $3, $4, $5)",
        postgres:
            "INSERT INTO transfer_line (transfer_id, item_id, product_id, variant_id, quantity_milli)
             SELECT $1, item, product, variant, quantity
             FROM jsonb_to_recordset($2) AS line (item UUID, product UUID, variant UUID, quantity BIGINT)",
    };
    SEND: both
        "UPDATE transfer SET state = 'sent', sent_at = $2 WHERE id = $1 AND state = 'draft'
         RETURNING from_location_id";
    RECEIVE: both
        "UPDATE transfer SET state = 'received', received_at = $2 WHERE id = $1 AND state = 'sent'
         RETURNING to_location_id";
    CANCEL: both "UPDATE transfer SET state = 'cancelled' WHERE id = $1 AND state = 'draft'";
    ARRIVED: each {
        sqlite: "UPDATE transfer_line SET received_milli = $3 WHERE transfer_id = $1 AND item_id = $2",
        postgres:
            "UPDATE transfer_line SET received_milli = quantity
             FROM jsonb_to_recordset($2) AS arrived (item UUID, quantity BIGINT)
             WHERE transfer_id = $1 AND item_id = item",
    };
    TRANSFER: both
        "SELECT id, from_location_id, to_location_id, state, created_at, created_by, sent_at, received_at, note
         FROM transfer WHERE id = $1";
    LINES: both
        "SELECT product_id, variant_id, quantity_milli, received_milli
         FROM transfer_line WHERE transfer_id = $1 ORDER BY item_id";
}

/// A transfer about to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTransfer {
    pub id: TransferId,
    pub from: LocationId,
    pub to: LocationId,
    pub at: Time,
    pub by: UserId,
    pub note: Option<String>,
    /// Each item once, more than nothing of it.
    pub lines: Vec<(Item, Quantity)>,
}

/// A transfer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferRow {
    pub id: TransferId,
    pub from: LocationId,
    pub to: LocationId,
    pub state: TransferState,
    pub created_at: Time,
    pub created_by: UserId,
    pub sent_at: Option<Time>,
    pub received_at: Option<Time>,
    pub note: Option<String>,
}

/// One item of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferLine {
    pub item: Item,
    pub quantity: Quantity,
    /// What arrived; none before the transfer was received.
    pub received: Option<Quantity>,
}

impl TransferLine {
    /// What was sent and did not arrive; negative when more arrived, none before the transfer was received.
    pub fn missing(&self) -> Option<Quantity> {
        self.received.map(|received| Quantity(self.quantity.0.saturating_sub(received.0)))
    }
}

/// A line on its way into the database, as JSON.
#[derive(Serialize)]
struct NewLine {
    item: Uuid,
    product: ProductId,
    variant: Option<VariantId>,
    quantity: Quantity,
}

/// What arrived of an item, on its way into the database, as JSON.
#[derive(Serialize)]
struct Arrived {
    item: Uuid,
    quantity: Quantity,
}

/// Writes a transfer down; nothing moves yet. `Conflict` for an item that is named twice.
pub async fn insert_transfer(tx: &mut Tx, new: &NewTransfer) -> Result<(), StoreError> {
    execute!(tx, INSERT, new.id, new.from, new.to, new.at, new.by, new.note.as_deref())?;
    let lines: Vec<NewLine> = new
        .lines
        .iter()
        .map(|(item, quantity)| NewLine {
            item: item.id(),
            product: item.product,
            variant: item.variant,
            quantity: *quantity,
        })
        .collect();
    execute_each!(
        tx,
        INSERT_LINES,
        &lines,
        sqlite: |line| [new.id, line.item, line.product, line.variant, line.quantity],
        postgres: [new.id, AsJson(&lines)],
    )
    .map(drop)
}

/// Takes what was written down out of the place that it leaves.
///
/// `Stale` when the transfer is no draft, `RuleBroken` with [`stock::LEAST_RULE`] when there is not as much.
pub async fn send(
    tx: &mut Tx,
    transfer: TransferId,
    by: Posting,
    new_id: &mut (dyn FnMut() -> StockMoveId + Send),
) -> Result<(), StoreError> {
    let from = fetch_optional!(tx, SEND, |row: &Row<'_>| row.get("from_location_id"), transfer, by.at)?;
    let from = from.ok_or(STALE)?;
    let sent = lines(tx, transfer).await?;
    carry(tx, from, by, sent.iter().map(|line| (line.item, line.quantity.reversed())), new_id).await
}

/// Puts what arrived into the place that it came to. What is not named in `arrived` did not arrive.
///
/// `Stale` when the transfer is not on its way, or when something arrived that was never sent.
pub async fn receive(
    tx: &mut Tx,
    transfer: TransferId,
    arrived: &[(Item, Quantity)],
    by: Posting,
    new_id: &mut (dyn FnMut() -> StockMoveId + Send),
) -> Result<(), StoreError> {
    let to = fetch_optional!(tx, RECEIVE, |row: &Row<'_>| row.get("to_location_id"), transfer, by.at)?;
    let to = to.ok_or(STALE)?;
    let mut named: HashMap<Uuid, Quantity> =
        arrived.iter().map(|(item, quantity)| (item.id(), *quantity)).collect();
    let received: Vec<(Item, Quantity)> = lines(tx, transfer)
        .await?
        .iter()
        .map(|line| (line.item, named.remove(&line.item.id()).unwrap_or_default()))
        .collect();
    if !named.is_empty() {
        return Err(STALE);
    }
    let rows: Vec<Arrived> =
        received.iter().map(|(item, quantity)| Arrived { item: item.id(), quantity: *quantity }).collect();
    execute_each!(
        tx,
        ARRIVED,
        &rows,
        sqlite: |row| [transfer, row.item, row.quantity],
        postgres: [transfer, AsJson(&rows)],
    )?;
    carry(tx, to, by, received.into_iter(), new_id).await
}

/// Posts what moves at one end.
async fn carry(
    tx: &mut Tx,
    location: LocationId,
    by: Posting,
    goods: impl Iterator<Item = (Item, Quantity)>,
    new_id: &mut (dyn FnMut() -> StockMoveId + Send),
) -> Result<(), StoreError> {
    let moves: Vec<Move> = goods
        .filter(|(_, quantity)| *quantity != Quantity::ZERO)
        .map(|(item, quantity)| Move {
            id: new_id(),
            location,
            item,
            quantity,
            kind: MoveKind::Transfer,
            line: None,
            reason: None,
        })
        .collect();
    if moves.is_empty() { Ok(()) } else { stock::post(tx, by, &moves).await.map(drop) }
}

/// Gives a transfer up before anything has moved; `Stale` when it is no draft.
pub async fn cancel(tx: &mut Tx, transfer: TransferId) -> Result<(), StoreError> {
    if execute!(tx, CANCEL, transfer)? == 1 { Ok(()) } else { Err(STALE) }
}

const STALE: StoreError = StoreError::Stale { what: "the transfer" };

pub async fn transfer(tx: &mut Tx, id: TransferId) -> Result<Option<TransferRow>, StoreError> {
    fetch_optional!(tx, TRANSFER, read_transfer, id)
}

/// What a transfer carries, item by item.
pub async fn lines(tx: &mut Tx, transfer: TransferId) -> Result<Vec<TransferLine>, StoreError> {
    fetch_all!(tx, LINES, read_line, transfer)
}

fn read_transfer(row: &Row<'_>) -> Result<TransferRow, StoreError> {
    Ok(TransferRow {
        id: row.get("id")?,
        from: row.get("from_location_id")?,
        to: row.get("to_location_id")?,
        state: row.get("state")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        sent_at: row.get("sent_at")?,
        received_at: row.get("received_at")?,
        note: row.get("note")?,
    })
}

fn read_line(row: &Row<'_>) -> Result<TransferLine, StoreError> {
    Ok(TransferLine {
        item: read_item(row)?,
        quantity: row.get("quantity_milli")?,
        received: row.get("received_milli")?,
    })
}
