//! The wire to one printer, and what can honestly be said about it.
//!
//! The steps are apart so that the queue can write `sending` to disk between asking the printer and
//! the first byte: `open` → `status` → (commit) → `send` → `prove` → reuse or `close`.
//!
//! What no program can know: a socket takes bytes for a printer that was switched off a moment ago.
//! An idle connection that the printer closed is found before the first byte, unless the word of it
//! is still on its way; then `send` succeeds, `prove` says `Lost`, and the job counts as in doubt.
//! Only a proof is a proof.

mod answers;
mod baud;
mod cables;
#[cfg(windows)]
mod com;
mod device;
mod fences;
mod port;
mod probe;
mod proof;
#[cfg(not(windows))]
mod spool;
mod status;
mod still;
mod tcp;
mod trouble;
#[cfg(unix)]
mod tty;
mod usb;
#[cfg(any(windows, test))]
mod winspool;
#[cfg(windows)]
mod winsys;
mod wire;

pub use cables::{SerialDevice, UsbDevice, queues, serial_devices, usb_devices};
pub(crate) use probe::TELL_CHANGES;
pub use probe::{Probe, probe};
pub use proof::Proof;
pub use status::PrinterStatus;
pub use trouble::{Broke, Trouble};

use answers::{Answer, Answers};
use baud::Baud;
use fastops_domain::job::Cause;
use fastops_domain::signs;
use fastops_domain::station::PrinterAddress;
use fences::Fences;
use proof::{Awaited, Marks};
use status::Manner;
use std::io;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout_at};
use wire::{Recalled, Wire};

/// Most bytes handed to the wire at once, so that progress is seen.
const CHUNK_BYTES: usize = 4096;
/// Reads taken in one go before other work gets its turn, against a peer that never stops talking.
const MOST_READS: usize = 64;

/// Bytes that wait to be heard while something is being sent; a peer that says more says nothing.
const MOST_UNHEARD: usize = 4096;

/// How long each step may take. All in milliseconds but the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// For the name and the connection together.
    pub connect_ms: u64,
    /// For the answer to a question about state.
    pub status_ms: u64,
    /// Longest time without a byte taken while sending.
    pub progress_ms: u64,
    /// A printer that takes nothing for this long stands still ([`Link::stands_still`]).
    pub still_ms: u64,
    /// Wait for a proof before the time that the paper needs is added.
    pub proof_base_ms: u64,
    /// Longest wait for a proof, whatever the paper.
    pub proof_longest_ms: u64,
    /// How often the printer is asked for its state while it owes a proof.
    pub watch_ms: u64,
    /// Wait for the printer to close its side.
    pub close_ms: u64,
    /// For each exchange with a mail server.
    pub mail_ms: u64,
    /// How fast its paper moves before the allowance of twice the time, in millimetres a second
    /// ([`crate::models::pace`]).
    pub paper_mm_per_s: u64,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect_ms: 2_000,
            status_ms: signs::ANSWER_MS,
            progress_ms: 5_000,
            proof_base_ms: 3_000,
            proof_longest_ms: 20_000,
            still_ms: signs::STILL_MS,
            watch_ms: signs::WATCH_MS,
            close_ms: 500,
            mail_ms: 10_000,
            paper_mm_per_s: 50,
        }
    }
}

/// An open connection to a printer.
///
/// After an error from any step but `status` with silence, close it: what the printer holds of a
/// broken job is unknown.
#[derive(Debug)]
pub struct Link {
    wire: Wire,
    deadlines: Deadlines,
    /// How fast bytes go to the printer after the system has taken them.
    baud: Baud,
    /// Bytes handed over since the last proof was asked for.
    unasked: usize,
    answers: Answers,
    manner: Manner,
    /// Answers to `DLE EOT` that may still come.
    states_owed: usize,
    /// Answers to `GS r 1` that may still come; a proof is one only when none is owed.
    fences: Fences,
    awaited: Option<Awaited>,
    marks: Marks,
    /// The last state that it told unasked.
    told: Option<PrinterStatus>,
    /// Whether the printer ever answered a question about its state on this link.
    talks: bool,
    /// Whether it ever said something that means nothing: from then on its word proves nothing.
    garbles: bool,
    /// Whether the printer stands still while it has a ticket.
    still: watch::Sender<bool>,
    /// Whether a byte came back or a byte of a job went out: this host has the printer.
    held: bool,
}

