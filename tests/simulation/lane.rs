//! One core's lane of one printer, as `queue::lane` goes: what is next, and where it goes.

use super::batch::{Batch, Then};
use super::bug::Bug;
use super::desk::RETRY;
use super::device::Link;
use super::run::{Event, Seat, Sim};
use super::words::Words;
use fastops_domain::ids::{JobId, PrinterId};
use fastops_domain::job::{Cause, JobEvent, JobProgress};
use fastops_domain::time::Time;
use fastops_store::job::{JobRow, SlipTicket};
use fastops_store::{StoreError, Tx};

/// Pauses of the queue, in milliseconds: before a look; how long a worker belongs to a lane, and an idle
/// connection is kept.
const LOOK_AGAIN: i64 = 1_000;
const WORKER: i64 = 10_000;
const REUSE: i64 = 20_000;

/// What a lane does next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Look,
    Permit,
    Open,
    /// Reads what may go on one slip.
    Gather,
    /// Makes the slip.
    PutOnSlip,
    Begin,
    /// Begins several tickets at once.
    BeginMany,
    Send,
    Heard(Heard),
    Prove,
    /// Waits until a screen has painted it.
    Show,
    Settle(JobEvent),
    /// Writes what became of several.
    SettleMany(Then),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Heard {
    Whole,
    Broke { cause: Cause, accepted: u64 },
}

/// Whether a printer ever answered, and how often it has not since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    Unknown,
    Speaks { unanswered: u32 },
    Mute,
}

impl Voice {
    pub(super) const fn after(self, answered: bool) -> Self {
        match (self, answered) {
            (_, true) => Self::Speaks { unanswered: 0 },
            (Self::Speaks { unanswered }, false) => Self::Speaks { unanswered: unanswered + 1 },
            (Self::Unknown | Self::Mute, false) => Self::Mute,
        }
    }
}

/// What a lane learns in one attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tried {
    pub(super) at: Time,
    /// The printer said something when it was asked how it is.
    pub(super) answers: bool,
    /// A whole ticket went out before, and the printer never said that it printed.
    pub(super) unproved_before: bool,
    /// A commit had no answer.
    pub(super) unsure: bool,
}

#[derive(Debug)]
pub(super) struct Lane {
    /// Counts its plans: an older one is void.
    pub(super) turn: u32,
    pub(super) step: Step,
    row: Option<JobRow>,
    /// What goes on a slip.
    pub(super) gathered: Vec<SlipTicket>,
    /// What is to be printed, and when that was read.
    pub(super) words: (Words, u64),
    pub(super) batch: Batch,
    pub(super) number: Option<u32>,
    pub(super) began_at: Time,
    pub(super) accepted: Option<i64>,
    pub(super) link: Option<Link>,
    /// A job given up whose proof is still owed on the link.
    pub(super) late: Option<JobId>,
    /// The printer answered the fence that this lane waits for.
    pub(super) proved: bool,
    pub(super) voice: Voice,
    pub(super) heard_at: Time,
    pub(super) used_at: Time,
    /// When it last looked at its queue.
    pub(super) looked_at: Time,
    /// Since when it has a worker.
    worker_since: Option<Time>,
    /// It was seen that the printer cannot prove.
    pub(super) gave_up: bool,
    pub(super) tried: Tried,
    pub(super) deadline: Time,
    /// What a lane that sends before it writes has to learn afterwards.
    pub(super) sent_early: Option<Step>,
    /// What it last read of its queue, and of which version of the jobs.
    read: Option<(u64, Option<JobRow>)>,
}

impl Lane {
    pub(super) fn new(now: Time) -> Self {
        Self {
            turn: 0,
            step: Step::Look,
            row: None,
            gathered: Vec::new(),
            words: (Words::default(), 0),
            batch: Batch::default(),
            number: None,
            began_at: now,
            accepted: None,
            link: None,
            late: None,
            proved: false,
            voice: Voice::Unknown,
            heard_at: now,
            used_at: now,
            looked_at: now,
            worker_since: None,
            gave_up: false,
            tried: Tried { at: now, answers: false, unproved_before: false, unsure: false },
            deadline: now,
            sent_early: None,
            read: None,
        }
    }

    pub(super) const fn has_worker(&self) -> bool {
        self.worker_since.is_some()
    }

    pub(super) fn row(&self) -> &JobRow {
        self.row.as_ref().unwrap()
    }

    pub(super) fn row_mut(&mut self) -> &mut JobRow {
        self.row.as_mut().unwrap()
    }

    pub(super) fn progress(&self) -> JobProgress {
        self.row().progress
    }
}

impl Sim {
    /// Has a lane go on in `ms` milliseconds, and not before.
    pub(super) fn later(&mut self, seat: Seat, ms: i64) {
        let lane = self.lane_mut(seat);
        lane.turn += 1;
        let turn = lane.turn;
        self.at(ms, Event::Lane { seat, turn });
    }

    pub(super) fn go(&mut self, seat: Seat, step: Step, ms: i64) {
        self.lane_mut(seat).step = step;
        self.later(seat, ms);
    }

    /// Tells the lanes of a printer that there is something new: a core's own, and where others may drive it theirs.
    pub(super) fn wake_all(&mut self, core: usize, printer: PrinterId) {
        for other in 0..self.cores.len() {
            if other == core || self.plan.heirs.is_some() {
                self.wake_lane(other, printer);
            }
        }
    }

    /// Tells a lane of a core that there is something new.
    pub(super) fn wake_lane(&mut self, core: usize, printer: PrinterId) {
        let seat = Seat { core, printer: self.printer_at(printer) };
        if self.cores[core].life.is_some() && self.lane(seat).step == Step::Look {
            self.later(seat, 0);
        }
    }

