//! How whoever ordered without a table is reached, and when the house promised the order.

use crate::ids::CustomerId;
use crate::time::{LocalTime, Time};
use serde::{Deserialize, Serialize};

/// Nothing of it is ever needed to take an order: what is missing is said, and the sale goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Which of the customers that the house knows it is.
    pub customer: Option<CustomerId>,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// Words to whoever brings it.
    pub courier_note: Option<String>,
    pub promised_at: Option<Time>,
}

/// A promised time, with what a clock on the branch's wall shows then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub at: Time,
    pub hour: u8,
    pub minute: u8,
}

impl Promise {
    /// The promise as it reads in a place `offset_minutes` east of UTC.
    pub fn at(at: Time, offset_minutes: i32) -> Self {
        let LocalTime { hour, minute, .. } = LocalTime::at(at, offset_minutes);
        Self { at, hour, minute }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_reads_as_the_clock_on_the_wall() {
        let at = Time(1_767_243_540_000); // 2026-01-01T04:59Z
        assert_eq!(Promise::at(at, -300), Promise { at, hour: 23, minute: 59 });
        assert_eq!(Promise::at(at, 0), Promise { at, hour: 4, minute: 59 });
    }
}
