//! Batches of old orders: found, read as plain rows, and taken out of the live store.

use super::Retention;
use super::details::{Column, Kind, TABLES};
use crate::columns::{AsJson, Row, number};
use crate::sql::{execute, fetch_all, fetch_one, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, OrderId};
use fastops_domain::time::Time;
use rusqlite::types::Value;
use uuid::Uuid;

statements! {
    DUE: both
        "SELECT COUNT(*) AS n FROM customer_order
         WHERE branch_id = $1 AND closed_at < $2 AND total_minor IS NOT NULL AND archived_year IS NULL";
    // An order waits while a ticket of it or a paper about it is in a lane, failed, or finished only just now, or a line of another refers to
    // a combo of its own.
    OLDEST: both
        "SELECT id, business_day / 10000 AS year, total_minor FROM customer_order
         WHERE branch_id = $1 AND closed_at < $2 AND total_minor IS NOT NULL AND archived_year IS NULL
           AND NOT EXISTS (SELECT 1 FROM ticket JOIN print_job ON ticket_id = ticket.id
                           WHERE ticket.order_id = customer_order.id)
           AND NOT EXISTS (SELECT 1 FROM print_job WHERE print_job.order_id = customer_order.id
                             AND document IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM order_line AS combo
                           JOIN order_line AS chosen ON chosen.combo_line_id = combo.id
                           WHERE combo.current_order_id = customer_order.id
                             AND chosen.current_order_id <> customer_order.id)
         ORDER BY closed_at, id LIMIT $3";
    COUNTED: both "SELECT batch AS n FROM archived_year WHERE branch_id = $1 AND year = $2";
    MARK: each {
        sqlite:
            "UPDATE customer_order SET archived_year = $2
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))
               AND archived_year IS NULL AND total_minor IS NOT NULL",
        postgres:
            "UPDATE customer_order SET archived_year = $2
             FROM jsonb_array_elements_text($1) AS old (id)
             WHERE customer_order.id = old.id::UUID AND archived_year IS NULL AND total_minor IS NOT NULL",
    };
    FIRST_BATCH: both
        "INSERT INTO archived_year (branch_id, year, batch, orders, total_minor, at) VALUES ($1, $2, 1, $3, $4, $5)";
    NEXT_BATCH: both
        "UPDATE archived_year SET batch = batch + 1, orders = orders + $4, total_minor = total_minor + $5, at = $6
         WHERE branch_id = $1 AND year = $2 AND batch = $3 - 1";
    YEARS: both
        "SELECT year, batch, orders FROM archived_year
         WHERE branch_id = $1 AND year BETWEEN $2 AND $3 ORDER BY year";
}

/// The rows of a table, column by column.
pub(super) type Rows = Vec<Vec<Value>>;

/// A batch as it is read: everything about its orders.
#[derive(Debug)]
pub(super) struct Details {
    pub(super) year: i64,
    /// One past the last that the live store says the year's file counts.
    pub(super) batch: i64,
    pub(super) orders: Vec<OrderId>,
    pub(super) total_minor: i64,
    /// In the order of [`TABLES`].
    pub(super) tables: Vec<Rows>,
}

/// A batch on its way out.
#[derive(Debug)]
pub(super) struct Removing {
    pub(super) branch: BranchId,
    pub(super) year: i64,
    pub(super) number: i64,
    pub(super) total_minor: i64,
    pub(super) orders: Vec<OrderId>,
    pub(super) counts: Vec<u64>,
    pub(super) now: Time,
}

/// How far the file of a year counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) year: i64,
    pub(super) batch: i64,
    pub(super) orders: i64,
}

