//! Copies of an SQLite file while it is in use, and what a file is worth.
//!
//! The copy is made page by page from a connection that holds one read transaction from the first page
//! to the last: it shows one moment, however much is written meanwhile, and it never has to begin anew.
//! The writer goes on; only the log cannot be folded into the file until the copy is done.

use super::error::{BackupError, Problem, at};
use super::files;
use super::manifest::Contents;
use super::totals;
use crate::engine::Tx;
use crate::error::EngineError;
use crate::sqlite::{open_for_reading, wal_of};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Pages copied without a pause: half a megabyte.
const STEP_PAGES: i32 = 128;
/// The pause after them, in which the disk and the processor are others'.
const PAUSE: Duration = Duration::from_millis(2);
/// Steps after which what was written goes to the disk, so that no one waits for all of it at once.
const SYNC_STEPS: u32 = 32;
/// Findings of a damaged file that are told.
const FINDINGS: usize = 3;

/// The room that a copy of `source` takes, in bytes.
pub(crate) fn size(source: &Path) -> Result<u64, BackupError> {
    let file = std::fs::metadata(source).map_err(at(source))?.len();
    let log = std::fs::metadata(wal_of(source)).map_or(0, |log| log.len());
    Ok(file + log)
}

/// Copies the database at `source` into the empty file `to` and counts what is in the moment it shows.
pub(super) fn copy(
    source: &Path,
    to: &Path,
    stopped: &watch::Receiver<bool>,
    runtime: &Handle,
) -> Result<Contents, BackupError> {
    let mut tx = Tx::on_sqlite(open_for_reading(source)?);
    tx.steer(&["BEGIN"])?;
    let contents = runtime.block_on(totals::contents(&mut tx))?;
    let whole = tx.sqlite(|from| copy_pages(from, to, stopped, runtime))?;
    if whole { Ok(contents) } else { Err(BackupError::Interrupted) }
}

/// Whether all pages were copied; not when the program was told to stop.
fn copy_pages(
    from: &Connection,
    to: &Path,
    stopped: &watch::Receiver<bool>,
    runtime: &Handle,
) -> Result<bool, EngineError> {
    let mut copy =
        Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // A copy that is not finished is thrown away: it needs no journal, and is synced when it is whole.
    copy.pragma_update_and_check(None, "journal_mode", "off", |_| Ok(()))?;
    copy.pragma_update(None, "synchronous", "OFF")?;
    let on_disk = std::fs::File::options().write(true).open(to);
    let backup = Backup::new(from, &mut copy)?;
    let mut steps = 0;
    while backup.step(STEP_PAGES)? != StepResult::Done {
        if *stopped.borrow() {
            return Ok(false);
        }
        steps += 1;
        if steps % SYNC_STEPS == 0
            && let Ok(file) = &on_disk
        {
            // Only smooths the load: the sync that counts comes at the end.
            let _ = file.sync_data();
        }
        runtime.block_on(tokio::time::sleep(PAUSE));
    }
    drop(backup);
    // The copy stands alone: it needs no log beside it and can be read where nothing can be written.
    copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(true)
}

/// Reads all of a database file that nobody writes and says what is in it, or what is wrong with it.
pub(super) fn examine(path: &Path, runtime: &Handle) -> Result<Result<Contents, Problem>, BackupError> {
    match examine_rows(path, runtime) {
        Ok(found) => Ok(found),
        Err(error) => match damage(&error) {
            Some(finding) => Ok(Err(Problem::Damaged { finding })),
            None => Err(error),
        },
    }
}

fn examine_rows(path: &Path, runtime: &Handle) -> Result<Result<Contents, Problem>, BackupError> {
    std::fs::metadata(path).map_err(at(path))?;
    let mut tx = Tx::on_sqlite(open_for_reading(path)?);
    tx.steer(&["BEGIN"])?;
    let problem = tx.sqlite(|connection| {
        Ok(match findings(connection, "integrity_check")? {
            None => dangling(connection)?,
            Some(finding) => Some(Problem::Damaged { finding }),
        })
    })?;
    if let Some(problem) = problem {
        return Ok(Err(problem));
    }
    let contents = runtime.block_on(totals::contents(&mut tx))?;
    if contents.totals.rows.is_empty() {
        return Ok(Err(Problem::Damaged { finding: "it has no tables".into() }));
    }
    let broken = runtime.block_on(totals::broken_chain(&mut tx))?;
    Ok(broken.map_or(Ok(contents), |fault| Err(Problem::Audit { fault })))
}

/// What a check of the whole file finds wrong: `integrity_check`, or `quick_check`, which does not compare
/// tables with their indexes.
pub(crate) fn findings(connection: &Connection, check: &str) -> Result<Option<String>, EngineError> {
    let mut found = Vec::new();
    connection.pragma_query(None, check, |row| {
        found.push(row.get::<_, String>(0)?);
        Ok(())
    })?;
    if found == ["ok"] {
        return Ok(None);
    }
    found.truncate(FINDINGS);
    Ok(Some(found.join("; ")))
}

fn dangling(connection: &Connection) -> Result<Option<Problem>, EngineError> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        None => Ok(None),
        Some(row) => Ok(Some(Problem::Dangling { table: row.get(0)?, parent: row.get(2)? })),
    }
}

/// What SQLite says of a file that it takes for damaged.
fn damage(error: &BackupError) -> Option<String> {
    let BackupError::Store(crate::StoreError::Damaged(source)) = error else { return None };
    Some(source.to_string())
}

/// Copies a file that nobody writes, and its log with it, as they are.
pub(crate) fn duplicate(from: &Path, to: &Path) -> Result<(), BackupError> {
    std::fs::copy(from, to).map_err(at(to))?;
    let (log, copied) = (wal_of(from), wal_of(to));
    if log.exists() {
        std::fs::copy(&log, &copied).map_err(at(copied))?;
    }
    files::sync_folder_of(to).map_err(at(to))
}
