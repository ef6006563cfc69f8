//! Backups: made while orders go on, tried before they are called good, and given back when needed.
//!
//! A backup shows one moment of the database. It is written under another name, synced and renamed, so it
//! is whole or not there; then all of it is read again and counted, and only when every total is what it
//! was in that moment is it noted as verified. Nothing else is ever offered to a person in trouble.

mod error;
pub(crate) mod files;
mod manifest;
pub(crate) mod postgres;
mod rotation;
pub(crate) mod sqlite;
mod totals;

pub use error::{BackupError, Problem};
pub use manifest::{AuditHead, Backup, Contents, Kind, LastOrder, Manifest, Reason};
pub use postgres::PostgresTools;
pub use rotation::{Slot, surplus};
pub use totals::Totals;

use crate::StoreConfig;
use error::at;
use fastops_domain::time::{Clock, LocalTime, Time};
use files::Claimed;
use postgres::Server;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Room that must be left on the disk beside the backup: orders go on.
const SPARE_BYTES: u64 = 64 * 1024 * 1024;

/// What a backup is made for and where it goes.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder of the backups; made when it is not there.
    pub folder: PathBuf,
    pub reason: Reason,
    pub clock: Arc<dyn Clock>,
    pub tools: PostgresTools,
    /// Turns true when the program ends; an unfinished backup is then thrown away.
    pub stopped: watch::Receiver<bool>,
}

impl Request {
    /// A request that nothing interrupts.
    pub fn new(folder: impl Into<PathBuf>, reason: Reason, clock: Arc<dyn Clock>) -> Self {
        let (_never, stopped) = watch::channel(false);
        Self { folder: folder.into(), reason, clock, tools: PostgresTools::default(), stopped }
    }
}

/// Makes a backup of a database that may be in use and tries it. A backup that turns out bad is kept, marked
/// as such, and reported as [`BackupError::Bad`].
pub async fn back_up(config: &StoreConfig, request: &Request) -> Result<Backup, BackupError> {
    match config {
        StoreConfig::Sqlite { path } => {
            let (path, request, runtime) = (path.clone(), request.clone(), Handle::current());
            blocking(move || back_up_file(&path, &request, &runtime)).await
        }
        StoreConfig::Postgres { url, .. } => back_up_server(url, request).await,
    }
}

/// The same for a file, in a thread that may wait.
pub(crate) fn back_up_file(path: &Path, request: &Request, runtime: &Handle) -> Result<Backup, BackupError> {
    let began = request.clock.now();
    let claimed = claim(request, began, "db")?;
    demand_space(&request.folder, sqlite::size(path)?)?;
    let contents = sqlite::copy(path, &claimed.partial, &request.stopped, runtime)?;
    let found = sqlite::examine(&claimed.partial, runtime)?;
    keep(claimed, Kind::Sqlite, request, began, contents, found)
}

async fn back_up_server(url: &str, request: &Request) -> Result<Backup, BackupError> {
    let began = request.clock.now();
    let server = Server::of(url, &request.tools)?;
    let claimed = claim(request, began, "dump")?;
    demand_space(&request.folder, 0)?;
    let contents = server.dump(&claimed.partial, &request.stopped).await?;
    let found = server.examine(&claimed.partial, &request.stopped).await?;
    let request = request.clone();
    blocking(move || keep(claimed, Kind::Postgres, &request, began, contents, found)).await
}

/// Puts a finished backup and its manifest in their places. A bad one stays as well, marked as such.
fn keep(
    claimed: Claimed,
    kind: Kind,
    request: &Request,
    began: Time,
    contents: Contents,
    found: Result<Contents, Problem>,
) -> Result<Backup, BackupError> {
    let (bytes, sha256) = files::fingerprint(&claimed.partial).map_err(at(&claimed.partial))?;
    let problem = found.and_then(|found| compare(&contents, &found)).err();
    let manifest = Manifest {
        form: manifest::FORM,
        kind,
        reason: request.reason,
        at: began,
        bytes,
        sha256,
        verified_at: problem.is_none().then(|| request.clock.now()),
        problem: problem.as_ref().map(ToString::to_string),
        contents,
    };
    let target = claimed.target.clone();
    let path = claimed.finish().map_err(at(target))?;
    let beside = manifest::path_of(&path);
    let text = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from).map_err(at(&beside))?;
    files::write_whole(&beside, &text).map_err(at(&beside))?;
    match problem {
        None => Ok(Backup { path, manifest }),
        Some(problem) => Err(BackupError::Bad { path, problem }),
    }
}

/// Says in what `found` differs from what was counted when the backup was made.
fn compare(expected: &Contents, found: &Contents) -> Result<(), Problem> {
    if let Some((what, expected, found)) = expected.totals.first_difference(&found.totals) {
        return Err(Problem::Differs { what, expected, found });
    }
    let (mut rest, mut other) = (expected.clone(), found.clone());
    (rest.totals, other.totals) = Default::default();
    if rest == other {
        return Ok(());
    }
    let shown = |contents: &Contents| serde_json::to_string(contents).unwrap_or_default();
    Err(Problem::Differs { what: "identity".into(), expected: shown(&rest), found: shown(&other) })
}

