//! What is counted: it is taken when it is sold, comes back when it is taken back, and when it runs out
//! every screen knows (P1, P12). And who makes a product when it is not whoever makes its category.

use crate::house::{Engine, House, hear, new_id};
use fastops_app::wire::{
    AddLines, Event, FailureCode, GetMenu, JobState, OrderStatus, OrderView, ProductStock, ProductView,
    SetFavourite, VoidLine,
};
use fastops_app::{Caller, Language};
use fastops_domain::ids::{LocationId, ProductId, StationId};
use fastops_domain::stock::{Item, MoveKind, Quantity};
use fastops_domain::time::Time;
use fastops_printer_sim::Condition;
use fastops_store::stock::{self, Posted};
use fastops_store::{StoreError, company, menu, recipe, station};
use std::collections::HashSet;
use uuid::Uuid;

super::on_both_engines!(
    the_last_portions_are_sold_once,
    a_refused_line_says_why_and_loses_nothing,
    a_repeated_command_moves_once,
    what_is_taken_back_in_time_can_be_sold_again,
    what_is_made_is_thrown_away,
    a_drink_takes_what_it_is_mixed_of,
    every_screen_hears_what_is_left,
    every_screen_hears_once_that_the_menu_is_another,
    what_is_not_counted_costs_nothing_more,
    a_product_goes_where_it_alone_is_made,
);

/// Twelve of it are on the shelf.
const DESSERT: &str = "805";
/// Rum for 350 of it is on the shelf.
const MOJITO: &str = "705";

async fn product(house: &House, caller: &Caller, code: &str) -> ProductView {
    let menu = house.app.perform(caller, GetMenu {}).await.unwrap();
    menu.products.into_iter().find(|product| product.short_code == code).unwrap()
}

async fn left(house: &House, caller: &Caller, code: &str) -> (Option<i64>, bool) {
    let product = product(house, caller, code).await;
    (product.remaining, product.sold_out)
}

async fn location(house: &House) -> LocationId {
    let store = house.app.store_for_faults();
    let read = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move { Ok(company::first_branch(tx).await?.unwrap().1.default_location) })
    });
    read.await.unwrap()
}

/// The moves of a product since the start, which are those of its level.
async fn moves(house: &House, item: Item) -> Vec<Posted> {
    let location = location(house).await;
    let store = house.app.store_for_faults();
    let read = store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let level = stock::level(tx, location, item).await?.unwrap();
            assert_eq!(level.on_hand, stock::sum_of_moves(tx, location, item).await?);
            stock::moves(tx, location, item, Time(0)).await
        })
    });
    read.await.unwrap()
}

fn kinds(moves: &[Posted]) -> Vec<(MoveKind, i64)> {
    moves.iter().map(|posted| (posted.moved.kind, posted.moved.quantity.0)).collect()
}

fn dessert(house: &House) -> Item {
    Item::product(ProductId(house.product(DESSERT).id))
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

async fn the_last_portions_are_sold_once(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luis) = (house.sign_in("Ana").await, house.sign_in("Luis").await);
    let orders: Vec<_> = (0..20)
        .map(|n| {
            let (app, caller) = (house.app.clone(), if n % 2 == 0 { ana.clone() } else { luis.clone() });
            let order = house.take_away(&[(DESSERT, 1)]);
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
    assert_eq!(sold, 12);
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(0), true));
    assert_eq!(moves(&house, dessert(&house)).await.len(), 1 + 12);
    house.close().await;
}

