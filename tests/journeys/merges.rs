//! What is added while the station's ticket still waits goes onto that ticket: one paper instead of two, and
//! each line on exactly one.

use crate::house::{Engine, House, new_id, ticket_number};
use fastops_app::Caller;
use fastops_app::wire::{
    AddLines, CreateOrder, JobState, NewLine, OrderView, SeeTickets, TicketKind, VoidLine,
};
use fastops_printer_sim::Condition;

super::on_both_engines!(
    what_is_added_before_the_paper_comes_is_on_it,
    what_a_screen_has_shown_or_a_printer_has_gets_a_paper_of_its_own,
    a_change_that_waits_takes_the_next_and_stays_behind_what_it_changes,
    each_line_is_on_exactly_one_paper_however_it_races,
);

async fn add(house: &House, who: &Caller, order: &OrderView, lines: Vec<NewLine>) -> OrderView {
    let request = AddLines { command_id: new_id(), order_id: order.id, lines };
    house.app.perform(who, request).await.unwrap()
}

fn is_printed(order: &OrderView) -> bool {
    order.tickets.iter().all(|ticket| matches!(ticket.job, JobState::Printed | JobState::Cancelled))
}

async fn see(house: &House, ticket: uuid::Uuid) {
    let cook = house.sign_in("Cocina").await;
    let request = SeeTickets { command_id: new_id(), ticket_ids: vec![ticket] };
    house.app.perform(&cook, request).await.unwrap();
}

async fn what_is_added_before_the_paper_comes_is_on_it(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let other = house.app.perform(&ana, house.take_away(&[("301", 1)])).await.unwrap();
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let lines = vec![house.line("202", 2), house.line("602", 1)];
    let request = AddLines { command_id: new_id(), order_id: order.id, lines };
    let after = house.app.perform(&ana, request.clone()).await.unwrap();
    let kitchen: Vec<_> = after.tickets.iter().filter(|ticket| ticket.station == "Cocina").collect();
    assert_eq!((after.tickets.len(), kitchen.len()), (2, 1), "the bar has heard nothing yet");
    assert_eq!(after.lines[1].ticket_id, Some(kitchen[0].id));
    let again = house.app.perform(&ana, request).await.unwrap();
    assert_eq!((again.lines.len(), again.tickets.len()), (3, 2), "P13");
    house.printer("cocina").set(Condition::Ready);
    for id in [order.id, other.id] {
        house.until(&ana, id, is_printed).await;
    }
    let slips = house.printer("cocina").slips();
    let numbers: Vec<_> = slips.iter().filter_map(|slip| ticket_number(slip)).collect();
    assert_eq!(numbers, [2, 1], "it goes where the change would have gone");
    assert!(slips[0].contains("Arroz con pollo") && slips[0].contains("Sancocho"), "{}", slips[0].text());
    assert!(slips[0].contains("Total ítems: 3") && !slips[0].contains("CAMBIO"), "{}", slips[0].text());
    house.close().await;
}

async fn what_a_screen_has_shown_or_a_printer_has_gets_a_paper_of_its_own(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let seen = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    see(&house, seen.tickets[0].id).await;
    let after = add(&house, &ana, &seen, vec![house.line("202", 1)]).await;
    assert_eq!(after.tickets.len(), 2);
    assert_eq!(after.tickets[1].kind, TicketKind::Change);
    house.printer("cocina").set(Condition::Ready);
    house.until(&ana, seen.id, is_printed).await;
    // Some of it may be on paper: what is on its way takes nothing more.
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 10 });
    let held = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, held.id, |order| order.tickets[0].job == JobState::Sent).await;
    let after = add(&house, &ana, &held, vec![house.line("202", 1)]).await;
    assert_eq!(after.tickets.len(), 2);
    house.printer("cocina").set(Condition::Ready);
    house.until(&ana, held.id, is_printed).await;
    house.close().await;
}

async fn a_change_that_waits_takes_the_next_and_stays_behind_what_it_changes(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    see(&house, order.tickets[0].id).await;
    for code in ["202", "203", "301"] {
        add(&house, &ana, &order, vec![house.line(code, 1)]).await;
    }
    house.printer("cocina").set(Condition::Ready);
    let done = house.until(&ana, order.id, is_printed).await;
    assert_eq!(done.tickets.len(), 2);
    let slips = house.printer("cocina").slips();
    let numbers: Vec<_> = slips.iter().filter_map(|slip| ticket_number(slip)).collect();
    assert_eq!(numbers, [1, 2]);
    assert!(slips[1].contains("CAMBIO") && slips[1].contains("Total ítems: 3"), "{}", slips[1].text());
    house.close().await;
}

/// A line of the kitchen that its paper tells from all others.
fn marked(house: &House, n: usize) -> NewLine {
    NewLine { note: Some(format!("marca{n:04}.")), ..house.line("307", 1) }
}

/// P6, P11: a seed decides what two waiters add and take back while the printer works, has no paper, or has it
/// again. The paper is the oracle.
async fn each_line_is_on_exactly_one_paper_however_it_races(engine: Engine) {
    let (_, seed) = new_id().as_u64_pair();
    say(seed);
    let mut dice = fastrand::Rng::with_seed(seed);
    let house = House::open(engine).await;
    let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
    let kitchen = house.printer("cocina");
    let (mut orders, mut n) = (Vec::new(), 0);
    for _ in 0..10 {
        let lines = vec![marked(&house, n)];
        n += 1;
        let request = CreateOrder { lines, ..house.take_away(&[("307", 1)]) };
        let order = house.app.perform(&ana, request).await.unwrap();
        for _ in 0..dice.usize(1..4) {
            let paper = if dice.bool() { Condition::PaperOut } else { Condition::Ready };
            if dice.u8(0..3) == 0 {
                kitchen.set(paper);
            }
            let (first, second) = (vec![marked(&house, n)], vec![marked(&house, n + 1)]);
            n += 2;
            let void = dice.bool().then(|| VoidLine {
                quantity: None,
                command_id: new_id(),
                order_id: order.id,
                line_id: order.lines[0].id,
                reason: "Cambió de opinión".into(),
            });
            let taken_back = async {
                if let Some(void) = void {
                    // The second time it is taken back already.
                    let _ = house.app.perform(&luisa, void).await;
                }
            };
            tokio::join!(add(&house, &ana, &order, first), add(&house, &luisa, &order, second), taken_back);
        }
        orders.push(order.id);
    }
    kitchen.set(Condition::Ready);
    let mut wanted = 0;
    for id in orders {
        let order = house.until(&ana, id, is_printed).await;
        for line in &order.lines {
            let mark = line.note.clone().unwrap();
            let papers: Vec<_> = kitchen.slips().into_iter().filter(|slip| slip.contains(&mark)).collect();
            let told = papers.iter().filter(|slip| !slip.contains("ANULACIÓN")).count();
            let voids = papers.len() - told;
            if line.voided {
                assert!(told == voids && told <= 1, "{mark}: told {told}, taken back {voids}");
            } else {
                assert_eq!((told, voids), (1, 0), "{mark} {order:#?}");
            }
            wanted += 1;
        }
    }
    assert_eq!(wanted, n, "no line was lost");
    house.close().await;
}

#[expect(clippy::print_stdout, reason = "shown when the test fails: the seed that replays its turns")]
fn say(seed: u64) {
    println!("seed {seed}");
}
