//! Courses beside stock, bills and everybody else: what is held is sold once, an order that holds something is not
//! closed, and whatever people do at once, each line is on one paper (P3, P11, P12).

use super::courses::{Room, course, fire, held};
use crate::house::{Engine, House, new_id};
use fastops_app::wire::{
    AddLines, CourseState, FailureCode, GetMenu, MoveLines, NewLine, SeeTickets, VoidLine,
};
use fastops_app::{Language, Refusal};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{OrderId, UserId};
use fastops_domain::order::Posting;
use fastops_domain::time::Time;
use fastops_printer_sim::Condition;
use fastops_store::StoreError;
use fastops_store::order::close::{Closing, close_order};
use fastops_store::order::fire::CLOSE_RULE;
use uuid::Uuid;

super::on_both_engines!(
    what_is_held_is_taken_out_of_stock_when_it_is_sent,
    an_order_with_held_lines_is_not_closed,
    fires_race_with_everything_and_each_line_is_on_one_paper,
);

/// P12: what is held cannot be sold again, and what is taken back unmade can.
async fn what_is_held_is_taken_out_of_stock_when_it_is_sent(engine: Engine) {
    const DESSERT: &str = "805";
    let room = Room::open(engine).await;
    let left = async || {
        let menu = room.does(GetMenu {}).await;
        menu.products.into_iter().find(|product| product.short_code == DESSERT).unwrap().remaining
    };
    let twelve = NewLine { quantity: 12, ..held(&room.house, DESSERT, 3) };
    let order = room.does(room.at(0, vec![twelve])).await;
    assert_eq!((order.tickets.len(), left().await), (0, Some(0)));
    let more = room.at(1, vec![room.house.line(DESSERT, 1)]);
    room.house.refused(&room.ana, more.clone(), FailureCode::SoldOut).await;
    room.fire(order.id, 3).await;
    assert_eq!(left().await, Some(0), "it is taken once");
    room.house.refused(&room.ana, fire(order.id, 3), FailureCode::TicketMoved).await;
    let kept = room.does(AddLines {
        command_id: new_id(),
        order_id: order.id,
        lines: vec![NewLine { held: true, ..room.house.line("202", 1) }],
    });
    assert_eq!(course(&kept.await, 1).state, CourseState::Held);
    room.house.close().await;

    let room = Room::open(engine).await;
    let left = async || {
        let menu = room.does(GetMenu {}).await;
        menu.products.into_iter().find(|product| product.short_code == DESSERT).unwrap().remaining
    };
    let twelve = NewLine { quantity: 12, ..held(&room.house, DESSERT, 3) };
    let order = room.does(room.at(0, vec![twelve])).await;
    room.void(order.id, order.lines[0].id).await;
    assert_eq!(left().await, Some(12), "nobody has made it, so it can be sold");
    room.house.close().await;
}

async fn an_order_with_held_lines_is_not_closed(engine: Engine) {
    let room = Room::open(engine).await;
    let order = room.two_courses(0).await;
    let by = UserId(room.house.terminal.users[0].id);
    let close = async |id: Uuid, revision: u32| {
        let store = room.house.app.store_for_faults();
        let closed = store.write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let (order, at, day) = (OrderId(id), Time(1_767_225_600_000), BusinessDay(20_454));
                let closing = Closing { order, revision, at, by, day, posting: &Posting::default() };
                close_order(tx, &closing).await
            })
        });
        closed.await
    };
    let refused = close(order.id, order.revision).await;
    assert!(matches!(&refused, Err(StoreError::RuleBroken { rule }) if rule == CLOSE_RULE), "{refused:?}");
    for (language, word) in [(Language::Es, "retenidos"), (Language::En, "holds")] {
        let failure = Refusal::from(refused.clone().unwrap_err()).into_failure(language, "close_order");
        assert_eq!(failure.code, FailureCode::LinesHeld, "{}", failure.message);
        assert!(failure.message.contains(word), "{}", failure.message);
    }
    // A decision: it is made after all.
    let after = room.fire(order.id, 2).await;
    close(order.id, after.revision).await.unwrap();
    // Or it is not.
    let order = room.two_courses(1).await;
    let after = room.void(order.id, order.lines[1].id).await;
    close(order.id, after.revision).await.unwrap();
    room.house.close().await;
}

