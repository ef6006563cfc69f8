//! Law: a branch reads the lists of prices that are its own or its company's, whole, and no others.

use super::on_both_engines;
use super::world::{NOW, World, id};
use fastops_domain::ids::{BranchId, CompanyId, PriceListId};
use fastops_domain::money::Money;
use fastops_domain::price_list::{Hours, PriceList};
use fastops_domain::stock::Item;
use fastops_store::change::Topic;
use fastops_store::{Store, StoreError, price_list, probe};
use std::collections::HashMap;

on_both_engines!(
    lists_are_read_as_they_were_said,
    a_list_that_is_not_active_is_not_read,
    hours_that_cannot_be_are_refused,
);

fn list(n: u64) -> PriceList {
    PriceList {
        id: PriceListId(id(62, n)),
        name: format!("Lista {n}"),
        priority: 3,
        of_branch: false,
        valid_from: None,
        valid_until: None,
        hours: Vec::new(),
        prices: HashMap::new(),
    }
}

async fn insert(
    store: &Store,
    company: CompanyId,
    branch: Option<BranchId>,
    list: PriceList,
    item: Item,
) -> Result<(), StoreError> {
    store
        .write::<_, StoreError, _>(move |tx| {
            let list = list.clone();
            Box::pin(async move {
                price_list::insert_price_list(tx, company, branch, &list).await?;
                price_list::set_price(tx, list.id, item, Money(7)).await?;
                price_list::set_price(tx, list.id, item, Money(5_000)).await
            })
        })
        .await
}

async fn read(store: &Store, branch: BranchId) -> Vec<PriceList> {
    store.read::<_, StoreError, _>(move |tx| Box::pin(price_list::price_lists(tx, branch))).await.unwrap()
}

async fn lists_are_read_as_they_were_said(store: Store) {
    let world = World::open(&store).await;
    let (company, branch, item) = (world.company.id, world.branch.id, Item::product(world.product.id));
    let known = || store.changes().borrow().versions().of(Topic::Menu);
    let before = known();
    let night = [
        Hours { weekday: 5, from_minute: 1_320, to_minute: 120 },
        Hours { weekday: 6, from_minute: 0, to_minute: 1_440 },
    ];
    let own = PriceList {
        of_branch: true,
        valid_from: Some(NOW),
        valid_until: Some(NOW.plus_ms(5)),
        hours: night.to_vec(),
        ..list(1)
    };
    insert(&store, company, Some(branch), own.clone(), item).await.unwrap();
    insert(&store, company, None, list(2), item).await.unwrap();
    assert!(known() > before, "prices are part of the menu");
    let prices = HashMap::from([(item.id(), Money(5_000))]);
    let expected = [PriceList { prices: prices.clone(), ..own }, PriceList { prices, ..list(2) }];
    assert_eq!(read(&store, branch).await, expected);
    assert_eq!(read(&store, BranchId(id(2, 9))).await, [], "another branch's");
}

async fn a_list_that_is_not_active_is_not_read(store: Store) {
    let world = World::open(&store).await;
    let item = Item::product(world.product.id);
    insert(&store, world.company.id, None, list(1), item).await.unwrap();
    assert_eq!(read(&store, world.branch.id).await.len(), 1);
    let off = "UPDATE price_list SET active = FALSE";
    store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, off))).await.unwrap();
    assert_eq!(read(&store, world.branch.id).await, []);
}

async fn hours_that_cannot_be_are_refused(store: Store) {
    let world = World::open(&store).await;
    let item = Item::product(world.product.id);
    for (weekday, from_minute, to_minute) in
        [(0, 0, 60), (8, 0, 60), (1, 1_440, 60), (1, 0, 0), (1, 0, 1_441)]
    {
        let hours = vec![Hours { weekday, from_minute, to_minute }];
        let refused = insert(&store, world.company.id, None, PriceList { hours, ..list(1) }, item).await;
        assert!(refused.is_err(), "weekday {weekday} from {from_minute} to {to_minute}");
    }
    assert_eq!(read(&store, world.branch.id).await, []);
}
