//! Every way in which cores, their leases and a ticket can meet, one by one (R12).
//!
//! Two or three cores, one ticket, the database's clock; a core may end at any step, for good or to start
//! again, and may sleep for any time. What a step does to the ticket is the domain's own rule; what the
//! store's guards let through is written out here. Awake cores do what they can before time goes on.

use Doing::{Broken, Gone, Handed, Idle, Read, Sent, Writing};
use fastops_domain::job::{Cause, JobEvent, JobKind, JobProgress, JobState, next, taken_over};
use fastops_domain::retry::RetryPolicy;
use fastops_domain::time::Time;
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::collections::BTreeSet;

const RETRY: RetryPolicy = RetryPolicy { quick_attempts: 3, pause_ms: 0, blocked_pause_ms: 0 };
/// A lease in ticks of the database's clock. A core that is awake gives a sign of life at each tick.
const LEASE: u8 = 2;
/// Ticks of a run, and how many are left when nothing more goes wrong.
const TIME: u8 = 8;
const CALM: u8 = LEASE + 2;

/// What keeps tickets whole; without one of them the checker has to find what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// A step about a ticket that is with a printer is its holder's alone.
    Token,
    /// A lease has to end before others take a ticket over.
    Lease,
    /// A ticket whose fate is unknown is marked.
    Mark,
    /// A step counts only for a ticket whose mark is as it was read.
    Seen,
    /// A core takes over what others leave.
    Takeover,
}

/// Which rule does not hold.
#[derive(Clone, Copy, Debug)]
struct Without(Option<Rule>);

impl Without {
    fn keeps(self, rule: Rule) -> bool {
        self.0 != Some(rule)
    }
}

#[derive(Debug)]
struct House {
    cores: usize,
    /// How often a core ends, sleeps, or loses its connection in the middle of a ticket.
    mishaps: u8,
    without: Without,
}

/// What the rules need of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Job {
    state: JobState,
    attempts: u32,
    marked: bool,
}

impl Job {
    fn after(self, step: impl FnOnce(JobProgress) -> JobProgress) -> Self {
        let progress = JobProgress {
            attempts: self.attempts,
            possible_duplicate: self.marked,
            ..JobProgress::new(Time(0))
        };
        let to = step(JobProgress { state: self.state, ..progress });
        Self { state: to.state, attempts: to.attempts, marked: to.possible_duplicate }
    }

    fn on(self, event: JobEvent) -> Self {
        self.after(|job| next(JobKind::Kitchen, job, event, Time(0), &RETRY).unwrap())
    }

    const fn is_in_flight(self) -> bool {
        matches!(self.state, JobState::Sending | JobState::Sent)
    }
}

/// Who a core is: a program that starts again is another.
type Name = (usize, u8);