pub(super) async fn due(tx: &mut Tx, retention: Retention) -> Result<u64, StoreError> {
    let count: i64 = fetch_one!(tx, DUE, number, retention.branch, retention.closed_before)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Reads the oldest orders that may leave, all of one year, with all their details.
pub(super) async fn read_batch(
    tx: &mut Tx,
    retention: Retention,
    limit: i64,
) -> Result<Option<Details>, StoreError> {
    let Retention { branch, closed_before } = retention;
    let oldest: Vec<(OrderId, i64, i64)> = fetch_all!(
        tx,
        OLDEST,
        |row: &Row<'_>| Ok((row.get("id")?, row.get("year")?, row.get("total_minor")?)),
        branch,
        closed_before,
        limit
    )?;
    let Some((_, year, _)) = oldest.first().copied() else { return Ok(None) };
    let of_year: Vec<_> = oldest.into_iter().filter(|(_, of, _)| *of == year).collect();
    let orders: Vec<OrderId> = of_year.iter().map(|(id, ..)| *id).collect();
    let total_minor = of_year.iter().map(|(.., total)| *total).sum();
    let mut tables = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        let rows: Rows =
            fetch_all!(tx, table.read, |row: &Row<'_>| plain(row, table.columns), AsJson(&orders))?;
        tables.push(rows);
    }
    let counted: Option<i64> = fetch_optional!(tx, COUNTED, number, branch, year)?;
    Ok(Some(Details { year, batch: counted.unwrap_or(0) + 1, orders, total_minor, tables }))
}

/// A row as the file keeps it.
pub(super) fn plain(row: &Row<'_>, columns: &[Column]) -> Result<Vec<Value>, StoreError> {
    columns.iter().map(|(column, kind)| value(row, column, *kind)).collect()
}

/// A column's value as the file keeps it.
fn value(row: &Row<'_>, column: &'static str, kind: Kind) -> Result<Value, StoreError> {
    Ok(match kind {
        Kind::Id => row.get::<Option<Uuid>>(column)?.map(|id| Value::Blob(id.as_bytes().to_vec())),
        Kind::Number => row.get::<Option<i64>>(column)?.map(Value::Integer),
        Kind::Bool => row.get::<Option<bool>>(column)?.map(|yes| Value::Integer(i64::from(yes))),
        Kind::Text => row.get::<Option<String>>(column)?.map(Value::Text),
    }
    .unwrap_or(Value::Null))
}

/// Takes a batch out: marks its orders, deletes what the file has of them, and counts the file on.
///
/// `Stale` when an order is no longer as it was read, when there is more or less to delete than was copied,
/// or when another terminal has moved a batch of the same year meanwhile.
pub(super) async fn remove(tx: &mut Tx, removing: &Removing) -> Result<(), StoreError> {
    let Removing { branch, year, number, total_minor, orders, counts, now } = removing;
    let count = orders.len() as u64;
    if execute!(tx, MARK, AsJson(orders), *year)? != count {
        return Err(StoreError::Stale { what: "an old order" });
    }
    for (table, copied) in TABLES.iter().zip(counts) {
        let Some(delete) = table.delete else { continue };
        if execute!(tx, delete, AsJson(orders))? != *copied {
            return Err(StoreError::Stale { what: "an old order" });
        }
    }
    let orders = i64::try_from(count).unwrap_or_default();
    let counted = if *number == 1 {
        execute!(tx, FIRST_BATCH, *branch, *year, orders, *total_minor, *now)?
    } else {
        execute!(tx, NEXT_BATCH, *branch, *year, *number, orders, *total_minor, *now)?
    };
    if counted == 1 { Ok(()) } else { Err(StoreError::Stale { what: "the archive" }) }
}

/// The years between two of which something lies in a file.
pub(super) async fn years(
    tx: &mut Tx,
    branch: BranchId,
    from: i64,
    to: i64,
) -> Result<Vec<Counted>, StoreError> {
    fetch_all!(
        tx,
        YEARS,
        |row: &Row<'_>| Ok(Counted {
            year: row.get("year")?,
            batch: row.get("batch")?,
            orders: row.get("orders")?,
        }),
        branch,
        from,
        to
    )
}
