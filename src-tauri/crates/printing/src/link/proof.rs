//! Whether a job is on paper, in the printer's own word.
//!
//! The proof is `GS r 1`, sent after the job by the link and not by the encoder: it is answered in
//! order, so an answer means that everything before it was worked off. It stays unanswered while the
//! printer is off line; most printers keep their buffer and print the rest when the paper is back,
//! so the late answer is waited for instead of printing twice.

use super::answers::Answer;
use super::{Deadlines, Link, Trouble};
use fastops_domain::job::Cause;
use fastops_domain::station::ProofLevel;
use std::time::Duration;
use tokio::time::Instant;

/// What became of a job that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The printer said that it worked off everything, with paper.
    Printed,
    /// The printer cannot say: it has no proof to give, or what it says on this link is garbled.
    Unconfirmed,
    /// Not yet: someone has to act. The rest may still print; ask again with [`Link::prove_again`].
    Waiting(Cause),
    /// It will not be known. Part or all of it may be on paper.
    Lost(Cause),
}

/// A proof that is owed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Awaited {
    /// How long the paper may take once nothing is in the way.
    allowed: Duration,
    deadline: Instant,
    /// The printer answered, and said that it has no paper.
    pub(super) paper_out: bool,
}

impl Link {
    /// Waits for the proof of the job that was just sent, on `paper_mm` millimetres of paper.
    ///
    /// Ends after the base time and twice the paper's, at the latest after
    /// [`super::Deadlines::proof_longest_ms`]; sooner when the printer names an obstruction.
    pub async fn prove(&mut self, paper_mm: u32, level: ProofLevel) -> Proof {
        if level == ProofLevel::None {
            return Proof::Unconfirmed;
        }
        let allowed = self.proof_time(paper_mm);
        if let Err(broke) = self.send(&[0x1D, b'r', 1]).await {
            return Proof::Lost(match broke.cause {
                Cause::PartialWrite | Cause::Busy => Cause::LinkLost,
                cause => cause,
            });
        }
        self.fences_owed += 1;
        self.awaited = Some(Awaited { allowed, deadline: Instant::now() + allowed, paper_out: false });
        self.prove_again().await
    }

    /// Goes on waiting after [`Proof::Waiting`].
    ///
    /// While the obstruction lasts it comes back about once a second; when it is gone, the printer
    /// gets the whole time for its paper again. Call it as long as the link lives.
    pub async fn prove_again(&mut self) -> Proof {
        let proof = match self.await_fence().await {
            Ok(proof) => proof,
            Err(_) => Proof::Lost(Cause::LinkLost),
        };
        tracing::debug!(?proof, "proof");
        proof
    }

    async fn await_fence(&mut self) -> Result<Proof, Trouble> {
        let watch = Duration::from_millis(self.deadlines.watch_ms);
        let mut look_at = Instant::now() + watch;
        loop {
            let Some(Awaited { allowed, deadline, paper_out }) = self.awaited else {
                return Ok(Proof::Lost(Cause::NoProof));
            };
            if self.fences_owed == 0 {
                self.awaited = None;
                return Ok(match (paper_out, self.garbles) {
                    (true, _) => Proof::Lost(Cause::PaperOut),
                    (false, true) => Proof::Unconfirmed,
                    (false, false) => Proof::Printed,
                });
            }
            let late = Instant::now() >= deadline;
            let obstruction = match self.hear(look_at.min(deadline)).await? {
                Some(Answer::Change(status)) => status.fault(),
                None if late => self.status().await?.obstruction(),
                None if self.talks => self.status().await?.fault(),
                Some(Answer::State(_) | Answer::Fence { .. } | Answer::Text(_) | Answer::Noise) | None => {
                    None
                }
            };
            if Instant::now() >= look_at {
                look_at = Instant::now() + watch;
            }
            match obstruction {
                _ if self.fences_owed == 0 => {}
                Some(cause) => {
                    let deadline = Instant::now() + allowed;
                    self.awaited = Some(Awaited { allowed, deadline, paper_out });
                    return Ok(Proof::Waiting(cause));
                }
                None if late && self.garbles => return Ok(Proof::Unconfirmed),
                None if late => return Ok(Proof::Lost(Cause::NoProof)),
                None => {}
            }
        }
    }

    fn proof_time(&self, paper_mm: u32) -> Duration {
        let Deadlines { proof_base_ms, proof_longest_ms, paper_mm_per_s, .. } = self.deadlines;
        let moving_ms = u64::from(paper_mm) * 1000 / paper_mm_per_s.max(1);
        Duration::from_millis((proof_base_ms + 2 * moving_ms).min(proof_longest_ms))
    }
}
