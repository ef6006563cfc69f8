//! A data file that is damaged, cut, emptied or gone: found at the start, kept, and the last good backup offered.
//!
//! Proves R5. The controls are the same starts with the file as it was.

use crate::house::{self, Engine, House};
use crate::postgres::PrivateCluster;
use fastops_app::wire::FailureCode;
use fastops_app::{App, AppConfig, BackupReason, Database, RestoreFrom};
use fastops_store::StoreConfig;
use std::path::{Path, PathBuf};

const PAGE: usize = 4096;

/// A closed restaurant with a verified backup, whose file can be broken.
struct Closed {
    config: AppConfig,
    database: PathBuf,
    whole: Vec<u8>,
    kept: House,
}

impl Closed {
    async fn new() -> Self {
        let house = House::open(Engine::Sqlite).await;
        let ana = house.sign_in("Ana").await;
        house.app.perform(&ana, house.take_away(&[("307", 1), ("602", 2)])).await.unwrap();
        house.app.backup_now(BackupReason::Manual).await.unwrap();
        house.app.perform(&ana, house.take_away(&[("801", 1)])).await.unwrap();
        let (folder, database) = house.data();
        let config = house::config(&folder, database, &house.printers);
        house.app.stop().await;
        let database = folder.join("fastops.db");
        Self { whole: std::fs::read(&database).unwrap(), config, database, kept: house }
    }

    /// Starts on the file as it is; expects a refusal, and gives where the file was put.
    async fn refused(&self, code: FailureCode, case: &str) -> Option<PathBuf> {
        let before = folders(&self.kept.folder.path().join("damaged"));
        match App::start(self.config.clone()).await {
            Ok(app) => {
                app.stop().await;
                panic!("{case}: started as if nothing had happened");
            }
            Err(failure) => {
                assert_eq!(failure.code, code, "{case}: {}", failure.message);
                assert!(
                    failure.message.contains("fastops-cli restore --newest"),
                    "{case}: {}",
                    failure.message
                );
            }
        }
        assert!(!self.database.exists() || self.database.metadata().unwrap().len() == 0, "{case}");
        folders(&self.kept.folder.path().join("damaged")).into_iter().find(|folder| !before.contains(folder))
    }

    /// Puts the file back as it was, as if nothing had been found.
    fn heal(&self) {
        std::fs::write(&self.database, &self.whole).unwrap();
    }
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(parent)
        .map_or(Vec::new(), |entries| entries.map(|entry| entry.unwrap().path()).collect())
}

#[tokio::test]
async fn a_changed_byte_in_any_page_is_found_and_the_file_is_kept() {
    let closed = Closed::new().await;
    let pages = closed.whole.len() / PAGE;
    for page in (0..pages).step_by((pages / 25).max(1)) {
        let mut broken = closed.whole.clone();
        broken[page * PAGE + (page * 997) % PAGE] ^= 0x04;
        std::fs::write(&closed.database, &broken).unwrap();
        let aside = closed.refused(FailureCode::DataDamaged, &format!("page {page}")).await.unwrap();
        assert_eq!(std::fs::read(aside.join("fastops.db")).unwrap(), broken, "kept as it was");
        closed.heal();
    }
    App::start(closed.config.clone()).await.unwrap().stop().await;
    closed.kept.close().await;
}

#[tokio::test]
async fn whatever_happened_to_the_file_the_last_good_backup_is_offered_and_gives_it_back() {
    let closed = Closed::new().await;
    let half = closed.whole[..closed.whole.len() / 2].to_vec();
    let zeros = vec![0; closed.whole.len()];
    let cases: [(&str, Option<&[u8]>, FailureCode); 5] = [
        ("one byte", Some(&half[..1]), FailureCode::DataDamaged),
        ("cut", Some(&half), FailureCode::DataDamaged),
        ("zeros", Some(&zeros), FailureCode::DataDamaged),
        ("empty", Some(&[]), FailureCode::DataMissing),
        ("gone", None, FailureCode::DataMissing),
    ];
    for (case, left, code) in cases {
        match left {
            Some(bytes) => std::fs::write(&closed.database, bytes).unwrap(),
            None => std::fs::remove_file(&closed.database).unwrap(),
        }
        closed.refused(code, case).await;
        // Still refused: the file that was set aside has not left an empty shop behind.
        closed.refused(FailureCode::DataMissing, case).await;
        let offer = fastops_app::recovery_offer(&closed.config).await.unwrap();
        let report = fastops_app::restore(&closed.config, RestoreFrom::Newest).await.unwrap();
        assert_eq!((&report.backup, &report.last_order), (&offer.backup, &offer.last_order), "{case}");
        let app = App::start(closed.config.clone()).await.unwrap();
        let again = app.backup_now(BackupReason::Manual).await.unwrap();
        assert_eq!(again.last_order, offer.last_order, "{case}: nothing more and nothing less");
        app.stop().await;
    }
    closed.kept.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emptied_server_is_not_taken_for_a_new_one() {
    let house = House::open(Engine::Postgres).await;
    let ana = house.sign_in("Ana").await;
    let kept = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.app.backup_now(BackupReason::Manual).await.unwrap();
    let (folder, _) = house.data();
    house.app.stop().await;
    let StoreConfig::Postgres { url, .. } = PrivateCluster::shared().empty().await else {
        unreachable!("the cluster is PostgreSQL")
    };
    let emptied = house::config(&folder, Database::Url(url), &house.printers);

    let refused = App::start(emptied.clone()).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::DataMissing, "{}", refused.message);
    assert!(refused.message.contains("fastops-cli restore --newest"), "{}", refused.message);
    fastops_app::restore(&emptied, RestoreFrom::Newest).await.unwrap();
    let app = App::start(emptied.clone()).await.unwrap();
    let again = fastops_app::recovery_offer(&emptied).await.unwrap();
    assert_eq!(again.last_order.map(|order| order.number), Some(kept.number));
    app.stop().await;

    // The control: where there never was a backup an empty database is a new one.
    let StoreConfig::Postgres { url, .. } = PrivateCluster::shared().empty().await else {
        unreachable!("the cluster is PostgreSQL")
    };
    let elsewhere = tempfile::tempdir().unwrap();
    let new = house::config(elsewhere.path(), Database::Url(url), &house.printers);
    App::start(new).await.unwrap().stop().await;
    house.close().await;
}
