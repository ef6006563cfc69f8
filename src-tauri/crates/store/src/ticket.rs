//! Kitchen tickets: a snapshot of what to make, and how far the station is with it.

use crate::columns::{AsJson, Row, number};
use crate::sql::{execute, execute_each, fetch_all, fetch_changed, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, LineId, OrderId, StationId, TicketId, UserId};
use fastops_domain::order::TicketProgress;
use fastops_domain::ticket::{TicketContent, TicketKind, TicketState};
use fastops_domain::time::Time;
use serde::Serialize;
use std::collections::HashMap;

statements! {
    NEXT_NUMBERS: each {
        sqlite:
            "INSERT INTO ticket_number (station_id, last) VALUES ($1, 1)
             ON CONFLICT (station_id) DO UPDATE SET last = ticket_number.last + 1",
        // In the order of the ids, so that two terminals never wait for each other crosswise.
        postgres:
            "INSERT INTO ticket_number (station_id, last)
             SELECT value::UUID, 1 FROM jsonb_array_elements_text($1) ORDER BY 1
             ON CONFLICT (station_id) DO UPDATE SET last = ticket_number.last + 1
             RETURNING station_id, last AS n",
    };
    LAST_NUMBERS: both "SELECT station_id, last AS n FROM ticket_number";
    INSERT_TICKETS: each {
        sqlite:
            "INSERT INTO ticket (id, order_id, station_id, number, kind, revision, state, content, created_at,
                                 seen_at, ready_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        postgres:
            "INSERT INTO ticket (id, order_id, station_id, number, kind, revision, state, content, created_at,
                                 seen_at, ready_at)
             SELECT * FROM jsonb_to_recordset($1) AS ticket (
                 id UUID, order_id UUID, station_id UUID, number BIGINT, kind TEXT, revision BIGINT, state TEXT,
                 content JSONB, created_at BIGINT, seen_at BIGINT, ready_at BIGINT)",
    };
    TICKET: both
        "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                first_at
         FROM ticket WHERE id = $1";
    TICKETS: each {
        sqlite:
            "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                first_at
             FROM ticket WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) ORDER BY created_at, id",
        postgres:
            "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                first_at
             FROM ticket WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))
             ORDER BY created_at, id",
    };
    TICKETS_OF_ORDER: both
        "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                first_at
         FROM ticket WHERE order_id = $1 ORDER BY revision, station_id, number";
    // Those of the order, and those of the orders in which lines were typed, or fired, that stand in it now.
    TICKETS_ABOUT_ORDER: both
        "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                first_at
         FROM ticket WHERE order_id = $1
         UNION ALL
         SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                first_at
         FROM ticket WHERE order_id IN (
             SELECT order_line.order_id FROM order_line
             WHERE current_order_id = $1 AND order_line.order_id <> $1
             UNION ALL
             SELECT order_line_fire.order_id FROM order_line
             JOIN order_line_fire ON order_line_fire.line_id = order_line.id
             WHERE current_order_id = $1 AND order_line_fire.order_id <> $1)
         ORDER BY revision, station_id, number";
    TICKETS_AROUND_LINE: both
        "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                first_at
         FROM ticket WHERE order_id IN (SELECT order_id FROM order_line WHERE id = $1
                                        UNION ALL SELECT order_id FROM order_line_fire WHERE line_id = $1)
         ORDER BY revision, station_id, number";
    // The first printing of each: in its lane, or of long ago.
    PROGRESS: both
        "SELECT ticket.order_id, ticket.created_at, ticket.state AS ticket_state,
                COALESCE((SELECT state FROM print_job WHERE ticket_id = ticket.id AND copy = 0),
                         (SELECT state FROM print_job_past WHERE ticket_id = ticket.id AND copy = 0)) AS job_state
         FROM customer_order
         JOIN ticket ON ticket.order_id = customer_order.id
         WHERE branch_id = $1 AND closed_at IS NULL
         UNION ALL
         SELECT came.current_order_id AS order_id, ticket.created_at, ticket.state AS ticket_state,
                COALESCE((SELECT state FROM print_job WHERE ticket_id = ticket.id AND copy = 0),
                         (SELECT state FROM print_job_past WHERE ticket_id = ticket.id AND copy = 0)) AS job_state
         FROM (SELECT current_order_id, order_line.order_id
               FROM customer_order JOIN order_line ON current_order_id = customer_order.id
               WHERE branch_id = $1 AND closed_at IS NULL AND order_line.order_id <> current_order_id
               UNION
               SELECT current_order_id, order_line_fire.order_id
               FROM customer_order JOIN order_line ON current_order_id = customer_order.id
               JOIN order_line_fire ON order_line_fire.line_id = order_line.id
               WHERE branch_id = $1 AND closed_at IS NULL AND order_line_fire.order_id <> current_order_id) AS came
         JOIN ticket ON ticket.order_id = came.order_id";
    KITCHEN: both
        "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                first_at
         FROM ticket WHERE station_id = $1 AND state IN ('new', 'seen')
         UNION ALL
         SELECT * FROM (
             SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at,
                    first_at
             FROM ticket WHERE station_id = $1 AND state = 'ready' AND ready_at > $2
             ORDER BY ready_at DESC LIMIT $3) AS done
         ORDER BY created_at, number";
    MOVE_TO_NEW_OR_CANCELLED: both "UPDATE ticket SET state = $3 WHERE id = $1 AND state = $2";
    MOVE_TO_SEEN: both
        "UPDATE ticket SET state = 'seen', seen_at = COALESCE(seen_at, $3), ready_at = NULL, ready_by = NULL
         WHERE id = $1 AND state = $2";
    MOVE_TO_READY: both
        "UPDATE ticket SET state = 'ready', ready_at = $3, ready_by = $4 WHERE id = $1 AND state = $2";
    SEE: each {
        sqlite:
            "UPDATE ticket SET state = 'seen', seen_at = COALESCE(seen_at, $2)
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) AND state = 'new'",
        postgres:
            "UPDATE ticket SET state = 'seen', seen_at = COALESCE(seen_at, $2)
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1))) AND state = 'new'",
    };
    SET_FIRST: both "UPDATE ticket SET first_at = $2 WHERE id = $1 AND state IN ('new', 'seen')";
    REWRITE: each {
        sqlite: "UPDATE ticket SET content = $2 WHERE id = $1",
        postgres:
            "UPDATE ticket SET content = other.content
             FROM jsonb_to_recordset($1) AS other (id UUID, content JSONB) WHERE ticket.id = other.id",
    };
}

