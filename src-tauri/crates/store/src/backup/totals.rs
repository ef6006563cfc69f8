//! What a database holds, counted: rows of every table, sums of money and stock, the highest numbers.
//!
//! The same questions are asked of the database in the moment that a backup shows, and of the backup
//! when it is tried; any difference means that the backup is not what it should be. Tables are those
//! that the database has, since a backup from before a migration has fewer.

use super::manifest::{AuditHead, Contents, LastOrder};
use crate::columns::Row;
use crate::engine::Connection;
use crate::error::EngineError;
use crate::{StoreError, Tx, audit, identity};
use fastops_domain::audit::Hash;
use fastops_domain::ids::BranchId;
use fastops_domain::time::Time;
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

/// A total: its name, its table, the columns it needs, and how it is counted.
const TOTALS: [(&str, &str, &[&str], &str); 13] = [
    ("lines_minor", "order_line", &["quantity", "price_minor"], "SUM(quantity * price_minor)"),
    ("orders_minor", "customer_order", &["total_minor"], "SUM(total_minor)"),
    ("taxes_minor", "order_tax", &["amount_minor"], "SUM(amount_minor)"),
    ("payments_minor", "payment", &["amount_minor"], "SUM(amount_minor)"),
    ("tips_minor", "payment", &["tip_minor"], "SUM(tip_minor)"),
    ("refunds_minor", "refund", &["amount_minor"], "SUM(amount_minor)"),
    ("cash_moves_minor", "cash_move", &["amount_minor"], "SUM(amount_minor)"),
    ("stock_moves_milli", "stock_move", &["quantity_milli"], "SUM(quantity_milli)"),
    ("stock_on_hand_milli", "stock_level", &["on_hand_milli"], "SUM(on_hand_milli)"),
    ("order_numbers", "order_number", &["last"], "SUM(last)"),
    ("ticket_numbers", "ticket_number", &["last"], "SUM(last)"),
    ("receipt_numbers", "numbering_range", &["next_number"], "SUM(next_number)"),
    ("outbox_numbers", "outbox_head", &["last"], "SUM(last)"),
];

const SQLITE_COLUMNS: &str = "SELECT tables.name AS table_name, columns.name AS column_name
     FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
     WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
const POSTGRES_COLUMNS: &str = "SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns
     JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";

/// Rows of every table, and the sums by their name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub rows: BTreeMap<String, i64>,
    pub sums: BTreeMap<String, i64>,
}

impl Totals {
    /// The first total that differs in `found`: its name, what it should be, what it is.
    pub(super) fn first_difference(&self, found: &Self) -> Option<(String, String, String)> {
        let pairs = [(&self.rows, &found.rows), (&self.sums, &found.sums)];
        pairs.into_iter().find_map(|(expected, found)| {
            let names: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
            let shown = |total: Option<&i64>| total.map_or("none".to_owned(), ToString::to_string);
            let name = names.into_iter().find(|name| expected.get(*name) != found.get(*name))?;
            Some((name.clone(), shown(expected.get(name)), shown(found.get(name))))
        })
    }
}

/// Counts everything in the moment that `tx` sees.
pub(super) async fn contents(tx: &mut Tx) -> Result<Contents, StoreError> {
    let tables = tables(tx).await?;
    let mut contents = Contents { totals: totals(tx, &tables).await?, ..Contents::default() };
    if tables.contains_key("_sqlx_migrations") {
        contents.schema_version = number(tx, "SELECT MAX(version) AS total FROM _sqlx_migrations").await?;
    }
    if tables.contains_key("store_identity")
        && let Some(known) = identity::identity(tx).await?
    {
        (contents.store, contents.epoch) = (Some(known.id), Some(known.epoch));
    }
    if tables.contains_key("audit_head") {
        contents.audit_heads = audit_heads(tx).await?;
    }
    if tables.contains_key("customer_order") {
        contents.last_order = last_order(tx).await?;
    }
    Ok(contents)
}

type Tables = BTreeMap<String, BTreeSet<String>>;

async fn tables(tx: &mut Tx) -> Result<Tables, StoreError> {
    let question = match tx.connection() {
        Connection::Sqlite(_) => SQLITE_COLUMNS,
        Connection::Postgres(_) => POSTGRES_COLUMNS,
    };
    let pairs = ask(tx, question, |row| Ok((row.get("table_name")?, row.get("column_name")?))).await?;
    let mut tables = Tables::new();
    for (table, column) in pairs {
        tables.entry(table).or_default().insert(column);
    }
    Ok(tables)
}

