//! Law: what comes to paper says what the ticket says when it is put on disk as on its way, also where several
//! computers write at once: whoever changes a ticket's words holds its job.

use super::questions::LOCKS_AWAITED;
use super::world::{NOW, World, id, job_id, ticket_id};
use crate::house::{PATIENCE, instant_printer};
use fastops_domain::catch_up::Policy;
use fastops_domain::ids::CoreId;
use fastops_domain::job::{Cause, JobProgress, JobState, Priority};
use fastops_domain::station::{ChainTarget, Printer, Target};
use fastops_domain::ticket::TicketContent;
use fastops_queue::{Engine, Equipment};
use fastops_store::job::{self, JobChange, Rank};
use fastops_store::steering::Steering;
use fastops_store::{Store, StoreError, Tx, Work, ticket};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};

const LONG: i64 = 600_000;
const NEW_WORDS: &str = "sin cebolla, por favor";

/// Holds the job of a ticket, tells, and changes the ticket's words when it is told to.
async fn change(store: Store, rank: i64, held: Arc<Notify>, go_on: Arc<Notify>) -> Result<(), StoreError> {
    let write = store.write::<_, StoreError, _>(move |tx| {
        let (held, go_on) = (Arc::clone(&held), Arc::clone(&go_on));
        Box::pin(async move {
            job::set_ranks(tx, &[Rank { job: job_id(1), priority: Priority::Normal, rank }]).await?;
            held.notify_one();
            go_on.notified().await;
            let old = ticket::ticket(tx, ticket_id(1)).await?.unwrap().content;
            let content = TicketContent { note: Some(NEW_WORDS.into()), ..old };
            ticket::rewrite_contents(tx, &[(ticket_id(1), content)]).await
        })
    });
    write.await
}

/// Waits until somebody stands before what another holds.
async fn until_it_waits(store: &Store) {
    let waits = async {
        while super::questions::count(store, LOCKS_AWAITED).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    let waits = tokio::time::timeout(PATIENCE, waits);
    waits.await.expect("the reader does not stand before the job that the writer holds");
}

/// Has an engine print a ticket that stands so, while its words are changed; gives the paper.
async fn printed_while_changed(stands: JobProgress, catch_up: Policy) -> String {
    let config = crate::postgres::PrivateCluster::shared().fresh().await;
    let store = Store::open(&config).await.unwrap();
    let world = World::open(&store).await;
    let filled = world.clone();
    let fill = store.write::<_, StoreError, _>(move |tx| {
        let world = filled.clone();
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let job = world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            job::advance(tx, job.id, JobState::Queued, &stands, &JobChange::default()).await?;
            Ok(job)
        })
    });
    let job = fill.await.unwrap();
    let (held, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let change = tokio::spawn(change(store.clone(), job.rank, Arc::clone(&held), Arc::clone(&go_on)));
    held.notified().await;
    let device = instant_printer("Cocina").await;
    let address = format!("tcp://{}", device.addr()).parse().unwrap();
    let mut printer = Printer { address, ..world.printers[0].printer.clone() };
    // What is not cut off is no paper yet.
    printer.profile.abilities.cutter = true;
    let chain = vec![ChainTarget { target: Target::Device(printer.id), tier: 0 }];
    let equipment = Equipment {
        printers: vec![printer],
        chains: Arc::new(HashMap::from([(world.stations[0].id, chain)])),
        catch_up,
        post: None,
        relief_ms: 5_000,
        steering: Steering::default(),
    };
    let (changes, _heard) = mpsc::unbounded_channel();
    let (engine, _) =
        Engine::start(super::strange::config(&store, &world, changes), equipment).await.unwrap();
    until_it_waits(&store).await;
    go_on.notify_one();
    change.await.unwrap().unwrap();
    let paper = device.wait_for_slips(1, PATIENCE).await.unwrap()[0].text();
    engine.stop().await;
    store.close().await;
    device.stop().await;
    paper
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lane_prints_what_was_added_at_the_last_moment() {
    let off = Policy { least: 0, after_ms: 0 };
    let paper = printed_while_changed(JobProgress::new(NOW), off).await;
    assert!(paper.contains(NEW_WORDS), "{paper}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lane_puts_on_a_slip_what_was_added_at_the_last_moment() {
    let stands =
        JobProgress { state: JobState::Blocked, cause: Some(Cause::PaperOut), ..JobProgress::new(NOW) };
    let paper = printed_while_changed(stands, Policy { least: 1, after_ms: 0 }).await;
    assert!(paper.contains(NEW_WORDS) && paper.contains("PENDIENTES"), "{paper}");
}

/// Changes the words of a ticket while `reader` reads them, and gives what it read.
async fn read_while_changed<T: Send + 'static>(
    reader: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> T {
    let config = crate::postgres::PrivateCluster::shared().fresh().await;
    let store = Store::open(&config).await.unwrap();
    let world = World::open(&store).await;
    let filled = world.clone();
    let fill = store.write::<_, StoreError, _>(move |tx| {
        let world = filled.clone();
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            world.add_job(tx, 1, order, 1, Priority::Normal).await
        })
    });
    let job = fill.await.unwrap();
    let (held, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let change = tokio::spawn(change(store.clone(), job.rank, Arc::clone(&held), Arc::clone(&go_on)));
    held.notified().await;
    let asked = store.clone();
    let read = tokio::spawn(async move { asked.write(move |tx| reader(tx, world.clone())).await });
    until_it_waits(&store).await;
    go_on.notify_one();
    change.await.unwrap().unwrap();
    let found = read.await.unwrap().unwrap();
    store.close().await;
    found
}

#[tokio::test]
async fn what_is_begun_says_what_was_added_at_the_last_moment() {
    let words = read_while_changed(|tx, world| {
        Box::pin(async move {
            let (printer, core) = (world.printers[0].printer.id, CoreId(id(40, 1)));
            let mut begun = job::begin_many(tx, &[job_id(1)], printer, (core, LONG), NOW).await?;
            Ok(begun.remove(&job_id(1)).map(|begun| begun.content.note))
        })
    })
    .await;
    assert_eq!(words, Some(Some(NEW_WORDS.into())));
}

#[tokio::test]
async fn a_slip_says_what_was_added_at_the_last_moment() {
    let words = read_while_changed(|tx, world| {
        Box::pin(async move {
            let (printer, station) = (world.printers[0].printer.id, world.stations[0].id);
            job::hold_for_slip(tx, printer, station).await?;
            let tickets = job::slip_tickets(tx, printer, station, 50).await?;
            Ok(tickets.into_iter().map(|ticket| ticket.content.note).collect::<Vec<_>>())
        })
    })
    .await;
    assert_eq!(words, [Some(NEW_WORDS.to_owned())]);
}
