//! The printer itself, in virtual time: a receive buffer, a mechanism that moves paper at a known speed, and
//! the firmware's answers. No clock, no socket: `at` is the time since the machine was made and comes in as
//! an argument, so a test drives hours of printing in microseconds.
//!
//! ```text
//! receive ─ real-time bytes obeyed at once ─> buffer ─ parser ─ typesetter ─> steps ─> paper ─ cut ─> Slip
//!                                            └ waits while paper moves and while off line
//! ```

mod condition;
mod execute;
mod intake;
mod model;
mod roll;
mod status;
mod typesetter;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

pub use condition::{Condition, Conditions};
pub use model::{Answers, Model, ProcessIdSupport, Speed};
pub(crate) use roll::block_dots;
pub(crate) use typesetter::IDEOGRAPH;

use crate::paper::{Block, DOTS_PER_MM, Raster, Slip};
use crate::parser::{DrawerPin, Parser, RealTime, RealTimeScanner};
use roll::Roll;
use typesetter::Typesetter;

/// Something that happened inside, for whoever watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MachineEvent {
    /// The first byte of a ticket arrived: the first one after a cut or a new connection that is not a
    /// question.
    JobStarted {
        at: Duration,
    },
    SlipCut {
        at: Duration,
        slip: Slip,
    },
    DrawerOpened {
        at: Duration,
        pin: DrawerPin,
        on_ms: u16,
    },
    ConditionsChanged(Conditions),
    /// The machine wants its connection reset.
    LinkReset,
}

/// A thing that the mechanism does next.
#[derive(Debug, Clone)]
enum Step {
    Print(Block),
    Cut { full: bool },
}

#[derive(Debug, Clone)]
struct Motion {
    until: Duration,
    takes: Duration,
    step: Step,
}

/// A roll that ends soon, however soon.
const ENDING_ROLL: Condition = Condition::PaperRunsOut { after_mm: 0 };

/// What `bytes` look like on paper: prints them in no time on a printer of this model. Paper that was not cut
/// comes last, torn off.
pub fn print_at_once(model: Model, bytes: &[u8]) -> Vec<Slip> {
    let at = Duration::ZERO;
    let mut machine = Machine::new(Model { speed: Speed::Instant, ..model });
    machine.receive(at, bytes);
    if machine.uncut().iter().any(|block| !matches!(block, Block::Feed(_))) {
        machine.tear_off(at);
    }
    let events = machine.take_events().into_iter();
    events
        .filter_map(|event| match event {
            MachineEvent::SlipCut { slip, .. } => Some(slip),
            _ => None,
        })
        .collect()
}

/// A printer without a connection.
#[derive(Debug, Clone)]
pub struct Machine {
    model: Model,
    conditions: Conditions,
    /// Up to when the mechanism has worked.
    clock: Duration,
    /// For how long of that it moved.
    moved: Duration,
    scanner: RealTimeScanner,
    /// Follows the arriving stream, to tell real-time commands between commands from bytes of data.
    framing: Parser,
    /// How many bytes of the command in `framing` are in the buffer already.
    framed_bytes: usize,
    command_began_at: Duration,
    between_jobs: bool,
    buffer: VecDeque<u8>,
    parser: Parser,
    typesetter: Typesetter,
    stored_picture: Option<Raster>,
    /// In the memory that outlives the power.
    kept_pictures: BTreeMap<[u8; 2], Raster>,
    stored_qr: Vec<u8>,
    steps: VecDeque<Step>,
    motion: Option<Motion>,
    roll: Roll,
    auto_status: u8,
    drawer_by_real_time: bool,
    power_off_by_real_time: bool,
    answers: Vec<u8>,
    /// Answers that [`Condition::HoldsProof`] or [`Condition::HoldsProcessId`] keeps back.
    held_answers: Vec<u8>,
    garble_count: u8,
    drip_ready_at: Duration,
    paper_left_dots: u32,
    events: Vec<MachineEvent>,
}

