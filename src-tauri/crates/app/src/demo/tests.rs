//! The demonstration is a restaurant that could open tomorrow.

use super::floor::{PLAN, ROOMS, Table};
use super::menu::{FAVOURITES, MENU, Makes, Product};
use super::questions::Question;
use super::shelf::{INGREDIENTS, MIXED};
use super::{DEMO_USERS, STATIONS};
use crate::refusal::Refusal;
use fastops_domain::menu::CHIPS;
use fastops_domain::stock::Quantity;
use fastops_domain::time::Time;
use fastops_domain::user::Role;
use fastops_store::{
    Store, StoreConfig, StoreError, company, floor as floor_rows, menu as menu_rows, recipe, station, stock,
};
use std::collections::HashSet;
use uuid::Uuid;

fn products() -> impl Iterator<Item = &'static Product> {
    MENU.iter().flat_map(|category| category.products)
}

fn tables() -> impl Iterator<Item = &'static Table> {
    ROOMS.iter().flat_map(|room| room.tables)
}

fn distinct<T: std::hash::Hash + Eq>(items: impl Iterator<Item = T>) -> (usize, usize) {
    let all: Vec<T> = items.collect();
    let count = all.len();
    (all.into_iter().collect::<HashSet<_>>().len(), count)
}

#[test]
fn the_menu_has_about_sixty_products_in_eight_categories_of_their_own_colours() {
    assert_eq!(MENU.len(), 8);
    assert!((55..=70).contains(&products().count()), "{}", products().count());
    assert_eq!(distinct(MENU.iter().map(|category| category.color)), (8, 8));
    assert!(MENU.iter().all(|category| CHIPS.contains(&category.color)));
    assert!(MENU.iter().all(|category| !category.products.is_empty()));
}

#[test]
fn codes_and_names_are_distinct_and_every_station_has_work() {
    let (codes, count) = distinct(products().map(|product| product.code));
    assert_eq!(codes, count);
    let (names, count) = distinct(products().map(|product| product.name));
    assert_eq!(names, count);
    for makes in [Makes::Kitchen, Makes::Bar, Makes::Desserts] {
        assert!(MENU.iter().any(|category| category.station == makes), "{makes:?}");
    }
    assert_eq!(distinct(STATIONS.iter().map(|station| station.code)), (3, 3));
}

#[test]
fn something_is_sold_out_and_something_is_exempt_but_little() {
    assert!((1..=2).contains(&products().filter(|product| product.sold_out).count()));
    assert!((1..=2).contains(&products().filter(|product| product.exempt).count()));
}

#[test]
fn eight_favourites_can_be_sold() {
    assert_eq!(distinct(FAVOURITES.iter()), (8, 8));
    for code in FAVOURITES {
        assert!(products().any(|product| product.code == code && !product.sold_out), "{code}");
    }
}

/// One thing runs out while somebody watches; the rest lasts.
#[test]
fn few_things_are_counted_and_one_of_them_is_scarce() {
    let counted: Vec<_> = products().filter_map(|product| product.stock).collect();
    assert!((4..=8).contains(&counted.len()), "{counted:?}");
    assert_eq!(counted.iter().filter(|units| **units < 50).collect::<Vec<_>>(), [&12]);
    assert!(products().any(|product| product.code == MIXED && product.stock.is_none()));
    assert!(INGREDIENTS.iter().all(|bought| bought.stock * 1000 / bought.milli >= 300));
}

/// A price in a menu ends in whole hundreds, and nothing costs less than nothing with its cheapest answers.
#[test]
fn no_choice_makes_a_product_free() {
    for product in products() {
        assert!(product.pesos > 0 && product.pesos % 100 == 0, "{}", product.name);
        let cheapest: i64 = product
            .questions
            .iter()
            .map(|question| {
                let wording = question.wording();
                wording.answers.iter().map(|(_, pesos)| pesos.min(&0)).sum::<i64>()
            })
            .sum();
        assert!(product.pesos + cheapest > 0, "{}", product.name);
    }
}

#[test]
fn every_question_can_be_answered_and_is_asked_somewhere() {
    for question in Question::ALL {
        let wording = question.wording();
        let (min, max) = wording.choices;
        assert!(min <= max && max as usize <= wording.answers.len(), "{}", wording.name);
        let (names, count) = distinct(wording.answers.iter().map(|(name, _)| *name));
        assert_eq!(names, count, "{}", wording.name);
        assert!(products().any(|product| product.questions.contains(&question)), "{}", wording.name);
    }
    for product in products() {
        let (asked, count) = distinct(product.questions.iter());
        assert_eq!(asked, count, "{} asks twice", product.name);
    }
}

#[test]
fn two_combos_offer_what_is_sold_by_itself_at_two_stations_or_more() {
    let combos: Vec<_> = products().filter(|product| !product.slots.is_empty()).collect();
    assert_eq!(combos.len(), 2);
    let sold = |code: &str| products().find(|product| product.code == code && product.slots.is_empty());
    for combo in combos {
        let offered = combo.slots.iter().flat_map(|slot| slot.products);
        assert!(
            offered.clone().all(|(code, _)| sold(code).is_some_and(|one| !one.sold_out)),
            "{}",
            combo.name
        );
        let makers = offered.filter_map(|(code, _)| {
            let makes =
                |category: &&super::menu::Category| category.products.iter().any(|one| one.code == *code);
            MENU.iter().find(makes).map(|category| category.station.index())
        });
        assert!(makers.collect::<HashSet<_>>().len() >= 2, "{}", combo.name);
        for slot in combo.slots {
            let (min, max) = slot.choices;
            assert!(min <= max && max as usize <= slot.products.len(), "{}", slot.name);
        }
    }
}

