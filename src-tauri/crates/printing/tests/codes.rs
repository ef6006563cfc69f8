//! Codes, logos, drawers, calls and cuts, as the simulated printer understands them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use fastops_domain::station::{
    Abilities, Buzzer, Candidate, CodePage, DrawerPin, DrawerPulse, PrinterProfile,
};
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use fastops_printer_sim::parser::{BarcodeLabel, Command, Parser, Symbology};
use fastops_printer_sim::{CodeTables, Model, Slip, print_at_once};
use fastops_printing::encode::{Barcode, Cut, Logo, LogoKey, Paper, Qr, QrLevel, Style};
use fastops_printing::{EncodeError, Encoded, Stamp, candidates_page, drawer_kick};
use proptest::prelude::*;

const PROFILE: PrinterProfile = PrinterProfile {
    columns: 48,
    code_page: CodePage::Cp858,
    code_table: 19,
    proof: fastops_domain::station::ProofLevel::Fence,
    abilities: Abilities::USUAL,
    drawer: DrawerPulse::USUAL,
};
const TEXT: &str = "https://factura.example/ñ?x={1}";

fn paper() -> Paper {
    Paper::new(PROFILE).unwrap()
}

fn print(jobs: &[Encoded]) -> Slip {
    let model = Model { buffer_bytes: 1 << 20, ..Model::epson_80mm() };
    let bytes: Vec<u8> = jobs.iter().flat_map(|job| job.bytes.clone()).collect();
    let slips = print_at_once(model, &bytes);
    assert_eq!(slips.len(), 1);
    assert_eq!(slips[0].unknown_commands, Vec::<Vec<u8>>::new(), "every command is understood");
    slips.into_iter().next().unwrap()
}

fn written(write: impl FnOnce(&mut Paper) -> Result<(), EncodeError>) -> Encoded {
    let mut paper = paper();
    write(&mut paper).unwrap();
    paper.cut().unwrap()
}

#[test]
fn a_qr_code_says_the_text_whoever_draws_it() {
    let slip = print(&[written(|paper| paper.qr(TEXT, Qr { level: QrLevel::High, ..Qr::default() }))]);
    let code = slip.qr_codes().next().unwrap();
    assert_eq!((code.data.as_str(), code.module_dots), (TEXT, 5));
    let drawn = print(&[written(|paper| {
        paper.qr(TEXT, Qr { by_printer: false, module_dots: 4, level: QrLevel::Medium })
    })]);
    let picture = drawn.pictures().next().unwrap();
    // Modules read back from the dots of the bands, and held against the standard by another drawing.
    let code = qrcode::QrCode::with_error_correction_level(TEXT, qrcode::EcLevel::M).unwrap();
    let (modules, side) = (code.width(), (code.width() + 8) * 4);
    let left = (576 - side) / 2;
    let bands: Vec<_> = drawn.pictures().collect();
    assert_eq!(bands.iter().map(|band| band.height_dots()).sum::<usize>(), side);
    assert_eq!(picture.width_dots(), 576);
    let black = |x: usize, y: usize| {
        let mut y = y;
        for band in &bands {
            if y < band.height_dots() {
                return band.is_black(x, y);
            }
            y -= band.height_dots();
        }
        false
    };
    for (index, color) in code.to_colors().into_iter().enumerate() {
        let (x, y) = (left + (4 + index % modules) * 4 + 2, (4 + index / modules) * 4 + 2);
        assert_eq!(black(x, y), color == qrcode::Color::Dark, "module {index}");
    }
}

