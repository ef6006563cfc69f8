//! Backups while the core serves: each hour, at the day's end, and whenever someone asks.
//!
//! Orders hardly notice one, and nothing stops when one fails: it is told to every screen and tried again.

use crate::refusal::Refusal;
use crate::wire::{Event, Failure, Text};
use crate::{App, AppConfig, Inner, start, words};
use fastops_domain::business_day::DayRule;
use fastops_domain::setting::Settings;
use fastops_domain::time::Time;
use fastops_domain::user::Language;
use fastops_store::backup::{self, Backup, BackupError, Contents, PostgresTools, Reason, Request};
use fastops_store::{Custody, OpenError, StoreConfig};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::watch;

pub use fastops_store::backup::{LastOrder, Reason as BackupReason};

/// How often it is asked whether a backup is due.
const LOOK: Duration = Duration::from_secs(30);
/// How often it is noted beside the data how far it has come. What a start cannot miss is at most so old.
const NOTE: Duration = Duration::from_secs(2);
const MINUTE_MS: i64 = 60_000;
/// After a failure the next try waits this long, in milliseconds.
const RETRY_MS: i64 = 300_000;
/// The day of a branch that is not made yet.
const NO_BRANCH: DayRule = DayRule { utc_offset_minutes: 0, day_starts_minute: 0 };

/// A backup that was made and found good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupReport {
    pub path: PathBuf,
    pub at: Time,
    pub bytes: u64,
    pub reason: BackupReason,
    /// The last order in it.
    pub last_order: Option<LastOrder>,
    /// Rows of all tables together.
    pub rows: i64,
}

impl From<Backup> for BackupReport {
    fn from(backup: Backup) -> Self {
        let manifest = backup.manifest;
        Self {
            path: backup.path,
            at: manifest.at,
            bytes: manifest.bytes,
            reason: manifest.reason,
            rows: rows(&manifest.contents),
            last_order: manifest.contents.last_order,
        }
    }
}

/// What a check of a backup or of the data found: all of it is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    pub path: PathBuf,
    pub last_order: Option<LastOrder>,
    /// Rows of all tables together.
    pub rows: i64,
}

fn rows(contents: &Contents) -> i64 {
    contents.totals.rows.values().sum()
}

impl App {
    /// Makes a verified backup now, and lets go of those that are no longer needed.
    pub async fn backup_now(&self, reason: BackupReason) -> Result<BackupReport, Failure> {
        let language = Language::default();
        self.make_backup(reason).await.map_err(|refusal| refusal.into_failure(language, "backup"))
    }

    pub(crate) async fn make_backup(&self, reason: Reason) -> Result<BackupReport, Refusal> {
        let keeping = &self.keeping;
        let stopped = self.stopping();
        let request = Request { stopped, ..keeping.custody.request(reason) };
        let outcome =
            back_up_and_rotate(&keeping.database, &request, self.day_rule().await.utc_offset_minutes).await;
        match &outcome {
            Err(BackupError::Interrupted) => {}
            Ok(_) => self.alert_of_backup(None).await,
            Err(error) => {
                tracing::error!(%error, "a backup failed");
                let text = |language| words::backup_trouble(error, language);
                let problem = Text { es: text(Language::Es), en: text(Language::En) };
                self.events.emit(self.env.now(), Event::BackupFailed { problem: problem.clone() });
                self.alert_of_backup(Some(problem)).await;
            }
        }
        Ok(outcome?.into())
    }

    async fn day_rule(&self) -> DayRule {
        self.rhythm().await.0
    }

    /// The branch's day, and the age of the last backup, in milliseconds, at which another is due.
    async fn rhythm(&self) -> (DayRule, i64) {
        let facts = self.catalogue.facts().await;
        let day = facts.as_ref().map_or(NO_BRANCH, |facts| DayRule {
            utc_offset_minutes: facts.branch.utc_offset_minutes,
            day_starts_minute: i32::try_from(facts.branch.day_starts_minute).unwrap_or(0),
        });
        let settings = facts.map_or_else(|_| Settings::default(), |facts| facts.settings(None));
        (day, settings.backup_minutes * MINUTE_MS)
    }
}

/// Where a core's data is and how it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Keeping {
    pub(crate) database: StoreConfig,
    pub(crate) custody: Custody,
}

impl Keeping {
    pub(crate) fn of(config: &AppConfig) -> Self {
        let custody = Custody {
            folder: config.folder.clone(),
            clock: Arc::clone(&config.clock),
            new_id: crate::env::new_id,
            tools: PostgresTools { folder: config.postgres_tools.clone() },
        };
        Self { database: start::database(config), custody }
    }
}

async fn back_up_and_rotate(
    database: &StoreConfig,
    request: &Request,
    utc_offset_minutes: i32,
) -> Result<Backup, BackupError> {
    let made = backup::back_up(database, request).await?;
    let folder = request.folder.clone();
    let rotating = tokio::task::spawn_blocking(move || backup::rotate(&folder, utc_offset_minutes)).await;
    if let Ok(Err(error)) = rotating {
        // The backup is there; too many of them are no reason to say that it failed.
        tracing::warn!(%error, "old backups could not be removed");
    }
    Ok(made)
}

