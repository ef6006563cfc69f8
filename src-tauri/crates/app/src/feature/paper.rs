//! Papers that are no tickets: what an order comes to, and the pulse that opens a drawer. Each is a job of its
//! own, printed after the answer; of one whose fate is unknown a person is asked.

use crate::catalogue::Facts;
use crate::feature::{contact, lines};
use crate::once::{self, once};
use crate::pulse;
use crate::refusal::{Field, Refusal};
use crate::wire::{
    AnswerPaper, GetPaper, GetTillPrinters, GetUncertainPapers, KickDrawer, PaperAnswer, PaperPart,
    PaperView, PrintBill, PrinterRef, TillPrinters, UncertainPapers,
};
use crate::{App, Command as _, Who};
use fastops_domain::document::{Bill, BillLine, BillPart, BillPayment, BillTax, ComboPart, Document};
use fastops_domain::ids::{CommandId, JobId, OrderId, PrinterId, TerminalId};
use fastops_domain::job::{JobEvent, JobState, Priority, RetryPolicy, Work, next};
use fastops_domain::order::{OrderLine, OrderType, Posting, posting};
use fastops_domain::setting::{Text, filled};
use fastops_domain::time::{LocalTime, Time};
use fastops_store::audit::AuditRow;
use fastops_store::hint::HouseNews;
use fastops_store::job::{JobChange, JobRow};
use fastops_store::order::OrderRow;
use fastops_store::{Tx, audit, job, logo, numbering, order, payment};
use serde_json::json;

pub(crate) async fn print_bill(app: &App, who: &Who, request: PrintBill) -> Result<PaperView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let printer = known_printer(&facts, request.printer_id)?;
    let (id, order_id) = (JobId(app.env.new_id()), OrderId(request.order_id));
    let command = CommandId(request.command_id);
    let (known, terminal) = (facts.clone(), actor.live.terminal.id);
    let made = once(app, actor, command, PrintBill::NAME, now, move |tx| {
        let facts = known.clone();
        Box::pin(async move {
            let row = order::order(tx, order_id).await?.filter(|row| row.branch == facts.branch.id);
            let row = row.ok_or(Refusal::UnknownOrder)?;
            let (closed, lines) = (row.closed_at.is_some(), order::lines(tx, order_id).await?);
            let bill = bill_of(tx, &facts, row, &lines, Asked { terminal, now }).await?;
            let document = if closed { Document::Receipt(bill) } else { Document::PreBill(bill) };
            let work = Work::Paper { kind: document.kind(), order: Some(order_id), station: None };
            let copy = copies(&job::papers_of_order(tx, order_id).await?, &document);
            let row = JobRow { copy, ..JobRow::new(id, work, printer, Priority::Urgent, now) };
            job::insert_paper(tx, &row, &document).await?;
            Ok(id)
        })
    })
    .await?;
    app.engine.wake([printer].into_iter().filter(|_| made.fresh));
    once::done(paper_view(app, made.outcome).await)
}

/// How many papers like this one are out, or will be: of the same kind, and of the same part of the bill.
pub(super) fn copies(before: &[(JobRow, Document)], document: &Document) -> u32 {
    let part = |document: &Document| document.part().map(|part| (part.number, part.of, part.seat));
    let alike = |(paper, other): &&(JobRow, Document)| {
        other.kind() == document.kind() && part(other) == part(document) && may_be_out(paper)
    };
    u32::try_from(before.iter().filter(alike).count()).unwrap_or(u32::MAX)
}

/// Whether a guest may hold the paper, or will: the next one is a copy of it.
fn may_be_out(paper: &JobRow) -> bool {
    paper.progress.possible_duplicate
        || !matches!(paper.progress.state, JobState::Failed | JobState::Cancelled)
}

pub(crate) async fn kick_drawer(app: &App, who: &Who, request: KickDrawer) -> Result<PaperView, Refusal> {
    let reason = lines::text(Some(&request.reason), Field::Reason)?;
    let reason = reason.ok_or(Refusal::OutOfBounds { field: Field::Reason, least: 1, most: 200 })?;
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let printer = known_printer(&facts, request.printer_id)?;
    let id = JobId(app.env.new_id());
    let document = Document::Drawer;
    let work = Work::Paper { kind: document.kind(), order: None, station: None };
    let row = JobRow::new(id, work, printer, Priority::Urgent, now);
    let audit_row = AuditRow {
        id: app.env.new_id(),
        branch: facts.branch.id,
        at: now,
        user: Some(actor.user()),
        terminal: Some(actor.live.terminal.id),
        action: KickDrawer::NAME.into(),
        subject_kind: "printer".into(),
        subject: printer.0,
        detail: actor.told(json!({ "job": id.0, "reason": reason })),
    };
    let command = CommandId(request.command_id);
    let made = once(app, actor, command, KickDrawer::NAME, now, move |tx| {
        let (row, document, audit_row) = (row.clone(), document.clone(), audit_row.clone());
        Box::pin(async move {
            job::insert_paper(tx, &row, &document).await?;
            audit::insert_audit(tx, &audit_row).await?;
            Ok(row.id)
        })
    })
    .await?;
    app.engine.wake([printer].into_iter().filter(|_| made.fresh));
    once::done(paper_view(app, made.outcome).await)
}

