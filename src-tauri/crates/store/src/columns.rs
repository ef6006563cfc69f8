//! How the domain's types lie in columns, the same on both engines.
//!
//! Two small traits, [`Bind`] for the way in and [`Column`] for the way out, stand between sqlx and
//! the domain, which knows no database. A code that the program does not know is a
//! [`StoreError::Decode`], never a default.

use crate::StoreError;
use crate::error::EngineError;
use crate::sqlite::Param;
use crate::stamp::Topic;
use fastops_domain::alert::{AlertKind, Severity};
use fastops_domain::cash::CashDirection;
use fastops_domain::ids::{
    AlertId, BranchId, CashMoveId, CashSessionId, CategoryId, ColorId, ComboSlotId, CommandId, CompanyId,
    ComputerId, CoreId, CustomerId, JobId, LineId, LocationId, LogoId, ModifierGroupId, ModifierId,
    NumberingRangeId, OrderEventId, OrderId, PaymentId, PhotoId, PriceListId, PrinterId, ProductId,
    ReceiptId, RefundId, RoomId, SessionId, SizeId, StationId, StockCountId, StockMoveId, TableId, TargetId,
    TaxId, TerminalId, TicketId, TransferId, UserId, VariantId,
};
use fastops_domain::job::{Cause, JobKind, JobState, Priority};
use fastops_domain::menu::{Portioning, ProductKind, Unit};
use fastops_domain::money::Money;
use fastops_domain::order::{OrderEventKind, OrderType};
use fastops_domain::outlet::MailSecurity;
use fastops_domain::payment::MethodKind;
use fastops_domain::setting::Key;
use fastops_domain::station::{Buzzer, CodePage, DrawerPin, PrinterAddress, ProofLevel};
use fastops_domain::stock::{CountState, MoveKind, Quantity, TransferState};
use fastops_domain::tax::TaxMode;
use fastops_domain::ticket::{TicketKind, TicketState};
use fastops_domain::time::Time;
use fastops_domain::user::{Language, Permission, Role};
use fastops_domain::workers::Profile;
use rusqlite::types::{FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo};
use sqlx::types::Json;
use sqlx::{Decode, Encode, Postgres, Row as _, Type};
use std::sync::Arc;
use uuid::Uuid;

/// A row of either engine.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r sqlx::postgres::PgRow),
}

impl Row<'_> {
    /// The value of `column` as the domain knows it.
    pub(crate) fn get<T: Column>(&self, column: &'static str) -> Result<T, StoreError> {
        T::read(self, column)
    }

    /// The value of a JSON column.
    pub(crate) fn json<T: DeserializeOwned + Send + Unpin + 'static>(
        &self,
        column: &'static str,
    ) -> Result<T, StoreError> {
        let value = self.json_or_none(column)?;
        value.ok_or_else(|| StoreError::Decode { column, reason: "it is empty".into() })
    }

    /// The value of a JSON column that may be empty.
    pub(crate) fn json_or_none<T: DeserializeOwned + Send + Unpin + 'static>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let unreadable = |reason: String| StoreError::Decode { column, reason };
        match self {
            Self::Sqlite(row) => {
                let value = row.get_ref(column).map_err(|error| unreadable(error.to_string()))?;
                let text = value.as_str_or_null().map_err(|error| unreadable(error.to_string()))?;
                let value = text.map(serde_json::from_str).transpose();
                value.map_err(|error| unreadable(error.to_string()))
            }
            Self::Postgres(row) => {
                let value: Option<Json<T>> =
                    row.try_get(column).map_err(|error| unreadable(error.to_string()))?;
                Ok(value.map(|value| value.0))
            }
        }
    }

    fn plain<T: Plain>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        let unreadable = |reason: String| StoreError::Decode { column, reason };
        match self {
            Self::Sqlite(row) => {
                let value = row.get_ref(column).map_err(|error| unreadable(error.to_string()))?;
                match value {
                    ValueRef::Null => Ok(None),
                    value => T::of(value).map(Some).map_err(|error| unreadable(error.to_string())),
                }
            }
            Self::Postgres(row) => row.try_get(column).map_err(|error| unreadable(error.to_string())),
        }
    }
}

