//! Printers that run out, hang, are off, or go away in the middle of a ticket.

use crate::house::{Engine, House, PATIENCE, instant_printer, printer_that, ticket_number};
use fastops_app::Caller;
use fastops_app::wire::{
    Cause, Event, FailureCode, GetQueueStatus, JobState, MarkUrgent, OrderStatus, OrderView, PulseState,
    QueueStatus, ReprintTicket,
};
use fastops_printer_sim::{Answers, Condition};

super::on_both_engines!(
    a_printer_without_paper_holds_its_tickets_and_says_why,
    paper_that_ends_in_the_middle_gives_one_ticket,
    a_link_lost_in_the_middle_prints_again_marked,
    a_hung_printer_costs_the_others_nothing,
    a_printer_that_is_off_prints_when_it_is_back,
    an_urgent_order_goes_first,
    a_reprint_says_so,
    a_printer_that_cannot_prove_wastes_no_paper,
);

fn job_is(order: &OrderView, state: JobState) -> bool {
    order.tickets.iter().all(|ticket| ticket.job == state)
}

async fn send(house: &House, ana: &Caller, lines: &[(&str, i64)]) -> OrderView {
    house.app.perform(ana, house.take_away(lines)).await.unwrap()
}

/// P4, P8: nothing is sent to a printer without paper; every screen hears what to do.
async fn a_printer_without_paper_holds_its_tickets_and_says_why(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("bar").set(Condition::PaperOut);
    let mut events = house.app.subscribe();
    let order = send(&house, &ana, &[("602", 1)]).await;
    let held = house.until(&ana, order.id, |order| order.status == OrderStatus::Blocked).await;
    assert_eq!(held.tickets[0].cause, Some(Cause::PaperOut));
    let sentence = held.tickets[0].problem.clone().unwrap();
    assert!(sentence.es.contains("papel") && sentence.es.contains("Bar"), "{sentence:?}");
    assert!(sentence.en.contains("paper") && sentence.en.contains("Bar"), "{sentence:?}");
    let alarmed = tokio::time::timeout(PATIENCE, async {
        loop {
            let event = events.recv().await.unwrap().event;
            let (Event::PulseChanged { stations, .. } | Event::Heartbeat { stations, .. }) = event else {
                continue;
            };
            let bar = stations.into_iter().find(|pulse| pulse.station == "Bar").unwrap();
            // What is wrong is told before what waits is counted again.
            if bar.state == PulseState::Alarm && bar.waiting == 1 {
                return bar;
            }
        }
    });
    let pulse = alarmed.await.unwrap();
    assert_eq!(pulse.cause, Some(Cause::PaperOut));
    assert!(house.printer("bar").slips().is_empty());

    house.printer("bar").set(Condition::Ready);
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    let slips = house.printer("bar").slips();
    assert_eq!(slips.len(), 1);
    assert!(!slips[0].contains("POSIBLE DUPLICADO"), "no byte had been sent before");
    house.close().await;
}

/// A printer keeps its buffer when the paper ends and prints the rest on a new roll: the late proof
/// counts, and nothing is sent again.
async fn paper_that_ends_in_the_middle_gives_one_ticket(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let order = send(&house, &ana, &[("307", 1), ("202", 2), ("301", 1)]).await;
    let held = house.until(&ana, order.id, |order| order.tickets[0].cause == Some(Cause::PaperOut)).await;
    assert_eq!(held.tickets[0].job, JobState::Sent, "handed over is not printed");
    house.printer("cocina").set(Condition::Ready);
    let done = house.until(&ana, order.id, |order| job_is(order, JobState::Printed)).await;
    assert!(!done.tickets[0].possible_duplicate);
    let slips = house.printer("cocina").slips();
    assert_eq!(slips.len(), 1, "the rest came out of the buffer");
    assert!(slips[0].contains("Bandeja paisa"));
    house.close().await;
}

