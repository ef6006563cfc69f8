//! Several tickets of one lane with one write, while turbo is on and more than one waits.
//!
//! ```text
//! open ─> all `sending` on disk ─> ticket ─> proof ─> ticket ─> proof ─ … ─> all settled on disk
//!                                     │ broke: that one is marked, those behind it wait again as they were
//! ```
//!
//! At most one ticket's bytes are without proof at any time, so a break marks one ticket. After a crash nobody
//! knows how far the batch had come: all of it is marked, which is why a batch is small.

use crate::lane::Lane;
use crate::late::Late;
use crate::owners::Seat;
use crate::permits::Permit;
use crate::print::Attempt;
use crate::settle::{Begun, WRITE_AGAIN, Words, dice};
use crate::still::Teller;
use fastops_domain::breaker::BreakerEvent;
use fastops_domain::ids::JobId;
use fastops_domain::job::{Cause, JobEvent, JobProgress, JobState, Work, next, spread};
use fastops_domain::time::Time;
use fastops_domain::turbo;
use fastops_printing::link::{Link, Proof};
use fastops_store::StoreError;
use fastops_store::job::{self, BegunJob, JobRow, Outcome};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;
use tokio::time::Instant;

/// Longest that a ticket on paper waits for its place on disk.
const SETTLE_AFTER: Duration = Duration::from_millis(500);

/// A ticket of the batch that is on disk as `sending`.
struct Ticket {
    row: JobRow,
    progress: JobProgress,
    attempt: u32,
    begun: Begun,
}

/// How one ticket went.
enum Step {
    /// The next one may go.
    Done,
    /// The link is not trusted again.
    Broke(Cause),
    /// The printer holds it, and someone has to act.
    Waits(Cause),
}

/// Tickets that go with one write.
pub(crate) struct Batch<'l> {
    lane: &'l mut Lane,
    permit: &'l Permit,
    began_at: Time,
    /// What became of tickets, not on disk yet.
    unwritten: Vec<(JobRow, Outcome)>,
    oldest: Option<Instant>,
}

impl Lane {
    /// How many jobs may go with one write now, at least the head itself.
    pub(crate) fn batch_most(&self) -> usize {
        if !self.shared.is_turbo() || self.printer.address.outlet().is_some() {
            1
        } else {
            turbo::batch(self.shared.facts(self.printer.id).speed).max(1) as usize
        }
    }

    /// The first jobs of the queue, as many as may go with one write, if the store can be read.
    pub(crate) async fn heads(&self) -> Vec<JobRow> {
        let printer = self.printer.id;
        let most = u32::try_from(self.batch_most()).unwrap_or(1);
        let read = self.shared.config.store.read_one(move |tx| Box::pin(job::heads(tx, printer, most)));
        read.await.unwrap_or_else(|error| {
            self.complain(&error, "the lane cannot read its queue");
            Vec::new()
        })
    }

    /// Those of `rows` that go with one write, `head` first; none when it is not the first of them.
    pub(crate) fn batch(&self, head: &JobRow, rows: Vec<JobRow>) -> Vec<JobRow> {
        let (printer, now) = (self.printer.id, self.shared.config.clock.now());
        let mut batch: Vec<JobRow> = Vec::with_capacity(rows.len());
        for row in rows {
            let fresh = JobProgress { not_before: row.progress.not_before, ..JobProgress::new(now) };
            let Work::Ticket { station, order, .. } = row.work else { break };
            let goes = row.progress == fresh
                && fresh.not_before <= now
                // Of an order one paper at a time: a revision never goes without the one before it.
                && batch.iter().all(|other| other.work.order() != Some(order))
                && !self.shared.asks_for_sender(station)
                && self.shared.elsewhere(station, None, printer, false).is_none();
            if !goes {
                break;
            }
            batch.push(row);
        }
        if batch.first().is_some_and(|first| first.id == head.id) { batch } else { Vec::new() }
    }
}

impl<'l> Batch<'l> {
    pub(crate) fn new(lane: &'l mut Lane, permit: &'l Permit) -> Self {
        let began_at = lane.shared.config.clock.now();
        Self { lane, permit, began_at, unwritten: Vec::new(), oldest: None }
    }

