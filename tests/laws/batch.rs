//! Law: several tickets begun and settled with one write are what they would be one by one.

use super::on_both_engines;
use super::world::{NOW, World, id, job_id};
use fastops_domain::ids::{CoreId, JobId};
use fastops_domain::job::{Cause, JobEvent, JobKind, JobProgress, JobState, Priority, RetryPolicy, next};
use fastops_store::job::{self, JobChange, Outcome};
use fastops_store::{Store, StoreError, Tx, Work, probe};

on_both_engines!(
    the_heads_are_the_lane_in_its_order,
    what_was_taken_back_is_not_begun,
    a_batch_is_settled_as_its_tickets_would_be_one_by_one,
    who_lost_a_ticket_of_a_batch_writes_nothing_about_it,
);

const LONG: i64 = 600_000;

fn core(n: u64) -> CoreId {
    CoreId(id(40, n))
}

fn jobs(n: u64) -> Vec<JobId> {
    (1..=n).map(job_id).collect()
}

/// Runs a unit in a world with four orders of one ticket each for the first printer.
async fn unit(store: &Store, work: for<'t> fn(&'t mut Tx, World) -> Work<'t, (), StoreError>) {
    let world = World::open(store).await;
    let write = store.write(move |tx| {
        let world = world.clone();
        Box::pin(async move {
            for n in 1..=4 {
                let order = world.add_order(tx, n).await?;
                world.add_job(tx, n, order, 1, Priority::Normal).await?;
            }
            work(tx, world).await
        })
    });
    write.await.unwrap();
}

async fn begin(tx: &mut Tx, world: &World, n: u64) -> Result<Vec<JobId>, StoreError> {
    let printer = world.printers[0].printer.id;
    let begun = job::begin_many(tx, &jobs(n), printer, (core(1), LONG), NOW).await?;
    assert_eq!(job::begun(tx, &jobs(n), printer, core(1), NOW).await?, begun, "it is there to be asked for");
    let mut begun: Vec<JobId> = begun.into_keys().collect();
    begun.sort_unstable();
    Ok(begun)
}

async fn the_heads_are_the_lane_in_its_order(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let printer = world.printers[0].printer.id;
            let heads = async |tx: &mut Tx, most| {
                let rows = job::heads(tx, printer, most).await?;
                Ok::<_, StoreError>(rows.into_iter().map(|row| row.id).collect::<Vec<_>>())
            };
            let lane: Vec<JobId> = job::lane(tx, printer).await?.into_iter().map(|entry| entry.job).collect();
            assert_eq!(heads(tx, 9).await?, lane);
            assert_eq!(heads(tx, 2).await?, lane[..2]);
            assert_eq!(heads(tx, 1).await?, [job::head(tx, printer).await?.unwrap().id]);
            Ok(())
        })
    })
    .await;
}

async fn what_was_taken_back_is_not_begun(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let cancelled = JobProgress { state: JobState::Cancelled, ..JobProgress::new(NOW) };
            job::advance(tx, job_id(2), JobState::Queued, &cancelled, &JobChange::default()).await?;
            let (here, there) = (world.printers[0].printer.id, world.printers[1].printer.id);
            job::reroute(tx, &[job_id(3)], here, there, NOW, None).await?;
            let waited = job::job(tx, job_id(1)).await?.unwrap().progress;
            assert_eq!(begin(tx, &world, 4).await?, [job_id(1), job_id(4)]);
            let begun =
                next(JobKind::Kitchen, waited, JobEvent::Begin, NOW, &RetryPolicy::default()).unwrap();
            for n in [1, 4] {
                let row = job::job(tx, job_id(n)).await?.unwrap();
                let expected = JobProgress { not_before: row.progress.not_before, ..begun };
                assert_eq!(row.progress, expected, "what the rule says");
                assert_eq!(job::attempts(tx, row.id).await?.len(), 1);
            }
            assert_eq!(job::attempts(tx, job_id(2)).await?.len(), 0);
            assert_eq!(begin(tx, &world, 4).await?, [job_id(1), job_id(4)], "begun once, not twice");
            assert_eq!(job::attempts(tx, job_id(1)).await?.len(), 1);
            Ok(())
        })
    })
    .await;
}

