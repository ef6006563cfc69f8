//! Law: what a person decides about a ticket that failed or is blocked is what the rule says, and nothing else moves.

use super::on_both_engines;
use super::world::{NOW, World, job_id};
use fastops_domain::ids::JobId;
use fastops_domain::job::{Cause, JobEvent, JobKind, JobProgress, JobState, Priority, RetryPolicy, next};
use fastops_domain::time::Time;
use fastops_store::job::{self, JobChange, JobRow};
use fastops_store::{Store, StoreError, Tx, Work};

on_both_engines!(
    a_retried_job_is_what_the_rule_says,
    a_cleared_job_is_what_the_rule_says,
    a_decision_moves_only_what_is_stuck,
    failed_jobs_are_listed_first_and_counted,
);

const LATER: Time = NOW.plus_ms(50_000);

async fn unit<T: Send + 'static>(
    store: &Store,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> T {
    let world = World::open(store).await;
    store.write(move |tx| work(tx, world.clone())).await.unwrap()
}

/// A job of a new order brought to `progress`.
async fn brought_to(tx: &mut Tx, world: &World, n: u64, progress: JobProgress) -> Result<JobRow, StoreError> {
    let order = world.add_order(tx, n).await?;
    let row = world.add_job(tx, n, order, 1, Priority::Normal).await?;
    job::advance(tx, row.id, JobState::Queued, &progress, &JobChange::default()).await?;
    Ok(JobRow { progress, ..row })
}

fn failed() -> JobProgress {
    JobProgress {
        state: JobState::Failed,
        attempts: 4,
        possible_duplicate: false,
        not_before: NOW.plus_ms(90_000),
        cause: Some(Cause::CannotEncode),
    }
}

async fn progress(tx: &mut Tx, n: u64) -> Result<JobProgress, StoreError> {
    Ok(job::job(tx, job_id(n)).await?.unwrap().progress)
}

fn ruled(from: JobProgress, event: JobEvent) -> JobProgress {
    next(JobKind::Kitchen, from, event, LATER, &RetryPolicy::default()).unwrap()
}

async fn outcomes(tx: &mut Tx, id: JobId) -> Result<Vec<Option<String>>, StoreError> {
    Ok(job::attempts(tx, id).await?.into_iter().map(|attempt| attempt.outcome).collect())
}

async fn a_retried_job_is_what_the_rule_says(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let marked = JobProgress { possible_duplicate: true, ..failed() };
            let blocked = JobProgress { state: JobState::Blocked, cause: Some(Cause::PaperOut), ..failed() };
            let before = [failed(), marked, blocked, failed()];
            for (n, progress) in (1..).zip(before) {
                brought_to(tx, &world, n, progress).await?;
            }
            // Of the last one's ticket a reprint is on paper already.
            let last = job::job(tx, job_id(4)).await?.unwrap();
            let printed = JobProgress { state: JobState::Printed, ..JobProgress::new(NOW) };
            let reprint = JobRow { id: job_id(9), copy: 1, progress: printed, ..last };
            job::insert_jobs(tx, &[reprint]).await?;

            let decided = job::retry(tx, &[1, 2, 3, 4].map(job_id), LATER).await?;
            assert_eq!(decided.len(), 4);
            assert!(decided.iter().all(|decided| decided.printer == world.printers[0].printer.id));
            for (n, from) in (1..).zip(before) {
                let expected = ruled(from, JobEvent::Retry { on_paper: n == 4 });
                assert_eq!(progress(tx, n).await?, expected, "job {n}");
                assert_eq!(outcomes(tx, job_id(n)).await?, [Some("retried".into())], "job {n}");
            }
            Ok(())
        })
    })
    .await;
}

async fn a_cleared_job_is_what_the_rule_says(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let blocked = JobProgress { state: JobState::Blocked, cause: Some(Cause::PaperOut), ..failed() };
            for (n, from) in [(1, failed()), (2, blocked)] {
                brought_to(tx, &world, n, from).await?;
                assert_eq!(job::clear(tx, &[job_id(n)], LATER).await?.len(), 1);
                assert_eq!(progress(tx, n).await?, ruled(from, JobEvent::Clear));
                let last = job::attempts(tx, job_id(n)).await?.pop().unwrap();
                assert_eq!((last.outcome.as_deref(), last.cause), (Some("cleared"), from.cause));
            }
            assert_eq!(job::stuck(tx, world.branch.id, 10).await?, []);
            assert_eq!(job::head(tx, world.printers[0].printer.id).await?, None);
            Ok(())
        })
    })
    .await;
}

/// P3: what is with a printer, or came to paper, is nobody's to retry.
async fn a_decision_moves_only_what_is_stuck(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            // What is on a slip needs the slip.
            let others = [JobState::Queued, JobState::OnSlip];
            let states = JobState::ALL.into_iter().filter(|state| !others.contains(state));
            let mut before = Vec::new();
            for (n, state) in (1..).zip(states) {
                let row = brought_to(tx, &world, n, JobProgress { state, ..failed() }).await?;
                before.push((n, row.progress));
            }
            let ids: Vec<JobId> = before.iter().map(|(n, _)| job_id(*n)).collect();
            let stuck = |state| matches!(state, JobState::Failed | JobState::Blocked);
            assert_eq!(job::clear(tx, &ids, LATER).await?.len(), 2);
            assert_eq!(job::retry(tx, &ids, LATER).await?.len(), 0, "they are cleared");
            for (n, progress_before) in before {
                if !stuck(progress_before.state) {
                    assert_eq!(progress(tx, n).await?, progress_before, "job {n}");
                    assert_eq!(outcomes(tx, job_id(n)).await?, []);
                }
            }
            Ok(())
        })
    })
    .await;
}

async fn failed_jobs_are_listed_first_and_counted(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let blocked = JobProgress { state: JobState::Blocked, ..failed() };
            for (n, progress) in [(1, blocked), (2, failed()), (3, failed())] {
                brought_to(tx, &world, n, progress).await?;
            }
            brought_to(tx, &world, 4, JobProgress { state: JobState::Sending, ..failed() }).await?;
            let stuck = job::stuck(tx, world.branch.id, 10).await?;
            let listed: Vec<JobId> = stuck.iter().map(|stuck| stuck.job.id).collect();
            assert_eq!(listed, [2, 3, 1].map(job_id));
            assert_eq!(job::stuck(tx, world.branch.id, 2).await?.len(), 2);
            assert_eq!(job::failed_counts(tx, world.branch.id).await?, [(Some(world.stations[0].id), 2)]);
            Ok(())
        })
    })
    .await;
}
