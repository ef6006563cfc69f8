//! Words that nobody should type, the papers that they stand on, and a printer that shows what came of them.

use fastops_domain::contact::Promise;
use fastops_domain::ids::LineId;
use fastops_domain::order::OrderType;
use fastops_domain::station::PrinterProfile;
use fastops_domain::ticket::{TicketContent, TicketKind, TicketLine};
use fastops_domain::time::{LocalTime, Time};
use fastops_domain::user::Language;
use fastops_printer_sim::parser::Command;
use fastops_printer_sim::{Machine, MachineEvent, Model, Slip, Speed};
use fastops_printing::{Encoded, Stamp};
use proptest::prelude::*;
use std::time::Duration;
use uuid::Uuid;

pub(crate) const STAMP: Stamp = Stamp {
    printed_at: LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 },
    language: Language::Es,
    copy: 0,
    possible_duplicate: false,
    backup: false,
};

pub(crate) fn profile(columns: u8) -> PrinterProfile {
    PrinterProfile { columns, ..PrinterProfile::default() }
}

pub(crate) fn stamp(copy: u32, possible_duplicate: bool, english: bool) -> Stamp {
    let language = if english { Language::En } else { Language::Es };
    Stamp { copy, possible_duplicate, language, ..STAMP }
}

/// A ticket whose every text field holds one of `texts`.
pub(crate) fn ticket(texts: &[String; 12], kind: TicketKind, voided: bool) -> TicketContent {
    let text = |n: usize| texts[n].clone();
    let line = |name: usize, voided| TicketLine {
        combo: None,
        line: LineId(Uuid::nil()),
        product: None,
        quantity: 3,
        name: text(name),
        modifiers: vec![text(7), text(8)],
        note: Some(text(9)),
        allergy: Some(text(10)),
        course: 2,
        seat: Some(7),
        voided,
        void_reason: None,
    };
    TicketContent {
        kind,
        station: text(0),
        number: 41,
        order_number: 128,
        order_type: OrderType::Delivery,
        table: Some(text(1)),
        room: Some(text(2)),
        customer: Some(text(3)),
        covers: Some(4),
        waiter: text(4),
        terminal: text(5),
        note: Some(text(6)),
        urgent: voided,
        preparation_minutes: 15,
        lines: vec![line(11, false), line(11, voided)],
        moved: None,
        fired: voided.then_some(2),
        promised: Some(Promise { at: Time(0), hour: 20, minute: 15 }),
    }
}

pub(crate) fn print(encoded: &Encoded, columns: u8) -> Slip {
    let model = Model { columns: columns.into(), speed: Speed::Instant, ..Model::epson_80mm() };
    let mut machine = Machine::new(model);
    let (mut at, mut sent) = (Duration::ZERO, 0);
    while sent < encoded.bytes.len() {
        sent += machine.receive(at, &encoded.bytes[sent..]);
        at += Duration::from_secs(1);
        machine.advance(at);
    }
    machine.advance(at + Duration::from_mins(1));
    let slips: Vec<Slip> = machine
        .take_events()
        .into_iter()
        .filter_map(|event| match event {
            MachineEvent::SlipCut { slip, .. } => Some(slip),
            _ => None,
        })
        .collect();
    assert_eq!(slips.len(), 1, "one ticket, one paper");
    slips.into_iter().next().unwrap()
}

/// Whether the encoder means to send such a command.
pub(crate) fn is_ours(command: &Command) -> bool {
    match command {
        Command::Text(byte) => *byte >= 0x20 && *byte != 0x7F,
        Command::CodeTable(n) => *n == PrinterProfile::default().code_table,
        Command::NationalSet(n) => *n == 0,
        Command::Size { width, height } => *width <= 3 && *height <= 3,
        Command::FeedLines(lines) => *lines == 3,
        Command::FeedDots(dots) => *dots == 8,
        Command::Cut { partial, feed } => *partial && *feed == Some(0),
        Command::ChineseMode(on) => !on,
        Command::LineFeed
        | Command::Initialize
        | Command::Bold(_)
        | Command::Inverse(_)
        | Command::Picture(_) => true,
        _ => false,
    }
}

/// Any characters, with those that are commands to a printer far more often than chance.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::char::range('\0', '\u{1F}').prop_map(String::from),
        prop::char::range('\u{7F}', '\u{9F}').prop_map(String::from),
        Just("\u{10}\u{4}\u{1}".to_owned()),
        Just("\u{10}\u{14}\u{1}\u{0}\u{1}".to_owned()),
        Just("\u{1B}@".to_owned()),
        Just("\u{1D}V\u{0}".to_owned()),
        Just("\u{1B}p\u{0}\u{19}\u{FA}".to_owned()),
        "[a-zñáé ]{1,12}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Without control characters; those that part words part them still.
pub(crate) fn tamed(text: &str) -> String {
    let tame = |c: char| if c.is_control() && c.is_whitespace() { ' ' } else { c };
    text.chars().map(tame).filter(|c| !c.is_control()).collect()
}
