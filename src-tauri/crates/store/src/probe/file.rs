//! A database file looked at from outside of any store: whether it is whole, what is in it, and how a
//! plain connection with other settings keeps what it confirms.

use crate::{StoreError, sqlite};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;
use tokio::sync::mpsc::UnboundedSender;

/// What SQLite's own full check finds wrong with a file, references included. Empty: it is whole.
pub async fn integrity(path: &Path) -> Result<Vec<String>, StoreError> {
    let mut connection = SqliteConnection::connect_with(&sqlite::options(path)).await?;
    let mut findings = column(&mut connection, "PRAGMA integrity_check").await?;
    findings.retain(|finding| finding != "ok");
    let dangling =
        "SELECT 'a row of ' || \"table\" || ' without its ' || \"parent\" FROM pragma_foreign_key_check";
    findings.extend(column(&mut connection, dangling).await?);
    connection.close().await?;
    Ok(findings)
}

/// Every row of every table as text, sorted.
pub async fn contents(path: &Path) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let mut connection = SqliteConnection::connect_with(&sqlite::options(path)).await?;
    let mut contents = BTreeMap::new();
    for table in column(&mut connection, "SELECT name FROM sqlite_schema WHERE type = 'table'").await? {
        let columns = format!(
            "SELECT 'SELECT ' || group_concat('quote(\"' || name || '\")', ' || '','' || ')
                    || ' FROM \"{table}\" NOT INDEXED ORDER BY 1'
             FROM pragma_table_info('{table}')"
        );
        let statement = column(&mut connection, &columns).await?.concat();
        contents.insert(table, column(&mut connection, &statement).await?);
    }
    connection.close().await?;
    Ok(contents)
}

/// Writes rows into a file of its own, each in its own transaction, and tells of each that is confirmed,
/// until nobody listens. The settings are those of the store's writer but for `synchronous`.
pub async fn confirm_rows(
    path: &Path,
    synchronous: &str,
    confirmed: UnboundedSender<u32>,
) -> Result<(), StoreError> {
    let options = sqlite::options(path).pragma("synchronous", synchronous.to_owned());
    let mut connection = SqliteConnection::connect_with(&options).await?;
    connection.execute("CREATE TABLE confirmed (id INTEGER PRIMARY KEY) STRICT").await?;
    for row in 0.. {
        sqlx::query("INSERT INTO confirmed (id) VALUES ($1)").bind(row).execute(&mut connection).await?;
        if confirmed.send(row).is_err() {
            break;
        }
    }
    connection.close().await?;
    Ok(())
}

/// The first column of a statement's rows.
async fn column(connection: &mut SqliteConnection, statement: &str) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query(AssertSqlSafe(statement.to_owned())).fetch_all(&mut *connection).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}
