//! The house says other prices for a while, or from a day on: at once at every till, once for each command, written
//! down, with its reason beside the price; what was sold keeps what it was sold at.

use super::variants::{RED_PRICE, dress};
use crate::house::{Engine, House, hear, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    DiscountPrices, Event, FailureCode, GetMenu, GetMenuSetup, GetPriceLists, ListPrice, MenuView,
    OrderFavourites, PreviewPrices, PriceHours, PriceListsView, PriceReason, ProductView, QuoteLines,
    RemovePriceList, SavePriceList, SchedulePrice, SetFavourite,
};
use fastops_app::{Caller, Language};
use uuid::Uuid;

super::on_both_engines!(
    a_list_counts_at_once_and_what_it_sold_stays,
    an_ordinary_price_changes_with_the_next_business_day,
    lists_that_nobody_ranked_are_told,
    a_per_cent_off_is_said_of_a_category,
    a_list_that_cannot_be_is_refused_with_a_sentence,
    favourites_stand_first_in_the_order_that_was_said,
);

/// Later than any test: a list that ends then passes.
const FAR: i64 = 7_000_000_000_000;
const HAPPY: i64 = 123_400;

pub(super) fn list(name: &str, prices: &[(Uuid, i64)]) -> SavePriceList {
    let price = |(product_id, price_minor): &(Uuid, i64)| ListPrice {
        product_id: *product_id,
        variant_id: None,
        price_minor: *price_minor,
    };
    SavePriceList {
        command_id: new_id(),
        list_id: new_id(),
        name: name.into(),
        priority: 0,
        here_only: false,
        active: true,
        valid_from: None,
        valid_until: Some(FAR),
        hours: Vec::new(),
        prices: prices.iter().map(price).collect(),
    }
}

async fn lists(house: &House, caller: &Caller) -> PriceListsView {
    house.app.perform(caller, GetPriceLists {}).await.unwrap()
}

async fn menu(house: &House, caller: &Caller) -> MenuView {
    house.app.perform(caller, GetMenu {}).await.unwrap()
}

async fn at_the_till(house: &House, caller: &Caller, code: &str) -> ProductView {
    let products = menu(house, caller).await.products;
    products.into_iter().find(|product| product.short_code == code).unwrap()
}

async fn changes(house: &House) -> i64 {
    count(&house.app.store_for_faults(), questions::PRICE_CHANGES).await
}

async fn a_list_counts_at_once_and_what_it_sold_stays(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let beer = house.product("606").clone();
    let mut events = house.app.subscribe();
    let happy = list("  Semana   de la sed ", &[(beer.id, HAPPY)]);
    for _ in 0..2 {
        let view = house.app.perform(&jorge, happy.clone()).await.unwrap();
        let kept = &view.lists[0];
        assert_eq!((kept.name.as_str(), kept.holds, kept.prices.len()), ("Semana de la sed", true, 1));
    }
    // Tills hear of it.
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    assert_eq!(changes(&house).await, 1, "once, however often it is sent");

    let now = at_the_till(&house, &ana, "606").await;
    let why =
        |ordinary_minor| Some(PriceReason { list: "Semana de la sed".into(), ordinary_minor, until: None });
    assert_eq!((now.price_minor, now.reason), (HAPPY, why(beer.price_minor)));
    let quote = QuoteLines { order_id: None, lines: vec![house.line("606", 3)] };
    let quoted = house.app.perform(&ana, quote).await.unwrap();
    assert_eq!(quoted.lines[0].total_minor, 3 * HAPPY);
    assert_eq!(quoted.lines[0].reason, why(3 * beer.price_minor), "of the whole line");
    let sold = house.app.perform(&ana, house.take_away(&[("606", 2)])).await.unwrap();
    assert_eq!(sold.total_minor, 2 * HAPPY);

    // Put aside it stays as it was written, and counts no more.
    let told = lists(&house, &jorge).await.now;
    assert_eq!((told.len(), told[0].price_minor, told[0].list.as_str()), (1, HAPPY, "Semana de la sed"));
    let aside = SavePriceList { command_id: new_id(), active: false, here_only: true, ..happy.clone() };
    let view = house.app.perform(&jorge, aside).await.unwrap();
    assert_eq!((view.lists[0].holds, view.lists[0].here_only), (false, true));
    assert_eq!(at_the_till(&house, &ana, "606").await, beer);

    let gone = RemovePriceList { command_id: new_id(), list_id: happy.list_id };
    for _ in 0..2 {
        assert_eq!(house.app.perform(&jorge, gone.clone()).await.unwrap().lists, []);
    }
    house
        .refused(&jorge, RemovePriceList { command_id: new_id(), ..gone }, FailureCode::UnknownProduct)
        .await;
    assert_eq!(house.order(&ana, sold.id).await.total_minor, 2 * HAPPY, "what was sold stays");
    assert_eq!(changes(&house).await, 3);
    house.close().await;
}

