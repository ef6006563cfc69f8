//! Real tickets with bytes changed, lost, doubled and put in: whatever comes over a line, the simulated printer
//! takes it apart without losing a byte, prints the same however it was cut into pieces, and never ends.
//!
//! `PROPTEST_CASES=100000 cargo test -p fastops-tests worn` makes a long run of it.

use super::golden_files;
use fastops_printer_sim::parser::Parser;
use fastops_printer_sim::{Machine, MachineEvent, Model, Slip, Speed};
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::Duration;

/// The bytes of every golden ticket, in the order of their names.
static TICKETS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let dumps = golden_files().into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "hex"));
    let bytes = |path| {
        let dump = std::fs::read_to_string(path).unwrap();
        dump.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
    };
    dumps.map(bytes).collect()
});

/// Bytes that commands are made of.
const SHARP: &[u8] = b"\x10\x1B\x1C\x1D\x04\x14(*@Dkvp!VLH8\x00\x01\xFF\n";

#[derive(Clone, Debug)]
enum Harm {
    Change(prop::sample::Index, u8),
    Lose(prop::sample::Index, usize),
    Put(prop::sample::Index, Vec<u8>),
    /// The rest of another ticket takes the place of the rest of this one.
    Graft(prop::sample::Index, prop::sample::Index, prop::sample::Index),
}

fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), prop::sample::select(SHARP.to_vec())]
}

fn harm() -> impl Strategy<Value = Harm> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        4 => (place(), byte()).prop_map(|(at, byte)| Harm::Change(at, byte)),
        2 => (place(), 1_usize..40).prop_map(|(at, count)| Harm::Lose(at, count)),
        2 => (place(), prop::collection::vec(byte(), 1..12)).prop_map(|(at, bytes)| Harm::Put(at, bytes)),
        1 => (place(), place(), place()).prop_map(|(at, other, from)| Harm::Graft(at, other, from)),
    ]
}

fn worn(ticket: prop::sample::Index, harms: &[Harm]) -> Vec<u8> {
    let mut bytes = ticket.get(&TICKETS).clone();
    for harm in harms {
        match harm {
            Harm::Change(at, byte) if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Harm::Change(..) => {}
            Harm::Lose(at, count) => {
                let at = at.index(bytes.len() + 1);
                let end = bytes.len().min(at + count);
                bytes.drain(at..end);
            }
            Harm::Put(at, put) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, put.iter().copied());
            }
            Harm::Graft(at, other, from) => {
                let other = other.get(&TICKETS);
                bytes.truncate(at.index(bytes.len() + 1));
                bytes.extend(&other[from.index(other.len())..]);
            }
        }
    }
    bytes
}

/// Paper and answers of what came in these pieces.
fn printed(bytes: &[u8], piece: usize) -> (Vec<Slip>, Vec<u8>) {
    let mut machine = Machine::new(Model { speed: Speed::Instant, ..Model::epson_80mm() });
    for part in bytes.chunks(piece) {
        assert_eq!(machine.receive(Duration::ZERO, part), part.len(), "it took less than it was given");
    }
    machine.tear_off(Duration::from_secs(1));
    let events = machine.take_events().into_iter();
    let slips = events.filter_map(|event| match event {
        MachineEvent::SlipCut { slip, .. } => Some(slip),
        _ => None,
    });
    let slips = slips.collect();
    let mut answers = machine.take_answers();
    // Real-time answers overtake, so only what was said is compared.
    answers.sort_unstable();
    (slips, answers)
}

/// The bytes of the commands that were found, with what waits for its end.
fn taken_apart(bytes: &[u8]) -> Vec<u8> {
    let mut parser = Parser::new();
    let mut found = Vec::new();
    for byte in bytes {
        parser.push(*byte);
        while let Some((_, command)) = parser.next_command() {
            found.extend(command);
        }
    }
    found.extend(parser.pending());
    found
}

#[test]
fn the_tickets_are_there_and_whole_before_they_are_worn() {
    assert!(TICKETS.len() > 30, "{}", TICKETS.len());
    for ticket in TICKETS.iter() {
        assert_eq!(&taken_apart(ticket), ticket);
        let (slips, _) = printed(ticket, ticket.len());
        assert!(slips.iter().all(|slip| slip.unknown_commands.is_empty()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_worn_ticket_loses_no_byte_and_prints_the_same_in_any_pieces(
        ticket: prop::sample::Index,
        harms in prop::collection::vec(harm(), 0..12),
        piece in 1_usize..200,
    ) {
        let bytes = worn(ticket, &harms);
        prop_assert_eq!(taken_apart(&bytes), bytes.clone());
        let (whole, said) = printed(&bytes, bytes.len().max(1));
        let (pieces, said_in_pieces) = printed(&bytes, piece);
        prop_assert_eq!(&whole, &pieces);
        prop_assert_eq!(said, said_in_pieces);
        for slip in &whole {
            let _ = slip.text();
        }
    }
}
