//! The sizes and colours that a product comes in: said on the menu's page, sold at their prices, found by their codes, and
//! never one code for two things.

use crate::house::{Engine, House, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    ColorView, FailureCode, GetMenu, GetVariants, ProductView, SaveVariants, SearchProducts, SizeView,
    VariantSetup, VariantsSetup,
};
use fastops_app::{Caller, Language};
use uuid::Uuid;

super::on_both_engines!(
    a_product_is_sold_in_its_sizes_at_their_prices,
    what_is_sold_no_longer_is_remembered,
    variants_that_cannot_be_are_refused_with_a_sentence,
);

async fn dish(house: &House, code: &str) -> ProductView {
    let ana = house.sign_in("Ana").await;
    let menu = house.app.perform(&ana, GetMenu {}).await.unwrap();
    menu.products.into_iter().find(|product| product.short_code == code).unwrap()
}

async fn kept(house: &House, product_id: Uuid) -> VariantsSetup {
    house.app.perform(&house.sign_in("Jorge").await, GetVariants { product_id }).await.unwrap()
}

fn variant(size_id: Uuid, price_minor: Option<i64>) -> VariantSetup {
    VariantSetup {
        id: new_id(),
        size_id: Some(size_id),
        color_id: None,
        price_minor,
        short_code: String::new(),
        barcodes: Vec::new(),
        active: true,
    }
}

fn save(product_id: Uuid, variants: Vec<VariantSetup>) -> SaveVariants {
    SaveVariants {
        command_id: new_id(),
        product_id,
        new_sizes: Vec::new(),
        new_colors: Vec::new(),
        variants,
        barcodes: Vec::new(),
    }
}

async fn a_product_is_sold_in_its_sizes_at_their_prices(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let product = dish(&house, "307").await;
    let before = kept(&house, product.id).await;
    assert_eq!((before.variants.len(), before.barcodes.len()), (0, 0));
    let family = SizeView { id: new_id(), name: "Familiar".into() };
    let gold = ColorView { id: new_id(), name: "Dorado".into(), swatch: "#C9A227".into() };
    let small =
        VariantSetup { barcodes: vec!["7701".into(), " 7702 ".into()], ..variant(before.sizes[0].id, None) };
    let large = VariantSetup {
        color_id: Some(gold.id),
        short_code: "307F".into(),
        ..variant(family.id, Some(4_990_000))
    };
    let request = SaveVariants {
        new_sizes: vec![family.clone()],
        new_colors: vec![gold],
        barcodes: vec!["7700".into()],
        ..save(product.id, vec![small.clone(), large.clone()])
    };
    let saved = house.app.perform(&jorge, request.clone()).await.unwrap();
    assert_eq!(house.app.perform(&jorge, request).await.unwrap(), saved, "P13: the same answer again");
    assert_eq!(count(&house.app.store_for_faults(), questions::VARIANTS_SAVED).await, 1);
    assert_eq!(saved.sizes.last(), Some(&family), "a new size stands last");
    assert_eq!(saved.barcodes, ["7700"]);
    let codes = saved.variants.iter().find(|one| one.id == small.id).unwrap();
    assert_eq!(codes.barcodes, ["7701", "7702"], "without blanks around");

    let menu = dish(&house, "307").await;
    let offered: Vec<_> = menu.variants.iter().map(|one| (one.name.as_str(), one.price_minor)).collect();
    assert_eq!(
        offered,
        [(before.sizes[0].name.as_str(), product.price_minor), ("Dorado Familiar", 4_990_000)]
    );
    for (text, found) in [("7702", small.id), ("307F", large.id)] {
        let search = SearchProducts { text: text.into(), limit: 5 };
        let hits = house.app.perform(&ana, search).await.unwrap().hits;
        assert_eq!(hits[0].variant_id, Some(found), "{text}");
    }
    let mut order = house.take_away(&[("307", 2)]);
    order.lines[0].modifier_ids.clear();
    house.refused(&ana, order.clone(), FailureCode::ModifierMissing).await;
    order.lines[0].variant_id = Some(large.id);
    let sold = house.app.perform(&ana, order).await.unwrap();
    assert_eq!(sold.total_minor, 2 * 4_990_000);
    assert!(sold.lines[0].name.ends_with("· Dorado Familiar"), "{}", sold.lines[0].name);
    house.close().await;
}

