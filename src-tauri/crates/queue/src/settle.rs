//! What an attempt writes to disk, step by step.
//!
//! A step that cannot be written (a full disk, a server away) is tried until it can be: the paper is
//! a fact, and the store has to learn of it. If the program ends first, the job is found in doubt.

use crate::engine::QueueChange;
use crate::print::Attempt;
use fastops_domain::job::{JobEvent, JobState, next};
use fastops_domain::ticket::TicketContent;
use fastops_store::job::{self, JobChange};
use fastops_store::{StoreError, ticket};
use std::time::Duration;

/// Pause before a step that could not be written is tried again.
const WRITE_AGAIN: Duration = Duration::from_millis(500);

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
    pub(crate) content: TicketContent,
}

impl Attempt<'_> {
    /// Puts `sending` on disk, before the first byte.
    pub(crate) async fn begin(&mut self) -> Settled<Begun> {
        let config = self.lane.shared.config.clone();
        let now = config.clock.now();
        let Ok(to) = next(self.progress, JobEvent::Begin, now, &config.retry) else {
            return Settled::TakenBack;
        };
        let (id, from, ticket_id, printer) =
            (self.job.id, self.progress.state, self.job.ticket, self.lane.printer.id);
        let written = config
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let change = JobChange { first_byte_at: Some(now), ..JobChange::default() };
                    job::advance(tx, id, from, &to, &change).await?;
                    let number = job::open_attempt(tx, id, printer, now).await?;
                    let row =
                        ticket::ticket(tx, ticket_id).await?.ok_or(StoreError::Stale { what: "ticket" })?;
                    Ok::<_, StoreError>(Begun { number, content: row.content })
                })
            })
            .await;
        match written {
            Ok(begun) => {
                self.progress = to;
                self.number = Some(begun.number);
                self.tell();
                Settled::Done(begun)
            }
            Err(StoreError::Stale { .. }) => Settled::TakenBack,
            Err(error) => {
                // Nothing was sent: the head is simply read again, after a breath.
                tracing::error!(%error, job = %id, "the attempt cannot be put on disk; nothing was sent");
                if self.lane.pause(WRITE_AGAIN).await { Settled::Stopping } else { Settled::TakenBack }
            }
        }
    }

    /// Writes what happened, and tells.
    pub(crate) async fn settle(&mut self, event: JobEvent) -> Settled<()> {
        loop {
            match self.write(event).await {
                Ok(()) => {
                    self.tell();
                    return Settled::Done(());
                }
                Err(StoreError::Stale { .. }) => return Settled::TakenBack,
                Err(error) => {
                    tracing::error!(%error, job = %self.job.id, ?event, "what happened to a ticket cannot be put on disk yet");
                    if self.lane.pause(WRITE_AGAIN).await {
                        return Settled::Stopping;
                    }
                }
            }
        }
    }

    async fn write(&mut self, event: JobEvent) -> Result<(), StoreError> {
        let config = &self.lane.shared.config;
        let now = config.clock.now();
        let from = self.progress.state;
        let to = next(self.progress, event, now, &config.retry).map_err(|illegal| {
            tracing::error!(%illegal, job = %self.job.id, "a step that cannot be");
            StoreError::Stale { what: "print job" }
        })?;
        let (id, number) = (self.job.id, self.number);
        let ends_attempt = to.state != JobState::Sent;
        let accepted = self.accepted.and_then(|count| i64::try_from(count).ok());
        let settled = matches!(to.state, JobState::Printed | JobState::Unconfirmed);
        let change = JobChange {
            settled_at: settled.then_some(now),
            bytes_accepted: accepted,
            ..JobChange::default()
        };
        config
            .store
            .write(move |tx| {
                Box::pin(async move {
                    job::advance(tx, id, from, &to, &change).await?;
                    if let Some(number) = number.filter(|_| ends_attempt) {
                        job::close_attempt(tx, id, number, now, to.state.code(), to.cause, accepted).await?;
                    }
                    Ok::<_, StoreError>(())
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
            ticket: self.job.ticket,
            order: self.job.order,
            station: self.job.station,
            state: self.progress.state,
        });
    }
}
