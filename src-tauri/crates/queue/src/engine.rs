//! The engine: starts a lane for each printer, hands out permits, answers questions about lanes.

use crate::lane::Lane;
use fastops_domain::ids::{BranchId, JobId, OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::{Cause, JobEvent, JobState, RetryPolicy, next};
use fastops_domain::lane::LaneSpeed;
use fastops_domain::station::Printer;
use fastops_domain::time::Clock;
use fastops_domain::user::Language;
use fastops_printing::link::Deadlines;
use fastops_store::{Store, StoreError, job};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use tokio::task::JoinSet;

/// What an engine is made of.
#[derive(Clone, Debug)]
pub struct EngineConfig {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub branch: BranchId,
    /// Language of the words on paper.
    pub language: Language,
    /// Minutes east of UTC of the times on paper.
    pub utc_offset_minutes: i32,
    /// Printers that may be busy at once.
    pub workers: usize,
    pub deadlines: Deadlines,
    pub retry: RetryPolicy,
    /// Hears of every change; never makes a lane wait.
    pub changes: mpsc::UnboundedSender<QueueChange>,
}

/// Something that the engine did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueChange {
    /// A job is in another state, or has another cause of trouble.
    Job { job: JobId, ticket: TicketId, order: OrderId, station: StationId, state: JobState },
    /// A printer has a trouble, lost one, or is faster or slower than before.
    Lane { printer: PrinterId },
}

/// What is known of a lane without asking the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LaneFacts {
    pub speed: LaneSpeed,
    /// A ticket is with the printer.
    pub printing: bool,
    /// Why nothing comes out, when nothing does.
    pub trouble: Option<Cause>,
    pub paper_near_end: bool,
}

/// What was found unfinished at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Jobs that were with a printer when the program stopped: printed again, marked.
    pub in_doubt: usize,
}

/// Why the engine did not start.
#[derive(Debug, Error)]
#[error("the print queue could not read what is unfinished")]
pub struct StartError(#[from] StoreError);

/// The print engine of one branch. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Engine {
    shared: Arc<Shared>,
    lanes: Arc<HashMap<PrinterId, Arc<Notify>>>,
    running: Arc<Mutex<Option<Running>>>,
}

#[derive(Debug)]
struct Running {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// What lanes share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) config: EngineConfig,
    pub(crate) permits: Semaphore,
    facts: Mutex<HashMap<PrinterId, LaneFacts>>,
}

impl Shared {
    pub(crate) fn facts(&self, printer: PrinterId) -> LaneFacts {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner).get(&printer).copied().unwrap_or_default()
    }

    /// Changes what is known of a lane, and tells when anything is different.
    pub(crate) fn note(&self, printer: PrinterId, change: impl FnOnce(&mut LaneFacts)) {
        let mut facts = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = facts.entry(printer).or_default();
        let before = *known;
        change(known);
        if *known != before {
            self.tell(QueueChange::Lane { printer });
        }
    }

    /// Tells whoever listens; nobody listening is fine, the program is stopping then.
    pub(crate) fn tell(&self, change: QueueChange) {
        let _ = self.config.changes.send(change);
    }
}

impl Engine {
    /// Settles what a crash left in doubt, then starts one lane for each printer.
    pub async fn start(config: EngineConfig, printers: Vec<Printer>) -> Result<(Self, Recovery), StartError> {
        let recovery = recover(&config).await?;
        let (stop, stopped) = watch::channel(false);
        let workers = config.workers.max(1);
        let shared = Arc::new(Shared { config, permits: Semaphore::new(workers), facts: Mutex::default() });
        let mut lanes = HashMap::with_capacity(printers.len());
        let mut tasks = JoinSet::new();
        for printer in printers {
            let wake = Arc::new(Notify::new());
            lanes.insert(printer.id, Arc::clone(&wake));
            tasks.spawn(Lane::new(Arc::clone(&shared), printer, wake, stopped.clone()).run());
        }
        let running = Arc::new(Mutex::new(Some(Running { stop, tasks })));
        Ok((Self { shared, lanes: Arc::new(lanes), running }, recovery))
    }

    /// Tells lanes that there is something new for them.
    pub fn wake(&self, printers: impl IntoIterator<Item = PrinterId>) {
        for printer in printers {
            if let Some(wake) = self.lanes.get(&printer) {
                wake.notify_one();
            }
        }
    }

    /// What is known of a printer's lane.
    pub fn facts(&self, printer: PrinterId) -> LaneFacts {
        self.shared.facts(printer)
    }

    /// Permits in use, and permits in all.
    pub fn workers(&self) -> (usize, usize) {
        let all = self.shared.config.workers.max(1);
        (all.saturating_sub(self.shared.permits.available_permits()), all)
    }

    /// Lets every lane end the job in its hands, then ends the lanes.
    pub async fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Running { stop, mut tasks }) = running {
            let _ = stop.send(true);
            while tasks.join_next().await.is_some() {}
        }
    }
}

/// Jobs that were with a printer when the program stopped have an unknown fate: they wait again, marked.
async fn recover(config: &EngineConfig) -> Result<Recovery, StoreError> {
    let (branch, retry, now) = (config.branch, config.retry, config.clock.now());
    let in_doubt = config
        .store
        .write(move |tx| {
            Box::pin(async move {
                let interrupted = job::interrupted(tx, branch).await?;
                let broke = JobEvent::Broke { cause: Cause::Interrupted, bytes_accepted: None };
                for found in &interrupted {
                    let Ok(mut to) = next(found.progress, broke, now, &retry) else { continue };
                    to.not_before = now;
                    job::advance(tx, found.id, found.progress.state, &to, &job::JobChange::default()).await?;
                    for attempt in job::attempts(tx, found.id).await? {
                        if attempt.ended_at.is_none() {
                            let (number, outcome) = (attempt.number, to.state.code());
                            let cause = Some(Cause::Interrupted);
                            job::close_attempt(tx, found.id, number, now, outcome, cause, None).await?;
                        }
                    }
                }
                Ok::<_, StoreError>(interrupted.len())
            })
        })
        .await?;
    if in_doubt > 0 {
        tracing::warn!(
            in_doubt,
            "tickets were with a printer when the program stopped; they print again, marked"
        );
    }
    Ok(Recovery { in_doubt })
}