/// A type that both engines know.
trait Plain: Sized + for<'r> Decode<'r, Postgres> + Type<Postgres> {
    fn of(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

macro_rules! plain_by_rusqlite {
    ($($type:ty),+) => {$(
        impl Plain for $type {
            fn of(value: ValueRef<'_>) -> FromSqlResult<Self> {
                rusqlite::types::FromSql::column_result(value)
            }
        }
    )+};
}
plain_by_rusqlite!(i64, bool, String, Vec<u8>);

impl Plain for Uuid {
    fn of(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_slice(value.as_blob()?).map_err(FromSqlError::other)
    }
}

/// A type that can be read from a column.
pub(crate) trait Column: Sized {
    fn read(row: &Row<'_>, column: &'static str) -> Result<Self, StoreError> {
        Self::read_nullable(row, column)?
            .ok_or_else(|| StoreError::Decode { column, reason: "it is empty".into() })
    }

    fn read_nullable(row: &Row<'_>, column: &'static str) -> Result<Option<Self>, StoreError>;
}

impl<T: Column> Column for Option<T> {
    fn read(row: &Row<'_>, column: &'static str) -> Result<Self, StoreError> {
        T::read_nullable(row, column)
    }

    fn read_nullable(row: &Row<'_>, column: &'static str) -> Result<Option<Self>, StoreError> {
        T::read_nullable(row, column).map(Some)
    }
}

/// A type that can be bound to a parameter, as a type that both engines know.
pub(crate) trait Bind {
    type Raw;
    fn raw(self) -> Self::Raw;
}

impl<T: Bind> Bind for Option<T> {
    type Raw = Option<T::Raw>;
    fn raw(self) -> Self::Raw {
        self.map(T::raw)
    }
}

impl<'a> Bind for &'a str {
    type Raw = &'a str;
    fn raw(self) -> &'a str {
        self
    }
}

impl<'a> Bind for &'a String {
    type Raw = &'a str;
    fn raw(self) -> &'a str {
        self
    }
}

impl<'a> Bind for &'a [u8] {
    type Raw = &'a [u8];
    fn raw(self) -> &'a [u8] {
        self
    }
}

/// A value that is kept as JSON.
pub(crate) struct AsJson<'a, T>(pub(crate) &'a T);

impl<'a, T: Serialize> Bind for AsJson<'a, T> {
    type Raw = JsonParam<'a, T>;
    fn raw(self) -> JsonParam<'a, T> {
        JsonParam(self.0)
    }
}

/// JSON on its way into the database: text for SQLite, JSONB for PostgreSQL.
pub(crate) struct JsonParam<'a, T>(&'a T);

impl<T: Serialize> Param for JsonParam<'_, T> {
    fn output(&self) -> Result<ToSqlOutput<'_>, EngineError> {
        let text = serde_json::to_string(self.0).map_err(|error| EngineError::Encode(Arc::new(error)))?;
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl<T> Type<Postgres> for JsonParam<'_, T> {
    fn type_info() -> PgTypeInfo {
        <Json<()> as Type<Postgres>>::type_info()
    }
}

impl<'q, T: Serialize> Encode<'q, Postgres> for JsonParam<'_, T> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <Json<&T> as Encode<'q, Postgres>>::encode_by_ref(&Json(self.0), buffer)
    }
}

macro_rules! plain {
    ($($type:ty),+) => {$(
        impl Bind for $type {
            type Raw = $type;
            fn raw(self) -> $type {
                self
            }
        }
        impl Column for $type {
            fn read_nullable(row: &Row<'_>, column: &'static str) -> Result<Option<Self>, StoreError> {
                row.plain(column)
            }
        }
    )+};
}
plain!(i64, bool, String, Vec<u8>, Uuid);

