//! Tickets that need a person: shown with what to do, tried anew, or given up.

use crate::house::{Engine, House, PATIENCE, new_id};
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::wire::{
    Cause, ClearJobs, FailureCode, GetQueueStatus, JobState, ListStuckJobs, OrderStatus, OrderView,
    PulseState, ReprintTicket, RetryJobs, StuckJobs, VoidLine,
};
use fastops_domain::job::RetryPolicy;
use fastops_printer_sim::Condition;
use fastops_store::{StoreError, probe};

super::on_both_engines!(
    a_blocked_ticket_is_listed_and_tried_at_once_when_told,
    a_cleared_ticket_never_comes_out_and_is_written_down,
    every_failed_ticket_is_retried_once_and_marked_when_in_doubt,
    what_never_came_out_is_voided_without_a_paper,
    what_failed_and_is_voided_leaves_its_ticket,
);

/// A lane that gave up its quick attempts does nothing by itself for as long as a test may take.
const PATIENT: RetryPolicy = RetryPolicy { quick_attempts: 1, pause_ms: 50, blocked_pause_ms: 600_000 };

async fn open(engine: Engine) -> (House, Caller, Caller) {
    let house = House::open_tuned(engine, crate::house::instant_printers().await, PATIENT).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    (house, admin, ana)
}

async fn list(house: &House, who: &Caller) -> StuckJobs {
    house.app.perform(who, ListStuckJobs {}).await.unwrap()
}

/// An order of one ticket for the bar, which has no paper.
async fn blocked_order(house: &House, ana: &Caller) -> OrderView {
    house.printer("bar").set(Condition::PaperOut);
    let order = house.app.perform(ana, house.take_away(&[("602", 1)])).await.unwrap();
    house.until(ana, order.id, |order| order.status == OrderStatus::Blocked).await
}

async fn a_blocked_ticket_is_listed_and_tried_at_once_when_told(engine: Engine) {
    let (house, admin, ana) = open(engine).await;
    assert_eq!(list(&house, &admin).await.jobs, []);
    let order = blocked_order(&house, &ana).await;
    let found = list(&house, &admin).await;
    let [stuck] = found.jobs.as_slice() else { panic!("{found:#?}") };
    assert_eq!((stuck.state, stuck.cause), (JobState::Blocked, Some(Cause::PaperOut)));
    assert_eq!(
        (stuck.order_number, stuck.ticket_number),
        (Some(order.number), Some(order.tickets[0].number))
    );
    assert_eq!((stuck.station.as_deref(), stuck.printer.as_str()), (Some("Bar"), "Bar"));
    assert!(stuck.problem.es.contains("Sin papel en Bar: cambie el rollo"), "{stuck:?}");
    assert!(stuck.next_try.is_some() && stuck.can_retry && stuck.can_clear && !stuck.possible_duplicate);

    let retry = RetryJobs { command_id: new_id(), job_ids: Some(vec![stuck.job_id]) };
    house.refused(&ana, retry.clone(), FailureCode::NotAllowed).await;
    house.printer("bar").set(Condition::Ready);
    let after = house.app.perform(&admin, retry.clone()).await.unwrap();
    assert!(after.jobs.iter().all(|job| job.state != JobState::Failed));
    // Without being told it would wait ten minutes.
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    assert!(!house.printer("bar").slips()[0].contains("POSIBLE DUPLICADO"));
    assert_eq!(house.app.perform(&admin, retry).await.unwrap().jobs, [], "the same command again");
    let late = RetryJobs { command_id: new_id(), job_ids: Some(vec![stuck.job_id]) };
    house.refused(&admin, late, FailureCode::TicketMoved).await;
    let none = RetryJobs { command_id: new_id(), job_ids: Some(Vec::new()) };
    house.refused(&admin, none, FailureCode::OutOfBounds).await;
    let store = house.app.store_for_faults();
    assert_eq!(questions::count(&store, questions::DECIDED).await, 1);
    house.close().await;
}

async fn a_cleared_ticket_never_comes_out_and_is_written_down(engine: Engine) {
    let (house, admin, ana) = open(engine).await;
    let order = blocked_order(&house, &ana).await;
    let stuck = list(&house, &admin).await.jobs.remove(0);
    let clear = |reason: &str| ClearJobs {
        command_id: new_id(),
        job_ids: Some(vec![stuck.job_id]),
        reason: reason.into(),
    };
    house.refused(&ana, clear("ya se avisó"), FailureCode::NotAllowed).await;
    house.refused(&admin, clear("   "), FailureCode::OutOfBounds).await;
    let cleared = house.app.perform(&admin, clear("Ya se avisó de viva voz")).await.unwrap();
    assert_eq!(cleared.jobs, []);
    let view = house.order(&ana, order.id).await;
    assert_eq!((view.status, view.tickets[0].job), (OrderStatus::Received, JobState::Cancelled));
    assert_eq!(view.tickets[0].cause, Some(Cause::PaperOut), "why it did not come out stays");
    let store = house.app.store_for_faults();
    assert_eq!(questions::count(&store, questions::CLEARED_WITH_REASON).await, 1);

    // The next ticket comes out; the one that was given up does not.
    house.printer("bar").set(Condition::Ready);
    house.app.perform(&ana, house.take_away(&[("602", 1)])).await.unwrap();
    let slips = house.printer("bar").wait_for_slips(1, PATIENCE).await.unwrap();
    assert_eq!(house.papers_of("bar", order.tickets[0].number).len(), 0, "{slips:?}");
    assert!(view.tickets[0].can_reprint, "whoever wants it after all can have it");
    house.close().await;
}

