//! A store that holds years: the questions of the day beside those years and without them, and a backup of
//! them while orders come in.

use super::Figure;
use super::latency::Latencies;
use crate::exit::Stop;
use fastops_app::bench::{DurableOrders, HotQuery};
use fastops_app::history::{SeedPlan, seed_history};
use fastops_app::{AppConfig, BackupReason, RestoreFrom};
use std::path::Path;
use std::sync::Arc;
use tokio::time::{Duration, Instant};

const ENGINE: &str = "sqlite";
/// Orders on the tables while the questions are asked.
const OPEN: u32 = 40;
/// Each question is asked so often; its median counts.
const RUNS: usize = 501;
/// Who orders during a backup, and how often each does: a rush of 320 orders a second.
const CLIENTS: u16 = 32;
const PAUSE: Duration = Duration::from_millis(100);
/// How long the same rush is measured without a backup.
const CALM: Duration = Duration::from_secs(10);

/// What a question is called in the figures.
struct Asked {
    query: HotQuery,
    time: (&'static str, &'static str, &'static str),
    ratio: (&'static str, &'static str, &'static str),
}

macro_rules! asked {
    ($($query:ident $key:literal $es:literal $en:literal,)+) => {
        [$(Asked {
            query: HotQuery::$query,
            time: (
                concat!("hot_", $key, "_us"),
                concat!($es, ", con historia"),
                concat!($en, ", with the history"),
            ),
            ratio: (
                concat!("hot_", $key, "_ratio"),
                concat!($es, ", con historia / sin ella"),
                concat!($en, ", with the history / without"),
            ),
        }),+]
    };
}

const ASKED: [Asked; HotQuery::ALL.len()] = asked![
    OpenOrders "open_orders" "pedidos abiertos" "open orders",
    LinesOfOpenOrders "lines_of_open_orders" "líneas de los abiertos" "lines of the open ones",
    TicketsOfOpenOrders "tickets_of_open_orders" "comandas de los abiertos" "tickets of the open ones",
    Order "order" "un pedido" "an order",
    Lines "lines" "sus líneas" "its lines",
    TicketsOfOrder "tickets_of_order" "sus comandas" "its tickets",
    JobsInLanes "jobs_in_lanes" "sus impresiones y su turno" "its print jobs and their places",
    Ticket "ticket" "una comanda" "a ticket",
    KitchenTickets "kitchen_tickets" "comandas de una estación" "tickets of a station",
    Job "job" "una impresión" "a print job",
    LaneHead "lane_head" "la próxima impresión" "the next print job",
    Lane "lane" "la cola de una impresora" "the lane of a printer",
    WaitingCounts "waiting_counts" "cuánto espera" "how much waits",
    ReadyPrinters "ready_printers" "impresoras con trabajo" "printers with work",
    SettledSince "settled_since" "impreso en la última hora" "printed in the last hour",
    Answered "answered" "respuesta de una orden repetida" "the answer to a repeated command",
];

/// Makes a history of `orders` in `folder` and asks it what an empty store is asked too.
pub(crate) async fn years(folder: &Path, orders: u32) -> Result<Vec<Figure>, Stop> {
    let (without, with) = (folder.join("without"), folder.join("with"));
    let mut figures = seed(&with, orders).await?;
    let empty = asked(&AppConfig::new(&without), true).await?;
    let full = asked(&AppConfig::new(&with), false).await?;
    for asked in &ASKED {
        let [empty, full] = [&empty, &full].map(|times| {
            times.iter().find(|(query, _)| *query == asked.query).map_or(0.0, |(_, time)| time.as_secs_f64())
        });
        let (key, es, en) = asked.time;
        figures.push(Figure::new(ENGINE, key, es, en, full * 1e6, "µs"));
        let (key, es, en) = asked.ratio;
        figures
            .push(Figure::new(ENGINE, key, es, en, full / empty.max(f64::MIN_POSITIVE), "").wanted("≤ 1.5"));
    }
    Ok(figures)
}

/// Makes a history of `orders` in `folder`.
pub(super) async fn seed(folder: &Path, orders: u32) -> Result<Vec<Figure>, Stop> {
    let plan = SeedPlan { orders, seed: 1, until: None, open: 0 };
    let poured = seed_history(&AppConfig::new(folder), plan, Arc::new(|_, _| {})).await?.poured;
    let rate = f64::from(orders) / (poured.writing + poured.indexing).as_secs_f64();
    Ok(vec![
        Figure::new(
            ENGINE,
            "seeded_orders",
            "pedidos de la historia",
            "orders of the history",
            f64::from(orders),
            "",
        ),
        Figure::new(
            ENGINE,
            "seeded_per_second",
            "pedidos por segundo al hacerla, con índices",
            "orders a second of making it, with indexes",
            rate,
            "1/s",
        )
        .wanted("≥ 20000"),
        megabytes("seeded_mb", "tamaño de la historia", "size of the history", poured.bytes),
    ])
}

/// The same work on the tables, then each question.
async fn asked(config: &AppConfig, fresh: bool) -> Result<Vec<(HotQuery, Duration)>, Stop> {
    let site = if fresh { DurableOrders::open(config).await } else { DurableOrders::reopen(config).await };
    let site = Arc::new(site?);
    site.run(1, OPEN).await?;
    let times = site.hot_queries(RUNS).await?;
    site.close().await;
    Ok(times)
}

/// Makes a history of `orders` in `folder`, backs it up while orders come in, and restores it.
pub(crate) async fn backup_in_service(folder: &Path, orders: u32) -> Result<Vec<Figure>, Stop> {
    let config = AppConfig::new(folder);
    seed(folder, orders).await?;
    let site = Arc::new(DurableOrders::reopen(&config).await?);
    let (calm, ()) = site.run_beside(CLIENTS, PAUSE, tokio::time::sleep(CALM)).await?;
    let (busy, (made, took)) = site
        .run_beside(CLIENTS, PAUSE, async {
            let began = Instant::now();
            (fastops_app::back_up(&config, BackupReason::Manual).await, began.elapsed())
        })
        .await?;
    site.close().await;
    let began = Instant::now();
    fastops_app::restore(&config, RestoreFrom::Newest).await?;
    let restored = began.elapsed();
    let ms = |key, es, en, times: Vec<Duration>| {
        Figure::new(ENGINE, key, es, en, Latencies::new(times).percentile(99), "ms")
    };
    Ok(vec![
        megabytes("backup_mb", "tamaño de la copia", "size of the backup", made?.bytes),
        Figure::new(
            ENGINE,
            "backup_s",
            "copia verificada, con pedidos a la vez",
            "verified backup, with orders coming in",
            took.as_secs_f64(),
            "s",
        ),
        Figure::new(
            ENGINE,
            "restore_s",
            "restauración verificada",
            "verified restore",
            restored.as_secs_f64(),
            "s",
        )
        .wanted("< 60"),
        ms("rush_p99_ms", "un pedido de 320 por segundo, p99", "one order of 320 a second, p99", calm),
        ms("rush_backup_p99_ms", "lo mismo durante la copia, p99", "the same during the backup, p99", busy),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "a size is shown with three digits")]
fn megabytes(key: &'static str, es: &'static str, en: &'static str, bytes: u64) -> Figure {
    Figure::new(ENGINE, key, es, en, bytes as f64 / 1e6, "MB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_small_history_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let figures = years(&folder.path().join("years"), 100).await.unwrap();
        assert_eq!(figures.len(), 3 + 2 * HotQuery::ALL.len());
        let figures = backup_in_service(&folder.path().join("backup"), 100).await.unwrap();
        assert_eq!(figures.len(), 5);
    }

    #[test]
    fn every_question_is_named_once() {
        let named = ASKED.iter().map(|asked| asked.query);
        assert_eq!(named.collect::<Vec<_>>(), HotQuery::ALL);
    }
}
