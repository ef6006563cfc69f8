//! Orders without a table on their way to whoever ordered them: how they are reached, when the order was promised, and
//! that it was handed over. Nothing here ever stands in the way of a sale.

use crate::catalogue::Facts;
use crate::env::Env;
use crate::feature::moves::Act;
use crate::feature::order::{self as order_feature, Taken};
use crate::feature::{lines, order_view};
use crate::once;
use crate::refusal::{Field, Refusal};
use crate::wire::{DescribeOrder, HandOver, HandOverOrder, OrderContact, OrderView};
use crate::{App, Command as _, Who};
use fastops_domain::contact::{Contact, Promise};
use fastops_domain::customer::{Details, FoundBy};
use fastops_domain::handing::{HandEvent, Handing, Stage, is_handed, is_made, say, stage};
use fastops_domain::ids::{CompanyId, CustomerId, OrderId};
use fastops_domain::order::{Left, OrderLine, OrderType, TicketProgress, status};
use fastops_domain::ticket::{TicketContent, TicketState};
use fastops_domain::time::Time;
use fastops_store::hint::HouseNews;
use fastops_store::order::OrderRow;
use fastops_store::{Tx, customer, order, ticket};
use std::sync::Arc;

/// The last instant that can be promised: the year 2100.
const LAST_PROMISE: i64 = 4_102_444_800_000;

/// What was typed of whoever ordered.
#[derive(Clone, Debug)]
pub(crate) struct Described {
    pub(crate) name: Option<String>,
    pub(crate) contact: Contact,
}

impl Described {
    pub(crate) fn of(name: Option<&str>, typed: Option<&OrderContact>) -> Result<Self, Refusal> {
        let name = lines::text(name, Field::Customer)?;
        let Some(typed) = typed else { return Ok(Self { name, contact: Contact::default() }) };
        if typed.promised_at.is_some_and(|at| !(0..=LAST_PROMISE).contains(&at)) {
            let most = usize::try_from(LAST_PROMISE).unwrap_or(usize::MAX);
            return Err(Refusal::OutOfBounds { field: Field::Promise, least: 0, most });
        }
        let contact = Contact {
            customer: typed.customer_id.map(CustomerId),
            phone: lines::text(typed.phone.as_deref(), Field::Phone)?,
            address: lines::text(typed.address.as_deref(), Field::Address)?,
            courier_note: lines::text(typed.courier_note.as_deref(), Field::CourierNote)?,
            promised_at: typed.promised_at.map(Time),
        };
        Ok(Self { name, contact })
    }

    /// The contact with the customer that it is: the one that was chosen, else the one of that telephone, else, when
    /// that is wanted, a new one. What cannot be remembered is left: the sale goes on.
    async fn known(
        &self,
        tx: &mut Tx,
        env: &Env,
        company: CompanyId,
        remember: bool,
    ) -> Result<Contact, Refusal> {
        let contact = self.contact.clone();
        if let Some(id) = contact.customer {
            customer::customer(tx, company, id).await?.ok_or(Refusal::UnknownCustomer)?;
            return Ok(contact);
        }
        let (Some(name), Some(phone), true) = (&self.name, &contact.phone, remember) else {
            return Ok(contact);
        };
        let Some(key) = FoundBy::Phone.key(phone) else { return Ok(contact) };
        if let Some(known) = customer::of_phone(tx, company, &key).await? {
            return Ok(Contact { customer: Some(known), ..contact });
        }
        let details = Details {
            name: name.clone(),
            phone: Some(phone.clone()),
            address: contact.address.clone(),
            ..Details::default()
        };
        let Ok(details) = details.checked() else { return Ok(contact) };
        let id = CustomerId(env.new_id());
        customer::insert_customer(tx, company, id, &details, env.now()).await?;
        Ok(Contact { customer: Some(id), ..contact })
    }
}

/// The promise of an order as its papers say it. What is served at a table is promised for no time.
pub(crate) fn promise(facts: &Facts, order_type: OrderType, contact: &Contact) -> Option<Promise> {
    let at = contact.promised_at.filter(|_| order_type != OrderType::DineIn)?;
    Some(Promise::at(at, facts.branch.utc_offset_minutes))
}

pub(crate) fn contact_view(row: &OrderRow) -> OrderContact {
    let contact = &row.contact;
    OrderContact {
        customer_id: contact.customer.map(|customer| customer.0),
        phone: contact.phone.clone(),
        address: contact.address.clone(),
        courier_note: contact.courier_note.clone(),
        promised_at: contact.promised_at.filter(|_| row.order_type != OrderType::DineIn).map(|at| at.0),
    }
}

/// Who handed an order over, and when; none of an order that is not handed over.
pub(crate) fn handed_view(facts: &Facts, row: &OrderRow, stage: Stage) -> Option<HandOver> {
    let (at, by) = row.handed.filter(|_| stage == Stage::HandedOver)?;
    let by = facts.users.iter().find(|user| user.id == by).map(|user| user.name.clone());
    Some(HandOver { at: at.0, by: by.unwrap_or_default() })
}

