//! The catch-up slip: one paper for many tickets of a station. A ticket on a slip goes as the slip goes, in the
//! slip's own transaction.

use super::reroute::{MovedJob, moved};
use super::{JobRow, insert_paper};
use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::document::Document;
use fastops_domain::ids::{JobId, PrinterId, StationId};
use fastops_domain::job::JobState;
use fastops_domain::ticket::{TicketContent, TicketState};
use fastops_domain::time::Time;

statements! {
    // Those that a lane would print now: a change stays behind what it changes, wherever that is.
    SLIP_TICKETS: both
        "SELECT print_job.id AS job_id, rank, possible_duplicate, ticket.state AS ticket_state, content,
                ticket.created_at AS written_at
         FROM print_job JOIN ticket ON ticket.id = ticket_id
         WHERE printer_id = $1
           AND (print_job.state = 'queued' OR print_job.state = 'blocked' OR print_job.state = 'sending'
                OR print_job.state = 'sent')
           AND print_job.state IN ('queued', 'blocked') AND print_job.station_id = $2 AND copy = 0
           AND (print_job.revision = 1 OR NOT EXISTS (
                SELECT 1 FROM ticket AS told JOIN print_job AS earlier ON earlier.ticket_id = told.id
                WHERE told.order_id = print_job.order_id AND told.station_id = print_job.station_id
                  AND earlier.revision < print_job.revision AND earlier.copy = 0
                  AND (earlier.state IN ('sending', 'sent', 'on_slip')
                       OR (earlier.state IN ('queued', 'blocked') AND earlier.printer_id <> $1))))
         ORDER BY ticket.number LIMIT $3";
    // SQLite has one writer, so that nobody is to be held off.
    HOLD_FOR_SLIP: postgres
        "SELECT id FROM print_job
         WHERE printer_id = $1
           AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')
           AND state IN ('queued', 'blocked') AND station_id = $2 AND copy = 0
         ORDER BY id FOR UPDATE";
    // What a job becomes here is what JobEvent::PutOnSlip makes of it (a law).
    PUT_ON_SLIP: each {
        sqlite:
            "UPDATE print_job SET state = 'on_slip', cause = NULL, slip_id = $2
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) AND state IN ('queued', 'blocked')",
        postgres:
            "UPDATE print_job SET state = 'on_slip', cause = NULL, slip_id = $2
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1))) AND state IN ('queued', 'blocked')",
    };
    SETTLE_ON_SLIP: both
        "UPDATE print_job SET state = $2, cause = NULL, printer_id = $3, settled_at = $4
         WHERE slip_id = $1 AND state = 'on_slip'
         RETURNING id, ticket_id, order_id, station_id, kind";
    TAKE_OFF_SLIP: both
        "UPDATE print_job SET state = 'queued', cause = NULL, attempts = 0, not_before = $2, slip_id = NULL
         WHERE slip_id = $1 AND state = 'on_slip'
         RETURNING id, ticket_id, order_id, station_id, kind";
}

/// A ticket that may go on a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipTicket {
    pub job: JobId,
    pub rank: i64,
    pub possible_duplicate: bool,
    pub state: TicketState,
    pub content: TicketContent,
    pub written_at: Time,
}

/// The tickets of a station that wait for a printer and may go on a slip, oldest first, at most so many.
pub async fn slip_tickets(
    tx: &mut Tx,
    printer: PrinterId,
    station: StationId,
    most: i64,
) -> Result<Vec<SlipTicket>, StoreError> {
    fetch_all!(
        tx,
        SLIP_TICKETS,
        |row: &Row<'_>| Ok(SlipTicket {
            job: row.get("job_id")?,
            rank: row.get("rank")?,
            possible_duplicate: row.get("possible_duplicate")?,
            state: row.get("ticket_state")?,
            content: row.json("content")?,
            written_at: row.get("written_at")?,
        }),
        printer,
        station,
        most
    )
}

/// Holds what waits for a printer and may go on a slip until the commit: whoever gives one of its tickets other words
/// does so before, or after.
pub async fn hold_for_slip(tx: &mut Tx, printer: PrinterId, station: StationId) -> Result<(), StoreError> {
    if tx.is_far() {
        execute!(tx, HOLD_FOR_SLIP, printer, station)?;
    }
    Ok(())
}

/// Makes a slip of waiting tickets; `Stale` when one of them waits no longer.
pub async fn put_on_slip(
    tx: &mut Tx,
    slip: &JobRow,
    words: &Document,
    tickets: &[JobId],
) -> Result<(), StoreError> {
    insert_paper(tx, slip, words).await?;
    let put = execute!(tx, PUT_ON_SLIP, AsJson(&tickets), slip.id)?;
    if put == tickets.len() as u64 { Ok(()) } else { Err(StoreError::Stale { what: "the print job" }) }
}

/// Lets the tickets of a slip go as it went at `printer`: on paper with it, or back into their lane. Answers
/// which they are; none while the slip is on its way.
pub async fn settle_slip(
    tx: &mut Tx,
    slip: JobId,
    to: JobState,
    printer: PrinterId,
    now: Time,
) -> Result<Vec<MovedJob>, StoreError> {
    match to {
        JobState::Printed | JobState::Unconfirmed => {
            fetch_all!(tx, SETTLE_ON_SLIP, moved, slip, to, printer, now)
        }
        JobState::Failed | JobState::Cancelled => fetch_all!(tx, TAKE_OFF_SLIP, moved, slip, now),
        JobState::Queued
        | JobState::Blocked
        | JobState::Sending
        | JobState::Sent
        | JobState::Uncertain
        | JobState::OnSlip => Ok(Vec::new()),
    }
}
