//! Orders that go to another table, into another order, into other hands: no line is lost (P11), the kitchen hears
//! where things go, and makes nothing twice (P3).

use crate::house::{Engine, House, PATIENCE, new_id, ticket_number};
use crate::laws::questions;
use fastops_app::wire::{
    AddLines, CreateOrder, FailureCode, FloorView, GetFloor, GiveOrder, JobState, ListKitchenTickets,
    MergeOrders, MoveLines, MoveOrder, OrderStatus, OrderType, OrderView, SeeTickets, TicketKind, VoidLine,
};
use fastops_app::{Caller, Language};
use fastops_printer_sim::Condition;
use std::collections::BTreeSet;
use uuid::Uuid;

super::on_both_engines!(
    a_printed_order_goes_to_another_table_and_a_slip_says_so,
    what_is_not_printed_comes_out_with_its_new_table,
    a_slip_never_comes_before_the_ticket_that_it_is_about,
    two_orders_become_one_and_nothing_is_lost,
    a_bill_is_split_and_joined_and_the_kitchen_hears_nothing,
    some_lines_go_to_another_table_by_name,
    an_order_gets_another_waiter,
    what_cannot_be_is_refused_with_a_sentence,
    moves_race_with_orders_and_every_line_stays,
);

/// A house with a waiter, and its tables by their names.
pub(super) struct Floor {
    pub(super) house: House,
    pub(super) ana: Caller,
    pub(super) tables: Vec<(Uuid, String)>,
}

impl Floor {
    pub(super) async fn open(engine: Engine) -> Self {
        let house = House::open(engine).await;
        let ana = house.sign_in("Ana").await;
        let floor = house.app.perform(&ana, GetFloor {}).await.unwrap();
        let tables = floor.rooms.iter().flat_map(|room| &room.tables);
        let tables = tables.map(|table| (table.id, table.name.clone())).collect();
        Self { house, ana, tables }
    }

    pub(super) async fn order(&self, table: usize, lines: &[(&str, i64)]) -> OrderView {
        let request = CreateOrder {
            order_type: OrderType::DineIn,
            table_id: Some(self.tables[table].0),
            customer: None,
            ..self.house.take_away(lines)
        };
        self.house.app.perform(&self.ana, request).await.unwrap()
    }

    pub(super) async fn printed(&self, order: &OrderView) -> OrderView {
        self.house.until(&self.ana, order.id, |order| order.status == OrderStatus::Printed).await
    }

    fn to(&self, order: &OrderView, table: usize) -> MoveOrder {
        MoveOrder { command_id: new_id(), order_id: order.id, table_id: self.tables[table].0 }
    }

    pub(super) async fn does<C: fastops_app::Command>(&self, request: C) -> C::Answer {
        self.house.app.perform(&self.ana, request).await.unwrap()
    }

    pub(super) async fn floor(&self) -> FloorView {
        self.does(GetFloor {}).await
    }

    /// A kitchen screen has shown the first ticket.
    pub(super) async fn sees(&self, order: &OrderView) {
        let cook = self.house.sign_in("Cocina").await;
        let ticket_ids = vec![order.tickets[0].id];
        self.house.app.perform(&cook, SeeTickets { command_id: new_id(), ticket_ids }).await.unwrap();
    }

    /// The orders at a table.
    pub(super) async fn at(&self, table: usize) -> Vec<Uuid> {
        let floor = self.floor().await;
        let tables = floor.rooms.iter().flat_map(|room| &room.tables);
        let found = tables.filter(|known| known.id == self.tables[table].0);
        found.flat_map(|table| table.orders.iter().map(|order| order.id)).collect()
    }
}

pub(super) fn merge(from: &OrderView, to: &OrderView) -> MergeOrders {
    MergeOrders { command_id: new_id(), from_order_id: from.id, to_order_id: to.id }
}

