//! The kitchen screen: what a station has to make, and how it says that it did.

use crate::catalogue::Facts;
use crate::feature::station_work::ticket_line;
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{
    BumpTicket, GetKitchenTickets, HeldCourse, KitchenLine, KitchenMove, KitchenTicket, KitchenTickets,
    KitchenView, ListKitchenTickets, RecallTicket, SeeTickets, SeenTickets,
};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, LineId, PrinterId, StationId, TicketId};
use fastops_domain::ticket::{TicketEvent, TicketKind, TicketLine, TicketState, next};
use fastops_store::order::fire::{self, HeldLine};
use fastops_store::ticket::{self, TicketRow};
use fastops_store::{StoreError, Tx, job};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How many of the tickets done last can be brought back from the screen's list, and for how long, in milliseconds.
const RECALLED: i64 = 50;
const RECALL_MS: i64 = 12 * 60 * 60_000;
/// Most tickets that one command may name.
const MAX_NAMED: usize = 200;

pub(crate) async fn list_kitchen_tickets(
    app: &App,
    _: &Who,
    request: ListKitchenTickets,
) -> Result<KitchenView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let id = StationId(request.station_id);
    let station = facts.station(id).ok_or(Refusal::UnknownStation)?;
    let (now, branch) = (app.env.now(), facts.branch.id);
    let since = now.plus_ms(-RECALL_MS);
    let backup = backup_of(app, &facts, id);
    let read = app.store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let rows = ticket::kitchen_tickets(tx, id, since, RECALLED).await?;
            let standing_in = standing_in(tx, id, backup).await?;
            let held = fire::held_at(tx, branch, id).await?;
            Ok((rows, standing_in, held))
        })
    });
    let (rows, standing_in, held) = read.await?;
    let voided = voided_lines(&rows);
    let view = |row: &&TicketRow| kitchen_ticket(row, &voided, standing_in.contains(&row.id));
    let mut open: Vec<&TicketRow> = rows.iter().filter(|row| row.state != TicketState::Ready).collect();
    // What goes first goes in the order in which it was said; the rest stays in its own.
    open.sort_by_key(|row| (row.first_at.is_none(), row.first_at));
    let tickets: Vec<KitchenTicket> = open.iter().map(view).collect();
    let mut done: Vec<KitchenTicket> =
        rows.iter().filter(|row| row.state == TicketState::Ready).map(|row| view(&row)).collect();
    done.sort_by_key(|ticket| std::cmp::Reverse(ticket.ready_at));
    let counts = app.lane_counts(&facts).await?;
    Ok(KitchenView {
        station_id: id.0,
        station: station.name.clone(),
        tickets,
        done,
        held: held_courses(&facts, held),
        pulse: app.pulse(&facts, &counts, id),
        now: now.0,
    })
}

/// How tickets of a station's list are now, without the rest of it.
pub(crate) async fn get_kitchen_tickets(
    app: &App,
    _: &Who,
    request: GetKitchenTickets,
) -> Result<KitchenTickets, Refusal> {
    let ids = named(&request.ticket_ids)?;
    let facts = app.catalogue.facts().await?;
    let station = StationId(request.station_id);
    facts.station(station).ok_or(Refusal::UnknownStation)?;
    let backup = backup_of(app, &facts, station);
    let read = app.store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let rows = ticket::tickets(tx, &ids).await?;
            Ok((rows, standing_in(tx, station, backup).await?))
        })
    });
    let (mut rows, standing_in) = read.await?;
    rows.retain(|row| row.station == station && row.state != TicketState::Cancelled);
    rows.sort_by_key(|row| (row.created_at, row.number));
    let voided = voided_lines(&rows);
    let tickets =
        rows.iter().map(|row| kitchen_ticket(row, &voided, standing_in.contains(&row.id))).collect();
    Ok(KitchenTickets { tickets, now: app.env.now().0 })
}

