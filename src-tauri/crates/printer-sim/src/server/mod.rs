//! A printer on a TCP port, or on a serial line.
//!
//! Back-pressure is real: when the receive buffer is full the socket is not read. Nothing polls; connections,
//! paper and watchers are woken by what they wait for.

mod config;
mod connection;
mod listener;
mod paper_dir;
#[cfg(unix)]
mod pty;
mod shared;

use std::io;
#[cfg(unix)]
use std::net::Ipv4Addr;
use std::net::SocketAddr;
#[cfg(unix)]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{broadcast, mpsc, watch};
use tokio::task::JoinHandle;

pub use config::{Clock, ConnectionPolicy, Manners, SimulatorConfig};
#[cfg(unix)]
pub use pty::SerialFlow;
pub use shared::{JobTrace, SimulatorEvent};

use crate::machine::{Condition, Conditions, Machine};
use crate::paper::{Block, Slip};
use shared::Shared;

/// The paper that was waited for did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{seen} of {expected} slips were cut within {waited:?}")]
pub struct SlipsMissing {
    pub expected: usize,
    pub seen: usize,
    pub waited: Duration,
}

/// A running printer. Dropping it stops it without ceremony; [`Simulator::stop`] waits for its files.
pub struct Simulator {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    listener: JoinHandle<()>,
    mechanism: JoinHandle<()>,
    paper: Option<JoinHandle<()>>,
}

