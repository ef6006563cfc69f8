//! The embedded engine: one file, one thread that writes it, a few that read it.
//!
//! SQLite works inside the thread that calls it, so a statement costs no journey to another thread:
//! the whole unit of work travels once, to a thread that owns a connection and runs it there. The
//! C library is called directly, since the drivers that hide it behind a future hand every single
//! statement from thread to thread.

mod connect;
mod migrate;
mod readers;
pub(crate) mod statement;
mod writer;

pub(crate) use connect::{
    APPLICATION_ID, check, failure, open_for_looking, open_for_reading, open_for_writing, open_with, shm_of,
    wal_of,
};
pub(crate) use migrate::{MIGRATIONS_TABLE, known_version, make_old, refuse_newer};
pub(crate) use statement::Param;

use crate::StoreError;
use crate::change::{self, ChangeLog, Changes};
use crate::engine::{Tx, Work};
use crate::error::{NotDurable, OpenError};
use crate::stats::Stats;
use readers::Readers;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::watch;
use writer::Writer;

/// An open file.
#[derive(Clone, Debug)]
pub(crate) struct SqliteEngine {
    writer: Writer,
    readers: Readers,
    changes: Arc<ChangeLog>,
}

impl SqliteEngine {
    pub(crate) async fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, || Ok(())).await
    }

    /// Opens the file; `before_migration` is called when tables that hold something are about to change,
    /// and its refusal stops the opening.
    pub(crate) async fn open_with(
        path: &Path,
        before_migration: impl FnOnce() -> Result<(), OpenError> + Send + 'static,
    ) -> Result<Self, OpenError> {
        let (path, runtime) = (path.to_path_buf(), tokio::runtime::Handle::current());
        let opening = tokio::task::spawn_blocking(move || {
            connect::make_writable(&path)?;
            let crashed = std::fs::metadata(wal_of(&path)).is_ok_and(|log| log.len() > 0);
            let mut first = open_for_writing(&path).map_err(|error| failure(&path, error))?;
            if crashed && let Err(error) = connect::fold_log(&first) {
                tracing::warn!(%error, "what a crash left in the log could not be folded into the file yet");
            }
            migrate::migrate(&mut first, &path, before_migration)?;
            // The writer's connection is there first: a reader may open the file only while its log exists.
            let versions = change::versions_on_sqlite(&first).map_err(|error| failure(&path, error))?;
            let changes = Arc::new(ChangeLog::new(versions));
            let count = Readers::count();
            let (log, readers_left) = (Arc::clone(&changes), count.subscribe());
            let writer = Writer::start(first, path.clone(), runtime.clone(), log, readers_left)?;
            let readers = Readers::start(&path, &runtime, &count)?;
            Ok(Self { writer, readers, changes })
        });
        opening.await.map_err(|_| OpenError::Interrupted)?
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
    {
        self.writer.write(work).await
    }

    pub(crate) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Send + 'static,
    {
        self.readers.read(work).await
    }

    /// Readers go first, so that the writer's connection is the last and folds the log into the file.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    pub(crate) fn changes(&self) -> watch::Receiver<Changes> {
        self.changes.watch()
    }

    pub(crate) fn stats(&self) -> Stats {
        self.writer.stats()
    }

    /// What a reading connection says of itself.
    pub(crate) async fn check_reader(&self) -> Result<Result<(), NotDurable>, StoreError> {
        self.readers.read(|tx| Box::pin(async move { tx.sqlite(check) })).await
    }
}
