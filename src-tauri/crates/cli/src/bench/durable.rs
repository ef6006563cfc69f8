//! Durable orders: three lines and three print jobs each, on disk before the answer, from 1 to 100
//! clients; beside what plain SQLite does with the same rows on the same disk in the same run.

use super::Figure;
use super::latency::Latencies;
use crate::exit::Stop;
use fastops_app::bench::{Durable, DurableOrders, plain_commits_per_second, plain_orders_per_second};
use fastops_app::{AppConfig, Database};
use std::path::Path;
use std::sync::Arc;

/// Commits of the disk's own yardstick.
const COMMITS: u32 = 2_000;

/// How a number of clients is called in the figures.
struct Clients {
    count: u16,
    rate: (&'static str, &'static str, &'static str),
    p99: (&'static str, &'static str, &'static str),
}

macro_rules! clients {
    ($count:literal, $one:literal) => {
        Clients {
            count: $count,
            rate: (
                concat!("durable_", $count, "_per_second"),
                concat!("pedidos en disco por segundo, ", $count, " a la vez"),
                concat!("durable orders a second, ", $count, " at once"),
            ),
            p99: (
                concat!("durable_", $count, "_p99_ms"),
                concat!("un pedido mientras ", $one, " más escriben, p99"),
                concat!("one order while ", $one, " others write, p99"),
            ),
        }
    };
}

const CLIENTS: [Clients; 5] =
    [clients!(1, 0), clients!(8, 7), clients!(32, 31), clients!(33, 32), clients!(100, 99)];
/// The number of clients that the target names.
const TARGET: u16 = 32;

/// On a file in `folder`, with both yardsticks.
pub(crate) async fn durable_on_sqlite(folder: &Path, orders: u32) -> Result<Vec<Figure>, Stop> {
    const ENGINE: &str = "sqlite";
    let (mut figures, mut best) = (Vec::new(), 0.0);
    let commits = commits(folder).await?;
    for clients in &CLIENTS {
        let dir = folder.join(clients.count.to_string());
        let config = AppConfig::new(&dir);
        let site = Arc::new(DurableOrders::open(&config).await?);
        site.close().await;
        let (file, empty) = (dir.join("fastops.db"), dir.join("empty.db"));
        std::fs::copy(&file, &empty).map_err(|error| Stop::data(error.to_string()))?;
        let site = Arc::new(DurableOrders::reopen(&config).await?);
        // A lone client waits for the disk at every order.
        let orders = if clients.count == 1 { orders / 10 } else { orders };
        let run = site.run(clients.count, orders).await?;
        site.close().await;
        figures.extend(both(ENGINE, clients, &run));
        if clients.count == TARGET {
            best = run.orders_per_second;
            let plain = plain_orders_per_second(&file, &empty).await?;
            figures.extend([
                figure(
                    ENGINE,
                    "plain_orders_per_second",
                    "SQLite a secas, mismas filas, 50 por commit",
                    "plain SQLite, same rows, 50 to a commit",
                    plain,
                    "1/s",
                ),
                figure(
                    ENGINE,
                    "durable_share_of_plain",
                    "parte de SQLite a secas, 32 a la vez",
                    "share of plain SQLite, 32 at once",
                    best / plain,
                    "",
                )
                .wanted("≥ 0.5"),
                figure(
                    ENGINE,
                    "orders_per_commit",
                    "pedidos por commit, 32 a la vez",
                    "orders to a commit, 32 at once",
                    run.per_commit,
                    "",
                ),
            ]);
        }
    }
    let commits = f64::midpoint(commits, self::commits(folder).await?);
    figures.extend([
        figure(
            ENGINE,
            "plain_commits_per_second",
            "commits del disco por segundo",
            "synced commits of the disk a second",
            commits,
            "1/s",
        ),
        figure(
            ENGINE,
            "durable_per_disk_commit",
            "pedidos por commit del disco, 32 a la vez",
            "orders per commit of the disk, 32 at once",
            best / commits,
            "",
        ),
    ]);
    Ok(figures)
}

/// In an empty database of a server.
pub(crate) async fn durable_on_postgres(
    folder: &Path,
    url: String,
    orders: u32,
) -> Result<Vec<Figure>, Stop> {
    let mut config = AppConfig::new(folder);
    config.database = Database::Url(url);
    let site = Arc::new(DurableOrders::open(&config).await?);
    let mut figures = Vec::new();
    for clients in &CLIENTS {
        let run = site.run(clients.count, orders / 10).await?;
        figures.extend(both("postgres", clients, &run));
    }
    site.close().await;
    Ok(figures)
}

fn both(engine: &'static str, clients: &Clients, run: &Durable) -> [Figure; 2] {
    let (key, es, en) = clients.rate;
    let rate = figure(engine, key, es, en, run.orders_per_second, "1/s");
    let (key, es, en) = clients.p99;
    let p99 = figure(engine, key, es, en, Latencies::new(run.times.clone()).percentile(99), "ms");
    if clients.count == TARGET { [rate.wanted("≥ 10000"), p99] } else { [rate, p99] }
}

fn figure(
    engine: &'static str,
    key: &'static str,
    es: &'static str,
    en: &'static str,
    value: f64,
    unit: &'static str,
) -> Figure {
    Figure::new(engine, key, es, en, value, unit)
}

async fn commits(folder: &Path) -> Result<f64, Stop> {
    let dir = folder.join(format!("commits-{}", crate::clock::new_id()));
    std::fs::create_dir_all(&dir).map_err(|error| Stop::data(error.to_string()))?;
    Ok(plain_commits_per_second(&dir, COMMITS).await?)
}
