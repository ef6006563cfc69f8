//! An open order becomes another kind of order: its number stays, its place follows, and its cooks hear of it once,
//! in the words of how it is served now (P3, P6, P13).

use super::moves::{Floor, merge};
use crate::house::{Engine, PATIENCE, new_id};
use fastops_app::wire::{
    BumpTicket, ChangeOrderType, CreateOrder, FailureCode, FireCourse, HandOverOrder, JobState,
    KitchenTicket, ListKitchenTickets, MoveOrder, NewLine, OrderContact, OrderStage, OrderStatus, OrderType,
    OrderView, TicketKind,
};
use fastops_app::{Caller, Language};
use fastops_domain::ids::OrderId;
use fastops_domain::order::OrderEventKind;
use fastops_printer_sim::Condition;
use fastops_store::StoreError;
use fastops_store::order::event;

super::on_both_engines!(
    guests_take_their_food_away_and_the_kitchen_packs_it,
    whoever_takes_away_sits_down,
    what_is_not_printed_comes_out_as_it_is_served_now,
    whoever_is_done_hears_nothing_and_what_waits_is_fired_so,
    a_change_that_is_undone_is_undone_on_the_screen_too,
    an_order_to_take_away_joins_a_table,
    what_cannot_be_is_refused_with_a_sentence,
    two_terminals_change_at_once,
);

pub(super) fn becomes(order: &OrderView, order_type: OrderType) -> ChangeOrderType {
    ChangeOrderType {
        command_id: new_id(),
        order_id: order.id,
        order_type,
        table_id: None,
        share_table: false,
    }
}

impl Floor {
    fn sits(&self, order: &OrderView, table: usize) -> ChangeOrderType {
        ChangeOrderType { table_id: Some(self.tables[table].0), ..becomes(order, OrderType::DineIn) }
    }

    async fn in_kitchen(&self) -> Vec<KitchenTicket> {
        self.does(ListKitchenTickets { station_id: self.house.station("cocina") }).await.tickets
    }

    /// How often it happened to an order that it became something else.
    async fn changes(&self, order: &OrderView) -> usize {
        let (store, id) = (self.house.app.store_for_faults(), OrderId(order.id));
        let read = store.read::<_, StoreError, _>(move |tx| Box::pin(event::events(tx, id)));
        read.await.unwrap().iter().filter(|event| event.kind == OrderEventKind::TypeChanged).count()
    }

    /// A delivery, told by its number as soon as its tickets are on paper.
    async fn delivery(&self) -> OrderView {
        let contact = OrderContact {
            customer_id: None,
            phone: Some("300 123 4567".into()),
            address: Some("Carrera 7 # 12-34".into()),
            courier_note: None,
            promised_at: Some(1_767_313_800_000),
        };
        let request = CreateOrder {
            order_type: OrderType::Delivery,
            contact: Some(contact),
            ..self.house.take_away(&[("307", 1)])
        };
        self.printed(&self.does(request).await).await
    }
}