/// One printed, one that broke, one put back; the same as the rule for each alone.
fn outcomes() -> Vec<Outcome> {
    let retry = RetryPolicy::default();
    let sending = next(JobKind::Kitchen, JobProgress::new(NOW), JobEvent::Begin, NOW, &retry).unwrap();
    let cause = Cause::LinkLost;
    let events: [&[JobEvent]; 3] = [
        &[JobEvent::Accepted, JobEvent::Proved],
        &[JobEvent::Broke { cause, bytes_accepted: Some(7) }],
        &[JobEvent::PutBack],
    ];
    (1..)
        .zip(events)
        .map(|(n, events)| {
            let to = events
                .iter()
                .fold(sending, |to, event| next(JobKind::Kitchen, to, *event, NOW, &retry).unwrap());
            let printed = to.state == JobState::Printed;
            Outcome {
                job: job_id(n),
                attempt: 1,
                to,
                first_byte_at: (n < 3).then_some(NOW.plus_ms(1)),
                settled_at: printed.then_some(NOW.plus_ms(9)),
                bytes_accepted: Some(7).filter(|_| n < 3),
            }
        })
        .collect()
}

async fn a_batch_is_settled_as_its_tickets_would_be_one_by_one(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            begin(tx, &world, 3).await?;
            assert!(
                job::settle_many(tx, (core(1), world.printers[0].printer.id), &outcomes(), NOW.plus_ms(9))
                    .await?
            );
            for outcome in outcomes() {
                let row = job::job(tx, outcome.job).await?.unwrap();
                assert_eq!(row.progress, outcome.to);
                assert_eq!((row.first_byte_at, row.settled_at), (outcome.first_byte_at, outcome.settled_at));
                let [attempt] = &job::attempts(tx, outcome.job).await?[..] else { panic!("one attempt") };
                assert_eq!(attempt.ended_at, Some(NOW.plus_ms(9)));
                assert_eq!(attempt.outcome.as_deref(), Some(outcome.to.state.code()));
                assert_eq!(
                    (attempt.cause, attempt.bytes_accepted),
                    (outcome.to.cause, outcome.bytes_accepted)
                );
            }
            let back = job::job(tx, job_id(3)).await?.unwrap().progress;
            assert_eq!(back, JobProgress::new(NOW), "as if it had never been begun");
            assert!(
                !job::settle_many(tx, (core(1), world.printers[0].printer.id), &outcomes(), NOW.plus_ms(20))
                    .await?
            );
            assert_eq!(job::job(tx, job_id(1)).await?.unwrap().settled_at, Some(NOW.plus_ms(9)), "once");
            Ok(())
        })
    })
    .await;
    let held = "SELECT COUNT(*) AS n FROM print_job WHERE lease_token IS NOT NULL OR lease_until IS NOT NULL";
    assert_eq!(probe::count(&store, held).await.unwrap(), 0);
}

async fn who_lost_a_ticket_of_a_batch_writes_nothing_about_it(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            begin(tx, &world, 3).await?;
            let taken = JobProgress { possible_duplicate: true, ..JobProgress::new(NOW) };
            let change = JobChange { holder: Some(core(1)), ..JobChange::default() };
            job::advance(tx, job_id(1), JobState::Sending, &taken, &change).await?;
            let sending = JobProgress { state: JobState::Sending, ..taken };
            let change = JobChange { holder: Some(core(2)), lease_ms: LONG, ..JobChange::default() };
            job::advance(tx, job_id(1), JobState::Queued, &sending, &change).await?;
            assert!(!job::settle_many(tx, (core(1), world.printers[0].printer.id), &outcomes(), NOW).await?);
            assert_eq!(job::job(tx, job_id(1)).await?.unwrap().progress, sending, "another core has it");
            assert_eq!(job::job(tx, job_id(2)).await?.unwrap().progress.state, JobState::Queued);
            Ok(())
        })
    })
    .await;
}
