//! Stock: locations, the ledger of moves, and what lies where.
//!
//! What is on hand is the sum of the moves. The database itself adds each move to its level, refuses one
//! that would leave less than allowed, and refuses every other way to change a level.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, execute_each, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{
    BranchId, CommandId, LineId, LocationId, ProductId, StockMoveId, UserId, VariantId,
};
use fastops_domain::stock::{Item, MoveKind, Quantity};
use fastops_domain::time::Time;
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// The rule that [`StoreError::RuleBroken`] names when a move would leave less than allowed.
pub const LEAST_RULE: &str = "stock_level_least";

statements! {
    INSERT_LOCATION: both "INSERT INTO location (id, branch_id, name, active) VALUES ($1, $2, $3, $4)";
    LOCATIONS: both "SELECT id, branch_id, name, active FROM location WHERE branch_id = $1 ORDER BY name";
    // In the order of their levels, so that two units never wait for each other's.
    POST: each {
        sqlite:
            "INSERT INTO stock_move (id, location_id, item_id, product_id, variant_id, quantity_milli, kind,
                                     order_line_id, command_id, position, reason, at, user_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (command_id, position) DO NOTHING",
        postgres:
            "INSERT INTO stock_move (id, location_id, item_id, product_id, variant_id, quantity_milli, kind,
                                     order_line_id, command_id, position, reason, at, user_id)
             SELECT id, location, item, product, variant, quantity, kind, line, $1, position, reason, $2, $3
             FROM jsonb_to_recordset($4) AS move (
                      id UUID, location UUID, item UUID, product UUID, variant UUID, quantity BIGINT, kind TEXT,
                      line UUID, reason TEXT, position BIGINT)
             ORDER BY location, item, position
             ON CONFLICT (command_id, position) DO NOTHING",
    };
    LEVEL: both
        "SELECT location_id, product_id, variant_id, on_hand_milli, least_milli FROM stock_level
         WHERE location_id = $1 AND item_id = $2";
    LEVELS: both
        "SELECT location_id, product_id, variant_id, on_hand_milli, least_milli FROM stock_level
         WHERE location_id = $1 ORDER BY item_id";
    FREE: both
        "SELECT item_id, on_hand_milli - least_milli AS free_milli FROM stock_level
         WHERE location_id = $1 AND least_milli IS NOT NULL";
    // The new row is the one that is there, so that the rule is asked about what lies there and not about nothing.
    SET_LEAST: both
        "INSERT INTO stock_level (location_id, item_id, product_id, variant_id, on_hand_milli, least_milli,
                                  last_move_id)
         SELECT location.id, $2, $3, $4, COALESCE(on_hand_milli, 0), $5, last_move_id
         FROM location LEFT JOIN stock_level ON location_id = location.id AND item_id = $2
         WHERE location.id = $1
         ON CONFLICT (location_id, item_id) DO UPDATE SET least_milli = excluded.least_milli";
    MOVES: both
        "SELECT id, location_id, product_id, variant_id, quantity_milli, kind, order_line_id, reason, at, user_id,
                command_id
         FROM stock_move WHERE location_id = $1 AND item_id = $2 AND at >= $3 ORDER BY at, id";
    TAKEN_BY: both
        "SELECT order_line_id, location_id, product_id, variant_id,
                CAST(SUM(quantity_milli) AS BIGINT) AS quantity_milli
         FROM stock_move
         WHERE order_line_id IN (SELECT id FROM order_line WHERE id = $1 OR combo_line_id = $1)
         GROUP BY order_line_id, location_id, item_id, product_id, variant_id HAVING SUM(quantity_milli) <> 0
         ORDER BY order_line_id, location_id, item_id";
    SUM_OF_MOVES: both
        "SELECT CAST(COALESCE(SUM(quantity_milli), 0) AS BIGINT) AS n FROM stock_move
         WHERE location_id = $1 AND item_id = $2";
}

/// A place where stock lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    pub id: LocationId,
    pub branch: BranchId,
    pub name: String,
    pub active: bool,
}

/// One move about to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub id: StockMoveId,
    pub location: LocationId,
    pub item: Item,
    /// Into the location, or out of it when negative; never zero.
    pub quantity: Quantity,
    pub kind: MoveKind,
    /// The line that was sold or taken back.
    pub line: Option<LineId>,
    pub reason: Option<String>,
}

/// Who moves stock, when, and by which command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub command: CommandId,
    pub user: UserId,
    pub at: Time,
}

/// A move as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub moved: Move,
    pub by: Posting,
}

/// What lies at a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    pub location: LocationId,
    pub item: Item,
    pub on_hand: Quantity,
    /// What must stay; without it the count may fall below nothing.
    pub least: Option<Quantity>,
}

/// What the moves of one line come to at one location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub line: LineId,
    pub location: LocationId,
    pub item: Item,
    /// Negative when it left; never zero.
    pub quantity: Quantity,
}

/// A move on its way into the database, as JSON; many go in one statement.
#[derive(Serialize)]
struct NewMove<'a> {
    id: StockMoveId,
    location: LocationId,
    item: Uuid,
    product: ProductId,
    variant: Option<VariantId>,
    quantity: Quantity,
    kind: MoveKind,
    line: Option<LineId>,
    reason: Option<&'a str>,
    position: i64,
}