fn all_printed(order: &OrderView) -> bool {
    order.tickets.iter().all(|ticket| ticket.job == JobState::Printed)
}

fn ids(order: &OrderView) -> BTreeSet<Uuid> {
    order.lines.iter().map(|line| line.id).collect()
}

async fn a_printed_order_goes_to_another_table_and_a_slip_says_so(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let order = floor.printed(&floor.order(0, &[("307", 1), ("202", 2)]).await).await;
    let number = order.tickets[0].number;
    let request = floor.to(&order, 1);
    for _ in 0..2 {
        let after = floor.does(request.clone()).await;
        assert_eq!(after.table.unwrap().id, floor.tables[1].0);
        assert_eq!(after.total_minor, order.total_minor);
    }
    assert_eq!((floor.at(0).await, floor.at(1).await), (vec![], vec![order.id]));
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    let slip = &slips[1];
    assert!(slip.contains("CAMBIO DE MESA") && slip.contains(&format!("#{number:03}")), "{}", slip.text());
    assert!(slip.contains(&floor.tables[0].1) && slip.contains(&floor.tables[1].1), "{}", slip.text());
    assert!(slip.contains("no se prepara de nuevo") && !slip.contains("Arroz con pollo"), "{}", slip.text());
    let station_id = house.station("cocina");
    let kitchen = floor.does(ListKitchenTickets { station_id }).await;
    let [ticket, told] = &kitchen.tickets[..] else { panic!("{:?}", kitchen.tickets) };
    assert_eq!(
        ticket.table.as_deref(),
        Some(floor.tables[1].1.as_str()),
        "the screen says where it goes now"
    );
    assert_eq!(ticket.moved.as_ref().unwrap().from.as_deref(), Some(floor.tables[0].1.as_str()));
    assert_eq!((told.kind, told.lines.len(), told.item_count), (TicketKind::Change, 0, 0));
    assert_eq!(told.moved.as_ref().unwrap().numbers, [number]);
    assert_eq!(
        kitchen.tickets.iter().map(|ticket| ticket.item_count).sum::<i64>(),
        3,
        "nothing is made twice"
    );
    // To where it is already: nothing happens.
    floor.does(floor.to(&order, 1)).await;
    floor.printed(&order).await;
    assert_eq!(house.printer("cocina").slips().len(), 2);
    floor.house.close().await;
}

async fn what_is_not_printed_comes_out_with_its_new_table(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    house.printer("cocina").set(Condition::PaperOut);
    let order = floor.order(0, &[("307", 1)]).await;
    let after = floor.does(floor.to(&order, 1)).await;
    assert_eq!(after.tickets.len(), 1);
    house.printer("cocina").set(Condition::Ready);
    floor.printed(&order).await;
    let slips = house.printer("cocina").slips();
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains(&floor.tables[1].1) && !slips[0].contains("Antes"), "{}", slips[0].text());
    floor.house.close().await;
}

/// P6, for tickets that a screen has shown and that wait for paper.
async fn a_slip_never_comes_before_the_ticket_that_it_is_about(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    house.printer("cocina").set(Condition::PaperOut);
    let first = floor.order(2, &[("202", 1)]).await;
    let order = floor.order(0, &[("307", 1)]).await;
    let other = floor.order(1, &[("203", 1)]).await;
    floor.sees(&order).await;
    floor.does(merge(&order, &other)).await;
    house.printer("cocina").set(Condition::Ready);
    let slips = house.printer("cocina").wait_for_slips(4, PATIENCE).await.unwrap();
    let numbers: Vec<_> = slips.iter().filter_map(|slip| ticket_number(slip)).collect();
    assert_eq!(numbers, [2, 4, 1, 3], "{numbers:?}");
    for order in [&first, &other] {
        house.until(&floor.ana, order.id, all_printed).await;
    }
    // The ticket was typed on an order that is no more, at the same table; the slip is of the one that took it in.
    house.printer("cocina").set(Condition::PaperOut);
    let first = floor.order(2, &[("202", 1)]).await;
    let order = floor.order(0, &[("307", 1)]).await;
    let other = floor.order(0, &[("602", 1)]).await;
    floor.sees(&order).await;
    floor.does(merge(&order, &other)).await;
    floor.does(floor.to(&other, 1)).await;
    house.printer("cocina").set(Condition::Ready);
    let slips = house.printer("cocina").wait_for_slips(7, PATIENCE).await.unwrap();
    let numbers: Vec<_> = slips[4..].iter().filter_map(|slip| ticket_number(slip)).collect();
    assert_eq!(numbers, [6, 7, 5], "{numbers:?}");
    house.until(&floor.ana, first.id, all_printed).await;
    floor.house.close().await;
}

