//! From the rows of an answer to the store's own types.

use crate::StoreError;
use crate::columns::Row;
use crate::error::EngineError;
use futures_util::{Stream, TryStreamExt as _};
use sqlx::postgres::PgRow;

/// Reads every row of an answer.
pub(crate) fn read_all<T, C: FromIterator<T>>(
    rows: &[PgRow],
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<C, StoreError> {
    rows.iter().map(|row| read(&Row::Postgres(row))).collect()
}

/// Reads each row of an answer as it comes.
pub(crate) async fn read_each(
    mut rows: impl Stream<Item = Result<PgRow, sqlx::Error>> + Unpin,
    mut read: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    while let Some(row) = rows.try_next().await.map_err(EngineError::from)? {
        read(&Row::Postgres(&row))?;
    }
    Ok(())
}

/// Reads the row of an answer, if there is one.
pub(crate) fn read_optional<T>(
    row: Option<&PgRow>,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    row.map(|row| read(&Row::Postgres(row))).transpose()
}
