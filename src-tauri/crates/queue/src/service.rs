//! One contract for whatever works in the background: a name, a start, a stop, and a start anew when it breaks.
//!
//! ```text
//!  start ─> works ──────────────── told to stop ─────────────> ended
//!             │ ended by itself, or panicked
//!             └─> told to whoever watches ─> pause ─> start anew
//! ```
//!
//! A service is a function that makes its work, so that it can be made again. What it needs from one run to the
//! next lives outside of it. Services are stopped in the opposite order of their start, each after the one before
//! it has ended, so that none loses what it stands on.

use fastops_domain::service::{Breaks, Service};
use fastops_domain::time::Time;
use std::any::Any;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// How long one service may take to end before it is cut off. What it was doing is found at the next start.
const LET_END: Duration = Duration::from_secs(40);

/// The work of one run of a service.
pub type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One run of a service.
#[derive(Clone, Debug)]
pub struct Run {
    /// 0 for the first; more after it broke.
    pub number: u32,
    /// Turns true when the service is to end.
    pub stopped: watch::Receiver<bool>,
}

/// Whether a service has an end of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Only when it is told to; otherwise it broke.
    WhenTold,
    /// Also when it has nothing more to do.
    WhenDone,
}

/// What a service is called on screens: its kind, and of which printer where there is one for each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    pub service: Service,
    pub of: Option<String>,
}

/// A service that broke lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub name: Name,
    pub breaks: Breaks,
}

/// The services of one owner, and how they are.
#[derive(Debug)]
pub struct Services {
    running: Mutex<Option<Vec<Running>>>,
    health: Arc<Health>,
}

#[derive(Debug)]
struct Running {
    name: Name,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What broke lately, by name; whoever watches is told of each change.
#[derive(Debug)]
struct Health {
    broken: Mutex<HashMap<Name, Breaks>>,
    changed: watch::Sender<u64>,
    /// Faults are counted by a time that nobody can turn back, and that cannot break.
    began: Instant,
}

impl Health {
    fn now(&self) -> Time {
        Time(i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    fn broken(&self) -> MutexGuard<'_, HashMap<Name, Breaks>> {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, name: &Name, breaks: Breaks) {
        self.broken().insert(name.clone(), breaks);
        self.changed.send_modify(|times| *times += 1);
    }
}

impl Services {
    pub fn new() -> Self {
        let (broken, changed) = (Mutex::default(), watch::Sender::new(0));
        let health = Arc::new(Health { broken, changed, began: Instant::now() });
        Self { running: Mutex::new(Some(Vec::new())), health }
    }

    /// Starts a service: `make` gives its work, again after each time that it broke. Does nothing once the
    /// services were told to stop.
    pub fn start<M>(&self, service: Service, of: Option<String>, ends: Ends, make: M)
    where
        M: Fn(Run) -> Work + Send + Sync + 'static,
    {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(running) = running.as_mut() else { return };
        running.retain(|running| !running.task.is_finished());
        let (name, (stop, stopped)) = (Name { service, of }, watch::channel(false));
        let watched = Watched { name: name.clone(), ends, health: Arc::clone(&self.health) };
        let task = tokio::spawn(watched.run(make, stopped));
        running.push(Running { name, stop, task });
    }

    /// What broke lately and is worth telling now, in the order of the names.
    pub fn broken(&self) -> Vec<Broken> {
        let now = self.health.now();
        let told = |(name, breaks): (&Name, &Breaks)| {
            breaks.is_told(now).then(|| Broken { name: name.clone(), breaks: *breaks })
        };
        let mut broken: Vec<Broken> = self.health.broken().iter().filter_map(told).collect();
        broken.sort_by(|one, other| {
            (one.name.service as u8, &one.name.of).cmp(&(other.name.service as u8, &other.name.of))
        });
        broken
    }

    /// Changes whenever a service breaks or is up again.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.health.changed.subscribe()
    }

    /// Ends one after another, the last one started first.
    pub async fn stop(&self) {
        for running in self.take().into_iter().rev() {
            running.stop.send_replace(true);
            running.end().await;
        }
    }

    /// Tells all of them to end, then waits for each: for services that need not wait for each other.
    pub async fn stop_together(&self) {
        let all = self.take();
        for running in &all {
            running.stop.send_replace(true);
        }
        for running in all {
            running.end().await;
        }
    }