async fn a_refused_line_says_why_and_loses_nothing(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let english = Caller { language: Language::En, ..ana.clone() };
    let both = [("307", 1), (DESSERT, 13)];
    let spanish = house.refused(&ana, house.take_away(&both), FailureCode::SoldOut).await;
    assert!(
        spanish.message.starts_with("De Cuajada con melao quedan 12 y se piden 13."),
        "{}",
        spanish.message
    );
    let said = house.refused(&english, house.take_away(&both), FailureCode::SoldOut).await;
    assert!(
        said.message.starts_with("12 of Cuajada con melao are left, and 13 are asked for."),
        "{}",
        said.message
    );

    let order = house.app.perform(&ana, house.take_away(&[("307", 1), (DESSERT, 11)])).await.unwrap();
    assert_eq!((order.number, order.tickets[0].number), (1, 1), "refusals used up no number");
    let more = |lines| AddLines { command_id: new_id(), order_id: order.id, lines };
    let twice = vec![house.line("202", 1), house.line(DESSERT, 1), house.line(DESSERT, 1)];
    let refused = house.refused(&ana, more(twice), FailureCode::SoldOut).await;
    assert!(refused.message.starts_with("De Cuajada con melao queda 1 y se piden 2."), "{}", refused.message);
    let unchanged = house.order(&ana, order.id).await;
    assert_eq!(unchanged.lines, order.lines, "no line of a refused command is kept");
    assert_eq!(unchanged.tickets.len(), order.tickets.len());

    house.app.perform(&ana, more(vec![house.line(DESSERT, 1)])).await.unwrap();
    for (caller, sentence) in
        [(&ana, "Cuajada con melao está agotado."), (&english, "Cuajada con melao is sold out.")]
    {
        let gone = house.refused(caller, house.take_away(&[(DESSERT, 1)]), FailureCode::SoldOut).await;
        assert!(gone.message.starts_with(sentence), "{}", gone.message);
    }
    house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.close().await;
}

async fn a_repeated_command_moves_once(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let create = house.take_away(&[(DESSERT, 2), (DESSERT, 1)]);
    let order = house.app.perform(&ana, create.clone()).await.unwrap();
    let (one, other) =
        tokio::join!(house.app.perform(&ana, create.clone()), house.app.perform(&ana, create.clone()));
    assert_eq!((one.unwrap().number, other.unwrap().number), (order.number, order.number));
    let add = AddLines { command_id: new_id(), order_id: order.id, lines: vec![house.line(DESSERT, 4)] };
    for _ in 0..2 {
        house.app.perform(&ana, add.clone()).await.unwrap();
    }
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(5), false));
    // Sent again when there is no longer enough, it is still the command that was carried out.
    house.app.perform(&ana, house.take_away(&[(DESSERT, 5)])).await.unwrap();
    house.app.perform(&ana, create).await.unwrap();
    house.app.perform(&ana, add).await.unwrap();
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(0), true));
    let taken_back = void(&order, 0);
    for _ in 0..2 {
        house.app.perform(&luisa, taken_back.clone()).await.unwrap();
    }
    let sum: i64 = moves(&house, dessert(&house)).await.iter().map(|posted| posted.moved.quantity.0).sum();
    assert!(sum == 0 || sum == 2000, "thrown away, or back on the shelf: {sum}");
    house.close().await;
}

async fn what_is_taken_back_in_time_can_be_sold_again(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    house.printer("postres").set(Condition::PaperOut);
    let order = house.app.perform(&ana, house.take_away(&[(DESSERT, 12), ("801", 1)])).await.unwrap();
    let stuck = |order: &OrderView| order.tickets.iter().all(|ticket| ticket.job == JobState::Blocked);
    house.until(&ana, order.id, stuck).await;
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(0), true));
    house.app.perform(&luisa, void(&order, 0)).await.unwrap();
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(12), false));
    let moves = moves(&house, dessert(&house)).await;
    assert_eq!(
        kinds(&moves),
        [(MoveKind::Receive, 12_000), (MoveKind::Sale, -12_000), (MoveKind::Void, 12_000)]
    );
    assert_eq!(moves[2].moved.line.map(|line| line.0), Some(order.lines[0].id));
    assert_eq!(moves[2].moved.reason.as_deref(), Some("Se cayó"));
    house.app.perform(&ana, house.take_away(&[(DESSERT, 12)])).await.unwrap();
    house.close().await;
}

async fn what_is_made_is_thrown_away(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let order = house.app.perform(&ana, house.take_away(&[(DESSERT, 2)])).await.unwrap();
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    house.app.perform(&luisa, void(&order, 0)).await.unwrap();
    assert_eq!(left(&house, &ana, DESSERT).await, (Some(10), false));
    let kinds = kinds(&moves(&house, dessert(&house)).await);
    assert_eq!(
        kinds[1..],
        [(MoveKind::Sale, -2000), (MoveKind::Void, 2000), (MoveKind::Waste, -2000)],
        "the sale is taken back, and what was made of it is thrown away"
    );
    house.close().await;
}