impl Simulator {
    /// Opens the port and starts. Runs on the tokio runtime that awaits it, with time and I/O.
    #[expect(
        clippy::unused_async,
        reason = "a future is always polled inside a runtime, which the sockets need"
    )]
    pub async fn start(config: SimulatorConfig) -> io::Result<Self> {
        let socket = listener::bind(config.listen)?;
        let address = socket.local_addr()?;
        Ok(Self::assemble(config, address, |shared, stopped| {
            tokio::spawn(listener::run(shared, socket, address, stopped))
        }))
    }

    /// Hangs the printer on a serial line instead: a pseudo-terminal, whose name comes back. Its
    /// [`Simulator::addr`] means nothing.
    #[cfg(unix)]
    #[expect(
        clippy::unused_async,
        reason = "a future is always polled inside a runtime, which the line needs"
    )]
    pub async fn start_serial(config: SimulatorConfig, flow: SerialFlow) -> io::Result<(Self, PathBuf)> {
        let (line, device) = pty::open(flow)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let simulator =
            Self::assemble(config, address, |shared, stopped| tokio::spawn(pty::run(shared, line, stopped)));
        Ok((simulator, device))
    }

    fn assemble(
        config: SimulatorConfig,
        address: SocketAddr,
        line: impl FnOnce(Arc<Shared>, watch::Receiver<bool>) -> JoinHandle<()>,
    ) -> Self {
        let (paper_sender, paper) = match config.paper_dir.clone() {
            None => (None, None),
            Some(directory) => {
                let (sender, slips) = mpsc::unbounded_channel();
                let writer = paper_dir::write_all(directory, config.name.clone(), slips);
                (Some(sender), Some(tokio::spawn(writer)))
            }
        };
        let shared = Arc::new(Shared::new(config, paper_sender));
        let (stop, stopped) = watch::channel(false);
        let listener = line(Arc::clone(&shared), stopped);
        let mechanism = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move { shared.run_mechanism().await }
        });
        Self { shared, address, stop, listener, mechanism, paper }
    }

    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    pub fn name(&self) -> &str {
        &self.shared.config.name
    }

    /// Every slip in the log, oldest first.
    pub fn slips(&self) -> Vec<Arc<Slip>> {
        self.shared.core().slips.iter().cloned().collect()
    }

    /// The last `count` slips, oldest first.
    pub fn last_slips(&self, count: usize) -> Vec<Arc<Slip>> {
        let core = self.shared.core();
        core.slips.iter().skip(core.slips.len().saturating_sub(count)).cloned().collect()
    }

    /// The slip with this number, while it is in the log.
    pub fn slip(&self, number: u64) -> Option<Arc<Slip>> {
        self.shared.core().slips.iter().find(|slip| slip.number == number).cloned()
    }

    /// What hangs out of the printer uncut.
    pub fn uncut(&self) -> Vec<Block> {
        self.shared.core().machine.uncut().to_vec()
    }

    /// Waits until `count` slips were cut since the start or the last [`Simulator::reset_log`]; answers the
    /// log.
    pub async fn wait_for_slips(
        &self,
        count: usize,
        deadline: Duration,
    ) -> Result<Vec<Arc<Slip>>, SlipsMissing> {
        let mut slips = self.shared.slip_count.subscribe();
        let waited = tokio::time::timeout(deadline, slips.wait_for(|cut| *cut >= count)).await.is_ok();
        if waited {
            return Ok(self.slips());
        }
        let seen = *self.shared.slip_count.borrow();
        Err(SlipsMissing { expected: count, seen, waited: deadline })
    }

    /// Everything that happens from now on. A watcher that falls more than a thousand events behind loses the
    /// oldest.
    pub fn subscribe(&self) -> broadcast::Receiver<SimulatorEvent> {
        self.shared.events.subscribe()
    }

    /// Puts the printer in this condition and no other, at once.
    pub fn set(&self, condition: Condition) {
        self.shared.act(|machine, at| machine.set(at, condition));
    }

    /// Puts the printer in a condition besides those that it is in.
    pub fn add(&self, condition: Condition) {
        self.shared.act(|machine, at| machine.add(at, condition));
    }

    /// Ends a condition; the others stay.
    pub fn clear(&self, condition: Condition) {
        self.shared.act(|machine, at| machine.clear(at, condition));
    }

    /// The worst of what is wrong with it.
    pub fn condition(&self) -> Condition {
        self.conditions().worst()
    }

    /// All that is wrong with it.
    pub fn conditions(&self) -> Conditions {
        self.shared.core().machine.conditions().clone()
    }

    /// How its port treats its clients.
    pub fn manners(&self) -> Manners {
        self.shared.manners()
    }

    /// Treats clients in another way from now on, those that are there too.
    pub fn set_manners(&self, manners: Manners) {
        self.shared.set_manners(manners);
    }

    /// Turns every new client away for a while, as after a connection that broke; no time at all ends it.
    pub fn lock_out(&self, time: Duration) {
        self.shared.lock_out(time);
    }

    /// The power fails and comes back: buffer and connections are gone.
    pub fn power_cycle(&self) {
        self.set(Condition::PoweredOff);
        self.set(Condition::Ready);
    }

    /// A person tears off what is printed without a cut; it becomes a slip.
    pub fn tear_off(&self) {
        self.shared.act(Machine::tear_off);
    }

    /// True when no paper moves and nothing that could be printed waits.
    pub fn is_idle(&self) -> bool {
        !self.shared.core().machine.is_busy()
    }

    /// For how long paper and cutter have moved since the start.
    pub fn moved(&self) -> Duration {
        self.shared.core().machine.moved()
    }

    /// Bytes that wait in the receive buffer.
    pub fn buffered(&self) -> usize {
        self.shared.core().machine.buffered()
    }

    /// What arrived since the log was cleared, real-time commands too; the last mebibyte of it.
    pub fn received_bytes(&self) -> Vec<u8> {
        self.shared.core().received.iter().copied().collect()
    }

    /// How many bytes arrived since the log was cleared.
    pub fn received_total(&self) -> u64 {
        self.shared.core().received_total
    }

    /// When each ticket's first byte arrived, oldest first.
    pub fn jobs(&self) -> Vec<JobTrace> {
        self.shared.core().jobs.iter().copied().collect()
    }

    /// Connections served since the start.
    pub fn connections(&self) -> u64 {
        self.shared.core().connections
    }

    /// Times a drawer was opened since the log was cleared.
    pub fn drawer_kicks(&self) -> u64 {
        self.shared.core().drawer_kicks
    }

    /// Clears slips, jobs, bytes and counts; slips go on with their numbers.
    pub fn reset_log(&self) {
        let mut core = self.shared.core();
        core.slips.clear();
        core.jobs.clear();
        core.received.clear();
        core.received_total = 0;
        core.drawer_kicks = 0;
        self.shared.slip_count.send_replace(0);
    }

    /// Closes the port and the connections, and waits until the slips cut so far are in their files.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        // A task that panicked has nothing left to wait for.
        let _ = (&mut self.listener).await;
        self.mechanism.abort();
        self.shared.close_paper();
        if let Some(paper) = self.paper.take() {
            let _ = paper.await;
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.listener.abort();
        self.mechanism.abort();
        self.shared.close_paper();
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Simulator")
            .field("name", &self.name())
            .field("address", &self.address)
            .field("condition", &self.condition())
            .finish_non_exhaustive()
    }
}
