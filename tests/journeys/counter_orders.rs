//! Orders without a table: what is known of whoever ordered reaches paper and screens, the last word stays, the house
//! knows them the next time, and handing over is a person's word that closes nothing.

use crate::house::{Engine, House, new_id};
use fastops_app::wire::{
    AddLines, BumpTicket, CreateOrder, CustomerDetails, DescribeOrder, FailureCode, FindCustomers, FoundBy,
    GetFloor, GetQueueStatus, HandOverOrder, KitchenTicket, ListKitchenTickets, OrderContact, OrderStage,
    OrderStatus, OrderSummary, OrderType, OrderView, PrintBill, VoidLine,
};
use fastops_app::{Caller, Language};
use fastops_domain::ids::OrderId;
use fastops_domain::order::OrderEventKind;
use fastops_printer_sim::Condition;
use fastops_store::StoreError;
use fastops_store::order::event;

super::on_both_engines!(
    what_is_known_of_a_delivery_is_on_every_paper,
    the_last_word_stays_and_the_kitchen_hears_it,
    a_ticket_that_waits_comes_out_with_the_new_words,
    who_orders_again_is_known_by_their_telephone,
    handing_over_is_said_once_and_closes_nothing,
    what_cannot_be_said_is_refused_with_a_sentence,
);

/// The demo is in Bogotá: five hours behind.
const HALF_PAST_SEVEN: i64 = 1_767_313_800_000; // 2026-01-02T00:30Z

fn contact() -> OrderContact {
    OrderContact {
        customer_id: None,
        phone: Some(" +57 300 123 4567 ".into()),
        address: Some("Carrera 7 # 12-34, apto 502".into()),
        courier_note: Some("Timbre dañado".into()),
        promised_at: Some(HALF_PAST_SEVEN),
    }
}

fn delivery(house: &House, lines: &[(&str, i64)]) -> CreateOrder {
    CreateOrder { order_type: OrderType::Delivery, contact: Some(contact()), ..house.take_away(lines) }
}

fn describe(order: &OrderView, customer: Option<&str>, contact: OrderContact) -> DescribeOrder {
    DescribeOrder {
        command_id: new_id(),
        order_id: order.id,
        customer: customer.map(Into::into),
        contact,
        covers: None,
        remember_customer: false,
    }
}

fn handed(order: &OrderView, handed_over: bool) -> HandOverOrder {
    HandOverOrder { command_id: new_id(), order_id: order.id, handed_over }
}

async fn printed(house: &House, who: &Caller, order: &OrderView) -> OrderView {
    house.until(who, order.id, |order| order.status == OrderStatus::Printed).await
}

async fn in_kitchen(house: &House) -> Vec<KitchenTicket> {
    let cook = house.sign_in("Cocina").await;
    let request = ListKitchenTickets { station_id: house.station("cocina") };
    house.app.perform(&cook, request).await.unwrap().tickets
}

async fn listed(house: &House, who: &Caller, order: &OrderView) -> OrderSummary {
    let others = house.app.perform(who, GetFloor {}).await.unwrap().others;
    others.into_iter().find(|one| one.id == order.id).unwrap()
}

/// What happened to an order, in order.
async fn happened(house: &House, order: &OrderView) -> Vec<(OrderEventKind, String)> {
    let (store, id) = (house.app.store_for_faults(), OrderId(order.id));
    let read = store.read::<_, StoreError, _>(move |tx| Box::pin(event::events(tx, id)));
    let events = read.await.unwrap();
    events.into_iter().map(|event| (event.kind, event.detail.to_string())).collect()
}

async fn what_is_known_of_a_delivery_is_on_every_paper(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let order = house.app.perform(&ana, delivery(&house, &[("307", 1)])).await.unwrap();
    let kept = OrderContact { phone: Some("+57 300 123 4567".into()), ..contact() };
    assert_eq!((&order.contact, order.stage), (&kept, OrderStage::Making));
    assert_eq!(listed(&house, &ana, &order).await.contact, kept);
    printed(&house, &ana, &order).await;
    let ticket = house.papers_of("cocina", order.tickets[0].number).remove(0);
    for word in ["DOMICILIO", "Señora Muñoz", "Prometido 19:30"] {
        assert!(ticket.contains(word), "{word}: {}", ticket.text());
    }
    assert!(!ticket.contains("Carrera 7"), "where it goes is not for the kitchen: {}", ticket.text());
    let shown = in_kitchen(&house).await.remove(0);
    assert_eq!(shown.promised_at, Some(HALF_PAST_SEVEN));

    let lanes = house.app.perform(&ana, GetQueueStatus {}).await.unwrap().lanes;
    let printer_id = lanes.into_iter().find(|lane| lane.printer == "Bar").unwrap().printer_id;
    let bill = PrintBill { command_id: new_id(), order_id: order.id, printer_id };
    house.app.perform(&ana, bill).await.unwrap();
    let bill = house.printer("bar").wait_for_slips(1, crate::house::PATIENCE).await.unwrap().remove(0);
    for word in ["Señora Muñoz", "+57 300 123 4567", "Carrera 7 # 12-34", "Timbre dañado", "19:30"] {
        assert!(bill.contains(word), "{word}: {}", bill.text());
    }
    house.close().await;
}