async fn totals(tx: &mut Tx, tables: &Tables) -> Result<Totals, StoreError> {
    let mut totals = Totals::default();
    for table in tables.keys() {
        let count = format!("SELECT COUNT(*) AS total FROM \"{}\"", table.replace('"', "\"\""));
        totals.rows.insert(table.clone(), number(tx, &count).await?);
    }
    for (name, table, needed, sum) in TOTALS {
        let has = |column: &&str| tables.get(table).is_some_and(|columns| columns.contains(*column));
        if needed.iter().all(has) {
            let sum = format!("SELECT CAST({sum} AS BIGINT) AS total FROM {table}");
            totals.sums.insert(name.to_owned(), number(tx, &sum).await?);
        }
    }
    Ok(totals)
}

async fn audit_heads(tx: &mut Tx) -> Result<Vec<AuditHead>, StoreError> {
    let question = "SELECT branch_id, seq, hash FROM audit_head ORDER BY branch_id";
    ask(tx, question, |row| {
        let hash: Vec<u8> = row.get("hash")?;
        let hash = <[u8; 32]>::try_from(hash)
            .map_err(|_| StoreError::Decode { column: "hash", reason: "it is not 32 bytes long".into() })?;
        Ok(AuditHead { branch: row.get("branch_id")?, seq: row.get("seq")?, hash: Hash(hash).to_string() })
    })
    .await
}

/// Ids carry the time, so the greatest is the newest order, found without a scan.
async fn last_order(tx: &mut Tx) -> Result<Option<LastOrder>, StoreError> {
    let question = "SELECT number, order_type, opened_at FROM customer_order ORDER BY id DESC LIMIT 1";
    let orders = ask(tx, question, |row| {
        let at: Time = row.get("opened_at")?;
        Ok(LastOrder { number: row.get("number")?, order_type: row.get("order_type")?, at })
    });
    Ok(orders.await?.pop())
}

/// The one number that a question gives; nothing counts as zero.
async fn number(tx: &mut Tx, question: &str) -> Result<i64, StoreError> {
    let numbers = ask(tx, question, |row| row.get::<Option<i64>>("total")).await?;
    Ok(numbers.into_iter().flatten().next().unwrap_or(0))
}

/// Asks a question that is put together from the database's own names.
pub(super) async fn ask<T>(
    tx: &mut Tx,
    question: &str,
    read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    match tx.connection() {
        Connection::Sqlite(connection) => {
            crate::sqlite::statement::fetch_all(connection, question, &[], read)
        }
        Connection::Postgres(connection) => {
            let rows = sqlx::query(AssertSqlSafe(question.to_owned())).fetch_all(&mut **connection).await;
            crate::postgres::read_all(&rows.map_err(EngineError::from)?, read)
        }
    }
}

/// Walks along the audit chain of every branch; says which is broken and where.
pub(super) async fn broken_chain(tx: &mut Tx) -> Result<Option<String>, StoreError> {
    if !tables(tx).await?.contains_key("audit_head") {
        return Ok(None);
    }
    let branches = ask(tx, "SELECT id FROM branch ORDER BY id", |row| row.get::<BranchId>("id")).await?;
    for branch in branches {
        if let Err(fault) = audit::verify_chain(tx, branch).await? {
            return Ok(Some(format!("{branch}: {fault}")));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_with_both_values() {
        let totals = |rows: &[(&str, i64)], sums: &[(&str, i64)]| Totals {
            rows: rows.iter().map(|(name, total)| ((*name).to_owned(), *total)).collect(),
            sums: sums.iter().map(|(name, total)| ((*name).to_owned(), *total)).collect(),
        };
        let expected = totals(&[("a", 1), ("b", 2)], &[("money", 7)]);
        assert_eq!(expected.first_difference(&expected), None);
        let lost = totals(&[("a", 1)], &[("money", 7)]);
        assert_eq!(expected.first_difference(&lost), Some(("b".into(), "2".into(), "none".into())));
        assert_eq!(lost.first_difference(&expected), Some(("b".into(), "none".into(), "2".into())));
        let robbed = totals(&[("a", 1), ("b", 2)], &[("money", 6)]);
        assert_eq!(expected.first_difference(&robbed), Some(("money".into(), "7".into(), "6".into())));
    }
}
