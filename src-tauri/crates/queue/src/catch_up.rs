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
use fastops_domain::time::{LocalTime, Time};
use fastops_store::StoreError;
use fastops_store::job::{self, JobRow, SlipTicket};
use std::collections::HashSet;
use std::sync::Arc;

/// Most tickets on one slip: what a person can look through.
const MOST: i64 = 100;

/// A printer that takes tickets again, and what was done about those that waited meanwhile.
#[derive(Debug)]
pub(crate) struct Returned {
    /// How long nothing came out, in milliseconds.
    out_ms: i64,
    /// What was written later waits for nothing but its turn.
    at: Time,
    /// The stations of which no more goes on a slip.
    looked: HashSet<StationId>,
}

impl Attempt<'_> {
    /// Puts what waits here for the job's station on one slip, if that is due; the lane is to be looked at anew
    /// then. Nothing was sent yet.
    pub(crate) async fn catch_up(&mut self) -> bool {
        self.note_return();
        let Work::Ticket { station, .. } = self.job.work else { return false };
        let Some(returned) = &self.lane.returned else { return false };
        if self.job.created_at > returned.at || returned.looked.contains(&station) {
            return false;
        }
        let (policy, backup, out_ms) =
            (self.lane.shared.catch_up_policy(), self.is_backup(), Some(returned.out_ms));
        let due = move |waiting| is_due(Return { out_ms, waiting, backup }, policy);
        if !due(i64::MAX) {
            return false;
        }
        match self.put_on_slip(station, due).await {
            Ok(0) => {
                if let Some(returned) = &mut self.lane.returned {
                    returned.looked.insert(station);
                }
                false
            }
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

    /// The first paper after an outage ends it, whatever it is; what waits behind it, also for other stations, has
    /// waited as long.
    fn note_return(&mut self) {
        let now = self.lane.shared.config.clock.now();
        let since = self.lane.shared.facts(self.lane.printer.id).trouble_since;
        let known = since.is_none() && self.lane.returned.is_some();
        if let Some(out_ms) = self.out_ms(since, now).filter(|_| !known) {
            self.lane.returned = Some(Returned { out_ms, at: now, looked: HashSet::new() });
        }
    }

    /// How long nothing came out here. What is wrong is forgotten when the program ends; the job remembers
    /// that something was, and is as old as the outage at least.
    fn out_ms(&self, since: Option<Time>, now: Time) -> Option<i64> {
        let since = since.or_else(|| self.progress.cause.map(|_| self.job.created_at));
        since.map(|since| now.since_ms(since))
    }

    /// How many tickets went on a slip: none when `due` says that they are too few. They are held first, and only
    /// then are their words read: nobody adds a line to one, or takes one off, that the slip does not know of.
    async fn put_on_slip(
        &self,
        station: StationId,
        due: impl Fn(i64) -> bool + Send + Sync + 'static,
    ) -> Result<usize, StoreError> {
        let config = &self.lane.shared.config;
        let (printer, now, offset) = (self.lane.printer.id, config.clock.now(), config.utc_offset_minutes);
        let work = Work::Paper { kind: PaperKind::CatchUp, order: None, station: Some(station) };
        let slip = JobRow::new(JobId((config.new_id)()), work, printer, Priority::Normal, now);
        let due = Arc::new(due);
        let put = config.store.write::<_, StoreError, _>(move |tx| {
            let (slip, due) = (slip.clone(), Arc::clone(&due));
            Box::pin(async move {
                job::hold_for_slip(tx, printer, station).await?;
                let tickets = job::slip_tickets(tx, printer, station, MOST).await?;
                if !i64::try_from(tickets.len()).is_ok_and(&*due) {
                    return Ok(0);
                }
                let jobs: Vec<JobId> = tickets.iter().map(|ticket| ticket.job).collect();
                let first = tickets.iter().map(|ticket| ticket.rank).min().unwrap_or(slip.rank);
                let words = Document::CatchUp(words(tickets, offset));
                job::put_on_slip(tx, &JobRow { rank: first, ..slip }, &words, &jobs).await?;
                Ok(jobs.len())
            })
        });
        put.await
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
