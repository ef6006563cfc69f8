//! Which database this is: an id that it keeps for life, and an epoch that every restore raises.
//!
//! Two copies of one database have the same id. The epoch tells them apart, so that a branch that was
//! restored from a backup does not hand out the numbers of its messages a second time unnoticed.

use crate::columns::Row;
use crate::sql::{execute, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::time::Time;
use uuid::Uuid;

statements! {
    IDENTITY: both "SELECT id, epoch, made_at FROM store_identity";
    INSERT_IDENTITY: both
        "INSERT INTO store_identity (only_row, id, epoch, made_at) VALUES (1, $1, 1, $2)
         ON CONFLICT (only_row) DO NOTHING";
    RAISE_EPOCH: both "UPDATE store_identity SET epoch = $1 WHERE epoch < $1";
}

/// A database, told apart from every other and from its own past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    pub id: Uuid,
    /// From 1; each restore gives a higher one.
    pub epoch: i64,
    pub made_at: Time,
}

/// Who this database is; none in one that was never opened for work.
pub async fn identity(tx: &mut Tx) -> Result<Option<Identity>, StoreError> {
    fetch_optional!(tx, IDENTITY, |row: &Row<'_>| Ok(Identity {
        id: row.get("id")?,
        epoch: row.get("epoch")?,
        made_at: row.get("made_at")?,
    }))
}

/// Gives the database `id` as its identity unless it has one, and says which it has.
pub async fn ensure(tx: &mut Tx, id: Uuid, now: Time) -> Result<Identity, StoreError> {
    if let Some(known) = identity(tx).await? {
        return Ok(known);
    }
    execute!(tx, INSERT_IDENTITY, id, now)?;
    // Another terminal may have been quicker: whoever was first named it.
    identity(tx).await?.ok_or(StoreError::Stale { what: "the identity of the database" })
}

/// Raises the epoch to `epoch`; refused when it is as high already.
pub async fn raise_epoch(tx: &mut Tx, epoch: i64) -> Result<(), StoreError> {
    match execute!(tx, RAISE_EPOCH, epoch)? {
        1 => Ok(()),
        _ => Err(StoreError::Stale { what: "the epoch of the database" }),
    }
}
