//! What holds for every stream: chunking does not matter, and nothing that arrives can bring the printer
//! down.

use std::time::Duration;

use fastops_printer_sim::{Condition, Machine, MachineEvent, Model, Slip, Speed};
use proptest::prelude::*;

fn instant() -> Machine {
    Machine::new(Model { speed: Speed::Instant, ..Model::epson_80mm() })
}

fn slips(machine: &mut Machine) -> Vec<Slip> {
    machine
        .take_events()
        .into_iter()
        .filter_map(|event| match event {
            MachineEvent::SlipCut { slip, .. } => Some(slip),
            _ => None,
        })
        .collect()
}

/// A piece of a ticket: mostly well formed, sometimes noise.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => "[ -~]{0,20}\n".prop_map(String::into_bytes),
        1 => Just(b"\x1DVB\x00".to_vec()),
        1 => Just(b"\x1DV\x00".to_vec()),
        1 => Just(b"\x1Dr\x01".to_vec()),
        1 => Just(b"\x10\x04\x01".to_vec()),
        1 => Just(b"\x1D(H\x06\x0000ABCD".to_vec()),
        1 => Just(b"\x1Dv0\x00\x02\x00\x02\x00\x10\x04\x01\x1B".to_vec()),
        1 => any::<[u8; 3]>().prop_map(|[mode, size, align]| {
            vec![0x1B, b'!', mode, 0x1D, b'!', size & 0x77, 0x1B, b'a', align % 3]
        }),
        1 => proptest::collection::vec(any::<u8>(), 0..12),
    ]
}

proptest! {
    #[test]
    fn any_split_of_the_bytes_gives_the_same_paper_and_the_same_answers(
        pieces in proptest::collection::vec(piece(), 0..40),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..30),
    ) {
        let stream = pieces.concat();
        let mut whole = instant();
        prop_assert_eq!(whole.receive(Duration::ZERO, &stream), stream.len());

        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
        places.extend([0, stream.len()]);
        places.sort_unstable();
        let mut split = instant();
        for ends in places.windows(2) {
            prop_assert_eq!(split.receive(Duration::ZERO, &stream[ends[0]..ends[1]]), ends[1] - ends[0]);
        }
        prop_assert_eq!(split.uncut(), whole.uncut());
        prop_assert_eq!(slips(&mut split), slips(&mut whole));
        let sorted = |mut answers: Vec<u8>| { answers.sort_unstable(); answers };
        // Real-time answers overtake, so only what was said is compared, not the order between the two kinds.
        prop_assert_eq!(sorted(split.take_answers()), sorted(whole.take_answers()));
    }

    #[test]
    fn noise_never_panics_and_its_paper_can_be_read(noise in proptest::collection::vec(byte(), 0..1500)) {
        let mut machine = instant();
        machine.receive(Duration::ZERO, &noise);
        machine.tear_off(Duration::from_secs(1));
        for slip in slips(&mut machine) {
            let _ = slip.text();
        }
    }

    #[test]
    fn a_timed_printer_loses_nothing_whatever_happens_in_between(
        lines in 1usize..60,
        stops in proptest::collection::vec((0u64..2_000, 0usize..5), 0..6),
    ) {
        let conditions = [
            Condition::PaperOut, Condition::CoverOpen, Condition::CutterJam, Condition::Slow, Condition::Ready,
        ];
        let mut machine = Machine::new(Model::epson_80mm());
        let mut now = Duration::ZERO;
        let mut ticket: Vec<u8> = (0..lines).flat_map(|n| format!("line {n}\n").into_bytes()).collect();
        ticket.extend(b"\x1DVB\x00\x1Dr\x01");
        prop_assert_eq!(machine.receive(now, &ticket), ticket.len());
        for (pause_ms, which) in stops {
            now += Duration::from_millis(pause_ms);
            machine.set(now, conditions[which]);
        }
        machine.set(now, Condition::Ready);
        machine.advance(now + Duration::from_mins(10));
        let paper = slips(&mut machine);
        prop_assert_eq!(paper.len(), 1);
        prop_assert_eq!(paper[0].lines().count(), lines);
        prop_assert_eq!(machine.take_answers(), [0x00]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn noise_can_be_drawn(noise in proptest::collection::vec(byte(), 0..200)) {
        let mut machine = instant();
        machine.receive(Duration::ZERO, &noise);
        machine.tear_off(Duration::from_secs(1));
        for slip in slips(&mut machine) {
            // Length, not pixels, is what makes a picture expensive.
            if slip.blocks.len() < 40 {
                prop_assert!(slip.png().starts_with(b"\x89PNG"));
            }
        }
    }
}

/// Noise rich in the bytes that commands are made of.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![
        2 => any::<u8>(),
        1 => prop::sample::select(b"\x10\x1B\x1C\x1D\x04\x05\x14(*@Dkvp!VLH8\x00\x01\n".to_vec()),
    ]
}
