//! Statements: constants with one text per engine, all of them in one list, and how they are run.
//!
//! `statements!` is the only way to write one: it makes the constant and the file's part of the
//! list together, so a statement that no test prepares cannot exist. The macros that run a
//! statement expand the same sqlx call for each engine, so both are fully typed.

use std::collections::HashSet;
use std::sync::LazyLock;

/// One statement in both dialects; made by `statements!` alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql {
    pub(crate) name: &'static str,
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

impl Sql {
    /// Stops a test that runs a statement which is not in the list.
    pub(crate) fn assert_listed(&self) {
        static LISTED: LazyLock<HashSet<&'static str>> =
            LazyLock::new(|| crate::statements().map(|statement| statement.sqlite).collect());
        debug_assert!(LISTED.contains(self.sqlite), "{} is not made by statements!", self.name);
    }
}

/// Defines a file's statements: `both "…"` where one text serves, `each { sqlite: "…", postgres: "…" }`
/// only where the engines truly differ.
macro_rules! statements {
    (@sql $name:ident both $text:literal) => {
        $crate::sql::Sql { name: stringify!($name), sqlite: $text, postgres: $text }
    };
    (@sql $name:ident each { sqlite: $sqlite:literal, postgres: $postgres:literal $(,)? }) => {
        $crate::sql::Sql { name: stringify!($name), sqlite: $sqlite, postgres: $postgres }
    };
    ($($name:ident: $kind:ident $text:tt;)+) => {
        $(const $name: $crate::sql::Sql = statements!(@sql $name $kind $text);)+
        pub(crate) const STATEMENTS: &[$crate::sql::Sql] = &[$($name),+];
    };
}

/// Runs a statement and gives the number of rows that it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $sql.assert_listed();
        let result = match $tx.connection()? {
            $crate::engine::Connection::Sqlite(connection) => sqlx::query($sql.sqlite)
                $(.bind($crate::columns::Bind::raw($arg)))*
                .execute(&mut **connection).await.map(|done| done.rows_affected()),
            $crate::engine::Connection::Postgres(connection) => sqlx::query($sql.postgres)
                $(.bind($crate::columns::Bind::raw($arg)))*
                .execute(&mut **connection).await.map(|done| done.rows_affected()),
        };
        $tx.noted(result)
    }};
}

/// Runs a statement and reads every row with `$read`.
macro_rules! fetch_all {
    ($tx:expr, $sql:expr, $read:expr $(, $arg:expr)* $(,)?) => {{
        $sql.assert_listed();
        match $tx.connection()? {
            $crate::engine::Connection::Sqlite(connection) => {
                let rows = sqlx::query($sql.sqlite)
                    $(.bind($crate::columns::Bind::raw($arg)))*
                    .fetch_all(&mut **connection).await;
                $tx.noted(rows).and_then(|rows| $crate::columns::read_all(rows, $crate::columns::Row::Sqlite, $read))
            }
            $crate::engine::Connection::Postgres(connection) => {
                let rows = sqlx::query($sql.postgres)
                    $(.bind($crate::columns::Bind::raw($arg)))*
                    .fetch_all(&mut **connection).await;
                $tx.noted(rows).and_then(|rows| $crate::columns::read_all(rows, $crate::columns::Row::Postgres, $read))
            }
        }
    }};
}

/// Runs a statement and reads its row, if there is one, with `$read`.
macro_rules! fetch_optional {
    ($tx:expr, $sql:expr, $read:expr $(, $arg:expr)* $(,)?) => {{
        $sql.assert_listed();
        let row = match $tx.connection()? {
            $crate::engine::Connection::Sqlite(connection) => sqlx::query($sql.sqlite)
                $(.bind($crate::columns::Bind::raw($arg)))*
                .fetch_optional(&mut **connection).await.map(|row| row.map($crate::columns::Row::Sqlite)),
            $crate::engine::Connection::Postgres(connection) => sqlx::query($sql.postgres)
                $(.bind($crate::columns::Bind::raw($arg)))*
                .fetch_optional(&mut **connection).await.map(|row| row.map($crate::columns::Row::Postgres)),
        };
        $tx.noted(row).and_then(|row| $crate::columns::read_optional(row, $read))
    }};
}

/// Runs a statement that always gives one row, and reads it with `$read`.
macro_rules! fetch_one {
    ($tx:expr, $sql:expr, $read:expr $(, $arg:expr)* $(,)?) => {
        match $crate::sql::fetch_optional!($tx, $sql, $read $(, $arg)*) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err($crate::StoreError::from(sqlx::Error::RowNotFound)),
            Err(error) => Err(error),
        }
    };
}

pub(crate) use {execute, fetch_all, fetch_one, fetch_optional, statements};
