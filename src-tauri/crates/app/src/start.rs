//! From a folder to a core that serves: lock, store, what a crash left, queue, pulse.

use crate::catalogue::Catalogue;
use crate::env::{Env, SystemClock};
use crate::events::EventHub;
use crate::lock::DataLock;
use crate::metrics::CommandMetrics;
use crate::refusal::Refusal;
use crate::safety::Keeping;
use crate::shelf::Told;
use crate::wire::Failure;
use crate::{App, Inner, Turns, computer, demo, pin, recovery, services};
use fastops_domain::ids::{BranchId, ComputerId, CoreId};
use fastops_domain::job::RetryPolicy;
use fastops_domain::lease::LeasePolicy;
use fastops_domain::outlet::ScreenPolicy;
use fastops_domain::station::{PrinterAddress, Target};
use fastops_domain::time::{Clock, Time};
use fastops_domain::user::Language;
use fastops_domain::workers::Profile;
use fastops_printing::link::Deadlines;
use fastops_printing::models;
use fastops_queue::service::Services;
use fastops_queue::{Engine, EngineConfig, Recovery};
use fastops_store::archive::Archive;
use fastops_store::{Store, StoreConfig, StoreError, company, station, steering};
use std::net::ToSocketAddrs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::sync::{mpsc, watch};
use tokio::time::Duration;

/// The file of the database in a folder of data.
const DATABASE_FILE: &str = "fastops.db";
/// The file of the mail server's password, in the same folder: of this computer alone, and in no backup.
const PASSWORD_FILE: &str = "mail.password";
/// The file of the house's own printer models, in the same folder.
const MODELS_FILE: &str = "models.toml";
/// Connections to a PostgreSQL server that one terminal may hold.
const POSTGRES_CONNECTIONS: u32 = 10;

/// Where the branch's data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// In this folder, in a file of its own.
    Folder,
    /// On a PostgreSQL server. The folder still holds the lock and what belongs to this computer.
    Url(String),
}

/// The demonstration's printers: station code and printer address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoSetup {
    pub printers: Vec<(String, String)>,
}

/// What a core is started with.
#[derive(Clone, Debug)]
pub struct AppConfig {
    /// The folder of this computer's data; made when it is not there.
    pub folder: PathBuf,
    pub database: Database,
    /// Makes the demo company when there is none, and points its stations at these printers.
    pub demo: Option<DemoSetup>,
    /// The language of failures at the start.
    pub language: Language,
    pub clock: Arc<dyn Clock>,
    pub deadlines: Deadlines,
    pub retry: RetryPolicy,
    pub lease: LeasePolicy,
    /// How long a kitchen screen counts as there.
    pub screens: ScreenPolicy,
    /// The folder of PostgreSQL's client programs; without it they are found as other programs are.
    pub postgres_tools: Option<PathBuf>,
}

impl AppConfig {
    /// A core on `folder`, with a database file in it and the computer's clock.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            database: Database::Folder,
            demo: None,
            language: Language::default(),
            clock: Arc::new(SystemClock),
            deadlines: Deadlines::default(),
            retry: RetryPolicy::default(),
            lease: LeasePolicy::default(),
            screens: ScreenPolicy::default(),
            postgres_tools: None,
        }
    }
}

/// What the start found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartReport {
    /// Tickets that were not on paper when the program stopped, those in doubt included; they go on.
    pub recovered: usize,
    /// Tickets that were with a printer when the program stopped; they print again, marked.
    pub in_doubt: usize,
    /// Milliseconds from the call to a core that serves.
    pub ready_ms: u64,
    /// When it served.
    pub at: Time,
}

/// What making the demo company gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoReport {
    pub users: Vec<demo::DemoUser>,
    /// Station code, station name, printer address.
    pub printers: Vec<(String, String, String)>,
    /// Whether the company was made now; otherwise only printers were pointed elsewhere.
    pub created: bool,
}

impl App {
    /// Starts the core. On a failure nothing is left running and nothing was changed.
    pub async fn start(config: AppConfig) -> Result<Self, Failure> {
        let language = config.language;
        start(config).await.map_err(|refusal| refusal.into_failure(language, "start"))
    }
}

