//! `bench`: the figures of the product, measured here and now.

use crate::args::{Bench, Suite};
use crate::bench::{
    self, Figure, Figures, Printing, Queue, Site, burst, event_to_screen, first_byte, peak_mib, resident_mib,
    search, sustained,
};
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::words::Phrase;
use fastops_app::{Database, bench::plain_commits_per_second};
use fastops_printer_sim::Speed;
use std::path::{Path, PathBuf};
use tokio::time::Duration;

/// Commits of the yardstick, before and after what is measured against it.
const YARDSTICK_ROWS: u32 = 2_000;
/// Orders whose history is about a gigabyte.
const A_GIGABYTE: u32 = 250_000;
/// How much faster than real ones the printers of the print engine's suite are.
const FASTER: u32 = 10;
/// How fast the printers of the measured restaurant move paper.
const TRUE_SPEED: Speed = Speed::MmPerSecond(150);

pub(crate) async fn run(arguments: Bench, output: Output) -> Result<Exit, Stop> {
    let folder = Scratch::new(arguments.dir.as_deref(), output)?;
    let mut figures = Figures::default();
    match arguments.suite {
        Suite::Core => {
            sqlite(&arguments, &folder, &mut figures, output).await?;
            if let Some(url) = arguments.postgres.clone() {
                postgres(&arguments, url, &folder, &mut figures, output).await?;
            }
        }
        Suite::Alone => {
            let place = arguments.dir.clone().unwrap_or_else(|| folder.sub("alone"));
            figures.add(bench::alone(&place, arguments.orders).await?);
        }
        Suite::Waiting => {
            let place = arguments.dir.clone().unwrap_or_else(|| folder.sub("waiting"));
            figures.add(bench::waiting(&place).await?);
        }
        Suite::Queue => figures.add(Box::pin(bench::queue(&plan(&arguments), &folder.folder, output)).await?),
        Suite::Printing => {
            let plan =
                Printing { speed_up: arguments.speed_up.unwrap_or(1), orders: 100, tickets: 2_000, runs: 50 };
            figures.add(Box::pin(bench::printing(plan, &folder.folder, output)).await?);
        }
        Suite::Store => {
            output.say(&Phrase::MeasuringSearch);
            figures.add(search());
            output.say(&Phrase::MeasuringDurable { engine: "sqlite", orders: arguments.orders });
            figures.add(bench::durable_on_sqlite(&folder.sub("durable"), arguments.orders).await?);
            output.say(&Phrase::MeasuringYears { orders: arguments.history });
            figures.add(bench::years(&folder.sub("years"), arguments.history).await?);
            output.say(&Phrase::MeasuringMemory);
            let orders = arguments.history.min(A_GIGABYTE);
            figures.add(bench::memory_of_the_core(folder.sub("alone"), orders, arguments.orders).await?);
            output.say(&Phrase::MeasuringBackup { orders });
            figures.add(bench::backup_in_service(&folder.sub("backup"), orders).await?);
            if let Some(url) = arguments.postgres.clone() {
                output.say(&Phrase::MeasuringDurable { engine: "postgres", orders: arguments.orders });
                let (dir, orders) = (folder.sub("durable-postgres"), arguments.orders);
                figures.add(bench::durable_on_postgres(&dir, url, orders).await?);
            }
        }
    }
    output.text(&figures.table(output.language));
    output.record(&figures.record());
    if let Some(path) = &arguments.out {
        std::fs::write(path, figures.markdown(output.language)).map_err(|error| {
            Stop::failure(output.words(&Phrase::CannotWrite { path: path.display(), error: &error }))
        })?;
    }
    Ok(Exit::Done)
}

/// The sizes that the product's targets are about.
fn plan(arguments: &Bench) -> Queue {
    Queue {
        only: arguments.only,
        speed_up: arguments.speed_up.unwrap_or(FASTER),
        rush: 100,
        jobs: arguments.jobs,
        printers: 50,
        backlog: 10_000,
        waiting: 100_000,
        history: arguments.history,
        postgres: arguments.postgres.clone(),
    }
}

