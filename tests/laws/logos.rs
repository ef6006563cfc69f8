//! Law: a branch has one picture for its papers at most, found by the name that papers know it by.

use super::on_both_engines;
use super::world::{World, id};
use fastops_domain::ids::{BranchId, LogoId};
use fastops_domain::picture::Grey;
use fastops_store::{Store, StoreError, logo, probe};

on_both_engines!(
    a_picture_is_found_by_its_name_until_another_takes_its_place,
    a_picture_that_is_not_understood_is_none,
);

async fn set(store: &Store, branch: BranchId, kept: Option<(LogoId, Grey)>) {
    let written = store.write::<_, StoreError, _>(move |tx| {
        let kept = kept.clone();
        Box::pin(
            async move { logo::set(tx, branch, kept.as_ref().map(|(id, picture)| (*id, picture))).await },
        )
    });
    written.await.unwrap();
}

async fn known(store: &Store, branch: BranchId) -> Option<LogoId> {
    store.read::<_, StoreError, _>(move |tx| Box::pin(logo::of_branch(tx, branch))).await.unwrap()
}

async fn picture(store: &Store, id: LogoId) -> Option<Grey> {
    store.read::<_, StoreError, _>(move |tx| Box::pin(logo::picture(tx, id))).await.unwrap()
}

async fn a_picture_is_found_by_its_name_until_another_takes_its_place(store: Store) {
    let world = World::open(&store).await;
    let branch = world.branch.id;
    // Every value there is, in both engines.
    let first = Grey::new(16, (0..=u8::MAX).collect()).unwrap();
    let second = Grey::new(8, vec![7; 64]).unwrap();
    let [one, two] = [LogoId(id(90, 1)), LogoId(id(90, 2))];
    assert_eq!((known(&store, branch).await, picture(&store, one).await), (None, None));
    set(&store, branch, Some((one, first.clone()))).await;
    assert_eq!((known(&store, branch).await, picture(&store, one).await), (Some(one), Some(first)));
    set(&store, branch, Some((two, second.clone()))).await;
    assert_eq!((known(&store, branch).await, picture(&store, two).await), (Some(two), Some(second)));
    assert_eq!(picture(&store, one).await, None, "what was replaced is gone");
    for _ in 0..2 {
        set(&store, branch, None).await;
        assert_eq!((known(&store, branch).await, picture(&store, two).await), (None, None));
    }
}

async fn a_picture_that_is_not_understood_is_none(store: Store) {
    let world = World::open(&store).await;
    let name = LogoId(id(90, 1));
    let grey = Grey::new(8, vec![7; 64]).unwrap();
    set(&store, world.branch.id, Some((name, grey.clone()))).await;
    for (wrong, back) in [("width = 7", "width = 8"), ("width = 5000", "width = 8")] {
        for (change, found) in [(wrong, None), (back, Some(grey.clone()))] {
            let sql = format!("UPDATE receipt_logo SET {change}");
            let done = store.write::<_, StoreError, _>(move |tx| {
                let sql = sql.clone();
                Box::pin(async move { probe::execute(tx, &sql).await })
            });
            assert_eq!(done.await.unwrap(), 1);
            assert_eq!(picture(&store, name).await, found, "{change}");
        }
    }
}
