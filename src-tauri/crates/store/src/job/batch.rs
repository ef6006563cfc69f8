//! Several tickets of one lane with one write: begun together, settled together.

use crate::columns::{AsJson, Row, number};
use crate::sql::{execute, execute_each, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{CoreId, JobId, PrinterId};
use fastops_domain::job::{Cause, JobProgress};
use fastops_domain::ticket::TicketContent;
use fastops_domain::time::Time;
use serde::Serialize;
use std::collections::HashMap;

statements! {
    // What a job becomes here is what JobEvent::Begin makes of it (a law).
    BEGIN_MANY: sqlite
        "UPDATE print_job SET state = 'sending', cause = NULL, lease_token = $3,
                lease_until = CAST(unixepoch('subsec') * 1000 AS INTEGER) + $4
         WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) AND printer_id = $2 AND state = 'queued'
           AND possible_duplicate = FALSE
         RETURNING id";
    OPEN_MANY: sqlite
        "INSERT INTO print_attempt (job_id, number, printer_id, began_at)
         SELECT id, COALESCE((SELECT MAX(number) FROM print_attempt WHERE job_id = print_job.id), 0) + 1, $2, $3
         FROM print_job WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))";
    // The words are read by another statement: this one, where it waits for somebody who is adding lines, goes on
    // with the job as it is then, but would see the ticket as it was.
    BEGIN_AT_ONCE: postgres
        "WITH begun AS (
             UPDATE print_job SET state = 'sending', cause = NULL, lease_token = $3,
                    lease_until = (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + $4
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1))) AND printer_id = $2
               AND state = 'queued' AND possible_duplicate = FALSE
               AND NOT EXISTS (
                    SELECT 1 FROM printer_lease
                    WHERE printer_lease.printer_id = print_job.printer_id AND core_id <> $3
                      AND (printer_lease.lease_until - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT)
                          BETWEEN 1 AND $4)
             RETURNING id)
         INSERT INTO print_attempt (job_id, number, printer_id, began_at)
         SELECT id, COALESCE((SELECT MAX(number) FROM print_attempt WHERE job_id = begun.id), 0) + 1, $2, $5
         FROM begun";
    BEGUN: each {
        sqlite:
            "SELECT job_id, print_attempt.number AS n, content
             FROM print_attempt JOIN print_job ON print_job.id = job_id JOIN ticket ON ticket.id = ticket_id
             WHERE job_id IN (SELECT unhex(value, '-') FROM json_each($1))
               AND print_job.printer_id = $2 AND print_attempt.printer_id = $2 AND began_at = $3
               AND ended_at IS NULL AND print_job.state = 'sending' AND lease_token = $4",
        postgres:
            "SELECT job_id, print_attempt.number AS n, content
             FROM print_attempt JOIN print_job ON print_job.id = job_id JOIN ticket ON ticket.id = ticket_id
             WHERE job_id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))
               AND print_job.printer_id = $2 AND print_attempt.printer_id = $2 AND began_at = $3
               AND ended_at IS NULL AND print_job.state = 'sending' AND lease_token = $4",
    };
    SETTLE_ONE: sqlite
        "UPDATE print_job
         SET state = $3, attempts = $4, possible_duplicate = $5, not_before = $6, cause = $7,
             first_byte_at = COALESCE($8, first_byte_at), settled_at = COALESCE($9, settled_at),
             bytes_accepted = COALESCE($10, bytes_accepted), lease_token = NULL, lease_until = NULL
         WHERE id = $1 AND printer_id = $11 AND state = 'sending' AND lease_token = $2";
    CLOSE_ONE: sqlite
        "UPDATE print_attempt SET ended_at = $3, outcome = $4, cause = $5, bytes_accepted = $6
         WHERE job_id = $1 AND number = $2 AND ended_at IS NULL";
    SETTLE_AT_ONCE: postgres
        "WITH closed AS (
             UPDATE print_attempt
             SET ended_at = $3, outcome = told.state, cause = told.cause, bytes_accepted = told.bytes_accepted
             FROM jsonb_to_recordset($1) AS told (
                 job UUID, attempt BIGINT, state TEXT, cause TEXT, bytes_accepted BIGINT)
             WHERE job_id = ANY (ARRAY(SELECT (value ->> 'job')::UUID FROM jsonb_array_elements($1)))
               AND job_id = told.job AND number = told.attempt AND ended_at IS NULL)
         UPDATE print_job
         SET state = told.state, attempts = told.attempts, possible_duplicate = told.possible_duplicate,
             not_before = told.not_before, cause = told.cause,
             first_byte_at = COALESCE(told.first_byte_at, print_job.first_byte_at),
             settled_at = COALESCE(told.settled_at, print_job.settled_at),
             bytes_accepted = COALESCE(told.bytes_accepted, print_job.bytes_accepted),
             lease_token = NULL, lease_until = NULL
         FROM jsonb_to_recordset($1) AS told (
             job UUID, state TEXT, attempts BIGINT, possible_duplicate BOOLEAN, not_before BIGINT, cause TEXT,
             first_byte_at BIGINT, settled_at BIGINT, bytes_accepted BIGINT)
         WHERE id = ANY (ARRAY(SELECT (value ->> 'job')::UUID FROM jsonb_array_elements($1)))
           AND id = told.job AND print_job.printer_id = $4 AND print_job.state = 'sending' AND lease_token = $2";
}

