//! The pulse of the stations: what waits, how long it takes, and what is wrong, on every screen.
//!
//! One task turns the queue's changes into events, another beats: a heartbeat every two seconds, so
//! that a screen can tell "nothing to do" from "disconnected", and the pulse soon after a change. A store
//! that cannot be read is told at once, with the pulse as it was last known.

use crate::catalogue::Facts;
use crate::refusal::Refusal;
use crate::wire::{Event, LaneView, PulseState, StationPulse, StoreState, Text};
use crate::{App, Inner};
use fastops_domain::ids::{PrinterId, StationId};
use fastops_domain::job::{Cause, Priority};
use fastops_domain::user::Language;
use fastops_printing::words;
use fastops_queue::{LaneFacts, QueueChange};
use fastops_store::job::{self, LaneCount};
use std::sync::{Arc, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// A screen that hears nothing for more than twice this is disconnected.
const HEARTBEAT: Duration = Duration::from_secs(2);
/// Least time between two pulses.
const PULSE: Duration = Duration::from_millis(200);
/// A ticket that waits longer than this without a known trouble wants attention, in milliseconds.
const SLOW_MS: i64 = 30_000;

/// Turns what the queue does into events for the screens.
pub(crate) async fn forward_changes(
    inner: Weak<Inner>,
    mut changed: mpsc::UnboundedReceiver<QueueChange>,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        let change = tokio::select! {
            change = changed.recv() => change,
            _ = stopped.changed() => None,
        };
        let (Some(change), Some(inner)) = (change, inner.upgrade()) else { return };
        let now = inner.env.now();
        if let QueueChange::Job { ticket, order, station, .. } = change {
            inner.events.emit(now, Event::OrderChanged { order_id: order.0 });
            let changed =
                Event::TicketChanged { station_id: station.0, ticket_id: ticket.0, order_id: order.0 };
            inner.events.emit(now, changed);
        }
        inner.pulse_due.notify_one();
    }
}

/// Beats until the core stops.
pub(crate) async fn beat(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    let mut last: Vec<StationPulse> = Vec::new();
    let mut next_heartbeat = tokio::time::Instant::now();
    let Some(mut health) = inner.upgrade().map(|inner| inner.store.health()) else { return };
    loop {
        let Some(due) = inner.upgrade().map(|inner| Arc::clone(&inner.pulse_due)) else { return };
        let heartbeat = tokio::select! {
            () = due.notified() => false,
            _ = health.changed() => true,
            () = tokio::time::sleep_until(next_heartbeat) => true,
            _ = stopped.changed() => return,
        };
        let Some(strong) = inner.upgrade() else { return };
        let app = App { inner: strong };
        match app.pulses().await {
            Ok(stations) if heartbeat => {
                last.clone_from(&stations);
                app.events.emit(app.env.now(), Event::Heartbeat { stations, store: StoreState::Ok });
            }
            Ok(stations) if stations != last => {
                last.clone_from(&stations);
                app.events.emit(app.env.now(), Event::PulseChanged { stations });
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "the pulse cannot be read");
                let stations = last.clone();
                app.events.emit(app.env.now(), Event::Heartbeat { stations, store: StoreState::Away });
            }
        }
        if heartbeat {
            next_heartbeat = tokio::time::Instant::now() + HEARTBEAT;
        }
        drop(app);
        tokio::select! {
            () = tokio::time::sleep(PULSE) => {}
            _ = stopped.changed() => return,
        }
    }
}

impl App {
    /// The pulse of every station, in the branch's order.
    pub(crate) async fn pulses(&self) -> Result<Vec<StationPulse>, Refusal> {
        let facts = self.catalogue.facts().await?;
        let counts = self.lane_counts(&facts).await?;
        Ok(facts.stations.iter().map(|station| self.pulse(&facts, &counts, station.id)).collect())
    }

