//! A core that ended with much to print: from its start anew to the first ticket that goes on.

use crate::bench::Figure;
use crate::bench::site::printers;
use crate::exit::Stop;
use fastops_app::bench::DurableOrders;
use fastops_app::{App, AppConfig, create_demo};
use fastops_printer_sim::{Model, SimulatorEvent, Speed};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::time::{Duration, Instant, timeout};

/// Who fills the queue.
const CLIENTS: u16 = 32;
/// Tickets of an order.
const OF_AN_ORDER: u32 = 3;
/// A core that prints nothing for so long is broken, not slow.
const PATIENCE: Duration = Duration::from_mins(2);

pub(super) async fn recovery(folder: &Path, jobs: u32) -> Result<Vec<Figure>, Stop> {
    let model = Model { speed: Speed::Instant, ..Model::epson_80mm() };
    let (printers, setup) = printers(&model).await?;
    let mut config = AppConfig::new(folder);
    config.demo = Some(setup);
    create_demo(&config).await?;
    let site = Arc::new(DurableOrders::reopen(&config).await?);
    site.run(CLIENTS, jobs / OF_AN_ORDER).await?;
    let in_hand = site.leave_in_hand().await?;
    site.close().await;
    drop(site);
    let (first, mut paper) = mpsc::unbounded_channel();
    for printer in printers.printers() {
        let (mut events, first) = (printer.subscribe(), first.clone());
        tokio::spawn(async move {
            while let Ok(event) = events.recv().await {
                if let SimulatorEvent::JobStarted(trace) = event {
                    let _ = first.send(trace.first_byte_at);
                    return;
                }
            }
        });
    }
    let began = Instant::now();
    let app = App::start(config).await?;
    let ready = began.elapsed();
    let found = app.report();
    let first_byte =
        timeout(PATIENCE, paper.recv()).await.map_err(|_| Stop::failure("nothing is printed"))?;
    let first = first_byte.unwrap_or_else(Instant::now).saturating_duration_since(began);
    app.stop().await;
    printers.stop().await;
    if found.in_doubt != usize::try_from(in_hand).unwrap_or(0) {
        return Err(Stop::failure("the tickets that were with a printer were not found"));
    }
    let figure = |key, es, en, value, unit| Figure::new("sqlite", key, es, en, value, unit);
    let found = u32::try_from(found.recovered).unwrap_or(u32::MAX);
    Ok(vec![
        figure(
            "queue_recovered",
            "comandas pendientes al arrancar",
            "tickets that wait at the start",
            f64::from(found),
            "",
        ),
        figure(
            "queue_ready_ms",
            "arranque hasta listo con ellas",
            "start to ready with them",
            ready.as_secs_f64() * 1000.0,
            "ms",
        ),
        figure(
            "queue_recovery_ms",
            "arranque hasta el primer byte de una",
            "start to the first byte of one",
            first.as_secs_f64() * 1000.0,
            "ms",
        )
        .wanted("< 2000"),
    ])
}
