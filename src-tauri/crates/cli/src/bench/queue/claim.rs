//! What it costs a lane to claim its next job beside years of finished ones, and without them.

use crate::bench::Figure;
use crate::bench::years::seed;
use crate::exit::Stop;
use fastops_app::AppConfig;
use fastops_app::bench::{Claim, DurableOrders};
use std::path::Path;
use std::sync::Arc;

/// Claims whose median counts, and orders that wait: one ticket of each is for the lane that claims.
const RUNS: usize = 501;
const WAITING: u32 = 600;

pub(super) async fn claim(folder: &Path, history: u32) -> Result<Vec<Figure>, Stop> {
    let (without, with) = (folder.join("without"), folder.join("with"));
    let mut figures = seed(&with, history).await?;
    let empty = claims(DurableOrders::open(&AppConfig::new(&without)).await?).await?;
    let site = DurableOrders::reopen(&AppConfig::new(&with)).await?;
    let finished = site.finished_jobs().await?;
    let full = claims(site).await?;
    let figure = |key, es, en, value, unit| Figure::new("sqlite", key, es, en, value, unit);
    let us = |claim: &Claim| (claim.head + claim.begin).as_secs_f64() * 1e6;
    figures.extend([
        figure(
            "queue_finished_jobs",
            "impresiones terminadas en la historia",
            "finished jobs in the history",
            f64::from(finished),
            "",
        ),
        figure(
            "queue_claim_us",
            "tomar la próxima, sin historia",
            "claim of the next job, without a history",
            us(&empty),
            "µs",
        ),
        figure(
            "queue_claim_history_us",
            "tomar la próxima, con la historia",
            "claim of the next job, with the history",
            us(&full),
            "µs",
        ),
        figure(
            "queue_claim_ratio",
            "con historia / sin ella",
            "with the history / without",
            us(&full) / us(&empty).max(f64::MIN_POSITIVE),
            "",
        )
        .wanted("≤ 1.1"),
    ]);
    Ok(figures)
}

async fn claims(site: DurableOrders) -> Result<Claim, Stop> {
    let site = Arc::new(site);
    site.run(1, WAITING).await?;
    let claim = site.claim(RUNS).await?;
    site.close().await;
    Ok(claim)
}
