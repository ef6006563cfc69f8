//! Durable orders alone: the unit of work of `create_order`, with no printer and no screen beside it.

use crate::catalogue::{Catalogue, Facts};
use crate::env::Env;
use crate::feature::order::{Draft, keep};
use crate::feature::station_work::{self, Heading, Part};
use crate::feature::stock::Withdrawal;
use crate::once::once_on;
use crate::refusal::Refusal;
use crate::safety::Keeping;
use crate::wire::Failure;
use crate::{AppConfig, create_demo, start};
use fastops_domain::contact::Contact;
use fastops_domain::ids::{CommandId, LineId, OrderId, ProductId};
use fastops_domain::order::{OrderLine, OrderType};
use fastops_domain::ticket::TicketKind;
use fastops_domain::user::Language;
use fastops_store::order::NewOrder;
use fastops_store::stock::Posting;
use fastops_store::{Stats, Store, StoreError, probe};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant};

/// Orders in one commit of the yardstick.
const PER_COMMIT: usize = 50;

/// A store with the demonstration's company and nobody who prints.
#[derive(Debug)]
pub struct DurableOrders {
    pub(super) store: Store,
    pub(super) env: Env,
    pub(super) facts: Arc<Facts>,
    pub(super) parts: Vec<(Part, TicketKind)>,
    pub(super) lines: Vec<OrderLine>,
}

/// What one run measured.
#[derive(Clone, Debug)]
pub struct Durable {
    pub orders_per_second: f64,
    /// How long each order took, from the call to the answer, sorted.
    pub times: Vec<Duration>,
    /// Orders to a commit, on average.
    pub per_commit: f64,
}

impl DurableOrders {
    /// Makes the company in the data of `config`, which must be empty.
    pub async fn open(config: &AppConfig) -> Result<Self, Failure> {
        create_demo(config).await?;
        Self::reopen(config).await
    }

    /// Opens the data of `config` again.
    pub async fn reopen(config: &AppConfig) -> Result<Self, Failure> {
        Self::on(config).await.map_err(failure)
    }

    pub(super) async fn on(config: &AppConfig) -> Result<Self, Refusal> {
        let store = start::open_store(config, &Keeping::of(config)).await?;
        let env = Env { clock: Arc::clone(&config.clock) };
        let facts = Catalogue::new(store.clone(), Arc::clone(&config.clock)).facts().await?;
        let lines = one_for_each_station(&facts);
        let parts =
            station_work::parts(&facts, |id| facts.first_printer(id).map(|printer| printer.id), &lines)?;
        let parts = parts.into_iter().map(|part| (part, TicketKind::New)).collect();
        Ok(Self { store, env, facts, parts, lines })
    }

    /// Has `clients` write `orders` orders of three lines and three tickets between them.
    pub async fn run(self: &Arc<Self>, clients: u16, orders: u32) -> Result<Durable, Failure> {
        let (before, taken, began) = (self.store.stats(), Arc::new(AtomicU32::new(0)), Instant::now());
        let mut working = JoinSet::new();
        for _ in 0..clients {
            let (site, taken) = (Arc::clone(self), Arc::clone(&taken));
            working.spawn(async move {
                let mut times = Vec::new();
                while taken.fetch_add(1, Ordering::Relaxed) < orders {
                    let began = Instant::now();
                    site.order().await?;
                    times.push(began.elapsed());
                }
                Ok::<_, Refusal>(times)
            });
        }
        let mut times = Vec::new();
        while let Some(client) = working.join_next().await {
            times.extend(client.unwrap_or(Err(StoreError::Panicked.into())).map_err(failure)?);
        }
        let seconds = began.elapsed().as_secs_f64();
        times.sort_unstable();
        let per_commit = per_commit(before, self.store.stats());
        Ok(Durable { orders_per_second: f64::from(orders) / seconds, times, per_commit })
    }