/// The tickets that a request names, unless they are too many for one.
fn named(ids: &[Uuid]) -> Result<Vec<TicketId>, Refusal> {
    if ids.len() > MAX_NAMED {
        return Err(Refusal::OutOfBounds { field: Field::Tickets, least: 0, most: MAX_NAMED });
    }
    Ok(ids.iter().copied().map(TicketId).collect())
}

/// The station's screens, while they stand in for its printer.
fn backup_of(app: &App, facts: &Facts, station: StationId) -> Option<PrinterId> {
    let screen = facts.screen_of(station)?.id;
    app.engine.is_backup(station, screen).then_some(screen)
}

/// The tickets that are on no paper, since that screen stands in.
async fn standing_in(
    tx: &mut Tx,
    station: StationId,
    backup: Option<PrinterId>,
) -> Result<HashSet<TicketId>, StoreError> {
    match backup {
        Some(device) => job::tickets_at(tx, station, device).await,
        None => Ok(HashSet::new()),
    }
}

/// What is held, gathered by order and course; the lines come in that order.
fn held_courses(facts: &Facts, lines: Vec<HeldLine>) -> Vec<HeldCourse> {
    let mut held: Vec<HeldCourse> = Vec::new();
    for one in lines {
        let line = kitchen_line(&ticket_line(&one.line, one.combo.as_deref(), false), false);
        match held.last_mut().filter(|last| last.order_id == one.order.0 && last.course == one.line.course) {
            Some(course) => course.lines.push(line),
            None => held.push(HeldCourse {
                order_id: one.order.0,
                order_number: one.number,
                order_type: one.order_type.into(),
                table: one.table.and_then(|id| facts.table(id)).map(|(table, _)| table.name.clone()),
                customer: one.customer,
                waiter: one.waiter,
                course: one.line.course,
                lines: vec![line],
            }),
        }
    }
    held
}

/// Lines that void tickets of the same list have taken back.
fn voided_lines(rows: &[TicketRow]) -> HashSet<LineId> {
    rows.iter()
        .filter(|row| row.kind == TicketKind::Void)
        .flat_map(|row| row.content.lines.iter().map(|line| line.line))
        .collect()
}

pub(crate) fn kitchen_ticket(row: &TicketRow, voided: &HashSet<LineId>, backup: bool) -> KitchenTicket {
    let content = &row.content;
    let lines: Vec<KitchenLine> = content
        .lines
        .iter()
        .map(|line| kitchen_line(line, line.voided || voided.contains(&line.line)))
        .collect();
    KitchenTicket {
        id: row.id.0,
        order_id: row.order.0,
        station_id: row.station.0,
        number: row.number,
        order_number: content.order_number,
        order_type: content.order_type.into(),
        table: content.table.clone(),
        room: content.room.clone(),
        customer: content.customer.clone(),
        covers: content.covers,
        waiter: content.waiter.clone(),
        kind: row.kind.into(),
        state: row.state.into(),
        urgent: content.urgent,
        first_at: row.first_at.map(|at| at.0),
        backup,
        note: content.note.clone(),
        moved: content.moved.clone().map(|moved| KitchenMove {
            from: moved.from,
            was: moved.was.map(Into::into),
            numbers: moved.numbers,
            things: moved.things,
        }),
        fired: content.fired,
        promised_at: content.promised.map(|promise| promise.at.0),
        item_count: lines.iter().filter(|line| !line.voided).map(|line| line.quantity).sum(),
        lines,
        created_at: row.created_at.0,
        ready_at: row.ready_at.map(|at| at.0),
        late_at: row.created_at.plus_ms(i64::from(content.preparation_minutes) * 60_000).0,
    }
}

fn kitchen_line(line: &TicketLine, voided: bool) -> KitchenLine {
    KitchenLine {
        line_id: line.line.0,
        product_id: line.product.map(|product| product.0),
        quantity: line.quantity,
        name: line.name.clone(),
        modifiers: line.modifiers.clone(),
        combo: line.combo.clone(),
        note: line.note.clone(),
        allergy: line.allergy.clone(),
        course: line.course,
        seat: line.seat,
        voided,
        void_reason: line.void_reason.clone(),
    }
}

