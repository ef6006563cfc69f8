//! Whether a house is founded as it was said, once, whole, or not at all.

use super::countries::COUNTRIES;
use super::*;
use crate::start;
use fastops_domain::floor::Spot;
use fastops_domain::menu::ProductKind;
use fastops_store::{Store, StoreError, floor, menu, station, user};
use std::collections::HashSet;
use std::path::Path;

fn founding() -> Founding {
    Founding {
        language: Language::Es,
        country: "CO".into(),
        kind: BusinessKind::Restaurant,
        name: "La Esquina".into(),
        tax_bp: 800,
        sample_menu: true,
        tables: 10,
        admin: "Rosa".into(),
        pin: Secret("2468".into()),
        utc_offset_minutes: -300,
    }
}

async fn refused(folder: &Path, founding: Founding) -> Failure {
    found(&AppConfig::new(folder), founding).await.unwrap_err()
}

async fn opened(folder: &Path) -> Store {
    Store::open(&start::database(&AppConfig::new(folder))).await.unwrap()
}

/// Every kind in both languages with and without a menu, in every country.
#[tokio::test]
async fn every_house_can_be_founded_and_opened() {
    let kinds = BusinessKind::ALL.into_iter().cycle();
    for ((n, country), kind) in COUNTRIES.iter().enumerate().zip(kinds) {
        let folder = tempfile::tempdir().unwrap();
        let language = if n % 2 == 0 { Language::Es } else { Language::En };
        let sample_menu = n % 3 != 2;
        let wish = Founding { country: country.code.into(), kind, language, sample_menu, ..founding() };
        found(&AppConfig::new(folder.path()), wish).await.unwrap();
        let app = crate::App::start(AppConfig::new(folder.path())).await.unwrap();
        let facts = app.inner.catalogue.facts().await.unwrap();
        assert_eq!((facts.company.currency.code.len(), &*facts.branch.name), (3, "La Esquina"));
        app.stop().await;
    }
}

#[tokio::test]
async fn a_house_has_what_it_was_said_to_have() {
    let folder = tempfile::tempdir().unwrap();
    let wish = Founding { tables: TABLES_OF_ROOM + 1, tax_bp: 1_050, ..founding() };
    found(&AppConfig::new(folder.path()), wish).await.unwrap();
    let store = opened(folder.path()).await;
    let read = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move {
            let (company, branch) = company::first_branch(tx).await?.unwrap();
            let stations = station::stations(tx, branch.id).await?;
            let rooms = floor::rooms(tx, branch.id).await?;
            let tables = floor::tables(tx, branch.id).await?;
            let menu = menu::menu(tx, branch.id).await?;
            let people = user::everyone(tx, company.id).await?;
            Ok((company, stations, rooms, tables, menu, people))
        })
    });
    let (company, stations, rooms, tables, menu, people) = read.await.unwrap();
    let combo = menu.products.iter().find(|product| product.kind == ProductKind::Combo).unwrap();
    let slots = &menu.combos[&combo.id];
    let told: Vec<_> = slots.iter().map(|slot| (&*slot.name, slot.min, slot.choices.len())).collect();
    assert_eq!((&*combo.name, told), ("Combo del día", vec![("Plato", 1, 4), ("Bebida", 1, 3)]));
    assert_eq!((&*company.name, &*company.currency.code), ("La Esquina", "COP"));
    assert_eq!(stations.iter().map(|station| &*station.name).collect::<Vec<_>>(), ["Cocina", "Bar"]);
    assert_eq!(rooms.iter().map(|room| &*room.name).collect::<Vec<_>>(), ["Salón", "Salón 2"]);
    assert_eq!(tables.len(), TABLES_OF_ROOM as usize + 1);
    assert!(menu.taxes.values().any(|tax| tax.name == "Impoconsumo 10.5 %" && tax.rate_bp == 1_050));
    assert_eq!(people.iter().map(|person| &*person.name).collect::<Vec<_>>(), ["Rosa"]);
    store.close().await;
}

#[test]
fn tables_of_a_room_lie_on_its_plan_and_apart() {
    let (id, room) =
        (fastops_domain::ids::TableId(uuid::Uuid::nil()), fastops_domain::ids::RoomId(uuid::Uuid::nil()));
    let spots: Vec<Spot> = (0..i32::try_from(TABLES_OF_ROOM).unwrap())
        .map(|place| rows::table(id, room, place, 1))
        .map(|table| Spot { x: table.x, y: table.y, width: table.width, height: table.height })
        .collect();
    for (n, spot) in spots.iter().enumerate() {
        assert!(spot.fits(), "{spot:?}");
        assert!(spots[..n].iter().all(|other| !spot.overlaps(*other)), "{spot:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_a_house_is_refused_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let wrong: [(Founding, &str); 6] = [
        (Founding { name: "  ".into(), ..founding() }, "El largo del nombre del negocio"),
        (Founding { admin: String::new(), ..founding() }, "El largo del nombre"),
        (Founding { pin: Secret("12".into()), ..founding() }, "El PIN son cuatro números"),
        (Founding { tables: MOST_TABLES + 1, ..founding() }, "El número de mesas"),
        (Founding { tax_bp: MAX_RATE_BP + 1, ..founding() }, "El impuesto"),
        (Founding { country: "XX".into(), ..founding() }, "XX"),
    ];
    for (wish, why) in wrong {
        let failure = refused(folder.path(), wish).await;
        assert!(failure.message.contains(why), "{}", failure.message);
    }
    let english = Founding { language: Language::En, name: String::new(), ..founding() };
    let failure = refused(folder.path(), english).await;
    assert!(failure.message.contains("The business name's length"), "{}", failure.message);
    found(&AppConfig::new(folder.path()), founding()).await.unwrap();
}

#[tokio::test]
async fn a_house_is_founded_once() {
    let folder = tempfile::tempdir().unwrap();
    found(&AppConfig::new(folder.path()), founding()).await.unwrap();
    let again = refused(folder.path(), Founding { name: "Otra".into(), ..founding() }).await;
    assert_eq!(again.code, crate::wire::FailureCode::SetUpAlready);
    let store = opened(folder.path()).await;
    let (company, _) = store.read(|tx| Box::pin(company::first_branch(tx))).await.unwrap().unwrap();
    assert_eq!(company.name, "La Esquina");
    store.close().await;
}

#[test]
fn prices_of_the_sample_menu_look_like_prices_there() {
    for country in COUNTRIES {
        for kind in BusinessKind::ALL {
            for product in kind.menu().iter().flat_map(|category| category.products) {
                assert!(country.price(product.tenths) > 0, "{} {}", country.code, product.code);
            }
            let codes: Vec<_> = kind.menu().iter().flat_map(|c| c.products).map(|p| p.code).collect();
            assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len(), "{kind:?}");
            let slots = kind.menu().iter().flat_map(|category| category.products).flat_map(|one| one.slots);
            let offered = slots.clone().flat_map(|slot| slot.choices);
            assert!(offered.clone().all(|(code, _)| codes.contains(code)), "{kind:?}");
            assert!(slots.clone().all(|slot| slot.repeats || slot.count as usize <= slot.choices.len()));
        }
    }
    let colombia = Country::of("CO").unwrap();
    assert_eq!((colombia.price(10), colombia.price(75), colombia.price(8)), (400_000, 3_000_000, 300_000));
}
