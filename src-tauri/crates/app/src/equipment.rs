//! Printers and chains as they are now: what any terminal changes of them, the engine works with at once.

use crate::catalogue::Facts;
use crate::{App, Inner};
use fastops_domain::catch_up::Policy;
use fastops_printing::mail::Post;
use fastops_queue::Equipment;
use fastops_store::change::{Changes, Topic};
use fastops_store::{Store, StoreError, steering};
use std::path::Path;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// Time before another look when the store could not be read.
const AGAIN: Duration = Duration::from_secs(1);

impl Facts {
    /// What there is to print with, and how people want it used.
    pub(crate) async fn equipment(
        &self,
        store: &Store,
        password_file: &Path,
    ) -> Result<Equipment, StoreError> {
        let post = |server| Post { server, password_file: password_file.to_owned() };
        let (branch, settings) = (self.branch.id, self.settings(None));
        let steering = store.read(move |tx| Box::pin(steering::steering(tx, branch))).await?;
        Ok(Equipment {
            printers: self.printers.to_vec(),
            chains: Arc::clone(&self.chains),
            catch_up: Policy {
                least: settings.catch_up_tickets,
                after_ms: settings.catch_up_seconds * 1_000,
            },
            relief_ms: settings.relief_seconds * 1_000,
            post: self.mail_server.as_ref().clone().map(post),
            steering,
        })
    }
}

/// Tells the engine until the core stops.
pub(crate) async fn keep_current(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    let Some(mut changes) = inner.upgrade().map(|inner| inner.store.changes()) else { return };
    let mut told: Option<Changes> = None;
    loop {
        let Some(strong) = inner.upgrade() else { return };
        let now = *changes.borrow_and_update();
        let topics = [Topic::Stations, Topic::Settings, Topic::Engine];
        let old = told.is_none_or(|told| !told.is_current(&now, &topics));
        let failed = old && App { inner: strong }.equip().await.is_err();
        if !failed {
            told = Some(now);
        }
        tokio::select! {
            () = tokio::time::sleep(AGAIN), if failed => {}
            woken = changes.changed() => if woken.is_err() { return },
            _ = stopped.changed() => return,
        }
    }
}

impl App {
    /// Tells the engine what there is to print with now. Whoever changed it does so before they are answered, so that
    /// what they print next goes by it.
    pub(crate) async fn equip(&self) -> Result<(), crate::refusal::Refusal> {
        let _turn = self.turns.equipping.lock().await;
        let facts = self.catalogue.facts().await?;
        self.engine.equip(facts.equipment(&self.store, &self.password_file).await?);
        Ok(())
    }
}
