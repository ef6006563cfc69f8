//! Law: a change to what caches keep is known with its commit, and content is never newer than its version.

use super::on_both_engines;
use super::world::{World, id};
use fastops_domain::ids::ProductId;
use fastops_store::change::{self, Topic, Versions};
use fastops_store::menu::Menu;
use fastops_store::variant::{self, Barcode};
use fastops_store::{Store, StoreError, menu, probe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

on_both_engines!(
    a_change_is_known_before_it_is_answered,
    what_was_taken_back_was_no_change,
    every_topic_of_the_program_is_stamped,
    content_is_as_old_as_its_version,
    a_menu_that_is_read_again_is_what_a_first_reading_finds,
);

async fn sell_out(store: &Store, product: ProductId, sold_out: bool) {
    let unit = store.write::<_, StoreError, _>(move |tx| Box::pin(menu::set_sold_out(tx, product, sold_out)));
    assert!(unit.await.unwrap());
}

fn known(store: &Store) -> Versions {
    store.changes().borrow().versions()
}

async fn a_change_is_known_before_it_is_answered(store: Store) {
    let world = World::open(&store).await;
    for round in 0..10 {
        let before = known(&store);
        sell_out(&store, world.product.id, round % 2 == 0).await;
        let after = known(&store);
        assert!(after.of(Topic::Menu) > before.of(Topic::Menu), "round {round}");
        assert_eq!(after.of(Topic::Floor), before.of(Topic::Floor), "no other topic is touched");
        let read = store.read::<_, StoreError, _>(|tx| Box::pin(change::versions(tx))).await.unwrap();
        assert_eq!(read, after, "what is known is what is read");
    }
}

async fn what_was_taken_back_was_no_change(store: Store) {
    let world = World::open(&store).await;
    let (before, product) = (known(&store), world.product.id);
    let failed = store
        .write::<(), _, _>(move |tx| {
            Box::pin(async move {
                menu::set_sold_out(tx, product, true).await?;
                Err(StoreError::Stale { what: "the test" })
            })
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(known(&store), before);
}

async fn every_topic_of_the_program_is_stamped(store: Store) {
    let versions = known(&store);
    for topic in Topic::ALL {
        assert!(versions.of(topic) > 0, "{} has no stamp", topic.code());
    }
    let world = World::open(&store).await;
    for (topic, statement) in [
        (Topic::Menu, "UPDATE category SET position = 9"),
        (Topic::Floor, "UPDATE room SET position = 9"),
        (Topic::People, "UPDATE app_user SET active = FALSE"),
        (Topic::Stations, "DELETE FROM category_station"),
        (Topic::Settings, "UPDATE terminal SET name = name || '!'"),
    ] {
        let before = known(&store);
        store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement))).await.unwrap();
        assert!(known(&store).of(topic) > before.of(topic), "{} by {statement}", topic.code());
    }
    drop(world);
}

/// A reader that runs into a change must not keep the old content under the new version. Here the content
/// says its own version: each change sets the price to the version that it brings about.
async fn content_is_as_old_as_its_version(store: Store) {
    let world = World::open(&store).await;
    let done = Arc::new(AtomicBool::new(false));
    let step = "UPDATE product SET price_minor = 1 + (SELECT version FROM change_stamp WHERE topic = 'menu')";
    let write = || store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, step)));
    write().await.unwrap();
    let reading = {
        let (store, done, branch) = (store.clone(), Arc::clone(&done), world.branch.id);
        tokio::spawn(async move {
            let mut seen = 0_u32;
            while !done.load(Ordering::Relaxed) || seen == 0 {
                let known = *store.changes().borrow();
                let read = store.read::<_, StoreError, _>(move |tx| {
                    Box::pin(async move {
                        let versions = change::versions(tx).await?;
                        Ok((versions, menu::menu(tx, branch).await?.products[0].price.0))
                    })
                });
                let (versions, price) = read.await.unwrap();
                assert_eq!(price, versions.of(Topic::Menu), "content and version are of one moment");
                assert!(versions.of(Topic::Menu) >= known.versions().of(Topic::Menu), "nothing goes back");
                let now = *store.changes().borrow();
                let current = known.stamp(versions).is_current(&now, &[Topic::Menu]);
                assert_eq!(current, price >= now.versions().of(Topic::Menu), "what was overtaken is old");
                seen += 1;
            }
            seen
        })
    };
    for _ in 0..100 {
        write().await.unwrap();
    }
    done.store(true, Ordering::Relaxed);
    assert!(reading.await.unwrap() > 0);
}

