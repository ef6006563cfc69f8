//! Whether a job is on paper, in the printer's own word.
//!
//! The proof is a question that the link, not the encoder, sends after the job. `GS ( H` gives back the
//! job's own mark when the job is printed; `GS r 1` is answered in order, so an answer means that everything
//! before it was worked off. Neither is answered while the printer is off line; most printers keep their
//! buffer and print the rest when the paper is back, so the late answer is waited for instead of printing
//! twice. A printer that only tells its state is given the time that the paper takes, and then asked.

use super::answers::{Answer, Mark};
use super::wire::Wire;
use super::{Deadlines, Link, Trouble};
use fastops_domain::job::Cause;
use fastops_domain::signs::ASK_AGAIN_MS;
use fastops_domain::station::ProofLevel;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

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
    sign: Sign,
    /// The printer answered, and said that it has no paper.
    pub(super) paper_out: bool,
}

/// What the proof is known by.
#[derive(Clone, Copy, Debug)]
enum Sign {
    Mark {
        mark: Mark,
        came: bool,
    },
    Fence,
    /// There is none: the time is waited out.
    Time,
}

impl Awaited {
    /// Takes in a mark; only the job's own counts.
    pub(super) fn hear(&mut self, heard: Mark) {
        if let Sign::Mark { mark, came } = &mut self.sign {
            *came |= *mark == heard;
        }
    }
}

/// Marks for jobs, none twice on a link, and begun anywhere: what an earlier connection or program still
/// has in the printer must not pass for a later job's.
#[derive(Debug)]
pub(super) struct Marks(u64);

impl Default for Marks {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl Marks {
    /// Four characters from `!` to `~`, as the printer demands.
    fn next(&mut self) -> Mark {
        self.0 = self.0.wrapping_add(1);
        let mut rest = self.0;
        [(); 4].map(|()| {
            let digit = u8::try_from(rest % 94).unwrap_or_default();
            rest /= 94;
            b'!' + digit
        })
    }
}

/// `GS ( H` function 48 with a job's mark.
pub(super) const fn mark_question([a, b, c, d]: Mark) -> [u8; 11] {
    [0x1D, b'(', b'H', 6, 0, 48, 48, a, b, c, d]
}

/// Questions in a row that a printer which owes a proof leaves unanswered when it stands still.
const UNANSWERED: u32 = 2;

/// `GS r 1`.
pub(super) const FENCE: [u8; 3] = [0x1D, b'r', 1];

impl Link {
    /// Waits for the proof of the job that was just sent, on `paper_mm` millimetres of paper.
    ///
    /// Ends after the base time and twice the paper's, of a ticket at the latest after
    /// [`super::Deadlines::proof_longest_ms`], on a serial line after what is still in it besides; sooner when the
    /// printer names an obstruction. A printer that only tells its state is never `Printed`: it is `Unconfirmed` once the paper had its time and nothing
    /// is in the way.
    pub async fn prove(&mut self, paper_mm: u32, level: ProofLevel) -> Proof {
        // A queue of the operating system knows nothing of paper, whatever the printer behind it could say.
        let (line, for_paper) =
            (self.baud.still(std::mem::take(&mut self.unasked)), self.proof_time(paper_mm));
        if let Wire::Spool(queue) = &mut self.wire {
            return queue.fate(Some(for_paper)).await;
        }
        let (sign, allowed) = match level {
            ProofLevel::None => return Proof::Unconfirmed,
            ProofLevel::State => (Sign::Time, self.paper_time(paper_mm)),
            ProofLevel::Fence => (Sign::Fence, for_paper),
            ProofLevel::ProcessId => (Sign::Mark { mark: self.marks.next(), came: false }, for_paper),
        };
        let asked = match sign {
            Sign::Mark { mark, .. } => self.send(&mark_question(mark)).await,
            Sign::Fence => self.send(&FENCE).await,
            Sign::Time => Ok(()),
        };
        if let Err(broke) = asked {
            return Proof::Lost(match broke.cause {
                Cause::PartialWrite | Cause::Busy => Cause::LinkLost,
                cause => cause,
            });
        }
        if matches!(sign, Sign::Fence) {
            self.fences.ask();
        }
        let allowed = allowed + line;
        self.awaited = Some(Awaited { allowed, deadline: Instant::now() + allowed, sign, paper_out: false });
        self.prove_again().await
    }

    /// Goes on waiting after [`Proof::Waiting`].
    ///
    /// While the obstruction lasts it comes back about once a second; when it is gone, the printer
    /// gets the whole time for its paper again. Call it as long as the link lives.
    pub async fn prove_again(&mut self) -> Proof {
        if let Wire::Spool(queue) = &mut self.wire {
            return queue.fate(None).await;
        }
        let proof = match self.await_sign().await {
            Ok(proof) => proof,
            Err(_) => Proof::Lost(Cause::LinkLost),
        };
        tracing::debug!(?proof, "proof");
        proof
    }