    pub(crate) async fn lane_counts(&self, facts: &Facts) -> Result<Vec<LaneCount>, Refusal> {
        let branch = facts.branch.id;
        let counts = self.store.read(move |tx| Box::pin(job::waiting_counts(tx, branch))).await?;
        self.lane_counts.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&counts);
        Ok(counts)
    }

    /// Tickets in a lane as the last pulse counted them: fresh enough to say "of 12" with, and free.
    pub(crate) fn lane_length(&self, printer: PrinterId) -> i64 {
        let counts = self.lane_counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.iter().filter(|count| count.printer == printer).map(|count| count.count).sum()
    }

    /// One station's pulse: that of the printer its tickets go to.
    pub(crate) fn pulse(&self, facts: &Facts, counts: &[LaneCount], station: StationId) -> StationPulse {
        let name = facts.station(station).map(|station| station.name.clone()).unwrap_or_default();
        let printer = facts.first_printer(station);
        let lane = printer.map(|printer| self.engine.facts(printer.id)).unwrap_or_default();
        let mine = || counts.iter().filter(|count| Some(count.printer) == printer.map(|printer| printer.id));
        let waiting: i64 = mine().map(|count| count.count).sum();
        let now = self.env.now();
        let oldest_ms =
            mine().map(|count| count.oldest_created_at).min().map(|oldest| now.since_ms(oldest).max(0));
        let cause = if printer.is_none() { Some(Cause::Misconfigured) } else { lane.trouble };
        let label = printer.map_or(name.as_str(), |printer| printer.name.as_str());
        let problem = match cause {
            Some(cause) => Some(text(cause, label)),
            None if lane.paper_near_end => Some(paper_near_end(label)),
            None => None,
        };
        StationPulse {
            station_id: station.0,
            station: name,
            state: state(cause, &lane, waiting, oldest_ms),
            waiting,
            oldest_ms,
            to_paper_ms: lane.speed.wait_ms(waiting + 1),
            cause: cause.map(Into::into),
            problem,
        }
    }

    /// One printer's lane, for the queue's view.
    pub(crate) fn lane_view(&self, facts: &Facts, counts: &[LaneCount], id: PrinterId) -> Option<LaneView> {
        let printer = facts.printer(id)?;
        let lane = self.engine.facts(id);
        let waiting = |priority: Priority| {
            let of = counts.iter().filter(|count| count.printer == id && count.priority == priority);
            of.map(|count| count.count).sum()
        };
        Some(LaneView {
            printer_id: id.0,
            printer: printer.name.clone(),
            address: printer.address.to_string(),
            urgent: waiting(Priority::Urgent),
            normal: waiting(Priority::Normal),
            low: waiting(Priority::Low),
            printing: lane.printing,
            ms_per_ticket: lane.speed.ms_per_ticket(),
            cause: lane.trouble.map(Into::into),
            problem: lane.trouble.map(|cause| text(cause, &printer.name)),
            paper_near_end: lane.paper_near_end,
        })
    }
}

fn state(cause: Option<Cause>, lane: &LaneFacts, waiting: i64, oldest_ms: Option<i64>) -> PulseState {
    if cause.is_some() {
        PulseState::Alarm
    } else if lane.paper_near_end || oldest_ms.is_some_and(|age| age > SLOW_MS) {
        PulseState::Warn
    } else if waiting > 0 {
        PulseState::Busy
    } else {
        PulseState::Calm
    }
}

/// What is wrong with a printer and what to do, in every language.
pub(crate) fn text(cause: Cause, printer: &str) -> Text {
    Text {
        es: words::sentence(cause, printer, Language::Es),
        en: words::sentence(cause, printer, Language::En),
    }
}

fn paper_near_end(printer: &str) -> Text {
    Text {
        es: format!("Queda poco papel en {printer}: tenga listo un rollo."),
        en: format!("Paper is low in {printer}: have a roll ready."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_news_of_a_lane_comes_first() {
        let calm = LaneFacts::default();
        let low = LaneFacts { paper_near_end: true, ..calm };
        assert_eq!(state(None, &calm, 0, None), PulseState::Calm);
        assert_eq!(state(None, &calm, 3, Some(10)), PulseState::Busy);
        assert_eq!(state(None, &calm, 3, Some(SLOW_MS + 1)), PulseState::Warn);
        assert_eq!(state(None, &low, 0, None), PulseState::Warn);
        assert_eq!(state(Some(Cause::PaperOut), &low, 3, Some(10)), PulseState::Alarm);
    }
}
