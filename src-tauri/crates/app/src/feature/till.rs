//! The till: a drawer from its float to its count, and the papers that say what went through it.
//!
//! Screen and paper read the same report. Of a closed session it is the one that was kept with the count, so a
//! Z says the same for ever; while a drawer is open nobody is told what must lie in it, since it is counted blind.

mod report;

use crate::catalogue::Facts;
use crate::feature::{lines, paper};
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{
    CashSessionView, CloseCashSession, GetCashSession, MoveCash, OpenCashSession, PaperView, PrintCashReport,
    TillView,
};
use crate::{Actor, App, Command as _, Who};
use fastops_domain::document::{CashReport, Document};
use fastops_domain::ids::{CashMoveId, CashSessionId, CommandId, JobId};
use fastops_domain::job::{Priority, Work};
use fastops_domain::money::Money;
use fastops_domain::time::Time;
use fastops_store::audit::AuditRow;
use fastops_store::cash::{CashMove, CashSession, NewSession};
use fastops_store::job::JobRow;
use fastops_store::{Tx, audit, cash, job};
use report::Figures;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// What acts about a session are written down as.
const SUBJECT: &str = "cash_session";
/// Most minor units that a person can say at once.
const MOST: i64 = 10_000_000_000_000;

pub(crate) async fn open_cash_session(
    app: &App,
    who: &Who,
    request: OpenCashSession,
) -> Result<CashSessionView, Refusal> {
    let act = Act::new(app, who, request.session_id, OpenCashSession::NAME).await?;
    let float = amount(request.float_minor, 0)?;
    let command = CommandId(request.command_id);
    let opening = act.clone();
    once(app, &act.actor, command, OpenCashSession::NAME, act.now, move |tx| {
        let act = opening.clone();
        Box::pin(async move {
            let terminal = act.actor.live.terminal.id;
            if let Some(open) = cash::open_session_of(tx, terminal).await? {
                return Err(Refusal::TillOpen { number: open.number });
            }
            let new = NewSession {
                id: act.session,
                branch: act.facts.branch.id,
                terminal,
                day: act.facts.day_rule().day_of(act.now),
                opened_at: act.now,
                opened_by: act.actor.user(),
                float,
            };
            let number = cash::open_session(tx, &new).await?;
            act.note(tx, json!({ "number": number, "float_minor": float.0 })).await
        })
    })
    .await?;
    once::done(act.view(app).await)
}

pub(crate) async fn move_cash(app: &App, who: &Who, request: MoveCash) -> Result<CashSessionView, Refusal> {
    let act = Act::new(app, who, request.session_id, MoveCash::NAME).await?;
    let amount = amount(request.amount_minor, 1)?;
    let reason = lines::text(Some(&request.reason), Field::Reason)?;
    let reason = reason.ok_or(Refusal::OutOfBounds { field: Field::Reason, least: 1, most: 200 })?;
    let (command, direction) = (CommandId(request.command_id), request.direction.into());
    let row = CashMove {
        id: CashMoveId(app.env.new_id()),
        session: act.session,
        direction,
        amount,
        reason,
        at: act.now,
        user: act.actor.user(),
        command,
    };
    let moving = act.clone();
    once(app, &act.actor, command, MoveCash::NAME, act.now, move |tx| {
        let (act, row) = (moving.clone(), row.clone());
        Box::pin(async move {
            act.open_session(tx).await?;
            cash::insert_move(tx, &row).await?;
            let detail = json!({
                "direction": row.direction.code(), "amount_minor": row.amount.0, "reason": row.reason,
            });
            act.note(tx, detail).await
        })
    })
    .await?;
    once::done(act.view(app).await)
}

pub(crate) async fn close_cash_session(
    app: &App,
    who: &Who,
    request: CloseCashSession,
) -> Result<CashSessionView, Refusal> {
    let act = Act::new(app, who, request.session_id, CloseCashSession::NAME).await?;
    let counted = amount(request.counted_minor, 0)?;
    let note = lines::text(request.note.as_deref(), Field::Note)?;
    let command = CommandId(request.command_id);
    let closing = act.clone();
    once(app, &act.actor, command, CloseCashSession::NAME, act.now, move |tx| {
        let (act, note) = (closing.clone(), note.clone());
        Box::pin(async move { act.close(tx, counted, note.as_deref()).await })
    })
    .await?;
    once::done(act.view(app).await)
}

pub(crate) async fn get_cash_session(
    app: &App,
    who: &Who,
    request: GetCashSession,
) -> Result<TillView, Refusal> {
    let (facts, terminal) = (app.catalogue.facts().await?, who.actor()?.live.terminal.id);
    let asked = request.session_id.map(CashSessionId);
    let read = app.store.read::<_, Refusal, _>(move |tx| {
        let facts = facts.clone();
        Box::pin(async move {
            let session = match asked {
                Some(id) => Some(of_branch(tx, &facts, id).await?),
                None => cash::open_session_of(tx, terminal).await?,
            };
            let Some(session) = session else { return Ok(TillView { session: None }) };
            let report = report_of(tx, &facts, &session).await?;
            Ok(TillView { session: Some(report::view(&session, &report)?) })
        })
    });
    read.await
}

