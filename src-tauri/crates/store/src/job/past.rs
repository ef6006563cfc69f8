//! Finished jobs on their way out of the lanes' table, a few at a time, into the table of what was.
//!
//! Nothing is lost on the way: a job and its attempts are copied and deleted in one transaction, and readers of an
//! order ask `print_job_ever` and `print_attempt_ever`, which are both tables.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, JobId};
use fastops_domain::time::Time;

statements! {
    // A slip stays while a ticket of it is still here. Two cores that tidy at the same time take different jobs.
    ON_PAPER: each {
        sqlite:
            "SELECT print_job.id FROM print_job JOIN printer ON printer.id = printer_id
             WHERE settled_at < $2 AND settled_at IS NOT NULL AND state IN ('printed', 'unconfirmed') AND branch_id = $1
               AND NOT EXISTS (SELECT 1 FROM print_job AS on_slip
                               WHERE on_slip.slip_id = print_job.id AND on_slip.slip_id IS NOT NULL)
             ORDER BY settled_at LIMIT $3",
        postgres:
            "SELECT print_job.id FROM print_job JOIN printer ON printer.id = printer_id
             WHERE settled_at < $2 AND settled_at IS NOT NULL AND state IN ('printed', 'unconfirmed') AND branch_id = $1
               AND NOT EXISTS (SELECT 1 FROM print_job AS on_slip
                               WHERE on_slip.slip_id = print_job.id AND on_slip.slip_id IS NOT NULL)
             ORDER BY settled_at LIMIT $3 FOR UPDATE OF print_job SKIP LOCKED",
    };
    GIVEN_UP: each {
        sqlite:
            "SELECT print_job.id FROM print_job JOIN printer ON printer.id = printer_id
             WHERE created_at < $2 AND state = 'cancelled' AND branch_id = $1
               AND NOT EXISTS (SELECT 1 FROM print_job AS on_slip
                               WHERE on_slip.slip_id = print_job.id AND on_slip.slip_id IS NOT NULL)
             ORDER BY created_at LIMIT $3",
        postgres:
            "SELECT print_job.id FROM print_job JOIN printer ON printer.id = printer_id
             WHERE created_at < $2 AND state = 'cancelled' AND branch_id = $1
               AND NOT EXISTS (SELECT 1 FROM print_job AS on_slip
                               WHERE on_slip.slip_id = print_job.id AND on_slip.slip_id IS NOT NULL)
             ORDER BY created_at LIMIT $3 FOR UPDATE OF print_job SKIP LOCKED",
    };
    COPY_JOBS: each {
        sqlite:
            "INSERT INTO print_job_past (id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                    attempts, possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                    bytes_accepted, kind, document, slip_id)
             SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                    attempts, possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                    bytes_accepted, kind, document, slip_id
             FROM print_job WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "INSERT INTO print_job_past (id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                    attempts, possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                    bytes_accepted, kind, document, slip_id)
             SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                    attempts, possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                    bytes_accepted, kind, document, slip_id
             FROM print_job WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    COPY_ATTEMPTS: each {
        sqlite:
            "INSERT INTO print_attempt_past (job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted)
             SELECT job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
             FROM print_attempt WHERE job_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "INSERT INTO print_attempt_past (job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted)
             SELECT job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
             FROM print_attempt WHERE job_id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    DELETE_MOVED_ATTEMPTS: each {
        sqlite:
            "DELETE FROM print_attempt WHERE job_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "DELETE FROM print_attempt WHERE job_id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    DELETE_MOVED_JOBS: each {
        sqlite:
            "DELETE FROM print_job WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))
               AND (state = 'printed' OR state = 'unconfirmed' OR state = 'cancelled')",
        postgres:
            "DELETE FROM print_job WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))
               AND (state = 'printed' OR state = 'unconfirmed' OR state = 'cancelled')",
    };
}

/// Moves at most `limit` jobs of a branch that came to their end before `before`, the oldest first. Answers how many
/// those were; 0 when nothing is left to move.
pub async fn move_finished(
    tx: &mut Tx,
    branch: BranchId,
    before: Time,
    limit: i64,
) -> Result<usize, StoreError> {
    let id = |row: &Row<'_>| row.get("id");
    let mut finished: Vec<JobId> = fetch_all!(tx, ON_PAPER, id, branch, before, limit)?;
    let room = limit - i64::try_from(finished.len()).unwrap_or(limit);
    if room > 0 {
        let given_up: Vec<JobId> = fetch_all!(tx, GIVEN_UP, id, branch, before, room)?;
        finished.extend(given_up);
    }
    if finished.is_empty() {
        return Ok(0);
    }
    let copied = execute!(tx, COPY_JOBS, AsJson(&finished))?;
    execute!(tx, COPY_ATTEMPTS, AsJson(&finished))?;
    execute!(tx, DELETE_MOVED_ATTEMPTS, AsJson(&finished))?;
    let deleted = execute!(tx, DELETE_MOVED_JOBS, AsJson(&finished))?;
    if copied == deleted { Ok(finished.len()) } else { Err(StoreError::Stale { what: "a finished print job" }) }
}
