//! Which printer writes for a station now: the chain of its targets, seen through what the engine knows.

use crate::engine::{QueueChange, Shared};
use fastops_domain::chain::{self, Place};
use fastops_domain::ids::{JobId, PrinterId, StationId};
use fastops_domain::station::ChainPrinter;
use fastops_store::StoreError;
use fastops_store::job;
use std::collections::HashMap;
use std::sync::PoisonError;

/// The printers of each station, first to last.
pub type Chains = HashMap<StationId, Vec<ChainPrinter>>;

impl Shared {
    /// Where a station's next ticket goes, counted as one that waits there.
    pub(crate) fn target(&self, station: StationId) -> Option<PrinterId> {
        let target = self.serving(station)?;
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting.entry(target).or_default() += 1;
        Some(target)
    }

    /// Where a station's next ticket would go.
    pub(crate) fn serving(&self, station: StationId) -> Option<PrinterId> {
        let (printers, places) = self.places(station);
        printers.get(chain::choose(&places)?).copied()
    }

    /// Where the tickets of `station` that wait for `printer` go instead; `None` leaves them.
    pub(crate) fn elsewhere(&self, station: StationId, printer: PrinterId, spent: bool) -> Option<PrinterId> {
        let (printers, places) = self.places(station);
        let current = printers.iter().position(|id| *id == printer);
        printers.get(chain::elsewhere(&places, current, spent)?).copied()
    }

    /// Which printer takes over a part of the backlog of `station` at `printer`.
    pub(crate) fn relief(&self, station: StationId, printer: PrinterId, oldest_ms: i64) -> Option<PrinterId> {
        let (printers, places) = self.places(station);
        let current = printers.iter().position(|id| *id == printer)?;
        printers.get(chain::relief(&places, current, oldest_ms, chain::RELIEF_AFTER_MS)?).copied()
    }

    /// Whether `printer` stands in for the station's own ones.
    pub(crate) fn is_backup(&self, station: StationId, printer: PrinterId) -> bool {
        let chains = self.chains();
        let chain = chains.get(&station).map_or(&[][..], Vec::as_slice);
        chain.iter().any(|place| place.printer == printer && place.tier > 0)
    }

    fn places(&self, station: StationId) -> (Vec<PrinterId>, Vec<Place>) {
        let now = self.config.clock.now();
        let chains = self.chains();
        let chain = chains.get(&station).map_or(&[][..], Vec::as_slice);
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let place = |printer: &ChainPrinter| {
            let facts = self.facts(printer.printer);
            Place {
                tier: printer.tier,
                health: chain::health(facts.breaker, facts.trouble_since, now),
                waiting: waiting.get(&printer.printer).copied().unwrap_or(0) + i64::from(facts.printing),
            }
        };
        (chain.iter().map(|place| place.printer).collect(), chain.iter().map(place).collect())
    }

    /// Moves jobs of a station that wait for `from` to `to`, in one transaction, and tells. `pick` chooses
    /// among them, in the order in which they would go.
    pub(crate) async fn move_jobs(
        &self,
        station: StationId,
        from: PrinterId,
        to: PrinterId,
        pick: fn(Vec<JobId>) -> Vec<JobId>,
    ) -> Result<(), StoreError> {
        let (now, cause) = (self.config.clock.now(), self.facts(from).trouble);
        let moved = self
            .config
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let jobs = pick(job::waiting_of(tx, from, station).await?);
                    job::reroute(tx, &jobs, from, to, now, cause).await
                })
            })
            .await?;
        if moved.is_empty() {
            return Ok(());
        }
        tracing::warn!(%station, %from, %to, tickets = moved.len(), "tickets go to another printer");
        self.wake(to);
        let backup = self.is_backup(station, to);
        self.tell(QueueChange::Moved { station, from, to, cause, backup, jobs: moved });
        Ok(())
    }
}
