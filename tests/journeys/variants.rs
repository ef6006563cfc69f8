//! A product in sizes and colours: each is sold under its own name, at its own price, from its own shelf.

use crate::house::{Engine, House, PATIENCE, hear, new_id};
use fastops_app::wire::{
    CreateOrder, Event, FailureCode, GetMenu, NewLine, OrderStatus, OrderView, ProductView, QuoteLines,
    SearchProducts, VoidLine,
};
use fastops_app::{Caller, Language};
use fastops_domain::ids::{CommandId, LocationId, PriceListId, ProductId, StockMoveId, UserId, VariantId};
use fastops_domain::money::Money;
use fastops_domain::price_list::PriceList;
use fastops_domain::stock::{Item, MoveKind, Quantity};
use fastops_domain::time::Time;
use fastops_printer_sim::{Condition, Slip};
use fastops_store::recipe::{self, Ingredient};
use fastops_store::stock::{self, Move, Posting};
use fastops_store::variant::{self, Barcode, Variant};
use fastops_store::{StoreError, company, price_list};
use std::collections::HashMap;
use uuid::Uuid;

super::on_both_engines!(
    a_scanned_variant_is_sold_as_itself,
    a_variant_must_be_one_of_the_product,
    a_variant_has_its_own_recipe_and_price_lists,
);

/// A counted dessert, and what its variants' names on paper begin with.
pub(super) const DESSERT: &str = "805";
const DESSERT_NAME: &str = "Cuajada con melao";
/// A drink of what is counted, itself not.
const MOJITO: &str = "705";
pub(super) const RED_PRICE: i64 = 1_990_000;
pub(super) const RED_CODE: &str = "7702004003515";

/// The variants that a product was given; red has a price and a barcode, gone is sold no longer.
pub(super) struct Dressed {
    pub(super) red: VariantId,
    blue: VariantId,
    gone: VariantId,
}

pub(super) async fn dress(house: &House, code: &str) -> Dressed {
    let product = ProductId(house.product(code).id);
    let dressed = Dressed { red: VariantId(new_id()), blue: VariantId(new_id()), gone: VariantId(new_id()) };
    let (red, blue, gone) = (dressed.red, dressed.blue, dressed.gone);
    let store = house.app.store_for_faults();
    let unit = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let (company, _) = company::first_branch(tx).await?.unwrap();
            let (sizes, colors) =
                (variant::sizes(tx, company.id).await?, variant::colors(tx, company.id).await?);
            let row = |id, color: &str, size: &str, price: Option<i64>, active| Variant {
                id,
                product,
                size: Some(sizes.iter().find(|one| one.name == size).unwrap().id),
                color: Some(colors.iter().find(|one| one.name == color).unwrap().id),
                price: price.map(Money),
                short_code: None,
                active,
            };
            let rows = [
                row(red, "Rojo", "Mediano", Some(RED_PRICE), true),
                row(blue, "Azul", "Mediano", None, true),
                row(gone, "Azul", "Grande", None, false),
            ];
            variant::insert_variants(tx, &rows).await?;
            let codes = [Barcode { code: RED_CODE.into(), product, variant: Some(red) }];
            variant::insert_barcodes(tx, company.id, &codes).await
        })
    });
    unit.await.unwrap();
    dressed
}

async fn location(house: &House) -> LocationId {
    let store = house.app.store_for_faults();
    let read = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move { Ok(company::first_branch(tx).await?.unwrap().1.default_location) })
    });
    read.await.unwrap()
}

/// Puts units of an item on the shelf, none of which may be sold that are not there.
async fn receive(house: &House, item: Item, units: i64) {
    let location = location(house).await;
    let by =
        Posting { command: CommandId(new_id()), user: UserId(house.terminal.users[0].id), at: Time(1_000) };
    let moved = Move {
        id: StockMoveId(new_id()),
        location,
        item,
        quantity: Quantity::units(units).unwrap(),
        kind: MoveKind::Receive,
        line: None,
        reason: None,
    };
    let store = house.app.store_for_faults();
    let unit = store.write::<_, StoreError, _>(move |tx| {
        let moved = moved.clone();
        Box::pin(async move {
            stock::set_least(tx, location, item, Some(Quantity::ZERO)).await?;
            stock::post(tx, by, &[moved]).await.map(drop)
        })
    });
    unit.await.unwrap();
}

/// What moved of an item, and how much in thousandths.
async fn moves(house: &House, item: Item) -> Vec<(MoveKind, i64)> {
    let location = location(house).await;
    let store = house.app.store_for_faults();
    let read = store.read::<_, StoreError, _>(move |tx| Box::pin(stock::moves(tx, location, item, Time(0))));
    read.await.unwrap().iter().map(|posted| (posted.moved.kind, posted.moved.quantity.0)).collect()
}

