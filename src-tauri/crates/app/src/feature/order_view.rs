//! An order as screens see it, put together from the facts of this moment.

use crate::catalogue::Facts;
use crate::feature::contact;
use crate::feature::courses::courses;
use crate::feature::division::division_view;
use crate::refusal::Refusal;
use crate::wire::{LineModifier, LineView, OrderView, PriceReason, TableRef, TicketView, VoidView};
use crate::{App, pulse, words};
use fastops_domain::ids::{JobId, LineId, OrderId, TicketId};
use fastops_domain::job::JobState;
use fastops_domain::menu::unit_price;
use fastops_domain::order::{Left, OrderLine, TicketProgress, status, total};
use fastops_domain::ticket::{TicketKind, TicketState};
use fastops_domain::time::Time;
use fastops_store::job::{self, JobRow};
use fastops_store::order::{self, LineVoid, OrderRow, moves};
use fastops_store::ticket::{self, TicketRow};
use fastops_store::{StoreError, Tx};
use std::collections::HashMap;

/// An order with all that was said about it, but not how far it is with the printers.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) row: OrderRow,
    pub(crate) lines: Vec<OrderLine>,
    pub(crate) tickets: Vec<TicketRow>,
}

/// Everything about one order.
struct Read {
    sheet: Sheet,
    jobs: Vec<JobRow>,
    positions: HashMap<JobId, i64>,
    /// The order that has its lines, of one that was joined with another.
    merged_into: Option<OrderId>,
    voids: Vec<LineVoid>,
}

pub(crate) async fn order_view(app: &App, id: OrderId) -> Result<OrderView, Refusal> {
    view(app, &read(app, id).await?).await
}

/// Reads an order in one state of the store.
async fn read(app: &App, id: OrderId) -> Result<Read, Refusal> {
    let branch = app.catalogue.facts().await?.branch.id;
    let reading = app.store.read(move |tx| {
        Box::pin(async move {
            let row = order::order(tx, id).await?.filter(|row| row.branch == branch);
            let row = row.ok_or(Refusal::UnknownOrder)?;
            let lines = order::lines(tx, id).await?;
            let tickets = ticket::tickets_about_order(tx, id).await?;
            let merged_into = match row.closed_at {
                Some(_) if Left::of(&lines) != Left::Lines => moves::merged_into(tx, id).await?,
                _ => None,
            };
            let jobs = job::jobs_in_lanes(tx, id).await?;
            let voids = voids(tx, id, &lines).await?;
            Ok(Read { merged_into, ..Read::new(Sheet { row, lines, tickets }, jobs, voids) })
        })
    });
    reading.await
}

/// The order that a unit of work has left behind as `sheet`: only how far the printers are is read.
pub(crate) async fn view_of(app: &App, sheet: Sheet) -> Result<OrderView, Refusal> {
    let id = sheet.row.id;
    let reading = app.store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let jobs = job::jobs_in_lanes(tx, id).await?;
            let voids = voids(tx, id, &sheet.lines).await?;
            Ok(Read::new(sheet, jobs, voids))
        })
    });
    view(app, &reading.await?).await
}

/// Asked only of an order in which something was taken back.
async fn voids(tx: &mut Tx, id: OrderId, lines: &[OrderLine]) -> Result<Vec<LineVoid>, StoreError> {
    if lines.iter().any(|line| line.voided) { order::voids(tx, id).await } else { Ok(Vec::new()) }
}

impl Read {
    fn new(sheet: Sheet, jobs: Vec<(JobRow, Option<i64>)>, voids: Vec<LineVoid>) -> Self {
        let waits = |(job, place): &(JobRow, Option<i64>)| {
            place.filter(|_| job.progress.state.is_waiting()).map(|place| (job.id, place))
        };
        let positions = jobs.iter().filter_map(waits).collect();
        let jobs = jobs.into_iter().map(|(job, _)| job).collect();
        Self { sheet, jobs, positions, merged_into: None, voids }
    }
}

