//! A store in custody: its file is looked at before it is used, and never lost without a word.
//!
//! ```text
//!  folder/fastops.db          the store
//!         store.json          says that there is one, how it was left and how far it had come
//!         backups/            verified copies
//!         damaged/<name>/     a file that was found damaged, as it was
//!         replaced/<name>/    a file in whose place a backup was put
//! ```
//!
//! Whoever opens a store for service opens it so. Tests and tools that only want a database use
//! [`Store::open`].

mod inspection;
mod marker;
mod quarantine;
mod reached;
mod restore;
#[cfg(test)]
mod tests;

pub use restore::{Restored, restore};

use crate::backup::postgres::Server;
use crate::backup::{self, BackupError, PostgresTools, Reason, Request};
use crate::engine::Engine;
use crate::postgres::{self, PostgresEngine};
use crate::sqlite::SqliteEngine;
use crate::{Health, OpenError, Store, StoreConfig, StoreError, identity};
use fastops_domain::time::{Clock, Time};
use inspection::Rest;
use marker::{Marker, State};
use reached::Reached;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Handle;
use tokio::sync::watch;
use uuid::Uuid;

/// The folder of the backups, in the folder of the data.
const BACKUPS: &str = "backups";

/// What keeping a store needs from outside.
#[derive(Clone, Debug)]
pub struct Custody {
    /// The folder of this computer's data.
    pub folder: PathBuf,
    pub clock: Arc<dyn Clock>,
    /// Makes identifiers.
    pub new_id: fn() -> Uuid,
    pub tools: PostgresTools,
}

impl Custody {
    /// Where the backups are.
    pub fn backups(&self) -> PathBuf {
        self.folder.join(BACKUPS)
    }

    /// A request for a backup into the folder's own place.
    pub fn request(&self, reason: Reason) -> Request {
        let request = Request::new(self.backups(), reason, Arc::clone(&self.clock));
        Request { tools: self.tools.clone(), ..request }
    }

    /// Bytes that the disk of the data has left; none when it does not say.
    pub fn free_bytes(&self) -> Option<u64> {
        fs4::available_space(&self.folder).ok()
    }

    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }
}

/// What an open store knows of its custody.
#[derive(Debug)]
pub(crate) struct Kept {
    path: PathBuf,
    marker: Marker,
    rest: Rest,
    /// Whether it was noted that the store is closed, or being closed.
    left: AtomicBool,
    /// How far the store was when that was last noted; held while the note is read and written.
    noted: Mutex<Option<Reached>>,
}

/// Opens a store for service: looks at its file first, makes a backup before its tables are changed,
/// gives it an identity, and notes that it is in use.
pub(crate) async fn open(config: &StoreConfig, custody: &Custody) -> Result<Store, OpenError> {
    match config {
        StoreConfig::Sqlite { path } => open_file(path, custody).await,
        StoreConfig::Postgres { url, max_connections } => {
            refuse_emptied(url, custody).await?;
            let before_migration = async || {
                let request = custody.request(Reason::BeforeMigration);
                match backup::back_up(config, &request).await {
                    Ok(_) => Ok(()),
                    Err(error) => Err(OpenError::Backup(Box::new(error))),
                }
            };
            let health = watch::Sender::new(Health::Ok);
            let (told, rng) = (health.clone(), fastrand::Rng::new());
            let engine =
                PostgresEngine::open_with(url, *max_connections, told, rng, before_migration).await?;
            let store = Store::of(Engine::Postgres(engine), health, None).with_chain().await?;
            identify(&store, custody).await?;
            Ok(store)
        }
    }
}

/// Refuses a database without tables where there are backups of one that had some.
async fn refuse_emptied(url: &str, custody: &Custody) -> Result<(), OpenError> {
    if !postgres::is_new(url).await {
        return Ok(());
    }
    let folder = custody.backups();
    let newest = tokio::task::spawn_blocking(move || backup::newest_verified(&folder)).await;
    let newest = newest.map_err(|_| OpenError::Interrupted)?.ok().flatten();
    if newest.is_some_and(|backup| backup.manifest.kind == backup::Kind::Postgres) {
        let name = Server::of(url, &custody.tools).map(|server| server.database().to_owned());
        return Err(OpenError::Missing { path: name.unwrap_or_default().into() });
    }
    Ok(())
}

