//! Courses: what is held is sold and kept, and no paper of it comes out before it is fired; then exactly one does
//! (P3, P6), wherever its lines have gone meanwhile.

use crate::house::{Engine, House, PATIENCE, new_id, ticket_number};
use fastops_app::wire::{
    AddLines, CourseState, CourseView, CreateOrder, Event, FailureCode, FireCourse, FloorView, GetFloor,
    JobState, KitchenView, ListKitchenTickets, MarkUrgent, MergeOrders, MoveLines, MoveOrder, NewLine,
    OrderStatus, OrderType, OrderView, TicketKind, VoidLine,
};
use fastops_app::{Caller, Language};
use fastops_printer_sim::Condition;
use uuid::Uuid;

super::on_both_engines!(
    what_is_held_waits_for_its_course,
    a_course_is_fired_once_however_many_fire_it,
    a_void_of_what_is_held_is_no_paper,
    what_moves_stays_held_and_is_fired_where_it_stands,
    what_was_fired_elsewhere_is_still_known,
    two_tables_that_became_one_fire_one_ticket,
    a_fired_course_never_overtakes_what_is_before_it,
    a_seat_is_on_paper_and_on_the_screens,
    what_cannot_be_is_refused_in_both_languages,
);

/// A house, a waiter, and the tables.
pub(super) struct Room {
    pub(super) house: House,
    pub(super) ana: Caller,
    tables: Vec<Uuid>,
}

impl Room {
    pub(super) async fn open(engine: Engine) -> Self {
        let house = House::open(engine).await;
        let ana = house.sign_in("Ana").await;
        let floor = house.app.perform(&ana, GetFloor {}).await.unwrap();
        let tables = floor.rooms.iter().flat_map(|room| &room.tables).map(|table| table.id).collect();
        Self { house, ana, tables }
    }

    pub(super) fn at(&self, table: usize, lines: Vec<NewLine>) -> CreateOrder {
        CreateOrder {
            order_type: OrderType::DineIn,
            table_id: Some(self.tables[table]),
            customer: None,
            lines,
            ..self.house.take_away(&[])
        }
    }

    pub(super) async fn does<C: fastops_app::Command>(&self, request: C) -> C::Answer {
        self.house.app.perform(&self.ana, request).await.unwrap()
    }

    /// A soup at once, and a main dish that is held.
    pub(super) async fn two_courses(&self, table: usize) -> OrderView {
        self.does(self.at(table, vec![self.house.line("202", 1), held(&self.house, "307", 2)])).await
    }

    pub(super) async fn fire(&self, order: Uuid, course: u8) -> OrderView {
        self.does(fire(order, course)).await
    }

    async fn kitchen(&self) -> KitchenView {
        self.does(ListKitchenTickets { station_id: self.house.station("cocina") }).await
    }

    pub(super) async fn printed(&self, order: Uuid) -> OrderView {
        self.house.until(&self.ana, order, all_printed).await
    }

    /// How many papers of the kitchen tell of a dish to be made.
    fn papers_with(&self, dish: &str) -> usize {
        let slips = self.house.printer("cocina").slips();
        slips.iter().filter(|slip| slip.contains(dish) && !slip.contains("ANULACIÓN")).count()
    }

    pub(super) async fn void(&self, order: Uuid, line: Uuid) -> OrderView {
        let luisa = self.house.sign_in("Luisa").await;
        let void = VoidLine {
            quantity: None,
            command_id: new_id(),
            order_id: order,
            line_id: line,
            reason: "no quiere".into(),
        };
        self.house.app.perform(&luisa, void).await.unwrap()
    }
}

pub(super) fn held(house: &House, code: &str, course: u8) -> NewLine {
    NewLine { course, held: true, ..house.line(code, 1) }
}

pub(super) fn fire(order_id: Uuid, course: u8) -> FireCourse {
    FireCourse { command_id: new_id(), order_id, course }
}

fn all_printed(order: &OrderView) -> bool {
    order.tickets.iter().all(|ticket| matches!(ticket.job, JobState::Printed | JobState::Cancelled))
}

pub(super) fn course(order: &OrderView, course: u8) -> &CourseView {
    order.courses.iter().find(|view| view.course == course).unwrap()
}

fn next_course(floor: &FloorView, order: Uuid) -> Option<u8> {
    let tables = floor.rooms.iter().flat_map(|room| &room.tables);
    tables.flat_map(|table| &table.orders).find(|one| one.id == order).unwrap().next_course
}

