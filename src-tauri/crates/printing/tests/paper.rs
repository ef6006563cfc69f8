//! What reaches the printer, whatever a person typed: only our commands, and every word.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod typed;

use fastops_domain::station::{CodePage, PrinterProfile};
use fastops_domain::ticket::TicketKind;
use fastops_printer_sim::Slip;
use fastops_printer_sim::parser::{Command, Parser};
use fastops_printing::encode::{Paper, Style};
use fastops_printing::text;
use fastops_printing::{EncodeError, kitchen_ticket, test_page};
use proptest::prelude::*;
use typed::{STAMP, hostile, is_ours, print, profile, stamp, tamed, ticket};
use unicode_normalization::UnicodeNormalization as _;

/// Every page and the number under which the simulated printer has it.
const PAGES: [(CodePage, u8); 8] = [
    (CodePage::Cp437, 0),
    (CodePage::Cp850, 2),
    (CodePage::Cp860, 3),
    (CodePage::Cp863, 4),
    (CodePage::Cp865, 5),
    (CodePage::Windows1252, 16),
    (CodePage::Cp858, 19),
    (CodePage::Latin9, 40),
];

/// What is typed and what must be read.
const PIECES: [(&str, &str); 24] = [
    ("a", "a"),
    ("Z9", "Z9"),
    ("~\\{}#", "~\\{}#"),
    (" ", " "),
    ("\t", " "),
    ("\r\n", " "),
    ("\u{A0}", " "),
    ("ñ", "ñ"),
    ("n\u{303}", "ñ"),
    ("A\u{301}", "Á"),
    ("¿¡", "¿¡"),
    ("ç", "ç"),
    ("€", "€"),
    ("Ø", "Ø"),
    ("“x”", "\"x\""),
    ("’", "'"),
    ("–", "-"),
    ("…", "..."),
    ("\u{1B}@", "@"),
    ("\u{10}\u{4}\u{1}", ""),
    ("\u{9B}", ""),
    ("\u{1D}V\u{0}", "V"),
    ("\u{200D}\u{FEFF}", ""),
    ("щ", "щ"),
];

/// One row of what was typed, on a paper of 64 columns.
fn print_row(typed: &str, (code_page, code_table): (CodePage, u8)) -> Slip {
    let profile = PrinterProfile { columns: 64, code_page, code_table, ..PrinterProfile::default() };
    let mut paper = Paper::new(profile).unwrap();
    paper.row(Style::PLAIN, &text::clean(typed, code_page)).unwrap();
    print(&paper.cut().unwrap(), 64)
}

