//! Every kind of paper, whatever people typed: no byte of theirs is a command, and every word is there to be read.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod typed;

use fastops_domain::cash::{CashDirection, Drawer};
use fastops_domain::contact::Promise;
use fastops_domain::document::{
    Bill, BillLine, BillPayment, BillTax, CashReport, CatchUp, Document, OpeningCheck, Pending, ReportCount,
    ReportDrawer, ReportMethod, ReportMove, TestPage,
};
use fastops_domain::ids::LogoId;
use fastops_domain::money::{Currency, Money};
use fastops_domain::order::OrderType;
use fastops_domain::picture::Grey;
use fastops_domain::station::{Abilities, Candidate, CodePage, PrinterProfile};
use fastops_domain::ticket::{Moved, TicketKind};
use fastops_domain::time::Time;
use fastops_printer_sim::parser::{Command, Parser};
use fastops_printing::encode::document_with_logo;
use fastops_printing::{document, text};
use proptest::prelude::*;
use typed::{STAMP, hostile, is_ours, print, profile, stamp, tamed, ticket};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

type Texts = [String; 12];

/// How a kind of paper is made of twelve texts; each of them stands somewhere on it.
type Made = fn(&Texts) -> Document;

const KINDS: [(&str, Made); 7] = [
    ("pre-bill", |texts| Document::PreBill(bill(texts))),
    ("receipt", |texts| Document::Receipt(bill(texts))),
    ("catch-up slip", |texts| Document::CatchUp(catch_up(texts))),
    ("report X", |texts| Document::CashReport(CashReport { closed: None, ..cash_report(texts) })),
    ("report Z", |texts| Document::CashReport(cash_report(texts))),
    ("test page", |texts| Document::TestPage(test_page(texts))),
    ("opening check", |texts| Document::OpeningCheck(OpeningCheck { printer: texts.concat() })),
];

/// A kind that is missing here does not compile.
const fn is_tried(document: &Document) -> bool {
    match document {
        Document::Drawer => false,
        Document::PreBill(_)
        | Document::Receipt(_)
        | Document::CatchUp(_)
        | Document::CashReport(_)
        | Document::TestPage(_)
        | Document::OpeningCheck(_) => true,
    }
}

fn currency(code: &str) -> Currency {
    Currency { code: code.to_owned(), minor_digits: 2, shown_digits: 0 }
}

fn taxes(texts: &Texts) -> Vec<BillTax> {
    vec![BillTax { name: texts[4].clone(), amount: Money(152_000) }]
}

fn bill(texts: &Texts) -> Bill {
    let text = |n: usize| texts[n].clone();
    let line = |name, modifiers| BillLine {
        quantity: 2,
        name,
        modifiers,
        amount: Money(3_800_000),
        parts: Vec::new(),
        share: None,
    };
    let paid = |method, tip| BillPayment { method, amount: Money(5_000_000), tip };
    Bill {
        house: text(0),
        branch: text(1),
        currency: currency(&texts[11]),
        order_number: 128,
        order_type: OrderType::DineIn,
        table: Some(text(2)),
        customer: Some(text(3)),
        phone: Some(text(7)),
        address: Some(text(8)),
        courier_note: Some(text(9)),
        promised: Some(Promise { at: Time(0), hour: 20, minute: 15 }),
        waiter: text(5),
        lines: vec![line(text(6), vec![text(7), text(8)]), line(text(9), Vec::new())],
        net: Money(7_448_000),
        taxes: taxes(texts),
        total: Money(7_600_000),
        payments: vec![paid(text(10), Money(100_000)), paid(text(10), Money::ZERO)],
        number: Some(text(2)),
        head: vec![text(7), String::new(), text(8)],
        foot: vec![text(9)],
        qr: Some("https://fonda.co/r".to_owned()),
        logo: None,
        part: None,
    }
}

