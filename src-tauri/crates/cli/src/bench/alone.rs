//! The memory of the core alone: a process that is nothing but the core on a store, without printers, hosts
//! or the measuring of anything else.

use super::site::Waiter;
use super::years::seed;
use super::{Figure, peak_mib, resident_mib};
use crate::exit::Stop;
use fastops_app::{App, AppConfig, Database, create_demo};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::task::JoinSet;

const ENGINE: &str = "sqlite";
/// Who orders at once while the memory under load is taken.
const CLIENTS: u16 = 32;

/// Makes a history in `folder`, starts this program again as a core on it, and gives what that process
/// measured.
pub(crate) async fn memory_of_the_core(
    folder: PathBuf,
    history: u32,
    orders: u32,
) -> Result<Vec<Figure>, Stop> {
    seed(&folder, history).await?;
    let started = tokio::task::spawn_blocking(move || {
        let program = std::env::current_exe()?;
        let orders = orders.to_string();
        Command::new(program)
            .args(["--json", "bench", "alone", "--orders", &orders, "--dir"])
            .arg(folder)
            .output()
    });
    let output = started.await.map_err(|error| Stop::failure(error.to_string()))?;
    let output = output.map_err(|error| Stop::failure(error.to_string()))?;
    if !output.status.success() {
        return Err(Stop::failure(String::from_utf8_lossy(&output.stderr)));
    }
    let record: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| Stop::failure(error.to_string()))?;
    Ok(KINDS.iter().filter_map(|kind| kind.figure(record["figures"][ENGINE][kind.key].as_f64()?)).collect())
}

struct Kind {
    key: &'static str,
    es: &'static str,
    en: &'static str,
}

impl Kind {
    fn figure(&self, mib: impl Into<Option<f64>>) -> Option<Figure> {
        Some(Figure::new(ENGINE, self.key, self.es, self.en, mib.into()?, "MiB").wanted("< 80"))
    }
}

const KINDS: [Kind; 3] = [
    Kind {
        key: "core_idle_mib",
        es: "memoria del núcleo solo, en reposo",
        en: "memory of the core alone, idle",
    },
    Kind { key: "core_busy_mib", es: "lo mismo, tras la carga", en: "the same, after the load" },
    Kind { key: "core_peak_mib", es: "lo mismo, máximo", en: "the same, peak" },
];

/// Is that process: starts the core on the data in `folder` and takes orders.
pub(crate) async fn alone(folder: &Path, orders: u32) -> Result<Vec<Figure>, Stop> {
    let mut config = AppConfig::new(folder);
    config.database = Database::Folder;
    if !folder.join("fastops.db").exists() {
        create_demo(&config).await?;
    }
    let app = App::start(config).await?;
    let waiter = Waiter::sign_in(&app).await?;
    let idle = resident_mib();
    let (taken, mut working) = (Arc::new(AtomicU32::new(0)), JoinSet::new());
    for _ in 0..CLIENTS {
        let (waiter, taken) = (waiter.clone(), Arc::clone(&taken));
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
    let measured = [idle, resident_mib(), peak_mib()];
    app.stop().await;
    Ok(KINDS.iter().zip(measured).filter_map(|(kind, mib)| kind.figure(mib)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_core_alone_takes_orders() {
        let folder = tempfile::tempdir().unwrap();
        let figures = alone(folder.path(), 20).await.unwrap();
        assert_eq!(figures.len(), if cfg!(target_os = "linux") { 3 } else { figures.len() });
    }
}
