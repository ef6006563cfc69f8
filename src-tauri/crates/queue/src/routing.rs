//! Where a station's tickets go now: the chain of its targets, seen through what the engine knows.
//!
//! The printer of whoever sent a ticket is a target like any other once it is known whose it is, so each question
//! brings the printer beside the ticket's terminal.

use crate::engine::{QueueChange, Shared};
use fastops_domain::chain::{self, Place};
use fastops_domain::ids::{JobId, PrinterId, StationId};
use fastops_domain::station::{ChainTarget, Target};
use fastops_store::{StoreError, Tx, job};
use std::collections::HashMap;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// The targets of each station, first to last.
pub type Chains = HashMap<StationId, Vec<ChainTarget>>;

/// Which of the jobs that wait are meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which {
    All,
    /// The half that has waited longest, the odd one included: it goes at once to a printer that is idle.
    OlderHalf,
    /// Those whose senders have this printer beside them.
    SentFrom(Option<PrinterId>),
}

impl Shared {
    /// Where a station's next ticket goes, counted as one that waits there.
    pub(crate) fn target(&self, station: StationId, sender: Option<PrinterId>) -> Option<PrinterId> {
        let target = self.serving(station, sender)?;
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting.entry(target).or_default() += 1;
        Some(target)
    }

    /// Where a station's next ticket would go.
    pub(crate) fn serving(&self, station: StationId, sender: Option<PrinterId>) -> Option<PrinterId> {
        let (devices, places) = self.places(station, sender);
        devices.get(chain::choose(&places)?).copied()
    }

    /// Where the tickets of `station` that wait for `printer` go instead; `None` leaves them.
    pub(crate) fn elsewhere(
        &self,
        station: StationId,
        sender: Option<PrinterId>,
        printer: PrinterId,
        spent: bool,
    ) -> Option<PrinterId> {
        let (devices, places) = self.places(station, sender);
        let current = devices.iter().position(|id| *id == printer);
        devices.get(chain::elsewhere(&places, current, spent)?).copied()
    }

    /// Whether `printer` is one of the station's targets, as far as is known here.
    pub(crate) fn serves(&self, station: StationId, sender: Option<PrinterId>, printer: PrinterId) -> bool {
        self.places(station, sender).0.contains(&printer)
    }

    /// Which printer takes over a part of the backlog of `station` at `printer`.
    pub(crate) fn relief(&self, station: StationId, printer: PrinterId, oldest_ms: i64) -> Option<PrinterId> {
        let (devices, places) = self.places(station, None);
        let current = devices.iter().position(|id| *id == printer)?;
        devices
            .get(chain::relief(&places, current, oldest_ms, self.relief_ms.load(Ordering::Relaxed))?)
            .copied()
    }

    /// Whether `printer` stands in for the station's own ones. One that is not named in the chain is there as the
    /// printer of a sender.
    pub(crate) fn is_backup(&self, station: StationId, printer: PrinterId) -> bool {
        let chains = self.chains();
        let chain = chains.get(&station).map_or(&[][..], Vec::as_slice);
        let at = |target: Target| chain.iter().find(|place| place.target == target);
        at(Target::Device(printer)).or_else(|| at(Target::Sender)).is_some_and(|place| place.tier > 0)
    }

    /// Whether the way of a station's tickets depends on who sent them.
    pub(crate) fn asks_for_sender(&self, station: StationId) -> bool {
        self.chains()
            .get(&station)
            .is_some_and(|chain| chain.iter().any(|place| place.target == Target::Sender))
    }

    /// The devices of a chain and how each is; a sender without a printer, or whose printer has a place of its own,
    /// has none.
    fn places(&self, station: StationId, sender: Option<PrinterId>) -> (Vec<PrinterId>, Vec<Place>) {
        let now = self.config.clock.now();
        let chains = self.chains();
        let chain = chains.get(&station).map_or(&[][..], Vec::as_slice);
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let named = |device| chain.iter().any(|place| place.target == Target::Device(device));
        let device = |place: &ChainTarget| match place.target {
            Target::Device(device) => Some((device, place.tier)),
            Target::Sender => sender.filter(|device| !named(*device)).map(|device| (device, place.tier)),
        };
        let place = |(device, tier): (PrinterId, u32)| {
            let facts = self.facts(device);
            let place = Place {
                tier,
                health: chain::health(facts.breaker, facts.trouble.zip(facts.trouble_since), now),
                waiting: waiting.get(&device).copied().unwrap_or(0) + i64::from(facts.printing),
            };
            (device, place)
        };
        chain.iter().filter_map(device).map(place).unzip()
    }

    /// Moves jobs of a station that wait for `from` to `to`, in one transaction, and tells.
    pub(crate) async fn move_jobs(
        &self,
        station: StationId,
        from: PrinterId,
        to: PrinterId,
        which: Which,
    ) -> Result<(), StoreError> {
        let (now, cause) = (self.config.clock.now(), self.facts(from).trouble);
        let moved = self
            .config
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let jobs = which.of(tx, from, station).await?;
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

impl Which {
    async fn of(self, tx: &mut Tx, from: PrinterId, station: StationId) -> Result<Vec<JobId>, StoreError> {
        match self {
            Self::All => job::waiting_of(tx, from, station).await,
            Self::OlderHalf => {
                let mut jobs = job::waiting_of(tx, from, station).await?;
                jobs.truncate(jobs.len().div_ceil(2));
                Ok(jobs)
            }
            Self::SentFrom(sender) => job::waiting_sent_from(tx, from, station, sender).await,
        }
    }
}