async fn what_is_held_waits_for_its_course(engine: Engine) {
    let room = Room::open(engine).await;
    let mut events = room.house.app.subscribe();
    let order = room.two_courses(0).await;
    assert_eq!(
        (order.lines.len(), order.tickets.len()),
        (2, 1),
        "it is part of the order, and no station knows"
    );
    assert!(order.lines[1].held && !order.lines[0].held);
    assert_eq!(
        order.total_minor,
        order.lines[0].total_minor + order.lines[1].total_minor,
        "and it is priced"
    );
    assert_eq!(course(&order, 1).state, CourseState::Fired);
    assert_eq!((course(&order, 2).state, course(&order, 2).held), (CourseState::Held, 1));
    assert_eq!(order.lines[1].ticket_id, None);
    let told = async { while events.recv().await.unwrap().event != Event::HeldChanged {} };
    tokio::time::timeout(PATIENCE, told).await.expect("kitchens hear of what is held");
    room.printed(order.id).await;
    assert_eq!(next_course(&room.does(GetFloor {}).await, order.id), Some(2));
    let kitchen = room.kitchen().await;
    assert_eq!(
        (kitchen.tickets.len(), kitchen.tickets[0].lines.len()),
        (1, 1),
        "held things are not to be made: {kitchen:#?}"
    );
    let [waits] = &kitchen.held[..] else { panic!("{:?}", kitchen.held) };
    assert_eq!((waits.order_id, waits.course, waits.lines[0].line_id), (order.id, 2, order.lines[1].id));
    assert_eq!(room.papers_with("Arroz con pollo"), 0);

    let request = fire(order.id, 2);
    for _ in 0..2 {
        let after = room.does(request.clone()).await;
        assert_eq!(after.tickets.len(), 2, "P13");
        assert!(!after.lines[1].held && after.lines[1].fired_at.is_some());
        assert_eq!(after.lines[1].ticket_id, Some(after.tickets[1].id));
        assert_eq!(after.tickets[1].kind, TicketKind::New);
        assert_eq!(course(&after, 2).state, CourseState::Fired);
        assert_eq!(course(&after, 2).told_at, after.lines[1].fired_at);
    }
    let slips = room.house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    assert!(slips[1].contains("TIEMPO 2") && slips[1].contains("Arroz con pollo"), "{}", slips[1].text());
    assert!(!slips[1].contains("Sancocho") && !slips[1].contains("CAMBIO"), "{}", slips[1].text());
    room.printed(order.id).await;
    let kitchen = room.kitchen().await;
    assert!(kitchen.held.is_empty());
    assert_eq!(kitchen.tickets[1].fired, Some(2));
    assert_eq!(next_course(&room.does(GetFloor {}).await, order.id), None);
    room.house.close().await;
}

/// P3: at the same moment, from several terminals.
async fn a_course_is_fired_once_however_many_fire_it(engine: Engine) {
    let room = Room::open(engine).await;
    let luis = room.house.sign_in("Luis").await;
    for table in 0..3 {
        let order = room.two_courses(table).await;
        let tries: Vec<_> = (0..6)
            .map(|n| {
                let (app, caller) =
                    (room.house.app.clone(), if n % 2 == 0 { room.ana.clone() } else { luis.clone() });
                tokio::spawn(async move { app.perform(&caller, fire(order.id, 2)).await })
            })
            .collect();
        let mut fired = 0;
        for tried in tries {
            match tried.await.unwrap() {
                Ok(after) => {
                    fired += 1;
                    assert_eq!(after.tickets.len(), 2);
                }
                Err(failure) => assert_eq!(failure.code, FailureCode::TicketMoved, "{}", failure.message),
            }
        }
        assert_eq!(fired, 1);
        room.printed(order.id).await;
        assert_eq!(room.papers_with("Arroz con pollo"), table + 1);
    }
    room.house.close().await;
}

async fn a_void_of_what_is_held_is_no_paper(engine: Engine) {
    let room = Room::open(engine).await;
    let order = room.two_courses(0).await;
    room.printed(order.id).await;
    let after = room.void(order.id, order.lines[1].id).await;
    assert!(after.lines[1].voided && !after.lines[1].held, "voided, not deleted (P11)");
    assert_eq!((after.tickets.len(), after.courses.len()), (1, 1));
    assert!(room.kitchen().await.held.is_empty());
    assert_eq!(next_course(&room.does(GetFloor {}).await, order.id), None);
    room.house.refused(&room.ana, fire(order.id, 2), FailureCode::TicketMoved).await;
    // The control: what was fired is voided on paper, by the number that its cook knows.
    let more = room.does(AddLines {
        command_id: new_id(),
        order_id: order.id,
        lines: vec![held(&room.house, "307", 2)],
    });
    let line = more.await.lines[2].id;
    room.fire(order.id, 2).await;
    room.printed(order.id).await;
    room.void(order.id, line).await;
    let slips = room.house.printer("cocina").wait_for_slips(3, PATIENCE).await.unwrap();
    assert!(slips[2].contains("ANULACIÓN") && slips[2].contains("Arroz con pollo"), "{}", slips[2].text());
    assert_eq!(room.house.printer("cocina").slips().len(), 3);
    room.house.close().await;
}

