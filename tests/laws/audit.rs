//! Law: the audit log is a chain, and whoever alters it behind the program's back is found.
//!
//! Every alteration is made with the triggers gone, in a unit that is taken back afterwards.

use super::on_both_engines;
use super::world::{NOW, World, id};
use fastops_domain::audit::{Act, Fault, Head};
use fastops_domain::ids::BranchId;
use fastops_store::{Store, StoreError, Tx, audit, probe};
use serde_json::json;
use tokio::task::JoinSet;

on_both_engines!(
    each_act_hangs_on_the_one_before_it,
    many_writers_make_one_chain_without_a_gap,
    every_alteration_is_found,
    a_head_on_paper_finds_a_log_that_was_rewound,
    a_long_chain_is_walked_in_pages,
    the_acts_of_before_the_chain_come_into_it_once,
    what_a_database_makes_of_json_does_not_break_the_chain,
);

const WRITERS: u64 = 40;

fn act(world: &World, n: u64, detail: serde_json::Value) -> Act {
    Act {
        id: id(31, n),
        branch: world.branch.id,
        at: NOW.plus_ms(i64::try_from(n).unwrap()),
        user: Some(world.waiter.id),
        terminal: n.is_multiple_of(2).then_some(world.terminal.id),
        action: "void_line".into(),
        subject_kind: "order_line".into(),
        subject: id(23, n),
        detail,
    }
}

async fn append(store: &Store, acts: Vec<Act>) {
    let branch = acts[0].branch;
    store
        .write::<_, StoreError, _>(move |tx| {
            let acts = acts.clone();
            Box::pin(async move { audit::append(tx, branch, &acts).await })
        })
        .await
        .unwrap();
}

async fn verdict(store: &Store, branch: BranchId) -> Result<Head, Fault> {
    store.read::<_, StoreError, _>(move |tx| Box::pin(audit::verify_chain(tx, branch))).await.unwrap()
}

async fn each_act_hangs_on_the_one_before_it(store: Store) {
    let world = World::open(&store).await;
    let branch = world.branch.id;
    assert_eq!(verdict(&store, branch).await, Ok(Head::genesis(branch)), "an empty chain is whole");
    let rows = world.clone();
    let head = store
        .write::<_, StoreError, _>(move |tx| {
            let acts = [1, 2].map(|n| act(&rows, n, json!({ "n": n })));
            Box::pin(async move {
                assert_eq!(audit::head(tx, branch).await?, None);
                for act in &acts {
                    audit::insert_audit(tx, act).await?;
                }
                assert_eq!(audit::audit_of(tx, "order_line", acts[1].subject).await?, acts[1..]);
                audit::head(tx, branch).await
            })
        })
        .await
        .unwrap()
        .unwrap();
    let first = Head::genesis(branch).append(act(&world, 1, json!({ "n": 1 })));
    assert_eq!(head, first.head().append(act(&world, 2, json!({ "n": 2 }))).head());
    assert_eq!(verdict(&store, branch).await, Ok(head));
}

async fn many_writers_make_one_chain_without_a_gap(store: Store) {
    let world = World::open(&store).await;
    let mut writers = JoinSet::new();
    for n in 1..=WRITERS {
        let (store, act) = (store.clone(), act(&world, n, json!({ "n": n })));
        writers.spawn(async move {
            store
                .write::<_, StoreError, _>(move |tx| {
                    let act = act.clone();
                    Box::pin(async move {
                        audit::insert_audit(tx, &act).await?;
                        if n.is_multiple_of(4) { Err(StoreError::Stale { what: "the test" }) } else { Ok(()) }
                    })
                })
                .await
                .is_ok()
        });
    }
    let kept = writers.join_all().await.into_iter().filter(|kept| *kept).count();
    assert_eq!(kept as u64, WRITERS - WRITERS / 4, "a unit that fails gives its place back");
    let head = verdict(&store, world.branch.id).await.unwrap();
    assert_eq!(head.seq, i64::try_from(kept).unwrap());
}

/// How a unit ends that is to be taken back with what it found.
enum End<T> {
    Found(T),
    Broken(StoreError),
}

impl<T> From<StoreError> for End<T> {
    fn from(error: StoreError) -> Self {
        Self::Broken(error)
    }
}

/// Alters the log with raw statements, asks `question` and takes everything back.
async fn altered(
    store: &Store,
    statements: &'static [&'static str],
    question: impl for<'t> Fn(&'t mut Tx) -> fastops_store::Work<'t, Result<Head, Fault>, StoreError>
    + Send
    + Sync
    + Copy
    + 'static,
) -> Result<Head, Fault> {
    let triggers = if on_postgres(store) {
        &["DROP TRIGGER audit_log_append_only ON audit_log"][..]
    } else {
        &["DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete"]
    };
    let end = store
        .write::<(), End<Result<Head, Fault>>, _>(move |tx| {
            Box::pin(async move {
                for statement in triggers {
                    probe::execute(tx, statement).await?;
                }
                for statement in statements {
                    assert!(probe::execute(tx, statement).await? > 0, "{statement} alters something");
                }
                Err(End::Found(question(tx).await?))
            })
        })
        .await;
    match end {
        Err(End::Found(verdict)) => verdict,
        Err(End::Broken(error)) => panic!("{error:?}"),
        Ok(()) => unreachable!("the unit never succeeds"),
    }
}

fn on_postgres(store: &Store) -> bool {
    probe::statements(store).iter().any(|(_, text)| text.contains("jsonb_to_recordset"))
}