/// A job that is on disk as `sending`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunJob {
    pub attempt: u32,
    /// The words to print.
    pub content: TicketContent,
}

/// What became of a job that was begun with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub job: JobId,
    pub attempt: u32,
    /// Where it stands now, which is with no printer.
    pub to: JobProgress,
    pub first_byte_at: Option<Time>,
    pub settled_at: Option<Time>,
    pub bytes_accepted: Option<i64>,
}

/// Puts those of `jobs` on disk as `sending` that still wait for `printer`, opens an attempt of each, and gives
/// what to print.
pub async fn begin_many(
    tx: &mut Tx,
    jobs: &[JobId],
    printer: PrinterId,
    (core, lease_ms): (CoreId, i64),
    now: Time,
) -> Result<HashMap<JobId, BegunJob>, StoreError> {
    if tx.is_far() {
        execute!(tx, BEGIN_AT_ONCE, AsJson(&jobs), printer, core, lease_ms, now)?;
    } else {
        let ids: Vec<JobId> = fetch_all!(
            tx,
            BEGIN_MANY,
            |row: &Row<'_>| row.get("id"),
            AsJson(&jobs),
            printer,
            core,
            lease_ms
        )?;
        execute!(tx, OPEN_MANY, AsJson(&ids), printer, now)?;
    }
    begun(tx, jobs, printer, core, now).await
}

/// Those of `jobs` that `core` has begun at `printer` at `now` and not settled, with what to print.
pub async fn begun(
    tx: &mut Tx,
    jobs: &[JobId],
    printer: PrinterId,
    core: CoreId,
    now: Time,
) -> Result<HashMap<JobId, BegunJob>, StoreError> {
    fetch_all!(tx, BEGUN, read_begun, AsJson(&jobs), printer, now, core)
}

fn read_begun(row: &Row<'_>) -> Result<(JobId, BegunJob), StoreError> {
    Ok((row.get("job_id")?, BegunJob { attempt: number(row)?, content: row.json("content")? }))
}

/// Settles jobs that `core` has begun at `printer`, each if it is still its own; of one that was taken over nothing
/// is written, and false says so.
pub async fn settle_many(
    tx: &mut Tx,
    (core, printer): (CoreId, PrinterId),
    outcomes: &[Outcome],
    now: Time,
) -> Result<bool, StoreError> {
    let told: Vec<Told> = outcomes.iter().map(told).collect();
    let settled = if tx.is_far() {
        execute!(tx, SETTLE_AT_ONCE, AsJson(&told), core, now, printer)?
    } else {
        settle_each(tx, (core, printer), &told, now).await?
    };
    Ok(settled == outcomes.len() as u64)
}

/// The number of jobs that were still `core`'s, on SQLite.
async fn settle_each(
    tx: &mut Tx,
    (core, printer): (CoreId, PrinterId),
    told: &[Told],
    now: Time,
) -> Result<u64, StoreError> {
    let settled = execute_each!(
        tx,
        SETTLE_ONE,
        told,
        sqlite: |told| [
            told.job,
            core,
            told.state,
            told.attempts,
            told.possible_duplicate,
            told.not_before,
            told.cause,
            told.first_byte_at,
            told.settled_at,
            told.bytes_accepted,
            printer,
        ],
        postgres: [],
    )?;
    execute_each!(
        tx,
        CLOSE_ONE,
        told,
        sqlite: |told| [told.job, told.attempt, now, told.state, told.cause, told.bytes_accepted],
        postgres: [],
    )?;
    Ok(settled)
}

/// An outcome on its way into the database.
#[derive(Serialize)]
struct Told {
    job: JobId,
    attempt: u32,
    state: &'static str,
    attempts: u32,
    possible_duplicate: bool,
    not_before: Time,
    cause: Option<&'static str>,
    first_byte_at: Option<Time>,
    settled_at: Option<Time>,
    bytes_accepted: Option<i64>,
}

fn told(outcome: &Outcome) -> Told {
    Told {
        job: outcome.job,
        attempt: outcome.attempt,
        state: outcome.to.state.code(),
        attempts: outcome.to.attempts,
        possible_duplicate: outcome.to.possible_duplicate,
        not_before: outcome.to.not_before,
        cause: outcome.to.cause.map(Cause::code),
        first_byte_at: outcome.first_byte_at,
        settled_at: outcome.settled_at,
        bytes_accepted: outcome.bytes_accepted,
    }
}
