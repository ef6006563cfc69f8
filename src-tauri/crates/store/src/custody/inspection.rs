//! The look at a file before it is used: is it there, is it ours, is it whole.
//!
//! A file that was closed in order carries a seal, and comparing a checksum finds any changed byte. After
//! a crash there is no seal, and SQLite's own `quick_check` looks at the structure. Both read the whole
//! file, so for a big one only the cheap questions are asked before serving, and the rest afterwards.

use super::marker::{self, State};
use super::quarantine::DAMAGED;
use super::reached::Reached;
use crate::backup::{files, sqlite::findings};
use crate::error::{EngineError, OpenError};
use crate::sqlite::{APPLICATION_ID, failure, open_for_looking, wal_of};
use rusqlite::{Connection, OptionalExtension as _};
use std::io;
use std::path::Path;

/// Largest file, in bytes, of which a seal is compared before serving.
const SEAL_AT_ONCE: u64 = 512 * 1024 * 1024;
/// Largest file, in bytes, whose structure is checked before serving.
const STRUCTURE_AT_ONCE: u64 = 96 * 1024 * 1024;

/// SQLite's page, in bytes: its default, which nothing here changes.
const PAGE_BYTES: u64 = 4096;

/// What of the check is left for when the store serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    Nothing,
    Structure,
}

/// Looks at the file at `path`. A file that is not there is fine where there never was one.
pub(super) fn inspect(path: &Path, backups: &Path) -> Result<Rest, OpenError> {
    let bytes = match std::fs::metadata(path) {
        Ok(file) => file.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(unreadable(path, error)),
    };
    let marked = marker::exists(path);
    if bytes == 0 {
        let had_store = marked || holds_something(backups) || holds_something(&path.with_file_name(DAMAGED));
        return if had_store { Err(OpenError::Missing { path: path.into() }) } else { Ok(Rest::Nothing) };
    }
    let known = marker::read(path);
    let rest = match &known {
        Some(known) if known.suspect => check_all(path).map(|()| Rest::Nothing),
        Some(marker::Marker { state: State::Closed { bytes, crc32 }, .. }) => {
            check_seal(path, *bytes, *crc32)
        }
        Some(marker::Marker { state: State::Running, .. }) if !wal_of(path).exists() => {
            Err(damaged(path, "its log is gone, and with it the last work that was confirmed"))
        }
        _ if bytes % PAGE_BYTES != 0 && log_bytes(path) == 0 => {
            Err(damaged(path, "its last page is not whole, and there is no log to mend it"))
        }
        _ if bytes <= STRUCTURE_AT_ONCE => check_structure(path).map(|()| Rest::Nothing),
        _ => Ok(Rest::Structure),
    }?;
    check_cheaply(path, marked, known.and_then(|known| known.reached).as_ref())?;
    Ok(rest)
}

/// Compares a file with what it was when it was closed.
fn check_seal(path: &Path, bytes: u64, crc32: u32) -> Result<Rest, OpenError> {
    let changed = || damaged(path, "it is not as it was when the program closed it");
    let found = std::fs::metadata(path).map_err(|error| unreadable(path, error))?.len();
    if found != bytes || log_bytes(path) > 0 {
        return Err(changed());
    }
    if bytes > SEAL_AT_ONCE {
        return Ok(Rest::Structure);
    }
    match files::checksum(path).map_err(|error| unreadable(path, error))? {
        found if found == (bytes, crc32) => Ok(Rest::Nothing),
        _ => Err(changed()),
    }
}

/// The seal of a file that is closed; none while another program still has it open.
pub(super) fn seal(path: &Path) -> io::Result<Option<State>> {
    if log_bytes(path) > 0 {
        return Ok(None);
    }
    let (bytes, crc32) = files::checksum(path)?;
    Ok(Some(State::Closed { bytes, crc32 }))
}

/// Checks that the pages of a file hang together.
pub(super) fn check_structure(path: &Path) -> Result<(), OpenError> {
    check(path, "quick_check")
}

/// Checks also that tables and their indexes say the same.
fn check_all(path: &Path) -> Result<(), OpenError> {
    check(path, "integrity_check")
}

fn check(path: &Path, how: &str) -> Result<(), OpenError> {
    let found = open_for_looking(path).and_then(|connection| findings(&connection, how));
    match found.map_err(|error| failure(path, error))? {
        None => Ok(()),
        Some(finding) => Err(damaged(path, &finding)),
    }
}

/// What no check of pages sees: that the file is this program's, that one that was in service knows who it is,
/// and that it holds what was noted of it.
fn check_cheaply(path: &Path, marked: bool, reached: Option<&Reached>) -> Result<(), OpenError> {
    let question = |connection: Connection| -> Result<Option<String>, EngineError> {
        let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if application != 0 && application != APPLICATION_ID {
            return Ok(Some("it belongs to another program".into()));
        }
        if !marked {
            return Ok(None);
        }
        if application == 0 {
            return Ok(Some("it does not carry this program's mark".into()));
        }
        let steps: i64 =
            connection.query_row("SELECT COUNT(*) FROM _sqlx_migrations", [], |row| row.get(0))?;
        let named = connection.query_row("SELECT 1 FROM store_identity", [], |_| Ok(())).optional()?;
        Ok(if steps == 0 {
            Some("the steps of its tables are not noted".into())
        } else if named.is_none() {
            Some("it does not know who it is".into())
        } else if let Some(reached) = reached {
            reached.missing(&Reached::read(&connection)?)
        } else {
            None
        })
    };
    match open_for_looking(path).and_then(question) {
        Ok(None) => Ok(()),
        Ok(Some(finding)) => Err(damaged(path, &finding)),
        // A table that every store has is missing.
        Err(error) if crate::error::sqlite_code(&error) == Some(1) => Err(damaged(path, &error.to_string())),
        Err(error) => Err(failure(path, error)),
    }
}

/// The length of a file's log; nothing when there is none.
fn log_bytes(path: &Path) -> u64 {
    std::fs::metadata(wal_of(path)).map_or(0, |log| log.len())
}

fn unreadable(path: &Path, source: io::Error) -> OpenError {
    OpenError::Unwritable { path: path.into(), source }
}

fn damaged(path: &Path, finding: &str) -> OpenError {
    OpenError::Damaged { path: path.into(), source: EngineError::Finding(finding.into()) }
}

fn holds_something(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}
