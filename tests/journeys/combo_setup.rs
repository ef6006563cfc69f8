//! Combos in the menu editor: what is said there is sold at once, and what cannot be is refused by name.

use super::combos::{Bar, EXECUTIVE};
use super::menu_setup::save;
use crate::house::{Engine, House, new_id};
use fastops_app::Caller;
use fastops_app::wire::{
    ComboChoiceView, ComboSlotView, FailureCode, GetMenu, GetMenuSetup, NewLine, ProductSetup, SaveProduct,
    SearchProducts,
};
use fastops_store::{StoreError, company};
use uuid::Uuid;

super::on_both_engines!(a_combo_is_made_in_the_menu_editor, a_combo_that_cannot_be_is_refused_by_name);

fn slot(name: &str, (min, max): (u32, u32), choices: &[(Uuid, i64)]) -> ComboSlotView {
    let choice = |&(product_id, price_minor)| ComboChoiceView { product_id, variant_id: None, price_minor };
    let choices = choices.iter().map(choice).collect();
    ComboSlotView { id: new_id(), name: name.into(), min, max, repeats: false, choices }
}

/// A new combo beside the main dishes.
async fn breakfast(bar: &Bar, jorge: &Caller, slots: Vec<ComboSlotView>) -> SaveProduct {
    let setup = bar.house.app.perform(jorge, GetMenuSetup {}).await.unwrap();
    let like = setup.products.iter().find(|product| product.short_code == "307").unwrap().clone();
    save(ProductSetup {
        id: new_id(),
        name: "Combo desayuno".into(),
        short_code: "399".into(),
        price_minor: 2_000_000,
        group_ids: Vec::new(),
        slots: Some(slots),
        ..like
    })
}

async fn a_combo_is_made_in_the_menu_editor(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let jorge = house.sign_in("Jorge").await;
    let id = |code: &str| house.product(code).id;
    let slots = vec![
        slot("Plato", (1, 1), &[(id("307"), 0), (id("202"), 100_000)]),
        slot("Bebidas", (0, 2), &[(id("608"), 0), (id("606"), 0)]),
    ];
    let wish = breakfast(&bar, &jorge, slots.clone()).await;
    for _ in 0..2 {
        let kept = house.app.perform(&jorge, wish.clone()).await.unwrap();
        assert_eq!(kept.slots.as_ref(), Some(&slots));
    }
    let sold = bar.product("399").await;
    assert_eq!(
        (sold.slots, sold.station_id),
        (slots.clone(), None),
        "its category's station makes its parts"
    );
    let setup = house.app.perform(&jorge, GetMenuSetup {}).await.unwrap();
    let kept = setup.products.iter().find(|product| product.id == wish.product_id).unwrap();
    assert_eq!(kept.slots.as_ref(), Some(&slots));
    let found = bar.does(SearchProducts { text: "combo des".into(), limit: 3 }).await;
    assert_eq!(found.hits[0].product_id, wish.product_id);

    let combo = |parts| NewLine { product_id: wish.product_id, parts, ..house.line("606", 1) };
    let [plate, drinks] = &slots[..] else { panic!() };
    let parts = vec![
        house.part(drinks.id, id("606")),
        house.part(plate.id, id("202")),
        house.part(drinks.id, id("608")),
    ];
    let order = bar.does(bar.order(vec![combo(parts)])).await;
    let names: Vec<&str> = order.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names[..2], ["Combo desayuno", "Sancocho de gallina"], "in the order of its slots: {names:?}");
    assert_eq!((order.lines.len(), order.total_minor), (4, 2_100_000));

    // What is off the menu is no choice any more, and says nothing of what was sold.
    let rice = setup.products.iter().find(|product| product.short_code == "307").unwrap().clone();
    house.app.perform(&jorge, save(ProductSetup { active: false, ..rice })).await.unwrap();
    let sold = bar.product("399").await;
    assert_eq!(sold.slots[0].choices.len(), 1);
    let gone = combo(vec![house.part(plate.id, id("307"))]);
    bar.refused(&bar.ana, bar.order(vec![gone]), FailureCode::BadModifier, &["Combo desayuno"]).await;
    assert_eq!(bar.product(EXECUTIVE).await.slots[0].choices.len(), 3);

    // Made anew, its earlier sales stay as they were.
    let fewer = SaveProduct { command_id: new_id(), slots: Some(slots[1..].to_vec()), ..wish };
    house.app.perform(&jorge, fewer).await.unwrap();
    assert_eq!(bar.product("399").await.slots, slots[1..]);
    assert_eq!(house.order(&bar.ana, order.id).await.lines, order.lines);
    bar.house.close().await;
}

