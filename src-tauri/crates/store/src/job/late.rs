//! A proof that comes after its job was given up.

use super::{JobChange, MovedJob, advance, close_attempt, job, open_attempt, settle_slip};
use crate::{StoreError, Tx};
use fastops_domain::ids::{JobId, PrinterId};
use fastops_domain::job::{JobEvent, RetryPolicy, next};
use fastops_domain::time::Time;

/// What a job's history calls a proof that came late.
const OUTCOME: &str = "late_proof";

/// What a late proof ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvedLate {
    /// In whose lane it waited.
    pub lane: PrinterId,
    /// The tickets that were on it, if it is a slip.
    pub on_it: Vec<MovedJob>,
}

/// Ends a job that waits to be sent again, since `printer` says that it came out, and notes it in its history.
/// None when it is not waiting, or was never in doubt.
pub async fn prove_late(
    tx: &mut Tx,
    id: JobId,
    printer: PrinterId,
    now: Time,
) -> Result<Option<ProvedLate>, StoreError> {
    let Some(row) = job(tx, id).await? else { return Ok(None) };
    let policy = RetryPolicy::default();
    let Ok(to) = next(row.work.kind(), row.progress, JobEvent::LateProof, now, &policy) else {
        return Ok(None);
    };
    let change = JobChange { settled_at: Some(now), ..JobChange::default() };
    advance(tx, id, row.progress.state, &to, &change).await?;
    let number = open_attempt(tx, id, printer, now).await?;
    close_attempt(tx, id, number, now, OUTCOME, None, None).await?;
    let on_it = settle_slip(tx, id, to.state, printer, now).await?;
    Ok(Some(ProvedLate { lane: row.printer, on_it }))
}
