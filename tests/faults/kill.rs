//! kill -9 in the middle of a rush, again and again, on both engines.
//!
//! The test binary runs itself as the core. It takes a hundred orders at once and tells each that was
//! acknowledged over a socket; somewhere in between, at a place that differs each time, the parent
//! kills it without warning. A core on the same data then has to know every acknowledged order and
//! bring every ticket to paper; what may have been on paper before says so.
//!
//! Proves P1, P2, P3 and P9. Broken on purpose it goes red: answering before the commit loses orders,
//! and leaving out the mark gives unmarked duplicates.

use crate::house::{self, Engine, House, PATIENCE, new_id, ticket_number};
use fastops_app::wire::{
    CreateOrder, GetMenu, GetOrder, GetTerminal, JobState, LogIn, MenuView, NewLine, OrderType, OrderView,
};
use fastops_app::{App, AppConfig, Caller, Database};
use fastops_printer_sim::{Simulator, SimulatorConfig, Speed};
use std::collections::HashMap;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

const FOLDER: &str = "FASTOPS_CRASH_FOLDER";
const DATABASE: &str = "FASTOPS_CRASH_DATABASE";
const PARENT: &str = "FASTOPS_CRASH_PARENT";
const ORDERS: usize = 100;
/// After how many acknowledgements each cycle kills.
const CYCLES: [usize; 6] = [1, 9, 27, 50, 77, 100];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    storm(Engine::Sqlite, &CYCLES).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_postgres() {
    storm(Engine::Postgres, &CYCLES[1..4]).await;
}

async fn storm(engine: Engine, cycles: &[usize]) {
    for &kill_after in cycles {
        let mut printers = Vec::new();
        for name in ["Cocina", "Bar", "Postres"] {
            printers.push(moving_printer(name).await);
        }
        let house = House::open_with(engine, printers).await;
        let (folder, database) = house.data();
        house.app.stop().await;
        let House { app, printers, folder: kept, .. } = house;
        drop(app);

        let acknowledged = crash(&folder, &database, kill_after).await;
        assert!(acknowledged.len() >= kill_after, "the core was killed too early to tell anything");

        let app = App::start(house::config(&folder, database, &printers)).await.unwrap();
        check(&app, &printers, &acknowledged).await;
        app.stop().await;
        for printer in printers {
            printer.stop().await;
        }
        drop(kept);
    }
}

/// A printer whose paper takes its time, so that the kill finds tickets at every step of their way.
async fn moving_printer(name: &str) -> Simulator {
    let clock: fastops_printer_sim::Clock = Arc::new(|| 0);
    let mut config = SimulatorConfig::new(name, clock);
    config.model.speed = Speed::MmPerSecond(8_000);
    config.model.cut_ms = 2;
    Simulator::start(config).await.unwrap()
}

/// Lets a child take a hundred orders and kills it after `kill_after` acknowledgements.
async fn crash(folder: &std::path::Path, database: &Database, kill_after: usize) -> Vec<Uuid> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "faults::kill::the_core_that_gets_killed", "--nocapture"]);
    command.env(FOLDER, folder).env(PARENT, listener.local_addr().unwrap().to_string());
    if let Database::Url(url) = database {
        command.env(DATABASE, url);
    }
    let mut child = Killed(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap());
    let (socket, _) = tokio::time::timeout(PATIENCE, listener.accept()).await.unwrap().unwrap();
    let mut lines = BufReader::new(socket).lines();
    let mut acknowledged = Vec::new();
    loop {
        let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.unwrap();
        // What was on the wire when the kill came is acknowledged too.
        let Ok(Some(line)) = line else { break };
        acknowledged.push(line.parse().unwrap());
        if acknowledged.len() == kill_after {
            child.now();
        }
    }
    acknowledged
}

/// A child that does not outlive its test.
pub(super) struct Killed(pub(super) Child);

