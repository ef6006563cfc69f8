//! What a guest is told of how long it takes comes from what the stations made, and from nothing else.

use crate::house::{Engine, House, hear, new_id};
use fastops_app::Caller;
use fastops_app::wire::{BumpTicket, Event, OrderView, StationPulse};
use uuid::Uuid;

super::on_both_engines!(a_station_promises_what_it_keeps_up);

async fn makes(house: &House, cook: &Caller, order: &OrderView) {
    for ticket in &order.tickets {
        let request = BumpTicket { command_id: new_id(), ticket_id: ticket.id };
        house.app.perform(cook, request).await.unwrap();
    }
}

/// The pulse of a station as soon as it is as wanted.
async fn pulse(house: &House, station: Uuid, wanted: impl Fn(&StationPulse) -> bool) {
    let mut events = house.app.subscribe();
    let told = |event: &Event| match event {
        Event::Heartbeat { stations, .. } | Event::PulseChanged { stations, .. } => {
            stations.iter().any(|pulse| pulse.station_id == station && wanted(pulse))
        }
        _ => false,
    };
    hear(&mut events, told).await;
}

async fn a_station_promises_what_it_keeps_up(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, cook) = (house.sign_in("Ana").await, house.sign_in("Cocina").await);
    let (kitchen, bar) = (house.station("cocina"), house.station("bar"));
    for _ in 0..4 {
        let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
        assert_eq!(order.tickets[0].expected_at, None, "nobody knows yet");
        makes(&house, &cook, &order).await;
    }
    pulse(&house, kitchen, |pulse| pulse.ready_in_minutes.is_none()).await;

    let fifth = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    makes(&house, &cook, &fifth).await;
    pulse(&house, kitchen, |pulse| pulse.ready_in_minutes == Some(1)).await;
    pulse(&house, bar, |pulse| pulse.ready_in_minutes.is_none()).await;

    let next = house.app.perform(&ana, house.take_away(&[("307", 1), ("602", 1)])).await.unwrap();
    let expected = |station| {
        let ticket = next.tickets.iter().find(|ticket| ticket.station_id == station).unwrap();
        (ticket.expected_at, ticket.created_at)
    };
    let (Some(at), sent) = expected(kitchen) else { panic!("a kitchen that knows its pace") };
    assert_eq!(at, sent + 60_000, "the minute that was told");
    assert_eq!(expected(bar).0, None, "a bar that made nothing promises nothing");
    makes(&house, &cook, &next).await;
    let made = house.order(&ana, next.id).await;
    assert!(made.tickets.iter().all(|ticket| ticket.expected_at.is_none()), "what is made is not awaited");
    house.close().await;
}
