//! What state a printer says it is in, and how it is asked.
//!
//! `DLE EOT 1` to `4` are asked in one write and answered by four bytes in the same order, so an
//! idle printer is asked in one round trip. Silence means unknown, not broken: many clones never
//! answer. Some answer one or two of the four; which ones cannot be seen from the bytes, so those
//! printers are asked one question at a time.

use super::answers::Answer;
use super::wire::Wire;
use super::{Link, Trouble};
use fastops_domain::job::Cause;
use std::time::Duration;
use tokio::time::Instant;

/// How many kinds of state `DLE EOT` tells.
const QUESTIONS: [u8; 4] = [1, 2, 3, 4];

/// What a printer says about itself. What it did not say is `false` or `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one bit of the printer's answer, free of the others"
)]
pub struct PrinterStatus {
    /// Whether it said anything that can be understood.
    pub answered: bool,
    pub online: Option<bool>,
    pub cover_open: bool,
    pub paper_out: bool,
    /// It still prints; someone should have a roll ready.
    pub paper_near_end: bool,
    pub cutter_jam: bool,
    /// The print head is too hot; it goes on by itself when it has cooled.
    pub overheated: bool,
    /// An error that only switching off and on clears.
    pub broken: bool,
}

impl PrinterStatus {
    /// Why it cannot print now, if it says so. The cover comes first: an open one hides the rest.
    pub const fn obstruction(self) -> Option<Cause> {
        match self.fault() {
            None if self.broken || matches!(self.online, Some(false)) => Some(Cause::Offline),
            fault => fault,
        }
    }

    /// Why it cannot print, when it names a reason that does not pass by itself in a moment.
    pub(super) const fn fault(self) -> Option<Cause> {
        if self.cover_open {
            Some(Cause::CoverOpen)
        } else if self.paper_out {
            Some(Cause::PaperOut)
        } else if self.cutter_jam {
            Some(Cause::CutterJam)
        } else if self.overheated {
            Some(Cause::Overheated)
        } else {
            None
        }
    }

    /// Takes in the answer to `DLE EOT question`.
    fn learn(&mut self, question: u8, byte: u8) {
        let bit = |n: u8| byte & (1 << n) != 0;
        self.answered = true;
        match question {
            1 => self.online = Some(!bit(3)),
            2 => {
                self.cover_open |= bit(2);
                self.paper_out |= bit(5);
            }
            3 => {
                self.cutter_jam |= bit(3);
                self.broken |= bit(5);
                self.overheated |= bit(6);
            }
            _ => {
                self.paper_near_end |= bit(2) || bit(3);
                self.paper_out |= bit(5) || bit(6);
            }
        }
    }

    /// Reads the four bytes that a printer sends by itself when something changes.
    pub(super) const fn from_change(bytes: [u8; 4]) -> Self {
        Self {
            answered: true,
            online: Some(bytes[0] & 0x08 == 0),
            cover_open: bytes[0] & 0x20 != 0,
            cutter_jam: bytes[1] & 0x08 != 0,
            broken: bytes[1] & 0x20 != 0,
            overheated: bytes[1] & 0x40 != 0,
            paper_near_end: bytes[2] & 0x03 != 0,
            paper_out: bytes[2] & 0x0C != 0,
        }
    }
}

/// How a printer answers `DLE EOT`, learnt from its first answer on a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Manner {
    /// Not known yet, or always all four.
    #[default]
    Together,
    /// Only some: asked one by one; `true` for those that it answered or that were not tried.
    OneByOne([bool; 4]),
}

impl Link {
    /// Asks what state the printer is in.
    ///
    /// Takes one round trip at a printer that answers, [`super::Deadlines::status_ms`] at a mute one.
    /// Silence and garbled answers are `answered: false`; only a lost connection is an error.
    pub async fn status(&mut self) -> Result<PrinterStatus, Trouble> {
        if let Wire::Spool(spool) = &self.wire {
            return Ok(spool.state(Duration::from_millis(self.deadlines.status_ms)).await);
        }
        self.absorb()?;
        let status = match self.manner {
            Manner::Together => self.ask_together().await?,
            Manner::OneByOne(worth) => self.ask_one_by_one(worth, false).await?,
        };
        if status.answered {
            self.talks = true;
            // What it told before is older.
            self.told = None;
        }
        Ok(status)
    }

    async fn ask_together(&mut self) -> Result<PrinterStatus, Trouble> {
        let deadline = self.status_deadline();
        let owed_before = self.states_owed;
        let questions = QUESTIONS.map(|n| [0x10, 0x04, n]).concat();
        if !self.whisper(&questions, deadline).await? {
            return Ok(PrinterStatus::default());
        }
        self.states_owed += QUESTIONS.len();
        let mut heard = Vec::with_capacity(QUESTIONS.len());
        while self.states_owed > 0 {
            match self.hear(deadline).await? {
                Some(Answer::State(byte)) => heard.push(byte),
                Some(Answer::Noise) => {
                    self.hush(deadline).await?;
                    return Ok(PrinterStatus::default());
                }
                Some(_) => {}
                None => break,
            }
        }
        // Late answers to an earlier question come first; fewer than four cannot be told apart.
        let current = heard.len().checked_sub(QUESTIONS.len()).map(|late| &heard[late..]);
        if let Some(current) = current {
            self.states_owed = 0;
            let mut status = PrinterStatus::default();
            for (question, &byte) in QUESTIONS.into_iter().zip(current) {
                status.learn(question, byte);
            }
            return Ok(status);
        }
        if heard.is_empty() || owed_before > 0 {
            return Ok(PrinterStatus::default());
        }
        self.ask_one_by_one([true; 4], true).await
    }

