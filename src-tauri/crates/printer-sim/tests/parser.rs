//! Bytes to commands, command by command.

use fastops_printer_sim::paper::Align;
use fastops_printer_sim::parser::{BarcodeLabel, Command, DrawerPin, Parser, QrLevel, RealTime, Symbology};

fn unknown(bytes: &[u8]) -> Command {
    Command::Unknown(bytes.to_vec())
}

#[test]
fn settings_and_text() {
    let cases: &[(&[u8], Command)] = &[
        (b"A", Command::Text(b'A')),
        (b"\xF1", Command::Text(0xF1)),
        (b"\n", Command::LineFeed),
        (b"\r", Command::CarriageReturn),
        (b"\t", Command::Tab),
        (b"\x0C", Command::FormFeed),
        (b"\x1B@", Command::Initialize),
        (b"\x1BR\x07", Command::NationalSet(7)),
        (b"\x1Bt\x13", Command::CodeTable(19)),
        (b"\x1B!\x38", Command::PrintMode(0x38)),
        (b"\x1BE\x01", Command::Bold(true)),
        (b"\x1BE\x02", Command::Bold(false)),
        (b"\x1BG\x01", Command::Bold(true)),
        (b"\x1B-\x02", Command::Underline(2)),
        (b"\x1B-0", Command::Underline(0)),
        (b"\x1BM1", Command::FontB(true)),
        (b"\x1Ba\x02", Command::Justify(Align::Right)),
        (b"\x1Ba1", Command::Justify(Align::Center)),
        (b"\x1Bd\x05", Command::FeedLines(5)),
        (b"\x1BJ\xFF", Command::FeedDots(255)),
        (b"\x1B2", Command::LineSpacing(None)),
        (b"\x1B3\x18", Command::LineSpacing(Some(24))),
        (b"\x1B{\x01", Command::UpsideDown(true)),
        (b"\x1Br1", Command::Red(true)),
        (b"\x1B \x02", Command::CharacterGap(2)),
        (b"\x1B$\x20\x01", Command::MoveTo(288)),
        (b"\x1BD\x08\x10\x00", Command::TabStops(vec![8, 16])),
        (b"\x1D!\x11", Command::Size { width: 2, height: 2 }),
        (b"\x1D!\x70", Command::Size { width: 8, height: 1 }),
        (b"\x1DB\x01", Command::Inverse(true)),
        (b"\x1DL\x10\x00", Command::LeftMargin(16)),
        (b"\x1DW\x40\x02", Command::AreaWidth(576)),
        (b"\x1C.", Command::ChineseMode(false)),
        (b"\x1C&", Command::ChineseMode(true)),
    ];
    check(cases);
}

#[test]
fn cuts_drawers_and_buzzers() {
    let cases: &[(&[u8], Command)] = &[
        (b"\x1DV\x00", Command::Cut { partial: false, feed: None }),
        (b"\x1DV0", Command::Cut { partial: false, feed: None }),
        (b"\x1DV\x01", Command::Cut { partial: true, feed: None }),
        (b"\x1DV1", Command::Cut { partial: true, feed: None }),
        (b"\x1DVA\x03", Command::Cut { partial: false, feed: Some(3) }),
        (b"\x1DVB\x00", Command::Cut { partial: true, feed: Some(0) }),
        (b"\x1DVa\x00", Command::Cut { partial: false, feed: Some(0) }),
        (b"\x1DVb\x00", Command::Cut { partial: true, feed: Some(0) }),
        (b"\x1DVg\x00", Command::Cut { partial: false, feed: Some(0) }),
        (b"\x1DVh\x00", Command::Cut { partial: true, feed: Some(0) }),
        (b"\x1Bi", Command::Cut { partial: true, feed: None }),
        (b"\x1Bp\x00\x19\xFA", Command::DrawerKick { pin: DrawerPin::Two, on_ms: 50, off_ms: 500 }),
        (b"\x1Bp1\x19\xFA", Command::DrawerKick { pin: DrawerPin::Five, on_ms: 50, off_ms: 500 }),
        (b"\x1B(A\x04\x000\x01\x03\x05", Command::Buzz { times: 3 }),
        (b"\x1BB\x02\x03", Command::Buzz { times: 2 }),
    ];
    check(cases);
}

