//! Several tickets of one lane with one write, as `queue::batch` goes.

use super::bug::Bug;
use super::desk::{RETRY, Written, dice};
use super::lane::Step;
use super::run::{Seat, Sim};
use super::words::Words;
use fastops_domain::breaker::BreakerEvent;
use fastops_domain::ids::JobId;
use fastops_domain::job::{JobEvent, JobProgress, JobState, Work, next, spread};
use fastops_store::job::{self, BegunJob, JobRow, Outcome};
use fastops_store::{StoreError, Tx};
use std::collections::{HashMap, VecDeque};

const WRITE_AGAIN: i64 = 500;

/// A ticket of a batch that is on disk as `sending`.
#[derive(Clone, Debug)]
struct Begun {
    row: JobRow,
    attempt: u32,
    words: (Words, u64),
}

/// What goes with one write.
#[derive(Debug, Default)]
pub(super) struct Batch {
    chosen: Vec<JobRow>,
    /// Whether the ticket in the lane's hands is of a batch.
    pub(super) runs: bool,
    left: VecDeque<Begun>,
    unwritten: Vec<Outcome>,
}

/// What comes when all is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Then {
    Next,
    Finish,
    /// The printer holds the ticket and wants something of a person.
    Wait,
}

impl Batch {
    pub(super) fn is_chosen(&self) -> bool {
        self.chosen.len() > 1
    }
}

impl Sim {
    /// Chooses what goes with one write, as `Lane::batch` does.
    pub(super) async fn choose_batch(
        &mut self,
        tx: &mut Tx,
        seat: Seat,
        head: JobId,
    ) -> Result<(), StoreError> {
        self.lane_mut(seat).batch = Batch::default();
        if !self.cores[seat.core].turbo || self.devices[seat.printer].outlet.is_some() {
            return Ok(());
        }
        let rows = job::heads(tx, self.printer_id(seat.printer), self.plan.batch).await?;
        let mut chosen: Vec<JobRow> = Vec::new();
        for row in rows {
            let fresh = JobProgress { not_before: row.progress.not_before, ..JobProgress::new(self.now) };
            let Work::Ticket { station, order, .. } = row.work else { break };
            let alone = chosen.iter().all(|other| other.work.order() != Some(order));
            let goes = row.progress == fresh
                && fresh.not_before <= self.now
                && (alone || self.bug == Bug::BatchMixed)
                && self.elsewhere(seat, station, false).is_none();
            if !goes {
                break;
            }
            chosen.push(row);
        }
        if chosen.first().is_some_and(|first| first.id == head) {
            self.lane_mut(seat).batch.chosen = chosen;
        }
        Ok(())
    }

    /// All `sending` on disk, before the first byte of any. A commit whose answer was lost may have happened.
    pub(super) async fn begin_many(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
        let ids: Vec<JobId> = self.lane(seat).batch.chosen.iter().map(|row| row.id).collect();
        let (printer, core, at) =
            (self.printer_id(seat.printer), self.core_id(seat.core), self.lane(seat).began_at);
        let begun = if self.lane(seat).tried.unsure {
            job::begun(tx, &ids, printer, core, at).await?
        } else {
            let (gets_there, answer) = self.luck();
            let mut begun = HashMap::new();
            if gets_there {
                begun = job::begin_many(tx, &ids, printer, (core, self.lease_ms()), at).await?;
                self.note_begun(seat, &begun);
            }
            if matches!(answer, Some(Written::Away | Written::Unsure)) {
                self.lane_mut(seat).tried.unsure = true;
                self.later(seat, WRITE_AGAIN);
                return Ok(());
            }
            begun
        };
        self.lane_mut(seat).tried.unsure = false;
        self.say(|| format!("{seat:?} begins {} of {} at once", begun.len(), ids.len()));
        self.take_begun(seat, begun);
        self.next_of_batch(seat);
        Ok(())
    }

    fn note_begun(&mut self, seat: Seat, begun: &HashMap<JobId, BegunJob>) {
        let chosen = self.lane(seat).batch.chosen.clone();
        for row in chosen.iter().filter(|row| begun.contains_key(&row.id)) {
            let progress = self.oracle.known(row.id).row.progress;
            let to = next(row.work.kind(), progress, JobEvent::Begin, self.now, &RETRY).unwrap();
            self.stepped(seat, row.id, &to);
        }
    }

    fn take_begun(&mut self, seat: Seat, mut begun: HashMap<JobId, BegunJob>) {
        let serial = self.next_serial();
        if begun.len() > 1 {
            self.counts.batches += 1;
        }
        let chosen = std::mem::take(&mut self.lane_mut(seat).batch.chosen);
        let mut left = VecDeque::new();
        for mut row in chosen {
            let Some(found) = begun.remove(&row.id) else { continue };
            row.progress.state = JobState::Sending;
            row.progress.cause = None;
            left.push_back(Begun { row, attempt: found.attempt, words: (Words::of(&found.content), serial) });
        }
        let batch = &mut self.lane_mut(seat).batch;
        (batch.left, batch.runs) = (left, true);
    }