async fn start(config: AppConfig) -> Result<App, Refusal> {
    let began = tokio::time::Instant::now();
    let lock = DataLock::take(&config.folder)?;
    let keeping = Keeping::of(&config);
    let store = open_store(&config, &keeping).await?;
    let env = Env { clock: Arc::clone(&config.clock) };
    if let Some(setup) = &config.demo {
        set_up_demo(&store, &env, setup, false).await?;
    }
    let catalogue = Catalogue::new(store.clone(), Arc::clone(&config.clock));
    let facts = catalogue.facts().await?;
    let told = Told::now(&store, &catalogue).await?;
    let (changes, from_queue) = mpsc::unbounded_channel();
    let core = CoreId(env.new_id());
    let computer = computer::id(&config.folder, ComputerId(env.new_id()));
    let (models_file, password_file) = (config.folder.join(MODELS_FILE), config.folder.join(PASSWORD_FILE));
    forget_turbo(&store, facts.branch.id, computer, config.lease.for_ms).await?;
    let engine_config = EngineConfig {
        store: store.clone(),
        clock: Arc::clone(&config.clock),
        new_id: crate::env::new_id,
        branch: facts.branch.id,
        core,
        before: lock.turn(core),
        computer,
        computer_name: computer::name(computer),
        lease: config.lease,
        screens: config.screens,
        language: facts.branch.language,
        utc_offset_minutes: facts.branch.utc_offset_minutes,
        profile: Profile::Automatic,
        deadlines: config.deadlines,
        models: models::known(&models_file).await.models,
        retry: config.retry,
        changes,
    };
    let equipment = facts.equipment(&store, &password_file).await?;
    let (engine, recovery) = Engine::start(engine_config, equipment).await?;
    let report = report(&recovery, began.elapsed(), config.clock.now());
    let app = App {
        inner: Arc::new(Inner {
            store,
            events: EventHub::new(env.new_id()),
            env,
            catalogue,
            metrics: CommandMetrics::default(),
            engine,
            pulse_due: Arc::default(),
            alerts_due: Arc::default(),
            counted: Mutex::default(),
            paces: Mutex::default(),
            moved: Mutex::default(),
            is_demo: config.demo.is_some(),
            keeping,
            screens: config.screens,
            password_file,
            models_file,
            turns: Turns::default(),
            report,
            services: Services::new(),
            stop: watch::Sender::new(false),
            lock: Mutex::new(Some(lock)),
        }),
    };
    services::start_all(&app, from_queue, told, Archive::beside(&config.folder));
    Ok(app)
}

fn report(recovery: &Recovery, took: Duration, at: Time) -> StartReport {
    StartReport {
        recovered: recovery.unfinished,
        in_doubt: recovery.in_doubt,
        ready_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        at,
    }
}

/// A person's word about turbo does not outlive the last core that followed it.
async fn forget_turbo(
    store: &Store,
    branch: BranchId,
    computer: ComputerId,
    lease_ms: i64,
) -> Result<(), StoreError> {
    let write = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move { steering::begin(tx, branch, computer, lease_ms).await })
    });
    write.await
}

/// Opens the store in the custody of its folder. What cannot be used is not passed over: a damaged file is
/// set aside, and the refusal says which backup could take its place.
pub(crate) async fn open_store(config: &AppConfig, keeping: &Keeping) -> Result<Store, Refusal> {
    match Store::open_in_custody(&keeping.database, &keeping.custody).await {
        Ok(store) => Ok(store),
        Err(error) => Err(recovery::refuse(config, error).await),
    }
}

/// Where the store of `config` is.
pub(crate) fn database(config: &AppConfig) -> StoreConfig {
    match &config.database {
        Database::Folder => StoreConfig::Sqlite { path: config.folder.join(DATABASE_FILE) },
        Database::Url(url) => {
            StoreConfig::Postgres { url: url.clone(), max_connections: POSTGRES_CONNECTIONS }
        }
    }
}

/// Refuses where there is no data: what only reads must not make a folder look like one that is used.
pub(crate) fn demand_data(database: &StoreConfig) -> Result<(), Refusal> {
    match database {
        StoreConfig::Sqlite { path } if !path.exists() => Err(Refusal::NoData { path: path.clone() }),
        _ => Ok(()),
    }
}

