//! Two cores on one PostgreSQL, and a ticket that is with a printer: nobody prints it again while the core
//! that has it lives, and it comes again, marked, when that core is gone (P3, R9).

use super::child::{Child, Parent, Waiter, block_on};
use super::rush::Rush;
use crate::house::{self, House, PATIENCE, instant_printers, ticket_number};
use crate::laws::questions;
use crate::postgres::PrivateCluster;
use fastops_app::wire::{Cause, CreateOrder, Event, GetOrder, JobState, OrderView, TicketView};
use fastops_app::{App, AppConfig, Caller, Database};
use fastops_domain::lease::LeasePolicy;
use fastops_printer_sim::{Condition, Simulator};
use fastops_store::probe;
use tempfile::TempDir;
use uuid::Uuid;

const FOLDER: &str = "FASTOPS_HOLDER_FOLDER";
const DATABASE: &str = "FASTOPS_HOLDER_DATABASE";

/// So short that a test sees it end.
const SHORT: LeasePolicy = LeasePolicy { for_ms: 1_000, beat_ms: 200 };
/// The lease of a core that gives no sign of life, as one whose computer sleeps.
const ASLEEP: LeasePolicy = LeasePolicy { for_ms: 1_000, beat_ms: 3_600_000 };

async fn house_on_a_server() -> (House, Database) {
    let database = house::fresh_on(PrivateCluster::shared()).await;
    (House::open_on(database.clone(), instant_printers().await).await, database)
}

/// Another core of the same branch, with a folder of its own.
async fn second(house: &House, lease: LeasePolicy) -> (App, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = house::config(folder.path(), house.data().1, &house.printers);
    (App::start(AppConfig { lease, ..config }).await.unwrap(), folder)
}

async fn until(app: &App, who: &Caller, id: Uuid, wanted: impl Fn(&OrderView) -> bool) -> OrderView {
    let mut events = app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let order = app.perform(who, GetOrder { order_id: id }).await.unwrap();
            if wanted(&order) {
                return order;
            }
            // A receiver that fell behind looks again.
            let _ = events.recv().await;
        }
    });
    found.await.expect("the order never became as wanted")
}

/// Waits for so many beats of a core, which come a second or more apart.
async fn beats(app: &App, mut count: usize) {
    let mut events = app.subscribe();
    while count > 0 {
        let heard = tokio::time::timeout(PATIENCE, events.recv()).await.unwrap();
        count -= usize::from(heard.is_ok_and(|heard| matches!(heard.event, Event::Heartbeat { .. })));
    }
}

/// The ticket of a station.
fn at<'o>(order: &'o OrderView, station: &str) -> &'o TicketView {
    let place = house::STATIONS.iter().position(|code| *code == station).unwrap();
    &order.tickets[place]
}

fn is_held(order: &OrderView) -> bool {
    at(order, "cocina").job == JobState::Sent && at(order, "cocina").cause == Some(Cause::PaperOut)
}