async fn open_file(path: &Path, custody: &Custody) -> Result<Store, OpenError> {
    let (looked_at, backups) = (path.to_path_buf(), custody.backups());
    let looking = tokio::task::spawn_blocking(move || inspection::inspect(&looked_at, &backups));
    let rest = looking.await.map_err(|_| OpenError::Interrupted)??;
    let (source, runtime) = (path.to_path_buf(), Handle::current());
    // An opening that fails half-way folds the log into the file: that is no loss.
    if let Some(marker) = marker::read(path) {
        note(path, &Marker { state: State::Closing, ..marker })?;
    }
    let request = custody.request(Reason::BeforeMigration);
    let before_migration = move || match backup::back_up_file(&source, &request, &runtime) {
        Ok(_) => Ok(()),
        Err(error) => Err(OpenError::Backup(Box::new(error))),
    };
    let engine = SqliteEngine::open_with(path, before_migration).await?;
    let store = Store::of(Engine::Sqlite(engine), watch::Sender::new(Health::Ok), None).with_chain().await?;
    let identity = identify(&store, custody).await?;
    let reached = reached_by(&store).await.map_err(not_identified)?;
    let mut marker = Marker::new(identity.id, identity.epoch, State::Running);
    marker.reached = Some(reached.clone());
    // The log is there by now, and its name is synced with the marker's: from here on a missing log is a
    // loss.
    if let Err(error) = note(path, &marker) {
        store.close().await;
        return Err(error);
    }
    let (left, noted) = (AtomicBool::new(false), Mutex::new(Some(reached)));
    Ok(store.kept(Kept { path: path.to_path_buf(), marker, rest, left, noted }))
}

/// The log's name is synced before the marker says that there is one: a power cut must not take the first and
/// leave the second.
fn note(path: &Path, marker: &Marker) -> Result<(), OpenError> {
    let noted = backup::files::sync_folder_of(path).and_then(|()| marker.write(path));
    noted.map_err(|source| OpenError::Unwritable { path: marker::path_beside(path), source })
}

/// How far a store in a file is, as its readers see it: what they see is on disk.
async fn reached_by(store: &Store) -> Result<Reached, StoreError> {
    store.read(|tx| Box::pin(async move { tx.sqlite(Reached::read) })).await
}

async fn identify(store: &Store, custody: &Custody) -> Result<identity::Identity, OpenError> {
    let known = store.read::<_, StoreError, _>(|tx| Box::pin(identity::identity(tx))).await;
    if let Some(known) = known.map_err(not_identified)? {
        return Ok(known);
    }
    let (id, now) = ((custody.new_id)(), custody.now());
    let named = store.write::<_, StoreError, _>(move |tx| Box::pin(identity::ensure(tx, id, now)));
    named.await.map_err(not_identified)
}

fn not_identified(error: StoreError) -> OpenError {
    OpenError::Unidentified(Box::new(error))
}

impl Kept {
    /// Notes that the store is about to be closed: its log may go from now on.
    pub(crate) fn closing(&self) {
        self.left.store(true, Ordering::Relaxed);
        self.note(State::Closing);
    }

    /// Seals the closed file, so that the next start sees at once whether it is still the same.
    pub(crate) fn closed(&self) {
        match inspection::seal(&self.path) {
            Ok(Some(seal)) => self.note(seal),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the closed file could not be sealed"),
        }
    }

    fn note(&self, state: State) {
        if let Err(error) = self.change(|marker| Marker { state, ..marker }) {
            tracing::warn!(%error, "how the store is left could not be noted");
        }
    }

    /// What is on disk is read back, changed and written: what else came up meanwhile stays.
    fn change(&self, change: impl FnOnce(Marker) -> Marker) -> std::io::Result<()> {
        let _one_at_a_time = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let marker = marker::read(&self.path).unwrap_or_else(|| self.marker.clone());
        change(marker).write(&self.path)
    }