async fn the_last_word_stays_and_the_kitchen_hears_it(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luis) = (house.sign_in("Ana").await, house.sign_in("Luis").await);
    let order = house.app.perform(&ana, delivery(&house, &[("307", 1)])).await.unwrap();
    printed(&house, &ana, &order).await;
    let later = OrderContact { promised_at: Some(HALF_PAST_SEVEN + 900_000), ..order.contact.clone() };
    let first = describe(&order, Some("Marta"), later.clone());
    house.app.perform(&ana, first.clone()).await.unwrap();
    let moved = OrderContact { address: Some("Calle 1".into()), ..later.clone() };
    let after = house.app.perform(&luis, describe(&order, Some("Marta Rojas"), moved.clone())).await.unwrap();
    assert_eq!((after.customer.as_deref(), &after.contact), (Some("Marta Rojas"), &moved));
    // The first one's command comes again: it was said before, and stays said before.
    let again = house.app.perform(&ana, first).await.unwrap();
    assert_eq!(again.contact, moved);
    let shown = in_kitchen(&house).await.remove(0);
    assert_eq!(shown.customer.as_deref(), Some("Marta Rojas"));
    assert_eq!(shown.promised_at, Some(HALF_PAST_SEVEN + 900_000));
    assert_eq!(house.printer("cocina").slips().len(), 1, "no paper for it");
    let nothing = describe(&order, Some("Marta Rojas"), moved);
    house.app.perform(&ana, nothing).await.unwrap();
    let said = |what: &str| (OrderEventKind::Described, what.to_owned());
    let expected = [said(r#"{"changed":["name","promised_at"]}"#), said(r#"{"changed":["name","address"]}"#)];
    assert_eq!(happened(&house, &order).await, expected, "what was said twice is a fact once");
    house.close().await;
}

async fn a_ticket_that_waits_comes_out_with_the_new_words(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let promised = OrderContact { promised_at: Some(HALF_PAST_SEVEN), ..order.contact.clone() };
    house.app.perform(&ana, describe(&order, Some("Marta Rojas"), promised)).await.unwrap();
    house.printer("cocina").set(Condition::Ready);
    printed(&house, &ana, &order).await;
    let slips = house.printer("cocina").slips();
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains("Marta Rojas") && slips[0].contains("Prometido 19:30"), "{}", slips[0].text());
    house.close().await;
}

async fn who_orders_again_is_known_by_their_telephone(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let found = async || {
        let request = FindCustomers { by: FoundBy::Phone, text: "57300".into(), after: None, limit: 9 };
        house.app.perform(&ana, request).await.unwrap().customers
    };
    let unasked = house.app.perform(&ana, delivery(&house, &[("602", 1)])).await.unwrap();
    assert_eq!((unasked.contact.customer_id, found().await.len()), (None, 0), "nobody is kept unasked");

    let order = house.app.perform(&ana, delivery(&house, &[("602", 1)])).await.unwrap();
    let first = describe(&order, order.customer.as_deref(), contact());
    let first = DescribeOrder { remember_customer: true, ..first };
    let order = house.app.perform(&ana, first.clone()).await.unwrap();
    house.app.perform(&ana, first).await.unwrap();
    let known = found().await;
    let [one] = &known[..] else { panic!("{known:?}") };
    assert_eq!(order.contact.customer_id, Some(one.id));
    let kept = CustomerDetails {
        name: "Señora Muñoz".into(),
        phone: Some("+57 300 123 4567".into()),
        email: None,
        address: contact().address,
        tax_number: None,
        note: None,
    };
    assert_eq!(one.details, kept);

    // The same digits are the same person, however they are typed.
    let typed = OrderContact { phone: Some("57-3001234567".into()), ..unasked.contact.clone() };
    let told = DescribeOrder { remember_customer: true, ..describe(&unasked, Some("La señora"), typed) };
    let after = house.app.perform(&ana, told).await.unwrap();
    assert_eq!((after.contact.customer_id, found().await.len()), (Some(one.id), 1));

    // What cannot be kept of somebody keeps no order from being sold.
    let typed = OrderContact { phone: Some("en la esquina".into()), ..contact() };
    let odd = DescribeOrder { remember_customer: true, ..describe(&unasked, Some("¿?"), typed) };
    assert_eq!(house.app.perform(&ana, odd).await.unwrap().contact.customer_id, None);
    // Whoever is known is named with the order.
    let again = OrderContact { customer_id: Some(one.id), ..contact() };
    let again = CreateOrder { contact: Some(again), ..delivery(&house, &[("602", 1)]) };
    let again = house.app.perform(&ana, again).await.unwrap();
    assert_eq!(house.order(&ana, again.id).await.contact.customer_id, Some(one.id));
    house.close().await;
}

