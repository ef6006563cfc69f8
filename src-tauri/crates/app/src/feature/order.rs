//! Taking an order: opening it, adding to it, looking at it.

use crate::catalogue::{Facts, Prices};
use crate::env::Env;
use crate::feature::contact::{self, Described};
use crate::feature::lines;
use crate::feature::merge::{Merged, merge};
use crate::feature::order_view::{self, Sheet};
use crate::feature::station_work::{self, Heading, Part, Written};
use crate::feature::stock::{self, Withdrawal};
use crate::once::{self, Once, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{AddLines, CreateOrder, GetOrder, OrderView, Quote, QuoteLines, QuotedLine};
use crate::{Actor, App, Command as _, Who};
use fastops_domain::ids::{
    BranchId, CommandId, OrderId, PrinterId, StationId, TableId, TerminalId, TicketId,
};
use fastops_domain::menu::unit_price;
use fastops_domain::order::{OrderLine, OrderType, total};
use fastops_domain::ticket::TicketKind;
use fastops_domain::time::Time;
use fastops_domain::user::Permission;
use fastops_store::hint::HouseNews;
use fastops_store::order::{self, NewOrder, OrderRow};
use fastops_store::stock::Posting;
use fastops_store::{StoreError, Tx};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most guests of one order.
const MAX_COVERS: u32 = 999;

/// What taking an order changed, kept so that a repeated command can answer the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub(crate) order: OrderId,
    pub(crate) written: Vec<Written>,
    /// Tickets that took more lines.
    #[serde(default)]
    pub(crate) merged: Vec<Merged>,
    /// What waits for its course is not what it was.
    #[serde(default)]
    pub(crate) held: bool,
    /// Tickets whose head says other words now.
    #[serde(default)]
    pub(crate) renamed: Vec<(TicketId, StationId)>,
    /// The order as the unit of work left it, for the answer of the call that made the change; a
    /// repeated call reads it.
    #[serde(skip)]
    pub(crate) sheet: Option<Sheet>,
}

pub(crate) async fn quote_lines(app: &App, _: &Who, request: QuoteLines) -> Result<Quote, Refusal> {
    let (facts, now) = (app.catalogue.facts().await?, app.env.now());
    let (lines, prices) = (lines::checked(&facts, &request.lines, 1, now)?, facts.prices(now));
    let sum = total(&lines)?;
    let sent = match request.order_id.map(OrderId) {
        Some(id) => {
            let branch = facts.branch.id;
            app.store.read(move |tx| Box::pin(sent_lines(tx, id, branch))).await?
        }
        None => Vec::new(),
    };
    let order_total = total(sent.iter().chain(&lines))?.total;
    let quoted = lines
        .iter()
        .map(|line| {
            Ok(QuotedLine {
                id: line.id.0,
                unit_price_minor: unit_price(line.price, &line.modifiers)?.0,
                total_minor: line.amount()?.total.0,
                reason: order_view::reason(line, ends(&facts, &prices, line))?,
            })
        })
        .collect::<Result<_, Refusal>>()?;
    Ok(Quote {
        lines: quoted,
        net_minor: sum.net.0,
        tax_minor: sum.tax.0,
        total_minor: sum.total.0,
        order_total_minor: order_total.0,
    })
}

/// When the list is over that says what a line costs.
fn ends(facts: &Facts, prices: &Prices<'_>, line: &OrderLine) -> Option<Time> {
    let product = facts.product(line.product)?;
    let variant = line.variant.and_then(|id| facts.variant(line.product, id));
    prices.end_of(prices.priced(product, variant).by?)
}

async fn sent_lines(tx: &mut Tx, id: OrderId, branch: BranchId) -> Result<Vec<OrderLine>, Refusal> {
    let row = order::order(tx, id).await?.filter(|row| row.branch == branch);
    row.ok_or(Refusal::UnknownOrder)?;
    Ok(order::lines(tx, id).await?)
}

pub(crate) async fn get_order(app: &App, _: &Who, request: GetOrder) -> Result<OrderView, Refusal> {
    order_view::order_view(app, OrderId(request.order_id)).await
}

