//! Law: what comes to paper says what the ticket says when it is put on disk as on its way, also where several
//! computers write at once: whoever changes a ticket's words holds its job.

use super::questions::LOCKS_AWAITED;
use super::world::{NOW, World, id, job_id, ticket_id};
use fastops_domain::ids::CoreId;
use fastops_domain::job::Priority;
use fastops_domain::ticket::TicketContent;
use fastops_store::job::{self, Rank};
use fastops_store::{Store, StoreError, Tx, Work, ticket};
use std::sync::Arc;
use tokio::sync::Notify;

const LONG: i64 = 600_000;
const NEW_WORDS: &str = "sin cebolla, por favor";

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
    let (tell, wait) = (Arc::clone(&held), Arc::clone(&go_on));
    let writer = store.clone();
    let change = tokio::spawn(async move {
        let write = writer.write::<_, StoreError, _>(move |tx| {
            let (tell, wait) = (Arc::clone(&tell), Arc::clone(&wait));
            Box::pin(async move {
                let rank = Rank { job: job_id(1), priority: Priority::Normal, rank: job.rank };
                job::set_ranks(tx, &[rank]).await?;
                tell.notify_one();
                wait.notified().await;
                let old = ticket::ticket(tx, ticket_id(1)).await?.unwrap().content;
                let content = TicketContent { note: Some(NEW_WORDS.into()), ..old };
                ticket::rewrite_contents(tx, &[(ticket_id(1), content)]).await
            })
        });
        write.await
    });
    held.notified().await;
    let asked = store.clone();
    let read = tokio::spawn(async move { asked.write(move |tx| reader(tx, world.clone())).await });
    let waits = async {
        while super::questions::count(&store, LOCKS_AWAITED).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    let waits = tokio::time::timeout(crate::house::PATIENCE, waits);
    waits.await.expect("the reader does not stand before the job that the writer holds");
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
