//! Putting a backup in the place of the store.
//!
//! ```text
//!  verify ──> copy beside ──> bring to this program's tables ──> raise the epoch, audit row ──> close
//!         ──> set the present file aside ──> rename the copy into its place ──> seal
//! ```
//!
//! Until the rename the present file is as it was; after it the backup is the store. A crash between the two
//! leaves a folder without a database, which the next start takes for what it is: a store that is gone.

use super::marker::{self, Marker, State};
use super::{Custody, inspection, quarantine};
use crate::audit::{self, AuditRow};
use crate::backup::postgres::Server;
use crate::backup::{self, BackupError, Contents, Problem};
use crate::sqlite::{known_version, open_for_reading, shm_of, wal_of};
use crate::{Store, StoreConfig, StoreError, Tx, company, identity};
use fastops_domain::time::Time;
use serde_json::json;
use std::path::{Path, PathBuf};
use tokio::sync::watch;
use uuid::Uuid;

/// What a restore gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub store: Uuid,
    pub epoch: i64,
    /// What was in the backup.
    pub contents: Contents,
    /// Where that is which was in its place, a folder or another database; none when there was none.
    pub set_aside: Option<String>,
}

/// Verifies the backup at `from` and puts it in the place of the store of `config`, which nobody may have
/// open. The caller holds the folder's lock.
pub async fn restore(config: &StoreConfig, from: &Path, custody: &Custody) -> Result<Restored, BackupError> {
    match config {
        StoreConfig::Sqlite { path } => restore_file(path, from, custody).await,
        StoreConfig::Postgres { url, .. } => restore_database(config, url, from, custody).await,
    }
}

async fn restore_file(live: &Path, from: &Path, custody: &Custody) -> Result<Restored, BackupError> {
    let config = StoreConfig::Sqlite { path: live.to_path_buf() };
    let contents = backup::verify(from, &config, &custody.tools).await?;
    refuse_newer(from, &contents)?;
    let copy = copy_of(live);
    let (source, target) = (from.to_path_buf(), copy.clone());
    backup::blocking(move || bring_beside(&source, &target)).await?;
    let past = past_of(live, &contents);
    let copied = StoreConfig::Sqlite { path: copy.clone() };
    let identity = prepare(&copied, from, past, custody).await?;

    let (live, now) = (live.to_path_buf(), custody.now());
    let set_aside = backup::blocking(move || {
        let marker = Marker::new(identity.id, identity.epoch, State::Closing);
        marker.write(&live).map_err(file(&marker::path_beside(&live)))?;
        let aside = quarantine::set_aside(&live, quarantine::REPLACED, now)?;
        std::fs::rename(&copy, &live).map_err(file(&live))?;
        backup::files::sync_folder_of(&live).map_err(file(&live))?;
        if let Some(state) = inspection::seal(&live).map_err(file(&live))? {
            Marker { state, ..marker }.write(&live).map_err(file(&live))?;
        }
        Ok(aside)
    });
    let set_aside = set_aside.await?.map(|folder| folder.display().to_string());
    Ok(Restored { store: identity.id, epoch: identity.epoch, contents, set_aside })
}

/// The same on a server: the backup goes into a new database, and the two change names.
async fn restore_database(
    config: &StoreConfig,
    url: &str,
    from: &Path,
    custody: &Custody,
) -> Result<Restored, BackupError> {
    let contents = backup::verify(from, config, &custody.tools).await?;
    refuse_newer(from, &contents)?;
    let server = Server::of(url, &custody.tools)?;
    let live = server.database();
    let fresh = format!("{live}_restoring");
    let (_never, stopped) = watch::channel(false);
    server.load(from, &fresh, &stopped).await?;
    let present =
        present_identity(config).await.filter(|known| contents.store.is_none_or(|id| id == known.id));
    let epochs = [contents.epoch, present.map(|known| known.epoch)];
    let past =
        (contents.store.or(present.map(|known| known.id)), epochs.into_iter().flatten().max().unwrap_or(0));
    let copied = StoreConfig::Postgres { url: server.url_of(&fresh), max_connections: 1 };
    let aside = format!("{live}_replaced_{}", backup::stamp(custody.now()).replace('-', "_"));
    let changed = match prepare(&copied, from, past, custody).await {
        Ok(identity) => server.change_places(&fresh, &aside).await.map(|()| identity),
        Err(error) => Err(error),
    };
    match changed {
        Ok(identity) => {
            Ok(Restored { store: identity.id, epoch: identity.epoch, contents, set_aside: Some(aside) })
        }
        Err(error) => {
            server.drop_database(&fresh).await?;
            Err(error)
        }
    }
}

