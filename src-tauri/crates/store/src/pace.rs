//! What the stations of a branch made lately, and what waits to be made.

use crate::columns::Row;
use crate::sql::{fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, StationId, TicketId};
use fastops_domain::pace::Made;
use fastops_domain::time::Time;

statements! {
    // A void is nothing that is made.
    MADE: both
        "SELECT station_id, created_at, ready_at
         FROM ticket
         WHERE station_id IN (SELECT id FROM station WHERE branch_id = $1)
           AND state = 'ready' AND ready_at > $2 AND kind <> 'void'
         ORDER BY ready_at DESC LIMIT $3";
    TO_MAKE: both
        "SELECT id, station_id, created_at
         FROM ticket
         WHERE station_id IN (SELECT id FROM station WHERE branch_id = $1)
           AND state IN ('new', 'seen') AND kind <> 'void'
         ORDER BY first_at IS NULL, first_at, created_at, number";
}

/// A ticket that waits to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToMake {
    pub ticket: TicketId,
    pub station: StationId,
    pub created_at: Time,
}

/// What was finished since `since`, at most `limit` tickets of all stations, the newest first.
pub async fn made(
    tx: &mut Tx,
    branch: BranchId,
    since: Time,
    limit: i64,
) -> Result<Vec<(StationId, Made)>, StoreError> {
    fetch_all!(tx, MADE, read_made, branch, since, limit)
}

/// What waits, in the order in which a kitchen's screen shows it.
pub async fn to_make(tx: &mut Tx, branch: BranchId) -> Result<Vec<ToMake>, StoreError> {
    fetch_all!(tx, TO_MAKE, read_to_make, branch)
}

fn read_made(row: &Row<'_>) -> Result<(StationId, Made), StoreError> {
    let made = Made { created_at: row.get("created_at")?, ready_at: row.get("ready_at")? };
    Ok((row.get("station_id")?, made))
}

fn read_to_make(row: &Row<'_>) -> Result<ToMake, StoreError> {
    Ok(ToMake {
        ticket: row.get("id")?,
        station: row.get("station_id")?,
        created_at: row.get("created_at")?,
    })
}
