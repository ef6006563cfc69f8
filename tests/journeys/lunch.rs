//! From a tap to paper, and the same tap sent twice.

use crate::house::{Engine, House, PATIENCE, new_id, ticket_number};
use fastops_app::wire::{AddLines, CreateOrder, JobState, OrderStatus, OrderType, QuoteLines, TicketKind};
use std::collections::HashSet;

super::on_both_engines!(
    an_order_reaches_every_station_on_paper,
    added_lines_print_alone_as_a_change,
    a_command_sent_twice_happens_once,
    the_same_command_at_the_same_moment_happens_once,
    numbers_are_consecutive_for_each_type_and_station,
    paper_and_database_agree_after_a_rush,
    a_restart_keeps_sessions_orders_and_numbers,
);

/// P1, P4: what was ordered is on paper, word for word, and the printers said so.
async fn an_order_reaches_every_station_on_paper(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let table = &house.app.perform(&ana, fastops_app::wire::GetFloor {}).await.unwrap().rooms[0].tables[3];
    let mut request = house.take_away(&[("307", 2), ("602", 1), ("801", 3)]);
    request.order_type = OrderType::DineIn;
    request.table_id = Some(table.id);
    request.covers = Some(4);
    request.customer = None;
    request.lines[0].note = Some("sin cebolla, por favor".into());
    request.lines[0].allergy = Some("maní".into());

    let answer = house.app.perform(&ana, request.clone()).await.unwrap();
    assert_eq!((answer.number, answer.tickets.len(), answer.lines.len()), (1, 3, 3));
    let by_hand = answer.lines.iter().map(|line| line.total_minor).sum::<i64>();
    assert_eq!(answer.total_minor, by_hand);
    assert_eq!(answer.total_minor, answer.net_minor + answer.tax_minor);
    for ticket in answer.tickets.iter().filter(|ticket| ticket.position.is_some()) {
        assert!(ticket.position >= Some(1) && ticket.lane_length >= ticket.position, "{ticket:?}");
        assert!(ticket.wait_ms > Some(0), "{ticket:?}");
    }

    let done = house.until(&ana, request.order_id, |order| order.status == OrderStatus::Printed).await;
    assert!(done.tickets.iter().all(|ticket| ticket.job == JobState::Printed && ticket.settled_at.is_some()));
    let kitchen = house.printer("cocina").slips();
    assert_eq!(kitchen.len(), 1);
    for words in ["Arroz con pollo", "sin cebolla, por favor", "ALERGIA", "maní", "Ana"] {
        assert!(kitchen[0].contains(words), "{words} is missing on:\n{}", kitchen[0].text());
    }
    assert!(!kitchen[0].contains("Limonada"), "each station gets only its own");
    assert!(house.printer("bar").slips()[0].contains("Limonada de coco"));
    assert_eq!(house.printer("postres").slips().len(), 1);
    house.close().await;
}

async fn added_lines_print_alone_as_a_change(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let first = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, first.id, |order| order.status == OrderStatus::Printed).await;
    let lines = vec![house.line("202", 1), house.line("602", 2)];
    let quote = QuoteLines { order_id: Some(first.id), lines: lines.clone() };
    let quoted = house.app.perform(&ana, quote).await.unwrap();
    assert_eq!(quoted.order_total_minor, first.total_minor + quoted.total_minor);
    let add = AddLines { command_id: new_id(), order_id: first.id, lines };
    let second = house.app.perform(&ana, add).await.unwrap();
    assert_eq!((second.revision, second.total_minor), (2, quoted.order_total_minor));
    let kinds: Vec<TicketKind> = second.tickets.iter().map(|ticket| ticket.kind).collect();
    assert_eq!(kinds, [TicketKind::New, TicketKind::Change, TicketKind::New], "the bar is new to the order");
    house.until(&ana, first.id, |order| order.status == OrderStatus::Printed).await;
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    assert!(slips[1].contains("CAMBIO") && slips[1].contains("Sancocho"), "{}", slips[1].text());
    assert!(!slips[1].contains("Arroz con pollo"), "what was sent is not sent again");
    house.close().await;
}

