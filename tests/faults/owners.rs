//! Several cores on one PostgreSQL and printers that serve one client: each printer is driven by one core at any
//! time, also when that core is killed, sleeps past its lease, or comes back (P3, P8, R9).

use super::child::{Child, Parent, Waiter, block_on};
use super::rush::Rush;
use crate::house::{self, House, PATIENCE, STATIONS, instant_printers, new_id, ticket_number};
use crate::laws::questions;
use crate::postgres::PrivateCluster;
use fastops_app::wire::{
    BreakerState, Cause, GetOrder, GetPrinterOwners, GetQueueStatus, JobState, OrderView, PrinterOwners,
    QueueStatus, SetBreaker, SetPrinterOwners, TicketView,
};
use fastops_app::{App, AppConfig, Caller, Database, SystemClock};
use fastops_domain::lease::LeasePolicy;
use fastops_domain::time::Clock as _;
use fastops_printer_sim::{Condition, Simulator, SimulatorConfig, SimulatorEvent};
use fastops_store::hint::Heard;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use uuid::Uuid;

const FOLDER: &str = "FASTOPS_OWNER_FOLDER";
const DATABASE: &str = "FASTOPS_OWNER_DATABASE";

/// Short, and yet longer than a busy machine lets a core wait for its turn.
const SHORT: LeasePolicy = LeasePolicy { for_ms: 4_000, beat_ms: 500 };

/// A house, and another core that runs in a process of its own.
struct Branch {
    house: House,
    admin: Caller,
    waiter: Waiter,
    url: String,
}

impl Branch {
    async fn open(printers: Vec<Simulator>) -> Self {
        let database = house::fresh_on(PrivateCluster::shared()).await;
        let Database::Url(url) = database.clone() else { unreachable!("the cluster is PostgreSQL") };
        let house = House::open_on(database, printers).await;
        let house = house.restart_with(|config| config.lease = SHORT).await;
        let admin = house.sign_in("Camila").await;
        let waiter = Waiter::sign_in(&house.app).await.unwrap();
        Self { house, admin, waiter, url }
    }

    /// Starts the other core in its folder.
    async fn other(&self, folder: &Path) -> Child {
        let mut child = Child::run("faults::owners::the_other_core", |command| {
            command.env(FOLDER, folder).env(DATABASE, &self.url);
        })
        .await;
        assert_eq!(child.line().await.as_deref(), Some("ready"));
        child
    }

    async fn owners(&self) -> PrinterOwners {
        self.house.app.perform(&self.admin, GetPrinterOwners {}).await.unwrap()
    }

    /// Has every printer belong to the other computer, and to this one after it.
    async fn give_all_to_the_other(&self) {
        let owners = self.owners().await;
        let mut computers = owners.computers.clone();
        computers.sort_by_key(|computer| computer.here);
        assert_eq!(computers.iter().map(|computer| computer.here).collect::<Vec<_>>(), [false, true]);
        let computer_ids: Vec<Uuid> = computers.iter().map(|computer| computer.id).collect();
        for printer in owners.printers {
            let (command_id, computer_ids) = (new_id(), computer_ids.clone());
            let request = SetPrinterOwners { command_id, printer_id: printer.printer_id, computer_ids };
            self.house.app.perform(&self.admin, request).await.unwrap();
        }
    }

    /// Waits until the printers of these stations are driven from here, or from elsewhere.
    async fn driven(&self, stations: &[&str], here: bool) {
        let status = until_status(&self.house.app, &self.admin, |_| true).await;
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                let owners = self.owners().await;
                let at = |code: &&str| {
                    let address = format!("tcp://{}", self.house.printer(code).addr());
                    let lane = status.lanes.iter().find(|lane| lane.address == address).unwrap();
                    let printer = owners.printers.iter().find(|one| one.printer_id == lane.printer_id);
                    let driver = printer.unwrap().driven_by;
                    let computer = owners.computers.iter().find(|computer| Some(computer.id) == driver);
                    computer.is_some_and(|computer| computer.here == here)
                };
                if stations.iter().all(at) {
                    return;
                }
                beat(&self.house.app).await;
            }
        });
        found.await.unwrap_or_else(|_| panic!("{stations:?} never came to where they belong"));
    }

    async fn order(&self) -> OrderView {
        self.house.app.perform(&self.waiter.caller, self.waiter.order()).await.unwrap()
    }

    async fn until(&self, id: Uuid, wanted: impl Fn(&OrderView) -> bool) -> OrderView {
        self.house.until(&self.waiter.caller, id, wanted).await
    }
}

/// Waits for the next event, which comes with each heartbeat at the latest.
async fn beat(app: &App) {
    let mut events = app.subscribe();
    let _ = tokio::time::timeout(PATIENCE, events.recv()).await.expect("the core has no pulse");
}

async fn until_status(app: &App, who: &Caller, wanted: impl Fn(&QueueStatus) -> bool) -> QueueStatus {
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let status = app.perform(who, GetQueueStatus {}).await.unwrap();
            if wanted(&status) {
                return status;
            }
            beat(app).await;
        }
    });
    found.await.expect("the queue never became as wanted")
}

