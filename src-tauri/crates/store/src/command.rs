//! What each command answered the first time, so that sending it again changes nothing.

use crate::columns::Row;
use crate::sql::{execute, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{CommandId, UserId};
use fastops_domain::time::Time;

statements! {
    ANSWERED: both "SELECT name, user_id, answer FROM answered_command WHERE id = $1";
    INSERT_ANSWER: both
        "INSERT INTO answered_command (id, name, user_id, answer, at) VALUES ($1, $2, $3, $4, $5)";
}

/// A command that was done, who sent it and what it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub name: String,
    pub user: UserId,
    pub answer: String,
}

/// The answer to a command that was done already.
pub async fn answered(tx: &mut Tx, id: CommandId) -> Result<Option<Answered>, StoreError> {
    fetch_optional!(
        tx,
        ANSWERED,
        |row: &Row<'_>| Ok(Answered {
            name: row.get("name")?,
            user: row.get("user_id")?,
            answer: row.get("answer")?
        }),
        id
    )
}

/// Keeps an answer in the unit of work that earned it; `Conflict` when another was faster.
pub async fn insert_answer(
    tx: &mut Tx,
    id: CommandId,
    name: &str,
    user: UserId,
    answer: &str,
    at: Time,
) -> Result<(), StoreError> {
    execute!(tx, INSERT_ANSWER, id, name, user, answer, at).map(drop)
}
