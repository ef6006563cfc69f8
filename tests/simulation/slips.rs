//! The catch-up slip, as `queue::catch_up` makes it and `settle` takes its tickets with it.

use super::bug::Bug;
use super::lane::Step;
use super::run::{Seat, Sim};
use super::words::Words;
use fastops_domain::catch_up::{Return, is_due};
use fastops_domain::document::{CatchUp, Document};
use fastops_domain::ids::JobId;
use fastops_domain::job::{JobKind, JobState, PaperKind, Priority, Work};
use fastops_store::job::{self, JobRow};
use fastops_store::{StoreError, Tx, probe};

const MOST: i64 = 100;

impl Sim {
    /// Whether what waits behind the job in a lane's hands goes on one slip, if so many wait.
    pub(super) fn is_slip_due(&self, seat: Seat, waiting: i64) -> bool {
        let row = self.lane(seat).row();
        let Work::Ticket { station, .. } = row.work else { return false };
        let since = self.facts(seat).since.or_else(|| row.progress.cause.map(|_| row.created_at));
        let out_ms = since.map(|since| self.now.since_ms(since));
        let chain = &self.plan.chains[self.station_at(station)];
        let backup = chain.iter().any(|(printer, tier)| *printer == seat.printer && *tier > 0);
        is_due(Return { out_ms, waiting, backup }, self.plan.catch_up)
    }

    pub(super) async fn gather(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
        let (printer, station) =
            (self.printer_id(seat.printer), self.lane(seat).row().work.station().unwrap());
        self.lane_mut(seat).gathered = job::slip_tickets(tx, printer, station, MOST).await?;
        let longest = if self.bug == Bug::SlipEarly { 3_000 } else { 20 };
        let ms = self.dice.i64(0..longest);
        self.go(seat, Step::PutOnSlip, ms);
        Ok(())
    }

    /// In one transaction, their words too; when one of the tickets is no longer there to be put on it, nothing is done.
    pub(super) async fn put_on_slip(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
        let station = self.lane(seat).row().work.station();
        let mut tickets = std::mem::take(&mut self.lane_mut(seat).gathered);
        if self.bug != Bug::SlipEarly {
            let printer = self.printer_id(seat.printer);
            tickets = job::slip_tickets(tx, printer, station.unwrap(), MOST).await?;
        }
        if !self.is_slip_due(seat, i64::try_from(tickets.len()).unwrap()) {
            self.ready(seat);
            return Ok(());
        }
        let (gets_there, answer) = self.luck();
        let mut written = answer.is_none();
        if gets_there {
            let work = Work::Paper { kind: PaperKind::CatchUp, order: None, station };
            let (id, printer) = (self.new_job(), self.printer_id(seat.printer));
            let rank = tickets.iter().map(|ticket| ticket.rank).min().unwrap();
            let slip = JobRow { rank, ..JobRow::new(id, work, printer, Priority::Normal, self.now) };
            let words = CatchUp { station: String::new(), pending: Vec::new(), made: Vec::new() };
            let jobs: Vec<JobId> = tickets.iter().map(|ticket| ticket.job).collect();
            probe::execute(tx, "SAVEPOINT slip").await?;
            match job::put_on_slip(tx, &slip, &Document::CatchUp(words), &jobs).await {
                Ok(()) => {
                    self.version += 1;
                    self.counts.slips += 1;
                    self.say(|| format!("{seat:?} puts {} tickets on slip {id}", jobs.len()));
                    let words = tickets.iter().map(|ticket| Words::of(&ticket.content));
                    let words = (words.fold(Words::default(), Words::and), self.next_serial());
                    self.slip_words.insert(id, words);
                    let says = |marked| marked && self.bug != Bug::SlipUnmarked;
                    let on_it = tickets.iter().map(|ticket| (ticket.job, says(ticket.possible_duplicate)));
                    self.oracle.put_on_slip(slip, on_it.collect(), self.now);
                }
                Err(StoreError::Stale { .. }) => {
                    self.counts.refused += 1;
                    written = true;
                    probe::execute(tx, "ROLLBACK TO SAVEPOINT slip").await?;
                }
                Err(error) => return Err(error),
            }
            probe::execute(tx, "RELEASE SAVEPOINT slip").await?;
        }
        if written {
            self.finish(seat, 0);
        } else {
            self.ready(seat);
        }
        Ok(())
    }

    /// The tickets of a slip go where it went.
    pub(super) async fn settle_slip(
        &mut self,
        tx: &mut Tx,
        row: &JobRow,
        to: JobState,
        printer: usize,
    ) -> Result<(), StoreError> {
        if row.work.kind() != JobKind::Paper(PaperKind::CatchUp) || self.bug == Bug::SlipAlone {
            return Ok(());
        }
        let printer = self.printer_id(printer);
        let moved = job::settle_slip(tx, row.id, to, printer, self.now).await?;
        let tickets: Vec<JobId> = moved.iter().map(|moved| moved.job).collect();
        self.oracle.settled_with_slip(row.id, &tickets, printer, self.now);
        Ok(())
    }
}
