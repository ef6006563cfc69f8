//! Healthy stations beside one whose printer takes connections and then says and does nothing.

use super::faster;
use crate::bench::latency::Latencies;
use crate::bench::{Figure, Site};
use crate::exit::Stop;
use fastops_app::Database;
use fastops_printer_sim::{DemoCondition, SimulatorEvent};
use std::path::Path;
use tokio::sync::broadcast::Receiver;
use tokio::time::{Duration, Instant, sleep_until, timeout};

const HEALTHY: [&str; 2] = ["cocina", "postres"];
const HUNG: &str = "bar";
/// A printer that does not print within this is broken, not slow.
const PATIENCE: Duration = Duration::from_mins(2);

pub(super) async fn hung(folder: &Path, orders: usize, speed_up: u32) -> Result<Vec<Figure>, Stop> {
    let (site, _) = Site::open_with(folder, Database::Folder, faster(speed_up)).await?;
    // The first order opens the connections, the second says how fast a ticket is.
    run(&site, 1, Duration::ZERO).await?;
    let lone = run(&site, 1, Duration::ZERO).await?.max();
    // Orders come half as often as the printers could take them.
    let pace = Duration::from_secs_f64(lone * 2.0 / 1000.0);
    let without = run(&site, orders, pace).await?;
    set(&site, DemoCondition::Hung)?;
    let with = run(&site, orders, pace).await?;
    set(&site, DemoCondition::Ready)?;
    site.close().await;
    let figure = |key, es, en, value, unit| Figure::new("sqlite", key, es, en, value, unit);
    Ok(vec![
        figure(
            "queue_healthy_p95_ms",
            "aceptado → papel, todas sanas, p95",
            "accepted → paper, all healthy, p95",
            without.percentile(95),
            "ms",
        ),
        figure(
            "queue_hung_p95_ms",
            "lo mismo en las sanas, junto a una colgada",
            "the same at the healthy ones, beside a hung one",
            with.percentile(95),
            "ms",
        ),
        figure(
            "queue_hung_ratio",
            "con una colgada / sin ella, p95",
            "with a hung one / without, p95",
            with.percentile(95) / without.percentile(95).max(f64::MIN_POSITIVE),
            "",
        )
        .wanted("≤ 1.1"),
    ])
}

fn set(site: &Site, condition: DemoCondition) -> Result<(), Stop> {
    site.printers().set(HUNG, condition).map_err(|error| Stop::failure(error.to_string()))
}

/// Sends orders for all stations, one every `pace`; how long each took to paper at the healthy ones.
async fn run(site: &Site, orders: usize, pace: Duration) -> Result<Latencies, Stop> {
    let mut healthy = Vec::new();
    for name in HEALTHY {
        let printer = site.printers().printer(name).map_err(|error| Stop::failure(error.to_string()))?;
        let papers = printer.subscribe();
        healthy.push(tokio::spawn(cuts(papers, orders)));
    }
    let (mut accepted, mut next) = (Vec::with_capacity(orders), Instant::now());
    for _ in 0..orders {
        sleep_until(next).await;
        next += pace;
        site.waiter().order_for_all().await?;
        accepted.push(Instant::now());
    }
    let mut times = Vec::with_capacity(orders * HEALTHY.len());
    for papers in healthy {
        let papers = papers.await.map_err(|error| Stop::failure(error.to_string()))??;
        // A lane keeps its order: the first paper is the first order's.
        times.extend(
            papers.iter().zip(&accepted).map(|(cut, accepted)| cut.saturating_duration_since(*accepted)),
        );
    }
    Ok(Latencies::new(times))
}

/// When each of the next slips was cut.
async fn cuts(mut events: Receiver<SimulatorEvent>, slips: usize) -> Result<Vec<Instant>, Stop> {
    let mut cuts = Vec::with_capacity(slips);
    while cuts.len() < slips {
        let event = timeout(PATIENCE, events.recv()).await.map_err(|_| Stop::failure("no paper came out"))?;
        if matches!(event.map_err(|error| Stop::failure(error.to_string()))?, SimulatorEvent::SlipCut(_)) {
            cuts.push(Instant::now());
        }
    }
    Ok(cuts)
}
