//! kill -9 in the middle of a rush, again and again, on both engines.
//!
//! The test binary runs itself as the core. It takes a hundred orders at once and tells each that was
//! acknowledged over a socket; somewhere in between, at a place that differs each time, the parent
//! kills it without warning. A core on the same data then has to know every acknowledged order and
//! bring every ticket to paper; what may have been on paper before says so.
//!
//! Proves P1, P2, P3 and P9. Two controls run with it: a core that answers before the commit loses orders, and
//! one whose store forgets the mark gives unmarked duplicates.
//!
//! Each change goes through 50 kills in three storms; `FASTOPS_KILLS=1000` kills so many times in each of them.

use super::chance;
use super::child::{COUNTED, Child, Parent, Waiter, block_on};
#[cfg(target_os = "linux")]
use super::power;
use crate::house::{self, Engine, House, PATIENCE, ticket_number};
use crate::laws::questions;
use fastops_app::wire::{GetOrder, JobState, OrderView, SetTurbo};
use fastops_app::{App, AppConfig, Caller, Database};
use fastops_domain::stock::Item;
use fastops_domain::time::Time;
use fastops_printer_sim::{Simulator, SimulatorConfig, Speed};
use fastops_store::{StoreError, company, menu, order, stock};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use uuid::Uuid;

const FOLDER: &str = "FASTOPS_CRASH_FOLDER";
const DATABASE: &str = "FASTOPS_CRASH_DATABASE";
const TURBO: &str = "FASTOPS_CRASH_TURBO";
const EARLY: &str = "FASTOPS_CRASH_EARLY";
pub(super) const ORDERS: usize = 100;

/// How a core is run, and what is broken in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Usual,
    Turbo,
    /// It answers before it has written anything.
    Early,
    /// Its store forgets the mark.
    Unmarked,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    storm(Engine::Sqlite, 26, Manner::Usual).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_postgres() {
    storm(Engine::Postgres, 12, Manner::Usual).await;
}

