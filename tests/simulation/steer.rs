//! What people do to the queue by hand: as `feature::stuck`, `feature::queue` and `feature::ticket` do it.

use super::bug::Bug;
use super::desk::RETRY;
use super::run::{Seat, Sim};
use fastops_domain::breaker::{Breaker, BreakerEvent};
use fastops_domain::ids::{JobId, StationId};
use fastops_domain::job::{JobEvent, JobProgress, JobState, Priority, next};
use fastops_store::job::{self, JobRow, Rank};
use fastops_store::{StoreError, Tx, probe};

/// Most that a person looks through.
const MOST: i64 = 200;

impl Sim {
    /// A person looks at what needs one, and has it tried anew or gives it up: a job that failed, or any that is stuck.
    pub(super) async fn decide(
        &mut self,
        tx: &mut Tx,
        core: usize,
        about: Option<JobId>,
    ) -> Result<(), StoreError> {
        let stuck = job::stuck(tx, self.base.branch, MOST).await?;
        let clears = self.dice.u8(..4) == 0;
        let may = |row: &JobRow| {
            let (kind, state) = (row.work.kind(), row.progress.state);
            if clears { kind.may_clear(state) } else { kind.may_retry(state) }
        };
        let mut rows: Vec<JobRow> = stuck.into_iter().map(|stuck| stuck.job).filter(may).collect();
        rows.retain(|row| about.is_none_or(|job| row.id == job));
        if rows.is_empty() {
            return Ok(());
        }
        let row = rows[self.dice.usize(..rows.len())].clone();
        if clears { self.clear(tx, &row).await } else { self.retry(tx, core, &row).await }
    }

    async fn retry(&mut self, tx: &mut Tx, core: usize, row: &JobRow) -> Result<(), StoreError> {
        let on_paper = row.work.ticket().is_some() && self.oracle.is_printed_otherwise(row);
        job::retry(tx, &[row.id], self.now).await?;
        if self.bug == Bug::RetryUnmarked {
            let unmark =
                format!("UPDATE print_job SET possible_duplicate = FALSE WHERE id = {}", probe_id(row.id));
            probe::execute(tx, &unmark).await?;
        }
        let to = next(row.work.kind(), row.progress, JobEvent::Retry { on_paper }, self.now, &RETRY).unwrap();
        self.oracle.known(row.id).revived |= row.progress.state == JobState::Failed;
        let marked = to.possible_duplicate && self.bug != Bug::RetryUnmarked;
        self.oracle.known(row.id).row.progress = JobProgress { possible_duplicate: marked, ..to };
        self.version += 1;
        self.counts.retried += 1;
        self.say(|| format!("a person has job {} tried anew", row.id));
        self.wake_all(core, row.printer);
        Ok(())
    }

    async fn clear(&mut self, tx: &mut Tx, row: &JobRow) -> Result<(), StoreError> {
        if self.bug != Bug::ClearForgotten {
            job::clear(tx, &[row.id], self.now).await?;
        }
        let to = next(row.work.kind(), row.progress, JobEvent::Clear, self.now, &RETRY).unwrap();
        self.oracle.known(row.id).row.progress = to;
        self.version += 1;
        self.counts.cleared += 1;
        self.say(|| format!("a person gives job {} up", row.id));
        Ok(())
    }

