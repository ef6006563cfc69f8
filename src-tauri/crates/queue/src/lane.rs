//! One printer's lane: takes the head of its queue, prints it, settles it, and again.

use crate::engine::Shared;
use crate::print::Attempt;
use fastops_domain::job::Cause;
use fastops_domain::station::{Printer, ProofLevel};
use fastops_printing::link::Link;
use fastops_store::StoreError;
use fastops_store::job::{self, JobRow};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// The longest a lane sleeps before it looks again by itself: a wake-up that got lost costs no more.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// An open connection older than this is not trusted: printers close idle ones from 60 s on.
pub(crate) const REUSE: Duration = Duration::from_secs(20);

pub(crate) struct Lane {
    pub(crate) shared: Arc<Shared>,
    pub(crate) printer: Printer,
    pub(crate) link: Option<Link>,
    /// How the printer proves; less than its profile says once it was seen not to.
    pub(crate) proof: ProofLevel,
    wake: Arc<Notify>,
    stopped: watch::Receiver<bool>,
}

impl Lane {
    pub(crate) fn new(
        shared: Arc<Shared>,
        printer: Printer,
        wake: Arc<Notify>,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        let proof = printer.profile.proof;
        Self { shared, printer, link: None, proof, wake, stopped }
    }

    /// Works until the engine stops.
    pub(crate) async fn run(mut self) {
        while !*self.stopped.borrow() {
            match self.head().await {
                Some(head) if self.wait_ms(&head) == 0 => self.print(head).await,
                Some(head) => {
                    let due = Duration::from_millis(self.wait_ms(&head).unsigned_abs());
                    self.rest(due.min(LOOK_AGAIN)).await;
                }
                None => {
                    self.shared.note(self.printer.id, |facts| facts.printing = false);
                    self.rest(LOOK_AGAIN).await;
                }
            }
            self.drop_old_link().await;
        }
        if let Some(link) = self.link.take() {
            link.close().await;
        }
    }

    /// The job that is next, if the store can be read.
    async fn head(&self) -> Option<JobRow> {
        let printer = self.printer.id;
        let read = self.shared.config.store.read(move |tx| Box::pin(job::head(tx, printer))).await;
        read.unwrap_or_else(|error| {
            // A server that is away is said once by the store, not each second by each lane.
            if !matches!(error, StoreError::Away(_)) {
                tracing::error!(%error, printer = %self.printer.name, "the lane cannot read its queue");
            }
            None
        })
    }

    fn wait_ms(&self, head: &JobRow) -> i64 {
        head.progress.not_before.since_ms(self.shared.config.clock.now()).max(0)
    }

    async fn print(&mut self, head: JobRow) {
        let shared = Arc::clone(&self.shared);
        // The semaphore is never closed, so acquiring fails for no reason; a lane would rather go on.
        let permit = shared.permits.acquire().await.ok();
        Attempt::new(self, head).run(permit).await;
    }

    /// Sleeps until something is new, the time is up, or the engine stops.
    pub(crate) async fn rest(&mut self, at_most: Duration) {
        tokio::select! {
            () = self.wake.notified() => {}
            () = tokio::time::sleep(at_most) => {}
            _ = self.stopped.changed() => {}
        }
    }

    /// Sleeps a fixed time, or until the engine stops; says whether it should stop.
    pub(crate) async fn pause(&mut self, time: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            _ = self.stopped.changed() => {}
        }
        *self.stopped.borrow()
    }

    /// The printer cannot prove what its profile promises: until the next start its tickets are
    /// `unconfirmed`, instead of each coming out twice.
    pub(crate) fn give_up_proof(&mut self) {
        tracing::warn!(printer = %self.printer.name, "the printer ignores the fence; its tickets cannot be proved");
        self.proof = ProofLevel::None;
    }

    /// Says on every screen that nothing comes out of this printer, or that it does again.
    pub(crate) fn trouble(&self, cause: Option<Cause>) {
        self.shared.note(self.printer.id, |facts| facts.trouble = cause);
    }

    async fn drop_old_link(&mut self) {
        if self.link.as_ref().is_some_and(|link| link.idle_since().elapsed() > REUSE)
            && let Some(link) = self.link.take()
        {
            link.close().await;
        }
    }
}
