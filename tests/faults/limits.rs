//! Law: what the server or the pool will not wait for is an error with a name, and harms nobody else.

use crate::laws::questions::{self, one};
use crate::postgres::PrivateCluster;
use fastops_store::{Store, StoreConfig, StoreError, probe};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

async fn open(connections: u32) -> Store {
    let StoreConfig::Postgres { url, .. } = PrivateCluster::shared().fresh().await else {
        unreachable!("the cluster is PostgreSQL")
    };
    Store::open(&StoreConfig::Postgres { url, max_connections: connections }).await.unwrap()
}

#[tokio::test]
async fn a_statement_over_the_servers_limit_is_too_slow() {
    let store = open(2).await;
    for limit in [questions::SHORT_STATEMENTS, questions::SHORT_LOCKS] {
        let holder = store.clone();
        let locked = Arc::new(Semaphore::new(0));
        let done = Arc::new(Semaphore::new(0));
        let (has_locked, may_end) = (Arc::clone(&locked), Arc::clone(&done));
        let holding = tokio::spawn(async move {
            holder
                .write::<_, StoreError, _>(move |tx| {
                    let (has_locked, may_end) = (Arc::clone(&has_locked), Arc::clone(&may_end));
                    Box::pin(async move {
                        probe::execute(tx, questions::LOCK).await?;
                        has_locked.add_permits(1);
                        let _end = may_end.acquire().await;
                        Ok(())
                    })
                })
                .await
        });
        locked.acquire().await.unwrap().forget();
        let late = store
            .write::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    probe::execute(tx, limit).await?;
                    probe::execute(tx, questions::LOCK).await
                })
            })
            .await;
        assert!(matches!(late, Err(StoreError::TooSlow)), "{limit}: {late:?}");
        done.add_permits(1);
        holding.await.unwrap().unwrap();
    }
    assert_eq!(store.write::<_, StoreError, _>(|tx| Box::pin(one(tx))).await.unwrap(), 1);
    store.close().await;
}

#[tokio::test]
async fn a_pool_with_nothing_to_give_says_so_and_goes_on() {
    let store = open(2).await;
    let (begun, go_on) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let mut holders = JoinSet::new();
    for _ in 0..2 {
        let (store, begun, go_on) = (store.clone(), Arc::clone(&begun), Arc::clone(&go_on));
        holders.spawn(async move {
            store
                .write::<_, StoreError, _>(move |tx| {
                    let (begun, go_on) = (Arc::clone(&begun), Arc::clone(&go_on));
                    Box::pin(async move {
                        begun.add_permits(1);
                        let _end = go_on.acquire().await;
                        one(tx).await
                    })
                })
                .await
        });
    }
    begun.acquire_many(2).await.unwrap().forget();
    let (written, read) = tokio::join!(
        store.write::<_, StoreError, _>(|tx| Box::pin(one(tx))),
        store.read::<_, StoreError, _>(|tx| Box::pin(one(tx)))
    );
    assert!(matches!(written, Err(StoreError::Busy)), "{written:?}");
    assert!(matches!(read, Err(StoreError::Busy)), "{read:?}");
    // Far more units than connections: everyone gets a turn as soon as there are any.
    let mut crowd = JoinSet::new();
    for _ in 0..50 {
        let store = store.clone();
        crowd.spawn(async move { store.write::<_, StoreError, _>(|tx| Box::pin(one(tx))).await });
    }
    go_on.add_permits(2);
    for result in holders.join_all().await.into_iter().chain(crowd.join_all().await) {
        assert_eq!(result.unwrap(), 1);
    }
    store.close().await;
}

#[tokio::test]
async fn a_unit_whose_session_dies_before_its_commit_is_run_again() {
    let store = open(4).await;
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let done = store
        .write::<_, StoreError, _>(move |tx| {
            let run = counted.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move {
                if run == 0 {
                    probe::execute(tx, questions::SHOOT_ONESELF).await?;
                }
                one(tx).await
            })
        })
        .await;
    assert_eq!((done.unwrap(), runs.load(Ordering::Relaxed)), (1, 2));
    store.close().await;
}
