//! The engine: starts a lane for each printer, hands out permits, answers questions about lanes.

use crate::care::care;
use crate::hints::{self, Mouth};
use crate::lane::Lane;
use crate::leases;
use crate::mood::{EngineFacts, Mood};
use crate::owners::{Owners, Seat};
use crate::permits::Permits;
use crate::routing::Chains;
use crate::service::{Broken, Ends, Services};
use fastops_domain::breaker::{Breaker, BreakerEvent};
use fastops_domain::catch_up::Policy;
use fastops_domain::ids::{BranchId, ComputerId, CoreId, JobId, PrinterId, StationId};
use fastops_domain::job::{Cause, JobState, RetryPolicy, Work};
use fastops_domain::lane::LaneFacts;
use fastops_domain::lease::LeasePolicy;
use fastops_domain::outlet::ScreenPolicy;
use fastops_domain::service::Service;
use fastops_domain::station::Printer;
use fastops_domain::time::Clock;
use fastops_domain::user::Language;
use fastops_domain::workers::{Choice, Profile, Workers};
use fastops_printing::link::Deadlines;
use fastops_printing::mail::Post;
use fastops_printing::models::Model;
use fastops_store::hint::{Heard, HouseNews};
use fastops_store::job::MovedJob;
use fastops_store::owner::Holder;
use fastops_store::steering::Steering;
use fastops_store::{Store, StoreError};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use thiserror::Error;
use tokio::sync::{Notify, broadcast, mpsc, watch};
use uuid::Uuid;

/// What an engine is made of.
#[derive(Clone, Debug)]
pub struct EngineConfig {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    /// Makes the ids of what the engine writes by itself.
    pub new_id: fn() -> Uuid,
    pub branch: BranchId,
    /// Who this core is to the others of the branch.
    pub core: CoreId,
    /// Who the core was that ended where this one begins: what it held is this one's.
    pub before: Option<CoreId>,
    /// The computer, which stays when cores come and go, and what people call it.
    pub computer: ComputerId,
    pub computer_name: String,
    pub lease: LeasePolicy,
    /// How long a kitchen screen counts as there.
    pub screens: ScreenPolicy,
    /// Language of the words on paper.
    pub language: Language,
    /// Minutes east of UTC of the times on paper.
    pub utc_offset_minutes: i32,
    /// Between which numbers the load moves the workers.
    pub profile: Profile,
    pub deadlines: Deadlines,
    /// What is known of printers, for how long the paper of each may take.
    pub models: Vec<Model>,
    pub retry: RetryPolicy,
    /// Hears of every change; never makes a lane wait.
    pub changes: mpsc::UnboundedSender<QueueChange>,
}

/// What there is to print with; it may change while the engine works.
#[derive(Clone, Debug)]
pub struct Equipment {
    pub printers: Vec<Printer>,
    /// Where the tickets of each station go.
    pub chains: Arc<Chains>,
    /// When what is pending goes on one slip.
    pub catch_up: Policy,
    /// How long a backlog waits beside a printer that has nothing to do, in milliseconds.
    pub relief_ms: i64,
    /// What mails tickets, if anything does.
    pub post: Option<Post>,
    /// What people have said of the engine.
    pub steering: Steering,
}

/// Something that the engine did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueChange {
    /// A job is in another state, or has another cause of trouble.
    Job { job: JobId, work: Work, state: JobState },
    /// A printer has a trouble, lost one, or is faster or slower than before.
    Lane { printer: PrinterId },
    /// Tickets of a station that waited for one printer go to another.
    Moved {
        station: StationId,
        from: PrinterId,
        to: PrinterId,
        /// What is wrong at `from`; nothing is when it only had too many.
        cause: Option<Cause>,
        /// Whether `to` stands in for the station's own printers.
        backup: bool,
        jobs: Vec<MovedJob>,
    },
    /// There are more or fewer workers, or turbo went on or off.
    Mood { turbo: bool },
    /// People did something at another core.
    House(HouseNews),
    /// What other cores did for a while may not have been heard.
    Missed,
}

/// What was found unfinished at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Jobs that are not on paper, those in doubt included.
    pub unfinished: usize,
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
    services: Arc<Services>,
}