async fn sqlite(
    arguments: &Bench,
    folder: &Scratch,
    figures: &mut Figures,
    output: Output,
) -> Result<(), Stop> {
    const ENGINE: &str = "sqlite";
    output.say(&Phrase::MeasuringFirstByte);
    let (site, _) = Site::open(&folder.sub("idle"), Database::Folder, Speed::Instant).await?;
    figures.add(memory("memory_idle_mib", "memoria, en reposo", "memory, idle", resident_mib()));
    let mut to_paper = first_byte(&site).await?;
    to_paper.extend(event_to_screen(&site).await?);
    site.close().await;

    output.say(&Phrase::MeasuringBurst { engine: ENGINE });
    let (site, ready) = Site::open(&folder.sub("busy"), Database::Folder, TRUE_SPEED).await?;
    figures.add([start_figure(
        "start_ms",
        "arranque hasta listo, sin pedidos",
        "start to ready, no orders",
        ready,
    )]);
    figures.add(burst(&site, ENGINE).await?);
    figures.add(to_paper);

    output.say(&Phrase::MeasuringSustained { engine: ENGINE, orders: arguments.orders });
    let before = plain(&folder.sub("plain-before")).await?;
    let (figure, rate) = sustained(&site, ENGINE, arguments.orders, arguments.clients).await?;
    let after = plain(&folder.sub("plain-after")).await?;
    let plain_rate = f64::midpoint(before, after);
    figures.add([
        figure.wanted("≥ 10000"),
        Figure::new(
            ENGINE,
            "plain_commits_per_second",
            "SQLite a secas: commits por segundo, mismo disco",
            "plain SQLite: commits a second, same disk",
            plain_rate,
            "1/s",
        ),
        Figure::new(
            ENGINE,
            "orders_per_plain_commit",
            "pedidos por commit a secas",
            "orders per plain commit",
            rate / plain_rate.max(f64::MIN_POSITIVE),
            "",
        )
        .wanted("≥ 0.5"),
    ]);
    figures.add(memory(
        "memory_busy_mib",
        "memoria, tras la carga",
        "memory, after the load",
        resident_mib(),
    ));
    let (site, again) = site.restart().await?;
    figures.add([start_figure(
        "start_with_data_ms",
        "arranque hasta listo, con esos pedidos",
        "start to ready, with those orders",
        again,
    )]);
    figures.add(memory("memory_peak_mib", "memoria, máximo", "memory, peak", peak_mib()));
    site.close().await;
    Ok(())
}

/// Synced commits a second of plain SQLite on the same disk.
async fn plain(folder: &Path) -> Result<f64, Stop> {
    std::fs::create_dir_all(folder).map_err(|error| Stop::data(error.to_string()))?;
    Ok(plain_commits_per_second(folder, YARDSTICK_ROWS).await?)
}

async fn postgres(
    arguments: &Bench,
    url: String,
    folder: &Scratch,
    figures: &mut Figures,
    output: Output,
) -> Result<(), Stop> {
    const ENGINE: &str = "postgres";
    output.say(&Phrase::MeasuringBurst { engine: ENGINE });
    let (site, _) = Site::open(&folder.sub("postgres"), Database::Url(url), TRUE_SPEED).await?;
    figures.add(burst(&site, ENGINE).await?);
    output.say(&Phrase::MeasuringSustained { engine: ENGINE, orders: arguments.orders });
    let (figure, _) = sustained(&site, ENGINE, arguments.orders, arguments.clients).await?;
    figures.add([figure]);
    site.close().await;
    Ok(())
}

fn start_figure(key: &'static str, es: &'static str, en: &'static str, time: Duration) -> Figure {
    Figure::new("sqlite", key, es, en, time.as_secs_f64() * 1000.0, "ms").wanted("< 1500")
}

/// Memory of the whole process, the simulated printers and the measuring itself included.
fn memory(key: &'static str, es: &'static str, en: &'static str, mib: Option<f64>) -> Option<Figure> {
    Some(Figure::new("sqlite", key, es, en, mib?, "MiB").wanted("< 80"))
}

/// A folder of this run's own, removed at its end.
#[derive(Debug)]
struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn new(parent: Option<&Path>, output: Output) -> Result<Self, Stop> {
        let parent = parent.map_or_else(std::env::temp_dir, Path::to_owned);
        let folder = parent.join(format!("fastops-bench-{}", crate::clock::new_id()));
        std::fs::create_dir_all(&folder).map_err(|error| {
            Stop::data(output.words(&Phrase::CannotWrite { path: folder.display(), error: &error }))
        })?;
        Ok(Self { folder })
    }

    fn sub(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(folder = %self.folder.display(), %error, "the measurement's folder stays");
        }
    }
}
