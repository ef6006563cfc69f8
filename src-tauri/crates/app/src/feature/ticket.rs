//! What a waiter can do about paper: hurry it, or have it again.

use crate::feature::order_view;
use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{MarkUrgent, OrderView, ReprintTicket};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, JobId, OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::{JobState, Priority, Work};
use fastops_domain::ticket::{TicketContent, TicketState};
use fastops_store::audit::AuditRow;
use fastops_store::hint::HouseNews;
use fastops_store::job::{JobRow, Rank};
use fastops_store::{Tx, audit, job, order, ticket};
use serde::{Deserialize, Serialize};

pub(crate) async fn mark_urgent(app: &App, who: &Who, request: MarkUrgent) -> Result<OrderView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let (id, branch) = (OrderId(request.order_id), app.catalogue.facts().await?.branch.id);
    let command = CommandId(request.command_id);
    // In the house's ordinary course nobody asks who hurried an order; whoever lent their word for it is written down.
    let approved = actor.approved_by.map(|_| AuditRow {
        id: app.env.new_id(),
        branch,
        at: now,
        user: Some(actor.user()),
        terminal: Some(actor.live.terminal.id),
        action: MarkUrgent::NAME.into(),
        subject_kind: "order".into(),
        subject: id.0,
        detail: actor.told(serde_json::json!({})),
    });
    let hurried = once(app, actor, command, MarkUrgent::NAME, now, move |tx| {
        let approved = approved.clone();
        Box::pin(async move {
            let row = order::order(tx, id).await?.filter(|row| row.branch == branch);
            let row = row.ok_or(Refusal::UnknownOrder)?;
            if row.closed_at.is_some() {
                return Err(Refusal::OrderClosed { number: row.number });
            }
            order::set_urgent(tx, id).await?;
            let mut waiting = job::jobs_of_order(tx, id).await?;
            waiting.retain(|job| job.progress.state.is_waiting());
            job::set_ranks(tx, &hurried_ranks(&waiting)).await?;
            waiting.retain(|job| job.copy == 0);
            let tickets = say_urgent(tx, id, &waiting).await?;
            if let Some(row) = &approved {
                audit::insert_audit(tx, row).await?;
            }
            Ok(Hurried { printers: waiting.iter().map(|job| job.printer).collect(), tickets })
        })
    })
    .await?;
    if hurried.fresh {
        let Hurried { printers, tickets } = hurried.outcome;
        app.engine.wake(printers);
        let tickets = tickets.into_iter();
        let tickets = tickets.map(|(ticket, station)| HouseNews::Ticket { ticket, station, order: id });
        app.tell_house(&tickets.chain([HouseNews::Order(id)]).collect::<Vec<_>>());
    }
    once::done(order_view::order_view(app, id).await)
}

/// What an order that is hurried moved.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Hurried {
    /// Those whose lanes have other work first now.
    printers: Vec<PrinterId>,
    /// The tickets that say so, for the events of the call that made the change; a repeated call tells nobody.
    #[serde(skip)]
    tickets: Vec<(TicketId, StationId)>,
}

/// Where an order's waiting jobs go when it is hurried: first printings to the front, and nothing of a
/// station behind a later change for it.
fn hurried_ranks(waiting: &[JobRow]) -> Vec<Rank> {
    let hurried = |job: &JobRow| Priority::Urgent.rank(job.created_at).min(job.rank);
    let place = |job: &JobRow| {
        let (priority, own) =
            if job.copy == 0 { (Priority::Urgent, hurried(job)) } else { (job.priority, job.rank) };
        let later = waiting.iter().filter(|later| {
            later.copy == 0 && later.work.station() == job.work.station() && later.revision > job.revision
        });
        let rank = later.map(|later| hurried(later) - 1).fold(own, i64::min);
        Rank { job: job.id, priority, rank }
    };
    waiting.iter().map(place).collect()
}

/// The papers say URGENTE too; gives their tickets.
async fn say_urgent(
    tx: &mut Tx,
    order: OrderId,
    waiting: &[JobRow],
) -> Result<Vec<(TicketId, StationId)>, Refusal> {
    let mut tickets = ticket::tickets_of_order(tx, order).await?;
    tickets.retain(|ticket| waiting.iter().any(|job| job.work.ticket() == Some(ticket.id)));
    let told = tickets.iter().map(|ticket| (ticket.id, ticket.station)).collect();
    let contents: Vec<(TicketId, TicketContent)> = tickets
        .into_iter()
        .map(|ticket| (ticket.id, TicketContent { urgent: true, ..ticket.content }))
        .collect();
    ticket::rewrite_contents(tx, &contents).await?;
    Ok(told)
}

pub(crate) async fn reprint_ticket(
    app: &App,
    who: &Who,
    request: ReprintTicket,
) -> Result<OrderView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let id = TicketId(request.ticket_id);
    let command = CommandId(request.command_id);
    let (job_id, audit_id) = (JobId(app.env.new_id()), app.env.new_id());
    let (user, terminal) = (actor.user(), actor.live.terminal.id);
    let (routing, acting) = (app.clone(), actor.clone());
    let reprinted = once(app, actor, command, ReprintTicket::NAME, now, move |tx| {
        let (facts, routing, acting) = (facts.clone(), routing.clone(), acting.clone());
        Box::pin(async move {
            let row = ticket::ticket(tx, id).await?.ok_or(Refusal::UnknownTicket)?;
            let station = facts.maker(row.station).ok_or(Refusal::UnknownTicket)?;
            let sender = facts.terminals.iter().find(|terminal| terminal.name == row.content.terminal);
            let printer = routing.target(&facts, station.id, sender.map(|terminal| terminal.id));
            let printer = printer.ok_or_else(|| Refusal::NoRoute { station: station.name.clone() })?;
            if row.state == TicketState::Cancelled {
                return Err(Refusal::TicketMoved { number: row.number });
            }
            let jobs = job::jobs_of_ticket(tx, id).await?;
            if jobs.iter().any(|job| !job.progress.state.is_final()) {
                return Err(Refusal::TicketStillWaiting { number: row.number });
            }
            // What never came to paper is wanted at once.
            let never = |job: &JobRow| matches!(job.progress.state, JobState::Failed | JobState::Cancelled);
            let failed = jobs.iter().all(never);
            let copy = jobs.iter().map(|job| job.copy).max().unwrap_or(0) + 1;
            let work = Work::Ticket { ticket: id, order: row.order, station: row.station };
            let priority = if failed { Priority::Urgent } else { Priority::Low };
            let reprint =
                JobRow { revision: row.revision, copy, ..JobRow::new(job_id, work, printer, priority, now) };
            job::insert_jobs(tx, &[reprint]).await?;
            let audit_row = AuditRow {
                id: audit_id,
                branch: facts.branch.id,
                at: now,
                user: Some(user),
                terminal: Some(terminal),
                action: ReprintTicket::NAME.into(),
                subject_kind: "ticket".into(),
                subject: id.0,
                detail: acting.told(serde_json::json!({ "number": row.number, "copy": copy })),
            };
            audit::insert_audit(tx, &audit_row).await?;
            Ok((row.order, printer))
        })
    })
    .await?;
    let (order_id, printer) = reprinted.outcome;
    if reprinted.fresh {
        app.engine.wake([printer]);
        app.tell_house(&[HouseNews::Order(order_id)]);
    }
    once::done(order_view::order_view(app, order_id).await)
}
