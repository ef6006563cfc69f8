//! Closing an order: its figures are posted once, and every report reads them from then on.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{OrderId, UserId};
use fastops_domain::money::Money;
use fastops_domain::order::{Posting, TaxTotal};
use fastops_domain::tax::{Tax, TaxMode, Taxed};
use fastops_domain::time::Time;
use serde::Serialize;

statements! {
    CLOSE: both
        "UPDATE customer_order
         SET closed_at = $3, closed_by = $4, business_day = $5, net_minor = $6, tax_minor = $7, total_minor = $8
         WHERE id = $1 AND revision = $2 AND closed_at IS NULL";
    INSERT_TAXES: each {
        sqlite:
            "INSERT INTO order_tax (order_id, position, name, rate_bp, mode, base_minor, amount_minor)
             SELECT $1, tax.key, tax.value ->> 'name', tax.value ->> 'rate_bp', tax.value ->> 'mode',
                    tax.value ->> 'base_minor', tax.value ->> 'amount_minor'
             FROM json_each($2) AS tax",
        postgres:
            "INSERT INTO order_tax (order_id, position, name, rate_bp, mode, base_minor, amount_minor)
             SELECT $1, place - 1, name, rate_bp, mode, base_minor, amount_minor
             FROM ROWS FROM (jsonb_to_recordset($2) AS (
                      name TEXT, rate_bp BIGINT, mode TEXT, base_minor BIGINT, amount_minor BIGINT))
                  WITH ORDINALITY AS tax (name, rate_bp, mode, base_minor, amount_minor, place)",
    };
    POSTED: both
        "SELECT closed_at, closed_by, business_day, net_minor, tax_minor, total_minor
         FROM customer_order WHERE id = $1 AND total_minor IS NOT NULL";
    POSTED_TAXES: both
        "SELECT name, rate_bp, mode, base_minor, amount_minor FROM order_tax WHERE order_id = $1 ORDER BY position";
}

/// An order about to be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing<'a> {
    pub order: OrderId,
    /// The revision whose lines `posting` is made of.
    pub revision: u32,
    pub at: Time,
    pub by: UserId,
    pub day: BusinessDay,
    pub posting: &'a Posting,
}

/// A closed order's figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub at: Time,
    pub by: UserId,
    pub day: BusinessDay,
    pub posting: Posting,
}

/// A tax on its way into the database, as JSON.
#[derive(Serialize)]
struct NewTax<'a> {
    name: &'a str,
    rate_bp: u32,
    mode: TaxMode,
    base_minor: Money,
    amount_minor: Money,
}

/// Closes an order with its figures.
///
/// `Stale` when it is closed, or when anything was added, voided or moved since the revision that the
/// figures are made of.
pub async fn close_order(tx: &mut Tx, closing: &Closing<'_>) -> Result<(), StoreError> {
    let Closing { order, revision, at, by, day, posting } = closing;
    let Taxed { net, tax, total } = posting.sum;
    if execute!(tx, CLOSE, *order, *revision, *at, *by, day.ymd(), net, tax, total)? != 1 {
        return Err(StoreError::Stale { what: "the order" });
    }
    if posting.taxes.is_empty() {
        return Ok(());
    }
    let taxes: Vec<NewTax<'_>> = posting.taxes.iter().map(new_tax).collect();
    execute!(tx, INSERT_TAXES, *order, AsJson(&taxes)).map(drop)
}

fn new_tax(total: &TaxTotal) -> NewTax<'_> {
    NewTax {
        name: &total.tax.name,
        rate_bp: total.tax.rate_bp,
        mode: total.tax.mode,
        base_minor: total.base,
        amount_minor: total.amount,
    }
}

/// The figures of a closed order; none while it is open.
pub async fn posted(tx: &mut Tx, order: OrderId) -> Result<Option<Posted>, StoreError> {
    let Some(mut posted) = fetch_optional!(tx, POSTED, read_posted, order)? else { return Ok(None) };
    posted.posting.taxes = fetch_all!(tx, POSTED_TAXES, read_tax, order)?;
    Ok(Some(posted))
}

fn read_posted(row: &Row<'_>) -> Result<Posted, StoreError> {
    let sum = Taxed { net: row.get("net_minor")?, tax: row.get("tax_minor")?, total: row.get("total_minor")? };
    Ok(Posted {
        at: row.get("closed_at")?,
        by: row.get("closed_by")?,
        day: read_day(row)?,
        posting: Posting { sum, taxes: Vec::new() },
    })
}

/// Reads the column `business_day`.
pub(crate) fn read_day(row: &Row<'_>) -> Result<BusinessDay, StoreError> {
    let ymd: i64 = row.get("business_day")?;
    BusinessDay::from_ymd(ymd)
        .ok_or_else(|| StoreError::Decode { column: "business_day", reason: format!("{ymd} is no date") })
}

fn read_tax(row: &Row<'_>) -> Result<TaxTotal, StoreError> {
    Ok(TaxTotal {
        tax: Tax { name: row.get("name")?, rate_bp: row.get("rate_bp")?, mode: row.get("mode")? },
        base: row.get("base_minor")?,
        amount: row.get("amount_minor")?,
    })
}
