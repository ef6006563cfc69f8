//! Law: consecutive numbers have no gap and no twin, whoever asks at the same time.

use super::on_both_engines;
use super::world::World;
use crate::postgres::PrivateCluster;
use fastops_domain::ids::StationId;
use fastops_domain::order::OrderType;
use fastops_store::{Store, StoreError, Tx, order, ticket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

on_both_engines!(
    order_numbers_are_consecutive_among_many_writers,
    each_type_and_each_station_counts_alone,
    a_failed_unit_gives_its_number_back,
);

const WRITERS: u64 = 200;

async fn order_numbers_are_consecutive_among_many_writers(store: Store) {
    let world = World::open(&store).await;
    let mut writers = JoinSet::new();
    for n in 1..=WRITERS {
        let (store, world) = (store.clone(), world.clone());
        writers.spawn(async move {
            store
                .write::<_, StoreError, _>(move |tx| {
                    let world = world.clone();
                    Box::pin(async move {
                        let ticket = next_ticket_number(tx, world.stations[0].id).await?;
                        let order = world.add_order(tx, n).await?;
                        Ok((order::order(tx, order).await?.unwrap().number, ticket))
                    })
                })
                .await
                .unwrap()
        });
    }
    let (mut numbers, mut tickets): (Vec<i64>, Vec<i64>) = writers.join_all().await.into_iter().unzip();
    numbers.sort_unstable();
    tickets.sort_unstable();
    let consecutive: Vec<i64> = (1..=i64::try_from(WRITERS).unwrap()).collect();
    assert_eq!(numbers, consecutive);
    assert_eq!(tickets, consecutive);
}

/// Two units that lock two counters in opposite orders: PostgreSQL gives one of them up, and the
/// store runs it again. (SQLite's units run one after the other and cannot meet.)
#[tokio::test]
async fn a_deadlock_is_met_with_another_try() {
    let store = Store::open(&PrivateCluster::shared().fresh().await).await.unwrap();
    let world = World::open(&store).await;
    let both_hold_one = Arc::new(Barrier::new(2));
    let runs = Arc::new(AtomicU32::new(0));
    let unit = |first: usize| {
        let stations = [world.stations[first].id, world.stations[1 - first].id];
        let (both_hold_one, runs, tried) =
            (Arc::clone(&both_hold_one), Arc::clone(&runs), AtomicBool::new(false));
        store.write::<_, StoreError, _>(move |tx| {
            runs.fetch_add(1, Ordering::Relaxed);
            let meet = (!tried.swap(true, Ordering::Relaxed)).then(|| Arc::clone(&both_hold_one));
            Box::pin(async move {
                let one = next_ticket_number(tx, stations[0]).await?;
                if let Some(barrier) = meet {
                    barrier.wait().await;
                }
                Ok([one, next_ticket_number(tx, stations[1]).await?])
            })
        })
    };
    let (left, right) = tokio::join!(unit(0), unit(1));
    let mut numbers = [left.unwrap(), right.unwrap()];
    numbers.sort_unstable();
    assert_eq!(numbers, [[1, 1], [2, 2]]);
    assert!(runs.load(Ordering::Relaxed) > 2, "one of the two was run again");
    store.close().await;
}

async fn each_type_and_each_station_counts_alone(store: Store) {
    let world = World::open(&store).await;
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = world.clone();
            Box::pin(async move {
                for expected in 1..=3 {
                    for order_type in OrderType::ALL {
                        let number = order::next_order_number(tx, world.branch.id, order_type).await?;
                        assert_eq!(number, expected, "{order_type:?}");
                    }
                    for station in &world.stations {
                        assert_eq!(next_ticket_number(tx, station.id).await?, expected);
                    }
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn a_failed_unit_gives_its_number_back(store: Store) {
    let world = World::open(&store).await;
    let mut numbers = Vec::new();
    for fail in [false, true, false] {
        let branch = world.branch.id;
        let number = store
            .write::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    let number = order::next_order_number(tx, branch, OrderType::DineIn).await?;
                    if fail { Err(StoreError::Stale { what: "the test" }) } else { Ok(number) }
                })
            })
            .await;
        numbers.extend(number.ok());
    }
    assert_eq!(numbers, [1, 2]);
}

/// The next number of one station.
async fn next_ticket_number(tx: &mut Tx, station: StationId) -> Result<i64, StoreError> {
    Ok(ticket::next_ticket_numbers(tx, &[station]).await?[&station])
}
