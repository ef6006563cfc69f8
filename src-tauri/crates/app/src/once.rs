//! Commands that change something happen once, however often they are sent (P13).
//!
//! The client's id is stored in the same transaction as the change, with what the change gave. The
//! same id again gives the same, and changes nothing.

use crate::refusal::Refusal;
use crate::{Actor, App};
use fastops_domain::ids::{CommandId, UserId};
use fastops_domain::time::Time;
use fastops_store::{Store, StoreError, Tx, Work, command};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// How often a command is tried again when another terminal was faster.
const RACES: u32 = 4;

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
    let mut tries_left = RACES;
    loop {
        match attempt(store, user, id, name, now, Arc::clone(&work)).await {
            // Another terminal was a moment faster; what it did is read before the next try.
            Err(Refusal::Store(StoreError::Stale { .. } | StoreError::Conflict { .. })) if tries_left > 0 => {
                tries_left -= 1;
            }
            outcome => return outcome,
        }
    }
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
