//! Tickets as bytes and as paper, held against files that a person has read.
//!
//! Each case is printed by the simulator, which shares no code with the encoder: the `.txt` is what
//! stands on its paper, the `.hex` is what was sent. After a wanted change run the test once with
//! `UPDATE_GOLDEN=1` and read the difference; `GOLDEN_PICTURES=<folder>` writes the paper as PNG.

mod banquet;
mod cases;
mod colours;
mod held;
mod logos;
mod reports;
mod sorts;
mod worn;

use cases::Case;
use fastops_domain::document::Document;
use fastops_domain::station::{Abilities, Buzzer, Candidate, CodePage, PrinterProfile};
use fastops_domain::work::PaperKind;
use fastops_printer_sim::paper::Block;
use fastops_printer_sim::parser::{Command, Parser};
use fastops_printer_sim::{Machine, MachineEvent, Model, Slip, Speed};
use fastops_printing::encode::{candidates_page, preview};
use fastops_printing::{Encoded, document, kitchen_ticket, test_page};
use sorts::{LANGUAGES, Sort, WIDTHS};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/papers")
}

/// Every golden file, with its folder.
fn golden_files() -> BTreeSet<PathBuf> {
    let inside = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    inside(folder()).flat_map(inside).collect()
}

fn cases() -> Vec<Case> {
    sorts::samples().chain(cases::cases()).chain(banquet::cases()).collect()
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
    // A drawer's pulse moves no paper: what it did is read off the next strip that a hand tears.
    let nothing_on_it = machine.uncut().iter().all(|block| matches!(block, Block::Feed(_)));
    let mut events = machine.take_events();
    let opened = events.iter().any(|event| matches!(event, MachineEvent::DrawerOpened { .. }));
    if !profile.abilities.cutter || (opened && nothing_on_it) {
        machine.tear_off(at + Duration::from_mins(1));
        events.extend(machine.take_events());
    }
    let slips: Vec<Slip> = events
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
        (None, None) if !case.candidates.is_empty() => {
            candidates_page(&case.candidates, &case.profile, &case.stamp).unwrap()
        }
        (None, None) => test_page("Cocina · tcp://192.168.1.50:9100", &case.profile, &case.stamp).unwrap(),
    }
}

/// What is read off a paper, and what no eye sees on it.
fn read(slip: &Slip) -> String {
    slip.text() + &"[drawer]\n".repeat(slip.drawer_kicks as usize)
}

/// Whether it opens the drawer and leaves no paper.
fn is_pulse(case: &Case) -> bool {
    matches!(case.document, Some(Document::Drawer))
}

/// Whether a cook is called: by what goes to the kitchen and by the test page, on a printer that can.
fn calls(case: &Case) -> bool {
    let quiet = !case.candidates.is_empty()
        || matches!(&case.document, Some(document) if document.kind() != PaperKind::CatchUp);
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
            std::fs::write(pictures.join(format!("{}.png", case.name().replace('/', "."))), slip.png())
                .unwrap();
        }
        for (kind, found) in [("txt", read(&slip)), ("hex", hex(&encoded.bytes))] {
            let path = folder().join(format!("{}.{kind}", case.name()));
            if update {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
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
            _ => case.candidates.clone(),
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
    let cases = cases();
    let wanted: BTreeSet<PathBuf> = cases
        .iter()
        .flat_map(|case| ["txt", "hex"].map(|kind| folder().join(format!("{}.{kind}", case.name()))))
        .collect();
    assert_eq!(wanted.len(), 2 * cases.len(), "two cases have one name");
    assert_eq!(golden_files(), wanted);
}

/// Every sort of paper is held against golden files in both languages and on every width that restaurants have.
#[test]
fn every_document_has_its_golden_paper_in_each_language_and_width() {
    let cases = cases();
    for sort in Sort::ALL {
        for language in LANGUAGES {
            for columns in WIDTHS {
                let held = |case: &&Case| {
                    Sort::of(case) == *sort
                        && case.stamp.language == language
                        && case.profile == PrinterProfile { columns, ..PrinterProfile::default() }
                };
                assert!(cases.iter().any(|case| held(&case)), "{sort:?} {columns} {}", language.code());
            }
        }
    }
}

#[test]
fn every_ticket_is_understood_whole() {
    for case in cases() {
        let slip = paper(&encode(&case), case.profile);
        let name = case.name();
        assert_eq!(slip.unknown_commands, Vec::<Vec<u8>>::new(), "{name}");
        assert!(!slip.full_cut && slip.drawer_kicks == u32::from(is_pulse(&case)), "{name}");
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
        assert_eq!(
            sends(|command| matches!(command, Command::Cut { .. })),
            cutter && !is_pulse(&case),
            "{name}"
        );
        assert!(pictures || !sends(|command| matches!(command, Command::Picture { .. })), "{name}");
        assert_eq!(sends(|command| matches!(command, Command::Buzz { .. })), calls(&case), "{name}");
    }
}
