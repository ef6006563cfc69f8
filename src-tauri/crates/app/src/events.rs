//! Events, numbered, to whoever listens.
//!
//! A listener that falls behind is not waited for: it loses the oldest events and sees it by the
//! gap in the numbers, whereupon it asks for everything again.

use crate::wire::{Event, EventEnvelope};
use fastops_domain::time::Time;
use std::sync::{Mutex, PoisonError};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

/// Events kept for a slow listener.
const KEPT: usize = 4096;

#[derive(Debug)]
pub(crate) struct EventHub {
    boot_id: Uuid,
    /// The last number given out. Held while sending, so that numbers arrive in order.
    seq: Mutex<i64>,
    sender: broadcast::Sender<EventEnvelope>,
}

impl EventHub {
    pub(crate) fn new(boot_id: Uuid) -> Self {
        Self { boot_id, seq: Mutex::new(0), sender: broadcast::Sender::new(KEPT) }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<EventEnvelope> {
        self.sender.subscribe()
    }

    /// Leaves a number out, so that every screen sees that it missed something and asks for everything again.
    pub(crate) fn leave_gap(&self) {
        *self.seq.lock().unwrap_or_else(PoisonError::into_inner) += 1;
    }

    pub(crate) fn boot_id(&self) -> Uuid {
        self.boot_id
    }

    pub(crate) fn emit(&self, at: Time, event: Event) {
        let mut seq = self.seq.lock().unwrap_or_else(PoisonError::into_inner);
        *seq += 1;
        // Nobody listening is no error: the number is given out all the same.
        let _ = self.sender.send(EventEnvelope { seq: *seq, boot_id: self.boot_id, at: at.0, event });
    }
}

/// Tells `change` whenever turbo goes on or off, by what every screen hears, until the core is gone: a host writes no
/// verbose log meanwhile.
pub async fn follow_turbo(mut events: broadcast::Receiver<EventEnvelope>, change: impl Fn(bool)) {
    let mut known = false;
    loop {
        let event = match events.recv().await {
            Ok(envelope) => envelope.event,
            // The next beat says it again.
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        if let Event::Heartbeat { turbo, .. } | Event::PulseChanged { turbo, .. } = event
            && turbo != known
        {
            known = turbo;
            change(turbo);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::StoreState;

    fn beat(turbo: bool) -> Event {
        Event::Heartbeat {
            stations: Vec::new(),
            papers_failed: 0,
            store: StoreState::Ok,
            turbo,
            services: Vec::new(),
        }
    }

    #[tokio::test]
    async fn a_host_hears_of_turbo_when_it_changes() {
        let hub = EventHub::new(Uuid::nil());
        let (told, heard) = std::sync::mpsc::channel();
        let events = hub.subscribe();
        for turbo in [false, true, true, false] {
            hub.emit(Time(0), beat(turbo));
        }
        drop(hub);
        follow_turbo(events, move |on| told.send(on).unwrap()).await;
        assert_eq!(heard.into_iter().collect::<Vec<_>>(), [true, false]);
    }

    /// A listener that falls behind, and one that listens while a service was broken, see it by the numbers.
    #[tokio::test]
    async fn what_is_missed_is_seen_by_the_numbers() {
        let hub = EventHub::new(Uuid::nil());
        let mut slow = hub.subscribe();
        for _ in 0..=KEPT {
            hub.emit(Time(0), Event::MenuChanged);
        }
        assert!(matches!(slow.recv().await, Err(RecvError::Lagged(1))));
        assert_eq!(slow.recv().await.unwrap().seq, 2, "the first is lost, and the numbers say so");
        let mut fresh = hub.subscribe();
        hub.emit(Time(0), Event::MenuChanged);
        let before = fresh.recv().await.unwrap().seq;
        hub.leave_gap();
        hub.emit(Time(0), Event::MenuChanged);
        assert_eq!(fresh.recv().await.unwrap().seq, before + 2);
    }
}
