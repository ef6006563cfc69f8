//! Taxes are the house's to change: a new rate counts for what is typed from then on, what was ordered keeps its own, and
//! a tax that products bear is not taken away from under them.

use super::menu_setup::{product, save, setup};
use crate::house::{Engine, House, hear, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    AddLines, Event, FailureCode, OrderView, ProductSetup, RemoveTax, SaveTax, TaxMode, TaxView,
};
use fastops_app::{Caller, Language};

super::on_both_engines!(
    a_new_rate_counts_for_what_is_typed_from_then_on,
    a_tax_goes_when_no_product_bears_it,
    a_tax_that_cannot_be_is_refused_with_a_sentence,
    a_product_and_its_tax_never_part_halfway,
);

/// The consumption tax, which the dish 307 bears.
async fn borne(house: &House, admin: &Caller) -> TaxView {
    let all = setup(house, admin).await;
    let id = product(&all, "307").tax_ids[0];
    all.taxes.into_iter().find(|tax| tax.id == id).unwrap()
}

fn changed(tax: &TaxView, rate_bp: u32, mode: TaxMode) -> SaveTax {
    SaveTax { command_id: new_id(), tax_id: tax.id, name: tax.name.clone(), rate_bp, mode }
}

const fn amounts(order: &OrderView) -> [i64; 3] {
    [order.net_minor, order.tax_minor, order.total_minor]
}

async fn a_new_rate_counts_for_what_is_typed_from_then_on(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let (tax, price) =
        (borne(&house, &jorge).await, product(&setup(&house, &jorge).await, "307").price_minor);
    assert_eq!((tax.rate_bp, tax.mode), (800, TaxMode::Included));
    let sent = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let mut events = house.app.subscribe();

    let dearer = changed(&tax, 1_900, TaxMode::Added);
    for _ in 0..2 {
        let answer = house.app.perform(&jorge, dearer.clone()).await.unwrap();
        let now = answer.taxes.iter().find(|one| one.id == tax.id).unwrap();
        assert_eq!(*now, TaxView { rate_bp: 1_900, mode: TaxMode::Added, ..tax.clone() });
    }
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    assert_eq!(
        count(&house.app.store_for_faults(), questions::TAXES_CHANGED).await,
        1,
        "once, and written down"
    );
    assert_eq!(amounts(&house.order(&ana, sent.id).await), amounts(&sent), "what was ordered keeps its tax");

    let later = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let on_top = (price * 19 + 50) / 100;
    assert_eq!(amounts(&later), [price, on_top, price + on_top]);
    let lines = vec![house.line("307", 1)];
    let add = AddLines { command_id: new_id(), order_id: sent.id, lines };
    let both = house.app.perform(&ana, add).await.unwrap();
    let together: Vec<i64> =
        amounts(&sent).iter().zip(amounts(&later)).map(|(one, other)| one + other).collect();
    assert_eq!(amounts(&both).to_vec(), together, "each line by the tax of its own time");

    // Not charged at all, whatever rate was said with it.
    let answer = house.app.perform(&jorge, changed(&tax, 1_900, TaxMode::Exempt)).await.unwrap();
    assert_eq!(answer.taxes.iter().find(|one| one.id == tax.id).unwrap().rate_bp, 0);
    let free = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    assert_eq!(amounts(&free), [price, 0, price]);
    house.close().await;
}

