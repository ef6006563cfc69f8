//! The menu is the house's to change: at once at every till, once for each command, written down; what was sold
//! before stays as it was sold.

use crate::house::{self, Engine, House, hear, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    Event, FailureCode, GetMenu, GetMenuSetup, MenuSetup, MenuView, ModifierView, OrderCategories,
    OrderProducts, Portioning, ProductSetup, SaveCategory, SaveModifierGroup, SaveProduct, SearchProducts,
};
use fastops_app::{App, Caller, Language};
use uuid::Uuid;

super::on_both_engines!(
    a_new_dish_is_sold_printed_and_found,
    a_price_counts_for_the_next_line_and_no_earlier_one,
    what_is_off_the_menu_is_neither_sold_nor_forgotten,
    the_menu_stands_in_the_order_that_was_said,
    a_question_is_asked_as_it_was_written,
    halves_are_sold_as_halves_at_the_price_of_the_dearest,
    a_menu_that_cannot_be_is_refused_with_a_sentence,
);

pub(super) async fn setup(house: &House, caller: &Caller) -> MenuSetup {
    house.app.perform(caller, GetMenuSetup {}).await.unwrap()
}

async fn menu(house: &House) -> MenuView {
    house.app.perform(&house.sign_in("Ana").await, GetMenu {}).await.unwrap()
}

pub(super) fn product(setup: &MenuSetup, code: &str) -> ProductSetup {
    setup.products.iter().find(|product| product.short_code == code).unwrap().clone()
}

pub(super) fn save(product: ProductSetup) -> SaveProduct {
    let ProductSetup { id, category_id, name, short_code, price_minor, tax_ids, group_ids, .. } = product;
    let ProductSetup { preparation_minutes, station_id, active, slots, .. } = product;
    SaveProduct {
        command_id: new_id(),
        product_id: id,
        category_id,
        name,
        short_code,
        price_minor,
        tax_ids,
        group_ids,
        preparation_minutes,
        station_id,
        active,
        slots,
    }
}

fn category(name: &str, station_id: Option<Uuid>) -> SaveCategory {
    let (command_id, category_id) = (new_id(), new_id());
    SaveCategory {
        command_id,
        category_id,
        name: name.into(),
        color: "teal".into(),
        station_id,
        active: true,
    }
}

async fn a_new_dish_is_sold_printed_and_found(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let mut events = house.app.subscribe();
    let breakfast = category("  Desayunos ", Some(house.station("bar")));
    for _ in 0..2 {
        let kept = house.app.perform(&jorge, breakfast.clone()).await.unwrap();
        assert_eq!((kept.name.as_str(), kept.station_id), ("Desayunos", Some(house.station("bar"))));
    }
    let like = product(&setup(&house, &jorge).await, "307");
    let dish = ProductSetup {
        id: new_id(),
        category_id: breakfast.category_id,
        name: "Calentado paisa".into(),
        short_code: "990".into(),
        price_minor: 1_850_000,
        station_id: None,
        group_ids: Vec::new(),
        ..like
    };
    let dish = save(dish);
    for _ in 0..2 {
        let kept = house.app.perform(&jorge, dish.clone()).await.unwrap();
        assert_eq!((kept.id, kept.price_minor, kept.variants.len()), (dish.product_id, 1_850_000, 0));
    }
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    assert_eq!(count(&house.app.store_for_faults(), questions::MENU_CHANGES).await, 2);

    let ana = house.sign_in("Ana").await;
    let found = house.app.perform(&ana, SearchProducts { text: "calentado".into(), limit: 3 }).await.unwrap();
    assert_eq!(found.hits[0].product_id, dish.product_id);
    let menu = menu(&house).await;
    assert_eq!(menu.categories.last().unwrap().id, breakfast.category_id, "a new one stands last");
    let sold = menu.products.iter().find(|product| product.id == dish.product_id).unwrap();
    assert_eq!((sold.price_minor, sold.station_id), (1_850_000, Some(house.station("bar"))));

    let mut order = house.take_away(&[("307", 1)]);
    order.lines[0].product_id = dish.product_id;
    order.lines[0].modifier_ids = Vec::new();
    let sent = house.app.perform(&ana, order).await.unwrap();
    assert_eq!(sent.tickets[0].station_id, house.station("bar"));
    house.printer("bar").wait_for_slips(1, house::PATIENCE).await.unwrap();
    assert!(house.printer("bar").slips()[0].text().contains("Calentado paisa"));
    house.close().await;
}

