//! One core's lane of one printer, step by step as `queue::lane`, `print` and `settle` go.
//!
//! Between two steps anything else may happen, the core's end included.

use super::desk::{RETRY, Written};
use super::device::{Handed, Item, Link, Word};
use super::oracle::station_of;
use super::run::{Bug, Event, Seat, Sim};
use fastops_domain::breaker::{BreakerEvent, OPEN_MS};
use fastops_domain::ids::{JobId, PrinterId};
use fastops_domain::job::{Cause, JobEvent, JobProgress};
use fastops_domain::time::Time;
use fastops_store::job::JobRow;
use fastops_store::{StoreError, Tx};

/// Pauses of the queue, in milliseconds: before a look, a step that could not be written, a question to a
/// printer that holds a ticket; how long a worker belongs to a lane, and an idle connection is kept.
const LOOK_AGAIN: i64 = 1_000;
const WRITE_AGAIN: i64 = 500;
const WATCH: i64 = 1_000;
const WORKER: i64 = 10_000;
const REUSE: i64 = 20_000;
/// How long a proof may take.
const PROOF: i64 = 6_000;

/// What a lane does next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Look,
    Permit,
    Open,
    Begin,
    Send,
    Heard(Heard),
    Prove,
    Settle(JobEvent),
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
struct Tried {
    /// The printer said something when it was asked how it is.
    answers: bool,
    /// A whole ticket went out before, and the printer never said that it printed.
    unproved_before: bool,
    /// A commit had no answer.
    unsure: bool,
}

#[derive(Debug)]
pub(super) struct Lane {
    /// Counts its plans: an older one is void.
    pub(super) turn: u32,
    pub(super) step: Step,
    row: Option<JobRow>,
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
    used_at: Time,
    /// Since when it has a worker.
    worker_since: Option<Time>,
    /// It was seen that the printer cannot prove.
    gave_up: bool,
    tried: Tried,
    deadline: Time,
    /// What a lane that sends before it writes has to learn afterwards.
    sent_early: Option<Step>,
    /// What it last read of its queue, and of which version of the jobs.
    read: Option<(u64, Option<JobRow>)>,
}

impl Lane {
    pub(super) const fn new(now: Time) -> Self {
        Self {
            turn: 0,
            step: Step::Look,
            row: None,
            number: None,
            began_at: now,
            accepted: None,
            link: None,
            late: None,
            proved: false,
            voice: Voice::Unknown,
            heard_at: now,
            used_at: now,
            worker_since: None,
            gave_up: false,
            tried: Tried { answers: false, unproved_before: false, unsure: false },
            deadline: now,
            sent_early: None,
            read: None,
        }
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

    fn go(&mut self, seat: Seat, step: Step, ms: i64) {
        self.lane_mut(seat).step = step;
        self.later(seat, ms);
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
            Step::Begin => self.begin(tx, seat).await?,
            Step::Send => self.send(seat),
            Step::Heard(heard) => self.heard(seat, heard),
            Step::Prove => self.prove(seat),
            Step::Settle(event) => self.settle(tx, seat, event).await?,
        }
        Ok(())
    }

    async fn look(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
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
        if let Some(to) = self.elsewhere(seat, station_of(&head), spent) {
            self.move_jobs(tx, seat.core, station_of(&head), (seat.printer, to), false).await?;
            self.later(seat, 1);
            return Ok(());
        }
        let wait = head.progress.not_before.since_ms(self.now);
        if wait > 0 {
            self.later(seat, wait.min(LOOK_AGAIN));
            return Ok(());
        }
        self.lane_mut(seat).row = Some(head);
        self.go(seat, Step::Permit, 0);
        Ok(())
    }

    fn take_worker(&mut self, seat: Seat) {
        if self.cores[seat.core].workers_free == 0 {
            self.later(seat, 50);
            return;
        }
        self.cores[seat.core].workers_free -= 1;
        let now = self.now;
        let lane = self.lane_mut(seat);
        lane.worker_since = Some(now);
        let unproved_before = lane.progress().cause == Some(Cause::NoProof);
        lane.tried = Tried { answers: false, unproved_before, unsure: false };
        (lane.number, lane.accepted) = (None, None);
        let ms = self.dice.i64(1..120);
        self.go(seat, Step::Open, ms);
    }

