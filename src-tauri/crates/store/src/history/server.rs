//! A history for a PostgreSQL database: COPY, in one transaction, while no other program is connected.

use super::facts::{Counters, Day};
use super::rows::{write_counters, write_day};
use super::{PourError, Poured, Progress, count};
use crate::columns::number;
use crate::engine::{Engine, Tx};
use crate::sql::{execute, fetch_one, statements};
use crate::{Store, StoreConfig, StoreError};
use fastops_domain::ids::BranchId;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::Instant;

/// How often, and after which pause, it is asked whether others are still connected.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_millis(100);

statements! {
    OTHERS: each {
        // A file has a lock of its own.
        sqlite: "SELECT 0 AS n",
        postgres:
            "SELECT COUNT(*) AS n FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'fastops' AND pid <> pg_backend_pid()",
    };
    // Rows that are compared with others by a foreign key take longer than a command may.
    WITHOUT_HURRY: each {
        sqlite: "SELECT 0",
        postgres:
            "SELECT set_config('statement_timeout', '0', TRUE),
                    set_config('idle_in_transaction_session_timeout', '0', TRUE)",
    };
    SIZE: each {
        sqlite: "SELECT page_count * page_size AS n FROM pragma_page_count(), pragma_page_size()",
        postgres: "SELECT pg_database_size(current_database()) AS n",
    };
}

pub(super) async fn pour<E: From<PourError>>(
    config: &StoreConfig,
    branch: BranchId,
    days: Receiver<Result<Day, E>>,
    progress: &Progress,
) -> Result<Poured, E> {
    // One connection, so that this program does not count itself among the others.
    let alone = match config.clone() {
        StoreConfig::Postgres { url, .. } => StoreConfig::Postgres { url, max_connections: 1 },
        file @ StoreConfig::Sqlite { .. } => file,
    };
    let store = Store::open(&alone).await.map_err(PourError::from)?;
    let poured = pour_into(&store, branch, days, progress).await;
    store.close().await;
    poured
}

async fn pour_into<E: From<PourError>>(
    store: &Store,
    branch: BranchId,
    mut days: Receiver<Result<Day, E>>,
    progress: &Progress,
) -> Result<Poured, E> {
    let mut tx = begin(store).await?;
    let (mut poured, began) = (Poured::default(), Instant::now());
    let mut counters = Counters::default();
    while let Some(day) = days.recv().await {
        let day = match day {
            Ok(day) => day,
            Err(error) => {
                tx.roll_back().await;
                return Err(error);
            }
        };
        let rows = write_day(&mut tx, &day).await.map_err(PourError::from)?;
        count(&mut poured, &day, rows);
        counters = day.counters;
        progress(poured.orders);
    }
    write_counters(&mut tx, branch, &counters).await.map_err(PourError::from)?;
    poured.bytes = size(&mut tx).await.map_err(PourError::from)?;
    tx.commit().await.map_err(PourError::from)?;
    poured.writing = began.elapsed();
    Ok(poured)
}

/// Opens the transaction when no other program is there.
async fn begin(store: &Store) -> Result<Tx, PourError> {
    let Engine::Postgres(engine) = store.engine() else { return Err(StoreError::WrongEngine.into()) };
    alone(store).await?;
    let connection = engine.pool().acquire().await.map_err(StoreError::from)?;
    let mut tx = Tx::on_postgres(connection, "BEGIN").await?;
    without_hurry(&mut tx).await?;
    Ok(tx)
}

/// Waits a moment for connections that were closed just now; the server takes its time with them.
async fn alone(store: &Store) -> Result<(), PourError> {
    for _ in 0..TRIES {
        let others = store.read(|tx| Box::pin(async move { fetch_one!(tx, OTHERS, number) }));
        let others: Result<i64, StoreError> = others.await;
        if others? == 0 {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(PourError::InUse)
}

async fn without_hurry(tx: &mut Tx) -> Result<(), StoreError> {
    execute!(tx, WITHOUT_HURRY).map(drop)
}

async fn size(tx: &mut Tx) -> Result<u64, StoreError> {
    let bytes: i64 = fetch_one!(tx, SIZE, number)?;
    Ok(u64::try_from(bytes).unwrap_or_default())
}