async fn a_drink_takes_what_it_is_mixed_of(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    assert_eq!(left(&house, &ana, MOJITO).await, (Some(350), false));
    let refused = house.refused(&ana, house.take_away(&[(MOJITO, 351)]), FailureCode::SoldOut).await;
    assert!(refused.message.starts_with("De Mojito quedan 350 y se piden 351."), "{}", refused.message);
    let order =
        house.app.perform(&ana, house.take_away(&[(MOJITO, 3), ("307", 1), (MOJITO, 2)])).await.unwrap();
    assert_eq!(left(&house, &ana, MOJITO).await, (Some(345), false));
    let store = house.app.store_for_faults();
    let read = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move {
            let (_, branch) = company::first_branch(tx).await?.unwrap();
            recipe::recipes(tx, branch.id).await
        })
    });
    let recipe = read.await.unwrap();
    assert_eq!(recipe.len(), 3);
    for part in &recipe {
        let moves = moves(&house, Item::product(part.ingredient.product)).await;
        let milli = part.ingredient.quantity.0;
        assert_eq!(kinds(&moves)[1..], [(MoveKind::Recipe, -3 * milli), (MoveKind::Recipe, -2 * milli)]);
        let lines: HashSet<_> =
            moves[1..].iter().filter_map(|posted| posted.moved.line).map(|line| line.0).collect();
        assert_eq!(lines, HashSet::from([order.lines[0].id, order.lines[2].id]));
    }
    assert!(
        house.menu.products.iter().all(|product| product.name != "Ron blanco"),
        "what is only bought is not on the menu"
    );
    house.close().await;
}

/// Every event from now on of one kind, until one is as wanted.
fn says(event: &Event, wanted: &ProductStock) -> bool {
    matches!(event, Event::StockChanged { products } if products.contains(wanted))
}

/// How a product stands that has no variants.
fn standing(product_id: Uuid, sold_out: bool, remaining: Option<i64>) -> ProductStock {
    ProductStock { product_id, sold_out, remaining, sold_out_variants: Vec::new() }
}

/// Each screen reads the whole menu when it hears of it, so each change is told once.
async fn every_screen_hears_once_that_the_menu_is_another(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let (product_id, mut events) = (house.product("307").id, house.app.subscribe());
    let mut told = 0;
    for favourite in [true, false, true] {
        let command_id = new_id();
        house.app.perform(&jorge, SetFavourite { command_id, product_id, favourite }).await.unwrap();
        hear(&mut events, |event| *event == Event::MenuChanged).await;
        told += 1;
    }
    // What is told of a sale is told after whatever was still to be said of the menu.
    house.app.perform(&ana, house.take_away(&[(DESSERT, 1)])).await.unwrap();
    let sold = standing(house.product(DESSERT).id, false, Some(11));
    hear(&mut events, |event| {
        told += u32::from(*event == Event::MenuChanged);
        says(event, &sold)
    })
    .await;
    assert_eq!(told, 3);
    house.close().await;
}

async fn every_screen_hears_what_is_left(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let mut events = house.app.subscribe();
    let product_id = house.product(DESSERT).id;
    let stands = |remaining: i64| standing(product_id, remaining == 0, Some(remaining));
    let loads =
        |topic: &str| house.app.cache_stats().iter().find(|stats| stats.topic == topic).unwrap().loads;
    let before = loads("menu");
    house.app.perform(&ana, house.take_away(&[(DESSERT, 1), ("307", 1)])).await.unwrap();
    hear(&mut events, |event| says(event, &stands(11))).await;
    house.app.perform(&ana, house.take_away(&[(DESSERT, 11)])).await.unwrap();
    hear(&mut events, |event| says(event, &stands(0))).await;
    assert_eq!(loads("menu"), before, "a sale does not make the menu old");

    let store = house.app.store_for_faults();
    let arroz = ProductId(house.product("307").id);
    store.write::<_, StoreError, _>(move |tx| Box::pin(menu::set_sold_out(tx, arroz, true))).await.unwrap();
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    assert!(product(&house, &ana, "307").await.sold_out);
    assert_eq!(product(&house, &ana, "307").await.remaining, None, "nobody counts it");

    // With no limit there is no countdown: it is sold on, and the count falls below nothing.
    let (location, item) = (location(&house).await, dessert(&house));
    store
        .write::<_, StoreError, _>(move |tx| Box::pin(stock::set_least(tx, location, item, None)))
        .await
        .unwrap();
    let unlimited = standing(product_id, false, None);
    hear(&mut events, |event| says(event, &unlimited)).await;
    house.app.perform(&ana, house.take_away(&[(DESSERT, 2)])).await.unwrap();
    let sum: i64 = moves(&house, item).await.iter().map(|posted| posted.moved.quantity.0).sum();
    assert_eq!(Quantity(sum), Quantity(-2000));
    house.close().await;
}

