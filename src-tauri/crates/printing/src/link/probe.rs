//! What a printer can do, found by asking it once at set-up and never guessed from its brand.
//!
//! A question that a printer does not know may end up as letters in its line buffer. Each is therefore
//! followed by `ESC @`, which throws that line away before anything prints it; and the one that cheap printers
//! know least, `GS ( H`, is asked only of a printer that answered the fence.

use super::answers::{Answer, Mark};
use super::proof::{FENCE, mark_question};
use super::{Deadlines, Link, PrinterStatus, Trouble};
use fastops_domain::station::{PrinterAddress, ProofLevel};
use std::time::Duration;
use tokio::time::Instant;

/// `ESC @`.
const FORGET_LINE: [u8; 2] = [0x1B, b'@'];
/// `GS I 67`: the model's name as text.
const NAME: [u8; 3] = [0x1D, b'I', 67];
/// Blanks, so that even a printer that prints them shows as little as can be.
const BLANK_MARK: Mark = *b"    ";
/// `GS a`: tell by yourself when you go off line (2), have an error (4), or the paper changes (8).
pub(crate) const TELL_CHANGES: [u8; 3] = [0x1D, b'a', 0x0E];

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    pub status: PrinterStatus,
    /// The model as the printer calls itself, when it does.
    pub model_id: Option<String>,
    /// How it can prove a job; `None` when it was obstructed, so that nothing can be said yet.
    pub proof: Option<ProofLevel>,
}

/// Asks a printer for its state, its model and a proof. Leaves nothing on paper, also on a printer that does
/// not understand.
pub async fn probe(address: &PrinterAddress, deadlines: &Deadlines) -> Result<Probe, Trouble> {
    let mut link = Link::open(address, deadlines).await?;
    let found = link.interview().await;
    link.close().await;
    found
}

/// What came between a question and the fence behind it.
#[derive(Default)]
struct Heard {
    /// The fence itself.
    fence: bool,
    name: Option<String>,
    mark: bool,
}

impl Link {
    /// How it is and what it calls itself: what a stranger can be asked. One that is mute, or cannot print now, is
    /// not asked its name.
    pub(crate) async fn greet(&mut self) -> Result<(PrinterStatus, Option<String>), Trouble> {
        let status = self.status().await?;
        if !status.answered || status.obstruction().is_some() {
            return Ok((status, None));
        }
        let name = self.model().await?;
        self.forget_line().await?;
        Ok((status, name))
    }

    async fn interview(&mut self) -> Result<Probe, Trouble> {
        let status = self.status().await?;
        let mut found = Probe { status, model_id: None, proof: None };
        if status.obstruction().is_some() {
            return Ok(found);
        }
        // A name may come late, and is no noise then.
        self.answers.wants_text = true;
        let met = self.ask_before_fence(&NAME).await?;
        found.model_id = met.name;
        found.proof = if met.fence && !self.garbles {
            let marked = self.ask_before_fence(&mark_question(BLANK_MARK)).await?.mark;
            Some(if marked { ProofLevel::ProcessId } else { ProofLevel::Fence })
        } else if self.status().await?.obstruction().is_some() {
            None
        } else if status.answered {
            Some(ProofLevel::State)
        } else {
            Some(ProofLevel::None)
        };
        Ok(found)
    }

    /// Asks something of which it is not known whether the printer answers, and then the fence, which answers in
    /// its turn: nothing is waited for in vain, and nothing comes after it.
    async fn ask_before_fence(&mut self, question: &[u8]) -> Result<Heard, Trouble> {
        let deadline = Instant::now() + Duration::from_millis(self.deadlines.proof_base_ms);
        let words = [question, &FORGET_LINE, &FENCE, &FORGET_LINE].concat();
        let mut heard = Heard::default();
        if !self.whisper(&words, deadline).await? {
            return Ok(heard);
        }
        heard.fence = self
            .await_fence(deadline, |answer| match answer {
                Answer::Process(mark) => heard.mark |= mark == BLANK_MARK,
                Answer::Text(text) => heard.name = Some(text).filter(|text| !text.is_empty()),
                Answer::State(_) | Answer::Fence { .. } | Answer::Change(_) | Answer::Noise => {}
            })
            .await?;
        Ok(heard)
    }

    /// Throws away what an unknown question left in the printer's line.
    async fn forget_line(&mut self) -> Result<(), Trouble> {
        let deadline = Instant::now() + Duration::from_millis(self.deadlines.status_ms);
        self.whisper(&FORGET_LINE, deadline).await.map(drop)
    }

    /// What it calls itself, if it says so soon.
    async fn model(&mut self) -> Result<Option<String>, Trouble> {
        let deadline = Instant::now() + Duration::from_millis(self.deadlines.status_ms);
        self.answers.wants_text = true;
        let mut name = None;
        if self.whisper(&NAME, deadline).await? {
            while let Some(answer) = self.hear(deadline).await? {
                if let Answer::Text(text) = answer {
                    name = Some(text).filter(|text| !text.is_empty());
                    break;
                }
            }
        }
        self.answers.wants_text = false;
        Ok(name)
    }
}