pub async fn insert_location(tx: &mut Tx, location: &Location) -> Result<(), StoreError> {
    execute!(tx, INSERT_LOCATION, location.id, location.branch, &location.name, location.active).map(drop)
}

/// The locations of a branch by name.
pub async fn locations(tx: &mut Tx, branch: BranchId) -> Result<Vec<Location>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(Location {
            id: row.get("id")?,
            branch: row.get("branch_id")?,
            name: row.get("name")?,
            active: row.get("active")?,
        })
    };
    fetch_all!(tx, LOCATIONS, read, branch)
}

/// Posts the moves of a command in one statement, and gives how many were new: none when the command
/// posted them before. A command posts once, with all its moves, and last of all that it does: what it moves is
/// held until its commit.
///
/// `RuleBroken` with [`LEAST_RULE`] when a level would fall below what must stay.
pub async fn post(tx: &mut Tx, by: Posting, moves: &[Move]) -> Result<u64, StoreError> {
    let rows: Vec<NewMove<'_>> = moves
        .iter()
        .zip(0..)
        .map(|(moved, position)| NewMove {
            id: moved.id,
            location: moved.location,
            item: moved.item.id(),
            product: moved.item.product,
            variant: moved.item.variant,
            quantity: moved.quantity,
            kind: moved.kind,
            line: moved.line,
            reason: moved.reason.as_deref(),
            position,
        })
        .collect();
    execute_each!(
        tx,
        POST,
        &rows,
        sqlite: |row| [
            row.id,
            row.location,
            row.item,
            row.product,
            row.variant,
            row.quantity,
            row.kind,
            row.line,
            by.command,
            row.position,
            row.reason,
            by.at,
            by.user,
        ],
        postgres: [by.command, by.at, by.user, AsJson(&rows)],
    )
}

/// What lies at a location of one item; `None` before anything of it moved or was limited there.
pub async fn level(tx: &mut Tx, location: LocationId, item: Item) -> Result<Option<Level>, StoreError> {
    fetch_optional!(tx, LEVEL, read_level, location, item.id())
}

/// What lies at a location.
pub async fn levels(tx: &mut Tx, location: LocationId) -> Result<Vec<Level>, StoreError> {
    fetch_all!(tx, LEVELS, read_level, location)
}

/// How much of each limited item may still leave a location, by the item's id; less than nothing never.
pub async fn free(tx: &mut Tx, location: LocationId) -> Result<HashMap<Uuid, Quantity>, StoreError> {
    fetch_all!(tx, FREE, |row: &Row<'_>| Ok((row.get("item_id")?, row.get("free_milli")?)), location)
}

/// What a line has taken out of stock and not given back, and with a combo all that was chosen for it.
pub async fn taken_by(tx: &mut Tx, line: LineId) -> Result<Vec<Taken>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(Taken {
            line: row.get("order_line_id")?,
            location: row.get("location_id")?,
            item: read_item(row)?,
            quantity: row.get("quantity_milli")?,
        })
    };
    fetch_all!(tx, TAKEN_BY, read, line)
}

/// Says how much of an item must stay at a location, or that nothing must; `RuleBroken` with [`LEAST_RULE`] when
/// there is less, `Stale` when there is no such location.
pub async fn set_least(
    tx: &mut Tx,
    location: LocationId,
    item: Item,
    least: Option<Quantity>,
) -> Result<(), StoreError> {
    match execute!(tx, SET_LEAST, location, item.id(), item.product, item.variant, least)? {
        1 => Ok(()),
        _ => Err(StoreError::Stale { what: "the location" }),
    }
}

/// The moves of an item at a location from `since` on, oldest first.
pub async fn moves(
    tx: &mut Tx,
    location: LocationId,
    item: Item,
    since: Time,
) -> Result<Vec<Posted>, StoreError> {
    fetch_all!(tx, MOVES, read_posted, location, item.id(), since)
}

/// The sum of an item's moves at a location: what its level must be.
pub async fn sum_of_moves(tx: &mut Tx, location: LocationId, item: Item) -> Result<Quantity, StoreError> {
    let sum = fetch_optional!(tx, SUM_OF_MOVES, |row: &Row<'_>| row.get::<Quantity>("n"), location, item.id())?;
    Ok(sum.unwrap_or_default())
}

pub(crate) fn read_item(row: &Row<'_>) -> Result<Item, StoreError> {
    Ok(Item { product: row.get("product_id")?, variant: row.get("variant_id")? })
}

fn read_level(row: &Row<'_>) -> Result<Level, StoreError> {
    Ok(Level {
        location: row.get("location_id")?,
        item: read_item(row)?,
        on_hand: row.get("on_hand_milli")?,
        least: row.get("least_milli")?,
    })
}

fn read_posted(row: &Row<'_>) -> Result<Posted, StoreError> {
    let moved = Move {
        id: row.get("id")?,
        location: row.get("location_id")?,
        item: read_item(row)?,
        quantity: row.get("quantity_milli")?,
        kind: row.get("kind")?,
        line: row.get("order_line_id")?,
        reason: row.get("reason")?,
    };
    let by = Posting { command: row.get("command_id")?, user: row.get("user_id")?, at: row.get("at")? };
    Ok(Posted { moved, by })
}
