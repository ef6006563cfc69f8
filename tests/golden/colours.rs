//! Tickets of printers that have red: what is taken back and what has changed stands out in it.

use super::cases::Case;
use super::{cases, encode, hex, paper};
use fastops_domain::station::{Abilities, Candidate, CodePage, PrinterProfile};
use fastops_printer_sim::Slip;
use fastops_printer_sim::paper::Block;
use fastops_printing::encode::preview;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

/// What has a voided line or a change on it, and what has neither.
const TITLES: [&str; 4] = ["void", "change", "allergy", "catch_up"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/two_colours")
}

/// One of each, for a printer with a ribbon in black and red and nothing else to boast of.
fn struck() -> Vec<Case> {
    let of = |title: &str| cases().into_iter().find(|case| case.title == title).unwrap();
    let struck = |case: Case| {
        let abilities = Abilities { pictures: false, qr: false, red: true, ..case.profile.abilities };
        let profile = PrinterProfile {
            columns: 42,
            code_page: CodePage::Cp437,
            code_table: 0,
            abilities,
            ..case.profile
        };
        Case { profile, ..case }
    };
    TITLES.iter().map(|title| struck(of(title))).collect()
}

/// The lines of a paper, those in red marked as such.
fn coloured(slip: &Slip) -> String {
    let mut text = String::new();
    for block in &slip.blocks {
        let Block::Text(line) = block else { continue };
        let reds: BTreeSet<bool> = line.runs.iter().map(|run| run.style.red).collect();
        assert!(reds.len() <= 1, "a line has one colour: {}", line.text());
        writeln!(text, "{} {}", if reds.contains(&true) { "red |" } else { "    |" }, line.text().trim_end())
            .unwrap();
    }
    text
}

#[test]
fn papers_in_two_colours_are_the_golden_ones() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let pictures = std::env::var_os("GOLDEN_PICTURES").map(PathBuf::from);
    let (mut wrong, mut wanted) = (Vec::new(), BTreeSet::new());
    for case in struck() {
        let encoded = encode(&case);
        let slip = paper(&encoded, case.profile);
        if let Some(pictures) = &pictures {
            std::fs::write(pictures.join(format!("red.{}.png", case.name().replace('/', "."))), slip.png())
                .unwrap();
        }
        for (kind, found) in [("txt", coloured(&slip)), ("hex", hex(&encoded.bytes))] {
            let name = format!("{}.{kind}", case.name().replace('/', "."));
            if update {
                std::fs::write(folder().join(&name), &found).unwrap();
            }
            if std::fs::read_to_string(folder().join(&name)).unwrap_or_default() != found {
                wrong.push(format!("{name} differs; the paper now reads:\n{}", coloured(&slip)));
            }
            wanted.insert(name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let found: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, wanted, "no golden file is left over");
}

/// Red is what is taken back or has changed, and nothing else; the preview shows the same rows in it.
#[test]
fn what_changed_is_red_and_nothing_else_is() {
    for case in struck() {
        let encoded = encode(&case);
        let shown = coloured(&paper(&encoded, case.profile));
        let red: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix("red | ")).collect();
        let told = red.join(" ");
        match case.title {
            "void" => assert!(told.contains("ANULA") || told.contains("VOID"), "{shown}"),
            "change" => assert!(told.contains("CAMBIO") || told.contains("CHANGE"), "{shown}"),
            "allergy" => assert!(red.is_empty(), "{shown}"),
            _ => {}
        }
        let own = Candidate { table: case.profile.code_table, page: case.profile.code_page };
        let rows = preview(&encoded.bytes, case.profile.columns, own, &[]).unwrap();
        let previewed: Vec<String> =
            rows.iter().filter(|row| row.red).map(|row| row.text.trim_end().to_owned()).collect();
        assert_eq!(previewed, red, "{}", case.title);
        let black = Case { profile: plain(case.profile), ..case };
        assert!(
            !encode(&black).bytes.windows(2).any(|pair| pair == [0x1B, b'r']),
            "one colour is never changed"
        );
    }
}

fn plain(profile: PrinterProfile) -> PrinterProfile {
    PrinterProfile { abilities: Abilities { red: false, ..profile.abilities }, ..profile }
}
