//! What the queue and people do, as events for the screens: at once, and what the queue does in turbo a few at a
//! time. What people do reaches the screens of every core on the database.

use crate::pulse::{TURBO_PULSE, text};
use crate::refusal::Refusal;
use crate::wire::{Event, PaperNow, Text};
use crate::{App, Inner, catalogue, words};
use fastops_domain::ids::{JobId, OrderId, PrinterId, StationId};
use fastops_domain::job::{Cause, JobState, Work};
use fastops_queue::QueueChange;
use fastops_store::StoreError;
use fastops_store::hint::HouseNews;
use fastops_store::job::{self, MovedJob, Place};
use std::sync::{Arc, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Mutex, mpsc, watch};

/// Changes that are told together when several have come.
const BATCH: usize = 10;
/// How long the store may take to say where tickets stand.
const PLACES: Duration = Duration::from_millis(250);
/// How long what was read is kept in turbo.
const TURBO_CACHE_LIFE: Duration = Duration::from_mins(10);

/// Turns what the queue does into events for the screens.
pub(crate) async fn forward_changes(
    inner: Weak<Inner>,
    from_queue: Arc<Mutex<mpsc::UnboundedReceiver<QueueChange>>>,
    mut stopped: watch::Receiver<bool>,
) {
    // Also after this service broke and was started anew.
    let mut turbo = false;
    if let Some(strong) = inner.upgrade() {
        let app = App { inner: strong };
        turbo = app.engine.engine_facts().turbo.is_on();
        app.set_cache_life(cache_life(turbo));
    }
    let mut from_queue = from_queue.lock().await;
    loop {
        let changes = tokio::select! {
            changes = gather(&mut from_queue, turbo) => changes,
            _ = stopped.changed() => return,
        };
        if changes.is_empty() {
            return;
        }
        let Some(strong) = inner.upgrade() else { return };
        let app = App { inner: strong };
        app.tell_jobs(&changes).await;
        for change in changes {
            match change {
                QueueChange::Moved { station, from, to, cause, backup, jobs } => {
                    if backup {
                        app.moved.lock().unwrap_or_else(PoisonError::into_inner).insert(station, to);
                        app.alerts_due.notify_one();
                    }
                    let orders = jobs.iter().filter_map(|job| job.work.order()).collect();
                    let moved = Moved { station, from, to, cause, stand_in: backup, orders };
                    if let Err(error) = app.tell_moved(moved).await {
                        tracing::warn!(%error, "tickets went to another printer, and nobody could be told");
                    }
                }
                QueueChange::Mood { turbo: now } if now != turbo => {
                    turbo = now;
                    app.set_cache_life(cache_life(turbo));
                }
                QueueChange::House(news) => app.show(news),
                QueueChange::Missed => app.events.leave_gap(),
                QueueChange::Job { .. } | QueueChange::Lane { .. } | QueueChange::Mood { .. } => {}
            }
        }
        app.pulse_due.notify_one();
    }
}

/// What is told together: what is there, and in turbo what comes within a second, ten at most. Nothing when no more
/// will come.
async fn gather(from_queue: &mut mpsc::UnboundedReceiver<QueueChange>, turbo: bool) -> Vec<QueueChange> {
    let mut changes = Vec::new();
    from_queue.recv_many(&mut changes, BATCH).await;
    if turbo && !changes.is_empty() {
        let until = tokio::time::Instant::now() + TURBO_PULSE;
        while changes.len() < BATCH {
            match tokio::time::timeout_at(until, from_queue.recv()).await {
                Ok(Some(change)) => changes.push(change),
                Ok(None) | Err(_) => break,
            }
        }
    }
    changes
}

const fn cache_life(turbo: bool) -> Duration {
    if turbo { TURBO_CACHE_LIFE } else { catalogue::LIFE }
}

/// Tickets that went to another printer.
struct Moved {
    station: StationId,
    from: PrinterId,
    to: PrinterId,
    cause: Option<Cause>,
    stand_in: bool,
    orders: Vec<OrderId>,
}

/// A job whose way to paper changed.
#[derive(Clone, Copy, Debug)]
struct Told {
    job: JobId,
    work: Work,
    state: JobState,
}

impl Told {
    fn of(change: &QueueChange) -> Vec<Self> {
        match change {
            QueueChange::Job { job, work, state } => vec![Self { job: *job, work: *work, state: *state }],
            QueueChange::Moved { jobs, .. } => {
                let moved = |job: &MovedJob| Self { job: job.job, work: job.work, state: JobState::Queued };
                jobs.iter().map(moved).collect()
            }
            QueueChange::Lane { .. }
            | QueueChange::Mood { .. }
            | QueueChange::House(_)
            | QueueChange::Missed => Vec::new(),
        }
    }

    /// Whether both say something of the same paper: the later word is the truth.
    fn is_of(&self, other: &Self) -> bool {
        self.job == other.job || (self.work.ticket().is_some() && self.work.ticket() == other.work.ticket())
    }
}

impl App {
    /// After the commit of what people did: tells the screens of this core, and those of every other.
    pub(crate) fn tell_house(&self, news: &[HouseNews]) {
        for news in news {
            self.show(*news);
        }
        self.engine.tell_others(news);
        self.pulse_due.notify_one();
    }

