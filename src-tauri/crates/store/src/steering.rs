//! How people want the print engine to work: what outlives a restart, and holds for every core of a branch.

use crate::columns::Row;
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, PrinterId};
use fastops_domain::time::Time;
use fastops_domain::workers::{Choice, Profile};

statements! {
    CHOICE: both "SELECT profile, workers FROM engine_choice WHERE branch_id = $1";
    CHOOSE: both
        "INSERT INTO engine_choice (branch_id, profile, workers) VALUES ($1, COALESCE($2, 'automatic'), $3)
         ON CONFLICT (branch_id) DO UPDATE
         SET profile = COALESCE($2, engine_choice.profile), workers = excluded.workers";
    PRINTERS_OUT: both
        "SELECT printer_id FROM printer_out JOIN printer ON printer.id = printer_id
         WHERE branch_id = $1 ORDER BY printer_id";
    TAKE_OUT: both
        "INSERT INTO printer_out (printer_id, at) VALUES ($1, $2) ON CONFLICT (printer_id) DO NOTHING";
    USE_AGAIN: both "DELETE FROM printer_out WHERE printer_id = $1";
}

/// What people have said of a branch's engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steering {
    /// None until somebody chose.
    pub choice: Option<Choice>,
    /// Printers that are out of use.
    pub out: Vec<PrinterId>,
}

/// What holds for the engine of a branch.
pub async fn steering(tx: &mut Tx, branch: BranchId) -> Result<Steering, StoreError> {
    let read = |row: &Row<'_>| {
        let workers: Option<u32> = row.get("workers")?;
        Ok(Choice { profile: row.get("profile")?, workers })
    };
    let choice = fetch_optional!(tx, CHOICE, read, branch)?;
    let out = fetch_all!(tx, PRINTERS_OUT, |row: &Row<'_>| row.get("printer_id"), branch)?;
    Ok(Steering { choice, out })
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
