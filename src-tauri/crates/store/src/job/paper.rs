//! Papers with words of their own, which are kept with their jobs.

use super::{JobRow, NewJob, new_job, read};
use crate::columns::{AsJson, Row};
use crate::sql::{execute_each, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::document::Document;
use fastops_domain::ids::{JobId, OrderId};
use serde::Serialize;

statements! {
    INSERT_PAPERS: each {
        sqlite:
            "INSERT INTO print_job (id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                                    attempts, possible_duplicate, not_before, cause, created_at, first_byte_at,
                                    settled_at, bytes_accepted, kind, document)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        postgres:
            "INSERT INTO print_job (id, order_id, station_id, printer_id, priority, rank, revision, copy, state,
                                    attempts, possible_duplicate, not_before, cause, created_at, first_byte_at,
                                    settled_at, bytes_accepted, kind, document)
             SELECT * FROM jsonb_to_recordset($1) AS paper (
                 id UUID, order_id UUID, station_id UUID, printer_id UUID, priority TEXT, rank BIGINT,
                 revision BIGINT, copy BIGINT, state TEXT, attempts BIGINT, possible_duplicate BOOLEAN,
                 not_before BIGINT, cause TEXT, created_at BIGINT, first_byte_at BIGINT, settled_at BIGINT,
                 bytes_accepted BIGINT, kind TEXT, document JSONB)",
    };
    PAPER: both
        "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id, document
         FROM print_job_ever AS print_job WHERE id = $1 AND document IS NOT NULL";
    PAPERS: each {
        sqlite:
            "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                    possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                    bytes_accepted, kind, slip_id, document
             FROM print_job_ever AS print_job
             WHERE id IN (SELECT unhex(row.value, '-') FROM json_each($1) AS row) AND document IS NOT NULL",
        postgres:
            "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                    possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                    bytes_accepted, kind, slip_id, document
             FROM print_job_ever AS print_job
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1))) AND document IS NOT NULL",
    };
    DOCUMENT: both "SELECT document FROM print_job WHERE id = $1 AND document IS NOT NULL";
    PAPERS_OF_ORDER: both
        "SELECT id, ticket_id, order_id, station_id, printer_id, priority, rank, revision, copy, state, attempts,
                possible_duplicate, not_before, cause, created_at, first_byte_at, settled_at,
                bytes_accepted, kind, slip_id, document
         FROM print_job_ever AS print_job WHERE order_id = $1 AND document IS NOT NULL ORDER BY created_at, id";
}

/// Keeps a new job of a paper with these words.
pub async fn insert_paper(tx: &mut Tx, job: &JobRow, document: &Document) -> Result<(), StoreError> {
    insert_new_papers(tx, &[new_paper(job, document)]).await
}

/// Keeps new jobs of papers, each with its words, in one statement.
pub async fn insert_papers(tx: &mut Tx, papers: &[(JobRow, Document)]) -> Result<(), StoreError> {
    let new: Vec<NewPaper<'_>> = papers.iter().map(|(job, document)| new_paper(job, document)).collect();
    insert_new_papers(tx, &new).await
}

/// A paper's job on its way into the database.
#[derive(Serialize)]
struct NewPaper<'a> {
    #[serde(flatten)]
    job: NewJob,
    kind: &'static str,
    document: &'a Document,
}

fn new_paper<'a>(job: &JobRow, document: &'a Document) -> NewPaper<'a> {
    NewPaper { job: new_job(job), kind: job.work.kind().code(), document }
}

async fn insert_new_papers(tx: &mut Tx, new: &[NewPaper<'_>]) -> Result<(), StoreError> {
    execute_each!(
        tx,
        INSERT_PAPERS,
        new,
        sqlite: |paper| [
            paper.job.id,
            paper.job.order_id,
            paper.job.station_id,
            paper.job.printer_id,
            paper.job.priority,
            paper.job.rank,
            paper.job.revision,
            paper.job.copy,
            paper.job.state,
            paper.job.attempts,
            paper.job.possible_duplicate,
            paper.job.not_before,
            paper.job.cause,
            paper.job.created_at,
            paper.job.first_byte_at,
            paper.job.settled_at,
            paper.job.bytes_accepted,
            paper.kind,
            AsJson(paper.document),
        ],
        postgres: [AsJson(&new)],
    )
    .map(drop)
}

/// A paper that is no ticket, with its words, wherever it lies.
pub async fn paper(tx: &mut Tx, id: JobId) -> Result<Option<(JobRow, Document)>, StoreError> {
    fetch_optional!(tx, PAPER, read_paper, id)
}

/// Papers that are no tickets, with their words; one that is not there is left out.
pub async fn papers(tx: &mut Tx, ids: &[JobId]) -> Result<Vec<(JobRow, Document)>, StoreError> {
    fetch_all!(tx, PAPERS, read_paper, AsJson(&ids))
}

/// The words of a paper; none of a ticket's job.
pub async fn document(tx: &mut Tx, id: JobId) -> Result<Option<Document>, StoreError> {
    fetch_optional!(tx, DOCUMENT, |row: &Row<'_>| row.json("document"), id)
}

/// The papers about an order that are no tickets, with their words, in the order in which they were asked for.
pub async fn papers_of_order(
    tx: &mut Tx,
    order: OrderId,
) -> Result<Vec<(JobRow, Document)>, StoreError> {
    fetch_all!(tx, PAPERS_OF_ORDER, read_paper, order)
}

pub(super) fn read_paper(row: &Row<'_>) -> Result<(JobRow, Document), StoreError> {
    Ok((read(row)?, row.json("document")?))
}

