//! One run: a clock of its own, and whatever happens, one step after another in the order of that clock.

use super::bug::Bug;
use super::counts::Counts;
use super::desk::{LEASE, start};
use super::device::{Device, Item, Link, Sheet};
use super::lane::{Lane, Step};
use super::oracle::Oracle;
use super::owners::Standing;
use super::plan::{FAULTS_END, Happening, Plan};
use super::shop::Base;
use super::words::{Told, Words};
use fastops_domain::breaker::{Breaker, BreakerEvent};
use fastops_domain::ids::{CoreId, JobId, PrinterId, StationId, TicketId};
use fastops_domain::job::Cause;
use fastops_domain::time::Time;
use fastops_store::{StoreError, Tx};
use fastrand::Rng;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;
use uuid::Uuid;

/// How long after the last fault everything has to have come to its end, in milliseconds.
const QUIET_WITHIN: i64 = 15 * 60_000;
/// The faults of a run are over before its steps are this many, or it goes round in a circle.
const MOST_STEPS: usize = 200_000;

/// A lane: a core's work with one printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) core: usize,
    pub(super) printer: usize,
}

/// What a core knows of a printer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    pub(super) trouble: Option<Cause>,
    pub(super) since: Option<Time>,
    pub(super) breaker: Breaker,
    pub(super) printing: bool,
}

#[derive(Debug)]
pub(super) struct Core {
    /// Which life of this computer's program it is; none while it does not run.
    pub(super) life: Option<u64>,
    lives: u64,
    pub(super) asleep_until: Time,
    pub(super) workers: usize,
    pub(super) turbo: bool,
    pub(super) facts: Vec<Facts>,
    pub(super) waiting: Vec<i64>,
    counted_at: u64,
    /// Which printers it may drive, and when it last gave a sign of life for them.
    pub(super) seats: Vec<Standing>,
    pub(super) signed_at: Time,
    pub(super) lanes: Vec<Lane>,
}

impl Core {
    /// How often its program was started.
    pub(super) const fn lives(&self) -> u64 {
        self.lives
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    Lane { seat: Seat, turn: u32 },
    Beat { core: usize, life: u64 },
    Care { core: usize, life: u64 },
    Paper { printer: usize, turn: u32 },
    Happening(Happening),
}

#[derive(Debug)]
pub(super) struct Sim {
    pub(super) base: Arc<Base>,
    pub(super) plan: Plan,
    pub(super) bug: Bug,
    pub(super) dice: Rng,
    pub(super) now: Time,
    pub(super) faults_end: Time,
    /// When the database's leases were last made shorter.
    pub(super) shortened_at: Time,
    pub(super) cores: Vec<Core>,
    pub(super) devices: Vec<Device>,
    pub(super) oracle: Oracle,
    /// Counts the changes of the print jobs: what was read of the same version is not read again.
    pub(super) version: u64,
    pub(super) serial: u64,
    agenda: BinaryHeap<Reverse<(i64, u64)>>,
    events: BTreeMap<u64, Event>,
    trace: Option<Vec<String>>,
    papers: usize,
    pub(super) counts: Counts,
    pub(super) revisions: Vec<u32>,
    /// The tickets of the run, those with other words than before it, and the next line that is added to one.
    pub(super) told: BTreeMap<TicketId, Told>,
    pub(super) rewritten: BTreeSet<TicketId>,
    pub(super) next_line: u32,
    pub(super) slip_words: BTreeMap<JobId, (Words, u64)>,
    /// Since when a person has each printer out of use.
    pub(super) out_since: Vec<Option<Time>>,
    pub(super) unprintable: u32,
}

/// What came of a run.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) wrong: Option<String>,
    pub(super) trace: Vec<String>,
    pub(super) jobs: usize,
    pub(super) papers: usize,
    pub(super) repeats: usize,
    pub(super) counts: Counts,
    pub(super) steps: usize,
}