/// What lanes share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) config: EngineConfig,
    pub(crate) permits: Arc<Permits>,
    pub(crate) mood: Mutex<Mood>,
    /// Tickets that wait in each lane, as of the last look.
    pub(crate) waiting: Mutex<HashMap<PrinterId, i64>>,
    facts: Mutex<HashMap<PrinterId, LaneFacts>>,
    chains: Mutex<Arc<Chains>>,
    catch_up: Mutex<Policy>,
    pub(crate) relief_ms: AtomicI64,
    post: Mutex<Option<Post>>,
    /// The last choice of workers that was followed.
    choice: Mutex<Option<Choice>>,
    /// The printers that people have taken out of use.
    out: Mutex<HashSet<PrinterId>>,
    doors: Mutex<HashMap<PrinterId, Door>>,
    /// Counts the troubles that began, ended or became others.
    troubles: watch::Sender<u64>,
    pub(crate) owners: Owners,
    pub(crate) mouth: Mouth,
}

/// How a lane is reached. A lane whose door is gone ends.
#[derive(Debug)]
struct Door {
    wake: Arc<Notify>,
    printer: watch::Sender<Printer>,
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
            let is_news = known.trouble != before.trouble;
            drop(facts);
            if is_news {
                self.troubles.send_modify(|count| *count = count.wrapping_add(1));
            }
            self.mouth.changed(printer);
            self.tell_here(QueueChange::Lane { printer });
        }
    }

    /// Tells a printer's breaker what happened.
    pub(crate) fn breaker(&self, printer: PrinterId, event: BreakerEvent) {
        let now = self.config.clock.now();
        self.note(printer, |facts| {
            let before = std::mem::discriminant(&facts.breaker);
            facts.breaker = facts.breaker.next(event, now);
            if std::mem::discriminant(&facts.breaker) != before {
                facts.breaker_since = Some(now);
            }
        });
    }

    /// A person's word about a printer's breaker.
    pub(crate) fn set_breaker(&self, printer: PrinterId, open: bool) {
        self.breaker(printer, if open { BreakerEvent::OpenByHand } else { BreakerEvent::CloseByHand });
        self.stir(printer);
    }

    /// Has a printer in use or not, as people have said; what its breaker found by itself stays.
    pub(crate) fn follow_people(&self, printer: PrinterId) {
        let out = self.out.lock().unwrap_or_else(PoisonError::into_inner).contains(&printer);
        let is_out = self.facts(printer).breaker == Breaker::Open { until: None };
        if is_out != out {
            self.set_breaker(printer, out);
        }
    }

    /// Tells whoever drives a lane that there is something new for it.
    pub(crate) fn wake(&self, printer: PrinterId) {
        self.stir(printer);
        if self.seat(printer) != Seat::Mine {
            self.hint(|hint| hint.wake.push(printer));
        }
    }

    /// The printers that have a lane here.
    pub(crate) fn printers(&self) -> Vec<PrinterId> {
        self.doors().keys().copied().collect()
    }

    /// Tells this core's own lane to look.
    pub(crate) fn stir(&self, printer: PrinterId) {
        if let Some(door) = self.doors().get(&printer) {
            door.wake.notify_one();
        }
    }

    pub(crate) fn has_lane(&self, device: PrinterId) -> bool {
        self.doors().contains_key(&device)
    }

    pub(crate) fn chains(&self) -> Arc<Chains> {
        Arc::clone(&self.chains.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn catch_up_policy(&self) -> Policy {
        *self.catch_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn post(&self) -> Option<Post> {
        self.post.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn doors(&self) -> MutexGuard<'_, HashMap<PrinterId, Door>> {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whoever listens, here and at other cores.
    pub(crate) fn tell(&self, change: QueueChange) {
        self.hint_change(&change);
        self.tell_here(change);
    }

    /// Tells whoever listens here; nobody listening is fine, the program is stopping then.
    pub(crate) fn tell_here(&self, change: QueueChange) {
        let _ = self.config.changes.send(change);
    }
}

impl Engine {
    /// Settles what a crash left in doubt, then starts one lane for each printer.
    pub async fn start(config: EngineConfig, equipment: Equipment) -> Result<(Self, Recovery), StartError> {
        let owners = Owners::of(&config);
        let hints = config.store.hints();
        let (recovery, signed) = leases::recover(&config, &owners).await?;
        let shared = Arc::new(Shared {
            permits: Permits::new(Workers::new(config.profile).count as usize),
            mood: Mutex::new(Mood::new(config.profile)),
            waiting: Mutex::default(),
            facts: Mutex::default(),
            chains: Mutex::default(),
            catch_up: Mutex::new(equipment.catch_up),
            relief_ms: AtomicI64::new(equipment.relief_ms),
            post: Mutex::default(),
            choice: Mutex::default(),
            out: Mutex::new(equipment.steering.out.iter().copied().collect()),
            doors: Mutex::default(),
            troubles: watch::Sender::default(),
            owners,
            mouth: Mouth::new(config.core),
            config,
        });
        let services = Arc::new(Services::new());
        if let (Some(hints), Some(signed)) = (hints, signed) {
            shared.settle_seats(signed).await?;
            start_hints(&services, &shared, hints);
            shared.hint(|hint| hint.lanes = true);
        }
        let own = Arc::clone(&shared);
        services.start(Service::Leases, None, Ends::WhenTold, move |run| {
            Box::pin(leases::keep(Arc::clone(&own), run.stopped))
        });
        let own = Arc::clone(&shared);
        services.start(Service::Load, None, Ends::WhenTold, move |run| {
            Box::pin(care(Arc::clone(&own), run.stopped))
        });
        let engine = Self { shared, services };
        engine.equip(equipment);
        Ok((engine, recovery))
    }

    /// Works with these printers and chains from now on. A printer that is new gets a lane; one that is no
    /// longer there loses its own when the ticket in its hands is done; what waits is looked at anew.
    pub fn equip(&self, Equipment { printers, chains, catch_up, relief_ms, post, steering }: Equipment) {
        *self.shared.chains.lock().unwrap_or_else(PoisonError::into_inner) = chains;
        *self.shared.catch_up.lock().unwrap_or_else(PoisonError::into_inner) = catch_up;
        *self.shared.post.lock().unwrap_or_else(PoisonError::into_inner) = post;
        self.shared.relief_ms.store(relief_ms, Ordering::Relaxed);
        if let Some(choice) = steering.choice {
            self.choose(choice);
        }
        if let Some(word) = steering.turbo {
            self.shared.follow_turbo(word);
        }
        *self.shared.out.lock().unwrap_or_else(PoisonError::into_inner) = steering.out.into_iter().collect();
        for printer in &printers {
            self.shared.follow_people(printer.id);
        }
        let mut doors = self.shared.doors();
        doors.retain(|id, _| printers.iter().any(|printer| printer.id == *id));
        for printer in printers {
            if let Some(door) = doors.get(&printer.id) {
                door.printer.send_if_modified(|known| {
                    let differs = *known != printer;
                    *known = printer;
                    differs
                });
                door.wake.notify_one();
                continue;
            }
            let (id, wake, name) = (printer.id, Arc::new(Notify::new()), printer.name.clone());
            let (door, own) = watch::channel(printer);
            doors.insert(id, Door { wake: Arc::clone(&wake), printer: door });
            let shared = Arc::clone(&self.shared);
            self.services.start(Service::Lane, Some(name), Ends::WhenDone, move |run| {
                let (shared, own, wake) = (Arc::clone(&shared), own.clone(), Arc::clone(&wake));
                Box::pin(async move {
                    if run.number > 0 {
                        leases::take_back(&shared, id, run.stopped.clone()).await;
                    }
                    Lane::new(shared, own, wake, run.stopped).run().await;
                })
            });
        }
        drop(doors);
        self.shared.owners.claim_due.notify_one();
    }

    /// Whether this core drives a printer; else another one does, or none that lives.
    pub fn drives(&self, printer: PrinterId) -> bool {
        self.shared.seat(printer) == Seat::Mine
    }

    /// Who this core is to the others of the branch.
    pub fn holder(&self) -> Holder {
        let config = &self.shared.config;
        Holder {
            branch: config.branch,
            core: config.core,
            computer: config.computer,
            name: config.computer_name.clone(),
            lease_ms: config.lease.for_ms,
        }
    }

    /// Looks at once whose the printers are and what is asked of them, here and at the other cores.
    pub fn look_at_owners(&self) {
        self.shared.owners.claim_due.notify_one();
        self.shared.hint(|hint| hint.lanes = true);
    }

    /// Lets the other cores know what people did at this one.
    pub fn tell_others(&self, news: &[HouseNews]) {
        self.shared.hint(|hint| hint.house.extend_from_slice(news));
    }

    /// The services of the engine that broke lately.
    pub fn broken(&self) -> Vec<Broken> {
        self.services.broken()
    }

    /// Changes whenever one of them breaks or is up again.
    pub fn services_changed(&self) -> watch::Receiver<u64> {
        self.services.changed()
    }

    /// Tells lanes that there is something new for them.
    pub fn wake(&self, printers: impl IntoIterator<Item = PrinterId>) {
        for printer in printers {
            self.shared.wake(printer);
        }
    }

    /// The device that a station's next ticket goes to, counted as one that waits there; `sender` is the printer
    /// beside the terminal that sends it. `None` for a station that nothing writes for.
    pub fn target(&self, station: StationId, sender: Option<PrinterId>) -> Option<PrinterId> {
        self.shared.target(station, sender)
    }

    /// The device that would get a station's next ticket; `sender` is the printer beside the terminal that sends it.
    pub fn serving(&self, station: StationId, sender: Option<PrinterId>) -> Option<PrinterId> {
        self.shared.serving(station, sender)
    }

    /// Whether a printer only stands in for those of a station.
    pub fn is_backup(&self, station: StationId, printer: PrinterId) -> bool {
        self.shared.is_backup(station, printer)
    }

    /// Tickets that wait for a printer: as of the last look, with those that were sent there since.
    pub fn waiting(&self, printer: PrinterId) -> i64 {
        let waiting = self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.get(&printer).copied().unwrap_or(0)
    }

    /// What is known of a printer's lane.
    pub fn facts(&self, printer: PrinterId) -> LaneFacts {
        self.shared.facts(printer)
    }

    /// Changes whenever a printer has another trouble, or lost one.
    pub fn troubles_changed(&self) -> watch::Receiver<u64> {
        self.shared.troubles.subscribe()
    }

    /// What is known of the engine as a whole.
    pub fn engine_facts(&self) -> EngineFacts {
        self.shared.engine_facts()
    }

    /// Works with the workers that a person chose, from now on. The same choice again changes nothing, so that
    /// the load's word since then stands.
    pub fn choose(&self, choice: Choice) {
        let mut last = self.shared.choice.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != Some(choice) {
            *last = Some(choice);
            self.shared.steer_workers(|workers| workers.chosen(choice));
        }
    }

    /// Takes a printer out of use, its tickets going elsewhere if they can, or back into use.
    pub fn set_breaker(&self, printer: PrinterId, open: bool) {
        self.shared.set_breaker(printer, open);
    }

    /// So many workers from now on, whatever the load and people say: for measuring, and for nothing else.
    #[doc(hidden)]
    pub fn pin_workers(&self, count: usize) {
        self.shared.permits.pin(count);
    }

    /// Lets every lane end the job in its hands, then ends the lanes.
    pub async fn stop(&self) {
        self.services.stop_together().await;
        leases::leave(&self.shared).await;
    }
}

/// What this core says to the others of its branch, and hears of them. What was said while it was not heard is found
/// by looking.
fn start_hints(services: &Services, shared: &Arc<Shared>, heard: broadcast::Receiver<Heard>) {
    let own = Arc::clone(shared);
    services.start(Service::Hints, None, Ends::WhenTold, move |run| {
        Box::pin(hints::say(Arc::clone(&own), run.stopped))
    });
    let own = Arc::clone(shared);
    services.start(Service::Hints, None, Ends::WhenTold, move |run| {
        Box::pin(hints::tell(Arc::clone(&own), run.stopped))
    });
    let (own, heard) = (Arc::clone(shared), Mutex::new(Some(heard)));
    services.start(Service::Hints, None, Ends::WhenTold, move |run| {
        let first = heard.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (shared, heard) = (Arc::clone(&own), first.or_else(|| own.config.store.hints()));
        Box::pin(async move {
            if let Some(heard) = heard {
                hints::hear(shared, heard, run.stopped).await;
            }
        })
    });
}
