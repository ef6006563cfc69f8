//! What a person can do with FastOps: use cases, permissions, events, failures.
//!
//! A host (the windows, the HTTP server) starts an [`App`], hands it requests with a [`Caller`], and
//! forwards events. Everything else is decided here, so that every host says the same.
//!
//! Architecture invariant: nothing here waits for a printer, and nothing here knows a window or a
//! socket.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

mod alerts;
pub mod bench;
pub mod bindings;
mod born;
mod caller;
mod catalogue;
mod computer;
mod demo;
mod env;
mod equipment;
mod events;
mod feature;
mod founding;
mod freed;
pub mod history;
mod lock;
mod metrics;
mod news;
mod once;
mod pace;
mod pin;
mod prices;
mod print_test;
mod products_file;
mod pulse;
mod recovery;
mod refusal;
pub mod retention;
mod safety;
mod services;
mod session_token;
mod sheet;
mod shelf;
mod start;
mod surface;
mod tidying;
pub mod wire;
mod words;

pub use caller::{Actor, Caller, Who};
pub use catalogue::CacheStats;
pub use demo::{DEMO_USERS, DemoUser};
pub use env::SystemClock;
pub use events::follow_turbo;
pub use fastops_domain::business_day::BusinessDay;
pub use fastops_domain::user::Language;
pub use founding::{BusinessKind, CountryView, Founding, MOST_TABLES, countries, found};
pub use metrics::CommandStats;
pub use print_test::{PrintTest, PrintTestReport, print_test};
pub use recovery::{RecoveryOffer, RestoreFrom, RestoreReport, recovery_offer, restore};
pub use refusal::Refusal;
pub use safety::{BackupReason, BackupReport, LastOrder, VerifyReport, back_up, verify_backup, verify_live};
pub use start::{AppConfig, Database, DemoReport, DemoSetup, StartReport, create_demo};
pub use surface::{Access, COMMANDS, Command, CommandSpec};

use crate::catalogue::Catalogue;
use crate::env::Env;
use crate::events::EventHub;
use crate::lock::DataLock;
use crate::metrics::CommandMetrics;
use crate::wire::{EventEnvelope, Failure};
use fastops_domain::ids::{PrinterId, StationId};
use fastops_queue::Engine;
use fastops_queue::service::Services;
use fastops_store::{Store, metered};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::time::Instant;

/// The core of one branch, ready to serve. Cheap to clone; every clone is the same core.
#[derive(Clone, Debug)]
pub struct App {
    inner: Arc<Inner>,
}

/// What is done by one at a time.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    /// Printers are looked for.
    pub(crate) finding: tokio::sync::Mutex<()>,
    /// The engine is told what there is to print with: what was read earlier is never told later.
    pub(crate) equipping: tokio::sync::Mutex<()>,
}

/// What the clones of an [`App`] share; nothing of it can be seen from outside.
#[doc(hidden)]
#[derive(Debug)]
pub struct Inner {
    pub(crate) store: Store,
    pub(crate) env: Env,
    pub(crate) catalogue: Catalogue,
    pub(crate) metrics: CommandMetrics,
    pub(crate) events: EventHub,
    pub(crate) engine: Engine,
    /// Notified when a pulse may differ from the last one.
    pub(crate) pulse_due: Arc<tokio::sync::Notify>,
    /// Notified when an alert may have to be raised or resolved.
    pub(crate) alerts_due: Arc<tokio::sync::Notify>,
    /// What the last pulse found in the lanes.
    pub(crate) counted: Mutex<pulse::Counts>,
    /// What the last look found of how long stations take.
    pub(crate) paces: Mutex<Arc<pace::Paces>>,
    /// Where tickets of a station last went that stands in for its own target, until that is back.
    pub(crate) moved: Mutex<HashMap<StationId, PrinterId>>,
    pub(crate) is_demo: bool,
    pub(crate) keeping: safety::Keeping,
    pub(crate) screens: fastops_domain::outlet::ScreenPolicy,
    /// Where the password of the mail server is, unless the environment has it.
    pub(crate) password_file: std::path::PathBuf,
    /// Printer models of the house's own, over those that come with the program.
    pub(crate) models_file: std::path::PathBuf,
    pub(crate) turns: Turns,
    pub(crate) report: StartReport,
    pub(crate) services: Services,
    /// Turns true when the core stops.
    pub(crate) stop: watch::Sender<bool>,
    lock: Mutex<Option<DataLock>>,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.inner
    }
}