async fn a_tax_goes_when_no_product_bears_it(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let usual = borne(&house, &jorge).await;
    let new = SaveTax {
        command_id: new_id(),
        tax_id: new_id(),
        name: " Licores ".into(),
        rate_bp: 500,
        mode: TaxMode::Included,
    };
    let answer = house.app.perform(&jorge, new.clone()).await.unwrap();
    assert!(answer.taxes.iter().any(|tax| tax.id == new.tax_id && tax.name == "Licores"));
    let before = product(&setup(&house, &jorge).await, "307");
    let with = ProductSetup { tax_ids: vec![usual.id, new.tax_id], ..before.clone() };
    house.app.perform(&jorge, save(with)).await.unwrap();
    let sent = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();

    let remove = || RemoveTax { command_id: new_id(), tax_id: new.tax_id };
    let refused = house.refused(&jorge, remove(), FailureCode::MustKeep).await;
    assert!(
        refused.message.contains("Licores") && refused.message.contains("un producto"),
        "{}",
        refused.message
    );
    house.app.perform(&jorge, save(before)).await.unwrap();
    let gone = remove();
    for _ in 0..2 {
        let answer = house.app.perform(&jorge, gone.clone()).await.unwrap();
        assert!(answer.taxes.iter().all(|tax| tax.id != new.tax_id));
    }
    house.refused(&jorge, remove(), FailureCode::UnknownProduct).await;
    let kept = house.order(&ana, sent.id).await;
    assert_eq!(
        (amounts(&kept), &kept.lines),
        (amounts(&sent), &sent.lines),
        "an order still knows its taxes"
    );
    house.close().await;
}

async fn a_tax_that_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let before = setup(&house, &jorge).await.taxes;
    let tax = borne(&house, &jorge).await;
    let called = |name: &str| SaveTax {
        command_id: new_id(),
        tax_id: new_id(),
        name: name.into(),
        rate_bp: 100,
        mode: TaxMode::Added,
    };
    let cases = [
        (called(" "), FailureCode::OutOfBounds),
        (called(&"x".repeat(61)), FailureCode::OutOfBounds),
        (called(&tax.name), FailureCode::NameTaken),
        (changed(&tax, 10_001, TaxMode::Included), FailureCode::OutOfBounds),
    ];
    for (request, code) in cases {
        let spanish = house.refused(&jorge, request.clone(), code).await;
        let english = Caller { language: Language::En, ..jorge.clone() };
        assert_ne!(spanish.message, house.refused(&english, request, code).await.message, "{code:?}");
    }
    let unknown = RemoveTax { command_id: new_id(), tax_id: new_id() };
    house.refused(&jorge, unknown, FailureCode::UnknownProduct).await;
    assert_eq!(setup(&house, &jorge).await.taxes, before, "nothing of it happened");
    assert_eq!(count(&house.app.store_for_faults(), questions::TAXES_CHANGED).await, 0);
    house.close().await;
}

/// One hand takes a tax away in the moment in which another gives it to a product.
async fn a_product_and_its_tax_never_part_halfway(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let dish = product(&setup(&house, &jorge).await, "307");
    for round in 0..8 {
        let new = SaveTax {
            command_id: new_id(),
            tax_id: new_id(),
            name: format!("Estampilla {round}"),
            rate_bp: 100,
            mode: TaxMode::Added,
        };
        house.app.perform(&jorge, new.clone()).await.unwrap();
        let bearing = save(ProductSetup { tax_ids: vec![new.tax_id], ..dish.clone() });
        let remove = RemoveTax { command_id: new_id(), tax_id: new.tax_id };
        let (given, taken) =
            tokio::join!(house.app.perform(&jorge, bearing), house.app.perform(&jorge, remove));
        let after = setup(&house, &jorge).await;
        let is_there = after.taxes.iter().any(|tax| tax.id == new.tax_id);
        let is_borne = product(&after, "307").tax_ids == [new.tax_id];
        match (given, taken) {
            (Ok(_), Err(refused)) => {
                assert_eq!((refused.code, is_there, is_borne), (FailureCode::MustKeep, true, true));
            }
            (Err(refused), Ok(_)) => {
                assert_eq!((refused.code, is_there, is_borne), (FailureCode::UnknownProduct, false, false));
            }
            (given, taken) => panic!("{given:?} {taken:?}"),
        }
        house.app.perform(&jorge, save(dish.clone())).await.unwrap();
    }
    house.close().await;
}
