//! What a printer says back, byte by byte.
//!
//! Answers carry no name of their question, so each kind is known by its fixed bits (Epson ESC/POS
//! command reference, DLE EOT, GS r, GS a, GS I):
//!
//! | answer | pattern |
//! |---|---|
//! | `DLE EOT n` | one byte, `0xx1xx10` |
//! | automatic status | four bytes, `0xx1xx00` and then three of `0xx0xxxx` |
//! | `GS r 1` | one byte, `0000ppnn`: `pp` paper out, `nn` paper low, each pair equal |
//! | `GS ( H` function 48 | `37 22`, the four characters of the mark, NUL |
//! | `GS I n` as text | `_`, text, NUL; taken for text only while one was asked for |
//!
//! Anything else is noise: it is counted and believed in nothing.

use super::status::PrinterStatus;

/// One thing that the printer said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// To one `DLE EOT`.
    State(u8),
    /// Unasked, when something changed.
    Change(PrinterStatus),
    /// To `GS r 1`: everything before it was worked off.
    Fence { paper_out: bool },
    /// To `GS ( H`: the job with this mark is printed.
    Process(Mark),
    /// To `GS I`.
    Text(String),
    /// Bytes that mean nothing.
    Noise,
}

/// The four characters by which a job is known to the printer.
pub(super) type Mark = [u8; 4];

/// What the answer to `GS ( H` begins with.
const PROCESS: [u8; 2] = [0x37, 0x22];

/// Longest text that `GS I` is believed to give.
const LONGEST_TEXT: usize = 80;

/// Cuts the stream of bytes into answers.
#[derive(Debug, Default)]
pub(super) struct Answers {
    bytes: std::collections::VecDeque<u8>,
    /// Whether `_` starts a text.
    pub(super) wants_text: bool,
}

impl Answers {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    /// Bytes that wait to be understood.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The next whole answer, if there is one.
    pub(super) fn next(&mut self) -> Option<Answer> {
        let first = *self.bytes.front()?;
        if self.wants_text && first == b'_' {
            return self.text();
        }
        if first & 0x93 == 0x10 {
            return self.change();
        }
        if first == PROCESS[0] && self.bytes.get(1).is_none_or(|second| *second == PROCESS[1]) {
            return self.process();
        }
        self.bytes.pop_front();
        Some(if first & 0x93 == 0x12 {
            Answer::State(first)
        } else if matches!(first, 0x00 | 0x03 | 0x0C | 0x0F) {
            Answer::Fence { paper_out: first & 0x0C != 0 }
        } else {
            Answer::Noise
        })
    }

    fn process(&mut self) -> Option<Answer> {
        let marked = self.bytes.iter().skip(2).take(4).take_while(|byte| (32..=126).contains(*byte)).count();
        match self.bytes.get(2 + marked) {
            Some(0) if marked == 4 => {
                let mut mark = [0; 4];
                for (slot, byte) in mark.iter_mut().zip(self.bytes.drain(..7).skip(2)) {
                    *slot = byte;
                }
                Some(Answer::Process(mark))
            }
            Some(_) => {
                self.bytes.drain(..2 + marked);
                Some(Answer::Noise)
            }
            None => None,
        }
    }

    fn text(&mut self) -> Option<Answer> {
        match self.bytes.iter().position(|&byte| byte == 0) {
            Some(end) => {
                let text = self.bytes.drain(..=end).skip(1).filter(u8::is_ascii_graphic_or_space).collect();
                Some(Answer::Text(String::from_utf8(text).unwrap_or_default()))
            }
            None if self.bytes.len() > LONGEST_TEXT => {
                self.bytes.clear();
                Some(Answer::Noise)
            }
            None => None,
        }
    }

    fn change(&mut self) -> Option<Answer> {
        let rest = self.bytes.iter().skip(1).take(3).take_while(|&&byte| byte & 0x90 == 0).count();
        if rest == 3 {
            let mut four = [0; 4];
            for (slot, byte) in four.iter_mut().zip(self.bytes.drain(..4)) {
                *slot = byte;
            }
            return Some(Answer::Change(PrinterStatus::from_change(four)));
        }
        if self.bytes.len() > rest + 1 {
            self.bytes.drain(..=rest);
            return Some(Answer::Noise);
        }
        None
    }
}

