//! Law: a store opens only on a database that it understands and that keeps what it confirms.

use super::on_both_engines;
use super::world::World;
use crate::postgres::PrivateCluster;
use fastops_store::{NotDurable, OpenError, Store, StoreConfig, StoreError, probe};
use std::collections::BTreeMap;
use std::path::PathBuf;

on_both_engines!(every_statement_prepares, the_list_of_statements_is_whole);

async fn every_statement_prepares(store: Store) {
    let statements = probe::statements(&store);
    for (name, statement) in &statements {
        if let Err(error) = probe::prepare(&store, statement).await {
            panic!("{name}: {error:?}\n{statement}");
        }
    }
    let broken = probe::prepare(&store, "SELECT nothing FROM nowhere").await;
    assert!(broken.is_err(), "preparing finds a broken statement");
}

/// Every file with a `statements!` has its part in the list.
async fn the_list_of_statements_is_whole(store: Store) {
    let sources = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/store/src");
    let mut written = 0;
    let mut folders = vec![sources];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let own = if store.is_shared() { ": postgres" } else { ": sqlite" };
                let starts_statement = |line: &&str| {
                    line.contains(": both") || line.ends_with(": each {") || line.ends_with(own)
                };
                written += text
                    .lines()
                    .skip_while(|line| !line.starts_with("statements! {"))
                    .take_while(|line| *line != "}")
                    .filter(starts_statement)
                    .count();
            }
        }
    }
    assert_eq!(probe::statements(&store).len(), written);
    assert!(written > 60, "{written}");
}

/// The engines have the same tables with the same columns, empty or not alike.
#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = open_file(folder.path().join("fastops.db")).await.unwrap();
    let postgres = Store::open(&PrivateCluster::shared().fresh().await).await.unwrap();
    let by_table = |columns: Vec<(String, String, bool)>| {
        let mut tables: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
        for (table, column, nullable) in columns {
            tables.entry(table).or_default().push((column, nullable));
        }
        tables
    };
    let left = by_table(probe::columns(&sqlite).await.unwrap());
    let right = by_table(probe::columns(&postgres).await.unwrap());
    assert!(left.len() > 25, "{left:?}");
    assert_eq!(left, right);
    sqlite.close().await;
    postgres.close().await;
}

/// The engines have migrations of the same names.
#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(engine);
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

async fn open_file(path: PathBuf) -> Result<Store, OpenError> {
    Store::open(&StoreConfig::Sqlite { path }).await
}

/// Each engine's configuration of a new database, and what must outlive it.
async fn both() -> Vec<(StoreConfig, Option<tempfile::TempDir>)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a folder that is not there yet").join("fastops.db");
    let postgres = PrivateCluster::shared().empty().await;
    vec![(StoreConfig::Sqlite { path }, Some(folder)), (postgres, None)]
}

#[tokio::test]
async fn opening_again_changes_nothing() {
    for (config, _folder) in both().await {
        let first = Store::open(&config).await.unwrap();
        let world = World::open(&first).await;
        let columns = probe::columns(&first).await.unwrap();
        first.close().await;
        let second = Store::open(&config).await.unwrap();
        assert_eq!(probe::columns(&second).await.unwrap(), columns);
        let found = second
            .read::<_, StoreError, _>(|tx| Box::pin(fastops_store::company::first_branch(tx)))
            .await
            .unwrap();
        assert_eq!(found, Some((world.company, world.branch)));
        second.close().await;
    }
}

#[tokio::test]
async fn two_that_open_at_once_both_succeed() {
    for (config, _folder) in both().await {
        let (one, two) = tokio::join!(Store::open(&config), Store::open(&config));
        one.unwrap().close().await;
        two.unwrap().close().await;
    }
}

#[tokio::test]
async fn a_database_newer_than_the_program_is_refused() {
    for (config, _folder) in both().await {
        let store = Store::open(&config).await.unwrap();
        store
            .write::<_, StoreError, _>(|tx| {
                Box::pin(probe::execute(
                    tx,
                    "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                     SELECT 9001, 'of tomorrow', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
                ))
            })
            .await
            .unwrap();
        store.close().await;
        let refused = Store::open(&config).await;
        match refused {
            Err(OpenError::TooNew { found: 9001, known }) => assert!(known < 9001),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "not a folder").unwrap();
    let path = in_the_way.join("fastops.db");
    match open_file(path.clone()).await {
        Err(OpenError::Unwritable { path: named, .. }) => assert_eq!(named, path),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fastops.db");
    std::fs::write(&path, "this was a database once ".repeat(400)).unwrap();
    let before = std::fs::read(&path).unwrap();
    let refused = open_file(path.clone()).await;
    assert!(matches!(refused, Err(OpenError::Damaged { .. })), "{refused:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn weak_settings_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fastops.db");
    let store = open_file(path.clone()).await.unwrap();
    assert_eq!(probe::check_readers(&store).await.unwrap(), Ok(()));
    assert_eq!(probe::check_synchronous(&path, "FULL").unwrap(), Ok(()));
    for (setting, number) in [("NORMAL", "1"), ("OFF", "0")] {
        let weak = NotDurable { setting: "synchronous", found: number.into(), wanted: "2" };
        assert_eq!(probe::check_synchronous(&path, setting).unwrap(), Err(weak));
    }
    store.close().await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let config =
        StoreConfig::Postgres { url: "postgres://nobody@127.0.0.1:1/none".into(), max_connections: 2 };
    let refused = Store::open(&config).await;
    assert!(matches!(refused, Err(OpenError::Unreachable { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_database_in_another_encoding_is_refused() {
    let config = PrivateCluster::shared().create("TEMPLATE template0 ENCODING 'LATIN1'").await;
    match Store::open(&config).await {
        Err(OpenError::Encoding { found }) => assert_eq!(found, "LATIN1"),
        other => panic!("{other:?}"),
    }
}
