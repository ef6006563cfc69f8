//! What is missed of a store after a crash: its log, the end of it, or the very file.

use super::*;

#[tokio::test]
async fn a_log_that_was_deleted_after_a_crash_is_missed() {
    let shop = Shop::closed().await;
    let store = shop.open().await.unwrap();
    fill(&store, 10).await;
    let (crashed, control) = (shop.crash(), shop.crash());
    store.close().await;
    std::fs::remove_file(wal_of(&crashed.path())).unwrap();
    let error = crashed.refused().await;
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    let store = control.open().await.unwrap();
    assert_eq!(customers(&store).await, 2_010);
    store.close().await;
}

/// A log that ends too early ends between two units of work, and what is left is whole: only the note tells.
#[tokio::test]
async fn a_log_that_was_cut_is_missed_as_far_as_it_was_noted() {
    let shop = Shop::closed().await;
    let store = shop.open().await.unwrap();
    let log = wal_of(&shop.path());
    let length = || std::fs::read(&log).unwrap().len();
    let change = || write(&store, "UPDATE change_stamp SET version = version + 1".into());
    change().await;
    change().await;
    let noted = length();
    store.note_reached().await.unwrap();
    change().await;
    let crashed = shop.crash();
    store.close().await;

    let (path, backups) = (crashed.path(), crashed.custody.backups());
    let bytes = std::fs::read(wal_of(&path)).unwrap();
    let marker = marker::read(&path).unwrap();
    let cut_to = |end: usize| {
        std::fs::write(wal_of(&path), &bytes[..end]).unwrap();
        inspection::inspect(&path, &backups)
    };
    for end in [bytes.len(), bytes.len() - 1, noted] {
        assert!(cut_to(end).is_ok(), "cut to {end}: what was noted is there");
    }
    for end in [noted - 1, noted / 2, 32, 1, 0] {
        let found = cut_to(end);
        let missing = matches!(&found, Err(OpenError::Damaged { source, .. }) if source.to_string().contains("changes"));
        assert!(missing, "cut to {end}: {found:?}");
        Marker { reached: None, ..marker.clone() }.write(&path).unwrap();
        assert!(cut_to(end).is_ok(), "without the note nobody would know");
        marker.write(&path).unwrap();
    }
}

#[tokio::test]
async fn another_stores_file_in_its_place_is_not_taken_for_it() {
    let (shop, other) = (Shop::closed().await, Shop::closed().await);
    let (store, others) = (shop.open().await.unwrap(), other.open().await.unwrap());
    fill(&others, 10).await;
    let (crashed, foreign) = (shop.crash(), other.crash());
    store.close().await;
    others.close().await;
    assert!(inspection::inspect(&crashed.path(), &crashed.custody.backups()).is_ok(), "its own is");
    std::fs::copy(foreign.path(), crashed.path()).unwrap();
    std::fs::copy(wal_of(&foreign.path()), wal_of(&crashed.path())).unwrap();
    let error = crashed.refused().await;
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
}

#[tokio::test]
async fn what_a_crash_left_in_the_log_is_in_the_file_once_that_is_open() {
    let shop = Shop::closed().await;
    let store = shop.open().await.unwrap();
    fill(&store, 10).await;
    let crashed = shop.crash();
    store.close().await;
    let store = crashed.open().await.unwrap();
    // The file alone, without its log.
    let alone = Shop::new();
    std::fs::copy(crashed.path(), alone.path()).unwrap();
    store.close().await;
    let opened = alone.open().await.unwrap();
    assert_eq!(customers(&opened).await, 2_010);
    opened.close().await;
}
