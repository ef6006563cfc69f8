//! What has run out and how much is left, as people say it: it is counted down with each sale, reaches every screen, is
//! taken back, and is over with the business day unless somebody wants it to stay.

use crate::house::{self, Engine, HandClock, House, PATIENCE, hear, new_id};
use fastops_app::wire::{
    AddLines, Event, FailureCode, GetAvailability, GetMenu, GetMenuSetup, JobState, ListStationProducts,
    OrderStatus, OrderView, ProductAvailability, ProductStock, SetAvailability, VoidLine,
};
use fastops_app::{App, Caller, Language};
use fastops_domain::time::Clock;
use fastops_printer_sim::Condition;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

super::on_both_engines!(
    a_countdown_reaches_nothing_and_the_product_is_sold_out,
    everyone_who_sells_or_cooks_says_it_and_takes_it_back,
    many_orders_at_once_sell_what_was_said_and_no_more,
    a_repeated_command_counts_once,
    what_is_taken_back_in_time_counts_up_again,
    the_parts_of_a_combo_count_down_too,
    the_stock_counts_where_there_is_less_of_it,
    a_station_sees_what_it_makes,
    it_is_over_with_the_business_day_unless_it_is_to_stay,
);

/// Nobody keeps stock of it.
const ARROZ: &str = "307";
/// Twelve of it are on the shelf.
const DESSERT: &str = "805";

fn says(house: &House, code: &str, units: Option<u32>) -> SetAvailability {
    SetAvailability { command_id: new_id(), product_id: house.product(code).id, units, stays: false }
}

async fn say(house: &House, who: &Caller, code: &str, units: Option<u32>) -> ProductAvailability {
    house.app.perform(who, says(house, code, units)).await.unwrap()
}

async fn left_at(app: &App, caller: &Caller, code: &str) -> (Option<i64>, bool) {
    let menu = app.perform(caller, GetMenu {}).await.unwrap();
    let product = menu.products.into_iter().find(|product| product.short_code == code).unwrap();
    (product.remaining, product.sold_out)
}

async fn left(house: &House, caller: &Caller, code: &str) -> (Option<i64>, bool) {
    left_at(&house.app, caller, code).await
}

fn stands(house: &House, code: &str, remaining: i64) -> impl Fn(&Event) -> bool {
    let wanted = ProductStock {
        product_id: house.product(code).id,
        sold_out: remaining == 0,
        remaining: Some(remaining),
        sold_out_variants: Vec::new(),
    };
    move |event| matches!(event, Event::StockChanged { products } if products.contains(&wanted))
}

async fn a_countdown_reaches_nothing_and_the_product_is_sold_out(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, cook) = (house.sign_in("Ana").await, house.sign_in("Cocina").await);
    let english = Caller { language: Language::En, ..ana.clone() };
    let mut events = house.app.subscribe();
    let said = say(&house, &cook, ARROZ, Some(3)).await;
    assert_eq!((said.remaining, said.sold_out), (Some(3), false));
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    assert_eq!(left(&house, &ana, ARROZ).await, (Some(3), false));

    // All lines of an order together ask for what is left.
    let refused = house.refused(&ana, house.take_away(&[(ARROZ, 2), (ARROZ, 2)]), FailureCode::SoldOut).await;
    assert!(refused.message.starts_with("De Arroz con pollo quedan 3 y se piden 4."), "{}", refused.message);
    let order = house.app.perform(&ana, house.take_away(&[(ARROZ, 1)])).await.unwrap();
    assert_eq!(order.number, 1, "a refusal used up no number");
    hear(&mut events, stands(&house, ARROZ, 2)).await;
    let more = AddLines { command_id: new_id(), order_id: order.id, lines: vec![house.line(ARROZ, 2)] };
    house.app.perform(&ana, more).await.unwrap();
    hear(&mut events, stands(&house, ARROZ, 0)).await;
    assert_eq!(left(&house, &ana, ARROZ).await, (Some(0), true));
    let gone = house.refused(&english, house.take_away(&[(ARROZ, 1)]), FailureCode::SoldOut).await;
    assert!(gone.message.starts_with("Arroz con pollo is sold out."), "{}", gone.message);

    // More of it came: it is sold on.
    say(&house, &cook, ARROZ, Some(1)).await;
    house.app.perform(&ana, house.take_away(&[(ARROZ, 1)])).await.unwrap();
    say(&house, &cook, ARROZ, None).await;
    assert_eq!(left(&house, &ana, ARROZ).await, (None, false));
    house.app.perform(&ana, house.take_away(&[(ARROZ, 40)])).await.unwrap();
    house.close().await;
}

