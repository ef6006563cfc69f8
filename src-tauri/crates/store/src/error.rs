//! What can go wrong with what is remembered, in words that both engines share.
//!
//! A caller branches on these, so a unique violation is the same thing whichever engine found it.
//! The engine's own error stays underneath as the source.

use crate::backup::BackupError;
use sqlx::error::ErrorKind;
use sqlx::postgres::{PgDatabaseError, PgSeverity};
use std::path::PathBuf;
use std::sync::Arc;
use thiserror::Error;

/// Why a unit of work did not happen. Nothing of it is on disk, unless it is [`StoreError::Unsure`].
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// A guarded change found the row in another state than expected, or gone.
    #[error("{what} is no longer in the expected state")]
    Stale { what: &'static str },
    /// A row with the same key is there already.
    #[error("{table} has such a row already ({constraint})")]
    Conflict { table: String, constraint: String },
    /// A row points at one that does not exist.
    #[error("a row points at another that does not exist")]
    Dangling(#[source] EngineError),
    /// A fact that is never changed was to be changed.
    #[error("{table} is append-only")]
    AppendOnly { table: String },
    /// A rule that the tables keep was to be broken; `rule` is its name there.
    #[error("the rule {rule} would be broken")]
    RuleBroken { rule: String },
    /// No room on the disk that holds the database.
    #[error("the disk that holds the database is full")]
    Full(#[source] EngineError),
    /// The database is damaged.
    #[error("the database is damaged")]
    Damaged(#[source] EngineError),
    /// A column holds something that this program does not know.
    #[error("column {column} cannot be read: {reason}")]
    Decode { column: &'static str, reason: String },
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// The unit of work panicked.
    #[error("the unit of work panicked")]
    Panicked,
    /// The unit of work held its connection for too long, or one of its statements ran into the
    /// server's limit for statements or for locks.
    #[error("the unit of work took too long")]
    TooSlow,
    /// Every connection was at work for longer than anyone should wait.
    #[error("every connection to the database is at work")]
    Busy,
    /// The server cannot be reached, or went away before the unit was committed.
    #[error("the database server cannot be reached")]
    Away(#[source] EngineError),
    /// The connection to the server, or the disk, failed during the commit: the unit happened whole or not at
    /// all, and nobody here knows which. Whoever can ask (a command by its id) asks; the others look.
    #[error("it is not known whether the unit of work happened")]
    Unsure(#[source] EngineError),
    /// The unit of work went on after a statement had failed; all of it was taken back.
    #[error("the unit of work went on after an error")]
    ErrorIgnored(#[source] Box<StoreError>),
    /// A unit that said it is one statement ran another, which might have seen another state.
    #[error("a unit of one statement ran another")]
    NotOne,
    /// A connection that was opened anew would not keep what it confirms.
    #[error("{0}")]
    NotDurable(NotDurable),
    /// How the store is left could not be noted beside it.
    #[error("the note beside the database cannot be written")]
    Unmarked(#[source] Arc<std::io::Error>),
    /// Something was asked of one engine that only the other can do.
    #[error("this engine cannot do that")]
    WrongEngine,
    /// Anything else that the engine reports.
    #[error("the database failed")]
    Database(#[source] EngineError),
}

/// What the engine itself reported.
#[derive(Clone, Debug, Error)]
pub enum EngineError {
    #[error(transparent)]
    Sqlite(Arc<rusqlite::Error>),
    #[error(transparent)]
    Postgres(Arc<sqlx::Error>),
    /// A value could not be written as JSON.
    #[error(transparent)]
    Encode(Arc<serde_json::Error>),
    /// A row points at another that is not there.
    #[error("a row of {table} points at a row of {parent} that does not exist")]
    Dangling { table: String, parent: String },
    /// What a look at a file found wrong with it.
    #[error("{0}")]
    Finding(String),
}

impl From<rusqlite::Error> for EngineError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(Arc::new(error))
    }
}

impl From<sqlx::Error> for EngineError {
    fn from(error: sqlx::Error) -> Self {
        Self::Postgres(Arc::new(error))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        EngineError::from(error).into()
    }
}

impl From<EngineError> for StoreError {
    fn from(error: EngineError) -> Self {
        match &error {
            EngineError::Sqlite(sqlite) => of_sqlite(&error, sqlite),
            EngineError::Postgres(postgres) => of_postgres(&error, postgres),
            EngineError::Encode(_) => Self::Database(error),
            EngineError::Finding(_) => Self::Damaged(error),
            EngineError::Dangling { .. } => Self::Dangling(error),
        }
    }
}

/// SQLite says what clashed only in words: `UNIQUE constraint failed: station.branch_id, station.code`.
fn of_sqlite(error: &EngineError, sqlite: &rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(code, message) = sqlite else {
        return StoreError::Database(error.clone());
    };
    let message = message.as_deref().unwrap_or_default();
    match (code.extended_code & 0xff, code.extended_code) {
        (13, _) => StoreError::Full(error.clone()),
        (11 | 26, _) => StoreError::Damaged(error.clone()),
        (_, 1811) if message.ends_with(APPEND_ONLY) => append_only(message),
        (_, 1811) if message.ends_with(BROKEN) => rule_broken(message.trim_end_matches(BROKEN)),
        // `CHECK constraint failed: stock_level_least`
        (_, 275) => rule_broken(message.rsplit(": ").next().unwrap_or_default()),
        // A unique index, a primary key, a row id.
        (_, 2067 | 1555 | 2579) => {
            let columns = message.rsplit(": ").next().unwrap_or_default();
            let table = columns.split('.').next().unwrap_or_default();
            StoreError::Conflict { table: table.into(), constraint: columns.into() }
        }
        (_, 787) => StoreError::Dangling(error.clone()),
        _ => StoreError::Database(error.clone()),
    }
}

fn of_postgres(error: &EngineError, postgres: &sqlx::Error) -> StoreError {
    match postgres {
        sqlx::Error::PoolClosed => return StoreError::Closed,
        sqlx::Error::PoolTimedOut => return StoreError::Busy,
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) => return StoreError::Away(error.clone()),
        _ => {}
    }
    let Some(database) = postgres.as_database_error() else { return StoreError::Database(error.clone()) };
    match database.code().as_deref() {
        Some("53100") => StoreError::Full(error.clone()),
        Some("53300") => StoreError::Busy,
        Some("57014" | "55P03") => StoreError::TooSlow,
        Some("XX001" | "XX002") => StoreError::Damaged(error.clone()),
        Some("23001") if database.message().ends_with(APPEND_ONLY) => append_only(database.message()),
        _ if ends_connection(database) => StoreError::Away(error.clone()),
        _ => match database.kind() {
            ErrorKind::UniqueViolation => StoreError::Conflict {
                table: database.table().unwrap_or_default().into(),
                constraint: database.constraint().unwrap_or_default().into(),
            },
            ErrorKind::ForeignKeyViolation => StoreError::Dangling(error.clone()),
            ErrorKind::CheckViolation => rule_broken(database.constraint().unwrap_or_default()),
            _ => StoreError::Database(error.clone()),
        },
    }
}

/// Whether the server ended the connection with these words: a shutdown, a terminated session.
fn ends_connection(error: &dyn sqlx::error::DatabaseError) -> bool {
    let error = error.try_downcast_ref::<PgDatabaseError>();
    error.is_some_and(|error| matches!(error.severity(), PgSeverity::Fatal | PgSeverity::Panic))
}

/// How the triggers of facts that are never changed end their refusal.
const APPEND_ONLY: &str = " is append-only";
/// How the triggers that keep a rule end theirs.
const BROKEN: &str = " is broken";

fn rule_broken(rule: &str) -> StoreError {
    StoreError::RuleBroken { rule: rule.into() }
}

fn append_only(message: &str) -> StoreError {
    StoreError::AppendOnly { table: message.trim_end_matches(APPEND_ONLY).into() }
}

/// SQLite's primary result code, without the extension in the upper bits.
pub(crate) fn sqlite_code(error: &EngineError) -> Option<i32> {
    let EngineError::Sqlite(error) = error else { return None };
    error.sqlite_error().map(|code| code.extended_code & 0xff)
}

/// Why a store cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The folder or the file cannot be written.
    #[error("{path} cannot be written")]
    Unwritable { path: PathBuf, source: std::io::Error },
    /// No room on the disk.
    #[error("the disk that holds {path} is full")]
    Full { path: PathBuf, source: EngineError },
    /// The file is not a database, or no longer a whole one.
    #[error("{path} is damaged or is not a database of this program")]
    Damaged { path: PathBuf, source: EngineError },
    /// There was a store here, and its file is gone or empty.
    #[error("{path} is gone or empty; there was a store here")]
    Missing { path: PathBuf },
    /// The backup that is made before the tables are changed failed.
    #[error("no backup could be made before the tables are changed")]
    Backup(#[source] Box<BackupError>),
    /// The database could not be given an identity, or its identity cannot be read.
    #[error("the identity of the database cannot be read or written")]
    Unidentified(#[source] Box<StoreError>),
    /// The database was made by a newer program; this one would not understand all of it.
    #[error("the database has version {found}, this program knows versions up to {known}")]
    TooNew { found: i64, known: i64 },
    /// A step that was applied to the database is not the one that this program has.
    #[error("step {version} of the tables is not the one that was applied to this database")]
    Rewritten { version: i64 },
    /// The acts of the time before the audit chain could not be brought into it.
    #[error("the audit log of an earlier version cannot be chained")]
    Unchained(#[source] Box<StoreError>),
    /// The computer gives no more threads.
    #[error("a thread for the database could not be started")]
    Thread(#[source] std::io::Error),
    /// The program was ended while it opened the database.
    #[error("the opening was interrupted")]
    Interrupted,
    /// The server does not answer, or refuses the user.
    #[error("the database server cannot be reached")]
    Unreachable { source: EngineError },
    /// The server keeps text in an encoding that cannot hold every name.
    #[error("the database keeps text as {found}; it must be UTF8")]
    Encoding { found: String },
    /// The database would not keep what it has confirmed through a power cut.
    #[error("{0}")]
    NotDurable(#[from] NotDurable),
    /// The tables could not be brought to this program's version.
    #[error("the tables cannot be brought to this program's version")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Anything else that the engine reports.
    #[error("the database cannot be opened")]
    Database(#[source] EngineError),
}

/// A setting of a connection under which confirmed work could be lost or be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{setting} is {found}; it must be {wanted}, or confirmed work could be lost")]
pub struct NotDurable {
    pub setting: &'static str,
    pub found: String,
    pub wanted: &'static str,
}