/// In turbo tickets are begun and settled several at a time: what was begun and is not settled is marked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_in_turbo() {
    storm(Engine::Sqlite, 12, Manner::Turbo).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_before_the_commit_is_found() {
    finds(Manner::Early, "is lost").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_that_is_forgotten_is_found() {
    finds(Manner::Unmarked, "unmarked duplicates").await;
}

/// Kills so many times, or as often as is wanted: at the first word, at the last one, and anywhere between.
async fn storm(engine: Engine, usual: usize, manner: Manner) {
    let kills = std::env::var("FASTOPS_KILLS").map_or(usual, |count| count.parse().unwrap());
    for n in 0..kills {
        let kill_after = match n {
            0 => 1,
            1 => ORDERS,
            _ => 1 + chance(n, ORDERS),
        };
        let found = cycle(engine, kill_after, manner).await;
        assert!(found.is_empty(), "kill {n}, after {kill_after}: {found:#?}");
    }
}

/// What is planted is seen within a few kills.
async fn finds(manner: Manner, what: &str) {
    for kill_after in [50, 77, 27, 100, 9, 50] {
        let found = cycle(Engine::Sqlite, kill_after, manner).await;
        if found.iter().any(|finding| finding.contains(what)) {
            return;
        }
    }
    panic!("{manner:?} was not found");
}

/// One kill, and what is wrong afterwards.
async fn cycle(engine: Engine, kill_after: usize, manner: Manner) -> Vec<String> {
    let mut printers = Vec::new();
    for name in ["Cocina", "Bar", "Postres"] {
        printers.push(moving_printer(name).await);
    }
    let house = House::open_with(engine, printers).await;
    if manner == Manner::Unmarked {
        questions::forget_marks(&house.app.store_for_faults()).await;
    }
    let (folder, database) = house.data();
    house.app.stop().await;
    let House { app, printers, folder: kept, .. } = house;
    drop(app);

    let acknowledged = crash(&folder, &database, kill_after, manner).await;
    assert!(acknowledged.len() >= kill_after, "the core was killed too early to tell anything");

    let app = App::start(house::config(&folder, database, &printers)).await.unwrap();
    let found = findings(&app, &printers, &acknowledged).await;
    check_stock(&app).await;
    check_report(&app).await;
    app.stop().await;
    for printer in printers {
        printer.stop().await;
    }
    drop(kept);
    found
}

/// A printer whose paper takes its time, so that the kill finds tickets at every step of their way.
pub(super) async fn moving_printer(name: &str) -> Simulator {
    let clock: fastops_printer_sim::Clock = Arc::new(|| 0);
    let mut config = SimulatorConfig::new(name, clock);
    config.model.speed = Speed::MmPerSecond(8_000);
    config.model.cut_ms = 2;
    Simulator::start(config).await.unwrap()
}

/// Lets a child take a hundred orders and kills it after `kill_after` acknowledgements.
async fn crash(folder: &Path, database: &Database, kill_after: usize, manner: Manner) -> Vec<Uuid> {
    let set_up = |command: &mut Command| match manner {
        Manner::Turbo => drop(command.env(TURBO, "1")),
        Manner::Early => drop(command.env(EARLY, "1")),
        Manner::Usual | Manner::Unmarked => {}
    };
    let mut child = rush(folder, database, set_up).await;
    let mut acknowledged = Vec::new();
    // What was on the wire when the kill came is acknowledged too.
    while let Some(line) = child.line().await {
        acknowledged.push(line.parse().unwrap());
        if acknowledged.len() == kill_after {
            child.kill();
        }
    }
    acknowledged
}

/// A child that takes a hundred orders at once on this data and tells the id of each that is acknowledged.
pub(super) async fn rush(folder: &Path, database: &Database, set_up: impl FnOnce(&mut Command)) -> Child {
    let set_up = |command: &mut Command| {
        command.env(FOLDER, folder);
        if let Database::Url(url) = database {
            command.env(DATABASE, url);
        }
        set_up(command);
    };
    Child::run("faults::kill::the_core_that_gets_killed", set_up).await
}

/// The tickets on a printer's papers, and how often each is there without the mark.
struct Papers {
    all: HashSet<i64>,
    unmarked: HashMap<i64, usize>,
}

impl Papers {
    fn of(printer: &Simulator) -> Self {
        let (mut all, mut unmarked) = (HashSet::new(), HashMap::new());
        for slip in printer.slips() {
            let number = ticket_number(&slip).unwrap_or_else(|| panic!("no number on:\n{}", slip.text()));
            all.insert(number);
            if !slip.contains("POSIBLE DUPLICADO") {
                *unmarked.entry(number).or_default() += 1;
            }
        }
        Self { all, unmarked }
    }
}

/// Every acknowledged order is there whole; every ticket gets to paper; every repeat is marked.
pub(super) async fn check(app: &App, printers: &[Simulator], acknowledged: &[Uuid]) {
    let found = findings(app, printers, acknowledged).await;
    assert!(found.is_empty(), "{found:#?}");
    check_stock(app).await;
}

/// What is not so.
pub(super) async fn findings(app: &App, printers: &[Simulator], acknowledged: &[Uuid]) -> Vec<String> {
    let mut found = Vec::new();
    let mut done = Vec::new();
    let ana = Waiter::sign_in(app).await.unwrap().caller;
    for order_id in acknowledged {
        let Ok(order) = app.perform(&ana, GetOrder { order_id: *order_id }).await else {
            found.push(format!("order {order_id} was acknowledged and is lost"));
            continue;
        };
        if (order.lines.len(), order.tickets.len()) != (3, 3) {
            found.push(format!("order {order_id} is there by halves"));
            continue;
        }
        done.push(printed(app, &ana, *order_id).await);
    }
    let papers: Vec<Papers> = printers.iter().map(Papers::of).collect();
    for order in &done {
        for (ticket, papers) in order.tickets.iter().zip(&papers) {
            if !papers.all.contains(&ticket.number) {
                found.push(format!("{} {} is `printed` and on no paper", ticket.station, ticket.number));
            }
        }
    }
    for papers in papers {
        let twice: Vec<_> = papers.unmarked.into_iter().filter(|(_, papers)| *papers > 1).collect();
        if !twice.is_empty() {
            found.push(format!("unmarked duplicates: {twice:?}"));
        }
    }
    found
}

/// P9: the report of the start says how many tickets were found unfinished, and how many of them print again
/// marked, as the database knows it.
async fn check_report(app: &App) {
    let (report, store) = (app.report(), app.store_for_faults());
    let unfinished = questions::settled_from(report.at.plus_ms(-i64::try_from(report.ready_ms).unwrap()));
    let mut events = app.subscribe();
    let rest = async {
        while questions::count(&store, questions::UNSETTLED).await > 0 {
            let _ = events.recv().await;
        }
    };
    tokio::time::timeout(PATIENCE, rest).await.expect("what was taken and not acknowledged comes out too");
    let found = usize::try_from(questions::count(&store, unfinished).await).unwrap();
    assert_eq!(report.recovered, found, "{report:?}");
    let interrupted = questions::count(&store, questions::INTERRUPTED).await;
    assert_eq!(report.in_doubt, usize::try_from(interrupted).unwrap(), "{report:?}");
    assert!(report.in_doubt <= report.recovered, "{report:?}");
}

/// What is counted has moved once for every line of it, acknowledged or not.
async fn check_stock(app: &App) {
    let store = app.store_for_faults();
    let read = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move {
            let (_, branch) = company::first_branch(tx).await?.unwrap();
            let menu = menu::menu(tx, branch.id).await?;
            let beer = menu.products.iter().find(|product| product.short_code == COUNTED).unwrap().id;
            let lines = order::lines_of_open_orders(tx, branch.id).await?;
            let sold = lines.values().flatten().filter(|line| line.product == beer).count();
            let moves = stock::moves(tx, branch.default_location, Item::product(beer), Time(0)).await?;
            let level = stock::level(tx, branch.default_location, Item::product(beer)).await?.unwrap();
            let sum: i64 = moves.iter().map(|posted| posted.moved.quantity.0).sum();
            assert_eq!(
                (moves.len() - 1, level.on_hand.0),
                (sold, sum),
                "a delivery, and a move for each sold"
            );
            Ok(())
        })
    });
    read.await.unwrap();
}