async fn what_moves_stays_held_and_is_fired_where_it_stands(engine: Engine) {
    let room = Room::open(engine).await;
    let order = room.two_courses(0).await;
    room.printed(order.id).await;
    let moved = MoveOrder { command_id: new_id(), order_id: order.id, table_id: room.tables[1] };
    assert!(room.does(moved).await.lines[1].held);
    // One slip says where the soup goes; of what is held there is nothing to say.
    let slips = room.house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    assert!(slips[1].contains("CAMBIO DE MESA") && !slips[1].contains("Arroz"), "{}", slips[1].text());
    let table = room.kitchen().await.held[0].table.clone();
    let split = MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: order.id,
        to_order_id: new_id(),
        new_order: true,
        line_ids: vec![order.lines[1].id],
    };
    let both = room.does(split).await;
    assert!(both.to.lines[0].held && both.to.tickets.is_empty());
    assert_eq!(both.to.status, OrderStatus::Received);
    let waits = room.kitchen().await.held;
    assert_eq!((waits[0].order_id, &waits[0].table), (both.to.id, &table));
    room.house.refused(&room.ana, fire(order.id, 2), FailureCode::TicketMoved).await;
    let after = room.fire(both.to.id, 2).await;
    assert_eq!((after.tickets.len(), after.tickets[0].order_id), (1, both.to.id));
    let slips = room.house.printer("cocina").wait_for_slips(3, PATIENCE).await.unwrap();
    let order_said = format!("Orden {}", both.to.number);
    assert!(slips[2].contains("TIEMPO 2") && slips[2].contains(&order_said), "{}", slips[2].text());
    room.house.close().await;
}

/// A line that was typed in one order, fired in a second and stands in a third.
async fn what_was_fired_elsewhere_is_still_known(engine: Engine) {
    let room = Room::open(engine).await;
    let first = room.two_courses(0).await;
    let second = room.does(room.at(1, vec![room.house.line("602", 1)])).await;
    let third = room.does(room.at(2, vec![room.house.line("602", 1)])).await;
    let line = first.lines[1].id;
    let go = |from: Uuid, to: Uuid| MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: from,
        to_order_id: to,
        new_order: false,
        line_ids: vec![line],
    };
    room.does(go(first.id, second.id)).await;
    let fired = room.fire(second.id, 2).await;
    let ticket =
        fired.tickets.iter().find(|ticket| ticket.order_id == second.id && ticket.station == "Cocina");
    let ticket = ticket.unwrap().id;
    room.printed(second.id).await;
    let after = room.does(go(second.id, third.id)).await.to;
    let told = after.lines.iter().find(|one| one.id == line).unwrap();
    assert_eq!(told.ticket_id, Some(ticket), "the order in which it stands knows the paper");
    assert!(after.tickets.iter().any(|one| one.id == ticket && one.job == JobState::Printed));
    let kitchen = room.kitchen().await;
    let slip = kitchen.tickets.iter().find(|ticket| ticket.moved.is_some() && ticket.lines.is_empty());
    assert!(slip.is_some(), "its cook hears of the other table: {kitchen:#?}");
    // Taken back, it is taken back on paper.
    room.void(third.id, line).await;
    let said = async {
        let mut count = 2;
        loop {
            let slips = room.house.printer("cocina").wait_for_slips(count, PATIENCE).await.unwrap();
            if let Some(slip) = slips.iter().find(|slip| slip.contains("ANULACIÓN")) {
                return slip.clone();
            }
            count = slips.len() + 1;
        }
    };
    let slip = said.await;
    assert!(
        slip.contains("Arroz con pollo") && slip.contains(&format!("Orden {}", second.number)),
        "{}",
        slip.text()
    );
    room.house.close().await;
}

async fn two_tables_that_became_one_fire_one_ticket(engine: Engine) {
    let room = Room::open(engine).await;
    let (from, to) = (room.two_courses(0).await, room.two_courses(0).await);
    let merged =
        room.does(MergeOrders { command_id: new_id(), from_order_id: from.id, to_order_id: to.id }).await;
    assert_eq!(merged.from.status, OrderStatus::Merged, "what is held goes along and closes nothing in");
    assert_eq!(course(&merged.to, 2).held, 2);
    let after = room.fire(to.id, 2).await;
    assert_eq!(after.tickets.len(), 3, "one ticket for what two people typed");
    let slips = room.house.printer("cocina").wait_for_slips(3, PATIENCE).await.unwrap();
    assert!(slips[2].contains("Total ítems: 2"), "{}", slips[2].text());
    room.house.close().await;
}

