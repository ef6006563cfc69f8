//! A proof that comes after its ticket was given up: nothing is sent twice (P3).

use crate::house::{Engine, House, instant_printers};
use fastops_app::wire::{JobState, OrderView};
use fastops_domain::job::RetryPolicy;
use fastops_printer_sim::Condition;

super::on_both_engines!(a_proof_that_comes_while_the_repeat_waits_takes_it_back);

/// An hour between two attempts: longer than a test waits for anything.
const SLOW: RetryPolicy = RetryPolicy { quick_attempts: 3, pause_ms: 3_600_000, blocked_pause_ms: 3_600_000 };

fn in_doubt(order: &OrderView) -> bool {
    order.tickets[0].possible_duplicate && order.tickets[0].job == JobState::Queued
}

fn is_printed(order: &OrderView) -> bool {
    order.tickets.iter().all(|ticket| ticket.job == JobState::Printed)
}

async fn a_proof_that_comes_while_the_repeat_waits_takes_it_back(engine: Engine) {
    let house = House::open_tuned(engine, instant_printers().await, SLOW).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::HoldsProof);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, order.id, in_doubt).await;
    house.printer("cocina").set(Condition::Ready);
    let done = house.until(&ana, order.id, is_printed).await;
    let papers = house.papers_of("cocina", done.tickets[0].number);
    assert_eq!(papers.len(), 1, "it was not sent again");
    assert!(done.tickets[0].settled_at.is_some());
    let next = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, next.id, is_printed).await;
    assert_eq!(house.printer("cocina").slips().len(), 2, "and the lane goes on");
    house.close().await;
}
