//! The print engine alone: a store with as many stations as there are printers, a backlog, and the lanes; no command,
//! no screen.

use super::durable::{DurableOrders, failure};
use crate::feature::station_work;
use crate::refusal::Refusal;
use crate::safety::Keeping;
use crate::wire::Failure;
use crate::{AppConfig, create_demo, start};
use fastops_domain::catch_up::Policy;
use fastops_domain::ids::{ComputerId, CoreId, JobId, PrinterId, StationId, TargetId};
use fastops_domain::job::{JobEvent, JobState, RetryPolicy, next};
use fastops_domain::order::OrderLine;
use fastops_domain::station::{Printer, PrinterAddress, PrinterProfile};
use fastops_domain::ticket::TicketKind;
use fastops_domain::workers::Profile;
use fastops_queue::{Engine, EngineConfig, Equipment, QueueChange};
use fastops_store::job::{self, JobChange};
use fastops_store::station::{PrinterRow, PrinterTarget, Station};
use fastops_store::steering::Steering;
use fastops_store::{Store, StoreError, company, probe, station, ticket};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::time::{Duration, Instant, timeout};

/// The longest that an engine may say nothing while tickets wait.
const PATIENCE: Duration = Duration::from_mins(1);

/// A house with a station for each printer.
#[derive(Debug)]
pub struct QueueSite {
    orders: Arc<DurableOrders>,
    config: AppConfig,
    printers: Vec<Printer>,
}

/// What one run of the engine did.
#[derive(Clone, Copy, Debug)]
pub struct PrintRun {
    pub jobs_per_second: f64,
    /// Units of work that the store wrote for each job, and commits.
    pub writes_per_job: f64,
    pub commits_per_job: f64,
}

/// How long a lane takes to find its next job, and to have it on disk as on its way, without the commit.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    pub head: Duration,
    pub begin: Duration,
}

impl QueueSite {
    /// Makes the house in the data of `config`, which must be empty, with one station for each of the addresses.
    pub async fn open(config: &AppConfig, addresses: &[String]) -> Result<Self, Failure> {
        create_demo(config).await?;
        let addresses = addresses
            .iter()
            .map(|text| {
                text.parse()
                    .map_err(|source| Refusal::BadPrinterAddress { address: text.clone(), source })
                    .map_err(failure)
            })
            .collect::<Result<Vec<PrinterAddress>, _>>()?;
        Self::with_stations(config, addresses).await.map_err(failure)
    }

    async fn with_stations(config: &AppConfig, addresses: Vec<PrinterAddress>) -> Result<Self, Refusal> {
        let store = start::open_store(config, &Keeping::of(config)).await?;
        let added = add_stations(&store, addresses).await;
        store.close().await;
        let added = added?;
        let mut orders = DurableOrders::on(config).await?;
        let facts = Arc::clone(&orders.facts);
        let line = orders.lines.first().cloned().ok_or(Refusal::NotSetUp)?;
        let made_at = |station: &StationId| OrderLine { station: Some(*station), ..line.clone() };
        orders.lines = added.iter().map(made_at).collect();
        let printer = |station| facts.first_printer(station).map(|printer| printer.id);
        let parts = station_work::parts(&facts, printer, &orders.lines)?;
        orders.parts = parts.into_iter().map(|part| (part, TicketKind::New)).collect();
        let mine = |printer: &&Printer| orders.parts.iter().any(|(part, _)| part.printer == printer.id);
        let printers = facts.printers.iter().filter(mine).cloned().collect();
        Ok(Self { orders: Arc::new(orders), config: config.clone(), printers })
    }

    /// Has at least `jobs` tickets wait, the same number at each printer; gives how many it made.
    pub async fn fill(&self, jobs: u32) -> Result<u32, Failure> {
        let of_an_order = u32::try_from(self.printers.len().max(1)).unwrap_or(u32::MAX);
        let orders = jobs.div_ceil(of_an_order);
        for _ in 0..orders {
            self.orders.order().await.map_err(failure)?;
        }
        Ok(orders * of_an_order)
    }

    /// Starts the engine on what waits, `jobs` tickets, with so many workers, and waits until all are on paper. `None`
    /// when the engine says nothing any more before they are.
    pub async fn print(&self, jobs: u32, workers: usize) -> Result<Option<PrintRun>, Failure> {
        let (changes, mut heard) = mpsc::unbounded_channel();
        let (before, began) = (self.orders.store.stats(), Instant::now());
        let (engine, _) = Engine::start(self.engine(changes), self.equipment())
            .await
            .map_err(Refusal::from)
            .map_err(failure)?;
        engine.pin_workers(workers);
        let mut printed = 0;
        while printed < jobs {
            match timeout(PATIENCE, heard.recv()).await {
                Ok(Some(QueueChange::Job { state: JobState::Printed, .. })) => printed += 1,
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => {
                    engine.stop().await;
                    return Ok(None);
                }
            }
        }
        let seconds = began.elapsed().as_secs_f64();
        engine.stop().await;
        let after = self.orders.store.stats();
        let each = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / f64::from(jobs);
        Ok(Some(PrintRun {
            jobs_per_second: f64::from(jobs) / seconds,
            writes_per_job: each(after.units - before.units),
            commits_per_job: each(after.groups - before.groups),
        }))
    }

