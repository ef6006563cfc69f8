//! The store and its units of work: a closed choice between two engines behind one door.
//!
//! A unit of work is a closure over a [`Tx`]. It happens whole or not at all; once a statement in
//! it has failed the rest of it is refused, because PostgreSQL would refuse it too. On SQLite all
//! writing goes through one writer that commits in groups; reading never waits for it.

use crate::postgres::PostgresEngine;
use crate::sqlite::SqliteEngine;
use crate::writer::Stats;
use crate::{OpenError, StoreError};
use futures_util::FutureExt;
use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Sqlite};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

/// What a unit of work is while it runs; made by `Box::pin(async move { … })`.
pub type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// Longest that one unit may hold its connection; a unit waits for nothing but the database.
const UNIT_LIMIT: Duration = Duration::from_secs(30);

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreConfig {
    /// A file of this computer; made, with its folder, when it is not there.
    Sqlite { path: PathBuf },
    /// A database of a server, shared by several terminals.
    Postgres { url: String, max_connections: u32 },
}

/// One open database. Clones are the same store.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
}

#[derive(Clone, Debug)]
pub(crate) enum Engine {
    Sqlite(SqliteEngine),
    Postgres(PostgresEngine),
}

impl Store {
    /// Opens the database, checks that it keeps what it confirms, and brings its tables up to date.
    pub async fn open(config: &StoreConfig) -> Result<Self, OpenError> {
        let engine = match config {
            StoreConfig::Sqlite { path } => Engine::Sqlite(SqliteEngine::open(path).await?),
            StoreConfig::Postgres { url, max_connections } => {
                Engine::Postgres(PostgresEngine::open(url, *max_connections).await?)
            }
        };
        Ok(Self { engine })
    }

    /// Does `work` whole or not at all, and answers when it is on disk.
    ///
    /// `work` may be run more than once before it happens once, so it must change nothing but the
    /// database.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
    {
        match &self.engine {
            Engine::Sqlite(engine) => engine.write(work).await,
            Engine::Postgres(engine) => engine.write(work).await,
        }
    }

    /// Reads one consistent state of the database. On SQLite a change in `work` is refused; on
    /// neither engine does it wait for those who write.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send,
        E: From<StoreError> + Send,
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Send,
    {
        let tx = match &self.engine {
            Engine::Sqlite(engine) => engine.begin_read().await,
            Engine::Postgres(engine) => engine.begin_read().await,
        };
        let mut tx = tx.map_err(E::from)?;
        let outcome = run(&mut tx, work).await;
        match outcome {
            Ok(value) => tx.commit().await.map(|()| value).map_err(E::from),
            Err(error) => {
                tx.roll_back().await;
                Err(error)
            }
        }
    }

    /// Finishes the work that was accepted, refuses more, and closes every connection.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite(engine) => engine.close().await,
            Engine::Postgres(engine) => engine.close().await,
        }
    }

    /// What was committed since the store was opened.
    pub fn stats(&self) -> Stats {
        match &self.engine {
            Engine::Sqlite(engine) => engine.stats(),
            Engine::Postgres(engine) => engine.stats(),
        }
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }
}

#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// A unit of work under way. The functions of the entity modules take it.
#[derive(Debug)]
pub struct Tx {
    connection: Connection,
    /// Something was begun and neither committed nor rolled back.
    open: bool,
    /// The first statement that failed.
    failed: Option<StoreError>,
}

impl Tx {
    /// Begins with `statement` on `connection`.
    pub(crate) async fn begin(connection: Connection, statement: &'static str) -> Result<Self, StoreError> {
        let mut tx = Self { connection, open: true, failed: None };
        tx.control(statement).await?;
        Ok(tx)
    }

    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.control("COMMIT").await?;
        self.open = false;
        Ok(())
    }

    pub(crate) async fn roll_back(mut self) {
        match self.control("ROLLBACK").await {
            Ok(()) => self.open = false,
            Err(error) => tracing::warn!(%error, "a unit could not be rolled back; its connection is closed"),
        }
    }

    /// Runs a statement that steers the transaction itself.
    pub(crate) async fn control(&mut self, statement: &'static str) -> Result<(), StoreError> {
        match &mut self.connection {
            Connection::Sqlite(connection) => {
                sqlx::query(statement).execute(&mut **connection).await.map(|_| ())
            }
            Connection::Postgres(connection) => {
                sqlx::raw_sql(statement).execute(&mut **connection).await.map(|_| ())
            }
        }
        .map_err(StoreError::from)
    }

    /// The connection, as long as no statement has failed.
    pub(crate) fn connection(&mut self) -> Result<&mut Connection, StoreError> {
        match &self.failed {
            None => Ok(&mut self.connection),
            Some(first) => Err(StoreError::ErrorIgnored(Box::new(first.clone()))),
        }
    }

    /// Passes a statement's result on and remembers that it failed.
    pub(crate) fn noted<T>(&mut self, result: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        result.map_err(|error| {
            let error = StoreError::from(error);
            self.failed.get_or_insert_with(|| error.clone());
            error
        })
    }

    /// The first failure, which is forgotten: the next unit begins afresh.
    pub(crate) fn take_failure(&mut self) -> Option<StoreError> {
        self.failed.take()
    }
}

impl Drop for Tx {
    /// A connection left in the middle of a transaction is closed, so that no one inherits it.
    fn drop(&mut self) {
        if self.open {
            match &mut self.connection {
                Connection::Sqlite(connection) => connection.close_on_drop(),
                Connection::Postgres(connection) => connection.close_on_drop(),
            }
        }
    }
}

/// Runs one unit to its end, turning a panic, a stall and an ignored error into errors.
pub(crate) async fn run<T, E, F>(tx: &mut Tx, work: F) -> Result<T, E>
where
    E: From<StoreError>,
    F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E>,
{
    let unit = AssertUnwindSafe(async { work(tx).await }).catch_unwind();
    let value = match tokio::time::timeout(UNIT_LIMIT, unit).await {
        Err(_) => return Err(StoreError::TooSlow.into()),
        Ok(Err(_)) => return Err(StoreError::Panicked.into()),
        Ok(Ok(outcome)) => outcome?,
    };
    tx.connection()?;
    Ok(value)
}
