//! Running a prepared statement on a connection, in the thread that owns it.

use crate::StoreError;
use crate::columns::Row;
use crate::error::EngineError;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, Connection};
use uuid::Uuid;

/// A value that can be bound to a parameter of SQLite.
pub(crate) trait Param {
    fn output(&self) -> Result<ToSqlOutput<'_>, EngineError>;
}

impl<T: Param> Param for Option<T> {
    fn output(&self) -> Result<ToSqlOutput<'_>, EngineError> {
        self.as_ref().map_or(Ok(ToSqlOutput::Borrowed(ValueRef::Null)), Param::output)
    }
}

macro_rules! params {
    ($($type:ty: |$value:ident| $output:expr),+ $(,)?) => {$(
        impl Param for $type {
            fn output(&self) -> Result<ToSqlOutput<'_>, EngineError> {
                let $value = self;
                Ok($output)
            }
        }
    )+};
}
params!(
    i64: |value| ToSqlOutput::Owned(Value::Integer(*value)),
    bool: |value| ToSqlOutput::Owned(Value::Integer(i64::from(*value))),
    String: |value| ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
    &str: |value| ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
    Vec<u8>: |value| ToSqlOutput::Borrowed(ValueRef::Blob(value)),
    &[u8]: |value| ToSqlOutput::Borrowed(ValueRef::Blob(value)),
    Uuid: |value| ToSqlOutput::Borrowed(ValueRef::Blob(value.as_bytes())),
);

fn bound<'c>(
    connection: &'c Connection,
    sql: &str,
    params: &[&dyn Param],
) -> Result<CachedStatement<'c>, EngineError> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    Ok(statement)
}

fn bind(statement: &mut CachedStatement<'_>, params: &[&dyn Param]) -> Result<(), EngineError> {
    for (at, param) in params.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, param.output()?)?;
    }
    Ok(())
}

/// Runs a statement and gives the number of rows that it touched.
pub(crate) fn execute(connection: &Connection, sql: &str, params: &[&dyn Param]) -> Result<u64, EngineError> {
    Ok(bound(connection, sql, params)?.raw_execute()? as u64)
}

/// A statement that is prepared once and run for many rows.
pub(crate) struct Repeated<'c> {
    statement: CachedStatement<'c>,
    touched: u64,
}

impl<'c> Repeated<'c> {
    pub(crate) fn prepare(connection: &'c Connection, sql: &str) -> Result<Self, EngineError> {
        Ok(Self { statement: connection.prepare_cached(sql)?, touched: 0 })
    }

    pub(crate) fn run(&mut self, params: &[&dyn Param]) -> Result<(), EngineError> {
        bind(&mut self.statement, params)?;
        self.touched += self.statement.raw_execute()? as u64;
        Ok(())
    }

    /// The number of rows that all runs touched.
    pub(crate) fn touched(self) -> u64 {
        self.touched
    }
}

/// Runs a statement and reads every row.
pub(crate) fn fetch_all<T, C: FromIterator<T>>(
    connection: &Connection,
    sql: &str,
    params: &[&dyn Param],
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<C, StoreError> {
    let mut statement = bound(connection, sql, params)?;
    let mut rows = statement.raw_query();
    std::iter::from_fn(|| match rows.next() {
        Ok(Some(row)) => Some(read(&Row::Sqlite(row))),
        Ok(None) => None,
        Err(error) => Some(Err(EngineError::from(error).into())),
    })
    .collect()
}

/// Runs a statement and reads its first row, if there is one.
pub(crate) fn fetch_optional<T>(
    connection: &Connection,
    sql: &str,
    params: &[&dyn Param],
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = bound(connection, sql, params)?;
    let mut rows = statement.raw_query();
    rows.next().map_err(EngineError::from)?.map(|row| read(&Row::Sqlite(row))).transpose()
}
