//! The answers to `GS r 1` that are owed, on this link and to the ones before it.
//!
//! A fence's answer bears no name of its job. A socket takes what is owed on it with it when it ends; a cable does
//! not: the answer that one link gave up comes to the next, where it would prove a job that is not on paper. So it
//! is kept for each device whether something may still come, and a link heard out first proves again.

use super::answers::Answer;
use super::proof::FENCE;
use super::{Link, Trouble};
use fastops_domain::station::{PrinterAddress, ProofLevel};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How soon the answer to a fence follows the one before it when nothing is printed between.
const SETTLE: Duration = Duration::from_millis(300);
/// The paper of a ticket that an earlier link may have left in the printer.
const TICKET_MM: u32 = 200;

/// What may still come of earlier links over the same cable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Past {
    /// There was none since the program began; before that, who knows.
    #[default]
    Unknown,
    /// Everything that was asked was answered.
    Clear,
    /// At least one answer.
    Owes,
}

/// What the links that ended left behind, by device.
static LEFT: Mutex<BTreeMap<String, Past>> = Mutex::new(BTreeMap::new());

fn left() -> MutexGuard<'static, BTreeMap<String, Past>> {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The account of one link.
#[derive(Debug, Default)]
pub(super) struct Fences {
    /// The cable's own name; none where answers end with their link.
    device: Option<String>,
    past: Past,
    owed: usize,
}

impl Fences {
    pub(super) fn of(address: &PrinterAddress) -> Self {
        let device = match address {
            PrinterAddress::Serial(line) => line.device.clone(),
            PrinterAddress::Usb(_) => address.to_string(),
            PrinterAddress::File(path) => path.clone(),
            PrinterAddress::Tcp { .. } | PrinterAddress::Spooler(_) | PrinterAddress::Outlet(_) => {
                return Self::default();
            }
        };
        let past = left().get(&device).copied().unwrap_or_default();
        Self { device: Some(device), past, owed: 0 }
    }

    pub(super) const fn ask(&mut self) {
        self.owed += 1;
    }

    pub(super) const fn hear(&mut self) {
        self.owed = self.owed.saturating_sub(1);
    }

    /// Whether the last one asked was answered, and by its own answer.
    pub(super) const fn prove(&self) -> bool {
        self.owed == 0 && !matches!(self.past, Past::Owes)
    }

    /// Whether nothing of an earlier link can come.
    const fn are_heard_out(&self) -> bool {
        self.device.is_none() || matches!(self.past, Past::Clear)
    }
}

impl Drop for Fences {
    fn drop(&mut self) {
        if let Some(device) = self.device.take() {
            let past = if self.owed > 0 { Past::Owes } else { self.past };
            left().insert(device, past);
        }
    }
}

impl Link {
    /// Lets the printer say what it owes to earlier links over the same cable. To be called before the first job on
    /// a link, with how the printer proves: without it a fence proves nothing where an answer is still owed, and is
    /// trusted where nothing is known.
    ///
    /// Takes one round trip and a moment of silence, and only on a cable whose past is not clear. A printer that
    /// does not answer is given the time of a ticket; after that the fences of this link prove nothing.
    pub async fn hear_out(&mut self, level: ProofLevel) -> Result<(), Trouble> {
        if level != ProofLevel::Fence || self.fences.are_heard_out() {
            return Ok(());
        }
        let deadline = Instant::now() + self.proof_time(TICKET_MM);
        if !self.whisper(&FENCE, deadline).await? || !self.await_fence(deadline, drop).await? {
            self.fences.past = Past::Owes;
        }
        tracing::debug!(past = ?self.fences.past, "what was owed on the cable");
        Ok(())
    }

    /// Waits for the answer to the fence that was just asked, and for those that were owed before it: they come
    /// first, and nothing is printed between. `false` when none came.
    pub(super) async fn await_fence(
        &mut self,
        deadline: Instant,
        mut each: impl FnMut(Answer),
    ) -> Result<bool, Trouble> {
        self.fences.owed += 1;
        while self.fences.owed > 0 {
            match self.hear(deadline).await? {
                Some(answer) => each(answer),
                None => return Ok(false),
            }
        }
        if self.fences.are_heard_out() {
            return Ok(true);
        }
        let mut quiet_at = Instant::now() + SETTLE;
        while let Some(answer) = self.hear(quiet_at).await? {
            if matches!(answer, Answer::Fence { .. }) {
                quiet_at = Instant::now() + SETTLE;
            }
            each(answer);
        }
        self.fences.past = Past::Clear;
        Ok(true)
    }
}
