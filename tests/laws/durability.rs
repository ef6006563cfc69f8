//! Law of SQLite's group commit: one sync for many, an answer only after it, a lie to nobody.

use super::world::{World, id};
use fastops_domain::ids::TerminalId;
use fastops_store::company::{self, Terminal};
use fastops_store::{Store, StoreConfig, StoreError, probe};
use std::path::Path;
use tokio::task::JoinSet;

async fn open(path: &Path) -> Store {
    Store::open(&StoreConfig::Sqlite { path: path.into() }).await.unwrap()
}

async fn add(store: &Store, world: &World, n: u64) -> Result<(), StoreError> {
    let row = Terminal { id: TerminalId(id(8, n)), branch: world.branch.id, name: format!("Terminal {n}") };
    store
        .write(move |tx| {
            let row = row.clone();
            Box::pin(async move { company::insert_terminal(tx, &row).await })
        })
        .await
}

async fn count(store: &Store, world: &World) -> usize {
    let branch = world.branch.id;
    let terminals = store.read::<_, StoreError, _>(move |tx| Box::pin(company::terminals(tx, branch))).await;
    terminals.unwrap().len()
}

/// Runs a raw statement as a unit of its own.
async fn raw(store: &Store, statement: &str) -> Result<u64, StoreError> {
    let statement = statement.to_owned();
    store
        .write(move |tx| {
            let statement = statement.clone();
            Box::pin(async move { probe::execute(tx, &statement).await })
        })
        .await
}

#[tokio::test]
async fn units_that_wait_together_share_one_commit() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("fastops.db")).await;
    let world = World::open(&store).await;
    let before = store.stats();
    let gate = super::gate::hold(&store).await;
    let mut writers = JoinSet::new();
    for n in 2..22 {
        let (store, world) = (store.clone(), world.clone());
        writers.spawn(async move { add(&store, &world, n).await });
    }
    let (twin, place) = (store.clone(), world.clone());
    writers.spawn(async move {
        add(&twin, &place, 22).await?;
        let stats = twin.stats();
        assert!(stats.groups > before.groups, "answered only after a commit");
        Ok(())
    });
    // One thread: all of them are queued before the gate opens.
    writers.spawn(async move {
        gate.open().await;
        Ok(())
    });
    for result in writers.join_all().await {
        result.unwrap();
    }
    let after = store.stats();
    assert_eq!(
        (after.units - before.units, after.groups - before.groups),
        (22, 2),
        "the gate, and one for all"
    );
    assert_eq!(count(&store, &world).await, 22);
    store.close().await;
}

#[tokio::test]
async fn what_was_answered_is_there_when_the_file_is_opened_by_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fastops.db");
    let store = open(&path).await;
    let world = World::open(&store).await;
    add(&store, &world, 2).await.unwrap();
    let other = open(&path).await;
    assert_eq!(count(&other, &world).await, 2);
    add(&other, &world, 3).await.unwrap();
    assert_eq!(count(&store, &world).await, 3, "two programs on one file take turns");
    other.close().await;
    store.close().await;
}

#[tokio::test]
async fn a_unit_that_fails_the_commit_harms_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("fastops.db")).await;
    let world = World::open(&store).await;
    // A deferred foreign key passes the unit and fails the commit.
    let poison = raw(
        &store,
        "PRAGMA defer_foreign_keys = ON;
         INSERT INTO terminal (id, branch_id, name) VALUES (x'00', x'00', 'nowhere')",
    );
    let gate = super::gate::hold(&store).await;
    let (innocent, poisoned, late, ()) =
        tokio::join!(add(&store, &world, 2), poison, add(&store, &world, 3), gate.open());
    assert!(matches!(poisoned, Err(StoreError::Dangling(_))), "{poisoned:?}");
    innocent.unwrap();
    late.unwrap();
    assert_eq!(count(&store, &world).await, 3);
    add(&store, &world, 4).await.unwrap();
    assert_eq!(count(&store, &world).await, 4, "and the next commit succeeds");
    store.close().await;
}

#[tokio::test]
async fn a_full_disk_is_an_error_and_the_store_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("fastops.db")).await;
    let world = World::open(&store).await;
    let much = "INSERT INTO alert (id, branch_id, kind, subject, severity, raised_at, detail)
         SELECT randomblob(16), id, 'test', hex(randomblob(8)), 'info', 0, '\"' || hex(randomblob(100000)) || '\"'
         FROM branch";
    raw(&store, "PRAGMA max_page_count = 1").await.unwrap(); // means: no more than it has now
    let full = raw(&store, much).await;
    assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
    raw(&store, "PRAGMA max_page_count = 1000000").await.unwrap();
    assert_eq!(raw(&store, much).await.unwrap(), 1);
    add(&store, &world, 2).await.unwrap();
    assert_eq!(count(&store, &world).await, 2);
    store.close().await;
}

#[tokio::test]
async fn a_clean_close_leaves_one_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fastops.db");
    let store = open(&path).await;
    let world = World::open(&store).await;
    add(&store, &world, 2).await.unwrap();
    store.close().await;
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["fastops.db"], "the log is folded into the file");
    let again = open(&path).await;
    assert_eq!(count(&again, &world).await, 2);
    again.close().await;
}
