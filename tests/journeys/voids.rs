//! Taking back: one paper where nothing is printed yet, a void ticket where it is, never a lost line.

use crate::house::{Engine, House, PATIENCE, new_id, ticket_number};
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::wire::{
    AddLines, FailureCode, JobState, ListKitchenTickets, OrderStatus, OrderView, ReprintTicket, RetryJobs,
    SeeTickets, TicketKind, TicketState, VoidLine,
};
use fastops_printer_sim::{Condition, Slip};
use fastops_store::{StoreError, probe};

super::on_both_engines!(
    what_is_not_printed_leaves_its_ticket,
    what_is_printed_is_voided_on_paper,
    an_emptied_ticket_never_prints,
    a_change_never_overtakes_what_it_changes,
    a_line_is_voided_once,
    voids_race_with_the_printer,
    what_failed_in_doubt_and_is_voided_is_never_cooked,
    a_reprint_says_what_was_voided,
    an_order_of_which_all_is_void_takes_what_is_ordered_next,
);

async fn void(house: &House, caller: &Caller, order: &OrderView, line: usize) -> OrderView {
    let request = VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id: order.lines[line].id,
        reason: "Cliente cambió de opinión".into(),
    };
    house.app.perform(caller, request).await.unwrap()
}

/// P6: one paper without the line, instead of two papers.
async fn what_is_not_printed_leaves_its_ticket(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    house.printer("cocina").set(Condition::PaperOut);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("202", 1)])).await.unwrap();
    let after = void(&house, &luisa, &order, 0).await;
    assert!(after.lines[0].voided && after.lines.len() == 2, "voided, not deleted (P11)");
    assert_eq!(after.total_minor, order.lines[1].total_minor);
    assert_eq!(after.tickets.len(), 1);
    house.printer("cocina").set(Condition::Ready);
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    let slips = house.printer("cocina").slips();
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains("Sancocho") && !slips[0].contains("Arroz con pollo"), "{}", slips[0].text());
    house.close().await;
}

async fn what_is_printed_is_voided_on_paper(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("202", 1)])).await.unwrap();
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    let after = void(&house, &luisa, &order, 0).await;
    assert_eq!(after.tickets[1].kind, TicketKind::Void);
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    assert!(slips[1].contains("ANULACIÓN") && slips[1].contains("Arroz con pollo"), "{}", slips[1].text());
    assert!(!slips[1].contains("Sancocho"));
    assert_eq!(ticket_number(&slips[1]), Some(2));
    assert!(slips[1].contains("Motivo: Cliente cambió de opinión"), "{}", slips[1].text());
    let void = after.lines[0].void.as_ref().unwrap();
    assert_eq!((void.reason.as_str(), void.by.as_str()), ("Cliente cambió de opinión", "Luisa"));
    assert_eq!(after.lines[1].void, None);
    let cook = house.sign_in("Cocina").await;
    let station_id = house.station("cocina");
    let kitchen = house.app.perform(&cook, ListKitchenTickets { station_id }).await.unwrap();
    let lines: Vec<_> = kitchen.tickets.iter().flat_map(|ticket| &ticket.lines).collect();
    let reasons: Vec<_> =
        lines.iter().filter(|line| line.voided).map(|line| line.void_reason.as_deref()).collect();
    assert_eq!(
        reasons,
        [void.reason.as_str(); 2].map(Some),
        "on the ticket that told of it, and on the one that voids it"
    );
    house.close().await;
}

/// The guests thought better of all of it, and then of that: their table is not dead.
async fn an_order_of_which_all_is_void_takes_what_is_ordered_next(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let after = void(&house, &luisa, &order, 0).await;
    assert!(!after.closed && after.total_minor == 0);
    let add = AddLines { command_id: new_id(), order_id: order.id, lines: vec![house.line("202", 1)] };
    let after = house.app.perform(&ana, add).await.unwrap();
    assert!(!after.closed && after.total_minor > 0 && after.status != OrderStatus::Voided);
    assert!(after.lines[0].void.is_some() && after.lines[1].void.is_none());
    house.close().await;
}

async fn an_emptied_ticket_never_prints(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    house.printer("cocina").set(Condition::PaperOut);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let next = house.app.perform(&ana, house.take_away(&[("202", 1)])).await.unwrap();
    let after = void(&house, &luisa, &order, 0).await;
    assert_eq!((after.status, after.total_minor), (OrderStatus::Voided, 0));
    assert_eq!((after.tickets[0].state, after.tickets[0].job), (TicketState::Cancelled, JobState::Cancelled));
    house.printer("cocina").set(Condition::Ready);
    house.until(&ana, next.id, |order| order.status == OrderStatus::Printed).await;
    let slips = house.printer("cocina").slips();
    assert_eq!(slips.iter().filter_map(|slip| ticket_number(slip)).collect::<Vec<_>>(), [2]);
    house.close().await;
}