/// Newtypes over a plain type.
macro_rules! newtypes {
    ($raw:ty: $($type:ident),+) => {$(
        impl Bind for $type {
            type Raw = $raw;
            fn raw(self) -> $raw {
                self.0
            }
        }
        impl Column for $type {
            fn read_nullable(row: &Row<'_>, column: &'static str) -> Result<Option<Self>, StoreError> {
                Ok(<$raw>::read_nullable(row, column)?.map($type))
            }
        }
    )+};
}
newtypes!(Uuid: BranchId, CategoryId, CommandId, CompanyId, JobId, LineId, ModifierGroupId, ModifierId, OrderId);
newtypes!(Uuid: PrinterId, ProductId, RoomId, SessionId, StationId, TableId, TaxId, TerminalId, TicketId, UserId);
newtypes!(Uuid: AlertId, ColorId, ComboSlotId, CustomerId, LocationId, NumberingRangeId, PriceListId, SizeId);
newtypes!(Uuid: LogoId, PhotoId, StockCountId, StockMoveId, TargetId, TransferId, VariantId);
newtypes!(Uuid: ComputerId, CoreId, PaymentId, RefundId, CashSessionId, CashMoveId, ReceiptId, OrderEventId);
newtypes!(i64: Money, Quantity, Time);

/// Small integers; every integer column is 64 bits wide.
macro_rules! integers {
    ($($type:ty),+) => {$(
        impl Bind for $type {
            type Raw = i64;
            fn raw(self) -> i64 {
                i64::from(self)
            }
        }
        impl Column for $type {
            fn read_nullable(row: &Row<'_>, column: &'static str) -> Result<Option<Self>, StoreError> {
                let Some(wide) = i64::read_nullable(row, column)? else { return Ok(None) };
                match <$type>::try_from(wide) {
                    Ok(value) => Ok(Some(value)),
                    Err(_) => Err(StoreError::Decode { column, reason: format!("{wide} is out of range") }),
                }
            }
        }
    )+};
}
integers!(u8, u16, u32, i32);

/// Enums that are kept by their stable name.
macro_rules! codes {
    ($($type:ty),+) => {$(
        impl Bind for $type {
            type Raw = &'static str;
            fn raw(self) -> &'static str {
                self.code()
            }
        }
        impl Column for $type {
            fn read_nullable(row: &Row<'_>, column: &'static str) -> Result<Option<Self>, StoreError> {
                known(String::read_nullable(row, column)?, column, <$type>::from_code)
            }
        }
    )+};
}
codes!(AlertKind, Buzzer, CashDirection, DrawerPin, Key, MethodKind, OrderEventKind);
codes!(
    Cause,
    CodePage,
    CountState,
    JobKind,
    JobState,
    Language,
    MailSecurity,
    MoveKind,
    OrderType,
    Permission,
    fastops_domain::photo::PhotoFormat,
    Portioning,
    Priority,
    ProductKind,
    Profile,
    ProofLevel,
    Role,
    Severity,
    TicketKind,
    TicketState,
    Topic,
    TransferState,
    Unit,
    fastops_domain::floor::TableShape
);

impl Bind for TaxMode {
    type Raw = &'static str;
    fn raw(self) -> &'static str {
        match self {
            Self::Included => "included",
            Self::Added => "added",
            Self::Exempt => "exempt",
        }
    }
}

impl Column for TaxMode {
    fn read_nullable(row: &Row<'_>, column: &'static str) -> Result<Option<Self>, StoreError> {
        let modes = [Self::Included, Self::Added, Self::Exempt];
        known(String::read_nullable(row, column)?, column, |code| {
            modes.into_iter().find(|mode| mode.raw() == code)
        })
    }
}

impl Column for PrinterAddress {
    fn read_nullable(row: &Row<'_>, column: &'static str) -> Result<Option<Self>, StoreError> {
        known(String::read_nullable(row, column)?, column, |text| text.parse().ok())
    }
}

fn known<T>(
    code: Option<String>,
    column: &'static str,
    from_code: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let Some(code) = code else { return Ok(None) };
    match from_code(&code) {
        Some(value) => Ok(Some(value)),
        None => Err(StoreError::Decode { column, reason: format!("{code:?} is not known") }),
    }
}

/// A whole number in column `n`, for counters and counts.
pub(crate) fn number<T: Column>(row: &Row<'_>) -> Result<T, StoreError> {
    row.get("n")
}
