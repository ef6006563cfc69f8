//! What cores on one database let each other know at once: new tickets for a lane, tickets in another state,
//! what a lane is like, what people did. Each of it is also found by looking, every second or so, but for what
//! people did: where that may have been missed, the screens are told to ask for everything again.

use crate::engine::{QueueChange, Shared};
use crate::owners::Seat;
use fastops_domain::ids::PrinterId;
use fastops_domain::lane::LaneFacts;
use fastops_domain::signs::TELL_MS;
use fastops_store::hint::{Heard, Hint, JobNews, MoveNews};
use fastops_store::{StoreError, job, owner};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, broadcast, watch};

/// Least time between two words about the lanes, so that a rush costs no statement for each ticket.
const TELL_EVERY: Duration = Duration::from_millis(TELL_MS);
/// Least time between two hints: in a rush what a few tickets become goes out in one, and a screen of another core
/// still hears of it within a frame.
const SAY_EVERY: Duration = Duration::from_millis(5);
/// Pause before words that could not be written are tried again.
const TELL_AGAIN: Duration = Duration::from_secs(1);
/// How far back is looked for tickets whose news may have been lost, in milliseconds.
const MISSED_MS: i64 = 300_000;

/// What is to be said, gathered while the last word is on its way.
#[derive(Debug)]
pub(crate) struct Mouth {
    hint: Mutex<Hint>,
    due: Notify,
    /// Lanes of which something is different.
    untold: Mutex<HashSet<PrinterId>>,
    tell_due: Notify,
}

impl Mouth {
    pub(crate) fn new(core: fastops_domain::ids::CoreId) -> Self {
        let hint = Mutex::new(Hint::of(core));
        Self { hint, due: Notify::new(), untold: Mutex::default(), tell_due: Notify::new() }
    }

    fn take(&self) -> Hint {
        let mut hint = self.hint.lock().unwrap_or_else(PoisonError::into_inner);
        let core = hint.core;
        std::mem::replace(&mut *hint, Hint::of(core))
    }

    /// Notes that a lane is different.
    pub(crate) fn changed(&self, printer: PrinterId) {
        self.untold.lock().unwrap_or_else(PoisonError::into_inner).insert(printer);
        self.tell_due.notify_one();
    }
}

impl Shared {
    /// Adds to what the other cores are let know, if there can be any.
    pub(crate) fn hint(&self, add: impl FnOnce(&mut Hint)) {
        if self.owners.me.is_none() {
            return;
        }
        add(&mut self.mouth.hint.lock().unwrap_or_else(PoisonError::into_inner));
        self.mouth.due.notify_one();
    }

    /// Lets the other cores know of a change.
    pub(crate) fn hint_change(&self, change: &QueueChange) {
        match change {
            QueueChange::Job { job, work, state } => {
                let news = JobNews { job: *job, work: *work, state: *state };
                self.hint(|hint| hint.jobs.push(news));
            }
            QueueChange::Moved { station, from, to, cause, backup, jobs } => {
                let (station, from, to, cause, backup) = (*station, *from, *to, *cause, *backup);
                let jobs = jobs.clone();
                self.hint(|hint| hint.moved.push(MoveNews { station, from, to, cause, backup, jobs }));
            }
            QueueChange::Lane { .. }
            | QueueChange::Mood { .. }
            | QueueChange::House(_)
            | QueueChange::Missed => {}
        }
    }

    /// Says what is left to be said, once.
    pub(crate) async fn say_rest(&self) {
        if self.owners.me.is_some() {
            // A hint that cannot be said is found by looking.
            let _ = self.config.store.hint(self.mouth.take()).await;
        }
    }