impl Sim {
    pub(super) fn new(base: Arc<Base>, seed: u64, bug: Bug, traced: bool) -> Self {
        let mut dice = Rng::with_seed(seed);
        let plan = Plan::draw(&mut dice);
        let core = |_| Core {
            life: None,
            lives: 0,
            asleep_until: start(),
            workers: 0,
            turbo: false,
            facts: Vec::new(),
            waiting: Vec::new(),
            counted_at: u64::MAX,
            seats: Vec::new(),
            signed_at: start(),
            lanes: Vec::new(),
        };
        let mut sim = Self {
            now: start(),
            faults_end: start().plus_ms(FAULTS_END),
            shortened_at: start(),
            cores: (0..plan.cores).map(core).collect(),
            devices: devices(&plan),
            oracle: Oracle { outlet: plan.outlet.map(|_| base.printers[plan.printers]), ..Oracle::default() },
            version: 0,
            serial: 0,
            agenda: BinaryHeap::new(),
            events: BTreeMap::new(),
            trace: traced.then(Vec::new),
            papers: 0,
            counts: Counts::default(),
            revisions: vec![0; super::plan::ORDERS],
            told: BTreeMap::new(),
            rewritten: BTreeSet::new(),
            next_line: base.lines(),
            slip_words: BTreeMap::new(),
            out_since: vec![None; super::plan::DEVICES],
            unprintable: plan.unprintable,
            base,
            plan,
            bug,
            dice,
        };
        for core in 0..sim.cores.len() {
            sim.at(0, Event::Happening(Happening::Start { core }));
        }
        for (at, happening) in sim.plan.happenings.clone() {
            sim.at(at, Event::Happening(happening));
        }
        sim
    }

    /// Lets everything happen that the seed has in store.
    pub(super) async fn run(mut self, tx: &mut Tx) -> Result<Outcome, StoreError> {
        let last = self.faults_end.plus_ms(QUIET_WITHIN);
        let mut steps = 0;
        while let Some(event) = self.next_event() {
            steps += 1;
            self.step(tx, event).await?;
            if self.oracle.wrong.is_some() {
                break;
            }
            let over = self.now.0 > self.faults_end.0;
            if over && self.oracle.jobs.values().all(|known| known.row.progress.state.is_final()) {
                break;
            }
            if self.now.0 > last.0 || steps > MOST_STEPS {
                break;
            }
        }
        self.let_papers_out();
        self.oracle.end();
        self.compare(tx).await?;
        self.restore_words(tx).await?;
        Ok(Outcome {
            repeats: self.oracle.repeats(),
            counts: self.counts,
            wrong: self.oracle.wrong,
            trace: self.trace.unwrap_or_default(),
            jobs: self.oracle.jobs.len(),
            papers: self.papers,
            steps,
        })
    }

    /// Has something happen in `ms` milliseconds.
    pub(super) fn at(&mut self, ms: i64, event: Event) {
        let serial = self.next_serial();
        self.agenda.push(Reverse((self.now.plus_ms(ms).0, serial)));
        self.events.insert(serial, event);
    }

    pub(super) fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    fn next_event(&mut self) -> Option<Event> {
        let Reverse((at, serial)) = self.agenda.pop()?;
        self.now = Time(at.max(self.now.0));
        self.events.remove(&serial)
    }

    async fn step(&mut self, tx: &mut Tx, event: Event) -> Result<(), StoreError> {
        if let Some(core) = Self::whose(event)
            && self.cores[core].asleep_until.0 > self.now.0
        {
            let sleeps = self.cores[core].asleep_until.since_ms(self.now);
            self.at(sleeps, event);
            return Ok(());
        }
        match event {
            Event::Lane { seat, turn } => {
                let runs = self.cores[seat.core].life.is_some();
                if runs && self.lane(seat).turn == turn {
                    self.lane_step(tx, seat).await?;
                }
            }
            Event::Beat { core, life } => {
                if self.cores[core].life == Some(life) {
                    self.take_over(tx, core, None).await?;
                    let beat = i64::try_from(LEASE.beat_ms).unwrap();
                    self.at(beat, event);
                }
            }
            Event::Care { core, life } => {
                if self.cores[core].life == Some(life) {
                    self.care(tx, core).await?;
                    self.at(1_000, event);
                }
            }
            Event::Paper { printer, turn } => {
                if self.devices[printer].turn == turn {
                    self.paper_moved(tx, printer).await?;
                }
            }
            Event::Happening(happening) => self.happen(tx, happening).await?,
        }
        Ok(())
    }

    /// The core that has to be awake for it.
    const fn whose(event: Event) -> Option<usize> {
        match event {
            Event::Lane { seat, .. } => Some(seat.core),
            Event::Beat { core, .. } | Event::Care { core, .. } => Some(core),
            Event::Paper { .. } | Event::Happening(_) => None,
        }
    }

