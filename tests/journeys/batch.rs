//! Turbo: what waits for one printer goes with one write, in its order, each ticket proved for itself.

use crate::house::{Engine, House, new_id, ticket_number};
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::wire::{Event, GetOrder, JobState, OrderView, SetTurbo, VoidLine};
use fastops_printer_sim::Condition;
use fastops_store::{StoreError, probe};
use uuid::Uuid;

super::on_both_engines!(
    tickets_that_wait_go_with_one_write_in_their_order,
    a_break_marks_the_ticket_it_met_and_no_other,
    paper_that_runs_out_keeps_one_ticket_and_leaves_the_others,
    a_void_takes_back_what_waits_and_follows_what_is_out,
);

/// Tickets of a backlog, more than a batch takes.
const BACKLOG: usize = 12;

/// A house in turbo whose kitchen stands still, with tickets that wait for it, oldest first.
async fn backlog(engine: Engine) -> (House, Caller, Vec<OrderView>) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    // A lane that was measured to be quick takes many at once.
    for _ in 0..8 {
        let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
        house.until(&ana, order.id, |order| is(order, JobState::Printed)).await;
    }
    house.app.perform(&admin, SetTurbo { command_id: new_id(), on: true }).await.unwrap();
    house.printer("cocina").set(Condition::PaperOut);
    let mut orders = Vec::new();
    for _ in 0..BACKLOG {
        orders.push(house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap());
    }
    // The first one meets the printer alone: it waits for the paper, or is half out already.
    let met = |order: &OrderView| is(order, JobState::Blocked) || is(order, JobState::Sent);
    house.until(&ana, orders[0].id, met).await;
    (house, ana, orders)
}

fn is(order: &OrderView, state: JobState) -> bool {
    order.tickets.iter().all(|ticket| ticket.job == state)
}

async fn all_printed(house: &House, ana: &Caller, orders: &[OrderView]) -> Vec<OrderView> {
    let mut done = Vec::new();
    for order in orders {
        done.push(house.until(ana, order.id, |order| is(order, JobState::Printed)).await);
    }
    done
}

/// Papers of the backlog's tickets as they came out: number, and whether marked.
fn papers(house: &House, orders: &[OrderView]) -> Vec<(i64, bool)> {
    let numbers: Vec<i64> = orders.iter().map(|order| order.tickets[0].number).collect();
    let slips = house.printer("cocina").slips();
    let read =
        slips.iter().filter_map(|slip| Some((ticket_number(slip)?, slip.contains("POSIBLE DUPLICADO"))));
    read.filter(|(number, _)| numbers.contains(number)).collect()
}

fn unmarked(orders: &[OrderView]) -> Vec<(i64, bool)> {
    orders.iter().map(|order| (order.tickets[0].number, false)).collect()
}

async fn tickets_that_wait_go_with_one_write_in_their_order(engine: Engine) {
    let (house, ana, orders) = backlog(engine).await;
    house.printer("cocina").set(Condition::Ready);
    let done = all_printed(&house, &ana, &orders).await;
    assert_eq!(papers(&house, &orders), unmarked(&orders), "in order, each once");
    assert!(done.iter().all(|order| !order.tickets[0].possible_duplicate));
    let together = questions::count(&house.app.store_for_faults(), questions::BEGUN_TOGETHER).await;
    assert!(together >= 5, "{together} tickets were begun with others");
    house.close().await;
}

/// The link breaks in the middle of a batch: the ticket that it met comes again, marked; those behind it come
/// once, without a mark, and after it.
async fn a_break_marks_the_ticket_it_met_and_no_other(engine: Engine) {
    let (house, ana, orders) = backlog(engine).await;
    // Into the fourth ticket or so, whatever a ticket's length.
    let bytes = house.printer("cocina").received_total() / 8;
    let after_bytes = usize::try_from(bytes).unwrap() * 7 / 2;
    house.printer("cocina").set(Condition::ResetsLink { after_bytes });
    let done = all_printed(&house, &ana, &orders).await;
    let marked: Vec<i64> = done
        .iter()
        .filter(|order| order.tickets[0].possible_duplicate)
        .map(|order| order.tickets[0].number)
        .collect();
    let [met] = marked[..] else { panic!("{marked:?} are marked") };
    let papers = papers(&house, &orders);
    for order in &done {
        let number = order.tickets[0].number;
        let plain = papers.iter().filter(|paper| **paper == (number, false)).count();
        let again = papers.iter().filter(|paper| **paper == (number, true)).count();
        if number == met {
            assert!(plain <= 1 && again == 1, "{number}: {plain} plain, {again} marked");
        } else {
            assert_eq!((plain, again), (1, 0), "{number}");
        }
    }
    let mut order_on_paper: Vec<i64> = papers.iter().map(|(number, _)| *number).collect();
    order_on_paper.dedup();
    assert!(order_on_paper.is_sorted(), "{order_on_paper:?}");
    house.close().await;
}

