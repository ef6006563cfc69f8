//! Law: a ticket on a catch-up slip goes as its slip goes, whatever happens, and nothing overtakes it.

use super::on_both_engines;
use super::world::{NOW, World, job_id, ticket_id};
use fastops_domain::document::{CatchUp, Document};
use fastops_domain::ids::JobId;
use fastops_domain::job::{
    JobEvent, JobKind, JobProgress, JobState, PaperKind, Priority, RetryPolicy, Work, next,
};
use fastops_domain::ticket::TicketState;
use fastops_store::job::{self, JobChange, JobRow};
use fastops_store::{Store, StoreError, Tx, Work as Unit, ticket};

on_both_engines!(
    a_ticket_on_a_slip_is_what_the_rule_says,
    a_slip_that_came_out_takes_its_tickets_with_it,
    a_slip_that_never_came_out_gives_its_tickets_back,
    a_change_waits_for_the_slip_with_what_it_changes,
    what_is_with_a_printer_or_elsewhere_goes_on_no_slip,
    a_late_proof_of_a_slip_is_one_of_its_tickets,
);

const SLIP: u64 = 90;

async fn unit<T: Send + 'static>(
    store: &Store,
    work: for<'t> fn(&'t mut Tx, World) -> Unit<'t, T, StoreError>,
) -> T {
    let world = World::open(store).await;
    store.write(move |tx| work(tx, world.clone())).await.unwrap()
}

/// Puts tickets on a slip of the first station's printer.
async fn put(tx: &mut Tx, world: &World, tickets: &[u64]) -> Result<JobRow, StoreError> {
    let station = world.stations[0].id;
    let work = Work::Paper { kind: PaperKind::CatchUp, order: None, station: Some(station) };
    let printer = world.printers[0].printer.id;
    let slip = JobRow::new(job_id(SLIP), work, printer, Priority::Normal, NOW);
    let words = CatchUp { station: "Cocina".into(), pending: Vec::new(), made: Vec::new() };
    let jobs: Vec<JobId> = tickets.iter().copied().map(job_id).collect();
    job::put_on_slip(tx, &slip, &Document::CatchUp(words), &jobs).await?;
    Ok(slip)
}

async fn state(tx: &mut Tx, n: u64) -> Result<JobState, StoreError> {
    Ok(job::job(tx, job_id(n)).await?.unwrap().progress.state)
}

async fn may_go(tx: &mut Tx, world: &World) -> Result<Vec<JobId>, StoreError> {
    let (printer, station) = (world.printers[0].printer.id, world.stations[0].id);
    Ok(job::slip_tickets(tx, printer, station, 50).await?.into_iter().map(|ticket| ticket.job).collect())
}

async fn a_ticket_on_a_slip_is_what_the_rule_says(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let row = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let tired = JobProgress {
                state: JobState::Blocked,
                attempts: 5,
                possible_duplicate: true,
                not_before: NOW.plus_ms(9_000),
                cause: Some(fastops_domain::job::Cause::PaperOut),
            };
            job::advance(tx, row.id, JobState::Queued, &tired, &JobChange::default()).await?;
            let policy = RetryPolicy::default();
            let rule = |progress, event| next(JobKind::Kitchen, progress, event, NOW, &policy).unwrap();
            put(tx, &world, &[1]).await?;
            let on = job::job(tx, row.id).await?.unwrap();
            assert_eq!(on.progress, rule(tired, JobEvent::PutOnSlip));
            assert_eq!(on.slip, Some(job_id(SLIP)));
            let printer = world.printers[0].printer.id;
            job::settle_slip(tx, job_id(SLIP), JobState::Cancelled, printer, NOW).await?;
            let off = job::job(tx, row.id).await?.unwrap();
            assert_eq!(off.progress, rule(on.progress, JobEvent::OffSlip));
            assert_eq!(off.slip, None);
            Ok(())
        })
    })
    .await;
}

async fn a_slip_that_came_out_takes_its_tickets_with_it(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            for n in [1, 2] {
                world.add_job(tx, n, order, u32::try_from(n).unwrap(), Priority::Normal).await?;
            }
            let slip = put(tx, &world, &[1, 2]).await?;
            assert_eq!(job::head(tx, slip.printer).await?, Some(slip.clone()), "it stands in the lane");
            for on_its_way in [JobState::Sending, JobState::Sent, JobState::Queued] {
                let other = world.printers[1].printer.id;
                let gone = job::settle_slip(tx, slip.id, on_its_way, other, NOW).await?;
                assert!(gone.is_empty() && state(tx, 1).await? == JobState::OnSlip, "{on_its_way:?}");
            }
            let (other, at) = (world.printers[1].printer.id, NOW.plus_ms(5));
            assert_eq!(job::settle_slip(tx, slip.id, JobState::Printed, other, at).await?.len(), 2);
            for n in [1, 2] {
                let row = job::job(tx, job_id(n)).await?.unwrap();
                assert_eq!((row.progress.state, row.settled_at), (JobState::Printed, Some(at)));
                assert_eq!((row.printer, row.slip), (other, Some(slip.id)), "on which paper it is");
            }
            assert!(job::settle_slip(tx, slip.id, JobState::Printed, other, at).await?.is_empty(), "once");
            Ok(())
        })
    })
    .await;
}

