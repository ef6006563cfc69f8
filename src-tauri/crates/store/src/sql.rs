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
    /// Empty for what only PostgreSQL is asked.
    pub(crate) sqlite: &'static str,
    /// Empty for what only SQLite is asked.
    pub(crate) postgres: &'static str,
}

impl Sql {
    /// Stops a test that runs a statement which is not in the list.
    pub(crate) fn assert_listed(&self) {
        static LISTED: LazyLock<HashSet<(&'static str, &'static str)>> =
            LazyLock::new(|| crate::statements().map(|listed| (listed.sqlite, listed.postgres)).collect());
        debug_assert!(
            LISTED.contains(&(self.sqlite, self.postgres)),
            "{} is not made by statements!",
            self.name
        );
    }
}

/// Writes each `$1` as `?1`: SQLite takes the first for a name and numbers names as they come.
pub(crate) const fn numbered<const N: usize>(sql: &str) -> [u8; N] {
    let bytes = sql.as_bytes();
    let mut numbered = [0; N];
    let mut at = 0;
    while at < N {
        let parameter = bytes[at] == b'$' && at + 1 < N && bytes[at + 1].is_ascii_digit();
        numbered[at] = if parameter { b'?' } else { bytes[at] };
        at += 1;
    }
    numbered
}

/// The text that [`numbered`] wrote.
pub(crate) const fn text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("a statement is text"),
    }
}

/// Defines a file's statements: `both "…"` where one text serves, `each { sqlite: "…", postgres: "…" }`
/// only where the engines truly differ, `sqlite "…"` and `postgres "…"` where the steps themselves do: what SQLite
/// does in three goes to a server in one journey.
macro_rules! statements {
    (@sql $name:ident sqlite $text:literal) => { statements!(@sql $name each { sqlite: $text, postgres: "" }) };
    (@sql $name:ident postgres $text:literal) => { statements!(@sql $name each { sqlite: "", postgres: $text }) };
    (@sql $name:ident both $text:literal) => { statements!(@sql $name each { sqlite: $text, postgres: $text }) };
    (@sql $name:ident each { sqlite: $sqlite:literal, postgres: $postgres:literal $(,)? }) => {{
        const NUMBERED: [u8; $sqlite.len()] = $crate::sql::numbered($sqlite);
        $crate::sql::Sql { name: stringify!($name), sqlite: $crate::sql::text(&NUMBERED), postgres: $postgres }
    }};
    ($($name:ident: $kind:ident $text:tt;)+) => {
        $(const $name: $crate::sql::Sql = statements!(@sql $name $kind $text);)+
        pub(crate) const STATEMENTS: &[$crate::sql::Sql] = &[$($name),+];
    };
}

/// Runs a statement and gives the number of rows that it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        let began = $tx.begin_statement(&$sql)?;
        let result = match $tx.connection() {
            $crate::engine::Connection::Sqlite(connection) => $crate::sqlite::statement::execute(
                connection,
                $sql.sqlite,
                &[$(&$crate::columns::Bind::raw($arg)),*],
            ),
            $crate::engine::Connection::Postgres(connection) => sqlx::query($sql.postgres)
                $(.bind($crate::columns::Bind::raw($arg)))*
                .execute(&mut **connection)
                .await
                .map(|done| done.rows_affected())
                .map_err($crate::error::EngineError::from),
        };
        $tx.end_statement(&$sql, began, result.map_err($crate::StoreError::from))
    }};
}

/// Runs a statement once for many rows: SQLite runs the prepared statement for each row, PostgreSQL
/// gets all of them as one parameter. It is one statement to both, however many rows there are.
macro_rules! execute_each {
    ($tx:expr, $sql:expr, $rows:expr, sqlite: |$row:ident| [$($arg:expr),* $(,)?], postgres: [$($all:expr),* $(,)?] $(,)?) => {{
        let began = $tx.begin_statement(&$sql)?;
        let result = match $tx.connection() {
            $crate::engine::Connection::Sqlite(connection) => {
                $crate::sqlite::statement::Repeated::prepare(connection, $sql.sqlite).and_then(|mut statement| {
                    for $row in $rows {
                        statement.run(&[$(&$crate::columns::Bind::raw($arg)),*])?;
                    }
                    Ok(statement.touched())
                })
            }
            $crate::engine::Connection::Postgres(connection) => sqlx::query($sql.postgres)
                $(.bind($crate::columns::Bind::raw($all)))*
                .execute(&mut **connection)
                .await
                .map(|done| done.rows_affected())
                .map_err($crate::error::EngineError::from),
        };
        $tx.end_statement(&$sql, began, result.map_err($crate::StoreError::from))
    }};
}

