//! Who calls, and whether they may.

use crate::feature::approval;
use crate::refusal::Refusal;
use crate::surface::{Access, Command};
use crate::wire::Approval;
use crate::{App, session_token};
use fastops_domain::ids::{CommandId, SessionId, UserId};
use fastops_domain::user::{Language, Role};
use fastops_store::session::LiveSession;
use fastops_store::{StoreError, command};
use serde_json::{Value, json};
use std::sync::Arc;

/// What a host knows of whoever calls.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The secret that `log_in` answered, when there is one.
    pub session: Option<String>,
    /// The language of the host's screen; a signed-in user's screen sends theirs.
    pub language: Language,
    /// Who approves this one call, for a caller who may not make it alone.
    pub approval: Option<Approval>,
}

/// Someone who was let in.
#[derive(Clone, Debug)]
pub struct Who {
    /// The language to answer in.
    pub language: Language,
    /// The signed-in person; none for a command that anyone may call.
    pub(crate) actor: Option<Actor>,
}

/// A signed-in person at a terminal.
#[derive(Clone, Debug)]
pub struct Actor {
    pub(crate) session: SessionId,
    pub(crate) live: Arc<LiveSession>,
    /// Who let them do it, when they may not alone.
    pub(crate) approved_by: Option<UserId>,
}

impl Actor {
    pub(crate) fn user(&self) -> UserId {
        self.live.user.id
    }

    pub(crate) fn role(&self) -> Role {
        self.live.user.role
    }

    /// What an audit row tells of an act of theirs, with who approved it.
    pub(crate) fn told(&self, mut detail: Value) -> Value {
        if let Some(approver) = self.approved_by {
            detail["approved_by"] = json!(approver.0);
        }
        detail
    }
}

impl Who {
    /// Finds out who calls and refuses what they may not do. Refuses by default.
    ///
    /// Whoever sends again what they have done is let in, whatever became of their permission or of who approved it
    /// meanwhile: nothing happens but that they are told what they have done.
    pub(crate) async fn identify<C: Command>(
        app: &App,
        caller: &Caller,
        request: &C,
        language: &mut Language,
    ) -> Result<Self, Refusal> {
        *language = caller.language;
        let Access::Anyone = C::ACCESS else {
            let token = caller.session.as_deref().ok_or(Refusal::NotSignedIn)?;
            let mut actor = find(app, token).await?;
            if let Access::Holder(permission) = C::ACCESS
                && !actor.live.permissions.contains(permission)
            {
                match approval::approver(app, &actor, caller.approval.as_ref(), permission).await {
                    Ok(approver) => actor.approved_by = Some(approver),
                    Err(_) if has_done(app, &actor, request).await => {}
                    Err(refusal) => return Err(refusal),
                }
            }
            return Ok(Self { language: caller.language, actor: Some(actor) });
        };
        Ok(Self { language: caller.language, actor: None })
    }

    /// The person, for a command that needs one.
    pub(crate) fn actor(&self) -> Result<&Actor, Refusal> {
        self.actor.as_ref().ok_or(Refusal::NotSignedIn)
    }
}

/// Whether this very command of this person was carried out before.
async fn has_done<C: Command>(app: &App, actor: &Actor, request: &C) -> bool {
    let Ok(request) = serde_json::to_value(request) else { return false };
    let id = request.get("command_id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let Some(id) = id.map(CommandId) else { return false };
    let answered = app.store.read::<_, StoreError, _>(move |tx| Box::pin(command::answered(tx, id))).await;
    matches!(answered, Ok(Some(done)) if done.name == C::NAME && done.user == actor.user())
}

async fn find(app: &App, token: &str) -> Result<Actor, Refusal> {
    match app.catalogue.session(session_token::hash(token)).await? {
        Some(live) if live.user.active => Ok(Actor { session: live.session, live, approved_by: None }),
        _ => Err(Refusal::NotSignedIn),
    }
}
