//! What the queue does, as events for the screens: at once, and in turbo a few at a time.

use crate::pulse::{TURBO_PULSE, text};
use crate::refusal::Refusal;
use crate::wire::{Event, Text};
use crate::{App, Inner, catalogue, words};
use fastops_domain::ids::{OrderId, PrinterId, StationId};
use fastops_domain::job::{Cause, Work};
use fastops_queue::QueueChange;
use std::collections::HashSet;
use std::sync::Weak;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Changes that are told together when several have come.
const BATCH: usize = 10;
/// How long what was read is kept in turbo.
const TURBO_CACHE_LIFE: Duration = Duration::from_mins(10);

/// Turns what the queue does into events for the screens.
pub(crate) async fn forward_changes(
    inner: Weak<Inner>,
    mut from_queue: mpsc::UnboundedReceiver<QueueChange>,
    mut stopped: watch::Receiver<bool>,
) {
    let mut turbo = false;
    loop {
        let mut changes = Vec::new();
        tokio::select! {
            count = from_queue.recv_many(&mut changes, BATCH) => if count == 0 { return },
            _ = stopped.changed() => return,
        }
        if turbo {
            let until = tokio::time::Instant::now() + TURBO_PULSE;
            while changes.len() < BATCH {
                match tokio::time::timeout_at(until, from_queue.recv()).await {
                    Ok(Some(change)) => changes.push(change),
                    Ok(None) | Err(_) => break,
                }
            }
        }
        let Some(strong) = inner.upgrade() else { return };
        let app = App { inner: strong };
        app.tell_jobs(&changes);
        for change in changes {
            match change {
                QueueChange::Moved { station, from, to, cause, backup, jobs } => {
                    let orders = jobs.iter().filter_map(|job| job.work.order()).collect();
                    let moved = Moved { station, from, to, cause, stand_in: backup, orders };
                    if let Err(error) = app.tell_moved(moved).await {
                        tracing::warn!(%error, "tickets went to another printer, and nobody could be told");
                    }
                }
                QueueChange::Mood { turbo: now } if now != turbo => {
                    turbo = now;
                    app.set_cache_life(if turbo { TURBO_CACHE_LIFE } else { catalogue::LIFE });
                }
                QueueChange::Job { .. } | QueueChange::Lane { .. } | QueueChange::Mood { .. } => {}
            }
        }
        app.pulse_due.notify_one();
    }
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

impl App {
    /// Tells every screen which orders and tickets are not where they were; each once.
    fn tell_jobs(&self, changes: &[QueueChange]) {
        let now = self.env.now();
        let (mut orders, mut tickets) = (HashSet::new(), HashSet::new());
        let mut tell = |work: Work| {
            if let Some(order) = work.order().filter(|order| orders.insert(*order)) {
                self.events.emit(now, Event::OrderChanged { order_id: order.0 });
            }
            if let Work::Ticket { ticket, order, station } = work
                && tickets.insert(ticket)
            {
                let event =
                    Event::TicketChanged { station_id: station.0, ticket_id: ticket.0, order_id: order.0 };
                self.events.emit(now, event);
            }
        };
        for change in changes {
            match change {
                QueueChange::Job { job, work, .. } => {
                    tell(*work);
                    if work.ticket().is_none() {
                        self.events.emit(now, Event::PaperChanged { job_id: job.0 });
                        self.alerts_due.notify_one();
                    }
                }
                QueueChange::Moved { jobs, .. } => jobs.iter().for_each(|job| tell(job.work)),
                QueueChange::Lane { .. } | QueueChange::Mood { .. } => {}
            }
        }
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