    /// Prints, and leaves every job settled whatever happens.
    pub(crate) async fn run(mut self, jobs: Vec<JobRow>) {
        let Some(first) = jobs.first().cloned() else { return };
        let mut first = Attempt::new(self.lane, first, self.permit);
        let Some(mut link) = first.ready_link().await else { return };
        if first.catch_up().await {
            self.lane.link = Some(link);
            return;
        }
        let mut left = self.begin(jobs).await;
        if !left.is_empty() {
            self.printing(true);
        }
        while let Some(ticket) = left.pop_front() {
            if self.ends() || self.is_obstructed(&mut link) {
                left.push_front(ticket);
                break;
            }
            match self.print(&mut link, &ticket).await {
                Step::Done => {}
                Step::Broke(cause) => {
                    self.lane.trouble(Some(cause));
                    self.lane.breaker(BreakerEvent::Failure);
                    self.put_back(left);
                    self.settle().await;
                    self.printing(false);
                    if cause == Cause::NoProof {
                        self.lane.await_late(link, &ticket.row);
                    }
                    return;
                }
                Step::Waits(cause) => {
                    self.put_back(left);
                    self.settle().await;
                    self.wait(link, ticket, cause).await;
                    return;
                }
            }
            if self.oldest.is_some_and(|oldest| oldest.elapsed() > SETTLE_AFTER) {
                self.settle().await;
            }
        }
        self.put_back(left);
        self.settle().await;
        self.printing(false);
        self.lane.link = Some(link);
    }

    /// Whether the engine stops, or another core waits for the printer.
    fn ends(&self) -> bool {
        self.lane.is_stopping() || self.lane.shared.seat(self.lane.printer.id) != Seat::Mine
    }

    /// Whether the printer has just said that nothing can come out: no further ticket goes into it, and it is asked
    /// before the next.
    fn is_obstructed(&mut self, link: &mut Link) -> bool {
        let obstructed = link.obstruction().is_some();
        if obstructed {
            self.lane.proved_at = None;
        }
        obstructed
    }

    fn printing(&self, printing: bool) {
        self.lane.shared.note(self.lane.printer.id, |facts| facts.printing = printing);
    }

    /// Puts all on disk as `sending`, before the first byte of any. What was taken back since it was read is
    /// not among them.
    async fn begin(&mut self, jobs: Vec<JobRow>) -> VecDeque<Ticket> {
        let ids: Vec<JobId> = jobs.iter().map(|row| row.id).collect();
        let mut begun = self.write_begin(ids.clone()).await;
        // A commit whose answer was lost may have happened: what it began is this lane's to settle.
        while let Err(StoreError::Unsure(_) | StoreError::Away(_)) = &begun {
            if self.lane.pause(WRITE_AGAIN).await {
                return VecDeque::new();
            }
            begun = self.read_begun(ids.clone()).await;
        }
        let mut begun = match begun {
            Ok(begun) => begun,
            Err(error) => {
                self.lane.complain(&error, "tickets cannot be put on disk as on their way; nothing was sent");
                // They are simply read again, after a breath.
                self.lane.pause(WRITE_AGAIN).await;
                return VecDeque::new();
            }
        };
        let (now, retry) = (self.began_at, self.lane.shared.config.retry);
        let mut tickets = VecDeque::with_capacity(begun.len());
        for row in jobs {
            let (Some(found), Ok(progress)) =
                (begun.remove(&row.id), next(row.work.kind(), row.progress, JobEvent::Begin, now, &retry))
            else {
                continue;
            };
            self.lane.tell_job(&row, progress.state);
            let begun = Begun { number: found.attempt, words: Words::Ticket(found.content) };
            tickets.push_back(Ticket { row, progress, attempt: found.attempt, begun });
        }
        tickets
    }

    async fn write_begin(&self, ids: Vec<JobId>) -> Result<HashMap<JobId, BegunJob>, StoreError> {
        let (printer, now) = (self.lane.printer.id, self.began_at);
        let config = &self.lane.shared.config;
        let (core, lease_ms) = (config.core, config.lease.for_ms);
        let write = config.store.write::<_, StoreError, _>(move |tx| {
            let ids = ids.clone();
            Box::pin(async move { job::begin_many(tx, &ids, printer, (core, lease_ms), now).await })
        });
        write.await
    }

    async fn read_begun(&self, ids: Vec<JobId>) -> Result<HashMap<JobId, BegunJob>, StoreError> {
        let (printer, core, now) = (self.lane.printer.id, self.lane.shared.config.core, self.began_at);
        let store = &self.lane.shared.config.store;
        store.read(move |tx| Box::pin(async move { job::begun(tx, &ids, printer, core, now).await })).await
    }