async fn what_is_not_counted_costs_nothing_more(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let statements = |name: &str| {
        let stats = house.app.command_stats();
        stats.iter().find(|stats| stats.name == name).unwrap().statements
    };
    let mut costs = Vec::new();
    for lines in [
        &[("307", 1), ("602", 2)][..],
        &[(DESSERT, 1)],
        &[(DESSERT, 1), ("703", 1), (MOJITO, 2), (DESSERT, 1), ("607", 3)],
    ] {
        let before = statements("create_order");
        house.app.perform(&ana, house.take_away(lines)).await.unwrap();
        costs.push(statements("create_order") - before);
    }
    assert_eq!((costs[1], costs[2]), (costs[0] + 1, costs[0] + 1), "one statement for all moves: {costs:?}");
    house.close().await;
}

/// A product's own maker counts before its category's, until it has none again.
async fn a_product_goes_where_it_alone_is_made(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let arroz = ProductId(house.product("307").id);
    let route = async |station: Option<StationId>| {
        let store = house.app.store_for_faults();
        let routed = store.write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let (_, branch) = company::first_branch(tx).await?.unwrap();
                station::route_product(tx, branch.id, arroz, station).await
            })
        });
        routed.await.unwrap();
    };
    let makers = async || {
        let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("202", 1)])).await.unwrap();
        let stations: HashSet<_> = order.tickets.iter().map(|ticket| ticket.station_id).collect();
        house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
        (stations, product(&house, &ana, "307").await.station_id)
    };
    let (kitchen, bar) = (house.station("cocina"), house.station("bar"));
    assert_eq!(makers().await, (HashSet::from([kitchen]), Some(kitchen)));
    route(Some(StationId(bar))).await;
    assert_eq!(makers().await, (HashSet::from([kitchen, bar]), Some(bar)));
    let slips = house.printer("bar").slips();
    assert!(slips[0].contains("Arroz con pollo") && !slips[0].contains("Sancocho"), "{}", slips[0].text());
    route(None).await;
    assert_eq!(makers().await, (HashSet::from([kitchen]), Some(kitchen)));
    house.close().await;
}

/// Two tills on one server.
mod two_terminals {
    use super::*;
    use fastops_app::{App, Database};

    /// Another till's core on the same database.
    async fn other(house: &House) -> (App, tempfile::TempDir) {
        let (_, database) = house.data();
        assert!(matches!(database, Database::Url(_)));
        let folder = tempfile::tempdir().unwrap();
        let config = crate::house::config(folder.path(), database, &house.printers);
        (App::start(config).await.unwrap(), folder)
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn one_of_two_gets_the_last_portion_and_both_hear_of_it() {
        let house = House::open(Engine::Postgres).await;
        let ana = house.sign_in("Ana").await;
        let (other, _folder) = other(&house).await;
        house.app.perform(&ana, house.take_away(&[(DESSERT, 11)])).await.unwrap();
        let (mut here, mut there) = (house.app.subscribe(), other.subscribe());
        let (one, two) = tokio::join!(
            house.app.perform(&ana, house.take_away(&[(DESSERT, 1)])),
            other.perform(&ana, house.take_away(&[(DESSERT, 1)])),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let refused = one.err().or(two.err()).unwrap();
        assert_eq!(refused.code, FailureCode::SoldOut, "{}", refused.message);
        assert!(refused.message.starts_with("Cuajada con melao está agotado."), "{}", refused.message);
        let gone = standing(house.product(DESSERT).id, true, Some(0));
        hear(&mut here, |event| says(event, &gone)).await;
        hear(&mut there, |event| says(event, &gone)).await;
        other.stop().await;
        house.close().await;
    }
}