async fn guests_take_their_food_away_and_the_kitchen_packs_it(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let order = floor.printed(&floor.order(0, &[("307", 1), ("202", 2)]).await).await;
    let ticket = order.tickets[0].number;
    let request = becomes(&order, OrderType::TakeAway);
    for _ in 0..2 {
        let after = floor.does(request.clone()).await;
        assert_eq!((after.order_type, after.taken_as), (OrderType::TakeAway, OrderType::DineIn));
        assert_eq!((after.number, after.table), (order.number, None), "the number that papers say stays");
        assert_eq!((after.total_minor, after.lines.len()), (order.total_minor, order.lines.len()));
    }
    assert_eq!(floor.changes(&order).await, 1, "P13");
    let shown = floor.floor().await.others.into_iter().find(|one| one.id == order.id).unwrap();
    assert_eq!((shown.order_type, shown.taken_as), (OrderType::TakeAway, OrderType::DineIn));
    assert!(floor.at(0).await.is_empty(), "the table is free at once");
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    let slip = &slips[1];
    let before = format!("Antes: Mesa {}", floor.tables[0].1);
    for words in ["AHORA PARA LLEVAR", &before, &format!("#{ticket:03}"), "no se prepara de nuevo"] {
        assert!(slip.contains(words), "{words}: {}", slip.text());
    }
    assert!(!slip.contains("Arroz con pollo") && !slip.contains("CAMBIO"), "{}", slip.text());
    let [made, told] = &floor.in_kitchen().await[..] else { panic!("a ticket and its slip") };
    assert_eq!((made.order_type, &made.table), (OrderType::TakeAway, &None));
    let moved = made.moved.as_ref().unwrap();
    assert_eq!((moved.from.as_deref(), moved.was), (Some(&*floor.tables[0].1), Some(OrderType::DineIn)));
    assert_eq!((told.kind, told.lines.len()), (TicketKind::Change, 0));
    assert_eq!(told.moved.as_ref().unwrap().numbers, [ticket]);
    // From now on it is handed over as any other, and the next order of a table has the next number.
    let handed = HandOverOrder { command_id: new_id(), order_id: order.id, handed_over: true };
    assert_eq!(floor.does(handed).await.stage, OrderStage::HandedOver);
    assert_eq!(floor.order(0, &[("602", 1)]).await.number, order.number + 1);
    let away = floor.does(house.take_away(&[("602", 1)])).await;
    assert_eq!((away.number, away.taken_as), (1, away.order_type), "it took no number of theirs");
    floor.printed(&order).await;
    assert_eq!(house.papers_of("cocina", ticket).len(), 1, "and what was made is not made again");
    floor.house.close().await;
}

async fn whoever_takes_away_sits_down(engine: Engine) {
    let floor = Floor::open(engine).await;
    let order = floor.delivery().await;
    let handed = HandOverOrder { command_id: new_id(), order_id: order.id, handed_over: true };
    floor.does(handed).await;
    let after = floor.does(floor.sits(&order, 1)).await;
    assert_eq!(after.table.as_ref().map(|table| table.id), Some(floor.tables[1].0));
    assert_eq!((after.order_type, after.taken_as), (OrderType::DineIn, OrderType::Delivery));
    assert_eq!((after.stage, after.handed_over), (OrderStage::Making, None), "it is at the table again");
    let OrderContact { promised_at, phone, .. } = after.contact;
    assert_eq!((promised_at, phone.as_deref()), (None, Some("300 123 4567")));
    assert_eq!(floor.at(1).await, [order.id]);
    assert!(floor.floor().await.others.is_empty());
    let slips = floor.house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    for words in ["AHORA EN MESA", "Antes: DOMICILIO", &floor.tables[1].1] {
        assert!(slips[1].contains(words), "{words}: {}", slips[1].text());
    }
    assert!(!slips[1].contains("Prometido"), "{}", slips[1].text());
    assert_eq!(floor.in_kitchen().await[0].promised_at, None);
    // Carried to a table as tables are is sitting down too.
    let other = floor.does(floor.house.take_away(&[("602", 1)])).await;
    let carried = MoveOrder { command_id: new_id(), order_id: other.id, table_id: floor.tables[2].0 };
    assert_eq!(floor.does(carried).await.order_type, OrderType::DineIn);
    floor.house.close().await;
}

async fn what_is_not_printed_comes_out_as_it_is_served_now(engine: Engine) {
    let floor = Floor::open(engine).await;
    let cocina = floor.house.printer("cocina");
    cocina.set(Condition::PaperOut);
    let order = floor.order(0, &[("307", 1)]).await;
    let after = floor.does(becomes(&order, OrderType::Delivery)).await;
    assert_eq!(after.tickets.len(), 1, "one paper says all");
    cocina.set(Condition::Ready);
    floor.printed(&order).await;
    let slips = cocina.slips();
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains("DOMICILIO") && slips[0].contains("Arroz con pollo"), "{}", slips[0].text());
    assert!(!slips[0].contains("AHORA") && !slips[0].contains("Antes"), "{}", slips[0].text());
    // Of one that a screen has shown there is a slip, after it.
    cocina.set(Condition::PaperOut);
    let order = floor.order(0, &[("202", 1)]).await;
    floor.sees(&order).await;
    floor.does(becomes(&order, OrderType::Counter)).await;
    cocina.set(Condition::Ready);
    let slips = cocina.wait_for_slips(3, PATIENCE).await.unwrap();
    assert!(slips[1].contains("Sancocho") && slips[1].contains("MOSTRADOR"), "{}", slips[1].text());
    assert!(slips[2].contains("AHORA EN MOSTRADOR"), "P6: {}", slips[2].text());
    floor.house.close().await;
}

