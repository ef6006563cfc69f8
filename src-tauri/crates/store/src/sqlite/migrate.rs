//! Brings an SQLite file to this program's tables: each step once, all of them or none.
//!
//! A step may rebuild a table that others point at, which SQLite allows only while it does not
//! enforce foreign keys; they are checked as a whole before the commit instead.

use super::connect::{APPLICATION_ID, failure};
use crate::error::{EngineError, OpenError};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use sqlx::migrate::{Migration, Migrator};
use std::path::Path;

/// Where the applied steps are noted, on both engines.
pub(crate) const MIGRATIONS_TABLE: &str = "_sqlx_migrations";
static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations/sqlite");

const NOTES: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
)";

/// One program at a time: another that opens the file waits and finds it done. Before tables that were
/// there are changed, `before_change` is called; its refusal stops everything.
pub(crate) fn migrate(
    connection: &mut Connection,
    path: &Path,
    before_change: impl FnOnce() -> Result<(), OpenError>,
) -> Result<(), OpenError> {
    let failed = |error: rusqlite::Error| failure(path, error.into());
    if changes_tables(connection).map_err(failed)? {
        before_change()?;
    }
    connection.pragma_update(None, "foreign_keys", false).map_err(failed)?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    tx.execute_batch(NOTES).map_err(failed)?;
    let applied = applied(&tx).map_err(failed)?;
    refuse_newer(&MIGRATIONS, applied.iter().map(|(version, _)| *version))?;
    let mut changed = false;
    for step in MIGRATIONS.iter() {
        match applied.iter().find(|(version, _)| *version == step.version) {
            Some((_, checksum)) if step.checksum == *checksum => {}
            Some(_) => return Err(OpenError::Rewritten { version: step.version }),
            None => {
                apply(&tx, step).map_err(failed)?;
                changed = true;
            }
        }
    }
    let mark: i32 = tx.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(failed)?;
    if mark != APPLICATION_ID {
        tx.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    }
    if changed {
        refuse_dangling(&tx).map_err(|error| failure(path, error))?;
    }
    tx.commit().map_err(failed)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(failed)
}

fn apply(connection: &Connection, step: &Migration) -> Result<(), rusqlite::Error> {
    connection.execute_batch(step.sql.as_str())?;
    let note = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                VALUES (?1, ?2, TRUE, ?3, 0)";
    connection.execute(note, params![step.version, step.description, step.checksum]).map(drop)
}

/// Whether steps are to come for tables that are there. Those of a newer program are left to be refused.
fn changes_tables(connection: &Connection) -> Result<bool, rusqlite::Error> {
    let noted = connection.table_exists(None, MIGRATIONS_TABLE)?;
    let applied = if noted { applied(connection)? } else { Vec::new() };
    let last = applied.iter().map(|(version, _)| *version).max();
    Ok(last.is_some_and(|last| last < known_version()))
}

fn applied(tx: &Connection) -> Result<Vec<(i64, Vec<u8>)>, rusqlite::Error> {
    let mut statement = tx.prepare("SELECT version, checksum FROM _sqlx_migrations ORDER BY version")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// A row that points nowhere after a rebuild stops the step: nothing of it is kept.
fn refuse_dangling(tx: &Transaction<'_>) -> Result<(), EngineError> {
    let mut statement = tx.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        None => Ok(()),
        Some(row) => Err(EngineError::Dangling { table: row.get(0)?, parent: row.get(2)? }),
    }
}

/// The last step that this program knows; it is the same on both engines.
pub(crate) fn known_version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Refuses a database in which a newer program has been.
pub(crate) fn refuse_newer(known: &Migrator, applied: impl Iterator<Item = i64>) -> Result<(), OpenError> {
    let known = known.iter().map(|migration| migration.version).max().unwrap_or(0);
    match applied.max() {
        Some(found) if found > known => Err(OpenError::TooNew { found, known }),
        _ => Ok(()),
    }
}

/// Makes a file as the program of step `last` made it, for the tests of what comes after.
pub(crate) fn make_old(path: &Path, last: i64) -> Result<(), EngineError> {
    let connection = super::open_for_writing(path)?;
    connection.execute_batch(NOTES)?;
    for step in MIGRATIONS.iter().filter(|step| step.version <= last) {
        apply(&connection, step)?;
    }
    Ok(())
}