    fn give_worker_back(&mut self, seat: Seat) {
        if self.lane_mut(seat).worker_since.take().is_some() {
            self.cores[seat.core].workers_free += 1;
        }
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

    fn open(&mut self, seat: Seat) {
        if self.lane(seat).late.is_some() {
            self.close(seat);
        }
        if let Err(cause) = self.connect(seat) {
            self.broke(seat, cause, Some(0));
            return;
        }
        let status = self.devices[seat.printer].status();
        let hushed = status == Word::Silent && matches!(self.lane(seat).voice, Voice::Speaks { .. });
        let now = self.now;
        let new = self.facts(seat).since.is_none_or(|since| now.since_ms(since) < OPEN_MS);
        if hushed && new {
            self.breaker(seat, BreakerEvent::Failure);
            self.close(seat);
            self.obstructed(seat, Cause::NoProgress);
            return;
        }
        let lane = self.lane_mut(seat);
        lane.tried.answers = status != Word::Silent;
        lane.voice = lane.voice.after(status != Word::Silent);
        let mute = (lane.tried.unproved_before && status == Word::Silent).then_some(Cause::NoProof);
        if let Some(cause) = status.obstruction().or(mute) {
            self.obstructed(seat, cause);
            return;
        }
        self.lane_mut(seat).began_at = now;
        if self.bug == Bug::SentBeforeDisk {
            self.send(seat);
            let lane = self.lane_mut(seat);
            lane.sent_early = Some(lane.step);
        }
        let ms = self.dice.i64(0..10);
        self.go(seat, Step::Begin, ms);
    }

    async fn begin(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
        let mut written = self.write_begin(tx, seat).await?;
        if written == Written::Stale && self.lane(seat).tried.unsure && self.begun_already(tx, seat).await? {
            written = Written::Done;
        }
        self.say(|| format!("{seat:?} begins: {written:?}"));
        match written {
            Written::Done => {
                let ms = self.dice.i64(0..20);
                let then = self.lane_mut(seat).sent_early.take().unwrap_or(Step::Send);
                self.go(seat, then, ms);
            }
            Written::Stale => self.finish(seat, 0),
            Written::Away if !self.lane(seat).tried.unsure => self.finish(seat, WRITE_AGAIN),
            Written::Away | Written::Unsure => {
                self.lane_mut(seat).tried.unsure = true;
                self.later(seat, WRITE_AGAIN);
            }
        }
        Ok(())
    }

    fn send(&mut self, seat: Seat) {
        self.lane_mut(seat).tried.unsure = false;
        let sheet = self.sheet(seat);
        let alive = self.lane(seat).link.is_some() && self.devices[seat.printer].link == self.lane(seat).link;
        let handed = if alive {
            self.devices[seat.printer].take(sheet, &mut self.dice)
        } else {
            Handed::Broke { cause: Cause::LinkLost, accepted: 0 }
        };
        self.say(|| format!("{seat:?} sends {sheet:?}: {handed:?}"));
        self.move_paper(seat.printer);
        let (heard, ms) = match handed {
            Handed::Whole => (Heard::Whole, self.dice.i64(1..200)),
            Handed::Broke { cause: Cause::NoProgress, accepted } => {
                (Heard::Broke { cause: Cause::NoProgress, accepted }, 5_000)
            }
            Handed::Broke { cause, accepted } => (Heard::Broke { cause, accepted }, self.dice.i64(1..200)),
        };
        self.facts_mut(seat).printing = true;
        self.go(seat, Step::Heard(heard), ms);
    }

    fn heard(&mut self, seat: Seat, heard: Heard) {
        match heard {
            Heard::Broke { cause, accepted } => {
                self.lane_mut(seat).accepted = i64::try_from(accepted).ok();
                self.broke(seat, cause, Some(accepted));
            }
            Heard::Whole => {
                self.lane_mut(seat).accepted = Some(600);
                self.go(seat, Step::Settle(JobEvent::Accepted), 0);
            }
        }
    }

    /// The bytes are on disk as sent: asks for the proof, where there is one.
    fn ask_for_proof(&mut self, seat: Seat) {
        if self.bug == Bug::BelievedTooSoon {
            self.go(seat, Step::Settle(JobEvent::Proved), 0);
            return;
        }
        if !self.plan.proves[seat.printer] || self.lane(seat).gave_up {
            self.go(seat, Step::Settle(JobEvent::NoProof), 0);
            return;
        }
        let link = self.lane(seat).link;
        if let Some(link) = link.filter(|_| self.devices[seat.printer].link == link) {
            self.devices[seat.printer].items.push_back(Item::Fence(link));
            self.move_paper(seat.printer);
        }
        let deadline = self.now.plus_ms(PROOF);
        let lane = self.lane_mut(seat);
        lane.deadline = deadline;
        lane.proved = false;
        self.go(seat, Step::Prove, WATCH);
    }

    fn prove(&mut self, seat: Seat) {
        let (lane, device) = (self.lane(seat), &self.devices[seat.printer]);
        if lane.proved {
            self.go(seat, Step::Settle(JobEvent::Proved), 0);
            return;
        }
        if lane.link.is_none() || device.link != lane.link {
            self.broke(seat, Cause::LinkLost, None);
            return;
        }
        let (overdue, answers, unproved) =
            (self.now.0 >= lane.deadline.0, lane.tried.answers, lane.tried.unproved_before);
        match device.status().obstruction() {
            Some(cause) => {
                self.give_worker_back(seat);
                self.trouble(seat, Some(cause));
                let station = station_of(self.lane(seat).row());
                if self.elsewhere(seat, station, false).is_some() {
                    self.give_up(seat, cause);
                    return;
                }
                let deadline = self.now.plus_ms(PROOF);
                self.lane_mut(seat).deadline = deadline;
                self.later(seat, WATCH);
            }
            None if overdue && unproved && answers => {
                self.lane_mut(seat).gave_up = true;
                self.go(seat, Step::Settle(JobEvent::NoProof), 0);
            }
            None if overdue => self.give_up(seat, Cause::NoProof),
            None => self.later(seat, WATCH),
        }
    }

    async fn settle(&mut self, tx: &mut Tx, seat: Seat, event: JobEvent) -> Result<(), StoreError> {
        let mut written = self.write_event(tx, seat, event).await?;
        if written == Written::Stale
            && self.lane(seat).tried.unsure
            && self.settled_already(tx, seat, event).await?
        {
            written = Written::Done;
        }
        self.say(|| format!("{seat:?} settles {event:?}: {written:?}"));
        if matches!(written, Written::Away | Written::Unsure) {
            self.lane_mut(seat).tried.unsure |= written == Written::Unsure;
            self.later(seat, WRITE_AGAIN);
            return Ok(());
        }
        self.lane_mut(seat).tried.unsure = false;
        match event {
            JobEvent::Accepted if written == Written::Done => self.ask_for_proof(seat),
            JobEvent::Proved | JobEvent::NoProof => {
                if event == JobEvent::Proved && written == Written::Stale {
                    // Another core has taken it over; it need not print it.
                    let job = self.lane(seat).row().id;
                    self.prove_late(tx, seat, job).await?;
                }
                self.trouble(seat, None);
                self.breaker(seat, BreakerEvent::Success);
                self.finish(seat, 0);
            }
            JobEvent::Obstructed(_) => self.finish(seat, 0),
            _ => {
                if self.lane(seat).late.is_none() {
                    self.close(seat);
                }
                self.finish(seat, 0);
            }
        }
        Ok(())
    }

    fn obstructed(&mut self, seat: Seat, cause: Cause) {
        self.trouble(seat, Some(cause));
        self.go(seat, Step::Settle(JobEvent::Obstructed(cause)), 0);
    }

    fn broke(&mut self, seat: Seat, cause: Cause, bytes_accepted: Option<u64>) {
        self.close(seat);
        self.failed(seat, cause, bytes_accepted);
    }

    /// Gives a job up that may be on paper, and keeps the link on which its proof may still come.
    fn give_up(&mut self, seat: Seat, cause: Cause) {
        let lane = self.lane_mut(seat);
        lane.late = Some(lane.row().id);
        self.failed(seat, cause, None);
    }

    fn failed(&mut self, seat: Seat, cause: Cause, bytes_accepted: Option<u64>) {
        self.trouble(seat, Some(cause));
        self.breaker(seat, BreakerEvent::Failure);
        self.go(seat, Step::Settle(JobEvent::Broke { cause, bytes_accepted }), 0);
    }

    pub(super) fn trouble(&mut self, seat: Seat, cause: Option<Cause>) {
        let now = self.now;
        let facts = self.facts_mut(seat);
        facts.trouble = cause;
        facts.since = cause.map(|_| facts.since.unwrap_or(now));
    }

    /// The attempt is over; the next look comes in `ms` milliseconds.
    fn finish(&mut self, seat: Seat, ms: i64) {
        self.give_worker_back(seat);
        self.facts_mut(seat).printing = false;
        let now = self.now;
        let lane = self.lane_mut(seat);
        (lane.heard_at, lane.used_at) = (now, now);
        self.go(seat, Step::Look, ms);
    }
}
