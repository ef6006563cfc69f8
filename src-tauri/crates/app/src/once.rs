//! Commands that change something happen once, however often they are sent (P13).
//!
//! The client's id is stored in the same transaction as the change, with what the change gave. The
//! same id again gives the same, and changes nothing.
//!
//! That also settles a commit whose answer was lost: the command is done again under its id. If it had
//! happened, its answer is found; if it had not, it happens now; and while the server still works on
//! the first one, the id's key makes the second wait for it.

use crate::refusal::Refusal;
use crate::{Actor, App};
use fastops_domain::ids::{CommandId, UserId};
use fastops_domain::time::Time;
use fastops_store::{EngineError, Store, StoreError, Tx, Work, command, meter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// How often a command is tried again when another terminal was faster.
const RACES: u32 = 4;
/// How often it is asked what became of a commit whose answer was lost.
const INQUIRIES: u32 = 4;

/// What a command gave, and whether it happened just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Once<T> {
    pub(crate) outcome: T,
    /// Whether this call made the change; a repeated one did not.
    pub(crate) fresh: bool,
}

/// Runs `work` in one transaction together with the memory that it ran.
pub(crate) async fn once<T, F>(
    app: &App,
    actor: &Actor,
    id: CommandId,
    name: &'static str,
    now: Time,
    work: F,
) -> Result<Once<T>, Refusal>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, Refusal> + Send + Sync + 'static,
{
    once_on(&app.store, actor.user(), id, name, now, work).await
}

/// The same on a store alone.
///
/// A command is new until it fails: the memory of one that was done refuses it, or what it did does. Only
/// then is the memory asked, so that the many that are new pay nothing for the few that are not.
pub(crate) async fn once_on<T, F>(
    store: &Store,
    user: UserId,
    id: CommandId,
    name: &'static str,
    now: Time,
    work: F,
) -> Result<Once<T>, Refusal>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, Refusal> + Send + Sync + 'static,
{
    let work = Arc::new(work);
    let (mut tries_left, mut inquiries_left) = (RACES, INQUIRIES);
    let mut unsure = None;
    let counted = meter::counted();
    loop {
        let refusal = match attempt(store, user, id, name, now, Arc::clone(&work)).await {
            Ok(outcome) => return Ok(Once { outcome, fresh: true }),
            Err(Refusal::Store(StoreError::Unsure(cause))) if inquiries_left > 0 => {
                tracing::warn!(command = name, %id, "the answer to a commit was lost; asking what became of it");
                inquiries_left -= 1;
                unsure = Some(cause);
                continue;
            }
            Err(refusal) => refusal,
        };
        match before(store, user, id, name).await {
            // What this call did with a commit whose answer was lost, nobody was told of yet.
            Ok(Some(outcome)) => return Ok(Once { outcome, fresh: unsure.is_some() }),
            Err(Refusal::IdTaken) => return Err(Refusal::IdTaken),
            // When the memory cannot be read either, the first failure says more.
            Ok(None) | Err(_) => {}
        }
        // Another terminal was a moment faster; what it did is read before the next try.
        let lost = matches!(refusal, Refusal::Store(StoreError::Stale { .. } | StoreError::Conflict { .. }));
        if !lost || tries_left == 0 {
            return Err(still_unsure(refusal, unsure));
        }
        tries_left -= 1;
        meter::count_on_from(counted);
    }
}

/// A store that failed the inquiry too leaves the fate unknown: to say that nothing happened might be
/// a lie.
fn still_unsure(refusal: Refusal, unsure: Option<EngineError>) -> Refusal {
    match (refusal, unsure) {
        (Refusal::Store(_), Some(cause)) => Refusal::Store(StoreError::Unsure(cause)),
        (refusal, _) => refusal,
    }
}

/// What a command answers that has happened: if its answer cannot be read, it says so, and not that
/// nothing happened.
pub(crate) fn done<T>(answer: Result<T, Refusal>) -> Result<T, Refusal> {
    answer.map_err(|refusal| match refusal {
        Refusal::Store(cause) => Refusal::AnswerLost(cause),
        other => other,
    })
}

/// One try, which another terminal may win.
async fn attempt<T, F>(
    store: &Store,
    user: UserId,
    id: CommandId,
    name: &'static str,
    now: Time,
    work: Arc<F>,
) -> Result<T, Refusal>
where
    T: Serialize + Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, Refusal> + Send + Sync + 'static,
{
    store
        .write(move |tx| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                let outcome = work(tx).await?;
                let answer = serde_json::to_string(&outcome).map_err(Refusal::Unreadable)?;
                command::insert_answer(tx, id, name, user, &answer, now).await?;
                Ok(outcome)
            })
        })
        .await
}

/// What the command gave when it was done before.
async fn before<T: DeserializeOwned>(
    store: &Store,
    user: UserId,
    id: CommandId,
    name: &'static str,
) -> Result<Option<T>, Refusal> {
    let answered = store.read(move |tx| Box::pin(command::answered(tx, id))).await?;
    let Some(answered) = answered else { return Ok(None) };
    if answered.name != name || answered.user != user {
        return Err(Refusal::IdTaken);
    }
    serde_json::from_str(&answered.answer).map(Some).map_err(Refusal::Unreadable)
}
