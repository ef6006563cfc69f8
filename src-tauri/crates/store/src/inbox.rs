//! What other branches said, each word once, however often it is sent.
//!
//! A word is applied in the unit of work that notes it, so both happen or neither does. The epoch tells the
//! numbers of a restored database from those before it.

use crate::columns::AsJson;
use crate::sql::{execute, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::BranchId;
use fastops_domain::time::Time;

statements! {
    TAKE: both
        "INSERT INTO inbox (source_branch, epoch, seq, topic, payload, received_at, applied_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)
         ON CONFLICT (source_branch, epoch, seq) DO NOTHING";
    LAST_TAKEN: both
        "SELECT epoch, seq FROM inbox WHERE source_branch = $1 ORDER BY epoch DESC, seq DESC LIMIT 1";
}

/// Which word of which branch: its number in one life of its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub source: BranchId,
    pub epoch: i64,
    pub seq: i64,
}

/// Notes a word as applied; false when it was before, and is not to be applied again. Called in the unit of
/// work that applies it.
pub async fn take(
    tx: &mut Tx,
    place: Place,
    topic: &str,
    payload: &serde_json::Value,
    now: Time,
) -> Result<bool, StoreError> {
    let Place { source, epoch, seq } = place;
    Ok(execute!(tx, TAKE, source, epoch, seq, topic, AsJson(&payload), now)? == 1)
}

/// The last word that was taken of a branch; none before the first. What is asked for next begins after it.
pub async fn last(tx: &mut Tx, source: BranchId) -> Result<Option<Place>, StoreError> {
    fetch_optional!(
        tx,
        LAST_TAKEN,
        |row: &crate::columns::Row<'_>| Ok(Place { source, epoch: row.get("epoch")?, seq: row.get("seq")? }),
        source
    )
}
