//! Law: a lane has one order, and every question about it gives the same answer.

use super::on_both_engines;
use super::world::{NOW, World, id, job_id, order_id};
use fastops_domain::ids::{CoreId, JobId, OrderId};
use fastops_domain::job::{JobProgress, JobState, Priority};
use fastops_store::job::{self, JobChange, LaneCount, Rank, SettledJob};
use fastops_store::{Store, StoreError, Tx, Work, order, probe};

on_both_engines!(
    a_lane_runs_by_rank_then_revision,
    the_head_is_strict_even_when_its_time_has_not_come,
    a_change_never_overtakes_what_it_changes,
    a_change_waits_for_what_comes_back_to_the_lane_behind_it,
    promotion_leaves_other_orders_alone,
    a_job_that_waits_no_longer_keeps_its_place,
    what_waits_is_counted_by_printer_and_priority,
    what_was_on_its_way_is_found_again,
    what_settled_is_listed_from_a_moment_on,
);

/// Runs a unit that makes jobs in a fresh world.
async fn unit<T: Send + 'static>(
    store: &Store,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> T {
    let world = World::open(store).await;
    store.write(move |tx| work(tx, world.clone())).await.unwrap()
}

/// The jobs of the first printer in the order in which they go.
async fn lane(tx: &mut Tx, world: &World) -> Result<Vec<JobId>, StoreError> {
    let entries = job::lane(tx, world.printers[0].printer.id).await?;
    for (place, entry) in entries.iter().enumerate() {
        let found = place_of(tx, entry.work.order().unwrap(), entry.job).await?;
        assert_eq!(found, Some(i64::try_from(place).unwrap() + 1), "place and lane agree");
    }
    Ok(entries.into_iter().map(|entry| entry.job).collect())
}

/// Where a job of an order stands in its lane.
async fn place_of(tx: &mut Tx, order: OrderId, job: JobId) -> Result<Option<i64>, StoreError> {
    let jobs = job::jobs_in_lanes(tx, order).await?;
    Ok(jobs.into_iter().find(|(row, _)| row.id == job).unwrap().1)
}

async fn begin(tx: &mut Tx, n: u64) -> Result<(), StoreError> {
    let sending = JobProgress { state: JobState::Sending, ..JobProgress::new(NOW) };
    job::advance(tx, job_id(n), JobState::Queued, &sending, &JobChange::default()).await
}

async fn settle(tx: &mut Tx, n: u64, at_ms: i64) -> Result<(), StoreError> {
    begin(tx, n).await?;
    let printed = JobProgress { state: JobState::Printed, ..JobProgress::new(NOW) };
    let change = JobChange { settled_at: Some(NOW.plus_ms(at_ms)), ..JobChange::default() };
    job::advance(tx, job_id(n), JobState::Sending, &printed, &change).await
}

async fn a_lane_runs_by_rank_then_revision(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let printer = world.printers[0].printer.id;
            assert_eq!(job::head(tx, printer).await?, None);
            let priorities = [Priority::Low, Priority::Normal, Priority::Urgent, Priority::Normal];
            for (n, priority) in (1..).zip(priorities) {
                let order = world.add_order(tx, n).await?;
                world.add_job(tx, n, order, u32::try_from(n).unwrap(), priority).await?;
            }
            assert_eq!(lane(tx, &world).await?, [3, 2, 4, 1].map(job_id));
            assert_eq!(job::head(tx, printer).await?.unwrap().id, job_id(3));
            begin(tx, 4).await?;
            assert_eq!(lane(tx, &world).await?, [4, 3, 2, 1].map(job_id), "what is on its way comes first");
            assert_eq!(job::head(tx, printer).await?.unwrap().id, job_id(3), "and is no longer the head");
            settle(tx, 3, 0).await?;
            assert_eq!(lane(tx, &world).await?, [4, 2, 1].map(job_id));
            assert_eq!(place_of(tx, order_id(3), job_id(3)).await?, None, "finished");
            let rank = job::head(tx, printer).await?.unwrap().rank;
            let place = |n, rank| Rank { job: job_id(n), priority: Priority::Urgent, rank };
            job::set_ranks(tx, &[place(1, rank), place(2, rank - 1)]).await?;
            assert_eq!(lane(tx, &world).await?, [4, 2, 1].map(job_id));
            job::set_ranks(tx, &[place(2, rank)]).await?;
            assert_eq!(job::head(tx, printer).await?.unwrap().id, job_id(1), "same rank, earlier revision");
            assert_eq!(job::head(tx, printer).await?.unwrap().priority, Priority::Urgent);
            Ok(())
        })
    })
    .await;
}

async fn the_head_is_strict_even_when_its_time_has_not_come(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let printer = world.printers[0].printer.id;
            let order = world.add_order(tx, 1).await?;
            let first = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            world.add_job(tx, 2, order, 2, Priority::Normal).await?;
            let later = NOW.plus_ms(60_000);
            let blocked = JobProgress { state: JobState::Blocked, not_before: later, ..first.progress };
            job::advance(tx, first.id, JobState::Queued, &blocked, &JobChange::default()).await?;
            assert_eq!(job::head(tx, printer).await?.unwrap().id, first.id);
            assert_eq!(job::ready_printers(tx, world.branch.id).await?, [(printer, later)]);
            Ok(())
        })
    })
    .await;
}

async fn a_change_never_overtakes_what_it_changes(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let other = world.add_order(tx, 2).await?;
            world.add_job(tx, 1, other, 1, Priority::Normal).await?;
            world.add_job(tx, 2, order, 1, Priority::Low).await?;
            world.add_job(tx, 3, order, 2, Priority::Normal).await?;
            world.add_job(tx, 4, order, 3, Priority::Urgent).await?;
            job::promote_earlier(tx, order, 3).await?;
            assert_eq!(lane(tx, &world).await?, [2, 3, 4, 1].map(job_id));
            Ok(())
        })
    })
    .await;
}