/// P6: changes are urgent, and still come after the tickets that they change.
async fn a_change_never_overtakes_what_it_changes(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let other = house.app.perform(&ana, house.take_away(&[("301", 1)])).await.unwrap();
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let cook = house.sign_in("Cocina").await;
    for code in ["202", "203"] {
        // What a screen has shown takes no more lines: the change is a paper of its own.
        let tickets = house.order(&ana, order.id).await.tickets;
        let ticket_ids = vec![tickets.last().unwrap().id];
        house.app.perform(&cook, SeeTickets { command_id: new_id(), ticket_ids }).await.unwrap();
        let add = AddLines { command_id: new_id(), order_id: order.id, lines: vec![house.line(code, 1)] };
        house.app.perform(&ana, add).await.unwrap();
    }
    house.printer("cocina").set(Condition::Ready);
    let slips = house.printer("cocina").wait_for_slips(4, PATIENCE).await.unwrap();
    let numbers: Vec<i64> = slips.iter().filter_map(|slip| ticket_number(slip)).collect();
    assert_eq!(numbers, [2, 3, 4, 1], "the changed order first, its own tickets in order, then the other");
    house.until(&ana, other.id, |order| order.status == OrderStatus::Printed).await;
    house.close().await;
}

async fn a_line_is_voided_once(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("602", 1)])).await.unwrap();
    let request = |reason: &str| VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id: order.lines[0].id,
        reason: reason.into(),
    };
    house.refused(&ana, request("me equivoqué"), FailureCode::NotAllowed).await;
    house.refused(&luisa, request("   "), FailureCode::OutOfBounds).await;
    house.app.perform(&luisa, request("error al digitar")).await.unwrap();
    house.refused(&luisa, request("error al digitar"), FailureCode::LineAlreadyVoided).await;
    let strange = VoidLine { line_id: new_id(), ..request("x") };
    house.refused(&luisa, strange, FailureCode::UnknownLine).await;
    assert_eq!(house.order(&ana, order.id).await.lines.iter().filter(|line| line.voided).count(), 1);
    house.close().await;
}

/// P6, P11: a void while the printer works ends in one of two ways, and never between: the line is
/// on no paper, or it is on paper and a void ticket follows it.
async fn voids_race_with_the_printer(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    for _ in 0..12 {
        let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("202", 1)])).await.unwrap();
        let after = void(&house, &luisa, &order, 0).await;
        let settled = house
            .until(&ana, order.id, |order| order.tickets.iter().all(|ticket| ticket.job == JobState::Printed))
            .await;
        let told = house.papers_of("cocina", order.tickets[0].number);
        assert_eq!(told.len(), 1);
        let cook_was_told = told[0].contains("Arroz con pollo");
        let was_voided_on_paper = settled.tickets.iter().any(|ticket| ticket.kind == TicketKind::Void);
        assert_eq!(cook_was_told, was_voided_on_paper, "{after:#?}");
    }
    house.close().await;
}

/// Whether a cook who reads this paper makes the dish.
fn is_to_cook(slip: &Slip, dish: &str) -> bool {
    slip.text().lines().any(|line| line.contains(dish) && !line.contains("ANULADO"))
}

/// P3, P11: a ticket that may be on paper failed, and a line of it is taken back before somebody has it tried anew. The
/// void is on paper by then, so the ticket that comes after it must not ask for the dish.
async fn what_failed_in_doubt_and_is_voided_is_never_cooked(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, camila) = (house.sign_in("Ana").await, house.sign_in("Camila").await);
    let kitchen = house.printer("cocina");
    kitchen.set(Condition::PaperOut);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("202", 1)])).await.unwrap();
    house.until(&ana, order.id, |order| order.status == OrderStatus::Blocked).await;
    let failing = questions::fail_tickets(order.tickets[0].number);
    let store = house.app.store_for_faults();
    let failing = store.write::<_, StoreError, _>(move |tx| {
        let failing = failing.clone();
        Box::pin(async move { probe::execute(tx, &failing).await })
    });
    failing.await.unwrap();
    void(&house, &camila, &order, 0).await;
    kitchen.set(Condition::Ready);
    let slips = kitchen.wait_for_slips(1, PATIENCE).await.unwrap();
    assert!(slips[0].contains("ANULACIÓN") && slips[0].contains("Arroz con pollo"), "{}", slips[0].text());

    house.app.perform(&camila, RetryJobs { command_id: new_id(), job_ids: None }).await.unwrap();
    let slips = kitchen.wait_for_slips(2, PATIENCE).await.unwrap();
    let again = &slips[1];
    assert!(again.contains("POSIBLE DUPLICADO") && is_to_cook(again, "Sancocho"), "{}", again.text());
    assert!(again.contains("Arroz con pollo"), "said, since it may be on a paper of the same number");
    assert!(!slips.iter().any(|slip| is_to_cook(slip, "Arroz con pollo")), "{}", again.text());
    house.close().await;
}

/// Whoever has a ticket again has it as it is wanted now.
async fn a_reprint_says_what_was_voided(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1), ("202", 1)])).await.unwrap();
    house.until(&ana, order.id, |order| order.status == OrderStatus::Printed).await;
    void(&house, &luisa, &order, 0).await;
    let kitchen = house.printer("cocina");
    kitchen.wait_for_slips(2, PATIENCE).await.unwrap();
    let again = ReprintTicket { command_id: new_id(), ticket_id: order.tickets[0].id };
    house.app.perform(&ana, again).await.unwrap();
    let slips = kitchen.wait_for_slips(3, PATIENCE).await.unwrap();
    assert!(is_to_cook(&slips[0], "Arroz con pollo"), "the first paper asked for it");
    assert!(is_to_cook(&slips[2], "Sancocho") && slips[2].contains("Arroz con pollo"), "{}", slips[2].text());
    assert!(!is_to_cook(&slips[2], "Arroz con pollo"), "{}", slips[2].text());
    house.close().await;
}