/// How far an order is on its way to whoever ordered it.
pub(crate) fn stage_of(row: &OrderRow, lines: &[OrderLine], tickets: &[TicketProgress]) -> Stage {
    let status = status(row.closed_at.is_some(), Left::of(lines), tickets);
    let handed = is_handed(row.handed.map(|(at, _)| at), row.last_line_at);
    stage(status, is_made(lines, tickets), handed)
}

pub(crate) async fn describe_order(
    app: &App,
    who: &Who,
    request: DescribeOrder,
) -> Result<OrderView, Refusal> {
    let act = Act::of(app, who, request.command_id).await?;
    let remember = request.remember_customer;
    let described = Arc::new(Described::of(request.customer.as_deref(), Some(&request.contact))?);
    let covers = order_feature::covers(request.covers)?;
    let id = OrderId(request.order_id);
    act.keep(DescribeOrder::NAME, &[id], move |tx, act| {
        let described = Arc::clone(&described);
        Box::pin(async move { describe(tx, &act, id, &described, covers, remember).await })
    })
    .await?;
    once::done(order_view::order_view(app, id).await)
}

async fn describe(
    tx: &mut Tx,
    act: &Act,
    id: OrderId,
    described: &Described,
    covers: Option<u32>,
    remember: bool,
) -> Result<Taken, Refusal> {
    let row = act.open(tx, id).await?;
    let contact = described.known(tx, &act.app.env, act.facts.company.id, remember).await?;
    let (name, old) = (&described.name, &row.contact);
    let changed: Vec<&str> = [
        ("name", row.customer != *name),
        ("phone", old.phone != contact.phone),
        ("address", old.address != contact.address),
        ("courier_note", old.courier_note != contact.courier_note),
        ("promised_at", old.promised_at != contact.promised_at),
        ("customer_id", old.customer != contact.customer),
        ("covers", covers.is_some() && row.covers != covers),
    ]
    .into_iter()
    .filter_map(|(what, differs)| differs.then_some(what))
    .collect();
    if changed.is_empty() {
        return Ok(Taken::nothing(id));
    }
    order::contact::describe(tx, id, name.as_deref(), &contact, covers, &changed, &act.change).await?;
    let mut taken = Taken::nothing(id);
    // What the stations read is the name, the promise and the guests, of what is still to make.
    if changed.iter().any(|what| ["name", "promised_at", "covers"].contains(what)) {
        let promised = promise(&act.facts, row.order_type, &contact);
        let mut open = ticket::tickets_of_order(tx, id).await?;
        open.retain(|ticket| matches!(ticket.state, TicketState::New | TicketState::Seen));
        let contents: Vec<_> = open
            .iter()
            .map(|ticket| {
                let content = ticket.content.clone();
                let covers = covers.or(content.covers);
                (ticket.id, TicketContent { customer: name.clone(), promised, covers, ..content })
            })
            .collect();
        if !contents.is_empty() {
            ticket::rewrite_contents(tx, &contents).await?;
        }
        taken.renamed = open.iter().map(|ticket| (ticket.id, ticket.station)).collect();
        // A course that waits shows the name too.
        taken.held = true;
    }
    Ok(taken)
}

pub(crate) async fn hand_over_order(
    app: &App,
    who: &Who,
    request: HandOverOrder,
) -> Result<OrderView, Refusal> {
    let act = Act::of(app, who, request.command_id).await?;
    let id = OrderId(request.order_id);
    let event = if request.handed_over { HandEvent::HandOver } else { HandEvent::TakeBack };
    act.keep(HandOverOrder::NAME, &[id], move |tx, act| {
        Box::pin(async move {
            let row = act.open(tx, id).await?;
            // Whether it is ready decides nothing here: a kitchen without a screen says it to nobody.
            let made = is_handed(row.handed.map(|(at, _)| at), row.last_line_at);
            let lines = order::lines(tx, id).await?;
            let status = status(false, Left::of(&lines), &[]);
            match say(row.order_type, stage(status, false, made), event) {
                Handing::Refused => return Err(Refusal::NothingToHandOver { number: row.number }),
                Handing::AsItWas => {}
                Handing::Changed if event == HandEvent::HandOver => {
                    order::contact::hand_over(tx, id, &act.change).await?;
                }
                Handing::Changed => order::contact::take_back(tx, id, &act.change).await?,
            }
            Ok(Taken::nothing(id))
        })
    })
    .await?;
    once::done(order_view::order_view(app, id).await)
}

/// What screens hear of tickets whose head says other words now.
pub(crate) fn renamed(taken: &Taken) -> impl Iterator<Item = HouseNews> {
    let order = taken.order;
    taken.renamed.iter().map(move |&(ticket, station)| HouseNews::Ticket { ticket, station, order })
}