async fn a_change_waits_for_what_comes_back_to_the_lane_behind_it(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let printer = world.printers[0].printer.id;
            let order = world.add_order(tx, 1).await?;
            let first = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            begin(tx, 1).await?;
            let change = world.add_job(tx, 2, order, 2, Priority::Urgent).await?;
            job::promote_earlier(tx, order, 2).await?;
            let marked = JobProgress { possible_duplicate: true, ..first.progress };
            job::advance(tx, first.id, JobState::Sending, &marked, &JobChange::default()).await?;
            assert!(change.rank < first.rank, "the change is the more urgent one");
            assert_eq!(job::head(tx, printer).await?.unwrap().id, first.id);
            let next = job::heads(tx, printer, 9).await?;
            assert_eq!(next.iter().map(|row| row.id).collect::<Vec<_>>(), [first.id], "nor may it go along");
            settle(tx, 1, 0).await?;
            assert_eq!(job::head(tx, printer).await?.unwrap().id, change.id);
            Ok(())
        })
    })
    .await;
}

async fn promotion_leaves_other_orders_alone(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (order, other) = (world.add_order(tx, 1).await?, world.add_order(tx, 2).await?);
            let mut untouched = vec![
                world.add_job(tx, 1, other, 1, Priority::Normal).await?, // of another order
                world.add_job(tx, 2, order, 1, Priority::Normal).await?, // on its way already
                world.add_job(tx, 3, order, 5, Priority::Normal).await?, // of a later revision
                world.add_job(tx, 4, order, 2, Priority::Urgent).await?, // goes before anyway
            ];
            begin(tx, 2).await?;
            untouched[1].progress.state = JobState::Sending;
            let moved = world.add_job(tx, 5, order, 2, Priority::Normal).await?;
            let change = world.add_job(tx, 6, order, 3, Priority::Normal).await?;
            let rank = untouched[3].rank + 1;
            let place = Rank { job: change.id, priority: change.priority, rank };
            job::set_ranks(tx, &[place]).await?;
            job::promote_earlier(tx, order, 3).await?;
            for job in untouched {
                assert_eq!(job::job(tx, job.id).await?.unwrap().rank, job.rank, "{}", job.id);
            }
            assert_eq!(job::job(tx, moved.id).await?.unwrap().rank, rank - 1);
            Ok(())
        })
    })
    .await;
}

async fn a_job_that_waits_no_longer_keeps_its_place(store: Store) {
    let world = World::open(&store).await;
    let result = store.write(move |tx| {
        let world = world.clone();
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            for n in [1, 2] {
                world.add_job(tx, n, order, 1, Priority::Normal).await?;
            }
            begin(tx, 2).await?;
            let place = |n| Rank { job: job_id(n), priority: Priority::Urgent, rank: 0 };
            job::set_ranks(tx, &[place(1), place(2)]).await
        })
    });
    assert!(matches!(result.await, Err(StoreError::Stale { .. })), "not one of them is moved");
}

async fn what_waits_is_counted_by_printer_and_priority(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            for (n, priority) in
                [(1, Priority::Normal), (2, Priority::Normal), (3, Priority::Low), (4, Priority::Normal)]
            {
                world.add_job(tx, n, order, 1, priority).await?;
            }
            begin(tx, 1).await?;
            let (printer, station) = (world.printers[0].printer.id, world.stations[0].id);
            let count = |priority, count, ms| LaneCount {
                printer,
                station: Some(station),
                priority,
                count,
                oldest_created_at: NOW.plus_ms(ms),
            };
            let expected = [count(Priority::Low, 1, 3), count(Priority::Normal, 2, 2)];
            assert_eq!(job::waiting_counts(tx, world.branch.id).await?, expected);
            Ok(())
        })
    })
    .await;
}

async fn what_was_on_its_way_is_found_again(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            for n in 1..=4 {
                world.add_job(tx, n, order, 1, Priority::Normal).await?;
            }
            begin(tx, 2).await?;
            begin(tx, 3).await?;
            probe::execute(
                tx,
                "UPDATE print_job SET state = 'sent' WHERE state = 'sending' AND rank % 2 = 1",
            )
            .await?;
            settle(tx, 4, 0).await?;
            let found = job::interrupted(tx, world.branch.id, None, CoreId(id(40, 1)), 1_000).await?;
            let found: Vec<_> = found.into_iter().map(|(job, _)| job).collect();
            assert_eq!(found.iter().map(|job| job.id).collect::<Vec<_>>(), [2, 3].map(job_id));
            let mut states: Vec<_> = found.iter().map(|job| job.progress.state.code()).collect();
            states.sort_unstable();
            assert_eq!(states, ["sending", "sent"]);
            Ok(())
        })
    })
    .await;
}

async fn what_settled_is_listed_from_a_moment_on(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            for n in 1..=3_u64 {
                world.add_job(tx, n, order, 1, Priority::Normal).await?;
            }
            settle(tx, 1, 100).await?;
            settle(tx, 2, 200).await?;
            let since = job::settled_since(tx, world.branch.id, NOW.plus_ms(200)).await?;
            let expected = SettledJob {
                station: world.stations[0].id,
                created_at: NOW.plus_ms(2),
                settled_at: NOW.plus_ms(200),
            };
            assert_eq!(since, [expected]);
            assert!(order::order(tx, order_id(1)).await?.is_some());
            Ok(())
        })
    })
    .await;
}