/// Who the present database is, if it can still be asked.
async fn present_identity(config: &StoreConfig) -> Option<identity::Identity> {
    let store = Store::open(config).await.ok()?;
    let known = store.read::<_, StoreError, _>(|tx| Box::pin(identity::identity(tx))).await;
    store.close().await;
    known.ok().flatten()
}

fn refuse_newer(from: &Path, contents: &Contents) -> Result<(), BackupError> {
    let (found, known) = (contents.schema_version, known_version());
    if found > known {
        let problem = Problem::TooNew { found, known };
        return Err(BackupError::Bad { path: from.to_path_buf(), problem });
    }
    Ok(())
}

fn copy_of(live: &Path) -> PathBuf {
    let mut name = live.as_os_str().to_os_string();
    name.push(".restoring");
    name.into()
}

/// Copies a backup beside the store, over what an earlier try may have left there.
fn bring_beside(from: &Path, to: &Path) -> Result<(), BackupError> {
    for left in [to.to_path_buf(), wal_of(to), shm_of(to)] {
        match std::fs::remove_file(&left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(file(&left)(error)),
            _ => {}
        }
    }
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(file(folder))?;
        backup::demand_space(folder, backup::sqlite::size(from)?)?;
    }
    backup::sqlite::duplicate(from, to)
}

/// The identity to carry on with, and the highest epoch that it ever had, as far as anything still knows.
fn past_of(live: &Path, contents: &Contents) -> (Option<Uuid>, i64) {
    let left = marker::read(live);
    let ours = |id: Uuid| contents.store.is_none_or(|store| store == id);
    let marked = left.filter(|left| ours(left.store)).map(|left| (left.store, left.epoch));
    let present = open_for_reading(live).ok().filter(|_| live.exists()).and_then(|connection| {
        let row = connection.query_row("SELECT id, epoch FROM store_identity", [], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
        });
        row.ok().and_then(|(id, epoch)| Some((Uuid::from_slice(&id).ok()?, epoch)))
    });
    let present = present.filter(|(id, _)| ours(*id));
    let epochs = [contents.epoch, marked.map(|(_, epoch)| epoch), present.map(|(_, epoch)| epoch)];
    let id = contents.store.or(marked.map(|(id, _)| id)).or(present.map(|(id, _)| id));
    (id, epochs.into_iter().flatten().max().unwrap_or(0))
}

/// Brings the copy to this program's tables, raises its epoch and writes down what happened.
async fn prepare(
    copy: &StoreConfig,
    from: &Path,
    (id, last_epoch): (Option<Uuid>, i64),
    custody: &Custody,
) -> Result<identity::Identity, BackupError> {
    let store = Store::open(copy).await?;
    let name = from.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let id = id.unwrap_or_else(custody.new_id);
    let (act, now) = ((custody.new_id)(), custody.now());
    let written = store.write::<_, StoreError, _>(move |tx| {
        let name = name.clone();
        Box::pin(async move {
            let known = identity::ensure(tx, id, now).await?;
            let epoch = last_epoch.max(known.epoch) + 1;
            identity::raise_epoch(tx, epoch).await?;
            note(tx, act, known.id, epoch, &name, now).await?;
            Ok(identity::Identity { epoch, ..known })
        })
    });
    let written = written.await;
    store.close().await;
    Ok(written?)
}

/// The audit row, in the log of the branch that was made first; an empty store has none.
async fn note(
    tx: &mut Tx,
    act: Uuid,
    store: Uuid,
    epoch: i64,
    backup: &str,
    now: Time,
) -> Result<(), StoreError> {
    let Some((_, branch)) = company::first_branch(tx).await? else { return Ok(()) };
    let row = AuditRow {
        id: act,
        branch: branch.id,
        at: now,
        user: None,
        terminal: None,
        action: "restore".into(),
        subject_kind: "store".into(),
        subject: store,
        detail: json!({ "backup": backup, "epoch": epoch }),
    };
    audit::insert_audit(tx, &row).await
}

fn file(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    let path = path.to_path_buf();
    move |source| BackupError::File { path, source }
}
