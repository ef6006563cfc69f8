//! Why there is no backup, and what can be wrong with one.

use crate::{EngineError, OpenError, StoreError};
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a backup was not made, not tried, or not restored. What was there before is as it was.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The disk has too little room.
    #[error("{folder} has {free} bytes free; {needed} are needed")]
    NoSpace { folder: PathBuf, needed: u64, free: u64 },
    /// A file or a folder cannot be read or written.
    #[error("{path} cannot be read or written")]
    File { path: PathBuf, source: io::Error },
    /// The database that was to be backed up cannot be read.
    #[error("the database cannot be read")]
    Store(#[from] StoreError),
    /// A backup could not be opened as a store.
    #[error("the backup cannot be opened")]
    Open(#[from] Box<OpenError>),
    /// The backup was tried and is not good.
    #[error("{path} is not a good backup: {problem}")]
    Bad { path: PathBuf, problem: Problem },
    /// There is no verified backup.
    #[error("there is no verified backup in {folder}")]
    NoneVerified { folder: PathBuf },
    /// One of PostgreSQL's own programs is not there.
    #[error("{program} is not found")]
    ToolMissing { program: String },
    /// One of PostgreSQL's own programs is older than the server, and would not understand it.
    #[error("{program} has version {found}, the server has {server}")]
    ToolTooOld { program: String, found: i64, server: i64 },
    /// One of PostgreSQL's own programs failed.
    #[error("{program} failed: {said}")]
    ToolFailed { program: String, said: String },
    /// Someone still works with the database that was to be replaced.
    #[error("{database} is in use by {others} others")]
    InUse { database: String, others: i64 },
    /// The backup is of another engine than the database.
    #[error("the backup is of another kind of database")]
    OtherKind,
    /// The program was ended in between.
    #[error("the program was ended")]
    Interrupted,
}

/// What is wrong with a backup or a database.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The file is not the one whose length and fingerprint were noted.
    #[error("the file was changed after it was made")]
    Altered,
    /// The engine cannot read it, or finds its structure broken.
    #[error("damaged: {finding}")]
    Damaged { finding: String },
    /// A row points at one that is not there.
    #[error("a row of {table} points at a row of {parent} that is not there")]
    Dangling { table: String, parent: String },
    /// A total is not what it was in the moment that the backup shows.
    #[error("{what} should be {expected} and is {found}")]
    Differs { what: String, expected: String, found: String },
    /// The chain of the audit log is broken.
    #[error("the audit log: {fault}")]
    Audit { fault: String },
    /// It was made by a newer program.
    #[error("it has version {found}, this program knows versions up to {known}")]
    TooNew { found: i64, known: i64 },
}

impl From<EngineError> for BackupError {
    fn from(error: EngineError) -> Self {
        Self::Store(error.into())
    }
}

impl From<OpenError> for BackupError {
    fn from(error: OpenError) -> Self {
        Self::Open(Box::new(error))
    }
}

/// Names the file at which an operation of the file system failed.
pub(super) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.into();
    move |source| BackupError::File { path, source }
}