impl Link {
    /// Opens the wire. Reuse an open link when it was idle for less than a minute; most printers serve one
    /// connection at a time and some drop idle ones after 90 s.
    pub async fn open(address: &PrinterAddress, deadlines: &Deadlines) -> Result<Self, Trouble> {
        let wire = Wire::open(address, deadlines).await?;
        let (baud, fences) = (Baud::of(address), Fences::of(address));
        Ok(Self { baud, fences, ..Self::over(wire, *deadlines) })
    }

    fn over(wire: Wire, deadlines: Deadlines) -> Self {
        Self {
            wire,
            deadlines,
            baud: Baud::default(),
            unasked: 0,
            answers: Answers::default(),
            manner: Manner::default(),
            states_owed: 0,
            fences: Fences::default(),
            awaited: None,
            marks: Marks::default(),
            told: None,
            talks: false,
            garbles: false,
            still: watch::Sender::new(false),
            held: false,
        }
    }

    /// Hands a job over, in chunks of at most 4 KB (1 KB on a cable).
    ///
    /// `Ok` means that the operating system or the device has every byte, nothing about paper. A connection that
    /// the printer has closed is found before the first byte (`bytes_accepted: Some(0)`).
    pub async fn send(&mut self, bytes: &[u8]) -> Result<(), Broke> {
        if let Wire::Spool(spool) = &mut self.wire {
            return spool.print(bytes.to_vec(), Duration::from_millis(2 * self.deadlines.progress_ms)).await;
        }
        let mut accepted = 0;
        match self.push(bytes, &mut accepted).await {
            Ok(()) => Ok(()),
            Err(Trouble { cause, source }) => {
                let (Recalled::Exactly(late) | Recalled::AtMost(late)) = self.wire.recall().await;
                accepted += late;
                let broken_midway = accepted > 0 && cause == Cause::LinkLost;
                let cause = if broken_midway { Cause::PartialWrite } else { cause };
                tracing::debug!(cause = cause.code(), accepted, of = bytes.len(), "sending stopped");
                Err(Broke { cause, bytes_accepted: Some(accepted as u64), source })
            }
        }
    }

    /// How long each step may take from now on.
    pub const fn pace(&mut self, deadlines: Deadlines) {
        self.deadlines = deadlines;
    }

    /// Whether the printer ever said something on this link that means nothing.
    pub const fn garbles(&self) -> bool {
        self.garbles
    }

    /// Waits until an idle printer says by itself that something changed. Only one that was told to
    /// (`encode` does so for printers that prove by a mark) ever does; giving up waiting loses nothing.
    pub async fn changed(&mut self) -> Result<PrinterStatus, Trouble> {
        loop {
            if let Some(status) = self.told.take() {
                return Ok(status);
            }
            self.wire.readable().await.map_err(|error| self.lost(Some(error)))?;
            self.absorb()?;
        }
    }

    /// What stands in the way of the next paper, by what the printer has said unasked since it was last asked.
    pub fn obstruction(&mut self) -> Option<Cause> {
        // A link that broke is found when it is used.
        let _ = self.absorb();
        self.told.and_then(PrinterStatus::obstruction)
    }

    /// Says goodbye: everything is sent, then the end of the stream, and what the printer still says
    /// is read, since a socket closed on unread answers resets, and some printers then lock out
    /// everybody for half a minute.
    pub async fn close(self) {
        self.part().await;
    }

    async fn push(&mut self, bytes: &[u8], accepted: &mut usize) -> Result<(), Trouble> {
        self.absorb()?;
        let allowed = self.baud.patience(Duration::from_millis(self.deadlines.progress_ms));
        let still = self.baud.patience(Duration::from_millis(self.deadlines.still_ms));
        let mut deadline = Instant::now() + allowed;
        let mut still_at = Instant::now() + still;
        while *accepted < bytes.len() {
            let end = bytes.len().min(*accepted + CHUNK_BYTES);
            match self.wire.try_write(&bytes[*accepted..end]) {
                Ok(0) => return Err(self.lost(None)),
                Ok(count) => {
                    *accepted += count;
                    self.unasked += count;
                    self.held = true;
                    self.moves();
                    deadline = Instant::now() + allowed;
                    still_at = Instant::now() + still;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    match self.room(still_at.min(deadline)).await {
                        Err(Trouble { cause: Cause::NoProgress, .. }) if still_at < deadline => {
                            self.stops();
                            still_at = deadline;
                        }
                        other => other?,
                    }
                }
                Err(error) => return Err(self.lost(Some(error))),
            }
        }
        Ok(())
    }

