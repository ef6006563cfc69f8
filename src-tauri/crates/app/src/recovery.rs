//! When the data cannot be used: the damaged file is set aside, and the newest good backup is offered.
//!
//! Never an empty store in silence. Nothing is deleted, and nothing is restored that nobody asked for.

use crate::AppConfig;
use crate::lock::DataLock;
use crate::refusal::Refusal;
use crate::safety::Keeping;
use crate::wire::Failure;
use fastops_domain::time::Time;
use fastops_store::backup::{self, Backup, BackupError, LastOrder};
use fastops_store::{OpenError, custody};
use std::path::PathBuf;

/// A verified backup that could take the place of the data, and how old it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryOffer {
    pub backup: PathBuf,
    pub at: Time,
    /// Milliseconds since then.
    pub age_ms: i64,
    /// The last order in it: whatever came later would be missing.
    pub last_order: Option<LastOrder>,
    /// Milliseconds since that order was opened.
    pub last_order_age_ms: Option<i64>,
}

/// What a restore gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreReport {
    pub backup: PathBuf,
    /// The store's new epoch.
    pub epoch: i64,
    /// The last order that is there again.
    pub last_order: Option<LastOrder>,
    /// Where the data is that was in its place, a folder or another database; none when there was none.
    pub set_aside: Option<String>,
}

/// Which backup to restore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestoreFrom {
    /// The newest that was verified when it was made.
    Newest,
    File(PathBuf),
}

/// The newest verified backup of the data of `config`; none when there is none.
pub async fn recovery_offer(config: &AppConfig) -> Option<RecoveryOffer> {
    let keeping = Keeping::of(config);
    let folder = keeping.custody.backups();
    let found = tokio::task::spawn_blocking(move || backup::newest_verified(&folder)).await;
    let backup =
        found.ok()?.inspect_err(|error| tracing::error!(%error, "the backups cannot be read")).ok()??;
    Some(offer(backup, config.clock.now()))
}

fn offer(backup: Backup, now: Time) -> RecoveryOffer {
    let last_order = backup.manifest.contents.last_order;
    RecoveryOffer {
        backup: backup.path,
        at: backup.manifest.at,
        age_ms: now.since_ms(backup.manifest.at).max(0),
        last_order_age_ms: last_order.as_ref().map(|order| now.since_ms(order.at).max(0)),
        last_order,
    }
}

/// Verifies a backup and puts it in the place of the data, while nothing else runs on it. What was there is
/// set aside.
pub async fn restore(config: &AppConfig, from: RestoreFrom) -> Result<RestoreReport, Failure> {
    let restoring = async {
        let _lock = DataLock::take(&config.folder)?;
        let keeping = Keeping::of(config);
        let folder = keeping.custody.backups();
        let file = match from {
            RestoreFrom::File(file) => file,
            RestoreFrom::Newest => {
                let newest = backup::newest_verified(&folder)?;
                newest.ok_or(BackupError::NoneVerified { folder })?.path
            }
        };
        let restored = custody::restore(&keeping.database, &file, &keeping.custody).await?;
        Ok(RestoreReport {
            backup: file,
            epoch: restored.epoch,
            last_order: restored.contents.last_order,
            set_aside: restored.set_aside,
        })
    };
    restoring.await.map_err(|refusal: Refusal| refusal.into_failure(config.language, "restore"))
}

/// What is told when the data could not be opened. A damaged file is set aside first.
pub(crate) async fn refuse(config: &AppConfig, error: OpenError) -> Refusal {
    match error {
        OpenError::Damaged { path, source } => {
            let aside = custody::set_aside_damaged(&path, config.clock.now()).await;
            let aside = aside.unwrap_or_else(|error| {
                tracing::error!(%error, "the damaged file could not be set aside");
                None
            });
            let offer = recovery_offer(config).await.map(Box::new);
            Refusal::DataDamaged { path, finding: source.to_string(), aside, offer }
        }
        OpenError::Missing { path } => {
            let offer = recovery_offer(config).await.map(Box::new);
            Refusal::DataMissing { path, offer }
        }
        other => Refusal::Open(other),
    }
}
