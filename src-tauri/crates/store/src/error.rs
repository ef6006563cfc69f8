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
    Dangling(#[source] Arc<sqlx::Error>),
    /// A fact that is never changed was to be changed.
    #[error("{table} is append-only")]
    AppendOnly { table: String },
    /// A rule that the tables keep was to be broken; `rule` is its name there.
    #[error("the rule {rule} would be broken")]
    RuleBroken { rule: String },
    /// No room on the disk that holds the database.
    #[error("the disk that holds the database is full")]
    Full(#[source] Arc<sqlx::Error>),
    /// The database is damaged.
    #[error("the database is damaged")]
    Damaged(#[source] Arc<sqlx::Error>),
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
    /// Anything else that the engine reports.
    #[error("the database failed")]
    Database(#[source] Arc<sqlx::Error>),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let error = Arc::new(error);
        if let sqlx::Error::PoolClosed = &*error {
            return Self::Closed;
        }
        let Some(database) = error.as_database_error() else { return Self::Database(error) };
        match (sqlite_code(&error), database.code().as_deref()) {
            (Some(13), _) | (_, Some("53100")) => Self::Full(error),
            (Some(11 | 26), _) | (_, Some("XX001" | "XX002")) => Self::Damaged(error),
            (_, Some("1811" | "23001")) if database.message().ends_with("is append-only") => {
                Self::AppendOnly { table: database.message().trim_end_matches(" is append-only").into() }
            }
            (_, Some("1811")) if database.message().ends_with(" is broken") => {
                Self::RuleBroken { rule: database.message().trim_end_matches(" is broken").into() }
            }
            _ => match database.kind() {
                ErrorKind::CheckViolation => rule_broken(database),
                ErrorKind::UniqueViolation => conflict(database),
                ErrorKind::ForeignKeyViolation => Self::Dangling(error),
                _ => Self::Database(error),
            },
        }
    }
}

/// Names what clashed. SQLite says it only in words: `UNIQUE constraint failed: station.branch_id, …`.
fn conflict(database: &dyn sqlx::error::DatabaseError) -> StoreError {
    if let (Some(table), Some(constraint)) = (database.table(), database.constraint()) {
        return StoreError::Conflict { table: table.into(), constraint: constraint.into() };
    }
    let columns = database.message().rsplit(": ").next().unwrap_or_default();
    let table = columns.split('.').next().unwrap_or_default();
    StoreError::Conflict { table: table.into(), constraint: columns.into() }
}

/// Names the rule. SQLite says it only in words: `CHECK constraint failed: stock_level_least`.
fn rule_broken(database: &dyn sqlx::error::DatabaseError) -> StoreError {
    let in_words = || database.message().rsplit(": ").next().unwrap_or_default();
    StoreError::RuleBroken { rule: database.constraint().unwrap_or_else(in_words).into() }
}

/// SQLite's primary result code, without the extension in the upper bits.
pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let database = error.as_database_error()?.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    Some(sqlx::error::DatabaseError::code(database)?.parse::<i32>().ok()? & 0xff)
}

impl StoreError {
    /// Whether PostgreSQL gave this unit up for another's sake, so that it may simply be run again.
    pub(crate) fn asks_for_another_try(&self) -> bool {
        let Self::Database(error) = self else { return false };
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
    Full { path: PathBuf, source: sqlx::Error },
    /// The file is not a database, or no longer a whole one.
    #[error("{path} is damaged or is not a database of this program")]
    Damaged { path: PathBuf, source: sqlx::Error },
    /// The database was made by a newer program; this one would not understand all of it.
    #[error("the database has version {found}, this program knows versions up to {known}")]
    TooNew { found: i64, known: i64 },
    /// The server does not answer, or refuses the user.
    #[error("the database server cannot be reached")]
    Unreachable { source: sqlx::Error },
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
    Database(#[source] sqlx::Error),
}

/// A setting of a connection under which confirmed work could be lost or be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{setting} is {found}; it must be {wanted}, or confirmed work could be lost")]
pub struct NotDurable {
    pub setting: &'static str,
    pub found: String,
    pub wanted: &'static str,
}
