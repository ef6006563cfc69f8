//! What was committed since the store was opened, counted without a lock.

use std::sync::atomic::{AtomicU64, Ordering};

/// What was committed since the store was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Commits, each with one sync.
    pub groups: u64,
    /// Units of work in them.
    pub units: u64,
    /// Units in the latest commit.
    pub last_group: u64,
}

/// Counts commits.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    groups: AtomicU64,
    units: AtomicU64,
    last_group: AtomicU64,
}

impl Counters {
    pub(crate) fn count(&self, units: u64) {
        self.groups.fetch_add(1, Ordering::Relaxed);
        self.units.fetch_add(units, Ordering::Relaxed);
        self.last_group.store(units, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> Stats {
        Stats {
            groups: self.groups.load(Ordering::Relaxed),
            units: self.units.load(Ordering::Relaxed),
            last_group: self.last_group.load(Ordering::Relaxed),
        }
    }
}