/// Reads the menu with `known` in hand, and without.
async fn read_again(store: &Store, world: &World, known: &Menu) -> Menu {
    let (branch, known) = (world.branch.id, known.clone());
    let read = store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let again = menu::menu_again(tx, branch, &known).await?;
            assert_eq!(
                again,
                menu::menu(tx, branch).await?,
                "what is known changes nothing of what is found"
            );
            Ok(again)
        })
    });
    read.await.unwrap()
}

/// Everything that a menu has, more of it than one of each, and changes of all of it.
async fn a_menu_that_is_read_again_is_what_a_first_reading_finds(store: Store) {
    let world = World::open(&store).await;
    let (category, product, tax) = (world.category.id, world.product.clone(), world.tax.id);
    let more = (2..=4).map(|n| menu::Product {
        id: ProductId(id(11, n)),
        name: format!("Plato {n}"),
        short_code: format!("P{n}"),
        position: i32::try_from(n).unwrap(),
        ..product.clone()
    });
    let more: Vec<_> = more.collect();
    let barcode = Barcode { code: "7701".into(), product: product.id, variant: None };
    let company = world.company.id;
    let added = store.write::<_, StoreError, _>(move |tx| {
        let (more, barcode) = (more.clone(), barcode.clone());
        Box::pin(async move {
            for product in &more {
                menu::insert_product(tx, product).await?;
            }
            variant::insert_barcodes(tx, company, &[barcode]).await
        })
    });
    added.await.unwrap();
    let mut known = read_again(&store, &world, &Menu::default()).await;
    assert_eq!((known.products.len(), &*known.products[3].taxes), (4, &[tax][..]));
    let shared = |one: &Menu, other: &Menu| {
        let is_in =
            |product: &&Arc<menu::Product>| one.products.iter().any(|known| Arc::ptr_eq(known, product));
        other.products.iter().filter(is_in).count()
    };
    // The products that stay where they lie, and whether the list of barcodes does.
    for (statement, products, barcodes) in [
        ("UPDATE product SET name = name", 4, true),
        ("UPDATE product SET price_minor = price_minor + 1 WHERE short_code = 'P2'", 3, true),
        ("UPDATE product SET position = 9 - position", 0, true),
        ("UPDATE product SET active = FALSE WHERE short_code = 'P3'", 3, true),
        ("UPDATE product SET active = TRUE WHERE short_code = 'P3'", 3, true),
        (
            "DELETE FROM product_tax WHERE product_id IN (SELECT id FROM product WHERE short_code = 'P4')",
            3,
            true,
        ),
        ("UPDATE barcode SET code = '7702'", 4, false),
        ("DELETE FROM barcode", 4, false),
        ("UPDATE category SET name = 'Otra'", 4, true),
        ("DELETE FROM product_modifier_group", 4, true),
        ("UPDATE tax SET rate_bp = 1900", 4, true),
    ] {
        store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement))).await.unwrap();
        let again = read_again(&store, &world, &known).await;
        let stay = (shared(&known, &again), Arc::ptr_eq(&known.barcodes, &again.barcodes));
        assert_eq!(stay, (products, barcodes), "{statement}");
        known = again;
    }
    assert_eq!(known.products.iter().map(|one| one.category).collect::<Vec<_>>(), [category; 4]);
}
