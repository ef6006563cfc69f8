//! Whether a printer stands still while it has a ticket: it takes no more, or leaves questions unanswered.
//!
//! That is known long before the ticket is given up, and people are to know it at once.

use super::Link;
use tokio::sync::watch;

impl Link {
    /// Whether the printer stands still, now and from now on. What was begun goes on all the same.
    pub fn stands_still(&self) -> watch::Receiver<bool> {
        self.still.subscribe()
    }

    /// It took a byte, or said one.
    pub(super) fn moves(&self) {
        self.stand(false);
    }

    pub(super) fn stops(&self) {
        self.stand(true);
    }

    fn stand(&self, still: bool) {
        self.still.send_if_modified(|known| std::mem::replace(known, still) != still);
    }
}
