//! What is done beside the lanes: a look at the load each second, and workers when a printer lacks one.

use crate::engine::Shared;
use crate::owners::Seat;
use crate::routing::Which;
use fastops_domain::ids::PrinterId;
use fastops_domain::signs::LOOK_MS;
use fastops_domain::time::Time;
use fastops_store::job::{self, LaneCount};
use fastops_store::{StoreError, station};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// Time between two looks at the load.
const LOOK: Duration = Duration::from_millis(LOOK_MS);

/// Cares until the engine stops.
pub(crate) async fn care(shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let mut next_look = Instant::now();
    while !*stopped.borrow() {
        tokio::select! {
            () = sleep_until(next_look) => {
                next_look = Instant::now() + LOOK;
                if let Err(error) = shared.look().await && !matches!(error, StoreError::Away(_)) {
                    tracing::error!(%error, "the load of the print queue cannot be seen");
                }
            }
            () = shared.permits.starving() => shared.note_starved(),
            _ = stopped.changed() => {}
        }
    }
}

impl Shared {
    /// Counts what waits; workers, turbo and the sharing of loads follow from it.
    async fn look(&self) -> Result<(), StoreError> {
        let branch = self.config.branch;
        let counts = self.config.store.read(move |tx| Box::pin(job::waiting_counts(tx, branch))).await?;
        let mut waiting: HashMap<PrinterId, i64> = HashMap::new();
        for count in &counts {
            *waiting.entry(count.printer).or_default() += count.count;
        }
        let all = waiting.values().sum();
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = waiting;
        self.note_load(all);
        self.end_turbo().await?;
        self.look_around().await?;
        self.share_loads(&counts).await
    }

    /// Gives a part of an old backlog to a printer beside that has nothing to do, and all that waits for a device
    /// that is no longer there to whoever serves its station.
    async fn share_loads(&self, counts: &[LaneCount]) -> Result<(), StoreError> {
        let now: Time = self.config.clock.now();
        let gone = self.gone(counts).await?;
        for count in counts {
            let Some(station) = count.station else { continue };
            if gone.contains(&count.printer) {
                if let Some(to) = self.serving(station, None) {
                    self.move_jobs(station, count.printer, to, Which::All).await?;
                }
                continue;
            }
            if self.seat(count.printer) != Seat::Mine {
                continue;
            }
            let oldest_ms = now.since_ms(count.oldest_created_at);
            if let Some(to) = self.relief(station, count.printer, oldest_ms) {
                self.move_jobs(station, count.printer, to, Which::OlderHalf).await?;
            }
        }
        Ok(())
    }

    /// Of the devices for which something waits, those that are no longer there. One that another computer has just
    /// added has no lane here yet either, and its tickets are no business of this core until it knows of it.
    async fn gone(&self, counts: &[LaneCount]) -> Result<HashSet<PrinterId>, StoreError> {
        let mut gone: HashSet<PrinterId> =
            counts.iter().map(|count| count.printer).filter(|device| !self.has_lane(*device)).collect();
        if !gone.is_empty() {
            let branch = self.config.branch;
            let there = self.config.store.read(move |tx| Box::pin(station::printers(tx, branch))).await?;
            for printer in there {
                gone.remove(&printer.id);
            }
        }
        Ok(gone)
    }
}
