//! One slip of what is pending, when a printer takes tickets again after an outage.
//!
//! The slip is a job of the lane, and the tickets on it wait for it: in one transaction, so that a crash at any
//! point leaves each of them in the lane or on a slip that is in the lane.

use crate::print::Attempt;
use fastops_domain::catch_up::{Return, is_due};
use fastops_domain::document::{CatchUp, Document, Pending};
use fastops_domain::ids::{JobId, StationId};
use fastops_domain::job::{PaperKind, Priority, Work};
use fastops_domain::ticket::TicketState;
use fastops_domain::time::LocalTime;
use fastops_store::StoreError;
use fastops_store::job::{self, JobRow, SlipTicket};

/// Most tickets on one slip: what a person can look through.
const MOST: i64 = 100;

impl Attempt<'_> {
    /// Puts what waits here for the job's station on one slip, if that is due; the lane is to be looked at anew
    /// then. Nothing was sent yet.
    pub(crate) async fn catch_up(&self) -> bool {
        let Work::Ticket { station, .. } = self.job.work else { return false };
        let shared = &self.lane.shared;
        let policy = shared.catch_up_policy();
        let found = |waiting| Return { out_ms: self.out_ms(), waiting, backup: self.is_backup() };
        if !is_due(found(i64::MAX), policy) {
            return false;
        }
        match self.put_on_slip(station, |waiting| is_due(found(waiting), policy)).await {
            Ok(0) => false,
            Ok(tickets) => {
                tracing::info!(printer = %self.lane.printer.name, tickets, "what is pending goes on one slip");
                true
            }
            // Someone took one of them back meanwhile.
            Err(StoreError::Stale { .. }) => true,
            Err(error) => {
                self.complain(&error, "the tickets cannot be put on one slip");
                false
            }
        }
    }

    /// How long nothing came out here. What is wrong is forgotten when the program ends; the job remembers
    /// that something was, and is as old as the outage at least.
    fn out_ms(&self) -> Option<i64> {
        let (facts, now) =
            (self.lane.shared.facts(self.lane.printer.id), self.lane.shared.config.clock.now());
        let since = facts.trouble_since.or_else(|| self.progress.cause.map(|_| self.job.created_at));
        since.map(|since| now.since_ms(since))
    }

    /// How many tickets went on a slip: none when `due` says that they are too few.
    async fn put_on_slip(&self, station: StationId, due: impl Fn(i64) -> bool) -> Result<usize, StoreError> {
        let config = &self.lane.shared.config;
        let (printer, now, offset) = (self.lane.printer.id, config.clock.now(), config.utc_offset_minutes);
        let read = config.store.read(move |tx| Box::pin(job::slip_tickets(tx, printer, station, MOST)));
        let tickets = read.await?;
        if !i64::try_from(tickets.len()).is_ok_and(due) {
            return Ok(0);
        }
        let jobs: Vec<JobId> = tickets.iter().map(|ticket| ticket.job).collect();
        let count = jobs.len();
        let work = Work::Paper { kind: PaperKind::CatchUp, order: None, station: Some(station) };
        let first = tickets.iter().map(|ticket| ticket.rank).min().unwrap_or(now.0);
        let id = JobId((config.new_id)());
        let slip = JobRow { rank: first, ..JobRow::new(id, work, printer, Priority::Normal, now) };
        let words = Document::CatchUp(words(tickets, offset));
        let put = config.store.write(move |tx| {
            let (slip, words, jobs) = (slip.clone(), words.clone(), jobs.clone());
            Box::pin(async move { job::put_on_slip(tx, &slip, &words, &jobs).await })
        });
        put.await.map(|()| count)
    }
}

/// What the slip says: what is to be made, line by line, and of what is made only the numbers.
fn words(tickets: Vec<SlipTicket>, utc_offset_minutes: i32) -> CatchUp {
    let station = tickets.first().map(|ticket| ticket.content.station.clone()).unwrap_or_default();
    let mut slip = CatchUp { station, pending: Vec::new(), made: Vec::new() };
    for ticket in tickets {
        match ticket.state {
            TicketState::New | TicketState::Seen => slip.pending.push(pending(ticket, utc_offset_minutes)),
            TicketState::Ready | TicketState::Cancelled => slip.made.push(ticket.content.number),
        }
    }
    slip
}

fn pending(ticket: SlipTicket, utc_offset_minutes: i32) -> Pending {
    let LocalTime { hour, minute, .. } = LocalTime::at(ticket.written_at, utc_offset_minutes);
    Pending { content: ticket.content, hour, minute, possible_duplicate: ticket.possible_duplicate }
}
