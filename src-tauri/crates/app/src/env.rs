//! The one place where the core meets the world's clock and its dice.
//!
//! Everything else is handed a time or an id, so that tests can hand it another.

use fastops_domain::time::{Clock, Time};
use std::sync::Arc;
use uuid::Uuid;

/// The computer's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the computer for the time")]
        let now = std::time::SystemTime::now();
        let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Time(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Where the core gets time and new identifiers from.
#[derive(Clone, Debug)]
pub(crate) struct Env {
    pub(crate) clock: Arc<dyn Clock>,
}

impl Env {
    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }

    /// A new identifier, greater than those made before it.
    #[expect(clippy::unused_self, reason = "ids belong to the environment; tests may come to drive them")]
    pub(crate) fn new_id(&self) -> Uuid {
        new_id()
    }
}

/// A new identifier, greater than those made before it.
pub(crate) fn new_id() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes identifiers")]
    Uuid::now_v7()
}
