//! Lanes: the unfinished jobs of one printer in the order in which they go to paper.
//!
//! The order is (rank, revision, copy, id). Every statement here names the four unfinished states
//! in the same words as the index `print_job_lane`, without which SQLite would not use it. A job belongs to
//! the order of its ticket, and the jobs of an order are found through its tickets.
//!
//! An order's papers keep their order whatever their ranks and lanes: a job is no head while an earlier
//! revision for its station is with a printer, on a slip that is not out yet, or waits. One that breaks may come
//! back to its lane behind a change that was written meanwhile.

use super::{JobRow, read, work};
use crate::columns::{AsJson, Row, number};
use crate::sql::{execute, execute_each, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, JobId, OrderId, PrinterId, StationId};
use fastops_domain::job::{JobState, Priority, Work};
use fastops_domain::time::Time;
use serde::Serialize;

statements! {
    // An earlier revision that waits in this lane holds a later one back only when it stands behind it.
    HEADS: both
        "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id
         FROM print_job
         WHERE printer_id = $1
           AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')
           AND state IN ('queued', 'blocked')
           AND (revision = 1 OR NOT EXISTS (
                SELECT 1 FROM ticket JOIN print_job AS earlier ON earlier.ticket_id = ticket.id
                WHERE ticket.order_id = print_job.order_id AND ticket.station_id = print_job.station_id
                  AND earlier.revision < print_job.revision AND earlier.copy = 0
                  AND (earlier.state IN ('sending', 'sent', 'on_slip')
                       OR (earlier.state IN ('queued', 'blocked')
                           AND (earlier.printer_id <> $1 OR earlier.rank > print_job.rank)))))
         ORDER BY rank, revision, copy, id LIMIT $2";
    LANE: both
        "SELECT id, ticket_id, order_id, station_id, kind, state, priority, revision
         FROM print_job
         WHERE printer_id = $1
           AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')
         ORDER BY CASE WHEN state IN ('sending', 'sent') THEN 0 ELSE 1 END, rank, revision, copy, id";
    WAITING_COUNTS: both
        "SELECT printer_id, station_id, priority, COUNT(*) AS n, MIN(created_at) AS oldest_created_at
         FROM printer JOIN print_job ON printer_id = printer.id
         WHERE branch_id = $1
           AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')
           AND state IN ('queued', 'blocked')
         GROUP BY printer_id, station_id, priority
         ORDER BY printer_id, station_id, priority";
    JOBS_IN_LANES: both
        "SELECT mine.id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id,
                CASE WHEN mine.state = 'queued' OR mine.state = 'blocked' OR mine.state = 'sending' OR mine.state = 'sent' THEN
                    (SELECT COUNT(*) FROM (
                         SELECT 1 FROM print_job AS other
                         WHERE other.printer_id = mine.printer_id AND other.rank <= mine.rank
                           AND (other.state = 'queued' OR other.state = 'blocked' OR other.state = 'sending'
                                OR other.state = 'sent')
                           AND (other.state IN ('sending', 'sent')
                                OR (mine.state IN ('queued', 'blocked')
                                    AND (other.rank, other.revision, other.copy, other.id)
                                     <= (mine.rank, mine.revision, mine.copy, mine.id)))
                         LIMIT 500) AS ahead)
                    + (SELECT COUNT(*) FROM print_job AS other
                       WHERE other.printer_id = mine.printer_id AND mine.state IN ('queued', 'blocked')
                         AND other.state IN ('sending', 'sent') AND other.rank > mine.rank)
                END AS place
         FROM print_job_ever AS mine
         WHERE ticket_id IN (
             SELECT ticket.id FROM ticket WHERE ticket.order_id = $1
             UNION ALL
             SELECT ticket.id FROM ticket WHERE ticket.order_id IN (
                 SELECT order_line.order_id FROM order_line
                 WHERE current_order_id = $1 AND order_line.order_id <> $1
                 UNION ALL
                 SELECT order_line_fire.order_id FROM order_line
                 JOIN order_line_fire ON order_line_fire.line_id = order_line.id
                 WHERE current_order_id = $1 AND order_line_fire.order_id <> $1))
         ORDER BY revision, station_id, copy, mine.id";
    READY_PRINTERS: both
        "SELECT printer.id AS printer_id,
                (SELECT not_before FROM print_job
                 WHERE printer_id = printer.id
                   AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')
                   AND state IN ('queued', 'blocked')
                 ORDER BY rank, revision, copy, print_job.id LIMIT 1) AS not_before
         FROM printer WHERE branch_id = $1 ORDER BY printer.id";
    PROMOTE_EARLIER: both
        "UPDATE print_job
         SET rank = (SELECT MIN(change.rank) - 1
                     FROM ticket JOIN print_job AS change ON change.ticket_id = ticket.id
                     WHERE ticket.order_id = $1 AND change.revision = $2
                       AND change.station_id = print_job.station_id)
         WHERE ticket_id IN (SELECT ticket.id FROM ticket WHERE ticket.order_id = $1)
           AND revision < $2 AND state IN ('queued', 'blocked')
           AND EXISTS (SELECT 1 FROM ticket JOIN print_job AS change ON change.ticket_id = ticket.id
                       WHERE ticket.order_id = $1 AND change.revision = $2
                         AND change.station_id = print_job.station_id AND change.rank <= print_job.rank)";
    SET_RANKS: each {
        sqlite: "UPDATE print_job SET priority = $2, rank = $3 WHERE id = $1 AND state IN ('queued', 'blocked')",
        postgres:
            "UPDATE print_job SET priority = place.priority, rank = place.rank
             FROM jsonb_to_recordset($1) AS place (job UUID, priority TEXT, rank BIGINT)
             WHERE id = place.job AND state IN ('queued', 'blocked')",
    };
}