    /// The next ticket of the batch goes, if the printer is still this core's.
    fn next_of_batch(&mut self, seat: Seat) {
        let ends = !self.is_mine(seat);
        let ticket = self.lane_mut(seat).batch.left.pop_front();
        match ticket {
            Some(ticket) if ends => {
                self.lane_mut(seat).batch.left.push_front(ticket);
                self.put_back(seat);
                self.go(seat, Step::SettleMany(Then::Finish), 0);
            }
            Some(ticket) => {
                let lane = self.lane_mut(seat);
                *lane.row_mut() = ticket.row;
                (lane.number, lane.accepted, lane.words) = (Some(ticket.attempt), None, ticket.words);
                let ms = self.dice.i64(0..20);
                self.go(seat, Step::Send, ms);
            }
            None => self.go(seat, Step::SettleMany(Then::Finish), 0),
        }
    }

    /// What happened to the ticket of a batch that is in the lane's hands; it is written later.
    pub(super) fn concluded(&mut self, seat: Seat, event: JobEvent) {
        match event {
            JobEvent::Accepted => self.ask_for_proof(seat),
            JobEvent::Proved | JobEvent::NoProof => {
                self.note(seat, &[JobEvent::Accepted, event]);
                self.trouble(seat, None);
                self.breaker(seat, BreakerEvent::Success);
                if self.dice.u8(..3) == 0 {
                    self.go(seat, Step::SettleMany(Then::Next), 0);
                } else {
                    self.next_of_batch(seat);
                }
            }
            event => {
                let lost = match event {
                    _ if self.bug == Bug::BatchPutBack => vec![JobEvent::PutBack],
                    JobEvent::Broke { bytes_accepted: None, .. } => vec![JobEvent::Accepted, event],
                    event => vec![event],
                };
                self.note(seat, &lost);
                self.put_back(seat);
                self.go(seat, Step::SettleMany(Then::Finish), 0);
            }
        }
    }

    /// The printer holds the ticket and wants something: what is behind it waits again, and it goes on as any other.
    pub(super) fn batch_waits(&mut self, seat: Seat) {
        self.put_back(seat);
        self.go(seat, Step::SettleMany(Then::Wait), 0);
    }

    fn note(&mut self, seat: Seat, events: &[JobEvent]) {
        let lane = self.lane(seat);
        let (row, attempt, accepted) = (lane.row().clone(), lane.number.unwrap(), lane.accepted);
        self.note_of(seat, &row, attempt, accepted, events);
    }

    /// Tickets of which no byte went out wait again as they were.
    fn put_back(&mut self, seat: Seat) {
        let left = std::mem::take(&mut self.lane_mut(seat).batch.left);
        if self.bug == Bug::BatchForgotten {
            return;
        }
        for ticket in left {
            self.note_of(seat, &ticket.row, ticket.attempt, None, &[JobEvent::PutBack]);
        }
    }

    fn note_of(
        &mut self,
        seat: Seat,
        row: &JobRow,
        attempt: u32,
        accepted: Option<i64>,
        events: &[JobEvent],
    ) {
        let (now, kind) = (self.now, row.work.kind());
        let told =
            events.iter().try_fold(row.progress, |progress, event| next(kind, progress, *event, now, &RETRY));
        let to = told.unwrap();
        let to = spread(to, now, dice(row.id, to.attempts));
        let settled = matches!(to.state, JobState::Printed | JobState::Unconfirmed);
        let outcome = Outcome {
            job: row.id,
            attempt,
            to,
            first_byte_at: None,
            settled_at: settled.then_some(now),
            bytes_accepted: accepted,
        };
        self.lane_mut(seat).batch.unwritten.push(outcome);
    }

    /// What became of tickets, with one write, until it is written.
    pub(super) async fn settle_many(
        &mut self,
        tx: &mut Tx,
        seat: Seat,
        then: Then,
    ) -> Result<(), StoreError> {
        let outcomes = self.lane(seat).batch.unwritten.clone();
        let (gets_there, answer) = self.luck();
        let mut whole = true;
        if gets_there && !outcomes.is_empty() {
            let core = self.core_id(seat.core);
            let mine: Vec<Outcome> =
                outcomes.iter().copied().filter(|outcome| self.oracle.is_held(outcome.job, core)).collect();
            let place = (core, self.printer_id(seat.printer));
            whole = job::settle_many(tx, place, &outcomes, self.now).await?;
            for outcome in mine {
                self.stepped(seat, outcome.job, &outcome.to);
            }
        }
        if matches!(answer, Some(Written::Away | Written::Unsure)) {
            self.later(seat, WRITE_AGAIN);
            return Ok(());
        }
        self.say(|| format!("{seat:?} settles {} at once", outcomes.len()));
        self.lane_mut(seat).batch.unwritten.clear();
        for outcome in outcomes {
            if !whole && outcome.to.state == JobState::Printed {
                self.prove_late(tx, seat, outcome.job).await?;
            }
        }
        match then {
            Then::Next => self.next_of_batch(seat),
            Then::Wait => {
                self.lane_mut(seat).batch.runs = false;
                self.go(seat, Step::Settle(JobEvent::Accepted), 0);
            }
            Then::Finish => {
                if self.lane(seat).late.is_none() && self.lane(seat).link.is_none() {
                    self.close(seat);
                }
                self.finish(seat, 0);
            }
        }
        Ok(())
    }
}