async fn handing_over_is_said_once_and_closes_nothing(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luis) = (house.sign_in("Ana").await, house.sign_in("Luis").await);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    printed(&house, &ana, &order).await;
    let cook = house.sign_in("Cocina").await;
    let bump = BumpTicket { command_id: new_id(), ticket_id: order.tickets[0].id };
    house.app.perform(&cook, bump).await.unwrap();
    assert_eq!(listed(&house, &ana, &order).await.stage, OrderStage::Ready);

    let by_ana = handed(&order, true);
    for _ in 0..2 {
        let after = house.app.perform(&ana, by_ana.clone()).await.unwrap();
        let by = after.handed_over.as_ref().map(|hand| hand.by.as_str());
        assert_eq!(
            (after.stage, by, after.status),
            (OrderStage::HandedOver, Some("Ana"), OrderStatus::Ready)
        );
    }
    let after = house.app.perform(&luis, handed(&order, true)).await.unwrap();
    assert_eq!(after.handed_over.unwrap().by, "Ana", "whoever said it first");
    assert_eq!(listed(&house, &ana, &order).await.stage, OrderStage::HandedOver, "it stays open");

    let after = house.app.perform(&luis, handed(&order, false)).await.unwrap();
    assert_eq!((after.stage, after.handed_over), (OrderStage::Ready, None));
    house.app.perform(&ana, handed(&order, false)).await.unwrap();
    house.app.perform(&ana, handed(&order, true)).await.unwrap();
    let kinds: Vec<_> = happened(&house, &order).await.into_iter().map(|(kind, _)| kind).collect();
    let (over, back) = (OrderEventKind::HandedOver, OrderEventKind::TakenBack);
    assert_eq!(kinds, [over, back, over]);

    let more = AddLines { command_id: new_id(), order_id: order.id, lines: vec![house.line("307", 1)] };
    let after = house.app.perform(&ana, more).await.unwrap();
    assert_eq!(after.stage, OrderStage::Making, "what came later is not handed over");
    // A kitchen without a screen says to nobody that it is done: it can be handed over all the same.
    let after = house.app.perform(&ana, handed(&order, true)).await.unwrap();
    assert_eq!(after.stage, OrderStage::HandedOver);
    house.close().await;
}

async fn what_cannot_be_said_is_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, camila) = (house.sign_in("Ana").await, house.sign_in("Camila").await);
    let order = house.app.perform(&ana, delivery(&house, &[("602", 1)])).await.unwrap();
    let english = Caller { language: Language::En, ..ana.clone() };
    let long = "x".repeat(201);
    let with = |contact: OrderContact| describe(&order, None, contact);
    for bad in [
        with(OrderContact { phone: Some(long.clone()), ..contact() }),
        with(OrderContact { address: Some(long.clone()), ..contact() }),
        with(OrderContact { courier_note: Some(long.clone()), ..contact() }),
        with(OrderContact { promised_at: Some(-1), ..contact() }),
        describe(&order, Some(&long), contact()),
    ] {
        let spanish = house.refused(&ana, bad.clone(), FailureCode::OutOfBounds).await;
        let said = house.refused(&english, bad, FailureCode::OutOfBounds).await;
        assert_ne!(spanish.message, said.message);
    }
    let stranger = OrderContact { customer_id: Some(new_id()), ..contact() };
    house.refused(&ana, with(stranger.clone()), FailureCode::UnknownCustomer).await;
    let for_nobody = CreateOrder { contact: Some(stranger), ..delivery(&house, &[("602", 1)]) };
    house.refused(&ana, for_nobody, FailureCode::UnknownCustomer).await;
    let nobody = DescribeOrder { covers: Some(0), ..with(contact()) };
    house.refused(&ana, nobody, FailureCode::OutOfBounds).await;
    let nowhere = DescribeOrder { order_id: new_id(), ..with(contact()) };
    house.refused(&ana, nowhere, FailureCode::UnknownOrder).await;
    assert_eq!(house.order(&ana, order.id).await.contact, order.contact, "nothing changed");

    let void = VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id: order.lines[0].id,
        reason: "se fue".into(),
    };
    house.app.perform(&camila, void).await.unwrap();
    let spanish = house.refused(&ana, handed(&order, true), FailureCode::NothingToHandOver).await;
    let said = house.refused(&english, handed(&order, true), FailureCode::NothingToHandOver).await;
    assert_ne!(spanish.message, said.message);
    let tables = house.app.perform(&ana, GetFloor {}).await.unwrap().rooms.remove(0).tables;
    let at_table = CreateOrder {
        order_type: OrderType::DineIn,
        table_id: Some(tables[0].id),
        ..house.take_away(&[("602", 1)])
    };
    let at_table = house.app.perform(&ana, at_table).await.unwrap();
    house.refused(&ana, handed(&at_table, true), FailureCode::NothingToHandOver).await;
    house.close().await;
}