/// A line of the second course that its paper tells from all others.
fn marked(house: &House, n: usize) -> NewLine {
    NewLine { note: Some(format!("marca{n:04}.")), ..held(house, "307", 2) }
}

/// P3, P6, P11: people fire, take back, add, move and split at once, while the printer works or has no paper. The
/// paper is the oracle: what is held is on none, what was fired is on one, what was taken back has its word.
async fn fires_race_with_everything_and_each_line_is_on_one_paper(engine: Engine) {
    let (_, seed) = new_id().as_u64_pair();
    say(seed);
    let mut dice = fastrand::Rng::with_seed(seed);
    let room = Room::open(engine).await;
    let (luis, luisa) = (room.house.sign_in("Luis").await, room.house.sign_in("Luisa").await);
    let (app, kitchen) = (&room.house.app, room.house.printer("cocina"));
    let (mut orders, mut n) = (Vec::new(), 0);
    for round in 0..8 {
        if dice.bool() {
            kitchen.set(if dice.bool() { Condition::PaperOut } else { Condition::Ready });
        }
        let lines = vec![room.house.line("202", 1), marked(&room.house, n), marked(&room.house, n + 1)];
        let order = room.does(room.at(round % 4, lines)).await;
        let add =
            AddLines { command_id: new_id(), order_id: order.id, lines: vec![marked(&room.house, n + 2)] };
        n += 3;
        let void = VoidLine {
            quantity: None,
            command_id: new_id(),
            order_id: order.id,
            line_id: order.lines[1].id,
            reason: "Cambió de opinión".into(),
        };
        let split = MoveLines {
            pieces: Vec::new(),
            command_id: new_id(),
            from_order_id: order.id,
            to_order_id: new_id(),
            new_order: true,
            line_ids: vec![order.lines[2].id],
        };
        let to = split.to_order_id;
        let (_, _, _, _, split) = tokio::join!(
            app.perform(&room.ana, fire(order.id, 2)),
            app.perform(&luis, fire(order.id, 2)),
            app.perform(&luisa, void),
            app.perform(&room.ana, add),
            app.perform(&luis, split),
        );
        orders.push(order.id);
        if split.is_ok() {
            orders.push(to);
        }
        if dice.bool()
            && let Some(order) = orders.last()
        {
            let ticket_ids =
                room.house.order(&room.ana, *order).await.tickets.iter().map(|one| one.id).collect();
            let cook = room.house.sign_in("Cocina").await;
            app.perform(&cook, SeeTickets { command_id: new_id(), ticket_ids }).await.unwrap();
        }
        if dice.bool() {
            // Whoever is last may find that nothing is held.
            let _ = app.perform(&room.ana, fire(*orders.last().unwrap(), 2)).await;
        }
    }
    kitchen.set(Condition::Ready);
    let mut found = 0;
    for id in orders {
        found += lines_with_their_papers(&room, id).await;
    }
    assert_eq!(found, n, "no line was lost");
    room.house.close().await;
}

/// How many marked lines stand in an order, each with the papers that it should have.
async fn lines_with_their_papers(room: &Room, id: Uuid) -> usize {
    let order = room.printed(id).await;
    let slips = room.house.printer("cocina").slips();
    let marked: Vec<_> = order.lines.iter().filter(|line| line.note.is_some()).collect();
    for line in &marked {
        let mark = line.note.clone().unwrap();
        let papers: Vec<_> = slips.iter().filter(|slip| slip.contains(&mark)).collect();
        let told = papers.iter().filter(|slip| !slip.contains("ANULACIÓN")).count();
        let voids = papers.len() - told;
        match (line.voided, line.held) {
            (true, _) => assert!(told == voids && told <= 1, "{mark}: told {told}, taken back {voids}"),
            (false, held) => assert_eq!((told, voids), (usize::from(!held), 0), "{mark} {order:#?}"),
        }
    }
    marked.len()
}

#[expect(clippy::print_stdout, reason = "shown when the test fails: the seed that replays its turns")]
fn say(seed: u64) {
    println!("seed {seed}");
}
