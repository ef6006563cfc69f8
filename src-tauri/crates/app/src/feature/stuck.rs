//! Tickets that need a person: shown with what is wrong, tried anew or given up by who may steer the queue.

use crate::feature::{lines, paper};
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{ClearJobs, ListStuckJobs, RetryJobs, StuckJob, StuckJobs};
use crate::{App, Command as _, Who, pulse, words};
use fastops_domain::ids::{CommandId, JobId, OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::JobState;
use fastops_domain::time::Time;
use fastops_store::audit::{self, AuditRow};
use fastops_store::hint::HouseNews;
use fastops_store::job::{self, Decided};
use fastops_store::{StoreError, Tx};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use uuid::Uuid;

/// Most tickets that are listed, and most that one command decides about.
const MOST: i64 = 200;

pub(crate) async fn list_stuck_jobs(app: &App, _: &Who, _: ListStuckJobs) -> Result<StuckJobs, Refusal> {
    list(app).await
}

async fn list(app: &App) -> Result<StuckJobs, Refusal> {
    let facts = app.catalogue.facts().await?;
    let branch = facts.branch.id;
    let read = app.store.read::<_, StoreError, _>(move |tx| Box::pin(job::stuck(tx, branch, MOST + 1)));
    let mut found = read.await?;
    let more = found.len() > usize::try_from(MOST).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    let view = |stuck: job::StuckJob| {
        let job = stuck.job;
        let printer = facts.printer(job.printer).map_or("", |printer| printer.name.as_str());
        let cause = job.progress.cause;
        StuckJob {
            job_id: job.id.0,
            kind: job.work.kind().into(),
            ticket_id: job.work.ticket().map(|id| id.0),
            order_id: job.work.order().map(|id| id.0),
            station: job.work.station().and_then(|id| facts.maker(id)).map(|station| station.name.clone()),
            printer: printer.to_owned(),
            ticket_number: stuck.ticket_number,
            order_number: stuck.order_number,
            table: stuck.table.and_then(|id| facts.table(id)).map(|(table, _)| table.name.clone()),
            customer: stuck.customer,
            part: stuck.document.and_then(|document| document.part()).map(paper::part_view),
            state: job.progress.state.into(),
            cause: cause.map(Into::into),
            problem: cause
                .map_or_else(words::failed_without_cause, |cause| pulse::text_about(&job, cause, printer)),
            attempts: job.progress.attempts,
            copy: job.copy,
            possible_duplicate: job.progress.possible_duplicate,
            created_at: job.created_at.0,
            next_try: (job.progress.state == JobState::Blocked).then_some(job.progress.not_before.0),
            can_retry: job.work.kind().may_retry(job.progress.state),
            can_clear: job.work.kind().may_clear(job.progress.state),
        }
    };
    Ok(StuckJobs { jobs: found.into_iter().map(view).collect(), more, now: app.env.now().0 })
}

pub(crate) async fn retry_jobs(app: &App, who: &Who, request: RetryJobs) -> Result<StuckJobs, Refusal> {
    let RetryJobs { command_id, job_ids } = request;
    decide(app, who, CommandId(command_id), Decision::Retry, job_ids).await
}

pub(crate) async fn clear_jobs(app: &App, who: &Who, request: ClearJobs) -> Result<StuckJobs, Refusal> {
    let ClearJobs { command_id, job_ids, reason } = request;
    let reason = lines::text(Some(&reason), Field::Reason)?;
    let reason = reason.ok_or(Refusal::OutOfBounds { field: Field::Reason, least: 1, most: 200 })?;
    decide(app, who, CommandId(command_id), Decision::Clear { reason }, job_ids).await
}

/// What a person wants of tickets.
#[derive(Clone, Debug)]
enum Decision {
    Retry,
    Clear { reason: String },
}

impl Decision {
    const fn name(&self) -> &'static str {
        match self {
            Self::Retry => RetryJobs::NAME,
            Self::Clear { .. } => ClearJobs::NAME,
        }
    }

    async fn carry_out(&self, tx: &mut Tx, jobs: &[JobId], now: Time) -> Result<Vec<Decided>, StoreError> {
        match self {
            Self::Retry => job::retry(tx, jobs, now).await,
            Self::Clear { .. } => job::clear(tx, jobs, now).await,
        }
    }
}

