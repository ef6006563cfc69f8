//! The print queue in a world that one number decides: the real rules over the real store, with printers,
//! cores, sleeps, crashes and a clock of its own (R11).
//!
//! ```text
//! seed ──> plan ──> agenda of steps, by the simulation's own clock
//!                     lanes: queue::lane, print and settle, step by step ──> the store's statements
//!                     printers: paper ───────────────────────────────┐          │
//!                                                                    └─> oracle <┘
//! ```
//!
//! `FASTOPS_SEED=n` runs one seed and tells what happened in it; `FASTOPS_SEEDS=n` runs so many.

mod batch;
mod bug;
mod chains;
mod counts;
mod desk;
mod device;
mod lane;
mod leases;
mod lines;
mod oracle;
mod outlets;
mod owners;
mod papers;
mod plan;
mod print;
mod run;
mod shop;
mod slips;
mod steer;
mod words;

use crate::house::Engine;
use crate::postgres::PrivateCluster;
use bug::Bug;
use counts::Counts;
use fastops_store::{Store, StoreConfig, StoreError};
use run::{Outcome, Sim};
use shop::Base;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Seeds that the usual tests run.
const SEEDS: u64 = 10_000;
/// Seeds that they run on a server, where each statement is a journey, and how many of these in one transaction.
const SERVER_SEEDS: u64 = 100;
const SERVER_BATCH: u64 = 1;
/// Within how many seeds each planted fault has to be found.
const SEEDS_TO_FIND: u64 = 5_000;
/// Seeds in one transaction, which is shorter than a transaction may be on the busiest machine.
const BATCH: u64 = 25;

/// A store with a restaurant in it.
struct Stage {
    store: Store,
    base: Arc<Base>,
    _folder: tempfile::TempDir,
}

impl Stage {
    async fn open(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = match engine {
            Engine::Sqlite => StoreConfig::Sqlite { path: folder.path().join("fastops.db") },
            Engine::Postgres => PrivateCluster::shared().fresh().await,
        };
        let store = Store::open(&config).await.unwrap();
        let base = Arc::new(Base::lay(&store).await);
        Self { store, base, _folder: folder }
    }

    /// Runs seeds one after another, in one transaction since none of them is to last, and gives the first
    /// that goes wrong; otherwise what came of them.
    async fn run(
        &self,
        seeds: std::ops::Range<u64>,
        bug: Bug,
        traced: bool,
    ) -> (Total, Option<(u64, Outcome)>) {
        let base = Arc::clone(&self.base);
        let batch = self.store.write::<_, StoreError, _>(move |tx| {
            let (base, seeds) = (Arc::clone(&base), seeds.clone());
            Box::pin(async move {
                let mut total = Total::default();
                for seed in seeds {
                    let outcome = Sim::new(Arc::clone(&base), seed, bug, traced).run(tx).await?;
                    Base::clear(tx).await?;
                    total.add(&outcome);
                    if outcome.wrong.is_some() || traced {
                        return Ok((total, Some((seed, outcome))));
                    }
                }
                Ok((total, None))
            })
        });
        batch.await.unwrap()
    }
}

/// What many runs went through.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    seeds: u64,
    jobs: usize,
    steps: usize,
    /// Papers, those that repeat another among them.
    papers: usize,
    repeats: usize,
    counts: Counts,
}

impl Total {
    fn add(&mut self, outcome: &Outcome) {
        self.join(&Self {
            seeds: 1,
            jobs: outcome.jobs,
            steps: outcome.steps,
            papers: outcome.papers,
            repeats: outcome.repeats,
            counts: outcome.counts,
        });
    }

    fn join(&mut self, other: &Self) {
        self.seeds += other.seeds;
        self.jobs += other.jobs;
        self.steps += other.steps;
        self.papers += other.papers;
        self.repeats += other.repeats;
        self.counts.join(other.counts);
    }
}