    /// What has come of a proof that was given up, without waiting: the printer may say it late, for as long
    /// as the link lives. `None` while it is owed still.
    pub fn late_proof(&mut self) -> Option<Proof> {
        match self.absorb() {
            Ok(()) if self.is_owed() => None,
            Ok(()) | Err(_) => Some(self.last_word()),
        }
    }

    /// Waits until there may be something to hear.
    pub async fn stirs(&self) {
        // A link that broke is found when it is read.
        let _ = self.wire.readable().await;
    }

    /// Closes the link as [`Link::close`] does; answers with the proof if one that is owed comes meanwhile.
    pub async fn part(mut self) -> Proof {
        let deadline = Instant::now() + Duration::from_millis(self.deadlines.close_ms);
        if matches!(timeout_at(deadline, self.wire.shutdown()).await, Ok(true)) {
            while matches!(self.hear(deadline).await, Ok(Some(_))) {}
        }
        self.last_word()
    }

    /// What is known of an awaited proof when no more will be heard.
    fn last_word(&mut self) -> Proof {
        if self.is_owed() { Proof::Lost(Cause::LinkLost) } else { self.answered() }
    }

    fn is_owed(&self) -> bool {
        self.awaited.is_some_and(|awaited| !self.has_come(&awaited))
    }

    /// What the proof that has come means.
    fn answered(&mut self) -> Proof {
        match (self.awaited.take(), self.garbles) {
            (None, _) => Proof::Lost(Cause::NoProof),
            (Some(Awaited { paper_out: true, .. }), _) => Proof::Lost(Cause::PaperOut),
            (Some(_), true) => Proof::Unconfirmed,
            (Some(_), false) => Proof::Printed,
        }
    }

    async fn await_sign(&mut self) -> Result<Proof, Trouble> {
        let watch = Duration::from_millis(self.deadlines.watch_ms);
        let again = watch.min(Duration::from_millis(ASK_AGAIN_MS));
        let mut look_at = Instant::now() + watch;
        let mut unanswered = 0;
        loop {
            let Some(awaited) = self.awaited else {
                return Ok(Proof::Lost(Cause::NoProof));
            };
            if self.has_come(&awaited) {
                return Ok(self.answered());
            }
            let late = Instant::now() >= awaited.deadline;
            let obstruction = match self.hear(look_at.min(awaited.deadline)).await? {
                Some(Answer::Change(status)) => {
                    unanswered = 0;
                    status.fault()
                }
                None if late => self.status().await?.obstruction(),
                None if self.talks => {
                    let status = self.status().await?;
                    unanswered = if status.answered || self.garbles { 0 } else { unanswered + 1 };
                    if unanswered >= UNANSWERED {
                        self.stops();
                    }
                    status.fault()
                }
                Some(_) => {
                    unanswered = 0;
                    None
                }
                None => None,
            };
            if Instant::now() >= look_at {
                look_at = Instant::now() + if unanswered == 0 { watch } else { again };
            }
            let awaited = self.awaited.unwrap_or(awaited);
            match obstruction {
                _ if self.has_come(&awaited) => {}
                Some(cause) => {
                    let deadline = Instant::now() + awaited.allowed;
                    self.awaited = Some(Awaited { deadline, ..awaited });
                    return Ok(Proof::Waiting(cause));
                }
                None if late && (self.garbles || matches!(awaited.sign, Sign::Time)) => {
                    self.awaited = None;
                    return Ok(Proof::Unconfirmed);
                }
                None if late => return Ok(Proof::Lost(Cause::NoProof)),
                None => {}
            }
        }
    }

    fn has_come(&self, awaited: &Awaited) -> bool {
        match awaited.sign {
            Sign::Mark { came, .. } => came,
            Sign::Fence => self.fences.prove(),
            Sign::Time => false,
        }
    }

    fn paper_time(&self, paper_mm: u32) -> Duration {
        let Deadlines { paper_mm_per_s, .. } = self.deadlines;
        let moving_ms = u64::from(paper_mm) * 1000 / paper_mm_per_s.max(1);
        Duration::from_millis(moving_ms)
    }

    pub(super) fn proof_time(&self, paper_mm: u32) -> Duration {
        let Deadlines { proof_base_ms, proof_longest_ms, .. } = self.deadlines;
        let twice = 2 * self.paper_time(paper_mm);
        // A paper that takes longer than any ticket, such as a list of many, gets twice its own time.
        let longest = Duration::from_millis(proof_longest_ms).max(twice);
        (Duration::from_millis(proof_base_ms) + twice).min(longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_jobs_of_a_link_share_a_mark() {
        let mut marks = Marks::default();
        let seen: HashSet<Mark> = (0..10_000).map(|_| marks.next()).collect();
        assert_eq!(seen.len(), 10_000);
        assert!(seen.iter().flatten().all(|byte| (32..=126).contains(byte)));
    }

    #[test]
    fn two_links_begin_at_different_marks() {
        let begun: HashSet<Mark> = (0..20).map(|_| Marks::default().next()).collect();
        assert!(begun.len() > 15, "{begun:?}");
    }
}
