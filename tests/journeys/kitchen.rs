//! The kitchen screen's side of the lunch.

use crate::house::{Engine, House, new_id};
use fastops_app::Caller;
use fastops_app::wire::{
    BumpTicket, Event, FailureCode, GetKitchenTickets, KitchenTicket, KitchenView, ListKitchenTickets,
    OrderStatus, PrioritiseTicket, RecallTicket, SeeTickets, TicketState, VoidLine,
};
use uuid::Uuid;

super::on_both_engines!(
    some_tickets_are_read_by_their_ids,
    a_cook_has_a_ticket_go_first_and_takes_it_back,
    the_last_fifty_can_be_brought_back,
    a_ticket_is_seen_bumped_and_recalled,
    a_void_strikes_the_line_on_the_screen
);

async fn board(house: &House, cook: &Caller) -> KitchenView {
    let station_id = house.station("cocina");
    house.app.perform(cook, ListKitchenTickets { station_id }).await.unwrap()
}

/// How some of the board's tickets are.
async fn some(house: &House, cook: &Caller, ticket_ids: &[Uuid]) -> Vec<KitchenTicket> {
    let request = GetKitchenTickets { station_id: house.station("cocina"), ticket_ids: ticket_ids.to_vec() };
    house.app.perform(cook, request).await.unwrap().tickets
}

async fn some_tickets_are_read_by_their_ids(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, cook) = (house.sign_in("Ana").await, house.sign_in("Cocina").await);
    let mut ids = Vec::new();
    for _ in 0..3 {
        // Rice is for the kitchen, lemonade for the bar.
        let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("602", 1)])).await.unwrap();
        house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
        ids.extend(order.tickets.iter().map(|ticket| (ticket.station_id, ticket.id)));
    }
    let here = house.station("cocina");
    let own: Vec<Uuid> = ids.iter().filter(|(station, _)| *station == here).map(|(_, id)| *id).collect();
    assert_eq!((own.len(), ids.len()), (3, 6));
    let bump = BumpTicket { command_id: new_id(), ticket_id: own[0] };
    house.app.perform(&cook, bump).await.unwrap();
    let says = PrioritiseTicket { command_id: new_id(), ticket_id: own[2], first: true };
    house.app.perform(&cook, says).await.unwrap();

    let view = board(&house, &cook).await;
    let mut all: Vec<KitchenTicket> = view.tickets.iter().chain(&view.done).cloned().collect();
    all.sort_by_key(|ticket| (ticket.created_at, ticket.number));
    let asked: Vec<Uuid> = ids.iter().map(|(_, id)| *id).rev().chain([new_id()]).collect();
    assert_eq!(some(&house, &cook, &asked).await, all, "this station's alone, done ones too, oldest first");
    assert_eq!(some(&house, &cook, &[own[1]]).await, [view.tickets[1].clone()]);
    assert_eq!(some(&house, &cook, &[]).await, []);
    let far = GetKitchenTickets { station_id: here, ticket_ids: (0..201).map(|_| new_id()).collect() };
    house.refused(&cook, far.clone(), FailureCode::OutOfBounds).await;
    let nowhere = GetKitchenTickets { station_id: new_id(), ticket_ids: vec![] };
    house.refused(&cook, nowhere, FailureCode::UnknownStation).await;
    house.close().await;
}

async fn a_ticket_is_seen_bumped_and_recalled(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, cook) = (house.sign_in("Ana").await, house.sign_in("Cocina").await);
    let mut events = house.app.subscribe();
    let order =
        house.app.perform(&ana, house.take_away(&[("307", 2), ("202", 1), ("602", 1)])).await.unwrap();
    let arrived = loop {
        if let Event::TicketArrived { station_id, ticket_id, .. } = events.recv().await.unwrap().event
            && station_id == house.station("cocina")
        {
            break ticket_id;
        }
    };
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    let view = board(&house, &cook).await;
    assert_eq!(view.tickets.len(), 1);
    let ticket = &view.tickets[0];
    assert_eq!((ticket.id, ticket.lines.len(), ticket.item_count), (arrived, 2, 3));
    assert!(ticket.late_at > ticket.created_at, "preparation times are known");

    let see = SeeTickets { command_id: new_id(), ticket_ids: vec![ticket.id] };
    assert_eq!(house.app.perform(&cook, see.clone()).await.unwrap().newly_seen, 1);
    assert_eq!(house.app.perform(&cook, see).await.unwrap().newly_seen, 1, "the first answer again");
    assert_eq!(house.order(&ana, order.id).await.status, OrderStatus::Preparing);

    let bump = BumpTicket { command_id: new_id(), ticket_id: ticket.id };
    assert_eq!(house.app.perform(&cook, bump).await.unwrap().state, TicketState::Ready);
    let view = board(&house, &cook).await;
    assert_eq!((view.tickets.len(), view.done.len()), (0, 1));
    let recall = RecallTicket { command_id: new_id(), ticket_id: ticket.id };
    assert_eq!(house.app.perform(&cook, recall).await.unwrap().state, TicketState::Seen);
    assert_eq!(board(&house, &cook).await.tickets.len(), 1);

    for ticket in &house.order(&ana, order.id).await.tickets {
        let bump = BumpTicket { command_id: new_id(), ticket_id: ticket.id };
        house.app.perform(&cook, bump).await.unwrap();
    }
    assert_eq!(house.order(&ana, order.id).await.status, OrderStatus::Ready);
    let waiter_bumps = BumpTicket { command_id: new_id(), ticket_id: ticket.id };
    house.refused(&ana, waiter_bumps, FailureCode::NotAllowed).await;
    let nobody = BumpTicket { command_id: new_id(), ticket_id: new_id() };
    house.refused(&cook, nobody, FailureCode::UnknownTicket).await;
    house.close().await;
}