fn number_of(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_ticket_comes_to_paper_whatever_happens() {
    if let Some(seed) = number_of("FASTOPS_SEED") {
        let (_, found) = Stage::open(Engine::Sqlite).await.run(seed..seed + 1, Bug::None, true).await;
        let (_, outcome) = found.unwrap();
        panic!("seed {seed}: {:?}\n{}", outcome.wrong, outcome.trace.join("\n"));
    }
    let total = run_all(Engine::Sqlite, number_of("FASTOPS_SEEDS").unwrap_or(SEEDS), BATCH).await;
    // What never happens proves nothing.
    assert!(total.repeats > 0 && total.counts.all().iter().all(|count| *count > 0), "{total:?}");
}

/// The same runs where several programs may be at work on one database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_ticket_comes_to_paper_on_a_server_too() {
    let seeds = number_of("FASTOPS_SERVER_SEEDS").unwrap_or(SERVER_SEEDS);
    let total = run_all(Engine::Postgres, seeds, SERVER_BATCH).await;
    assert!(total.repeats > 0 && total.counts.taken_over > 0, "{total:?}");
}

/// Runs so many seeds, some at the same time and `batch` in one transaction.
async fn run_all(engine: Engine, seeds: u64, batch: u64) -> Total {
    let next = Arc::new(AtomicU64::new(0));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..std::thread::available_parallelism().map_or(2, usize::from).min(8) {
        let next = Arc::clone(&next);
        workers.spawn(async move {
            let (stage, mut total) = (Stage::open(engine).await, Total::default());
            loop {
                let first = next.fetch_add(batch, Ordering::Relaxed);
                if first >= seeds {
                    return total;
                }
                let (some, found) = stage.run(first..(first + batch).min(seeds), Bug::None, false).await;
                if let Some((seed, outcome)) = found {
                    panic!("FASTOPS_SEED={seed} shows it: {}", outcome.wrong.unwrap());
                }
                total.join(&some);
            }
        });
    }
    let mut total = Total::default();
    while let Some(done) = workers.join_next().await {
        total.join(&done.unwrap());
    }
    assert_eq!(total.seeds, seeds);
    total
}

/// Each fault that the simulation is there to find is found.
async fn finds(bug: Bug) {
    let stage = Stage::open(Engine::Sqlite).await;
    let mut first = 0;
    while first < SEEDS_TO_FIND {
        let (_, found) = stage.run(first..first + BATCH, bug, false).await;
        if found.is_some() {
            return;
        }
        first += BATCH;
    }
    panic!("{bug:?} was not found in {SEEDS_TO_FIND} seeds");
}

macro_rules! found {
    ($($test:ident: $bug:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $test() {
            finds(Bug::$bug).await;
        }
    )+};
}

found!(
    a_dropped_mark_is_found: MarkDropped,
    a_step_about_a_job_that_changed_meanwhile_is_found: SeenIgnored,
    bytes_before_the_disk_knows_are_found: SentBeforeDisk,
    a_ticket_taken_from_a_living_core_is_found: LeaseIgnored,
    a_step_about_the_ticket_of_another_core_is_found: HolderIgnored,
    a_change_before_what_it_changes_is_found: RevisionsIgnored,
    a_proof_that_nobody_gave_is_found: BelievedTooSoon,
    tickets_that_nobody_looks_after_are_found: NothingTakenOver,
    a_bill_that_comes_again_by_itself_is_found: BillAgain,
    a_drawer_that_opens_again_by_itself_is_found: DrawerAgain,
    a_drawer_that_opens_too_late_is_found: DrawerLate,
    a_slip_that_leaves_its_tickets_behind_is_found: SlipAlone,
    a_slip_without_its_marks_is_found: SlipUnmarked,
    a_screen_that_is_believed_is_found: ScreenBelieved,
    a_printer_that_two_cores_ask_is_found: OwnersIgnored,
    words_that_are_read_too_early_are_found: WordsEarly,
    a_slip_that_is_read_too_early_is_found: SlipEarly,
    a_line_that_comes_too_late_onto_its_ticket_is_found: MergedBlind,
    a_void_without_a_paper_is_found: VoidOfMarked,
    a_repeat_that_asks_for_what_is_void_is_found: NotStruck,
    two_revisions_in_one_batch_are_found: BatchMixed,
    a_batch_that_forgets_a_mark_is_found: BatchPutBack,
    a_batch_that_forgets_its_rest_is_found: BatchForgotten,
    a_mark_that_a_person_takes_back_is_found: RetryUnmarked,
    what_is_given_up_and_stays_is_found: ClearForgotten,
    what_is_hurried_and_stays_behind_is_found: HurryForgotten,
    a_printer_out_of_use_that_prints_is_found: HandIgnored,
    too_many_workers_are_found: WorkersIgnored,
);