/// The ticket of a station.
fn at<'o>(order: &'o OrderView, station: &str) -> &'o TicketView {
    let place = STATIONS.iter().position(|code| *code == station).unwrap();
    &order.tickets[place]
}

fn is_printed(order: &OrderView) -> bool {
    order.tickets.iter().all(|ticket| ticket.job == JobState::Printed)
}

/// Papers of a ticket without the mark, and with it.
fn papers(printer: &Simulator, number: i64) -> (usize, usize) {
    let slips = printer.slips();
    let marks = slips.iter().filter(|slip| ticket_number(slip) == Some(number));
    let (marked, plain): (Vec<bool>, Vec<bool>) =
        marks.map(|slip| slip.contains("POSIBLE DUPLICADO")).partition(|marked| *marked);
    (plain.len(), marked.len())
}

/// Each ticket of an order is on paper once, without a mark.
fn came_out_once(house: &House, order: &OrderView) {
    for (ticket, printer) in order.tickets.iter().zip(&house.printers) {
        assert_eq!(papers(printer, ticket.number), (1, 0), "{ticket:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cores_that_send_orders_at_once_never_meet_at_a_printer() {
    let database = house::fresh_on(PrivateCluster::shared()).await;
    let house = House::open_on(database, instant_printers().await).await;
    let mut turned_away: Vec<_> = house.printers.iter().map(Simulator::subscribe).collect();
    let folder = tempfile::tempdir().unwrap();
    let config = house::config(folder.path(), house.data().1, &house.printers);
    let other = App::start(config).await.unwrap();
    let waiter = Waiter::sign_in(&other).await.unwrap();
    let mut heard = house.app.store_for_faults().hints().unwrap();
    let mut ids = vec![other.perform(&waiter.caller, waiter.order()).await.unwrap().id];
    is_woken(&mut heard).await;
    let mut rush = Rush::start(&house, 3).await;
    for _ in 0..12 {
        ids.push(other.perform(&waiter.caller, waiter.order()).await.unwrap().id);
    }
    rush.accepts(12).await;
    ids.extend(rush.end().await);
    for id in ids {
        // Also at the core that drives none of the printers, and by events.
        let order = until_order(&other, &waiter.caller, id).await;
        came_out_once(&house, &order);
    }
    for events in &mut turned_away {
        while let Ok(event) = events.try_recv() {
            assert!(!matches!(event, SimulatorEvent::Refused), "a second client came");
        }
    }
    assert_eq!(questions::count(&house.app.store_for_faults(), questions::TRIED_AGAIN).await, 0);
    other.stop().await;
    house.close().await;
}

/// Waits for the word that there is something new for a lane.
async fn is_woken(heard: &mut broadcast::Receiver<Heard>) {
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            match heard.recv().await {
                Ok(Heard::Hint(hint)) if !hint.wake.is_empty() => return,
                heard => drop(heard.unwrap()),
            }
        }
    });
    found.await.expect("nobody told the core that drives the printers");
}

async fn until_order(app: &App, who: &Caller, id: Uuid) -> OrderView {
    let mut events = app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let order = app.perform(who, GetOrder { order_id: id }).await.unwrap();
            if is_printed(&order) {
                return order;
            }
            let _ = events.recv().await;
        }
    });
    found.await.expect("the order was never printed")
}

/// The owner dies with a ticket at a printer; the heir prints that one marked and all others plain. It comes
/// back: it gets its printers, the one with a ticket in the heir's hands when that has come out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_heir_prints_for_a_killed_owner_and_gives_back_what_is_not_in_its_hands() {
    let branch = Branch::open(instant_printers().await).await;
    let folder = tempfile::tempdir().unwrap();
    let mut other = branch.other(folder.path()).await;
    branch.give_all_to_the_other().await;
    branch.driven(&STATIONS, false).await;
    let house = &branch.house;
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let held = branch.order().await;
    let is_held = |order: &OrderView| {
        at(order, "cocina").job == JobState::Sent
            && at(order, "bar").job == JobState::Printed
            && at(order, "postres").job == JobState::Printed
    };
    branch.until(held.id, is_held).await;
    let waits = branch.order().await;
    branch
        .until(waits.id, |order| {
            at(order, "bar").job == JobState::Printed && at(order, "postres").job == JobState::Printed
        })
        .await;
    other.kill();
    branch.driven(&STATIONS, true).await;
    branch.until(held.id, |order| at(order, "cocina").possible_duplicate).await;
    house.printer("cocina").set(Condition::Ready);
    let held = branch.until(held.id, is_printed).await;
    let (plain, marked) = papers(house.printer("cocina"), at(&held, "cocina").number);
    assert!(plain <= 1 && marked == 1, "{plain} without the mark, {marked} with it");
    came_out_once(house, &branch.until(waits.id, is_printed).await);

    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let held = branch.order().await;
    branch.until(held.id, |order| at(order, "cocina").job == JobState::Sent).await;
    let other = branch.other(folder.path()).await;
    branch.driven(&["bar", "postres"], false).await;
    branch.driven(&["cocina"], true).await;
    let order = branch.until(held.id, |order| at(order, "bar").job == JobState::Printed).await;
    assert_eq!((at(&order, "cocina").job, at(&order, "cocina").possible_duplicate), (JobState::Sent, false));
    house.printer("cocina").set(Condition::Ready);
    came_out_once(house, &branch.until(held.id, is_printed).await);
    branch.driven(&["cocina"], false).await;
    let order = branch.order().await;
    came_out_once(house, &branch.until(order.id, is_printed).await);
    drop(other);
    branch.house.close().await;
}

