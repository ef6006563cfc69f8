//! The store and its units of work: a closed choice between two engines behind one door.
//!
//! A unit of work is a closure over a [`Tx`]. It happens whole or not at all; once a statement in
//! it has failed the rest of it is refused, because PostgreSQL would refuse it too. On SQLite all
//! writing goes through one writer that commits in groups; reading never waits for it.

use crate::change::{self, Changes, Versions};
use crate::custody::Kept;
use crate::error::EngineError;
use crate::hint::{Heard, Hint};
use crate::postgres::PostgresEngine;
use crate::sql::Sql;
use crate::sqlite::SqliteEngine;
use crate::stats::Stats;
use crate::{Health, OpenError, StoreError, audit, meter};
use futures_util::FutureExt;
use sqlx::Postgres;
use sqlx::pool::PoolConnection;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::time::Instant;

/// What a unit of work is while it runs; made by `Box::pin(async move { … })`.
pub type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// Longest that one unit may hold its connection; a unit waits for nothing but the database.
const UNIT_LIMIT: Duration = Duration::from_secs(30);
/// Longest that taking a unit back may take before its connection is closed instead.
const ROLLBACK_LIMIT: Duration = Duration::from_secs(1);
/// How often the old acts are chained again when another terminal does it at the same time.
const CHAIN_TRIES: u32 = 5;
/// A statement that takes longer is named in the log.
pub(crate) const SLOW: Duration = Duration::from_millis(100);

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
    /// How its file is kept; none when it is only a database. Goes before the engine, which folds the log
    /// into the file when it goes.
    kept: Option<Arc<Kept>>,
    engine: Engine,
    health: watch::Sender<Health>,
}

#[derive(Clone, Debug)]
pub(crate) enum Engine {
    Sqlite(SqliteEngine),
    Postgres(PostgresEngine),
}

impl Store {
    /// Opens the database, checks that it keeps what it confirms, and brings its tables up to date.
    pub async fn open(config: &StoreConfig) -> Result<Self, OpenError> {
        let health = watch::Sender::new(Health::Ok);
        let engine = match config {
            StoreConfig::Sqlite { path } => Engine::Sqlite(SqliteEngine::open(path).await?),
            StoreConfig::Postgres { url, max_connections } => {
                let (health, rng) = (health.clone(), fastrand::Rng::new());
                Engine::Postgres(PostgresEngine::open(url, *max_connections, health, rng).await?)
            }
        };
        Self::of(engine, health, None).with_chain().await
    }

    /// Brings the acts of the time before the audit chain into it; once, and nothing to do ever after.
    pub(crate) async fn with_chain(self) -> Result<Self, OpenError> {
        let mut tries_left = CHAIN_TRIES;
        loop {
            let chained = self.write::<_, StoreError, _>(|tx| Box::pin(audit::chain_old_rows(tx))).await;
            match chained {
                Ok(0) => return Ok(self),
                Ok(acts) => {
                    tracing::info!(acts, "the audit log of earlier versions is in the chain");
                    return Ok(self);
                }
                // Another terminal opens the same database and is at it too.
                Err(StoreError::Conflict { .. }) if tries_left > 0 => tries_left -= 1,
                Err(error) => {
                    self.close().await;
                    return Err(OpenError::Unchained(Box::new(error)));
                }
            }
        }
    }

    pub(crate) fn of(engine: Engine, health: watch::Sender<Health>, kept: Option<Arc<Kept>>) -> Self {
        Self { kept, engine, health }
    }

    pub(crate) fn kept(self, kept: Kept) -> Self {
        Self { kept: Some(Arc::new(kept)), ..self }
    }

