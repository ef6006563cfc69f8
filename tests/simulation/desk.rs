//! What a core writes and reads: the transactions of the queue, with the very statements that it uses.
//!
//! A transaction is one step of the simulation: the database lets none see half of another.

use super::bug::Bug;
use super::device::Sheet;
use super::plan::Happening;
use super::run::{Event, Seat, Sim};
use fastops_domain::breaker::BreakerEvent;
use fastops_domain::ids::{CoreId, JobId, PrinterId, StationId};
use fastops_domain::job::{
    Cause, JobEvent, JobKind, JobProgress, JobState, PaperKind, next, spread, taken_over,
};
use fastops_domain::lease::LeasePolicy;
use fastops_domain::retry::RetryPolicy;
use fastops_domain::time::Time;
use fastops_store::job::{self, JobChange, JobRow, Seen};
use fastops_store::{StoreError, Tx, probe};

pub(super) const RETRY: RetryPolicy =
    RetryPolicy { quick_attempts: 3, pause_ms: 2_000, blocked_pause_ms: 3_000 };
pub(super) const LEASE: LeasePolicy = LeasePolicy { for_ms: 12_000, beat_ms: 3_000 };
/// Milliseconds of the database's clock for one of the simulation, so that the time that a run takes on a
/// busy machine is nothing beside a lease.
const STRETCH: i64 = 100_000;
/// How long a lease lasts at most, in the database's time.
pub(super) const STRETCHED: i64 = LEASE.for_ms * STRETCH;

/// How a transaction ended for whoever asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Done,
    Stale,
    /// The store was away; nothing happened.
    Away,
    /// The connection broke at the commit; it may have happened.
    Unsure,
}

impl Sim {
    /// Whether this commit gets there, and whether its answer comes back.
    pub(super) fn luck(&mut self) -> (bool, Option<Written>) {
        let away = self.now.0 < self.faults_end.0 && self.dice.u32(..1_000) < self.plan.away_per_mille;
        if !away {
            return (true, None);
        }
        match self.dice.u8(..3) {
            0 => (false, Some(Written::Away)),
            1 => (false, Some(Written::Unsure)),
            _ => (true, Some(Written::Unsure)),
        }
    }

    /// What a core holds a job to be.
    fn kind(&self, row: &JobRow) -> JobKind {
        match (self.bug, row.work.kind()) {
            (Bug::BillAgain, JobKind::Paper(PaperKind::PreBill | PaperKind::Receipt))
            | (Bug::DrawerAgain, JobKind::Paper(PaperKind::Drawer)) => JobKind::Kitchen,
            (_, kind) => kind,
        }
    }

    /// What the lane of a printer finds next.
    pub(super) async fn read_head(
        &mut self,
        tx: &mut Tx,
        printer: PrinterId,
    ) -> Result<Option<JobRow>, StoreError> {
        if self.bug == Bug::RevisionsIgnored {
            let lane = job::lane(tx, printer).await?;
            let Some(first) = lane.iter().find(|entry| entry.state.is_waiting()) else { return Ok(None) };
            return job::job(tx, first.job).await;
        }
        let head = job::head(tx, printer).await?;
        let (found, expected) = (head.as_ref().map(|row| row.id), self.oracle.head(printer));
        if found != expected {
            self.oracle.blame(|| format!("the lane goes on with {found:?} instead of {expected:?}"));
        }
        Ok(head)
    }

    /// The words are read where the job is held.
    async fn words_for(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
        if self.bug != Bug::WordsEarly {
            self.read_words(tx, seat).await?;
        }
        Ok(())
    }

    fn held(&self, seat: Seat) -> JobChange {
        let lane = self.lane(seat);
        let possible_duplicate = lane.progress().possible_duplicate;
        let seen = Some(Seen { printer: self.printer_id(seat.printer), possible_duplicate });
        JobChange {
            holder: Some(self.core_id(seat.core)),
            lease_ms: self.lease_ms(),
            seen: seen.filter(|_| self.bug != Bug::SeenIgnored),
            ..JobChange::default()
        }
    }

