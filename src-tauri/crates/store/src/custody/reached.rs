//! How far a store has come: counters that only ever grow.
//!
//! A log that was cut, or put back as it was yesterday, ends between two units of work, and what is left looks
//! whole. Noted beside the file from time to time, the counters tell how much there has to be at least.

use crate::error::EngineError;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Each counter, and the question that gives it. All of them are answered from a few rows, or by the end of a
/// table whose rows are never deleted.
const COUNTERS: &[(&str, &str)] = &[
    ("orders", "SELECT COALESCE(SUM(last), 0) FROM order_number"),
    ("tickets", "SELECT COALESCE(SUM(last), 0) FROM ticket_number"),
    ("acts", "SELECT COALESCE(SUM(seq), 0) FROM audit_head"),
    ("payments", "SELECT COALESCE(MAX(rowid), 0) FROM payment"),
    ("refunds", "SELECT COALESCE(MAX(rowid), 0) FROM refund"),
    ("cash moves", "SELECT COALESCE(MAX(rowid), 0) FROM cash_move"),
    ("receipts", "SELECT COALESCE(MAX(rowid), 0) FROM receipt"),
    ("stock moves", "SELECT COALESCE(MAX(rowid), 0) FROM stock_move"),
    ("changes", "SELECT COALESCE(SUM(version), 0) FROM change_stamp"),
];

/// The counters of a store by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reached(BTreeMap<String, i64>);

impl Reached {
    pub(super) fn read(connection: &Connection) -> Result<Self, EngineError> {
        let counter = |(name, question): &(&str, &str)| {
            let value = connection.prepare_cached(question)?.query_row([], |row| row.get(0))?;
            Ok(((*name).to_owned(), value))
        };
        Ok(Self(COUNTERS.iter().map(counter).collect::<Result<_, EngineError>>()?))
    }

    /// What is missing of what was noted; none when all of it is there.
    pub(super) fn missing(&self, found: &Self) -> Option<String> {
        let short = |(name, noted): (&String, &i64)| {
            let found = *found.0.get(name)?;
            (found < *noted).then(|| format!("{} {name}", noted - found))
        };
        let missing: Vec<String> = self.0.iter().filter_map(short).collect();
        (!missing.is_empty()).then(|| format!("work that was confirmed is missing: {}", missing.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(counters: &[(&str, i64)]) -> Reached {
        Reached(counters.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect())
    }

    #[test]
    fn less_than_was_noted_is_missing_and_more_is_not() {
        let noted = reached(&[("acts", 3), ("orders", 12), ("of another program", 9)]);
        assert_eq!(noted.missing(&reached(&[("acts", 3), ("orders", 12)])), None);
        assert_eq!(noted.missing(&reached(&[("acts", 4), ("orders", 90)])), None);
        assert_eq!(
            noted.missing(&reached(&[("acts", 9), ("orders", 10)])).as_deref(),
            Some("work that was confirmed is missing: 2 orders")
        );
    }
}
