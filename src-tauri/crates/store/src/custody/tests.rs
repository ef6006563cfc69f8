//! A store that was damaged, lost or grown old, and what is found of it.

mod crash;

use super::*;
use crate::backup::Problem;
use crate::probe;
use crate::sqlite::{make_old, wal_of};
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::watch;

/// SQLite's page, in bytes.
const PAGE: usize = 4096;

/// A clock that moves on by a second whenever it is asked.
#[derive(Debug)]
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Time {
        Time(self.0.fetch_add(1_000, Ordering::Relaxed))
    }
}

fn next_id() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Uuid::from_u128(u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// A folder with a store in it.
struct Shop {
    folder: TempDir,
    custody: Custody,
}

impl Shop {
    fn new() -> Self {
        Self::over(tempfile::tempdir().unwrap())
    }

    fn over(folder: TempDir) -> Self {
        let clock = Arc::new(Ticking(AtomicI64::new(1_767_225_600_000)));
        let custody = Custody {
            folder: folder.path().to_path_buf(),
            clock,
            new_id: next_id,
            tools: PostgresTools::default(),
        };
        Self { folder, custody }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("fastops.db")
    }

    fn config(&self) -> StoreConfig {
        StoreConfig::Sqlite { path: self.path() }
    }

    async fn open(&self) -> Result<Store, OpenError> {
        Store::open_in_custody(&self.config(), &self.custody).await
    }

    async fn back_up(&self, reason: Reason) -> Result<backup::Backup, BackupError> {
        backup::back_up(&self.config(), &self.custody.request(reason)).await
    }

    async fn verify(&self, path: &Path) -> Result<backup::Contents, BackupError> {
        backup::verify(path, &self.config(), &self.custody.tools).await
    }

    /// What a crash at this moment would leave: the files as they are, in a folder of their own.
    fn crash(&self) -> Self {
        let left = tempfile::tempdir().unwrap();
        for name in ["fastops.db", "fastops.db-wal", "store.json"] {
            let from = self.folder.path().join(name);
            if from.exists() {
                std::fs::copy(from, left.path().join(name)).unwrap();
            }
        }
        Self::over(left)
    }

    /// A store with rows on many pages, closed in order.
    async fn closed() -> Self {
        let shop = Self::new();
        let store = shop.open().await.unwrap();
        fill(&store, 2_000).await;
        store.close().await;
        shop
    }

    async fn refused(&self) -> OpenError {
        match self.open().await {
            Ok(store) => {
                store.close().await;
                panic!("a broken store was opened");
            }
            Err(error) => error,
        }
    }
}

async fn write(store: &Store, statement: String) {
    let written = store.write::<_, StoreError, _>(move |tx| {
        let statement = statement.clone();
        Box::pin(async move { probe::execute(tx, &statement).await })
    });
    written.await.unwrap();
}

/// Adds a company with so many customers.
async fn fill(store: &Store, customers: u32) {
    let company = Uuid::from_u128(7).simple().to_string();
    write(
        store,
        format!(
            "INSERT OR IGNORE INTO company (id, name, currency_code, minor_digits, shown_digits)
             VALUES (x'{company}', 'La Fonda', 'COP', 2, 0);
             INSERT INTO customer (id, company_id, name, name_key, note, created_at)
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {customers})
             SELECT randomblob(16), x'{company}', 'Cliente ' || i, 'cliente ' || i, hex(randomblob(60)), i FROM n"
        ),
    )
    .await;
}

async fn customers(store: &Store) -> i64 {
    let counted = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move {
            tx.sqlite(|connection| {
                Ok(connection.query_row("SELECT COUNT(*) FROM customer", [], |row| row.get(0))?)
            })
        })
    });
    counted.await.unwrap()
}

