//! A damaged file: flipped bytes, a lost end, a lost head, a damaged, cut or lost log. Opening never panics,
//! never takes damage for something else, and leaves what it refuses as it is. A log ends where its damage
//! begins, and what came before it is whole.
//!
//! Each case is judged against the sound file: found at the opening, harmless (every row is the same
//! and the file is whole), or taken for sound. The opening is that of the database alone, without what is
//! noted beside it; a core also reads the note, and finds out what is missing of the log.
//!
//! Proves R5 together with `recovery.rs`.

use super::io::{config, copy, left_in_a_hurry};
use super::{all_cases, chance};
use fastops_app::App;
use fastops_app::wire::FailureCode;
use fastops_store::{OpenError, Store, StoreConfig, probe};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PAGE: usize = 4_096;
/// SQLite's log, beside the file.
const LOG: &str = "fastops.db-wal";
/// SQLite's own header at the start of the file.
const HEADER: usize = 100;

type Contents = BTreeMap<String, Vec<String>>;

/// What became of a damaged file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// The store refused to open, with the right reason.
    Refused,
    /// It opened; every row is the same, and the file is whole.
    Harmless,
    /// It opened, and SQLite's full check would have found the damage.
    Overlooked,
    /// It opened, the full check finds nothing, and rows are not what they were.
    Changed,
}

/// A sound file of the demo company with a few orders.
struct Sound {
    bytes: Vec<u8>,
    contents: Contents,
}

impl Sound {
    async fn make() -> Self {
        let folder = left_in_a_hurry().await;
        // A core that starts and stops folds the log into the file.
        App::start(config(folder.path())).await.unwrap().stop().await;
        let path = folder.path().join("fastops.db");
        let contents = probe::file::contents(&path).unwrap();
        Self { bytes: std::fs::read(path).unwrap(), contents }
    }

    /// Opens a file with these bytes and judges what became of it.
    async fn judge(&self, bytes: &[u8]) -> Verdict {
        let (_folder, path) = file_of(bytes);
        match open(&path).await {
            Err(OpenError::Damaged { path: named, .. }) => {
                assert_eq!(named, path);
                assert!(std::fs::read(&path).unwrap() == bytes, "what is refused is left as it is");
                return Verdict::Refused;
            }
            Err(other) => panic!("a damaged file was taken for something else: {other:?}"),
            Ok(store) => store.close().await,
        }
        let whole = probe::file::integrity(&path).is_ok_and(|findings| findings.is_empty());
        let same = probe::file::contents(&path).is_ok_and(|contents| contents == self.contents);
        match (whole, same) {
            (true, true) => Verdict::Harmless,
            (false, _) => Verdict::Overlooked,
            (true, false) => Verdict::Changed,
        }
    }
}

