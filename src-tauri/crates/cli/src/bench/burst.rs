//! A hundred orders at the same instant: what each waiter waits until the order is safe on disk.

use super::latency::Latencies;
use super::{Figure, Site};
use crate::exit::Stop;
use std::sync::Arc;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant};

const AT_ONCE: usize = 100;
/// Rounds that count, after one that does not.
const ROUNDS: usize = 10;

pub(crate) async fn burst(site: &Site, engine: &'static str) -> Result<Vec<Figure>, Stop> {
    round(site).await?;
    let mut all = Vec::with_capacity(AT_ONCE * ROUNDS);
    let mut slowest = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let times = round(site).await?;
        slowest.extend(times.iter().max());
        all.extend(times);
    }
    let (each, whole) = (Latencies::new(all), Latencies::new(slowest));
    let figure = |key, es, en, value| Figure::new(engine, key, es, en, value, "ms");
    Ok(vec![
        figure("burst_p50_ms", "100 pedidos a la vez, p50", "100 orders at once, p50", each.percentile(50)),
        figure("burst_p95_ms", "100 pedidos a la vez, p95", "100 orders at once, p95", each.percentile(95)),
        figure("burst_p99_ms", "100 pedidos a la vez, p99", "100 orders at once, p99", each.percentile(99))
            .wanted("< 50"),
        figure("burst_max_ms", "100 pedidos a la vez, máx", "100 orders at once, max", each.max()),
        figure(
            "burst_all_ms",
            "los 100 aceptados, mediana de 10 rondas",
            "all 100 accepted, median of 10 rounds",
            whole.percentile(50),
        )
        .wanted("< 100"),
    ])
}

/// One round; the time of each order counts from the instant at which all were let go.
async fn round(site: &Site) -> Result<Vec<Duration>, Stop> {
    let gate = Arc::new(Barrier::new(AT_ONCE + 1));
    let mut orders = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (waiter, gate) = (site.waiter().clone(), Arc::clone(&gate));
        orders.spawn(async move {
            gate.wait().await;
            let began = Instant::now();
            waiter.order().await.map(|_| began.elapsed())
        });
    }
    gate.wait().await;
    let mut times = Vec::with_capacity(AT_ONCE);
    while let Some(order) = orders.join_next().await {
        times.push(order.map_err(|error| Stop::failure(error.to_string()))??);
    }
    Ok(times)
}