async fn everyone_who_sells_or_cooks_says_it_and_takes_it_back(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let product_id = house.product(ARROZ).id;
    for name in ["Ana", "Cocina", "Luisa", "Jorge", "Camila"] {
        let who = house.sign_in(name).await;
        let gone = says(&house, ARROZ, Some(0));
        for _ in 0..2 {
            assert!(house.app.perform(&who, gone.clone()).await.unwrap().sold_out, "P13");
        }
        house.refused(&ana, house.take_away(&[(ARROZ, 1)]), FailureCode::SoldOut).await;
        let said = house.app.perform(&who, GetAvailability { product_id }).await.unwrap().said.unwrap();
        assert_eq!((said.units, said.by.as_str()), (0, name));
        assert!(said.ends_at.is_some_and(|end| end > said.at), "until the day is over");
        let again = say(&house, &who, ARROZ, None).await;
        assert_eq!((again.sold_out, again.remaining, again.said), (false, None, None));
        house.app.perform(&ana, house.take_away(&[(ARROZ, 1)])).await.unwrap();
    }
    // The house decides who.
    let camila = house.sign_in("Camila").await;
    let change = fastops_app::wire::ChangeRole {
        command_id: new_id(),
        role: fastops_app::wire::Role::Waiter,
        permission: fastops_app::wire::Permission::SetAvailability,
        allowed: false,
    };
    house.app.perform(&camila, change).await.unwrap();
    house.refused(&ana, says(&house, ARROZ, Some(0)), FailureCode::NotAllowed).await;
    house.refused(&ana, GetAvailability { product_id }, FailureCode::NotAllowed).await;
    house.refused(&ana, ListStationProducts { station_id: None }, FailureCode::NotAllowed).await;
    assert_eq!(left(&house, &ana, ARROZ).await, (None, false));

    let nobody = SetAvailability { product_id: new_id(), ..says(&house, ARROZ, Some(0)) };
    house.refused(&camila, nobody, FailureCode::UnknownProduct).await;
    house.refused(&camila, says(&house, ARROZ, Some(1000)), FailureCode::OutOfBounds).await;
    house.close().await;
}

async fn many_orders_at_once_sell_what_was_said_and_no_more(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luis) = (house.sign_in("Ana").await, house.sign_in("Luis").await);
    say(&house, &ana, ARROZ, Some(7)).await;
    say(&house, &ana, "202", Some(50)).await;
    let orders: Vec<_> = (0..20)
        .map(|n| {
            let (app, caller) = (house.app.clone(), if n % 2 == 0 { ana.clone() } else { luis.clone() });
            // In both orders, and with stock that moves: nobody waits for another crosswise.
            let lines = if n % 2 == 0 {
                [(ARROZ, 1), ("202", 1), (DESSERT, 1)]
            } else {
                [(DESSERT, 1), ("202", 1), (ARROZ, 1)]
            };
            let order = house.take_away(&lines);
            tokio::spawn(async move { app.perform(&caller, order).await })
        })
        .collect();
    let mut sold = 0;
    for order in orders {
        match order.await.unwrap() {
            Ok(_) => sold += 1,
            Err(failure) => assert_eq!(failure.code, FailureCode::SoldOut, "{}", failure.message),
        }
    }
    assert_eq!(sold, 7);
    assert_eq!(left(&house, &ana, ARROZ).await, (Some(0), true));
    assert_eq!(left(&house, &ana, "202").await, (Some(43), false));
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(5), false));
    house.close().await;
}

async fn a_repeated_command_counts_once(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let said = says(&house, ARROZ, Some(5));
    house.app.perform(&ana, said.clone()).await.unwrap();
    let create = house.take_away(&[(ARROZ, 2)]);
    let order = house.app.perform(&ana, create.clone()).await.unwrap();
    let (one, other) =
        tokio::join!(house.app.perform(&ana, create.clone()), house.app.perform(&ana, create.clone()));
    assert_eq!((one.unwrap().number, other.unwrap().number), (order.number, order.number));
    assert_eq!(house.app.perform(&ana, said).await.unwrap().remaining, Some(3), "it was said once");
    house.app.perform(&ana, house.take_away(&[(ARROZ, 3)])).await.unwrap();
    house.app.perform(&ana, create).await.unwrap();
    assert_eq!(left(&house, &ana, ARROZ).await, (Some(0), true));
    house.close().await;
}