pub(crate) async fn create_order(app: &App, who: &Who, request: CreateOrder) -> Result<OrderView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let terminal = Some(actor.live.terminal.id);
    let lines: Arc<[OrderLine]> = lines::checked(&facts, &request.lines, 1, now)?.into();
    total(&*lines)?;
    let parts: Vec<_> = station_work::parts(&facts, |station| app.target(&facts, station, terminal), &lines)?
        .into_iter()
        .map(|part| (part, TicketKind::New))
        .collect();
    let described = Described::of(request.customer.as_deref(), request.contact.as_ref())?;
    let draft = draft(&facts, actor, &request, &described, now)?;
    let env = app.env.clone();
    let command = CommandId(request.command_id);
    let withdrawal = Withdrawal::of(&facts, &env, &lines, Posting { command, user: actor.user(), at: now })?;
    let asked = Arc::clone(&lines);
    // To be served before others takes leave, whenever it is said.
    let (role, permission) = (actor.role(), Permission::MarkUrgent);
    let may = !request.urgent || actor.live.permissions.contains(permission);
    let taken = once(app, actor, command, CreateOrder::NAME, now, move |tx| {
        let (draft, lines, parts, env) = (draft.clone(), Arc::clone(&lines), parts.clone(), env.clone());
        let withdrawal = withdrawal.clone();
        Box::pin(async move {
            if !may {
                return Err(Refusal::NotAllowed { permission, role });
            }
            let known = draft.order.contact.customer.is_some();
            match keep(tx, &env, draft, &lines, &parts, &withdrawal).await {
                // All else that it points to was read from the house.
                Err(Refusal::Store(StoreError::Dangling(_))) if known => Err(Refusal::UnknownCustomer),
                kept => kept,
            }
        })
    })
    .await;
    match taken {
        Ok(taken) => answer(app, taken).await,
        Err(refusal) => Err(stock::explained(app, &facts, &asked, refusal).await),
    }
}

/// Tells everyone of a change that was made just now, and gives the order as it is.
async fn answer(app: &App, taken: Once<Taken>) -> Result<OrderView, Refusal> {
    if taken.fresh {
        app.announce(&taken.outcome);
    }
    once::done(match taken.outcome.sheet {
        Some(sheet) => order_view::view_of(app, sheet).await,
        None => order_view::order_view(app, taken.outcome.order).await,
    })
}

/// An order and its tickets' heading, ready but for the number.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) order: NewOrder,
    pub(crate) heading: Heading,
}

/// Keeps a new order in the unit of work of its command: the number, the order, its lines, a ticket and a
/// print job for every station, and what it takes out of stock (P1).
pub(crate) async fn keep(
    tx: &mut Tx,
    env: &Env,
    mut draft: Draft,
    lines: &[OrderLine],
    parts: &[(Part, TicketKind)],
    withdrawal: &Withdrawal,
) -> Result<Taken, Refusal> {
    let number = order::next_order_number(tx, draft.order.branch, draft.order.order_type).await?;
    draft.order.number = number;
    draft.heading.order_number = number;
    order::insert_order(tx, &draft.order).await?;
    order::insert_lines(tx, draft.order.id, draft.order.waiter, draft.order.opened_at, lines).await?;
    let told = station_work::write(tx, env, &draft.heading, parts).await?;
    withdrawal.post(tx).await?;
    let (order, row) = (draft.order.id, draft.into_row());
    Ok(taken(order, told.written, Sheet { row, lines: lines.to_vec(), tickets: told.tickets }))
}

/// Tickets in the order in which they are read.
fn taken(order: OrderId, written: Vec<Written>, mut sheet: Sheet) -> Taken {
    sheet.tickets.sort_by_key(|ticket| (ticket.revision, ticket.station.0, ticket.number));
    let held = sheet.lines.iter().any(OrderLine::is_held);
    Taken { written, held, sheet: Some(sheet), ..Taken::nothing(order) }
}

impl Taken {
    /// An order of which no station has to hear.
    pub(crate) fn nothing(order: OrderId) -> Self {
        Self { order, written: Vec::new(), merged: Vec::new(), held: false, renamed: Vec::new(), sheet: None }
    }
}