pub(crate) async fn print_cash_report(
    app: &App,
    who: &Who,
    request: PrintCashReport,
) -> Result<PaperView, Refusal> {
    let act = Act::new(app, who, request.session_id, PrintCashReport::NAME).await?;
    let beside = act.facts.printer_beside(act.actor.live.terminal.id);
    let printer = match request.printer_id {
        Some(id) => paper::known_printer(&act.facts, id)?,
        None => beside.ok_or(Refusal::NoTillPrinter)?,
    };
    let (id, command) = (JobId(app.env.new_id()), CommandId(request.command_id));
    let printing = act.clone();
    let made = once(app, &act.actor, command, PrintCashReport::NAME, act.now, move |tx| {
        let act = printing.clone();
        Box::pin(async move {
            let session = of_branch(tx, &act.facts, act.session).await?;
            let document = Document::CashReport(report_of(tx, &act.facts, &session).await?);
            let closed = session.closed.is_some();
            // Whoever has noted the act comes before whoever notes one later, so that only one Z is the first.
            act.note(tx, json!({ "job": id.0, "report": if closed { "z" } else { "x" } })).await?;
            let copy = if closed { earlier_reports(tx, act.session).await? } else { 0 };
            let work = Work::Paper { kind: document.kind(), order: None, station: None };
            let row = JobRow { copy, ..JobRow::new(id, work, printer, Priority::Urgent, act.now) };
            job::insert_paper(tx, &row, &document).await?;
            Ok(id)
        })
    })
    .await?;
    app.engine.wake([printer].into_iter().filter(|_| made.fresh));
    once::done(paper::paper_view(app, made.outcome).await)
}

/// What a person does to one session.
#[derive(Clone)]
struct Act {
    session: CashSessionId,
    actor: Actor,
    now: Time,
    facts: Arc<Facts>,
    audit_id: Uuid,
    name: &'static str,
}

impl Act {
    async fn new(app: &App, who: &Who, session: Uuid, name: &'static str) -> Result<Self, Refusal> {
        Ok(Self {
            session: CashSessionId(session),
            actor: who.actor()?.clone(),
            now: app.env.now(),
            facts: app.catalogue.facts().await?,
            audit_id: app.env.new_id(),
            name,
        })
    }

    /// The session, while money may move in it.
    async fn open_session(&self, tx: &mut Tx) -> Result<CashSession, Refusal> {
        let session = of_branch(tx, &self.facts, self.session).await?;
        match session.closed {
            None => Ok(session),
            Some(_) => Err(Refusal::CashSessionClosed { number: session.number }),
        }
    }

    async fn close(&self, tx: &mut Tx, counted: Money, note: Option<&str>) -> Result<(), Refusal> {
        let opened_at = self.open_session(tx).await?.opened_at;
        let held = cash::hold(tx, self.session).await?;
        // A clock that was turned back in between would close it before it was opened.
        let count = held.count(counted, self.now.max(opened_at), self.actor.user(), note)?;
        let figures = Figures::read(tx, self.facts.company.id, self.session).await?;
        let report = figures.counted(&self.facts, held.session(), held.drawer(), &count)?;
        cash::close_session(tx, &held, &count, &report).await?;
        let detail = json!({
            "number": held.session().number, "counted_minor": count.counted.0, "expected_minor": count.expected.0,
        });
        self.note(tx, detail).await
    }

    async fn note(&self, tx: &mut Tx, detail: Value) -> Result<(), Refusal> {
        let row = AuditRow {
            id: self.audit_id,
            branch: self.facts.branch.id,
            at: self.now,
            user: Some(self.actor.user()),
            terminal: Some(self.actor.live.terminal.id),
            action: self.name.into(),
            subject_kind: SUBJECT.into(),
            subject: self.session.0,
            detail,
        };
        Ok(audit::insert_audit(tx, &row).await?)
    }

    async fn view(&self, app: &App) -> Result<CashSessionView, Refusal> {
        let (facts, id) = (self.facts.clone(), self.session);
        let read = app.store.read::<_, Refusal, _>(move |tx| {
            let facts = facts.clone();
            Box::pin(async move {
                let session = of_branch(tx, &facts, id).await?;
                report::view(&session, &report_of(tx, &facts, &session).await?)
            })
        });
        read.await
    }
}

fn amount(minor: i64, least: i64) -> Result<Money, Refusal> {
    if (least..=MOST).contains(&minor) { Ok(Money(minor)) } else { Err(Refusal::BadAmount) }
}

async fn of_branch(tx: &mut Tx, facts: &Facts, id: CashSessionId) -> Result<CashSession, Refusal> {
    let session = cash::session(tx, id).await?.filter(|session| session.branch == facts.branch.id);
    session.ok_or(Refusal::UnknownCashSession)
}

/// The report of a session as it is now: the kept one when it is closed.
async fn report_of(tx: &mut Tx, facts: &Facts, session: &CashSession) -> Result<CashReport, Refusal> {
    let Some(count) = &session.closed else {
        return Ok(Figures::read(tx, facts.company.id, session.id).await?.so_far(facts, session));
    };
    if let Some(kept) = cash::kept_report(tx, session.id).await? {
        return Ok(kept);
    }
    let drawer = cash::drawer(tx, session.id).await?.unwrap_or_default();
    Figures::read(tx, facts.company.id, session.id).await?.counted(facts, session, drawer, count)
}

/// How often the report of a closed session was asked for before the act that was just noted.
async fn earlier_reports(tx: &mut Tx, session: CashSessionId) -> Result<u32, Refusal> {
    let acts = audit::audit_of(tx, SUBJECT, session.0).await?;
    let printed =
        acts.iter().filter(|act| act.action == PrintCashReport::NAME && act.detail["report"] == "z");
    Ok(u32::try_from(printed.count()).unwrap_or(u32::MAX).saturating_sub(1))
}