pub(crate) async fn get_till_printers(
    app: &App,
    who: &Who,
    _: GetTillPrinters,
) -> Result<TillPrinters, Refusal> {
    let facts = app.catalogue.facts().await?;
    let printers = facts.printers.iter().filter(|device| device.address.outlet().is_none());
    Ok(TillPrinters {
        beside: facts.printer_beside(who.actor()?.live.terminal.id).map(|printer| printer.0),
        printers: printers
            .map(|printer| PrinterRef { id: printer.id.0, name: printer.name.clone() })
            .collect(),
    })
}

/// What a person says of a paper whose fate is unknown. Said too late, after its printer has said it itself,
/// it is refused.
pub(crate) async fn answer_paper(app: &App, who: &Who, request: AnswerPaper) -> Result<PaperView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let (id, answer) = (JobId(request.job_id), request.answer);
    let (user, terminal, audit_id) = (actor.user(), actor.live.terminal.id, app.env.new_id());
    let known = facts.clone();
    let command = CommandId(request.command_id);
    let said = once(app, actor, command, AnswerPaper::NAME, now, move |tx| {
        let facts = known.clone();
        Box::pin(async move {
            let (row, _) = of_branch(tx, &facts, id).await?;
            let event = match answer {
                PaperAnswer::CameOut => JobEvent::CameOut,
                PaperAnswer::PrintAgain => JobEvent::PrintAgain,
                PaperAnswer::Discard => JobEvent::Cancel,
            };
            let asked = row.progress.state == JobState::Uncertain;
            let to = next(row.work.kind(), row.progress, event, now, &RetryPolicy::default());
            let to = to.ok().filter(|_| asked).ok_or(Refusal::PaperNotUncertain)?;
            let came_out = answer == PaperAnswer::CameOut;
            let change = JobChange { settled_at: came_out.then_some(now), ..JobChange::default() };
            job::advance(tx, id, row.progress.state, &to, &change).await?;
            let audit_row = AuditRow {
                id: audit_id,
                branch: facts.branch.id,
                at: now,
                user: Some(user),
                terminal: Some(terminal),
                action: AnswerPaper::NAME.into(),
                subject_kind: "print_job".into(),
                subject: id.0,
                detail: json!({ "answer": answer, "order": row.work.order().map(|order| order.0) }),
            };
            audit::insert_audit(tx, &audit_row).await?;
            Ok(row.printer)
        })
    })
    .await?;
    if said.fresh {
        app.engine.wake([said.outcome]);
        app.tell_house(&[HouseNews::Paper(id)]);
        app.alerts_due.notify_one();
    }
    once::done(paper_view(app, id).await)
}

pub(crate) async fn get_paper(app: &App, _: &Who, request: GetPaper) -> Result<PaperView, Refusal> {
    paper_view(app, JobId(request.job_id)).await
}

pub(crate) async fn get_uncertain_papers(
    app: &App,
    _: &Who,
    _: GetUncertainPapers,
) -> Result<UncertainPapers, Refusal> {
    let facts = app.catalogue.facts().await?;
    let branch = facts.branch.id;
    let rows = app.store.read(move |tx| Box::pin(job::uncertain(tx, branch))).await?;
    Ok(UncertainPapers {
        papers: rows.iter().map(|(row, document)| view(&facts, row, document.part())).collect(),
    })
}

pub(super) fn known_printer(facts: &Facts, id: uuid::Uuid) -> Result<PrinterId, Refusal> {
    facts.printer(PrinterId(id)).map(|printer| printer.id).ok_or(Refusal::UnknownPrinter)
}

/// A paper of this branch.
async fn of_branch(tx: &mut Tx, facts: &Facts, id: JobId) -> Result<(JobRow, Document), Refusal> {
    let found = job::paper(tx, id).await?;
    found.filter(|(row, _)| facts.printer(row.printer).is_some()).ok_or(Refusal::UnknownPaper)
}

/// Where a paper is asked for, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) terminal: TerminalId,
    pub(super) now: Time,
}

