//! The file of one year: the rows of its orders as they were, each with the number of its batch.
//!
//! A file of its own with a rollback journal, so that it is one file when it is copied to a disk in a
//! drawer, and can be read where nothing may be written.

use super::ArchiveError;
use super::details::{ATTEMPT_COLUMNS, Column, JOB_COLUMNS, Kind, TABLES, Table};
use super::papers::Papers;
use super::rows::{Counted, Details, Rows};
use crate::StoreError;
use crate::error::EngineError;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use std::path::{Path, PathBuf};

/// An open file of a year.
pub(super) struct YearFile {
    connection: Connection,
    path: PathBuf,
}

impl YearFile {
    /// Opens the file for writing; makes it when it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, ArchiveError> {
        let made = !path.exists();
        let opened = || -> Result<Connection, EngineError> {
            let connection = Connection::open(path)?;
            connection.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;")?;
            connection.execute_batch(&tables())?;
            add_columns(&connection)?;
            Ok(connection)
        };
        let connection = opened().map_err(StoreError::from)?;
        if made {
            sync_folder(path)?;
        }
        Ok(Self { connection, path: path.into() })
    }

    /// Opens the file for reading alone, when it holds at least what the live store says.
    pub(super) fn read(path: &Path, counted: Counted) -> Result<Self, ArchiveError> {
        let incomplete = || ArchiveError::Incomplete { path: path.into(), orders: counted.orders };
        if !path.exists() {
            return Err(incomplete());
        }
        let opened = || -> Result<(Connection, i64), EngineError> {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags)?;
            let there = connection.query_row(
                "SELECT COUNT(*) FROM customer_order WHERE batch <= ?1",
                [counted.batch],
                |row| row.get(0),
            )?;
            Ok((connection, there))
        };
        let (connection, there) = opened().map_err(StoreError::from)?;
        if there == counted.orders { Ok(Self { connection, path: path.into() }) } else { Err(incomplete()) }
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Writes a batch in one synced transaction, in place of whatever an interrupted move left; gives the
    /// number of rows in each table.
    pub(super) fn write(&mut self, details: &Details) -> Result<Vec<u64>, ArchiveError> {
        self.synced(|| {
            let mut counts = Vec::with_capacity(TABLES.len());
            for (table, rows) in TABLES.iter().zip(&details.tables) {
                let name = table.name;
                self.connection.execute(&format!("DELETE FROM {name} WHERE batch >= ?1"), [details.batch])?;
                let places = ", ?".repeat(table.columns.len());
                let columns: Vec<&str> = table.columns.iter().map(|(column, _)| *column).collect();
                let insert = format!("INSERT INTO {name} (batch, {}) VALUES (?{places})", columns.join(", "));
                let mut insert = self.connection.prepare(&insert)?;
                let batch = rusqlite::types::Value::Integer(details.batch);
                for row in rows {
                    insert.execute(params_from_iter(std::iter::once(&batch).chain(row)))?;
                }
                counts.push(rows.len() as u64);
            }
            Ok(counts)
        })
    }

    /// Writes papers about no order in one synced transaction, over what an interrupted move left of them.
    pub(super) fn keep(&mut self, papers: &Papers) -> Result<(), ArchiveError> {
        self.synced(|| {
            self.keep_in("paper", &JOB_COLUMNS, &papers.jobs)?;
            self.keep_in("paper_attempt", &ATTEMPT_COLUMNS, &papers.attempts)
        })
    }

    fn keep_in(&self, table: &str, columns: &[Column], rows: &Rows) -> Result<(), EngineError> {
        let places = vec!["?"; columns.len()].join(", ");
        let columns: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
        let keep = format!("INSERT OR REPLACE INTO {table} ({}) VALUES ({places})", columns.join(", "));
        let mut keep = self.connection.prepare(&keep)?;
        for row in rows {
            keep.execute(params_from_iter(row))?;
        }
        Ok(())
    }

    fn synced<T>(&self, work: impl FnOnce() -> Result<T, EngineError>) -> Result<T, ArchiveError> {
        let steer = |statement| self.connection.execute_batch(statement).map_err(EngineError::from);
        steer("BEGIN IMMEDIATE").map_err(StoreError::from)?;
        let done = work().and_then(|done| steer("COMMIT").map(|()| done));
        done.map_err(|error| {
            if steer("ROLLBACK").is_err() {
                tracing::warn!(path = %self.path.display(), "a batch of the archive could not be rolled back");
            }
            StoreError::from(error).into()
        })
    }
}

/// The tables of a file: the columns of the live ones, and the batch that brought the row.
fn tables() -> String {
    let indexes = "CREATE INDEX IF NOT EXISTS order_line_order ON order_line (current_order_id);
         CREATE INDEX IF NOT EXISTS customer_order_day ON customer_order (business_day);";
    let papers =
        [alone("paper", &JOB_COLUMNS, "id"), alone("paper_attempt", &ATTEMPT_COLUMNS, "job_id, number")];
    TABLES.iter().map(table).chain([indexes.to_owned()]).chain(papers).collect()
}

/// A table of what belongs to no order.
fn alone(name: &str, columns: &[Column], key: &str) -> String {
    let columns: Vec<String> = columns.iter().map(typed).collect();
    format!("CREATE TABLE IF NOT EXISTS {name} ({}, PRIMARY KEY ({key})) STRICT;", columns.join(", "))
}

/// Gives a file of an earlier program the columns that have come since; they are empty in its rows.
fn add_columns(connection: &Connection) -> Result<(), EngineError> {
    for table in TABLES {
        for column in table.columns {
            if !connection.column_exists(None, table.name, column.0)? {
                connection.execute_batch(&format!(
                    "ALTER TABLE {} ADD COLUMN {}",
                    table.name,
                    typed(column)
                ))?;
            }
        }
    }
    Ok(())
}

/// A column as SQLite declares it.
fn typed((column, kind): &(&str, Kind)) -> String {
    let kind = match kind {
        Kind::Id => "BLOB",
        Kind::Number | Kind::Bool => "INTEGER",
        Kind::Text => "TEXT",
    };
    format!("{column} {kind}")
}

fn table(table: &Table) -> String {
    let name = table.name;
    let columns: Vec<String> = table.columns.iter().map(typed).collect();
    format!(
        "CREATE TABLE IF NOT EXISTS {name} (batch INTEGER NOT NULL, {}) STRICT;
         CREATE INDEX IF NOT EXISTS {name}_batch ON {name} (batch);",
        columns.join(", ")
    )
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), ArchiveError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    let synced = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| ArchiveError::Unwritable { path: folder.into(), source })
}

/// Windows keeps a new name without being asked.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it is called as where a folder can be synced")]
fn sync_folder(_: &Path) -> Result<(), ArchiveError> {
    Ok(())
}
