//! The memory of a process that is nothing but the core, with very many tickets that no printer takes.

use crate::bench::{Figure, peak_mib, resident_mib};
use crate::exit::Stop;
use fastops_app::bench::DurableOrders;
use fastops_app::{App, AppConfig, DemoSetup, create_demo};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use tokio::time::Duration;

const ENGINE: &str = "sqlite";
const CLIENTS: u16 = 32;
const OF_AN_ORDER: u32 = 3;
/// Long enough for several looks at the load and at each printer.
const REST: Duration = Duration::from_secs(6);
/// Where nobody prints: the connection is refused at once.
const NOBODY: &str = "tcp://127.0.0.1:1";

type Words = (&'static str, &'static str, &'static str);

const EMPTY: Words =
    ("queue_empty_mib", "memoria del núcleo solo, nada en espera", "memory of the core alone, nothing waits");
const FULL: Words =
    ("queue_backlog_mib", "lo mismo con 100.000 comandas en espera", "the same with 100,000 tickets waiting");
const PEAK: Words = ("queue_backlog_peak_mib", "lo mismo, máximo", "the same, peak");

/// Makes a backlog in `folder`, starts this program again as a core on it, and gives what that process measured.
pub(super) async fn memory(folder: &Path, jobs: u32) -> Result<Vec<Figure>, Stop> {
    let mut measured = Vec::new();
    for (name, jobs) in [("empty", 0), ("full", jobs)] {
        let folder = folder.join(name);
        let mut config = AppConfig::new(&folder);
        let nobody = |station: &str| (station.to_owned(), NOBODY.to_owned());
        config.demo = Some(DemoSetup { printers: ["cocina", "bar", "postres"].map(nobody).into() });
        create_demo(&config).await?;
        if jobs > 0 {
            let site = Arc::new(DurableOrders::reopen(&config).await?);
            site.run(CLIENTS, jobs / OF_AN_ORDER).await?;
            site.close().await;
        }
        measured.push(of_a_process(folder).await?);
    }
    let [empty, full] = measured.as_slice() else { return Ok(Vec::new()) };
    let figure = |(key, es, en): Words, record: &Value, from: &str| {
        let mib = record["figures"][ENGINE][from].as_f64()?;
        Some(Figure::new(ENGINE, key, es, en, mib, "MiB").wanted("< 80"))
    };
    let found = [figure(EMPTY, empty, FULL.0), figure(FULL, full, FULL.0), figure(PEAK, full, PEAK.0)];
    Ok(found.into_iter().flatten().collect())
}

async fn of_a_process(folder: PathBuf) -> Result<Value, Stop> {
    let started = tokio::task::spawn_blocking(move || {
        let program = std::env::current_exe()?;
        Command::new(program).args(["--json", "bench", "waiting", "--dir"]).arg(folder).output()
    });
    let output = started.await.map_err(|error| Stop::failure(error.to_string()))?;
    let output = output.map_err(|error| Stop::failure(error.to_string()))?;
    if !output.status.success() {
        return Err(Stop::failure(String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| Stop::failure(error.to_string()))
}

/// Is that process: the core on the data in `folder`, for as long as a few looks at the load take.
pub(crate) async fn waiting(folder: &Path) -> Result<Vec<Figure>, Stop> {
    rest(folder, REST).await
}

async fn rest(folder: &Path, rest: Duration) -> Result<Vec<Figure>, Stop> {
    let app = App::start(AppConfig::new(folder)).await?;
    tokio::time::sleep(rest).await;
    let measured = [(FULL, resident_mib()), (PEAK, peak_mib())];
    app.stop().await;
    let figure =
        |((key, es, en), mib): (Words, Option<f64>)| Some(Figure::new(ENGINE, key, es, en, mib?, "MiB"));
    Ok(measured.into_iter().filter_map(figure).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_core_with_nothing_to_do_has_a_size() {
        let folder = tempfile::tempdir().unwrap();
        create_demo(&AppConfig::new(folder.path())).await.unwrap();
        let figures = rest(folder.path(), Duration::ZERO).await.unwrap();
        assert_eq!(figures.len(), if cfg!(target_os = "linux") { 2 } else { figures.len() });
    }
}