impl Draft {
    /// The order as it is read once it is kept.
    fn into_row(self) -> OrderRow {
        let Self { order, heading } = self;
        OrderRow {
            id: order.id,
            branch: order.branch,
            order_type: order.order_type,
            taken_as: order.order_type,
            number: order.number,
            table: order.table,
            customer: order.customer,
            covers: order.covers,
            waiter: order.waiter,
            waiter_name: heading.waiter,
            terminal: order.terminal,
            note: order.note,
            urgent: order.urgent,
            revision: order.revision,
            opened_at: order.opened_at,
            closed_at: None,
            last_line_at: order.opened_at,
            last_event_at: None,
            contact: order.contact,
            handed: None,
            division: None,
        }
    }
}

/// Guests as they were counted.
pub(crate) fn covers(counted: Option<u32>) -> Result<Option<u32>, Refusal> {
    if counted.is_some_and(|covers| !(1..=MAX_COVERS).contains(&covers)) {
        return Err(Refusal::OutOfBounds { field: Field::Covers, least: 1, most: MAX_COVERS as usize });
    }
    Ok(counted)
}

fn draft(
    facts: &Facts,
    actor: &Actor,
    request: &CreateOrder,
    described: &Described,
    now: Time,
) -> Result<Draft, Refusal> {
    let place = match request.table_id {
        Some(id) => Some(facts.table_on_floor(TableId(id)).ok_or(Refusal::UnknownTable)?),
        None => None,
    };
    let covers = covers(request.covers)?;
    let customer = described.name.clone();
    let note = lines::text(request.note.as_deref(), Field::Note)?;
    let order_type: OrderType = request.order_type.into();
    let order = NewOrder {
        id: OrderId(request.order_id),
        branch: facts.branch.id,
        order_type,
        number: 0,
        table: place.map(|(table, _)| table.id),
        customer: customer.clone(),
        covers,
        waiter: actor.user(),
        terminal: actor.live.terminal.id,
        note: note.clone(),
        urgent: request.urgent,
        revision: 1,
        opened_at: now,
        contact: described.contact.clone(),
    };
    let heading = Heading {
        order: order.id,
        order_number: 0,
        order_type,
        table: place.map(|(table, _)| table.name.clone()),
        room: place.map(|(_, room)| room.name.clone()),
        customer,
        covers,
        waiter: actor.live.user.name.clone(),
        terminal: actor.live.terminal.name.clone(),
        note,
        urgent: request.urgent,
        revision: 1,
        promised: contact::promise(facts, order_type, &described.contact),
    };
    Ok(Draft { order, heading })
}

pub(crate) async fn add_lines(app: &App, who: &Who, request: AddLines) -> Result<OrderView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let terminal = Some(actor.live.terminal.id);
    let lines: Arc<[OrderLine]> = lines::checked(&facts, &request.lines, 1, now)?.into();
    let parts = station_work::parts(&facts, |station| app.target(&facts, station, terminal), &lines)?;
    let order_id = OrderId(request.order_id);
    let env = app.env.clone();
    let command = CommandId(request.command_id);
    let withdrawal = Withdrawal::of(&facts, &env, &lines, Posting { command, user: actor.user(), at: now })?;
    let (asked, known_actor, known_facts) = (Arc::clone(&lines), actor.clone(), Arc::clone(&facts));
    let taken = once(app, actor, command, AddLines::NAME, now, move |tx| {
        let (lines, parts, env, withdrawal) =
            (Arc::clone(&lines), parts.clone(), env.clone(), withdrawal.clone());
        let (actor, facts) = (known_actor.clone(), Arc::clone(&known_facts));
        Box::pin(async move {
            let (row, revision) = revise(tx, &facts, order_id).await?;
            let lines: Vec<OrderLine> =
                lines.iter().map(|line| OrderLine { revision, ..line.clone() }).collect();
            let mut all = order::lines(tx, order_id).await?;
            total(all.iter().chain(&lines))?;
            order::insert_lines(tx, order_id, actor.user(), now, &lines).await?;
            all.extend(lines);
            let heading = heading(&facts, &row, &actor, revision);
            let known = fastops_store::ticket::tickets_about_order(tx, order_id).await?;
            // What stations know by another order's number takes nothing of this one.
            let (mut known, others): (Vec<_>, Vec<_>) =
                known.into_iter().partition(|ticket| ticket.order == order_id);
            let parts: Vec<_> = parts
                .into_iter()
                .map(|part| {
                    let kind = kind_for(&part, known.iter().map(|ticket| ticket.station));
                    (part, kind)
                })
                .collect();
            let (parts, merged) = merge(tx, order_id, row.urgent, parts, &mut known, now).await?;
            let told = station_work::write(tx, &env, &heading, &parts).await?;
            withdrawal.post(tx).await?;
            known.extend(told.tickets);
            known.extend(others);
            let row = OrderRow { revision, last_line_at: now, ..row };
            Ok(Taken { merged, ..taken(order_id, told.written, Sheet { row, lines: all, tickets: known }) })
        })
    })
    .await;
    match taken {
        Ok(taken) => answer(app, taken).await,
        Err(refusal) => Err(stock::explained(app, &facts, &asked, refusal).await),
    }
}