fn void(order: &OrderView, line: usize) -> VoidLine {
    VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id: order.lines[line].id,
        reason: "Se cayó".into(),
    }
}

async fn what_is_taken_back_in_time_counts_up_again(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    house.printer("cocina").set(Condition::PaperOut);
    let before = house.app.perform(&ana, house.take_away(&[(ARROZ, 2), ("202", 1)])).await.unwrap();
    let stuck = |order: &OrderView| order.tickets.iter().all(|ticket| ticket.job == JobState::Blocked);
    house.until(&ana, before.id, stuck).await;
    say(&house, &ana, ARROZ, Some(4)).await;
    let order = house.app.perform(&ana, house.take_away(&[(ARROZ, 4), ("202", 1)])).await.unwrap();
    assert_eq!(left(&house, &ana, ARROZ).await, (Some(0), true));

    house.app.perform(&luisa, void(&before, 0)).await.unwrap();
    assert_eq!(left(&house, &ana, ARROZ).await, (Some(0), true), "what was sold before was not counted");
    let taken_back = void(&order, 0);
    for _ in 0..2 {
        house.app.perform(&luisa, taken_back.clone()).await.unwrap();
    }
    assert_eq!(left(&house, &ana, ARROZ).await, (Some(4), false), "nobody had begun to make it");

    let order = house.app.perform(&ana, house.take_away(&[(ARROZ, 3)])).await.unwrap();
    house.printer("cocina").set(Condition::Ready);
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    house.app.perform(&luisa, void(&order, 0)).await.unwrap();
    assert_eq!(left(&house, &ana, ARROZ).await, (Some(1), false), "what was made is gone");
    house.close().await;
}

async fn the_parts_of_a_combo_count_down_too(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let combo = house.menu.products.iter().find(|product| !product.slots.is_empty()).unwrap();
    let part = combo.slots.iter().find(|slot| slot.min > 0).unwrap().choices[0].product_id;
    let part = house.menu.products.iter().find(|product| product.id == part).unwrap().short_code.clone();
    say(&house, &ana, &part, Some(3)).await;
    house.app.perform(&ana, house.take_away(&[(&combo.short_code, 2)])).await.unwrap();
    assert_eq!(left(&house, &ana, &part).await, (Some(1), false));
    let both = house.take_away(&[(&combo.short_code, 1), (&part, 1)]);
    house.refused(&ana, both, FailureCode::SoldOut).await;
    house.close().await;
}

async fn the_stock_counts_where_there_is_less_of_it(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    say(&house, &ana, DESSERT, Some(40)).await;
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(12), false));
    say(&house, &ana, DESSERT, Some(2)).await;
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(2), false));
    house.app.perform(&ana, house.take_away(&[(DESSERT, 2)])).await.unwrap();
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(0), true));
    say(&house, &ana, DESSERT, None).await;
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(10), false), "the shelf was counted all the while");
    house.close().await;
}

async fn a_station_sees_what_it_makes(engine: Engine) {
    let house = House::open(engine).await;
    let (cook, jorge) = (house.sign_in("Cocina").await, house.sign_in("Jorge").await);
    say(&house, &cook, ARROZ, Some(0)).await;
    let (kitchen, bar) = (house.station("cocina"), house.station("bar"));
    let made = async |station_id: Option<Uuid>| {
        house.app.perform(&cook, ListStationProducts { station_id }).await.unwrap().products
    };
    let here = made(Some(kitchen)).await;
    let arroz = here.iter().find(|product| product.short_code == ARROZ).unwrap();
    assert!(arroz.sold_out && arroz.said.as_ref().is_some_and(|said| said.by == "Cocina"));
    let there = made(Some(bar)).await;
    assert!(!there.is_empty() && there.iter().all(|product| product.short_code != ARROZ));
    assert!(made(None).await.len() >= here.len() + there.len());
    house
        .refused(&cook, ListStationProducts { station_id: Some(new_id()) }, FailureCode::UnknownStation)
        .await;

    let setup = house.app.perform(&jorge, GetMenuSetup {}).await.unwrap();
    let row = setup.products.into_iter().find(|product| product.short_code == ARROZ).unwrap();
    assert!(row.sold_out, "whoever keeps the menu sees it");
    house.close().await;
}