async fn whoever_is_done_hears_nothing_and_what_waits_is_fired_so(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let held = NewLine { course: 2, held: true, ..house.line("202", 1) };
    let lines = vec![house.line("307", 1), held];
    let request = CreateOrder {
        order_type: OrderType::DineIn,
        table_id: Some(floor.tables[0].0),
        customer: None,
        lines,
        ..house.take_away(&[])
    };
    let order = floor.printed(&floor.does(request).await).await;
    let cook = house.sign_in("Cocina").await;
    let bump = BumpTicket { command_id: new_id(), ticket_id: order.tickets[0].id };
    house.app.perform(&cook, bump).await.unwrap();
    floor.does(becomes(&order, OrderType::TakeAway)).await;
    let waiting = floor.does(ListKitchenTickets { station_id: house.station("cocina") }).await.held;
    assert_eq!((waiting[0].order_type, &waiting[0].table), (OrderType::TakeAway, &None));
    floor.does(FireCourse { command_id: new_id(), order_id: order.id, course: 2 }).await;
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    assert!(slips[1].contains("PARA LLEVAR") && slips[1].contains("Sancocho"), "{}", slips[1].text());
    assert!(!slips[1].contains("AHORA"), "{}", slips[1].text());
    let on_paper = |order: &OrderView| order.tickets.iter().all(|ticket| ticket.job == JobState::Printed);
    house.until(&floor.ana, order.id, on_paper).await;
    assert_eq!(house.printer("cocina").slips().len(), 2, "what is made is served: nobody is told");
    floor.house.close().await;
}

async fn a_change_that_is_undone_is_undone_on_the_screen_too(engine: Engine) {
    let floor = Floor::open(engine).await;
    let order = floor.printed(&floor.order(0, &[("307", 1)]).await).await;
    floor.does(becomes(&order, OrderType::TakeAway)).await;
    floor.does(becomes(&order, OrderType::Delivery)).await;
    let shown = floor.in_kitchen().await.remove(0);
    let was = shown.moved.map(|moved| (moved.from, moved.was));
    let told = Some((Some(floor.tables[0].1.clone()), Some(OrderType::DineIn)));
    assert_eq!((shown.order_type, was), (OrderType::Delivery, told), "what its paper says is what it was");
    let after = floor.does(floor.sits(&order, 0)).await;
    assert_eq!((after.order_type, after.taken_as), (OrderType::DineIn, OrderType::DineIn));
    let shown = floor.in_kitchen().await.remove(0);
    assert_eq!((shown.moved, shown.table.as_deref()), (None, Some(&*floor.tables[0].1)));
    let slips = floor.house.printer("cocina").wait_for_slips(4, PATIENCE).await.unwrap();
    let said = slips.iter().map(|slip| slip.contains("AHORA EN MESA")).collect::<Vec<_>>();
    assert_eq!(said, [false, false, false, true], "each paper tells of one change, in order");
    floor.house.close().await;
}

async fn an_order_to_take_away_joins_a_table(engine: Engine) {
    let floor = Floor::open(engine).await;
    let away = floor.does(floor.house.take_away(&[("307", 1)])).await;
    let away = floor.printed(&away).await;
    let table = floor.printed(&floor.order(0, &[("202", 1)]).await).await;
    let after = floor.does(merge(&away, &table)).await;
    assert_eq!((after.from.status, after.to.order_type), (OrderStatus::Merged, OrderType::DineIn));
    let slips = floor.house.printer("cocina").wait_for_slips(3, PATIENCE).await.unwrap();
    for words in ["AHORA EN MESA", "Antes: PARA LLEVAR", &floor.tables[0].1] {
        assert!(slips[2].contains(words), "{words}: {}", slips[2].text());
    }
    let shown = floor.in_kitchen().await;
    assert!(shown.iter().all(|ticket| ticket.order_type == OrderType::DineIn), "{shown:?}");
    floor.house.close().await;
}