/// Makes backups as they fall due, until the core stops. Nothing is copied twice while nothing changes.
pub(crate) async fn keep_backups(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    let mut saved_units = None;
    let mut not_before = Time(i64::MIN);
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stopped.changed() => return,
        }
        let Some(strong) = inner.upgrade() else { return };
        let app = App { inner: strong };
        let (now, units) = (app.env.now(), app.store.stats().units);
        if now < not_before || saved_units == Some(units) {
            continue;
        }
        let (day, every_ms) = app.rhythm().await;
        let folder = app.keeping.custody.backups();
        let last = tokio::task::spawn_blocking(move || backup::newest_verified(&folder)).await;
        let last = last.ok().and_then(Result::ok).flatten().map(|backup| backup.manifest.at);
        let Some(reason) = due(last, now, day, every_ms) else { continue };
        match app.make_backup(reason).await {
            Ok(_) => saved_units = Some(units),
            Err(_) => not_before = now.plus_ms(RETRY_MS),
        }
    }
}

/// Notes beside the data how far it has come, again and again until the core stops, so that a start finds out
/// when confirmed work is missing.
pub(crate) async fn note_reached(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    let mut noted_units = None;
    loop {
        tokio::select! {
            () = tokio::time::sleep(NOTE) => {}
            _ = stopped.changed() => return,
        }
        let Some(store) = inner.upgrade().map(|inner| inner.store.clone()) else { return };
        let units = store.stats().units;
        if noted_units == Some(units) {
            continue;
        }
        match store.note_reached().await {
            Ok(()) => noted_units = Some(units),
            Err(error) => tracing::warn!(%error, "how far the data has come could not be noted"),
        }
    }
}

/// Does what the start left of the check of a big file, then ends.
pub(crate) async fn finish_check(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    let Some(store) = inner.upgrade().map(|inner| inner.store.clone()) else { return };
    let found = tokio::select! {
        found = store.check_rest() => found,
        _ = stopped.changed() => return,
    };
    let (Err(error), Some(inner)) = (found, inner.upgrade()) else { return };
    tracing::error!(%error, "the data file is damaged; the next start will refuse it");
    if let OpenError::Damaged { path, .. } = &error {
        let text = |language| words::damage_in_service(path, language);
        let problem = Text { es: text(Language::Es), en: text(Language::En) };
        inner.events.emit(inner.env.now(), Event::DataDamaged { problem });
    }
}

/// Whether a backup is due, and why: the first of a new business day closes the one before it.
fn due(last: Option<Time>, now: Time, day: DayRule, every_ms: i64) -> Option<Reason> {
    let Some(last) = last else { return Some(Reason::Hourly) };
    // A clock that was set back makes the last backup lie ahead; waiting for it would be too long.
    let age_ms = now.since_ms(last);
    if day.day_of(last) != day.day_of(now) {
        Some(Reason::DayClose)
    } else if !(0..every_ms).contains(&age_ms) {
        Some(Reason::Hourly)
    } else {
        None
    }
}

/// Makes a verified backup of the data of `config`, whether a core serves it or not.
pub async fn back_up(config: &AppConfig, reason: BackupReason) -> Result<BackupReport, Failure> {
    let keeping = Keeping::of(config);
    let made = async {
        start::demand_data(&keeping.database)?;
        Ok(backup::back_up(&keeping.database, &keeping.custody.request(reason)).await?.into())
    };
    made.await.map_err(|refusal: Refusal| refusal.into_failure(config.language, "backup"))
}

/// Reads all of a backup, compares it with what was noted when it was made, and counts again.
pub async fn verify_backup(config: &AppConfig, file: &Path) -> Result<VerifyReport, Failure> {
    let keeping = Keeping::of(config);
    let found = backup::verify(file, &keeping.database, &keeping.custody.tools).await;
    report(config, file.to_path_buf(), found.map_err(Refusal::from))
}

/// Reads all of the data of `config`, whether a core serves it or not.
pub async fn verify_live(config: &AppConfig) -> Result<VerifyReport, Failure> {
    let database = start::database(config);
    let looking = async {
        start::demand_data(&database)?;
        Ok(backup::verify_live(&database).await?)
    };
    let place = match &database {
        StoreConfig::Sqlite { path } => path.clone(),
        StoreConfig::Postgres { .. } => config.folder.clone(),
    };
    report(config, place, looking.await)
}

fn report(
    config: &AppConfig,
    path: PathBuf,
    found: Result<Contents, Refusal>,
) -> Result<VerifyReport, Failure> {
    let found = found.map_err(|refusal| refusal.into_failure(config.language, "verify"))?;
    Ok(VerifyReport { path, rows: rows(&found), last_order: found.last_order })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOGOTA: DayRule = DayRule { utc_offset_minutes: -300, day_starts_minute: 300 };
    const NOON: i64 = 1_767_286_800_000; // 2026-01-01, 12:00 in Bogotá
    const HOUR_MS: i64 = 60 * MINUTE_MS;

    #[test]
    fn a_backup_is_due_after_an_hour_and_when_the_day_is_over() {
        let due_after =
            |minutes: i64| due(Some(Time(NOON)), Time(NOON + minutes * MINUTE_MS), BOGOTA, HOUR_MS);
        assert_eq!(due(None, Time(NOON), BOGOTA, HOUR_MS), Some(Reason::Hourly), "there is none");
        assert_eq!(due_after(0), None);
        assert_eq!(due_after(59), None);
        assert_eq!(due_after(60), Some(Reason::Hourly));
        assert_eq!(due_after(16 * 60), Some(Reason::Hourly), "four in the morning is still tonight");
        assert_eq!(due_after(17 * 60), Some(Reason::DayClose));
        assert_eq!(due_after(-2 * 60), Some(Reason::Hourly), "a clock that was set back");
        let quarter = due(Some(Time(NOON)), Time(NOON + 15 * MINUTE_MS), BOGOTA, 15 * MINUTE_MS);
        assert_eq!(quarter, Some(Reason::Hourly), "as often as the house has decided");
    }
}