    fn engine(&self, changes: mpsc::UnboundedSender<QueueChange>) -> EngineConfig {
        let (orders, config, branch) = (&self.orders, &self.config, &self.orders.facts.branch);
        let computer = ComputerId(orders.env.new_id());
        EngineConfig {
            store: orders.store.clone(),
            clock: Arc::clone(&config.clock),
            new_id: crate::env::new_id,
            branch: branch.id,
            core: CoreId(orders.env.new_id()),
            before: None,
            computer,
            computer_name: computer.to_string(),
            lease: config.lease,
            screens: config.screens,
            language: branch.language,
            utc_offset_minutes: branch.utc_offset_minutes,
            profile: Profile::Automatic,
            deadlines: config.deadlines,
            models: Vec::new(),
            retry: config.retry,
            changes,
        }
    }

    fn equipment(&self) -> Equipment {
        Equipment {
            printers: self.printers.clone(),
            chains: Arc::clone(&self.orders.facts.chains),
            catch_up: Policy { least: 0, after_ms: 0 },
            relief_ms: 5_000,
            post: None,
            steering: Steering::default(),
        }
    }

    pub async fn close(self) {
        self.orders.close().await;
    }
}

/// A station and its printer for each address.
async fn add_stations(store: &Store, addresses: Vec<PrinterAddress>) -> Result<Vec<StationId>, Refusal> {
    store
        .write(move |tx| {
            let addresses = addresses.clone();
            Box::pin(async move {
                let (_, branch) = company::first_branch(tx).await?.ok_or(Refusal::NotSetUp)?;
                let stations: Vec<Station> = (10..)
                    .zip(&addresses)
                    .map(|(position, _)| Station {
                        id: StationId(crate::env::new_id()),
                        branch: branch.id,
                        code: format!("station-{position}"),
                        name: format!("Station {position}"),
                        position,
                    })
                    .collect();
                station::insert_stations(tx, &stations).await?;
                for (station, address) in stations.iter().zip(addresses) {
                    let printer = Printer {
                        id: PrinterId(crate::env::new_id()),
                        name: station.name.clone(),
                        address,
                        profile: PrinterProfile::default(),
                    };
                    let target = PrinterTarget {
                        id: TargetId(crate::env::new_id()),
                        station: station.id,
                        position: 0,
                        printer: printer.id,
                        shares: false,
                    };
                    station::insert_printer(tx, &PrinterRow { branch: branch.id, printer }).await?;
                    station::link_printer(tx, &target).await?;
                }
                Ok::<_, Refusal>(stations.iter().map(|station| station.id).collect())
            })
        })
        .await
}

impl DurableOrders {
    /// Leaves the next ticket of each printer as a core would that ended with it in its hands.
    pub async fn leave_in_hand(&self) -> Result<u32, Failure> {
        let (core, now) = (CoreId(self.env.new_id()), self.env.now());
        let printers: Vec<PrinterId> = self.parts.iter().map(|(part, _)| part.printer).collect();
        let count = u32::try_from(printers.len()).unwrap_or(0);
        let left = self.store.write::<_, StoreError, _>(move |tx| {
            let printers = printers.clone();
            Box::pin(async move {
                for printer in printers {
                    let head: Vec<JobId> = job::head(tx, printer).await?.iter().map(|head| head.id).collect();
                    job::begin_many(tx, &head, printer, (core, 0), now).await?;
                }
                Ok(())
            })
        });
        left.await.map_err(failure)?;
        Ok(count)
    }

    /// Jobs that are finished and out of the lanes' table.
    pub async fn finished_jobs(&self) -> Result<u32, Failure> {
        let counted = probe::finished_jobs(&self.store).await;
        Ok(u32::try_from(counted.map_err(failure)?).unwrap_or(u32::MAX))
    }

    /// How long it takes to claim a job of the first printer, the median of `runs`; so many have to wait there. The
    /// clock runs in the writer's own thread, so that what is measured are the statements alone.
    pub async fn claim(&self, runs: usize) -> Result<Claim, Failure> {
        let printer = self.parts.first().ok_or(Refusal::NotSetUp).map_err(failure)?.0.printer;
        let (core, now, retry) = (CoreId(self.env.new_id()), self.env.now(), RetryPolicy::default());
        let claimed = self.store.write::<_, Refusal, _>(move |tx| {
            Box::pin(async move {
                let (mut heads, mut begins) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
                for _ in 0..runs {
                    let began = Instant::now();
                    let row = job::head(tx, printer).await?.ok_or(Refusal::UnknownTicket)?;
                    heads.push(began.elapsed());
                    let began = Instant::now();
                    let to = next(row.work.kind(), row.progress, JobEvent::Begin, now, &retry)
                        .map_err(|_| Refusal::UnknownTicket)?;
                    let change = JobChange { holder: Some(core), lease_ms: 30_000, ..JobChange::default() };
                    job::advance(tx, row.id, row.progress.state, &to, &change).await?;
                    job::open_attempt(tx, row.id, printer, now).await?;
                    if let Some(ticket) = row.work.ticket() {
                        ticket::ticket(tx, ticket).await?;
                    }
                    begins.push(began.elapsed());
                }
                Ok(Claim { head: median(heads), begin: median(begins) })
            })
        });
        claimed.await.map_err(failure)
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
