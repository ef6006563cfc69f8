//! Law: what other branches are to hear is numbered without a gap in the unit of the fact, and what they say is
//! applied once.

use super::on_both_engines;
use super::world::{NOW, World, id};
use fastops_domain::ids::BranchId;
use fastops_store::inbox::{self, Place};
use fastops_store::{Store, StoreError, Tx, outbox};
use serde_json::json;
use tokio::task::JoinSet;

on_both_engines!(
    numbers_have_no_gap_however_many_write_and_fail,
    messages_are_read_in_order_after_a_number,
    what_was_sent_is_marked_once,
    a_word_is_applied_once,
    a_word_whose_application_fails_can_come_again,
);

async fn put(tx: &mut Tx, branch: BranchId, n: u64) -> Result<i64, StoreError> {
    outbox::put(tx, branch, "order_closed", &json!({ "n": n }), NOW).await
}

async fn all(store: &Store, branch: BranchId, after: i64, limit: i64) -> Vec<outbox::Message> {
    let read = store.read::<_, StoreError, _>(move |tx| Box::pin(outbox::after(tx, branch, after, limit)));
    read.await.unwrap()
}

async fn fill(store: &Store, branch: BranchId, count: u64) {
    for n in 1..=count {
        store.write::<_, StoreError, _>(move |tx| Box::pin(put(tx, branch, n))).await.unwrap();
    }
}

/// Every third unit fails after it has taken its number, which goes to another.
async fn numbers_have_no_gap_however_many_write_and_fail(store: Store) {
    let branch = World::open(&store).await.branch.id;
    let mut writers = JoinSet::new();
    for n in 0..30_u64 {
        let store = store.clone();
        writers.spawn(async move {
            let unit = store.write::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    let seq = put(tx, branch, n).await?;
                    if n % 3 == 0 { Err(StoreError::Stale { what: "the test" }) } else { Ok(seq) }
                })
            });
            unit.await.ok()
        });
    }
    let mut given: Vec<i64> = writers.join_all().await.into_iter().flatten().collect();
    given.sort_unstable();
    assert_eq!(given, (1..=20).collect::<Vec<_>>());
    let seqs: Vec<i64> = all(&store, branch, 0, 99).await.iter().map(|message| message.seq).collect();
    assert_eq!(seqs, given);
}

async fn messages_are_read_in_order_after_a_number(store: Store) {
    let branch = World::open(&store).await.branch.id;
    fill(&store, branch, 5).await;
    let page = all(&store, branch, 1, 3).await;
    let read: Vec<_> = page.iter().map(|message| (message.seq, message.payload["n"].as_u64())).collect();
    assert_eq!(read, [(2, Some(2)), (3, Some(3)), (4, Some(4))]);
    assert_eq!((page[0].topic.as_str(), page[0].created_at, page[0].sent_at), ("order_closed", NOW, None));
    assert_eq!(all(&store, branch, 5, 3).await, []);
    assert_eq!(all(&store, BranchId(id(2, 9)), 0, 3).await, [], "another branch's");
}

async fn what_was_sent_is_marked_once(store: Store) {
    let branch = World::open(&store).await.branch.id;
    fill(&store, branch, 5).await;
    let mark = async |seq: i64, later: i64| {
        let at = NOW.plus_ms(later);
        let unit =
            store.write::<_, StoreError, _>(move |tx| Box::pin(outbox::mark_sent(tx, branch, seq, at)));
        unit.await.unwrap()
    };
    assert_eq!(mark(3, 1).await, 3);
    assert_eq!(mark(3, 2).await, 0, "a word that comes twice changes nothing");
    assert_eq!(mark(5, 3).await, 2);
    let sent: Vec<_> = all(&store, branch, 0, 9).await.into_iter().map(|message| message.sent_at).collect();
    assert_eq!(sent, [1, 1, 1, 3, 3].map(|later| Some(NOW.plus_ms(later))));
}

fn place(epoch: i64, seq: i64) -> Place {
    Place { source: BranchId(id(2, 7)), epoch, seq }
}

/// Takes a word and, when it is new, applies it: here, by telling on.
async fn apply(store: &Store, branch: BranchId, place: Place) -> Result<bool, StoreError> {
    let unit = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let new = inbox::take(tx, place, "order_closed", &json!({}), NOW).await?;
            if new {
                put(tx, branch, 1).await?;
            }
            Ok(new)
        })
    });
    unit.await
}

async fn last(store: &Store) -> Option<Place> {
    store.read::<_, StoreError, _>(|tx| Box::pin(inbox::last(tx, place(1, 1).source))).await.unwrap()
}

async fn a_word_is_applied_once(store: Store) {
    let branch = World::open(&store).await.branch.id;
    assert_eq!(last(&store).await, None);
    let mut senders = JoinSet::new();
    for n in 0..12 {
        let store = store.clone();
        senders.spawn(async move { apply(&store, branch, place(1, n % 3 + 1)).await });
    }
    let applied = senders.join_all().await.into_iter().filter(|new| *new.as_ref().unwrap()).count();
    assert_eq!((applied, all(&store, branch, 0, 99).await.len()), (3, 3));
    assert_eq!(last(&store).await, Some(place(1, 3)));
    // After a restore the other branch counts from one again, in another epoch.
    assert!(apply(&store, branch, place(2, 1)).await.unwrap());
    assert!(!apply(&store, branch, place(2, 1)).await.unwrap());
    assert_eq!(last(&store).await, Some(place(2, 1)));
}

async fn a_word_whose_application_fails_can_come_again(store: Store) {
    let branch = World::open(&store).await.branch.id;
    let failed = store
        .write::<(), StoreError, _>(|tx| {
            Box::pin(async move {
                assert!(inbox::take(tx, place(1, 1), "order_closed", &json!({}), NOW).await?);
                Err(StoreError::Stale { what: "the test" })
            })
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(last(&store).await, None);
    assert!(apply(&store, branch, place(1, 1)).await.unwrap());
}
