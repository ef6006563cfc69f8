//! A kitchen screen that reads its list once, and from then on only the tickets that events tell of, shows what it
//! would show if it read all of it: whatever changes a ticket says so by its id (P6).

use super::moves::{Floor, merge};
use super::order_types::becomes;
use crate::house::{Engine, PATIENCE, new_id};
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::wire::{
    AddLines, BumpTicket, CreateOrder, DescribeOrder, Event, EventEnvelope, FireCourse, GetKitchenTickets,
    GiveOrder, HeldCourse, KitchenTicket, ListKitchenTickets, MarkUrgent, MoveLines, MoveOrder, NewLine,
    OrderContact, OrderType, OrderView, PrioritiseTicket, RecallTicket, SeeTickets, TicketKind, VoidLine,
};
use fastops_printer_sim::Condition;
use fastops_store::{StoreError, probe};
use std::collections::{BTreeMap, HashSet};
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use uuid::Uuid;

super::on_both_engines!(
    what_is_on_paper_is_followed_wherever_it_goes,
    what_waits_for_paper_is_followed,
    what_a_cook_does_is_followed_by_the_other_screens,
);

/// After this long without a word there is none on its way.
const QUIET: Duration = Duration::from_millis(150);

/// What stands on it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    tickets: BTreeMap<Uuid, KitchenTicket>,
    held: Vec<HeldCourse>,
}

struct Screen<'h> {
    floor: &'h Floor,
    cook: Caller,
    station_id: Uuid,
    events: Receiver<EventEnvelope>,
    shown: Shown,
}

impl<'h> Screen<'h> {
    async fn open(floor: &'h Floor) -> Self {
        let cook = floor.house.sign_in("Cocina").await;
        let events = floor.house.app.subscribe();
        let station_id = floor.house.station("cocina");
        let mut screen = Self { floor, cook, station_id, events, shown: Shown::default() };
        screen.shown = screen.whole().await;
        screen
    }

    async fn asks<C: fastops_app::Command>(&self, request: C) -> C::Answer {
        self.floor.house.app.perform(&self.cook, request).await.unwrap()
    }

    async fn whole(&self) -> Shown {
        let view = self.asks(ListKitchenTickets { station_id: self.station_id }).await;
        let tickets = view.tickets.into_iter().chain(view.done).map(|ticket| (ticket.id, ticket)).collect();
        Shown { tickets, held: view.held }
    }

    /// Takes what the next event tells of, which is something or nothing.
    async fn hears(&mut self) -> bool {
        let event = self.events.recv().await.unwrap().event;
        match event {
            Event::TicketArrived { station_id, ticket_id, .. }
            | Event::TicketChanged { station_id, ticket_id, .. }
                if station_id == self.station_id =>
            {
                let asked = GetKitchenTickets { station_id, ticket_ids: vec![ticket_id] };
                self.shown.tickets.remove(&ticket_id);
                let now = self.asks(asked).await.tickets.into_iter().map(|ticket| (ticket.id, ticket));
                self.shown.tickets.extend(now);
                self.strike_out();
            }
            Event::HeldChanged => self.shown.held = self.whole().await.held,
            _ => return false,
        }
        true
    }

    /// Hears what is still to be said of what was before, so that it does not tell of what comes next.
    async fn settles(&mut self) {
        let settling = async {
            while tokio::time::timeout(QUIET, async { while !self.hears().await {} }).await.is_ok() {}
        };
        // A printer without paper has its tickets told of again and again.
        let _ = tokio::time::timeout(6 * QUIET, settling).await;
    }

    /// A line that any ticket takes back is struck out on every one.
    fn strike_out(&mut self) {
        let voids = self.shown.tickets.values().filter(|ticket| ticket.kind == TicketKind::Void);
        let gone: HashSet<Uuid> =
            voids.flat_map(|ticket| ticket.lines.iter().map(|line| line.line_id)).collect();
        for ticket in self.shown.tickets.values_mut() {
            for line in &mut ticket.lines {
                line.voided |= gone.contains(&line.line_id);
            }
            let left = ticket.lines.iter().filter(|line| !line.voided);
            ticket.item_count = left.map(|line| line.quantity).sum();
        }
    }

    /// Comes to show what a whole reading finds, by what it hears alone.
    async fn keeps_up(&mut self, after: &str) {
        let keeping_up = async {
            while self.shown != self.whole().await {
                self.hears().await;
            }
        };
        let kept_up = tokio::time::timeout(PATIENCE, keeping_up).await.is_ok();
        let whole = self.whole().await;
        assert!(
            kept_up,
            "nobody told the kitchen of what changed after: {after}\n{whole:#?}\nit shows {:#?}",
            self.shown
        );
        self.settles().await;
    }
}

impl Floor {
    async fn tidied(&self, order: &OrderView) -> OrderView {
        let printed = self.printed(order).await;
        // Its printing was days ago and lies with what is past.
        let store = self.house.app.store_for_faults();
        let aged =
            store.write::<_, StoreError, _>(|tx| Box::pin(probe::execute(tx, questions::FINISHED_DAYS_AGO)));
        assert!(aged.await.unwrap() > 0);
        while self.house.app.tidy_for_faults().await.unwrap() > 0 {}
        printed
    }

    async fn takes_back(&self, order: &OrderView, line: usize) {
        let luisa = self.house.sign_in("Luisa").await;
        let (order_id, line_id) = (order.id, order.lines[line].id);
        let void =
            VoidLine { quantity: None, command_id: new_id(), order_id, line_id, reason: "No quiere".into() };
        self.house.app.perform(&luisa, void).await.unwrap();
    }

