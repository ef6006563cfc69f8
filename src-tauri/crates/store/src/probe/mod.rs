//! What the laws ask of the store beyond its door: raw statements, the schema, the settings.
//!
//! Not part of the store's interface; it exists so that sqlx stays in this crate alone.

pub mod file;
pub mod old;
mod plans;
mod replay;

pub use plans::{Look, Plan, plan, plan_as_it_comes};
pub use replay::{Orders, orders_of, replay};

use crate::engine::{Connection, Engine, SLOW};
use crate::error::{EngineError, NotDurable};
use crate::{Store, StoreError, Tx, sqlite, stamp};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqlSafeStr as _};
use std::path::Path;
use uuid::Uuid;

/// Every statement of the store by name, in the dialect of `store`.
pub fn statements(store: &Store) -> Vec<(&'static str, &'static str)> {
    crate::statements()
        .map(|sql| match store.engine() {
            Engine::Sqlite(_) => (sql.name, sql.sqlite),
            Engine::Postgres(_) => (sql.name, sql.postgres),
        })
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// Has the engine prepare a statement without running it.
pub async fn prepare(store: &Store, statement: &'static str) -> Result<(), StoreError> {
    match store.engine() {
        Engine::Sqlite(engine) => {
            engine
                .read(move |tx| {
                    Box::pin(
                        async move { tx.sqlite(|connection| Ok(connection.prepare(statement).map(drop)?)) },
                    )
                })
                .await
        }
        Engine::Postgres(engine) => {
            let mut connection = engine.pool().acquire().await?;
            connection.prepare(statement.into_sql_str()).await?;
            Ok(())
        }
    }
}

/// Runs any statements in a unit of work and gives the number of rows that the last one touched.
pub async fn execute(tx: &mut Tx, statement: &str) -> Result<u64, StoreError> {
    tx.refuse_after_failure()?;
    let result = match tx.connection() {
        Connection::Sqlite(connection) => {
            let before = connection.total_changes();
            connection
                .execute_batch(statement)
                .map(|()| if connection.total_changes() == before { 0 } else { connection.changes() })
                .map_err(|error| EngineError::from(error).into())
        }
        Connection::Postgres(connection) => sqlx::query(AssertSqlSafe(statement.to_owned()))
            .execute(&mut **connection)
            .await
            .map(|done| done.rows_affected())
            .map_err(StoreError::from),
    };
    tx.noted(result)
}

/// Runs a statement that takes twice as long as one may take without being named in the log.
pub async fn a_slow_statement(tx: &mut Tx) -> Result<(), StoreError> {
    let [stamps, ..] = stamp::STATEMENTS else { return Err(StoreError::WrongEngine) };
    let began = tx.begin_statement(stamps)?;
    tokio::time::sleep(SLOW * 2).await;
    tx.end_statement(stamps, began, Ok(()))
}

/// Lets an SQLite database grow no further, or again: what a full disk does, on any machine.
pub async fn limit_growth(tx: &mut Tx, limited: bool) -> Result<(), StoreError> {
    // A limit below the present size is taken as the present size.
    let statement = if limited { "PRAGMA max_page_count = 1" } else { "PRAGMA max_page_count = 1000000" };
    execute(tx, statement).await.map(drop)
}

/// Has the writer fold SQLite's log into the file whenever it has this many pages, where a thousand are
/// usual: so that a test of a few orders meets it as often as a day of work does.
pub async fn fold_log_every(tx: &mut Tx, pages: u32) -> Result<(), StoreError> {
    execute(tx, &format!("PRAGMA wal_autocheckpoint = {pages}")).await.map(drop)
}

/// Every column of every table: its table, its name, and whether it may be empty.
pub async fn columns(store: &Store) -> Result<Vec<(String, String, bool)>, StoreError> {
    const SQLITE: &str = "SELECT t.name, c.name, c.\"notnull\" = 0
         FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND t.name NOT LIKE '\\_%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%'
         ORDER BY 1, c.cid";
    const POSTGRES: &str = "SELECT table_name::TEXT, column_name::TEXT, is_nullable = 'YES'
         FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
         WHERE table_type = 'BASE TABLE' AND table_schema = 'public' AND table_name NOT LIKE '\\_%'
         ORDER BY 1, ordinal_position";
    match store.engine() {
        Engine::Sqlite(engine) => {
            engine
                .read(|tx| {
                    Box::pin(async move {
                        tx.sqlite(|connection| {
                            let mut statement = connection.prepare(SQLITE)?;
                            let rows =
                                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
                            Ok(rows.collect::<Result<Vec<_>, _>>()?)
                        })
                    })
                })
                .await
        }
        Engine::Postgres(engine) => sqlx::query(POSTGRES)
            .fetch_all(&engine.pool())
            .await?
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
            .collect::<Result<Vec<_>, sqlx::Error>>()
            .map_err(StoreError::from),
    }
}

/// Every row of a query whose columns are all text, written in the dialect of the store.
pub async fn texts(store: &Store, sqlite: &str, postgres: &str) -> Result<Vec<Vec<String>>, StoreError> {
    match store.engine() {
        Engine::Sqlite(engine) => {
            let query = sqlite.to_owned();
            engine
                .read(move |tx| {
                    Box::pin(async move {
                        tx.sqlite(|connection| {
                            let mut statement = connection.prepare(&query)?;
                            let columns = statement.column_count();
                            let read = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get(at)).collect();
                            let rows = statement.query_map([], read)?;
                            Ok(rows.collect::<Result<Vec<_>, _>>()?)
                        })
                    })
                })
                .await
        }
        Engine::Postgres(engine) => sqlx::query(AssertSqlSafe(postgres.to_owned()))
            .fetch_all(&engine.pool())
            .await?
            .iter()
            .map(|row| (0..row.len()).map(|at| row.try_get(at)).collect())
            .collect::<Result<Vec<_>, sqlx::Error>>()
            .map_err(StoreError::from),
    }
}