/// Changes a row for each of `$rows` and reads what that left. PostgreSQL gives it from the change itself;
/// SQLite would first write it into a table of its own, made for each run, so it is asked `$ask` afterwards,
/// where nobody can have come between. It is one statement to both.
macro_rules! fetch_changed {
    ($tx:expr, $sql:expr, $rows:expr, sqlite: |$row:ident| [$($arg:expr),* $(,)?], then $ask:ident [$($asked:expr),* $(,)?], postgres: [$($all:expr),* $(,)?], $read:expr $(,)?) => {{
        let began = $tx.begin_statement(&$sql)?;
        let result = match $tx.connection() {
            $crate::engine::Connection::Sqlite(connection) => {
                $crate::sqlite::statement::Repeated::prepare(connection, $sql.sqlite)
                    .and_then(|mut statement| {
                        for $row in $rows {
                            statement.run(&[$(&$crate::columns::Bind::raw($arg)),*])?;
                        }
                        Ok(())
                    })
                    .map_err($crate::StoreError::from)
                    .and_then(|()| {
                        $crate::sqlite::statement::fetch_all(
                            connection,
                            $ask.sqlite,
                            &[$(&$crate::columns::Bind::raw($asked)),*],
                            $read,
                        )
                    })
            }
            $crate::engine::Connection::Postgres(connection) => sqlx::query($sql.postgres)
                $(.bind($crate::columns::Bind::raw($all)))*
                .fetch_all(&mut **connection)
                .await
                .map_err(|error| $crate::error::EngineError::from(error).into())
                .and_then(|rows| $crate::postgres::read_all(&rows, $read)),
        };
        $tx.end_statement(&$sql, began, result)
    }};
}

/// Runs a statement and reads every row with `$read`.
macro_rules! fetch_all {
    ($tx:expr, $sql:expr, $read:expr $(, $arg:expr)* $(,)?) => {{
        let began = $tx.begin_statement(&$sql)?;
        let result = match $tx.connection() {
            $crate::engine::Connection::Sqlite(connection) => $crate::sqlite::statement::fetch_all(
                connection,
                $sql.sqlite,
                &[$(&$crate::columns::Bind::raw($arg)),*],
                $read,
            ),
            $crate::engine::Connection::Postgres(connection) => sqlx::query($sql.postgres)
                $(.bind($crate::columns::Bind::raw($arg)))*
                .fetch_all(&mut **connection)
                .await
                .map_err(|error| $crate::error::EngineError::from(error).into())
                .and_then(|rows| $crate::postgres::read_all(&rows, $read)),
        };
        $tx.end_statement(&$sql, began, result)
    }};
}

/// Runs a statement and gives each row to `$read` as it comes, so that an answer of any length is never held whole.
macro_rules! fetch_each {
    ($tx:expr, $sql:expr, $read:expr $(, $arg:expr)* $(,)?) => {{
        let began = $tx.begin_statement(&$sql)?;
        let result = match $tx.connection() {
            $crate::engine::Connection::Sqlite(connection) => $crate::sqlite::statement::fetch_all(
                connection,
                $sql.sqlite,
                &[$(&$crate::columns::Bind::raw($arg)),*],
                $read,
            ),
            $crate::engine::Connection::Postgres(connection) => {
                let rows = sqlx::query($sql.postgres)
                    $(.bind($crate::columns::Bind::raw($arg)))*
                    .fetch(&mut **connection);
                $crate::postgres::read_each(rows, $read).await
            }
        };
        $tx.end_statement(&$sql, began, result)
    }};
}

/// Runs a statement and reads its row, if there is one, with `$read`.
macro_rules! fetch_optional {
    ($tx:expr, $sql:expr, $read:expr $(, $arg:expr)* $(,)?) => {{
        let began = $tx.begin_statement(&$sql)?;
        let result = match $tx.connection() {
            $crate::engine::Connection::Sqlite(connection) => $crate::sqlite::statement::fetch_optional(
                connection,
                $sql.sqlite,
                &[$(&$crate::columns::Bind::raw($arg)),*],
                $read,
            ),
            $crate::engine::Connection::Postgres(connection) => sqlx::query($sql.postgres)
                $(.bind($crate::columns::Bind::raw($arg)))*
                .fetch_optional(&mut **connection)
                .await
                .map_err(|error| $crate::error::EngineError::from(error).into())
                .and_then(|row| $crate::postgres::read_optional(row.as_ref(), $read)),
        };
        $tx.end_statement(&$sql, began, result)
    }};
}

/// Runs a statement that always gives one row, and reads it with `$read`.
macro_rules! fetch_one {
    ($tx:expr, $sql:expr, $read:expr $(, $arg:expr)* $(,)?) => {
        match $crate::sql::fetch_optional!($tx, $sql, $read $(, $arg)*) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err($crate::StoreError::from($crate::error::EngineError::from(sqlx::Error::RowNotFound))),
            Err(error) => Err(error),
        }
    };
}

pub(crate) use {
    execute, execute_each, fetch_all, fetch_changed, fetch_each, fetch_one, fetch_optional, statements,
};
