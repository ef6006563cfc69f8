//! What happens to a small restaurant in one run, drawn from the run's seed before it begins.

use super::device::Outlet;
use fastops_domain::catch_up::Policy;
use fastops_domain::ids::JobId;
use fastops_domain::job::{PaperKind, Priority};
use fastrand::Rng;

/// Faults end here, in milliseconds from the start; what is left then has to come to its end.
pub(super) const FAULTS_END: i64 = 60_000;
/// Most orders, and most revisions of one: so many tickets stand ready in the database.
pub(super) const ORDERS: usize = 6;
pub(super) const REVISIONS: u32 = 5;
pub(super) const STATIONS: usize = 2;
pub(super) const PRINTERS: usize = 3;
/// What a station's tickets may come out of: printers, and one that is none.
pub(super) const DEVICES: usize = PRINTERS + 1;

/// How a printer behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Ready,
    PaperOut,
    Jam,
    /// Takes the connection and nothing else; what the system took for it comes out later.
    Hang,
    /// Prints and says nothing.
    Mute,
    /// Says that it is well, takes every byte, and prints nothing.
    Lie,
    /// Prints, and proves it long after.
    Late,
    /// The next ticket's connection breaks somewhere in the middle.
    Cut,
    /// Not there; what it had not printed is gone.
    Off,
}

const FAULTS: [Condition; 8] = [
    Condition::PaperOut,
    Condition::Jam,
    Condition::Hang,
    Condition::Mute,
    Condition::Lie,
    Condition::Late,
    Condition::Cut,
    Condition::Off,
];

/// Something that happens at a moment of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Happening {
    Condition {
        printer: usize,
        to: Condition,
    },
    Crash {
        core: usize,
    },
    Start {
        core: usize,
    },
    /// The computer sleeps; its connections live on.
    Sleep {
        core: usize,
        ms: i64,
    },
    Order {
        order: usize,
        both: bool,
        priority: Priority,
    },
    /// One more revision of an order.
    Change {
        order: usize,
        both: bool,
    },
    /// Takes back what of an order still waits at a station.
    Cancel {
        order: usize,
    },
    Reprint {
        order: usize,
    },
    /// Takes a line of an order back.
    Void {
        order: usize,
    },
    Hurry {
        order: usize,
    },
    /// A person decides about a job that is stuck, about any of them when none is named.
    Decide {
        job: Option<JobId>,
    },
    /// A person takes a printer out of use, or puts it back.
    Breaker {
        printer: usize,
        open: bool,
    },
    Workers {
        core: usize,
        count: usize,
    },
    Turbo {
        core: usize,
        on: bool,
    },
    /// A paper that is no ticket.
    Paper {
        printer: usize,
        kind: PaperKind,
        order: usize,
    },
    /// A person is asked what became of a paper.
    Answer {
        job: JobId,
    },
}

/// One run's circumstances.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) cores: usize,
    pub(super) printers: usize,
    /// Which printers can prove.
    pub(super) proves: Vec<bool>,
    /// What stands behind the printers and is none; it comes after them.
    pub(super) outlet: Option<Outlet>,
    /// When what waits goes on one slip.
    pub(super) catch_up: Policy,
    /// Each printer is driven by one core, in the order that is written here for it; otherwise by whoever comes.
    pub(super) heirs: Option<Vec<Vec<usize>>>,
    /// For each station its targets, each with its tier.
    pub(super) chains: Vec<Vec<(usize, u32)>>,
    /// Tickets that go with one write in turbo.
    pub(super) batch: u32,
    /// Tickets that cannot be put into a printer's language when they are first tried.
    pub(super) unprintable: u32,
    /// Printers that one core keeps busy at once, until a person says otherwise.
    pub(super) workers: usize,
    /// How often in a thousand a step does not get to the disk, or gets there unheard.
    pub(super) away_per_mille: u32,
    pub(super) happenings: Vec<(i64, Happening)>,
}

impl Plan {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let cores = [1, 1, 1, 2, 2, 3][rng.usize(..6)];
        let printers = rng.usize(2..=PRINTERS);
        let mut happenings = Vec::new();
        // Sometimes all of them come at once.
        let within = [1_500, 20_000, 20_000][rng.usize(..3)];
        for order in 0..rng.usize(2..=ORDERS) {
            order_of(rng, (order, within), &mut happenings);
        }
        for _ in 0..rng.usize(..=4) {
            let (printer, at) = (rng.usize(..printers), rng.i64(0..30_000));
            happenings.push((at, Happening::Condition { printer, to: FAULTS[rng.usize(..FAULTS.len())] }));
            let again = (at + rng.i64(500..40_000)).min(FAULTS_END);
            happenings.push((again, Happening::Condition { printer, to: Condition::Ready }));
        }
        for _ in 0..rng.usize(..=2) {
            let (core, at) = (rng.usize(..cores), rng.i64(0..30_000));
            if rng.bool() {
                happenings.push((at, Happening::Crash { core }));
                happenings.push((at + rng.i64(10..20_000), Happening::Start { core }));
            } else {
                happenings.push((at, Happening::Sleep { core, ms: rng.i64(500..30_000) }));
            }
        }
        let outlet = [None, None, Some(Outlet::Screen), Some(Outlet::Folder)][rng.usize(..4)];
        if outlet.is_some() {
            darkness(rng, printers, &mut happenings);
        }
        for _ in 0..rng.usize(..=3) {
            happenings.push(paper_of(rng, printers));
        }
        people(rng, (cores, printers), &mut happenings);
        for printer in 0..printers {
            happenings.push((FAULTS_END, Happening::Condition { printer, to: Condition::Ready }));
        }
        Self {
            cores,
            printers,
            proves: (0..printers).map(|_| rng.u8(..4) > 0).collect(),
            outlet,
            catch_up: Policy { least: [0, 2, 3][rng.usize(..3)], after_ms: [500, 8_000][rng.usize(..2)] },
            heirs: (cores > 1 && rng.bool()).then(|| (0..printers).map(|_| heirs(rng, cores)).collect()),
            chains: chains(rng, printers, outlet.is_some()),
            batch: rng.u32(2..=4),
            unprintable: [0, 0, 0, 1, 2][rng.usize(..5)],
            workers: rng.usize(1..=3),
            away_per_mille: [0, 0, 20, 100][rng.usize(..4)],
            happenings,
        }
    }
}

