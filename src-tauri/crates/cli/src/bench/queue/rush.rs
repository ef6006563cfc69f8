//! A hundred orders at the same instant, three tickets each, until all are on paper; and the very same bytes pushed
//! straight into printers of the same model.

use super::faster;
use crate::bench::site::printers;
use crate::bench::{Figure, Site};
use crate::exit::Stop;
use fastops_app::Database;
use fastops_printer_sim::{DemoPrinters, Model, Simulator};
use std::path::Path;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant};

/// A printer that is not done within this is broken, not slow.
const PATIENCE: Duration = Duration::from_mins(10);

pub(super) async fn rush(folder: &Path, orders: usize, speed_up: u32) -> Result<Vec<Figure>, Stop> {
    let model = faster(speed_up);
    let (site, _) = Site::open_with(folder, Database::Folder, model.clone()).await?;
    // The first order opens the connections.
    site.waiter().order_for_all().await?;
    all_cut(site.printers(), 1).await?;
    site.printers().printers().iter().for_each(Simulator::reset_log);
    let began = Instant::now();
    let mut sending = JoinSet::new();
    for _ in 0..orders {
        let waiter = site.waiter().clone();
        sending.spawn(async move { waiter.order_for_all().await.map(drop) });
    }
    while let Some(sent) = sending.join_next().await {
        sent.map_err(|error| Stop::failure(error.to_string()))??;
    }
    let accepted = began.elapsed();
    all_cut(site.printers(), orders).await?;
    let engine = began.elapsed();
    let bytes = site.printers().printers().iter().map(Simulator::received_bytes).collect();
    site.close().await;
    let alone = straight(&model, bytes, orders).await?;
    let figure = |key, es, en, value, unit| Figure::new("sqlite", key, es, en, value, unit);
    Ok(vec![
        figure(
            "queue_speed_up",
            "impresoras más rápidas que las reales, veces",
            "printers faster than real ones, times",
            f64::from(speed_up),
            "",
        ),
        figure(
            "queue_rush_accepted_ms",
            "ráfaga de 100 pedidos × 3 comandas, aceptada",
            "rush of 100 orders × 3 tickets, accepted",
            accepted.as_secs_f64() * 1000.0,
            "ms",
        ),
        figure(
            "queue_rush_ms",
            "la ráfaga, toda en papel",
            "the rush, all on paper",
            engine.as_secs_f64() * 1000.0,
            "ms",
        ),
        figure(
            "queue_rush_printers_ms",
            "esos bytes directo a las impresoras",
            "those bytes straight to the printers",
            alone.as_secs_f64() * 1000.0,
            "ms",
        ),
        figure(
            "queue_rush_ratio",
            "en papel / impresoras solas",
            "on paper / printers alone",
            engine.as_secs_f64() / alone.as_secs_f64().max(f64::MIN_POSITIVE),
            "",
        )
        .wanted("≤ 1.02"),
    ])
}

async fn all_cut(printers: &DemoPrinters, slips: usize) -> Result<(), Stop> {
    for printer in printers.printers() {
        printer
            .wait_for_slips(slips, PATIENCE)
            .await
            .map_err(|missing| Stop::failure(missing.to_string()))?;
    }
    Ok(())
}

/// How long printers of that model need for these bytes when nothing stands between.
async fn straight(model: &Model, bytes: Vec<Vec<u8>>, slips: usize) -> Result<Duration, Stop> {
    let (printers, _) = printers(model).await?;
    let mut pushing = JoinSet::new();
    let began = Instant::now();
    for (printer, bytes) in printers.printers().iter().zip(bytes) {
        let address = printer.addr();
        pushing.spawn(async move {
            let (mut answers, mut way) = TcpStream::connect(address).await?.into_split();
            let hearing =
                tokio::spawn(async move { tokio::io::copy(&mut answers, &mut tokio::io::sink()).await });
            way.write_all(&bytes).await?;
            // What the printer says is heard until it is done, so that it never has to wait.
            Ok::<_, std::io::Error>((way, hearing))
        });
    }
    all_cut(&printers, slips).await?;
    let took = began.elapsed();
    let pushed = pushing.join_all().await;
    for one in pushed {
        let (_way, hearing) = one.map_err(|error| Stop::failure(error.to_string()))?;
        hearing.abort();
    }
    printers.stop().await;
    Ok(took)
}
