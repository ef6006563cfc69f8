//! Closed orders of long ago: their details move to a file per year, and reports read them there.
//!
//! ```text
//!  live store                             <folder>/fastops-<branch>-<year>.db
//!  1 read a batch of old orders
//!  2                            ──copy──> rows of batch n, synced
//!  3 in one transaction: mark the orders,
//!    delete their details, and say that
//!    the file counts up to batch n
//! ```
//!
//! A crash between 2 and 3 leaves the details in both places. They count once: a reader takes from the file
//! only what the live store says that it counts, and the next move begins by clearing the rest.
//!
//! Papers about no order go to the same files ([`papers`]).
//!
//! Architecture invariant: money, receipts, stock and the audit chain are never moved, and an order keeps
//! its row with its posted figures.

pub(crate) mod details;
mod file;
pub(crate) mod papers;
pub(crate) mod report;
pub(crate) mod rows;

pub use report::{ArchivedLine, OrderDetail, ProductSales, closed_orders};

use crate::{Store, StoreError};
use fastops_domain::ids::{BranchId, OrderId};
use fastops_domain::time::Time;
use file::YearFile;
use rows::Details;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// Orders in one batch: few enough that the writer is held for some milliseconds only.
const BATCH: i64 = 250;
/// The folder of the archive beside the database of a computer.
const FOLDER: &str = "archive";

/// Where the files of past years are.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
}

/// Orders that may leave: those of one branch that were closed before a time.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    pub branch: BranchId,
    pub closed_before: Time,
}

/// A batch that is in its file, synced, and still in the live store too.
#[derive(Debug)]
pub struct Batch {
    branch: BranchId,
    year: i64,
    number: i64,
    orders: Vec<OrderId>,
    total_minor: i64,
    /// Rows of each table, as the file has them.
    counts: Vec<u64>,
}

impl Batch {
    /// How many orders are in it.
    pub fn orders(&self) -> usize {
        self.orders.len()
    }
}

/// Why orders were not moved, or cannot be read where they are.
#[derive(Debug, Error)]
pub enum ArchiveError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder or a file cannot be written.
    #[error("{path} cannot be written")]
    Unwritable { path: PathBuf, source: std::io::Error },
    /// A year's file is not where it was, or holds less than the store knows that it holds.
    #[error("{path} is missing or not whole: it should hold {orders} orders")]
    Incomplete { path: PathBuf, orders: i64 },
    #[error("the work was interrupted")]
    Interrupted,
}

fn make_folder(folder: &Path) -> Result<(), ArchiveError> {
    let made = std::fs::create_dir_all(folder);
    made.map_err(|source| ArchiveError::Unwritable { path: folder.into(), source })
}

impl Archive {
    /// The archive of the computer whose data is in `folder`.
    pub fn beside(folder: &Path) -> Self {
        Self { folder: folder.join(FOLDER) }
    }

    /// The file of a branch's year.
    pub fn file(&self, branch: BranchId, year: i64) -> PathBuf {
        self.folder.join(format!("fastops-{}-{year}.db", branch.0.simple()))
    }

    /// How many orders would be moved.
    pub async fn due(&self, store: &Store, retention: Retention) -> Result<u64, ArchiveError> {
        let due = store.read(move |tx| Box::pin(rows::due(tx, retention))).await;
        due.map_err(ArchiveError::from)
    }

    /// Moves one batch and says how many orders it had; 0 when nothing is left to move.
    pub async fn step(&self, store: &Store, retention: Retention, now: Time) -> Result<usize, ArchiveError> {
        let Some(batch) = self.copy(store, retention).await? else { return Ok(0) };
        self.remove(store, &batch, now).await?;
        Ok(batch.orders())
    }

    /// The first half of a step: the oldest orders that are due go into their year's file, synced.
    pub async fn copy(&self, store: &Store, retention: Retention) -> Result<Option<Batch>, ArchiveError> {
        let read = store.read(move |tx| Box::pin(rows::read_batch(tx, retention, BATCH)));
        let read: Result<Option<Details>, StoreError> = read.await;
        let Some(details) = read? else { return Ok(None) };
        let path = self.file(retention.branch, details.year);
        let folder = self.folder.clone();
        let writing = tokio::task::spawn_blocking(move || {
            make_folder(&folder)?;
            let counts = YearFile::open(&path)?.write(&details)?;
            Ok::<_, ArchiveError>((details, counts))
        });
        let (details, counts) = writing.await.map_err(|_| ArchiveError::Interrupted)??;
        Ok(Some(Batch {
            branch: retention.branch,
            year: details.year,
            number: details.batch,
            total_minor: details.total_minor,
            orders: details.orders,
            counts,
        }))
    }

    /// The second half: takes the batch out of the live store, in one transaction. Refused, with nothing
    /// changed, when any of it is not what was copied.
    pub async fn remove(&self, store: &Store, batch: &Batch, now: Time) -> Result<(), ArchiveError> {
        let removing = Arc::new(rows::Removing {
            branch: batch.branch,
            year: batch.year,
            number: batch.number,
            total_minor: batch.total_minor,
            orders: batch.orders.clone(),
            counts: batch.counts.clone(),
            now,
        });
        let removed: Result<(), StoreError> = store
            .write(move |tx| {
                let removing = Arc::clone(&removing);
                Box::pin(async move { rows::remove(tx, &removing).await })
            })
            .await;
        Ok(removed?)
    }
}
