//! A proof that comes after its job was given up: the job is not sent again.
//!
//! A link whose printer still owes a proof is kept and listened to while the job waits for its repeat, here or
//! in another lane. It is closed before anything else is sent, on a link on which nothing is owed.

use crate::engine::{QueueChange, Shared};
use crate::lane::Lane;
use fastops_domain::breaker::BreakerEvent;
use fastops_domain::ids::{JobId, PrinterId};
use fastops_domain::job::{Cause, JobState, Work};
use fastops_domain::station::ProofLevel;
use fastops_printing::link::{Link, Proof};
use fastops_store::StoreError;
use fastops_store::job::{self, JobRow, MovedJob, ProvedLate};

/// A job that is on paper, perhaps, by a proof that is still owed on the lane's link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Late {
    pub(crate) job: JobId,
    pub(crate) work: Work,
}

impl Late {
    pub(crate) const fn of(row: &JobRow) -> Self {
        Self { job: row.id, work: row.work }
    }
}

impl Lane {
    /// Keeps a link on which a proof is owed, by a printer that gives any.
    pub(crate) fn await_late(&mut self, link: Link, row: &JobRow) {
        if matches!(self.proof, ProofLevel::Fence | ProofLevel::ProcessId) {
            self.link = Some(link);
            self.late = Some(Late::of(row));
        }
    }

    /// Takes note of a late proof, if one has come.
    pub(crate) async fn hear_late(&mut self) {
        let Some(late) = self.late else { return };
        let Some(proof) = self.link.as_mut().map_or(Some(Proof::Lost(Cause::LinkLost)), Link::late_proof)
        else {
            return;
        };
        self.late = None;
        if proof == Proof::Printed {
            self.prove_late(late).await;
        } else {
            self.link = None;
        }
    }

    /// Closes a link on which a proof may be owed, before anything is sent on another. `true` when the proof
    /// came after all.
    pub(crate) async fn part_with(&mut self, link: Link) -> bool {
        let proof = link.part().await;
        match self.late.take() {
            Some(late) if proof == Proof::Printed => {
                self.prove_late(late).await;
                true
            }
            Some(_) | None => false,
        }
    }

    async fn prove_late(&self, late: Late) {
        self.trouble(None);
        self.breaker(BreakerEvent::Success);
        self.shared.prove_late(late, self.printer.id).await;
    }
}

impl Shared {
    /// Takes back the repeat of a job that came out at `printer`, unless it has begun. What cannot be written
    /// now costs a second paper, which is marked.
    pub(crate) async fn prove_late(&self, late: Late, printer: PrinterId) {
        let now = self.config.clock.now();
        let written =
            self.config.store.write(move |tx| Box::pin(job::prove_late(tx, late.job, printer, now))).await;
        match written {
            Ok(Some(ProvedLate { lane, on_it })) => {
                tracing::info!(job = %late.job, "a late proof came; it is not sent again");
                let own = MovedJob { job: late.job, work: late.work };
                for MovedJob { job, work } in std::iter::once(own).chain(on_it) {
                    self.tell(QueueChange::Job { job, work, state: JobState::Printed });
                }
                self.wake(lane);
            }
            Ok(None) | Err(StoreError::Stale { .. }) => {}
            Err(error) => tracing::error!(%error, job = %late.job, "a late proof cannot be put on disk"),
        }
    }
}