/// A ticket as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRow {
    pub id: TicketId,
    pub order: OrderId,
    pub station: StationId,
    /// Consecutive number of the station; a gap shows a lost ticket.
    pub number: i64,
    pub kind: TicketKind,
    pub revision: u32,
    pub state: TicketState,
    pub content: TicketContent,
    pub created_at: Time,
    pub seen_at: Option<Time>,
    pub ready_at: Option<Time>,
    /// When a cook said that it goes before the others.
    pub first_at: Option<Time>,
}

/// The next consecutive number of each station's tickets, from 1. A station is named once; what is given
/// for others counts for nothing.
pub async fn next_ticket_numbers(
    tx: &mut Tx,
    stations: &[StationId],
) -> Result<HashMap<StationId, i64>, StoreError> {
    // A house has few stations: to read the number of each costs less than to say which.
    fetch_changed!(
        tx,
        NEXT_NUMBERS,
        stations,
        sqlite: |station| [*station],
        then LAST_NUMBERS [],
        postgres: [AsJson(&stations)],
        |row: &Row<'_>| Ok((row.get("station_id")?, number(row)?)),
    )
}

/// Keeps new tickets, in one statement.
pub async fn insert_tickets(tx: &mut Tx, tickets: &[TicketRow]) -> Result<(), StoreError> {
    let new: Vec<NewTicket<'_>> = tickets.iter().map(new_ticket).collect();
    execute_each!(
        tx,
        INSERT_TICKETS,
        &new,
        sqlite: |ticket| [
            ticket.id,
            ticket.order_id,
            ticket.station_id,
            ticket.number,
            ticket.kind,
            ticket.revision,
            ticket.state,
            AsJson(ticket.content),
            ticket.created_at,
            ticket.seen_at,
            ticket.ready_at,
        ],
        postgres: [AsJson(&new)],
    )
    .map(drop)
}

/// A ticket on its way into the database, with the names of its columns.
#[derive(Serialize)]
struct NewTicket<'a> {
    id: TicketId,
    order_id: OrderId,
    station_id: StationId,
    number: i64,
    kind: &'static str,
    revision: u32,
    state: &'static str,
    content: &'a TicketContent,
    created_at: Time,
    seen_at: Option<Time>,
    ready_at: Option<Time>,
}

fn new_ticket(ticket: &TicketRow) -> NewTicket<'_> {
    NewTicket {
        id: ticket.id,
        order_id: ticket.order,
        station_id: ticket.station,
        number: ticket.number,
        kind: ticket.kind.code(),
        revision: ticket.revision,
        state: ticket.state.code(),
        content: &ticket.content,
        created_at: ticket.created_at,
        seen_at: ticket.seen_at,
        ready_at: ticket.ready_at,
    }
}

pub async fn ticket(tx: &mut Tx, id: TicketId) -> Result<Option<TicketRow>, StoreError> {
    fetch_optional!(tx, TICKET, read, id)
}

/// These tickets, oldest first; one that is not there is left out.
pub async fn tickets(tx: &mut Tx, ids: &[TicketId]) -> Result<Vec<TicketRow>, StoreError> {
    fetch_all!(tx, TICKETS, read, AsJson(&ids))
}

