//! The machine in real time, shared by its connections, its mechanism and whoever watches.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio::time::Instant;

use super::config::{Manners, SimulatorConfig};
use crate::machine::{Condition, Conditions, Machine, MachineEvent};
use crate::paper::Slip;
use crate::parser::DrawerPin;

/// How much of what arrived is kept.
const RECEIVED_LIMIT: usize = 1024 * 1024;
const JOB_LIMIT: usize = 100_000;
const EVENT_BACKLOG: usize = 1024;

/// When the first byte of a ticket arrived, on which connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobTrace {
    /// Counts from 1 since the simulator started.
    pub connection: u64,
    pub first_byte_at: Instant,
}

/// Something that a watcher may want to know.
#[derive(Debug, Clone)]
pub enum SimulatorEvent {
    Connected {
        connection: u64,
    },
    Disconnected {
        connection: u64,
    },
    /// A client was turned away by the connection policy or a lockout.
    Refused,
    JobStarted(JobTrace),
    SlipCut(Arc<Slip>),
    DrawerOpened {
        pin: DrawerPin,
        on_ms: u16,
    },
    ConditionsChanged(Conditions),
}

/// What a connection may read now.
pub(super) enum Intake {
    /// Nothing: wait for the printer to change.
    Closed,
    /// Real-time commands only.
    Urgent,
    /// This many bytes.
    Open(usize),
}

pub(super) struct Core {
    pub(super) machine: Machine,
    pub(super) slips: VecDeque<Arc<Slip>>,
    pub(super) jobs: VecDeque<JobTrace>,
    pub(super) received: VecDeque<u8>,
    pub(super) received_total: u64,
    pub(super) drawer_kicks: u64,
    pub(super) connections: u64,
    active_connection: u64,
    /// Rises when every open connection has to be reset.
    link_epoch: u64,
    manners: Manners,
    /// Until when new clients are turned away.
    locked_until: Option<Instant>,
    paper: Option<mpsc::UnboundedSender<Arc<Slip>>>,
}

pub(super) struct Shared {
    pub(super) config: SimulatorConfig,
    core: Mutex<Core>,
    started_at: Instant,
    /// Rises with every change that a connection may wait for.
    pub(super) pulse: watch::Sender<u64>,
    /// Slips cut since the log was last cleared.
    pub(super) slip_count: watch::Sender<usize>,
    pub(super) events: broadcast::Sender<SimulatorEvent>,
    mechanism: Notify,
}

impl Shared {
    pub(super) fn new(config: SimulatorConfig, paper: Option<mpsc::UnboundedSender<Arc<Slip>>>) -> Self {
        let core = Core {
            machine: Machine::new(config.model.clone()),
            slips: VecDeque::new(),
            jobs: VecDeque::new(),
            received: VecDeque::new(),
            received_total: 0,
            drawer_kicks: 0,
            connections: 0,
            active_connection: 0,
            link_epoch: 0,
            manners: config.manners(),
            locked_until: None,
            paper,
        };
        Self {
            config,
            core: Mutex::new(core),
            started_at: Instant::now(),
            pulse: watch::Sender::new(0),
            slip_count: watch::Sender::new(0),
            events: broadcast::Sender::new(EVENT_BACKLOG),
            mechanism: Notify::new(),
        }
    }

    /// A panic elsewhere does not take the paper away.
    pub(super) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something to the machine at the present moment, then tells everyone what came of it.
    pub(super) fn act<R>(&self, action: impl FnOnce(&mut Machine, Duration) -> R) -> R {
        let result = self.act_unheard(action);
        self.mechanism.notify_one();
        result
    }

    /// [`Shared::act`] without waking the mechanism, for the mechanism itself.
    fn act_unheard<R>(&self, action: impl FnOnce(&mut Machine, Duration) -> R) -> R {
        let mut core = self.core();
        let at = self.started_at.elapsed();
        let result = action(&mut core.machine, at);
        let happened = core.machine.take_events();
        let mut news = Vec::new();
        for event in happened {
            news.extend(self.harvest(&mut core, event));
        }
        drop(core);
        self.pulse.send_modify(|pulse| *pulse = pulse.wrapping_add(1));
        for event in news {
            if matches!(event, SimulatorEvent::SlipCut(_)) {
                self.slip_count.send_modify(|count| *count += 1);
            }
            // Nobody has to listen.
            let _ = self.events.send(event);
        }
        result
    }

