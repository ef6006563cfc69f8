//! Print jobs: what is to be printed, where it stands, and what became of it.
//!
//! The state machine is the domain's; here every move is guarded by the state that it comes from.

pub(crate) mod attempt;
pub(crate) mod batch;
pub(crate) mod lane;
mod late;
pub(crate) mod lease;
pub(crate) mod paper;
pub(crate) mod past;
pub(crate) mod place;
pub(crate) mod reroute;
pub(crate) mod sender;
pub(crate) mod slip;
pub(crate) mod stuck;

pub use batch::{BegunJob, Outcome, begin_many, begun, settle_many};
pub use attempt::{Attempt, attempts, close_attempt, open_attempt};
pub use lane::{
    LaneCount, LaneEntry, Rank, head, heads, jobs_in_lanes, lane, promote_earlier, ready_printers, set_ranks, waiting_counts,
};
pub use late::{ProvedLate, prove_late};
pub use lease::{interrupted, renew};
pub use paper::{document, insert_paper, insert_papers, paper, papers, papers_of_order};
pub use past::move_finished;
pub use place::{Place, places};
pub use reroute::{MovedJob, reroute, waiting_of};
pub use sender::{sender_printer, tickets_at, waiting_sent_from};
pub use slip::{SlipTicket, hold_for_slip, put_on_slip, settle_slip, slip_tickets};
pub use stuck::{Decided, StuckJob, clear, failed_counts, retry, stuck};

use crate::columns::{AsJson, Row};
use crate::hint::JobNews;
use crate::sql::{execute, execute_each, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::document::Document;
use fastops_domain::ids::{BranchId, CoreId, JobId, OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::{JobKind, JobProgress, JobState, Priority, Work};
use fastops_domain::time::Time;
use serde::Serialize;

statements! {
    INSERT_JOBS: each {
        sqlite:
            "INSERT INTO print_job (id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy,
                                    state, attempts, possible_duplicate, not_before, cause, created_at,
                                    first_byte_at, settled_at, bytes_accepted)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        postgres:
            "INSERT INTO print_job (id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy,
                                    state, attempts, possible_duplicate, not_before, cause, created_at,
                                    first_byte_at, settled_at, bytes_accepted)
             SELECT * FROM jsonb_to_recordset($1) AS job (
                 id UUID, ticket_id UUID, order_id UUID, station_id UUID, printer_id UUID, priority TEXT,
                 rank BIGINT, revision BIGINT, copy BIGINT, state TEXT, attempts BIGINT,
                 possible_duplicate BOOLEAN, not_before BIGINT, cause TEXT, created_at BIGINT,
                 first_byte_at BIGINT, settled_at BIGINT, bytes_accepted BIGINT)",
    };
    JOB: both
        "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id
         FROM print_job_ever AS print_job WHERE id = $1";
    JOBS_OF_ORDER: both
        "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id
         FROM print_job_ever AS print_job WHERE ticket_id IN (SELECT ticket.id FROM ticket WHERE ticket.order_id = $1)
         ORDER BY revision, station_id, copy, id";
    // The same of the orders in which lines were typed, or fired, that stand in this one now.
    JOBS_ABOUT_ORDER: both
        "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id
         FROM print_job_ever AS print_job
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
         ORDER BY revision, station_id, copy, id";
    JOBS_OF_TICKET: both
        "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id
         FROM print_job_ever AS print_job WHERE ticket_id = $1 ORDER BY copy, id";
    // Nobody begins at a printer that another core drives. Where there is one program, nobody else does.
    ADVANCE: each {
        sqlite:
            "UPDATE print_job
             SET state = $3, attempts = $4, possible_duplicate = $5, not_before = $6, cause = $7,
                 first_byte_at = COALESCE($8, first_byte_at), settled_at = COALESCE($9, settled_at),
                 bytes_accepted = COALESCE($10, bytes_accepted),
                 lease_token = CASE WHEN $3 IN ('sending', 'sent') THEN $11 END,
                 lease_until = CASE WHEN $3 IN ('sending', 'sent')
                     THEN CAST(unixepoch('subsec') * 1000 AS INTEGER) + $12 END
             WHERE id = $1 AND state = $2
               AND (state NOT IN ('sending', 'sent') OR lease_token IS NOT DISTINCT FROM $11)
               AND printer_id = COALESCE($13, printer_id)
               AND possible_duplicate = COALESCE($14, possible_duplicate)",
        postgres:
            "UPDATE print_job
             SET state = $3, attempts = $4, possible_duplicate = $5, not_before = $6, cause = $7,
                 first_byte_at = COALESCE($8, first_byte_at), settled_at = COALESCE($9, settled_at),
                 bytes_accepted = COALESCE($10, bytes_accepted),
                 lease_token = CASE WHEN $3 IN ('sending', 'sent') THEN $11 END,
                 lease_until = CASE WHEN $3 IN ('sending', 'sent')
                     THEN (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + $12 END
             WHERE id = $1 AND state = $2
               AND (state NOT IN ('sending', 'sent') OR lease_token IS NOT DISTINCT FROM $11)
               AND printer_id = COALESCE($13, printer_id)
               AND possible_duplicate = COALESCE($14, possible_duplicate)
               AND ($3 <> 'sending' OR NOT EXISTS (
                    SELECT 1 FROM printer_lease
                    WHERE printer_lease.printer_id = print_job.printer_id AND core_id <> $11
                      AND (printer_lease.lease_until - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT)
                          BETWEEN 1 AND $12))",
    };
    UNCERTAIN: both
        "SELECT print_job.id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                attempts, possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id, document
         FROM printer JOIN print_job ON printer_id = printer.id
         WHERE branch_id = $1 AND state = 'uncertain' AND document IS NOT NULL
         ORDER BY created_at, print_job.id";
    SETTLED_SINCE: both
        "SELECT station_id, created_at, settled_at
         FROM print_job JOIN station ON station.id = station_id
         WHERE branch_id = $1 AND settled_at >= $2 AND settled_at IS NOT NULL
           AND state IN ('printed', 'unconfirmed')
         ORDER BY settled_at, print_job.id";
    NEWS_SINCE: both
        "SELECT print_job.id, ticket_id, order_id, station_id, kind, state
         FROM print_job JOIN printer ON printer.id = printer_id
         WHERE branch_id = $1 AND settled_at >= $2 AND settled_at IS NOT NULL
         ORDER BY settled_at, print_job.id";
}

/// A print job as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    pub id: JobId,
    pub work: Work,
    pub printer: PrinterId,
    pub priority: Priority,
    /// Where it stands in its lane: the smaller, the sooner.
    pub rank: i64,
    pub revision: u32,
    /// 0 for the first printing, n for the n-th reprint.
    pub copy: u32,
    pub progress: JobProgress,
    pub created_at: Time,
    pub first_byte_at: Option<Time>,
    pub settled_at: Option<Time>,
    pub bytes_accepted: Option<i64>,
    /// The catch-up slip on which the ticket comes out, or came out.
    pub slip: Option<JobId>,
}