fn catch_up(texts: &Texts) -> CatchUp {
    let moved =
        Moved { from: Some(texts[1].clone()), was: None, numbers: vec![7], things: vec![texts[6].clone()] };
    let pending = |content| Pending { content, hour: 19, minute: 5, possible_duplicate: true };
    let slip = ticket(texts, TicketKind::Change, true);
    let mut gone = ticket(texts, TicketKind::New, false);
    (gone.moved, gone.lines) = (Some(moved), Vec::new());
    CatchUp { station: texts[0].clone(), pending: vec![pending(slip), pending(gone)], made: vec![4, 5] }
}

fn cash_report(texts: &Texts) -> CashReport {
    let text = |n: usize| texts[n].clone();
    let at = STAMP.printed_at;
    let moved = |direction| ReportMove { at, direction, amount: Money(500), reason: text(7), by: text(8) };
    CashReport {
        house: text(0),
        branch: text(1),
        currency: currency("COP"),
        terminal: text(2),
        number: 12,
        opened_at: at,
        opened_by: text(3),
        closed: Some(ReportCount {
            at,
            by: text(9),
            counted: Money(100),
            difference: Money(-5),
            note: Some(text(10)),
        }),
        orders: 41,
        net: Money(900),
        taxes: taxes(texts),
        total: Money(1_000),
        methods: vec![ReportMethod { method: text(5), payments: 3, amount: Money(7), tip: Money(1) }],
        moves: vec![moved(CashDirection::In), moved(CashDirection::Out)],
        drawer: Some(ReportDrawer { figures: Drawer::default(), expected: Money(105) }),
    }
}

fn test_page(texts: &Texts) -> TestPage {
    TestPage {
        printer: texts[0].clone(),
        address: texts[1].clone(),
        stations: texts[2..].to_vec(),
        candidates: vec![
            Candidate { table: 16, page: CodePage::Windows1252 },
            Candidate { table: 2, page: CodePage::Cp850 },
        ],
    }
}

/// The candidates of a test page are shown under their own numbers.
fn is_shown(command: &Command) -> bool {
    matches!(command, Command::CodeTable(2 | 16))
        || matches!(command, Command::FeedLines(1..=3))
        || matches!(
            command,
            Command::Justify(_)
                // Which kind of QR code.
                | Command::Accepted(_)
                | Command::QrModule(_)
                | Command::QrLevel(_)
                | Command::QrStore(_)
                | Command::QrPrint
        )
        || is_ours(command)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_control_byte_from_a_person_reaches_the_printer(
        texts in prop::array::uniform12(hostile()),
        columns in prop::sample::select(vec![24_u8, 32, 42, 48, 64]),
        pictures: bool, english: bool, duplicate: bool, copy in 0_u32..3,
    ) {
        let abilities = Abilities { pictures, ..Abilities::USUAL };
        for (name, made) in KINDS {
            let paper = made(&texts);
            prop_assert!(is_tried(&paper));
            let profile = PrinterProfile { abilities, ..profile(columns) };
            let encoded = document(&paper, &stamp(copy, duplicate, english), &profile).unwrap();
            let commands = Parser::parse_all(&encoded.bytes);
            for command in &commands {
                prop_assert!(is_shown(command), "{name}: {command:?}");
                prop_assert!(pictures || !matches!(command, Command::Picture(_)), "{name}");
            }
            let cuts = commands.iter().filter(|command| matches!(command, Command::Cut { .. })).count();
            prop_assert_eq!(cuts, 1, "{}", name);
            let real_time = encoded.bytes.windows(2).any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14]));
            prop_assert!(!real_time, "{name}: a real-time command hides in the bytes");
            prop_assert!(print(&encoded, columns).unknown_commands.is_empty(), "{name}");
        }
    }

    /// A paper of the same words without control characters is the same to the last byte.
    #[test]
    fn control_characters_change_nothing(texts in prop::array::uniform12(hostile())) {
        let tame = texts.each_ref().map(|text| tamed(text));
        // Where a control character keeps two parts of one letter apart, the letter is drawn in two parts.
        prop_assume!(tame.iter().all(|text| text.nfc().eq(text.chars())));
        // The texts of a check are one word, in which what ends one and begins the next could be one letter.
        for (name, made) in &KINDS[..6] {
            let bytes = |texts| document(&made(texts), &STAMP, &profile(48)).unwrap().bytes;
            prop_assert_eq!(bytes(&texts), bytes(&tame), "{}", name);
        }
    }

    /// What people typed is on the paper as a reader would write it: folded marks, no control character, and drawn
    /// where the page lacks a letter.
    #[test]
    fn every_word_is_on_every_paper(
        texts in prop::array::uniform12("([a-zA-ZñÑáéíóúü¿?¡!.,()0-9“”’–…\u{1B}\u{10}\u{7F}\u{9B}]{1,4} ){1,6}"),
        columns in prop::sample::select(vec![24_u8, 32, 42, 48, 64]),
    ) {
        for (name, made) in KINDS {
            let paper = made(&texts);
            let slip = print(&document(&paper, &STAMP, &profile(columns)).unwrap(), columns);
            let shown = slip.text();
            for (at, text) in texts.iter().enumerate().filter(|(at, _)| is_on(&paper, *at)) {
                // Words so short that they are never parted.
                for word in text::clean(text, CodePage::Cp858).split_whitespace() {
                    prop_assert!(shown.contains(word), "{name}: {word:?} of text {at} is not on\n{}", slip.text());
                }
            }
            for line in slip.text().lines().filter(|line| !line.starts_with("[picture") && !line.starts_with("[QR")) {
                prop_assert!(line.chars().count() <= usize::from(columns), "{name}: too wide: {line}");
            }
        }
    }
}