/// The tickets of an order, revision by revision.
pub async fn tickets_of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<TicketRow>, StoreError> {
    fetch_all!(tx, TICKETS_OF_ORDER, read, order)
}

/// The tickets that told stations of what stands in an order: its own, and those of the orders in which its lines were
/// typed or fired, with whatever else they tell of.
pub async fn tickets_about_order(tx: &mut Tx, order: OrderId) -> Result<Vec<TicketRow>, StoreError> {
    fetch_all!(tx, TICKETS_ABOUT_ORDER, read, order)
}

/// The tickets of the order in which a line was typed, and of the one in which it was fired, wherever the line stands
/// now: one of them told its station about it.
pub async fn tickets_around_line(tx: &mut Tx, line: LineId) -> Result<Vec<TicketRow>, StoreError> {
    fetch_all!(tx, TICKETS_AROUND_LINE, read, line)
}

/// How far every ticket of every open order is and when it was written, in one statement, and those of the orders from
/// which lines came to it: enough for each order's status.
pub async fn tickets_of_open_orders(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<Vec<(OrderId, TicketProgress, Time)>, StoreError> {
    fetch_all!(
        tx,
        PROGRESS,
        |row: &Row<'_>| {
            let progress = TicketProgress { ticket: row.get("ticket_state")?, job: row.get("job_state")? };
            Ok((row.get("order_id")?, progress, row.get("created_at")?))
        },
        branch
    )
}

/// What a station has to make, and the last `made` things that it made after `ready_since`; oldest first.
pub async fn kitchen_tickets(
    tx: &mut Tx,
    station: StationId,
    ready_since: Time,
    made: i64,
) -> Result<Vec<TicketRow>, StoreError> {
    fetch_all!(tx, KITCHEN, read, station, ready_since, made)
}

/// Says that a ticket goes before the others, or no longer; `Stale` when it is done or cancelled.
pub async fn set_first(tx: &mut Tx, id: TicketId, first_at: Option<Time>) -> Result<(), StoreError> {
    match execute!(tx, SET_FIRST, id, first_at)? {
        1 => Ok(()),
        _ => Err(StoreError::Stale { what: "the ticket" }),
    }
}

/// Moves a ticket on, if it is still in `from`; `Stale` when it is not.
///
/// The first sight is kept for ever; a ticket that is brought back is ready no longer. `by` counts
/// for `Ready` alone.
pub async fn move_ticket(
    tx: &mut Tx,
    id: TicketId,
    from: TicketState,
    to: TicketState,
    at: Time,
    by: Option<UserId>,
) -> Result<(), StoreError> {
    let moved = match to {
        TicketState::Seen => execute!(tx, MOVE_TO_SEEN, id, from, at)?,
        TicketState::Ready => execute!(tx, MOVE_TO_READY, id, from, at, by)?,
        TicketState::New | TicketState::Cancelled => execute!(tx, MOVE_TO_NEW_OR_CANCELLED, id, from, to)?,
    };
    if moved == 1 { Ok(()) } else { Err(StoreError::Stale { what: "the ticket" }) }
}

/// Notes that new tickets were seen; `Stale` when one of them is not new. A ticket is named once.
pub async fn see(tx: &mut Tx, ids: &[TicketId], at: Time) -> Result<(), StoreError> {
    if execute!(tx, SEE, AsJson(&ids), at)? == ids.len() as u64 {
        Ok(())
    } else {
        Err(StoreError::Stale { what: "the ticket" })
    }
}

/// Puts other words on tickets, which whatever is printed of them from now on says, in one statement; `Stale` when there is no such
/// ticket.
pub async fn rewrite_contents(
    tx: &mut Tx,
    contents: &[(TicketId, TicketContent)],
) -> Result<(), StoreError> {
    let new: Vec<NewContent<'_>> =
        contents.iter().map(|(id, content)| NewContent { id: *id, content }).collect();
    let rewritten = execute_each!(
        tx,
        REWRITE,
        &new,
        sqlite: |ticket| [ticket.id, AsJson(ticket.content)],
        postgres: [AsJson(&new)],
    )?;
    if rewritten == contents.len() as u64 { Ok(()) } else { Err(StoreError::Stale { what: "the ticket" }) }
}

/// Other words on their way into the database.
#[derive(Serialize)]
struct NewContent<'a> {
    id: TicketId,
    content: &'a TicketContent,
}

fn read(row: &Row<'_>) -> Result<TicketRow, StoreError> {
    Ok(TicketRow {
        id: row.get("id")?,
        order: row.get("order_id")?,
        station: row.get("station_id")?,
        number: row.get("number")?,
        kind: row.get("kind")?,
        revision: row.get("revision")?,
        state: row.get("state")?,
        content: row.json("content")?,
        created_at: row.get("created_at")?,
        seen_at: row.get("seen_at")?,
        ready_at: row.get("ready_at")?,
        first_at: row.get("first_at")?,
    })
}
