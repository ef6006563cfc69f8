//! Two programs on one PostgreSQL: two tills that take orders at the same tables with the same products
//! at once, each killed without warning and started again, in turns that a seed decides.
//!
//! Numbers have no gap and no twin, and every order that was acknowledged is there whole, with a ticket
//! and a print job for each station (P1, P11, R9).

use super::child::{Child, Parent, Waiter, block_on};
use crate::house::{self, House, instant_printers, new_id};
use crate::laws::questions::{self, rows};
use crate::postgres::PrivateCluster;
use fastops_app::wire::{AddLines, CreateOrder, FailureCode, GetFloor, GetOrder, OrderType};
use fastops_app::{App, AppConfig, Database};
use fastops_store::Store;
use std::collections::HashSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use uuid::Uuid;

const FOLDER: &str = "FASTOPS_TILL_FOLDER";
const DATABASE: &str = "FASTOPS_TILL_DATABASE";
/// Waiters of one till.
const WAITERS: usize = 4;
/// Tables that everybody serves.
const TABLES: usize = 3;
const KILLS: usize = 6;

/// A till in a process of its own.
struct Till(Child);

impl Till {
    async fn start(folder: &Path, url: &str) -> Self {
        let set_up = |command: &mut Command| {
            command.env(FOLDER, folder).env(DATABASE, url);
        };
        Self(Child::run("faults::two_cores::the_till_that_gets_killed", set_up).await)
    }

    /// Reads `count` acknowledgements.
    async fn hear(&mut self, count: usize, heard: &mut Vec<(Uuid, usize)>) {
        for _ in 0..count {
            heard.push(parse(&self.0.line().await.expect("the till ended by itself")));
        }
    }

    /// Kills it and reads what it had acknowledged by then.
    async fn kill(mut self, heard: &mut Vec<(Uuid, usize)>) {
        self.0.kill();
        let (told, _) = self.0.rest().await;
        heard.extend(told.iter().map(|line| parse(line)));
    }
}

/// An order and how many lines it had when that was acknowledged.
fn parse(line: &str) -> (Uuid, usize) {
    let (order, lines) = line.split_once(' ').unwrap();
    (order.parse().unwrap(), lines.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tills_on_one_server_share_tables_and_numbers_through_kills() {
    let (_, seed) = new_id().as_u64_pair();
    say(seed);
    let mut rng = fastrand::Rng::with_seed(seed);
    let database = house::fresh_on(PrivateCluster::shared()).await;
    let Database::Url(url) = database.clone() else { unreachable!("the cluster is PostgreSQL") };
    // Makes the company; then only the tills are at work.
    House::open_on(database.clone(), instant_printers().await).await.close().await;

    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut tills = Vec::new();
    for folder in &folders {
        tills.push(Till::start(folder.path(), &url).await);
    }
    let mut heard = Vec::new();
    for _ in 0..KILLS {
        for till in &mut tills {
            till.hear(rng.usize(1..15), &mut heard).await;
        }
        let which = rng.usize(0..tills.len());
        let fresh = |till: usize| Till::start(folders[till].path(), &url);
        tills.swap_remove(which).kill(&mut heard).await;
        tills.insert(which, fresh(which).await);
    }
    for till in tills {
        till.kill(&mut heard).await;
    }

    let folder = tempfile::tempdir().unwrap();
    let printers = instant_printers().await;
    let app = App::start(house::config(folder.path(), database, &printers)).await.unwrap();
    whole(&app, &heard).await;
    consecutive(&app.store_for_faults()).await;
    app.stop().await;
}

#[expect(clippy::print_stdout, reason = "shown when the test fails: the seed that replays its turns")]
fn say(seed: u64) {
    println!("seed {seed}");
}

/// Every acknowledged order has at least the lines it was acknowledged with, each with its ticket and job.
async fn whole(app: &App, heard: &[(Uuid, usize)]) {
    assert!(heard.len() >= KILLS * 2, "the tills took orders: {}", heard.len());
    let ana = Waiter::sign_in(app).await.unwrap().caller;
    for (order_id, lines) in heard {
        let order = app.perform(&ana, GetOrder { order_id: *order_id }).await.unwrap();
        assert!(order.lines.len() >= *lines, "{order_id}: {} of {lines} lines", order.lines.len());
        assert_eq!(order.lines.len() % 3, 0, "a command happens whole or not at all");
        let told: HashSet<_> = order.lines.iter().map(|line| line.ticket_id).collect();
        let tickets: HashSet<_> = order.tickets.iter().map(|ticket| Some(ticket.id)).collect();
        assert_eq!(told, tickets, "each line is on a ticket, and each ticket has lines");
    }
    let tables = heard.iter().map(|(order, _)| order);
    assert!(tables.collect::<HashSet<_>>().len() > 1);
}

async fn consecutive(store: &Store) {
    for (what, question) in [
        ("orders' numbers", questions::ODD_ORDER_NUMBERS),
        ("tickets' numbers", questions::ODD_TICKET_NUMBERS),
        ("tickets without a job", questions::TICKETS_WITHOUT_JOB),
        ("orders without lines", questions::ORDERS_WITHOUT_LINES),
    ] {
        assert_eq!(rows(store, question).await, 0, "{what}");
    }
}

/// Not a test of its own: one of the tills. Without a parent it has nothing to do.
#[test]
fn the_till_that_gets_killed() {
    block_on(async {
        let Some(parent) = Parent::call().await else { return };
        let mut config = AppConfig::new(std::env::var(FOLDER).unwrap());
        config.database = Database::Url(std::env::var(DATABASE).unwrap());
        let app = App::start(config).await.unwrap();
        let parent = Arc::new(tokio::sync::Mutex::new(parent));
        let mut waiters = tokio::task::JoinSet::new();
        for waiter in 0..WAITERS {
            waiters.spawn(serve(app.clone(), waiter, Arc::clone(&parent)));
        }
        waiters.join_all().await;
    });
}

/// Opens orders at tables that the other till serves too, and adds to whatever stands there open.
async fn serve(app: App, number: usize, parent: Arc<tokio::sync::Mutex<Parent>>) {
    let waiter = Waiter::sign_in(&app).await.unwrap();
    let ana = waiter.caller.clone();
    for turn in number.. {
        let floor = app.perform(&ana, GetFloor {}).await.unwrap();
        let tables: Vec<_> = floor.rooms.iter().flat_map(|room| &room.tables).take(TABLES).collect();
        let table = tables[turn % tables.len()];
        let open = table.orders.last().filter(|_| turn % 3 != 0).map(|order| order.id);
        let lines = waiter.lines();
        let answer = if let Some(order_id) = open {
            app.perform(&ana, AddLines { command_id: new_id(), order_id, lines }).await
        } else {
            let request = CreateOrder {
                command_id: new_id(),
                order_id: new_id(),
                order_type: OrderType::DineIn,
                table_id: Some(table.id),
                customer: None,
                covers: Some(2),
                note: None,
                urgent: false,
                contact: None,
                lines,
            };
            app.perform(&ana, request).await
        };
        let told = match answer {
            Ok(order) => format!("{} {}", order.id, order.lines.len()),
            Err(failure) => {
                let named = [FailureCode::DatabaseAway, FailureCode::Unsure].contains(&failure.code);
                assert!(named, "{:?}: {failure}", failure.code);
                continue;
            }
        };
        parent.lock().await.tell(&told).await;
    }
}