/// Whether a paper has room for the text: an open drawer has no count, and a report no more than eleven.
const fn is_on(paper: &Document, at: usize) -> bool {
    match paper {
        Document::CashReport(report) if report.closed.is_none() => !matches!(at, 6 | 9 | 10 | 11),
        Document::CashReport(_) => !matches!(at, 6 | 11),
        // Which terminal sent a ticket matters no more when it is made late.
        Document::CatchUp(_) => at != 5,
        _ => true,
    }
}

/// The pulse for the drawer has no words.
#[test]
fn a_drawer_is_opened_and_no_paper_comes() {
    let encoded = document(&Document::Drawer, &STAMP, &PrinterProfile::default()).unwrap();
    let commands = Parser::parse_all(&encoded.bytes);
    assert!(commands.iter().any(|command| matches!(command, Command::DrawerKick { .. })), "{commands:?}");
    let moves_paper =
        |command: &Command| matches!(command, Command::Text(_) | Command::LineFeed | Command::Cut { .. });
    assert!(!commands.iter().any(moves_paper), "{commands:?}");
}

/// Dots of which every second pair would be a command that printers obey at once.
#[test]
fn no_command_hides_in_a_logo() {
    let bytes = [0x10, 0x04, 0x10, 0x05, 0x10, 0x14, 0x10, 0x10];
    let dots = bytes.iter().flat_map(|byte: &u8| (0..8).map(move |bit| byte & (0x80 >> bit) != 0));
    let row: Vec<u8> = dots.map(|black| if black { 0 } else { 255 }).collect();
    let picture = Grey::new(64, row.repeat(100)).unwrap();
    let texts: Texts = std::array::from_fn(|at| format!("texto {at}"));
    let paper = Document::PreBill(Bill { logo: Some(LogoId(Uuid::nil())), ..bill(&texts) });
    let encoded = document_with_logo(&paper, Some(&picture), &STAMP, &profile(48)).unwrap();
    assert!(!encoded.bytes.windows(2).any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14])));
    let slip = print(&encoded, 48);
    let shown = slip.pictures().next().unwrap();
    assert_eq!((shown.width_dots(), shown.height_dots()), (64, 100));
    assert!(shown.is_black(3, 50) && !shown.is_black(0, 50), "the same picture but for a dot here and there");
}