async fn printed(app: &App, ana: &Caller, order_id: Uuid) -> OrderView {
    let mut events = app.subscribe();
    let waited = tokio::time::timeout(PATIENCE, async {
        loop {
            let order = app.perform(ana, GetOrder { order_id }).await.unwrap();
            if order.tickets.iter().all(|ticket| ticket.job == JobState::Printed) {
                return order;
            }
            let _ = events.recv().await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("a ticket of {order_id} never got to paper"))
}

/// Not a test of its own: the process that the others kill. Without a parent it has nothing to do.
#[test]
fn the_core_that_gets_killed() {
    block_on(async {
        let Some(parent) = Parent::call().await else { return };
        let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
        let mut config = AppConfig::new(&folder);
        if let Ok(url) = std::env::var(DATABASE) {
            config.database = Database::Url(url);
        }
        let app = App::start(config).await.unwrap();
        #[cfg(target_os = "linux")]
        power::fold_log_often(&app).await;
        let ana = Waiter::sign_in(&app).await.unwrap();
        if std::env::var(TURBO).is_ok() {
            let boss = Waiter::sign_in_as(&app, "Camila", "1111").await.unwrap().caller;
            app.perform(&boss, SetTurbo { command_id: house::new_id(), on: true }).await.unwrap();
        }
        let parent = Arc::new(tokio::sync::Mutex::new(parent));
        let early = std::env::var(EARLY).is_ok();
        let mut rush = tokio::task::JoinSet::new();
        for _ in 0..ORDERS {
            let (app, caller, request) = (app.clone(), ana.caller.clone(), ana.counted_order());
            let parent = Arc::clone(&parent);
            rush.spawn(async move {
                let id = request.order_id.to_string();
                if early {
                    parent.lock().await.tell(&id).await;
                }
                app.perform(&caller, request).await.unwrap();
                if !early {
                    parent.lock().await.tell(&id).await;
                }
            });
        }
        while rush.join_next().await.is_some() {}
        #[cfg(target_os = "linux")]
        power::cut_at_last(&app, &folder).await;
        parent.lock().await.wait().await;
    });
}
