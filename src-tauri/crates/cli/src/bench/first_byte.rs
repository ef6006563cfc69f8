//! From the answer to the waiter to the first byte at an idle printer.

use super::latency::Latencies;
use super::{Figure, Site};
use crate::exit::Stop;
use tokio::time::{Duration, Instant};

const ORDERS: usize = 200;
/// A printer that does not print within this is broken, not slow.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) async fn first_byte(site: &Site) -> Result<Vec<Figure>, Stop> {
    let kitchen =
        site.printers().printers().first().ok_or_else(|| Stop::failure("no simulated printer runs"))?;
    let mut times = Vec::with_capacity(ORDERS);
    for count in 1..=ORDERS {
        let slips_before = count - 1;
        site.waiter().order_one().await?;
        let accepted = Instant::now();
        kitchen
            .wait_for_slips(slips_before + 1, PATIENCE)
            .await
            .map_err(|missing| Stop::failure(missing.to_string()))?;
        let traces = kitchen.jobs();
        let trace = traces.last().ok_or_else(|| Stop::failure("paper came out of a job that never began"))?;
        // The lane may be faster than the way of the answer: then the waiter waited for nothing.
        times.push(trace.first_byte_at.saturating_duration_since(accepted));
    }
    let times = Latencies::new(times);
    let figure = |key, es, en, value| Figure::new("sqlite", key, es, en, value, "ms");
    Ok(vec![
        figure(
            "first_byte_p50_ms",
            "aceptado → primer byte, impresora libre, p50",
            "accepted → first byte, idle printer, p50",
            times.percentile(50),
        )
        .wanted("< 2"),
        figure(
            "first_byte_p95_ms",
            "aceptado → primer byte, impresora libre, p95",
            "accepted → first byte, idle printer, p95",
            times.percentile(95),
        )
        .wanted("< 5"),
    ])
}