    fn harvest(&self, core: &mut Core, event: MachineEvent) -> Option<SimulatorEvent> {
        Some(match event {
            MachineEvent::JobStarted { at } => {
                let job =
                    JobTrace { connection: core.active_connection, first_byte_at: self.started_at + at };
                push_bounded(&mut core.jobs, job, JOB_LIMIT);
                SimulatorEvent::JobStarted(job)
            }
            MachineEvent::SlipCut { mut slip, .. } => {
                slip.cut_at_ms = (self.config.clock)();
                let slip = Arc::new(slip);
                push_bounded(&mut core.slips, Arc::clone(&slip), self.config.keep_slips);
                if let Some(paper) = &core.paper {
                    // The writer is gone only while the simulator stops.
                    let _ = paper.send(Arc::clone(&slip));
                }
                SimulatorEvent::SlipCut(slip)
            }
            MachineEvent::DrawerOpened { pin, on_ms, .. } => {
                core.drawer_kicks += 1;
                SimulatorEvent::DrawerOpened { pin, on_ms }
            }
            MachineEvent::ConditionsChanged(conditions) => {
                if conditions.has(Condition::PoweredOff) {
                    core.link_epoch += 1;
                }
                SimulatorEvent::ConditionsChanged(conditions)
            }
            MachineEvent::LinkReset => {
                core.link_epoch += 1;
                return None;
            }
        })
    }

    pub(super) fn open_connection(&self) -> (u64, u64) {
        let mut core = self.core();
        core.connections += 1;
        core.active_connection = core.connections;
        core.machine.link_opened();
        // What the printer had to say while nobody was there is lost.
        drop(core.machine.take_answers());
        (core.active_connection, core.link_epoch)
    }

    pub(super) fn link_epoch(&self) -> u64 {
        self.core().link_epoch
    }

    pub(super) fn is_off(&self) -> bool {
        self.core().machine.conditions().has(Condition::PoweredOff)
    }

    /// Whether the firmware neither works nor answers.
    pub(super) fn is_dead(&self) -> bool {
        self.core().machine.conditions().is_dead()
    }

    pub(super) fn manners(&self) -> Manners {
        self.core().manners
    }

    pub(super) fn set_manners(&self, manners: Manners) {
        self.core().manners = manners;
        // Connections look at them again.
        self.pulse.send_modify(|pulse| *pulse = pulse.wrapping_add(1));
    }

    pub(super) fn lock_out(&self, time: Duration) {
        self.core().locked_until = Some(Instant::now() + time);
    }

    pub(super) fn is_locked(&self) -> bool {
        self.core().locked_until.is_some_and(|until| Instant::now() < until)
    }

    pub(super) fn intake(&self) -> Intake {
        let core = self.core();
        match core.machine.room(self.started_at.elapsed()) {
            0 if core.machine.takes_urgent() => Intake::Urgent,
            0 => Intake::Closed,
            room => Intake::Open(room),
        }
    }

    /// Hands bytes that were read to the machine.
    pub(super) fn receive(&self, bytes: &[u8]) {
        {
            let mut core = self.core();
            core.received_total += bytes.len() as u64;
            core.received.extend(bytes);
            let excess = core.received.len().saturating_sub(RECEIVED_LIMIT);
            core.received.drain(..excess);
        }
        let taken = self.act(|machine, at| machine.receive(at, bytes));
        if taken < bytes.len() {
            tracing::debug!(
                printer = self.config.name,
                lost = bytes.len() - taken,
                "bytes fell on a broken line"
            );
        }
    }

    /// Moves the paper as time passes; sleeps while nothing moves.
    pub(super) async fn run_mechanism(&self) {
        loop {
            let next = self.act_unheard(|machine, at| {
                machine.advance(at);
                machine.next_event()
            });
            match next {
                None => self.mechanism.notified().await,
                Some(at) => tokio::select! {
                    () = tokio::time::sleep_until(self.started_at + at) => {}
                    () = self.mechanism.notified() => {}
                },
            }
        }
    }

    /// Ends the writing of paper once what was sent to it is written.
    pub(super) fn close_paper(&self) {
        self.core().paper = None;
    }
}

fn push_bounded<T>(log: &mut VecDeque<T>, entry: T, limit: usize) {
    if log.len() >= limit.max(1) {
        log.pop_front();
    }
    log.push_back(entry);
}