impl App {
    /// Carries out one command for `caller`: who they are, whether they may, and then the thing itself.
    pub async fn perform<C: Command>(&self, caller: &Caller, request: C) -> Result<C::Answer, Failure> {
        let mut language = caller.language;
        let began = Instant::now();
        // On the heap, so that whoever asks does not carry the size of the largest command.
        let (answer, statements) = metered(Box::pin(async {
            let who = Who::identify(self, caller, &request, &mut language).await?;
            request.run(self, &who).await
        }))
        .await;
        let approval = caller.approval.as_ref().map_or(0, |_| feature::approval::STATEMENTS);
        self.metrics.note(C::NAME, C::STATEMENTS + approval, statements, began.elapsed());
        answer.map_err(|refusal: Refusal| refusal.into_failure(language, C::NAME))
    }

    /// The same for a host that knows the command only by its name, answered in JSON; `None` when there is none
    /// such.
    pub async fn perform_by_name(
        &self,
        caller: &Caller,
        name: &str,
        request: serde_json::Value,
    ) -> Option<Result<Vec<u8>, Failure>> {
        match surface::by_name(self, caller, name, request) {
            Some(answering) => Some(answering.await),
            None => None,
        }
    }

    pub(crate) async fn perform_json<C: Command>(
        &self,
        caller: &Caller,
        request: serde_json::Value,
    ) -> Result<Vec<u8>, Failure> {
        let refuse = |refusal: Refusal| refusal.into_failure(caller.language, C::NAME);
        let request: C = serde_json::from_value(request)
            .map_err(|error| refuse(Refusal::BadRequest { detail: error.to_string() }))?;
        let answer = self.perform(caller, request).await?;
        // Never as a tree of values, which takes six times as much memory as a large menu itself.
        serde_json::to_vec(&answer).map_err(|error| refuse(Refusal::Unreadable(error)))
    }

    /// Every event from now on. A receiver that falls behind loses some and sees it by the numbers.
    pub fn subscribe(&self) -> broadcast::Receiver<EventEnvelope> {
        self.events.subscribe()
    }

    /// What the start found: jobs recovered, time taken.
    pub fn report(&self) -> StartReport {
        self.report
    }

    /// What every command has cost since the start, in the order of the list.
    pub fn command_stats(&self) -> Vec<CommandStats> {
        self.metrics.stats()
    }

    /// How often each topic of the cache was asked for, and how often it had to be read.
    pub fn cache_stats(&self) -> Vec<CacheStats> {
        self.catalogue.stats()
    }

    /// Keeps what was read for this long at most, from now on; 300 seconds when nobody says otherwise.
    pub fn set_cache_life(&self, life: Duration) {
        self.catalogue.set_life(life);
    }

    /// The store beneath, for tests that break it on purpose.
    #[doc(hidden)]
    pub fn store_for_faults(&self) -> Store {
        self.store.clone()
    }

    /// One pass of the tidying that else comes each minute; says how many jobs left their table.
    #[doc(hidden)]
    pub async fn tidy_for_faults(&self) -> Option<usize> {
        self.tidy_once().await.ok()
    }

    /// Ends the lanes after the tickets in their hands, then the services in the opposite order of their start,
    /// then closes the store and lets another program have the folder.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        self.engine.stop().await;
        self.services.stop().await;
        self.store.close().await;
        self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
