//! After an outage: one slip of what is pending instead of as many old papers, and every ticket on at least one.

use crate::house::{Engine, House, PATIENCE, ticket_number};
use crate::journeys::chain::Chained;
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::wire::{
    BumpTicket, Cause, ChainPlace, GetPrintSetup, JobState, OrderView, SetSetting, SetStationChain,
    SettingLevel, SettingValue, TicketView, VoidLine,
};
use fastops_printer_sim::{Condition, Slip};
use fastops_store::{StoreError, probe};
use std::sync::Arc;

super::on_both_engines!(
    forty_tickets_in_an_outage_are_one_slip,
    a_slip_that_is_cut_off_loses_no_ticket,
    few_tickets_come_out_one_by_one,
    a_slip_says_which_of_its_tickets_may_be_out_already,
    an_outage_is_remembered_over_a_restart,
    a_printer_that_stands_in_makes_no_slip,
    more_than_one_slip_holds_is_two_slips,
    every_station_of_a_printer_gets_its_slip,
);

use crate::house::new_id;

async fn decide(house: &House, key: &str, value: i64) {
    let admin = house.sign_in("Camila").await;
    let request = SetSetting {
        command_id: new_id(),
        key: key.into(),
        level: SettingLevel::Branch,
        terminal_id: None,
        value: Some(SettingValue::Whole(value)),
    };
    house.app.perform(&admin, request).await.unwrap();
}

/// A house whose kitchen has no paper, and `count` orders that wait for it; an outage counts at once.
async fn outage(engine: Engine, count: usize) -> (House, Caller, Vec<OrderView>) {
    let house = House::open(engine).await;
    decide(&house, "printing.catch_up_seconds", 0).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let mut orders = Vec::new();
    for n in 0..count {
        let dish = if n % 2 == 0 { "307" } else { "202" };
        let order = house.take_away(&[(dish, 1 + i64::try_from(n % 3).unwrap())]);
        orders.push(house.app.perform(&ana, order).await.unwrap());
    }
    let waits = |order: &OrderView| order.tickets[0].cause == Some(Cause::PaperOut);
    house.until(&ana, orders[0].id, waits).await;
    (house, ana, orders)
}

fn is_printed(order: &OrderView) -> bool {
    order.tickets.iter().all(|ticket| ticket.job == JobState::Printed)
}

fn number(ticket: &TicketView) -> String {
    format!("#{:03}", ticket.number)
}

/// Slips with what is pending, and all others.
fn papers(house: &House) -> (Vec<Arc<Slip>>, Vec<Arc<Slip>>) {
    house.printer("cocina").slips().into_iter().partition(|slip| slip.contains("PENDIENTES"))
}

async fn forty_tickets_in_an_outage_are_one_slip(engine: Engine) {
    let (house, ana, orders) = outage(engine, 42).await;
    let cook = house.sign_in("Cocina").await;
    // One was made from the screen, and one is wanted no longer.
    let made = BumpTicket { command_id: new_id(), ticket_id: orders[5].tickets[0].id };
    house.app.perform(&cook, made).await.unwrap();
    let luisa = house.sign_in("Luisa").await;
    let void = VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: orders[6].id,
        line_id: orders[6].lines[0].id,
        reason: "Se fueron".into(),
    };
    house.app.perform(&luisa, void).await.unwrap();

    house.printer("cocina").set(Condition::Ready);
    for (n, order) in orders.iter().enumerate().filter(|(n, _)| *n != 6) {
        let order = house.until(&ana, order.id, is_printed).await;
        assert!(order.tickets[0].settled_at.is_some(), "{n}");
    }
    let (slips, others) = papers(&house);
    assert_eq!((slips.len(), others.len()), (1, 0));
    let text = slips[0].text();
    assert!(text.contains("40 comandas"), "{text}");
    let (pending, done) = text.split_once("Ya listas").unwrap();
    for (n, order) in orders.iter().enumerate() {
        let number = number(&order.tickets[0]);
        assert_eq!(pending.contains(&number), n != 5 && n != 6, "{number}");
        assert_eq!(done.contains(&number), n == 5, "{number}");
    }
    let numbers: Vec<i64> =
        pending.lines().filter_map(|line| line.strip_prefix('#')?.get(..3)?.parse().ok()).collect();
    assert!(numbers.len() == 40 && numbers.is_sorted(), "the oldest first: {numbers:?}");
    let after = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let after = house.until(&ana, after.id, is_printed).await;
    assert_eq!(house.papers_of("cocina", after.tickets[0].number).len(), 1, "the next is a ticket again");
    house.close().await;
}

/// The paper ends in the middle of the slip, and the program with it.
async fn a_slip_that_is_cut_off_loses_no_ticket(engine: Engine) {
    let (house, ana, orders) = outage(engine, 12).await;
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 200 });
    let held = |order: &OrderView| order.tickets[0].job == JobState::OnSlip;
    house.until(&ana, orders[11].id, held).await;
    let house = house.restart().await;
    house.printer("cocina").set(Condition::Ready);
    for order in &orders {
        house.until(&ana, order.id, is_printed).await;
    }
    let (slips, others) = papers(&house);
    assert!(others.is_empty() && !slips.is_empty() && slips.len() <= 2, "{}", slips.len());
    let whole = slips.last().unwrap().text();
    for order in &orders {
        assert!(whole.contains(&number(&order.tickets[0])), "{whole}");
    }
    assert!(slips.len() == 1 || whole.contains("POSIBLE DUPLICADO"), "{whole}");
    house.close().await;
}

