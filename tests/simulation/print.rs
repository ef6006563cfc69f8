//! One attempt at one job, step by step as `queue::print`, `deliver` and `settle` go.
//!
//! Between two steps anything else may happen, the core's end included.

use super::bug::Bug;
use super::desk::Written;
use super::device::{Handed, Item, Word};
use super::lane::{Heard, Step, Voice};
use super::run::{Seat, Sim};
use fastops_domain::breaker::{BreakerEvent, OPEN_MS};
use fastops_domain::job::{Cause, JobEvent};
use fastops_store::{StoreError, Tx};

/// Pauses of the queue, in milliseconds: before a step that could not be written, and a question to a printer
/// that holds a ticket.
const WRITE_AGAIN: i64 = 500;
const WATCH: i64 = 1_000;
/// How long a proof may take.
const PROOF: i64 = 6_000;

impl Sim {
    pub(super) fn open(&mut self, seat: Seat) {
        if let Some(outlet) = self.devices[seat.printer].outlet {
            self.open_outlet(seat, outlet);
            return;
        }
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
        if self.is_slip_due(seat, i64::MAX) {
            self.go(seat, Step::Gather, 0);
            return;
        }
        self.ready(seat);
    }

    /// It can take the job.
    pub(super) fn ready(&mut self, seat: Seat) {
        self.lane_mut(seat).began_at = self.now;
        if self.bug == Bug::SentBeforeDisk {
            self.send(seat);
            let lane = self.lane_mut(seat);
            lane.sent_early = Some(lane.step);
        }
        let ms = self.dice.i64(0..10);
        let step = if self.lane(seat).batch.is_chosen() { Step::BeginMany } else { Step::Begin };
        self.go(seat, step, ms);
    }

    pub(super) async fn begin(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
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

    pub(super) fn send(&mut self, seat: Seat) {
        self.lane_mut(seat).tried.unsure = false;
        let sheet = self.sheet(seat);
        if let Some(outlet) = self.devices[seat.printer].outlet {
            self.hand_over(seat, outlet, sheet);
            return;
        }
        if self.is_unprintable(seat) {
            self.go(seat, Step::Settle(JobEvent::Hopeless(Cause::CannotEncode)), 0);
            return;
        }
        self.check_sense(seat);
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

    pub(super) fn heard(&mut self, seat: Seat, heard: Heard) {
        match heard {
            Heard::Broke { cause, accepted } => {
                self.lane_mut(seat).accepted = i64::try_from(accepted).ok();
                self.broke(seat, cause, Some(accepted));
            }
            Heard::Whole => {
                self.lane_mut(seat).accepted = Some(600);
                self.conclude(seat, JobEvent::Accepted);
            }
        }
    }

    /// The bytes are on disk as sent: asks for the proof, where there is one.
    pub(super) fn ask_for_proof(&mut self, seat: Seat) {
        if self.bug == Bug::BelievedTooSoon {
            self.conclude(seat, JobEvent::Proved);
            return;
        }
        if let Some(outlet) = self.devices[seat.printer].outlet {
            self.taken_by(seat, outlet);
            return;
        }
        if !self.plan.proves[seat.printer] || self.lane(seat).gave_up {
            self.conclude(seat, JobEvent::NoProof);
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

    pub(super) fn prove(&mut self, seat: Seat) {
        let (lane, device) = (self.lane(seat), &self.devices[seat.printer]);
        if lane.proved {
            self.conclude(seat, JobEvent::Proved);
            return;
        }
        if lane.link.is_none() || device.link != lane.link {
            self.broke(seat, Cause::LinkLost, None);
            return;
        }
        let (overdue, answers, unproved) =
            (self.now.0 >= lane.deadline.0, lane.tried.answers, lane.tried.unproved_before);
        match device.status().obstruction() {
            Some(_) if lane.batch.runs => self.batch_waits(seat),
            Some(cause) => {
                self.give_worker_back(seat);
                self.trouble(seat, Some(cause));
                let station = self.lane(seat).row().work.station();
                if station.is_some_and(|station| self.elsewhere(seat, station, false).is_some()) {
                    self.give_up(seat, cause);
                    return;
                }
                let deadline = self.now.plus_ms(PROOF);
                self.lane_mut(seat).deadline = deadline;
                self.later(seat, WATCH);
            }
            None if overdue && unproved && answers => {
                self.lane_mut(seat).gave_up = true;
                self.conclude(seat, JobEvent::NoProof);
            }
            None if overdue => self.give_up(seat, Cause::NoProof),
            None => self.later(seat, WATCH),
        }
    }

    /// What happened to the job in a lane's hands is to be written: at once, or with the rest of its batch.
    fn conclude(&mut self, seat: Seat, event: JobEvent) {
        if self.lane(seat).batch.runs {
            self.concluded(seat, event);
        } else {
            self.go(seat, Step::Settle(event), 0);
        }
    }

    pub(super) async fn settle(
        &mut self,
        tx: &mut Tx,
        seat: Seat,
        event: JobEvent,
    ) -> Result<(), StoreError> {
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
            JobEvent::Obstructed(_) | JobEvent::Hopeless(_) => self.finish(seat, 0),
            _ => {
                if self.lane(seat).late.is_none() {
                    self.close(seat);
                }
                self.finish(seat, 0);
            }
        }
        Ok(())
    }

    pub(super) fn obstructed(&mut self, seat: Seat, cause: Cause) {
        self.trouble(seat, Some(cause));
        self.go(seat, Step::Settle(JobEvent::Obstructed(cause)), 0);
    }

    pub(super) fn broke(&mut self, seat: Seat, cause: Cause, bytes_accepted: Option<u64>) {
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
        self.conclude(seat, JobEvent::Broke { cause, bytes_accepted });
    }
}