async fn every_alteration_is_found(store: Store) {
    let world = World::open(&store).await;
    let branch = world.branch.id;
    append(&store, (1..=5).map(|n| act(&world, n, json!({ "amount_minor": n }))).collect()).await;
    let whole = verdict(&store, branch).await.unwrap();
    let alterations: [(&'static [&'static str], Fault); 10] = [
        (&["UPDATE audit_log SET detail = '{\"amount_minor\": 1}' WHERE seq = 3"], Fault::Edited { seq: 3 }),
        (&["UPDATE audit_log SET at = at + 1 WHERE seq = 1"], Fault::Edited { seq: 1 }),
        (&["UPDATE audit_log SET user_id = NULL WHERE seq = 5"], Fault::Edited { seq: 5 }),
        (&["UPDATE audit_log SET hash = previous_hash WHERE seq = 2"], Fault::Edited { seq: 2 }),
        (&["DELETE FROM audit_log WHERE seq = 2"], Fault::Deleted { seq: 2 }),
        (
            &[
                "DELETE FROM audit_log WHERE seq = 2",
                "UPDATE audit_log SET seq = seq + 1000 WHERE seq > 2",
                "UPDATE audit_log SET seq = seq - 1001 WHERE seq > 2",
                "UPDATE audit_head SET seq = 4",
            ],
            Fault::Reordered { seq: 2 },
        ),
        (
            &[
                "UPDATE audit_log SET seq = 1002 WHERE seq = 2",
                "UPDATE audit_log SET seq = 2 WHERE seq = 4",
                "UPDATE audit_log SET seq = 4 WHERE seq = 1002",
            ],
            Fault::Reordered { seq: 2 },
        ),
        (&["DELETE FROM audit_log WHERE seq > 3"], Fault::TailCut { last: 3, expected: 5 }),
        (&["DELETE FROM audit_log"], Fault::TailCut { last: 0, expected: 5 }),
        (
            &["UPDATE audit_head SET hash = (SELECT previous_hash FROM audit_log WHERE seq = 5)"],
            Fault::ForeignHead { seq: 5 },
        ),
    ];
    for (statements, fault) in alterations {
        let found = altered(&store, statements, move |tx| Box::pin(audit::verify_chain(tx, branch))).await;
        assert_eq!(found, Err(fault), "{statements:?}");
    }
    assert_eq!(verdict(&store, branch).await, Ok(whole), "every alteration was taken back");
}

async fn a_head_on_paper_finds_a_log_that_was_rewound(store: Store) {
    const REWIND: &[&str] = &[
        "DELETE FROM audit_log WHERE seq > 3",
        "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_log WHERE seq = 3)",
    ];
    let world = World::open(&store).await;
    let branch = world.branch.id;
    append(&store, (1..=5).map(|n| act(&world, n, json!(n))).collect()).await;
    let noted = verdict(&store, branch).await.unwrap();
    let alone = altered(&store, REWIND, move |tx| Box::pin(audit::verify_chain(tx, branch))).await;
    assert_eq!(alone.unwrap().seq, 3, "the log alone cannot know what it has lost");
    let with_paper =
        altered(&store, REWIND, move |tx| Box::pin(audit::verify_chain_through(tx, branch, noted))).await;
    assert_eq!(with_paper, Err(Fault::TailCut { last: 3, expected: 5 }));
    append(&store, vec![act(&world, 6, json!(6))]).await;
    let grown = store
        .read::<_, StoreError, _>(move |tx| Box::pin(audit::verify_chain_through(tx, branch, noted)))
        .await
        .unwrap();
    assert_eq!(grown.unwrap().seq, 6, "a chain that only grew still holds the noted head");
}

async fn a_long_chain_is_walked_in_pages(store: Store) {
    let world = World::open(&store).await;
    let branch = world.branch.id;
    for batch in 0..5 {
        append(&store, (1..=450).map(|n| act(&world, batch * 450 + n, json!(n))).collect()).await;
    }
    assert_eq!(verdict(&store, branch).await.unwrap().seq, 2_250);
    let edit: &[&str] = &["UPDATE audit_log SET action = 'void_lines' WHERE seq = 2100"];
    let found = altered(&store, edit, move |tx| Box::pin(audit::verify_chain(tx, branch))).await;
    assert_eq!(found, Err(Fault::Edited { seq: 2_100 }));
}

async fn the_acts_of_before_the_chain_come_into_it_once(store: Store) {
    let world = World::open(&store).await;
    let added = store
        .write::<_, StoreError, _>(|tx| {
            Box::pin(async move {
                probe::execute(
                    tx,
                    "INSERT INTO audit_log_unchained (id, branch_id, at, action, subject_kind, subject_id, detail)
                     SELECT id, branch_id, 7, 'reprint_ticket', 'station', id, '{\"copy\": 1.50, \"a\": null}'
                     FROM station",
                )
                .await?;
                Ok([audit::chain_old_rows(tx).await?, audit::chain_old_rows(tx).await?])
            })
        })
        .await
        .unwrap();
    assert_eq!(added, [2, 0]);
    append(&store, vec![act(&world, 1, json!(1))]).await;
    assert_eq!(verdict(&store, world.branch.id).await.unwrap().seq, 3);
}

async fn what_a_database_makes_of_json_does_not_break_the_chain(store: Store) {
    let world = World::open(&store).await;
    let details = [
        json!(null),
        json!({ "z": 1, "a": [1.0, 1e2, 0.1, -0.0, 1e16, 2.5e-7, u64::MAX, i64::MIN] }),
        json!({ "ñandú": "«¿qué?»\n\t\"\\\u{7f}😀", "": {} }),
        json!([[], {}, "", false]),
    ];
    let acts = (1..).zip(details).map(|(n, detail)| act(&world, n, detail)).collect();
    append(&store, acts).await;
    assert_eq!(verdict(&store, world.branch.id).await.map(|head| head.seq), Ok(4));
}