/// The kitchen ticket is with the printer still, and nobody doubts it. What the printer wants is known to the
/// core alone that talks to it.
async fn is_untouched(app: &App, who: &Caller, id: Uuid) {
    let order = app.perform(who, GetOrder { order_id: id }).await.unwrap();
    let ticket = at(&order, "cocina");
    assert_eq!((ticket.job, ticket.possible_duplicate), (JobState::Sent, false), "its core lives");
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

/// An order for all stations whose kitchen ticket stays half printed.
async fn hold(app: &App, waiter: &Waiter) -> OrderView {
    let order = app.perform(&waiter.caller, waiter.order()).await.unwrap();
    until(app, &waiter.caller, order.id, is_held).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_core_that_starts_in_a_rush_marks_nothing() {
    let (house, _) = house_on_a_server().await;
    let house = house.restart_with(|config| config.lease = SHORT).await;
    let waiter = Waiter::sign_in(&house.app).await.unwrap();
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let held = hold(&house.app, &waiter).await;
    let mut rush = Rush::start(&house, 4).await;
    rush.accepts(10).await;
    let (other, _folder) = second(&house, SHORT).await;
    assert_eq!(other.report().in_doubt, 0, "the tickets with printers are the first core's");
    rush.accepts(10).await;
    beats(&other, 3).await;
    is_untouched(&other, &waiter.caller, held.id).await;
    house.printer("cocina").set(Condition::Ready);
    for id in rush.end().await.into_iter().chain([held.id]) {
        until(&house.app, &waiter.caller, id, is_printed).await;
    }
    for printer in &house.printers {
        let marked = printer.slips().into_iter().find(|slip| slip.contains("POSIBLE DUPLICADO"));
        assert!(marked.is_none(), "{}", marked.unwrap().text());
    }
    other.stop().await;
    house.close().await;
}

/// The control: where leases count for nothing, the ticket of a core that lives is taken and marked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_that_counts_for_nothing_is_found() {
    let (house, database) = house_on_a_server().await;
    let Database::Url(url) = database else { unreachable!("the cluster is PostgreSQL") };
    let house = house.restart_with(|config| config.lease = SHORT).await;
    let waiter = Waiter::sign_in(&house.app).await.unwrap();
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let held = hold(&house.app, &waiter).await;
    let (other, _folder) = second(&house, SHORT).await;
    let ending = tokio::spawn(async move {
        loop {
            probe::run_on_server(&url, questions::END_LEASES).await.unwrap();
        }
    });
    until(&other, &waiter.caller, held.id, |order| at(order, "cocina").possible_duplicate).await;
    ending.abort();
    other.stop().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ticket_of_a_killed_core_comes_again_when_its_lease_ends() {
    let (house, database) = house_on_a_server().await;
    let Database::Url(url) = database else { unreachable!("the cluster is PostgreSQL") };
    let house = house.restart_with(|config| config.lease = SHORT).await;
    let waiter = Waiter::sign_in(&house.app).await.unwrap();
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    house.printer("bar").set(Condition::PaperOut);
    house.app.stop().await;
    let folder = tempfile::tempdir().unwrap();
    let mut child = Child::run("faults::leases::the_core_that_gets_killed", |command| {
        command.env(FOLDER, folder.path()).env(DATABASE, url);
    })
    .await;
    let order: Uuid = child.line().await.expect("the core ended by itself").parse().unwrap();
    let house = house.restart_with(|config| config.lease = SHORT).await;
    assert_eq!(house.app.report().in_doubt, 0, "its core lives");
    beats(&house.app, 3).await;
    is_untouched(&house.app, &waiter.caller, order).await;
    child.kill();
    until(&house.app, &waiter.caller, order, |order| at(order, "cocina").possible_duplicate).await;
    house.printer("cocina").set(Condition::Ready);
    house.printer("bar").set(Condition::Ready);
    let done = until(&house.app, &waiter.caller, order, is_printed).await;
    let (plain, marked) = papers(house.printer("cocina"), at(&done, "cocina").number);
    assert!(plain <= 1 && marked == 1, "{plain} without the mark, {marked} with it");
    assert_eq!(papers(house.printer("bar"), at(&done, "bar").number), (1, 0), "no byte of it had gone out");
    house.close().await;
}

/// Not a test of its own: the core that has a ticket with a printer. Without a parent it has nothing to do.
#[test]
fn the_core_that_gets_killed() {
    block_on(async {
        let Some(mut parent) = Parent::call().await else { return };
        let mut config = AppConfig::new(std::env::var(FOLDER).unwrap());
        config.database = Database::Url(std::env::var(DATABASE).unwrap());
        config.lease = SHORT;
        let app = App::start(config).await.unwrap();
        let waiter = Waiter::sign_in(&app).await.unwrap();
        let held = hold(&app, &waiter).await;
        parent.tell(&held.id.to_string()).await;
        parent.wait().await;
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_late_proof_of_a_core_that_slept_takes_the_repeat_back() {
    let (house, _) = house_on_a_server().await;
    let house = house.restart_with(|config| config.lease = ASLEEP).await;
    let waiter = Waiter::sign_in(&house.app).await.unwrap();
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let held = hold(&house.app, &waiter).await;
    let (other, _folder) = second(&house, SHORT).await;
    until(&other, &waiter.caller, held.id, |order| at(order, "cocina").possible_duplicate).await;
    // The printer serves one core at a time, and the first has it still: its word comes before the repeat.
    house.printer("cocina").set(Condition::Ready);
    let done = until(&other, &waiter.caller, held.id, is_printed).await;
    assert_eq!(papers(house.printer("cocina"), at(&done, "cocina").number), (1, 0));
    assert_eq!(at(&done, "cocina").job, JobState::Printed);
    other.stop().await;
    house.close().await;
}

/// The next start in the folder of a core that is gone waits for no lease.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_core_that_starts_again_takes_its_tickets_at_once() {
    let (house, _) = house_on_a_server().await;
    let ana = house.sign_in("Ana").await;
    let first = (house.folder.path().join("fastops.lock"), tempfile::tempdir().unwrap());
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let waiter = Waiter::sign_in(&house.app).await.unwrap();
    let held = hold(&house.app, &waiter).await;
    // As if the first had ended: the next one in its folder reads who was there before.
    std::fs::copy(first.0, first.1.path().join("fastops.lock")).unwrap();
    let config = house::config(first.1.path(), house.data().1, &house.printers);
    let next = App::start(config).await.unwrap();
    assert_eq!(next.report().in_doubt, 1);
    let order: CreateOrder = house.take_away(&[("602", 1)]);
    let bar = next.perform(&ana, order).await.unwrap();
    house.printer("cocina").set(Condition::Ready);
    for id in [held.id, bar.id] {
        until(&next, &ana, id, is_printed).await;
    }
    next.stop().await;
    house.close().await;
}