    /// The lease in the database's time: what has passed since its leases were last made shorter counts.
    pub(super) fn lease_ms(&self) -> i64 {
        (LEASE.for_ms + self.now.since_ms(self.shortened_at)) * STRETCH
    }

    /// `sending` on disk, with the attempt.
    pub(super) async fn write_begin(&mut self, tx: &mut Tx, seat: Seat) -> Result<Written, StoreError> {
        let (row, printer) = (self.lane(seat).row().clone(), self.printer_id(seat.printer));
        let Ok(to) = next(self.kind(&row), row.progress, JobEvent::Begin, self.now, &RETRY) else {
            return Ok(Written::Stale);
        };
        let began_at = self.lane(seat).began_at;
        let (gets_there, answer) = self.luck();
        if gets_there {
            let change = JobChange { first_byte_at: Some(began_at), ..self.held(seat) };
            match job::advance(tx, row.id, row.progress.state, &to, &change).await {
                Ok(()) => {}
                Err(StoreError::Stale { .. }) => {
                    self.counts.refused += 1;
                    return Ok(answer.unwrap_or(Written::Stale));
                }
                Err(error) => return Err(error),
            }
            let number = job::open_attempt(tx, row.id, printer, began_at).await?;
            self.stepped(seat, row.id, &to);
            self.words_for(tx, seat).await?;
            if answer.is_none() {
                let lane = self.lane_mut(seat);
                lane.number = Some(number);
                lane.row_mut().progress = to;
            }
        }
        Ok(answer.unwrap_or(Written::Done))
    }

    /// Whether a `Stale` after a commit without an answer means that it had happened.
    pub(super) async fn begun_already(&mut self, tx: &mut Tx, seat: Seat) -> Result<bool, StoreError> {
        let (row, printer) = (self.lane(seat).row().clone(), self.printer_id(seat.printer));
        let Ok(to) = next(self.kind(&row), row.progress, JobEvent::Begin, self.now, &RETRY) else {
            return Ok(false);
        };
        let found = job::job(tx, row.id).await?;
        let last = job::attempts(tx, row.id).await?.pop();
        let began_at = self.lane(seat).began_at;
        let mine = last.filter(|last| last.printer == printer && last.began_at == began_at);
        let (Some(mine), true) = (mine, found.is_some_and(|job| job.progress == to)) else {
            return Ok(false);
        };
        self.words_for(tx, seat).await?;
        let lane = self.lane_mut(seat);
        lane.number = Some(mine.number);
        lane.row_mut().progress = to;
        Ok(true)
    }

    /// What happened to the job in a lane's hands.
    pub(super) async fn write_event(
        &mut self,
        tx: &mut Tx,
        seat: Seat,
        event: JobEvent,
    ) -> Result<Written, StoreError> {
        let lane = self.lane(seat);
        let (row, number, accepted) = (lane.row().clone(), lane.number, lane.accepted);
        let Ok(to) = next(self.kind(&row), row.progress, event, self.now, &RETRY) else {
            return Ok(Written::Stale);
        };
        let to = spread(to, self.now, dice(row.id, row.progress.attempts));
        let (gets_there, answer) = self.luck();
        if gets_there {
            let settled = matches!(to.state, JobState::Printed | JobState::Unconfirmed);
            let mut change = JobChange {
                settled_at: settled.then_some(self.now),
                bytes_accepted: accepted,
                ..self.held(seat)
            };
            if self.bug == Bug::HolderIgnored {
                change.holder = self.oracle.known(row.id).holder;
                change.seen = None;
            }
            match job::advance(tx, row.id, row.progress.state, &to, &change).await {
                Ok(()) => {}
                Err(StoreError::Stale { .. }) => {
                    self.counts.refused += 1;
                    return Ok(answer.unwrap_or(Written::Stale));
                }
                Err(error) => return Err(error),
            }
            if let Some(number) = number.filter(|_| to.state != JobState::Sent) {
                let outcome = to.state.code();
                let closed =
                    job::close_attempt(tx, row.id, number, self.now, outcome, to.cause, accepted).await;
                if matches!(closed, Err(StoreError::Stale { .. })) {
                    self.oracle.blame(|| format!("an attempt at job {} ended twice", row.id));
                } else {
                    closed?;
                }
            }
            self.stepped(seat, row.id, &to);
            self.settle_slip(tx, &row, to.state, seat.printer).await?;
            if answer.is_none() {
                self.lane_mut(seat).row_mut().progress = to;
            }
        }
        Ok(answer.unwrap_or(Written::Done))
    }