/// The letters of a text or paper without blanks, so that wrapping does not matter.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The control: an encoder that lets a person's bytes through is found out by the eyes that look here.
#[test]
fn a_command_that_a_person_typed_would_be_seen() {
    let texts = std::array::from_fn(|_| "Sin cebolla".to_owned());
    let encoded = kitchen_ticket(&ticket(&texts, TicketKind::New, false), &STAMP, &profile(48)).unwrap();
    let at = encoded.bytes.windows(11).position(|window| window == b"Sin cebolla").unwrap();
    for typed in [
        &b"\x10\x04\x01"[..],
        b"\x10\x14\x01\x00\x01",
        b"\x1Bp\x00\x19\xFA",
        b"\x1DV\x00",
        b"\x1Br\x01",
        b"\x07",
        b"\x1Bt\x00",
        b"\x1B2",
    ] {
        let mut bytes = encoded.bytes.clone();
        bytes.splice(at..at, typed.iter().copied());
        let commands = Parser::parse_all(&bytes);
        let cuts = commands.iter().filter(|command| matches!(command, Command::Cut { .. })).count();
        let real_time = bytes.windows(2).any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14]));
        let seen = real_time || cuts != 1 || !commands.iter().all(is_ours);
        assert!(seen, "{typed:02x?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_control_byte_from_a_person_reaches_the_printer(
        texts in prop::array::uniform12(hostile()),
        columns in prop::sample::select(vec![24_u8, 32, 42, 48, 64]),
        kind in prop::sample::select(TicketKind::ALL.to_vec()),
        voided: bool, english: bool, duplicate: bool, copy in 0_u32..3,
    ) {
        let content = ticket(&texts, kind, voided);
        let encoded = kitchen_ticket(&content, &stamp(copy, duplicate, english), &profile(columns)).unwrap();
        let commands = Parser::parse_all(&encoded.bytes);
        for command in &commands {
            prop_assert!(is_ours(command), "{command:?}");
        }
        let cuts = commands.iter().filter(|command| matches!(command, Command::Cut { .. })).count();
        prop_assert_eq!(cuts, 1);
        let real_time = encoded.bytes.windows(2).any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14]));
        prop_assert!(!real_time, "a real-time command hides in the bytes");
        prop_assert!(print(&encoded, columns).unknown_commands.is_empty());
    }

    /// What a person types can neither add a command of ours nor take one away: a ticket of the same words without
    /// control characters is the same to the last byte.
    #[test]
    fn control_characters_change_nothing(
        texts in prop::array::uniform12(hostile()),
        columns in prop::sample::select(vec![32_u8, 48]),
        voided: bool,
    ) {
        let tame = texts.each_ref().map(|text| tamed(text));
        // Where a control character keeps two parts of one letter apart, the letter is drawn in two parts.
        prop_assume!(tame.iter().all(|text| text.nfc().eq(text.chars())));
        let bytes = |texts| {
            kitchen_ticket(&ticket(texts, TicketKind::New, voided), &STAMP, &profile(columns)).unwrap().bytes
        };
        prop_assert_eq!(bytes(&texts), bytes(&tame));
    }

    #[test]
    fn every_word_is_on_the_paper(
        texts in prop::array::uniform12("([a-zA-ZñÑáéíóúü¿?¡!.,()0-9]{1,70} ?){1,12}"),
        columns in prop::sample::select(vec![24_u8, 32, 42, 48, 64]),
        voided: bool,
    ) {
        let content = ticket(&texts, TicketKind::New, voided);
        let encoded = kitchen_ticket(&content, &STAMP, &profile(columns)).unwrap();
        let slip = print(&encoded, columns);
        let paper = letters(&slip.text());
        prop_assert_eq!(slip.pictures().count(), 0, "all of it is in the page");
        for text in &texts {
            prop_assert!(paper.contains(&letters(text)), "{text:?} is not on\n{}", slip.text());
        }
        for line in slip.text().lines() {
            prop_assert!(line.chars().count() <= usize::from(columns), "too wide: {line}");
        }
    }

    #[test]
    fn what_is_typed_is_on_paper_in_every_page_of_every_printer(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..9),
        page in prop::sample::select(PAGES.to_vec()),
    ) {
        let typed: String = pieces.iter().map(|piece| piece.0).collect();
        let expected: String = pieces.iter().map(|piece| piece.1).collect();
        let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
        let slip = print_row(&typed, page);
        if slip.pictures().count() == 0 {
            let shown = slip.text();
            prop_assert_eq!(shown.trim_end().trim_start_matches('\n'), expected);
        } else {
            prop_assert!(expected.chars().any(|c| text::encode_char(c, page.0).is_none()), "{}", expected);
        }
    }

    #[test]
    fn any_character_is_shown_or_drawn_and_never_another(
        c in any::<char>(), page in prop::sample::select(PAGES.to_vec()),
    ) {
        let slip = print_row(&format!("<{c}>"), page);
        prop_assert_eq!(&slip.unknown_commands, &Vec::<Vec<u8>>::new());
        let shown = slip.text().trim().to_owned();
        let cleaned = text::clean(&format!("<{c}>"), page.0);
        let drawn = slip.pictures().count();
        prop_assert!(
            (drawn == 0 && shown == cleaned) || (drawn == 1 && shown.starts_with("[picture")),
            "{:?} became {}", c, shown
        );
    }

    #[test]
    fn the_estimate_of_paper_is_near_the_truth(
        texts in prop::array::uniform12("[a-z щ]{0,60}"),
        columns in prop::sample::select(vec![32_u8, 48]),
    ) {
        let encoded = kitchen_ticket(&ticket(&texts, TicketKind::New, true), &STAMP, &profile(columns)).unwrap();
        let truth = f64::from(print(&encoded, columns).length_mm());
        let ratio = f64::from(encoded.paper_mm) / truth;
        prop_assert!((0.85..1.25).contains(&ratio), "{} of {truth} mm", encoded.paper_mm);
    }
}

#[test]
fn an_allergy_is_inverse_over_the_whole_width_and_whole() {
    let mut texts = std::array::from_fn(|_| "x".to_owned());
    texts[10] = "maní ".repeat(40).trim().to_owned();
    for columns in [32, 42, 48] {
        let content = ticket(&texts, TicketKind::New, false);
        let slip = print(&kitchen_ticket(&content, &STAMP, &profile(columns)).unwrap(), columns);
        let bars: Vec<_> =
            slip.lines().filter(|line| line.runs.iter().any(|run| run.style.inverse)).collect();
        assert!(bars.iter().all(|line| line.width_dots() == u32::from(columns) * 12), "full bars");
        let words = bars.iter().map(|line| line.text().matches("maní").count()).sum::<usize>();
        assert_eq!(words, 2 * 40, "two lines, forty words each");
    }
}

#[test]
fn a_page_without_the_character_gets_a_picture_and_never_a_question_mark() {
    for (code_page, code_table, pictures) in
        [(CodePage::Cp850, 2, 2), (CodePage::Cp858, 19, 1), (CodePage::Windows1252, 16, 1)]
    {
        let profile = PrinterProfile { code_page, code_table, ..PrinterProfile::default() };
        let slip = print(&test_page("Cocina", &profile, &STAMP).unwrap(), profile.columns);
        assert_eq!(slip.pictures().count(), pictures, "{code_page:?}");
        assert!(!slip.text().contains(['?', '\u{FFFD}']), "{}", slip.text());
    }
}

#[test]
fn a_width_that_no_ticket_is_laid_out_for_is_refused() {
    for columns in [0, 23, 65, 255] {
        let refused = test_page("Cocina", &profile(columns), &STAMP).unwrap_err();
        assert!(matches!(refused, EncodeError::Columns(found) if found == columns));
    }
}

/// A ticket is one write of a kilobyte or so: nothing may make it slow without being seen here.
#[test]
fn an_ordinary_ticket_is_small() {
    let texts = std::array::from_fn(|_| "Sin cebolla".to_owned());
    let encoded = kitchen_ticket(&ticket(&texts, TicketKind::New, false), &STAMP, &profile(48)).unwrap();
    assert!((400..1_500).contains(&encoded.bytes.len()), "{} bytes", encoded.bytes.len());
}
