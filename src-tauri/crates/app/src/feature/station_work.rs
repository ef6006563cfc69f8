//! What an order means for the stations: one ticket and one print job for each, in the order's own
//! transaction (P1), in an order that a change never overtakes (P6).

use crate::catalogue::Facts;
use crate::env::Env;
use crate::feature::lines::combo_name;
use crate::refusal::Refusal;
use fastops_domain::contact::Promise;
use fastops_domain::ids::{JobId, OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::{Priority, Work};
use fastops_domain::order::{OrderLine, OrderType};
use fastops_domain::ticket::{Moved, TicketContent, TicketKind, TicketLine, TicketState};
use fastops_domain::time::Time;
use fastops_store::job::JobRow;
use fastops_store::ticket::TicketRow;
use fastops_store::{Tx, job, ticket};
use serde::{Deserialize, Serialize};

/// What every ticket of an order says besides its lines.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    pub(crate) order: OrderId,
    pub(crate) order_number: i64,
    pub(crate) order_type: OrderType,
    pub(crate) table: Option<String>,
    pub(crate) room: Option<String>,
    pub(crate) customer: Option<String>,
    pub(crate) covers: Option<u32>,
    pub(crate) waiter: String,
    pub(crate) terminal: String,
    pub(crate) note: Option<String>,
    pub(crate) urgent: bool,
    pub(crate) revision: u32,
    pub(crate) promised: Option<Promise>,
}

/// One station's part of what was typed.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) station: StationId,
    pub(crate) station_name: String,
    pub(crate) printer: PrinterId,
    pub(crate) lines: Vec<TicketLine>,
    pub(crate) preparation_minutes: u32,
    /// What goes elsewhere than the station was told; then there is nothing to make.
    pub(crate) moved: Option<Moved>,
    /// The course that was held until now.
    pub(crate) fired: Option<u8>,
}

/// A ticket that was written, for the events and the lanes after the commit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Written {
    pub(crate) ticket: TicketId,
    pub(crate) station: StationId,
    pub(crate) printer: PrinterId,
    pub(crate) kind: TicketKind,
    pub(crate) urgent: bool,
}

/// What was written for the stations, and the tickets themselves.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) written: Vec<Written>,
    pub(crate) tickets: Vec<TicketRow>,
}

/// Splits lines by the station that makes them, in the branch's order of stations; what is held makes no part. Refuses
/// a station that is no more or that no printer writes for, also of what is held: its cook would never hear of it.
/// `target` says which one does now.
pub(crate) fn parts(
    facts: &Facts,
    target: impl Fn(StationId) -> Option<PrinterId>,
    lines: &[OrderLine],
) -> Result<Vec<Part>, Refusal> {
    let maker =
        |line: &OrderLine| line.station.and_then(|station| facts.maker(station)).map(|maker| maker.id);
    if lines.iter().any(|line| line.station.is_some() && maker(line).is_none()) {
        return Err(Refusal::UnknownStation);
    }
    let mut parts = Vec::new();
    for station in facts.stations.iter() {
        let mut mine: Vec<&OrderLine> = lines.iter().filter(|line| maker(line) == Some(station.id)).collect();
        if mine.is_empty() {
            continue;
        }
        let printer = target(station.id).ok_or_else(|| Refusal::NoRoute { station: station.name.clone() })?;
        mine.retain(|line| !line.is_held());
        if mine.is_empty() {
            continue;
        }
        let minutes =
            |line: &&OrderLine| facts.product(line.product).map_or(0, |product| product.preparation_minutes);
        let slowest = mine.iter().map(minutes).max().unwrap_or(0);
        parts.push(Part {
            station: station.id,
            station_name: station.name.clone(),
            printer,
            preparation_minutes: u32::try_from(slowest).unwrap_or(0),
            lines: mine.into_iter().map(|line| ticket_line(line, combo_name(line, lines), false)).collect(),
            moved: None,
            fired: None,
        });
    }
    Ok(parts)
}

