//! The print queue: as anyone may see it, and how it is steered by hand.

use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{GetQueueStatus, QueueStatus, SetBreaker, SetTurbo, SetWorkers};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{BranchId, CommandId, PrinterId};
use fastops_domain::time::Time;
use fastops_domain::workers::{Profile, Workers};
use fastops_store::audit::{self, AuditRow};
use fastops_store::owner::{self, Asked};
use fastops_store::steering::TurboWord;
use fastops_store::{StoreError, Tx, steering};
use uuid::Uuid;

pub(crate) async fn get_queue_status(app: &App, _: &Who, _: GetQueueStatus) -> Result<QueueStatus, Refusal> {
    status(app).await
}

async fn status(app: &App) -> Result<QueueStatus, Refusal> {
    let facts = app.catalogue.facts().await?;
    let counts = app.lane_counts(&facts).await?;
    let lanes =
        facts.printers.iter().filter_map(|printer| app.lane_view(&facts, &counts, printer.id)).collect();
    // After the lanes: one that is seen at rest has given its worker back by then.
    let engine = app.engine.engine_facts();
    Ok(QueueStatus {
        stations: facts.stations.iter().map(|station| app.pulse(&facts, &counts, station.id)).collect(),
        lanes,
        workers_busy: u32::try_from(engine.busy).unwrap_or(u32::MAX),
        workers: engine.workers.count,
        profile: engine.workers.profile.into(),
        workers_fixed: engine.workers.fixed.is_some(),
        workers_reason: engine.workers.reason.into(),
        turbo: engine.turbo.is_on(),
        average_ms: engine.average_ms,
        now: app.env.now().0,
    })
}

pub(crate) async fn set_workers(app: &App, who: &Who, request: SetWorkers) -> Result<QueueStatus, Refusal> {
    let SetWorkers { command_id, count, profile } = request;
    let act = Act {
        name: SetWorkers::NAME,
        command: CommandId(command_id),
        subject: None,
        detail: serde_json::json!({ "count": count, "profile": profile }),
        asks: None,
        keeps: Keeps::Workers { profile: profile.map(Into::into), count: count.map(Workers::bounded) },
    };
    if act.keep(app, who).await? {
        app.follow_choice().await;
    }
    once::done(status(app).await)
}

pub(crate) async fn set_turbo(app: &App, who: &Who, request: SetTurbo) -> Result<QueueStatus, Refusal> {
    let act = Act {
        name: SetTurbo::NAME,
        command: CommandId(request.command_id),
        subject: None,
        detail: serde_json::json!({ "on": request.on }),
        asks: None,
        keeps: Keeps::Turbo(TurboWord { id: request.command_id, is_on: request.on }),
    };
    if act.keep(app, who).await? {
        app.follow_choice().await;
    }
    once::done(status(app).await)
}

pub(crate) async fn set_breaker(app: &App, who: &Who, request: SetBreaker) -> Result<QueueStatus, Refusal> {
    let id = PrinterId(request.printer_id);
    app.catalogue.facts().await?.printer(id).ok_or(Refusal::UnknownPrinter)?;
    let act = Act {
        name: SetBreaker::NAME,
        command: CommandId(request.command_id),
        subject: Some(("printer", id.0)),
        detail: serde_json::json!({ "open": request.open }),
        asks: Some((id, if request.open { Asked::Open } else { Asked::Closed })),
        keeps: Keeps::Printer { id, out: request.open },
    };
    if act.keep(app, who).await? {
        if app.engine.drives(id) {
            app.engine.set_breaker(id, request.open);
        }
        app.engine.look_at_owners();
    }
    once::done(status(app).await)
}

impl App {
    /// Works as was just chosen, also where only a part of it was named. What cannot be read now is followed
    /// as soon as it can.
    async fn follow_choice(&self) {
        if let Err(error) = self.equip().await {
            tracing::warn!(%error, "what was chosen for the engine is followed a little later");
        }
    }
}

/// A person's word that every core of the branch goes by. That about turbo belongs to a rush and ends with it, or with
/// the last core.
#[derive(Clone, Copy, Debug)]
enum Keeps {
    Turbo(TurboWord),
    Workers { profile: Option<Profile>, count: Option<u32> },
    Printer { id: PrinterId, out: bool },
}

impl Keeps {
    async fn write(self, tx: &mut Tx, branch: BranchId, now: Time) -> Result<(), StoreError> {
        match self {
            Self::Turbo(word) => steering::say_turbo(tx, branch, word).await,
            Self::Workers { profile, count } => steering::choose(tx, branch, profile, count).await,
            Self::Printer { id, out } => steering::set_out(tx, id, out, now).await,
        }
    }
}

/// What a person told the engine: remembered under its command's id, with an audit row.
struct Act {
    name: &'static str,
    command: CommandId,
    /// What it is about, when not the engine as a whole.
    subject: Option<(&'static str, Uuid)>,
    detail: serde_json::Value,
    /// Word for whoever drives a printer, on whichever computer.
    asks: Option<(PrinterId, Asked)>,
    keeps: Keeps,
}

impl Act {
    /// Whether it is to be done: a repeated command was done before.
    async fn keep(self, app: &App, who: &Who) -> Result<bool, Refusal> {
        let asks = self.asks.filter(|_| app.store.is_shared());
        let (actor, now) = (who.actor()?, app.env.now());
        let branch = app.catalogue.facts().await?.branch.id;
        let (subject_kind, subject) = self.subject.unwrap_or(("branch", branch.0));
        let row = AuditRow {
            id: app.env.new_id(),
            branch,
            at: now,
            user: Some(actor.user()),
            terminal: Some(actor.live.terminal.id),
            action: self.name.into(),
            subject_kind: subject_kind.into(),
            subject,
            detail: self.detail,
        };
        let keeps = self.keeps;
        let kept = once(app, actor, self.command, self.name, now, move |tx| {
            let row = row.clone();
            Box::pin(async move {
                if let Some((printer, asked)) = asks {
                    owner::ask(tx, printer, asked).await?;
                }
                keeps.write(tx, branch, now).await?;
                Ok(audit::insert_audit(tx, &row).await?)
            })
        });
        Ok(kept.await?.fresh)
    }
}
