//! Signing in and out.

use crate::once;
use crate::refusal::Refusal;
use crate::wire::{
    CurrencyView, GetSession, GetTerminal, LogIn, LogOut, LoggedIn, LoggedOut, SessionView, StationRef,
    TerminalRef, TerminalView, UserRef,
};
use crate::{App, Who, pin, session_token};
use fastops_domain::ids::{SessionId, TerminalId, UserId};
use fastops_domain::user::{PIN_FAILURES_ALLOWED, Permissions, PinFailures};
use fastops_store::audit::AuditRow;
use fastops_store::company::Terminal;
use fastops_store::user::User;
use fastops_store::{StoreError, audit, role, session, user};

/// PINs checked at the same time: each costs 19 MiB and a core for tens of milliseconds.
static PIN_CHECKS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

pub(crate) async fn get_terminal(app: &App, _: &Who, _: GetTerminal) -> Result<TerminalView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let currency = &facts.company.currency;
    Ok(TerminalView {
        company: facts.company.name.clone(),
        branch: facts.branch.name.clone(),
        language: facts.branch.language.into(),
        currency: CurrencyView {
            code: currency.code.clone(),
            minor_digits: currency.minor_digits,
            shown_digits: currency.shown_digits,
        },
        utc_offset_minutes: facts.branch.utc_offset_minutes,
        terminals: facts.terminals.iter().map(terminal_ref).collect(),
        users: facts.users.iter().map(user_ref).collect(),
        stations: facts
            .stations
            .iter()
            .map(|station| StationRef {
                id: station.id.0,
                code: station.code.clone(),
                name: station.name.clone(),
            })
            .collect(),
        demo: app.is_demo,
        version: env!("CARGO_PKG_VERSION").into(),
    })
}

pub(crate) async fn log_in(app: &App, who: &Who, request: LogIn) -> Result<LoggedIn, Refusal> {
    let (user_id, terminal_id) = (UserId(request.user_id), TerminalId(request.terminal_id));
    let facts = app.catalogue.facts().await?;
    let terminal =
        facts.terminals.iter().find(|terminal| terminal.id == terminal_id).ok_or(Refusal::UnknownTerminal)?;
    let (user, _) = prove(app, user_id, terminal_id, request.pin).await?;
    open(app, who, user, terminal.clone()).await
}

/// Finds out whether a PIN that was typed at a terminal is a person's, and gives them with the wrong ones before it.
///
/// # Errors
/// A wrong PIN counts, and is not even looked at while too many were wrong.
pub(crate) async fn prove(
    app: &App,
    user_id: UserId,
    terminal_id: TerminalId,
    pin: String,
) -> Result<(User, PinFailures), Refusal> {
    let facts = app.catalogue.facts().await?;
    let known = facts.users.iter().find(|user| user.id == user_id && user.active).cloned();
    let Some(user) = known else {
        check(None, pin).await?;
        return Err(Refusal::WrongPin { left: PIN_FAILURES_ALLOWED - 1 });
    };
    let failures = app.store.read(move |tx| Box::pin(user::pin_failures(tx, user_id, terminal_id))).await?;
    refuse_while_locked(failures, app)?;
    if check(Some(user.pin_hash.clone()), pin).await? {
        Ok((user, failures))
    } else {
        Err(remember_failure(app, user_id, terminal_id).await?)
    }
}

fn refuse_while_locked(failures: PinFailures, app: &App) -> Result<(), Refusal> {
    match failures.locked_for_ms(app.env.now()) {
        0 => Ok(()),
        ms => Err(Refusal::LockedOut { seconds: (ms + 999) / 1000 }),
    }
}

/// Checks a PIN on a thread of its own; the same work is done for nobody.
async fn check(kept: Option<String>, typed: String) -> Result<bool, Refusal> {
    let _one_of_few = PIN_CHECKS.acquire().await;
    let checked = tokio::task::spawn_blocking(move || {
        if let Some(kept) = kept {
            return pin::verify(&typed, &kept);
        }
        pin::verify_nobody(&typed);
        Ok(false)
    });
    checked.await.unwrap_or(Err(Refusal::PinHash))
}