/// P3: some of it may be on paper, so it comes again under the same number and says so.
async fn a_link_lost_in_the_middle_prints_again_marked(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::ResetsLink { after_bytes: 200 });
    let order = send(&house, &ana, &[("307", 1)]).await;
    let done = house.until(&ana, order.id, |order| job_is(order, JobState::Printed)).await;
    let ticket = &done.tickets[0];
    assert!(ticket.possible_duplicate);
    let papers = house.papers_of("cocina", ticket.number);
    let whole = papers.iter().filter(|slip| slip.contains("Arroz con pollo")).count();
    assert!(whole >= 1, "it is on paper");
    assert!(papers.last().unwrap().contains("POSIBLE DUPLICADO"), "{}", papers.last().unwrap().text());
    let unmarked = papers.iter().filter(|slip| !slip.contains("POSIBLE DUPLICADO")).count();
    assert!(unmarked <= 1, "at most the first paper is without the mark");
    house.close().await;
}

/// P5: with the kitchen hung, bar and desserts print, and one worker at most is held.
async fn a_hung_printer_costs_the_others_nothing(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::Hung);
    for _ in 0..5 {
        send(&house, &ana, &[("307", 1), ("602", 1), ("801", 1)]).await;
    }
    house.printer("bar").wait_for_slips(5, PATIENCE).await.unwrap();
    house.printer("postres").wait_for_slips(5, PATIENCE).await.unwrap();
    // A printer that was never asked before it hung is tried with one of its five.
    let queue = queue_until(&house, &ana, |queue| at_rest(queue) && waiting_in_the_kitchen(queue) == 5).await;
    assert!(queue.workers_busy <= 1, "{queue:?}");
    house.printer("cocina").set(Condition::Ready);
    let slips = house.printer("cocina").wait_for_slips(5, PATIENCE).await.unwrap();
    let numbers: Vec<i64> = slips.iter().filter_map(|slip| ticket_number(slip)).collect();
    assert!(numbers.is_sorted(), "in order: {numbers:?}");
    house.close().await;
}

/// Whether no printer but the kitchen's has anything to do.
fn at_rest(queue: &QueueStatus) -> bool {
    queue.lanes.iter().all(|lane| lane.printer == "Cocina" || !lane.printing)
}

fn waiting_in_the_kitchen(queue: &QueueStatus) -> i64 {
    queue.stations.iter().find(|pulse| pulse.station == "Cocina").unwrap().waiting
}

/// The queue once it is as wanted; the core's beat has it looked at again.
async fn queue_until(house: &House, ana: &Caller, wanted: impl Fn(&QueueStatus) -> bool) -> QueueStatus {
    let mut events = house.app.subscribe();
    let mut last = None;
    let answer = tokio::time::timeout(PATIENCE, async {
        loop {
            let queue = house.app.perform(ana, GetQueueStatus {}).await.unwrap();
            if wanted(&queue) {
                return queue;
            }
            last = Some(queue);
            let _ = events.recv().await;
        }
    })
    .await;
    answer.unwrap_or_else(|_| panic!("the queue never became as wanted: {last:#?}"))
}

async fn a_printer_that_is_off_prints_when_it_is_back(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("postres").set(Condition::PoweredOff);
    let order = send(&house, &ana, &[("801", 1)]).await;
    let held = house.until(&ana, order.id, |order| order.status == OrderStatus::Blocked).await;
    assert!(held.tickets[0].problem.is_some(), "{held:?}");
    house.printer("postres").set(Condition::Ready);
    house.until(&ana, order.id, |order| job_is(order, JobState::Printed)).await;
    assert_eq!(house.printer("postres").slips().len(), 1);
    house.close().await;
}

/// P7: what a waiter marks urgent leaves the printer before what was sent earlier.
async fn an_urgent_order_goes_first(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let mut orders = Vec::new();
    for _ in 0..4 {
        orders.push(send(&house, &ana, &[("307", 1)]).await);
    }
    let last = house.order(&ana, orders[3].id).await;
    assert!(last.can_mark_urgent);
    assert_eq!(last.tickets[0].position, Some(4), "{:?}", last.tickets[0]);
    let mark = MarkUrgent { command_id: crate::house::new_id(), order_id: last.id };
    let marked = house.app.perform(&ana, mark).await.unwrap();
    assert_eq!((marked.tickets[0].position, marked.urgent), (Some(1), true));
    house.printer("cocina").set(Condition::Ready);
    let slips = house.printer("cocina").wait_for_slips(4, PATIENCE).await.unwrap();
    let numbers: Vec<i64> = slips.iter().filter_map(|slip| ticket_number(slip)).collect();
    assert_eq!(numbers, [4, 1, 2, 3]);
    assert!(slips[0].contains("URGENTE"), "{}", slips[0].text());
    house.close().await;
}

