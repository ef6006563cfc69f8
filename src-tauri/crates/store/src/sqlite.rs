//! The embedded engine: one file, one writer, a pool of readers, and settings that survive a power cut.
//!
//! In WAL mode `synchronous=NORMAL` loses confirmed work when the power goes; every connection is
//! asked what it really does before it may be used.

use crate::StoreError;
use crate::engine::{Connection, Tx, Work};
use crate::error::{NotDurable, OpenError, sqlite_code};
use crate::writer::{Stats, Writer};
use sqlx::migrate::{Migrate, MigrateError, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Connection as _, Row as _};
use std::path::Path;
use std::time::Duration;

/// Begins a group and the first unit in it, in one step.
pub(crate) const BEGIN_GROUP: &str = "BEGIN IMMEDIATE; SAVEPOINT unit";
/// Keeps what the last unit did and begins the next.
pub(crate) const NEXT_SAVEPOINT: &str = "RELEASE unit; SAVEPOINT unit";
/// Takes back what the last unit did; the savepoint stays for the next.
pub(crate) const ROLL_BACK_TO_SAVEPOINT: &str = "ROLLBACK TO unit";

/// How long a statement waits for another program that holds the file.
const BUSY: Duration = Duration::from_secs(5);
const READERS: u32 = 4;
/// More than there are statements, so that each is prepared once per connection.
const STATEMENTS: usize = 256;
/// The write-ahead log is cut back to this size after a checkpoint, in bytes.
const WAL_LIMIT_BYTES: &str = "67108864";

/// Where sqlx notes which migrations were applied.
pub(crate) const MIGRATIONS_TABLE: &str = "_sqlx_migrations";
static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations/sqlite");

/// An open file.
#[derive(Clone, Debug)]
pub(crate) struct SqliteEngine {
    writer: Writer,
    readers: SqlitePool,
}

impl SqliteEngine {
    pub(crate) async fn open(path: &Path) -> Result<Self, OpenError> {
        make_writable(path)?;
        let failed = |error| open_error(path, error);
        let options = options(path);
        let mut first = SqliteConnection::connect_with(&options).await.map_err(failed)?;
        check(&mut first).await.map_err(failed)??;
        migrate(&mut first).await.map_err(|error| match error {
            OpenError::Database(error) => open_error(path, error),
            OpenError::Migration(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
                open_error(path, error)
            }
            other => other,
        })?;
        first.close().await.map_err(failed)?;

        let writer = pool().max_connections(1).connect_lazy_with(options.clone());
        // The writer's connection comes first: a reader may open the file only while its log exists.
        drop(writer.acquire().await.map_err(failed)?);
        let readers = pool().max_connections(READERS).connect_lazy_with(read_only(path));
        drop(readers.acquire().await.map_err(failed)?);
        Ok(Self { writer: Writer::start(writer), readers })
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
    {
        self.writer.write(work).await
    }

    pub(crate) async fn begin_read(&self) -> Result<Tx, StoreError> {
        let connection = self.readers.acquire().await?;
        Tx::begin(Connection::Sqlite(connection), "BEGIN").await
    }

    /// Readers go first, so that the writer's connection is the last and folds the log into the file.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    pub(crate) fn stats(&self) -> Stats {
        self.writer.stats()
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }
}

/// A writing connection's settings.
pub(crate) fn options(path: &Path) -> SqliteConnectOptions {
    common(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("journal_size_limit", WAL_LIMIT_BYTES)
}

fn read_only(path: &Path) -> SqliteConnectOptions {
    common(path).read_only(true)
}

fn common(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(STATEMENTS)
}

fn pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new().test_before_acquire(false).idle_timeout(None).max_lifetime(None).after_connect(
        |connection, _| Box::pin(async move { check(connection).await?.map_err(configuration) }),
    )
}

fn configuration(error: NotDurable) -> sqlx::Error {
    sqlx::Error::Configuration(Box::new(error))
}

/// Asks the connection itself whether it keeps what it confirms.
pub(crate) async fn check(connection: &mut SqliteConnection) -> Result<Result<(), NotDurable>, sqlx::Error> {
    let wanted = [
        ("journal_mode", "PRAGMA journal_mode", "wal"),
        ("synchronous", "PRAGMA synchronous", "2"),
        ("foreign_keys", "PRAGMA foreign_keys", "1"),
    ];
    for (setting, question, wanted) in wanted {
        let row = sqlx::query(question).fetch_one(&mut *connection).await?;
        let found = match row.try_get::<i64, _>(0) {
            Ok(number) => number.to_string(),
            Err(_) => row.try_get::<String, _>(0)?,
        };
        if found != wanted {
            return Ok(Err(NotDurable { setting, found, wanted }));
        }
    }
    Ok(Ok(()))
}

/// All or nothing, and one program at a time: another that opens the file waits and finds it done.
async fn migrate(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await.map_err(OpenError::Database)?;
    tx.ensure_migrations_table(MIGRATIONS_TABLE).await.map_err(OpenError::Migration)?;
    let applied = tx.list_applied_migrations(MIGRATIONS_TABLE).await.map_err(OpenError::Migration)?;
    refuse_newer(&MIGRATIONS, applied.iter().map(|migration| migration.version))?;
    MIGRATIONS.run_direct(None, &mut *tx, false).await.map_err(OpenError::Migration)?;
    tx.commit().await.map_err(OpenError::Database)
}

/// Refuses a database in which a newer program has been.
pub(crate) fn refuse_newer(known: &Migrator, applied: impl Iterator<Item = i64>) -> Result<(), OpenError> {
    let known = known.iter().map(|migration| migration.version).max().unwrap_or(0);
    match applied.max() {
        Some(found) if found > known => Err(OpenError::TooNew { found, known }),
        _ => Ok(()),
    }
}

/// Makes the folder and proves that the file in it can be written.
fn make_writable(path: &Path) -> Result<(), OpenError> {
    let unwritable = |source| OpenError::Unwritable { path: path.into(), source };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(unwritable)?;
    }
    std::fs::OpenOptions::new().append(true).create(true).open(path).map(drop).map_err(unwritable)
}

fn open_error(path: &Path, error: sqlx::Error) -> OpenError {
    let path = path.to_path_buf();
    match sqlite_code(&error) {
        Some(13) => OpenError::Full { path, source: error },
        Some(11 | 26) => OpenError::Damaged { path, source: error },
        // Read-only, cannot open, no permission: a folder in which SQLite cannot make its log.
        Some(3 | 8 | 14) => OpenError::Unwritable {
            path,
            source: std::io::Error::new(std::io::ErrorKind::PermissionDenied, error),
        },
        _ => OpenError::Database(error),
    }
}