/// P3: a ticket that failed without ever being sent comes out plain; one that may be on paper is marked.
async fn every_failed_ticket_is_retried_once_and_marked_when_in_doubt(engine: Engine) {
    let (house, admin, ana) = open(engine).await;
    let plain = blocked_order(&house, &ana).await;
    // The lane waits for the first one: nobody has tried this.
    let doubted = house.app.perform(&ana, house.take_away(&[("602", 1)])).await.unwrap();
    let store = house.app.store_for_faults();
    let number = doubted.tickets[0].number;
    let failing = questions::fail_tickets(number);
    let failing = store.write::<_, StoreError, _>(move |tx| {
        let failing = failing.clone();
        Box::pin(async move { probe::execute(tx, &failing).await })
    });
    failing.await.unwrap();
    let found = list(&house, &admin).await;
    let states: Vec<_> = found.jobs.iter().map(|job| (job.state, job.possible_duplicate)).collect();
    assert_eq!(states, [(JobState::Failed, false), (JobState::Failed, true)]);
    let told = house.app.perform(&admin, GetQueueStatus {}).await.unwrap();
    let bar = told.stations.iter().find(|station| station.station == "Bar").unwrap();
    assert_eq!((bar.failed, bar.state), (2, PulseState::Alarm), "no failure is silent");

    house.printer("bar").set(Condition::Ready);
    let retry = RetryJobs { command_id: new_id(), job_ids: None };
    for _ in 0..2 {
        house.app.perform(&admin, retry.clone()).await.unwrap();
    }
    let slips = house.printer("bar").wait_for_slips(2, PATIENCE).await.unwrap();
    for order in [&plain, &doubted] {
        house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    }
    let marked = |number| {
        let papers = house.papers_of("bar", number);
        assert_eq!(papers.len(), 1, "{slips:?}");
        papers[0].contains("POSIBLE DUPLICADO")
    };
    assert_eq!((marked(plain.tickets[0].number), marked(number)), (false, true));
    house.refused(&admin, RetryJobs { command_id: new_id(), job_ids: None }, FailureCode::TicketMoved).await;
    house.close().await;
}

/// A ticket that was given up before a byte of it went out told nobody: there is nothing to take back on paper. One
/// that somebody had reprinted did.
async fn what_never_came_out_is_voided_without_a_paper(engine: Engine) {
    let (house, admin, ana) = open(engine).await;
    house.printer("bar").set(Condition::PaperOut);
    let mut given_up = Vec::new();
    for _ in 0..2 {
        let order = house.app.perform(&ana, house.take_away(&[("602", 1), ("602", 2)])).await.unwrap();
        house.until(&ana, order.id, |order| order.status == OrderStatus::Blocked).await;
        clear(&house, &admin, list(&house, &admin).await.jobs[0].job_id).await;
        given_up.push(order);
    }
    let [silent, told] = given_up.as_slice() else { unreachable!() };
    house.printer("bar").set(Condition::Ready);
    let again = ReprintTicket { command_id: new_id(), ticket_id: told.tickets[0].id };
    house.app.perform(&admin, again).await.unwrap();
    house.printer("bar").wait_for_slips(1, PATIENCE).await.unwrap();

    for order in [silent, told] {
        let void = VoidLine {
            quantity: None,
            command_id: new_id(),
            order_id: order.id,
            line_id: order.lines[0].id,
            reason: "Se fueron".into(),
        };
        house.app.perform(&admin, void).await.unwrap();
    }
    let slips = house.printer("bar").wait_for_slips(2, PATIENCE).await.unwrap();
    let voids: Vec<_> = slips.iter().filter(|slip| slip.contains("ANULACI")).collect();
    assert_eq!((slips.len(), voids.len()), (2, 1), "only what was on paper is taken back on paper");
    let after = house.order(&ana, silent.id).await;
    assert_eq!(after.tickets.len(), 1, "{after:#?}");
    assert_eq!(house.order(&ana, told.id).await.tickets.len(), 2);
    house.close().await;
}

/// A ticket that failed before a byte of it went out is one paper without the line, when somebody has it tried anew.
async fn what_failed_and_is_voided_leaves_its_ticket(engine: Engine) {
    let (house, admin, ana) = open(engine).await;
    house.printer("cocina").set(Condition::PaperOut);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("202", 1)])).await.unwrap();
    house.until(&ana, order.id, |order| order.status == OrderStatus::Blocked).await;
    // No ticket has this number: none may be on paper.
    let (store, failing) = (house.app.store_for_faults(), questions::fail_tickets(-1));
    let failing = store.write::<_, StoreError, _>(move |tx| {
        let failing = failing.clone();
        Box::pin(async move { probe::execute(tx, &failing).await })
    });
    failing.await.unwrap();
    let void = VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id: order.lines[0].id,
        reason: "Se fueron".into(),
    };
    house.app.perform(&admin, void).await.unwrap();
    house.printer("cocina").set(Condition::Ready);
    house.app.perform(&admin, RetryJobs { command_id: new_id(), job_ids: None }).await.unwrap();
    let after = house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    assert_eq!(after.tickets.len(), 1, "nobody was told of what is taken back: {after:#?}");
    let slips = house.printer("cocina").slips();
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains("Sancocho") && !slips[0].contains("Arroz con pollo"), "{}", slips[0].text());
    house.close().await;
}

async fn clear(house: &House, admin: &Caller, job: uuid::Uuid) {
    let clear = ClearJobs { command_id: new_id(), job_ids: Some(vec![job]), reason: "Se avisó".into() };
    house.app.perform(admin, clear).await.unwrap();
}
