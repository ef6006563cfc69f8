//! What the commands cost: how often each was called, and what it asked of the database.
//!
//! A command says how many statements it needs at most, whatever the size of the house. The count is kept
//! where the command runs, so that one which grows with the house is named in the log on the first day.

use crate::surface::{COMMANDS, CommandSpec};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A command that takes longer is counted as slow.
const SLOW: Duration = Duration::from_millis(100);

/// What one command has cost since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandStats {
    pub name: &'static str,
    /// Most SQL statements that one call may need.
    pub declared: u32,
    pub calls: u64,
    /// SQL statements of all calls together, without those that filled the cache.
    pub statements: u64,
    /// Most SQL statements of one call.
    pub most: u64,
    /// Calls with more SQL statements than declared: lost races with another terminal, or a mistake.
    pub over: u64,
    /// Calls that took longer than 100 ms.
    pub slow: u64,
}

#[derive(Debug, Default)]
struct Counters {
    calls: AtomicU64,
    statements: AtomicU64,
    most: AtomicU64,
    over: AtomicU64,
    slow: AtomicU64,
}

/// Counts what every command costs.
#[derive(Debug)]
pub(crate) struct CommandMetrics {
    of: HashMap<&'static str, Counters>,
}

impl Default for CommandMetrics {
    fn default() -> Self {
        Self { of: COMMANDS.iter().map(|command| (command.name, Counters::default())).collect() }
    }
}

impl CommandMetrics {
    /// Counts one call, and warns when it needed more statements than it declares.
    pub(crate) fn note(&self, command: &'static str, declared: u32, statements: u32, took: Duration) {
        let Some(counters) = self.of.get(command) else { return };
        let count = |counter: &AtomicU64, by: u64| counter.fetch_add(by, Ordering::Relaxed);
        count(&counters.calls, 1);
        count(&counters.statements, u64::from(statements));
        counters.most.fetch_max(u64::from(statements), Ordering::Relaxed);
        if took > SLOW {
            count(&counters.slow, 1);
        }
        if statements > declared {
            count(&counters.over, 1);
            tracing::warn!(
                command,
                declared,
                statements,
                "a command needed more statements than it declares"
            );
        }
    }

    pub(crate) fn stats(&self) -> Vec<CommandStats> {
        COMMANDS.iter().filter_map(|command| self.of_command(command)).collect()
    }

    fn of_command(&self, command: &CommandSpec) -> Option<CommandStats> {
        let counters = self.of.get(command.name)?;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Some(CommandStats {
            name: command.name,
            declared: command.statements,
            calls: read(&counters.calls),
            statements: read(&counters.statements),
            most: read(&counters.most),
            over: read(&counters.over),
            slow: read(&counters.slow),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_over_its_declared_maximum_is_counted() {
        let metrics = CommandMetrics::default();
        metrics.note("get_order", 4, 4, Duration::from_millis(1));
        metrics.note("get_order", 4, 9, Duration::from_millis(101));
        let stats = metrics.stats().into_iter().find(|stats| stats.name == "get_order").unwrap();
        assert_eq!((stats.calls, stats.statements, stats.most), (2, 13, 9));
        assert_eq!((stats.over, stats.slow), (1, 1));
    }
}
