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
use fastops_store::{EngineError, Store, StoreError, Tx, Work, command};
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
    loop {
        match attempt(store, user, id, name, now, Arc::clone(&work)).await {
            // Another terminal was a moment faster; what it did is read before the next try.
            Err(Refusal::Store(StoreError::Stale { .. } | StoreError::Conflict { .. })) if tries_left > 0 => {
                tries_left -= 1;
            }
            Err(Refusal::Store(StoreError::Unsure(cause))) if inquiries_left > 0 => {
                tracing::warn!(command = name, %id, "the answer to a commit was lost; asking what became of it");
                inquiries_left -= 1;
                unsure = Some(cause);
            }
            // What this call did, nobody was told of yet.
            Ok(done) if unsure.is_some() => return Ok(Once { fresh: true, ..done }),
            outcome => return outcome.map_err(|refusal| still_unsure(refusal, unsure)),
        }
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
) -> Result<Once<T>, Refusal>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, Refusal> + Send + Sync + 'static,
{
    store
        .write(move |tx| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                if let Some(before) = command::answered(tx, id).await? {
                    if before.name != name || before.user != user {
                        return Err(Refusal::IdTaken);
                    }
                    let outcome = serde_json::from_str(&before.answer).map_err(Refusal::Unreadable)?;
                    return Ok(Once { outcome, fresh: false });
                }
                let outcome = work(tx).await?;
                let answer = serde_json::to_string(&outcome).map_err(Refusal::Unreadable)?;
                command::insert_answer(tx, id, name, user, &answer, now).await?;
                Ok(Once { outcome, fresh: true })
            })
        })
        .await
}
