//! Says that a printer stands still with a ticket while the ticket is still being tried.

use crate::engine::Shared;
use crate::lane::Lane;
use fastops_domain::ids::PrinterId;
use fastops_domain::job::Cause;
use fastops_domain::signs::OPEN_MS;
use fastops_printing::link::{Link, Proof};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Longest that a printer may be made ready for a ticket before people are told.
const OPEN: Duration = Duration::from_millis(OPEN_MS);

/// Tells of a printer while somebody else waits for it.
pub(crate) struct Teller {
    shared: Arc<Shared>,
    printer: PrinterId,
}

impl Teller {
    pub(crate) fn of(lane: &Lane) -> Self {
        Self { shared: Arc::clone(&lane.shared), printer: lane.printer.id }
    }

    /// Does `step` at a printer, and says so when it stands still and when it goes on. Answers also whether it stood
    /// still.
    pub(crate) async fn during<T>(
        &self,
        mut still: watch::Receiver<bool>,
        step: impl Future<Output = T>,
    ) -> (T, bool) {
        let (mut step, mut stood) = (pin!(step), false);
        loop {
            tokio::select! {
                biased;
                done = &mut step => return (done, stood),
                Ok(()) = still.changed() => {
                    let still = *still.borrow_and_update();
                    stood |= still;
                    self.tell(still);
                }
            }
        }
    }

    /// Does `step`, and says so when it takes long.
    pub(crate) async fn making_ready<T>(&self, step: impl Future<Output = T>) -> T {
        let mut step = pin!(step);
        tokio::select! {
            biased;
            done = &mut step => return done,
            () = tokio::time::sleep(OPEN) => self.tell(true),
        }
        step.await
    }

    /// A trouble whose cause is known stays as it is.
    fn tell(&self, still: bool) {
        let now = self.shared.config.clock.now();
        self.shared.note(self.printer, |facts| match facts.trouble {
            None if still => *facts = facts.in_trouble(Some(Cause::NoProgress), now),
            Some(Cause::NoProgress) if !still => *facts = facts.in_trouble(None, now),
            _ => {}
        });
    }
}

impl Lane {
    /// Waits for the proof of what was just sent. A printer that stood still and proves it all the same is one that
    /// says nothing while it prints: nobody is told of that again.
    pub(crate) async fn proof_of(&mut self, link: &mut Link, paper_mm: u32) -> Proof {
        let still = if self.quiet_at_work { watch::channel(false).1 } else { link.stands_still() };
        let (proof, stood) = Teller::of(self).during(still, Box::pin(link.prove(paper_mm, self.proof))).await;
        self.quiet_at_work |= stood && proof == Proof::Printed;
        proof
    }
}