/// An unfinished job in its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneEntry {
    pub job: JobId,
    pub work: Work,
    pub state: JobState,
    pub priority: Priority,
    pub revision: u32,
}

/// How many jobs of one priority of a station, or of none, wait for one printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneCount {
    pub printer: PrinterId,
    pub station: Option<StationId>,
    pub priority: Priority,
    pub count: i64,
    pub oldest_created_at: Time,
}

/// The job that goes next, even when its time has not come: a lane waits rather than change its order.
/// A revision whose earlier one waits or is on its way is passed over until that is done.
pub async fn head(tx: &mut Tx, printer: PrinterId) -> Result<Option<JobRow>, StoreError> {
    Ok(heads(tx, printer, 1).await?.pop())
}

/// The jobs that go next, in their order and at most so many, the [`head`] first.
pub async fn heads(tx: &mut Tx, printer: PrinterId, most: u32) -> Result<Vec<JobRow>, StoreError> {
    fetch_all!(tx, HEADS, read, printer, most)
}

/// The unfinished jobs of a printer: the one on its way first, then those that wait.
pub async fn lane(tx: &mut Tx, printer: PrinterId) -> Result<Vec<LaneEntry>, StoreError> {
    fetch_all!(
        tx,
        LANE,
        |row: &Row<'_>| Ok(LaneEntry {
            job: row.get("id")?,
            work: work(row)?,
            state: row.get("state")?,
            priority: row.get("priority")?,
            revision: row.get("revision")?,
        }),
        printer
    )
}

/// What waits (queued or blocked) in the lanes of a branch; a lane with nothing to do is not listed.
pub async fn waiting_counts(tx: &mut Tx, branch: BranchId) -> Result<Vec<LaneCount>, StoreError> {
    fetch_all!(
        tx,
        WAITING_COUNTS,
        |row: &Row<'_>| Ok(LaneCount {
            printer: row.get("printer_id")?,
            station: row.get("station_id")?,
            priority: row.get("priority")?,
            count: number(row)?,
            oldest_created_at: row.get("oldest_created_at")?,
        }),
        branch
    )
}

/// The jobs of an order, revision by revision, first printings before reprints, each with its place in its
/// lane: 1 is next or on its way, none means that it is finished. Counts to 500, so that the answer costs the
/// same however long the lanes are.
pub async fn jobs_in_lanes(tx: &mut Tx, order: OrderId) -> Result<Vec<(JobRow, Option<i64>)>, StoreError> {
    fetch_all!(tx, JOBS_IN_LANES, |row: &Row<'_>| Ok((read(row)?, row.get("place")?)), order)
}

/// The printers of a branch that have something waiting, and when the head of each may be tried.
pub async fn ready_printers(tx: &mut Tx, branch: BranchId) -> Result<Vec<(PrinterId, Time)>, StoreError> {
    let heads: Vec<(PrinterId, Option<Time>)> = fetch_all!(
        tx,
        READY_PRINTERS,
        |row: &Row<'_>| Ok((row.get("printer_id")?, row.get("not_before")?)),
        branch
    )?;
    Ok(heads.into_iter().filter_map(|(printer, not_before)| Some((printer, not_before?))).collect())
}

/// Pulls the order's earlier tickets ahead of revision `revision` at every station that it has tickets for,
/// so that a change never comes to paper before what it changes. Call it after the change's jobs were made.
pub async fn promote_earlier(tx: &mut Tx, order: OrderId, revision: u32) -> Result<(), StoreError> {
    execute!(tx, PROMOTE_EARLIER, order, revision).map(drop)
}

/// Where a waiting job is to stand in its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    pub job: JobId,
    pub priority: Priority,
    pub rank: i64,
}

/// Gives waiting jobs other priorities and places; `Stale` when one of them waits no longer.
pub async fn set_ranks(tx: &mut Tx, ranks: &[Rank]) -> Result<(), StoreError> {
    let new: Vec<NewRank> = ranks.iter().map(new_rank).collect();
    let moved = execute_each!(
        tx,
        SET_RANKS,
        &new,
        sqlite: |place| [place.job, place.priority, place.rank],
        postgres: [AsJson(&new)],
    )?;
    if moved == ranks.len() as u64 { Ok(()) } else { Err(StoreError::Stale { what: "the print job" }) }
}

/// A rank on its way into the database.
#[derive(Serialize)]
struct NewRank {
    job: JobId,
    priority: &'static str,
    rank: i64,
}

fn new_rank(place: &Rank) -> NewRank {
    NewRank { job: place.job, priority: place.priority.code(), rank: place.rank }
}
