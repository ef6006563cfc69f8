//! Tickets of printers that have red: what is taken back and what has changed stands out in it.

use super::cases::Case;
use super::held::Held;
use super::{cases, encode, paper};
use fastops_domain::station::{Abilities, Candidate, CodePage, PrinterProfile};
use fastops_printer_sim::Slip;
use fastops_printer_sim::paper::Block;
use fastops_printing::encode::preview;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What has a voided line or a change on it, and what has neither.
const TITLES: [&str; 4] = ["void", "change", "allergy", "catch_up"];

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
    let mut held = Held::new("two_colours");
    for case in struck() {
        let encoded = encode(&case);
        let slip = paper(&encoded, case.profile);
        held.hold(&case, &slip, &coloured(&slip), &encoded.bytes);
    }
    held.end();
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
