//! Orders a second, held for as long as it takes to write many, each on disk before its answer.

use super::{Figure, Site};
use crate::exit::Stop;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Writes `orders` orders from `clients` clients at once; answers with orders a second.
pub(crate) async fn sustained(
    site: &Site,
    engine: &'static str,
    orders: u32,
    clients: u16,
) -> Result<(Figure, f64), Stop> {
    let taken = Arc::new(AtomicU32::new(0));
    let began = Instant::now();
    let mut working = JoinSet::new();
    for _ in 0..clients {
        let (waiter, taken) = (site.waiter().clone(), Arc::clone(&taken));
        working.spawn(async move {
            while taken.fetch_add(1, Ordering::Relaxed) < orders {
                waiter.order().await?;
            }
            Ok::<(), Stop>(())
        });
    }
    while let Some(client) = working.join_next().await {
        client.map_err(|error| Stop::failure(error.to_string()))??;
    }
    let rate = f64::from(orders) / began.elapsed().as_secs_f64();
    let figure = Figure::new(
        engine,
        "orders_per_second",
        "pedidos por segundo, sostenidos",
        "orders a second, sustained",
        rate,
        "1/s",
    );
    Ok((figure, rate))
}
