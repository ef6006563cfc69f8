//! What is typed and not sent lies in the core with its last tap: for its machine, the newest word alone.

use crate::house::{Engine, House, new_id};
use fastops_app::Caller;
use fastops_app::wire::{CartView, FailureCode, GetCarts, KeepCart, LogIn};
use uuid::Uuid;

super::on_both_engines!(
    a_cart_is_kept_at_each_tap_and_found_by_its_machine,
    an_older_word_never_takes_the_place_of_a_newer_one,
    a_cart_that_no_till_writes_is_refused,
);

/// Somebody at a machine.
struct Till {
    who: Caller,
    machine: Uuid,
}

impl Till {
    async fn of(house: &House, name: &str) -> Self {
        Self { who: house.sign_in(name).await, machine: new_id() }
    }
}

async fn keep(house: &House, till: &Till, order_id: Uuid, version: i64, content: Option<&str>) -> i64 {
    let content = content.map(Into::into);
    let request = KeepCart { machine_id: till.machine, order_id, version, content };
    house.app.perform(&till.who, request).await.unwrap().version
}

async fn carts(house: &House, till: &Till) -> Vec<CartView> {
    house.app.perform(&till.who, GetCarts { machine_id: till.machine }).await.unwrap().carts
}

async fn a_cart_is_kept_at_each_tap_and_found_by_its_machine(engine: Engine) {
    let house = House::open(engine).await;
    let ana = Till::of(&house, "Ana").await;
    let order = house.take_away(&[("307", 1)]);
    let id = order.order_id;
    for (version, content) in [(1, "one"), (2, "one, two"), (3, "one, two, «ñ»")] {
        assert_eq!(keep(&house, &ana, id, version, Some(content)).await, version);
    }
    let kept = |known| CartView { order_id: id, version: 3, content: Some("one, two, «ñ»".into()), known };
    assert_eq!(carts(&house, &ana).await, [kept(false)]);
    house.app.perform(&ana.who, order).await.unwrap();
    let luis = Till { who: house.sign_in("Luis").await, ..ana };
    assert_eq!(carts(&house, &luis).await, [kept(true)], "whoever comes next, and the order is there");

    let other = house.terminal.terminals[1].id;
    let elsewhere = LogIn { terminal_id: other, ..house.log_in_request("Ana", "4444") };
    let session = house.app.perform(&Caller::default(), elsewhere).await.unwrap().session;
    let there = Till { who: Caller { session: Some(session), ..Caller::default() }, ..luis };
    let tablet = Till::of(&house, "Ana").await;
    assert_eq!(carts(&house, &tablet).await, [], "and another machine of the same terminal too");
    assert_eq!(carts(&house, &there).await, [], "another terminal has carts of its own");
    keep(&house, &there, id, 9, Some("mine")).await;
    assert_eq!(carts(&house, &luis).await, [kept(true)]);
    house.close().await;
}

async fn an_older_word_never_takes_the_place_of_a_newer_one(engine: Engine) {
    let house = House::open(engine).await;
    let ana = Till::of(&house, "Ana").await;
    let id = new_id();
    keep(&house, &ana, id, 5, Some("new")).await;
    for late in [4, 5] {
        assert_eq!(keep(&house, &ana, id, late, Some("late")).await, 5, "the till hears what is newer");
        assert_eq!(keep(&house, &ana, id, late, None).await, 5);
    }
    assert_eq!(carts(&house, &ana).await[0].content.as_deref(), Some("new"));
    keep(&house, &ana, id, 6, None).await;
    assert_eq!(keep(&house, &ana, id, 5, Some("new")).await, 6);
    let emptied = CartView { order_id: id, version: 6, content: None, known: false };
    assert_eq!(carts(&house, &ana).await, [emptied], "what was emptied does not come back");
    house.close().await;
}

async fn a_cart_that_no_till_writes_is_refused(engine: Engine) {
    let house = House::open(engine).await;
    let ana = Till::of(&house, "Ana").await;
    let request = KeepCart { machine_id: ana.machine, order_id: new_id(), version: 1, content: None };
    let long = KeepCart { content: Some("x".repeat((1 << 20) + 1)), ..request.clone() };
    for bad in [KeepCart { version: 0, ..request.clone() }, long] {
        house.refused(&ana.who, bad, FailureCode::BadRequest).await;
    }
    house.refused(&Caller::default(), request, FailureCode::NotSignedIn).await;
    assert_eq!(carts(&house, &ana).await, []);
    house.close().await;
}