async fn two_orders_become_one_and_nothing_is_lost(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let from = floor.printed(&floor.order(0, &[("307", 1), ("602", 1)]).await).await;
    let to = floor.printed(&floor.order(1, &[("202", 1)]).await).await;
    let request = merge(&from, &to);
    for _ in 0..2 {
        let after = floor.does(request.clone()).await;
        assert_eq!((after.from.status, after.from.lines.len()), (OrderStatus::Merged, 0));
        assert_eq!(ids(&after.to), &ids(&from) | &ids(&to));
        assert_eq!(after.to.total_minor, from.total_minor + to.total_minor);
        let tickets: BTreeSet<Uuid> = after.to.tickets.iter().map(|ticket| ticket.id).collect();
        assert!(
            from.tickets.iter().all(|ticket| tickets.contains(&ticket.id)),
            "what told of its lines is its own"
        );
        assert!(after.to.lines.iter().all(|line| line.ticket_id.is_some_and(|id| tickets.contains(&id))));
    }
    assert_eq!((floor.at(0).await, floor.at(1).await), (vec![], vec![to.id]));
    let slips = house.printer("cocina").wait_for_slips(3, PATIENCE).await.unwrap();
    assert!(slips[2].contains("CAMBIO DE MESA"), "{}", slips[2].text());
    // A line that came from elsewhere is taken back by the number that its cook knows.
    let luisa = house.sign_in("Luisa").await;
    let line = from.lines.iter().find(|line| line.name.contains("Arroz con pollo")).unwrap();
    let void = VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: to.id,
        line_id: line.id,
        reason: "se enfrió".into(),
    };
    let after = house.app.perform(&luisa, void).await.unwrap();
    assert_eq!(after.total_minor, from.total_minor + to.total_minor - line.total_minor);
    let slips = house.printer("cocina").wait_for_slips(4, PATIENCE).await.unwrap();
    assert!(
        slips[3].contains("ANULACIÓN") && slips[3].contains(&format!("Orden {}", from.number)),
        "{}",
        slips[3].text()
    );
    // More is added to what both have become.
    let lines = vec![house.line("203", 1)];
    let after = floor.does(AddLines { command_id: new_id(), order_id: to.id, lines }).await;
    assert_eq!(after.lines.len(), 4);
    assert!(after.lines.iter().all(|line| line.ticket_id.is_some()));
    floor.house.close().await;
}