    /// Waits until the socket takes more, and meanwhile listens for the other side closing.
    async fn room(&mut self, deadline: Instant) -> Result<(), Trouble> {
        loop {
            tokio::select! {
                biased;
                () = sleep_until(deadline) => return Err(Trouble { cause: Cause::NoProgress, source: None }),
                writable = self.wire.writable() => return writable.map_err(|error| self.lost(Some(error))),
                readable = self.wire.readable() => {
                    readable.map_err(|error| self.lost(Some(error)))?;
                    // Kept for whoever asked: on a cable an answer may come before the count of its question.
                    self.take_in()?;
                    if self.answers.len() > MOST_UNHEARD {
                        self.absorb()?;
                    }
                }
            }
        }
    }

    /// Writes a question that is no part of a job. `false`: the printer has stopped taking bytes.
    async fn whisper(&mut self, question: &[u8], deadline: Instant) -> Result<bool, Trouble> {
        if matches!(self.wire, Wire::Spool(_)) {
            return Ok(false);
        }
        let mut written = 0;
        while written < question.len() {
            match self.wire.try_write(&question[written..]) {
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match self.room(deadline).await {
                    Err(Trouble { cause: Cause::NoProgress, .. }) if written == 0 => {
                        // A question that the device still has in hand would come before the next one.
                        return match self.wire.recall().await {
                            Recalled::Exactly(0) => Ok(false),
                            _ => Err(Trouble { cause: Cause::NoProgress, source: None }),
                        };
                    }
                    other => other?,
                },
                Err(error) => return Err(self.lost(Some(error))),
            }
        }
        Ok(true)
    }

    /// The next thing that the printer says, or `None` at the deadline.
    async fn hear(&mut self, deadline: Instant) -> Result<Option<Answer>, Trouble> {
        loop {
            if let Some(answer) = self.answers.next() {
                self.note(&answer);
                return Ok(Some(answer));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            match timeout_at(deadline, self.wire.readable()).await {
                Ok(Ok(())) => self.take_in().map(drop)?,
                Ok(Err(error)) => return Err(self.lost(Some(error))),
                Err(_) => return Ok(None),
            }
        }
    }

    /// Takes in what came unasked, and finds a connection that the other side has closed.
    fn absorb(&mut self) -> Result<(), Trouble> {
        for _ in 0..MOST_READS {
            let more = self.take_in()?;
            while let Some(answer) = self.answers.next() {
                self.note(&answer);
            }
            if !more {
                break;
            }
        }
        Ok(())
    }

    /// Reads once without waiting. `false` when there is nothing to read now.
    fn take_in(&mut self) -> Result<bool, Trouble> {
        let mut buffer = [0; 256];
        match self.wire.try_read(&mut buffer) {
            Ok(0) => Err(self.lost(None)),
            Ok(count) => {
                self.held = true;
                self.moves();
                self.answers.push(&buffer[..count]);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            Err(error) => Err(self.lost(Some(error))),
        }
    }

    /// Keeps the accounts of what is owed.
    fn note(&mut self, answer: &Answer) {
        match answer {
            Answer::State(_) => self.states_owed = self.states_owed.saturating_sub(1),
            Answer::Fence { paper_out } => {
                self.fences.hear();
                if let Some(awaited) = &mut self.awaited {
                    awaited.paper_out |= *paper_out;
                }
            }
            Answer::Process(mark) => {
                if let Some(awaited) = &mut self.awaited {
                    awaited.hear(*mark);
                }
            }
            Answer::Change(status) => self.told = Some(*status),
            Answer::Noise => self.garbles = true,
            Answer::Text(_) => {}
        }
    }

    /// A connection that ends before anything passed over it was refused by a busy printer.
    fn lost(&self, source: Option<io::Error>) -> Trouble {
        Trouble { cause: if self.held { Cause::LinkLost } else { Cause::Busy }, source }
    }
}
