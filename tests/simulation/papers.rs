//! Papers that are no tickets, as `feature::paper` makes them and a person answers for them.

use super::bug::Bug;
use super::desk::RETRY;
use super::run::{Seat, Sim};
use fastops_domain::document::Document;
use fastops_domain::ids::JobId;
use fastops_domain::job::{JobEvent, JobState, PaperKind, Priority, Work, next};
use fastops_store::job::{self, JobChange, JobRow};
use fastops_store::{StoreError, Tx};

/// How much later than it makes sense a drawer may be asked to open, in milliseconds: the time of a step that has
/// to be written more than once.
const SLACK: i64 = 5_000;

impl Sim {
    /// A person wants a paper from one printer. Its words are nothing to the queue.
    pub(super) async fn paper_wanted(
        &mut self,
        tx: &mut Tx,
        core: usize,
        printer: usize,
        kind: PaperKind,
        order: usize,
    ) -> Result<(), StoreError> {
        let about = matches!(kind, PaperKind::PreBill | PaperKind::Receipt).then(|| self.base.orders[order]);
        let work = Work::Paper { kind, order: about, station: None };
        let row = JobRow::new(self.new_job(), work, self.printer_id(printer), Priority::Urgent, self.now);
        job::insert_paper(tx, &row, &Document::Drawer).await?;
        self.version += 1;
        self.say(|| format!("job {}: {work:?}", row.id));
        self.oracle.made(row.clone());
        self.wake_all(core, row.printer);
        Ok(())
    }

    /// A person says what became of a paper, after a look at what is there.
    pub(super) async fn answer(&mut self, tx: &mut Tx, core: usize, id: JobId) -> Result<(), StoreError> {
        let Some(row) = job::job(tx, id).await? else { return Ok(()) };
        if row.progress.state != JobState::Uncertain {
            return Ok(());
        }
        let event = if self.oracle.is_on_paper(id) {
            JobEvent::CameOut
        } else {
            [JobEvent::PrintAgain, JobEvent::PrintAgain, JobEvent::Cancel][self.dice.usize(..3)]
        };
        let to = next(row.work.kind(), row.progress, event, self.now, &RETRY).unwrap();
        let settled_at = (event == JobEvent::CameOut).then_some(self.now);
        let change = JobChange { settled_at, ..JobChange::default() };
        job::advance(tx, id, row.progress.state, &to, &change).await?;
        self.version += 1;
        self.counts.answers += 1;
        self.say(|| format!("a person says of job {id}: {event:?}"));
        self.oracle.answered(id, event, self.now);
        self.wake_all(core, row.printer);
        Ok(())
    }

    /// Whether the job in a lane's hands no longer makes sense.
    pub(super) fn is_too_late(&self, seat: Seat) -> bool {
        self.lateness(seat) > 0 && self.bug != Bug::DrawerLate
    }

    /// How long the job in a lane's hands has made no sense any more, in milliseconds.
    fn lateness(&self, seat: Seat) -> i64 {
        let row = self.lane(seat).row();
        let age = self.now.since_ms(row.created_at);
        row.work.kind().sense_ms().map_or(0, |sense_ms| age - sense_ms)
    }

    /// Whether the ticket in a lane's hands cannot be put into the printer's language.
    pub(super) fn is_unprintable(&mut self, seat: Seat) -> bool {
        let alone = self.lane(seat).row().work.ticket().is_some() && !self.lane(seat).batch.runs;
        let is = alone && self.unprintable > 0 && self.bug != Bug::SentBeforeDisk && self.dice.u8(..8) == 0;
        self.unprintable -= u32::from(is);
        is
    }

    /// Bytes are about to go to a printer.
    pub(super) fn check_sense(&mut self, seat: Seat) {
        if self.lateness(seat) > SLACK && !self.slept_since(seat.core, self.lane(seat).tried.at) {
            let job = self.lane(seat).row().id;
            self.oracle.blame(|| format!("drawer {job} is opened long after it was asked for"));
        }
    }
}
