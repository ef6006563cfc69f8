//! Law: what is said of a product takes the place of what was said before, is over when its day is, and is never
//! counted below nothing.

use super::on_both_engines;
use super::world::{NOW, World};
use fastops_domain::ids::{BranchId, ProductId};
use fastops_store::availability::{self, Said, Sold};
use fastops_store::{Store, StoreError, menu};

on_both_engines!(the_last_word_counts, a_word_is_over_with_its_day, nothing_is_counted_below_nothing);

async fn say(store: &Store, world: &World, units: Option<i64>, ends_in_ms: Option<i64>) -> bool {
    let (branch, product) = (world.branch.id, world.product.id);
    let ends_at = ends_in_ms.map(|ms| NOW.plus_ms(ms));
    let said = units.map(|units| Said { units, ends_at, by: world.waiter.id, at: NOW });
    store
        .write::<_, StoreError, _>(move |tx| Box::pin(availability::say(tx, branch, product, said)))
        .await
        .unwrap()
}

/// What was said in all, what is left, and whether the menu says that it is sold out.
async fn known(store: &Store, branch: BranchId, product: ProductId) -> (Option<i64>, Option<i64>, bool) {
    store
        .read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let menu = menu::menu(tx, branch).await?;
                let left = availability::left(tx, branch).await?;
                let units = menu.said.get(&product).map(|said| said.units);
                Ok((units, left.get(&product).copied(), menu.products[0].sold_out))
            })
        })
        .await
        .unwrap()
}

async fn the_last_word_counts(store: Store) {
    let world = World::open(&store).await;
    let known = async || known(&store, world.branch.id, world.product.id).await;
    assert_eq!(known().await, (None, None, false));
    for (units, left, sold_out) in [
        (Some(8), Some(8), false),
        (Some(0), None, true),
        (Some(3), Some(3), false),
        (None, None, false),
        (Some(5), Some(5), false),
    ] {
        assert!(say(&store, &world, units, None).await);
        assert_eq!(known().await, (units, left, sold_out), "{units:?}");
    }
}

async fn a_word_is_over_with_its_day(store: Store) {
    let world = World::open(&store).await;
    let (branch, product) = (world.branch.id, world.product.id);
    let end = async |after_ms: i64| {
        let now = NOW.plus_ms(after_ms);
        let unit = store.write::<_, StoreError, _>(move |tx| Box::pin(availability::end(tx, branch, now)));
        unit.await.unwrap()
    };
    say(&store, &world, Some(0), Some(1000)).await;
    assert_eq!(end(999).await, 0);
    assert_eq!(known(&store, branch, product).await, (Some(0), None, true));
    assert_eq!((end(1000).await, end(1000).await), (1, 0));
    assert_eq!(known(&store, branch, product).await, (None, None, false));
    say(&store, &world, Some(0), None).await;
    assert_eq!(end(i64::from(u32::MAX)).await, 0, "it stays until somebody says otherwise");
    assert_eq!(known(&store, branch, product).await, (Some(0), None, true));
}

async fn nothing_is_counted_below_nothing(store: Store) {
    let world = World::open(&store).await;
    let (branch, product) = (world.branch.id, world.product.id);
    say(&store, &world, Some(2), None).await;
    let sell = async |units: i64| {
        let sold = [Sold { product, units }];
        let unit = store.write::<_, StoreError, _>(move |tx| {
            Box::pin(async move { availability::count_down(tx, branch, &sold).await })
        });
        unit.await
    };
    sell(1).await.unwrap();
    let refused = sell(2).await.unwrap_err();
    assert!(matches!(&refused, StoreError::RuleBroken { rule } if rule == "countdown_left"), "{refused:?}");
    assert_eq!(known(&store, branch, product).await.1, Some(1));
    sell(1).await.unwrap();
    assert_eq!(known(&store, branch, product).await.1, Some(0));
}
