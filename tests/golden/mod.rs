//! Tickets as bytes and as paper, held against files that a person has read.
//!
//! Each case is printed by the simulator, which shares no code with the encoder: the `.txt` is what
//! stands on its paper, the `.hex` is what was sent. After a wanted change run the test once with
//! `UPDATE_GOLDEN=1` and read the difference; `GOLDEN_PICTURES=<folder>` writes the paper as PNG.

mod cases;
mod colours;
mod logos;
mod reports;
mod worn;

use cases::{Case, cases};
use fastops_domain::document::Document;
use fastops_domain::station::{Abilities, Buzzer, Candidate, CodePage, PrinterProfile};
use fastops_domain::work::PaperKind;
use fastops_printer_sim::parser::{Command, Parser};
use fastops_printer_sim::{Machine, MachineEvent, Model, Slip, Speed};
use fastops_printing::encode::preview;
use fastops_printing::{Encoded, document, kitchen_ticket, test_page};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/tickets")
}

/// What the simulator makes of the bytes, on paper of the profile's width.
fn paper(encoded: &Encoded, profile: PrinterProfile) -> Slip {
    let model = Model { columns: profile.columns.into(), speed: Speed::Instant, ..Model::epson_80mm() };
    let mut machine = Machine::new(model);
    let (mut at, mut sent) = (Duration::ZERO, 0);
    while sent < encoded.bytes.len() {
        let taken = machine.receive(at, &encoded.bytes[sent..]);
        at += Duration::from_secs(1);
        machine.advance(at);
        assert!(taken > 0, "the simulated printer stopped taking bytes");
        sent += taken;
    }
    machine.advance(at + Duration::from_mins(1));
    if !profile.abilities.cutter {
        machine.tear_off(at + Duration::from_mins(1));
    }
    let slips: Vec<Slip> = machine
        .take_events()
        .into_iter()
        .filter_map(|event| match event {
            MachineEvent::SlipCut { slip, .. } => Some(slip),
            _ => None,
        })
        .collect();
    assert_eq!(slips.len(), 1, "one ticket is one paper");
    slips.into_iter().next().unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.chunks(16).fold(String::new(), |mut dump, row| {
        let row: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(dump, "{}", row.join(" ")).unwrap();
        dump
    })
}

fn encode(case: &Case) -> Encoded {
    match (&case.content, &case.document) {
        (Some(content), _) => kitchen_ticket(content, &case.stamp, &case.profile).unwrap(),
        (None, Some(words)) => document(words, &case.stamp, &case.profile).unwrap(),
        (None, None) => test_page("Cocina · tcp://192.168.1.50:9100", &case.profile, &case.stamp).unwrap(),
    }
}

/// Whether a cook is called: by what goes to the kitchen and by the test page, on a printer that can.
fn calls(case: &Case) -> bool {
    let quiet = matches!(&case.document, Some(document) if document.kind() != PaperKind::CatchUp);
    case.profile.abilities.buzzer != Buzzer::Silent && !quiet
}

#[test]
fn tickets_are_the_golden_ones() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let pictures = std::env::var_os("GOLDEN_PICTURES").map(PathBuf::from);
    let mut wrong = Vec::new();
    for case in cases() {
        let encoded = encode(&case);
        let slip = paper(&encoded, case.profile);
        if let Some(pictures) = &pictures {
            std::fs::write(pictures.join(format!("{}.png", case.name())), slip.png()).unwrap();
        }
        for (kind, found) in [("txt", slip.text()), ("hex", hex(&encoded.bytes))] {
            let path = folder().join(format!("{}.{kind}", case.name()));
            if update {
                std::fs::write(&path, &found).unwrap();
            }
            if std::fs::read_to_string(&path).unwrap_or_default() != found {
                wrong.push(format!("{}.{kind} differs; the paper now reads:\n{}", case.name(), slip.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The preview reads the same bytes as the simulated printer, and shares no code with it.
#[test]
fn a_preview_shows_what_comes_out() {
    for case in cases() {
        let PrinterProfile { code_table: table, code_page: page, .. } = case.profile;
        let others = match &case.document {
            Some(Document::TestPage(page)) => page.candidates.clone(),
            _ => Vec::new(),
        };
        let encoded = encode(&case);
        let columns = case.profile.columns;
        let rows = preview(&encoded.bytes, columns, Candidate { table, page }, &others).unwrap();
        let shown = |text: &str| {
            text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
        };
        let rows: Vec<String> = rows
            .into_iter()
            .map(|row| match row.dots {
                Some(_) if !row.text.is_empty() => format!("[QR {}]", row.text),
                Some(dots) => format!("[picture {}×{}]", dots.width, dots.rows),
                None => row.text,
            })
            .collect();
        assert_eq!(shown(&rows.join("\n")), shown(&paper(&encoded, case.profile).text()), "{}", case.name());
    }
}

#[test]
fn no_golden_file_is_left_over() {
    let wanted: BTreeSet<String> = cases()
        .iter()
        .flat_map(|case| ["txt", "hex"].map(|kind| format!("{}.{kind}", case.name())))
        .collect();
    let found: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn every_ticket_is_understood_whole() {
    for case in cases() {
        let slip = paper(&encode(&case), case.profile);
        let name = case.name();
        assert_eq!(slip.unknown_commands, Vec::<Vec<u8>>::new(), "{name}");
        assert!(!slip.full_cut && slip.drawer_kicks == 0, "{name}");
        assert_eq!(slip.beeps > 0, calls(&case), "{name}");
        let asked = format!("{:?}{:?}", case.content, case.document).matches('?').count();
        assert_eq!(slip.text().matches(['?', '\u{FFFD}']).count(), asked, "{name}: {}", slip.text());
        // What a camera reads takes no columns.
        for line in slip.text().lines().filter(|line| !line.starts_with("[QR ")) {
            assert!(line.chars().count() <= usize::from(case.profile.columns), "{name}: {line}");
        }
    }
}

#[test]
fn both_pages_print_the_same_paper() {
    let order = |code_page, code_table| {
        let case = cases().into_iter().find(|case| case.title == "order").unwrap();
        let profile = PrinterProfile { code_page, code_table, ..case.profile };
        paper(&kitchen_ticket(case.content.as_ref().unwrap(), &case.stamp, &profile).unwrap(), profile).text()
    };
    assert_eq!(order(CodePage::Windows1252, 16), order(CodePage::Cp858, 19));
    assert_eq!(order(CodePage::Cp850, 2), order(CodePage::Cp858, 19));
}

/// What a printer cannot do is not asked of it: no knife, no dots, no call.
#[test]
fn a_printer_is_sent_only_what_it_can_do() {
    for case in cases() {
        let Abilities { cutter, pictures, .. } = case.profile.abilities;
        let sent = Parser::parse_all(&encode(&case).bytes);
        let sends = |wanted: fn(&Command) -> bool| sent.iter().any(wanted);
        let name = case.name();
        assert_eq!(sends(|command| matches!(command, Command::Cut { .. })), cutter, "{name}");
        assert!(pictures || !sends(|command| matches!(command, Command::Picture { .. })), "{name}");
        assert_eq!(sends(|command| matches!(command, Command::Buzz { .. })), calls(&case), "{name}");
    }
}
