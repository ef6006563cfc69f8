//! What the engine as a whole is like: how many workers, turbo or not, how long paper takes.

use crate::engine::{QueueChange, Shared};
use fastops_domain::station::Printer;
use fastops_domain::time::Time;
use fastops_domain::turbo::{Turbo, TurboEvent};
use fastops_domain::workers::{Load, Profile, Workers};
use fastops_printing::link::Deadlines;
use fastops_printing::models;
use std::collections::VecDeque;
use std::sync::{MutexGuard, PoisonError};

/// Tickets that the average time to paper is taken from, and how long each counts, in milliseconds.
const RECENT: usize = 20;
const RECENT_MS: i64 = 60_000;
/// Longest time without a byte taken while turbo is on, in milliseconds.
const TURBO_PROGRESS_MS: u64 = 3_000;

/// What the engine decides from, and what it has decided.
#[derive(Debug)]
pub(crate) struct Mood {
    workers: Workers,
    turbo: Turbo,
    /// When the last tickets came to paper, and how long they took from their creation.
    recent: VecDeque<(Time, i64)>,
    /// Tickets that waited at the last look.
    waiting: i64,
}

impl Mood {
    pub(crate) fn new(profile: Profile) -> Self {
        let workers = Workers::new(profile);
        Self { workers, turbo: Turbo::default(), recent: VecDeque::new(), waiting: 0 }
    }

    fn average_ms(&self, now: Time) -> i64 {
        let counts = |(at, _): &&(Time, i64)| now.since_ms(*at) <= RECENT_MS;
        let (sum, count) =
            self.recent.iter().filter(counts).fold((0, 0), |(sum, n), (_, ms)| (sum + ms, n + 1));
        if count == 0 { 0 } else { sum / count }
    }
}

/// The engine as a whole, for whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineFacts {
    pub workers: Workers,
    /// Workers that keep a printer busy at this moment.
    pub busy: usize,
    pub turbo: Turbo,
    /// Average milliseconds from creation to paper of the last tickets; 0 when there were none lately.
    pub average_ms: i64,
}

impl Shared {
    fn mood(&self) -> MutexGuard<'_, Mood> {
        self.mood.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn engine_facts(&self) -> EngineFacts {
        let (busy, _) = self.permits.in_use();
        let now = self.config.clock.now();
        let mood = self.mood();
        EngineFacts { workers: mood.workers, busy, turbo: mood.turbo, average_ms: mood.average_ms(now) }
    }

    pub(crate) fn is_turbo(&self) -> bool {
        self.mood().turbo.is_on()
    }

    /// How long each step with a printer may take now.
    pub(crate) fn deadlines(&self, printer: &Printer) -> Deadlines {
        let deadlines = self.config.deadlines;
        let progress_ms = if self.is_turbo() {
            deadlines.progress_ms.min(TURBO_PROGRESS_MS)
        } else {
            deadlines.progress_ms
        };
        let pace = models::pace(&self.config.models, &printer.profile);
        let paper_mm_per_s = pace.map_or(deadlines.paper_mm_per_s, |pace| pace.get().into());
        Deadlines { progress_ms, paper_mm_per_s, ..deadlines }
    }

    /// Notes a ticket that came to paper `ms` milliseconds after it was made.
    pub(crate) fn note_paper(&self, ms: i64) {
        let now = self.config.clock.now();
        let mut mood = self.mood();
        if mood.recent.len() == RECENT {
            mood.recent.pop_front();
        }
        mood.recent.push_back((now, ms));
    }

    /// One look at the load: so many tickets wait.
    pub(crate) fn note_load(&self, waiting: i64) {
        let now = self.config.clock.now();
        self.change_mood(|mood| {
            let average_ms = mood.average_ms(now);
            mood.waiting = waiting;
            mood.turbo = mood.turbo.next(TurboEvent::Load { waiting, average_ms });
            let load = Load { waiting, starved: false, turbo: mood.turbo.is_on() };
            mood.workers = mood.workers.after(load);
        });
    }

    /// A printer had a ticket, and no worker was free for it.
    pub(crate) fn note_starved(&self) {
        self.change_mood(|mood| {
            let load = Load { waiting: mood.waiting, starved: true, turbo: mood.turbo.is_on() };
            mood.workers = mood.workers.after(load);
        });
    }

    /// A person's word about turbo; the workers follow at once.
    pub(crate) fn steer_turbo(&self, on: bool) {
        self.change_mood(|mood| {
            mood.turbo = mood.turbo.next(if on { TurboEvent::TurnOn } else { TurboEvent::TurnOff });
            let load = Load { waiting: mood.waiting, starved: false, turbo: mood.turbo.is_on() };
            mood.workers = mood.workers.after(load);
        });
    }

    /// A person's word about the workers.
    pub(crate) fn steer_workers(&self, steer: impl FnOnce(Workers) -> Workers) {
        self.change_mood(|mood| {
            mood.workers = steer(mood.workers);
            if mood.turbo.is_on() {
                let load = Load { waiting: mood.waiting, starved: false, turbo: true };
                mood.workers = mood.workers.after(load);
            }
        });
    }

    fn change_mood(&self, change: impl FnOnce(&mut Mood)) {
        let mut mood = self.mood();
        let before = (mood.workers, mood.turbo);
        change(&mut mood);
        let after = (mood.workers, mood.turbo);
        if after.0.count != before.0.count {
            self.permits.set_limit(after.0.count as usize);
        }
        drop(mood);
        if after != before {
            tracing::info!(
                workers = after.0.count,
                reason = after.0.reason.code(),
                turbo = after.1.is_on(),
                "the print engine works differently"
            );
            self.tell(QueueChange::Mood { turbo: after.1.is_on() });
        }
    }
}
