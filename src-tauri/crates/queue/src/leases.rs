//! Which core has which ticket with a printer: signs of life, and what becomes of the tickets of a core that
//! gives none.
//!
//! A core that only sleeps may wake after another has taken its tickets over. Every step that it writes then
//! is refused by the store, since it is no longer theirs.

use crate::engine::{EngineConfig, QueueChange, Recovery, Shared};
use fastops_domain::ids::CoreId;
use fastops_domain::job::{Cause, JobState, taken_over};
use fastops_store::StoreError;
use fastops_store::job::{self, JobChange, JobRow};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Tickets that the core before this one had with printers, and those of cores that are gone.
pub(crate) async fn recover(config: &EngineConfig) -> Result<Recovery, StoreError> {
    let taken = take_over(config, config.before).await?;
    Ok(Recovery { in_doubt: taken.len() })
}

/// Gives signs of life, and takes over what cores that give none leave behind, until the engine stops.
pub(crate) async fn keep(shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let beat = Duration::from_millis(shared.config.lease.beat_ms);
    while !*stopped.borrow() {
        tokio::select! {
            () = tokio::time::sleep(beat) => {}
            _ = stopped.changed() => return,
        }
        match take_over(&shared.config, None).await {
            Ok(taken) => {
                for (row, state) in taken {
                    shared.wake(row.printer);
                    shared.tell(QueueChange::Job { job: row.id, work: row.work, state });
                }
            }
            // A server that is away is said once by the store.
            Err(StoreError::Away(_)) => {}
            Err(error) => tracing::error!(%error, "the tickets with the printers cannot be looked after"),
        }
    }
}

/// One sign of life and one look at what others left. The fate of a job whose core is gone is unknown: what
/// becomes of it is its kind's to say. Answers with those jobs, and where each stands now.
async fn take_over(
    config: &EngineConfig,
    before: Option<CoreId>,
) -> Result<Vec<(JobRow, JobState)>, StoreError> {
    let (branch, core, lease) = (config.branch, config.core, config.lease);
    let (retry, now) = (config.retry, config.clock.now());
    let taken = config
        .store
        .write(move |tx| {
            Box::pin(async move {
                job::renew(tx, branch, core, lease.for_ms).await?;
                let mut taken = Vec::new();
                for (row, holder) in job::interrupted(tx, branch, before, core, lease.for_ms).await? {
                    let Ok(to) = taken_over(row.work.kind(), row.progress, now, &retry) else { continue };
                    let change = JobChange { holder, ..JobChange::default() };
                    job::advance(tx, row.id, row.progress.state, &to, &change).await?;
                    for attempt in job::attempts(tx, row.id).await? {
                        if attempt.ended_at.is_none() {
                            let (number, outcome) = (attempt.number, to.state.code());
                            let cause = Some(Cause::Interrupted);
                            job::close_attempt(tx, row.id, number, now, outcome, cause, None).await?;
                        }
                    }
                    taken.push((row, to.state));
                }
                Ok::<_, StoreError>(taken)
            })
        })
        .await?;
    if !taken.is_empty() {
        let in_doubt = taken.len();
        tracing::warn!(
            in_doubt,
            "tickets were with a printer when their program ended; they print again, marked"
        );
    }
    Ok(taken)
}