async fn a_bill_is_split_and_joined_and_the_kitchen_hears_nothing(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let order = floor.printed(&floor.order(0, &[("307", 1), ("202", 1), ("602", 2)]).await).await;
    let request = MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: order.id,
        to_order_id: new_id(),
        new_order: true,
        line_ids: vec![order.lines[1].id, order.lines[2].id],
    };
    let after = floor.does(request.clone()).await;
    assert_eq!(floor.does(request.clone()).await.to.id, after.to.id, "P13");
    assert_eq!((after.from.lines.len(), after.to.lines.len()), (1, 2));
    assert_eq!(after.from.total_minor + after.to.total_minor, order.total_minor);
    assert_ne!(after.from.number, after.to.number);
    assert_eq!((after.from.status, after.to.status), (OrderStatus::Printed, OrderStatus::Printed));
    assert_eq!(floor.at(0).await, [order.id, after.to.id]);
    assert_eq!(after.to.table.as_ref().map(|table| table.id), Some(floor.tables[0].0));
    let rest = MoveLines {
        command_id: new_id(),
        to_order_id: new_id(),
        line_ids: vec![order.lines[0].id],
        ..request.clone()
    };
    house.refused(&floor.ana, rest, FailureCode::OutOfBounds).await;
    let joined = floor.does(merge(&after.to, &after.from)).await.to;
    assert_eq!((ids(&joined), joined.total_minor), (ids(&order), order.total_minor));
    let more = floor.order(2, &[("203", 1)]).await;
    floor.printed(&more).await;
    let slips = house.printer("cocina").slips();
    assert!(!slips.iter().any(|slip| slip.contains("CAMBIO")), "nothing went to another table");
    floor.house.close().await;
}

async fn some_lines_go_to_another_table_by_name(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let from = floor.printed(&floor.order(0, &[("307", 1), ("202", 2)]).await).await;
    let to = floor.printed(&floor.order(1, &[("602", 1)]).await).await;
    let request = MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: from.id,
        to_order_id: to.id,
        new_order: false,
        line_ids: vec![from.lines[1].id],
    };
    let after = floor.does(request).await;
    assert_eq!((after.from.lines.len(), after.to.lines.len()), (1, 2));
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    let slip = &slips[1];
    assert!(slip.contains("CAMBIO DE MESA") && slip.contains("2 Sancocho"), "{}", slip.text());
    assert!(!slip.contains("Arroz con pollo") && slip.contains(&floor.tables[1].1), "{}", slip.text());
    let station_id = house.station("cocina");
    let kitchen = floor.does(ListKitchenTickets { station_id }).await;
    assert_eq!(
        kitchen.tickets[0].table.as_deref(),
        Some(floor.tables[0].1.as_str()),
        "the rest stays where it was"
    );
    // The order that took it in goes on; what else the ticket tells of is still where it was.
    floor.does(floor.to(&to, 2)).await;
    let slips = house.printer("cocina").wait_for_slips(3, PATIENCE).await.unwrap();
    let slip = &slips[2];
    assert!(slip.contains("2 Sancocho") && slip.contains(&floor.tables[2].1), "{}", slip.text());
    let kitchen = floor.does(ListKitchenTickets { station_id }).await;
    assert_eq!(kitchen.tickets[0].table.as_deref(), Some(floor.tables[0].1.as_str()));
    // When the last line goes, the order is closed.
    let request = MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: from.id,
        to_order_id: to.id,
        new_order: false,
        line_ids: vec![from.lines[0].id],
    };
    let after = floor.does(request).await;
    assert_eq!((after.from.status, after.to.lines.len()), (OrderStatus::Merged, 3));
    floor.house.close().await;
}

async fn an_order_gets_another_waiter(engine: Engine) {
    let floor = Floor::open(engine).await;
    let order = floor.order(0, &[("602", 1)]).await;
    let luis = floor.house.terminal.users.iter().find(|user| user.name == "Luis").unwrap().id;
    let request = GiveOrder { command_id: new_id(), order_id: order.id, user_id: luis };
    for _ in 0..2 {
        assert_eq!(floor.does(request.clone()).await.waiter, "Luis");
    }
    let nobody = GiveOrder { command_id: new_id(), user_id: new_id(), ..request };
    floor.house.refused(&floor.ana, nobody, FailureCode::UnknownUser).await;
    floor.house.close().await;
}

