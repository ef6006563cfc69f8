//! Alerts of a branch: of a kind and a subject at most one is open, and those that are over stay to be read.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::alert::{AlertKind, Severity};
use fastops_domain::ids::{AlertId, BranchId};
use fastops_domain::time::Time;

statements! {
    RAISE: both
        "INSERT INTO alert (id, branch_id, kind, subject, severity, raised_at, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (branch_id, kind, subject) WHERE resolved_at IS NULL
         DO UPDATE SET severity = excluded.severity, detail = excluded.detail
         WHERE alert.detail <> excluded.detail OR alert.severity <> excluded.severity";
    RESOLVE: both
        "UPDATE alert SET resolved_at = CASE WHEN raised_at > $4 THEN raised_at ELSE $4 END
         WHERE branch_id = $1 AND kind = $2 AND subject = $3 AND resolved_at IS NULL";
    OPEN_ALERTS: both
        "SELECT id, kind, subject, severity, raised_at, resolved_at, detail
         FROM alert WHERE branch_id = $1 AND resolved_at IS NULL ORDER BY raised_at DESC, id DESC";
    PAST_ALERTS: both
        "SELECT id, kind, subject, severity, raised_at, resolved_at, detail
         FROM alert WHERE branch_id = $1 AND raised_at >= $2 AND resolved_at IS NOT NULL
         ORDER BY raised_at DESC, id DESC LIMIT $3";
}

/// Something that a person should know about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub id: AlertId,
    pub kind: AlertKind,
    /// What it is about; of a kind and a subject one is open at most.
    pub subject: String,
    pub severity: Severity,
    pub raised_at: Time,
    /// When it was over; none while it is open.
    pub resolved_at: Option<Time>,
    /// What people are told.
    pub detail: serde_json::Value,
}

/// Opens an alert, or changes what people are told by the one that is open; false when that is the same.
pub async fn raise(tx: &mut Tx, branch: BranchId, alert: &Alert) -> Result<bool, StoreError> {
    let touched = execute!(
        tx,
        RAISE,
        alert.id,
        branch,
        alert.kind,
        &alert.subject,
        alert.severity,
        alert.raised_at,
        AsJson(&alert.detail)
    )?;
    Ok(touched == 1)
}

/// Closes the open alert of a kind and a subject; false when there is none.
pub async fn resolve(
    tx: &mut Tx,
    branch: BranchId,
    kind: AlertKind,
    subject: &str,
    at: Time,
) -> Result<bool, StoreError> {
    Ok(execute!(tx, RESOLVE, branch, kind, subject, at)? == 1)
}

/// The open alerts of a branch, the newest first.
pub async fn open(tx: &mut Tx, branch: BranchId) -> Result<Vec<Alert>, StoreError> {
    fetch_all!(tx, OPEN_ALERTS, read, branch)
}

/// The newest alerts that are over, of those raised since a time, the newest first.
pub async fn past(tx: &mut Tx, branch: BranchId, since: Time, limit: i64) -> Result<Vec<Alert>, StoreError> {
    fetch_all!(tx, PAST_ALERTS, read, branch, since, limit)
}

fn read(row: &Row<'_>) -> Result<Alert, StoreError> {
    Ok(Alert {
        id: row.get("id")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        severity: row.get("severity")?,
        raised_at: row.get("raised_at")?,
        resolved_at: row.get("resolved_at")?,
        detail: row.json("detail")?,
    })
}
