//! A happy hour begins and ends by the clock of the house: on the menu, in a quote, on an order.

use crate::house::{self, Engine, HandClock, House, PATIENCE, new_id};
use fastops_app::wire::{AddLines, Event, GetMenu, GetOrder, PriceReason, QuoteLines};
use fastops_app::{App, Caller};
use fastops_domain::ids::{PriceListId, ProductId};
use fastops_domain::money::Money;
use fastops_domain::price_list::{Hours, PriceList};
use fastops_domain::stock::Item;
use fastops_domain::time::Clock;
use fastops_store::{StoreError, company, price_list};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

super::on_both_engines!(a_happy_hour_begins_and_ends_by_the_clock);

/// Friday, 2 January 2026, 17:00 in Bogotá.
const FIVE: i64 = 1_767_330_000_000 + 17 * HOUR;
const HOUR: i64 = 3_600_000;
const HAPPY: Money = Money(123_400);

async fn add_happy_hour(house: &House, product: ProductId) {
    let store = house.app.store_for_faults();
    store
        .write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let (company, branch) = company::first_branch(tx).await?.unwrap();
                let list = PriceList {
                    id: PriceListId(new_id()),
                    name: "Hora feliz".into(),
                    priority: 1,
                    of_branch: true,
                    valid_from: None,
                    valid_until: None,
                    hours: vec![Hours { weekday: 5, from_minute: 17 * 60, to_minute: 19 * 60 }],
                    prices: HashMap::new(),
                };
                price_list::insert_price_list(tx, company.id, Some(branch.id), &list).await?;
                price_list::set_price(tx, list.id, Item::product(product), HAPPY).await
            })
        })
        .await
        .unwrap();
}

async fn on_the_menu(app: &App, caller: &Caller, code: &str) -> (i64, Option<PriceReason>) {
    let menu = app.perform(caller, GetMenu {}).await.unwrap();
    let product = menu.products.into_iter().find(|product| product.short_code == code).unwrap();
    (product.price_minor, product.reason)
}

async fn a_happy_hour_begins_and_ends_by_the_clock(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let product = house.product("602").clone();
    add_happy_hour(&house, ProductId(product.id)).await;
    house.app.stop().await;
    let (folder, database) = house.data();
    let clock = Arc::new(HandClock(AtomicI64::new(FIVE - 30_000)));
    let mut config = house::config(&folder, database, &house.printers);
    config.clock = Arc::clone(&clock) as Arc<dyn Clock>;
    let app = App::start(config).await.unwrap();

    let ordinary = (product.price_minor, None);
    assert_eq!(on_the_menu(&app, &ana, "602").await, ordinary);
    let order = app.perform(&ana, house.take_away(&[("602", 1)])).await.unwrap();
    assert_eq!(order.lines[0].unit_price_minor, product.price_minor);
    let loads = || app.cache_stats().iter().find(|stats| stats.topic == "menu").unwrap().loads;
    let (read, mut events) = (loads(), app.subscribe());

    clock.0.store(FIVE, Ordering::Relaxed);
    let why = PriceReason {
        list: "Hora feliz".into(),
        ordinary_minor: product.price_minor,
        until: Some(FIVE + 2 * HOUR),
    };
    assert_eq!(on_the_menu(&app, &ana, "602").await, (HAPPY.0, Some(why.clone())));
    let quote = QuoteLines { order_id: None, lines: vec![house.line("602", 1)] };
    let quoted = app.perform(&ana, quote).await.unwrap().lines.remove(0);
    assert_eq!((quoted.unit_price_minor, quoted.reason), (HAPPY.0, Some(why)));
    let more = AddLines { command_id: new_id(), order_id: order.id, lines: vec![house.line("602", 1)] };
    let order = app.perform(&ana, more).await.unwrap();
    let told = order.lines.iter().filter_map(|line| line.reason.as_ref());
    let stays = PriceReason { list: "Hora feliz".into(), ordinary_minor: product.price_minor, until: None };
    assert_eq!(told.collect::<Vec<_>>(), [&stays], "a line that is sent says why it cost what it did");
    let mut prices: Vec<i64> = order.lines.iter().map(|line| line.unit_price_minor).collect();
    prices.sort_unstable();
    let mut expected = [HAPPY.0, product.price_minor];
    expected.sort_unstable();
    assert_eq!(prices, expected, "what was sold keeps its price");
    assert_eq!(loads(), read, "nothing was read again: the clock alone changed the price");
    let told = async {
        loop {
            let heard = events.recv().await;
            if heard.is_ok_and(|heard| matches!(heard.event, Event::MenuChanged)) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, told).await.expect("no screen was told of other prices");

    clock.0.store(FIVE + 2 * HOUR, Ordering::Relaxed);
    assert_eq!(on_the_menu(&app, &ana, "602").await, ordinary);
    let listed = app.perform(&ana, GetOrder { order_id: order.id }).await.unwrap().lines;
    let told = listed.iter().filter_map(|line| line.reason.as_ref());
    assert_eq!(told.collect::<Vec<_>>(), [&stays], "also when the list is over");
    let late = app.perform(&ana, house.take_away(&[("602", 1)])).await.unwrap();
    assert_eq!(late.lines[0].unit_price_minor, product.price_minor);
    assert_eq!(late.lines[0].reason, None);
    app.stop().await;
}
