//! Sensitive acts, written in the unit of work that does them and never changed.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, TerminalId, UserId};
use fastops_domain::time::Time;
use uuid::Uuid;

statements! {
    INSERT_AUDIT: both
        "INSERT INTO audit_log (id, branch_id, at, user_id, terminal_id, action, subject_kind, subject_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    AUDIT_OF: both
        "SELECT id, branch_id, at, user_id, terminal_id, action, subject_kind, subject_id, detail
         FROM audit_log WHERE subject_kind = $1 AND subject_id = $2 ORDER BY at, id";
}

/// One act, who did it and to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    pub id: Uuid,
    pub branch: BranchId,
    pub at: Time,
    pub user: Option<UserId>,
    pub terminal: Option<TerminalId>,
    /// What was done, such as `void_line`.
    pub action: String,
    /// What kind of thing `subject` is, such as `order`.
    pub subject_kind: String,
    pub subject: Uuid,
    pub detail: serde_json::Value,
}

pub async fn insert_audit(tx: &mut Tx, row: &AuditRow) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_AUDIT,
        row.id,
        row.branch,
        row.at,
        row.user,
        row.terminal,
        &row.action,
        &row.subject_kind,
        row.subject,
        AsJson(&row.detail)
    )
    .map(drop)
}

/// What was done to one thing, in order.
pub async fn audit_of(tx: &mut Tx, subject_kind: &str, subject: Uuid) -> Result<Vec<AuditRow>, StoreError> {
    fetch_all!(tx, AUDIT_OF, read, subject_kind, subject)
}

fn read(row: &Row<'_>) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        id: row.get("id")?,
        branch: row.get("branch_id")?,
        at: row.get("at")?,
        user: row.get("user_id")?,
        terminal: row.get("terminal_id")?,
        action: row.get("action")?,
        subject_kind: row.get("subject_kind")?,
        subject: row.get("subject_id")?,
        detail: row.json("detail")?,
    })
}
