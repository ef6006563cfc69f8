//! A database as an earlier program left it, before any store of this program has opened it.

use crate::error::EngineError;
use crate::{OpenError, StoreConfig, StoreError, postgres, sqlite};
use rusqlite::types::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};

/// Makes the tables as the program of step `last` made them.
pub async fn make(config: &StoreConfig, last: i64) -> Result<(), OpenError> {
    match config {
        StoreConfig::Sqlite { path } => sqlite::make_old(path, last).map_err(OpenError::Database),
        StoreConfig::Postgres { url, .. } => postgres::make_old(url, last).await,
    }
}

/// Runs any statements.
pub async fn run(config: &StoreConfig, statements: &str) -> Result<(), StoreError> {
    match config {
        StoreConfig::Sqlite { path } => {
            let run = || -> Result<(), EngineError> {
                Ok(sqlite::open_for_writing(path)?.execute_batch(statements)?)
            };
            Ok(run()?)
        }
        StoreConfig::Postgres { url, .. } => super::run_on_server(url, statements).await,
    }
}

/// Every row of a query, written in the dialect of the database, as text; what is empty reads `NULL`.
pub async fn texts(
    config: &StoreConfig,
    sqlite: &str,
    postgres: &str,
) -> Result<Vec<Vec<String>>, StoreError> {
    match config {
        StoreConfig::Sqlite { path } => {
            let read = || -> Result<Vec<Vec<String>>, EngineError> {
                let connection = sqlite::open_for_looking(path)?;
                let mut statement = connection.prepare(sqlite)?;
                let columns = statement.column_count();
                let rows = statement.query_map([], |row| {
                    (0..columns).map(|at| row.get::<_, Value>(at).map(text)).collect()
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            };
            Ok(read()?)
        }
        StoreConfig::Postgres { url, .. } => {
            let mut connection = PgConnection::connect(url).await?;
            let rows = sqlx::query(AssertSqlSafe(postgres.to_owned())).fetch_all(&mut connection).await?;
            let text = |row: &sqlx::postgres::PgRow, at| {
                Ok(row.try_get::<Option<String>, _>(at)?.unwrap_or_else(|| "NULL".into()))
            };
            let rows = rows.iter().map(|row| (0..row.len()).map(|at| text(row, at)).collect());
            let rows: Result<_, sqlx::Error> = rows.collect();
            connection.close().await?;
            Ok(rows?)
        }
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Null => "NULL".into(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text,
        Value::Blob(bytes) => bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}")),
    }
}
