//! Jobs that wait go to the lane of another target, all of a unit or none that has moved on meanwhile.

use super::{LaneEntry, work};
use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{JobId, PrinterId, StationId};
use fastops_domain::job::{Cause, Work};
use fastops_domain::time::Time;
use serde::{Deserialize, Serialize};

statements! {
    // What a job becomes here is what JobEvent::Reroute makes of it (a law).
    REROUTE: each {
        sqlite:
            "UPDATE print_job SET printer_id = $3, state = 'queued', attempts = 0, not_before = $4, cause = NULL
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) AND printer_id = $2
               AND state IN ('queued', 'blocked')
             RETURNING id, ticket_id, order_id, station_id, kind",
        postgres:
            "UPDATE print_job SET printer_id = $3, state = 'queued', attempts = 0, not_before = $4, cause = NULL
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1))) AND printer_id = $2
               AND state IN ('queued', 'blocked')
             RETURNING id, ticket_id, order_id, station_id, kind",
    };
    NOTE_REROUTED: each {
        sqlite:
            "INSERT INTO print_attempt (job_id, number, printer_id, began_at, ended_at, outcome, cause)
             SELECT id, COALESCE((SELECT MAX(number) FROM print_attempt WHERE job_id = print_job.id), 0) + 1,
                    $2, $3, $3, 'rerouted', $4
             FROM print_job WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "INSERT INTO print_attempt (job_id, number, printer_id, began_at, ended_at, outcome, cause)
             SELECT id, COALESCE((SELECT MAX(number) FROM print_attempt WHERE job_id = print_job.id), 0) + 1,
                    $2, $3, $3, 'rerouted', $4
             FROM print_job WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
}

/// A job that went to another target, or on with its slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedJob {
    pub job: JobId,
    pub work: Work,
}

/// Moves those of `jobs` that still wait for `from` to the lane of `to`, where they start anew, and notes
/// it in the history of each, with what is wrong at `from`. Answers which of them moved.
pub async fn reroute(
    tx: &mut Tx,
    jobs: &[JobId],
    from: PrinterId,
    to: PrinterId,
    now: Time,
    cause: Option<Cause>,
) -> Result<Vec<MovedJob>, StoreError> {
    let moved: Vec<MovedJob> = fetch_all!(
        tx,
        REROUTE,
        moved,
        AsJson(&jobs),
        from,
        to,
        now
    )?;
    if !moved.is_empty() {
        let ids: Vec<JobId> = moved.iter().map(|job| job.job).collect();
        execute!(tx, NOTE_REROUTED, AsJson(&ids), from, now, cause)?;
    }
    Ok(moved)
}

pub(super) fn moved(row: &Row<'_>) -> Result<MovedJob, StoreError> {
    Ok(MovedJob { job: row.get("id")?, work: work(row)? })
}

/// The jobs of a station that wait in a printer's lane, in the order in which they would go.
pub async fn waiting_of(
    tx: &mut Tx,
    printer: PrinterId,
    station: StationId,
) -> Result<Vec<JobId>, StoreError> {
    let lane = super::lane::lane(tx, printer).await?;
    let waits = |job: &LaneEntry| job.work.station() == Some(station) && job.state.is_waiting();
    Ok(lane.into_iter().filter(waits).map(|job| job.job).collect())
}