/// How far a core is with the ticket, which it knows as it was when it last read or wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Doing {
    Idle,
    Read(Job),
    /// `sending` is on disk.
    Writing(Job),
    Handed(Job),
    Broken(Job),
    Sent(Job),
    /// The program has ended; whether it starts again.
    Gone {
        again: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Core {
    doing: Doing,
    life: u8,
    asleep: bool,
    /// It gave a sign of life since the last tick.
    beaten: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    job: Job,
    holder: Option<Name>,
    /// Ticks until the holder's lease ends.
    lease: u8,
    cores: Vec<Core>,
    unmarked: u8,
    papers: u8,
    time: u8,
    mishaps: u8,
    /// Somebody wrote about the ticket while it was another's.
    foreign: bool,
    /// A ticket was taken from a core that is awake and gives signs of life.
    robbed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// The next step with the ticket.
    Work(usize),
    /// The connection breaks in the middle of it.
    Break(usize),
    Beat(usize),
    Crash {
        core: usize,
        again: bool,
    },
    Start(usize),
    Sleep(usize),
    Wake(usize),
    Tick,
}

impl Model for House {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let core = Core { doing: Idle, life: 0, asleep: false, beaten: true };
        vec![State {
            job: Job { state: JobState::Queued, attempts: 0, marked: false },
            holder: None,
            lease: 0,
            cores: vec![core; self.cores],
            unmarked: 0,
            papers: 0,
            time: 0,
            mishaps: self.mishaps,
            foreign: false,
            robbed: false,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let mut prompt = true;
        let others = |core| state.cores.iter().enumerate().any(|(at, known)| at != core && known.runs());
        let may_go_wrong = state.mishaps > 0 && state.time + CALM < TIME;
        for (at, core) in state.cores.iter().enumerate() {
            if core.doing == (Gone { again: true }) {
                actions.push(Action::Start(at));
            } else if core.asleep {
                actions.push(Action::Wake(at));
            }
            if !core.runs() || core.asleep {
                continue;
            }
            let works = !matches!(core.doing, Idle) || state.job.state.is_waiting();
            if works {
                actions.push(Action::Work(at));
            }
            if !core.beaten {
                actions.push(Action::Beat(at));
            }
            prompt &= !works && core.beaten;
            if may_go_wrong {
                if matches!(core.doing, Writing(_)) {
                    actions.push(Action::Break(at));
                }
                actions.extend([Action::Crash { core: at, again: true }, Action::Sleep(at)]);
                if others(at) {
                    actions.push(Action::Crash { core: at, again: false });
                }
            }
        }
        if prompt && state.time < TIME {
            actions.push(Action::Tick);
        }
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let mut state = before.clone();
        match action {
            Action::Work(core) => state.work(core, self.without),
            Action::Break(core) => {
                let Writing(job) = state.cores[core].doing else { return None };
                state.paper(job, self.without);
                state.cores[core].doing = Broken(job);
            }
            Action::Beat(core) => state.beat(core, None, self.without),
            Action::Crash { core, again } => {
                state.cores[core] = Core { doing: Gone { again }, asleep: false, ..state.cores[core] };
            }
            Action::Start(core) => {
                let before = (core, state.cores[core].life);
                let life = before.1 + 1;
                state.cores[core] = Core { doing: Idle, life, asleep: false, beaten: true };
                state.beat(core, Some(before), self.without);
            }
            Action::Sleep(core) => state.cores[core].asleep = true,
            Action::Wake(core) => state.cores[core].asleep = false,
            Action::Tick => {
                state.time += 1;
                state.lease = state.lease.saturating_sub(1);
                for core in &mut state.cores {
                    core.beaten = false;
                }
            }
        }
        if matches!(action, Action::Break(_) | Action::Crash { .. } | Action::Sleep(_)) {
            state.mishaps -= 1;
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(UNMARKED, |_, state: &State| state.unmarked <= 1),
            Property::always(FOREIGN, |_, state: &State| !state.foreign),
            Property::always(ROBBED, |_, state: &State| !state.robbed),
            Property::always(PAPERLESS, |_, state: &State| {
                state.job.state != JobState::Printed || state.papers > 0
            }),
            Property::always(STUCK, |house: &Self, state: &State| {
                let mut actions = Vec::new();
                house.actions(state, &mut actions);
                !actions.is_empty() || state.job.state == JobState::Printed
            }),
            Property::sometimes(TWICE, |_, state: &State| {
                state.job.state == JobState::Printed && state.papers > 1
            }),
        ]
    }
}

const UNMARKED: &str = "never two papers without the mark";
const FOREIGN: &str = "never a step by a core that has not got the ticket";
const ROBBED: &str = "never a ticket taken from a core that gives signs of life";
const PAPERLESS: &str = "never printed without paper";
const STUCK: &str = "never stuck";
const TWICE: &str = "a ticket can come twice, so that the mark matters";

impl Core {
    const fn runs(&self) -> bool {
        !matches!(self.doing, Gone { .. })
    }
}

impl State {
    fn name(&self, core: usize) -> Name {
        (core, self.cores[core].life)
    }

    /// What the store's guarded step does: it happens when the job is as it was read and still the writer's.
    fn advance(&mut self, core: usize, from: Job, to: Job, without: Without) -> bool {
        let mine = self.holder == Some(self.name(core));
        let same =
            self.job.state == from.state && (!without.keeps(Rule::Seen) || self.job.marked == from.marked);
        if !same || (without.keeps(Rule::Token) && self.job.is_in_flight() && !mine) {
            return false;
        }
        self.foreign |= self.job.is_in_flight() && !mine;
        self.job = to;
        self.holder = to.is_in_flight().then(|| self.name(core));
        self.lease = if to.is_in_flight() { LEASE } else { 0 };
        true
    }

    fn paper(&mut self, job: Job, without: Without) {
        self.papers = (self.papers + 1).min(3);
        self.unmarked = (self.unmarked + u8::from(!(job.marked && without.keeps(Rule::Mark)))).min(2);
    }

    fn work(&mut self, core: usize, without: Without) {
        let doing = self.cores[core].doing;
        let (from, event) = match doing {
            Idle => {
                self.cores[core].doing = Read(self.job);
                return;
            }
            Writing(job) => {
                self.paper(job, without);
                self.cores[core].doing = Handed(job);
                return;
            }
            Read(job) => (job, JobEvent::Begin),
            Handed(job) => (job, JobEvent::Accepted),
            Sent(job) => (job, JobEvent::Proved),
            Broken(job) => (job, JobEvent::Broke { cause: Cause::PartialWrite, bytes_accepted: Some(1) }),
            Gone { .. } => return,
        };
        let to = from.on(event);
        self.cores[core].doing = match doing {
            _ if !self.advance(core, from, to, without) => Idle,
            Read(_) => Writing(to),
            Handed(_) => Sent(to),
            _ => Idle,
        };
    }

    /// A sign of life, and a look at what others left.
    fn beat(&mut self, core: usize, before: Option<Name>, without: Without) {
        self.cores[core].beaten = true;
        if !self.job.is_in_flight() {
            return;
        }
        if self.holder == Some(self.name(core)) {
            self.lease = LEASE;
            return;
        }
        let left = self.lease == 0 || self.holder == before || !without.keeps(Rule::Lease);
        if !left || !without.keeps(Rule::Takeover) {
            return;
        }
        let lives = self.holder.is_some_and(|(at, life)| {
            let held = self.cores[at];
            held.life == life && held.runs() && !held.asleep
        });
        self.robbed |= lives && self.lease > 0;
        self.job = self.job.after(|job| taken_over(JobKind::Kitchen, job, Time(0), &RETRY).unwrap());
        self.holder = None;
        self.lease = 0;
    }
}

/// Without one rule, what it is there for goes wrong.
fn goes_wrong(what: &'static str, rule: Rule) {
    let house = House { cores: 2, mishaps: 2, without: Without(Some(rule)) };
    let found = HasDiscoveries::AnyOf(BTreeSet::from([what]));
    let checked = house.checker().threads(2).finish_when(found).spawn_bfs().join();
    assert!(checked.discovery(what).is_some(), "{what}: nothing found in {} states", checked.state_count());
}

#[test]
fn no_way_leads_to_two_unmarked_papers_or_to_none() {
    for (cores, mishaps) in [(2, 3), (3, 2)] {
        let house = House { cores, mishaps, without: Without(None) };
        let checked = house.checker().threads(2).spawn_bfs().join();
        checked.assert_properties();
        assert!(checked.unique_state_count() > 1_000, "{}", checked.unique_state_count());
    }
}

#[test]
fn without_the_token_a_sleeper_writes_about_the_ticket_of_another() {
    goes_wrong(FOREIGN, Rule::Token);
}

#[test]
fn without_the_lease_a_living_core_is_robbed() {
    goes_wrong(ROBBED, Rule::Lease);
}

#[test]
fn without_the_mark_there_are_two_unmarked_papers() {
    goes_wrong(UNMARKED, Rule::Mark);
}

#[test]
fn without_a_look_at_the_ticket_as_it_was_read_the_mark_is_lost() {
    goes_wrong(UNMARKED, Rule::Seen);
}

#[test]
fn without_a_takeover_a_ticket_is_stuck() {
    goes_wrong(STUCK, Rule::Takeover);
}
