//! The floor: rooms, tables, and how far the orders on them are.

use crate::catalogue::Facts;
use crate::feature::contact;
use crate::feature::courses::next_course;
use crate::refusal::Refusal;
use crate::wire::{FloorView, GetFloor, OrderSummary, RoomView, TableView};
use crate::{App, Who};
use fastops_domain::ids::{OrderId, TableId};
use fastops_domain::order::{Left, OrderLine, TicketProgress, status, total};
use fastops_domain::time::Time;
use fastops_store::order::OrderRow;
use fastops_store::{order, ticket};
use std::collections::HashMap;

pub(crate) async fn get_floor(app: &App, _: &Who, _: GetFloor) -> Result<FloorView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let branch = facts.branch.id;
    let (open, lines, progress) = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let open = order::open_orders(tx, branch).await?;
                let lines = order::lines_of_open_orders(tx, branch).await?;
                let progress = ticket::tickets_of_open_orders(tx, branch).await?;
                Ok::<_, Refusal>((open, lines, progress))
            })
        })
        .await?;
    let mut of_order: HashMap<OrderId, (Vec<TicketProgress>, Told)> = HashMap::new();
    for (order, ticket, at) in progress {
        let (tickets, told) = of_order.entry(order).or_default();
        told.hear(ticket, at);
        tickets.push(ticket);
    }
    let mut at_table: HashMap<TableId, Vec<OrderSummary>> = HashMap::new();
    let mut others = Vec::new();
    for row in &open {
        let lines = lines.get(&row.id).map_or(&[][..], Vec::as_slice);
        let (tickets, told) = of_order.remove(&row.id).unwrap_or_default();
        let summary = summary(&facts, row, lines, &tickets, told)?;
        match row.table {
            Some(table) => at_table.entry(table).or_default().push(summary),
            None => others.push(summary),
        }
    }
    let rooms = facts
        .rooms
        .iter()
        .filter(|room| room.active)
        .map(|room| RoomView {
            id: room.id.0,
            name: room.name.clone(),
            tables: facts
                .tables
                .iter()
                .filter(|table| table.active && table.room == room.id)
                .map(|table| TableView {
                    id: table.id.0,
                    name: table.name.clone(),
                    seats: table.seats,
                    x: table.x,
                    y: table.y,
                    width: table.width,
                    height: table.height,
                    shape: table.shape.into(),
                    orders: at_table.remove(&table.id).unwrap_or_default(),
                })
                .collect(),
        })
        .collect();
    Ok(FloorView { rooms, others, now: app.env.now().0 })
}

/// When stations were told of an order.
#[derive(Clone, Copy, Default)]
struct Told {
    last: Option<Time>,
    waiting_since: Option<Time>,
}

impl Told {
    fn hear(&mut self, ticket: TicketProgress, at: Time) {
        self.last = self.last.max(Some(at));
        if ticket.is_on_its_way() {
            self.waiting_since = Some(self.waiting_since.map_or(at, |since| since.min(at)));
        }
    }
}

fn summary(
    facts: &Facts,
    row: &OrderRow,
    lines: &[OrderLine],
    tickets: &[TicketProgress],
    told: Told,
) -> Result<OrderSummary, Refusal> {
    let stage = contact::stage_of(row, lines, tickets);
    Ok(OrderSummary {
        id: row.id.0,
        number: row.number,
        order_type: row.order_type.into(),
        taken_as: row.taken_as.into(),
        customer: row.customer.clone(),
        covers: row.covers,
        waiter: row.waiter_name.clone(),
        status: status(row.closed_at.is_some(), Left::of(lines), tickets).into(),
        urgent: row.urgent,
        next_course: next_course(lines),
        total_minor: total(lines)?.total.0,
        opened_at: row.opened_at.0,
        last_action_at: row.last_line_at.max(row.last_event_at.max(told.last).unwrap_or(row.last_line_at)).0,
        waiting_since: told.waiting_since.map(|since| since.0),
        contact: contact::contact_view(row),
        stage: stage.into(),
        handed_over: contact::handed_view(facts, row, stage),
    })
}
