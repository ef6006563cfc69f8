//! The one place of this program that asks the computer for the time and makes identifiers.

use uuid::Uuid;

/// Milliseconds since 1970 UTC.
pub(crate) fn now_ms() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the computer for the time")]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A client's new identifier.
pub(crate) fn new_id() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes identifiers")]
    Uuid::now_v7()
}