async fn what_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let (a, b) = (floor.order(0, &[("307", 1), ("202", 1)]).await, floor.order(1, &[("602", 1)]).await);
    let lines = |line_ids: Vec<Uuid>| MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: a.id,
        to_order_id: b.id,
        new_order: false,
        line_ids,
    };
    let english = Caller { language: Language::En, ..floor.ana.clone() };
    let nowhere = MoveOrder { command_id: new_id(), order_id: a.id, table_id: new_id() };
    house.refused(&floor.ana, nowhere.clone(), FailureCode::UnknownTable).await;
    house.refused(&floor.ana, merge(&a, &a), FailureCode::UnknownOrder).await;
    let said = house.refused(&english, merge(&a, &a), FailureCode::UnknownOrder).await;
    assert!(said.message.contains("itself"), "{}", said.message);
    house.refused(&floor.ana, lines(vec![]), FailureCode::OutOfBounds).await;
    house.refused(&floor.ana, lines(vec![a.lines[0].id; 2]), FailureCode::OutOfBounds).await;
    house.refused(&floor.ana, lines(vec![b.lines[0].id]), FailureCode::UnknownLine).await;
    let luisa = house.sign_in("Luisa").await;
    let line_id = a.lines[0].id;
    let void =
        VoidLine { quantity: None, command_id: new_id(), order_id: a.id, line_id, reason: "no hay".into() };
    house.app.perform(&luisa, void).await.unwrap();
    house.refused(&floor.ana, lines(vec![line_id]), FailureCode::LineAlreadyVoided).await;
    let cook = house.sign_in("Cocina").await;
    house.refused(&cook, merge(&a, &b), FailureCode::NotAllowed).await;
    floor.does(merge(&a, &b)).await;
    house.refused(&floor.ana, merge(&a, &b), FailureCode::OrderClosed).await;
    house.refused(&floor.ana, floor.to(&a, 2), FailureCode::OrderClosed).await;
    floor.house.close().await;
}

/// P11: whoever moves, merges, splits and orders at once, each line that was typed is in exactly one order.
async fn moves_race_with_orders_and_every_line_stays(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let luis = house.sign_in("Luis").await;
    let mut typed = BTreeSet::new();
    let mut orders = Vec::new();
    for table in 0..3 {
        let order = floor.order(table, &[("307", 1), ("602", 1)]).await;
        typed.extend(ids(&order));
        orders.push(order);
    }
    for round in 0..6_usize {
        let (a, b) = (&orders[round % 3], &orders[(round + 1) % 3]);
        let line_ids: Vec<Uuid> = a.lines.iter().take(1).map(|line| line.id).collect();
        let lines = vec![house.line("202", 1), house.line("603", 1)];
        let new: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
        let add = AddLines { command_id: new_id(), order_id: a.id, lines };
        let go = MoveLines {
            pieces: Vec::new(),
            command_id: new_id(),
            from_order_id: a.id,
            to_order_id: b.id,
            new_order: false,
            line_ids,
        };
        let (added, moved, away) = tokio::join!(
            house.app.perform(&floor.ana, add),
            house.app.perform(&luis, go),
            house.app.perform(&floor.ana, floor.to(b, (round + 2) % 3)),
        );
        if added.is_ok() {
            typed.extend(new);
        }
        drop((moved, away));
    }
    let store = house.app.store_for_faults();
    let mut seen = Vec::new();
    for order in &orders {
        let now = house.order(&floor.ana, order.id).await;
        seen.extend(now.lines.iter().map(|line| line.id));
        if now.status != OrderStatus::Merged {
            house.until(&floor.ana, order.id, all_printed).await;
        }
    }
    assert_eq!(seen.iter().copied().collect::<BTreeSet<_>>(), typed);
    assert_eq!(seen.len(), typed.len(), "no line stands in two orders");
    for (what, question) in [
        ("orders' numbers", questions::ODD_ORDER_NUMBERS),
        ("tickets' numbers", questions::ODD_TICKET_NUMBERS),
        ("tickets without a job", questions::TICKETS_WITHOUT_JOB),
    ] {
        assert_eq!(questions::rows(&store, question).await, 0, "{what}");
    }
    floor.house.close().await;
}
