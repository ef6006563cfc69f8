//! Printers set up and tried out through the same queue as everything else that prints.

use super::devices::{Act, DeviceProblem};
use super::paper::view;
use crate::catalogue::Facts;
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{
    CheckPrinters, ChoosePageRow, GetPrinterCheck, JobState, PageRow, PaperView, PrintSetup, PrintTestPage,
    PrinterCheck, TestPageView,
};
use crate::{App, Command as _, Who, words};
use fastops_domain::document::{Document, OpeningCheck, TestPage};
use fastops_domain::ids::{CommandId, JobId, PrinterId};
use fastops_domain::job::{Priority, Work};
use fastops_domain::station::{Candidate, Printer};
use fastops_domain::time::Time;
use fastops_printing::models;
use fastops_store::job::JobRow;
use fastops_store::{device, job};
use serde_json::json;

/// Most pages that are asked about at once.
const MOST_PAGES: usize = 100;

pub(crate) async fn print_test_page(
    app: &App,
    who: &Who,
    request: PrintTestPage,
) -> Result<TestPageView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let device = facts.printer(PrinterId(request.printer_id)).ok_or(Refusal::UnknownPrinter)?;
    let candidates = if request.candidates && device.address.outlet().is_none() {
        candidates(app, request.model.as_deref()).await?
    } else {
        Vec::new()
    };
    let document = Document::TestPage(test_page(&facts, device, candidates));
    let row = page(JobId(app.env.new_id()), &document, device.id, now);
    let command = CommandId(request.command_id);
    let printer = device.id;
    let made = once(app, actor, command, PrintTestPage::NAME, now, move |tx| {
        let (row, document) = (row.clone(), document.clone());
        Box::pin(async move {
            job::insert_paper(tx, &row, &document).await?;
            Ok(row.id)
        })
    })
    .await?;
    app.engine.wake([printer].into_iter().filter(|_| made.fresh));
    once::done(test_page_view(app, made.outcome).await)
}

fn test_page(facts: &Facts, device: &Printer, candidates: Vec<Candidate>) -> TestPage {
    let stations = facts.stations.iter().filter(|station| facts.is_target(station.id, device.id));
    TestPage {
        printer: device.name.clone(),
        address: device.address.to_string(),
        stations: stations.map(|station| station.name.clone()).collect(),
        candidates,
    }
}

/// The pages that a model may have, or that are common.
async fn candidates(app: &App, model: Option<&str>) -> Result<Vec<Candidate>, Refusal> {
    let known = models::known(&app.models_file).await.models;
    let Some(key) = model else { return Ok(models::common_candidates(&known)) };
    let model = known.iter().find(|model| model.key == key);
    Ok(model.ok_or_else(|| Refusal::BadRequest { detail: key.into() })?.candidates())
}

fn page(id: JobId, document: &Document, printer: PrinterId, now: Time) -> JobRow {
    let work = Work::Paper { kind: document.kind(), order: None, station: None };
    JobRow::new(id, work, printer, Priority::Urgent, now)
}

async fn test_page_view(app: &App, id: JobId) -> Result<TestPageView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (row, page) = read_test_page(app, &facts, id).await?;
    let row_of = |(row, candidate): (u8, &Candidate)| PageRow {
        row,
        code_page: candidate.page.code().into(),
        code_table: candidate.table,
    };
    let rows = (1..).zip(&page.candidates).map(row_of).collect();
    Ok(TestPageView { paper: view(&facts, &row, None), rows })
}

async fn read_test_page(app: &App, facts: &Facts, id: JobId) -> Result<(JobRow, TestPage), Refusal> {
    let read = app.store.read(move |tx| Box::pin(job::paper(tx, id))).await?;
    match read.filter(|(row, _)| facts.printer(row.printer).is_some()) {
        Some((row, Document::TestPage(page))) => Ok((row, page)),
        _ => Err(Refusal::UnknownPaper),
    }
}

pub(crate) async fn choose_page_row(
    app: &App,
    who: &Who,
    request: ChoosePageRow,
) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (row, page) = read_test_page(app, &facts, JobId(request.job_id)).await?;
    let rows = page.candidates.len();
    let chosen = usize::from(request.row).checked_sub(1).and_then(|at| page.candidates.get(at)).copied();
    let chosen = chosen.ok_or(Refusal::Device(DeviceProblem::NoSuchRow { rows }))?;
    let (branch, printer) = (facts.branch.id, row.printer);
    let before = facts.printer(printer).map(|known| known.profile);
    let act = Act {
        command: CommandId(request.command_id),
        name: ChoosePageRow::NAME,
        subject: ("printer", printer.0),
        detail: json!({
            "before": before.map(|profile| (profile.code_page, profile.code_table)),
            "after": (chosen.page, chosen.table),
            "row": request.row,
        }),
    };
    act.keep(app, who, move |tx| {
        Box::pin(async move { Ok(device::set_page(tx, branch, printer, chosen).await?) })
    })
    .await
}

pub(crate) async fn check_printers(
    app: &App,
    who: &Who,
    request: CheckPrinters,
) -> Result<PrinterCheck, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let printers = facts.printers.iter().filter(|device| device.address.outlet().is_none());
    let pages: Vec<(JobRow, Document)> = printers
        .map(|printer| {
            let document = Document::OpeningCheck(OpeningCheck { printer: printer.name.clone() });
            (page(JobId(app.env.new_id()), &document, printer.id, now), document)
        })
        .collect();
    let woken: Vec<PrinterId> = pages.iter().map(|(row, _)| row.printer).collect();
    let command = CommandId(request.command_id);
    let made = once(app, actor, command, CheckPrinters::NAME, now, move |tx| {
        let pages = pages.clone();
        Box::pin(async move {
            job::insert_papers(tx, &pages).await?;
            Ok(pages.iter().map(|(row, _)| row.id).collect::<Vec<JobId>>())
        })
    })
    .await?;
    app.engine.wake(woken.into_iter().filter(|_| made.fresh));
    once::done(printer_check(app, made.outcome).await)
}

pub(crate) async fn get_printer_check(
    app: &App,
    _: &Who,
    request: GetPrinterCheck,
) -> Result<PrinterCheck, Refusal> {
    if request.job_ids.len() > MOST_PAGES {
        return Err(Refusal::OutOfBounds { field: Field::Pages, least: 0, most: MOST_PAGES });
    }
    printer_check(app, request.job_ids.into_iter().map(JobId).collect()).await
}

async fn printer_check(app: &App, ids: Vec<JobId>) -> Result<PrinterCheck, Refusal> {
    let facts = app.catalogue.facts().await?;
    let rows = app.store.read(move |tx| Box::pin(async move { job::papers(tx, &ids).await })).await?;
    let mine = rows.iter().filter(|(row, _)| facts.printer(row.printer).is_some());
    let mut papers: Vec<PaperView> = mine.map(|(row, document)| view(&facts, row, document.part())).collect();
    papers.sort_by(|a, b| a.printer.cmp(&b.printer));
    let count = |wanted: &[JobState]| {
        let found = papers.iter().filter(|paper| wanted.contains(&paper.state)).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    let printed = count(&[JobState::Printed]);
    let unconfirmed = count(&[JobState::Unconfirmed]);
    let failed = count(&[JobState::Failed, JobState::Cancelled, JobState::Uncertain]);
    let all = u32::try_from(papers.len()).unwrap_or(u32::MAX);
    let waiting = all.saturating_sub(printed + unconfirmed + failed);
    let summary = words::check_summary(printed, all);
    Ok(PrinterCheck { papers, printed, unconfirmed, failed, waiting, summary })
}
