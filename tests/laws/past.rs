//! Law: finished jobs leave the lanes' table whole, a few at a time, and whoever asks about an order finds them still.

use super::on_both_engines;
use super::world::{NOW, World, job_id, ticket_id};
use fastops_domain::document::Document;
use fastops_domain::ids::OrderId;
use fastops_domain::job::{Cause, JobProgress, JobState, PaperKind, Priority, Work as Printed};
use fastops_domain::time::Time;
use fastops_store::job::{self, Attempt, JobChange, JobRow};
use fastops_store::{Store, StoreError, Tx, Work, probe, ticket};

on_both_engines!(
    every_reader_finds_what_has_left,
    only_what_is_finished_and_old_leaves_a_few_at_a_time,
    a_ticket_s_next_copy_follows_those_that_left,
    a_slip_stays_while_a_ticket_of_it_is_here,
);

const OLD: Time = NOW.plus_ms(1);
const LATER: Time = NOW.plus_ms(90_000_000);

async fn unit<T: Send + 'static>(
    store: &Store,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> T {
    let world = World::open(store).await;
    store.write(move |tx| work(tx, world.clone())).await.unwrap()
}

/// A job of an order, with one attempt, brought to `state`.
async fn brought_to(
    tx: &mut Tx,
    world: &World,
    n: u64,
    order: OrderId,
    state: JobState,
) -> Result<(), StoreError> {
    let row = world.add_job(tx, n, order, 1, Priority::Normal).await?;
    let number = job::open_attempt(tx, row.id, row.printer, NOW).await?;
    let to = JobProgress { state, possible_duplicate: true, ..JobProgress::new(NOW) };
    let settled = matches!(state, JobState::Printed | JobState::Unconfirmed).then_some(OLD);
    let change = JobChange { settled_at: settled, bytes_accepted: Some(9), ..JobChange::default() };
    job::advance(tx, row.id, JobState::Queued, &to, &change).await?;
    job::close_attempt(tx, row.id, number, OLD, state.code(), Some(Cause::PaperOut), Some(9)).await
}

/// Everything that readers of an order see of its jobs.
#[derive(Debug, PartialEq)]
struct Seen {
    of_order: Vec<JobRow>,
    in_lanes: Vec<(JobRow, Option<i64>)>,
    of_ticket: Vec<JobRow>,
    alone: Option<JobRow>,
    attempts: Vec<Attempt>,
    progress: String,
}

async fn seen(tx: &mut Tx, world: &World, order: OrderId) -> Result<Seen, StoreError> {
    Ok(Seen {
        of_order: job::jobs_of_order(tx, order).await?,
        in_lanes: job::jobs_in_lanes(tx, order).await?,
        of_ticket: job::jobs_of_ticket(tx, ticket_id(1)).await?,
        alone: job::job(tx, job_id(1)).await?,
        attempts: job::attempts(tx, job_id(1)).await?,
        progress: format!("{:?}", ticket::tickets_of_open_orders(tx, world.branch.id).await?),
    })
}

async fn every_reader_finds_what_has_left(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let states = [JobState::Printed, JobState::Unconfirmed, JobState::Cancelled, JobState::Failed];
            for (n, state) in (1..).zip(states) {
                brought_to(tx, &world, n, order, state).await?;
            }
            world.add_job(tx, 9, order, 1, Priority::Normal).await?;
            let before = seen(tx, &world, order).await?;
            assert_eq!((before.of_order.len(), before.attempts.len()), (5, 1));
            assert_eq!(job::move_finished(tx, world.branch.id, LATER, 10).await?, 3);
            assert_eq!(seen(tx, &world, order).await?, before);
            assert_eq!(job::move_finished(tx, world.branch.id, LATER, 10).await?, 0);
            Ok(())
        })
    })
    .await;
    let left = probe::count(&store, "SELECT COUNT(*) FROM print_job").await.unwrap();
    let attempts = probe::count(&store, "SELECT COUNT(*) FROM print_attempt_past").await.unwrap();
    assert_eq!((left, attempts), (2, 3), "what failed and what waits stays in the lanes' table");
}

async fn only_what_is_finished_and_old_leaves_a_few_at_a_time(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let states = JobState::ALL.into_iter().filter(|state| *state != JobState::OnSlip);
            for (n, state) in (1..).zip(states) {
                if state == JobState::Queued {
                    world.add_job(tx, n, order, 1, Priority::Normal).await?;
                } else {
                    brought_to(tx, &world, n, order, state).await?;
                }
            }
            assert_eq!(job::move_finished(tx, world.branch.id, NOW, 10).await?, 0, "nothing is old enough");
            assert_eq!(job::move_finished(tx, world.branch.id, LATER, 2).await?, 2);
            assert_eq!(job::move_finished(tx, world.branch.id, LATER, 2).await?, 1);
            let lane = job::lane(tx, world.printers[0].printer.id).await?;
            assert_eq!(lane.len(), 4, "queued, blocked, sending, sent");
            Ok(())
        })
    })
    .await;
}

async fn a_ticket_s_next_copy_follows_those_that_left(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            brought_to(tx, &world, 1, order, JobState::Printed).await?;
            job::move_finished(tx, world.branch.id, LATER, 10).await?;
            let first = job::jobs_of_ticket(tx, ticket_id(1)).await?.remove(0);
            let again = JobRow {
                id: job_id(2),
                copy: first.copy + 1,
                progress: JobProgress::new(NOW),
                settled_at: None,
                ..first
            };
            job::insert_jobs(tx, &[again]).await?;
            let copies: Vec<u32> =
                job::jobs_of_ticket(tx, ticket_id(1)).await?.iter().map(|row| row.copy).collect();
            assert_eq!(copies, [0, 1]);
            assert_eq!(job::head(tx, world.printers[0].printer.id).await?.map(|row| row.id), Some(job_id(2)));
            Ok(())
        })
    })
    .await;
}

async fn a_slip_stays_while_a_ticket_of_it_is_here(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let ticket = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let work =
                Printed::Paper { kind: PaperKind::CatchUp, order: None, station: ticket.work.station() };
            let slip = JobRow::new(job_id(2), work, ticket.printer, Priority::Normal, NOW);
            job::put_on_slip(tx, &slip, &Document::Drawer, &[ticket.id]).await?;
            let printed = JobProgress { state: JobState::Printed, ..slip.progress };
            let change = JobChange { settled_at: Some(NOW), ..JobChange::default() };
            job::advance(tx, slip.id, JobState::Queued, &printed, &change).await?;
            job::settle_slip(tx, slip.id, JobState::Printed, slip.printer, OLD).await?;
            for left in [2, 1, 0] {
                let lanes = "UPDATE print_job SET copy = copy";
                assert_eq!(probe::execute(tx, lanes).await?, left);
                job::move_finished(tx, world.branch.id, LATER, 1).await?;
                let slip = job::job(tx, slip.id).await?;
                assert!(slip.is_some(), "wherever it lies");
            }
            Ok(())
        })
    })
    .await;
}
