//! Finished print jobs leave the lanes' table after some days, a few at a time, so that the queue is as fast after
//! years as on its first day; and memory that was freed goes back to the system.

use crate::refusal::Refusal;
use crate::{App, Inner, freed};
use fastops_domain::ids::BranchId;
use fastops_domain::time::Time;
use fastops_store::{Store, StoreError, job};
use std::sync::Weak;
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked whether something may leave.
const LOOK: Duration = Duration::from_mins(1);
/// Jobs that leave in one unit: few enough that no command waits for them.
const AT_ONCE: i64 = 100;
/// Pause between two units, for whatever waits to be written meanwhile.
const PAUSE: Duration = Duration::from_millis(50);
const DAY_MS: i64 = 86_400_000;

/// Tidies until the core stops.
pub(crate) async fn keep_tidy(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    loop {
        let Some(inner) = inner.upgrade() else { return };
        let app = App { inner };
        let pause = match app.tidy_once().await {
            Ok(0) => LOOK,
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::warn!(%error, "finished print jobs could not leave their table; they do later");
                LOOK
            }
        };
        let in_rush = app.in_rush();
        // Whoever waits for the core to be gone waits for nothing that goes on without it.
        drop(app);
        if pause == LOOK && !in_rush {
            freed::give_back().await;
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.changed() => return,
        }
    }
}

impl App {
    fn in_rush(&self) -> bool {
        self.engine.engine_facts().turbo.is_on()
    }

    /// Moves a few jobs that were finished long enough ago. A rush is let pass first.
    pub(crate) async fn tidy_once(&self) -> Result<usize, Refusal> {
        if self.in_rush() {
            return Ok(0);
        }
        let facts = self.catalogue.facts().await?;
        let before = self.env.now().plus_ms(-facts.settings(None).finished_jobs_days * DAY_MS);
        Ok(move_finished(&self.store, facts.branch.id, before).await?)
    }
}

/// Moves a few jobs of a branch that were finished before `before`; 0 when there are no more.
pub(crate) async fn move_finished(
    store: &Store,
    branch: BranchId,
    before: Time,
) -> Result<usize, StoreError> {
    store.write(move |tx| Box::pin(job::move_finished(tx, branch, before, AT_ONCE))).await
}
