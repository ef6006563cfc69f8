//! Everything that works in the background of a core: started here, in this order, and stopped in the opposite one.

use crate::refusal::Refusal;
use crate::shelf::{self, Told};
use crate::wire::{ServiceTrouble, Text};
use crate::{App, Inner, alerts, equipment, news, prices, pulse, retention, safety, tidying, words};
use fastops_domain::service::Service;
use fastops_queue::QueueChange;
use fastops_queue::service::{Broken, Ends, Run};
use fastops_store::archive::Archive;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::{mpsc, watch};

/// Starts every service of `app`.
pub(crate) fn start_all(
    app: &App,
    from_queue: mpsc::UnboundedReceiver<QueueChange>,
    told: Told,
    archive: Archive,
) {
    // What the queue said while its news were being started anew is still there for the next run.
    let from_queue = Arc::new(tokio::sync::Mutex::new(from_queue));
    app.keep(Service::News, move |inner, stopped| {
        news::forward_changes(inner, Arc::clone(&from_queue), stopped)
    });
    app.keep(Service::Pulse, pulse::beat);
    app.keep(Service::Equipment, equipment::keep_current);
    app.keep(Service::Prices, prices::keep_clock);
    let told = Mutex::new(Some(told));
    app.keep(Service::Shelf, move |inner, stopped| {
        let told = told.lock().unwrap_or_else(PoisonError::into_inner).take();
        shelf::keep_telling(inner, told, stopped)
    });
    app.keep(Service::Alerts, alerts::keep_watch);
    app.keep(Service::Reached, safety::note_reached);
    app.keep(Service::Backups, safety::keep_backups);
    app.keep(Service::Tidying, tidying::keep_tidy);
    app.keep(Service::Archive, move |inner, stopped| retention::nightly(inner, archive.clone(), stopped));
    app.start_service(Service::Check, Ends::WhenDone, safety::finish_check);
}

impl App {
    /// A service that works until it is told to stop.
    fn keep<M, W>(&self, service: Service, work: M)
    where
        M: Fn(Weak<Inner>, watch::Receiver<bool>) -> W + Send + Sync + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        self.start_service(service, Ends::WhenTold, work);
    }

    fn start_service<M, W>(&self, service: Service, ends: Ends, work: M)
    where
        M: Fn(Weak<Inner>, watch::Receiver<bool>) -> W + Send + Sync + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let weak = Arc::downgrade(&self.inner);
        self.services.start(service, None, ends, move |Run { number, stopped }| {
            // What it was about to tell when it broke, nobody may have heard of.
            if number > 0
                && let Some(inner) = weak.upgrade()
            {
                inner.events.leave_gap();
            }
            Box::pin(work(Weak::clone(&weak), stopped))
        });
    }

    /// The services that broke lately, for every screen.
    pub(crate) fn service_troubles(&self) -> Vec<ServiceTrouble> {
        let all = self.engine.broken().into_iter().chain(self.services.broken());
        all.map(|broken| trouble(&broken)).collect()
    }

    /// Waits until a service breaks or is up again.
    pub(crate) fn services_changed(&self) -> [watch::Receiver<u64>; 2] {
        [self.engine.services_changed(), self.services.changed()]
    }
}

fn trouble(broken: &Broken) -> ServiceTrouble {
    let Broken { name, breaks } = broken;
    let text = |language| words::service_broke(name.service, name.of.as_deref(), breaks.up, language);
    ServiceTrouble {
        service: name.service.into(),
        of: name.of.clone(),
        up: breaks.up,
        times: breaks.times,
        text: Text {
            es: text(fastops_domain::user::Language::Es),
            en: text(fastops_domain::user::Language::En),
        },
    }
}

impl Inner {
    /// Told to all that take their time, so that they give up before anything is stopped.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }
}

/// Reads what the screens know of the shelf, until it can be read or the core stops.
pub(crate) async fn told_anew(inner: &Weak<Inner>, stopped: &mut watch::Receiver<bool>) -> Option<Told> {
    loop {
        let strong = inner.upgrade()?;
        let told: Result<Told, Refusal> = Told::now(&strong.store, &strong.catalogue).await;
        drop(strong);
        if let Ok(told) = told {
            return Some(told);
        }
        tokio::select! {
            () = tokio::time::sleep(shelf::AGAIN) => {}
            _ = stopped.changed() => return None,
        }
    }
}