/// What is kept of a PIN; made on a thread of its own, since it takes as long as a check.
pub(crate) async fn hash_pin(typed: String) -> Result<String, Refusal> {
    let _one_of_few = PIN_CHECKS.acquire().await;
    tokio::task::spawn_blocking(move || pin::hash(&typed)).await.unwrap_or(Err(Refusal::PinHash))
}

/// Counts one more wrong PIN; gives what the person is told.
async fn remember_failure(app: &App, user: UserId, terminal: TerminalId) -> Result<Refusal, Refusal> {
    let (now, branch) = (app.env.now(), app.catalogue.facts().await?.branch.id);
    let id = app.env.new_id();
    let after = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let after = user::pin_failures(tx, user, terminal).await?.after_failure(now);
                user::set_pin_failures(tx, user, terminal, after).await?;
                if after.lock_ms() > 0 {
                    let row = AuditRow {
                        id,
                        branch,
                        at: now,
                        user: Some(user),
                        terminal: Some(terminal),
                        action: "locked_out".into(),
                        subject_kind: "user".into(),
                        subject: user.0,
                        detail: serde_json::json!({ "failures": after.count }),
                    };
                    audit::insert_audit(tx, &row).await?;
                }
                Ok::<_, Refusal>(after)
            })
        })
        .await?;
    Ok(match after.locked_for_ms(now) {
        0 => Refusal::WrongPin { left: PIN_FAILURES_ALLOWED.saturating_sub(after.count) },
        ms => Refusal::LockedOut { seconds: (ms + 999) / 1000 },
    })
}

async fn open(app: &App, who: &Who, user: User, terminal: Terminal) -> Result<LoggedIn, Refusal> {
    let token = session_token::new()?;
    let row = session::Session {
        id: SessionId(app.env.new_id()),
        user: user.id,
        terminal: terminal.id,
        token_hash: session_token::hash(&token),
        opened_at: app.env.now(),
    };
    let (company, role) = (user.company, user.role);
    let permissions = app
        .store
        .write::<_, StoreError, _>(move |tx| {
            let row = row.clone();
            Box::pin(async move {
                user::set_pin_failures(tx, row.user, row.terminal, PinFailures::default()).await?;
                session::insert_session(tx, &row).await?;
                role::permissions(tx, company, role).await
            })
        })
        .await?;
    let view = once::done(view(app, &user, &terminal, permissions, who).await)?;
    Ok(LoggedIn { session: token, view })
}

pub(crate) async fn get_session(app: &App, who: &Who, _: GetSession) -> Result<SessionView, Refusal> {
    let actor = who.actor()?;
    let live = &actor.live;
    view(app, &live.user, &live.terminal, live.permissions, who).await
}

pub(crate) async fn log_out(app: &App, who: &Who, _: LogOut) -> Result<LoggedOut, Refusal> {
    let (session, now) = (who.actor()?.session, app.env.now());
    app.store.write(move |tx| Box::pin(session::close_session(tx, session, now))).await?;
    Ok(LoggedOut {})
}

async fn view(
    app: &App,
    user: &User,
    terminal: &Terminal,
    permissions: Permissions,
    who: &Who,
) -> Result<SessionView, Refusal> {
    let settings = app.catalogue.facts().await?.settings(Some(terminal.id));
    Ok(SessionView {
        user: user_ref(user),
        terminal: terminal_ref(terminal),
        language: who.language.into(),
        permissions: permissions.iter().map(Into::into).collect(),
        lock_minutes: u32::try_from(settings.lock_minutes).unwrap_or(u32::MAX),
    })
}

pub(crate) fn user_ref(user: &User) -> UserRef {
    UserRef { id: user.id.0, name: user.name.clone(), role: user.role.into() }
}

fn terminal_ref(terminal: &Terminal) -> TerminalRef {
    TerminalRef { id: terminal.id.0, name: terminal.name.clone() }
}