fn order_of(house: &House, lines: &[(&str, Option<VariantId>, i64)]) -> CreateOrder {
    let lines = lines.iter().map(|(code, variant, quantity)| NewLine {
        variant_id: variant.map(|variant| variant.0),
        ..house.line(code, *quantity)
    });
    CreateOrder { lines: lines.collect(), ..house.take_away(&[]) }
}

async fn shown(house: &House, caller: &Caller, code: &str) -> ProductView {
    let menu = house.app.perform(caller, GetMenu {}).await.unwrap();
    menu.products.into_iter().find(|product| product.short_code == code).unwrap()
}

fn void(order: &OrderView) -> VoidLine {
    VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id: order.lines[0].id,
        reason: "Se cayó".into(),
    }
}

/// Every event from now on, until one is as wanted.
/// What is on a paper, in one line.
fn words(slip: &Slip) -> String {
    slip.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn a_scanned_variant_is_sold_as_itself(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let mut events = house.app.subscribe();
    let Dressed { red, blue, .. } = dress(&house, DESSERT).await;
    // A look that finds the menu changed says nothing of the stock besides.
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    let product = ProductId(house.product(DESSERT).id);
    let of = |variant| Item { product, variant: Some(variant) };
    receive(&house, of(red), 3).await;

    let scan = SearchProducts { text: RED_CODE.into(), limit: 5 };
    let hits = house.app.perform(&ana, scan).await.unwrap().hits;
    assert_eq!(hits.iter().map(|hit| hit.variant_id).collect::<Vec<_>>(), [Some(red.0)]);
    let request = order_of(&house, &[(DESSERT, Some(red), 2)]);
    let quote = QuoteLines { order_id: None, lines: request.lines.clone() };
    assert_eq!(house.app.perform(&ana, quote).await.unwrap().lines[0].unit_price_minor, RED_PRICE);

    // Taken back before it is on paper, it is on its own shelf again.
    house.printer("postres").set(Condition::PaperOut);
    let order = house.app.perform(&ana, request).await.unwrap();
    let line = &order.lines[0];
    assert_eq!((line.variant_id, line.unit_price_minor), (Some(red.0), RED_PRICE));
    assert_eq!(line.name, format!("{DESSERT_NAME} · Rojo Mediano"));
    let over = order_of(&house, &[(DESSERT, Some(red), 2)]);
    let refused = house.refused(&ana, over, FailureCode::SoldOut).await;
    let sentence = format!("De {DESSERT_NAME} · Rojo Mediano queda 1 y se piden 2.");
    assert!(refused.message.starts_with(&sentence), "{}", refused.message);
    house.app.perform(&luisa, void(&order)).await.unwrap();
    let taken_back = [(MoveKind::Receive, 3000), (MoveKind::Sale, -2000), (MoveKind::Void, 2000)];
    assert_eq!(moves(&house, of(red)).await, taken_back);
    house.printer("postres").set(Condition::Ready);

    let both = order_of(&house, &[(DESSERT, Some(red), 3), (DESSERT, Some(blue), 1)]);
    let order = house.app.perform(&ana, both).await.unwrap();
    assert_eq!(order.lines[1].unit_price_minor, house.product(DESSERT).price_minor);
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    let paper = words(&house.papers_of("postres", order.tickets[0].number)[0]);
    for name in ["Rojo Mediano", "Azul Mediano"] {
        assert!(paper.contains(&format!("{DESSERT_NAME} · {name}")), "{paper}");
    }
    assert_eq!(moves(&house, of(red)).await[3..], [(MoveKind::Sale, -3000)]);
    assert_eq!(moves(&house, of(blue)).await, [(MoveKind::Sale, -1000)]);
    assert_eq!(moves(&house, Item::product(product)).await, [(MoveKind::Receive, 12_000)]);

    // Every screen knows which one is gone.
    let gone = |event: &Event| {
        matches!(event, Event::StockChanged { products }
            if products.iter().any(|one| one.product_id == product.0 && one.sold_out_variants == [red.0]))
    };
    hear(&mut events, gone).await;
    let on_menu = shown(&house, &ana, DESSERT).await;
    let standings: Vec<_> = on_menu.variants.iter().map(|one| (one.id, one.sold_out)).collect();
    assert_eq!((on_menu.sold_out, standings.len()), (false, 2));
    assert!(standings.contains(&(red.0, true)) && standings.contains(&(blue.0, false)), "{standings:?}");

    let before = house.printer("postres").slips().len();
    house.app.perform(&luisa, void(&order)).await.unwrap();
    let slips = house.printer("postres").wait_for_slips(before + 1, PATIENCE).await.unwrap();
    let paper = words(slips.last().unwrap());
    assert!(paper.contains("ANULACIÓN") && paper.contains("Rojo Mediano"), "{paper}");
    assert!(!paper.contains("Azul"), "{paper}");
    house.close().await;
}

async fn a_variant_must_be_one_of_the_product(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let english = Caller { language: Language::En, ..ana.clone() };
    let Dressed { red, gone, .. } = dress(&house, DESSERT).await;
    let cases: [(&str, Option<Uuid>, FailureCode, [&str; 2]); 4] = [
        (DESSERT, None, FailureCode::ModifierMissing, ["Falta elegir la variante de", "The variant of"]),
        (DESSERT, Some(new_id()), FailureCode::UnknownProduct, ["Esa variante de", "That variant of"]),
        (DESSERT, Some(gone.0), FailureCode::UnknownProduct, ["Esa variante de", "That variant of"]),
        ("307", Some(red.0), FailureCode::UnknownProduct, ["Esa variante de", "That variant of"]),
    ];
    for (code, variant, failure, sentences) in cases {
        for (caller, sentence) in [&ana, &english].into_iter().zip(sentences) {
            let request = order_of(&house, &[(code, variant.map(VariantId), 1)]);
            let refused = house.refused(caller, request, failure).await;
            let said = format!("{sentence} {}", house.product(code).name);
            assert!(refused.message.starts_with(&said), "{}", refused.message);
        }
    }
    let order = house.app.perform(&ana, order_of(&house, &[(DESSERT, Some(red), 1)])).await.unwrap();
    assert_eq!(order.number, 1, "refusals used up no number");
    house.close().await;
}

async fn a_variant_has_its_own_recipe_and_price_lists(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let Dressed { red, blue, .. } = dress(&house, MOJITO).await;
    let product = ProductId(house.product(MOJITO).id);
    let in_red = Item { product, variant: Some(red) };
    let store = house.app.store_for_faults();
    let own = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let (company, branch) = company::first_branch(tx).await?.unwrap();
            let lines = recipe::recipes(tx, branch.id).await?;
            let mixed = lines.iter().filter(|line| line.makes == Item::product(product));
            let mixed: Vec<Ingredient> = mixed.map(|line| line.ingredient).collect();
            recipe::set_recipe(tx, in_red, &[Ingredient { quantity: Quantity(7), ..mixed[0] }]).await?;
            let list = PriceList {
                id: PriceListId(new_id()),
                name: "Fiesta".into(),
                priority: 1,
                of_branch: true,
                valid_from: None,
                valid_until: None,
                hours: Vec::new(),
                prices: HashMap::new(),
            };
            price_list::insert_price_list(tx, company.id, Some(branch.id), &list).await?;
            price_list::set_price(tx, list.id, Item::product(product), Money(111_000)).await?;
            Ok((list.id, mixed))
        })
    });
    let (list, mixed) = own.await.unwrap();
    let request = || order_of(&house, &[(MOJITO, Some(red), 2), (MOJITO, Some(blue), 1)]);
    let order = house.app.perform(&ana, request()).await.unwrap();
    let prices =
        |order: &OrderView| -> Vec<i64> { order.lines.iter().map(|line| line.unit_price_minor).collect() };
    assert_eq!(prices(&order), [RED_PRICE, 111_000], "the product's list is not of what has its own price");
    for (at, ingredient) in mixed.iter().enumerate() {
        let blue_takes = (MoveKind::Recipe, -ingredient.quantity.0);
        let expected = if at == 0 { vec![(MoveKind::Recipe, -14), blue_takes] } else { vec![blue_takes] };
        assert_eq!(moves(&house, Item::product(ingredient.product)).await[1..], expected);
    }

    let set = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(price_list::set_price(tx, list, in_red, Money(222_000)))
    });
    set.await.unwrap();
    let order = house.app.perform(&ana, request()).await.unwrap();
    assert_eq!(prices(&order), [222_000, 111_000]);
    let shown: HashMap<Uuid, i64> = shown(&house, &ana, MOJITO)
        .await
        .variants
        .iter()
        .map(|variant| (variant.id, variant.price_minor))
        .collect();
    assert_eq!(shown, HashMap::from([(red.0, 222_000), (blue.0, 111_000)]));
    house.close().await;
}