impl Killed {
    pub(super) fn now(&mut self) {
        // On Unix this is SIGKILL: no handler, no flush, no goodbye.
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Every acknowledged order is there whole; every ticket gets to paper; every repeat is marked.
pub(super) async fn check(app: &App, printers: &[Simulator], acknowledged: &[Uuid]) {
    let ana = sign_in(app).await;
    let mut tickets = 0;
    for order_id in acknowledged {
        let order = app.perform(&ana, GetOrder { order_id: *order_id }).await.unwrap();
        assert_eq!((order.lines.len(), order.tickets.len()), (3, 3), "whole or not at all");
        let done = printed(app, &ana, *order_id).await;
        tickets += done.tickets.len();
        for (ticket, printer) in done.tickets.iter().zip(printers) {
            let papers: Vec<_> = printer
                .slips()
                .into_iter()
                .filter(|slip| ticket_number(slip) == Some(ticket.number))
                .collect();
            assert!(!papers.is_empty(), "{} {} is `printed` and on no paper", ticket.station, ticket.number);
        }
    }
    assert_eq!(tickets, acknowledged.len() * 3);
    for printer in printers {
        let mut unmarked: HashMap<i64, usize> = HashMap::new();
        for slip in printer.slips() {
            let number = ticket_number(&slip).unwrap_or_else(|| panic!("no number on:\n{}", slip.text()));
            if !slip.contains("POSIBLE DUPLICADO") {
                *unmarked.entry(number).or_default() += 1;
            }
        }
        let twice: Vec<_> = unmarked.into_iter().filter(|(_, papers)| *papers > 1).collect();
        assert!(twice.is_empty(), "unmarked duplicates: {twice:?}");
    }
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

pub(super) async fn sign_in(app: &App) -> Caller {
    let nobody = Caller::default();
    let terminal = app.perform(&nobody, GetTerminal {}).await.unwrap();
    let ana = terminal.users.iter().find(|user| user.name == "Ana").unwrap();
    let request = LogIn { user_id: ana.id, pin: "4444".into(), terminal_id: terminal.terminals[0].id };
    let answer = app.perform(&nobody, request).await.unwrap();
    Caller { session: Some(answer.session), ..nobody }
}

/// A product of each station, one of each, with the first answers of the forced questions.
pub(super) fn one_for_each_station(menu: &MenuView) -> Vec<NewLine> {
    let line = |code: &str| {
        let product = menu.products.iter().find(|product| product.short_code == code).unwrap();
        let forced = product.group_ids.iter().flat_map(|id| {
            let group = menu.groups.iter().find(|group| group.id == *id).unwrap();
            group.modifiers.iter().take(group.min as usize).map(|modifier| modifier.id)
        });
        NewLine {
            id: new_id(),
            product_id: product.id,
            quantity: 1,
            modifier_ids: forced.collect(),
            note: None,
            allergy: None,
            course: 1,
        }
    };
    ["307", "602", "801"].map(line).into()
}

/// Not a test of its own: the process that the others kill. Without a parent it has nothing to do.
#[test]
fn the_core_that_gets_killed() {
    let (Ok(folder), Ok(parent)) = (std::env::var(FOLDER), std::env::var(PARENT)) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut config = AppConfig::new(folder);
        if let Ok(url) = std::env::var(DATABASE) {
            config.database = Database::Url(url);
        }
        let app = App::start(config).await.unwrap();
        let ana = sign_in(&app).await;
        let menu = app.perform(&ana, GetMenu {}).await.unwrap();
        let socket = TcpStream::connect(parent).await.unwrap();
        let socket = Arc::new(tokio::sync::Mutex::new(socket));
        let mut rush = tokio::task::JoinSet::new();
        for _ in 0..ORDERS {
            let request = CreateOrder {
                command_id: new_id(),
                order_id: new_id(),
                order_type: OrderType::Counter,
                table_id: None,
                customer: None,
                covers: None,
                note: None,
                urgent: false,
                lines: one_for_each_station(&menu),
            };
            let (app, ana, socket) = (app.clone(), ana.clone(), Arc::clone(&socket));
            rush.spawn(async move {
                let order = app.perform(&ana, request).await.unwrap();
                let told = format!("{}\n", order.id);
                socket.lock().await.write_all(told.as_bytes()).await.unwrap();
            });
        }
        while rush.join_next().await.is_some() {}
        // Until it is killed; a parent that is gone ends it too.
        let mut byte = [0_u8; 1];
        let _ = tokio::io::AsyncReadExt::read(&mut *socket.lock().await, &mut byte).await;
    });
}
