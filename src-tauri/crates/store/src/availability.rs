//! What somebody said is left of a product, and how many of the units that they said are left.
//!
//! Whoever counts down holds the rows first, in one order, so that two units never wait for each other.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, execute_each, fetch_all, statements};
use crate::{StoreError, Tx, menu};
use fastops_domain::ids::{BranchId, LineId, ProductId, UserId};
use fastops_domain::time::Time;
use serde::Serialize;
use std::collections::HashMap;

statements! {
    SAID: both "SELECT product_id, units, ends_at, said_by, said_at FROM availability WHERE branch_id = $1";
    SAY: both
        "INSERT INTO availability (branch_id, product_id, units, ends_at, said_by, said_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (branch_id, product_id) DO UPDATE
         SET units = excluded.units, ends_at = excluded.ends_at, said_by = excluded.said_by,
             said_at = excluded.said_at";
    UNSAY: both "DELETE FROM availability WHERE branch_id = $1 AND product_id = $2";
    END_SAID: both "DELETE FROM availability WHERE branch_id = $1 AND ends_at <= $2 RETURNING product_id";
    SELL_AGAIN: each {
        sqlite: "UPDATE product SET sold_out = 0 WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "UPDATE product SET sold_out = FALSE
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    START: both
        "INSERT INTO countdown (branch_id, product_id, left_units) VALUES ($1, $2, $3)
         ON CONFLICT (branch_id, product_id) DO UPDATE SET left_units = excluded.left_units";
    LEFT: both
        "SELECT countdown.product_id, left_units
         FROM countdown
         JOIN availability ON availability.branch_id = countdown.branch_id
                          AND availability.product_id = countdown.product_id
         WHERE countdown.branch_id = $1 AND units > 0";
    // On SQLite whoever writes is alone.
    HOLD: each {
        sqlite:
            "SELECT product_id, left_units FROM countdown
             WHERE branch_id = $1 AND product_id IN (SELECT unhex(value, '-') FROM json_each($2))",
        postgres:
            "SELECT product_id, left_units FROM countdown
             WHERE branch_id = $1 AND product_id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($2)))
             ORDER BY product_id FOR UPDATE",
    };
    COUNT_DOWN: each {
        sqlite: "UPDATE countdown SET left_units = left_units - $3 WHERE branch_id = $1 AND product_id = $2",
        postgres:
            "UPDATE countdown SET left_units = left_units - sold.units
             FROM jsonb_to_recordset($2) AS sold (product UUID, units BIGINT)
             WHERE branch_id = $1 AND product_id = sold.product",
    };
    // Of what was sold before somebody said how much is left, nothing was counted.
    GIVE_BACK: each {
        sqlite:
            "UPDATE countdown SET left_units = left_units + back.units
             FROM (SELECT order_line.product_id, SUM(quantity) AS units
                   FROM order_line
                   JOIN availability ON branch_id = $1 AND availability.product_id = order_line.product_id
                   WHERE order_line.id IN (SELECT unhex(value, '-') FROM json_each($2)) AND created_at >= said_at
                   GROUP BY order_line.product_id) AS back
             WHERE branch_id = $1 AND countdown.product_id = back.product_id",
        postgres:
            "UPDATE countdown SET left_units = left_units + back.units
             FROM (SELECT order_line.product_id, CAST(SUM(quantity) AS BIGINT) AS units
                   FROM order_line
                   JOIN availability ON branch_id = $1 AND availability.product_id = order_line.product_id
                   WHERE order_line.id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($2)))
                     AND created_at >= said_at
                   GROUP BY order_line.product_id) AS back
             WHERE branch_id = $1 AND countdown.product_id = back.product_id",
    };
}

/// What somebody said is left of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Units that there were when it was said; 0 says that it is sold out.
    pub units: i64,
    /// When it is over by itself; never when there is none.
    pub ends_at: Option<Time>,
    pub by: UserId,
    pub at: Time,
}

/// Units of a product that are counted down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sold {
    pub product: ProductId,
    pub units: i64,
}

/// What was said of a branch's products.
pub async fn said(tx: &mut Tx, branch: BranchId) -> Result<HashMap<ProductId, Said>, StoreError> {
    let read = |row: &Row<'_>| {
        let said = Said {
            units: row.get("units")?,
            ends_at: row.get("ends_at")?,
            by: row.get("said_by")?,
            at: row.get("said_at")?,
        };
        Ok((row.get("product_id")?, said))
    };
    fetch_all!(tx, SAID, read, branch)
}

/// Says how much is left of a product in place of what was said before, or that there is as much as is asked for; false
/// when there is no such product.
pub async fn say(
    tx: &mut Tx,
    branch: BranchId,
    product: ProductId,
    said: Option<Said>,
) -> Result<bool, StoreError> {
    match said {
        Some(Said { units, ends_at, by, at }) => {
            if units > 0 {
                execute!(tx, START, branch, product, units)?;
            }
            execute!(tx, SAY, branch, product, units, ends_at, by, at)?;
        }
        None => {
            execute!(tx, UNSAY, branch, product)?;
        }
    }
    menu::set_sold_out(tx, product, said.is_some_and(|said| said.units == 0)).await
}

/// Forgets what was said for a time that is over, and says of how many products that was.
pub async fn end(tx: &mut Tx, branch: BranchId, now: Time) -> Result<usize, StoreError> {
    let over: Vec<ProductId> =
        fetch_all!(tx, END_SAID, |row: &Row<'_>| row.get("product_id"), branch, now)?;
    if !over.is_empty() {
        execute!(tx, SELL_AGAIN, AsJson(&over))?;
    }
    Ok(over.len())
}

/// How many units are left of each product that is counted down.
pub async fn left(tx: &mut Tx, branch: BranchId) -> Result<HashMap<ProductId, i64>, StoreError> {
    fetch_all!(tx, LEFT, read_left, branch)
}

/// The same of some products, which nobody else counts down until this unit of work ends. It comes before all that
/// moves stock.
pub async fn hold(
    tx: &mut Tx,
    branch: BranchId,
    products: &[ProductId],
) -> Result<HashMap<ProductId, i64>, StoreError> {
    fetch_all!(tx, HOLD, read_left, branch, AsJson(&products))
}

/// Counts down what was sold, each product once; `RuleBroken` when there was less of one.
pub async fn count_down(tx: &mut Tx, branch: BranchId, sold: &[Sold]) -> Result<(), StoreError> {
    execute_each!(
        tx,
        COUNT_DOWN,
        sold,
        sqlite: |row| [branch, row.product, row.units],
        postgres: [branch, AsJson(&sold)],
    )
    .map(drop)
}

/// Counts what lines have taken since it was said back up.
pub async fn give_back(tx: &mut Tx, branch: BranchId, lines: &[LineId]) -> Result<(), StoreError> {
    execute!(tx, GIVE_BACK, branch, AsJson(&lines)).map(drop)
}

fn read_left(row: &Row<'_>) -> Result<(ProductId, i64), StoreError> {
    Ok((row.get("product_id")?, row.get("left_units")?))
}
