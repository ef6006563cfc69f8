//! What an attempt writes to disk, step by step.
//!
//! A step that cannot be written (a full disk, a server away) is tried until it can be: the paper is
//! a fact, and the store has to learn of it. If the program ends first, the job is found in doubt. A
//! step whose commit got no answer is tried again too: its guard then says whether it had happened.

use crate::engine::QueueChange;
use crate::print::Attempt;
use fastops_domain::document::Document;
use fastops_domain::ids::JobId;
use fastops_domain::job::{JobEvent, JobProgress, JobState, PaperKind, Work, next, spread};
use fastops_domain::picture::Grey;
use fastops_domain::ticket::TicketContent;
use fastops_domain::time::Time;
use fastops_store::job::{self, JobChange, MovedJob, Seen};
use fastops_store::{StoreError, Tx, logo, ticket};
use std::time::Duration;

/// Pause before a step that could not be written is tried again.
pub(crate) const WRITE_AGAIN: Duration = Duration::from_millis(500);

/// What became of a step.
pub(crate) enum Settled<T> {
    Done(T),
    /// The job is no longer in the state that it was read in: someone else decided.
    TakenBack,
    /// The engine stops before the store could be reached.
    Stopping,
}

/// A job that is on disk as `sending`, with the words to print, read in the same transaction.
pub(crate) struct Begun {
    pub(crate) number: u32,
    pub(crate) words: Words,
}

/// What is to be printed, and the picture at the head of a paper.
pub(crate) enum Words {
    Ticket(TicketContent),
    Paper(Document, Option<Grey>),
}

const fn is_slip(work: Work) -> bool {
    matches!(work, Work::Paper { kind: PaperKind::CatchUp, .. })
}

async fn words(tx: &mut Tx, job: JobId, work: Work) -> Result<Words, StoreError> {
    let gone = StoreError::Stale { what: "the words of a print job" };
    match work {
        Work::Ticket { ticket, .. } => {
            ticket::ticket(tx, ticket).await?.map(|row| Words::Ticket(row.content)).ok_or(gone)
        }
        Work::Paper { .. } => {
            let document = job::document(tx, job).await?.ok_or(gone)?;
            let logo = match document.logo() {
                Some(id) => logo::picture(tx, id).await?,
                None => None,
            };
            Ok(Words::Paper(document, logo))
        }
    }
}

