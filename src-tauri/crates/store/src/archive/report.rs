//! Reports over all the years: what lies in the live store and what lies in files, each order once.

use super::file::YearFile;
use super::rows::{Counted, years};
use super::{Archive, ArchiveError};
use crate::columns::Row;
use crate::error::EngineError;
use crate::sql::{fetch_all, statements};
use crate::{Store, StoreError, Tx};
use fastops_domain::ids::{BranchId, LineId, OrderId, ProductId};
use fastops_domain::money::Money;
use fastops_domain::order::OrderType;
use fastops_domain::time::Time;
use rusqlite::types::FromSqlError;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

statements! {
    SALES: each {
        sqlite:
            "SELECT product_id, business_day / 100 AS month, SUM(quantity) AS quantity,
                    SUM(quantity * (price_minor + COALESCE(
                        (SELECT SUM(value ->> 'price') FROM json_each(modifiers)), 0))) AS amount_minor
             FROM customer_order JOIN order_line ON current_order_id = customer_order.id
             WHERE branch_id = $1 AND business_day BETWEEN $2 AND $3 AND archived_year IS NULL
               AND NOT EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id)
             GROUP BY product_id, business_day / 100",
        postgres:
            "SELECT product_id, business_day / 100 AS month, CAST(SUM(quantity) AS BIGINT) AS quantity,
                    CAST(SUM(quantity * (price_minor + COALESCE(
                        (SELECT SUM((value ->> 'price')::BIGINT) FROM jsonb_array_elements(modifiers)), 0)))
                        AS BIGINT) AS amount_minor
             FROM customer_order JOIN order_line ON current_order_id = customer_order.id
             WHERE branch_id = $1 AND business_day BETWEEN $2 AND $3 AND archived_year IS NULL
               AND NOT EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id)
             GROUP BY product_id, business_day / 100",
    };
    // Every order has its row here, wherever its details are.
    ORDERS: both
        "SELECT id, order_type, number, business_day, closed_at, total_minor
         FROM customer_order WHERE branch_id = $1 AND business_day BETWEEN $2 AND $3
         ORDER BY business_day, closed_at, id";
    LINES: both
        "SELECT order_line.id, current_order_id, product_id, name, quantity, price_minor,
                EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id) AS voided
         FROM customer_order JOIN order_line ON current_order_id = customer_order.id
         WHERE branch_id = $1 AND business_day BETWEEN $2 AND $3 AND archived_year IS NULL
         ORDER BY order_line.revision, position, order_line.id";
}

/// The same questions, put to the file of a year; `?4` is how far it counts.
const ARCHIVED_SALES: &str = "SELECT product_id, business_day / 100 AS month, SUM(quantity) AS quantity,
            SUM(quantity * (price_minor + COALESCE(
                (SELECT SUM(value ->> 'price') FROM json_each(modifiers)), 0))) AS amount_minor
     FROM customer_order JOIN order_line ON current_order_id = customer_order.id AND order_line.batch <= ?4
     WHERE branch_id = ?1 AND business_day BETWEEN ?2 AND ?3 AND customer_order.batch <= ?4
       AND NOT EXISTS (SELECT 1 FROM order_line_void AS void
                       WHERE void.line_id = order_line.id AND void.batch = order_line.batch)
     GROUP BY product_id, business_day / 100";
const ARCHIVED_LINES: &str =
    "SELECT order_line.id, current_order_id, product_id, name, quantity, order_line.price_minor,
            EXISTS (SELECT 1 FROM order_line_void AS void
                    WHERE void.line_id = order_line.id AND void.batch = order_line.batch) AS voided
     FROM customer_order JOIN order_line ON current_order_id = customer_order.id AND order_line.batch <= ?4
     WHERE branch_id = ?1 AND business_day BETWEEN ?2 AND ?3 AND customer_order.batch <= ?4
     ORDER BY order_line.revision, position, order_line.id";

/// What was sold of a product in a month, without what was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductSales {
    pub product: ProductId,
    /// yyyymm.
    pub month: i64,
    pub quantity: i64,
    /// At the menu's prices, answers included, before taxes that come on top.
    pub amount: Money,
}

/// A line of an order, wherever it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedLine {
    pub id: LineId,
    pub product: ProductId,
    pub name: String,
    pub quantity: i64,
    pub price: Money,
    pub voided: bool,
}

/// A closed order with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDetail {
    pub id: OrderId,
    pub order_type: OrderType,
    pub number: i64,
    /// yyyymmdd.
    pub business_day: i64,
    pub closed_at: Time,
    pub total: Money,
    pub lines: Vec<ArchivedLine>,
}

type Line = (OrderId, ArchivedLine);
/// Orders, the lines that lie in the live store, and how far each year's file counts.
type LiveOrders = (Vec<OrderDetail>, Vec<Line>, Vec<Counted>);