trait Printable {
    fn is_ascii_graphic_or_space(&self) -> bool;
}

impl Printable for u8 {
    fn is_ascii_graphic_or_space(&self) -> bool {
        self.is_ascii_graphic() || *self == b' '
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_printer_sim::{Condition, Machine, Model, Speed};
    use proptest::prelude::*;
    use std::time::Duration;

    fn all(bytes: &[u8], wants_text: bool) -> Vec<Answer> {
        let mut answers = Answers { wants_text, ..Answers::default() };
        answers.push(bytes);
        std::iter::from_fn(|| answers.next()).collect()
    }

    #[test]
    fn each_kind_is_known_by_its_bits() {
        assert_eq!(all(&[0x12], false), [Answer::State(0x12)]);
        assert_eq!(all(&[0x1E], false), [Answer::State(0x1E)]);
        assert_eq!(all(&[0x00], false), [Answer::Fence { paper_out: false }]);
        assert_eq!(all(&[0x03], false), [Answer::Fence { paper_out: false }], "low is not out");
        assert_eq!(all(&[0x0F], false), [Answer::Fence { paper_out: true }]);
        assert_eq!(all(b"_TM-T20\0", true), [Answer::Text("TM-T20".into())]);
        let change = all(&[0x14, 0, 0, 0x0F], false);
        assert!(matches!(change[..], [Answer::Change(_)]), "{change:?}");
    }

    #[test]
    fn a_change_does_not_pass_for_three_fences() {
        assert_eq!(all(&[0x10, 0, 0], false), [], "waits for its last byte");
        assert_eq!(all(&[0x10, 0, 0, 0], false).len(), 1);
        assert_eq!(
            all(&[0x10, 0, 0x12], false),
            [Answer::Noise, Answer::State(0x12)],
            "a torn change proves nothing"
        );
    }

    #[test]
    fn a_mark_comes_back_whole_or_is_noise() {
        assert_eq!(all(b"\x37\x22Ab ~\0", false), [Answer::Process(*b"Ab ~")]);
        assert_eq!(all(b"\x37\x22Ab", false), [], "waits for the rest");
        assert_eq!(all(b"\x37", false), []);
        assert_eq!(all(b"\x37\x12", false), [Answer::Noise, Answer::State(0x12)]);
        assert_eq!(all(b"\x37\x22Ab\x12", false), [Answer::Noise, Answer::State(0x12)]);
        assert_eq!(all(b"\x37\x22Abcde", false)[0], Answer::Noise, "longer than a mark");
    }

    #[test]
    fn noise_is_believed_in_nothing() {
        for byte in [0x01, 0x02, 0x0B, 0x20, 0x41, 0x7F, 0x80, 0x92, 0xFF, b'_'] {
            assert_eq!(all(&[byte], false), [Answer::Noise], "{byte:#04x}");
        }
        assert_eq!(all(&[b'_'; 100], true), [Answer::Noise]);
    }

    #[test]
    fn answers_may_come_in_pieces() {
        let mut answers = Answers { wants_text: true, ..Answers::default() };
        answers.push(b"_TM");
        assert_eq!(answers.next(), None);
        answers.push(b"-T88\0\x12");
        assert_eq!(answers.next(), Some(Answer::Text("TM-T88".into())));
        assert_eq!(answers.next(), Some(Answer::State(0x12)));
    }

    /// Bytes of which answers are made, far more often than chance.
    fn said() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            any::<u8>().prop_map(|byte| vec![byte]),
            prop::sample::select(vec![0x00, 0x0C, 0x0F, 0x10, 0x12, 0x14, 0x16, 0x22, 0x37, b'_'])
                .prop_map(|byte| vec![byte]),
            Just(vec![0x10, 0, 0, 0x0F]),
            Just(b"\x37\x22Ab ~\0".to_vec()),
            Just(b"_TM-T20\0".to_vec()),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    /// What a printer really says to these questions in these conditions.
    fn really_said(talk: &[(usize, usize)]) -> Vec<u8> {
        const QUESTIONS: [&[u8]; 8] = [
            b"\x10\x04\x01",
            b"\x10\x04\x02",
            b"\x10\x04\x04",
            b"\x1Dr\x01",
            b"\x1D(H\x06\x0000Ab ~",
            b"\x1DI\x43",
            b"\x1Da\xFF",
            b"\x1Da\x00",
        ];
        const CONDITIONS: [Condition; 6] = [
            Condition::Ready,
            Condition::PaperNearEnd,
            Condition::PaperOut,
            Condition::CoverOpen,
            Condition::HoldsProof,
            Condition::GarbledStatus,
        ];
        let mut machine = Machine::new(Model { speed: Speed::Instant, ..Model::epson_80mm() });
        for (question, condition) in talk {
            machine.receive(Duration::ZERO, QUESTIONS[question % QUESTIONS.len()]);
            machine.set(Duration::ZERO, CONDITIONS[condition % CONDITIONS.len()]);
        }
        machine.set(Duration::ZERO, Condition::Ready);
        machine.take_answers()
    }

    /// Real conversations with bytes changed, lost, doubled and put in.
    fn worn() -> impl Strategy<Value = Vec<u8>> {
        let talk = prop::collection::vec((any::<usize>(), any::<usize>()), 0..40);
        let harms = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4, any::<u8>()), 0..8);
        (talk, harms).prop_map(|(talk, harms)| {
            let mut bytes = really_said(&talk);
            for (place, kind, byte) in harms {
                let place = place.index(bytes.len() + 1);
                match kind {
                    0 => bytes.insert(place, byte),
                    1 if place < bytes.len() => bytes[place] = byte,
                    2 if place < bytes.len() => drop(bytes.remove(place)),
                    _ => {
                        let tail = bytes[place..].to_vec();
                        bytes.extend(tail);
                    }
                }
            }
            bytes
        })
    }

    #[test]
    fn a_real_conversation_is_understood_before_it_is_worn() {
        let heard = all(&really_said(&[(0, 0), (3, 2), (4, 0), (6, 3), (6, 0)]), false);
        assert!(!heard.contains(&Answer::Noise), "{heard:?}");
        for kind in [Answer::State(0x12), Answer::Process(*b"Ab ~")] {
            assert!(heard.contains(&kind), "{heard:?}");
        }
        assert!(heard.iter().any(|answer| matches!(answer, Answer::Change(_))), "{heard:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_left_of_a_real_conversation_says_the_same_in_any_pieces(bytes in worn(), piece in 1_usize..9) {
            let mut answers = Answers::default();
            let mut heard = Vec::new();
            for part in bytes.chunks(piece) {
                answers.push(part);
                heard.extend(std::iter::from_fn(|| answers.next()));
            }
            prop_assert_eq!(heard, all(&bytes, false));
        }

        #[test]
        fn any_bytes_in_any_pieces_say_the_same(bytes in said(), piece in 1_usize..9, wants_text: bool) {
            let mut answers = Answers { wants_text, ..Answers::default() };
            let mut heard = Vec::new();
            for part in bytes.chunks(piece) {
                answers.push(part);
                heard.extend(std::iter::from_fn(|| answers.next()));
                prop_assert!(answers.len() <= LONGEST_TEXT, "what waits for its end is bounded");
            }
            let whole = all(&bytes, wants_text);
            // A long text may be given up earlier when it comes in pieces; nothing else depends on them.
            if !wants_text {
                prop_assert_eq!(&heard, &whole);
            }
            prop_assert!(heard.len() <= bytes.len() && whole.len() <= bytes.len());
        }

        #[test]
        fn no_proof_is_made_of_two_answers(bytes in prop_oneof![said(), worn()]) {
            let marks = bytes.windows(7).filter(|seven| {
                let [0x37, 0x22, mark @ .., 0] = seven else { return false };
                mark.iter().all(|byte| (32..=126).contains(byte))
            });
            let heard = all(&bytes, false);
            let proofs = heard.iter().filter(|answer| matches!(answer, Answer::Process(_))).count();
            prop_assert!(proofs <= marks.count());
        }
    }
}