impl Attempt<'_> {
    /// Puts `sending` on disk, before the first byte.
    pub(crate) async fn begin(&mut self) -> Settled<Begun> {
        let config = self.lane.shared.config.clone();
        let now = config.clock.now();
        let Ok(to) = next(self.job.work.kind(), self.progress, JobEvent::Begin, now, &config.retry) else {
            return Settled::TakenBack;
        };
        let mut unsure = false;
        loop {
            let written = match self.write_begin(to, now).await {
                Err(StoreError::Stale { .. }) if unsure => self.begun_already(to, now).await,
                written => written.map(Some),
            };
            match written {
                Ok(Some(begun)) => {
                    self.progress = to;
                    self.number = Some(begun.number);
                    self.tell();
                    return Settled::Done(begun);
                }
                Ok(None) | Err(StoreError::Stale { .. }) => return Settled::TakenBack,
                Err(error) => {
                    unsure |= matches!(error, StoreError::Unsure(_));
                    self.complain(&error, "the attempt cannot be put on disk; nothing was sent");
                    if self.lane.pause(WRITE_AGAIN).await {
                        return Settled::Stopping;
                    }
                    if !unsure {
                        // The head is simply read again, after a breath.
                        return Settled::TakenBack;
                    }
                }
            }
        }
    }

    async fn write_begin(&self, to: JobProgress, now: Time) -> Result<Begun, StoreError> {
        let (id, work, from, printer) =
            (self.job.id, self.job.work, self.progress.state, self.lane.printer.id);
        let change = JobChange { first_byte_at: Some(now), ..self.held() };
        let store = &self.lane.shared.config.store;
        store
            .write(move |tx| {
                Box::pin(async move {
                    job::advance(tx, id, from, &to, &change).await?;
                    let number = job::open_attempt(tx, id, printer, now).await?;
                    Ok::<_, StoreError>(Begun { number, words: words(tx, id, work).await? })
                })
            })
            .await
    }

    /// What this lane began with a commit whose answer was lost, if it was this lane that did.
    async fn begun_already(&self, to: JobProgress, now: Time) -> Result<Option<Begun>, StoreError> {
        let (id, work, printer) = (self.job.id, self.job.work, self.lane.printer.id);
        let store = &self.lane.shared.config.store;
        store
            .read(move |tx| {
                Box::pin(async move {
                    let job = job::job(tx, id).await?;
                    let last = job::attempts(tx, id).await?.pop();
                    let mine = last.filter(|last| last.printer == printer && last.began_at == now);
                    let (Some(mine), true) = (mine, job.is_some_and(|job| job.progress == to)) else {
                        return Ok::<_, StoreError>(None);
                    };
                    Ok(Some(Begun { number: mine.number, words: words(tx, id, work).await? }))
                })
            })
            .await
    }

    /// Writes what happened, and tells.
    pub(crate) async fn settle(&mut self, event: JobEvent) -> Settled<()> {
        let mut unsure = false;
        loop {
            let written = match self.write(event).await {
                // The answer to the first commit was lost, and it had happened.
                Err(StoreError::Stale { .. }) if unsure => self.settled_already(event).await,
                written => written,
            };
            match written {
                Ok(()) => {
                    self.tell();
                    return Settled::Done(());
                }
                Err(StoreError::Stale { .. }) => return Settled::TakenBack,
                Err(error) => {
                    unsure |= matches!(error, StoreError::Unsure(_));
                    self.complain(&error, "what happened to a ticket cannot be put on disk yet");
                    if self.lane.pause(WRITE_AGAIN).await {
                        return Settled::Stopping;
                    }
                }
            }
        }
    }

    /// Whether the job stands where `event` leads: while it is with a printer, only its lane moves it.
    async fn settled_already(&mut self, event: JobEvent) -> Result<(), StoreError> {
        let config = &self.lane.shared.config;
        let id = self.job.id;
        let found = config.store.read(move |tx| Box::pin(job::job(tx, id))).await?;
        let to = next(self.job.work.kind(), self.progress, event, config.clock.now(), &config.retry);
        match (found, to) {
            (Some(found), Ok(to)) if found.progress.state == to.state => {
                self.progress = found.progress;
                Ok(())
            }
            _ => Err(StoreError::Stale { what: "print job" }),
        }
    }

    /// A step of this core's own, true of the job as this lane knows it.
    fn held(&self) -> JobChange {
        let config = &self.lane.shared.config;
        let possible_duplicate = self.progress.possible_duplicate;
        let seen = Some(Seen { printer: self.lane.printer.id, possible_duplicate });
        JobChange { holder: Some(config.core), lease_ms: config.lease.for_ms, seen, ..JobChange::default() }
    }

    pub(crate) fn complain(&self, error: &StoreError, what: &'static str) {
        // A server that is away is said once by the store, not twice a second by each lane.
        if !matches!(error, StoreError::Away(_)) {
            tracing::error!(%error, job = %self.job.id, "{what}");
        }
    }

    async fn write(&mut self, event: JobEvent) -> Result<(), StoreError> {
        let config = &self.lane.shared.config;
        let now = config.clock.now();
        let from = self.progress.state;
        let to = next(self.job.work.kind(), self.progress, event, now, &config.retry).map_err(|illegal| {
            tracing::error!(%illegal, job = %self.job.id, "a step that cannot be");
            StoreError::Stale { what: "print job" }
        })?;
        let to = spread(to, now, dice(self.job.id, self.progress.attempts));
        let (id, number) = (self.job.id, self.number);
        let ends_attempt = to.state != JobState::Sent;
        let accepted = self.accepted.and_then(|count| i64::try_from(count).ok());
        let settled = matches!(to.state, JobState::Printed | JobState::Unconfirmed);
        let change =
            JobChange { settled_at: settled.then_some(now), bytes_accepted: accepted, ..self.held() };
        let (is_slip, printer) = (is_slip(self.job.work), self.lane.printer.id);
        self.on_it = config
            .store
            .write(move |tx| {
                Box::pin(async move {
                    job::advance(tx, id, from, &to, &change).await?;
                    if let Some(number) = number.filter(|_| ends_attempt) {
                        job::close_attempt(tx, id, number, now, to.state.code(), to.cause, accepted).await?;
                    }
                    if is_slip {
                        job::settle_slip(tx, id, to.state, printer, now).await
                    } else {
                        Ok::<_, StoreError>(Vec::new())
                    }
                })
            })
            .await?;
        self.progress = to;
        Ok(())
    }

    /// Tells every listener where the job stands.
    pub(crate) fn tell(&self) {
        self.lane.shared.tell(QueueChange::Job {
            job: self.job.id,
            work: self.job.work,
            state: self.progress.state,
        });
        // Tickets on a slip go as it goes.
        for MovedJob { job, work } in &self.on_it {
            let state = match self.progress.state {
                JobState::Failed | JobState::Cancelled => JobState::Queued,
                state => state,
            };
            self.lane.shared.tell(QueueChange::Job { job: *job, work: *work, state });
        }
    }
}

/// A number that differs between jobs and between the attempts of one.
pub(crate) fn dice(job: JobId, attempts: u32) -> u16 {
    let bytes = job.0.into_bytes();
    let at = 8 + 2 * (attempts as usize % 4);
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}
