//! A database file looked at from outside of any store: whether it is whole, what is in it, and how a
//! plain connection with other settings keeps what it confirms.

use crate::StoreError;
use crate::error::EngineError;
use crate::sqlite;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

/// What SQLite's own full check finds wrong with a file, references included. Empty: it is whole.
pub fn integrity(path: &Path) -> Result<Vec<String>, StoreError> {
    let connection = sqlite::open_for_looking(path)?;
    let mut findings = column(&connection, "PRAGMA integrity_check")?;
    findings.retain(|finding| finding != "ok");
    let dangling =
        "SELECT 'a row of ' || \"table\" || ' without its ' || \"parent\" FROM pragma_foreign_key_check";
    findings.extend(column(&connection, dangling)?);
    Ok(findings)
}

/// Every row of every table as text, sorted.
pub fn contents(path: &Path) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let connection = sqlite::open_for_looking(path)?;
    let mut contents = BTreeMap::new();
    for table in column(&connection, "SELECT name FROM sqlite_schema WHERE type = 'table'")? {
        let rows = format!(
            "SELECT 'SELECT ' || group_concat('quote(\"' || name || '\")', ' || '','' || ')
                    || ' FROM \"{table}\" NOT INDEXED ORDER BY 1'
             FROM pragma_table_info('{table}')"
        );
        let rows = column(&connection, &rows)?.concat();
        contents.insert(table, column(&connection, &rows)?);
    }
    Ok(contents)
}

/// Writes rows into a file of its own, each in its own transaction, and tells of each that is confirmed,
/// as long as that gives true. The settings are those of the store's writer but for `synchronous`.
pub fn confirm_rows(
    path: &Path,
    synchronous: &str,
    mut confirmed: impl FnMut(u32) -> bool,
) -> Result<(), StoreError> {
    let connection = sqlite::open_with(path, synchronous)?;
    let mut write = || -> Result<(), EngineError> {
        connection.execute_batch("CREATE TABLE confirmed (id INTEGER PRIMARY KEY) STRICT")?;
        let mut insert = connection.prepare("INSERT INTO confirmed (id) VALUES (?1)")?;
        for row in 0.. {
            insert.execute([row])?;
            if !confirmed(row) {
                break;
            }
        }
        Ok(())
    };
    Ok(write()?)
}

/// The first column of a statement's rows.
fn column(connection: &Connection, statement: &str) -> Result<Vec<String>, EngineError> {
    let mut statement = connection.prepare(statement)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