pub(crate) async fn see_tickets(app: &App, who: &Who, request: SeeTickets) -> Result<SeenTickets, Refusal> {
    let ids = named(&request.ticket_ids)?;
    let facts = app.catalogue.facts().await?;
    let (actor, now) = (who.actor()?, app.env.now());
    let command = CommandId(request.command_id);
    let seen = once(app, actor, command, SeeTickets::NAME, now, move |tx| {
        let (ids, facts) = (ids.clone(), facts.clone());
        Box::pin(async move {
            let rows = ticket::tickets(tx, &ids).await?;
            let ours: HashMap<TicketId, &TicketRow> = rows
                .iter()
                .filter(|row| facts.station(row.station).is_some())
                .map(|row| (row.id, row))
                .collect();
            if ids.iter().any(|id| !ours.contains_key(id)) {
                return Err(Refusal::UnknownTicket);
            }
            let new: Vec<TicketRow> = rows.into_iter().filter(|row| row.state == TicketState::New).collect();
            let newly: Vec<TicketId> = new.iter().map(|row| row.id).collect();
            ticket::see(tx, &newly, now).await?;
            Ok(Seen { newly: newly.iter().map(|id| id.0).collect(), rows: new })
        })
    })
    .await?;
    for row in &seen.outcome.rows {
        app.announce_ticket(row);
    }
    Ok(SeenTickets { newly_seen: u32::try_from(seen.outcome.newly.len()).unwrap_or(u32::MAX) })
}

/// The tickets that a screen has shown for the first time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Seen {
    newly: Vec<Uuid>,
    /// For the events of the call that made the change; a repeated call tells nobody.
    #[serde(skip)]
    rows: Vec<TicketRow>,
}

pub(crate) async fn bump_ticket(app: &App, who: &Who, request: BumpTicket) -> Result<KitchenTicket, Refusal> {
    let (command, id) = (CommandId(request.command_id), TicketId(request.ticket_id));
    change(app, who, command, BumpTicket::NAME, id, TicketEvent::Bump).await
}

pub(crate) async fn recall_ticket(
    app: &App,
    who: &Who,
    request: RecallTicket,
) -> Result<KitchenTicket, Refusal> {
    let (command, id) = (CommandId(request.command_id), TicketId(request.ticket_id));
    change(app, who, command, RecallTicket::NAME, id, TicketEvent::Recall).await
}

async fn change(
    app: &App,
    who: &Who,
    command: CommandId,
    name: &'static str,
    id: TicketId,
    event: TicketEvent,
) -> Result<KitchenTicket, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (actor, now) = (who.actor()?, app.env.now());
    let user = actor.user();
    let changed = once(app, actor, command, name, now, move |tx| {
        let facts = facts.clone();
        Box::pin(async move {
            let row = find(tx, &facts, id).await?;
            let to = next(row.state, event).map_err(|_| Refusal::TicketMoved { number: row.number })?;
            if to != row.state {
                ticket::move_ticket(tx, id, row.state, to, now, Some(user)).await?;
            }
            Ok(())
        })
    })
    .await?;
    let read = app.store.read::<_, Refusal, _>(move |tx| {
        Box::pin(async move { ticket::ticket(tx, id).await?.ok_or(Refusal::UnknownTicket) })
    });
    let row = once::done(read.await)?;
    if changed.fresh {
        app.announce_ticket(&row);
    }
    Ok(kitchen_ticket(&row, &HashSet::new(), false))
}

/// A ticket of this branch.
pub(crate) async fn find(tx: &mut Tx, facts: &Facts, id: TicketId) -> Result<TicketRow, Refusal> {
    let row = ticket::ticket(tx, id).await?;
    row.filter(|row| facts.station(row.station).is_some()).ok_or(Refusal::UnknownTicket)
}