/// Makes the demo company in the data of `config`, or points the printers of one that is there
/// elsewhere. Refuses to touch a company when it is given no printers.
pub async fn create_demo(config: &AppConfig) -> Result<DemoReport, Failure> {
    let make = async {
        let _lock = DataLock::take(&config.folder)?;
        let store = open_store(config, &Keeping::of(config)).await?;
        let env = Env { clock: Arc::clone(&config.clock) };
        let setup = config.demo.clone().unwrap_or_default();
        let report = set_up_demo(&store, &env, &setup, true).await;
        store.close().await;
        report
    };
    make.await.map_err(|refusal: Refusal| refusal.into_failure(config.language, "demo"))
}

/// `strict` refuses when there is a company and nothing to change about it.
pub(crate) async fn set_up_demo(
    store: &Store,
    env: &Env,
    setup: &DemoSetup,
    strict: bool,
) -> Result<DemoReport, Refusal> {
    let addresses = addresses(setup).await?;
    let known = store.read(|tx| Box::pin(company::first_branch(tx))).await?;
    let created = known.is_none();
    if created {
        let people = demo::people(pin::hash)?;
        let env = env.clone();
        let addresses = addresses.clone();
        store
            .write(move |tx| {
                let (env, people, addresses) = (env.clone(), people.clone(), addresses.clone());
                Box::pin(async move {
                    let mut ids = || env.new_id();
                    demo::create(tx, &mut ids, &people, &addresses, env.now()).await
                })
            })
            .await?;
    } else if strict && addresses.is_empty() {
        return Err(Refusal::SetUpAlready);
    }
    point_printers(store, addresses).await.map(|printers| DemoReport {
        users: demo::users(),
        printers,
        created,
    })
}

/// Reads the addresses and asks the network for their hosts, so that a slip of the finger shows now.
async fn addresses(setup: &DemoSetup) -> Result<Vec<(String, PrinterAddress)>, Refusal> {
    let mut read = Vec::with_capacity(setup.printers.len());
    for (code, text) in &setup.printers {
        let address: PrinterAddress =
            text.parse().map_err(|source| Refusal::BadPrinterAddress { address: text.clone(), source })?;
        if let PrinterAddress::Tcp { host, port } = address.clone() {
            let asked = host.clone();
            tokio::task::spawn_blocking(move || (asked.as_str(), port).to_socket_addrs().map(|_| ()))
                .await
                .unwrap_or_else(|error| Err(std::io::Error::other(error)))
                .map_err(|source| Refusal::UnknownPrinterHost { host, source })?;
        }
        read.push((code.clone(), address));
    }
    Ok(read)
}

/// Gives stations their printers' addresses; answers with all of them.
async fn point_printers(
    store: &Store,
    addresses: Vec<(String, PrinterAddress)>,
) -> Result<Vec<(String, String, String)>, Refusal> {
    store
        .write(move |tx| {
            let addresses = addresses.clone();
            Box::pin(async move {
                let (_, branch) = company::first_branch(tx).await?.ok_or(Refusal::NotSetUp)?;
                let stations = station::stations(tx, branch.id).await?;
                let chains = station::chains(tx, branch.id).await?;
                let first = |code: &str| {
                    let station = stations.iter().find(|station| station.code == code)?;
                    match chains.get(&station.id)?.first()?.target {
                        Target::Device(printer) => Some(printer),
                        Target::Sender => None,
                    }
                };
                for (code, address) in &addresses {
                    let printer = first(code).ok_or_else(|| Refusal::NoSuchStation { code: code.clone() })?;
                    station::set_printer_address(tx, printer, address).await?;
                }
                let printers = station::printers(tx, branch.id).await?;
                let address_of = |code: &str| {
                    let id = first(code)?;
                    printers
                        .iter()
                        .find(|printer| printer.id == id)
                        .map(|printer| printer.address.to_string())
                };
                Ok::<_, Refusal>(
                    stations
                        .iter()
                        .map(|station| {
                            let address = address_of(&station.code).unwrap_or_default();
                            (station.code.clone(), station.name.clone(), address)
                        })
                        .collect(),
                )
            })
        })
        .await
}