    async fn print(&mut self, link: &mut Link, ticket: &Ticket) -> Step {
        let began = Instant::now();
        let Some(paper) = self.attempt(ticket).encode(&ticket.begun).await else { return Step::Done };
        let first_byte_at = Some(self.lane.shared.config.clock.now());
        let (sent, _) =
            Teller::of(self.lane).during(link.stands_still(), Box::pin(link.send(&paper.bytes))).await;
        if let Err(broke) = sent {
            let event = JobEvent::Broke { cause: broke.cause, bytes_accepted: broke.bytes_accepted };
            self.note(ticket, &[event], first_byte_at, broke.bytes_accepted);
            return Step::Broke(broke.cause);
        }
        let accepted = u64::try_from(paper.bytes.len()).ok();
        let (event, step) = match self.lane.proof_of(link, paper.paper_mm).await {
            Proof::Printed => (JobEvent::Proved, Step::Done),
            Proof::Unconfirmed => (JobEvent::NoProof, Step::Done),
            Proof::Lost(cause) => (JobEvent::Broke { cause, bytes_accepted: None }, Step::Broke(cause)),
            Proof::Waiting(cause) => return Step::Waits(cause),
        };
        self.note(ticket, &[JobEvent::Accepted, event], first_byte_at, accepted);
        if matches!(step, Step::Done) {
            if event == JobEvent::Proved {
                self.lane.proved_at = Some(Instant::now());
            }
            self.lane.trouble(None);
            self.lane.breaker(BreakerEvent::Success);
            self.measured(began, &ticket.row);
        }
        step
    }

    /// An attempt that is on disk already.
    fn attempt(&mut self, ticket: &Ticket) -> Attempt<'_> {
        let mut attempt = Attempt::new(self.lane, ticket.row.clone(), self.permit);
        attempt.progress = ticket.progress;
        attempt.number = Some(ticket.attempt);
        attempt
    }

    /// The printer holds a ticket and wants something of a person: from here on it goes as any other.
    async fn wait(mut self, link: Link, ticket: Ticket, cause: Cause) {
        self.attempt(&ticket).wait_on(link, cause).await;
        self.printing(false);
    }

    /// Notes what became of a ticket that was begun.
    fn note(
        &mut self,
        ticket: &Ticket,
        events: &[JobEvent],
        first_byte_at: Option<Time>,
        accepted: Option<u64>,
    ) {
        let (now, retry) = (self.lane.shared.config.clock.now(), self.lane.shared.config.retry);
        let told = events.iter().try_fold(ticket.progress, |progress, event| {
            next(ticket.row.work.kind(), progress, *event, now, &retry)
        });
        let Ok(to) = told else {
            tracing::error!(job = %ticket.row.id, ?events, "a step that cannot be");
            return;
        };
        let to = spread(to, now, dice(ticket.row.id, to.attempts));
        let settled = matches!(to.state, JobState::Printed | JobState::Unconfirmed);
        let outcome = Outcome {
            job: ticket.row.id,
            attempt: ticket.attempt,
            to,
            first_byte_at,
            settled_at: settled.then_some(now),
            bytes_accepted: accepted.and_then(|count| i64::try_from(count).ok()),
        };
        self.unwritten.push((ticket.row.clone(), outcome));
        self.oldest.get_or_insert_with(Instant::now);
    }

    /// Tickets of which no byte went out wait again as they were.
    fn put_back(&mut self, left: VecDeque<Ticket>) {
        for ticket in left {
            self.note(&ticket, &[JobEvent::PutBack], None, None);
        }
    }

    /// Writes what became of tickets, all with one write, until it is written or the engine stops.
    async fn settle(&mut self) {
        let unwritten = std::mem::take(&mut self.unwritten);
        self.oldest = None;
        if unwritten.is_empty() {
            return;
        }
        let outcomes: Vec<Outcome> = unwritten.iter().map(|(_, outcome)| *outcome).collect();
        let whole = loop {
            let (config, outcomes) = (&self.lane.shared.config, outcomes.clone());
            let (place, now) = ((config.core, self.lane.printer.id), config.clock.now());
            let write = config.store.write::<_, StoreError, _>(move |tx| {
                let outcomes = outcomes.clone();
                Box::pin(async move { job::settle_many(tx, place, &outcomes, now).await })
            });
            match write.await {
                Ok(whole) => break whole,
                // Written twice is written once: the second time no job is with the printer any more.
                Err(error) => {
                    self.lane.complain(&error, "what happened to tickets cannot be put on disk yet");
                }
            }
            if self.lane.pause(WRITE_AGAIN).await {
                return;
            }
        };
        for (row, outcome) in unwritten {
            self.lane.tell_job(&row, outcome.to.state);
            if !whole && outcome.to.state == JobState::Printed {
                // Another core may have taken it over; it need not print it.
                self.lane.shared.prove_late(Late::of(&row), self.lane.printer.id).await;
            }
        }
    }

    fn measured(&self, began: Instant, row: &JobRow) {
        let ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let shared = &self.lane.shared;
        shared.note(self.lane.printer.id, |facts| facts.speed = facts.speed.after(ms));
        shared.note_paper(shared.config.clock.now().since_ms(row.created_at));
    }
}
