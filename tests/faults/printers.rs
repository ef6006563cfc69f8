//! Seven ways in which a printer fails, over and over while orders come in, and a healthy printer beside it (R6).
//!
//! Every ticket of the broken printer is on its paper at least once, repeats are marked, and while it is broken
//! every ticket of the other comes out, once and without the mark. Each change goes through 40 tickets for each
//! way, and 10 with garbled states; `FASTOPS_PRINTER_TICKETS=1000` has as many as the battery asks for.
//! A control runs with it: a ticket that comes twice without the mark is found.

use crate::house::{self, House, PATIENCE, STATIONS, instant_printer, ticket_number};
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::wire::{JobState, OrderView};
use fastops_printer_sim::{Condition, ConnectionPolicy, Simulator, SimulatorConfig};
use fastops_printing::link::Deadlines;
use fastops_store::{StoreError, probe};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::net::TcpStream;
use uuid::Uuid;

/// Tickets for the broken printer, by default.
const TICKETS: usize = 40;
/// Tickets of one time that it is broken.
const AT_ONCE: usize = 10;

/// A hang is over when a test sees it, and a healthy printer has all its time on a busy machine.
fn deadlines() -> Deadlines {
    Deadlines { progress_ms: 1_500, watch_ms: 200, close_ms: 200, ..Deadlines::default() }
}

/// What is done to the printer.
#[derive(Clone, Copy, Debug)]
enum Way {
    Condition(Condition),
    /// A stranger has its only connection, and it takes a second one without a word.
    Taken,
}

impl Way {
    /// How many tickets a run of each change has. Garbled states have each wait as long as a proof may take.
    const fn tickets(self) -> usize {
        match self {
            Self::Condition(Condition::GarbledStatus) => AT_ONCE,
            Self::Condition(_) | Self::Taken => TICKETS,
        }
    }
}

macro_rules! ways {
    ($($test:ident: $way:expr),+ $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $test() {
            through($way).await;
        }
    )+};
}

ways!(
    a_hang_loses_nothing: Way::Condition(Condition::Hung),
    a_drip_loses_nothing: Way::Condition(Condition::Drip { bytes_per_second: 60 }),
    a_reset_in_the_middle_loses_nothing: Way::Condition(Condition::ResetsLink { after_bytes: 300 }),
    garbled_states_lose_nothing: Way::Condition(Condition::GarbledStatus),
    paper_that_runs_out_loses_nothing: Way::Condition(Condition::PaperRunsOut { after_mm: 150 }),
    a_printer_without_power_loses_nothing: Way::Condition(Condition::PoweredOff),
    a_connection_taken_without_a_word_loses_nothing: Way::Taken,
);

/// The control: a queue that forgets that it printed a ticket prints it again as if for the first time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_that_comes_twice_without_a_word_is_found() {
    let house = open().await;
    let ana = house.sign_in("Ana").await;
    let tickets = once(&house, &ana, Way::Condition(Condition::Hung)).await;
    assert_eq!(findings(&house, tickets), [""; 0]);
    let (store, papers) = (house.app.store_for_faults(), house.printer("cocina").slips().len());
    let planted = store.write::<_, StoreError, _>(|tx| {
        Box::pin(async move { probe::execute(tx, questions::FORGET_ONE).await.map(drop) })
    });
    planted.await.unwrap();
    house.printer("cocina").wait_for_slips(papers + 1, PATIENCE).await.unwrap();
    let found = findings(&house, tickets);
    assert!(found.iter().any(|found| found.contains("2 papers without the mark")), "{found:?}");
    house.close().await;
}

async fn through(way: Way) {
    let house = open().await;
    let ana = house.sign_in("Ana").await;
    let wanted =
        std::env::var("FASTOPS_PRINTER_TICKETS").map_or(way.tickets(), |count| count.parse().unwrap());
    let mut tickets = 0;
    while tickets < wanted {
        tickets += once(&house, &ana, way).await;
    }
    let found = findings(&house, tickets);
    assert!(found.is_empty(), "{found:#?}");
    house.close().await;
}

/// The printer is broken once, with tickets for it and for the one beside it; answers how many for each.
async fn once(house: &House, ana: &Caller, way: Way) -> usize {
    let stranger = break_it(house, way).await;
    let orders = order(house, ana).await;
    for id in &orders {
        house.until(ana, *id, |order| is_out(order, "bar")).await;
    }
    drop(stranger);
    house.printer("cocina").set(Condition::Ready);
    for id in &orders {
        house.until(ana, *id, |order| is_out(order, "cocina")).await;
    }
    orders.len()
}

async fn open() -> House {
    let clock: fastops_printer_sim::Clock = Arc::new(|| 0);
    let mut config = SimulatorConfig::instant("Cocina", clock);
    config.policy = ConnectionPolicy::Mute;
    let kitchen = Simulator::start(config).await.unwrap();
    let printers = vec![kitchen, instant_printer("Bar").await, instant_printer("Postres").await];
    let house = House::open_with(house::Engine::Sqlite, printers).await;
    house.restart_with(|config| config.deadlines = deadlines()).await
}

async fn break_it(house: &House, way: Way) -> Option<TcpStream> {
    let printer = house.printer("cocina");
    match way {
        Way::Condition(condition) => {
            printer.set(condition);
            None
        }
        // Refused while the core itself has the printer: then there is nothing to take.
        Way::Taken => TcpStream::connect(printer.addr()).await.ok(),
    }
}

/// Orders with a dish and a drink each.
async fn order(house: &House, ana: &Caller) -> Vec<Uuid> {
    let mut orders = Vec::new();
    for _ in 0..AT_ONCE {
        let request = house.take_away(&[("307", 1), ("602", 1)]);
        orders.push(house.app.perform(ana, request).await.unwrap().id);
    }
    orders
}

fn is_out(order: &OrderView, station: &str) -> bool {
    let place = STATIONS.iter().position(|code| *code == station).unwrap();
    matches!(order.tickets[place].job, JobState::Printed | JobState::Unconfirmed)
}

/// What is not so.
fn findings(house: &House, tickets: usize) -> Vec<String> {
    let (broken, healthy) = (papers(house.printer("cocina")), papers(house.printer("bar")));
    let mut found = Vec::new();
    if (broken.len(), healthy.len()) != (tickets, tickets) {
        found.push(format!("{} and {} of {tickets} tickets are on paper", broken.len(), healthy.len()));
    }
    for (number, (plain, marked)) in broken.into_iter().filter(|(_, (plain, _))| *plain > 1) {
        found.push(format!("ticket {number}: {plain} papers without the mark, {marked} with it"));
    }
    for (number, papers) in healthy.into_iter().filter(|(_, papers)| *papers != (1, 0)) {
        found.push(format!("ticket {number} of the printer beside it: {papers:?}"));
    }
    found
}

/// The papers of each ticket, without the mark and with it.
fn papers(printer: &Simulator) -> HashMap<i64, (usize, usize)> {
    let mut papers: HashMap<i64, (usize, usize)> = HashMap::new();
    for slip in printer.slips() {
        let Some(number) = ticket_number(&slip) else { continue };
        let (plain, marked) = papers.entry(number).or_default();
        *if slip.contains("POSIBLE DUPLICADO") { marked } else { plain } += 1;
    }
    papers
}