#[test]
fn a_code_that_does_not_fit_is_refused_and_not_cut_off() {
    let long = "x".repeat(3_000);
    assert!(matches!(paper().qr(&long, Qr::default()), Err(EncodeError::Symbol(_))));
    let wide = Qr { module_dots: 16, ..Qr::default() };
    assert!(matches!(paper().qr(&"x".repeat(100), wide), Err(EncodeError::Symbol(_))));
    for text in ["", "a\u{10}\u{4}\u{1}", "\u{9B}"] {
        assert!(matches!(paper().qr(text, Qr::default()), Err(EncodeError::Symbol(_))), "{text:?}");
    }
    assert!(paper().barcode(Barcode::Code128(&"x".repeat(40)), 60).is_err());
    assert!(paper().barcode(Barcode::Code128("x\u{1B}@"), 60).is_err());
    assert!(paper().barcode(Barcode::Ean13("5901234123450"), 60).is_err(), "its check digit is wrong");
}

#[test]
fn bar_codes_say_what_they_were_given() {
    let slip = print(&[written(|paper| {
        paper.barcode(Barcode::Code128("Mesa {4}"), 80)?;
        paper.barcode(Barcode::Ean13("590123412345"), 60)?;
        paper.barcode(Barcode::Ean8("9638507"), 60)?;
        paper.barcode(Barcode::Code39("MESA-12"), 60)
    })]);
    let found: Vec<_> = slip.barcodes().map(|code| (code.symbology, code.data.as_str())).collect();
    let expected = [
        (Symbology::Code128, "{BMesa {{4}"),
        (Symbology::Ean13, "5901234123457"),
        (Symbology::Ean8, "96385074"),
        (Symbology::Code39, "MESA-12"),
    ];
    assert_eq!(found, expected);
    assert!(slip.barcodes().all(|code| code.label == BarcodeLabel::Below && code.module_dots == 3));
}

#[test]
fn a_logo_is_sent_once_and_printed_by_a_few_bytes() {
    let grey: Vec<u8> = (0..300 * 200_u32).map(|n| if n % 300 < 150 { 0 } else { 255 }).collect();
    let logo = Logo::from_grey(300, &grey).unwrap();
    let stored = logo.store(&PROFILE, LogoKey::HOUSE).unwrap();
    assert_eq!(stored.paper_mm, 0, "keeping it moves no paper");
    let ticket = written(|paper| paper.stored_logo(LogoKey::HOUSE, logo.rows()));
    assert!(ticket.bytes.len() < 60, "{} bytes", ticket.bytes.len());
    let slip = print(&[stored, ticket]);
    let picture = slip.pictures().next().unwrap();
    assert_eq!((picture.width_dots(), picture.height_dots()), (300, 200));
    assert!(picture.is_black(10, 100) && !picture.is_black(200, 100));
    let sent = print(&[written(|paper| paper.logo(&logo))]);
    let rows: usize = sent.pictures().map(fastops_printer_sim::paper::Raster::height_dots).sum();
    assert_eq!(rows, 200, "a printer that keeps nothing is sent the dots");
    assert!(Logo::from_grey(0, &[]).is_err() && Logo::from_grey(7, &[0; 8]).is_err());
    let wide = Logo::from_grey(800, &[0; 800]).unwrap();
    assert!(paper().logo(&wide).is_err(), "wider than the paper");
}

#[test]
fn a_large_logo_goes_with_the_long_length() {
    let logo = Logo::from_grey(832, &vec![0; 832 * 700]).unwrap();
    let stored = logo.store(&PROFILE, LogoKey::HOUSE).unwrap();
    assert!(stored.bytes.len() > 0xFFFF);
    let slip = print(&[stored, written(|paper| paper.stored_logo(LogoKey::HOUSE, logo.rows()))]);
    assert_eq!(slip.pictures().next().unwrap().height_dots(), 700);
}

#[test]
fn half_tones_become_as_many_dots() {
    let logo = Logo::from_grey(64, &[128; 64 * 64]).unwrap();
    let slip = print(&[written(|paper| paper.logo(&logo))]);
    let picture = slip.pictures().next().unwrap();
    let black = (0..64 * 64).filter(|n| picture.is_black(n % 64, n / 64)).count();
    assert!((1_900..2_200).contains(&black), "{black} of 4096 dots for a middle grey");
}

