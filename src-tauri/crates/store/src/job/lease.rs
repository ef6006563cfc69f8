//! Leases: which core has a job in its hands while it is with a printer, and until when without a sign of life.
//!
//! All cores go by the database's clock. A lease that ends later than any could is the word of a clock that
//! was turned back, and has ended.

use super::{JobRow, read};
use crate::columns::Row;
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, CoreId};

statements! {
    // Two cores that look at the same time take different jobs.
    INTERRUPTED: each {
        sqlite:
            "SELECT print_job.id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                    attempts, possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                    bytes_accepted, kind, slip_id, lease_token
             FROM printer JOIN print_job ON printer_id = printer.id
             WHERE branch_id = $1
               AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')
               AND state IN ('sending', 'sent')
               AND (lease_token IS NULL OR lease_token = $2
                    OR (lease_token <> $3
                        AND (lease_until - CAST(unixepoch('subsec') * 1000 AS INTEGER)) NOT BETWEEN 1 AND $4))
             ORDER BY printer_id, rank, revision, copy, print_job.id",
        postgres:
            "SELECT print_job.id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                    attempts, possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                    bytes_accepted, kind, slip_id, lease_token
             FROM printer JOIN print_job ON printer_id = printer.id
             WHERE branch_id = $1
               AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')
               AND state IN ('sending', 'sent')
               AND (lease_token IS NULL OR lease_token = $2
                    OR (lease_token <> $3
                        AND (lease_until - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT)
                            NOT BETWEEN 1 AND $4))
             ORDER BY printer_id, rank, revision, copy, print_job.id
             FOR UPDATE OF print_job SKIP LOCKED",
    };
    RENEW: each {
        sqlite:
            "UPDATE print_job SET lease_until = CAST(unixepoch('subsec') * 1000 AS INTEGER) + $3
             WHERE printer_id IN (SELECT id FROM printer WHERE branch_id = $1)
               AND state IN ('sending', 'sent') AND lease_token = $2",
        postgres:
            "UPDATE print_job SET lease_until = (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + $3
             WHERE printer_id IN (SELECT id FROM printer WHERE branch_id = $1)
               AND state IN ('sending', 'sent') AND lease_token = $2",
    };
}

/// The jobs of a branch whose core is gone, lane by lane, each with the core that had it: what was held by
/// `before`, and that of any core but `me` whose lease has ended. `lease_ms` is as long as a lease can be.
pub async fn interrupted(
    tx: &mut Tx,
    branch: BranchId,
    before: Option<CoreId>,
    me: CoreId,
    lease_ms: i64,
) -> Result<Vec<(JobRow, Option<CoreId>)>, StoreError> {
    let held = |row: &Row<'_>| Ok((read(row)?, row.get("lease_token")?));
    fetch_all!(tx, INTERRUPTED, held, branch, before, me, lease_ms)
}

/// A sign of life: all that `core` has with the printers of a branch stays its own for `lease_ms` from now on.
/// Answers how many jobs that are.
pub async fn renew(tx: &mut Tx, branch: BranchId, core: CoreId, lease_ms: i64) -> Result<u64, StoreError> {
    execute!(tx, RENEW, branch, core, lease_ms)
}