async fn view(app: &App, read: &Read) -> Result<OrderView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let Sheet { row, lines, tickets } = &read.sheet;
    let tickets: Vec<&TicketRow> = tickets.iter().filter(|ticket| is_about(ticket, row, lines)).collect();
    let sum = total(lines)?;
    let progress = progress(&tickets, &read.jobs);
    let status = status(row.closed_at.is_some(), Left::of(lines), &progress);
    let stage = contact::stage_of(row, lines, &progress);
    let place = row.table.and_then(|id| facts.table(id));
    let courses = courses(lines, &tickets);
    let unit = facts.company.currency.smallest_written();
    let division = row.division.as_ref().map(|one| division_view(one, lines, unit)).transpose()?;
    let void = |line: &OrderLine| read.voids.iter().find(|void| void.line == line.id);
    let lines = lines
        .iter()
        .map(|line| line_view(line, &tickets, void(line).map(|void| void_view(&facts, void))))
        .collect::<Result<_, Refusal>>()?;
    let is_own = |job: &JobRow| job.work.order() == Some(row.id);
    let waits = read.jobs.iter().any(|job| is_own(job) && job.copy == 0 && job.progress.state.is_waiting());
    Ok(OrderView {
        id: row.id.0,
        number: row.number,
        order_type: row.order_type.into(),
        taken_as: row.taken_as.into(),
        table: place.map(|(table, room)| TableRef {
            id: table.id.0,
            name: table.name.clone(),
            room: room.name.clone(),
        }),
        customer: row.customer.clone(),
        covers: row.covers,
        waiter: row.waiter_name.clone(),
        note: row.note.clone(),
        urgent: row.urgent,
        revision: row.revision,
        opened_at: row.opened_at.0,
        status: status.into(),
        net_minor: sum.net.0,
        tax_minor: sum.tax.0,
        total_minor: sum.total.0,
        lines,
        courses,
        tickets: tickets.iter().map(|ticket| ticket_view(app, &facts, read, ticket)).collect(),
        contact: contact::contact_view(row),
        stage: stage.into(),
        handed_over: contact::handed_view(&facts, row, stage),
        can_mark_urgent: waits && !row.urgent,
        division,
        closed: row.closed_at.is_some(),
        merged_into: read.merged_into.map(|order| order.0),
    })
}

/// Whether a ticket tells of something that stands in the order, or of the order alone. One whose lines have all
/// gone elsewhere is shown there.
fn is_about(ticket: &TicketRow, row: &OrderRow, lines: &[OrderLine]) -> bool {
    let told = &ticket.content.lines;
    (told.is_empty() && ticket.order == row.id)
        || told.iter().any(|told| lines.iter().any(|line| line.id == told.line))
}

/// What the status of an order depends on: each ticket with its first printing.
fn progress(tickets: &[&TicketRow], jobs: &[JobRow]) -> Vec<TicketProgress> {
    tickets
        .iter()
        .filter_map(|ticket| {
            let first = jobs.iter().find(|job| job.work.ticket() == Some(ticket.id) && job.copy == 0)?;
            Some(TicketProgress { ticket: ticket.state, job: first.progress.state })
        })
        .collect()
}

/// The ticket that told a station about a line.
pub(crate) fn teller<'t>(line: LineId, tickets: &[&'t TicketRow]) -> Option<&'t TicketRow> {
    let tells = |ticket: &&&TicketRow| {
        ticket.kind != TicketKind::Void && ticket.content.lines.iter().any(|told| told.line == line)
    };
    tickets.iter().find(tells).copied()
}

/// Why a line comes to what it does, when that is not what is ordinary; `until` is when the list is over.
pub(crate) fn reason(line: &OrderLine, until: Option<Time>) -> Result<Option<PriceReason>, Refusal> {
    let ordinary = line.ordinary_amount()?;
    Ok(line.listed.as_ref().zip(ordinary).map(|(listed, ordinary)| PriceReason {
        list: listed.list.clone(),
        ordinary_minor: ordinary.0,
        until: until.map(|at| at.0),
    }))
}

fn void_view(facts: &Facts, void: &LineVoid) -> VoidView {
    let by = facts.users.iter().find(|user| user.id == void.user).map(|user| user.name.clone());
    VoidView { reason: void.reason.clone(), by: by.unwrap_or_default(), at: void.at.0 }
}

