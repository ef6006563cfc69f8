//! How people want the print engine to work: what outlives a restart, and holds for every core of a branch.

use crate::columns::Row;
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, ComputerId, PrinterId};
use fastops_domain::time::Time;
use fastops_domain::workers::{Choice, Profile};
use uuid::Uuid;

statements! {
    WORDS: both
        "SELECT profile, workers, word_id, is_on
         FROM branch
         LEFT JOIN engine_choice ON engine_choice.branch_id = branch.id
         LEFT JOIN turbo_word ON turbo_word.branch_id = branch.id
         WHERE branch.id = $1";
    CHOOSE: both
        "INSERT INTO engine_choice (branch_id, profile, workers) VALUES ($1, COALESCE($2, 'automatic'), $3)
         ON CONFLICT (branch_id) DO UPDATE
         SET profile = COALESCE($2, engine_choice.profile), workers = excluded.workers";
    PRINTERS_OUT: both
        "SELECT printer_id FROM printer_out JOIN printer ON printer.id = printer_id
         WHERE branch_id = $1 ORDER BY printer_id";
    TAKE_OUT: both
        "INSERT INTO printer_out (printer_id, at) VALUES ($1, $2) ON CONFLICT (printer_id) DO NOTHING";
    SAY_TURBO: both
        "INSERT INTO turbo_word (branch_id, word_id, is_on) VALUES ($1, $2, $3)
         ON CONFLICT (branch_id) DO UPDATE SET word_id = excluded.word_id, is_on = excluded.is_on";
    // A word that was said since is not this one's to take back.
    TURBO_IS_OVER: both
        "UPDATE turbo_word SET is_on = FALSE WHERE branch_id = $1 AND word_id = $2 AND is_on";
    TURBO_OF_NOBODY: each {
        sqlite:
            "UPDATE turbo_word SET is_on = FALSE WHERE branch_id = $1 AND is_on AND NOT EXISTS (
                 SELECT 1 FROM computer WHERE computer.branch_id = $1 AND id <> $2
                   AND (alive_until - CAST(unixepoch('subsec') * 1000 AS INTEGER)) BETWEEN 1 AND $3)",
        postgres:
            "UPDATE turbo_word SET is_on = FALSE WHERE branch_id = $1 AND is_on AND NOT EXISTS (
                 SELECT 1 FROM computer WHERE computer.branch_id = $1 AND id <> $2
                   AND (alive_until - (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT) BETWEEN 1 AND $3)",
    };
    USE_AGAIN: both "DELETE FROM printer_out WHERE printer_id = $1";
}

/// What people have said of a branch's engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steering {
    /// None until somebody chose.
    pub choice: Option<Choice>,
    /// Printers that are out of use.
    pub out: Vec<PrinterId>,
    /// None until somebody said anything about turbo.
    pub turbo: Option<TurboWord>,
}

/// A person's word about turbo. Each is followed once, by every core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurboWord {
    pub id: Uuid,
    /// Not any more, once the rush is over.
    pub is_on: bool,
}

/// What holds for the engine of a branch.
pub async fn steering(tx: &mut Tx, branch: BranchId) -> Result<Steering, StoreError> {
    let read = |row: &Row<'_>| {
        let (profile, workers): (Option<Profile>, Option<u32>) = (row.get("profile")?, row.get("workers")?);
        let (id, is_on): (Option<Uuid>, Option<bool>) = (row.get("word_id")?, row.get("is_on")?);
        let choice = profile.map(|profile| Choice { profile, workers });
        Ok((choice, id.zip(is_on).map(|(id, is_on)| TurboWord { id, is_on })))
    };
    let (choice, turbo) = fetch_optional!(tx, WORDS, read, branch)?.unwrap_or_default();
    let out = fetch_all!(tx, PRINTERS_OUT, |row: &Row<'_>| row.get("printer_id"), branch)?;
    Ok(Steering { choice, out, turbo })
}

/// A person's word about turbo, for every core.
pub async fn say_turbo(tx: &mut Tx, branch: BranchId, word: TurboWord) -> Result<(), StoreError> {
    execute!(tx, SAY_TURBO, branch, word.id, word.is_on).map(drop)
}

/// The rush that a word was said for is over.
pub async fn turbo_is_over(tx: &mut Tx, branch: BranchId, word: Uuid) -> Result<(), StoreError> {
    execute!(tx, TURBO_IS_OVER, branch, word).map(drop)
}

/// A core begins. Turbo belongs to a rush: where no other core works that was there, nobody means it any more.
pub async fn begin(
    tx: &mut Tx,
    branch: BranchId,
    computer: ComputerId,
    lease_ms: i64,
) -> Result<(), StoreError> {
    execute!(tx, TURBO_OF_NOBODY, branch, computer, lease_ms).map(drop)
}

/// So many workers from now on, or as the load decides; with the profile that was, when none is given.
pub async fn choose(
    tx: &mut Tx,
    branch: BranchId,
    profile: Option<Profile>,
    workers: Option<u32>,
) -> Result<(), StoreError> {
    execute!(tx, CHOOSE, branch, profile, workers).map(drop)
}

/// Takes a printer out of use, or has it used again.
pub async fn set_out(tx: &mut Tx, printer: PrinterId, out: bool, now: Time) -> Result<(), StoreError> {
    if out {
        execute!(tx, TAKE_OUT, printer, now).map(drop)
    } else {
        execute!(tx, USE_AGAIN, printer).map(drop)
    }
}