    pub(super) async fn lane_step(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
        self.give_worker_back_in_time(seat);
        match self.lane(seat).step {
            Step::Look => self.look(tx, seat).await?,
            Step::Permit => self.take_worker(seat),
            Step::Open => self.open(seat),
            Step::Gather => self.gather(tx, seat).await?,
            Step::PutOnSlip => self.put_on_slip(tx, seat).await?,
            Step::Begin => self.begin(tx, seat).await?,
            Step::BeginMany => self.begin_many(tx, seat).await?,
            Step::SettleMany(then) => self.settle_many(tx, seat, then).await?,
            Step::Send => self.send(seat),
            Step::Heard(heard) => self.heard(seat, heard),
            Step::Prove => self.prove(seat),
            Step::Show => self.show(seat),
            Step::Settle(event) => self.settle(tx, seat, event).await?,
        }
        Ok(())
    }

    async fn look(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
        self.lane_mut(seat).looked_at = self.now;
        if !self.drives(tx, seat).await? {
            self.later(seat, LOOK_AGAIN);
            return Ok(());
        }
        self.drop_old_link(seat);
        let version = self.version;
        let head = match &self.lane(seat).read {
            Some((read, head)) if *read == version => head.clone(),
            _ => {
                let printer = self.printer_id(seat.printer);
                let head = self.read_head(tx, printer).await?;
                self.lane_mut(seat).read = Some((version, head.clone()));
                head
            }
        };
        let Some(head) = head else {
            let ms = self.idle(seat).min(LOOK_AGAIN);
            self.later(seat, ms);
            return Ok(());
        };
        let spent = head.progress.attempts >= RETRY.quick_attempts;
        let better =
            head.work.station().and_then(|station| Some((station, self.elsewhere(seat, station, spent)?)));
        if let Some((station, to)) = better {
            self.move_jobs(tx, seat.core, station, (seat.printer, to), false).await?;
            self.later(seat, 1);
            return Ok(());
        }
        let wait = head.progress.not_before.since_ms(self.now);
        if wait > 0 {
            self.later(seat, wait.min(LOOK_AGAIN));
            return Ok(());
        }
        self.check_use(seat, head.work.station());
        self.choose_batch(tx, seat, head.id).await?;
        self.lane_mut(seat).row = Some(head);
        if self.bug == Bug::WordsEarly {
            self.read_words(tx, seat).await?;
        }
        self.go(seat, Step::Permit, 0);
        Ok(())
    }

    fn take_worker(&mut self, seat: Seat) {
        if !self.has_free_worker(seat.core) {
            self.later(seat, 50);
            return;
        }
        if !self.is_mine(seat) {
            self.finish(seat, 0);
            return;
        }
        let now = self.now;
        let lane = self.lane_mut(seat);
        lane.worker_since = Some(now);
        let unproved_before = lane.progress().cause == Some(Cause::NoProof);
        lane.tried = Tried { at: now, answers: false, unproved_before, unsure: false };
        (lane.number, lane.accepted) = (None, None);
        if self.is_too_late(seat) {
            self.go(seat, Step::Settle(JobEvent::Hopeless(Cause::TooLate)), 0);
            return;
        }
        self.check_workers(seat.core);
        let ms = self.dice.i64(1..120);
        self.go(seat, Step::Open, ms);
    }

    pub(super) fn give_worker_back(&mut self, seat: Seat) {
        self.lane_mut(seat).worker_since = None;
    }

    fn give_worker_back_in_time(&mut self, seat: Seat) {
        let now = self.now;
        if self.lane(seat).worker_since.is_some_and(|since| now.since_ms(since) > WORKER) {
            self.give_worker_back(seat);
        }
    }

    /// Connects, or finds its connection alive.
    pub(super) fn connect(&mut self, seat: Seat) -> Result<(), Cause> {
        let device = &self.devices[seat.printer];
        if self.lane(seat).link.is_some() && device.link == self.lane(seat).link {
            return Ok(());
        }
        if device.condition == super::plan::Condition::Off {
            return Err(Cause::Unreachable);
        }
        if device.link.is_some() {
            return Err(Cause::Busy);
        }
        self.asks(seat);
        let link = Some(Link { core: seat.core, serial: self.next_serial() });
        self.devices[seat.printer].link = link;
        self.lane_mut(seat).link = link;
        Ok(())
    }

    /// Lets the connection go.
    pub(super) fn close(&mut self, seat: Seat) {
        let lane = self.lane_mut(seat);
        lane.late = None;
        let link = lane.link.take();
        let device = &mut self.devices[seat.printer];
        if link.is_some() && device.link == link {
            device.link = None;
        }
    }

    fn drop_old_link(&mut self, seat: Seat) {
        if self.now.since_ms(self.lane(seat).used_at) > REUSE {
            self.close(seat);
        }
    }

    pub(super) fn trouble(&mut self, seat: Seat, cause: Option<Cause>) {
        let now = self.now;
        let facts = self.facts_mut(seat);
        facts.trouble = cause;
        facts.since = cause.map(|_| facts.since.unwrap_or(now));
    }

    /// The attempt is over; the next look comes in `ms` milliseconds.
    pub(super) fn finish(&mut self, seat: Seat, ms: i64) {
        self.give_worker_back(seat);
        self.facts_mut(seat).printing = false;
        let now = self.now;
        let lane = self.lane_mut(seat);
        (lane.heard_at, lane.used_at) = (now, now);
        lane.batch = Batch::default();
        self.go(seat, Step::Look, ms);
    }
}