fn line_view(line: &OrderLine, tickets: &[&TicketRow], void: Option<VoidView>) -> Result<LineView, Refusal> {
    let amount = line.amount()?.total.0;
    Ok(LineView {
        id: line.id.0,
        product_id: line.product.0,
        variant_id: line.variant.map(|variant| variant.0),
        name: line.name.clone(),
        quantity: line.quantity,
        unit_price_minor: unit_price(line.price, &line.modifiers)?.0,
        total_minor: if line.voided { 0 } else { amount },
        reason: if line.voided { None } else { reason(line, None)? },
        modifiers: line
            .modifiers
            .iter()
            .map(|modifier| LineModifier { name: modifier.name.clone(), price_minor: modifier.price.0 })
            .collect(),
        note: line.note.clone(),
        allergy: line.allergy.clone(),
        course: line.course,
        seat: line.seat,
        held: line.is_held(),
        fired_at: line.fired_at.map(|at| at.0),
        voided: line.voided,
        void,
        combo_line_id: line.combo.map(|combo| combo.0),
        ticket_id: teller(line.id, tickets).map(|ticket| ticket.id.0),
    })
}

fn ticket_view(app: &App, facts: &Facts, read: &Read, ticket: &TicketRow) -> TicketView {
    let newest = newest_job(&read.jobs, ticket.id);
    let state = newest.map_or(JobState::Cancelled, |job| job.progress.state);
    let position = newest.and_then(|job| read.positions.get(&job.id)).copied();
    let lane = newest.map(|job| app.engine.facts(job.printer)).unwrap_or_default();
    let length = newest.map(|job| app.lane_length(job.printer).max(position.unwrap_or(0)));
    let unfinished = !state.is_final();
    let cause = newest.and_then(|job| job.progress.cause.or(lane.trouble.filter(|_| unfinished)));
    let printer = newest.and_then(|job| facts.printer(job.printer));
    let problem = cause.map(|cause| pulse::text(cause, printer.map_or("", |printer| printer.name.as_str())));
    let stand_in = newest.filter(|job| app.engine.is_backup(ticket.station, job.printer)).and(printer);
    let out = matches!(state, JobState::Printed | JobState::Unconfirmed);
    let elsewhere = printer.filter(|printer| stand_in.is_some() || printer.address.outlet().is_some());
    TicketView {
        id: ticket.id.0,
        order_id: ticket.order.0,
        station_id: ticket.station.0,
        station: ticket.content.station.clone(),
        stand_in: stand_in.map(|printer| printer.name.clone()),
        went_to: elsewhere.filter(|_| out).map(words::went_to),
        number: ticket.number,
        kind: ticket.kind.into(),
        state: ticket.state.into(),
        job: state.into(),
        copies: newest.map_or(0, |job| job.copy),
        possible_duplicate: newest.is_some_and(|job| job.progress.possible_duplicate),
        position,
        lane_length: length.filter(|_| position.is_some()),
        wait_ms: position.map(|position| lane.speed.wait_ms(position)),
        cause: cause.map(Into::into),
        problem,
        created_at: ticket.created_at.0,
        expected_at: expected_at(app, ticket).map(|at| at.0),
        settled_at: newest.and_then(|job| job.settled_at).map(|at| at.0),
        can_reprint: ticket.state != TicketState::Cancelled
            && matches!(
                state,
                JobState::Printed | JobState::Unconfirmed | JobState::Failed | JobState::Cancelled
            ),
    }
}

/// When a ticket that is still to be made is made.
fn expected_at(app: &App, ticket: &TicketRow) -> Option<Time> {
    let is_to_make = matches!(ticket.state, TicketState::New | TicketState::Seen);
    let is_wanted = ticket.content.lines.iter().any(|line| !line.voided);
    if !is_to_make || !is_wanted || ticket.kind == TicketKind::Void {
        return None;
    }
    app.paces().ready_at(ticket, app.env.now())
}

/// The job that prints a ticket now: its first, or its latest reprint.
pub(crate) fn newest_job(jobs: &[JobRow], ticket: TicketId) -> Option<&JobRow> {
    jobs.iter().filter(|job| job.work.ticket() == Some(ticket)).max_by_key(|job| job.copy)
}