    /// Has `clients` write an order every `pause` each, for as long as `meanwhile` takes; gives how long
    /// each order took, sorted, and what `meanwhile` gave.
    pub async fn run_beside<T>(
        self: &Arc<Self>,
        clients: u16,
        pause: Duration,
        meanwhile: impl Future<Output = T>,
    ) -> Result<(Vec<Duration>, T), Failure> {
        let (over, mut working) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
        for client in 0..clients {
            let (site, over) = (Arc::clone(self), Arc::clone(&over));
            working.spawn(async move {
                let (mut times, mut next) =
                    (Vec::new(), Instant::now() + pause * client.into() / clients.into());
                while !over.load(Ordering::Relaxed) {
                    tokio::time::sleep_until(next).await;
                    let began = Instant::now();
                    site.order().await?;
                    times.push(began.elapsed());
                    next = (next + pause).max(Instant::now());
                }
                Ok::<_, Refusal>(times)
            });
        }
        let value = meanwhile.await;
        over.store(true, Ordering::Relaxed);
        let mut times = Vec::new();
        while let Some(client) = working.join_next().await {
            times.extend(client.unwrap_or(Err(StoreError::Panicked.into())).map_err(failure)?);
        }
        times.sort_unstable();
        Ok((times, value))
    }

    /// One order, as `create_order` keeps it.
    pub(super) async fn order(&self) -> Result<(), Refusal> {
        let (now, env) = (self.env.now(), self.env.clone());
        let id = OrderId(env.new_id());
        let lines: Vec<OrderLine> =
            self.lines.iter().map(|line| OrderLine { id: LineId(env.new_id()), ..line.clone() }).collect();
        let user = self.facts.users.first().ok_or(Refusal::NotSetUp)?;
        let terminal = self.facts.terminals.first().ok_or(Refusal::NotSetUp)?;
        let draft = Draft {
            order: NewOrder {
                id,
                branch: self.facts.branch.id,
                order_type: OrderType::Counter,
                number: 0,
                table: None,
                customer: None,
                covers: None,
                waiter: user.id,
                terminal: terminal.id,
                note: None,
                urgent: false,
                revision: 1,
                opened_at: now,
                contact: Contact::default(),
            },
            heading: Heading {
                order: id,
                order_number: 0,
                order_type: OrderType::Counter,
                table: None,
                room: None,
                customer: None,
                covers: None,
                waiter: user.name.clone(),
                terminal: terminal.name.clone(),
                note: None,
                urgent: false,
                revision: 1,
                promised: None,
            },
        };
        let (command, parts) = (CommandId(env.new_id()), self.parts.clone());
        let by = Posting { command, user: user.id, at: now };
        let withdrawal = Withdrawal::of(&self.facts, &env, &lines, by)?;
        once_on(&self.store, user.id, command, "create_order", now, move |tx| {
            let (draft, lines, parts, env) = (draft.clone(), lines.clone(), parts.clone(), env.clone());
            let withdrawal = withdrawal.clone();
            Box::pin(async move { keep(tx, &env, draft, &lines, &parts, &withdrawal).await })
        })
        .await
        .map(drop)
    }

    /// Closes the store, so that its file can be read by another.
    pub async fn close(&self) {
        self.store.close().await;
    }
}

/// The first product of each station, without its questions.
fn one_for_each_station(facts: &Facts) -> Vec<OrderLine> {
    let first = |station| {
        let product = facts.menu.products.iter().find(|product| facts.route(product) == Some(station))?;
        let taxes =
            product.taxes.iter().map(|id| facts.menu.taxes.get(id).cloned()).collect::<Option<_>>()?;
        Some((product, taxes))
    };
    facts
        .stations
        .iter()
        .filter_map(|station| first(station.id).map(|found| (station.id, found)))
        .map(|(station, (product, taxes))| OrderLine {
            id: LineId(uuid::Uuid::nil()),
            product: ProductId(product.id.0),
            variant: None,
            name: product.name.clone(),
            quantity: 1,
            price: product.price,
            modifiers: Vec::new(),
            taxes,
            note: None,
            allergy: None,
            course: 1,
            seat: None,
            held: false,
            fired_at: None,
            station: Some(station),
            revision: 1,
            combo: None,
            listed: None,
            voided: false,
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of a run of minutes")]
fn per_commit(before: Stats, after: Stats) -> f64 {
    (after.units - before.units) as f64 / (after.groups - before.groups).max(1) as f64
}

/// Orders a second of plain SQLite: the rows of the store at `written`, again, into the one at `empty`.
pub async fn plain_orders_per_second(written: &Path, empty: &Path) -> Result<f64, Failure> {
    let (written, empty) = (written.to_path_buf(), empty.to_path_buf());
    let replayed = tokio::task::spawn_blocking(move || {
        let orders = probe::orders_of(&written)?;
        probe::replay(&empty, &orders, PER_COMMIT)
    });
    replayed.await.unwrap_or(Err(StoreError::Panicked)).map_err(failure)
}

pub(super) fn failure(error: impl Into<Refusal>) -> Failure {
    error.into().into_failure(Language::En, "bench")
}