    /// A person hurries an order: first printings to the front, and nothing of a station behind a later change for it.
    pub(super) async fn hurry(&mut self, tx: &mut Tx, core: usize, order: usize) -> Result<(), StoreError> {
        let mut waiting = job::jobs_of_order(tx, self.base.orders[order]).await?;
        waiting.retain(|job| job.progress.state.is_waiting());
        let hurried = |job: &JobRow| Priority::Urgent.rank(job.created_at).min(job.rank);
        let place = |job: &JobRow| {
            let first = job.copy == 0;
            let (priority, own) =
                if first { (Priority::Urgent, hurried(job)) } else { (job.priority, job.rank) };
            let later = waiting.iter().filter(|later| {
                later.copy == 0 && later.work.station() == job.work.station() && later.revision > job.revision
            });
            Rank { job: job.id, priority, rank: later.map(|later| hurried(later) - 1).fold(own, i64::min) }
        };
        let ranks: Vec<Rank> = waiting.iter().map(place).collect();
        if ranks.is_empty() {
            return Ok(());
        }
        if self.bug == Bug::HurryForgotten {
            for rank in &ranks {
                self.oracle.known(rank.job).row.rank = rank.rank;
            }
            return Ok(());
        }
        self.rank(tx, &ranks).await?;
        self.counts.hurried += 1;
        self.say(|| format!("order {order} is hurried"));
        for row in waiting {
            self.wake_all(core, row.printer);
        }
        Ok(())
    }

    /// A person takes a printer out of use, or puts it back: every core hears of it, those that start later too.
    pub(super) fn set_breaker(&mut self, printer: usize, open: bool) {
        self.out_since[printer] = open.then_some(self.now);
        let event = if open { BreakerEvent::OpenByHand } else { BreakerEvent::CloseByHand };
        for core in 0..self.cores.len() {
            if self.cores[core].life.is_some() {
                self.breaker(Seat { core, printer }, event);
                self.wake_lane(core, self.printer_id(printer));
            }
        }
    }

    /// What a core that starts knows of what was said before.
    pub(super) fn learn_what_is_out(&mut self, core: usize) {
        for printer in 0..self.devices.len() {
            if self.out_since[printer].is_some() {
                self.breaker(Seat { core, printer }, BreakerEvent::OpenByHand);
            }
        }
    }

    /// A lane goes on with a ticket of `station`, and not elsewhere.
    pub(super) fn check_use(&mut self, seat: Seat, station: Option<StationId>) {
        let Some(station) = station else { return };
        let own = self.told_facts(seat.core, seat.printer).breaker;
        if self.out_since[seat.printer].is_none() || own.is_closed() {
            return;
        }
        let chain = self.plan.chains[self.station_at(station)].clone();
        let well = |(other, _): &(usize, u32)| {
            let facts = self.told_facts(seat.core, *other);
            *other != seat.printer && facts.breaker.is_closed() && facts.trouble.is_none()
        };
        if chain.iter().any(|(printer, _)| *printer == seat.printer) && chain.iter().any(well) {
            self.oracle.blame(|| format!("{seat:?} prints though it is out of use, and another is well"));
        }
    }

    /// How a printer's breaker counts for the way of tickets.
    pub(super) fn heeded(&self, breaker: Breaker) -> Breaker {
        match breaker {
            Breaker::Open { until: None } if self.bug == Bug::HandIgnored => Breaker::default(),
            _ => breaker,
        }
    }

    /// A lane takes a worker.
    pub(super) fn has_free_worker(&self, core: usize) -> bool {
        self.busy(core) < self.cores[core].workers || self.bug == Bug::WorkersIgnored
    }

    fn busy(&self, core: usize) -> usize {
        self.cores[core].lanes.iter().filter(|lane| lane.has_worker()).count()
    }

    /// No core has more printers at work than workers, when another begins.
    pub(super) fn check_workers(&mut self, core: usize) {
        if self.busy(core) > self.cores[core].workers {
            self.oracle.blame(|| format!("core {core} keeps more printers busy than it may"));
        }
    }

    /// A ticket failed; somebody decides about it later.
    pub(super) fn is_failed(&mut self, job: JobId, state: JobState) {
        if state == JobState::Failed {
            let ms = self.dice.i64(500..20_000);
            self.at(ms, super::run::Event::Happening(super::plan::Happening::Decide { job: Some(job) }));
        }
    }
}

/// A job's id as both databases read it.
fn probe_id(job: JobId) -> String {
    format!("x'{}'", job.0.simple())
}
