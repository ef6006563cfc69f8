//! When a station gets one slip of what is still pending, instead of as many old papers.
//!
//! ```text
//!  the printer takes tickets again ──> was it out long enough? ──> do enough of them wait? ──> one slip
//!                                           └ no: each ticket prints as it is  └ no: the same
//! ```
//!
//! A printer that only stands in makes none: it prints what comes, for the outage is another's.

/// What the house wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How many tickets have to wait for one slip to be worth more than their papers; 0 is never.
    pub least: i64,
    /// How long nothing must have come out, in milliseconds.
    pub after_ms: i64,
}

/// A printer that can take a station's tickets again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Return {
    /// How long nothing came out of it; none when nothing was wrong.
    pub out_ms: Option<i64>,
    /// Tickets of the station that wait for it.
    pub waiting: i64,
    /// It stands in for another.
    pub backup: bool,
}

/// Whether what waits goes on one slip.
pub fn is_due(found: Return, policy: Policy) -> bool {
    policy.least > 0
        && !found.backup
        && found.waiting >= policy.least
        && found.out_ms.is_some_and(|out_ms| out_ms >= policy.after_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_cases() {
        let policy = Policy { least: 10, after_ms: 60_000 };
        for out_ms in [None, Some(-5), Some(59_999), Some(60_000), Some(i64::MAX)] {
            for waiting in [0, 1, 9, 10, 40] {
                for backup in [false, true] {
                    let found = Return { out_ms, waiting, backup };
                    let long = matches!(out_ms, Some(60_000 | i64::MAX));
                    assert_eq!(is_due(found, policy), long && waiting >= 10 && !backup, "{found:?}");
                    assert!(!is_due(found, Policy { least: 0, ..policy }), "switched off");
                }
            }
        }
    }
}