    fn goes(&self, order: &OrderView, table: usize) -> MoveOrder {
        MoveOrder { command_id: new_id(), order_id: order.id, table_id: self.tables[table].0 }
    }
}

async fn what_is_on_paper_is_followed_wherever_it_goes(engine: Engine) {
    let floor = Floor::open(engine).await;
    let mut screen = Screen::open(&floor).await;
    let order = floor.tidied(&floor.order(0, &[("307", 1), ("202", 2), ("602", 1)]).await).await;
    screen.keeps_up("an order").await;
    floor.does(floor.goes(&order, 1)).await;
    screen.keeps_up("its move to another table").await;
    floor.tidied(&order).await;
    let parts = MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: order.id,
        to_order_id: new_id(),
        new_order: true,
        line_ids: vec![order.lines[1].id],
    };
    let parts = floor.does(parts).await;
    screen.keeps_up("a split of its bill").await;
    floor.does(floor.goes(&parts.to, 2)).await;
    screen.keeps_up("the move of a part").await;
    floor.takes_back(&parts.to, 0).await;
    screen.keeps_up("a line of it that is taken back").await;
    floor.does(merge(&parts.to, &parts.from)).await;
    screen.keeps_up("the parts joined again").await;
    floor.tidied(&order).await;
    floor.does(becomes(&order, OrderType::TakeAway)).await;
    screen.keeps_up("its change to take-away").await;
    let contact =
        OrderContact { customer_id: None, phone: None, address: None, courier_note: None, promised_at: None };
    let described = DescribeOrder {
        command_id: new_id(),
        order_id: order.id,
        customer: Some("Marta Rojas".into()),
        contact,
        covers: Some(3),
        remember_customer: false,
    };
    assert_eq!(floor.does(described.clone()).await.covers, Some(3));
    let customer = Some("Marta Rojas Díaz".into());
    let uncounted = DescribeOrder { command_id: new_id(), customer, covers: None, ..described };
    assert_eq!(floor.does(uncounted).await.covers, Some(3), "nobody counted again");
    screen.keeps_up("a name").await;
    let lines = vec![floor.house.line("301", 1)];
    floor.does(AddLines { command_id: new_id(), order_id: order.id, lines }).await;
    screen.keeps_up("more lines").await;
    let luis = floor.house.terminal.users.iter().find(|user| user.name == "Luis").unwrap().id;
    floor.does(GiveOrder { command_id: new_id(), order_id: order.id, user_id: luis }).await;
    screen.keeps_up("another waiter").await;
    floor.does(MarkUrgent { command_id: new_id(), order_id: order.id }).await;
    screen.keeps_up("its hurry").await;
    floor.house.close().await;
}

async fn what_waits_for_paper_is_followed(engine: Engine) {
    let floor = Floor::open(engine).await;
    let mut screen = Screen::open(&floor).await;
    floor.house.printer("cocina").set(Condition::PaperOut);
    let held = NewLine { course: 2, held: true, ..floor.house.line("301", 1) };
    let order = CreateOrder {
        order_type: OrderType::DineIn,
        table_id: Some(floor.tables[0].0),
        customer: None,
        lines: vec![floor.house.line("307", 1), floor.house.line("202", 1), held],
        ..floor.house.take_away(&[])
    };
    let order = floor.does(order).await;
    screen.keeps_up("an order that is held in part").await;
    floor.does(MarkUrgent { command_id: new_id(), order_id: order.id }).await;
    screen.keeps_up("its hurry").await;
    floor.does(floor.goes(&order, 1)).await;
    screen.keeps_up("its move").await;
    let lines = vec![floor.house.line("203", 1)];
    floor.does(AddLines { command_id: new_id(), order_id: order.id, lines }).await;
    screen.keeps_up("more lines").await;
    floor.takes_back(&order, 0).await;
    screen.keeps_up("a line taken back").await;
    floor.does(FireCourse { command_id: new_id(), order_id: order.id, course: 2 }).await;
    screen.keeps_up("its second course").await;
    for at in 1..order.lines.len() {
        floor.takes_back(&order, at).await;
        screen.keeps_up("one line after the other taken back").await;
    }
    floor.house.printer("cocina").set(Condition::Ready);
    floor.house.close().await;
}

async fn what_a_cook_does_is_followed_by_the_other_screens(engine: Engine) {
    let floor = Floor::open(engine).await;
    let mut screen = Screen::open(&floor).await;
    let mut ids = Vec::new();
    for table in 0..3 {
        ids.push(floor.tidied(&floor.order(table, &[("307", 1)]).await).await.tickets[0].id);
    }
    screen.keeps_up("three orders").await;
    screen.asks(SeeTickets { command_id: new_id(), ticket_ids: ids.clone() }).await;
    screen.keeps_up("a first look").await;
    screen.asks(PrioritiseTicket { command_id: new_id(), ticket_id: ids[2], first: true }).await;
    screen.keeps_up("one put first").await;
    screen.asks(BumpTicket { command_id: new_id(), ticket_id: ids[0] }).await;
    screen.keeps_up("one that is done").await;
    screen.asks(RecallTicket { command_id: new_id(), ticket_id: ids[0] }).await;
    screen.keeps_up("one brought back").await;
    floor.house.close().await;
}
