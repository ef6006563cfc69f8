//! What the engine as a whole is like: how many workers, turbo or not, how long paper takes.

use crate::engine::{QueueChange, Shared};
use fastops_domain::station::Printer;
use fastops_domain::time::Time;
use fastops_domain::turbo::{Turbo, TurboEvent};
use fastops_domain::workers::{Load, Profile, Workers};
use fastops_printing::link::Deadlines;
use fastops_printing::models;
use fastops_store::StoreError;
use fastops_store::steering::{self, TurboWord};
use std::collections::VecDeque;
use std::sync::{MutexGuard, PoisonError};
use uuid::Uuid;

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
    /// The last word of a person about turbo that was followed.
    word: Option<TurboWord>,
    /// The word that the end of the rush has overtaken, until the others know.
    over: Option<Uuid>,
}

impl Mood {
    pub(crate) fn new(profile: Profile) -> Self {
        let workers = Workers::new(profile);
        Self { workers, turbo: Turbo::default(), recent: VecDeque::new(), waiting: 0, word: None, over: None }
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

/// How long a printer may take no byte of a ticket.
fn progress_ms(turbo: bool, usual_ms: u64) -> u64 {
    if turbo { usual_ms.min(TURBO_PROGRESS_MS) } else { usual_ms }
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
        let progress_ms = progress_ms(self.is_turbo(), deadlines.progress_ms);
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
            let was_by_hand = matches!(mood.turbo, Turbo::ByHand { .. });
            mood.turbo = mood.turbo.next(TurboEvent::Load { waiting, average_ms });
            if was_by_hand && !mood.turbo.is_on() {
                mood.over = mood.word.map(|word| word.id);
            }
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

    /// Goes by the last word that a person said about turbo, at whichever core; the same word again changes nothing,
    /// so that the load's word since then stands. The workers follow at once.
    pub(crate) fn follow_turbo(&self, word: TurboWord) {
        self.change_mood(|mood| {
            if mood.word == Some(word) || mood.over == Some(word.id) {
                return;
            }
            mood.word = Some(word);
            mood.over = None;
            let on = word.is_on;
            mood.turbo = mood.turbo.next(if on { TurboEvent::TurnOn } else { TurboEvent::TurnOff });
            let load = Load { waiting: mood.waiting, starved: false, turbo: mood.turbo.is_on() };
            mood.workers = mood.workers.after(load);
        });
    }

    /// Lets the other cores know that the rush is over for which a person turned turbo on.
    pub(crate) async fn end_turbo(&self) -> Result<(), StoreError> {
        let Some(word) = self.mood().over else { return Ok(()) };
        let branch = self.config.branch;
        let write = self.config.store.write(move |tx| Box::pin(steering::turbo_is_over(tx, branch, word)));
        write.await?;
        let mut mood = self.mood();
        if mood.over == Some(word) {
            mood.over = None;
            mood.word = Some(TurboWord { id: word, is_on: false });
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_that_hangs_is_waited_for_five_seconds_and_three_in_turbo() {
        let usual_ms = Deadlines::default().progress_ms;
        assert_eq!((progress_ms(false, usual_ms), progress_ms(true, usual_ms)), (5_000, 3_000));
        assert_eq!(progress_ms(true, 1_500), 1_500, "turbo makes nothing longer");
    }

    /// One slow ticket of long ago says nothing of the rush.
    #[test]
    fn the_average_is_that_of_the_last_tickets() {
        let mut mood = Mood::new(Profile::Automatic);
        let now = Time(1_000_000);
        assert_eq!(mood.average_ms(now), 0);
        mood.recent.extend([(now.plus_ms(-RECENT_MS - 1), 90_000), (now, 1_000), (now, 3_000)]);
        assert_eq!(mood.average_ms(now), 2_000);
    }
}