/// A line as a station reads it, with the name of its combo.
pub(crate) fn ticket_line(line: &OrderLine, combo: Option<&str>, voided: bool) -> TicketLine {
    TicketLine {
        line: line.id,
        product: Some(line.product),
        quantity: line.quantity,
        name: line.name.clone(),
        modifiers: line.modifiers.iter().map(|modifier| modifier.name.clone()).collect(),
        combo: combo.map(str::to_owned),
        note: line.note.clone(),
        allergy: line.allergy.clone(),
        course: line.course,
        seat: line.seat,
        voided,
        void_reason: None,
    }
}

/// Writes a ticket and its print job for every part, in a number of statements that does not depend on
/// how many there are.
pub(crate) async fn write(
    tx: &mut Tx,
    env: &Env,
    heading: &Heading,
    parts: &[(Part, TicketKind)],
) -> Result<Told, Refusal> {
    if parts.is_empty() {
        return Ok(Told::default());
    }
    let stations: Vec<StationId> = parts.iter().map(|(part, _)| part.station).collect();
    let numbers = ticket::next_ticket_numbers(tx, &stations).await?;
    // Asked for after the numbers: another terminal's ticket with a smaller number is older.
    let now = env.now();
    let mut tickets = Vec::with_capacity(parts.len());
    let mut jobs = Vec::with_capacity(parts.len());
    let mut written = Vec::with_capacity(parts.len());
    for (part, kind) in parts {
        let number = numbers.get(&part.station).copied().ok_or(Refusal::UnknownStation)?;
        let row = ticket_row(heading, part, *kind, number, TicketId(env.new_id()), now);
        let job = job_row(&row, heading, part.printer, JobId(env.new_id()), now);
        let urgent = job.priority == Priority::Urgent;
        written.push(Written {
            ticket: row.id,
            station: part.station,
            printer: part.printer,
            kind: *kind,
            urgent,
        });
        tickets.push(row);
        jobs.push(job);
    }
    ticket::insert_tickets(tx, &tickets).await?;
    job::insert_jobs(tx, &jobs).await?;
    if heading.revision > 1 {
        job::promote_earlier(tx, heading.order, heading.revision).await?;
    }
    Ok(Told { written, tickets })
}

fn ticket_row(
    heading: &Heading,
    part: &Part,
    kind: TicketKind,
    number: i64,
    id: TicketId,
    now: Time,
) -> TicketRow {
    TicketRow {
        id,
        order: heading.order,
        station: part.station,
        number,
        kind,
        revision: heading.revision,
        state: TicketState::New,
        content: content(heading, part, kind, number),
        created_at: now,
        seen_at: None,
        ready_at: None,
        first_at: None,
    }
}

fn job_row(ticket: &TicketRow, heading: &Heading, printer: PrinterId, id: JobId, now: Time) -> JobRow {
    let urgent = heading.urgent || ticket.kind != TicketKind::New;
    let priority = if urgent { Priority::Urgent } else { Priority::Normal };
    let work = Work::Ticket { ticket: ticket.id, order: ticket.order, station: ticket.station };
    JobRow { revision: ticket.revision, ..JobRow::new(id, work, printer, priority, now) }
}

fn content(heading: &Heading, part: &Part, kind: TicketKind, number: i64) -> TicketContent {
    TicketContent {
        kind,
        station: part.station_name.clone(),
        number,
        order_number: heading.order_number,
        order_type: heading.order_type,
        table: heading.table.clone(),
        room: heading.room.clone(),
        customer: heading.customer.clone(),
        covers: heading.covers,
        waiter: heading.waiter.clone(),
        terminal: heading.terminal.clone(),
        note: heading.note.clone(),
        urgent: heading.urgent,
        preparation_minutes: part.preparation_minutes,
        lines: part.lines.clone(),
        moved: part.moved.clone(),
        fired: part.fired,
        promised: heading.promised,
    }
}
