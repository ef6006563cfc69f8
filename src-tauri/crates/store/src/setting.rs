//! What a company, its branches and their terminals have decided for themselves.
//!
//! The rules of a setting are the domain's; here is only who said what. A row that cannot be understood is
//! named in the log and counts as not said.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, CompanyId, TerminalId};
use fastops_domain::setting::{Key, Level, Said, Settings, Value};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    SETTINGS: both
        "SELECT setting.key, setting.value, setting.branch_id, setting.terminal_id
         FROM setting JOIN branch ON branch.company_id = setting.company_id
         WHERE branch.id = $1 AND (setting.branch_id = $1 OR setting.branch_id IS NULL)";
    SAY: both
        "INSERT INTO setting (owner_id, key, company_id, branch_id, terminal_id, value)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (owner_id, key) DO UPDATE SET value = excluded.value";
    UNSAY: both "DELETE FROM setting WHERE owner_id = $1 AND key = $2";
}

/// Whose a setting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Company(CompanyId),
    Branch(CompanyId, BranchId),
    Terminal(CompanyId, BranchId, TerminalId),
}

impl Owner {
    pub const fn level(self) -> Level {
        match self {
            Self::Company(_) => Level::Company,
            Self::Branch(..) => Level::Branch,
            Self::Terminal(..) => Level::Terminal,
        }
    }

    /// The id of whoever it is.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Company(company) => company.0,
            Self::Branch(_, branch) => branch.0,
            Self::Terminal(_, _, terminal) => terminal.0,
        }
    }

    const fn parts(self) -> (CompanyId, Option<BranchId>, Option<TerminalId>) {
        match self {
            Self::Company(company) => (company, None, None),
            Self::Branch(company, branch) => (company, Some(branch), None),
            Self::Terminal(company, branch, terminal) => (company, Some(branch), Some(terminal)),
        }
    }
}

/// Everything that was said for a branch and its terminals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BranchSettings {
    branch: Vec<Said>,
    terminals: HashMap<TerminalId, Vec<Said>>,
}

impl BranchSettings {
    /// What was said that counts at a terminal, or in the branch when none is meant.
    pub fn said(&self, terminal: Option<TerminalId>) -> Vec<Said> {
        let own = terminal.and_then(|terminal| self.terminals.get(&terminal));
        self.branch.iter().chain(own.into_iter().flatten()).cloned().collect()
    }

    /// What holds at a terminal, or in the branch when none is meant.
    pub fn of(&self, terminal: Option<TerminalId>) -> Settings {
        Settings::of(&self.said(terminal))
    }
}

/// The settings of a branch, of its company and of all its terminals, in one statement.
pub async fn settings(tx: &mut Tx, branch: BranchId) -> Result<BranchSettings, StoreError> {
    let rows: Vec<(Option<TerminalId>, Option<Said>)> = fetch_all!(tx, SETTINGS, read, branch)?;
    let mut settings = BranchSettings::default();
    for (terminal, said) in rows {
        let Some(said) = said else { continue };
        match terminal {
            Some(terminal) => settings.terminals.entry(terminal).or_default().push(said),
            None => settings.branch.push(said),
        }
    }
    Ok(settings)
}

/// Says a setting for its owner, in place of what was said before; none leaves it to the next wider level.
pub async fn say(tx: &mut Tx, owner: Owner, key: Key, value: Option<&Value>) -> Result<(), StoreError> {
    let Some(value) = value else { return execute!(tx, UNSAY, owner.id(), key).map(drop) };
    let (company, branch, terminal) = owner.parts();
    execute!(tx, SAY, owner.id(), key, company, branch, terminal, AsJson(&value.to_json())).map(drop)
}

fn read(row: &Row<'_>) -> Result<(Option<TerminalId>, Option<Said>), StoreError> {
    let (branch, terminal): (Option<BranchId>, Option<TerminalId>) = (row.get("branch_id")?, row.get("terminal_id")?);
    let level = match (branch, terminal) {
        (_, Some(_)) => Level::Terminal,
        (Some(_), None) => Level::Branch,
        (None, None) => Level::Company,
    };
    let (key, value): (String, Json) = (row.get("key")?, row.json("value").unwrap_or_default());
    let said = Said::read(level, &key, &value);
    if said.is_none() {
        tracing::warn!(key, %value, "a setting is not understood and counts as not said");
    }
    Ok((terminal, said))
}
