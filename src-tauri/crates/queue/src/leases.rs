//! Which core has which ticket with a printer: signs of life, and what becomes of the tickets of a core that
//! gives none.
//!
//! A core that only sleeps may wake after another has taken its tickets over. Every step that it writes then
//! is refused by the store, since it is no longer theirs.

use crate::engine::{EngineConfig, QueueChange, Recovery, Shared};
use crate::owners::{self, Owners, Signed};
use fastops_domain::ids::CoreId;
use fastops_domain::job::{Cause, JobState, taken_over};
use fastops_store::StoreError;
use fastops_store::job::{self, JobChange, JobRow};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Tickets that the core before this one had with printers, and those of cores that are gone; and where other
/// cores may be, which printers are this one's.
pub(crate) async fn recover(
    config: &EngineConfig,
    owners: &Owners,
) -> Result<(Recovery, Option<Signed>), StoreError> {
    let taken = take_over(config, config.before).await?;
    let signed = owners::claim(config, owners, config.before).await?;
    Ok((Recovery { in_doubt: taken.len() }, signed))
}

/// Leaves what this core had to the others, after its lanes have ended.
pub(crate) async fn leave(shared: &Shared) {
    let core = shared.config.core;
    if shared.owners.me.is_some() {
        let leaving = shared.config.store.write::<_, StoreError, _>(move |tx| {
            Box::pin(async move { fastops_store::owner::sign_off(tx, core).await })
        });
        match leaving.await {
            Ok(()) | Err(StoreError::Away(_)) => {}
            Err(error) => tracing::warn!(%error, "the printers are free for others only after a while"),
        }
        shared.hint(|hint| hint.lanes = true);
        shared.say_rest().await;
    }
}

/// Gives signs of life, and takes over what cores that give none leave behind, until the engine stops.
pub(crate) async fn keep(shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let every = Duration::from_millis(shared.config.lease.beat_ms);
    let mut next = tokio::time::Instant::now() + every;
    while !*stopped.borrow() {
        let done = tokio::select! {
            () = tokio::time::sleep_until(next) => {
                next = tokio::time::Instant::now() + every;
                look_after(&shared).await
            }
            () = shared.owners.claim_due.notified() => shared.claim().await,
            _ = stopped.changed() => return,
        };
        match done {
            // A server that is away is said once by the store.
            Ok(()) | Err(StoreError::Away(_)) => {}
            Err(error) => tracing::error!(%error, "the tickets with the printers cannot be looked after"),
        }
    }
}

async fn look_after(shared: &Shared) -> Result<(), StoreError> {
    for (row, state) in take_over(&shared.config, None).await? {
        shared.wake(row.printer);
        shared.tell(QueueChange::Job { job: row.id, work: row.work, state });
    }
    shared.claim().await
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