/// A printer that gives up a client who is silent for a moment.
async fn impatient(name: &str) -> Simulator {
    let clock = Arc::new(|| SystemClock.now().0);
    let mut config = SimulatorConfig::instant(name, clock);
    config.idle_reset = Some(Duration::from_secs(1));
    Simulator::start(config).await.unwrap()
}

fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

/// The owner's computer sleeps past its lease with a ticket at a printer, and wakes when others have printed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_that_sleeps_past_its_lease_and_wakes_prints_nothing_twice_unmarked() {
    let mut printers = Vec::new();
    for name in ["Cocina", "Bar", "Postres"] {
        printers.push(impatient(name).await);
    }
    let branch = Branch::open(printers).await;
    let folder = tempfile::tempdir().unwrap();
    let other = branch.other(folder.path()).await;
    branch.give_all_to_the_other().await;
    branch.driven(&STATIONS, false).await;
    let house = &branch.house;
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let held = branch.order().await;
    branch
        .until(held.id, |order| {
            at(order, "cocina").job == JobState::Sent
                && at(order, "bar").job == JobState::Printed
                && at(order, "postres").job == JobState::Printed
        })
        .await;
    signal(&other, "-STOP");
    let meanwhile = branch.order().await;
    branch.driven(&STATIONS, true).await;
    branch.until(held.id, |order| at(order, "cocina").possible_duplicate).await;
    house.printer("cocina").set(Condition::Ready);
    let held = branch.until(held.id, is_printed).await;
    came_out_once(house, &branch.until(meanwhile.id, is_printed).await);
    signal(&other, "-CONT");
    let woken = branch.order().await;
    branch.driven(&STATIONS, false).await;
    let after = branch.order().await;
    for order in [woken.id, after.id] {
        came_out_once(house, &branch.until(order, is_printed).await);
    }
    let (plain, marked) = papers(house.printer("cocina"), at(&held, "cocina").number);
    assert!(plain <= 1 && marked >= 1, "{plain} without the mark, {marked} with it");
    drop(other);
    branch.house.close().await;
}

/// What is wrong at a printer is on the screens of every core, also of one that never talks to it, and a
/// person there can take it out of use.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lane_looks_the_same_from_every_core_and_is_steered_from_each() {
    let branch = Branch::open(instant_printers().await).await;
    let folder = tempfile::tempdir().unwrap();
    let mut other = branch.other(folder.path()).await;
    branch.give_all_to_the_other().await;
    branch.driven(&STATIONS, false).await;
    let house = &branch.house;
    let address = format!("tcp://{}", house.printer("bar").addr());
    let lane =
        |status: &QueueStatus| status.lanes.iter().find(|lane| lane.address == address).cloned().unwrap();
    house.printer("bar").set(Condition::PaperOut);
    until_status(&house.app, &branch.admin, |status| lane(status).cause == Some(Cause::PaperOut)).await;
    house.printer("bar").set(Condition::Ready);
    let status = until_status(&house.app, &branch.admin, |status| lane(status).cause.is_none()).await;
    let open = |open| SetBreaker { command_id: new_id(), printer_id: lane(&status).printer_id, open };
    house.app.perform(&branch.admin, open(true)).await.unwrap();
    until_status(&house.app, &branch.admin, |status| lane(status).breaker == BreakerState::Open).await;
    // It stays out of use when its owner dies, and whoever drives it then puts it back.
    other.kill();
    branch.driven(&STATIONS, true).await;
    until_status(&house.app, &branch.admin, |status| lane(status).breaker == BreakerState::Open).await;
    house.app.perform(&branch.admin, open(false)).await.unwrap();
    until_status(&house.app, &branch.admin, |status| lane(status).breaker == BreakerState::Closed).await;
    branch.house.close().await;
}

/// Not a test of its own: the core of another computer. Without a parent it has nothing to do.
#[test]
fn the_other_core() {
    block_on(async {
        let Some(mut parent) = Parent::call().await else { return };
        let mut config = AppConfig::new(std::env::var(FOLDER).unwrap());
        config.database = Database::Url(std::env::var(DATABASE).unwrap());
        config.retry = house::RETRY;
        config.lease = SHORT;
        let _app = App::start(config).await.unwrap();
        parent.tell("ready").await;
        parent.wait().await;
    });
}
