//! Kitchen tickets: a snapshot of what to make, and how far the station is with it.

use crate::columns::{AsJson, Row, number};
use crate::sql::{execute, fetch_all, fetch_one, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, OrderId, StationId, TicketId, UserId};
use fastops_domain::order::TicketProgress;
use fastops_domain::ticket::{TicketContent, TicketKind, TicketState};
use fastops_domain::time::Time;

statements! {
    NEXT_NUMBER: both
        "INSERT INTO ticket_number (station_id, last) VALUES ($1, 1)
         ON CONFLICT (station_id) DO UPDATE SET last = ticket_number.last + 1
         RETURNING last AS n";
    INSERT_TICKET: both
        "INSERT INTO ticket (id, order_id, station_id, number, kind, revision, state, content, created_at,
                             seen_at, ready_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    TICKET: both
        "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at
         FROM ticket WHERE id = $1";
    TICKETS_OF_ORDER: both
        "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at
         FROM ticket WHERE order_id = $1 ORDER BY revision, station_id, number";
    PROGRESS: both
        "SELECT ticket.order_id, ticket.state AS ticket_state, print_job.state AS job_state
         FROM customer_order
         JOIN ticket ON ticket.order_id = customer_order.id
         JOIN print_job ON ticket_id = ticket.id AND copy = 0
         WHERE branch_id = $1 AND closed_at IS NULL
         ORDER BY ticket.created_at, ticket.id";
    KITCHEN: both
        "SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at
         FROM ticket WHERE station_id = $1 AND state IN ('new', 'seen')
         UNION ALL
         SELECT id, order_id, station_id, number, kind, revision, state, content, created_at, seen_at, ready_at
         FROM ticket WHERE station_id = $1 AND state = 'ready' AND ready_at > $2
         ORDER BY created_at, number";
    MOVE_TO_NEW_OR_CANCELLED: both "UPDATE ticket SET state = $3 WHERE id = $1 AND state = $2";
    MOVE_TO_SEEN: both
        "UPDATE ticket SET state = 'seen', seen_at = COALESCE(seen_at, $3), ready_at = NULL, ready_by = NULL
         WHERE id = $1 AND state = $2";
    MOVE_TO_READY: both
        "UPDATE ticket SET state = 'ready', ready_at = $3, ready_by = $4 WHERE id = $1 AND state = $2";
    REWRITE: both "UPDATE ticket SET content = $2 WHERE id = $1";
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
}

/// The next consecutive number of a station's tickets, from 1.
pub async fn next_ticket_number(tx: &mut Tx, station: StationId) -> Result<i64, StoreError> {
    fetch_one!(tx, NEXT_NUMBER, number, station)
}

pub async fn insert_ticket(tx: &mut Tx, ticket: &TicketRow) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_TICKET,
        ticket.id,
        ticket.order,
        ticket.station,
        ticket.number,
        ticket.kind,
        ticket.revision,
        ticket.state,
        AsJson(&ticket.content),
        ticket.created_at,
        ticket.seen_at,
        ticket.ready_at
    )
    .map(drop)
}

pub async fn ticket(tx: &mut Tx, id: TicketId) -> Result<Option<TicketRow>, StoreError> {
    fetch_optional!(tx, TICKET, read, id)
}

/// The tickets of an order, revision by revision.
pub async fn tickets_of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<TicketRow>, StoreError> {
    fetch_all!(tx, TICKETS_OF_ORDER, read, order)
}

/// How far every ticket of every open order is, in one statement: enough for each order's status.
pub async fn tickets_of_open_orders(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<Vec<(OrderId, TicketProgress)>, StoreError> {
    fetch_all!(
        tx,
        PROGRESS,
        |row: &Row| {
            let progress = TicketProgress { ticket: row.get("ticket_state")?, job: row.get("job_state")? };
            Ok((row.get("order_id")?, progress))
        },
        branch
    )
}

/// What a station has to make, and what it made after `ready_since`; oldest first.
pub async fn kitchen_tickets(
    tx: &mut Tx,
    station: StationId,
    ready_since: Time,
) -> Result<Vec<TicketRow>, StoreError> {
    fetch_all!(tx, KITCHEN, read, station, ready_since)
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

/// Puts other words on a ticket that is not on paper yet; `Stale` when there is no such ticket.
pub async fn rewrite_content(tx: &mut Tx, id: TicketId, content: &TicketContent) -> Result<(), StoreError> {
    match execute!(tx, REWRITE, id, AsJson(content))? {
        1 => Ok(()),
        _ => Err(StoreError::Stale { what: "the ticket" }),
    }
}

fn read(row: &Row) -> Result<TicketRow, StoreError> {
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
    })
}
