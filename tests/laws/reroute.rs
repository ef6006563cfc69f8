//! Law: a job that goes to another printer starts anew there, and papers keep their order across printers.

use super::on_both_engines;
use super::world::{NOW, World, job_id};
use fastops_domain::ids::{JobId, PrinterId};
use fastops_domain::job::{Cause, JobEvent, JobKind, JobProgress, JobState, Priority, RetryPolicy, next};
use fastops_domain::time::Time;
use fastops_store::job::{self, JobChange, MovedJob};
use fastops_store::{Store, StoreError, Tx, Work};

on_both_engines!(
    a_moved_job_is_what_the_rule_says,
    only_what_waits_there_moves,
    a_revision_waits_for_the_earlier_one_elsewhere,
    a_station_s_waiting_jobs_are_listed_as_they_would_go,
);

const LATER: Time = NOW.plus_ms(50_000);

async fn unit<T: Send + 'static>(
    store: &Store,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> T {
    let world = World::open(store).await;
    store.write(move |tx| work(tx, world.clone())).await.unwrap()
}

fn printers(world: &World) -> (PrinterId, PrinterId) {
    (world.printers[0].printer.id, world.printers[1].printer.id)
}

async fn advance(tx: &mut Tx, n: u64, from: JobState, to: JobState) -> Result<(), StoreError> {
    let to = JobProgress { state: to, ..JobProgress::new(NOW) };
    job::advance(tx, job_id(n), from, &to, &JobChange::default()).await
}

async fn head(tx: &mut Tx, printer: PrinterId) -> Result<Option<JobId>, StoreError> {
    Ok(job::head(tx, printer).await?.map(|job| job.id))
}

async fn a_moved_job_is_what_the_rule_says(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (from, to) = printers(&world);
            let order = world.add_order(tx, 1).await?;
            let before = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let tired = JobProgress {
                state: JobState::Blocked,
                attempts: 4,
                possible_duplicate: true,
                not_before: NOW.plus_ms(90_000),
                cause: Some(Cause::NoProgress),
            };
            let number = job::open_attempt(tx, before.id, from, NOW).await?;
            let sending = JobProgress { state: JobState::Sending, ..tired };
            job::advance(tx, before.id, JobState::Queued, &sending, &JobChange::default()).await?;
            job::advance(tx, before.id, JobState::Sending, &tired, &JobChange::default()).await?;
            job::close_attempt(tx, before.id, number, NOW, "blocked", tired.cause, Some(9)).await?;
            let moved = job::reroute(tx, &[before.id], from, to, LATER, Some(Cause::NoProgress)).await?;
            let expected = MovedJob { job: before.id, work: before.work };
            assert_eq!(moved, [expected]);
            let after = job::job(tx, before.id).await?.unwrap();
            let ruled =
                next(JobKind::Kitchen, tired, JobEvent::Reroute, LATER, &RetryPolicy::default()).unwrap();
            assert_eq!((after.printer, after.progress), (to, ruled));
            assert_eq!(
                (after.rank, after.created_at),
                (before.rank, before.created_at),
                "its place is its age"
            );
            let attempts = job::attempts(tx, before.id).await?;
            let told: Vec<_> = attempts
                .iter()
                .map(|attempt| (attempt.number, attempt.printer, attempt.outcome.as_deref(), attempt.cause))
                .collect();
            let cause = Some(Cause::NoProgress);
            assert_eq!(told, [(1, from, Some("blocked"), cause), (2, from, Some("rerouted"), cause)]);
            assert_eq!(attempts[1].ended_at, Some(LATER));
            Ok(())
        })
    })
    .await;
}

async fn only_what_waits_there_moves(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (from, to) = printers(&world);
            let order = world.add_order(tx, 1).await?;
            for n in 1..=4 {
                world.add_job(tx, n, order, 1, Priority::Normal).await?;
            }
            advance(tx, 2, JobState::Queued, JobState::Sending).await?;
            advance(tx, 3, JobState::Queued, JobState::Cancelled).await?;
            job::reroute(tx, &[job_id(4)], from, to, LATER, None).await?;
            let all = [1, 2, 3, 4].map(job_id);
            let moved = job::reroute(tx, &all, from, to, LATER, None).await?;
            assert_eq!(moved.iter().map(|job| job.job).collect::<Vec<_>>(), [job_id(1)]);
            for (n, printer, attempts) in [(1, to, 1), (2, from, 0), (3, from, 0), (4, to, 1)] {
                assert_eq!(job::job(tx, job_id(n)).await?.unwrap().printer, printer, "job {n}");
                assert_eq!(job::attempts(tx, job_id(n)).await?.len(), attempts, "job {n}");
            }
            assert_eq!(job::reroute(tx, &[], from, to, LATER, None).await?, []);
            Ok(())
        })
    })
    .await;
}

/// P6: whatever the first printer does with revision 1, revision 2 comes out after it, and nobody else
/// waits for that.
async fn a_revision_waits_for_the_earlier_one_elsewhere(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (first, second) = printers(&world);
            let (order, other) = (world.add_order(tx, 1).await?, world.add_order(tx, 2).await?);
            world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            world.add_job(tx, 2, order, 2, Priority::Urgent).await?;
            world.add_job(tx, 3, other, 1, Priority::Normal).await?;
            job::reroute(tx, &[2, 3].map(job_id), first, second, NOW, None).await?;
            assert_eq!(
                head(tx, second).await?,
                Some(job_id(3)),
                "the change waits, the other order does not"
            );
            advance(tx, 1, JobState::Queued, JobState::Sending).await?;
            assert_eq!(head(tx, second).await?, Some(job_id(3)));
            advance(tx, 1, JobState::Sending, JobState::Sent).await?;
            assert_eq!(head(tx, second).await?, Some(job_id(3)), "not on paper yet");
            advance(tx, 1, JobState::Sent, JobState::Printed).await?;
            assert_eq!(head(tx, second).await?, Some(job_id(2)));
            Ok(())
        })
    })
    .await;
}

async fn a_station_s_waiting_jobs_are_listed_as_they_would_go(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (printer, _) = printers(&world);
            let order = world.add_order(tx, 1).await?;
            for (n, priority) in [(1, Priority::Low), (2, Priority::Normal), (3, Priority::Urgent)] {
                world.add_job(tx, n, order, 1, priority).await?;
            }
            world.add_job(tx, 4, order, 1, Priority::Normal).await?;
            advance(tx, 4, JobState::Queued, JobState::Sending).await?;
            let [kitchen, bar] = [world.stations[0].id, world.stations[1].id];
            assert_eq!(job::waiting_of(tx, printer, kitchen).await?, [3, 2, 1].map(job_id));
            assert_eq!(job::waiting_of(tx, printer, bar).await?, []);
            Ok(())
        })
    })
    .await;
}