fn flip(path: &Path, at: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[at] ^= 0x10;
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_store_knows_itself_and_opens_again_as_long_as_nothing_happened() {
    let shop = Shop::closed().await;
    let first = marker::read(&shop.path()).unwrap();
    assert!(matches!(first.state, State::Closed { .. }), "{first:?}");
    assert_eq!(first.epoch, 1);
    for _ in 0..2 {
        let store = shop.open().await.unwrap();
        assert_eq!(marker::read(&shop.path()).unwrap().state, State::Running);
        assert_eq!(customers(&store).await, 2_000);
        store.close().await;
    }
    assert_eq!(marker::read(&shop.path()).unwrap().store, first.store);
}

#[tokio::test]
async fn a_changed_byte_in_any_page_of_a_closed_file_is_found() {
    let shop = Shop::closed().await;
    let whole = std::fs::read(shop.path()).unwrap();
    let pages = whole.len() / PAGE;
    assert!(pages > 100, "{pages}");
    for page in (0..pages).step_by(3) {
        flip(&shop.path(), page * PAGE + (page * 131) % PAGE);
        let error = shop.refused().await;
        assert!(matches!(error, OpenError::Damaged { .. }), "page {page}: {error:?}");
        std::fs::write(shop.path(), &whole).unwrap();
    }
    shop.open().await.unwrap().close().await;
}

#[tokio::test]
async fn a_broken_page_is_found_after_a_crash_too() {
    let shop = Shop::closed().await;
    // Pages that hold nothing may hold anything: leave none.
    let connection = crate::sqlite::open_for_writing(&shop.path()).unwrap();
    connection.execute_batch("VACUUM").unwrap();
    connection.close().unwrap();
    let marker = marker::read(&shop.path()).unwrap();
    Marker { state: State::Closing, ..marker }.write(&shop.path()).unwrap();
    let store = shop.open().await.unwrap();
    fill(&store, 10).await;
    let crashed = shop.crash();
    store.close().await;
    let whole = std::fs::read(crashed.path()).unwrap();
    let log = std::fs::read(wal_of(&crashed.path())).unwrap();
    // The first byte of a page says what it is; 0x10 makes it no kind of page at all.
    for page in 1..whole.len() / PAGE {
        if matches!(whole[page * PAGE], 2 | 5 | 10 | 13) {
            flip(&crashed.path(), page * PAGE);
            let refused = inspection::inspect(&crashed.path(), &crashed.custody.backups());
            let in_log = log[32..].chunks(PAGE + 24).any(|frame| {
                frame.len() > 4 && frame[..4] == (u32::try_from(page).unwrap() + 1).to_be_bytes()
            });
            assert!(in_log || matches!(refused, Err(OpenError::Damaged { .. })), "page {page}: {refused:?}");
            std::fs::write(crashed.path(), &whole).unwrap();
        }
    }
    let store = crashed.open().await.unwrap();
    assert_eq!(customers(&store).await, 2_010, "what was confirmed before the crash is there");
    store.close().await;
}

#[tokio::test]
async fn a_store_that_is_dropped_or_fails_to_open_is_not_taken_for_damaged() {
    let shop = Shop::closed().await;
    let log = wal_of(&shop.path());
    let dropped = shop.open().await.unwrap();
    fill(&dropped, 10).await;
    let crashed = shop.crash();
    drop(dropped);
    tokio::time::timeout(Duration::from_secs(30), async {
        while log.exists() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    let store = shop.open().await.unwrap();
    assert_eq!(customers(&store).await, 2_010);
    store.close().await;

    // After a crash, an opening that looks at the file and then goes no further.
    let newer = "UPDATE _sqlx_migrations SET version = 9001 WHERE version = 1";
    crate::sqlite::open_for_writing(&crashed.path()).unwrap().execute_batch(newer).unwrap();
    std::fs::write(wal_of(&crashed.path()), "").unwrap();
    assert!(matches!(crashed.refused().await, OpenError::TooNew { .. }));
    assert!(matches!(crashed.refused().await, OpenError::TooNew { .. }), "and not damaged");
}

#[tokio::test]
async fn a_file_that_is_gone_or_empty_is_never_taken_for_a_new_store() {
    for lose in [|path: &Path| std::fs::remove_file(path), |path: &Path| std::fs::write(path, "")] {
        let shop = Shop::closed().await;
        lose(&shop.path()).unwrap();
        let error = shop.refused().await;
        assert!(matches!(error, OpenError::Missing { .. }), "{error:?}");
    }
    let shop = Shop::closed().await;
    shop.open().await.unwrap().close().await;
    shop.back_up(Reason::Manual).await.unwrap();
    std::fs::remove_file(shop.path()).unwrap();
    std::fs::remove_file(shop.folder.path().join("store.json")).unwrap();
    let error = shop.refused().await;
    assert!(matches!(error, OpenError::Missing { .. }), "backups tell it as well: {error:?}");
    Shop::new().open().await.unwrap().close().await;
}

#[tokio::test]
async fn a_file_that_was_cut_or_filled_with_zeros_is_damaged() {
    let shop = Shop::closed().await;
    let whole = std::fs::read(shop.path()).unwrap();
    let breaks: [Box<dyn Fn() -> Vec<u8>>; 5] = [
        Box::new(|| whole[..1].to_vec()),
        Box::new(|| whole[..whole.len() / 2].to_vec()),
        Box::new(|| whole[..whole.len() - 1].to_vec()),
        Box::new(|| vec![0; whole.len()]),
        Box::new(|| [&vec![0; PAGE], &whole[PAGE..]].concat()),
    ];
    for (case, broken) in breaks.iter().enumerate() {
        // With the seal, and without it as after a crash.
        for state in [None, Some(State::Closing)] {
            let marker = marker::read(&shop.path()).unwrap();
            if let Some(state) = state {
                Marker { state, ..marker.clone() }.write(&shop.path()).unwrap();
            }
            std::fs::write(shop.path(), broken()).unwrap();
            let found = inspection::inspect(&shop.path(), &shop.custody.backups());
            assert!(matches!(found, Err(OpenError::Damaged { .. })), "case {case}: {found:?}");
            std::fs::write(shop.path(), &whole).unwrap();
            marker.write(&shop.path()).unwrap();
        }
    }
}

#[tokio::test]
async fn a_restore_gives_the_verified_state_and_a_new_epoch_and_keeps_the_file_it_replaced() {
    let shop = Shop::closed().await;
    let made = shop.back_up(Reason::Manual).await.unwrap();
    let store = shop.open().await.unwrap();
    fill(&store, 5).await;
    store.close().await;
    let before = std::fs::read(shop.path()).unwrap();
    for (round, epoch) in [2, 3].into_iter().enumerate() {
        let restored = restore(&shop.config(), &made.path, &shop.custody).await.unwrap();
        assert_eq!((restored.epoch, &restored.contents), (epoch, &made.manifest.contents));
        let aside = restored.set_aside.unwrap();
        if round == 0 {
            assert_eq!(std::fs::read(Path::new(&aside).join("fastops.db")).unwrap(), before);
        }
        let store = shop.open().await.unwrap();
        assert_eq!(customers(&store).await, 2_000);
        let identity =
            store.read::<_, StoreError, _>(|tx| Box::pin(identity::identity(tx))).await.unwrap().unwrap();
        assert_eq!((Some(identity.id), identity.epoch), (made.manifest.contents.store, epoch));
        store.close().await;
    }
    shop.verify(&made.path).await.unwrap();
}

#[tokio::test]
async fn a_backup_shows_one_moment_while_orders_go_on() {
    let shop = Shop::closed().await;
    let store = shop.open().await.unwrap();
    let (end, ended) = watch::channel(false);
    let writer = tokio::spawn({
        let store = store.clone();
        async move {
            let mut written = 0;
            while !*ended.borrow() || written == 0 {
                fill(&store, 3).await;
                written += 3;
            }
            written
        }
    });
    let mut backups = Vec::new();
    for _ in 0..3 {
        backups.push(shop.back_up(Reason::Hourly).await.unwrap());
    }
    end.send_replace(true);
    let written: i64 = writer.await.unwrap();
    let counts: Vec<i64> =
        backups.iter().map(|backup| backup.manifest.contents.totals.rows["customer"]).collect();
    assert!(counts.is_sorted() && counts.iter().all(|count| (count - 2_000) % 3 == 0), "{counts:?}");
    assert_eq!(customers(&store).await, 2_000 + written, "nothing that was confirmed is missing");
    store.close().await;
    shop.open().await.unwrap().close().await;
    for backup in backups {
        assert!(backup.is_verified());
        assert_eq!(shop.verify(&backup.path).await.unwrap(), backup.manifest.contents);
    }
}

#[tokio::test]
async fn only_a_backup_that_is_as_it_was_made_is_good() {
    let shop = Shop::closed().await;
    let made = shop.back_up(Reason::Manual).await.unwrap();
    let bytes = std::fs::read(&made.path).unwrap();
    flip(&made.path, bytes.len() / 2);
    let live = std::fs::read(shop.path()).unwrap();
    for outcome in [
        shop.verify(&made.path).await.map(drop),
        restore(&shop.config(), &made.path, &shop.custody).await.map(drop),
    ] {
        let altered = matches!(&outcome, Err(BackupError::Bad { problem: Problem::Altered, .. }));
        assert!(altered, "{outcome:?}");
    }
    assert_eq!(std::fs::read(shop.path()).unwrap(), live, "the store was not touched");
    assert!(!shop.folder.path().join(quarantine::REPLACED).exists());
}

#[tokio::test]
async fn a_backup_whose_totals_differ_is_reported_and_never_offered() {
    let shop = Shop::closed().await;
    let good = shop.back_up(Reason::Manual).await.unwrap();
    let mut other = good.manifest.contents.clone();
    *other.totals.rows.get_mut("customer").unwrap() += 1;
    let changed = backup::Manifest { contents: other, ..good.manifest.clone() };
    let beside = good.path.with_extension("db.json");
    std::fs::write(&beside, serde_json::to_vec(&changed).unwrap()).unwrap();
    let outcome = shop.verify(&good.path).await;
    let differs = matches!(&outcome, Err(BackupError::Bad { problem: Problem::Differs { what, .. }, .. }) if what == "customer");
    assert!(differs, "{outcome:?}");

    let unverified = backup::Manifest { verified_at: None, ..good.manifest };
    std::fs::write(&beside, serde_json::to_vec(&unverified).unwrap()).unwrap();
    assert_eq!(backup::newest_verified(&shop.custody.backups()).unwrap(), None);
}

#[tokio::test]
async fn tables_are_changed_only_after_a_backup() {
    let shop = Shop::new();
    make_old(&shop.path(), 1).unwrap();
    std::fs::write(shop.custody.backups(), "in the way").unwrap();
    let error = shop.refused().await;
    assert!(matches!(error, OpenError::Backup(_)), "{error:?}");
    std::fs::remove_file(shop.custody.backups()).unwrap();

    shop.open().await.unwrap().close().await;
    let made = backup::newest_verified(&shop.custody.backups()).unwrap().unwrap();
    assert_eq!((made.manifest.reason, made.manifest.contents.schema_version), (Reason::BeforeMigration, 1));
    shop.open().await.unwrap().close().await;
    assert_eq!(backup::backups(&shop.custody.backups()).unwrap().len(), 1, "nothing to change, nothing made");

    // An old backup is brought to the present tables when it is restored.
    let restored = restore(&shop.config(), &made.path, &shop.custody).await.unwrap();
    assert_eq!(restored.epoch, 2);
    shop.open().await.unwrap().close().await;
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_refused() {
    let shop = Shop::closed().await;
    let newer = Shop::closed().await;
    let store = newer.open().await.unwrap();
    write(&store, "UPDATE _sqlx_migrations SET version = 9001 WHERE version = 1".into()).await;
    let made = newer.back_up(Reason::Manual).await.unwrap();
    store.close().await;
    let outcome = restore(&shop.config(), &made.path, &shop.custody).await;
    let too_new =
        matches!(&outcome, Err(BackupError::Bad { problem: Problem::TooNew { found: 9001, .. }, .. }));
    assert!(too_new, "{outcome:?}");
    shop.open().await.unwrap().close().await;
}

#[tokio::test]
async fn damage_that_is_found_in_service_is_remembered() {
    let shop = Shop::closed().await;
    let store = shop.open().await.unwrap();
    let marker = marker::read(&shop.path()).unwrap();
    Marker { suspect: true, ..marker }.write(&shop.path()).unwrap();
    store.close().await;
    assert!(marker::read(&shop.path()).unwrap().suspect, "closing does not clear it");
    // An index that lost an entry: only the check of everything sees it.
    let connection = crate::sqlite::open_for_writing(&shop.path()).unwrap();
    connection
        .execute_batch(
            "PRAGMA writable_schema = ON;
             CREATE TABLE robbed (a INTEGER) STRICT;
             INSERT INTO robbed VALUES (1);
             CREATE INDEX robbed_a ON robbed (a) WHERE a > 1;
             UPDATE sqlite_schema SET sql = 'CREATE INDEX robbed_a ON robbed (a)' WHERE name = 'robbed_a'",
        )
        .unwrap();
    connection.close().unwrap();
    let error = shop.refused().await;
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
}