async fn what_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let (order, taken) = (floor.order(0, &[("307", 1)]).await, floor.order(1, &[("602", 1)]).await);
    let away = floor.does(house.take_away(&[("602", 1)])).await;
    let english = Caller { language: Language::En, ..floor.ana.clone() };
    let table = FailureCode::UnknownTable;
    let nowhere = ChangeOrderType { table_id: Some(new_id()), ..floor.sits(&away, 0) };
    let cases = [
        (
            becomes(&order, OrderType::DineIn),
            FailureCode::OutOfBounds,
            "ya es de mesa",
            "for a table already",
        ),
        (
            becomes(&away, OrderType::TakeAway),
            FailureCode::OutOfBounds,
            "ya es para llevar",
            "to take away already",
        ),
        (becomes(&away, OrderType::DineIn), table, "falta decir en cuál", "say at which one"),
        (floor.sits(&away, 1), table, "ya tiene un pedido abierto", "is open at table"),
        (nowhere, table, "Esa mesa no existe", "does not exist"),
        (
            ChangeOrderType { order_id: new_id(), ..becomes(&order, OrderType::Counter) },
            FailureCode::UnknownOrder,
            "Ese pedido",
            "That order",
        ),
    ];
    for (request, code, es, en) in cases {
        for (who, says) in [(&floor.ana, es), (&english, en)] {
            let request = ChangeOrderType { command_id: new_id(), ..request.clone() };
            let refused = house.refused(who, request, code).await;
            assert!(refused.message.contains(says), "{says}: {}", refused.message);
        }
    }
    assert_eq!(floor.changes(&away).await, 0, "nothing of it happened");
    let cook = house.sign_in("Cocina").await;
    house.refused(&cook, becomes(&order, OrderType::Counter), FailureCode::NotAllowed).await;
    // Whoever was asked may sit beside others, with a bill of their own.
    floor.does(ChangeOrderType { share_table: true, ..floor.sits(&away, 1) }).await;
    assert_eq!(floor.at(1).await, [taken.id, away.id]);
    floor.does(merge(&order, &taken)).await;
    let closed =
        house.refused(&floor.ana, becomes(&order, OrderType::Counter), FailureCode::OrderClosed).await;
    assert!(closed.message.contains("cerrado"), "{}", closed.message);
    floor.house.close().await;
}

async fn two_terminals_change_at_once(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let luis = house.sign_in("Luis").await;
    let order = floor.printed(&floor.order(0, &[("307", 1)]).await).await;
    let wish = becomes(&order, OrderType::TakeAway);
    let again = ChangeOrderType { command_id: new_id(), ..wish.clone() };
    let (one, two) = tokio::join!(house.app.perform(&floor.ana, wish), house.app.perform(&luis, again));
    let refused: Vec<_> = [one, two].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1, "one of them was first: {refused:?}");
    assert_eq!(refused[0].code, FailureCode::OutOfBounds, "{}", refused[0].message);
    assert_eq!(floor.changes(&order).await, 1);
    house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    // Two that take away want the same free table: one of them gets it.
    let other = floor.does(house.take_away(&[("602", 1)])).await;
    let (one, two) = tokio::join!(
        house.app.perform(&floor.ana, floor.sits(&order, 2)),
        house.app.perform(&luis, floor.sits(&other, 2)),
    );
    let refused: Vec<_> = [one, two].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1, "the other is told that the table is taken: {refused:?}");
    assert!(refused[0].message.contains("ya tiene un pedido"), "{}", refused[0].message);
    assert_eq!(floor.at(2).await.len(), 1);
    floor.house.close().await;
}
