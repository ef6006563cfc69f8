//! Law: a paper with words of its own is a job like any other, and is no ticket.

use super::on_both_engines;
use super::world::{NOW, World, job_id};
use fastops_domain::document::Document;
use fastops_domain::job::{JobProgress, JobState, PaperKind, Priority, Work};
use fastops_store::job::{self, JobChange, JobRow};
use fastops_store::{Store, StoreError, Tx, Work as Unit, probe};

on_both_engines!(
    a_paper_round_trips_with_its_words,
    a_paper_stands_in_its_lane_and_not_among_the_order_s_tickets,
    a_job_is_a_ticket_or_has_words,
);

async fn unit<T: Send + 'static>(
    store: &Store,
    work: for<'t> fn(&'t mut Tx, World) -> Unit<'t, T, StoreError>,
) -> T {
    let world = World::open(store).await;
    store.write(move |tx| work(tx, world.clone())).await.unwrap()
}

/// Job `n`, which opens the drawer at the first printer.
fn kick(world: &World, n: u64) -> JobRow {
    let work = Work::Paper { kind: PaperKind::Drawer, order: None, station: None };
    JobRow::new(job_id(n), work, world.printers[0].printer.id, Priority::Urgent, NOW)
}

async fn a_paper_round_trips_with_its_words(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let work = Work::Paper {
                kind: PaperKind::Drawer,
                order: Some(order),
                station: Some(world.stations[1].id),
            };
            let full = JobRow {
                work,
                revision: 2,
                copy: 3,
                progress: JobProgress {
                    state: JobState::Uncertain,
                    attempts: 4,
                    possible_duplicate: true,
                    ..JobProgress::new(NOW)
                },
                first_byte_at: Some(NOW.plus_ms(2)),
                settled_at: Some(NOW.plus_ms(3)),
                bytes_accepted: Some(5),
                ..kick(&world, 2)
            };
            for row in [kick(&world, 1), full] {
                job::insert_paper(tx, &row, &Document::Drawer).await?;
                assert_eq!(job::job(tx, row.id).await?, Some(row.clone()));
                assert_eq!(job::document(tx, row.id).await?, Some(Document::Drawer));
            }
            let ticket = world.add_job(tx, 3, order, 1, Priority::Normal).await?;
            assert_eq!(job::document(tx, ticket.id).await?, None, "its words are the ticket's");
            Ok(())
        })
    })
    .await;
}

async fn a_paper_stands_in_its_lane_and_not_among_the_order_s_tickets(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (printer, branch) = (world.printers[0].printer.id, world.branch.id);
            let order = world.add_order(tx, 1).await?;
            let ticket = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let kick = kick(&world, 2);
            job::insert_paper(tx, &kick, &Document::Drawer).await?;
            assert_eq!(job::head(tx, printer).await?, Some(kick.clone()), "it is urgent");
            let lane: Vec<Work> = job::lane(tx, printer).await?.into_iter().map(|entry| entry.work).collect();
            assert_eq!(lane, [kick.work, ticket.work]);
            assert_eq!(job::jobs_of_order(tx, order).await?, [ticket]);
            let counts = job::waiting_counts(tx, branch).await?;
            assert!(counts.iter().any(|count| count.station.is_none() && count.count == 1), "{counts:?}");
            let kitchen = world.stations[0].id;
            assert_eq!(job::waiting_of(tx, printer, kitchen).await?, [job_id(1)], "it is no station's");
            let uncertain = JobProgress { state: JobState::Uncertain, ..kick.progress };
            job::advance(tx, kick.id, JobState::Queued, &uncertain, &JobChange::default()).await?;
            assert_eq!(
                job::head(tx, printer).await?.map(|head| head.id),
                Some(job_id(1)),
                "nobody waits for it"
            );
            Ok(())
        })
    })
    .await;
}

async fn a_job_is_a_ticket_or_has_words(store: Store) {
    let world = World::open(&store).await;
    let mute = kick(&world, 1);
    let refused = store.write::<_, StoreError, _>(move |tx| {
        let mute = mute.clone();
        Box::pin(async move { job::insert_jobs(tx, &[mute]).await })
    });
    assert!(refused.await.is_err(), "no ticket, and nothing to print");
    unit_ticket(&store, &world).await;
    for broken in [
        "UPDATE print_job SET document = '{}'",
        "UPDATE print_job SET station_id = NULL",
        "UPDATE print_job SET kind = 'test'",
        "UPDATE print_job SET kind = 'poem'",
        "UPDATE print_job SET state = 'on_slip'",
    ] {
        let refused = store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, broken)));
        assert!(refused.await.is_err(), "{broken}");
    }
}

async fn unit_ticket(store: &Store, world: &World) {
    let world = world.clone();
    let made = store.write::<_, StoreError, _>(move |tx| {
        let world = world.clone();
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            world.add_job(tx, 5, order, 1, Priority::Normal).await.map(drop)
        })
    });
    made.await.unwrap();
}