/// Tries a backup: compares it with its manifest, reads all of it, and counts again. A file without a
/// manifest, such as one that was set aside, is read and counted only. An archive of PostgreSQL is tried on
/// the server of `config`. Gives what is in it.
pub async fn verify(
    path: &Path,
    config: &StoreConfig,
    tools: &PostgresTools,
) -> Result<Contents, BackupError> {
    let (file, bad) = (path.to_path_buf(), |problem| BackupError::Bad { path: path.to_path_buf(), problem });
    let noted = blocking(move || unaltered(&file)).await?;
    let found = match config {
        StoreConfig::Sqlite { .. } => {
            let (file, runtime) = (path.to_path_buf(), Handle::current());
            blocking(move || sqlite::examine(&file, &runtime)).await?
        }
        StoreConfig::Postgres { url, .. } => {
            let (_never, stopped) = watch::channel(false);
            Server::of(url, tools)?.examine(path, &stopped).await?
        }
    };
    let found = found.map_err(bad)?;
    if let Some(noted) = &noted {
        compare(&noted.contents, &found).map_err(bad)?;
    }
    Ok(found)
}

/// The manifest of a backup that is as it was when it was made; none when it has none.
fn unaltered(path: &Path) -> Result<Option<Manifest>, BackupError> {
    let noted = manifest::read(path);
    if let Some(noted) = &noted {
        let (bytes, sha256) = files::fingerprint(path).map_err(at(path))?;
        if (bytes, &sha256) != (noted.bytes, &noted.sha256) {
            return Err(BackupError::Bad { path: path.to_path_buf(), problem: Problem::Altered });
        }
    }
    Ok(noted)
}

/// Reads all of a database, which may be in use, and says what is in it.
pub async fn verify_live(config: &StoreConfig) -> Result<Contents, BackupError> {
    match config {
        StoreConfig::Sqlite { path } => verify(path, config, &PostgresTools::default()).await,
        StoreConfig::Postgres { url, .. } => {
            let server = Server::of(url, &PostgresTools::default())?;
            let bad = |problem| BackupError::Bad { path: server.database().into(), problem };
            server.contents().await?.map_err(bad)
        }
    }
}

/// Every backup in `folder` that has a manifest, newest first. None when there is no such folder.
pub fn backups(folder: &Path) -> Result<Vec<Backup>, BackupError> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(at(folder))?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(at(folder))?.path();
        if let Some(manifest) = manifest::read(&path) {
            found.push(Backup { path, manifest });
        }
    }
    found.sort_by(|a, b| (b.manifest.at, &b.path).cmp(&(a.manifest.at, &a.path)));
    Ok(found)
}

/// The newest backup that was verified when it was made.
pub fn newest_verified(folder: &Path) -> Result<Option<Backup>, BackupError> {
    Ok(backups(folder)?.into_iter().find(Backup::is_verified))
}

/// Lets go of the backups that are no longer needed, by [`surplus`]; gives their number.
pub fn rotate(folder: &Path, utc_offset_minutes: i32) -> Result<usize, BackupError> {
    let backups = backups(folder)?;
    let slot = |backup: &Backup| Slot {
        at: backup.manifest.at,
        reason: backup.manifest.reason,
        verified: backup.is_verified(),
    };
    let gone = surplus(&backups.iter().map(slot).collect::<Vec<_>>(), utc_offset_minutes);
    for &place in &gone {
        let path = &backups[place].path;
        // The manifest first: without it the file is no backup any more, whatever happens next.
        std::fs::remove_file(manifest::path_of(path)).map_err(at(path))?;
        std::fs::remove_file(path).map_err(at(path))?;
    }
    Ok(gone.len())
}

fn claim(request: &Request, at_time: Time, extension: &str) -> Result<Claimed, BackupError> {
    let stem = format!("fastops-{}-{}", stamp(at_time), request.reason.code());
    Claimed::new(&request.folder, &stem, extension).map_err(at(&request.folder))
}

/// A moment in UTC as it stands in names of files, such as `20260131-174500`.
pub(crate) fn stamp(at: Time) -> String {
    let utc = LocalTime::at(at, 0);
    format!("{:04}{:02}{:02}-{:02}{:02}{:02}", utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second)
}

/// Refuses to begin what the disk has no room for.
pub(crate) fn demand_space(folder: &Path, bytes: u64) -> Result<(), BackupError> {
    let free = fs4::available_space(folder).map_err(at(folder))?;
    let needed = bytes + SPARE_BYTES;
    if free < needed {
        return Err(BackupError::NoSpace { folder: folder.to_path_buf(), needed, free });
    }
    Ok(())
}

/// Runs what waits for the disk where nobody else has to wait for it.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| BackupError::Interrupted)?
}
