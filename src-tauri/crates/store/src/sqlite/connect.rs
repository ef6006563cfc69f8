//! Connections to the file, and settings that survive a power cut.
//!
//! In WAL mode `synchronous=NORMAL` loses confirmed work when the power goes; every connection is
//! asked what it really does before it may be used.

use crate::error::{EngineError, NotDurable, OpenError, sqlite_code};
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a statement waits for another program that holds the file.
const BUSY: Duration = Duration::from_secs(5);
/// More than there are statements, so that each is prepared once per connection.
const STATEMENTS: usize = 512;
/// The write-ahead log is cut back to this size after a checkpoint, in bytes.
const WAL_LIMIT_BYTES: i64 = 64 * 1024 * 1024;
/// Pages in the write-ahead log before they are folded into the file: 16 MiB of 4 KiB pages.
const CHECKPOINT_PAGES: i64 = 4096;
/// What the writer keeps of the file in memory, in KiB.
const CACHE_KIB: i64 = 16 * 1024;
/// What each reader keeps: what is asked again and again is small, and for the rest there is the system's memory.
const READER_CACHE_KIB: i64 = 4 * 1024;

/// What the header of every file of this program carries, so that it is not taken for another's.
pub(crate) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"FOps");

/// Opens the file for the writer; makes it when it is not there.
pub(crate) fn open_for_writing(path: &Path) -> Result<Connection, EngineError> {
    open_with(path, "FULL")
}

/// The same with another `synchronous`, for the tests that show what it loses.
pub(crate) fn open_with(path: &Path, synchronous: &str) -> Result<Connection, EngineError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = common(path, flags, synchronous)?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update_and_check(None, "journal_size_limit", WAL_LIMIT_BYTES, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", CHECKPOINT_PAGES, |_| Ok(()))?;
    // What a savepoint can take back is kept in memory: in a file, it was a third of the writer's work.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

/// Writes what is in the log into the file too, and syncs it.
///
/// What a crash left in the log may lie in the system's memory alone, if it came there by a sync that failed: it
/// can be read, is never written again, and would take along in a power cut what is appended to it.
pub(crate) fn fold_log(connection: &Connection) -> Result<(), EngineError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
}

/// Opens the file for a reader, which cannot change it.
pub(crate) fn open_for_reading(path: &Path) -> Result<Connection, EngineError> {
    let connection = common(path, OpenFlags::SQLITE_OPEN_READ_ONLY, "FULL")?;
    connection.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
    Ok(connection)
}

/// Opens a file that nobody uses to look at what is in it, the end of what a crash interrupted included:
/// what SQLite has to take back it takes back, and nothing else is changed.
pub(crate) fn open_for_looking(path: &Path) -> Result<Connection, EngineError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // First of all: the log has to stay also when the file turns out to be damaged.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let connection = tuned(connection, "FULL")?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn common(path: &Path, flags: OpenFlags, synchronous: &str) -> Result<Connection, EngineError> {
    tuned(Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?, synchronous)
}

fn tuned(connection: Connection, synchronous: &str) -> Result<Connection, EngineError> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    Ok(connection)
}

/// Where the write-ahead log of a file is.
pub(crate) fn wal_of(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// Where the memory is that the connections to a file share.
pub(crate) fn shm_of(path: &Path) -> PathBuf {
    beside(path, "-shm")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    name.into()
}

/// Asks the connection itself whether it keeps what it confirms.
pub(crate) fn check(connection: &Connection) -> Result<Result<(), NotDurable>, EngineError> {
    for (setting, wanted) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let found = connection.pragma_query_value(None, setting, |row| row.get::<_, Value>(0))?;
        let found = match found {
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => text,
            other => format!("{other:?}"),
        };
        if found != wanted {
            return Ok(Err(NotDurable { setting, found, wanted }));
        }
    }
    Ok(Ok(()))
}

/// Makes the folder and proves that the file in it can be written.
pub(crate) fn make_writable(path: &Path) -> Result<(), OpenError> {
    let unwritable = |source| OpenError::Unwritable { path: path.into(), source };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(unwritable)?;
    }
    std::fs::OpenOptions::new().append(true).create(true).open(path).map(drop).map_err(unwritable)
}

/// Names what stands in the way of opening `path`.
pub(crate) fn failure(path: &Path, error: EngineError) -> OpenError {
    let path = path.to_path_buf();
    match sqlite_code(&error) {
        Some(13) => OpenError::Full { path, source: error },
        Some(11 | 26) => OpenError::Damaged { path, source: error },
        // Read-only, cannot open, no permission: a folder in which SQLite cannot make its log.
        Some(3 | 8 | 14) => OpenError::Unwritable {
            path,
            source: std::io::Error::new(std::io::ErrorKind::PermissionDenied, error),
        },
        _ => OpenError::Database(error),
    }
}
