//! A paper as it will look, from the bytes that its printer gets.

use crate::refusal::Refusal;
use crate::wire::{GetPaperPreview, PaperPreview, PreviewRow, hex};
use crate::{App, Who};
use fastops_domain::document::Document;
use fastops_domain::ids::{JobId, TicketId};
use fastops_domain::picture::Grey;
use fastops_domain::station::Candidate;
use fastops_domain::ticket::TicketContent;
use fastops_domain::time::LocalTime;
use fastops_printing::EncodeError;
use fastops_printing::encode::{self, Encoded, Stamp, preview};
use fastops_store::job::JobRow;
use fastops_store::{Tx, job, logo, ticket};

enum Words {
    Ticket(Box<TicketContent>),
    Paper(Box<Document>, Option<Grey>),
}

pub(crate) async fn get_paper_preview(
    app: &App,
    _: &Who,
    request: GetPaperPreview,
) -> Result<PaperPreview, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (row, words) = match (request.job_id.map(JobId), request.ticket_id.map(TicketId)) {
        (Some(job), None) => app.store.read(move |tx| Box::pin(of_job(tx, job))).await?,
        (None, Some(ticket)) => app.store.read(move |tx| Box::pin(of_ticket(tx, ticket))).await?,
        _ => return Err(Refusal::BadRequest { detail: "job_id, ticket_id".into() }),
    };
    let device = facts.printer(row.printer).ok_or(Refusal::UnknownPaper)?;
    let printed_at = row.first_byte_at.or(row.settled_at).unwrap_or_else(|| app.env.now());
    let stamp = Stamp {
        printed_at: LocalTime::at(printed_at, facts.branch.utc_offset_minutes),
        language: facts.branch.language,
        copy: row.copy,
        possible_duplicate: row.progress.possible_duplicate,
        backup: row.work.station().is_some_and(|station| app.engine.is_backup(station, row.printer)),
    };
    let profile = &device.profile;
    let encoded = match &words {
        Words::Ticket(content) => encode::kitchen_ticket(content, &stamp, profile),
        Words::Paper(document, logo) => encode::document_with_logo(document, logo.as_ref(), &stamp, profile),
    };
    let own = Candidate { table: profile.code_table, page: profile.code_page };
    let others = match &words {
        Words::Paper(document, _) => match &**document {
            Document::TestPage(page) => page.candidates.as_slice(),
            _ => &[],
        },
        Words::Ticket(_) => &[],
    };
    let rows = rows(encoded, profile.columns, own, others).ok_or(Refusal::NoPreview)?;
    Ok(PaperPreview { columns: profile.columns, rows })
}

async fn of_job(tx: &mut Tx, id: JobId) -> Result<(JobRow, Words), Refusal> {
    let (row, document) = job::paper(tx, id).await?.ok_or(Refusal::UnknownPaper)?;
    let logo = match document.logo() {
        Some(id) => logo::picture(tx, id).await?,
        None => None,
    };
    Ok((row, Words::Paper(Box::new(document), logo)))
}

/// A ticket as it was printed last.
async fn of_ticket(tx: &mut Tx, id: TicketId) -> Result<(JobRow, Words), Refusal> {
    let row = job::jobs_of_ticket(tx, id).await?.pop().ok_or(Refusal::UnknownTicket)?;
    let content = ticket::ticket(tx, id).await?.ok_or(Refusal::UnknownTicket)?.content;
    Ok((row, Words::Ticket(Box::new(content))))
}

fn rows(
    encoded: Result<Encoded, EncodeError>,
    columns: u8,
    own: Candidate,
    others: &[Candidate],
) -> Option<Vec<PreviewRow>> {
    let rows = preview(&encoded.ok()?.bytes, columns, own, others)?;
    Some(rows.into_iter().map(row).collect())
}

fn row(row: encode::PreviewRow) -> PreviewRow {
    let dots = row.dots;
    PreviewRow {
        text: row.text,
        width: row.width,
        height: row.height,
        bold: row.bold,
        inverse: row.inverse,
        red: row.red,
        dots_wide: dots.as_ref().map(|dots| dots.width),
        dots: dots.map(|dots| hex(&dots.bytes)),
    }
}