    /// Notes how far the store has come, if that is further than what was noted and it is still in use.
    fn note_reached(&self, reached: Reached) -> std::io::Result<()> {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if self.left.load(Ordering::Relaxed) || noted.as_ref() == Some(&reached) {
            return Ok(());
        }
        let marker = marker::read(&self.path).unwrap_or_else(|| self.marker.clone());
        Marker { reached: Some(reached.clone()), ..marker }.write(&self.path)?;
        *noted = Some(reached);
        Ok(())
    }

    /// Does the part of the check that was left for later; a damage that it finds is noted, so that the
    /// next start refuses the file.
    fn check_rest(&self) -> Result<(), OpenError> {
        if self.rest == Rest::Nothing {
            return Ok(());
        }
        let found = inspection::check_structure(&self.path);
        if let Err(OpenError::Damaged { .. }) = &found
            && let Err(error) = self.change(|marker| Marker { suspect: true, ..marker })
        {
            tracing::error!(%error, "the damage that was found could not be noted");
        }
        found
    }
}

impl Drop for Kept {
    /// A store that is dropped unclosed folds its log into the file as well.
    fn drop(&mut self) {
        if !self.left.load(Ordering::Relaxed) {
            self.note(State::Closing);
        }
    }
}

impl Store {
    /// Opens a store for service, in the custody of its folder. See [`crate::custody`].
    pub async fn open_in_custody(config: &StoreConfig, custody: &Custody) -> Result<Self, OpenError> {
        open(config, custody).await
    }

    /// Notes beside the file how far the store has come, so that a start finds out when work that was confirmed
    /// until now is missing. Nothing to do while nothing changes, and for a server.
    pub async fn note_reached(&self) -> Result<(), StoreError> {
        let Some(kept) = self.custody() else { return Ok(()) };
        let reached = reached_by(self).await?;
        let noting = tokio::task::spawn_blocking(move || kept.note_reached(reached)).await;
        let noted = noting.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        noted.map_err(|error| StoreError::Unmarked(Arc::new(error)))
    }

    /// Does what the start left of the check of a big file. Takes long and disturbs no one.
    pub async fn check_rest(&self) -> Result<(), OpenError> {
        let Some(kept) = self.custody() else { return Ok(()) };
        tokio::task::spawn_blocking(move || kept.check_rest()).await.map_err(|_| OpenError::Interrupted)?
    }
}

/// Has `work` put another file in the place of the closed store at `path`, and seals what is there then:
/// the next start would take an unsealed change for damage. A crash in between leaves a file without a
/// seal, whose structure is checked.
pub async fn replacing<T, E>(path: &Path, work: impl Future<Output = Result<T, E>>) -> Result<T, E>
where
    E: From<StoreError>,
{
    note_closed(path, State::Closing).await?;
    let done = work.await;
    let sealing = path.to_path_buf();
    let seal = tokio::task::spawn_blocking(move || inspection::seal(&sealing)).await;
    if let Ok(Ok(Some(seal))) = seal {
        note_closed(path, seal).await?;
    }
    done
}

/// Notes how a closed store is left, if it was ever in custody.
async fn note_closed(path: &Path, state: State) -> Result<(), StoreError> {
    let path = path.to_path_buf();
    let noting = tokio::task::spawn_blocking(move || match marker::read(&path) {
        // Another file need not hold what this one did.
        Some(marker) => Marker { state, reached: None, ..marker }.write(&path),
        None => Ok(()),
    });
    let noted = noting.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
    noted.map_err(|error| StoreError::Unmarked(Arc::new(error)))
}

/// Puts a damaged file, with its log, into a folder of its own, so that it can be looked into and nothing
/// is started on it. Gives that folder; none when there is no file.
pub async fn set_aside_damaged(path: &Path, at: Time) -> Result<Option<PathBuf>, BackupError> {
    let path = path.to_path_buf();
    backup::blocking(move || quarantine::set_aside(&path, quarantine::DAMAGED, at)).await
}