/// P13: the second answer is the first one, and nothing happens twice.
async fn a_command_sent_twice_happens_once(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let request = house.take_away(&[("307", 1)]);
    let first = house.app.perform(&ana, request.clone()).await.unwrap();
    let again = house.app.perform(&ana, request.clone()).await.unwrap();
    assert_eq!((first.id, first.number, first.total_minor), (again.id, again.number, again.total_minor));
    house.until(&ana, first.id, |order| order.status == OrderStatus::Printed).await;
    let add = AddLines { command_id: new_id(), order_id: first.id, lines: vec![house.line("307", 1)] };
    let once = house.app.perform(&ana, add.clone()).await.unwrap();
    let twice = house.app.perform(&ana, add).await.unwrap();
    assert_eq!((once.lines.len(), once.revision), (2, 2));
    assert_eq!((twice.lines.len(), twice.revision), (2, 2));
    house.until(&ana, first.id, |order| order.status == OrderStatus::Printed).await;
    assert_eq!(house.printer("cocina").slips().len(), 2, "one paper for each change, not for each sending");

    let stolen = CreateOrder { order_id: new_id(), ..request };
    let luis = house.sign_in("Luis").await;
    house.refused(&luis, stolen, fastops_app::wire::FailureCode::IdTaken).await;
    house.close().await;
}

async fn the_same_command_at_the_same_moment_happens_once(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let request = house.take_away(&[("307", 1)]);
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (app, ana, request) = (house.app.clone(), ana.clone(), request.clone());
        sent.spawn(async move { app.perform(&ana, request).await.unwrap().number });
    }
    let numbers: HashSet<i64> = sent.join_all().await.into_iter().collect();
    assert_eq!(numbers, HashSet::from([1]));
    house.until(&ana, request.order_id, |order| order.status == OrderStatus::Printed).await;
    assert_eq!(house.printer("cocina").slips().len(), 1);
    house.close().await;
}

async fn numbers_are_consecutive_for_each_type_and_station(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let mut numbers = Vec::new();
    for order_type in [OrderType::TakeAway, OrderType::Counter, OrderType::TakeAway] {
        let request = CreateOrder { order_type, ..house.take_away(&[("307", 1)]) };
        let order = house.app.perform(&ana, request).await.unwrap();
        numbers.push((order.number, order.tickets[0].number));
    }
    assert_eq!(numbers, [(1, 1), (1, 2), (2, 3)], "(order of its type, ticket of the kitchen)");
    house.close().await;
}

/// P2, P3: the simulators' paper against the database after forty orders at once: every ticket once,
/// every number there, nothing `printed` without paper.
async fn paper_and_database_agree_after_a_rush(engine: Engine) {
    const ORDERS: usize = 40;
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let mut rush = tokio::task::JoinSet::new();
    for _ in 0..ORDERS {
        let request = house.take_away(&[("307", 1), ("602", 1), ("801", 1)]);
        let (app, ana) = (house.app.clone(), ana.clone());
        rush.spawn(async move { app.perform(&ana, request).await.unwrap() });
    }
    let orders = rush.join_all().await;
    for order in &orders {
        house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    }
    for (at, printer) in house.printers.iter().enumerate() {
        let on_paper: Vec<i64> = printer.slips().iter().filter_map(|slip| ticket_number(slip)).collect();
        let mut in_store: Vec<i64> = orders.iter().map(|order| order.tickets[at].number).collect();
        in_store.sort_unstable();
        let mut sorted = on_paper.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, in_store, "each ticket once");
        assert_eq!(in_store, (1..=i64::try_from(ORDERS).unwrap()).collect::<Vec<_>>(), "no gap");
        assert_eq!(on_paper, sorted, "in the order that they were taken");
        assert!(printer.slips().iter().all(|slip| !slip.contains("POSIBLE DUPLICADO")));
    }
    house.close().await;
}

/// P9: the same people, the same open orders, the numbers go on.
async fn a_restart_keeps_sessions_orders_and_numbers(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let before = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, before.id, |order| order.status == OrderStatus::Printed).await;
    let house = house.restart().await;
    assert_eq!(house.app.report().in_doubt, 0, "nothing was under way");
    let after = house.order(&ana, before.id).await;
    assert_eq!((after.number, after.status), (before.number, OrderStatus::Printed));
    let next = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    assert_eq!((next.number, next.tickets[0].number), (2, 2));
    house.until(&ana, next.id, |order| order.status == OrderStatus::Printed).await;
    assert_eq!(house.printer("cocina").slips().len(), 2, "what was printed is not printed again");
    house.close().await;
}
