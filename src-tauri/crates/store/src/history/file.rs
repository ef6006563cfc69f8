//! A history for an SQLite file: poured into a copy without syncs and without the indexes that can wait,
//! checked as a whole, then renamed over the file.
//!
//! The copy may lose everything in a power cut, and that harms nobody: until the rename, which the
//! operating system does whole or not at all, the store is the old file, untouched.

use super::facts::{Counters, Day, TABLES};
use super::rows::{write_counters, write_day};
use super::{PourError, Poured, Progress, count};
use crate::StoreError;
use crate::engine::{Connection as Connected, Tx};
use crate::error::EngineError;
use crate::sqlite;
use fastops_domain::ids::BranchId;
use rusqlite::Connection;
use std::fs::File;
use std::path::{Path, PathBuf};
use tokio::runtime::Handle;
use tokio::sync::mpsc::Receiver;
use tokio::time::Instant;

/// Rows between two commits.
const ROWS_PER_COMMIT: u64 = 200_000;
/// What the pouring connection keeps in memory, in KiB.
const CACHE_KIB: i64 = 128 * 1024;

/// Indexes of big tables that no trigger looks into: they are built once at the end, which is cheaper
/// than keeping them up to date. Those that hold next to nothing of a history stay: to pass a row by costs
/// less than to read the whole table once more.
const DEFERRED: &str = "SELECT name, sql FROM sqlite_schema
    WHERE type = 'index' AND sql IS NOT NULL
      AND tbl_name IN ('customer_order', 'order_line', 'ticket', 'print_job_past', 'payment', 'receipt', 'audit_log',
                       'stock_move', 'order_event')
      AND name NOT IN ('customer_order_open', 'customer_order_customer', 'order_line_of_combo',
                       'order_line_first_order', 'order_line_pieces', 'ticket_to_make', 'print_job_lane', 'print_job_in_flight',
                       'print_job_uncertain', 'print_job_on_slip', 'print_job_paper_of_order')
    ORDER BY name";

pub(super) fn pour<E: From<PourError>>(
    path: &Path,
    branch: BranchId,
    mut days: Receiver<Result<Day, E>>,
    progress: &Progress,
    runtime: &Handle,
) -> Result<Poured, E> {
    let scratch = Scratch::of(path)?;
    let (mut tx, indexes) = scratch.open()?;
    let (mut poured, began) = (Poured::default(), Instant::now());
    let mut counters = Counters::default();
    let (mut since_commit, mut failed) = (0, None);
    steer(&mut tx, "BEGIN")?;
    while let Some(day) = days.blocking_recv() {
        let day = match day {
            Ok(day) => day,
            Err(error) => {
                failed = Some(error);
                break;
            }
        };
        let rows = runtime.block_on(write_day(&mut tx, &day)).map_err(PourError::from)?;
        count(&mut poured, &day, rows);
        counters = day.counters;
        since_commit += rows;
        if since_commit > ROWS_PER_COMMIT {
            steer(&mut tx, "COMMIT; BEGIN")?;
            since_commit = 0;
        }
        progress(poured.orders);
    }
    if let Some(error) = failed {
        return Err(error);
    }
    runtime.block_on(write_counters(&mut tx, branch, &counters)).map_err(PourError::from)?;
    steer(&mut tx, "COMMIT")?;
    poured.writing = began.elapsed();
    let began = Instant::now();
    for index in &indexes {
        steer(&mut tx, index)?;
    }
    poured.indexing = began.elapsed();
    let began = Instant::now();
    check(&mut tx)?;
    poured.checking = began.elapsed();
    poured.bytes = scratch.take_the_place(tx)?;
    Ok(poured)
}

fn steer(tx: &mut Tx, statements: &str) -> Result<(), PourError> {
    Ok(tx.sqlite(|connection| Ok(connection.execute_batch(statements)?))?)
}

/// The copy beside the file; gone when it did not take the file's place.
struct Scratch {
    live: PathBuf,
    copy: PathBuf,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _gone_after_a_rename = std::fs::remove_file(&self.copy);
    }
}

impl Scratch {
    /// Copies the file with everything that its log still holds.
    fn of(live: &Path) -> Result<Self, PourError> {
        fold_log(live)?;
        let scratch = Self { live: live.into(), copy: beside(live, "seeding") };
        std::fs::copy(live, &scratch.copy).map_err(|source| scratch.unwritable(source))?;
        Ok(scratch)
    }

    /// A connection that is fast and forgets nothing but what a crash would cost; and the statements that
    /// build the indexes which were dropped.
    fn open(&self) -> Result<(Tx, Vec<String>), PourError> {
        let opened = || -> Result<_, EngineError> {
            let connection = Connection::open(&self.copy)?;
            connection.set_prepared_statement_cache_capacity(3 * TABLES.len());
            connection.execute_batch(&format!(
                "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                 PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = OFF; PRAGMA threads = 2;
                 PRAGMA cache_size = -{CACHE_KIB};"
            ))?;
            let deferred: Vec<(String, String)> = connection
                .prepare(DEFERRED)?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            for (name, _) in &deferred {
                connection.execute_batch(&format!("DROP INDEX \"{name}\""))?;
            }
            Ok((Tx::on_sqlite(connection), deferred.into_iter().map(|(_, sql)| sql).collect()))
        };
        opened().map_err(|error| StoreError::from(error).into())
    }

    /// Syncs the copy and puts it where the file is; gives its size.
    fn take_the_place(&self, tx: Tx) -> Result<u64, PourError> {
        let mut tx = tx;
        steer(&mut tx, "PRAGMA locking_mode = NORMAL; PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL")?;
        drop(tx);
        let placed = || -> std::io::Result<u64> {
            let file = File::options().read(true).write(true).open(&self.copy)?;
            file.sync_all()?;
            let bytes = file.metadata()?.len();
            drop(file);
            // Notes of an older log must never be taken for those of the new file.
            for suffix in ["-wal", "-shm"] {
                let mut name = self.live.clone().into_os_string();
                name.push(suffix);
                match std::fs::remove_file(&name) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            std::fs::rename(&self.copy, &self.live)?;
            sync_folder(&self.live)?;
            Ok(bytes)
        };
        placed().map_err(|source| self.unwritable(source))
    }

    fn unwritable(&self, source: std::io::Error) -> PourError {
        PourError::File { path: self.copy.clone(), source }
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// Brings everything from the log into the file; refuses while another program has it open.
fn fold_log(path: &Path) -> Result<(), PourError> {
    let failed = |error: EngineError| PourError::from(StoreError::from(error));
    let connection = sqlite::open_for_writing(path).map_err(failed)?;
    let busy: i64 = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .map_err(|error| failed(error.into()))?;
    if busy == 0 { Ok(()) } else { Err(PourError::InUse) }
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Windows keeps a rename without being asked.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it is called as where a folder can be synced")]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// No row points nowhere, and the file is whole.
fn check(tx: &mut Tx) -> Result<(), PourError> {
    let Connected::Sqlite(connection) = tx.connection() else { return Err(StoreError::WrongEngine.into()) };
    let found = || -> Result<Option<String>, EngineError> {
        let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        if let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            return Ok(Some(format!("a row of {table} points at a row of {parent} that is not there")));
        }
        let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        Ok((said != "ok").then_some(said))
    };
    match found().map_err(|error| PourError::from(StoreError::from(error)))? {
        None => Ok(()),
        Some(fault) => Err(PourError::Unsound(fault)),
    }
}

impl From<EngineError> for PourError {
    fn from(error: EngineError) -> Self {
        Self::Store(error.into())
    }
}
