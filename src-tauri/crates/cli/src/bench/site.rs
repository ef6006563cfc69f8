//! The demonstration company on a store of its own, with printers, and a waiter who orders.

use crate::clock::new_id;
use crate::exit::Stop;
use fastops_app::wire::{
    CreateOrder, EventEnvelope, GetMenu, GetOrder, GetTerminal, LogIn, MenuView, NewLine, OrderType,
    OrderView,
};
use fastops_app::{App, AppConfig, Caller, Database, DemoSetup, create_demo};
use fastops_printer_sim::{self as sim, DemoPrinters, Model, Speed};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::broadcast::Receiver;
use tokio::time::{Duration, Instant};
use uuid::Uuid;

/// Who orders: a waiter of the demonstration, with the PIN that it tells everyone.
const WAITER: (&str, &str) = ("Ana", "4444");
/// Two dishes and a drink, all without forced questions: three lines for two stations. The dessert is for the third.
const PRODUCTS: [&str; 4] = ["101", "104", "606", "801"];
const LINES: std::ops::Range<usize> = 0..3;
const ONE_FOR_EACH: std::ops::Range<usize> = 1..4;
const STATIONS: [&str; 3] = ["cocina", "bar", "postres"];

/// A core under measurement.
#[derive(Debug)]
pub(crate) struct Site {
    app: App,
    waiter: Waiter,
    printers: DemoPrinters,
    config: AppConfig,
}

/// Someone who is signed in and orders.
#[derive(Clone, Debug)]
pub(crate) struct Waiter {
    app: App,
    caller: Caller,
    products: Arc<[Uuid]>,
}

impl Site {
    /// A fresh company in `folder` (and in `database`, which must be empty). Also gives the time that the core
    /// took to be ready.
    pub(crate) async fn open(
        folder: &Path,
        database: Database,
        speed: Speed,
    ) -> Result<(Self, Duration), Stop> {
        Self::open_with(folder, database, Model { speed, ..Model::epson_80mm() }).await
    }

    /// The same with printers of that model.
    pub(crate) async fn open_with(
        folder: &Path,
        database: Database,
        model: Model,
    ) -> Result<(Self, Duration), Stop> {
        let (printers, setup) = printers(&model).await?;
        let mut config = AppConfig::new(folder);
        config.database = database;
        // Made without printers first: this refuses a database that holds a company.
        create_demo(&config).await?;
        config.demo = Some(setup);
        let (app, ready) = start(&config).await?;
        let waiter = Waiter::sign_in(&app).await?;
        Ok((Self { app, waiter, printers, config }, ready))
    }

    pub(crate) fn waiter(&self) -> &Waiter {
        &self.waiter
    }

    /// What every screen hears from now on.
    pub(crate) fn events(&self) -> Receiver<EventEnvelope> {
        self.app.subscribe()
    }

    pub(crate) fn printers(&self) -> &DemoPrinters {
        &self.printers
    }

    /// Stops the core, starts it again on what it holds now, and gives the time until it was ready.
    pub(crate) async fn restart(self) -> Result<(Self, Duration), Stop> {
        let Self { app, waiter: Waiter { app: seen, caller, products }, printers, config } = self;
        app.stop().await;
        // The folder's lock goes with the last handle.
        drop((app, seen));
        let (app, ready) = start(&config).await?;
        let waiter = Waiter { app: app.clone(), caller, products };
        Ok((Self { app, waiter, printers, config }, ready))
    }

    pub(crate) async fn close(self) {
        self.app.stop().await;
        self.printers.stop().await;
    }
}

/// A printer of that model for each station, and where they are.
pub(crate) async fn printers(model: &Model) -> Result<(DemoPrinters, DemoSetup), Stop> {
    let setups = STATIONS.map(|name| {
        let mut setup = sim::DemoSetup::new(name);
        setup.model = model.clone();
        setup
    });
    let printers = DemoPrinters::start_with(setups.into(), Arc::new(crate::clock::now_ms))
        .await
        .map_err(|error| Stop::failure(error.to_string()))?;
    let addresses = printers.printers().iter().map(|printer| format!("tcp://{}", printer.addr()));
    let setup = DemoSetup { printers: STATIONS.map(str::to_owned).into_iter().zip(addresses).collect() };
    Ok((printers, setup))
}