async fn a_price_counts_for_the_next_line_and_no_earlier_one(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let before = product(&setup(&house, &jorge).await, "307");
    let sent = house.app.perform(&ana, house.take_away(&[("307", 2)])).await.unwrap();
    let dearer = ProductSetup { price_minor: before.price_minor + 100, ..before.clone() };
    house.app.perform(&jorge, save(dearer)).await.unwrap();
    let later = house.app.perform(&ana, house.take_away(&[("307", 2)])).await.unwrap();
    assert_eq!(later.total_minor - sent.total_minor, 200);
    assert_eq!(house.order(&ana, sent.id).await.total_minor, sent.total_minor, "what was sold stays");
    let now = product(&setup(&house, &jorge).await, "307");
    assert_eq!(
        now,
        ProductSetup { price_minor: before.price_minor + 100, ..before },
        "and nothing else is another"
    );
    house.close().await;
}

async fn what_is_off_the_menu_is_neither_sold_nor_forgotten(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let sent = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let off = ProductSetup { active: false, ..product(&setup(&house, &jorge).await, "307") };
    house.app.perform(&jorge, save(off.clone())).await.unwrap();
    house.refused(&ana, house.take_away(&[("307", 1)]), FailureCode::UnknownProduct).await;
    assert!(menu(&house).await.products.iter().all(|product| product.id != off.id));
    assert_eq!(house.order(&ana, sent.id).await.lines[0].name, off.name, "an old order still knows it");
    assert_eq!(product(&setup(&house, &jorge).await, "307"), off);
    let back = ProductSetup { active: true, ..off };
    house.app.perform(&jorge, save(back.clone())).await.unwrap();
    house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();

    let of =
        setup(&house, &jorge).await.categories.iter().find(|one| one.id == back.category_id).unwrap().clone();
    let closed = SaveCategory {
        category_id: of.id,
        color: of.color,
        active: false,
        ..category(&of.name, of.station_id)
    };
    house.app.perform(&jorge, closed.clone()).await.unwrap();
    house.refused(&ana, house.take_away(&[("307", 1)]), FailureCode::UnknownProduct).await;
    house.app.perform(&jorge, SaveCategory { command_id: new_id(), active: true, ..closed }).await.unwrap();
    house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.close().await;
}

async fn the_menu_stands_in_the_order_that_was_said(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let mut categories: Vec<Uuid> = setup(&house, &jorge).await.categories.iter().map(|one| one.id).collect();
    categories.reverse();
    let request = OrderCategories { command_id: new_id(), category_ids: categories.clone() };
    let answer = house.app.perform(&jorge, request).await.unwrap();
    assert_eq!(answer.categories.iter().map(|one| one.id).collect::<Vec<_>>(), categories);
    let shown: Vec<Uuid> = menu(&house).await.categories.iter().map(|one| one.id).collect();
    assert_eq!(shown, categories);

    let of = categories[0];
    let within = |setup: &MenuSetup| -> Vec<Uuid> {
        setup.products.iter().filter(|product| product.category_id == of).map(|product| product.id).collect()
    };
    let mut products = within(&answer);
    products.rotate_left(1);
    let request = OrderProducts { command_id: new_id(), category_id: of, product_ids: products.clone() };
    assert_eq!(within(&house.app.perform(&jorge, request).await.unwrap()), products);
    let foreign = OrderProducts { command_id: new_id(), category_id: categories[1], product_ids: products };
    house.refused(&jorge, foreign, FailureCode::UnknownProduct).await;
    let unknown = OrderCategories { command_id: new_id(), category_ids: vec![new_id()] };
    house.refused(&jorge, unknown, FailureCode::UnknownProduct).await;
    house.close().await;
}

