//! Closed orders of long ago move to the file of their year: at night while the core runs, or when someone
//! asks for it. Nothing moves unless the branch's setting, or that someone, says after how many days.

use crate::lock::DataLock;
use crate::refusal::Refusal;
use crate::safety::Keeping;
use crate::start::open_store;
use crate::wire::{Failure, FailureCode};
use crate::{App, AppConfig, Inner, tidying};
use fastops_domain::business_day::{BusinessDay, DayRule};
use fastops_domain::ids::BranchId;
use fastops_domain::setting::Settings;
use fastops_domain::time::{LocalTime, Time};
use fastops_store::archive::{Archive, ArchiveError, Retention};
use fastops_store::company::Branch;
use fastops_store::{Store, StoreError, company, setting};
use std::sync::Weak;
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked whether it is night.
const LOOK: Duration = Duration::from_mins(15);
/// The hours of the branch's night in which nobody orders.
const NIGHT: std::ops::Range<u8> = 3..6;

/// What moved, or would move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArchiveReport {
    /// Closed orders older than the limit.
    pub due: u64,
    /// Orders whose details were moved; the rest waits for a ticket that is not printed.
    pub moved: u64,
}

/// Moves the details of orders that were closed more than `older_than` days ago, or as many as the branch's
/// setting says. With `dry_run` it only counts them. Refuses while a core runs on the data.
pub async fn archive_old_orders(
    config: &AppConfig,
    older_than: Option<u32>,
    dry_run: bool,
) -> Result<ArchiveReport, Failure> {
    let moving = async {
        let _lock = DataLock::take(&config.folder)?;
        let store = open_store(config, &Keeping::of(config)).await?;
        let report = move_old_orders(&store, config, older_than, dry_run).await;
        store.close().await;
        report
    };
    moving.await.map_err(|refusal: Refusal| refusal.into_failure(config.language, "archive"))
}

async fn move_old_orders(
    store: &Store,
    config: &AppConfig,
    older_than: Option<u32>,
    dry_run: bool,
) -> Result<ArchiveReport, Refusal> {
    let known = store.read(|tx| Box::pin(company::first_branch(tx))).await;
    let known: Result<_, StoreError> = known;
    let (_, branch) = known?.ok_or(Refusal::NotSetUp)?;
    let days = match older_than {
        Some(days) => i64::from(days),
        None => kept_days(&settings(store, branch.id).await?).ok_or(Refusal::NoRetention)?,
    };
    let now = config.clock.now();
    let retention = retention(&branch, days, now);
    let archive = Archive::beside(&config.folder);
    let due = archive.due(store, retention).await?;
    let mut report = ArchiveReport { due, moved: 0 };
    if dry_run {
        return Ok(report);
    }
    // Details leave from the table of what was.
    while tidying::move_finished(store, branch.id, retention.closed_before).await? > 0 {}
    loop {
        match archive.step(store, retention, now).await? {
            0 => break,
            orders => report.moved += orders as u64,
        }
    }
    // A slip leaves after the tickets that came out on it.
    while archive.papers_step(store, retention).await? > 0 {}
    Ok(report)
}

async fn settings(store: &Store, branch: BranchId) -> Result<Settings, StoreError> {
    let said = store.read::<_, StoreError, _>(move |tx| Box::pin(setting::settings(tx, branch))).await?;
    Ok(said.of(None))
}

/// After how many days closed orders move; none when they stay for ever.
fn kept_days(settings: &Settings) -> Option<i64> {
    Some(settings.closed_orders_days).filter(|days| *days > 0)
}

/// Orders that were closed before the business day `days` days ago began.
fn retention(branch: &Branch, days: i64, now: Time) -> Retention {
    let rule = rule(branch);
    let first_kept = BusinessDay(rule.day_of(now).0.saturating_sub(days));
    Retention { branch: branch.id, closed_before: rule.start(first_kept) }
}

fn rule(branch: &Branch) -> DayRule {
    let starts = i32::try_from(branch.day_starts_minute).unwrap_or_default();
    DayRule { utc_offset_minutes: branch.utc_offset_minutes, day_starts_minute: starts }
}

/// Whether guests and people are at home.
fn is_night(branch: &Branch, now: Time) -> bool {
    NIGHT.contains(&LocalTime::at(now, branch.utc_offset_minutes).hour)
}