    pub(crate) fn custody(&self) -> Option<Arc<Kept>> {
        self.kept.clone()
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
            // Boxed: its tries would make every caller's future large.
            Engine::Postgres(engine) => Box::pin(engine.write(work)).await,
        }
    }

    /// Reads one consistent state of the database. On SQLite a change in `work` is refused; on
    /// neither engine does it wait for those who write.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite(engine) => engine.read(work).await,
            Engine::Postgres(engine) => Box::pin(engine.read(work)).await,
        }
    }

    /// Reads what one statement tells, which needs no transaction around it: on PostgreSQL that saves the
    /// journeys that begin and end one. A second statement in `work` is refused there.
    ///
    /// `work` may be run more than once before it is answered.
    pub async fn read_one<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
    {
        match &self.engine {
            Engine::Sqlite(engine) => engine.read(work).await,
            Engine::Postgres(engine) => Box::pin(engine.read_one(work)).await,
        }
    }

    /// Finishes the work that was accepted, refuses more, and closes every connection.
    pub async fn close(&self) {
        if let Some(kept) = &self.kept {
            kept.closing();
        }
        match &self.engine {
            Engine::Sqlite(engine) => engine.close().await,
            Engine::Postgres(engine) => engine.close().await,
        }
        if let Some(kept) = self.custody() {
            let _interrupted = tokio::task::spawn_blocking(move || kept.closed()).await;
        }
    }

    /// Whether the database answers, now and from now on.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.subscribe()
    }

    /// What was committed since the store was opened.
    pub fn stats(&self) -> Stats {
        match &self.engine {
            Engine::Sqlite(engine) => engine.stats(),
            Engine::Postgres(engine) => engine.stats(),
        }
    }

    /// What is known of changes to what caches keep, made here or elsewhere. A change that was made here
    /// is known before whoever made it is answered.
    pub fn changes(&self) -> watch::Receiver<Changes> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.changes(),
            Engine::Postgres(engine) => engine.changes(),
        }
    }

    /// Whether cores of other computers work on the same database.
    pub const fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// Says something to the other cores on a shared database; elsewhere there are none.
    pub async fn hint(&self, hint: Hint) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(engine) => engine.hint(hint).await,
        }
    }

    /// What is heard from the other cores, and from this one, from now on; none where there are no others.
    pub fn hints(&self) -> Option<broadcast::Receiver<Heard>> {
        match &self.engine {
            Engine::Sqlite(_) => None,
            Engine::Postgres(engine) => Some(engine.hints()),
        }
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }
}

/// The connection of a unit of work.
#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(PoolConnection<Postgres>),
}

/// A unit of work under way. The functions of the entity modules take it.
#[derive(Debug)]
pub struct Tx {
    connection: Connection,
    /// The first statement that failed.
    failed: Option<StoreError>,
    /// Statements that were run, those that steer the transaction left out.
    statements: u32,
    /// On PostgreSQL, something was begun and neither committed nor rolled back; alone, neither answered.
    open: bool,
    /// There is no transaction around its one statement.
    alone: bool,
}

impl Tx {
    /// For the thread that owns an SQLite connection; it serves one unit after another.
    pub(crate) fn on_sqlite(connection: rusqlite::Connection) -> Self {
        Self {
            connection: Connection::Sqlite(connection),
            failed: None,
            statements: 0,
            open: false,
            alone: false,
        }
    }

    /// Begins with `statement` on a connection of the pool.
    pub(crate) async fn on_postgres(
        connection: PoolConnection<Postgres>,
        statement: &'static str,
    ) -> Result<Self, StoreError> {
        let connection = Connection::Postgres(connection);
        let mut tx = Self { connection, failed: None, statements: 0, open: true, alone: false };
        tx.control(statement).await?;
        Ok(tx)
    }

    /// For one statement that stands alone on a connection of the pool.
    pub(crate) fn alone(connection: PoolConnection<Postgres>) -> Self {
        let connection = Connection::Postgres(connection);
        Self { connection, failed: None, statements: 0, open: false, alone: true }
    }