async fn a_slip_that_never_came_out_gives_its_tickets_back(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let slip = put(tx, &world, &[1]).await?;
            assert_eq!(job::settle_slip(tx, slip.id, JobState::Failed, slip.printer, NOW).await?.len(), 1);
            assert_eq!(may_go(tx, &world).await?, [job_id(1)]);
            Ok(())
        })
    })
    .await;
}

/// P6: a void that is urgent stays behind the slip on which the ticket is.
async fn a_change_waits_for_the_slip_with_what_it_changes(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let slip = put(tx, &world, &[1]).await?;
            let change = world.add_job(tx, 2, order, 2, Priority::Urgent).await?;
            assert!(change.rank < slip.rank);
            assert_eq!(job::head(tx, slip.printer).await?.map(|head| head.id), Some(slip.id));
            assert_eq!(may_go(tx, &world).await?, [], "nor does it go on another slip before");
            let printed = JobProgress { state: JobState::Printed, ..slip.progress };
            job::advance(tx, slip.id, JobState::Queued, &printed, &JobChange::default()).await?;
            job::settle_slip(tx, slip.id, JobState::Printed, slip.printer, NOW).await?;
            assert_eq!(job::head(tx, slip.printer).await?.map(|head| head.id), Some(change.id));
            Ok(())
        })
    })
    .await;
}

async fn what_is_with_a_printer_or_elsewhere_goes_on_no_slip(store: Store) {
    let world = World::open(&store).await;
    let known = world.clone();
    let made = store.write::<_, StoreError, _>(move |tx| {
        let world = known.clone();
        Box::pin(async move {
            let (here, there) = (world.printers[0].printer.id, world.printers[1].printer.id);
            let [first, second, third] =
                [world.add_order(tx, 1).await?, world.add_order(tx, 2).await?, world.add_order(tx, 3).await?];
            world.add_job(tx, 1, first, 1, Priority::Normal).await?;
            world.add_job(tx, 2, first, 2, Priority::Normal).await?;
            world.add_job(tx, 3, second, 1, Priority::Normal).await?;
            world.add_job(tx, 4, third, 1, Priority::Normal).await?;
            let sending = JobProgress { state: JobState::Sending, ..JobProgress::new(NOW) };
            job::advance(tx, job_id(3), JobState::Queued, &sending, &JobChange::default()).await?;
            job::reroute(tx, &[job_id(1)], here, there, NOW, None).await?;
            ticket::move_ticket(tx, ticket_id(4), TicketState::New, TicketState::Ready, NOW, None).await?;
            let row = job::job(tx, job_id(4)).await?.unwrap();
            job::insert_jobs(tx, &[JobRow { id: job_id(5), copy: 1, ..row }]).await?;
            let made = "what is made is told by its number, and a reprint is a paper of its own";
            assert_eq!(may_go(tx, &world).await?, [job_id(4)], "{made}");
            Ok(())
        })
    });
    made.await.unwrap();
    let taken = store.write::<_, StoreError, _>(move |tx| {
        let world = world.clone();
        Box::pin(async move { put(tx, &world, &[4, 3]).await })
    });
    assert!(matches!(taken.await, Err(StoreError::Stale { .. })), "one of them is on its way");
    let kept: Vec<JobState> = store
        .read::<_, StoreError, _>(|tx| {
            Box::pin(async move { Ok(vec![state(tx, 3).await?, state(tx, 4).await?]) })
        })
        .await
        .unwrap();
    assert_eq!(kept, [JobState::Sending, JobState::Queued], "and nothing was done");
}

async fn a_late_proof_of_a_slip_is_one_of_its_tickets(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let slip = put(tx, &world, &[1]).await?;
            let doubted = JobProgress { possible_duplicate: true, ..slip.progress };
            job::advance(tx, slip.id, JobState::Queued, &doubted, &JobChange::default()).await?;
            let proved = job::prove_late(tx, slip.id, slip.printer, NOW).await?.unwrap();
            assert_eq!(proved.on_it.iter().map(|job| job.job).collect::<Vec<_>>(), [job_id(1)]);
            assert_eq!(state(tx, 1).await?, JobState::Printed);
            Ok(())
        })
    })
    .await;
}
