//! Attempts: each try at printing a job, kept as the job's own history.

use crate::columns::{Row, number};
use crate::sql::{execute, fetch_all, fetch_one, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{JobId, PrinterId};
use fastops_domain::job::Cause;
use fastops_domain::time::Time;

statements! {
    OPEN_ATTEMPT: both
        "INSERT INTO print_attempt (job_id, number, printer_id, began_at)
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3 FROM print_attempt WHERE job_id = $1
         RETURNING number AS n";
    CLOSE_ATTEMPT: both
        "UPDATE print_attempt SET ended_at = $3, outcome = $4, cause = $5, bytes_accepted = $6
         WHERE job_id = $1 AND number = $2 AND ended_at IS NULL";
    ATTEMPTS: both
        "SELECT number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
         FROM print_attempt_ever AS print_attempt WHERE job_id = $1 ORDER BY number";
}

/// One try at printing a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub number: u32,
    pub printer: PrinterId,
    pub began_at: Time,
    /// `None` while it lasts, and for ever when the program stopped in the middle.
    pub ended_at: Option<Time>,
    /// The state that the job went to.
    pub outcome: Option<String>,
    pub cause: Option<Cause>,
    pub bytes_accepted: Option<i64>,
}

/// Notes that a try begins and gives its number, from 1.
pub async fn open_attempt(
    tx: &mut Tx,
    job: JobId,
    printer: PrinterId,
    began_at: Time,
) -> Result<u32, StoreError> {
    fetch_one!(tx, OPEN_ATTEMPT, number, job, printer, began_at)
}

/// Notes how a try ended; `Stale` when it ended already.
pub async fn close_attempt(
    tx: &mut Tx,
    job: JobId,
    number: u32,
    ended_at: Time,
    outcome: &str,
    cause: Option<Cause>,
    bytes_accepted: Option<i64>,
) -> Result<(), StoreError> {
    match execute!(tx, CLOSE_ATTEMPT, job, number, ended_at, outcome, cause, bytes_accepted)? {
        1 => Ok(()),
        _ => Err(StoreError::Stale { what: "the print attempt" }),
    }
}

/// Every try at a job, in order.
pub async fn attempts(tx: &mut Tx, job: JobId) -> Result<Vec<Attempt>, StoreError> {
    fetch_all!(
        tx,
        ATTEMPTS,
        |row: &Row<'_>| Ok(Attempt {
            number: row.get("number")?,
            printer: row.get("printer_id")?,
            began_at: row.get("began_at")?,
            ended_at: row.get("ended_at")?,
            outcome: row.get("outcome")?,
            cause: row.get("cause")?,
            bytes_accepted: row.get("bytes_accepted")?,
        }),
        job
    )
}
