//! The shared engine: a server that several terminals of a branch use at once.
//!
//! READ COMMITTED with guarded updates and counters that lock their row; a unit that the server
//! gives up for another's sake (serialisation, deadlock) is run again a few times.

use crate::StoreError;
use crate::change::{self, ChangeLog, Changes};
use crate::columns::Row;
use crate::engine::{Tx, Work, run};
use crate::error::{NotDurable, OpenError};
use crate::listener::Listener;
use crate::sqlite::{MIGRATIONS_TABLE, refuse_newer};
use crate::stats::{Counters, Stats};
use sqlx::migrate::{Migrate, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, PgRow};
use sqlx::{Connection as _, Row as _};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often a unit is run again after the server gave it up.
const RETRIES: u32 = 5;
/// Pause before the n-th further try, times n.
const PAUSE: Duration = Duration::from_millis(10);
/// How long the server may take to answer when the store is opened.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a caller waits for a connection of the pool: longer than any unit may take.
const ACQUIRE: Duration = Duration::from_secs(40);
const STATEMENTS: usize = 256;

static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations/postgres");

/// An open database of a server.
#[derive(Clone, Debug)]
pub(crate) struct PostgresEngine {
    pool: PgPool,
    counters: Arc<Counters>,
    changes: Arc<ChangeLog>,
    listener: Arc<Listener>,
}

impl PostgresEngine {
    pub(crate) async fn open(url: &str, max_connections: u32) -> Result<Self, OpenError> {
        let unreachable = |source: sqlx::Error| OpenError::Unreachable { source: source.into() };
        let options = PgConnectOptions::from_str(url)
            .map_err(unreachable)?
            .application_name("fastops")
            .statement_cache_capacity(STATEMENTS)
            .options([
                ("synchronous_commit", "on"),
                ("statement_timeout", "30s"),
                ("lock_timeout", "15s"),
                ("idle_in_transaction_session_timeout", "60s"),
            ]);
        let connecting = tokio::time::timeout(CONNECT, PgConnection::connect_with(&options));
        let mut first =
            connecting.await.map_err(|_| unreachable(sqlx::Error::PoolTimedOut))?.map_err(unreachable)?;
        check(&mut first).await?;
        migrate(&mut first).await?;
        let versions = change::versions_on_postgres(&mut first).await.map_err(OpenError::Database)?;
        first.close().await.map_err(database)?;
        let pool = PgPoolOptions::new()
            .max_connections(max_connections.max(1))
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(options.clone());
        let changes = Arc::new(ChangeLog::new(versions));
        let listener = Arc::new(Listener::start(options, Arc::clone(&changes)));
        Ok(Self { pool, counters: Arc::default(), changes, listener })
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E>,
    {
        let mut tries = 0;
        loop {
            let mut tx = self.begin("BEGIN").await?;
            let outcome = run(&mut tx, &work).await;
            let given_up = |error: &StoreError| error.asks_for_another_try() && tries < RETRIES;
            match outcome {
                Ok(value) => match tx.commit_changes().await {
                    Ok(versions) => {
                        self.changes.publish(versions);
                        self.counters.count(1);
                        return Ok(value);
                    }
                    Err(error) if given_up(&error) => {}
                    Err(error) => return Err(error.into()),
                },
                Err(error) => {
                    let again = tx.take_failure().as_ref().is_some_and(given_up);
                    tx.roll_back().await;
                    if !again {
                        return Err(error);
                    }
                }
            }
            tries += 1;
            tokio::time::sleep(PAUSE * tries).await;
        }
    }

    pub(crate) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E>,
    {
        let mut tx = self.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        match run(&mut tx, work).await {
            Ok(value) => tx.commit().await.map(|()| value).map_err(E::from),
            Err(error) => {
                tx.roll_back().await;
                Err(error)
            }
        }
    }

    async fn begin(&self, statement: &'static str) -> Result<Tx, StoreError> {
        let connection = self.pool.acquire().await?;
        Tx::on_postgres(connection, statement).await
    }

    pub(crate) async fn close(&self) {
        self.listener.stop().await;
        self.pool.close().await;
    }

    pub(crate) fn changes(&self) -> watch::Receiver<Changes> {
        self.changes.watch()
    }

    pub(crate) fn stats(&self) -> Stats {
        self.counters.read()
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }
}

fn database(error: sqlx::Error) -> OpenError {
    OpenError::Database(error.into())
}

/// Reads every row of an answer.
pub(crate) fn read_all<T, C: FromIterator<T>>(
    rows: &[PgRow],
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<C, StoreError> {
    rows.iter().map(|row| read(&Row::Postgres(row))).collect()
}

/// Reads the row of an answer, if there is one.
pub(crate) fn read_optional<T>(
    row: Option<&PgRow>,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    row.map(|row| read(&Row::Postgres(row))).transpose()
}

/// Asks the server whether it can hold every name and keeps what it confirms.
async fn check(connection: &mut PgConnection) -> Result<(), OpenError> {
    let encoding = setting(connection, "SHOW server_encoding").await?;
    if encoding != "UTF8" {
        return Err(OpenError::Encoding { found: encoding });
    }
    for (setting_name, question) in [
        ("fsync", "SHOW fsync"),
        ("full_page_writes", "SHOW full_page_writes"),
        ("synchronous_commit", "SHOW synchronous_commit"),
    ] {
        let found = setting(connection, question).await?;
        if found != "on" {
            return Err(NotDurable { setting: setting_name, found, wanted: "on" }.into());
        }
    }
    Ok(())
}

async fn setting(connection: &mut PgConnection, question: &'static str) -> Result<String, OpenError> {
    let row = sqlx::query(question).fetch_one(connection).await.map_err(database)?;
    row.try_get(0).map_err(database)
}

async fn migrate(connection: &mut PgConnection) -> Result<(), OpenError> {
    // One terminal at a time; the others find the work done.
    connection.lock().await.map_err(OpenError::Migration)?;
    connection.ensure_migrations_table(MIGRATIONS_TABLE).await.map_err(OpenError::Migration)?;
    let applied = connection.list_applied_migrations(MIGRATIONS_TABLE).await.map_err(OpenError::Migration)?;
    refuse_newer(&MIGRATIONS, applied.iter().map(|migration| migration.version))?;
    // The lock is counted: the migrator takes it once more, and closing the connection frees both.
    MIGRATIONS.run_direct(None, connection, false).await.map_err(OpenError::Migration)
}
