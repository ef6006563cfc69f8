//! What is known of a backup, kept beside it as JSON: whose it is, what is in it, and that it was tried.
//!
//! The totals are counted in the moment that the backup shows, so whoever has the file later can
//! count again and compare.

use super::totals::Totals;
use fastops_domain::time::Time;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The form of the manifest itself.
pub(super) const FORM: u32 = 1;

/// Why a backup was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The hour has passed.
    Hourly,
    /// The business day has ended.
    DayClose,
    /// A newer program is about to change the tables.
    BeforeMigration,
    /// A person asked for it.
    Manual,
}

impl Reason {
    pub const ALL: [Self; 4] = [Self::Hourly, Self::DayClose, Self::BeforeMigration, Self::Manual];

    /// The stable name, as it stands in the file's name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hourly => "hourly",
            Self::DayClose => "day-close",
            Self::BeforeMigration => "before-migration",
            Self::Manual => "manual",
        }
    }
}

/// Which engine a backup is of, and so which tool reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A database file, ready for use.
    Sqlite,
    /// An archive of `pg_dump` in its custom format.
    Postgres,
}

/// The last order in a backup: what came after it is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastOrder {
    pub number: i64,
    /// The code of the order's type; numbers run per type.
    pub order_type: String,
    pub at: Time,
}

/// How far a branch's audit chain reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    pub branch: Uuid,
    pub seq: i64,
    /// In hexadecimal.
    pub hash: String,
}

/// What is in a database at one moment, as far as two copies of it can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// None in a database from before stores had an identity.
    pub store: Option<Uuid>,
    pub epoch: Option<i64>,
    /// The last step of the tables that was applied.
    pub schema_version: i64,
    pub totals: Totals,
    pub audit_heads: Vec<AuditHead>,
    pub last_order: Option<LastOrder>,
}

/// What is known of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub form: u32,
    pub kind: Kind,
    pub reason: Reason,
    /// The moment that the backup shows.
    pub at: Time,
    pub bytes: u64,
    /// In hexadecimal.
    pub sha256: String,
    /// When it was opened again and found whole and equal; none when it was not.
    pub verified_at: Option<Time>,
    /// What was found wrong with it.
    pub problem: Option<String>,
    pub contents: Contents,
}

/// A backup and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    pub manifest: Manifest,
}

impl Backup {
    pub fn is_verified(&self) -> bool {
        self.manifest.verified_at.is_some() && self.manifest.problem.is_none()
    }
}

/// Where the manifest of the backup at `path` is.
pub(super) fn path_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".json");
    path.with_file_name(name)
}

/// Reads a backup's manifest; none when there is none or it is not understood.
pub(super) fn read(path: &Path) -> Option<Manifest> {
    let text = std::fs::read(path_of(path)).ok()?;
    serde_json::from_slice(&text).ok().filter(|manifest: &Manifest| manifest.form == FORM)
}