impl JobRow {
    /// A job that is made at `now`: the first of its revision, for `printer`.
    pub const fn new(id: JobId, work: Work, printer: PrinterId, priority: Priority, now: Time) -> Self {
        Self {
            id,
            work,
            printer,
            priority,
            rank: priority.rank(now),
            revision: 1,
            copy: 0,
            progress: JobProgress::new(now),
            created_at: now,
            first_byte_at: None,
            settled_at: None,
            bytes_accepted: None,
            slip: None,
        }
    }
}

/// Facts to note when a job moves on; what is `None` stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobChange {
    pub first_byte_at: Option<Time>,
    pub settled_at: Option<Time>,
    pub bytes_accepted: Option<i64>,
    /// The core that has the job in its hands, and keeps it while it is with a printer.
    pub holder: Option<CoreId>,
    /// How long it stays the holder's without a sign of life, in milliseconds of the database's clock.
    pub lease_ms: i64,
    /// How the job was seen by a lane that has talked to its printer since.
    pub seen: Option<Seen>,
}

/// What has to be as it was for a step to be true: a job that went to another printer meanwhile, or was
/// marked there, may wait in the same state as before and be another matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub printer: PrinterId,
    pub possible_duplicate: bool,
}

/// How long one ticket took to paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettledJob {
    pub station: StationId,
    pub created_at: Time,
    pub settled_at: Time,
}

/// Keeps new jobs of tickets, in one statement. A paper with words of its own is for [`insert_paper`].
pub async fn insert_jobs(tx: &mut Tx, jobs: &[JobRow]) -> Result<(), StoreError> {
    let new: Vec<NewJob> = jobs.iter().map(new_job).collect();
    execute_each!(
        tx,
        INSERT_JOBS,
        &new,
        sqlite: |job| [
            job.id,
            job.ticket_id,
            job.order_id,
            job.station_id,
            job.printer_id,
            job.priority,
            job.rank,
            job.revision,
            job.copy,
            job.state,
            job.attempts,
            job.possible_duplicate,
            job.not_before,
            job.cause,
            job.created_at,
            job.first_byte_at,
            job.settled_at,
            job.bytes_accepted,
        ],
        postgres: [AsJson(&new)],
    )
    .map(drop)
}

/// A job on its way into the database, with the names of its columns.
#[derive(Serialize)]
struct NewJob {
    id: JobId,
    ticket_id: Option<TicketId>,
    order_id: Option<OrderId>,
    station_id: Option<StationId>,
    printer_id: PrinterId,
    priority: &'static str,
    rank: i64,
    revision: u32,
    copy: u32,
    state: &'static str,
    attempts: u32,
    possible_duplicate: bool,
    not_before: Time,
    cause: Option<&'static str>,
    created_at: Time,
    first_byte_at: Option<Time>,
    settled_at: Option<Time>,
    bytes_accepted: Option<i64>,
}

