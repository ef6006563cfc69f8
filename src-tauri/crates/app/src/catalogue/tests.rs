//! What is read anew takes the place of what was kept only as far as it is different.

use super::Catalogue;
use super::ready_menu::ReadyMenu;
use crate::feature::search;
use crate::{App, AppConfig, DemoSetup, SystemClock};
use fastops_domain::ids::{CategoryId, CompanyId, PriceListId, ProductId, VariantId};
use fastops_domain::menu::{ProductKind, Unit};
use fastops_domain::money::Money;
use fastops_domain::price_list::PriceList;
use fastops_store::StoreError;
use fastops_store::menu::{Category, Menu, Product, set_sold_out};
use fastops_store::variant::{Barcode, SoldVariant};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn product(n: u128, name: &str) -> Arc<Product> {
    Arc::new(Product {
        id: ProductId(id(n)),
        category: CategoryId(id(1)),
        name: name.into(),
        short_code: format!("{n}"),
        price: Money(100),
        taxes: Arc::default(),
        position: 0,
        sold_out: false,
        active: true,
        preparation_minutes: 5,
        kind: ProductKind::Product,
        tracks_stock: false,
        cost: None,
        unit: Unit::Each,
    })
}

fn menu() -> Menu {
    let category = |n, name: &str| Category {
        id: CategoryId(id(n)),
        company: CompanyId(id(9)),
        name: name.into(),
        color: "amber".into(),
        position: 0,
    };
    let variant = SoldVariant {
        id: VariantId(id(30)),
        product: ProductId(id(10)),
        name: "Grande".into(),
        price: None,
        short_code: None,
    };
    Menu {
        categories: vec![category(1, "Jugos"), category(2, "Sopas")],
        products: vec![product(10, "Mora"), product(11, "Mango")],
        variants: Arc::new(vec![variant]),
        barcodes: Arc::new(vec![Barcode { code: "7701".into(), product: ProductId(id(11)), variant: None }]),
        ..Menu::default()
    }
}

fn first(menu: &mut Menu) -> &mut Product {
    Arc::make_mut(&mut menu.products[0])
}

fn happy_hour() -> PriceList {
    PriceList {
        id: PriceListId(id(40)),
        name: "Hora feliz".into(),
        priority: 1,
        of_branch: false,
        valid_from: None,
        valid_until: None,
        hours: Vec::new(),
        prices: HashMap::new(),
    }
}

#[test]
fn a_menu_that_is_as_it_was_stays_with_its_search() {
    let kept = Arc::new(ReadyMenu::default()).again(menu(), Vec::new(), &[]);
    kept.search();
    let again = Arc::clone(&kept).again(menu(), Vec::new(), &[]);
    assert!(Arc::ptr_eq(&kept, &again) && again.has_search());
    let dearer = Arc::clone(&kept).again(menu(), vec![happy_hour()], &[]);
    assert!(!Arc::ptr_eq(&kept, &dearer) && dearer.price_lists.len() == 1);
}

#[test]
fn the_search_is_built_anew_only_when_something_else_is_found() {
    type Change = fn(&mut Menu);
    let changes: [(&str, bool, Change); 14] = [
        ("price", true, |menu| first(menu).price = Money(200)),
        ("minutes", true, |menu| first(menu).preparation_minutes = 9),
        ("color", true, |menu| menu.categories[0].color = "teal".into()),
        ("favourites", true, |menu| menu.favourites.push(ProductId(id(10)))),
        ("name", false, |menu| first(menu).name = "Lulo".into()),
        ("code", false, |menu| first(menu).short_code = "77".into()),
        ("category", false, |menu| first(menu).category = CategoryId(id(2))),
        ("sold out", false, |menu| first(menu).sold_out = true),
        ("off the menu", false, |menu| first(menu).active = false),
        ("order", false, |menu| menu.products.reverse()),
        ("new", false, |menu| menu.products.push(product(12, "Fresa"))),
        ("category's name", false, |menu| menu.categories[0].name = "Bebidas".into()),
        ("barcode", false, |menu| Arc::make_mut(&mut menu.barcodes)[0].code = "7702".into()),
        ("variant", false, |menu| Arc::make_mut(&mut menu.variants)[0].name = "Enorme".into()),
    ];
    for (what, stays, change) in changes {
        let kept = Arc::new(ReadyMenu::default()).again(menu(), Vec::new(), &[]);
        kept.search();
        let mut now = menu();
        change(&mut now);
        let fresh = search::index(&now);
        let again = kept.again(now, Vec::new(), &[]);
        assert_eq!(again.has_search(), stays, "{what}");
        for text in
            ["mora", "lulo", "mango", "jugos", "bebidas", "77", "10", "7701", "7702", "mora enorme", "fresa"]
        {
            assert_eq!(again.search().search(text, 9), fresh.search(text, 9), "{what}: {text}");
        }
    }
}

#[tokio::test]
async fn the_menu_stays_when_its_life_is_over_and_goes_when_it_is_another() {
    let folder = tempfile::tempdir().unwrap();
    let config = AppConfig { demo: Some(DemoSetup::default()), ..AppConfig::new(folder.path()) };
    let app = App::start(config).await.unwrap();
    let catalogue = Catalogue::new(app.store.clone(), Arc::new(SystemClock));
    let loads = || catalogue.stats().iter().find(|stats| stats.topic == "menu").unwrap().loads;
    let kept = catalogue.facts().await.unwrap();
    kept.search();
    catalogue.set_life(Duration::ZERO);
    let again = catalogue.facts().await.unwrap();
    assert_eq!(loads(), 2, "it was read");
    assert!(Arc::ptr_eq(&kept.menu, &again.menu) && again.has_search());

    let sold_out = kept.products().find(|product| !product.sold_out).unwrap().id;
    let write = app.store.write::<_, StoreError, _>(move |tx| Box::pin(set_sold_out(tx, sold_out, true)));
    assert!(write.await.unwrap());
    let now = catalogue.facts().await.unwrap();
    assert!(now.product(sold_out).unwrap().sold_out && !kept.product(sold_out).unwrap().sold_out);
    let shared =
        kept.menu.products.iter().zip(&now.menu.products).filter(|(one, other)| Arc::ptr_eq(one, other));
    assert_eq!(shared.count() + 1, kept.menu.products.len(), "the others lie where they lay");
    app.stop().await;
}
