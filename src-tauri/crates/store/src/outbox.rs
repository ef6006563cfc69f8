//! What other branches are to hear, numbered without a gap in the unit of work of the fact itself.
//!
//! The head's row is taken first and held to the end of the unit, so that numbers become visible in their
//! order: who has read up to a number has missed none before it.

use crate::columns::{AsJson, Row, number};
use crate::sql::{execute, fetch_all, fetch_one, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::BranchId;
use fastops_domain::time::Time;

statements! {
    TAKE_NUMBER: both
        "INSERT INTO outbox_head (branch_id, last) VALUES ($1, 1)
         ON CONFLICT (branch_id) DO UPDATE SET last = outbox_head.last + 1
         RETURNING last AS n";
    PUT: both
        "INSERT INTO outbox (branch_id, seq, topic, payload, created_at) VALUES ($1, $2, $3, $4, $5)";
    AFTER: both
        "SELECT seq, topic, payload, created_at, sent_at FROM outbox
         WHERE branch_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    MARK_SENT: both
        "UPDATE outbox SET sent_at = $3 WHERE branch_id = $1 AND seq <= $2 AND sent_at IS NULL";
}

/// A message to other branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number in its branch: 1, 2, 3, without a gap.
    pub seq: i64,
    pub topic: String,
    pub payload: serde_json::Value,
    pub created_at: Time,
    /// When another branch had it; none while it waits.
    pub sent_at: Option<Time>,
}

/// Puts a message into the outbox of a branch, in the unit of work of the fact that it tells of; gives its
/// number, in two statements.
pub async fn put(
    tx: &mut Tx,
    branch: BranchId,
    topic: &str,
    payload: &serde_json::Value,
    now: Time,
) -> Result<i64, StoreError> {
    let seq: i64 = fetch_one!(tx, TAKE_NUMBER, number, branch)?;
    execute!(tx, PUT, branch, seq, topic, AsJson(&payload), now)?;
    Ok(seq)
}

/// The messages of a branch after a number, in their order, at most `limit`.
pub async fn after(tx: &mut Tx, branch: BranchId, seq: i64, limit: i64) -> Result<Vec<Message>, StoreError> {
    fetch_all!(
        tx,
        AFTER,
        |row: &Row<'_>| Ok(Message {
            seq: row.get("seq")?,
            topic: row.get("topic")?,
            payload: row.json("payload")?,
            created_at: row.get("created_at")?,
            sent_at: row.get("sent_at")?,
        }),
        branch,
        seq,
        limit
    )
}

/// Notes that another branch has all messages up to a number; gives how many of them it had not before.
pub async fn mark_sent(tx: &mut Tx, branch: BranchId, seq: i64, now: Time) -> Result<u64, StoreError> {
    execute!(tx, MARK_SENT, branch, seq, now)
}