async fn a_combo_that_cannot_be_is_refused_by_name(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let jorge = house.sign_in("Jorge").await;
    let id = |code: &str| house.product(code).id;
    let setup = house.app.perform(&jorge, GetMenuSetup {}).await.unwrap();
    let of = |code: &str| setup.products.iter().find(|product| product.short_code == code).unwrap().clone();
    house.app.perform(&jorge, save(ProductSetup { active: false, ..of("306") })).await.unwrap();
    let rum = ingredient(house).await;
    let rice = || slot("Plato", (1, 1), &[(id("307"), 0)]);
    let drinks = |bounds, choices: &[(Uuid, i64)]| vec![rice(), slot("Bebida", bounds, choices)];
    let cases: [(Vec<ComboSlotView>, FailureCode, &[&str]); 11] = [
        (vec![], FailureCode::BadCombo, &[]),
        (drinks((1, 1), &[]), FailureCode::BadCombo, &["Bebida"]),
        (vec![rice(), rice()], FailureCode::BadCombo, &["Plato"]),
        (drinks((2, 1), &[(id("606"), 0), (id("608"), 0)]), FailureCode::BadCombo, &["Bebida", "2", "1"]),
        (drinks((1, 3), &[(id("606"), 0), (id("608"), 0)]), FailureCode::BadCombo, &["Bebida", "3"]),
        (
            drinks((1, 1), &[(id("606"), 0), (id("606"), 100)]),
            FailureCode::BadCombo,
            &["Bebida", "Agua sin gas"],
        ),
        (drinks((1, 1), &[(id(EXECUTIVE), 0)]), FailureCode::BadCombo, &["Bebida", "Combo ejecutivo"]),
        (drinks((1, 1), &[(rum, 0)]), FailureCode::BadCombo, &["Bebida", "Ron blanco"]),
        (drinks((1, 1), &[(id("306"), 0)]), FailureCode::BadCombo, &["Bebida", "Lechona"]),
        (drinks((1, 1), &[(new_id(), 0)]), FailureCode::UnknownProduct, &[]),
        (drinks((1, 1), &[(id("606"), -1)]), FailureCode::OutOfBounds, &[]),
    ];
    for (slots, code, words) in cases {
        let wish = breakfast(&bar, &jorge, slots).await;
        bar.refused(&jorge, wish, code, words).await;
    }
    let other = save(ProductSetup { slots: Some(vec![rice()]), ..of("202") });
    bar.refused(&jorge, other, FailureCode::UnknownProduct, &["Sancocho"]).await;
    let other = save(ProductSetup { slots: None, ..of(EXECUTIVE) });
    bar.refused(&jorge, other, FailureCode::UnknownProduct, &["Combo ejecutivo"]).await;
    assert_eq!(bar.product(EXECUTIVE).await.slots.len(), 2, "nothing changed");
    assert!(bar.product("202").await.slots.is_empty());
    let unmade = bar.does(GetMenu {}).await;
    assert!(unmade.products.iter().all(|product| product.short_code != "399"));
    bar.house.close().await;
}

/// Something that is bought and never sold by itself.
async fn ingredient(house: &House) -> Uuid {
    let store = house.app.store_for_faults();
    let read = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move {
            let (_, branch) = company::first_branch(tx).await?.unwrap();
            Ok(fastops_store::recipe::recipes(tx, branch.id).await?[0].ingredient.product.0)
        })
    });
    read.await.unwrap()
}
