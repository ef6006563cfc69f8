//! Law: a commit whose answer is lost is never guessed. The store says that it does not know; a command
//! finds out by its id and answers the truth, and happens once (P13).
//!
//! The connection is cut by a proxy, exactly at the commit: before the server hears of it, or after the
//! server has committed and before its answer arrives. To the client the two look the same.

use super::proxy::{Cut, Proxy};
use crate::house::{House, instant_printers, new_id};
use crate::laws::questions::{self, rows};
use crate::laws::world::World;
use crate::postgres::PrivateCluster;
use fastops_app::Database;
use fastops_app::wire::{Event, OrderStatus};
use fastops_domain::ids::{BranchId, TerminalId};
use fastops_store::company::{self, Terminal};
use fastops_store::{Store, StoreConfig, StoreError};

/// The database behind the proxy, and the proxy.
async fn behind_a_proxy() -> (StoreConfig, Proxy) {
    let cluster = PrivateCluster::shared();
    let StoreConfig::Postgres { url, max_connections } = cluster.fresh().await else {
        unreachable!("the cluster is PostgreSQL")
    };
    let proxy = Proxy::before(cluster.port()).await;
    let url = url.replace(&format!(":{}/", cluster.port()), &format!(":{}/", proxy.address.port()));
    (StoreConfig::Postgres { url, max_connections }, proxy)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_cut_at_its_commit_is_unsure_and_is_not_done_again() {
    for (cut, kept) in [(Cut::BeforeTheServer, 1), (Cut::BeforeTheAnswer, 2)] {
        let (config, proxy) = behind_a_proxy().await;
        let store = Store::open(&config).await.unwrap();
        let branch = World::open(&store).await.branch.id;
        proxy.cut_next(cut);
        let result = add_terminal(&store, branch).await;
        assert!(matches!(result, Err(StoreError::Unsure(_))), "{cut:?}: {result:?}");
        assert_eq!(proxy.cuts_made(), 1);
        let there = store.read::<_, StoreError, _>(move |tx| Box::pin(company::terminals(tx, branch))).await;
        assert_eq!(there.unwrap().len(), kept, "{cut:?}");
        add_terminal(&store, branch).await.unwrap();
        store.close().await;
    }
}

async fn add_terminal(store: &Store, branch: BranchId) -> Result<(), StoreError> {
    let row = Terminal { id: TerminalId(new_id()), branch, name: new_id().to_string() };
    store
        .write(move |tx| {
            let row = row.clone();
            Box::pin(async move { company::insert_terminal(tx, &row).await })
        })
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_cut_at_its_commit_is_answered_and_happens_once() {
    for cut in [Cut::BeforeTheServer, Cut::BeforeTheAnswer] {
        let (StoreConfig::Postgres { url, .. }, proxy) = behind_a_proxy().await else {
            unreachable!("the cluster is PostgreSQL")
        };
        let house = House::open_on(Database::Url(url), instant_printers().await).await;
        let ana = house.sign_in("Ana").await;
        let mut events = house.app.subscribe();
        for round in 1..=3 {
            let request = house.take_away(&[("307", 1), ("602", 2)]);
            proxy.cut_next(cut);
            let order = house.app.perform(&ana, request.clone()).await.unwrap();
            assert_eq!((order.id, order.lines.len(), order.number), (request.order_id, 2, round));
            let again = house.app.perform(&ana, request).await.unwrap();
            assert_eq!((again.id, again.number), (order.id, order.number));
            assert_eq!(
                rows(&house.app.store_for_faults(), questions::ORDERS).await,
                u64::try_from(round).unwrap()
            );
            // The screens and the lanes were told, though the first answer was lost.
            loop {
                if let Event::TicketArrived { order_id, .. } = events.recv().await.unwrap().event
                    && order_id == order.id
                {
                    break;
                }
            }
            house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
        }
        assert_eq!(proxy.cuts_made(), 3);
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_of_a_ticket_cut_at_its_commit_loses_and_doubles_no_paper() {
    let (StoreConfig::Postgres { url, .. }, proxy) = behind_a_proxy().await else {
        unreachable!("the cluster is PostgreSQL")
    };
    let house = House::open_on(Database::Url(url), instant_printers().await).await;
    let ana = house.sign_in("Ana").await;
    for round in 0..12 {
        let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
        // The order is on disk: what commits next is a step of its ticket.
        proxy.cut_next(if round % 2 == 0 { Cut::BeforeTheAnswer } else { Cut::BeforeTheServer });
        let done = house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
        let papers = house.papers_of("cocina", done.tickets[0].number);
        assert_eq!(papers.len(), 1, "round {round}");
        assert!(!papers[0].contains("POSIBLE DUPLICADO"), "nothing was in doubt at the printer");
    }
    assert!(proxy.cuts_made() >= 6, "the cuts met the tickets' steps: {}", proxy.cuts_made());
    house.close().await;
}