#[test]
fn codes_status_and_real_time() {
    let cases: &[(&[u8], Command)] = &[
        (b"\x1Dh\x50", Command::BarcodeHeight(80)),
        (b"\x1Dw\x02", Command::BarcodeModule(2)),
        (b"\x1DH\x03", Command::BarcodeLabel(BarcodeLabel::Both)),
        (b"\x1Df1", Command::BarcodeLabelFontB(true)),
        (b"\x1Dk\x04AB\x00", Command::Barcode { symbology: Symbology::Code39, data: b"AB".to_vec() }),
        (b"\x1Dk\x49\x04{B12", Command::Barcode { symbology: Symbology::Code128, data: b"{B12".to_vec() }),
        (b"\x1D(k\x03\x001C\x05", Command::QrModule(5)),
        (b"\x1D(k\x03\x001E\x33", Command::QrLevel(QrLevel::High)),
        (b"\x1D(k\x05\x001P0ab", Command::QrStore(b"ab".to_vec())),
        (b"\x1D(k\x03\x001Q0", Command::QrPrint),
        (b"\x1D(L\x02\x0002", Command::PrintStoredPicture),
        (b"\x1D(H\x06\x0000ABCD", Command::ProcessId(*b"ABCD")),
        (b"\x1D(D\x03\x00\x14\x01\x00", Command::RealTimeSwitch(vec![(1, false)])),
        (b"\x1Dr\x01", Command::TransmitStatus(1)),
        (b"\x1Dr2", Command::TransmitStatus(2)),
        (b"\x1Da\xFF", Command::AutoStatus(255)),
        (b"\x1DI\x43", Command::Identify(67)),
        (b"\x10\x04\x01", Command::RealTime(RealTime::Status(1))),
        (b"\x10\x05\x02", Command::RealTime(RealTime::Recover(2))),
        (
            b"\x10\x14\x01\x00\x02",
            Command::RealTime(RealTime::DrawerPulse { pin: DrawerPin::Two, on_ms: 200 }),
        ),
    ];
    check(cases);
}

#[test]
fn what_means_nothing_is_reported_as_it_came() {
    let cases: &[(&[u8], Command)] = &[
        (b"\x1B\x7F", unknown(b"\x1B\x7F")),
        (b"\x1D\x01", unknown(b"\x1D\x01")),
        (b"\x1Ba\x09", unknown(b"\x1Ba\x09")),
        (b"\x1DV\x63", unknown(b"\x1DV\x63")),
        (b"\x1Bp\x07\x01\x01", unknown(b"\x1Bp\x07\x01\x01")),
        (b"\x1D(Z\x02\x00ab", unknown(b"\x1D(Z\x02\x00ab")),
        (b"\x1B*\x00\x02\x00ab", unknown(b"\x1B*\x00\x02\x00ab")),
        (b"\x07", unknown(b"\x07")),
        // Four gigabytes of picture are not waited for.
        (b"\x1Dv0\x00\xFF\xFF\xFF\xFF", unknown(b"\x1Dv0\x00\xFF\xFF\xFF\xFF")),
    ];
    check(cases);
}

#[test]
fn a_stray_dle_leaves_the_next_command_whole() {
    assert_eq!(Parser::parse_all(b"\x10\x1B@"), [unknown(b"\x10"), Command::Initialize]);
}

#[test]
fn pictures_carry_their_dots() {
    let commands = Parser::parse_all(b"\x1Dv0\x03\x01\x00\x02\x00\x80\x01");
    let [Command::Picture(raster)] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((raster.width_dots(), raster.height_dots()), (16, 4), "mode 3 doubles both ways");
    assert!(raster.is_black(0, 0) && raster.is_black(1, 1) && !raster.is_black(2, 0));
    assert!(raster.is_black(15, 3) && !raster.is_black(99, 99));

    let stored = Parser::parse_all(b"\x1D(L\x0E\x0000000000000000");
    assert!(matches!(stored.as_slice(), [Command::Unknown(_)]), "{stored:?}");
    let stored = Parser::parse_all(b"\x1D(L\x0B\x000\x70\x30\x01\x01\x31\x08\x00\x01\x00\xAA");
    assert!(matches!(stored.as_slice(), [Command::StorePicture(_)]), "{stored:?}");
    let long = Parser::parse_all(b"\x1D8L\x0B\x00\x00\x000\x70\x30\x01\x01\x31\x08\x00\x01\x00\xAA");
    assert_eq!(long, stored);
}

/// Each stream is exactly one command, is not complete before its last byte, and leaves nothing behind.
fn check(cases: &[(&[u8], Command)]) {
    for (bytes, expected) in cases {
        let commands = Parser::parse_all(bytes);
        assert_eq!(commands, std::slice::from_ref(expected), "{bytes:02X?}");
        let early = Parser::parse_all(&bytes[..bytes.len() - 1]);
        assert!(early.is_empty(), "{bytes:02X?} was taken for complete too early: {early:?}");
    }
}
