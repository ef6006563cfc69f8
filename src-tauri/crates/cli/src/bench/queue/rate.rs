//! Tickets a second when the printers cost nothing, with 2, 10 and 50 workers; beside what the disk and the network of
//! this computer can do in the same run.

use super::Queue;
use super::cluster::Cluster;
use super::instant::InstantPrinters;
use crate::bench::Figure;
use crate::exit::Stop;
use crate::output::Output;
use crate::words::Phrase;
use fastops_app::bench::{PrintRun, QueueSite, plain_commits_per_second};
use fastops_app::{AppConfig, Database};
use std::path::Path;

/// Commits of the disk's own yardstick, and questions to each printer of the network's.
const COMMITS: u32 = 2_000;
const QUESTIONS: u32 = 200;

type Words = (&'static str, &'static str, &'static str);

/// How a number of workers is called in the figures.
struct Workers {
    count: usize,
    rate: Words,
    writes: Words,
    commits: Words,
}

macro_rules! workers {
    ($count:literal) => {
        Workers {
            count: $count,
            rate: (
                concat!("queue_", $count, "_jobs_per_second"),
                concat!("comandas por segundo, ", $count, " trabajadores"),
                concat!("tickets a second, ", $count, " workers"),
            ),
            writes: (
                concat!("queue_", $count, "_writes_per_job"),
                concat!("escrituras por comanda, ", $count, " trabajadores"),
                concat!("writes for a ticket, ", $count, " workers"),
            ),
            commits: (
                concat!("queue_", $count, "_commits_per_job"),
                concat!("commits por comanda, ", $count, " trabajadores"),
                concat!("commits for a ticket, ", $count, " workers"),
            ),
        }
    };
}

const WORKERS: [Workers; 3] = [workers!(2), workers!(10), workers!(50)];
/// The number of workers that there are at most, and which the target is about.
const TARGET: usize = 10;

pub(super) async fn rate(plan: &Queue, folder: &Path, output: Output) -> Result<Vec<Figure>, Stop> {
    let trouble = |error: std::io::Error| Stop::failure(error.to_string());
    let printers = InstantPrinters::start(plan.printers).await.map_err(trouble)?;
    let before = commits(&folder.join("before")).await?;
    let trips = printers.round_trips_per_second(QUESTIONS).await.map_err(trouble)?;
    let (mut figures, best) =
        on("sqlite", AppConfig::new(folder.join("sqlite")), &printers, plan.jobs).await?;
    let disk = f64::midpoint(before, commits(&folder.join("after")).await?);
    let figure = |key, es, en, value, unit| Figure::new("sqlite", key, es, en, value, unit);
    figures.extend([
        figure(
            "queue_plain_commits_per_second",
            "commits del disco por segundo",
            "synced commits of the disk a second",
            disk,
            "1/s",
        ),
        figure(
            "queue_round_trips_per_second",
            "idas y vueltas TCP por segundo, todas las impresoras",
            "TCP round trips a second, all printers",
            trips,
            "1/s",
        ),
        figure(
            "queue_jobs_per_disk_commit",
            "comandas por commit del disco, 10 trabajadores",
            "tickets per commit of the disk, 10 workers",
            best / disk,
            "",
        ),
        figure(
            "queue_jobs_per_round_trip",
            "comandas por ida y vuelta, 10 trabajadores",
            "tickets per round trip, 10 workers",
            best / trips,
            "",
        ),
    ]);
    let own = match &plan.postgres {
        Some(_) => None,
        None => Cluster::start(&folder.join("cluster"))?,
    };
    let url = plan.postgres.clone().or_else(|| own.as_ref().map(Cluster::url));
    let Some(url) = url else {
        output.say(&Phrase::NoPostgres);
        return Ok(figures);
    };
    let mut config = AppConfig::new(folder.join("postgres"));
    config.database = Database::Url(url);
    figures.extend(on("postgres", config, &printers, plan.jobs).await?.0);
    Ok(figures)
}

/// The figures of one engine, and its tickets a second with the workers that the target is about.
async fn on(
    engine: &'static str,
    config: AppConfig,
    printers: &InstantPrinters,
    jobs: u32,
) -> Result<(Vec<Figure>, f64), Stop> {
    let site = QueueSite::open(&config, &printers.addresses()).await?;
    let (mut figures, mut best) = (Vec::new(), 0.0);
    for workers in &WORKERS {
        let jobs = site.fill(jobs).await?;
        let run = site.print(jobs, workers.count).await?;
        let run = run.ok_or_else(|| Stop::failure("tickets wait, and the print engine does nothing"))?;
        figures.extend(of(engine, workers, &run));
        if workers.count == TARGET {
            best = run.jobs_per_second;
        }
    }
    site.close().await;
    Ok((figures, best))
}

fn of(engine: &'static str, workers: &Workers, run: &PrintRun) -> Vec<Figure> {
    let figure = |(key, es, en): Words, value, unit| Figure::new(engine, key, es, en, value, unit);
    let rate = figure(workers.rate, run.jobs_per_second, "1/s");
    let mut figures = vec![
        if workers.count == TARGET { rate.wanted("≥ 5000") } else { rate },
        figure(workers.writes, run.writes_per_job, ""),
    ];
    // Only the file's writer shares a commit between units.
    if engine == "sqlite" {
        figures.push(figure(workers.commits, run.commits_per_job, ""));
    }
    figures
}

async fn commits(folder: &Path) -> Result<f64, Stop> {
    std::fs::create_dir_all(folder).map_err(|error| Stop::data(error.to_string()))?;
    Ok(plain_commits_per_second(folder, COMMITS).await?)
}
