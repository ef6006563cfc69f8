//! A history for the house: believable years of service, for benchmarks and demonstrations.
//!
//! Guests come at lunch and in the evening, more of them at weekends and in December; they order what is
//! popular, change their minds, pay and tip; drawers are counted at night. Every figure is made by the
//! domain's own rules and every number is given in the order of the events, so that what holds for real
//! orders holds for these. The same seed in the same house makes the same history, to the byte.

mod calendar;
mod dice;
mod menu;
mod order;
mod paper;
mod refusal;
mod service;
mod setting;
mod shift;
mod stock;
mod till;

pub use refusal::NoHistory;

use crate::env::Env;
use crate::lock::DataLock;
use crate::refusal::Refusal;
use crate::safety::Keeping;
use crate::start::{database, open_store, set_up_demo};
use crate::wire::Failure;
use crate::{AppConfig, DemoSetup};
use dice::Dice;
use fastops_domain::business_day::BusinessDay;
use fastops_domain::time::Time;
use fastops_store::history::{House, Poured, house, pour};
use fastops_store::{StoreConfig, custody};
use service::Service;
use setting::{MINUTE_MS, Setting};
use std::sync::Arc;

/// Minutes after midnight of the last day until lunch on the next.
const NEXT_LUNCH: i64 = (24 + 13) * 60;

/// What history is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedPlan {
    pub orders: u32,
    /// The same seed makes the same history.
    pub seed: u64,
    /// The last day of service, which must be over; without it, the last one that is.
    pub until: Option<BusinessDay>,
    /// Orders that are still open at the end.
    pub open: u32,
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedReport {
    pub first_day: BusinessDay,
    pub last_day: BusinessDay,
    /// Whether the demonstration's company was made for it.
    pub made_demo: bool,
    pub poured: Poured,
}

/// Called with the orders written so far and all of them.
pub type SeedProgress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// Makes a history in the data of `config`, whole or not at all; makes the demonstration's company when
/// there is none. Refuses while a core runs on the data.
pub async fn seed_history(
    config: &AppConfig,
    plan: SeedPlan,
    progress: SeedProgress,
) -> Result<SeedReport, Failure> {
    seed(config, plan, progress)
        .await
        .map_err(|refusal| refusal.into_failure(config.language, "seed_history"))
}

async fn seed(config: &AppConfig, plan: SeedPlan, progress: SeedProgress) -> Result<SeedReport, Refusal> {
    let _lock = DataLock::take(&config.folder)?;
    let (house, made_demo) = read_house(config).await?;
    let mut dice = Dice::new(plan.seed);
    let setting = Setting::new(house, &mut dice)?;
    let (now, rule) = (config.clock.now(), setting.rule);
    let over = BusinessDay(rule.day_of(now).0 - 1);
    let until = plan.until.unwrap_or(over);
    if until > over {
        return Err(NoHistory::NotOver { day: until }.into());
    }
    let after = setting.house.last_order_at.map(|at| rule.day_of(at));
    let days = calendar::service_days(plan.orders, until, after, &mut dice)
        .ok_or(NoHistory::NoRoom { orders: plan.orders, until })?;
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Err(NoHistory::Nothing.into());
    };
    let (first_day, last_day) = (first.day, last.day);
    let next_lunch = setting.midnight(until).plus_ms(NEXT_LUNCH * MINUTE_MS);
    let end = if until == over { now } else { Time(next_lunch.0.min(now.0)) };
    let (branch, all) = (setting.house.branch, u64::from(plan.orders) + u64::from(plan.open));
    let service = Service::new(setting, dice, days, plan.open, end);
    let progress = Arc::new(move |done| progress(done, all));
    let database = database(config);
    let pouring = pour(&database, branch, service, progress);
    let poured = match &database {
        StoreConfig::Sqlite { path } => custody::replacing(path, pouring).await?,
        StoreConfig::Postgres { .. } => pouring.await?,
    };
    Ok(SeedReport { first_day, last_day, made_demo, poured })
}

/// The house, made first when there is none; the store is closed again.
async fn read_house(config: &AppConfig) -> Result<(House, bool), Refusal> {
    let store = open_store(config, &Keeping::of(config)).await?;
    let read = async {
        if let Some(known) = store.read(|tx| Box::pin(house(tx))).await? {
            return Ok((known, false));
        }
        let env = Env { clock: Arc::clone(&config.clock) };
        set_up_demo(&store, &env, &DemoSetup::default(), false).await?;
        let made = store.read(|tx| Box::pin(house(tx))).await?;
        made.map(|house| (house, true)).ok_or(Refusal::NotSetUp)
    };
    let found = read.await;
    store.close().await;
    found
}
