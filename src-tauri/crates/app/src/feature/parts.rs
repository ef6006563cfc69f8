//! Papers of a bill in parts: each guest gets the lines that they share, and what their part of each comes to.

use crate::feature::paper::{self, Asked};
use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{PartPaper, PrintParts, PrintedParts};
use crate::{App, Command as _, Who};
use fastops_domain::division::Part;
use fastops_domain::document::{Bill, BillLine, BillPart, BillShare, ComboPart, Document};
use fastops_domain::ids::{CommandId, JobId, OrderId};
use fastops_domain::job::{Priority, Work};
use fastops_domain::order::OrderLine;
use fastops_store::job::{self, JobRow};
use fastops_store::order;
use std::collections::HashMap;

pub(crate) async fn print_parts(app: &App, who: &Who, request: PrintParts) -> Result<PrintedParts, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let printer = paper::known_printer(&facts, request.printer_id)?;
    let (id, wanted) = (OrderId(request.order_id), request.part);
    let command = CommandId(request.command_id);
    let asked = Asked { terminal: actor.live.terminal.id, now };
    let (known, env) = (facts.clone(), app.env.clone());
    let made = once(app, actor, command, PrintParts::NAME, now, move |tx| {
        let (facts, env) = (known.clone(), env.clone());
        Box::pin(async move {
            let row = order::order(tx, id).await?.filter(|row| row.branch == facts.branch.id);
            let row = row.ok_or(Refusal::UnknownOrder)?;
            if row.closed_at.is_some() {
                return Err(Refusal::OrderClosed { number: row.number });
            }
            let no_such = Refusal::NoSuchPart { number: row.number };
            let Some(division) = row.division.clone() else { return Err(no_such) };
            if wanted.is_some_and(|part| !(1..=division.parts()).contains(&part)) {
                return Err(no_such);
            }
            let lines = order::lines(tx, id).await?;
            let whole = paper::bill_of(tx, &facts, row, &lines, asked).await?;
            let parts = division.divide(&lines, facts.company.currency.smallest_written())?;
            let before = job::papers_of_order(tx, id).await?;
            let mut papers = Vec::new();
            for (part, number) in parts.iter().zip(1..) {
                if part.shares.is_empty() || wanted.is_some_and(|wanted| wanted != number) {
                    continue;
                }
                let document = Document::PreBill(of_part(&whole, &lines, part, (number, division.parts())));
                let work = Work::Paper { kind: document.kind(), order: Some(id), station: None };
                let copy = paper::copies(&before, &document);
                let row = JobRow::new(JobId(env.new_id()), work, printer, Priority::Urgent, now);
                papers.push((number, JobRow { copy, ..row }, document));
            }
            if papers.is_empty() {
                return Err(Refusal::EmptyPart { part: wanted.unwrap_or(1) });
            }
            let ids: Vec<(u8, JobId)> = papers.iter().map(|(number, row, _)| (*number, row.id)).collect();
            let rows: Vec<_> = papers.into_iter().map(|(_, row, document)| (row, document)).collect();
            job::insert_papers(tx, &rows).await?;
            Ok(ids)
        })
    })
    .await?;
    app.engine.wake([printer].into_iter().filter(|_| made.fresh));
    let ids: Vec<JobId> = made.outcome.iter().map(|(_, job)| *job).collect();
    let rows = once::done(
        app.store
            .read(move |tx| {
                let ids = ids.clone();
                Box::pin(async move { Ok::<_, Refusal>(job::papers(tx, &ids).await?) })
            })
            .await,
    )?;
    let rows: HashMap<JobId, _> = rows.into_iter().map(|paper| (paper.0.id, paper)).collect();
    let papers = made.outcome.iter().filter_map(|(part, job)| {
        let (row, document) = rows.get(job)?;
        Some(PartPaper { part: *part, paper: paper::view(&facts, row, document.part()) })
    });
    Ok(PrintedParts { papers: papers.collect() })
}

/// The paper of one part.
fn of_part(whole: &Bill, lines: &[OrderLine], part: &Part, (number, of): (u8, u8)) -> Bill {
    let standing = || lines.iter().filter(|line| !line.voided);
    // What was chosen for a combo stands on a bill beneath it.
    let ids = standing().filter(|line| line.combo.is_none()).map(|line| line.id);
    let known: HashMap<_, _> = ids.zip(&whole.lines).collect();
    let shared = part.shares.iter().filter_map(|share| {
        let line = known.get(&share.line)?;
        let fraction = share.fraction;
        let own = (fraction != (1, 1)).then_some(BillShare { fraction, whole: line.amount });
        let chosen = standing().filter(|chosen| chosen.combo == Some(share.line));
        let parts = line.parts.iter().zip(chosen);
        let parts = parts.map(|(own, chosen)| ComboPart { amount: part.amount_of(chosen.id), ..own.clone() });
        Some(BillLine { amount: share.amount, share: own, parts: parts.collect(), ..(*line).clone() })
    });
    Bill {
        lines: shared.collect(),
        net: part.posting.sum.net,
        taxes: paper::taxes(&part.posting),
        total: part.posting.sum.total,
        part: Some(BillPart { number, of, seat: part.seat, whole: whole.total }),
        ..whole.clone()
    }
}