fn file_of(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fastops.db");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

async fn open(path: &Path) -> Result<Store, OpenError> {
    Store::open(&StoreConfig::Sqlite { path: path.to_owned() }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sound_copy_is_sound() {
    let sound = Sound::make().await;
    assert!(
        sound.contents.get("order_line").is_some_and(|rows| rows.len() >= 9),
        "{:?}",
        sound.contents.keys()
    );
    assert_eq!(sound.judge(&sound.bytes).await, Verdict::Harmless);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_without_its_head_or_its_end_is_refused() {
    let sound = Sound::make().await;
    let mut headless = sound.bytes.clone();
    headless[..HEADER].fill(0);
    assert_eq!(sound.judge(&headless).await, Verdict::Refused, "the header is zeros");
    for kept in [HEADER / 2, PAGE, PAGE * 3 / 2, sound.bytes.len() / 2, sound.bytes.len() - PAGE] {
        assert_eq!(sound.judge(&sound.bytes[..kept]).await, Verdict::Refused, "cut to {kept} bytes");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flipped_byte_is_nothing_else_than_damage() {
    let sound = Sound::make().await;
    let pages = sound.bytes.len() / PAGE;
    let cases = if all_cases() { 200 } else { 20 };
    let mut verdicts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for case in 0..cases {
        let mut bytes = sound.bytes.clone();
        // Each page in its turn; in it, the first byte after some place that holds something.
        let from = case * pages / cases * PAGE + chance(case, PAGE);
        let at = (from..bytes.len()).find(|at| bytes[*at] != 0).unwrap_or(from);
        bytes[at] ^= 1 << chance(case, 8);
        *verdicts.entry(sound.judge(&bytes).await).or_default() += 1;
    }
    let harmful = cases - verdicts.get(&Verdict::Harmless).copied().unwrap_or_default();
    assert!(harmful >= cases / 10, "the damage does no harm and proves nothing: {verdicts:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_log_ends_at_the_damage_and_between_two_orders() {
    let hurried = left_in_a_hurry().await;
    let log = std::fs::read(hurried.path().join(LOG)).unwrap();
    let whole = orders_after(hurried.path(), Some(&log)).await;
    assert_eq!(whole, Some(3));
    let mut kept = BTreeSet::new();
    let cases = if all_cases() { 200 } else { 20 };
    for case in 0..cases {
        let at = log.len() * case / cases + chance(case, log.len() / cases);
        let mut flipped = log.clone();
        flipped[at] ^= 1 << chance(case, 8);
        let after_flip = orders_after(hurried.path(), Some(&flipped)).await;
        let after_cut = orders_after(hurried.path(), Some(&log[..at])).await;
        assert_eq!(after_flip, after_cut, "the log ends at byte {at}");
        kept.insert(after_cut);
    }
    assert!(kept.len() >= 3, "some orders, and not always the same number: {kept:?}");
    orders_after(hurried.path(), None).await;
}

/// The control is the database alone: it opens, and knows fewer orders.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_core_finds_out_that_its_log_lacks_orders_and_keeps_what_is_left() {
    let hurried = left_in_a_hurry().await;
    let log = std::fs::read(hurried.path().join(LOG)).unwrap();
    let cases = if all_cases() { 200 } else { 12 };
    let mut lost_in_silence = 0;
    for case in 0..=cases {
        let kept = &log[..log.len() * case / cases];
        let copied = tempfile::tempdir().unwrap();
        copy(hurried.path(), copied.path());
        std::fs::write(copied.path().join(LOG), kept).unwrap();
        match App::start(config(copied.path())).await {
            Ok(app) => {
                app.stop().await;
                assert_eq!(orders_after(hurried.path(), Some(kept)).await, Some(3), "cut to {}", kept.len());
            }
            Err(failure) => {
                assert_eq!(failure.code, FailureCode::DataDamaged, "cut to {}: {failure:?}", kept.len());
                lost_in_silence += usize::from(
                    orders_after(hurried.path(), Some(kept)).await.is_some_and(|orders| orders < 3),
                );
                let aside =
                    std::fs::read_dir(copied.path().join("damaged")).unwrap().next().unwrap().unwrap();
                assert!(aside.path().join("fastops.db").exists(), "what is left is kept");
                assert!(App::start(config(copied.path())).await.is_err(), "and nothing starts in its place");
            }
        }
    }
    assert!(lost_in_silence > 0, "the database alone never lost an order without a word");
}

/// The orders that a copy of this folder knows with this log or none, all of them whole; None when
/// there are no tables yet.
async fn orders_after(folder: &Path, log: Option<&[u8]>) -> Option<usize> {
    let copied = tempfile::tempdir().unwrap();
    copy(folder, copied.path());
    match log {
        Some(log) => std::fs::write(copied.path().join(LOG), log).unwrap(),
        None => std::fs::remove_file(copied.path().join(LOG)).unwrap(),
    }
    let path = copied.path().join("fastops.db");
    assert_eq!(probe::file::integrity(&path).unwrap(), [""; 0]);
    let contents = probe::file::contents(&path).unwrap();
    let rows = |table: &str| contents.get(table).map(Vec::len);
    let orders = rows("customer_order");
    assert_eq!((rows("order_line"), rows("ticket")), (orders.map(|n| n * 3), orders.map(|n| n * 3)));
    open(&path).await.unwrap().close().await;
    orders
}
