//! Law: a recipe says what a thing is made of, whole and in place of what was said before.

use super::on_both_engines;
use super::world::{World, id};
use fastops_domain::ids::{ProductId, SizeId, VariantId};
use fastops_domain::menu::ProductKind;
use fastops_domain::stock::{Item, Quantity};
use fastops_store::menu::Product;
use fastops_store::recipe::{self, Ingredient, RecipeLine};
use fastops_store::variant::{self, Variant};
use fastops_store::{Store, StoreError, menu};

on_both_engines!(
    a_recipe_replaces_the_one_before,
    a_variant_is_made_in_its_own_way,
    no_recipe_goes_in_circles
);

/// Two ingredients; the second is not counted.
const INGREDIENTS: [ProductId; 2] =
    [ProductId(uuid::Uuid::from_u128(0xA1)), ProductId(uuid::Uuid::from_u128(0xA2))];

fn of(ingredient: usize, milli: i64) -> Ingredient {
    Ingredient { product: INGREDIENTS[ingredient], quantity: Quantity(milli) }
}

async fn open(store: &Store) -> World {
    let world = World::open(store).await;
    let rows = [0, 1].map(|n| Product {
        id: INGREDIENTS[n],
        name: format!("Ingrediente {n}"),
        kind: ProductKind::Ingredient,
        tracks_stock: n == 0,
        ..world.product.clone()
    });
    store
        .write::<_, StoreError, _>(move |tx| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    menu::insert_product(tx, row).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    world
}

async fn set(store: &Store, makes: Item, ingredients: &[Ingredient]) -> Result<(), StoreError> {
    let ingredients = ingredients.to_vec();
    store
        .write(move |tx| {
            let ingredients = ingredients.clone();
            Box::pin(async move { recipe::set_recipe(tx, makes, &ingredients).await })
        })
        .await
}

async fn recipes(store: &Store, world: &World) -> Vec<RecipeLine> {
    let branch = world.branch.id;
    store.read::<_, StoreError, _>(move |tx| Box::pin(recipe::recipes(tx, branch))).await.unwrap()
}

fn line(makes: Item, ingredient: Ingredient) -> RecipeLine {
    RecipeLine { makes, ingredient, tracks_stock: ingredient.product == INGREDIENTS[0] }
}

async fn a_recipe_replaces_the_one_before(store: Store) {
    let world = open(&store).await;
    let soup = Item::product(world.product.id);
    set(&store, soup, &[of(0, 250), of(1, 40)]).await.unwrap();
    assert_eq!(recipes(&store, &world).await, [line(soup, of(0, 250)), line(soup, of(1, 40))]);
    set(&store, soup, &[of(0, 300)]).await.unwrap();
    assert_eq!(recipes(&store, &world).await, [line(soup, of(0, 300))]);
    let twice = set(&store, soup, &[of(1, 1), of(1, 2)]).await;
    assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
    assert_eq!(recipes(&store, &world).await, [line(soup, of(0, 300))], "a refused recipe changes nothing");
    set(&store, soup, &[]).await.unwrap();
    assert_eq!(recipes(&store, &world).await, []);
}

async fn a_variant_is_made_in_its_own_way(store: Store) {
    let world = open(&store).await;
    let big = Item { product: world.product.id, variant: Some(VariantId(id(50, 1))) };
    let row = Variant {
        id: VariantId(id(50, 1)),
        product: world.product.id,
        size: Some(SizeId(id(16, 1))),
        color: None,
        price: None,
        short_code: None,
        active: true,
    };
    store
        .write::<_, StoreError, _>(move |tx| {
            let row = row.clone();
            Box::pin(async move { variant::insert_variants(tx, &[row]).await })
        })
        .await
        .unwrap();
    let soup = Item::product(world.product.id);
    set(&store, soup, &[of(0, 250)]).await.unwrap();
    set(&store, big, &[of(0, 400)]).await.unwrap();
    set(&store, soup, &[of(0, 200)]).await.unwrap();
    let mut found = recipes(&store, &world).await;
    found.sort_by_key(|line| line.ingredient.quantity);
    assert_eq!(found, [line(soup, of(0, 200)), line(big, of(0, 400))]);
}

async fn no_recipe_goes_in_circles(store: Store) {
    let world = open(&store).await;
    let soup = Item::product(world.product.id);
    let itself = Ingredient { product: world.product.id, quantity: Quantity(1) };
    for (ingredient, broken) in [(itself, Some("recipe_of_others")), (of(0, 0), None), (of(0, -5), None)] {
        match set(&store, soup, &[ingredient]).await {
            Err(StoreError::RuleBroken { rule }) => {
                assert!(broken.is_none_or(|broken| rule == broken), "{rule}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(recipes(&store, &world).await, []);
}
