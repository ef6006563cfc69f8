//! What a printer can do, found by asking it once at set-up and never guessed from its brand.

use super::answers::Answer;
use super::{Deadlines, Link, PrinterStatus, Proof, Trouble};
use fastops_domain::station::{PrinterAddress, ProofLevel};
use std::time::Duration;
use tokio::time::Instant;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    pub status: PrinterStatus,
    /// The model as the printer calls itself, when it does.
    pub model_id: Option<String>,
    /// How it can prove a job; `None` when it was obstructed, so that nothing can be said yet.
    pub proof: Option<ProofLevel>,
}

/// Asks a printer for its state, its model and a proof. Prints nothing on a printer that understands.
pub async fn probe(address: &PrinterAddress, deadlines: &Deadlines) -> Result<Probe, Trouble> {
    let mut link = Link::open(address, deadlines).await?;
    let found = link.interview().await;
    link.close().await;
    found
}

impl Link {
    async fn interview(&mut self) -> Result<Probe, Trouble> {
        let status = self.status().await?;
        if status.obstruction().is_some() {
            return Ok(Probe { status, model_id: None, proof: None });
        }
        let model_id = self.model().await?;
        let proof = match self.prove(0, ProofLevel::Fence).await {
            Proof::Printed => Some(ProofLevel::Fence),
            Proof::Waiting(_) => None,
            Proof::Unconfirmed | Proof::Lost(_) => Some(ProofLevel::None),
        };
        Ok(Probe { status, model_id, proof })
    }

    /// `GS I 67`: the model's name as text.
    async fn model(&mut self) -> Result<Option<String>, Trouble> {
        let deadline = Instant::now() + Duration::from_millis(self.deadlines.status_ms);
        self.answers.wants_text = true;
        let mut name = None;
        if self.whisper(&[0x1D, b'I', 67], deadline).await? {
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