    fn take(&self) -> Vec<Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }
}

impl Default for Services {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Services {
    /// Whoever forgets to stop them leaves nothing behind.
    fn drop(&mut self) {
        for running in self.take() {
            running.task.abort();
        }
    }
}

impl Running {
    async fn end(self) {
        let Self { name, mut task, .. } = self;
        if tokio::time::timeout(LET_END, &mut task).await.is_err() {
            tracing::error!(
                service = name.service.code(),
                of = name.of,
                "a service did not end and is cut off"
            );
            task.abort();
        }
    }
}

/// A run that ends with this value.
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A service under the eyes of its watch.
struct Watched {
    name: Name,
    ends: Ends,
    health: Arc<Health>,
}

impl Watched {
    async fn run(self, make: impl Fn(Run) -> Work, mut stopped: watch::Receiver<bool>) {
        let mut breaks: Option<Breaks> = None;
        for number in 0.. {
            let work = make(Run { number, stopped: stopped.clone() });
            let mut task = AbortOnDrop(tokio::spawn(work));
            let why = match (&mut task.0).await {
                _ if *stopped.borrow() => return,
                Ok(()) if self.ends == Ends::WhenDone => return,
                Ok(()) => "it ended by itself".to_owned(),
                Err(error) if error.is_panic() => said(&*error.into_panic()),
                // The whole program ends.
                Err(_) => return,
            };
            let now = Breaks::after(breaks, self.health.now());
            tracing::error!(
                service = self.name.service.code(),
                of = self.name.of,
                times = now.times,
                why,
                "a service broke; it is started anew"
            );
            self.health.note(&self.name, now);
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(now.pause_ms())) => {}
                _ = stopped.wait_for(|stopped| *stopped) => return,
            }
            self.health.note(&self.name, now.mended());
            breaks = Some(now);
        }
    }
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it panicked".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc;

    fn broken(services: &Services) -> Vec<(Service, u32, bool)> {
        let told = |broken: Broken| (broken.name.service, broken.breaks.times, broken.breaks.up);
        services.broken().into_iter().map(told).collect()
    }

    #[tokio::test]
    async fn what_panics_or_ends_is_told_and_started_anew() {
        for panics in [true, false] {
            let services = Services::new();
            let mut changed = services.changed();
            let (runs, mut heard) = mpsc::unbounded_channel();
            services.start(Service::Prices, None, Ends::WhenTold, move |mut run| {
                let runs = runs.clone();
                Box::pin(async move {
                    runs.send(run.number).unwrap();
                    assert!(!panics || run.number > 0, "a fault on purpose");
                    if run.number > 0 {
                        let _ = run.stopped.changed().await;
                    }
                })
            });
            assert_eq!(heard.recv().await, Some(0));
            changed.changed().await.unwrap();
            assert_eq!(heard.recv().await, Some(1));
            assert_eq!(broken(&services), [(Service::Prices, 1, true)]);
            services.stop().await;
            assert_eq!(heard.recv().await, None, "stopped, and not started again");
        }
    }

    #[tokio::test]
    async fn what_has_done_its_work_is_not_broken() {
        let services = Services::new();
        let (done, mut heard) = mpsc::unbounded_channel();
        services.start(Service::Check, None, Ends::WhenDone, move |_| {
            let done = done.clone();
            Box::pin(async move { done.send(()).unwrap() })
        });
        heard.recv().await.unwrap();
        // The work and what makes it are gone: nothing starts it again.
        assert_eq!(heard.recv().await, None);
        assert_eq!(services.broken(), []);
    }

    #[tokio::test]
    async fn services_end_in_the_opposite_order_of_their_start() {
        let services = Services::new();
        let (ended, mut heard) = mpsc::unbounded_channel();
        for service in [Service::News, Service::Pulse, Service::Alerts] {
            let ended = ended.clone();
            services.start(service, None, Ends::WhenTold, move |mut run| {
                let ended = ended.clone();
                Box::pin(async move {
                    let _ = run.stopped.changed().await;
                    tokio::task::yield_now().await;
                    ended.send(service).unwrap();
                })
            });
        }
        services.stop().await;
        let order: Vec<Service> = std::iter::from_fn(|| heard.try_recv().ok()).collect();
        assert_eq!(order, [Service::Alerts, Service::Pulse, Service::News]);
    }
}