/// Friday, 2 January 2026, 21:00 in Bogotá, and the hour at which that day is over at the latest.
const NINE: i64 = 1_767_330_000_000 + 21 * HOUR;
const HOUR: i64 = 3_600_000;

async fn it_is_over_with_the_business_day_unless_it_is_to_stay(engine: Engine) {
    let house = House::open(engine).await;
    let cook = house.sign_in("Cocina").await;
    let ana = house.sign_in("Ana").await;
    house.app.stop().await;
    let (folder, database) = house.data();
    let clock = Arc::new(HandClock(AtomicI64::new(NINE)));
    let mut config = house::config(&folder, database, &house.printers);
    config.clock = Arc::clone(&clock) as Arc<dyn Clock>;
    let app = App::start(config).await.unwrap();
    for (code, units, stays) in [(ARROZ, 0, false), ("202", 5, false), ("602", 0, true), ("203", 4, true)] {
        let said = SetAvailability { stays, ..says(&house, code, Some(units)) };
        app.perform(&cook, said).await.unwrap();
    }
    assert_eq!(left_at(&app, &ana, ARROZ).await, (None, true));
    let product_id = house.product(ARROZ).id;
    let ends_at = app.perform(&cook, GetAvailability { product_id }).await.unwrap().said.unwrap().ends_at;
    let end = ends_at.unwrap();
    assert!((NINE..=NINE + 24 * HOUR).contains(&end));

    let mut events = app.subscribe();
    clock.0.store(end, Ordering::Relaxed);
    // What was said before may be told late; a screen that reads anew whenever it is told sees the day end.
    let told = async {
        loop {
            hear(&mut events, |event| *event == Event::MenuChanged).await;
            if left_at(&app, &ana, ARROZ).await == (None, false) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, told).await.expect("no screen was told that the day is over");
    assert_eq!(left_at(&app, &ana, "202").await, (None, false));
    assert_eq!(left_at(&app, &ana, "602").await, (None, true));
    assert_eq!(left_at(&app, &ana, "203").await, (Some(4), false));
    app.perform(&ana, house.take_away(&[(ARROZ, 1), ("202", 9)])).await.unwrap();
    app.stop().await;
}

/// Two tills on one server.
mod two_terminals {
    use super::*;
    use fastops_app::Database;
    use fastops_app::wire::EventEnvelope;
    use tokio::sync::broadcast::Receiver;

    /// A sale may be told with the change of the menu before it: a screen asks for all of it then.
    async fn until_gone(app: &App, events: &mut Receiver<EventEnvelope>, caller: &Caller) {
        while left_at(app, caller, ARROZ).await != (Some(0), true) {
            hear(events, |event| matches!(event, Event::MenuChanged | Event::StockChanged { .. })).await;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn two_tills_race_for_the_last_one_and_both_hear_of_it() {
        let house = House::open(Engine::Postgres).await;
        let ana = house.sign_in("Ana").await;
        let (_, database) = house.data();
        assert!(matches!(database, Database::Url(_)));
        let folder = tempfile::tempdir().unwrap();
        let other = App::start(house::config(folder.path(), database, &house.printers)).await.unwrap();
        let (mut here, mut there) = (house.app.subscribe(), other.subscribe());
        say(&house, &ana, ARROZ, Some(1)).await;
        hear(&mut there, |event| *event == Event::MenuChanged).await;
        assert_eq!(left_at(&other, &ana, ARROZ).await, (Some(1), false));
        let (one, two) = tokio::join!(
            house.app.perform(&ana, house.take_away(&[(ARROZ, 1)])),
            other.perform(&ana, house.take_away(&[(ARROZ, 1)])),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let refused = one.err().or(two.err()).unwrap();
        assert!(refused.message.starts_with("Arroz con pollo está agotado."), "{}", refused.message);
        until_gone(&house.app, &mut here, &ana).await;
        until_gone(&other, &mut there, &ana).await;
        other.stop().await;
        house.close().await;
    }
}
