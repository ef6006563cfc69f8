//! What a benchmark needs to know of the ground that the core stands on.

mod durable;
mod hot;
mod printing;
mod queue;

pub use durable::{Durable, DurableOrders, plain_orders_per_second};
pub use fastops_domain::ids::ProductId;
pub use fastops_domain::search;
pub use fastops_domain::station::ProofLevel;
pub use hot::HotQuery;
pub use printing::{Encoding, Passages, encoding, folder_passages, passages, ticket_bytes};
pub use queue::{Claim, PrintRun, QueueSite};

use crate::refusal::Refusal;
use crate::wire::Failure;
use fastops_domain::user::Language;
use fastops_store::probe;
use std::path::Path;

/// Synced commits a second of plain SQLite in `folder`, with the store's own settings: `rows` single
/// inserts, each in a transaction of its own. The yardstick for everything durable in the same run.
pub async fn plain_commits_per_second(folder: &Path, rows: u32) -> Result<f64, Failure> {
    let path = folder.join("yardstick.db");
    let measured = tokio::task::spawn_blocking(move || probe::plain_commits_per_second(&path, rows)).await;
    let measured = measured.unwrap_or(Err(fastops_store::StoreError::Panicked));
    measured.map_err(|error| Refusal::from(error).into_failure(Language::En, "bench"))
}