fn new_job(job: &JobRow) -> NewJob {
    NewJob {
        id: job.id,
        ticket_id: job.work.ticket(),
        order_id: job.work.order(),
        station_id: job.work.station(),
        printer_id: job.printer,
        priority: job.priority.code(),
        rank: job.rank,
        revision: job.revision,
        copy: job.copy,
        state: job.progress.state.code(),
        attempts: job.progress.attempts,
        possible_duplicate: job.progress.possible_duplicate,
        not_before: job.progress.not_before,
        cause: job.progress.cause.map(fastops_domain::job::Cause::code),
        created_at: job.created_at,
        first_byte_at: job.first_byte_at,
        settled_at: job.settled_at,
        bytes_accepted: job.bytes_accepted,
    }
}

pub async fn job(tx: &mut Tx, id: JobId) -> Result<Option<JobRow>, StoreError> {
    fetch_optional!(tx, JOB, read, id)
}

/// The jobs of an order, revision by revision, first printings before reprints.
pub async fn jobs_of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<JobRow>, StoreError> {
    fetch_all!(tx, JOBS_OF_ORDER, read, order)
}

/// The jobs of the tickets that told stations of what stands in an order.
pub async fn jobs_about_order(tx: &mut Tx, order: OrderId) -> Result<Vec<JobRow>, StoreError> {
    fetch_all!(tx, JOBS_ABOUT_ORDER, read, order)
}

/// The jobs of a ticket, the first printing first.
pub async fn jobs_of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<JobRow>, StoreError> {
    fetch_all!(tx, JOBS_OF_TICKET, read, ticket)
}

/// The papers of a branch of which a person has to say whether they came out, with their words, oldest first.
pub async fn uncertain(tx: &mut Tx, branch: BranchId) -> Result<Vec<(JobRow, Document)>, StoreError> {
    fetch_all!(tx, UNCERTAIN, paper::read_paper, branch)
}

/// Moves a job on, if it is still in `from` and as it was seen and, while it is with a printer, still its
/// holder's; `Stale` when it is not, or when another core drives the printer that it begins at. In `sending` and
/// `sent` the holder's lease begins anew; elsewhere nobody holds a job.
pub async fn advance(
    tx: &mut Tx,
    id: JobId,
    from: JobState,
    to: &JobProgress,
    change: &JobChange,
) -> Result<(), StoreError> {
    let moved = execute!(
        tx,
        ADVANCE,
        id,
        from,
        to.state,
        to.attempts,
        to.possible_duplicate,
        to.not_before,
        to.cause,
        change.first_byte_at,
        change.settled_at,
        change.bytes_accepted,
        change.holder,
        change.lease_ms,
        change.seen.map(|seen| seen.printer),
        change.seen.map(|seen| seen.possible_duplicate)
    )?;
    if moved == 1 { Ok(()) } else { Err(StoreError::Stale { what: "the print job" }) }
}

/// The jobs of a branch that came to paper at `since` or later, in that order.
pub async fn settled_since(
    tx: &mut Tx,
    branch: BranchId,
    since: Time,
) -> Result<Vec<SettledJob>, StoreError> {
    fetch_all!(
        tx,
        SETTLED_SINCE,
        |row: &Row<'_>| Ok(SettledJob {
            station: row.get("station_id")?,
            created_at: row.get("created_at")?,
            settled_at: row.get("settled_at")?,
        }),
        branch,
        since
    )
}

/// Where the jobs of a branch stand that came to paper at `since` or later, in that order.
pub async fn news_since(tx: &mut Tx, branch: BranchId, since: Time) -> Result<Vec<JobNews>, StoreError> {
    fetch_all!(
        tx,
        NEWS_SINCE,
        |row: &Row<'_>| Ok(JobNews { job: row.get("id")?, work: work(row)?, state: row.get("state")? }),
        branch,
        since
    )
}

pub(crate) fn read(row: &Row<'_>) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        id: row.get("id")?,
        work: work(row)?,
        printer: row.get("printer_id")?,
        priority: row.get("priority")?,
        rank: row.get("rank")?,
        revision: row.get("revision")?,
        copy: row.get("copy")?,
        progress: JobProgress {
            state: row.get("state")?,
            attempts: row.get("attempts")?,
            possible_duplicate: row.get("possible_duplicate")?,
            not_before: row.get("not_before")?,
            cause: row.get("cause")?,
        },
        created_at: row.get("created_at")?,
        first_byte_at: row.get("first_byte_at")?,
        settled_at: row.get("settled_at")?,
        bytes_accepted: row.get("bytes_accepted")?,
        slip: row.get("slip_id")?,
    })
}

/// What a job is, from the columns that say it.
pub(crate) fn work(row: &Row<'_>) -> Result<Work, StoreError> {
    Ok(match row.get("kind")? {
        JobKind::Kitchen => Work::Ticket {
            ticket: row.get("ticket_id")?,
            order: row.get("order_id")?,
            station: row.get("station_id")?,
        },
        JobKind::Paper(kind) => {
            Work::Paper { kind, order: row.get("order_id")?, station: row.get("station_id")? }
        }
    })
}
