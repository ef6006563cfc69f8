//! Jobs that need a person: those that can never print as they are, and those that wait for one to act.

use super::reroute::moved;
use super::{JobRow, MovedJob, read};
use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::document::Document;
use fastops_domain::ids::{BranchId, JobId, PrinterId, StationId, TableId};
use fastops_domain::time::Time;

statements! {
    STUCK: both
        "SELECT stuck.id, stuck.ticket_id, stuck.order_id, stuck.station_id, stuck.printer_id, stuck.priority, stuck.rank,
                stuck.revision, stuck.copy, stuck.state, stuck.attempts, stuck.possible_duplicate, stuck.not_before,
                stuck.cause, stuck.created_at, stuck.first_byte_at, stuck.settled_at, stuck.bytes_accepted, stuck.kind,
                stuck.slip_id, stuck.document,
                ticket.number AS ticket_number, customer_order.number AS order_number, customer_order.table_id,
                customer_order.customer
         FROM (SELECT print_job.id FROM printer JOIN print_job ON printer_id = printer.id
               WHERE branch_id = $1 AND state = 'failed'
               UNION ALL
               SELECT print_job.id FROM printer JOIN print_job ON printer_id = printer.id
               WHERE branch_id = $1
                 AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')
                 AND state = 'blocked') AS found
         JOIN print_job AS stuck ON stuck.id = found.id
         LEFT JOIN ticket ON ticket.id = stuck.ticket_id
         LEFT JOIN customer_order ON customer_order.id = stuck.order_id
         ORDER BY CASE WHEN stuck.state = 'failed' THEN 0 ELSE 1 END, stuck.created_at, stuck.id LIMIT $2";
    FAILED_COUNT: both
        "SELECT station_id, COUNT(*) AS n FROM printer JOIN print_job ON printer_id = printer.id
         WHERE branch_id = $1 AND state = 'failed' GROUP BY station_id ORDER BY station_id";
    // What a job becomes here is what JobEvent::Retry makes of it (a law).
    RETRY: each {
        sqlite:
            "UPDATE print_job SET state = 'queued', attempts = 0, not_before = $2, cause = NULL,
                 possible_duplicate = possible_duplicate OR EXISTS (
                     SELECT 1 FROM print_job_ever AS other WHERE other.ticket_id = print_job.ticket_id
                       AND other.id <> print_job.id
                       AND (other.possible_duplicate OR other.state IN ('sending', 'sent', 'printed', 'unconfirmed')))
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) AND state IN ('failed', 'blocked')
               AND kind <> 'drawer' AND (state = 'blocked' OR kind <> 'catch_up')
             RETURNING id, ticket_id, order_id, station_id, printer_id, kind",
        postgres:
            "UPDATE print_job SET state = 'queued', attempts = 0, not_before = $2, cause = NULL,
                 possible_duplicate = possible_duplicate OR EXISTS (
                     SELECT 1 FROM print_job_ever AS other WHERE other.ticket_id = print_job.ticket_id
                       AND other.id <> print_job.id
                       AND (other.possible_duplicate OR other.state IN ('sending', 'sent', 'printed', 'unconfirmed')))
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))
               AND state IN ('failed', 'blocked')
               AND kind <> 'drawer' AND (state = 'blocked' OR kind <> 'catch_up')
             RETURNING id, ticket_id, order_id, station_id, printer_id, kind",
    };
    // And here what JobEvent::Clear makes of it.
    CLEAR: each {
        sqlite:
            "UPDATE print_job SET state = 'cancelled'
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) AND state IN ('failed', 'blocked')
               AND (state = 'failed' OR kind <> 'catch_up')
             RETURNING id, ticket_id, order_id, station_id, printer_id, kind",
        postgres:
            "UPDATE print_job SET state = 'cancelled'
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))
               AND state IN ('failed', 'blocked')
               AND (state = 'failed' OR kind <> 'catch_up')
             RETURNING id, ticket_id, order_id, station_id, printer_id, kind",
    };
    NOTE_DECISION: each {
        sqlite:
            "INSERT INTO print_attempt (job_id, number, printer_id, began_at, ended_at, outcome, cause)
             SELECT id, COALESCE((SELECT MAX(number) FROM print_attempt WHERE job_id = print_job.id), 0) + 1,
                    printer_id, $2, $2, $3, cause
             FROM print_job WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "INSERT INTO print_attempt (job_id, number, printer_id, began_at, ended_at, outcome, cause)
             SELECT id, COALESCE((SELECT MAX(number) FROM print_attempt WHERE job_id = print_job.id), 0) + 1,
                    printer_id, $2, $2, $3, cause
             FROM print_job WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
}

/// A job that needs a person, with what they know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StuckJob {
    pub job: JobRow,
    /// None of a paper that is no ticket.
    pub ticket_number: Option<i64>,
    /// None of a paper about no order.
    pub order_number: Option<i64>,
    pub table: Option<TableId>,
    pub customer: Option<String>,
    /// What a paper that is no ticket says.
    pub document: Option<Document>,
}

/// A job that a person decided about, and the printer in whose lane it is or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    pub job: MovedJob,
    pub printer: PrinterId,
}

/// The jobs of a branch that failed, then those that are blocked, the oldest first; at most `limit`.
pub async fn stuck(tx: &mut Tx, branch: BranchId, limit: i64) -> Result<Vec<StuckJob>, StoreError> {
    fetch_all!(
        tx,
        STUCK,
        |row: &Row<'_>| Ok(StuckJob {
            job: read(row)?,
            ticket_number: row.get("ticket_number")?,
            order_number: row.get("order_number")?,
            table: row.get("table_id")?,
            customer: row.get("customer")?,
            document: row.json_or_none("document")?,
        }),
        branch,
        limit
    )
}

/// How many jobs of each station of a branch failed, and of no station: bills, drawers, slips. What has none is not
/// listed.
pub async fn failed_counts(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<Vec<(Option<StationId>, i64)>, StoreError> {
    fetch_all!(tx, FAILED_COUNT, |row: &Row<'_>| Ok((row.get("station_id")?, row.get("n")?)), branch)
}

/// Has those of `jobs` that failed or are blocked tried anew, marked where some of it, or another printing of
/// its ticket, may be on paper; notes it in the history of each. Answers which of them it were.
pub async fn retry(tx: &mut Tx, jobs: &[JobId], now: Time) -> Result<Vec<Decided>, StoreError> {
    let retried = fetch_all!(tx, RETRY, decided, AsJson(&jobs), now)?;
    note(tx, retried, "retried", now).await
}

/// Gives up those of `jobs` that failed or are blocked: they will not come to paper. What was wrong with each
/// stays written, and the decision is noted in its history. Answers which of them it were.
pub async fn clear(tx: &mut Tx, jobs: &[JobId], now: Time) -> Result<Vec<Decided>, StoreError> {
    let cleared = fetch_all!(tx, CLEAR, decided, AsJson(&jobs))?;
    note(tx, cleared, "cleared", now).await
}

async fn note(
    tx: &mut Tx,
    decided: Vec<Decided>,
    outcome: &str,
    now: Time,
) -> Result<Vec<Decided>, StoreError> {
    if !decided.is_empty() {
        let ids: Vec<JobId> = decided.iter().map(|decided| decided.job.job).collect();
        execute!(tx, NOTE_DECISION, AsJson(&ids), now, outcome)?;
    }
    Ok(decided)
}

fn decided(row: &Row<'_>) -> Result<Decided, StoreError> {
    Ok(Decided { job: moved(row)?, printer: row.get("printer_id")? })
}
