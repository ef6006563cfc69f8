//! Whatever works in the background breaks in the middle, again and again, and the house goes on.
//!
//! The fault is a clock that panics when a background task of one kind asks it for the time, which all of them do, at
//! every place of their work; which kind asks is seen by the functions that it is called from. Proves that a service which breaks is told on every screen and started anew, and that a
//! ticket which a broken lane had in its hands comes out, marked if it may be on paper already. Broken on purpose
//! it goes red: without the start anew nothing is printed after the first fault, and without taking back what the
//! lane had, its ticket never comes out.

use crate::house::{Engine, House, PATIENCE, STATIONS, instant_printers, new_id, ticket_number};
use fastops_app::wire::{Event, OrderStatus, Service, SetWorkers};
use fastops_app::{Caller, SystemClock};
use fastops_domain::time::{Clock, Time};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

/// The name of the threads on which background tasks run; a test's own runs on another.
const WORKER: &str = "tokio-rt-worker";
/// A part of the program that only one kind of service runs in: how a trace of calls names it with the lines of the
/// source, and without.
type Within = [&'static str; 2];

/// What must have broken at least once before the test is content.
const ALL: [(Service, Within); 3] = [
    (Service::Lane, ["queue/src/lane.rs", "fastops_queue::lane::"]),
    (Service::Load, ["queue/src/care.rs", "fastops_queue::care::"]),
    (Service::Pulse, ["app/src/pulse.rs", "fastops_app::pulse::"]),
];

/// A clock that panics once when it is armed and a background task of the kind that is meant asks it.
#[derive(Debug, Default)]
struct FaultyClock {
    armed: Mutex<Option<Within>>,
}

impl FaultyClock {
    fn armed(&self) -> std::sync::MutexGuard<'_, Option<Within>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for FaultyClock {
    fn now(&self) -> Time {
        let in_background = std::thread::current().name() == Some(WORKER);
        let armed = *self.armed();
        let breaks = armed.filter(|_| in_background).is_some_and(|within| {
            let calls = std::backtrace::Backtrace::force_capture().to_string().replace('\\', "/");
            within.iter().any(|part| calls.contains(part)) && self.armed().take().is_some()
        });
        assert!(!breaks, "the clock broke, on purpose");
        SystemClock.now()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_breaks_is_started_anew_on_sqlite() {
    whatever_breaks_is_started_anew(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_breaks_is_started_anew_on_postgres() {
    whatever_breaks_is_started_anew(Engine::Postgres).await;
}

async fn whatever_breaks_is_started_anew(engine: Engine) {
    let clock = Arc::new(FaultyClock::default());
    let house = House::open_with(engine, instant_printers().await).await;
    let own: Arc<dyn Clock> = Arc::<FaultyClock>::clone(&clock);
    let house = house.restart_with(|config| config.clock = own).await;
    let ana = house.sign_in("Ana").await;

    let mut sent = Vec::new();
    let broken = tokio::time::timeout(PATIENCE * 3, breaking(&house, &ana, &clock, &mut sent)).await;
    broken.expect("not every kind of service broke, or one that broke was told to nobody");

    for order in &sent {
        house.until(&ana, *order, |order| order.status == OrderStatus::Printed).await;
    }
    every_paper_once_or_marked(&house, &ana, &sent).await;
    // Steering still works: the engine is all there.
    let admin = house.sign_in("Camila").await;
    let four = SetWorkers { command_id: new_id(), count: Some(4), profile: None };
    let status = house.app.perform(&admin, four).await.unwrap();
    assert!(status.workers_fixed && (status.turbo || status.workers == 4), "{status:?}");
    house.close().await;
}

/// Sends orders and breaks each kind of service in the middle of its work, twice, until each was told.
async fn breaking(house: &House, ana: &Caller, clock: &FaultyClock, sent: &mut Vec<Uuid>) {
    let mut seen: HashSet<Service> = HashSet::new();
    let (mut events, mut last, mut gaps) = (house.app.subscribe(), None, 0);
    for (service, within) in ALL.into_iter().cycle().take(2 * ALL.len()) {
        let order = house.app.perform(ana, house.take_away(&[("307", 1), ("602", 1)])).await.unwrap();
        sent.push(order.id);
        *clock.armed() = Some(within);
        while clock.armed().is_some() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // Until the fault is told, which a pulse that broke does when it is back.
        loop {
            let Ok(heard) = events.recv().await else { continue };
            gaps += i64::from(last.is_some_and(|last| heard.seq != last + 1));
            last = Some(heard.seq);
            if let Event::Heartbeat { services, .. } = heard.event
                && let Some(told) = services.first()
            {
                assert!(told.text.es.contains("Falló") && told.text.en.contains("broke"), "{told:?}");
                seen.extend(services.iter().map(|trouble| trouble.service));
                if seen.contains(&service) {
                    break;
                }
            }
        }
    }
    assert!(gaps > 0, "what a broken service did not tell, the screens see by a gap");
}

async fn every_paper_once_or_marked(house: &House, ana: &Caller, sent: &[Uuid]) {
    for code in STATIONS {
        let mut plain: HashMap<i64, usize> = HashMap::new();
        for slip in house.printer(code).slips() {
            if !slip.contains("POSIBLE DUPLICADO") {
                *plain.entry(ticket_number(&slip).unwrap()).or_default() += 1;
            }
        }
        assert!(plain.values().all(|papers| *papers == 1), "unmarked duplicates: {plain:?}");
    }
    for order in sent {
        for ticket in house.order(ana, *order).await.tickets {
            let code = ticket.station.to_lowercase();
            assert!(!house.papers_of(&code, ticket.number).is_empty(), "printed and on no paper: {ticket:?}");
        }
    }
}