/// A station that knows the order hears of a change; to another the order is new.
fn kind_for(part: &Part, mut known: impl Iterator<Item = StationId>) -> TicketKind {
    if known.any(|station| station == part.station) { TicketKind::Change } else { TicketKind::New }
}

/// Opens the next revision of an open order of this branch.
pub(crate) async fn revise(
    tx: &mut Tx,
    facts: &Facts,
    order_id: OrderId,
) -> Result<(OrderRow, u32), Refusal> {
    let row = order::order(tx, order_id).await?.filter(|row| row.branch == facts.branch.id);
    let row = row.ok_or(Refusal::UnknownOrder)?;
    match order::next_revision(tx, order_id).await {
        Ok(revision) => Ok((row, revision)),
        Err(StoreError::Stale { .. }) => Err(Refusal::OrderClosed { number: row.number }),
        Err(error) => Err(error.into()),
    }
}

/// The heading of a ticket that `actor` causes on an order that is there already.
pub(crate) fn heading(facts: &Facts, row: &OrderRow, actor: &Actor, revision: u32) -> Heading {
    let place = row.table.and_then(|id| facts.table(id));
    Heading {
        order: row.id,
        order_number: row.number,
        order_type: row.order_type,
        table: place.map(|(table, _)| table.name.clone()),
        room: place.map(|(_, room)| room.name.clone()),
        customer: row.customer.clone(),
        covers: row.covers,
        waiter: actor.live.user.name.clone(),
        terminal: actor.live.terminal.name.clone(),
        note: row.note.clone(),
        urgent: row.urgent,
        revision,
        promised: contact::promise(facts, row.order_type, &row.contact),
    }
}

impl App {
    /// The device that a station's next ticket goes to when `terminal` sends it: what the engine says, which has no
    /// chain for a station that is newer than it is.
    pub(crate) fn target(
        &self,
        facts: &Facts,
        station: StationId,
        terminal: Option<TerminalId>,
    ) -> Option<PrinterId> {
        let sender = terminal.and_then(|terminal| facts.printer_beside(terminal));
        let told = self.engine.target(station, sender);
        told.or_else(|| facts.first_printer(station).map(|printer| printer.id))
    }

    /// After the commit: wakes the lanes and tells every screen.
    pub(crate) fn announce(&self, taken: &Taken) {
        self.engine.wake(taken.written.iter().map(|written| written.printer));
        self.engine.wake(taken.merged.iter().map(|merged| merged.printer));
        let order = taken.order;
        let written = taken.written.iter().map(|written| HouseNews::Arrived {
            ticket: written.ticket,
            station: written.station,
            order,
            kind: written.kind,
            printer: written.printer,
            urgent: written.urgent,
        });
        let merged = taken.merged.iter().map(|merged| HouseNews::Ticket {
            ticket: merged.ticket,
            station: merged.station,
            order,
        });
        let held = taken.held.then_some(HouseNews::Held);
        let news: Vec<HouseNews> = std::iter::once(HouseNews::Order(order))
            .chain(written)
            .chain(merged)
            .chain(held)
            .chain(contact::renamed(taken))
            .collect();
        self.tell_house(&news);
    }

    /// After the commit: tells every screen that a ticket is not what it was.
    pub(crate) fn announce_ticket(&self, ticket: &fastops_store::ticket::TicketRow) {
        let (ticket, station, order) = (ticket.id, ticket.station, ticket.order);
        self.tell_house(&[HouseNews::Ticket { ticket, station, order }, HouseNews::Order(order)]);
    }
}
