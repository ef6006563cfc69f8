//! A restaurant for tests: the demo company on either engine, with three simulated printers.
//!
//! Everything goes through the core's own door, as a host's requests do; what the printers put on
//! paper is the independent witness.

use crate::postgres::PrivateCluster;
use fastops_app::wire::{
    ComboPart, ComboSlotView, CreateOrder, Event, EventEnvelope, Failure, FailureCode, GetMenu, GetOrder,
    GetQueueStatus, GetTerminal, LogIn, MenuView, NewLine, OrderType, OrderView, ProductView, SetBreaker,
    TerminalView,
};
use fastops_app::{App, AppConfig, Caller, Command, DEMO_USERS, Database, DemoSetup, Language, SystemClock};
use fastops_domain::job::RetryPolicy;
use fastops_domain::time::{Clock as _, Time};
use fastops_printer_sim::{Answers, Clock, Model, Simulator, SimulatorConfig, Slip};
use fastops_store::StoreConfig;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::broadcast::Receiver;
use uuid::Uuid;

/// Longer than anything honest takes on a busy machine; a test that waits this long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// The stations' codes, in the order of [`House::printers`].
pub(crate) const STATIONS: [&str; 3] = ["cocina", "bar", "postres"];

/// Short pauses between attempts.
pub(crate) const RETRY: RetryPolicy = RetryPolicy { quick_attempts: 3, pause_ms: 50, blocked_pause_ms: 100 };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// A running restaurant.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) printers: Vec<Simulator>,
    pub(crate) terminal: TerminalView,
    pub(crate) menu: MenuView,
    pub(crate) folder: TempDir,
    database: Database,
}

/// A clock that a test moves.
#[derive(Debug)]
pub(crate) struct HandClock(pub(crate) AtomicI64);

impl fastops_domain::time::Clock for HandClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::Relaxed))
    }
}

pub(crate) fn new_id() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "tests are a client, and clients make ids")]
    Uuid::now_v7()
}

/// Waits until a screen hears what is wanted.
pub(crate) async fn hear(events: &mut Receiver<EventEnvelope>, mut wanted: impl FnMut(&Event) -> bool) {
    let heard = async { while !wanted(&events.recv().await.unwrap().event) {} };
    tokio::time::timeout(PATIENCE, heard).await.expect("never heard");
}

fn clock() -> Clock {
    Arc::new(|| SystemClock.now().0)
}

/// A printer whose paper moves in no time.
pub(crate) async fn instant_printer(name: &str) -> Simulator {
    Simulator::start(SimulatorConfig::instant(name, clock())).await.unwrap()
}

/// A printer of another model.
pub(crate) async fn printer_like(name: &str, change: impl FnOnce(&mut Model)) -> Simulator {
    let mut config = SimulatorConfig::instant(name, clock());
    change(&mut config.model);
    Simulator::start(config).await.unwrap()
}

/// A printer at an address of its own.
pub(crate) async fn printer_at(name: &str, listen: SocketAddr) -> Simulator {
    let config = SimulatorConfig { listen, ..SimulatorConfig::instant(name, clock()) };
    Simulator::start(config).await.unwrap()
}

/// A printer that gives only these answers.
pub(crate) async fn printer_that(name: &str, answers: Answers) -> Simulator {
    let mut config = SimulatorConfig::instant(name, clock());
    config.model.answers = answers;
    Simulator::start(config).await.unwrap()
}

/// The configuration of a core in `folder` that prints on `printers`, with short pauses between attempts.
pub(crate) fn config(folder: &Path, database: Database, printers: &[Simulator]) -> AppConfig {
    let mut config = AppConfig::new(folder);
    config.database = database;
    config.retry = RETRY;
    let addresses = STATIONS.iter().zip(printers);
    let printers = addresses.map(|(code, printer)| ((*code).to_owned(), format!("tcp://{}", printer.addr())));
    config.demo = Some(DemoSetup { printers: printers.collect() });
    config
}

impl House {
    pub(crate) async fn open(engine: Engine) -> Self {
        Self::open_with(engine, instant_printers().await).await
    }

    pub(crate) async fn open_with(engine: Engine, printers: Vec<Simulator>) -> Self {
        Self::open_tuned(engine, printers, RETRY).await
    }

    pub(crate) async fn open_tuned(engine: Engine, printers: Vec<Simulator>, retry: RetryPolicy) -> Self {
        let database = match engine {
            Engine::Sqlite => Database::Folder,
            Engine::Postgres => fresh_on(PrivateCluster::shared()).await,
        };
        Self::open_with_retry(database, printers, retry).await
    }