/// P6: the first course waits for paper while the second is fired; an urgent order stays one.
async fn a_fired_course_never_overtakes_what_is_before_it(engine: Engine) {
    let room = Room::open(engine).await;
    room.house.printer("cocina").set(Condition::PaperOut);
    let order = room.two_courses(0).await;
    let other = room.does(room.at(1, vec![room.house.line("203", 1)])).await;
    let after = room.fire(order.id, 2).await;
    assert_eq!(after.tickets.len(), 2, "what is fired has a paper of its own, though the first still waits");
    let hurried = room.does(MarkUrgent { command_id: new_id(), order_id: order.id }).await;
    assert!(hurried.urgent);
    // More of the first course does not go onto the paper of the second.
    let lines = vec![room.house.line("301", 1)];
    let added = room.does(AddLines { command_id: new_id(), order_id: order.id, lines }).await;
    assert_eq!(added.tickets.len(), 3);
    room.house.printer("cocina").set(Condition::Ready);
    room.printed(order.id).await;
    room.printed(other.id).await;
    let slips = room.house.printer("cocina").slips();
    let numbers: Vec<_> = slips.iter().filter_map(|slip| ticket_number(slip)).collect();
    assert_eq!(numbers, [1, 3, 4, 2], "{numbers:?}");
    assert!(slips[1].contains("TIEMPO 2") && slips[1].contains("URGENTE"), "{}", slips[1].text());
    // Hurried before it was fired: what is fired then is urgent too.
    let lines = vec![held(&room.house, "307", 3)];
    room.does(AddLines { command_id: new_id(), order_id: order.id, lines }).await;
    room.fire(order.id, 3).await;
    let slips = room.house.printer("cocina").wait_for_slips(5, PATIENCE).await.unwrap();
    assert!(slips[4].contains("URGENTE") && slips[4].contains("TIEMPO 3"), "{}", slips[4].text());
    room.house.close().await;
}

async fn a_seat_is_on_paper_and_on_the_screens(engine: Engine) {
    let room = Room::open(engine).await;
    let seated = |seat| NewLine { seat, ..room.house.line("307", 1) };
    let order = room.does(room.at(0, vec![seated(Some(2)), seated(Some(0)), seated(None)])).await;
    let seats: Vec<_> = order.lines.iter().map(|line| line.seat).collect();
    assert_eq!(seats, [Some(2), None, None], "0 is nobody in particular");
    room.printed(order.id).await;
    let slips = room.house.printer("cocina").slips();
    assert_eq!(slips[0].text().matches("Asiento").count(), 1, "{}", slips[0].text());
    assert!(slips[0].contains("Asiento 2"));
    assert_eq!(room.kitchen().await.tickets[0].lines[0].seat, Some(2));
    let split = MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: order.id,
        to_order_id: new_id(),
        new_order: true,
        line_ids: vec![order.lines[0].id],
    };
    assert_eq!(room.does(split).await.to.lines[0].seat, Some(2), "it goes along");
    room.house.refused(&room.ana, room.at(0, vec![seated(Some(1_000))]), FailureCode::OutOfBounds).await;
    room.house.close().await;
}

async fn what_cannot_be_is_refused_in_both_languages(engine: Engine) {
    let room = Room::open(engine).await;
    let order = room.two_courses(0).await;
    let english = Caller { language: Language::En, ..room.ana.clone() };
    let spanish = room.house.refused(&room.ana, fire(order.id, 1), FailureCode::TicketMoved).await;
    let said = room.house.refused(&english, fire(order.id, 1), FailureCode::TicketMoved).await;
    assert!(spanish.message.contains("tiempo 1") && said.message.contains("course 1"), "{}", said.message);
    room.house.refused(&room.ana, fire(new_id(), 2), FailureCode::UnknownOrder).await;
    let cook = room.house.sign_in("Cocina").await;
    room.house.refused(&cook, fire(order.id, 2), FailureCode::NotAllowed).await;
    assert_eq!(room.kitchen().await.held.len(), 1, "nothing of it was fired");
    // The same id for something else.
    let request = fire(order.id, 2);
    room.does(request.clone()).await;
    let lines = vec![room.house.line("202", 1)];
    let taken = AddLines { command_id: request.command_id, order_id: order.id, lines };
    room.house.refused(&room.ana, taken, FailureCode::IdTaken).await;
    let other = room.two_courses(1).await;
    let merged = MergeOrders { command_id: new_id(), from_order_id: order.id, to_order_id: other.id };
    room.does(merged).await;
    room.house.refused(&room.ana, fire(order.id, 2), FailureCode::OrderClosed).await;
    let (gone, there) =
        (room.house.order(&room.ana, order.id).await, room.house.order(&room.ana, other.id).await);
    assert_eq!((gone.closed, gone.merged_into), (true, Some(other.id)));
    assert_eq!((there.closed, there.merged_into), (false, None));
    room.house.close().await;
}
