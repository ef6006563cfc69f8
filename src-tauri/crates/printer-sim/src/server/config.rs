//! How a simulated printer is set up.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::machine::{Model, Speed};

/// The wall clock of the host: milliseconds since 1970. Read once per slip.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What a printer that serves one client does with a second one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConnectionPolicy {
    /// Resets it.
    #[default]
    Refuse,
    /// Accepts it and is silent until the first one leaves.
    Mute,
    /// Accepts it and closes it at once.
    Drop,
    /// Accepts it, and is slow to turn to it: some seconds after the first one has left.
    Slow,
}

/// How the port treats its clients. May change while the printer runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    pub policy: ConnectionPolicy,
    /// A connection that is silent this long is reset.
    pub idle_reset: Option<Duration>,
    /// After a client reset its connection, new ones are refused this long.
    pub lockout_after_reset: Option<Duration>,
}

#[derive(Clone)]
pub struct SimulatorConfig {
    /// Port 0 picks a free one.
    pub listen: SocketAddr,
    pub name: String,
    pub model: Model,
    pub clock: Clock,
    pub policy: ConnectionPolicy,
    /// How fast a serial line carries bytes; without it as fast as they come.
    pub baud: Option<u32>,
    /// A connection that is silent this long is reset.
    pub idle_reset: Option<Duration>,
    /// After a client reset its connection, new ones are refused this long.
    pub lockout_after_reset: Option<Duration>,
    /// How many slips stay in memory; older ones leave the log.
    pub keep_slips: usize,
    /// Where each slip is written as text and picture.
    pub paper_dir: Option<PathBuf>,
}

impl SimulatorConfig {
    /// An 80 mm printer on a free loopback port, one client at a time, idle reset after 90 s.
    pub fn new(name: impl Into<String>, clock: Clock) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            name: name.into(),
            model: Model::epson_80mm(),
            clock,
            policy: ConnectionPolicy::Refuse,
            baud: None,
            idle_reset: Some(Duration::from_secs(90)),
            lockout_after_reset: None,
            keep_slips: 10_000,
            paper_dir: None,
        }
    }

    pub(super) fn manners(&self) -> Manners {
        let Self { policy, idle_reset, lockout_after_reset, .. } = *self;
        Manners { policy, idle_reset, lockout_after_reset }
    }

    /// The same printer with paper that moves in no time.
    pub fn instant(name: impl Into<String>, clock: Clock) -> Self {
        let mut config = Self::new(name, clock);
        config.model.speed = Speed::Instant;
        config
    }
}

impl fmt::Debug for SimulatorConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SimulatorConfig")
            .field("listen", &self.listen)
            .field("name", &self.name)
            .field("model", &self.model)
            .field("policy", &self.policy)
            .field("paper_dir", &self.paper_dir)
            .finish_non_exhaustive()
    }
}