async fn a_reprint_says_so(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let order = send(&house, &ana, &[("307", 1)]).await;
    let reprint = || ReprintTicket { command_id: crate::house::new_id(), ticket_id: order.tickets[0].id };
    house.refused(&ana, reprint(), FailureCode::TicketMoved).await;
    house.printer("cocina").set(Condition::Ready);
    house.until(&ana, order.id, |order| job_is(order, JobState::Printed)).await;
    for copy in 1..=2 {
        house.app.perform(&ana, reprint()).await.unwrap();
        house
            .until(&ana, order.id, |order| {
                order.tickets[0].copies == copy && job_is(order, JobState::Printed)
            })
            .await;
    }
    let papers = house.papers_of("cocina", order.tickets[0].number);
    assert_eq!(papers.len(), 3, "the same number on each");
    assert!(!papers[0].contains("REIMPRESIÓN"));
    assert!(papers[1].contains("REIMPRESIÓN 1") && papers[2].contains("REIMPRESIÓN 2"));
    house.close().await;
}

/// P4: a printer that tells its state and ignores the fence ends as `unconfirmed`, after one repeat
/// that is marked; one that never says a word gets one paper and an alarm, and no second paper.
async fn a_printer_that_cannot_prove_wastes_no_paper(engine: Engine) {
    let printers = vec![
        instant_printer("Cocina").await,
        printer_that("Bar", Answers::state_only()).await,
        printer_that("Postres", Answers::none()).await,
    ];
    let house = House::open_with(engine, printers).await;
    let ana = house.sign_in("Ana").await;
    let order = send(&house, &ana, &[("602", 1), ("801", 1)]).await;
    let job_at = |order: &OrderView, station: &str| {
        order.tickets.iter().find(|ticket| ticket.station == station).map(|ticket| (ticket.job, ticket.cause))
    };
    house
        .until(&ana, order.id, |order| {
            job_at(order, "Bar") == Some((JobState::Unconfirmed, None))
                && job_at(order, "Postres") == Some((JobState::Blocked, Some(Cause::NoProof)))
        })
        .await;
    let bar = house.printer("bar").slips();
    assert_eq!(bar.len(), 2);
    assert!(!bar[0].contains("POSIBLE DUPLICADO") && bar[1].contains("POSIBLE DUPLICADO"));
    assert_eq!(house.printer("postres").slips().len(), 1);

    let mut events = house.app.subscribe();
    let told = tokio::time::timeout(PATIENCE, async {
        loop {
            let status = house.app.perform(&ana, GetQueueStatus {}).await.unwrap();
            let bar = status.lanes.iter().find(|lane| lane.printer == "Bar").unwrap();
            if bar.cause.is_none() && bar.problem.is_some() {
                return status;
            }
            let _ = events.recv().await;
        }
    });
    let status = told.await.expect("the queue says nothing of a printer that proves nothing");
    let lane = status.lanes.iter().find(|lane| lane.printer == "Bar").unwrap();
    let said = lane.problem.as_ref().unwrap();
    assert!(said.es.contains("Bar no confirma") && said.en.contains("does not confirm"), "{said:?}");
    let pulse = status.stations.iter().find(|pulse| pulse.station == "Bar").unwrap();
    assert_eq!((pulse.state, pulse.problem.as_ref()), (PulseState::Warn, Some(said)));

    let next = send(&house, &ana, &[("602", 1)]).await;
    house.until(&ana, next.id, |order| job_is(order, JobState::Unconfirmed)).await;
    assert_eq!(house.printer("bar").slips().len(), 3, "what it cannot do is learnt once");
    house.close().await;
}
