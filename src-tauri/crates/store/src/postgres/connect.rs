//! The way to a server: what every connection asks of it, and what is checked before the first unit.

use crate::change::{self, Versions};
use crate::error::{NotDurable, OpenError};
use crate::sqlite::{MIGRATIONS_TABLE, refuse_newer};
use sqlx::migrate::{Migrate, Migration, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{Connection as _, Row as _};
use std::str::FromStr;
use std::time::Duration;

/// How long the server may take to answer when the store is opened.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a unit waits for a connection while all of them are at work.
const ACQUIRE: Duration = Duration::from_secs(10);
/// A connection idle for longer is asked whether it still lives: firewalls drop silent ones unsaid.
const STALE: Duration = Duration::from_secs(30);
/// A connection idle for longer is closed; the server has others to serve.
const IDLE: Duration = Duration::from_mins(5);
/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 256;

static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations/postgres");

/// What every connection asks for: nothing confirmed before it is on disk, nothing that takes for ever.
pub(super) fn options(url: &str) -> Result<PgConnectOptions, OpenError> {
    let options = PgConnectOptions::from_str(url).map_err(unreachable)?;
    Ok(options.application_name("fastops").statement_cache_capacity(STATEMENTS).options([
        ("synchronous_commit", "on"),
        ("statement_timeout", "30s"),
        ("lock_timeout", "15s"),
        ("idle_in_transaction_session_timeout", "60s"),
    ]))
}

/// Checks that the server keeps what it confirms, brings its tables up to date, and gives the versions of
/// what caches keep.
/// `before_migration` is called when tables that hold something are about to change.
pub(super) async fn prepare(
    options: &PgConnectOptions,
    before_migration: impl AsyncFnOnce() -> Result<(), OpenError>,
) -> Result<Versions, OpenError> {
    let connecting = tokio::time::timeout(CONNECT, PgConnection::connect_with(options));
    let mut first =
        connecting.await.map_err(|_| unreachable(sqlx::Error::PoolTimedOut))?.map_err(unreachable)?;
    check(&mut first).await?;
    migrate(&mut first, before_migration).await?;
    let versions = change::versions_on_postgres(&mut first).await.map_err(OpenError::Database)?;
    first.close().await.map_err(database)?;
    Ok(versions)
}

/// Whether no program of this kind has ever been in the database; false too when it cannot be asked.
pub(crate) async fn is_new(url: &str) -> bool {
    let ask = async {
        let mut connection = PgConnection::connect_with(&options(url).ok()?).await.ok()?;
        let question = sqlx::query("SELECT to_regclass('_sqlx_migrations') IS NULL");
        let row = question.fetch_one(&mut connection).await.ok()?;
        connection.close().await.ok()?;
        row.try_get(0).ok()
    };
    tokio::time::timeout(CONNECT, ask).await.ok().flatten().unwrap_or(false)
}

/// A pool that connects when it is asked to. A connection is not tested before each unit, which would
/// cost every unit a journey: a unit that meets a dead one is begun again on another.
pub(super) fn pool(options: &PgConnectOptions, max_connections: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(IDLE)
        .test_before_acquire(false)
        .before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for > STALE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options.clone())
}

fn unreachable(source: sqlx::Error) -> OpenError {
    OpenError::Unreachable { source: source.into() }
}

fn database(error: sqlx::Error) -> OpenError {
    OpenError::Database(error.into())
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

async fn migrate(
    connection: &mut PgConnection,
    before_change: impl AsyncFnOnce() -> Result<(), OpenError>,
) -> Result<(), OpenError> {
    // One terminal at a time; the others find the work done.
    connection.lock().await.map_err(OpenError::Migration)?;
    connection.ensure_migrations_table(MIGRATIONS_TABLE).await.map_err(OpenError::Migration)?;
    let applied = connection.list_applied_migrations(MIGRATIONS_TABLE).await.map_err(OpenError::Migration)?;
    refuse_newer(&MIGRATIONS, applied.iter().map(|migration| migration.version))?;
    let last = applied.iter().map(|migration| migration.version).max();
    if last.is_some_and(|last| MIGRATIONS.iter().any(|migration| migration.version > last)) {
        before_change().await?;
    }
    // All steps or none: a step that fails leaves the tables of the program before, which can go on with them.
    let mut tx = connection.begin().await.map_err(database)?;
    for step in MIGRATIONS.iter() {
        match applied.iter().find(|known| known.version == step.version) {
            Some(known) if known.checksum == step.checksum => {}
            Some(_) => return Err(OpenError::Rewritten { version: step.version }),
            None => apply(&mut tx, step).await?,
        }
    }
    tx.commit().await.map_err(database)
    // Closing the connection frees the lock.
}

async fn apply(connection: &mut PgConnection, step: &Migration) -> Result<(), OpenError> {
    // Ten years of orders take their time.
    sqlx::raw_sql("SET LOCAL statement_timeout = 0").execute(&mut *connection).await.map_err(database)?;
    connection.apply(MIGRATIONS_TABLE, step).await.map_err(OpenError::Migration)?;
    // A table with rules that wait for the commit cannot be changed by the next step.
    let settle = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED";
    sqlx::raw_sql(settle).execute(connection).await.map_err(database).map(drop)
}

/// Makes the tables as the program of step `last` made them, for the tests of what comes after.
pub(crate) async fn make_old(url: &str, last: i64) -> Result<(), OpenError> {
    let mut connection = PgConnection::connect_with(&options(url)?).await.map_err(unreachable)?;
    connection.ensure_migrations_table(MIGRATIONS_TABLE).await.map_err(OpenError::Migration)?;
    for step in MIGRATIONS.iter().filter(|step| step.version <= last) {
        connection.apply(MIGRATIONS_TABLE, step).await.map_err(OpenError::Migration)?;
    }
    connection.close().await.map_err(database)
}