async fn a_void_strikes_the_line_on_the_screen(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let cook = house.sign_in("Cocina").await;
    let order = house.app.perform(&ana, house.take_away(&[("307", 2), ("202", 1)])).await.unwrap();
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    let request = VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id: order.lines[0].id,
        reason: "se arrepintió".into(),
    };
    house.app.perform(&luisa, request).await.unwrap();
    let view = board(&house, &cook).await;
    assert_eq!(view.tickets.len(), 2, "the ticket and its void");
    assert!(view.tickets[0].lines[0].voided && !view.tickets[0].lines[1].voided);
    assert_eq!(view.tickets[0].item_count, 1);
    let [ticket, void] = [0, 1].map(|at: usize| view.tickets[at].id);
    let now = some(&house, &cook, &[void, ticket]).await;
    assert_eq!(now, view.tickets, "the two alone are as on the board");
    let now = some(&house, &cook, &[ticket]).await;
    assert!(!now[0].lines[1].voided, "{now:#?}");
    house.close().await;
}

async fn a_cook_has_a_ticket_go_first_and_takes_it_back(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, cook) = (house.sign_in("Ana").await, house.sign_in("Cocina").await);
    let mut ids = Vec::new();
    for _ in 0..3 {
        let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
        house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
        ids.push(order.tickets[0].id);
    }
    let order =
        async || -> Vec<_> { board(&house, &cook).await.tickets.iter().map(|ticket| ticket.id).collect() };
    let says = |at: usize, first| PrioritiseTicket { command_id: new_id(), ticket_id: ids[at], first };
    let last = says(2, true);
    for _ in 0..2 {
        assert!(house.app.perform(&cook, last.clone()).await.unwrap().first_at.is_some(), "P13");
    }
    assert_eq!(order().await, [ids[2], ids[0], ids[1]]);
    house.app.perform(&cook, says(1, true)).await.unwrap();
    assert_eq!(order().await, [ids[2], ids[1], ids[0]], "who was put first before stays before");
    house.app.perform(&cook, says(2, false)).await.unwrap();
    assert_eq!(order().await, [ids[1], ids[0], ids[2]]);
    let bump = BumpTicket { command_id: new_id(), ticket_id: ids[1] };
    house.app.perform(&cook, bump).await.unwrap();
    house.refused(&cook, says(1, true), FailureCode::TicketMoved).await;
    house.refused(&ana, says(0, true), FailureCode::NotAllowed).await;
    let nobody = PrioritiseTicket { ticket_id: new_id(), ..says(0, true) };
    house.refused(&cook, nobody, FailureCode::UnknownTicket).await;
    house.close().await;
}

async fn the_last_fifty_can_be_brought_back(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, cook) = (house.sign_in("Ana").await, house.sign_in("Cocina").await);
    let mut ids = Vec::new();
    for _ in 0..52 {
        let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
        ids.push(order.tickets[0].id);
    }
    for ticket_id in &ids {
        let bump = BumpTicket { command_id: new_id(), ticket_id: *ticket_id };
        house.app.perform(&cook, bump).await.unwrap();
    }
    let done: Vec<_> = board(&house, &cook).await.done.iter().map(|ticket| ticket.id).collect();
    assert_eq!(done.len(), 50);
    assert!(!done.contains(&ids[0]) && done.contains(&ids[51]), "the last ones");
    house.close().await;
}