fn order_of(rng: &mut Rng, (order, within): (usize, i64), happenings: &mut Vec<(i64, Happening)>) {
    let begun = rng.i64(0..within);
    let priority = [Priority::Normal, Priority::Normal, Priority::Urgent][rng.usize(..3)];
    happenings.push((begun, Happening::Order { order, both: rng.bool(), priority }));
    for _ in 0..rng.usize(..=4) {
        let at = begun + rng.i64(1..15_000);
        let what = match rng.u8(..10) {
            0..=3 => Happening::Change { order, both: rng.bool() },
            4 => Happening::Cancel { order },
            5 => Happening::Reprint { order },
            6 => Happening::Hurry { order },
            _ => Happening::Void { order },
        };
        happenings.push((at, what));
    }
}

/// The times in which an outlet, which stands after the printers, is not there.
fn darkness(rng: &mut Rng, outlet: usize, happenings: &mut Vec<(i64, Happening)>) {
    for _ in 0..rng.usize(..=3) {
        let at = rng.i64(0..40_000);
        happenings.push((at, Happening::Condition { printer: outlet, to: Condition::Off }));
        let again = (at + rng.i64(100..20_000)).min(FAULTS_END);
        happenings.push((again, Happening::Condition { printer: outlet, to: Condition::Ready }));
    }
    happenings.push((FAULTS_END, Happening::Condition { printer: outlet, to: Condition::Ready }));
}

/// What people do to the queue by hand.
fn people(rng: &mut Rng, (cores, printers): (usize, usize), happenings: &mut Vec<(i64, Happening)>) {
    if rng.bool() {
        let (core, at) = (rng.usize(..cores), rng.i64(0..20_000));
        happenings.push((at, Happening::Turbo { core, on: true }));
        happenings.push((at + rng.i64(1_000..60_000), Happening::Turbo { core, on: false }));
    }
    for _ in 0..rng.usize(..=2) {
        happenings.push((rng.i64(0..40_000), Happening::Decide { job: None }));
    }
    if rng.u8(..4) == 0 {
        let (printer, at) = (rng.usize(..printers), rng.i64(0..30_000));
        happenings.push((at, Happening::Breaker { printer, open: true }));
        let again = (at + rng.i64(500..40_000)).min(FAULTS_END);
        happenings.push((again, Happening::Breaker { printer, open: false }));
    }
    if rng.u8(..4) == 0 {
        let core = rng.usize(..cores);
        happenings.push((rng.i64(0..30_000), Happening::Workers { core, count: rng.usize(1..=3) }));
    }
}

fn paper_of(rng: &mut Rng, printers: usize) -> (i64, Happening) {
    const KINDS: [PaperKind; 6] = [
        PaperKind::PreBill,
        PaperKind::Receipt,
        PaperKind::Drawer,
        PaperKind::Drawer,
        PaperKind::Report,
        PaperKind::Test,
    ];
    let (printer, kind, order) =
        (rng.usize(..printers), KINDS[rng.usize(..KINDS.len())], rng.usize(..ORDERS));
    (rng.i64(0..30_000), Happening::Paper { printer, kind, order })
}

/// Some of the cores, the owner first; the others come after them.
fn heirs(rng: &mut Rng, cores: usize) -> Vec<usize> {
    let mut heirs: Vec<usize> = (0..cores).collect();
    rng.shuffle(&mut heirs);
    heirs.truncate(rng.usize(..=cores));
    heirs
}

/// Each station begins with a printer of its own; others stand beside it or behind it, and perhaps an outlet.
fn chains(rng: &mut Rng, printers: usize, outlet: bool) -> Vec<Vec<(usize, u32)>> {
    let chain = |rng: &mut Rng, first: usize| {
        let mut chain = vec![(first, 0)];
        for step in 1..printers {
            let tier = chain[chain.len() - 1].1 + u32::from(rng.bool());
            if rng.u8(..4) > 0 {
                chain.push(((first + step) % printers, tier));
            }
        }
        if outlet && rng.u8(..4) > 0 {
            let tier = chain[chain.len() - 1].1 + u32::from(rng.u8(..4) > 0);
            chain.push((printers, tier));
        }
        chain
    };
    (0..STATIONS).map(|station| chain(rng, station)).collect()
}
