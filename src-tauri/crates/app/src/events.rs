//! Events, numbered, to whoever listens.
//!
//! A listener that falls behind is not waited for: it loses the oldest events and sees it by the
//! gap in the numbers, whereupon it asks for everything again.

use crate::wire::{Event, EventEnvelope};
use fastops_domain::time::Time;
use std::sync::{Mutex, PoisonError};
use tokio::sync::broadcast;
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

    pub(crate) fn emit(&self, at: Time, event: Event) {
        let mut seq = self.seq.lock().unwrap_or_else(PoisonError::into_inner);
        *seq += 1;
        // Nobody listening is no error: the number is given out all the same.
        let _ = self.sender.send(EventEnvelope { seq: *seq, boot_id: self.boot_id, at: at.0, event });
    }
}