/// What an order with these lines comes to now, or came to when it was closed, with what the house says at that
/// terminal.
pub(super) async fn bill_of(
    tx: &mut Tx,
    facts: &Facts,
    row: OrderRow,
    lines: &[OrderLine],
    Asked { terminal, now }: Asked,
) -> Result<Bill, Refusal> {
    let typed: Vec<&OrderLine> = lines.iter().filter(|line| !line.voided).collect();
    if typed.is_empty() {
        return Err(Refusal::EmptyOrder);
    }
    let posted = posting(typed.iter().copied())?;
    let mut payments = Vec::new();
    if row.closed_at.is_some() {
        let methods = payment::methods(tx, facts.company.id).await?;
        for (paid, _) in payment::payments(tx, row.id).await? {
            let method = methods.iter().find(|method| method.code == paid.method);
            let method = method.map_or(paid.method, |method| method.name.clone());
            payments.push(BillPayment { method, amount: paid.amount, tip: paid.tip });
        }
    }
    let settings = facts.settings(Some(terminal));
    let words = |text: &Text| text.rows().map(str::to_owned).collect();
    let number = numbering::receipt_number(tx, row.id).await?;
    let closed = row.closed_at.is_some();
    let (total, order) = (posted.sum.total, row.number.to_string());
    let blanks = [
        ("receipt", number.as_deref().unwrap_or_default()),
        ("order", &order),
        ("total", &facts.company.currency.decimal(total)),
        ("date", &LocalTime::at(row.closed_at.unwrap_or(now), facts.branch.utc_offset_minutes).iso_date()),
    ];
    let logo = logo::of_branch(tx, facts.branch.id).await?;
    let qr = filled(settings.receipt_qr.as_str(), &blanks);
    let (at_table, brought) = (row.order_type == OrderType::DineIn, row.order_type == OrderType::Delivery);
    Ok(Bill {
        qr: Some(qr).filter(|qr| closed && !qr.is_empty()),
        head: words(&settings.receipt_head),
        foot: words(&settings.receipt_foot),
        house: facts.company.name.clone(),
        branch: facts.branch.name.clone(),
        currency: facts.company.currency.clone(),
        order_number: row.number,
        order_type: row.order_type,
        table: row.table.and_then(|id| facts.table(id)).map(|(table, _)| table.name.clone()),
        customer: row.customer,
        phone: row.contact.phone.clone().filter(|_| !at_table),
        address: row.contact.address.clone().filter(|_| brought),
        courier_note: row.contact.courier_note.clone().filter(|_| brought),
        promised: contact::promise(facts, row.order_type, &row.contact),
        waiter: row.waiter_name,
        lines: bill_lines(&typed)?,
        net: posted.sum.net,
        taxes: taxes(&posted),
        total,
        payments,
        number,
        logo,
        part: None,
    })
}

pub(super) fn taxes(posting: &Posting) -> Vec<BillTax> {
    let taxes = posting.taxes.iter();
    taxes.map(|tax| BillTax { name: tax.tax.name.clone(), amount: tax.amount }).collect()
}

/// What stands on a bill: each line, and with a combo what was chosen for it.
fn bill_lines(lines: &[&OrderLine]) -> Result<Vec<BillLine>, Refusal> {
    let (parts, own): (Vec<&OrderLine>, Vec<&OrderLine>) =
        lines.iter().partition(|line| line.combo.is_some());
    let bill_line = |line: &OrderLine| {
        let mine = parts.iter().filter(|part| part.combo == Some(line.id));
        Ok(BillLine {
            quantity: line.quantity,
            name: line.name.clone(),
            modifiers: answers(line),
            amount: line.amount()?.total,
            share: None,
            parts: mine.map(|part| bill_part(part)).collect::<Result<_, Refusal>>()?,
        })
    };
    own.into_iter().map(bill_line).collect()
}

fn bill_part(part: &OrderLine) -> Result<ComboPart, Refusal> {
    Ok(ComboPart { name: part.name.clone(), modifiers: answers(part), amount: part.amount()?.total })
}

fn answers(line: &OrderLine) -> Vec<String> {
    line.modifiers.iter().map(|modifier| modifier.name.clone()).collect()
}

pub(super) async fn paper_view(app: &App, id: JobId) -> Result<PaperView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let known = facts.clone();
    let read = app.store.read::<_, Refusal, _>(move |tx| {
        let facts = known.clone();
        Box::pin(async move { of_branch(tx, &facts, id).await })
    });
    let (row, document) = read.await?;
    Ok(view(&facts, &row, document.part()))
}

pub(super) fn part_view(part: BillPart) -> PaperPart {
    PaperPart { number: part.number, of: part.of, seat: part.seat }
}

/// A paper as screens see it, and which part of a bill it is.
pub(super) fn view(facts: &Facts, row: &JobRow, part: Option<BillPart>) -> PaperView {
    let printer = facts.printer(row.printer).map_or("", |printer| printer.name.as_str());
    let progress = row.progress;
    PaperView {
        job_id: row.id.0,
        kind: row.work.kind().into(),
        order_id: row.work.order().map(|order| order.0),
        printer_id: row.printer.0,
        printer: printer.to_owned(),
        state: progress.state.into(),
        part: part.map(part_view),
        copy: row.copy,
        possible_duplicate: progress.possible_duplicate,
        cause: progress.cause.map(Into::into),
        problem: progress.cause.map(|cause| pulse::text_about(row, cause, printer)),
        created_at: row.created_at.0,
        settled_at: row.settled_at.map(|at| at.0),
    }
}