/// An id as a literal in the dialect of `store`.
pub fn literal(store: &Store, id: Uuid) -> String {
    match store.engine() {
        Engine::Sqlite(_) => format!("x'{}'", id.simple()),
        Engine::Postgres(_) => format!("'{id}'::uuid"),
    }
}

/// Opens a file with another `synchronous` setting and asks the store's own check about it.
pub fn check_synchronous(path: &Path, synchronous: &str) -> Result<Result<(), NotDurable>, StoreError> {
    Ok(sqlite::check(&sqlite::open_with(path, synchronous)?)?)
}

/// What a reading connection of a store says of itself: `journal_mode`, `synchronous`, `foreign_keys`.
pub async fn check_readers(store: &Store) -> Result<Result<(), NotDurable>, StoreError> {
    match store.engine() {
        Engine::Sqlite(engine) => engine.check_reader().await,
        Engine::Postgres(_) => Ok(Ok(())),
    }
}

/// Synced commits a second of plain SQLite on a file of its own: `rows` single inserts, each in its own
/// transaction, with the settings of the store's writer.
pub fn plain_commits_per_second(path: &Path, rows: u32) -> Result<f64, StoreError> {
    let connection = sqlite::open_for_writing(path)?;
    let measured = || -> Result<f64, EngineError> {
        connection
            .execute_batch("CREATE TABLE yardstick (id INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT")?;
        let mut insert = connection.prepare("INSERT INTO yardstick (id, word) VALUES (?1, ?2)")?;
        let began = tokio::time::Instant::now();
        for row in 0..rows {
            insert.execute((row, "one line of an order, about as long as a product's name"))?;
        }
        Ok(f64::from(rows) / began.elapsed().as_secs_f64())
    };
    Ok(measured()?)
}

/// Runs statements on a PostgreSQL server outside any store, such as `CREATE DATABASE`.
pub async fn run_on_server(url: &str, statements: &str) -> Result<(), StoreError> {
    let mut connection = sqlx::PgConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// The one number that a question about the database gives.
pub async fn count(store: &Store, question: &'static str) -> Result<i64, StoreError> {
    match store.engine() {
        Engine::Sqlite(engine) => {
            engine
                .read(move |tx| {
                    Box::pin(async move {
                        tx.sqlite(|connection| Ok(connection.query_row(question, [], |row| row.get(0))?))
                    })
                })
                .await
        }
        Engine::Postgres(engine) => {
            let row = sqlx::query(AssertSqlSafe(question)).fetch_one(&engine.pool()).await?;
            Ok(row.try_get(0)?)
        }
    }
}

/// Jobs that are finished and out of the lanes' table.
pub async fn finished_jobs(store: &Store) -> Result<i64, StoreError> {
    count(store, "SELECT COUNT(*) FROM print_job_past").await
}

/// Everything that a table holds, row by row, in an order that depends on the rows alone.
pub async fn content(store: &Store, table: &str) -> Result<Vec<String>, StoreError> {
    let question = match store.engine() {
        Engine::Sqlite(_) => format!("SELECT * FROM {table}"),
        Engine::Postgres(_) => format!("SELECT CAST({table} AS TEXT) FROM {table}"),
    };
    let rows: Result<Vec<String>, StoreError> = match store.engine() {
        Engine::Sqlite(engine) => {
            engine
                .read(move |tx| {
                    Box::pin(async move {
                        tx.sqlite(|connection| {
                            let mut statement = connection.prepare(&question)?;
                            let columns = statement.column_count();
                            let rows = statement.query_map([], |row| {
                                let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
                                Ok(format!("{:?}", values.collect::<Result<Vec<_>, _>>()?))
                            })?;
                            Ok(rows.collect::<Result<Vec<_>, _>>()?)
                        })
                    })
                })
                .await
        }
        Engine::Postgres(engine) => {
            let rows = sqlx::query(AssertSqlSafe(question)).fetch_all(&engine.pool()).await?;
            rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
        }
    };
    let mut rows = rows?;
    rows.sort_unstable();
    Ok(rows)
}

/// The columns that move to the file of a year, each with its table.
pub fn archived_columns() -> Vec<(&'static str, &'static str)> {
    let tables = crate::archive::details::TABLES.iter();
    tables.flat_map(|table| table.columns.iter().map(|(column, _)| (table.name, *column))).collect()
}
