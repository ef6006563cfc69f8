//! Values on their way into many rows at once, in a form that both engines take.
//!
//! SQLite binds them to a prepared statement; PostgreSQL reads them as lines of COPY's text format.

use fastops_domain::ids::{
    BranchId, CompanyId, JobId, LineId, OrderId, PrinterId, ProductId, StationId, TableId, TerminalId,
    TicketId, UserId,
};
use fastops_domain::job::{Cause, JobState, Priority};
use fastops_domain::money::Money;
use fastops_domain::order::OrderType;
use fastops_domain::tax::TaxMode;
use fastops_domain::ticket::{TicketKind, TicketState};
use fastops_domain::time::Time;
use rusqlite::types::{ToSqlOutput, Value as SqliteValue, ValueRef};
use std::fmt::Write as _;
use std::sync::Arc;
use uuid::Uuid;

/// One value of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Null,
    Integer(i64),
    Bool(bool),
    Text(&'a str),
    Id(Uuid),
    Bytes(&'a [u8]),
}

impl Value<'_> {
    pub(super) fn bound(&self) -> ToSqlOutput<'_> {
        match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Integer(number) => ToSqlOutput::Owned(SqliteValue::Integer(*number)),
            Self::Bool(yes) => ToSqlOutput::Owned(SqliteValue::Integer(i64::from(*yes))),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        }
    }

    /// Writes the value as COPY reads it; the caller writes what stands between values.
    pub(super) fn copied(&self, line: &mut String) {
        // Writing to a string cannot fail.
        let _ = match self {
            Self::Null => line.write_str("\\N"),
            Self::Integer(number) => write!(line, "{number}"),
            Self::Bool(yes) => line.write_str(if *yes { "t" } else { "f" }),
            Self::Text(text) => escaped(text, line),
            Self::Id(id) => write!(line, "{id}"),
            Self::Bytes(bytes) => {
                line.push_str("\\\\x");
                bytes.iter().try_for_each(|byte| write!(line, "{byte:02x}"))
            }
        };
    }
}

fn escaped(text: &str, line: &mut String) -> std::fmt::Result {
    text.chars().try_for_each(|letter| match letter {
        '\\' => line.write_str("\\\\"),
        '\n' => line.write_str("\\n"),
        '\r' => line.write_str("\\r"),
        '\t' => line.write_str("\\t"),
        letter => line.write_char(letter),
    })
}

/// A type of a row's field.
pub(super) trait Lay {
    fn lay(&self) -> Value<'_>;
}

impl<T: Lay> Lay for Option<T> {
    fn lay(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::lay)
    }
}

macro_rules! lays {
    ($($type:ty: |$value:ident| $laid:expr),+ $(,)?) => {$(
        impl Lay for $type {
            fn lay(&self) -> Value<'_> {
                let $value = self;
                $laid
            }
        }
    )+};
}
lays!(
    i64: |number| Value::Integer(*number),
    u32: |number| Value::Integer(i64::from(*number)),
    u8: |number| Value::Integer(i64::from(*number)),
    bool: |yes| Value::Bool(*yes),
    String: |text| Value::Text(text),
    Arc<str>: |text| Value::Text(text),
    &'static str: |text| Value::Text(text),
    Uuid: |id| Value::Id(*id),
    [u8; 32]: |bytes| Value::Bytes(bytes),
);

macro_rules! lays_within {
    ($variant:ident: $($type:ty),+) => { lays!($($type: |value| Value::$variant(value.0)),+); };
}
lays_within!(Integer: Money, Time);
lays_within!(Id: BranchId, CompanyId, JobId, LineId, OrderId, PrinterId, ProductId, StationId, TableId);
lays_within!(Id: TerminalId, TicketId, UserId);

macro_rules! lays_by_code {
    ($($type:ty),+) => { lays!($($type: |value| Value::Text(value.code())),+); };
}
lays_by_code!(Cause, JobState, OrderType, Priority, TicketKind, TicketState);

impl Lay for TaxMode {
    fn lay(&self) -> Value<'_> {
        Value::Text(crate::columns::Bind::raw(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_reads_back_what_a_person_may_type() {
        let mut line = String::new();
        for value in [Value::Text("a\tb\\c\nd\re"), Value::Null, Value::Bool(true), Value::Bytes(&[0, 255])] {
            value.copied(&mut line);
            line.push('|');
        }
        assert_eq!(line, "a\\tb\\\\c\\nd\\re|\\N|t|\\\\x00ff|");
    }
}
