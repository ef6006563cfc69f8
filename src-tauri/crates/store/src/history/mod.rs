//! A history poured into the store: years of service in minutes, for benchmarks and demonstrations.
//!
//! What happened is made by the caller, a [`Day`] at a time; this module knows how each engine takes very
//! many rows. Every rule of the tables is kept: their triggers see each row, and what foreign keys demand
//! is checked, row by row on PostgreSQL and as a whole at the end on SQLite.
//!
//! ```text
//!  maker ──days──> bounded queue ──> SQLite: a copy of the file, without syncs; checked; renamed over it
//!                                    PostgreSQL: COPY, in one transaction
//! ```
//!
//! Either way a history is there whole or not at all: a crash leaves the store as it was before.

mod facts;
mod file;
pub(crate) mod house;
pub(crate) mod rows;
pub(crate) mod server;
mod value;

pub use facts::{
    ActFact, AttemptFact, CashMoveFact, Counters, Day, DrawerCount, DrawerFact, EventFact, JobFact, LineFact,
    OrderFact, PaymentFact, ReceiptFact, RefundFact, StockMoveFact, TaxFact, TicketFact, VoidFact,
};
pub use house::{House, HouseProduct, HouseStation, HouseTable, HouseTerminal, Level, Person, house};

use crate::{OpenError, StoreConfig, StoreError};
use fastops_domain::ids::BranchId;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::sync::mpsc;

/// Days that may wait for the writer: enough to keep it busy, few enough to stay out of memory's way.
const QUEUE: usize = 4;

/// What was poured, and how long each part took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Poured {
    pub orders: u64,
    pub lines: u64,
    /// Every row of every table.
    pub rows: u64,
    /// Writing the rows.
    pub writing: Duration,
    /// Building the indexes that were left for the end.
    pub indexing: Duration,
    /// Checking that the file is whole and that no row points nowhere.
    pub checking: Duration,
    /// Size of the database at the end.
    pub bytes: u64,
}

/// Called with the number of orders written so far.
pub type Progress = Arc<dyn Fn(u64) + Send + Sync>;

/// Why nothing was poured.
#[derive(Debug, Error)]
pub enum PourError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file could not be copied, synced or renamed.
    #[error("{path} cannot be written")]
    File { path: PathBuf, source: std::io::Error },
    /// Another program has the database open.
    #[error("another program uses the database")]
    InUse,
    /// The check at the end found something.
    #[error("the history is not whole: {0}")]
    Unsound(String),
    #[error("the pouring was interrupted")]
    Interrupted,
}

/// Writes `days`, whole or not at all, into the store of `config`, which no one may have open.
pub async fn pour<D, E>(
    config: &StoreConfig,
    branch: BranchId,
    days: D,
    progress: Progress,
) -> Result<Poured, E>
where
    D: Iterator<Item = Result<Day, E>> + Send + 'static,
    E: From<PourError> + Send + 'static,
{
    let (queue, made) = mpsc::channel(QUEUE);
    let maker = tokio::task::spawn_blocking(move || {
        for day in days {
            // A writer that failed takes no more; it says why itself.
            let ends = day.is_err();
            if queue.blocking_send(day).is_err() || ends {
                return;
            }
        }
    });
    let poured = match config {
        StoreConfig::Sqlite { path } => {
            let (path, runtime) = (path.clone(), tokio::runtime::Handle::current());
            let writing =
                tokio::task::spawn_blocking(move || file::pour(&path, branch, made, &progress, &runtime));
            writing.await.map_err(|_| PourError::Interrupted)?
        }
        StoreConfig::Postgres { .. } => server::pour(config, branch, made, &progress).await,
    };
    maker.await.map_err(|_| PourError::Interrupted)?;
    poured
}

/// Counts what a day adds.
fn count(poured: &mut Poured, day: &Day, rows: u64) {
    poured.orders += day.orders.len() as u64;
    poured.lines += day.lines.len() as u64;
    poured.rows += rows;
}