#[test]
fn drawers_open_and_nothing_else_happens() {
    let pulse = |pin, on_ms| DrawerPulse { pin, on_ms };
    for (drawer, pin, on) in [
        (DrawerPulse::USUAL, 0, 25),
        (pulse(DrawerPin::Five, 120), 1, 60),
        (pulse(DrawerPin::Two, 20), 0, 10),
        (pulse(DrawerPin::Five, 500), 1, 250),
        (pulse(DrawerPin::Five, u16::MAX), 1, 250),
    ] {
        let kick = drawer_kick(&PrinterProfile { drawer, ..PROFILE }).unwrap();
        assert_eq!(kick.paper_mm, 0);
        assert!(kick.bytes.ends_with(&[0x1B, b'p', pin, on, 250]));
        let slip = print(&[kick, written(|paper| paper.row(Style::PLAIN, "después"))]);
        assert_eq!(slip.drawer_kicks, 1);
        assert_eq!(slip.text().trim(), "después", "no byte of the kick was taken for text");
    }
}

#[test]
fn calls_are_counted_and_bounded() {
    for buzzer in [Buzzer::Epson, Buzzer::Clone] {
        let slip = print(&[written(|paper| paper.buzz(buzzer, 3))]);
        assert_eq!(slip.beeps, 3, "{buzzer:?}");
        assert_eq!(print(&[written(|paper| paper.buzz(buzzer, 200))]).beeps, 9, "{buzzer:?}");
    }
    assert_eq!(print(&[written(|paper| paper.buzz(Buzzer::Silent, 3))]).beeps, 0);
}

#[test]
fn each_end_of_a_paper_is_what_it_says() {
    let ended = |cut| {
        let mut paper = paper();
        paper.row(Style::PLAIN, "x").unwrap();
        paper.finish(cut).unwrap()
    };
    assert!(!print(&[ended(Cut::Partial)]).full_cut);
    assert!(print(&[ended(Cut::Full)]).full_cut);
    let torn = ended(Cut::Tear);
    let cuts = Parser::parse_all(&torn.bytes).iter().filter(|c| matches!(c, Command::Cut { .. })).count();
    assert_eq!(cuts, 0, "a printer without a knife is not told to cut");
    assert!(print(&[torn]).length_mm() >= 20);
}

#[test]
fn the_row_that_reads_right_is_the_right_one() {
    let candidates = [
        Candidate { table: 19, page: CodePage::Cp858 },
        Candidate { table: 53, page: CodePage::Cp858 },
        Candidate { table: 16, page: CodePage::Windows1252 },
        Candidate { table: 71, page: CodePage::Windows1252 },
    ];
    let printed_at = LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 };
    let stamp =
        Stamp { printed_at, language: Language::Es, copy: 0, possible_duplicate: false, backup: false };
    let page = candidates_page(&candidates, &PROFILE, &stamp).unwrap();
    for (code_tables, right) in [(CodeTables::epson(), [1, 3]), (CodeTables::clone_numbering(), [2, 4])] {
        let slips = print_at_once(Model { code_tables, ..Model::epson_80mm() }, &page.bytes);
        let text = slips[0].text();
        for number in right {
            assert!(text.contains(&format!("{number}: ñ Ñ á € ¿ ¡")), "{number} in\n{text}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_in_a_qr_code_is_data_and_no_command(text in any::<String>(), by_printer: bool) {
        let mut paper = paper();
        let how = Qr { module_dots: 2, by_printer, level: QrLevel::Low };
        prop_assume!(paper.qr(&text, how).is_ok());
        let encoded = paper.cut().unwrap();
        let slip = print(&[encoded]);
        if by_printer {
            prop_assert_eq!(&slip.qr_codes().next().unwrap().data, &text);
        }
        prop_assert!(slip.lines().all(|line| line.text().is_empty()));
        prop_assert_eq!((slip.drawer_kicks, slip.beeps), (0, 0));
    }
}
