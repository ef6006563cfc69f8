//! Which core has which ticket with a printer: signs of life, and what becomes of the tickets of a core that
//! gives none.
//!
//! A core that only sleeps may wake after another has taken its tickets over. Every step that it writes then
//! is refused by the store, since it is no longer theirs.

use crate::engine::{EngineConfig, QueueChange, Recovery, Shared};
use crate::owners::{self, Owners, Signed};
use fastops_domain::ids::{CoreId, PrinterId};
use fastops_domain::job::{Cause, JobProgress, JobState, taken_over};
use fastops_domain::time::Time;
use fastops_store::job::{self, JobChange, JobRow};
use fastops_store::{StoreError, Tx};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Time before another try to write what a broken lane left.
const AGAIN: Duration = Duration::from_millis(500);

/// Tickets that the core before this one had with printers, and those of cores that are gone; and where other
/// cores may be, which printers are this one's.
pub(crate) async fn recover(
    config: &EngineConfig,
    owners: &Owners,
) -> Result<(Recovery, Option<Signed>), StoreError> {
    let taken = take_over(config, config.before).await?;
    let signed = owners::claim(config, owners, config.before).await?;
    let branch = config.branch;
    let waiting = config.store.read(move |tx| Box::pin(job::waiting_counts(tx, branch))).await?;
    // What waits for printers of other computers comes out without this one.
    let mine = |printer| signed.as_ref().is_none_or(|signed| signed.drives(printer));
    let unfinished: i64 = waiting.iter().filter(|count| mine(count.printer)).map(|count| count.count).sum();
    let unfinished = usize::try_from(unfinished).unwrap_or(usize::MAX);
    // A receipt is a person's to answer for, and a drawer is never opened again.
    let in_doubt = taken.iter().filter(|(_, state)| *state == JobState::Queued).count();
    Ok((Recovery { unfinished, in_doubt }, signed))
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
                    interrupt(tx, &row, &to, holder, now).await?;
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

/// Writes that the work on a job was interrupted, whoever had it.
async fn interrupt(
    tx: &mut Tx,
    row: &JobRow,
    to: &JobProgress,
    holder: Option<CoreId>,
    now: Time,
) -> Result<(), StoreError> {
    let change = JobChange { holder, ..JobChange::default() };
    job::advance(tx, row.id, row.progress.state, to, &change).await?;
    for attempt in job::attempts(tx, row.id).await? {
        if attempt.ended_at.is_none() {
            let (number, outcome) = (attempt.number, to.state.code());
            job::close_attempt(tx, row.id, number, now, outcome, Some(Cause::Interrupted), None).await?;
        }
    }
    Ok(())
}

/// Nobody knows how much is on paper of what a lane of this core that broke had with its printer: what becomes of it is
/// its kind's to say. Tried until it is written, since nobody else takes up what this core holds.
pub(crate) async fn take_back(shared: &Shared, printer: PrinterId, mut stopped: watch::Receiver<bool>) {
    shared.note(printer, |facts| facts.printing = false);
    while !*stopped.borrow() {
        match interrupted_in(&shared.config, printer).await {
            Ok(rows) => {
                for (row, state) in rows {
                    tracing::warn!(job = %row.id, "a ticket was with a printer when its lane broke");
                    shared.tell(QueueChange::Job { job: row.id, work: row.work, state });
                }
                return;
            }
            Err(error) => tracing::error!(%error, "what a broken lane left cannot be taken up yet"),
        }
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            _ = stopped.changed() => return,
        }
    }
}

async fn interrupted_in(
    config: &EngineConfig,
    printer: PrinterId,
) -> Result<Vec<(JobRow, JobState)>, StoreError> {
    let (core, retry, now) = (config.core, config.retry, config.clock.now());
    config
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut taken = Vec::new();
                for entry in job::lane(tx, printer).await? {
                    if entry.state.is_waiting() {
                        continue;
                    }
                    let Some(row) = job::job(tx, entry.job).await? else { continue };
                    let Ok(to) = taken_over(row.work.kind(), row.progress, now, &retry) else { continue };
                    match interrupt(tx, &row, &to, Some(core), now).await {
                        Ok(()) => taken.push((row, to.state)),
                        // Another core has it.
                        Err(StoreError::Stale { .. }) => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok::<_, StoreError>(taken)
            })
        })
        .await
}