async fn a_question_is_asked_as_it_was_written(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let answer = |name: &str, price_minor| ModifierView { id: new_id(), name: name.into(), price_minor };
    let mut question = SaveModifierGroup {
        command_id: new_id(),
        group_id: new_id(),
        name: "Término".into(),
        min: 1,
        max: 1,
        portioning: Portioning::Whole,
        modifiers: vec![answer("Azul", 0), answer("Medio", 0), answer("Con hueso", 200_000)],
    };
    let asked = house.app.perform(&jorge, question.clone()).await.unwrap();
    let names = |modifiers: &[ModifierView]| -> Vec<String> {
        modifiers.iter().map(|one| one.name.clone()).collect()
    };
    assert_eq!(names(&asked.modifiers), ["Azul", "Medio", "Con hueso"]);
    let dish = product(&setup(&house, &jorge).await, "307");
    let dish = ProductSetup { group_ids: vec![question.group_id], ..dish };
    house.app.perform(&jorge, save(dish.clone())).await.unwrap();
    let mut order = house.take_away(&[("307", 1)]);
    order.lines[0].modifier_ids = Vec::new();
    house.refused(&ana, order.clone(), FailureCode::ModifierMissing).await;
    order.lines[0].modifier_ids = vec![question.modifiers[2].id];
    let sold = house.app.perform(&ana, order.clone()).await.unwrap();
    assert_eq!(sold.total_minor, dish.price_minor + 200_000);

    question.command_id = new_id();
    question.modifiers.swap(0, 1);
    question.modifiers.pop();
    house.app.perform(&jorge, question.clone()).await.unwrap();
    let now = menu(&house).await.groups.into_iter().find(|group| group.id == question.group_id).unwrap();
    assert_eq!(names(&now.modifiers), ["Medio", "Azul"], "what is not in the list is gone");
    order.command_id = new_id();
    order.order_id = new_id();
    order.lines[0].id = new_id();
    house.refused(&ana, order, FailureCode::ModifierMissing).await;
    let kept = house.order(&ana, sold.id).await;
    assert_eq!(kept.lines[0].modifiers[0].name, "Con hueso", "an old order still knows it");
    house.close().await;
}

async fn halves_are_sold_as_halves_at_the_price_of_the_dearest(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let answer = |name: &str, price_minor| ModifierView { id: new_id(), name: name.into(), price_minor };
    let mut question = SaveModifierGroup {
        command_id: new_id(),
        group_id: new_id(),
        name: "Sabores".into(),
        min: 1,
        max: 2,
        portioning: Portioning::Dearest,
        modifiers: vec![answer("Pollo", 200_000), answer("Hawaiana", 350_100)],
    };
    let asked = house.app.perform(&jorge, question.clone()).await.unwrap();
    assert_eq!(asked.portioning, Portioning::Dearest);
    let dish = product(&setup(&house, &jorge).await, "307");
    let dish = ProductSetup { group_ids: vec![question.group_id], ..dish };
    house.app.perform(&jorge, save(dish.clone())).await.unwrap();
    let halves = |ids: Vec<Uuid>| {
        let mut order = house.take_away(&[("307", 3)]);
        order.lines[0].modifier_ids = ids;
        order
    };
    let [chicken, pineapple] = [question.modifiers[0].id, question.modifiers[1].id];
    let sold = house.app.perform(&ana, halves(vec![pineapple, chicken])).await.unwrap();
    assert_eq!(sold.total_minor, 3 * (dish.price_minor + 350_100));
    let told: Vec<_> =
        sold.lines[0].modifiers.iter().map(|one| (one.name.as_str(), one.price_minor)).collect();
    assert_eq!(told, [("½ Pollo", 0), ("½ Hawaiana", 350_100)]);
    let whole = house.app.perform(&ana, halves(vec![chicken])).await.unwrap();
    assert_eq!(whole.lines[0].modifiers[0].name, "Pollo", "one alone is all of it");

    // The mean, from now on; what is sold stays as it was sold.
    question.command_id = new_id();
    question.portioning = Portioning::Mean;
    house.app.perform(&jorge, question.clone()).await.unwrap();
    let mean = house.app.perform(&ana, halves(vec![chicken, pineapple])).await.unwrap();
    assert_eq!(mean.total_minor, 3 * (dish.price_minor + 275_050));
    assert_eq!(house.order(&ana, sold.id).await.total_minor, sold.total_minor);
    house.close().await;
}

