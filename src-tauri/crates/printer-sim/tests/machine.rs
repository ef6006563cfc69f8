//! The printer in virtual time: paper, buffer, sensors and answers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use fastops_printer_sim::paper::Align;
use fastops_printer_sim::{
    Answers, Condition, Machine, MachineEvent, Model, ProcessIdSupport, Slip, Speed, print_at_once,
};

const CUT: &[u8] = &[0x1D, 0x56, 0x42, 0x00];
const FENCE: &[u8] = &[0x1D, 0x72, 0x01];
const PROCESS_ID: &[u8] = b"\x1D\x28\x48\x06\x00\x30\x30ABCD";
const PROCESS_ID_ANSWER: &[u8] = b"\x37\x22ABCD\x00";
const NOW: Duration = Duration::ZERO;
const LATER: Duration = Duration::from_hours(1);

fn instant_model() -> Model {
    Model { speed: Speed::Instant, ..Model::epson_80mm() }
}

fn instant() -> Machine {
    Machine::new(instant_model())
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

/// Prints `bytes` and a cut at once.
fn slip_of(model: Model, bytes: &[u8]) -> Slip {
    let mut machine = Machine::new(model);
    let stream = [bytes, CUT].concat();
    assert_eq!(machine.receive(NOW, &stream), stream.len());
    machine.advance(LATER);
    slips(&mut machine).pop().unwrap()
}

fn lines(slip: &Slip) -> Vec<String> {
    slip.lines().map(fastops_printer_sim::paper::TextLine::text).collect()
}

#[test]
fn a_ticket_keeps_text_style_and_place() {
    let slip = slip_of(
        instant_model(),
        b"\x1B@\x1C.\x1BR\x00\x1Bt\x13\x1Ba\x01\x1D!\x11MESA 12\x1D!\x00\n\x1Ba\x00\x1BE\x012 x \x1BE\x00Caf\x82\n\x1DB\x01 ALERGIA \x1DB\x00\n",
    );
    assert_eq!(lines(&slip), ["MESA 12", "2 x Café", " ALERGIA "]);
    let table = slip.find_line("MESA").unwrap();
    assert_eq!((table.align, table.runs[0].style.width, table.runs[0].style.height), (Align::Center, 2, 2));
    let item = slip.find_line("Café").unwrap();
    assert!(item.runs[0].style.bold && !item.runs[1].style.bold);
    assert!(slip.find_line("ALERGIA").unwrap().runs[0].style.inverse);
    assert!(slip.unknown_commands.is_empty());
    assert!(!slip.full_cut);
    assert!(slip.text().starts_with("                 MESA 12\n2 x Café\n"), "{}", slip.text());
}

#[test]
fn a_stream_can_be_printed_at_once() {
    let slips = print_at_once(Model::epson_80mm(), &[b"cut\n", CUT, b"left\n"].concat());
    assert_eq!(slips.iter().map(lines).collect::<Vec<_>>(), [["cut"], ["left"]]);
    // 12 mm above the head when the roll was new, and a line of 4 mm.
    assert_eq!(slips[0].length_mm(), 16);
}

#[test]
fn each_code_page_prints_spanish() {
    let cases: [(u8, &[u8]); 2] =
        [(19, &[0xA4, 0xA0, 0x82, 0xA8, 0xAD, 0xD5]), (16, &[0xF1, 0xE1, 0xE9, 0xBF, 0xA1, 0x80])];
    for (table, bytes) in cases {
        let slip = slip_of(instant_model(), &[&[0x1B, b't', table], bytes, b"\n"].concat());
        assert_eq!(lines(&slip), ["ñáé¿¡€"], "table {table}");
    }
}

#[test]
fn a_missing_code_table_is_reported_and_changes_nothing() {
    let slip = slip_of(instant_model(), b"\x1Bt\x02\x1Bt\x35\xA4\n");
    assert_eq!(lines(&slip), ["ñ"]);
    assert_eq!(slip.unknown_commands, [vec![0x1B, b't', 0x35]]);
}

#[test]
fn chinese_mode_eats_accents_until_it_is_left() {
    let model = Model { speed: Speed::Instant, ..Model::clone_58mm() };
    let eaten = slip_of(model.clone(), b"\x1B@\x1Bt\x35jam\xA2n\n");
    assert_eq!(lines(&eaten), ["jam〓"]);
    let whole = slip_of(model, b"\x1B@\x1C.\x1Bt\x35jam\xA2n\n");
    assert_eq!(lines(&whole), ["jamón"]);
}

#[test]
fn text_wraps_at_the_edge_of_the_paper() {
    let slip = slip_of(instant_model(), format!("{}\n", "x".repeat(50)).as_bytes());
    assert_eq!(lines(&slip), ["x".repeat(48), "xx".to_owned()]);
    let double = slip_of(instant_model(), b"\x1D!\x10xxxxxxxxxxxxxxxxxxxxxxxxx\n");
    assert_eq!(lines(&double), ["x".repeat(24), "x".to_owned()]);
}

#[test]
fn a_cut_without_a_feed_leaves_the_last_lines_inside() {
    let mut machine = instant();
    machine.receive(NOW, b"one\ntwo\nthree\nfour\nfive\n\x1DV\x00six\n");
    machine.receive(NOW, CUT);
    let cut = slips(&mut machine);
    // 12 mm between head and knife hold three lines of 4 mm.
    assert_eq!(lines(&cut[0]), ["one", "two"]);
    assert_eq!(lines(&cut[1]), ["three", "four", "five", "six"]);
}

#[test]
fn paper_moves_at_its_speed() {
    let mut machine = Machine::new(Model::epson_80mm());
    machine.receive(NOW, b"a\n\x1D!\x11b\n\x1D!\x00");
    // 4 mm and 7 mm at 150 mm/s.
    machine.advance(Duration::from_millis(26));
    assert_eq!(machine.uncut().len(), 1);
    machine.advance(Duration::from_millis(27));
    assert_eq!(machine.uncut().len(), 2);
    machine.advance(Duration::from_millis(73));
    assert_eq!(machine.uncut().len(), 2);
    machine.advance(Duration::from_millis(74));
    assert_eq!(machine.uncut().len(), 3);
}

#[test]
fn proofs_come_only_after_the_paper_moved() {
    let mut machine = Machine::new(Model::epson_80mm());
    machine.receive(NOW, &[b"a\n", CUT, FENCE, PROCESS_ID].concat());
    let cut_ends = loop {
        let next = machine.next_event().expect("the cut is still to come");
        assert_eq!(machine.take_answers(), b"", "answered before the cut ended");
        machine.advance(next);
        if !slips(&mut machine).is_empty() {
            break next;
        }
    };
    // 4 mm of text, 12 mm to the knife, half a second of cutting.
    assert_eq!(cut_ends.as_millis(), 26 + 80 + 500);
    assert_eq!(machine.take_answers(), [&[0x00], PROCESS_ID_ANSWER].concat());
}

#[test]
fn states_are_answered_at_once_even_with_a_full_buffer_off_line() {
    let mut machine = instant();
    machine.set(NOW, Condition::PaperOut);
    let flood = vec![b'x'; 10_000];
    assert_eq!(machine.receive(NOW, &flood), 4096);
    assert_eq!(machine.room(NOW), 0);
    assert_eq!(machine.receive(NOW, &[0x10, 0x04, 0x01, 0x10, 0x04, 0x04]), 6);
    assert_eq!(machine.take_answers(), [0x1A, 0x7E]);
    assert_eq!(machine.receive(NOW, FENCE), 0, "an ordinary byte must wait");
}

#[test]
fn real_time_bytes_inside_a_picture_are_obeyed_and_drawn() {
    let slip_bytes = [b"\x1Dv0\x00\x03\x00\x01\x00".as_slice(), &[0x10, 0x04, 0x01], CUT].concat();
    let mut machine = instant();
    machine.receive(NOW, &slip_bytes);
    assert_eq!(machine.take_answers(), [0x12]);
    let slip = slips(&mut machine).pop().unwrap();
    assert_eq!(slip.pictures().next().unwrap().data(), [0x10, 0x04, 0x01]);
}

#[test]
fn several_things_are_wrong_at_once_and_end_one_by_one() {
    let mut machine = Machine::new(Model { speed: Speed::Instant, ..Model::epson_80mm() });
    machine.receive(NOW, b"\x1Da\xFF");
    machine.take_answers();
    machine.set(NOW, Condition::PaperNearEnd);
    machine.add(NOW, Condition::CoverOpen);
    assert_eq!(machine.condition(), Condition::CoverOpen);
    assert_eq!(
        machine.take_answers(),
        [0x10, 0, 3, 0x0F, 0x38, 0, 3, 0x0F],
        "paper low, and then the cover too"
    );
    machine.receive(NOW, &[b"line\n", CUT, b"\x10\x04\x04\x10\x04\x02"].concat());
    assert_eq!(machine.take_answers(), [0x1E, 0x16]);
    assert!(slips(&mut machine).is_empty());
    machine.clear(LATER, Condition::CoverOpen);
    assert_eq!(slips(&mut machine).len(), 1);
    assert_eq!(machine.take_answers(), [0x10, 0, 3, 0x0F], "the roll is still nearly used up");
    machine.add(LATER, Condition::Slow);
    machine.set(LATER, Condition::Ready);
    assert_eq!(machine.conditions().iter().count(), 0, "ready is all of it over");
}

/// A stall counts its bytes whatever else is wrong, and a paper that ends leaves the rest as it is.
#[test]
fn what_lasts_for_a_while_ends_alone() {
    let mut machine = Machine::new(Model { speed: Speed::Instant, ..Model::epson_80mm() });
    machine.set(NOW, Condition::GarbledStatus);
    machine.add(NOW, Condition::PaperRunsOut { after_mm: 8 });
    machine.add(NOW, Condition::ResetsLink { after_bytes: 3 });
    assert_eq!(machine.receive(NOW, b"a\nb"), 3);
    let left: Vec<Condition> = machine.conditions().iter().collect();
    assert_eq!(left, [Condition::GarbledStatus, Condition::PaperRunsOut { after_mm: 8 }]);
    machine.receive(NOW, b"\n\n\n\n\n");
    let left: Vec<Condition> = machine.conditions().iter().collect();
    assert_eq!(left, [Condition::GarbledStatus, Condition::PaperOut]);
}

#[test]
fn a_proof_of_either_form_is_held_until_it_is_let_go() {
    for (held, free, late) in [
        (Condition::HoldsProof, PROCESS_ID_ANSWER, &[0][..]),
        (Condition::HoldsProcessId, &[0][..], PROCESS_ID_ANSWER),
    ] {
        let mut machine = Machine::new(Model { speed: Speed::Instant, ..Model::epson_80mm() });
        machine.set(NOW, held);
        machine.receive(NOW, &[b"line\n", CUT, PROCESS_ID, FENCE].concat());
        assert_eq!(slips(&mut machine).len(), 1, "it prints all the same");
        assert_eq!(machine.take_answers(), free, "{held:?}");
        machine.add(NOW, Condition::PaperNearEnd);
        assert!(machine.take_answers().is_empty(), "{held:?} goes on");
        machine.clear(NOW, held);
        assert_eq!(machine.take_answers(), late, "{held:?}");
    }
}

#[test]
fn paper_out_in_mid_ticket_keeps_the_rest_for_the_next_roll() {
    let ticket: Vec<u8> = (1..=20).flat_map(|n| format!("line {n}\n").into_bytes()).collect();
    let mut machine = Machine::new(Model::epson_80mm());
    machine.receive(NOW, &[b"\x1Da\xFF", ticket.as_slice(), CUT, FENCE].concat());
    machine.take_answers();
    machine.set(NOW, Condition::PaperRunsOut { after_mm: 40 });
    machine.take_answers();
    machine.advance(LATER);
    assert_eq!(machine.condition(), Condition::PaperOut);
    assert_eq!(machine.take_answers(), [0x18, 0x00, 0x0F, 0x0F], "only the automatic status, no fence");
    assert!(slips(&mut machine).is_empty());

    machine.set(LATER, Condition::Ready);
    machine.advance(LATER * 2);
    let slip = slips(&mut machine).pop().unwrap();
    assert_eq!(lines(&slip), (1..=20).map(|n| format!("line {n}")).collect::<Vec<_>>());
    assert_eq!(
        machine.take_answers(),
        [0x10, 0x00, 0x00, 0x0F, 0x00],
        "status on line again, then the fence"
    );
}

#[test]
fn every_stop_keeps_the_buffer_and_says_why() {
    for condition in [Condition::CoverOpen, Condition::CutterJam, Condition::Overheated, Condition::Offline] {
        let mut machine = instant();
        machine.set(NOW, condition);
        machine.receive(NOW, &[b"kept\n", CUT, FENCE, &[0x10, 0x04, 0x01]].concat());
        machine.advance(LATER);
        assert_eq!(machine.take_answers(), [0x1A], "{condition:?}: off line, fence not answered");
        assert!(slips(&mut machine).is_empty(), "{condition:?}");
        machine.set(LATER, Condition::Ready);
        assert!(slips(&mut machine).pop().unwrap().contains("kept"), "{condition:?}");
        assert_eq!(machine.take_answers(), [0x00], "{condition:?}");
    }
}

#[test]
fn power_loss_forgets_the_buffer_but_not_the_paper() {
    let mut machine = Machine::new(Model::epson_80mm());
    machine.receive(NOW, &[b"printed\nlost\n", CUT].concat());
    machine.advance(Duration::from_millis(30));
    machine.set(Duration::from_millis(30), Condition::PoweredOff);
    assert_eq!(machine.receive(NOW, b"x"), 0);
    machine.set(LATER, Condition::Ready);
    machine.receive(LATER, &[b"next\n", CUT].concat());
    machine.advance(LATER * 2);
    assert_eq!(lines(&slips(&mut machine).pop().unwrap()), ["printed", "next"]);
}

#[test]
fn dead_and_limited_lines() {
    let mut hung = instant();
    hung.set(NOW, Condition::Hung);
    assert_eq!(hung.receive(NOW, &[0x10, 0x04, 0x01]), 0);
    assert_eq!(hung.take_answers(), b"");

    let mut black_hole = instant();
    black_hole.set(NOW, Condition::BlackHole);
    assert_eq!(black_hole.receive(NOW, &[b"x\n", CUT, &[0x10, 0x04, 0x01]].concat()), 9);
    assert_eq!(black_hole.take_answers(), b"");
    assert!(slips(&mut black_hole).is_empty());

    let mut stalled = instant();
    stalled.set(NOW, Condition::Stalled { after_bytes: 5 });
    assert_eq!(stalled.receive(NOW, b"12345678"), 5);
    assert_eq!(stalled.receive(NOW, &[0x10, 0x04, 0x01]), 0);

    let mut resetting = instant();
    resetting.set(NOW, Condition::ResetsLink { after_bytes: 3 });
    assert_eq!(resetting.receive(NOW, b"12345678"), 3);
    assert!(resetting.take_events().contains(&MachineEvent::LinkReset));
    assert_eq!(resetting.condition(), Condition::Ready);

    let mut dripping = instant();
    dripping.set(NOW, Condition::Drip { bytes_per_second: 40 });
    assert_eq!(dripping.receive(NOW, b"12345678"), 4);
    assert_eq!(dripping.next_event(), Some(Duration::from_millis(100)));
    assert_eq!(dripping.receive(Duration::from_millis(100), b"5678"), 4);
}

#[test]
fn a_slow_printer_takes_its_time() {
    let mut machine = Machine::new(Model::epson_80mm());
    machine.set(NOW, Condition::Slow);
    machine.receive(NOW, b"a\n");
    assert_eq!(machine.next_event(), Some(Duration::from_millis(200)));
}

#[test]
fn garbled_answers_are_never_a_valid_state() {
    let mut machine = instant();
    machine.set(NOW, Condition::GarbledStatus);
    let mut invalid = 0;
    for _ in 0..100 {
        machine.receive(NOW, &[0x10, 0x04, 0x01]);
        invalid += machine.take_answers().iter().filter(|byte| **byte & 0x93 != 0x12).count();
    }
    assert!(invalid >= 90, "{invalid} of 100");
}

#[test]
fn clones_answer_what_their_firmware_knows() {
    let ask = |answers: Answers| {
        let mut machine = Machine::new(Model { answers, ..instant_model() });
        machine.receive(NOW, &[b"a\n", CUT, FENCE, PROCESS_ID, &[0x10, 0x04, 0x01]].concat());
        machine.take_answers()
    };
    // The state comes first: it is answered on arrival, before the buffer is worked off.
    assert_eq!(ask(Answers::all()), [&[0x12, 0x00], PROCESS_ID_ANSWER].concat());
    assert_eq!(ask(Answers::fence_only()), [0x12, 0x00]);
    assert_eq!(ask(Answers::state_only()), [0x12]);
    assert_eq!(ask(Answers::none()), b"");
}

#[test]
fn a_process_id_can_come_out_as_junk() {
    let answers = Answers { process_id: ProcessIdSupport::PrintedAsJunk, ..Answers::all() };
    let slip = slip_of(Model { answers, ..instant_model() }, PROCESS_ID);
    assert_eq!(lines(&slip), ["H00ABCD"]);
}

#[test]
fn drawers_and_buzzers_are_counted_apart() {
    let slip = slip_of(
        instant_model(),
        &[b"\x1Bp\x00\x19\xFA".as_slice(), b"\x1B(A\x04\x000\x01\x03\x05", b"\x1BB\x02\x03", b"x\n"].concat(),
    );
    assert_eq!((slip.drawer_kicks, slip.beeps), (1, 5));
    assert_eq!(lines(&slip), ["x"]);
    assert!(slip.unknown_commands.is_empty());
}

#[test]
fn a_drawer_command_without_its_times_eats_what_follows() {
    let slip = slip_of(instant_model(), &[b"x\n\x1Bp\x00".as_slice(), CUT].concat());
    assert_eq!(lines(&slip), ["x", "B"], "the cut became two pulse times, a letter and a stray byte");
}

#[test]
fn codes_keep_their_content() {
    let slip = slip_of(
        instant_model(),
        b"\x1Dh\x50\x1Dw\x02\x1DH\x02\x1Dk\x49\x06{BA-12\x1D(k\x03\x001C\x06\x1D(k\x07\x001P0abcd\x1D(k\x03\x001Q0",
    );
    assert_eq!(slip.barcodes().next().unwrap().data, "{BA-12");
    let qr = slip.qr_codes().next().unwrap();
    assert_eq!((qr.data.as_str(), qr.module_dots), ("abcd", 6));
    assert!(slip.text().contains("[CODE128 {BA-12]\n[QR abcd]\n"), "{}", slip.text());
}

#[test]
fn a_job_begins_with_its_first_byte_and_not_with_a_question() {
    let mut machine = instant();
    machine.link_opened();
    let at = |ms| Duration::from_millis(ms);
    machine.receive(at(1), &[0x10, 0x04, 0x01]);
    machine.receive(at(2), FENCE);
    machine.receive(at(3), b"\x1B");
    machine.receive(at(4), b"@x\n");
    machine.receive(at(5), &[CUT, FENCE].concat());
    machine.receive(at(9), b"second\n");
    let started: Vec<_> = machine
        .take_events()
        .into_iter()
        .filter_map(|event| match event {
            MachineEvent::JobStarted { at } => Some(at.as_millis()),
            _ => None,
        })
        .collect();
    assert_eq!(started, [3, 9]);
}

#[test]
fn the_raw_bytes_of_a_slip_end_with_its_cut() {
    let mut machine = instant();
    machine.receive(NOW, &[b"a\n", CUT, b"b\n", CUT].concat());
    let raw: Vec<Vec<u8>> = slips(&mut machine).into_iter().map(|slip| slip.raw).collect();
    assert_eq!(raw, [[b"a\n", CUT].concat(), [b"b\n", CUT].concat()]);
}