async fn an_ordinary_price_changes_with_the_next_business_day(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let (soup, water) = (house.product("203").clone(), house.product("606").clone());
    let to = |product: &ProductView, price_minor| SchedulePrice {
        command_id: new_id(),
        product_id: product.id,
        price_minor,
    };
    let twice = to(&soup, 4_000_000);
    for _ in 0..2 {
        house.app.perform(&jorge, twice.clone()).await.unwrap();
    }
    house.app.perform(&jorge, to(&water, 700_000)).await.unwrap();
    let view = house.app.perform(&jorge, to(&soup, 4_100_000)).await.unwrap();
    assert_eq!(view.lists.len(), 1, "one list for a day");
    let tomorrow = &view.lists[0];
    assert_eq!((tomorrow.valid_from, tomorrow.holds), (Some(view.next_day_at), false));
    assert!(tomorrow.name.starts_with("Precios desde el "), "{}", tomorrow.name);

    let today = at_the_till(&house, &ana, "203").await;
    assert_eq!((today.price_minor, today.reason), (soup.price_minor, None));
    let then = |at| house.app.perform(&jorge, PreviewPrices { at });
    assert_eq!(then(view.next_day_at - 1).await.unwrap().prices, []);
    let prices = then(view.next_day_at).await.unwrap();
    let mut found: Vec<i64> = prices.prices.iter().map(|price| price.price_minor).collect();
    found.sort_unstable();
    assert_eq!((found, prices.lists), (vec![700_000, 4_100_000], vec![tomorrow.name.clone()]));

    // When the day has come it is what things ordinarily cost, and a happy hour still goes before.
    let begun = SavePriceList {
        list_id: tomorrow.id,
        priority: -1,
        valid_from: Some(1),
        valid_until: None,
        ..list(&tomorrow.name, &[(soup.id, 4_100_000)])
    };
    house.app.perform(&jorge, begun).await.unwrap();
    let begun = at_the_till(&house, &ana, "203").await;
    assert_eq!((begun.price_minor, begun.reason), (4_100_000, None));
    house.app.perform(&jorge, list("Sopas", &[(soup.id, HAPPY)])).await.unwrap();
    let happy = at_the_till(&house, &ana, "203").await;
    assert_eq!((happy.price_minor, happy.reason.unwrap().ordinary_minor), (HAPPY, 4_100_000));
    let again = house.app.perform(&jorge, to(&soup, 4_200_000)).await.unwrap();
    let second = format!("{} (2)", tomorrow.name);
    assert!(again.lists.iter().any(|list| list.name == second), "{:?}", again.lists);
    house
        .refused(&jorge, SchedulePrice { product_id: new_id(), ..to(&soup, 1) }, FailureCode::UnknownProduct)
        .await;
    house.refused(&jorge, to(&soup, -1), FailureCode::OutOfBounds).await;
    house.close().await;
}

async fn lists_that_nobody_ranked_are_told(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let water = house.product("606").id;
    let evening = vec![PriceHours { weekday: 5, from_minute: 1_020, to_minute: 1_140 }];
    let one = SavePriceList { hours: evening.clone(), ..list("Hora feliz", &[(water, HAPPY)]) };
    house.app.perform(&jorge, one).await.unwrap();
    let other = SavePriceList { hours: evening, ..list("Viernes", &[(water, 1)]) };
    let view = house.app.perform(&jorge, other.clone()).await.unwrap();
    let told: Vec<_> = view.lists.iter().map(|list| list.clashes.clone()).collect();
    assert_eq!(told, [["Viernes"], ["Hora feliz"]]);
    let ranked = SavePriceList { command_id: new_id(), priority: 1, ..other };
    let view = house.app.perform(&jorge, ranked).await.unwrap();
    assert!(view.lists.iter().all(|list| list.clashes.is_empty()), "{:?}", view.lists);
    house.close().await;
}