    /// Asks what is worth asking. One that has just said something is asked everything, to learn what it answers; one
    /// that is known and leaves the first question unanswered says nothing now.
    async fn ask_one_by_one(&mut self, mut worth: [bool; 4], learns: bool) -> Result<PrinterStatus, Trouble> {
        let mut status = PrinterStatus::default();
        self.states_owed = 0;
        for (question, worth) in QUESTIONS.into_iter().zip(&mut worth).filter(|(_, worth)| **worth) {
            self.absorb()?;
            let deadline = self.status_deadline();
            if !self.whisper(&[0x10, 0x04, question], deadline).await? {
                break;
            }
            *worth = loop {
                match self.hear(deadline).await? {
                    Some(Answer::State(byte)) => {
                        status.learn(question, byte);
                        break true;
                    }
                    Some(_) => {}
                    None if !learns && !status.answered => return Ok(status),
                    None => break false,
                }
            };
        }
        // A printer that has gone quiet altogether is asked everything again next time.
        if status.answered {
            self.manner = Manner::OneByOne(worth);
        }
        Ok(status)
    }

    /// Lets a garbling printer finish, so that its rest is not taken for the next answer.
    async fn hush(&mut self, deadline: Instant) -> Result<(), Trouble> {
        while self.hear(deadline).await?.is_some() {}
        self.states_owed = 0;
        Ok(())
    }

    fn status_deadline(&self) -> Instant {
        Instant::now() + Duration::from_millis(self.deadlines.status_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn status(answers: [u8; 4]) -> PrinterStatus {
        let mut status = PrinterStatus::default();
        for (question, byte) in QUESTIONS.into_iter().zip(answers) {
            status.learn(question, byte);
        }
        status
    }

    #[test]
    fn each_bit_has_its_cause() {
        let table = [
            ([0x12, 0x12, 0x12, 0x12], None),
            ([0x1A, 0x12, 0x12, 0x12], Some(Cause::Offline)),
            ([0x1A, 0x16, 0x12, 0x12], Some(Cause::CoverOpen)),
            ([0x1A, 0x32, 0x12, 0x72], Some(Cause::PaperOut)),
            ([0x1A, 0x52, 0x1A, 0x12], Some(Cause::CutterJam)),
            ([0x1A, 0x52, 0x52, 0x12], Some(Cause::Overheated)),
            ([0x1A, 0x52, 0x32, 0x12], Some(Cause::Offline)),
            ([0x1A, 0x36, 0x12, 0x72], Some(Cause::CoverOpen)),
            ([0x12, 0x12, 0x12, 0x1E], None),
        ];
        for (answers, cause) in table {
            assert_eq!(status(answers).obstruction(), cause, "{answers:02x?}");
        }
        assert!(status([0x12, 0x12, 0x12, 0x1E]).paper_near_end);
        assert_eq!(PrinterStatus::default().obstruction(), None, "unknown is not an obstruction");
    }

    proptest! {
        /// Whatever comes in whatever order: the same is wrong, and a printer that says of more that it is wrong is
        /// never better for it.
        #[test]
        fn any_bytes_are_a_state(answers: [u8; 4], more: [u8; 4], rotate in 0_usize..4) {
            let whole = status(answers);
            let mut turned = PrinterStatus::default();
            let mut pairs: Vec<(u8, u8)> = QUESTIONS.into_iter().zip(answers).collect();
            pairs.rotate_left(rotate);
            for (question, byte) in pairs {
                turned.learn(question, byte);
            }
            prop_assert_eq!(turned, whole);
            let worse = status(std::array::from_fn(|at| answers[at] | more[at]));
            prop_assert!(whole.obstruction().is_none() || worse.obstruction().is_some());
            let change = PrinterStatus::from_change(answers);
            let worse = PrinterStatus::from_change(std::array::from_fn(|at| answers[at] | more[at]));
            prop_assert!(change.obstruction().is_none() || worse.obstruction().is_some());
        }
    }

    #[test]
    fn a_change_says_the_same() {
        let cause = |bytes| PrinterStatus::from_change(bytes).obstruction();
        assert_eq!(cause([0x10, 0, 0, 0]), None);
        assert_eq!(cause([0x18, 0, 0, 0]), Some(Cause::Offline));
        assert_eq!(cause([0x38, 0, 0, 0]), Some(Cause::CoverOpen));
        assert_eq!(cause([0x18, 0, 0x0F, 0]), Some(Cause::PaperOut));
        assert_eq!(cause([0x18, 0x08, 0, 0]), Some(Cause::CutterJam));
        assert_eq!(cause([0x18, 0x40, 0, 0]), Some(Cause::Overheated));
        assert_eq!(cause([0x10, 0, 0x03, 0]), None);
    }
}