#[test]
fn steaks_ask_how_they_are_done_before_anything_else() {
    let steaks: Vec<_> = products().filter(|product| product.questions.contains(&Question::Temper)).collect();
    assert!(steaks.len() >= 3);
    for steak in steaks {
        assert_eq!(steak.questions.first(), Some(&Question::Temper), "{}", steak.name);
    }
    assert_eq!(Question::Temper.wording().choices, (1, 1));
}

#[test]
fn twenty_tables_stand_in_two_rooms_inside_the_plan_and_not_on_each_other() {
    let names: Vec<String> = tables().map(|table| table.name.to_owned()).collect();
    assert_eq!(names, (1..=20).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!(ROOMS.len(), 2);
    let (plan_width, plan_height) = PLAN;
    for room in ROOMS {
        for (index, table) in room.tables.iter().enumerate() {
            let (x, y, width, height) = table.place;
            assert!(x >= 0 && y >= 0 && width > 0 && height > 0, "{}", table.name);
            assert!(x + width <= plan_width && y + height <= plan_height, "{}", table.name);
            for other in &room.tables[index + 1..] {
                assert!(!overlap(table, other), "{} stands on {}", table.name, other.name);
            }
        }
    }
}

fn overlap(one: &Table, other: &Table) -> bool {
    let (x, y, width, height) = one.place;
    let (other_x, other_y, other_width, other_height) = other.place;
    x < other_x + other_width && other_x < x + width && y < other_y + other_height && other_y < y + height
}

#[test]
fn every_role_has_someone_and_no_two_people_share_a_pin() {
    for role in Role::ALL {
        assert!(DEMO_USERS.iter().any(|user| user.role == role), "{role:?}");
    }
    assert_eq!(distinct(DEMO_USERS.iter().map(|user| user.pin)), (6, 6));
    assert!(
        DEMO_USERS.iter().all(|user| user.pin.len() == 4 && user.pin.bytes().all(|b| b.is_ascii_digit()))
    );
}

async fn store(folder: &std::path::Path) -> Store {
    Store::open(&StoreConfig::Sqlite { path: folder.join("demo.db") }).await.unwrap()
}

async fn create(store: &Store, printers: &'static [(&'static str, &'static str)]) -> Result<(), Refusal> {
    store
        .write(move |tx| {
            Box::pin(async move {
                let mut last = 0;
                let mut ids = move || {
                    last += 1;
                    Uuid::from_u128(last)
                };
                let people = super::people(|pin| Ok::<_, Refusal>(format!("hash of {pin}")))?;
                let given = |(code, address): &(&str, &str)| ((*code).to_owned(), address.parse().unwrap());
                let printers: Vec<_> = printers.iter().map(given).collect();
                super::create(tx, &mut ids, &people, &printers, Time(7)).await
            })
        })
        .await
}

#[tokio::test]
async fn the_company_is_written_whole_with_the_printers_that_were_given() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    create(&store, &[("bar", "tcp://10.0.0.7:9100")]).await.unwrap();
    let (menu, tables, addresses) = store
        .read(|tx| {
            Box::pin(async move {
                let (_, branch) = company::first_branch(tx).await?.unwrap();
                let menu = menu_rows::menu(tx, branch.id).await?;
                let tables = floor_rows::tables(tx, branch.id).await?.len();
                let printers = station::printers(tx, branch.id).await?;
                let addresses: HashSet<String> =
                    printers.iter().map(|printer| printer.address.to_string()).collect();
                let routes = station::routes(tx, branch.id).await?;
                assert!(menu.categories.iter().all(|category| routes.contains_key(&category.id)));
                let levels = stock::levels(tx, branch.default_location).await?;
                assert!(levels.iter().all(|level| level.least == Some(Quantity::ZERO)), "{levels:?}");
                let counted = products().filter(|product| product.stock.is_some()).count();
                assert_eq!(levels.len(), counted + INGREDIENTS.len());
                let recipe = recipe::recipes(tx, branch.id).await?;
                assert!(recipe.iter().all(|line| line.tracks_stock), "{recipe:?}");
                assert_eq!(recipe.len(), INGREDIENTS.len());
                Ok::<_, StoreError>((menu, tables, addresses))
            })
        })
        .await
        .unwrap();
    assert_eq!((menu.products.len(), menu.categories.len()), (products().count(), MENU.len()));
    assert_eq!((tables, addresses.len()), (20, 3));
    assert!(addresses.contains("tcp://10.0.0.7:9100"), "{addresses:?}");
    store.close().await;
}

#[tokio::test]
async fn a_station_that_is_none_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let refused = create(&store, &[("cocnia", "tcp://10.0.0.7:9100")]).await;
    assert!(matches!(refused, Err(Refusal::NoSuchStation { code }) if code == "cocnia"));
    let company = store.read(|tx| Box::pin(company::first_branch(tx))).await.unwrap();
    assert!(company.is_none());
    store.close().await;
}