    /// A restaurant on a database that is there.
    pub(crate) async fn open_on(database: Database, printers: Vec<Simulator>) -> Self {
        Self::open_with_retry(database, printers, RETRY).await
    }

    async fn open_with_retry(database: Database, printers: Vec<Simulator>, retry: RetryPolicy) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = AppConfig { retry, ..config(folder.path(), database.clone(), &printers) };
        let app = App::start(config).await.unwrap();
        Self::around(app, printers, folder, database).await
    }

    /// A restaurant that is there already, seen by somebody who is at work in it.
    pub(crate) async fn over(
        app: App,
        printers: Vec<Simulator>,
        terminal: TerminalView,
        (folder, database): (TempDir, Database),
        caller: &Caller,
    ) -> Self {
        let menu = app.perform(caller, GetMenu {}).await.unwrap();
        Self { app, printers, terminal, menu, folder, database }
    }

    async fn around(app: App, printers: Vec<Simulator>, folder: TempDir, database: Database) -> Self {
        let terminal = app.perform(&Caller::default(), GetTerminal {}).await.unwrap();
        let mut house = Self { app, printers, terminal, menu: empty_menu(), folder, database };
        let waiter = house.sign_in("Ana").await;
        house.menu = house.app.perform(&waiter, GetMenu {}).await.unwrap();
        house
    }

    /// The same restaurant after its program was stopped and started.
    pub(crate) async fn restart(self) -> Self {
        self.restart_with(|_| {}).await
    }

    /// The same, with something else in its configuration.
    pub(crate) async fn restart_with(self, change: impl FnOnce(&mut AppConfig)) -> Self {
        self.app.stop().await;
        let Self { app, printers, folder, database, .. } = self;
        drop(app);
        let mut config = config(folder.path(), database.clone(), &printers);
        change(&mut config);
        let app = App::start(config).await.unwrap();
        Self::around(app, printers, folder, database).await
    }

    /// Where its data is, for another core.
    pub(crate) fn data(&self) -> (std::path::PathBuf, Database) {
        (self.folder.path().to_owned(), self.database.clone())
    }

    pub(crate) async fn close(self) {
        self.app.stop().await;
        for printer in self.printers {
            printer.stop().await;
        }
    }

    /// Signs one of the demo's people in, by name.
    pub(crate) async fn sign_in(&self, name: &str) -> Caller {
        let pin = DEMO_USERS.iter().find(|user| user.name == name).unwrap().pin;
        let request = self.log_in_request(name, pin);
        let answer = self.app.perform(&Caller::default(), request).await.unwrap();
        Caller { session: Some(answer.session), language: Language::Es, ..Caller::default() }
    }

    pub(crate) fn log_in_request(&self, name: &str, pin: &str) -> LogIn {
        let user = self.terminal.users.iter().find(|user| user.name == name).unwrap();
        LogIn { user_id: user.id, pin: pin.into(), terminal_id: self.terminal.terminals[0].id }
    }

    pub(crate) fn product(&self, code: &str) -> &ProductView {
        self.menu.products.iter().find(|product| product.short_code == code).unwrap()
    }

    pub(crate) fn station(&self, code: &str) -> Uuid {
        self.terminal.stations.iter().find(|station| station.code == code).unwrap().id
    }

    pub(crate) fn printer(&self, code: &str) -> &Simulator {
        let at = STATIONS.iter().position(|station| *station == code).unwrap();
        &self.printers[at]
    }

    /// A line as a screen sends it, with the first answers of the forced questions.
    pub(crate) fn line(&self, code: &str, quantity: i64) -> NewLine {
        let product = self.product(code);
        let forced = product.group_ids.iter().flat_map(|id| {
            let group = self.menu.groups.iter().find(|group| group.id == *id).unwrap();
            group.modifiers.iter().take(group.min as usize).map(|modifier| modifier.id)
        });
        NewLine {
            id: new_id(),
            product_id: product.id,
            variant_id: None,
            quantity,
            modifier_ids: forced.collect(),
            note: None,
            allergy: None,
            course: 1,
            seat: None,
            held: false,
            parts: self.parts(product),
        }
    }

    /// What a combo needs chosen for it: the first choices of its forced slots.
    fn parts(&self, product: &ProductView) -> Vec<ComboPart> {
        let first =
            |slot: &ComboSlotView| slot.choices.iter().take(slot.min as usize).cloned().collect::<Vec<_>>();
        let chosen =
            product.slots.iter().flat_map(|slot| first(slot).into_iter().map(|choice| (slot.id, choice)));
        chosen.map(|(slot_id, choice)| self.part(slot_id, choice.product_id)).collect()
    }

    /// What is chosen for a slot of a combo, with the first answers of the forced questions.
    pub(crate) fn part(&self, slot_id: Uuid, product_id: Uuid) -> ComboPart {
        let product = self.menu.products.iter().find(|product| product.id == product_id).unwrap();
        let line = self.line(&product.short_code, 1);
        ComboPart { id: new_id(), slot_id, product_id, variant_id: None, modifier_ids: line.modifier_ids }
    }

    /// An order to take away with these lines: product code and quantity.
    pub(crate) fn take_away(&self, lines: &[(&str, i64)]) -> CreateOrder {
        CreateOrder {
            command_id: new_id(),
            order_id: new_id(),
            order_type: OrderType::TakeAway,
            table_id: None,
            customer: Some("Señora Muñoz".into()),
            covers: None,
            note: None,
            urgent: false,
            contact: None,
            lines: lines.iter().map(|(code, quantity)| self.line(code, *quantity)).collect(),
        }
    }

    pub(crate) async fn order(&self, caller: &Caller, order_id: Uuid) -> OrderView {
        self.app.perform(caller, GetOrder { order_id }).await.unwrap()
    }

    /// Waits, woken by events, until the order is as wanted.
    pub(crate) async fn until(
        &self,
        caller: &Caller,
        id: Uuid,
        wanted: impl Fn(&OrderView) -> bool,
    ) -> OrderView {
        let mut events = self.app.subscribe();
        let mut last = None;
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                let view = self.order(caller, id).await;
                if wanted(&view) {
                    return view;
                }
                last = Some(view);
                // A lagging receiver has missed some; the next look at the order makes up for it.
                let _ = events.recv().await;
            }
        })
        .await;
        found.unwrap_or_else(|_| panic!("the order never became as wanted: {last:#?}"))
    }

    /// The slips of a station that carry a ticket number.
    pub(crate) fn papers_of(&self, code: &str, number: i64) -> Vec<Arc<Slip>> {
        let slips = self.printer(code).slips();
        slips.into_iter().filter(|slip| ticket_number(slip) == Some(number)).collect()
    }

    /// Takes a printer out of use by hand.
    pub(crate) async fn take_out_of_use(&self, name: &str) {
        let admin = self.sign_in("Camila").await;
        let lanes = self.app.perform(&admin, GetQueueStatus {}).await.unwrap().lanes;
        let printer_id = lanes.into_iter().find(|lane| lane.printer == name).unwrap().printer_id;
        let out = SetBreaker { command_id: new_id(), printer_id, open: true };
        self.app.perform(&admin, out).await.unwrap();
    }

    /// Asks, and expects to be refused with this code and a sentence.
    pub(crate) async fn refused<C: Command>(&self, caller: &Caller, request: C, code: FailureCode) -> Failure
    where
        C::Answer: std::fmt::Debug,
    {
        let failure = self.app.perform(caller, request).await.unwrap_err();
        assert_eq!(failure.code, code, "{}", failure.message);
        assert!(failure.message.len() > 20, "says what, why and what to do: {}", failure.message);
        failure
    }
}

/// A database of a cluster, ready for use and empty of rows.
pub(crate) async fn fresh_on(cluster: &PrivateCluster) -> Database {
    match cluster.fresh().await {
        StoreConfig::Postgres { url, .. } => Database::Url(url),
        StoreConfig::Sqlite { .. } => unreachable!("the cluster is PostgreSQL"),
    }
}

/// Three printers whose paper moves in no time, in the order of [`STATIONS`].
pub(crate) async fn instant_printers() -> Vec<Simulator> {
    let mut printers = Vec::new();
    for name in ["Cocina", "Bar", "Postres"] {
        printers.push(instant_printer(name).await);
    }
    printers
}

fn empty_menu() -> MenuView {
    MenuView { categories: Vec::new(), products: Vec::new(), groups: Vec::new(), favourite_ids: Vec::new() }
}

/// The station's consecutive number on a slip.
pub(crate) fn ticket_number(slip: &Slip) -> Option<i64> {
    let text = slip.text();
    let after = text.split_once('#')?.1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