/// The closed orders from a day to another (yyyymmdd), oldest first, wherever their details lie.
pub async fn closed_orders(
    tx: &mut Tx,
    branch: BranchId,
    (from, to): (i64, i64),
) -> Result<Vec<OrderId>, StoreError> {
    fetch_all!(tx, ORDERS, |row: &Row<'_>| row.get("id"), branch, from, to)
}

impl Archive {
    /// What was sold of each product in each month, from the day `from` to the day `to` (yyyymmdd).
    pub async fn sales(
        &self,
        store: &Store,
        branch: BranchId,
        (from, to): (i64, i64),
    ) -> Result<Vec<ProductSales>, ArchiveError> {
        let read = store.read(move |tx| Box::pin(live_sales(tx, branch, from, to)));
        let read: Result<(Vec<ProductSales>, Vec<Counted>), StoreError> = read.await;
        let (mut sales, counted) = read?;
        sales.extend(self.ask(branch, counted, (from, to), ARCHIVED_SALES, archived_sales).await?);
        let mut sums: BTreeMap<(ProductId, i64), (i64, i64)> = BTreeMap::new();
        for part in sales {
            let sum = sums.entry((part.product, part.month)).or_default();
            *sum = (sum.0 + part.quantity, sum.1 + part.amount.0);
        }
        let sale = |((product, month), (quantity, amount))| ProductSales {
            product,
            month,
            quantity,
            amount: Money(amount),
        };
        Ok(sums.into_iter().map(sale).collect())
    }

    /// The closed orders from the day `from` to the day `to` (yyyymmdd), each with its lines.
    pub async fn orders_between(
        &self,
        store: &Store,
        branch: BranchId,
        (from, to): (i64, i64),
    ) -> Result<Vec<OrderDetail>, ArchiveError> {
        let read = store.read(move |tx| Box::pin(live_orders(tx, branch, from, to)));
        let read: Result<LiveOrders, StoreError> = read.await;
        let (mut orders, mut lines, counted) = read?;
        lines.extend(self.ask(branch, counted, (from, to), ARCHIVED_LINES, archived_line).await?);
        let mut of_order: HashMap<OrderId, Vec<ArchivedLine>> = HashMap::new();
        for (order, line) in lines {
            of_order.entry(order).or_default().push(line);
        }
        for order in &mut orders {
            order.lines = of_order.remove(&order.id).unwrap_or_default();
        }
        Ok(orders)
    }

    /// Puts one question to the file of every year.
    async fn ask<T: Send + 'static>(
        &self,
        branch: BranchId,
        counted: Vec<Counted>,
        (from, to): (i64, i64),
        question: &'static str,
        read: fn(&rusqlite::Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Vec<T>, ArchiveError> {
        let archive = Arc::new(self.clone());
        let asking = tokio::task::spawn_blocking(move || {
            let mut answers = Vec::new();
            for year in counted {
                let file = YearFile::read(&archive.file(branch, year.year), year)?;
                let asked = || -> Result<Vec<T>, EngineError> {
                    let mut statement = file.connection().prepare(question)?;
                    let branch: &[u8] = branch.0.as_bytes();
                    let rows = statement.query_map((branch, from, to, year.batch), read)?;
                    Ok(rows.collect::<Result<_, _>>()?)
                };
                answers.extend(asked().map_err(StoreError::from)?);
            }
            Ok(answers)
        });
        asking.await.map_err(|_| ArchiveError::Interrupted)?
    }
}

/// Both parts are of one moment: what leaves afterwards is in a batch that is not counted yet.
async fn live_sales(
    tx: &mut Tx,
    branch: BranchId,
    from: i64,
    to: i64,
) -> Result<(Vec<ProductSales>, Vec<Counted>), StoreError> {
    let sales = fetch_all!(
        tx,
        SALES,
        |row: &Row<'_>| Ok(ProductSales {
            product: row.get("product_id")?,
            month: row.get("month")?,
            quantity: row.get("quantity")?,
            amount: row.get("amount_minor")?,
        }),
        branch,
        from,
        to
    )?;
    Ok((sales, years(tx, branch, from / 10_000, to / 10_000).await?))
}

async fn live_orders(tx: &mut Tx, branch: BranchId, from: i64, to: i64) -> Result<LiveOrders, StoreError> {
    let orders = fetch_all!(
        tx,
        ORDERS,
        |row: &Row<'_>| Ok(OrderDetail {
            id: row.get("id")?,
            order_type: row.get("order_type")?,
            number: row.get("number")?,
            business_day: row.get("business_day")?,
            closed_at: row.get("closed_at")?,
            total: row.get("total_minor")?,
            lines: Vec::new(),
        }),
        branch,
        from,
        to
    )?;
    let lines = fetch_all!(
        tx,
        LINES,
        |row: &Row<'_>| Ok((
            row.get("current_order_id")?,
            ArchivedLine {
                id: row.get("id")?,
                product: row.get("product_id")?,
                name: row.get("name")?,
                quantity: row.get("quantity")?,
                price: row.get("price_minor")?,
                voided: row.get("voided")?,
            }
        )),
        branch,
        from,
        to
    )?;
    Ok((orders, lines, years(tx, branch, from / 10_000, to / 10_000).await?))
}

fn id(row: &rusqlite::Row<'_>, column: &str) -> Result<Uuid, rusqlite::Error> {
    let value = row.get_ref(column)?;
    let bytes = value.as_blob().map_err(rusqlite::Error::from)?;
    Uuid::from_slice(bytes).map_err(|error| FromSqlError::other(error).into())
}

fn archived_sales(row: &rusqlite::Row<'_>) -> Result<ProductSales, rusqlite::Error> {
    Ok(ProductSales {
        product: ProductId(id(row, "product_id")?),
        month: row.get("month")?,
        quantity: row.get("quantity")?,
        amount: Money(row.get("amount_minor")?),
    })
}

fn archived_line(row: &rusqlite::Row<'_>) -> Result<Line, rusqlite::Error> {
    let line = ArchivedLine {
        id: LineId(id(row, "id")?),
        product: ProductId(id(row, "product_id")?),
        name: row.get("name")?,
        quantity: row.get("quantity")?,
        price: Money(row.get("price_minor")?),
        voided: row.get("voided")?,
    };
    Ok((OrderId(id(row, "current_order_id")?), line))
}