    /// Tells this core's screens what people did.
    fn show(&self, news: HouseNews) {
        let event = match news {
            HouseNews::Order(order) => Event::OrderChanged { order_id: order.0 },
            HouseNews::Arrived { ticket, station, order, kind, printer, urgent } => Event::TicketArrived {
                station_id: station.0,
                ticket_id: ticket.0,
                order_id: order.0,
                ticket_kind: kind.into(),
                urgent,
                paper: self.paper_of_new(printer, urgent),
            },
            HouseNews::Ticket { ticket, station, order } => Event::TicketChanged {
                station_id: station.0,
                ticket_id: ticket.0,
                order_id: order.0,
                paper: None,
            },
            HouseNews::Held => Event::HeldChanged,
            HouseNews::Paper(job) => Event::PaperChanged { job_id: job.0 },
            HouseNews::Settings => Event::SettingsChanged,
            HouseNews::Stations => Event::StationsChanged,
            HouseNews::Floor => Event::FloorChanged,
            HouseNews::People => Event::PeopleChanged,
            HouseNews::Permissions => Event::PermissionsChanged,
        };
        self.events.emit(self.env.now(), event);
    }

    /// Tells every screen which orders and tickets are not where they were; each once, as it is now.
    async fn tell_jobs(&self, changes: &[QueueChange]) {
        let (mut orders, mut told) = (Vec::new(), Vec::<Told>::new());
        for now in changes.iter().flat_map(Told::of) {
            if let Some(order) = now.work.order().filter(|order| !orders.contains(order)) {
                orders.push(order);
            }
            match told.iter_mut().find(|told| told.is_of(&now)) {
                Some(told) => *told = now,
                None => told.push(now),
            }
        }
        let waiting: Vec<JobId> =
            told.iter().filter(|told| told.state.is_waiting()).map(|told| told.job).collect();
        let places = self.places(waiting).await;
        let at = self.env.now();
        for order in orders {
            self.events.emit(at, Event::OrderChanged { order_id: order.0 });
        }
        for Told { job, work, state } in told {
            let Work::Ticket { ticket, order, station } = work else {
                self.events.emit(at, Event::PaperChanged { job_id: job.0 });
                self.alerts_due.notify_one();
                continue;
            };
            let place = places.iter().find(|place| place.job == job);
            let speed = place.map(|place| self.engine.facts(place.printer).speed);
            let paper = PaperNow {
                job: state.into(),
                place: place.map(|place| place.place),
                wait_ms: place.zip(speed).map(|(place, speed)| speed.wait_ms(place.place)),
            };
            let (station_id, ticket_id, order_id) = (station.0, ticket.0, order.0);
            let paper = Some(paper);
            self.events.emit(at, Event::TicketChanged { station_id, ticket_id, order_id, paper });
        }
    }

    /// Where jobs that wait stand. News are not held up by a store that cannot say: they go out without.
    async fn places(&self, waiting: Vec<JobId>) -> Vec<Place> {
        if waiting.is_empty() {
            return Vec::new();
        }
        let read = self.store.read::<_, StoreError, _>(move |tx| {
            let waiting = waiting.clone();
            Box::pin(async move { job::places(tx, &waiting).await })
        });
        tokio::time::timeout(PLACES, read).await.ok().and_then(Result::ok).unwrap_or_default()
    }

    /// How far the paper of a ticket is that was just written: behind all that wait, unless it is urgent.
    fn paper_of_new(&self, printer: PrinterId, urgent: bool) -> PaperNow {
        let place = (!urgent).then(|| self.engine.waiting(printer).max(1));
        let speed = self.engine.facts(printer).speed;
        PaperNow { job: JobState::Queued.into(), place, wait_ms: place.map(|place| speed.wait_ms(place)) }
    }

    /// Tells the senders, and whoever looks after printers.
    async fn tell_moved(&self, moved: Moved) -> Result<(), Refusal> {
        let facts = self.catalogue.facts().await?;
        let Some(to) = facts.printer(moved.to) else { return Ok(()) };
        let from = facts.printer(moved.from).map_or("", |printer| printer.name.as_str());
        let station = facts.station(moved.station).map_or("", |station| station.name.as_str());
        let told = words::moved(station, to, moved.orders.len());
        let text = match moved.cause.map(|cause| text(cause, from)) {
            Some(why) => {
                Text { es: format!("{} {}", why.es, told.es), en: format!("{} {}", why.en, told.en) }
            }
            None => told,
        };
        let mut order_ids: Vec<_> = moved.orders.into_iter().map(|order| order.0).collect();
        order_ids.sort_unstable();
        order_ids.dedup();
        let stand_in = moved.stand_in;
        let event = Event::TicketsMoved { station_id: moved.station.0, order_ids, stand_in, text };
        self.events.emit(self.env.now(), event);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn turbo_keeps_what_was_read_for_ten_minutes_and_tells_ten_at_a_time_or_each_second() {
        assert_eq!(cache_life(true), Duration::from_mins(10));
        assert!(cache_life(false) < cache_life(true));
        assert_eq!((BATCH, TURBO_PULSE), (10, Duration::from_secs(1)));
    }

    fn changes(tell: &mpsc::UnboundedSender<QueueChange>, count: u128) {
        for n in 0..count {
            tell.send(QueueChange::Lane { printer: PrinterId(Uuid::from_u128(n)) }).unwrap();
        }
    }

    /// Ten wait for no clock; fewer are told when their second is over, or at once where nothing is gathered.
    #[tokio::test]
    async fn changes_are_gathered_in_turbo_alone() {
        let (tell, mut told) = mpsc::unbounded_channel();
        changes(&tell, 12);
        assert_eq!(gather(&mut told, true).await.len(), 10);
        assert_eq!(gather(&mut told, false).await.len(), 2);
        changes(&tell, 3);
        let later = tell.clone();
        let waits = tokio::spawn(async move {
            tokio::task::yield_now().await;
            changes(&later, 7);
        });
        assert_eq!(gather(&mut told, true).await.len(), 10, "those that come meanwhile go with the first");
        waits.await.unwrap();
        drop(tell);
        assert!(gather(&mut told, true).await.is_empty(), "no more will come");
    }
}