    async fn happen(&mut self, tx: &mut Tx, happening: Happening) -> Result<(), StoreError> {
        self.say(|| format!("{happening:?}"));
        match happening {
            Happening::Condition { printer, to } => {
                let torn = self.devices[printer].turn_to(to);
                if let Some(sheet) = torn.filter(|_| self.dice.bool()) {
                    self.paper(printer, sheet);
                }
                self.move_paper(printer);
            }
            Happening::Crash { core } => self.crash(core),
            Happening::Start { core } => self.start(tx, core).await?,
            Happening::Sleep { core, ms } => {
                self.cores[core].asleep_until = self.now.plus_ms(ms);
            }
            Happening::Breaker { printer, open } => self.set_breaker(printer, open),
            Happening::Workers { core, count } => self.cores[core].workers = count,
            Happening::Turbo { core, on } => self.cores[core].turbo = on,
            Happening::Order { .. }
            | Happening::Change { .. }
            | Happening::Cancel { .. }
            | Happening::Reprint { .. }
            | Happening::Void { .. }
            | Happening::Hurry { .. }
            | Happening::Decide { .. }
            | Happening::Paper { .. }
            | Happening::Answer { .. } => self.serve(tx, happening).await?,
        }
        Ok(())
    }

    fn crash(&mut self, core: usize) {
        if self.cores[core].life.take().is_none() {
            return;
        }
        for printer in 0..self.devices.len() {
            let seat = Seat { core, printer };
            let handing = matches!(self.lane(seat).step, Step::Heard(_)).then(|| self.lane(seat).row().id);
            let device = &mut self.devices[printer];
            if device.link.is_some_and(|link| link.core == core) {
                device.link = None;
            }
            if let Some(job) = handing.filter(|_| self.dice.bool()) {
                self.devices[printer].tear_last(job);
            }
        }
    }

    async fn start(&mut self, tx: &mut Tx, core: usize) -> Result<(), StoreError> {
        let printers = self.devices.len();
        let own = &mut self.cores[core];
        if own.life.is_some() {
            return Ok(());
        }
        let before = own.lives;
        own.lives += 1;
        let life = own.lives;
        own.life = Some(life);
        own.asleep_until = self.now;
        own.workers = self.plan.workers;
        own.turbo = false;
        own.facts = vec![Facts::default(); printers];
        own.waiting = vec![0; printers];
        own.seats = vec![Standing::Elsewhere; printers];
        own.counted_at = u64::MAX;
        own.lanes = (0..printers).map(|_| Lane::new(self.now)).collect();
        self.learn_what_is_out(core);
        let before = (before > 0).then(|| core_id(core, before));
        self.take_over(tx, core, before).await?;
        for printer in 0..printers {
            let seat = Seat { core, printer };
            self.lane_mut(seat).turn = u32::try_from(life).unwrap() * 1_000_000;
            self.later(seat, 0);
        }
        let beat = i64::try_from(LEASE.beat_ms).unwrap();
        self.at(beat, Event::Beat { core, life });
        self.at(1_000, Event::Care { core, life });
        Ok(())
    }

    /// One look at the load, as `care` does it.
    async fn care(&mut self, tx: &mut Tx, core: usize) -> Result<(), StoreError> {
        if self.cores[core].counted_at == self.version && self.cores[core].waiting.iter().all(|n| *n == 0) {
            return Ok(());
        }
        self.cores[core].counted_at = self.version;
        let counts = fastops_store::job::waiting_counts(tx, self.base.branch).await?;
        let mut waiting = vec![0; self.devices.len()];
        for count in &counts {
            waiting[self.printer_at(count.printer)] += count.count;
        }
        self.cores[core].waiting = waiting;
        for count in counts {
            let oldest_ms = self.now.since_ms(count.oldest_created_at);
            let from = self.printer_at(count.printer);
            let Some(station) = count.station else { continue };
            if !self.is_mine(Seat { core, printer: from }) {
                continue;
            }
            if let Some(to) = self.relief(core, station, from, oldest_ms) {
                self.move_jobs(tx, core, station, (from, to), true).await?;
            }
        }
        Ok(())
    }