impl Machine {
    pub fn new(model: Model) -> Self {
        let typesetter = Typesetter::new(model.width_dots(), model.starts_in_chinese);
        let roll = Roll::new(model.columns, model.head_to_cutter_mm * DOTS_PER_MM);
        Self {
            model,
            conditions: Conditions::default(),
            clock: Duration::ZERO,
            moved: Duration::ZERO,
            scanner: RealTimeScanner::default(),
            framing: Parser::new(),
            framed_bytes: 0,
            command_began_at: Duration::ZERO,
            between_jobs: true,
            buffer: VecDeque::new(),
            parser: Parser::new(),
            typesetter,
            stored_picture: None,
            kept_pictures: BTreeMap::new(),
            stored_qr: Vec::new(),
            steps: VecDeque::new(),
            motion: None,
            roll,
            auto_status: 0,
            drawer_by_real_time: true,
            power_off_by_real_time: false,
            answers: Vec::new(),
            held_answers: Vec::new(),
            garble_count: 0,
            drip_ready_at: Duration::ZERO,
            paper_left_dots: 0,
            events: Vec::new(),
        }
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The worst of what is wrong with it.
    pub fn condition(&self) -> Condition {
        self.conditions.worst()
    }

    /// All that is wrong with it.
    pub fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// Bytes that wait in the receive buffer.
    pub fn buffered(&self) -> usize {
        self.buffer.len()
    }

    /// True when paper is moving or something waits to be printed and can be.
    pub fn is_busy(&self) -> bool {
        self.motion.is_some()
            || (self.conditions.prints() && !(self.steps.is_empty() && self.buffer.is_empty()))
    }

    /// For how long paper and cutter have moved, finished movements alone.
    pub fn moved(&self) -> Duration {
        self.moved
    }

    /// What is printed since the last cut.
    pub fn uncut(&self) -> &[Block] {
        self.roll.blocks()
    }

    fn obey(&mut self, at: Duration, command: RealTime) {
        match command {
            RealTime::Status(n) => {
                if self.model.answers.real_time[usize::from(n - 1)] {
                    self.answer(&[status::real_time(n, &self.conditions)]);
                }
            }
            RealTime::Recover(n) => {
                if n == 2 && self.conditions.has(Condition::CutterJam) {
                    self.clear_buffers();
                }
            }
            RealTime::DrawerPulse { pin, on_ms } if self.drawer_by_real_time => {
                self.kick_drawer(at, pin, on_ms);
            }
            RealTime::PowerOff if self.power_off_by_real_time => self.add(at, Condition::PoweredOff),
            RealTime::DrawerPulse { .. } | RealTime::PowerOff => {}
            RealTime::ClearBuffers => self.clear_buffers(),
        }
    }

    fn clear_buffers(&mut self) {
        self.buffer.clear();
        self.parser.clear();
        self.typesetter.initialize();
        self.steps.clear();
    }

    fn kick_drawer(&mut self, at: Duration, pin: DrawerPin, on_ms: u16) {
        self.roll.drawer_kicks += 1;
        self.events.push(MachineEvent::DrawerOpened { at, pin, on_ms });
    }

    /// Lets the mechanism work until `at`.
    pub fn advance(&mut self, at: Duration) {
        loop {
            if let Some(motion) = self.motion.take_if(|motion| motion.until <= at) {
                self.clock = motion.until;
                self.moved += motion.takes;
                self.land(motion.step);
            }
            if self.motion.is_some() {
                return;
            }
            if !self.conditions.prints() {
                break;
            }
            if let Some(step) = self.steps.pop_front() {
                let takes = self.duration(&step);
                self.motion = Some(Motion { until: self.clock + takes, takes, step });
            } else if let Some(byte) = self.buffer.pop_front() {
                self.consume(byte);
            } else {
                break;
            }
        }
        self.clock = self.clock.max(at);
    }

    /// When [`Machine::advance`] or [`Machine::room`] would next give something new; `None` when only the
    /// outside can change anything.
    pub fn next_event(&self) -> Option<Duration> {
        let drip = self.conditions.drip().map(|_| self.drip_ready_at);
        let drip = drip.filter(|ready| *ready > self.clock);
        match (self.motion.as_ref().map(|motion| motion.until), drip) {
            (Some(motion), Some(drip)) => Some(motion.min(drip)),
            (motion, drip) => motion.or(drip),
        }
    }

    fn duration(&self, step: &Step) -> Duration {
        match step {
            Step::Print(block) => {
                self.model.travel_time(block_dots(block), self.conditions.has(Condition::Slow))
            }
            Step::Cut { .. } => self.model.cut_time(),
        }
    }

    fn land(&mut self, step: Step) {
        match step {
            Step::Print(block) => {
                let dots = block_dots(&block);
                self.roll.push(block);
                if self.conditions.has(ENDING_ROLL) {
                    self.paper_left_dots = self.paper_left_dots.saturating_sub(dots);
                    if self.paper_left_dots == 0 {
                        self.change(self.conditions.clone().without(ENDING_ROLL).with(Condition::PaperOut));
                    }
                }
            }
            Step::Cut { full } => {
                let slip = self.roll.cut(full);
                self.events.push(MachineEvent::SlipCut { at: self.clock, slip });
            }
        }
    }

    /// Puts the printer in this condition and no other. Going from [`Condition::PoweredOff`] to any other is
    /// switching it on.
    pub fn set(&mut self, at: Duration, condition: Condition) {
        self.put(at, condition, Conditions::from(condition));
    }

    /// Puts the printer in a condition besides those that it is in.
    pub fn add(&mut self, at: Duration, condition: Condition) {
        self.put(at, condition, self.conditions.clone().with(condition));
    }

    /// Ends a condition; the others stay.
    pub fn clear(&mut self, at: Duration, condition: Condition) {
        self.advance(at);
        self.change(self.conditions.clone().without(condition));
        self.advance(at);
    }

    fn put(&mut self, at: Duration, condition: Condition, conditions: Conditions) {
        self.advance(at);
        if condition == Condition::PoweredOff {
            self.lose_power();
        }
        if let Condition::PaperRunsOut { after_mm } = condition {
            self.paper_left_dots = after_mm * DOTS_PER_MM;
        }
        if let Condition::Drip { .. } = condition {
            self.drip_ready_at = at;
        }
        self.change(conditions);
        self.advance(at);
    }

    fn change(&mut self, conditions: Conditions) {
        let before = std::mem::replace(&mut self.conditions, conditions.clone());
        if before == conditions {
            return;
        }
        if self.auto_status & status::changed_groups(&before, &conditions) != 0 {
            self.answer(&status::automatic(&conditions));
        }
        if !self.holds_proofs() {
            let held = std::mem::take(&mut self.held_answers);
            self.answer(&held);
        }
        self.events.push(MachineEvent::ConditionsChanged(conditions));
    }

    fn holds_proofs(&self) -> bool {
        self.conditions.has(Condition::HoldsProof) || self.conditions.has(Condition::HoldsProcessId)
    }

    /// Everything in memory is gone; what is on paper stays on paper.
    fn lose_power(&mut self) {
        self.clear_buffers();
        self.scanner.clear();
        self.framing.clear();
        self.framed_bytes = 0;
        self.stored_picture = None;
        self.stored_qr.clear();
        self.motion = None;
        self.auto_status = 0;
        self.answers.clear();
        self.held_answers.clear();
        self.between_jobs = true;
    }

    /// A person feeds what is printed past the knife with the feed button and tears it off.
    pub fn tear_off(&mut self, at: Duration) {
        self.advance(at);
        self.roll.push(Block::Feed(self.model.head_to_cutter_mm * DOTS_PER_MM));
        let slip = self.roll.cut(false);
        self.events.push(MachineEvent::SlipCut { at, slip });
    }

    fn answer(&mut self, bytes: &[u8]) {
        if self.conditions.has(Condition::BlackHole) || self.conditions.is_dead() {
            return;
        }
        if !self.conditions.has(Condition::GarbledStatus) {
            return self.answers.extend_from_slice(bytes);
        }
        for byte in bytes {
            self.garble_count = self.garble_count.wrapping_add(37);
            self.answers.push(byte ^ 0x93 ^ self.garble_count);
        }
    }

    /// The bytes that the printer has to say since the last call.
    pub fn take_answers(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.answers)
    }

    pub fn has_answers(&self) -> bool {
        !self.answers.is_empty()
    }

    pub fn take_events(&mut self) -> Vec<MachineEvent> {
        std::mem::take(&mut self.events)
    }
}
