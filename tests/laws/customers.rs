//! Law: a customer is found by the beginning of what people mean, page by page, each once, in one company alone.

use super::on_both_engines;
use super::world::{NOW, World, id};
use fastops_domain::customer::{Details, FoundBy};
use fastops_domain::ids::{CompanyId, CustomerId};
use fastops_store::customer::{self, Customer, PageEnd};
use fastops_store::{Store, StoreError};

on_both_engines!(
    a_customer_is_found_however_they_are_typed,
    pages_hold_each_customer_once,
    what_was_changed_is_found_by_what_it_is_now,
    who_is_not_active_is_not_found,
);

fn named(name: &str) -> Details {
    Details { name: name.into(), ..Details::default() }
}

async fn insert(store: &Store, company: CompanyId, n: u64, details: Details) {
    let unit = store.write::<_, StoreError, _>(move |tx| {
        let details = details.clone();
        Box::pin(
            async move { customer::insert_customer(tx, company, CustomerId(id(61, n)), &details, NOW).await },
        )
    });
    unit.await.unwrap();
}

async fn find(store: &Store, company: CompanyId, by: FoundBy, text: &str) -> Vec<Customer> {
    let key = by.key(text).unwrap();
    let read = store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move { customer::find(tx, company, by, &key, None, 99).await })
    });
    read.await.unwrap()
}

fn numbers(found: &[Customer]) -> Vec<u128> {
    found.iter().map(|customer| customer.id.0.as_u128() & 0xffff).collect()
}

async fn a_customer_is_found_however_they_are_typed(store: Store) {
    let company = World::open(&store).await.company.id;
    let munoz = Details {
        phone: Some("+57 300 123-4567".into()),
        tax_number: Some("900.123.456-7".into()),
        note: Some("«VIP» 😀".into()),
        ..named("Muñoz Álvarez, Señora")
    };
    insert(&store, company, 1, munoz.clone()).await;
    insert(&store, company, 2, Details { phone: Some("(57) 301".into()), ..named("Munera") }).await;
    insert(&store, company, 3, named("Zoé")).await;
    for (by, text, expected) in [
        (FoundBy::Name, "MUN", &[2, 1][..]),
        (FoundBy::Name, "munoz alv", &[1]),
        (FoundBy::Name, "ZOE", &[3]),
        (FoundBy::Name, "oz", &[]),
        (FoundBy::Phone, "+57-30", &[1, 2]),
        (FoundBy::Phone, "573001", &[1]),
        (FoundBy::TaxNumber, "900 123", &[1]),
        (FoundBy::TaxNumber, "9001234568", &[]),
    ] {
        assert_eq!(numbers(&find(&store, company, by, text).await), expected, "{by:?} {text}");
    }
    assert_eq!(find(&store, company, FoundBy::Phone, "573001").await[0].details, munoz, "as it was typed");
    assert_eq!(find(&store, CompanyId(id(1, 9)), FoundBy::Name, "mun").await, [], "another company's");
}

async fn pages_hold_each_customer_once(store: Store) {
    let company = World::open(&store).await.company.id;
    // Many of one name: the page ends between them.
    for n in 0..25 {
        insert(&store, company, n, named(if n % 3 == 0 { "Ana Ruiz" } else { "Ana" })).await;
    }
    let (mut seen, mut after) = (Vec::new(), None::<PageEnd>);
    loop {
        let from = after.clone();
        let read = store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move { customer::find(tx, company, FoundBy::Name, "ana", from.as_ref(), 4).await })
        });
        let page = read.await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(PageEnd { key: last.found_key.clone(), id: last.id });
        // Somebody who comes before the page's end does not move what follows.
        insert(&store, company, 100 + seen.len() as u64, named("Aa")).await;
        seen.extend(numbers(&page));
    }
    let of = |ruiz: bool| (0..25).filter(move |n| (n % 3 == 0) == ruiz);
    assert_eq!(seen, of(false).chain(of(true)).collect::<Vec<u128>>());
}

async fn what_was_changed_is_found_by_what_it_is_now(store: Store) {
    let company = World::open(&store).await.company.id;
    insert(&store, company, 1, Details { phone: Some("300".into()), ..named("Ana") }).await;
    let change = |company: CompanyId, n: u64| {
        let store = store.clone();
        async move {
            let unit = store.write::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    customer::change_customer(tx, company, CustomerId(id(61, n)), &named("Íngrid")).await
                })
            });
            unit.await.unwrap()
        }
    };
    assert!(!change(CompanyId(id(1, 9)), 1).await, "another company's");
    assert!(!change(company, 2).await, "nobody");
    assert!(change(company, 1).await);
    assert_eq!(numbers(&find(&store, company, FoundBy::Name, "ingrid").await), [1]);
    assert_eq!(find(&store, company, FoundBy::Name, "ana").await, []);
    assert_eq!(find(&store, company, FoundBy::Phone, "300").await, [], "the old number is gone");
}

async fn who_is_not_active_is_not_found(store: Store) {
    let company = World::open(&store).await.company.id;
    insert(&store, company, 1, named("Ana")).await;
    let who = CustomerId(id(61, 1));
    for (active, expected) in [(false, &[][..]), (true, &[1])] {
        let unit = store.write::<_, StoreError, _>(move |tx| {
            Box::pin(customer::set_customer_active(tx, company, who, active))
        });
        assert!(unit.await.unwrap());
        assert_eq!(numbers(&find(&store, company, FoundBy::Name, "ana").await), expected);
        let read = store.read::<_, StoreError, _>(move |tx| Box::pin(customer::customer(tx, company, who)));
        assert_eq!(read.await.unwrap().map(|customer| customer.active), Some(active), "and is still there");
    }
}
