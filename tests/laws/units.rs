//! Law: a unit of work happens whole or not at all, and harms no other.

use super::on_both_engines;
use super::world::{World, id, order_id};
use fastops_domain::ids::TerminalId;
use fastops_store::company::{self, Terminal};
use fastops_store::{Store, StoreError, Tx, Work, order, probe};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Notify;

on_both_engines!(
    a_failed_unit_leaves_nothing,
    a_failed_unit_harms_no_other,
    a_panic_is_an_error_and_the_writer_goes_on,
    an_ignored_error_still_takes_the_unit_back,
    readers_see_only_what_is_committed,
    a_reader_cannot_write,
    a_reader_sees_one_moment,
    a_closed_store_finishes_what_it_accepted_and_refuses_more,
    an_abandoned_unit_leaves_the_store_usable,
);

fn terminal(world: &World, n: u64) -> Terminal {
    Terminal { id: TerminalId(id(8, n)), branch: world.branch.id, name: format!("Terminal {n}") }
}

/// Adds terminal `n` in a unit of its own that ends with `verdict`.
async fn add(store: &Store, world: &World, n: u64, fail: bool) -> Result<u64, StoreError> {
    let row = terminal(world, n);
    store
        .write(move |tx| {
            let row = row.clone();
            Box::pin(async move {
                company::insert_terminal(tx, &row).await?;
                if fail { Err(StoreError::Stale { what: "the test" }) } else { Ok(n) }
            })
        })
        .await
}

async fn count(store: &Store, world: &World) -> usize {
    let branch = world.branch.id;
    store.read::<_, StoreError, _>(move |tx| Box::pin(company::terminals(tx, branch))).await.unwrap().len()
}

async fn a_failed_unit_leaves_nothing(store: Store) {
    let world = World::open(&store).await;
    let result = add(&store, &world, 2, true).await;
    assert!(matches!(result, Err(StoreError::Stale { .. })), "the unit's own error comes back");
    assert_eq!(count(&store, &world).await, 1);
    assert_eq!(add(&store, &world, 2, false).await.unwrap(), 2);
    assert_eq!(count(&store, &world).await, 2);
}

async fn a_failed_unit_harms_no_other(store: Store) {
    let world = World::open(&store).await;
    // While the writer is held, the others gather: on SQLite they share one commit.
    let gate = super::gate::hold(&store).await;
    let (failed, twin, other_twin, failed_too, last, ()) = tokio::join!(
        add(&store, &world, 2, true),
        add(&store, &world, 3, false),
        add(&store, &world, 3, false), // the same key again
        add(&store, &world, 4, true),
        add(&store, &world, 5, false),
        gate.open(),
    );
    assert!(failed.is_err() && failed_too.is_err());
    let twins = [&twin, &other_twin];
    assert_eq!(twins.iter().filter(|twin| twin.is_ok()).count(), 1, "{twins:?}");
    assert!(twins.iter().any(|twin| matches!(twin, Err(StoreError::Conflict { .. }))), "{twins:?}");
    assert_eq!(last.unwrap(), 5);
    assert_eq!(count(&store, &world).await, 3);
}

async fn a_panic_is_an_error_and_the_writer_goes_on(store: Store) {
    let world = World::open(&store).await;
    let row = terminal(&world, 2);
    let result = store
        .write::<(), StoreError, _>(move |tx| {
            let row = row.clone();
            Box::pin(async move {
                company::insert_terminal(tx, &row).await?;
                panic!("a planted panic");
            })
        })
        .await;
    assert!(matches!(result, Err(StoreError::Panicked)), "{result:?}");
    assert_eq!(add(&store, &world, 3, false).await.unwrap(), 3);
    assert_eq!(count(&store, &world).await, 2);
}

async fn an_ignored_error_still_takes_the_unit_back(store: Store) {
    let world = World::open(&store).await;
    let (old, new) = (world.terminal.clone(), terminal(&world, 2));
    let result = store
        .write::<(), StoreError, _>(move |tx| {
            let (old, new) = (old.clone(), new.clone());
            Box::pin(async move {
                company::insert_terminal(tx, &new).await?;
                let clash = company::insert_terminal(tx, &old).await;
                assert!(matches!(clash, Err(StoreError::Conflict { .. })), "{clash:?}");
                let after = company::terminals(tx, old.branch).await;
                assert!(matches!(after, Err(StoreError::ErrorIgnored(_))), "{after:?}");
                Ok(())
            })
        })
        .await;
    assert!(matches!(result, Err(StoreError::ErrorIgnored(_))), "{result:?}");
    assert_eq!(count(&store, &world).await, 1);
}

