//! What can go wrong with what is remembered, in words that both engines share.
//!
//! A caller branches on these, so a unique violation is the same thing whichever engine found it.
//! The engine's own error stays underneath as the source.

use sqlx::error::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use thiserror::Error;

/// Why a unit of work did not happen. Nothing of it is on disk, with one exception:
/// [`StoreError::Database`] from a connection that broke while PostgreSQL committed.
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
    /// The unit of work held the writer for too long.
    #[error("the unit of work took too long")]
    TooSlow,
    /// The unit of work went on after a statement had failed; all of it was taken back.
    #[error("the unit of work went on after an error")]
    ErrorIgnored(#[source] Box<StoreError>),
    /// A connection that was opened anew would not keep what it confirms.
    #[error("{0}")]
    NotDurable(NotDurable),
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
    if let sqlx::Error::PoolClosed = postgres {
        return StoreError::Closed;
    }
    let Some(database) = postgres.as_database_error() else { return StoreError::Database(error.clone()) };
    match database.code().as_deref() {
        Some("53100") => StoreError::Full(error.clone()),
        Some("XX001" | "XX002") => StoreError::Damaged(error.clone()),
        Some("23001") if database.message().ends_with(APPEND_ONLY) => append_only(database.message()),
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

impl StoreError {
    /// Whether PostgreSQL gave this unit up for another's sake, so that it may simply be run again.
    pub(crate) fn asks_for_another_try(&self) -> bool {
        let Self::Database(EngineError::Postgres(error)) = self else { return false };
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        matches!(code.as_deref(), Some("40001" | "40P01"))
    }
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
    /// The database was made by a newer program; this one would not understand all of it.
    #[error("the database has version {found}, this program knows versions up to {known}")]
    TooNew { found: i64, known: i64 },
    /// A step that was applied to the database is not the one that this program has.
    #[error("step {version} of the tables is not the one that was applied to this database")]
    Rewritten { version: i64 },
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
