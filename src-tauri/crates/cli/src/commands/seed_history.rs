//! `seed-history`: fills the data with believable years of service.

use crate::args::SeedHistory;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::places;
use crate::words::Phrase;
use fastops_app::history::{SeedPlan, SeedProgress, SeedReport, seed_history};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Time between two lines that say how far it is.
const SAY_EVERY: Duration = Duration::from_secs(2);

pub(crate) async fn run(arguments: SeedHistory, output: Output) -> Result<Exit, Stop> {
    let config = places::config(arguments.data, true, output)?;
    let (orders, seed) = (arguments.orders, arguments.seed);
    let plan = SeedPlan { orders, seed, until: arguments.until, open: arguments.open };
    output.say(&Phrase::HistoryBegins { orders });
    let report = seed_history(&config, plan, progress(output)).await?;
    if report.made_demo {
        output.say(&Phrase::DemoMade);
    }
    let poured = report.poured;
    let took = poured.writing + poured.indexing;
    output.say(&Phrase::HistoryMade {
        orders: poured.orders,
        lines: poured.lines,
        first: report.first_day,
        last: report.last_day,
        seconds: (took + poured.checking).as_secs(),
        rate: rate(poured.orders, took),
        megabytes: poured.bytes / 1_000_000,
    });
    output.record(&record(&report));
    Ok(Exit::Done)
}

/// Says now and then how far it is and how long it takes.
fn progress(output: Output) -> SeedProgress {
    let began = Instant::now();
    let next = Mutex::new(began + SAY_EVERY);
    Arc::new(move |done, all| {
        let now = Instant::now();
        let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
        if now < *next {
            return;
        }
        *next = now + SAY_EVERY;
        let rate = rate(done, now - began);
        output.say(&Phrase::HistoryGrows { done, all, rate, left: all.saturating_sub(done) / rate.max(1) });
    })
}

/// Things a second.
fn rate(count: u64, took: Duration) -> u64 {
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
    count.saturating_mul(1_000) / ms
}

fn record(report: &SeedReport) -> Value {
    let poured = report.poured;
    let ms = |took: Duration| u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    json!({
        "orders": poured.orders,
        "lines": poured.lines,
        "rows": poured.rows,
        "bytes": poured.bytes,
        "first_day": report.first_day.ymd(),
        "last_day": report.last_day.ymd(),
        "made_demo": report.made_demo,
        "writing_ms": ms(poured.writing),
        "indexing_ms": ms(poured.indexing),
        "checking_ms": ms(poured.checking),
    })
}