async fn more_than_one_slip_holds_is_two_slips(engine: Engine) {
    let (house, ana, orders) = outage(engine, 115).await;
    house.printer("cocina").set(Condition::Ready);
    for order in &orders {
        house.until(&ana, order.id, is_printed).await;
    }
    let (slips, others) = papers(&house);
    assert_eq!((slips.len(), others.len()), (2, 0));
    house.close().await;
}

/// What waits behind the first slip has waited as long, also for another station.
async fn every_station_of_a_printer_gets_its_slip(engine: Engine) {
    let house = House::open(engine).await;
    decide(&house, "printing.catch_up_seconds", 0).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let setup = house.app.perform(&admin, GetPrintSetup {}).await.unwrap();
    let device = setup.devices.iter().find(|device| device.name == "Cocina").unwrap().id;
    let station_id = setup.chains.iter().find(|chain| chain.station == "Bar").unwrap().station_id;
    let tiers = vec![vec![ChainPlace::Device(device)]];
    let chain = SetStationChain { command_id: new_id(), station_id, tiers };
    house.app.perform(&admin, chain).await.unwrap();
    house.printer("cocina").set(Condition::PaperOut);
    let mut orders = Vec::new();
    for _ in 0..11 {
        let order = house.take_away(&[("307", 1), ("602", 1)]);
        orders.push(house.app.perform(&ana, order).await.unwrap());
    }
    let waits = |order: &OrderView| order.tickets.iter().any(|t| t.cause == Some(Cause::PaperOut));
    house.until(&ana, orders[0].id, waits).await;
    house.printer("cocina").set(Condition::Ready);
    for order in &orders {
        house.until(&ana, order.id, is_printed).await;
    }
    let (slips, others) = papers(&house);
    assert_eq!((slips.len(), others.len()), (2, 0), "one of each station");
    house.close().await;
}

async fn few_tickets_come_out_one_by_one(engine: Engine) {
    let (house, ana, orders) = outage(engine, 9).await;
    house.printer("cocina").set(Condition::Ready);
    for order in &orders {
        house.until(&ana, order.id, is_printed).await;
    }
    let (slips, others) = papers(&house);
    assert_eq!((slips.len(), others.len()), (0, 9));
    let numbers: Vec<_> = others.iter().map(|slip| ticket_number(slip).unwrap()).collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
    // And many do too, where the house wants no slip.
    decide(&house, "printing.catch_up_tickets", 0).await;
    house.printer("cocina").reset_log();
    house.printer("cocina").set(Condition::PaperOut);
    let mut more = Vec::new();
    for _ in 0..12 {
        more.push(house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap());
    }
    house.until(&ana, more[0].id, |order| order.tickets[0].cause == Some(Cause::PaperOut)).await;
    house.printer("cocina").set(Condition::Ready);
    house.printer("cocina").wait_for_slips(12, PATIENCE).await.unwrap();
    assert!(papers(&house).0.is_empty());
    house.close().await;
}

async fn a_slip_says_which_of_its_tickets_may_be_out_already(engine: Engine) {
    let (house, ana, orders) = outage(engine, 12).await;
    let store = house.app.store_for_faults();
    let doubted =
        store.write::<_, StoreError, _>(|tx| Box::pin(probe::execute(tx, questions::LAST_MAY_BE_OUT)));
    assert_eq!(doubted.await.unwrap(), 1);
    house.printer("cocina").set(Condition::Ready);
    for order in &orders {
        house.until(&ana, order.id, is_printed).await;
    }
    let (slips, others) = papers(&house);
    assert_eq!((slips.len(), others.len()), (1, 0));
    let text = slips[0].text();
    // Above its number stands what is special about a ticket.
    let (before, of_it) = text.split_once(&number(&orders[10].tickets[0])).unwrap();
    assert!(of_it.contains("POSIBLE DUPLICADO") && !before.contains("POSIBLE DUPLICADO"), "{text}");
    house.close().await;
}

/// What was wrong with the printer is forgotten with the program; that nothing came out is not.
async fn an_outage_is_remembered_over_a_restart(engine: Engine) {
    let (house, _, orders) = outage(engine, 12).await;
    house.app.stop().await;
    house.printer("cocina").set(Condition::Ready);
    let house = house.restart().await;
    let ana = house.sign_in("Ana").await;
    for order in &orders {
        house.until(&ana, order.id, is_printed).await;
    }
    let (slips, others) = papers(&house);
    assert_eq!((slips.len(), others.len()), (1, 0));
    house.close().await;
}

/// The outage is another's; the paper says whose.
async fn a_printer_that_stands_in_makes_no_slip(engine: Engine) {
    let Chained { house, ana, .. } = Chained::open(engine, false).await;
    decide(&house, "printing.catch_up_seconds", 0).await;
    house.take_out_of_use("Cocina").await;
    house.printer("bar").set(Condition::PaperOut);
    let mut orders = Vec::new();
    for _ in 0..12 {
        orders.push(house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap());
    }
    let waits = |order: &OrderView| order.tickets[0].cause == Some(Cause::PaperOut);
    house.until(&ana, orders[0].id, waits).await;
    house.printer("bar").set(Condition::Ready);
    for order in &orders {
        house.until(&ana, order.id, is_printed).await;
    }
    let slips = house.printer("bar").slips();
    assert_eq!(slips.len(), 12);
    assert!(slips.iter().all(|slip| slip.contains("RESPALDO DE COCINA") && !slip.contains("PENDIENTES")));
    house.close().await;
}
