//! Counts: what somebody found at a location, beside what the ledger expected there.
//!
//! What is expected is read when an item is entered, not when the count is posted: what is sold while the
//! rest is still being counted leaves the shelf after it was looked at, and is no difference.

use crate::columns::Row;
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::stock::{self, Move, Posting, read_item};
use crate::{StoreError, Tx};
use fastops_domain::ids::{LocationId, StockCountId, StockMoveId, UserId};
use fastops_domain::stock::{CountState, Item, MoveKind, Quantity};
use fastops_domain::time::Time;

statements! {
    OPEN: both
        "INSERT INTO stock_count (id, location_id, state, opened_at, opened_by, note)
         VALUES ($1, $2, 'open', $3, $4, $5)";
    // The count is held, so that nothing is entered into one that is being posted.
    ENTER: each {
        sqlite:
            "INSERT INTO stock_count_line (count_id, item_id, product_id, variant_id, expected_milli, counted_milli,
                                           at, user_id)
             SELECT stock_count.id, $2, $3, $4, COALESCE(on_hand_milli, 0), $5, $6, $7
             FROM stock_count
             LEFT JOIN stock_level ON stock_level.location_id = stock_count.location_id AND item_id = $2
             WHERE stock_count.id = $1 AND state = 'open'
             ON CONFLICT (count_id, item_id) DO UPDATE
             SET expected_milli = excluded.expected_milli, counted_milli = excluded.counted_milli,
                 at = excluded.at, user_id = excluded.user_id",
        postgres:
            "INSERT INTO stock_count_line (count_id, item_id, product_id, variant_id, expected_milli, counted_milli,
                                           at, user_id)
             SELECT stock_count.id, $2, $3, $4, COALESCE(on_hand_milli, 0), $5, $6, $7
             FROM stock_count
             LEFT JOIN stock_level ON stock_level.location_id = stock_count.location_id AND item_id = $2
             WHERE stock_count.id = $1 AND state = 'open'
             FOR SHARE OF stock_count
             ON CONFLICT (count_id, item_id) DO UPDATE
             SET expected_milli = excluded.expected_milli, counted_milli = excluded.counted_milli,
                 at = excluded.at, user_id = excluded.user_id",
    };
    CLOSE: both
        "UPDATE stock_count SET state = $2, closed_at = $3, closed_by = $4 WHERE id = $1 AND state = 'open'
         RETURNING location_id";
    COUNT: both
        "SELECT id, location_id, state, opened_at, opened_by, closed_at, closed_by, note
         FROM stock_count WHERE id = $1";
    LINES: both
        "SELECT product_id, variant_id, expected_milli, counted_milli, at, user_id
         FROM stock_count_line WHERE count_id = $1 ORDER BY at, item_id";
}

/// A count about to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCount {
    pub id: StockCountId,
    pub location: LocationId,
    pub at: Time,
    pub by: UserId,
    pub note: Option<String>,
}

/// A count as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    pub id: StockCountId,
    pub location: LocationId,
    pub state: CountState,
    pub opened_at: Time,
    pub opened_by: UserId,
    /// When and by whom it was posted or given up.
    pub closed: Option<(Time, UserId)>,
    pub note: Option<String>,
}

/// What was found of one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountLine {
    pub item: Item,
    /// What the ledger said when it was entered.
    pub expected: Quantity,
    pub counted: Quantity,
    pub at: Time,
    pub by: UserId,
}

impl CountLine {
    /// What was found beyond what was expected; negative when something is missing.
    pub const fn difference(&self) -> Quantity {
        Quantity(self.counted.0.saturating_sub(self.expected.0))
    }
}

pub async fn open(tx: &mut Tx, count: &NewCount) -> Result<(), StoreError> {
    execute!(tx, OPEN, count.id, count.location, count.at, count.by, count.note.as_deref()).map(drop)
}

/// Enters what was found of an item, in place of what was entered before; `Stale` when the count is not open.
pub async fn enter(
    tx: &mut Tx,
    count: StockCountId,
    item: Item,
    counted: Quantity,
    at: Time,
    by: UserId,
) -> Result<(), StoreError> {
    match execute!(tx, ENTER, count, item.id(), item.product, item.variant, counted, at, by)? {
        1 => Ok(()),
        _ => Err(STALE),
    }
}

/// Ends an open count and makes its differences moves; gives how many there were.
///
/// `Stale` when the count is not open. `RuleBroken` with [`stock::LEAST_RULE`] when less than must stay would be
/// left: something was sold that was not there, and is to be counted anew, or less must stay than was thought.
pub async fn post(
    tx: &mut Tx,
    count: StockCountId,
    by: Posting,
    new_id: &mut (dyn FnMut() -> StockMoveId + Send),
) -> Result<u64, StoreError> {
    let location = close(tx, count, CountState::Posted, by.at, by.user).await?;
    let moves: Vec<Move> = lines(tx, count)
        .await?
        .iter()
        .filter(|line| line.difference() != Quantity::ZERO)
        .map(|line| Move {
            id: new_id(),
            location,
            item: line.item,
            quantity: line.difference(),
            kind: MoveKind::Count,
            line: None,
            reason: None,
        })
        .collect();
    if moves.is_empty() { Ok(0) } else { stock::post(tx, by, &moves).await }
}

/// Gives an open count up; `Stale` when it is not open.
pub async fn cancel(tx: &mut Tx, count: StockCountId, at: Time, by: UserId) -> Result<(), StoreError> {
    close(tx, count, CountState::Cancelled, at, by).await.map(drop)
}

const STALE: StoreError = StoreError::Stale { what: "the count" };

async fn close(
    tx: &mut Tx,
    count: StockCountId,
    to: CountState,
    at: Time,
    by: UserId,
) -> Result<LocationId, StoreError> {
    let location = fetch_optional!(tx, CLOSE, |row: &Row<'_>| row.get("location_id"), count, to, at, by)?;
    location.ok_or(STALE)
}

pub async fn count(tx: &mut Tx, id: StockCountId) -> Result<Option<CountRow>, StoreError> {
    fetch_optional!(tx, COUNT, read_count, id)
}

/// What was found so far, in the order in which it was entered.
pub async fn lines(tx: &mut Tx, count: StockCountId) -> Result<Vec<CountLine>, StoreError> {
    fetch_all!(tx, LINES, read_line, count)
}

fn read_count(row: &Row<'_>) -> Result<CountRow, StoreError> {
    let (at, by): (Option<Time>, Option<UserId>) = (row.get("closed_at")?, row.get("closed_by")?);
    Ok(CountRow {
        id: row.get("id")?,
        location: row.get("location_id")?,
        state: row.get("state")?,
        opened_at: row.get("opened_at")?,
        opened_by: row.get("opened_by")?,
        closed: at.zip(by),
        note: row.get("note")?,
    })
}

fn read_line(row: &Row<'_>) -> Result<CountLine, StoreError> {
    Ok(CountLine {
        item: read_item(row)?,
        expected: row.get("expected_milli")?,
        counted: row.get("counted_milli")?,
        at: row.get("at")?,
        by: row.get("user_id")?,
    })
}
