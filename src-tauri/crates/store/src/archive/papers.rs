//! Papers about no order: drawers, catch-up slips, reports, test pages. They move to the file of their year too.
//!
//! Nothing adds them up, and each has an id. So no batch has to count them: what was copied by a move that did not
//! come to its end is copied once more over itself.

use super::details::{ATTEMPT_COLUMNS, Column, JOB_COLUMNS};
use super::file::YearFile;
use super::rows::{Rows, plain};
use super::{Archive, ArchiveError, Retention};
use crate::columns::{AsJson, Row};
use crate::sql::{Sql, execute, fetch_all, statements};
use crate::{Store, StoreError, Tx};
use fastops_domain::ids::JobId;
use fastops_domain::time::{LocalTime, Time};

/// Papers that leave in one unit.
const AT_ONCE: i64 = 100;

statements! {
    // A slip stays while a ticket that came out on it is here.
    OLD_PAPERS: both
        "SELECT print_job_past.id, print_job_past.created_at, utc_offset_minutes
         FROM print_job_past JOIN printer ON printer.id = printer_id JOIN branch ON branch.id = printer.branch_id
         WHERE document IS NOT NULL AND order_id IS NULL AND print_job_past.created_at < $2 AND branch.id = $1
           AND NOT EXISTS (SELECT 1 FROM print_job AS on_slip
                           WHERE on_slip.slip_id = print_job_past.id AND on_slip.slip_id IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM print_job_past AS on_slip
                           WHERE on_slip.slip_id = print_job_past.id AND on_slip.slip_id IS NOT NULL)
         ORDER BY print_job_past.created_at, print_job_past.id LIMIT $3";
    READ_PAPERS: each {
        sqlite:
            "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                    possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at, bytes_accepted,
                    kind, CAST(document AS TEXT) AS document, slip_id
             FROM print_job_past WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                    possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at, bytes_accepted,
                    kind, CAST(document AS TEXT) AS document, slip_id
             FROM print_job_past WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    READ_TRIES: each {
        sqlite:
            "SELECT job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
             FROM print_attempt_past WHERE job_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "SELECT job_id, number, printer_id, began_at, ended_at, outcome, cause, bytes_accepted
             FROM print_attempt_past
             WHERE job_id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    DELETE_TRIES: each {
        sqlite:
            "DELETE FROM print_attempt_past WHERE job_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "DELETE FROM print_attempt_past
             WHERE job_id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    DELETE_PAPERS: each {
        sqlite:
            "DELETE FROM print_job_past
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1)) AND order_id IS NULL",
        postgres:
            "DELETE FROM print_job_past
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1))) AND order_id IS NULL",
    };
}

/// Papers of one year, as they were read, with their attempts.
#[derive(Debug)]
pub(super) struct Papers {
    year: i64,
    ids: Vec<JobId>,
    pub(super) jobs: Rows,
    pub(super) attempts: Rows,
}

impl Archive {
    /// Moves some papers about no order to the file of their year and says how many; 0 when none is left to move.
    pub async fn papers_step(&self, store: &Store, retention: Retention) -> Result<usize, ArchiveError> {
        let read = store.read(move |tx| Box::pin(read_papers(tx, retention)));
        let read: Result<Option<Papers>, StoreError> = read.await;
        let Some(papers) = read? else { return Ok(0) };
        let path = self.file(retention.branch, papers.year);
        let folder = self.folder.clone();
        let keeping = tokio::task::spawn_blocking(move || {
            super::make_folder(&folder)?;
            YearFile::open(&path)?.keep(&papers)?;
            Ok::<_, ArchiveError>(papers)
        });
        let papers = keeping.await.map_err(|_| ArchiveError::Interrupted)??;
        let (ids, tries) = (papers.ids, papers.attempts.len());
        let count = ids.len();
        let removed: Result<(), StoreError> = store
            .write(move |tx| {
                let ids = ids.clone();
                Box::pin(async move { remove(tx, &ids, tries).await })
            })
            .await;
        removed.map(|()| count).map_err(ArchiveError::from)
    }
}

async fn read_papers(tx: &mut Tx, retention: Retention) -> Result<Option<Papers>, StoreError> {
    let Retention { branch, closed_before } = retention;
    let old = |row: &Row<'_>| Ok((row.get("id")?, row.get("created_at")?, row.get("utc_offset_minutes")?));
    let old: Vec<(JobId, Time, i32)> = fetch_all!(tx, OLD_PAPERS, old, branch, closed_before, AT_ONCE)?;
    let year = |made_at: Time, offset: i32| LocalTime::at(made_at, offset).year;
    let Some(oldest) = old.first().map(|(_, made_at, offset)| year(*made_at, *offset)) else {
        return Ok(None);
    };
    let of_year = old.into_iter().filter(|(_, made_at, offset)| year(*made_at, *offset) == oldest);
    let ids: Vec<JobId> = of_year.map(|(id, ..)| id).collect();
    let jobs = read(tx, READ_PAPERS, &JOB_COLUMNS, &ids).await?;
    let attempts = read(tx, READ_TRIES, &ATTEMPT_COLUMNS, &ids).await?;
    Ok(Some(Papers { year: oldest, ids, jobs, attempts }))
}

async fn read(tx: &mut Tx, what: Sql, columns: &[Column], ids: &[JobId]) -> Result<Rows, StoreError> {
    fetch_all!(tx, what, |row: &Row<'_>| plain(row, columns), AsJson(&ids))
}

/// `Stale` when there is more or less of them than was copied.
async fn remove(tx: &mut Tx, ids: &[JobId], tries: usize) -> Result<(), StoreError> {
    let gone = (execute!(tx, DELETE_TRIES, AsJson(&ids))?, execute!(tx, DELETE_PAPERS, AsJson(&ids))?);
    if gone == (tries as u64, ids.len() as u64) {
        Ok(())
    } else {
        Err(StoreError::Stale { what: "an old paper" })
    }
}