async fn paper_that_runs_out_keeps_one_ticket_and_leaves_the_others(engine: Engine) {
    let (house, ana, orders) = backlog(engine).await;
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 300 });
    let held = |house: &House, ana: &Caller| {
        let (app, ana, ids) =
            (house.app.clone(), ana.clone(), orders[1..].iter().map(|order| order.id).collect::<Vec<Uuid>>());
        async move {
            let mut states = Vec::new();
            for id in ids {
                states.push(app.perform(&ana, GetOrder { order_id: id }).await.unwrap().tickets[0].job);
            }
            states
        }
    };
    // The printer holds one; those behind it, which were begun with it, wait again.
    let one_is_held = |states: &Vec<JobState>| {
        states.iter().filter(|state| **state == JobState::Sent).count() == 1
            && !states.contains(&JobState::Sending)
    };
    loop_until(&house, || held(&house, &ana), one_is_held).await;
    house.printer("cocina").set(Condition::Ready);
    all_printed(&house, &ana, &orders).await;
    assert_eq!(papers(&house, &orders), unmarked(&orders), "in order, each once");
    house.close().await;
}

async fn loop_until<T, F: Future<Output = T>>(
    house: &House,
    look: impl Fn() -> F,
    wanted: impl Fn(&T) -> bool,
) -> T {
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(crate::house::PATIENCE, async {
        loop {
            let seen = look().await;
            if wanted(&seen) {
                return seen;
            }
            let _ = events.recv().await;
        }
    });
    found.await.expect("it never became as wanted")
}

/// A void of a ticket that waits takes it back; of one that may be out it is a paper of its own, behind it.
async fn a_void_takes_back_what_waits_and_follows_what_is_out(engine: Engine) {
    let (house, ana, orders) = backlog(engine).await;
    let manager = house.sign_in("Camila").await;
    let void = |order: &OrderView| VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id: order.lines[0].id,
        reason: "se fueron".into(),
    };
    house.app.perform(&manager, void(&orders[5])).await.unwrap();
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 300 });
    let held = loop_until(
        &house,
        || async {
            let mut held = None;
            for order in &orders[1..] {
                let view = house.order(&ana, order.id).await;
                if view.tickets[0].job == JobState::Sent {
                    held = Some(view);
                }
            }
            held
        },
        Option::is_some,
    )
    .await
    .unwrap();
    house.app.perform(&manager, void(&held)).await.unwrap();
    house.printer("cocina").set(Condition::Ready);
    for order in orders.iter().filter(|order| order.id != orders[5].id && order.id != held.id) {
        house.until(&ana, order.id, |order| is(order, JobState::Printed)).await;
    }
    let voided = house.until(&ana, held.id, |order| is(order, JobState::Printed)).await;
    assert_eq!(voided.tickets.len(), 2, "the ticket and its void");
    let slips = house.printer("cocina").slips();
    let of = |number: i64| slips.iter().filter(move |slip| ticket_number(slip) == Some(number)).count();
    assert_eq!(of(orders[5].tickets[0].number), 0, "it was taken back");
    assert_eq!(of(held.tickets[0].number), 1);
    let anulled = slips.iter().filter(|slip| slip.contains("ANULACI")).count();
    assert_eq!(anulled, 1);
    house.close().await;
}

async fn told(house: &House, statement: &'static str) {
    let store = house.app.store_for_faults();
    let write = store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement)));
    write.await.unwrap();
}

/// Waits for so many heartbeats.
async fn beats(house: &House, count: usize) {
    let mut events = house.app.subscribe();
    let mut seen = 0;
    while seen < count {
        seen += usize::from(matches!(events.recv().await.unwrap().event, Event::Heartbeat { .. }));
    }
}

/// The database refuses to have tickets begun: nothing is sent, the lane does not ask it in a circle, and goes on
/// as soon as it may. A heart beats a quarter as often as the lane tries again.
#[tokio::test]
async fn tickets_that_cannot_be_begun_are_read_again_after_a_breath() {
    const BEATS: usize = 3;
    let heard = crate::log::listen();
    // The first one may be half out already.
    let (house, ana, orders) = backlog(Engine::Sqlite).await;
    told(&house, questions::REFUSE_ATTEMPTS).await;
    house.printer("cocina").set(Condition::Ready);
    // No other test has a batch refused.
    let refused = || {
        let lines = heard.lines();
        lines.iter().filter(|line| line.contains("cannot be put on disk as on their way")).count()
    };
    while refused() == 0 {
        beats(&house, 1).await;
    }
    let before = refused();
    beats(&house, BEATS).await;
    let tries = refused() - before;
    assert!((1..=BEATS * 12).contains(&tries), "{tries} tries in {BEATS} heartbeats");
    assert_eq!(papers(&house, &orders[1..]), [], "nothing was sent");
    told(&house, questions::ALLOW_ATTEMPTS).await;
    all_printed(&house, &ana, &orders).await;
    assert_eq!(papers(&house, &orders), unmarked(&orders), "in order, each once");
    house.close().await;
}