    /// Plans the next move of a printer's paper.
    pub(super) fn move_paper(&mut self, printer: usize) {
        let device = &mut self.devices[printer];
        if let Some(ms) = device.next_move(&mut self.dice) {
            let turn = device.turn;
            self.at(ms, Event::Paper { printer, turn });
        }
    }

    async fn paper_moved(&mut self, tx: &mut Tx, printer: usize) -> Result<(), StoreError> {
        let device = &mut self.devices[printer];
        device.moving = false;
        match device.items.pop_front() {
            Some(Item::Sheet(sheet)) if device.outlet.is_some() => {
                self.painted(printer, sheet);
            }
            Some(Item::Sheet(sheet)) => self.paper(printer, sheet),
            Some(Item::Fence(link)) if device.answers(link) => self.prove_link(tx, printer, link).await?,
            Some(Item::Fence(_)) | None => {}
        }
        self.move_paper(printer);
        Ok(())
    }

    pub(super) fn paper(&mut self, printer: usize, sheet: Sheet) {
        self.papers += 1;
        self.say(|| format!("paper of printer {printer}: {sheet:?}"));
        self.oracle.paper(sheet);
    }

    /// A printer answers a fence: the lane that waits for it goes on, and one that gave its job up takes note.
    async fn prove_link(&mut self, tx: &mut Tx, printer: usize, link: Link) -> Result<(), StoreError> {
        let seat = Seat { core: link.core, printer };
        let lane = self.lane_mut(seat);
        if lane.link != Some(link) {
            return Ok(());
        }
        if lane.step == Step::Prove {
            lane.proved = true;
            self.later(seat, 0);
        } else if let Some(job) = lane.late.take() {
            self.prove_late(tx, seat, job).await?;
        }
        Ok(())
    }

    /// What printers still hold when everything is settled comes out as well.
    fn let_papers_out(&mut self) {
        for printer in 0..self.devices.len() {
            for item in std::mem::take(&mut self.devices[printer].items) {
                if let Item::Sheet(sheet) = item {
                    self.paper(printer, sheet);
                }
            }
        }
    }

    pub(super) fn breaker(&mut self, seat: Seat, event: BreakerEvent) {
        let now = self.now;
        let facts = self.facts_mut(seat);
        facts.breaker = facts.breaker.next(event, now);
    }

    pub(super) fn say(&mut self, what: impl FnOnce() -> String) {
        let at = self.now.since_ms(start());
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{at:>7} {}", what()));
        }
    }

    pub(super) fn lane(&self, seat: Seat) -> &Lane {
        &self.cores[seat.core].lanes[seat.printer]
    }

    pub(super) fn lane_mut(&mut self, seat: Seat) -> &mut Lane {
        &mut self.cores[seat.core].lanes[seat.printer]
    }

    pub(super) fn facts(&self, seat: Seat) -> Facts {
        self.cores[seat.core].facts[seat.printer]
    }

    pub(super) fn facts_mut(&mut self, seat: Seat) -> &mut Facts {
        &mut self.cores[seat.core].facts[seat.printer]
    }

    pub(super) fn core_id(&self, core: usize) -> CoreId {
        core_id(core, self.cores[core].lives)
    }

    pub(super) fn is_alive(&self, id: CoreId) -> bool {
        (0..self.cores.len()).any(|core| self.cores[core].life.is_some() && self.core_id(core) == id)
    }

    pub(super) fn printer_id(&self, printer: usize) -> PrinterId {
        self.base.printers[printer]
    }

    pub(super) fn printer_at(&self, id: PrinterId) -> usize {
        self.base.printers.iter().position(|printer| *printer == id).unwrap()
    }

    pub(super) fn station_at(&self, id: StationId) -> usize {
        self.base.stations.iter().position(|station| *station == id).unwrap()
    }

    pub(super) fn new_job(&mut self) -> JobId {
        JobId(Uuid::from_u128(self.dice.u128(..)))
    }
}

fn devices(plan: &Plan) -> Vec<Device> {
    let printers = (0..plan.printers).map(|_| None);
    printers.chain(plan.outlet.map(Some)).map(Device::new).collect()
}

pub(super) fn core_id(core: usize, life: u64) -> CoreId {
    CoreId(Uuid::from_u128((core as u128) << 64 | u128::from(life) | 1 << 100))
}