async fn a_per_cent_off_is_said_of_a_category(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let water = house.product("606").clone();
    let of = |category_id, off_bp| DiscountPrices { category_id, off_bp };
    let some = house.app.perform(&jorge, of(Some(water.category_id), 3_333)).await.unwrap().prices;
    let products = menu(&house, &jorge).await.products;
    let of_category = products.iter().filter(|product| product.category_id == water.category_id).count();
    assert_eq!(some.len(), of_category);
    let priced = some.iter().find(|price| price.product_id == water.id).unwrap();
    assert_eq!(priced.price_minor, 433_400, "6,500 pesos less 33.33 %, in whole pesos");
    let all = house.app.perform(&jorge, of(None, 10_000)).await.unwrap().prices;
    assert_eq!(all.len(), products.len());
    assert!(all.iter().all(|price| price.price_minor == 0));
    for off_bp in [0, 10_001] {
        house.refused(&jorge, of(None, off_bp), FailureCode::OutOfBounds).await;
    }
    let red = dress(&house, "804").await.red.0;
    let half = house.app.perform(&jorge, of(None, 5_000)).await.unwrap().prices;
    let dressed = half.iter().filter_map(|price| Some((price.variant_id?, price.price_minor)));
    assert_eq!(dressed.collect::<Vec<_>>(), [(red, RED_PRICE / 2)], "its own price, where it has one");
    assert_eq!(half.len(), all.len() + 1);
    let product_id = house.product("804").id;
    let told = SavePriceList {
        prices: vec![ListPrice { product_id, variant_id: Some(red), price_minor: 1 }],
        ..list("Rojo", &[])
    };
    let now = &house.app.perform(&jorge, told).await.unwrap().now;
    assert_eq!((now[0].variant_id, now[0].own_minor, now[0].price_minor), (Some(red), RED_PRICE, 1));
    house.close().await;
}

async fn a_list_that_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let water = house.product("606").id;
    let good = || list("Otra", &[(water, HAPPY)]);
    house.app.perform(&jorge, list("Hora feliz", &[(water, HAPPY)])).await.unwrap();
    let before = lists(&house, &jorge).await;
    let hours = |weekday, from_minute| PriceHours { weekday, from_minute, to_minute: 60 };
    let cases = [
        (SavePriceList { name: "Hora  feliz".into(), ..good() }, FailureCode::NameTaken),
        (SavePriceList { name: " ".into(), ..good() }, FailureCode::OutOfBounds),
        (SavePriceList { valid_from: Some(FAR), ..good() }, FailureCode::OutOfBounds),
        (SavePriceList { hours: vec![hours(8, 0)], ..good() }, FailureCode::OutOfBounds),
        (SavePriceList { hours: vec![hours(1, 0), hours(1, 0)], ..good() }, FailureCode::OutOfBounds),
        (SavePriceList { priority: 100, ..good() }, FailureCode::OutOfBounds),
        (list("Otra", &[(new_id(), HAPPY)]), FailureCode::UnknownProduct),
        (list("Otra", &[(water, -1)]), FailureCode::OutOfBounds),
        (list("Otra", &[(water, 1_000_000_000_001)]), FailureCode::OutOfBounds),
        (list("Otra", &[(water, 1), (water, 2)]), FailureCode::OutOfBounds),
    ];
    for (request, code) in cases {
        let spanish = house.refused(&jorge, request.clone(), code).await;
        let english = Caller { language: Language::En, ..jorge.clone() };
        assert_ne!(spanish.message, house.refused(&english, request, code).await.message, "{code:?}");
    }
    assert_eq!(lists(&house, &jorge).await, before, "nothing of it happened");
    assert_eq!(changes(&house).await, 1);
    house.close().await;
}

async fn favourites_stand_first_in_the_order_that_was_said(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let before = menu(&house, &ana).await.favourite_ids;
    assert_eq!(before.len(), 8);
    let water = house.product("606").id;
    let set = |favourite| SetFavourite { command_id: new_id(), product_id: water, favourite };
    let (more, less) = (set(true), set(false));
    for _ in 0..2 {
        let setup = house.app.perform(&jorge, more.clone()).await.unwrap();
        assert_eq!(setup.favourite_ids.last(), Some(&water), "a new one stands last");
        assert!(setup.products.iter().any(|product| product.id == water && product.favourite));
    }
    let mut order = menu(&house, &ana).await.favourite_ids;
    order.reverse();
    let turned = OrderFavourites { command_id: new_id(), product_ids: order.clone() };
    house.app.perform(&jorge, turned).await.unwrap();
    assert_eq!(menu(&house, &ana).await.favourite_ids, order);
    house.app.perform(&jorge, set(true)).await.unwrap();
    assert_eq!(menu(&house, &ana).await.favourite_ids, order, "it stays where it stands");
    house.app.perform(&jorge, less).await.unwrap();
    order.retain(|id| *id != water);
    assert_eq!(menu(&house, &ana).await.favourite_ids, order);

    let stranger = SetFavourite { product_id: new_id(), ..set(true) };
    house.refused(&jorge, stranger, FailureCode::UnknownProduct).await;
    let strange = OrderFavourites { command_id: new_id(), product_ids: vec![water] };
    house.refused(&jorge, strange, FailureCode::UnknownProduct).await;
    let setup = house.app.perform(&jorge, GetMenuSetup {}).await.unwrap();
    assert_eq!(setup.favourite_ids, order);
    assert_eq!(changes(&house).await, 4);
    house.close().await;
}
