//! The receiving side: how many bytes the machine takes, which of them are obeyed at once, and where tickets
//! begin.

use std::time::Duration;

use super::{Condition, Machine, MachineEvent};
use crate::parser::Command;

/// How often a dripping line lets bytes through.
const DRIP_INTERVAL: Duration = Duration::from_millis(100);
/// What a line without fault takes in one go.
const UNLIMITED: usize = 64 * 1024;

impl Machine {
    /// How many ordinary bytes the machine takes now. Zero: the sender has to wait.
    pub fn room(&self, at: Duration) -> usize {
        let space = self.model.buffer_bytes.saturating_sub(self.buffer.len());
        if self.conditions.is_dead() {
            return 0;
        }
        if self.conditions.has(Condition::BlackHole) {
            return UNLIMITED;
        }
        if self.conditions.drip().is_some() && at < self.drip_ready_at {
            return 0;
        }
        space.min(self.most_room()).min(self.conditions.bytes_left().unwrap_or(usize::MAX))
    }

    /// The most that [`Machine::room`] comes to, however empty the buffer is.
    pub fn most_room(&self) -> usize {
        self.conditions.drip().map_or(usize::MAX, |bytes_per_second| (bytes_per_second / 10).max(1) as usize)
    }

    /// How many of `waiting` a machine with a full buffer takes: those of real-time commands at the front.
    pub fn urgent_prefix(&self, waiting: &[u8]) -> usize {
        if !self.takes_urgent() {
            return 0;
        }
        let mut probe = self.framing.clone();
        let mut taken = 0;
        for (index, byte) in waiting.iter().enumerate() {
            probe.push(*byte);
            let urgent = match probe.next_command() {
                Some((command, _)) => matches!(command, Command::RealTime(_)),
                None => probe.pending().first() == Some(&0x10),
            };
            if !urgent {
                break;
            }
            taken = index + 1;
        }
        taken
    }

    /// True when real-time commands get through although there is no room for other bytes.
    pub fn takes_urgent(&self) -> bool {
        let limited = self.conditions.bytes_left().is_some() || self.conditions.drip().is_some();
        !limited && !self.conditions.is_dead() && self.at_urgent_position()
    }

    fn at_urgent_position(&self) -> bool {
        self.framing.pending().first().is_none_or(|first| *first == 0x10)
    }

    /// Takes bytes from the line; returns how many it took. The rest has to be offered again when there is
    /// room.
    pub fn receive(&mut self, at: Duration, bytes: &[u8]) -> usize {
        self.advance(at);
        let mut taken = 0;
        while taken < bytes.len() {
            let room = self.room(at);
            let waiting = &bytes[taken..];
            let count = if room == 0 { self.urgent_prefix(waiting) } else { room.min(waiting.len()) };
            if count == 0 {
                break;
            }
            self.account(at, count);
            if !self.conditions.has(Condition::BlackHole) {
                for byte in &waiting[..count] {
                    self.arrive(at, *byte);
                }
            }
            taken += count;
            self.advance(at);
            let resets = Condition::ResetsLink { after_bytes: 0 };
            if self.conditions.iter().any(|condition| condition == resets) {
                self.events.push(MachineEvent::LinkReset);
                self.change(self.conditions.clone().without(resets));
                break;
            }
        }
        taken
    }

    /// Counts bytes against the faults that last for a number of them.
    fn account(&mut self, at: Duration, count: usize) {
        self.conditions.spend(count);
        if self.conditions.drip().is_some() {
            self.drip_ready_at = at + DRIP_INTERVAL;
        }
    }

    fn arrive(&mut self, at: Duration, byte: u8) {
        if self.framing.pending().is_empty() {
            self.command_began_at = at;
        }
        if let Some(command) = self.scanner.push(byte) {
            self.obey(at, command);
        }
        self.framing.push(byte);
        while let Some((command, bytes)) = self.framing.next_command() {
            // A command given up as unknown can be shorter than what is in the buffer of it already.
            let already = self.framed_bytes.min(bytes.len());
            self.framed_bytes -= already;
            if !matches!(command, Command::RealTime(_)) {
                self.buffer.extend(&bytes[already..]);
                self.note_job(&command);
            }
        }
        if !self.at_urgent_position() {
            let pending = self.framing.pending();
            self.buffer.extend(&pending[self.framed_bytes..]);
            self.framed_bytes = pending.len();
        }
    }

    fn note_job(&mut self, command: &Command) {
        let question = matches!(
            command,
            Command::TransmitStatus(_)
                | Command::ProcessId(_)
                | Command::Identify(_)
                | Command::AutoStatus(_)
        );
        if self.between_jobs && !question {
            self.between_jobs = false;
            self.events.push(MachineEvent::JobStarted { at: self.command_began_at });
        }
        if matches!(command, Command::Cut { .. }) {
            self.between_jobs = true;
        }
    }

    /// A host connected: what it sends first begins a job.
    pub fn link_opened(&mut self) {
        self.between_jobs = true;
        self.held_answers.clear();
    }
}