    async fn tell_lanes(&self) -> Result<(), StoreError> {
        let untold: HashSet<PrinterId> =
            std::mem::take(&mut *self.mouth.untold.lock().unwrap_or_else(PoisonError::into_inner));
        let mine = |printer: &PrinterId| matches!(self.seat(*printer), Seat::Mine | Seat::HandingOver);
        let mut lanes: Vec<(PrinterId, LaneFacts)> =
            untold.into_iter().filter(mine).map(|printer| (printer, self.facts(printer))).collect();
        if lanes.is_empty() {
            return Ok(());
        }
        lanes.sort_unstable_by_key(|(printer, _)| *printer);
        let (core, told) = (self.config.core, lanes.clone());
        let written = self.config.store.write::<_, StoreError, _>(move |tx| {
            let told = told.clone();
            Box::pin(async move { owner::tell(tx, core, &told).await })
        });
        if let Err(error) = written.await {
            for (printer, _) in lanes {
                self.mouth.changed(printer);
            }
            return Err(error);
        }
        self.hint(|hint| hint.lanes = true);
        Ok(())
    }

    /// After a time in which hints may have been lost: what may have changed in it is told again.
    async fn tell_again(&self) -> Result<(), StoreError> {
        let (branch, since) = (self.config.branch, self.config.clock.now().plus_ms(-MISSED_MS));
        let printers = self.printers();
        let read = self.config.store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let mut news = job::news_since(tx, branch, since).await?;
                for printer in printers {
                    let unfinished = job::lane(tx, printer).await?;
                    news.extend(unfinished.into_iter().map(|entry| JobNews {
                        job: entry.job,
                        work: entry.work,
                        state: entry.state,
                    }));
                }
                Ok(news)
            })
        });
        // What people did is not found by looking at the jobs: the screens are to ask again.
        self.tell_here(QueueChange::Missed);
        read.await?.into_iter().for_each(|news| self.tell_here(news.into()));
        Ok(())
    }

    fn hear(&self, hint: Hint) -> bool {
        hint.wake.into_iter().for_each(|printer| self.stir(printer));
        hint.jobs.into_iter().for_each(|news| self.tell_here(news.into()));
        for MoveNews { station, from, to, cause, backup, jobs } in hint.moved {
            self.stir(to);
            self.tell_here(QueueChange::Moved { station, from, to, cause, backup, jobs });
        }
        hint.house.into_iter().for_each(|news| self.tell_here(QueueChange::House(news)));
        hint.lanes
    }
}

impl From<JobNews> for QueueChange {
    fn from(JobNews { job, work, state }: JobNews) -> Self {
        Self::Job { job, work, state }
    }
}

/// Says what is to be said, until the engine stops.
pub(crate) async fn say(shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = shared.mouth.due.notified() => shared.say_rest().await,
            _ = stopped.changed() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(SAY_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Tells what this core's lanes are like, until the engine stops.
pub(crate) async fn tell(shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        let mut pause = TELL_EVERY;
        tokio::select! {
            () = shared.mouth.tell_due.notified() => {
                if let Err(error) = shared.tell_lanes().await {
                    pause = TELL_AGAIN;
                    complain(&error, "what a lane is like cannot be told to the other computers");
                }
            }
            _ = stopped.changed() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Hears what other cores say, until the engine stops.
pub(crate) async fn hear(
    shared: Arc<Shared>,
    mut hints: broadcast::Receiver<Heard>,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        let heard = tokio::select! {
            heard = hints.recv() => heard,
            _ = stopped.changed() => return,
        };
        let done = match heard {
            Ok(Heard::Hint(hint)) if hint.core == shared.config.core => Ok(()),
            Ok(Heard::Hint(hint)) => {
                if shared.hear(hint) {
                    shared.look_around().await
                } else {
                    Ok(())
                }
            }
            Ok(Heard::Gap) | Err(RecvError::Lagged(_)) => shared.tell_again().await,
            Err(RecvError::Closed) => return,
        };
        if let Err(error) = done {
            complain(&error, "what other computers do cannot be seen");
        }
    }
}

fn complain(error: &StoreError, what: &'static str) {
    // A server that is away is said once by the store.
    if !matches!(error, StoreError::Away(_)) {
        tracing::error!(%error, "{what}");
    }
}