    pub(super) async fn settled_already(
        &mut self,
        tx: &mut Tx,
        seat: Seat,
        event: JobEvent,
    ) -> Result<bool, StoreError> {
        let row = self.lane(seat).row().clone();
        let found = job::job(tx, row.id).await?;
        match (found, next(self.kind(&row), row.progress, event, self.now, &RETRY)) {
            (Some(found), Ok(to)) if found.progress.state == to.state => {
                self.lane_mut(seat).row_mut().progress = found.progress;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// A proof that came after its job was given up, as `late::prove_late` takes note of it.
    pub(super) async fn prove_late(&mut self, tx: &mut Tx, seat: Seat, id: JobId) -> Result<(), StoreError> {
        let printer = self.printer_id(seat.printer);
        if let Some(proved) = job::prove_late(tx, id, printer, self.now).await? {
            self.version += 1;
            self.counts.spared += 1;
            self.say(|| format!("a late proof ends job {id}"));
            self.oracle.proved_late(id, self.now);
            let on_it: Vec<JobId> = proved.on_it.iter().map(|moved| moved.job).collect();
            self.oracle.settled_with_slip(id, &on_it, printer, self.now);
            self.wake_lane(seat.core, proved.lane);
        }
        self.trouble(seat, None);
        self.breaker(seat, BreakerEvent::Success);
        Ok(())
    }

    pub(super) fn stepped(&mut self, seat: Seat, job: JobId, to: &JobProgress) {
        self.version += 1;
        let core = self.core_id(seat.core);
        self.oracle.stepped(job, core, to, self.now.plus_ms(LEASE.for_ms));
        self.ask_about(job, to.state);
        self.is_failed(job, to.state);
    }

    /// A person is asked what became of a paper whose fate is unknown.
    fn ask_about(&mut self, job: JobId, state: JobState) {
        if state == JobState::Uncertain {
            let ms = self.dice.i64(500..20_000);
            self.at(ms, Event::Happening(Happening::Answer { job }));
        }
    }

    /// One sign of life and one look at what others left, as `leases::take_over` does it.
    pub(super) async fn take_over(
        &mut self,
        tx: &mut Tx,
        core: usize,
        before: Option<CoreId>,
    ) -> Result<(), StoreError> {
        if let Some(heirs) = self.plan.heirs.clone() {
            self.let_time_pass(tx).await?;
            self.claim(tx, core, before, &heirs).await?;
        }
        if !self.oracle.in_flight() || self.bug == Bug::NothingTakenOver {
            return Ok(());
        }
        self.let_time_pass(tx).await?;
        let (branch, me, stretched) = (self.base.branch, self.core_id(core), STRETCHED);
        job::renew(tx, branch, me, stretched).await?;
        for known in self.oracle.jobs.values_mut() {
            if known.is_in_flight() && known.holder == Some(me) {
                known.lease_until = self.now.plus_ms(LEASE.for_ms);
            }
        }
        // A lease that counts for nothing is one that may not be longer than nothing.
        let lease = if self.bug == Bug::LeaseIgnored { 0 } else { stretched };
        for (row, holder) in job::interrupted(tx, branch, before, me, lease).await? {
            let Ok(to) = taken_over(self.kind(&row), row.progress, self.now, &RETRY) else { continue };
            let change = JobChange { holder, ..JobChange::default() };
            job::advance(tx, row.id, row.progress.state, &to, &change).await?;
            for attempt in job::attempts(tx, row.id).await? {
                if attempt.ended_at.is_none() {
                    let (number, cause) = (attempt.number, Some(Cause::Interrupted));
                    job::close_attempt(tx, row.id, number, self.now, to.state.code(), cause, None).await?;
                }
            }
            self.counts.taken_over += 1;
            self.say(|| format!("core {core} takes job {} over", row.id));
            self.version += 1;
            let lives = holder.is_some_and(|holder| self.is_alive(holder));
            self.oracle.taken(row.id, &to, self.now, before, lives);
            self.ask_about(row.id, to.state);
            self.wake_lane(core, row.printer);
        }
        Ok(())
    }

    /// The database's own clock cannot be driven, so its leases become shorter by what has passed.
    pub(super) async fn let_time_pass(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        let passed = self.now.since_ms(self.shortened_at) * STRETCH;
        self.shortened_at = self.now;
        if passed == 0 {
            return Ok(());
        }
        let shorter = format!(
            "UPDATE print_job SET lease_until = lease_until - {passed} WHERE state IN ('sending', 'sent')"
        );
        probe::execute(tx, &shorter).await?;
        if self.plan.heirs.is_some() {
            let shorter = format!("UPDATE printer_lease SET lease_until = lease_until - {passed}");
            probe::execute(tx, &shorter).await?;
            let shorter = format!("UPDATE computer SET alive_until = alive_until - {passed}");
            probe::execute(tx, &shorter).await?;
        }
        Ok(())
    }

    /// Moves what waits of a station to another printer, as `Shared::move_jobs` does it.
    pub(super) async fn move_jobs(
        &mut self,
        tx: &mut Tx,
        core: usize,
        station: StationId,
        (from, to): (usize, usize),
        half: bool,
    ) -> Result<(), StoreError> {
        let cause = self.cores[core].facts[from].trouble;
        let (from, to) = (self.printer_id(from), self.printer_id(to));
        let mut jobs = job::waiting_of(tx, from, station).await?;
        if half {
            jobs.truncate(jobs.len().div_ceil(2));
        }
        let moved = job::reroute(tx, &jobs, from, to, self.now, cause).await?;
        for job in &moved {
            let now = self.now;
            let row = &mut self.oracle.known(job.job).row;
            row.progress = next(row.work.kind(), row.progress, JobEvent::Reroute, now, &RETRY).unwrap();
            row.printer = to;
        }
        self.counts.moved += moved.len();
        if !moved.is_empty() {
            self.version += 1;
            self.say(|| format!("core {core} moves {} jobs", moved.len()));
            self.wake_all(core, to);
        }
        Ok(())
    }

    /// Whether the database holds what the witness expects of it, and every attempt has an end.
    pub(super) async fn compare(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        let rows: Vec<JobRow> = self.oracle.jobs.values().map(|known| known.row.clone()).collect();
        for row in rows {
            let found = job::job(tx, row.id).await?;
            let stands = found.as_ref().map(|found| (found.printer, found.progress, found.rank));
            if stands != Some((row.printer, row.progress, row.rank)) {
                self.oracle.blame(|| format!("job {} stands as {stands:?} instead of {row:?}", row.id));
            }
            if job::attempts(tx, row.id).await?.iter().any(|attempt| attempt.ended_at.is_none()) {
                self.oracle.blame(|| format!("an attempt at job {} has no end", row.id));
            }
        }
        Ok(())
    }

    /// What goes to the printer for the job in a lane's hands.
    pub(super) fn sheet(&self, seat: Seat) -> Sheet {
        let row = self.lane(seat).row();
        let marked = row.progress.possible_duplicate && self.bug != Bug::MarkDropped;
        let (words, read_at) = self.lane(seat).words;
        Sheet { job: row.id, marked, whole: true, words, read_at }
    }
}

/// A number that differs between jobs and between the attempts of one.
pub(super) fn dice(job: JobId, attempts: u32) -> u16 {
    let bytes = job.0.into_bytes();
    let at = 8 + 2 * (attempts as usize % 4);
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

/// Time to the first look at a run's clock.
pub(super) const fn start() -> Time {
    Time(1_767_225_600_000)
}