/// Moves what is due once a night until the core stops.
pub(crate) async fn nightly(inner: Weak<Inner>, archive: Archive, mut stopped: watch::Receiver<bool>) {
    let mut done = None;
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stopped.changed() => return,
        }
        let Some(strong) = inner.upgrade() else { return };
        let app = App { inner: strong };
        match app.tonight(&archive, done, &stopped).await {
            Ok(night) => done = night.or(done),
            // Tomorrow night comes; nothing is lost by waiting for it.
            Err(error) => tracing::error!(%error, "orders of long ago were not moved to their archive"),
        }
    }
}

impl App {
    /// Moves what is due if it is night and this night's work is not done; gives the night when it is.
    async fn tonight(
        &self,
        archive: &Archive,
        done: Option<BusinessDay>,
        stopped: &watch::Receiver<bool>,
    ) -> Result<Option<BusinessDay>, Refusal> {
        let (facts, now) = (self.catalogue.facts().await?, self.env.now());
        let branch = &facts.branch;
        let night = rule(branch).day_of(now);
        if done == Some(night) || !is_night(branch, now) {
            return Ok(None);
        }
        let Some(days) = kept_days(&facts.settings(None)) else { return Ok(Some(night)) };
        let retention = retention(branch, days, now);
        while !*stopped.borrow()
            && tidying::move_finished(&self.store, branch.id, retention.closed_before).await? > 0
        {}
        let mut moved = 0;
        while !*stopped.borrow() {
            match archive.step(&self.store, retention, now).await? {
                0 => break,
                orders => moved += orders,
            }
        }
        while !*stopped.borrow() && archive.papers_step(&self.store, retention).await? > 0 {}
        tracing::info!(moved, "orders of long ago were moved to their archive");
        Ok(Some(night))
    }
}

impl From<ArchiveError> for Refusal {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Store(error) => error.into(),
            error => Self::Archive(error),
        }
    }
}

/// What a failure of the archive is to a program.
pub(crate) const fn code(error: &ArchiveError) -> FailureCode {
    match error {
        ArchiveError::Unwritable { .. } => FailureCode::FolderUnwritable,
        ArchiveError::Incomplete { .. } => FailureCode::DataDamaged,
        ArchiveError::Store(_) | ArchiveError::Interrupted => FailureCode::Internal,
    }
}

pub(crate) fn spanish(error: &ArchiveError) -> String {
    match error {
        ArchiveError::Unwritable { path, source } => format!(
            "No se puede escribir el archivo histórico {} ({source}). Revise el espacio y los permisos.",
            path.display()
        ),
        ArchiveError::Incomplete { path, orders } => format!(
            "Falta el archivo histórico {} o no está completo: debe tener {orders} pedidos. Devuélvalo a su carpeta desde una copia de seguridad.",
            path.display()
        ),
        ArchiveError::Store(_) | ArchiveError::Interrupted => {
            "El trabajo con el archivo histórico se interrumpió. No se perdió nada; repita.".into()
        }
    }
}

pub(crate) fn english(error: &ArchiveError) -> String {
    match error {
        ArchiveError::Unwritable { path, source } => format!(
            "The archive {} cannot be written ({source}). Check the space and the permissions.",
            path.display()
        ),
        ArchiveError::Incomplete { path, orders } => format!(
            "The archive {} is missing or not whole: it should hold {orders} orders. Put it back from a backup.",
            path.display()
        ),
        ArchiveError::Store(_) | ArchiveError::Interrupted => {
            "The work on the archive was interrupted. Nothing was lost; repeat.".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_domain::ids::{CompanyId, LocationId};
    use fastops_domain::user::Language;
    use uuid::Uuid;

    fn bogota() -> Branch {
        Branch {
            id: BranchId(Uuid::nil()),
            company: CompanyId(Uuid::nil()),
            name: "Bogotá".into(),
            language: Language::Es,
            utc_offset_minutes: -300,
            day_starts_minute: 300,
            default_location: LocationId(Uuid::nil()),
        }
    }

    #[test]
    fn whole_business_days_are_kept() {
        let new_year_at_noon = Time(1_767_286_800_000); // 2026-01-01, 12:00 in Bogotá
        let limit = |days| retention(&bogota(), days, new_year_at_noon).closed_before;
        let five_in_the_morning = Time(1_767_261_600_000);
        assert_eq!(limit(0), five_in_the_morning);
        assert_eq!(limit(30), five_in_the_morning.plus_ms(-30 * 86_400_000));
    }

    #[test]
    fn night_is_the_branchs_own() {
        let four_in_bogota = Time(1_767_258_000_000);
        assert!(is_night(&bogota(), four_in_bogota));
        assert!(!is_night(&Branch { utc_offset_minutes: 60, ..bogota() }, four_in_bogota));
    }
}