/// A job that was decided about, as it is kept with the command.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Done {
    job: Uuid,
    order: Option<Uuid>,
    /// The ticket and its station, where it is one.
    ticket: Option<(Uuid, Uuid)>,
    printer: Uuid,
}

async fn decide(
    app: &App,
    who: &Who,
    command: CommandId,
    decision: Decision,
    job_ids: Option<Vec<Uuid>>,
) -> Result<StuckJobs, Refusal> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    if job_ids.as_ref().is_some_and(|ids| ids.is_empty() || ids.len() > most) {
        return Err(Refusal::OutOfBounds { field: Field::Tickets, least: 1, most });
    }
    let (actor, now) = (who.actor()?, app.env.now());
    let branch = app.catalogue.facts().await?.branch.id;
    let (user, terminal, audit_id) = (actor.user(), actor.live.terminal.id, app.env.new_id());
    let name = decision.name();
    let decided = once(app, actor, command, name, now, move |tx| {
        let (decision, job_ids) = (decision.clone(), job_ids.clone());
        Box::pin(async move {
            // What is named has to be the branch's own, and what is not named is what failed.
            let stuck = job::stuck(tx, branch, MOST + 1).await?;
            let wanted = |stuck: &&job::StuckJob| match &job_ids {
                Some(ids) => ids.contains(&stuck.job.id.0),
                None => stuck.job.progress.state == JobState::Failed,
            };
            let chosen: Vec<&job::StuckJob> = stuck.iter().filter(wanted).take(most).collect();
            let ids: Vec<JobId> = chosen.iter().map(|stuck| stuck.job.id).collect();
            let decided = decision.carry_out(tx, &ids, now).await?;
            if decided.is_empty() {
                return Err(Refusal::NothingStuck);
            }
            let numbers: Vec<Option<i64>> = chosen
                .iter()
                .filter(|stuck| decided.iter().any(|decided| decided.job.job == stuck.job.id))
                .map(|stuck| stuck.ticket_number)
                .collect();
            let subject = match decided.as_slice() {
                [one] => ("print_job", one.job.job.0),
                _ => ("branch", branch.0),
            };
            let jobs: Vec<Uuid> = decided.iter().map(|decided| decided.job.job.0).collect();
            let reason = match &decision {
                Decision::Retry => None,
                Decision::Clear { reason } => Some(reason.as_str()),
            };
            let row = AuditRow {
                id: audit_id,
                branch,
                at: now,
                user: Some(user),
                terminal: Some(terminal),
                action: name.into(),
                subject_kind: subject.0.into(),
                subject: subject.1,
                detail: serde_json::json!({ "jobs": jobs, "numbers": numbers, "reason": reason }),
            };
            audit::insert_audit(tx, &row).await?;
            Ok(decided.iter().map(Done::of).collect::<Vec<_>>())
        })
    })
    .await?;
    if decided.fresh {
        app.tell_decided(&decided.outcome);
    }
    once::done(list(app).await)
}

impl Done {
    fn of(decided: &Decided) -> Self {
        let work = decided.job.work;
        let ticket = work.ticket().zip(work.station()).map(|(ticket, station)| (ticket.0, station.0));
        let order = work.order().map(|order| order.0);
        Self { job: decided.job.job.0, order, ticket, printer: decided.printer.0 }
    }
}

impl App {
    /// Wakes the lanes of jobs that were decided about, and tells every screen.
    fn tell_decided(&self, decided: &[Done]) {
        self.engine.wake(decided.iter().map(|done| PrinterId(done.printer)));
        let mut told = HashSet::new();
        let mut news = Vec::new();
        for done in decided {
            let order = done.order.map(OrderId);
            news.extend(order.filter(|order| told.insert(*order)).map(HouseNews::Order));
            news.push(match (done.ticket, order) {
                (Some((ticket, station)), Some(order)) => {
                    HouseNews::Ticket { ticket: TicketId(ticket), station: StationId(station), order }
                }
                _ => HouseNews::Paper(JobId(done.job)),
            });
        }
        self.tell_house(&news);
    }
}
