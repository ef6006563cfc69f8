//! A rush through the whole core: the share of its time in which a printer stands still although it has work.

use crate::bench::{Figure, Site};
use crate::exit::Stop;
use fastops_app::Database;
use fastops_printer_sim::{Model, Simulator, Speed};
use std::path::Path;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant};

/// A printer that is not done within this is broken, not slow.
const PATIENCE: Duration = Duration::from_mins(30);
const ENGINE: &str = "sqlite";

type Words = (&'static str, &'static str, &'static str);

const EACH: [Words; 3] = [
    ("busy_idle_1_percent", "quieta con trabajo, impresora 1", "still although it has work, printer 1"),
    ("busy_idle_2_percent", "quieta con trabajo, impresora 2", "still although it has work, printer 2"),
    ("busy_idle_3_percent", "quieta con trabajo, impresora 3", "still although it has work, printer 3"),
];

/// What a printer did from its first byte to its last cut.
struct Stretch {
    whole: Duration,
    moved: Duration,
}

impl Stretch {
    fn idle_percent(&self) -> f64 {
        100.0 * (1.0 - self.moved.as_secs_f64() / self.whole.as_secs_f64().max(f64::MIN_POSITIVE))
    }
}

pub(super) async fn busy(folder: &Path, orders: usize, speed_up: u32) -> Result<Vec<Figure>, Stop> {
    let real = Model::epson_80mm();
    let speed = match real.speed {
        Speed::MmPerSecond(mm) => Speed::MmPerSecond(mm * speed_up),
        Speed::Instant => Speed::Instant,
    };
    let model = Model { speed, cut_ms: real.cut_ms / speed_up, ..real };
    let (site, _) = Site::open_with(folder, Database::Folder, model).await?;
    // The first order opens the connections.
    site.waiter().order_for_all().await?;
    for printer in site.printers().printers() {
        cut(printer, 1).await?;
        printer.reset_log();
    }
    let [kitchen, bar, sweets] = site.printers().printers() else {
        return Err(Stop::failure("the demonstration has another number of printers"));
    };
    let mut sending = JoinSet::new();
    for _ in 0..orders {
        let waiter = site.waiter().clone();
        sending.spawn(async move { waiter.order_for_all().await.map(drop) });
    }
    // All at the same time, or the end of one would be seen late.
    let (kitchen, bar, sweets) =
        tokio::try_join!(stretch(kitchen, orders), stretch(bar, orders), stretch(sweets, orders))?;
    while let Some(sent) = sending.join_next().await {
        sent.map_err(|error| Stop::failure(error.to_string()))??;
    }
    site.close().await;
    Ok(figures(speed_up, &[kitchen, bar, sweets]))
}

/// Waits until a printer has cut `slips` tickets.
async fn stretch(printer: &Simulator, slips: usize) -> Result<Stretch, Stop> {
    let before = printer.moved();
    cut(printer, slips).await?;
    let (end, moved) = (Instant::now(), printer.moved().saturating_sub(before));
    let traces = printer.jobs();
    let first = traces.first().ok_or_else(|| Stop::failure("paper came out of a job that never began"))?;
    Ok(Stretch { whole: end.saturating_duration_since(first.first_byte_at), moved })
}

async fn cut(printer: &Simulator, slips: usize) -> Result<(), Stop> {
    let slips = printer.wait_for_slips(slips, PATIENCE).await;
    slips.map(drop).map_err(|missing| Stop::failure(missing.to_string()))
}

fn figures(speed_up: u32, stretches: &[Stretch; 3]) -> Vec<Figure> {
    let figure = |(key, es, en): Words, value, unit| Figure::new(ENGINE, key, es, en, value, unit);
    let longest = stretches.iter().map(|stretch| stretch.whole).max().unwrap_or_default();
    let most = stretches.iter().map(Stretch::idle_percent).fold(0.0, f64::max);
    let mut figures = vec![
        figure(
            (
                "busy_speed_up",
                "impresoras más rápidas que las reales, veces",
                "printers faster than real ones, times",
            ),
            f64::from(speed_up),
            "",
        ),
        figure(
            (
                "busy_rush_ms",
                "la ráfaga, del primer byte al último corte",
                "the rush, first byte to last cut",
            ),
            longest.as_secs_f64() * 1000.0,
            "ms",
        ),
    ];
    figures
        .extend(EACH.into_iter().zip(stretches).map(|(words, one)| figure(words, one.idle_percent(), "%")));
    let worst = ("busy_idle_percent", "quieta con trabajo, la peor", "still although it has work, the worst");
    figures.push(figure(worst, most, "%").wanted("< 2"));
    figures
}