    /// Runs statements that steer an SQLite transaction.
    pub(crate) fn steer(&mut self, statements: &[&'static str]) -> Result<(), StoreError> {
        self.sqlite(|connection| {
            statements.iter().try_for_each(|statement| {
                connection.prepare_cached(statement)?.raw_execute()?;
                Ok(())
            })
        })
    }

    /// Ends an SQLite transaction that is still open; the connection is then ready for the next.
    pub(crate) fn roll_back_if_open(&mut self) -> Result<(), StoreError> {
        self.sqlite(|connection| {
            if !connection.is_autocommit() {
                connection.prepare_cached("ROLLBACK")?.raw_execute()?;
            }
            Ok(())
        })
    }

    /// Whether a server keeps the database, to which each statement is a journey.
    pub(crate) const fn is_far(&self) -> bool {
        matches!(self.connection, Connection::Postgres(_))
    }

    /// Works on the SQLite connection itself.
    pub(crate) fn sqlite<T>(
        &mut self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, EngineError>,
    ) -> Result<T, StoreError> {
        match &self.connection {
            Connection::Sqlite(connection) => work(connection).map_err(StoreError::from),
            Connection::Postgres(_) => Err(StoreError::WrongEngine),
        }
    }

    /// Commits a unit that may have changed something, and gives the versions that are true from then on.
    ///
    /// They are read in the unit's own transaction and in the same journey: a stamp that this unit counted
    /// on is locked until the commit.
    pub(crate) async fn commit_changes(mut self) -> Result<Versions, StoreError> {
        let rows = match &mut self.connection {
            Connection::Sqlite(_) => return Err(StoreError::WrongEngine),
            Connection::Postgres(connection) => {
                let both = "SELECT topic, version FROM change_stamp; COMMIT";
                sqlx::raw_sql(both).fetch_all(&mut **connection).await?
            }
        };
        self.open = false;
        Ok(change::versions_of_rows(&rows)?)
    }

    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.control("COMMIT").await?;
        self.open = false;
        Ok(())
    }

    pub(crate) async fn roll_back(mut self) {
        match tokio::time::timeout(ROLLBACK_LIMIT, self.control("ROLLBACK")).await {
            Ok(Ok(())) => self.open = false,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a unit could not be rolled back; its connection is closed");
            }
            Err(_) => tracing::warn!("a unit is still busy with a statement; its connection is closed"),
        }
    }

    /// Runs a statement that steers a PostgreSQL transaction.
    async fn control(&mut self, statement: &'static str) -> Result<(), StoreError> {
        match &mut self.connection {
            Connection::Sqlite(_) => Err(StoreError::WrongEngine),
            Connection::Postgres(connection) => {
                sqlx::raw_sql(statement).execute(&mut **connection).await?;
                Ok(())
            }
        }
    }

    /// The connection, for a statement that [`Self::begin_statement`] allowed.
    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Counts a statement and starts its clock; refuses it when one before it has failed.
    pub(crate) fn begin_statement(&mut self, sql: &Sql) -> Result<Instant, StoreError> {
        sql.assert_listed();
        self.refuse_after_failure()?;
        if self.alone && self.statements > 0 {
            return self.noted(Err(StoreError::NotOne));
        }
        self.open |= self.alone;
        self.statements += 1;
        Ok(Instant::now())
    }

    /// Names a slow statement, remembers a failed one, and passes its result on.
    pub(crate) fn end_statement<T>(
        &mut self,
        sql: &Sql,
        began: Instant,
        result: Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let took = began.elapsed();
        if took > SLOW {
            tracing::warn!(statement = sql.name, ms = took.as_millis(), "a statement was slow");
        }
        if self.alone {
            self.open = matches!(result, Err(StoreError::Away(_)));
        }
        self.noted(result)
    }

    pub(crate) fn refuse_after_failure(&self) -> Result<(), StoreError> {
        match &self.failed {
            None => Ok(()),
            Some(first) => Err(StoreError::ErrorIgnored(Box::new(first.clone()))),
        }
    }

    /// Passes a result on and remembers a failure.
    pub(crate) fn noted<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        result.inspect_err(|error| {
            self.failed.get_or_insert_with(|| error.clone());
        })
    }

    /// The first failure, which is forgotten: the next unit begins afresh.
    pub(crate) fn take_failure(&mut self) -> Option<StoreError> {
        self.failed.take()
    }

    /// The number of statements since it was last asked for.
    pub(crate) fn take_statements(&mut self) -> u32 {
        std::mem::take(&mut self.statements)
    }
}

impl Drop for Tx {
    /// A PostgreSQL connection left in the middle of a transaction is closed, so that no one inherits it.
    fn drop(&mut self) {
        if self.open
            && let Connection::Postgres(connection) = &mut self.connection
        {
            connection.close_on_drop();
        }
        meter::add(self.statements);
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
    tx.refuse_after_failure()?;
    Ok(value)
}