async fn start(config: &AppConfig) -> Result<(App, Duration), Stop> {
    let began = Instant::now();
    let app = App::start(config.clone()).await?;
    Ok((app, began.elapsed()))
}

impl Waiter {
    pub(crate) async fn sign_in(app: &App) -> Result<Self, Stop> {
        let nobody = Caller::default();
        let terminal = app.perform(&nobody, GetTerminal {}).await?;
        let user = terminal.users.iter().find(|user| user.name == WAITER.0);
        let (Some(user), Some(till)) = (user, terminal.terminals.first()) else {
            return Err(Stop::failure("the demonstration has no waiter or no till"));
        };
        let log_in = LogIn { user_id: user.id, pin: WAITER.1.into(), terminal_id: till.id };
        let session = app.perform(&nobody, log_in).await?.session;
        let caller = Caller { session: Some(session), ..nobody };
        let menu = app.perform(&caller, GetMenu {}).await?;
        Ok(Self { app: app.clone(), caller, products: products(&menu)? })
    }

    /// Sends one order of three lines for two stations.
    pub(crate) async fn order(&self) -> Result<OrderView, Stop> {
        Ok(self.app.perform(&self.caller, order(&self.products[LINES])).await?)
    }

    /// Sends one order with a line for each of the three stations.
    pub(crate) async fn order_for_all(&self) -> Result<OrderView, Stop> {
        Ok(self.app.perform(&self.caller, order(&self.products[ONE_FOR_EACH])).await?)
    }

    /// Looks at an order.
    pub(crate) async fn look_at(&self, order_id: Uuid) -> Result<OrderView, Stop> {
        Ok(self.app.perform(&self.caller, GetOrder { order_id }).await?)
    }

    /// Sends one order of one line for the first station.
    pub(crate) async fn order_one(&self) -> Result<OrderView, Stop> {
        Ok(self.app.perform(&self.caller, order(&self.products[..1])).await?)
    }
}

fn products(menu: &MenuView) -> Result<Arc<[Uuid]>, Stop> {
    let find = |code: &str| menu.products.iter().find(|product| product.short_code == code);
    PRODUCTS
        .iter()
        .map(|code| find(code).map(|product| product.id))
        .collect::<Option<_>>()
        .ok_or_else(|| Stop::failure("the demonstration's menu lacks a product that the measurement orders"))
}

fn order(products: &[Uuid]) -> CreateOrder {
    let line = |product: &Uuid| NewLine {
        id: new_id(),
        product_id: *product,
        variant_id: None,
        quantity: 1,
        modifier_ids: Vec::new(),
        note: None,
        allergy: None,
        course: 1,
        seat: None,
        held: false,
        parts: Vec::new(),
    };
    CreateOrder {
        command_id: new_id(),
        order_id: new_id(),
        order_type: OrderType::Counter,
        table_id: None,
        customer: None,
        covers: None,
        note: None,
        urgent: false,
        contact: None,
        lines: products.iter().map(line).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_order_of_the_measurement_goes_to_two_stations_and_comes_out_on_paper() {
        let folder = tempfile::tempdir().unwrap();
        let (site, _) = Site::open(folder.path(), Database::Folder, Speed::Instant).await.unwrap();
        let order = site.waiter().order().await.unwrap();
        assert_eq!((order.lines.len(), order.tickets.len()), (3, 2));
        let kitchen = site.printers().printer("cocina").unwrap();
        let slips = kitchen.wait_for_slips(1, Duration::from_mins(1)).await.unwrap();
        assert!(slips[0].contains("Empanadas") || slips[0].contains("EMPANADAS"), "{}", slips[0].text());
        let (site, _) = site.restart().await.unwrap();
        assert_eq!(site.waiter().order_one().await.unwrap().tickets.len(), 1);
        site.close().await;
    }

    #[tokio::test]
    async fn a_store_that_holds_a_company_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        create_demo(&AppConfig::new(folder.path())).await.unwrap();
        let refused = Site::open(folder.path(), Database::Folder, Speed::Instant).await;
        assert!(refused.is_err());
    }
}