async fn a_menu_that_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let all = setup(&house, &jorge).await;
    let good = product(&all, "307");
    let with = |change: fn(&mut ProductSetup)| {
        let mut product = good.clone();
        change(&mut product);
        save(product)
    };
    let cases = [
        (with(|product| product.name = " ".into()), FailureCode::OutOfBounds),
        (with(|product| product.name = "x".repeat(61)), FailureCode::OutOfBounds),
        (with(|product| product.short_code = "9 9".into()), FailureCode::OutOfBounds),
        (with(|product| product.short_code = "401".into()), FailureCode::NameTaken),
        (with(|product| product.price_minor = -1), FailureCode::OutOfBounds),
        (with(|product| product.preparation_minutes = 1_441), FailureCode::OutOfBounds),
        (with(|product| product.tax_ids = vec![new_id()]), FailureCode::UnknownProduct),
        (
            with(|product| product.tax_ids = [product.tax_ids.clone(), product.tax_ids.clone()].concat()),
            FailureCode::UnknownProduct,
        ),
        (with(|product| product.group_ids = vec![new_id()]), FailureCode::BadModifier),
        (with(|product| product.station_id = Some(new_id())), FailureCode::UnknownStation),
        (with(|product| product.category_id = new_id()), FailureCode::UnknownProduct),
    ];
    for (request, code) in cases {
        let spanish = house.refused(&jorge, request.clone(), code).await;
        let english = Caller { language: Language::En, ..jorge.clone() };
        assert_ne!(spanish.message, house.refused(&english, request, code).await.message, "{code:?}");
    }
    let taken = category(&all.categories[0].name, None);
    house.refused(&jorge, taken, FailureCode::NameTaken).await;
    let gaudy = SaveCategory { color: "#ff0000".into(), ..category("Otra", None) };
    house.refused(&jorge, gaudy, FailureCode::UnknownProduct).await;
    let question = |min, max, answers: usize| SaveModifierGroup {
        command_id: new_id(),
        group_id: new_id(),
        name: "Q".into(),
        min,
        max,
        portioning: Portioning::Whole,
        modifiers: (0..answers)
            .map(|n| ModifierView { id: new_id(), name: n.to_string(), price_minor: 0 })
            .collect(),
    };
    for (min, max, answers) in [(0, 1, 0), (2, 1, 3), (0, 4, 3), (0, 0, 2), (0, 1, 61)] {
        house.refused(&jorge, question(min, max, answers), FailureCode::OutOfBounds).await;
    }
    assert_eq!(setup(&house, &jorge).await, all, "nothing of it happened");
    assert_eq!(count(&house.app.store_for_faults(), questions::MENU_CHANGES).await, 0);
    house.close().await;
}

/// Two computers on one server: what one says of the menu the other sells by.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_computer_says_another_sells_by() {
    let house = House::open(Engine::Postgres).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let folder = tempfile::tempdir().unwrap();
    let there = App::start(house::config(folder.path(), house.data().1, &house.printers)).await.unwrap();
    there.perform(&ana, GetMenu {}).await.unwrap();
    let mut events = there.subscribe();
    let free = ProductSetup { price_minor: 0, ..product(&setup(&house, &jorge).await, "307") };
    house.app.perform(&jorge, save(free.clone())).await.unwrap();
    // The other computer's tills hear of it.
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    let price = |menu: MenuView| menu.products.into_iter().find(|one| one.id == free.id).unwrap().price_minor;
    assert_eq!(price(there.perform(&ana, GetMenu {}).await.unwrap()), 0);
    there.stop().await;
    house.close().await;
}
