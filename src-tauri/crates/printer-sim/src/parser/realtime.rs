//! Real-time commands: found on arrival, even inside picture data, by a scanner that looks at every byte; and
//! framed by the parser where they stand between commands, so that they are not taken for text.

use super::{Command, DrawerPin, Frame, RealTime};

/// What a run of bytes that starts with DLE is so far.
enum Sequence {
    Partial,
    No,
    Complete(RealTime),
}

const POWER_OFF: [u8; 5] = [0x10, 0x14, 0x02, 0x01, 0x08];
const CLEAR_BUFFERS: [u8; 10] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

fn recognise(bytes: &[u8]) -> Sequence {
    match bytes {
        [0x10, 0x04, n @ 1..=4] => Sequence::Complete(RealTime::Status(*n)),
        [0x10, 0x05, n @ 1..=2] => Sequence::Complete(RealTime::Recover(*n)),
        [0x10, 0x14, 0x01, m @ 0..=1, t @ 1..=8] => Sequence::Complete(RealTime::DrawerPulse {
            pin: if *m == 0 { DrawerPin::Two } else { DrawerPin::Five },
            on_ms: u16::from(*t) * 100,
        }),
        _ if bytes == POWER_OFF => Sequence::Complete(RealTime::PowerOff),
        _ if bytes == CLEAR_BUFFERS => Sequence::Complete(RealTime::ClearBuffers),
        [0x10] | [0x10, 0x04 | 0x05] | [0x10, 0x14, 0x01] | [0x10, 0x14, 0x01, 0..=1] => Sequence::Partial,
        _ if POWER_OFF.starts_with(bytes) || CLEAR_BUFFERS.starts_with(bytes) => Sequence::Partial,
        _ => Sequence::No,
    }
}

pub(super) fn frame(pending: &[u8]) -> Frame {
    match recognise(pending) {
        Sequence::Partial => Frame::More,
        Sequence::Complete(command) => Frame::Done(pending.len(), Command::RealTime(command)),
        // A stray DLE: what follows it is read for itself.
        Sequence::No => super::unknown(pending, 1),
    }
}

/// Watches every arriving byte for real-time commands.
#[derive(Debug, Clone, Default)]
pub(crate) struct RealTimeScanner {
    seen: Vec<u8>,
}

impl RealTimeScanner {
    /// Takes one byte; the command that it completes, if it completes one.
    pub(crate) fn push(&mut self, byte: u8) -> Option<RealTime> {
        self.seen.push(byte);
        while let Some(first) = self.seen.first() {
            if *first == 0x10 {
                match recognise(&self.seen) {
                    Sequence::Partial => return None,
                    Sequence::Complete(command) => {
                        self.seen.clear();
                        return Some(command);
                    }
                    Sequence::No => {}
                }
            }
            self.seen.remove(0);
        }
        None
    }

    pub(crate) fn clear(&mut self) {
        self.seen.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(bytes: &[u8]) -> Vec<RealTime> {
        let mut scanner = RealTimeScanner::default();
        bytes.iter().filter_map(|byte| scanner.push(*byte)).collect()
    }

    #[test]
    fn a_status_request_is_found_behind_a_false_start() {
        assert_eq!(scan(&[0x10, 0x10, 0x04, 0x02]), [RealTime::Status(2)]);
        assert_eq!(scan(&[0x10, 0x14, 0x01, 0x10, 0x04, 0x04]), [RealTime::Status(4)]);
        assert_eq!(scan(&[0x10, 0x04, 0x05, 0x10, 0x05, 0x02]), [RealTime::Recover(2)]);
    }

    #[test]
    fn each_real_time_command_is_known() {
        let pulse = RealTime::DrawerPulse { pin: DrawerPin::Five, on_ms: 200 };
        assert_eq!(scan(&[0x10, 0x14, 1, 1, 2]), [pulse]);
        assert_eq!(scan(&[0x10, 0x14, 2, 1, 8]), [RealTime::PowerOff]);
        assert_eq!(scan(&[0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8]), [RealTime::ClearBuffers]);
        assert_eq!(scan(&[0x10, 0x14, 2, 1, 7]), []);
    }
}