async fn readers_see_only_what_is_committed(store: Store) {
    let world = World::open(&store).await;
    let (inserted, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let unit = {
        let (row, inserted, go_on) = (terminal(&world, 2), Arc::clone(&inserted), Arc::clone(&go_on));
        store.write::<_, StoreError, _>(move |tx| {
            let (row, inserted, go_on) = (row.clone(), Arc::clone(&inserted), Arc::clone(&go_on));
            Box::pin(async move {
                company::insert_terminal(tx, &row).await?;
                inserted.notify_one();
                go_on.notified().await;
                Ok(())
            })
        })
    };
    let reader = async {
        inserted.notified().await;
        let seen = count(&store, &world).await; // would hang if readers waited for the writer
        go_on.notify_one();
        seen
    };
    let (written, seen) = tokio::join!(unit, reader);
    written.unwrap();
    assert_eq!(seen, 1);
    assert_eq!(count(&store, &world).await, 2);
}

async fn a_reader_cannot_write(store: Store) {
    let world = World::open(&store).await;
    let row = terminal(&world, 2);
    let result = store
        .read::<_, StoreError, _>(move |tx| Box::pin(async move { company::insert_terminal(tx, &row).await }))
        .await;
    assert!(matches!(result, Err(StoreError::Database(_))), "{result:?}");
    assert_eq!(count(&store, &world).await, 1);
}

async fn a_reader_sees_one_moment(store: Store) {
    let world = World::open(&store).await;
    let branch = world.branch.id;
    let (first, second) = store
        .read::<_, StoreError, _>({
            let (store, world) = (store.clone(), world.clone());
            move |tx| {
                Box::pin(async move {
                    let first = company::terminals(tx, branch).await?.len();
                    add(&store, &world, 2, false).await?;
                    Ok((first, company::terminals(tx, branch).await?.len()))
                })
            }
        })
        .await
        .unwrap();
    assert_eq!((first, second), (1, 1));
    assert_eq!(count(&store, &world).await, 2);
}

async fn a_closed_store_finishes_what_it_accepted_and_refuses_more(store: Store) {
    let world = World::open(&store).await;
    let twin = store.clone();
    let (accepted, ()) = tokio::join!(add(&store, &world, 2, false), twin.close());
    assert_eq!(accepted.unwrap(), 2);
    let late = add(&store, &world, 3, false).await;
    assert!(matches!(late, Err(StoreError::Closed)), "{late:?}");
    let branch = world.branch.id;
    let read = store.read::<_, StoreError, _>(move |tx| Box::pin(company::terminals(tx, branch))).await;
    assert!(matches!(read, Err(StoreError::Closed)), "{read:?}");
}

async fn an_abandoned_unit_leaves_the_store_usable(store: Store) {
    let world = World::open(&store).await;
    let (begun, runs) = (Arc::new(Notify::new()), Arc::new(AtomicU32::new(0)));
    let never_ends = {
        let (world, begun, runs) = (world.clone(), Arc::clone(&begun), Arc::clone(&runs));
        store.read::<(), StoreError, _>(move |tx: &mut Tx| -> Work<'_, (), StoreError> {
            Box::pin(async move {
                company::terminals(tx, world.branch.id).await?;
                runs.fetch_add(1, Ordering::Relaxed);
                begun.notify_one();
                std::future::pending().await
            })
        })
    };
    tokio::select! {
        _ = never_ends => unreachable!("it never ends"),
        () = begun.notified() => {}
    }
    assert_eq!(runs.load(Ordering::Relaxed), 1);
    assert_eq!(add(&store, &world, 2, false).await.unwrap(), 2);
    for _ in 0..20 {
        assert_eq!(count(&store, &world).await, 2);
    }
    let found = store.read::<_, StoreError, _>(|tx| Box::pin(order::order(tx, order_id(1)))).await;
    assert_eq!(found.unwrap(), None);
    assert!(probe::check_readers(&store).await.unwrap().is_ok());
}