async fn what_is_sold_no_longer_is_remembered(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let product = dish(&house, "307").await;
    let sizes = kept(&house, product.id).await.sizes;
    let [small, large] = [variant(sizes[0].id, None), variant(sizes[1].id, Some(100))];
    house.app.perform(&jorge, save(product.id, vec![small.clone(), large.clone()])).await.unwrap();
    let mut order = house.take_away(&[("307", 1)]);
    order.lines[0].modifier_ids.clear();
    order.lines[0].variant_id = Some(large.id);
    let sold = house.app.perform(&ana, order.clone()).await.unwrap();

    house.app.perform(&jorge, save(product.id, vec![small.clone()])).await.unwrap();
    let now = kept(&house, product.id).await.variants;
    let active: Vec<_> = now.iter().map(|one| (one.id, one.active)).collect();
    assert_eq!(active, [(small.id, true), (large.id, false)]);
    order.command_id = new_id();
    order.order_id = new_id();
    order.lines[0].id = new_id();
    house.refused(&ana, order, FailureCode::UnknownProduct).await;
    assert_eq!(house.order(&ana, sold.id).await.total_minor, 100, "what was sold stays as it was sold");

    // It comes back as itself, at another price; its size is not changed by saying another.
    let back = VariantSetup { price_minor: Some(250), size_id: Some(sizes[2].id), ..large.clone() };
    house.app.perform(&jorge, save(product.id, vec![small, back])).await.unwrap();
    let again = kept(&house, product.id).await.variants;
    let large = again.iter().find(|one| one.id == large.id).unwrap();
    assert_eq!((large.active, large.price_minor, large.size_id), (true, Some(250), Some(sizes[1].id)));
    let apart = VariantSetup { active: false, ..again[0].clone() };
    house.app.perform(&jorge, save(product.id, vec![apart, again[1].clone()])).await.unwrap();
    assert_eq!(dish(&house, "307").await.variants.len(), 1, "named, and said to be sold no longer");
    house.app.perform(&jorge, save(product.id, Vec::new())).await.unwrap();
    assert_eq!(dish(&house, "307").await.variants, [], "sold in one form again");
    house.close().await;
}

async fn variants_that_cannot_be_are_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let product = dish(&house, "307").await.id;
    let sizes = kept(&house, product).await.sizes;
    let good = variant(sizes[0].id, None);
    let with = |change: fn(&mut VariantSetup)| {
        let mut variant = good.clone();
        change(&mut variant);
        save(product, vec![variant])
    };
    let twin = VariantSetup { id: new_id(), ..good.clone() };
    let word = SizeView { id: new_id(), name: sizes[0].name.to_uppercase() };
    let gaudy = ColorView { id: new_id(), name: "Gris".into(), swatch: "gris".into() };
    let other = dish(&house, "401").await.id;
    let scanned = SaveVariants { barcodes: vec!["9900".into()], ..save(other, Vec::new()) };
    house.app.perform(&jorge, scanned).await.unwrap();
    let crowd = || (0..=200).map(|_| variant(new_id(), None)).collect();
    let twice = [good.clone(), VariantSetup { barcodes: vec!["5".into()], ..variant(sizes[1].id, None) }];
    for (request, code) in [
        (with(|one| one.size_id = None), FailureCode::UnknownProduct),
        (with(|one| one.size_id = Some(new_id())), FailureCode::UnknownProduct),
        (with(|one| one.color_id = Some(new_id())), FailureCode::UnknownProduct),
        (with(|one| one.price_minor = Some(-1)), FailureCode::OutOfBounds),
        (with(|one| one.short_code = "4 1".into()), FailureCode::OutOfBounds),
        (with(|one| one.short_code = "401".into()), FailureCode::NameTaken),
        (with(|one| one.barcodes = vec!["9900".into()]), FailureCode::NameTaken),
        (with(|one| one.barcodes = vec![" ".into()]), FailureCode::OutOfBounds),
        (save(product, vec![good.clone(), twin]), FailureCode::UnknownProduct),
        (save(product, crowd()), FailureCode::OutOfBounds),
        (
            SaveVariants { barcodes: vec!["5".into()], ..save(product, twice.to_vec()) },
            FailureCode::NameTaken,
        ),
        (SaveVariants { new_sizes: vec![word], ..save(product, Vec::new()) }, FailureCode::NameTaken),
        (SaveVariants { new_colors: vec![gaudy], ..save(product, Vec::new()) }, FailureCode::UnknownProduct),
        (save(new_id(), Vec::new()), FailureCode::UnknownProduct),
        (save(dish(&house, "310").await.id, vec![good.clone()]), FailureCode::UnknownProduct),
    ] {
        let spanish = house.refused(&jorge, request.clone(), code).await;
        let english = Caller { language: Language::En, ..jorge.clone() };
        assert_ne!(spanish.message, house.refused(&english, request, code).await.message, "{code:?}");
    }
    let kept = kept(&house, product).await;
    assert_eq!((kept.variants, kept.sizes.len()), (Vec::new(), sizes.len()), "nothing of it happened");
    assert_eq!(
        count(&house.app.store_for_faults(), questions::VARIANTS_SAVED).await,
        1,
        "but for the other's"
    );
    house.close().await;
}
