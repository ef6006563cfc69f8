//! Commands that begin with GS: size, margins, cut, pictures, barcodes, status.

use super::{
    BarcodeLabel, Command, Frame, MAX_PICTURE_BYTES, Symbology, groups, unknown, with_arguments, word,
};
use crate::paper::Raster;

pub(super) fn frame(pending: &[u8]) -> Frame {
    let Some(&code) = pending.get(1) else { return Frame::More };
    match code {
        b'(' => groups::frame_gs(pending),
        b'8' => groups::frame_gs_long(pending),
        b'V' => frame_cut(pending),
        b'k' => frame_barcode(pending),
        b'v' => frame_raster(pending),
        // Motion units, smoothing, macro-free settings: no trace on this paper.
        b'P' => with_arguments(pending, 2, |_| None, Command::Accepted),
        b'b' | b'T' => with_arguments(pending, 1, |_| None, Command::Accepted),
        _ => match argument_count(code) {
            Some(count) => {
                with_arguments(pending, count, |arguments| decode(code, arguments), Command::Unknown)
            }
            None => unknown(pending, 2),
        },
    }
}

fn argument_count(code: u8) -> Option<usize> {
    match code {
        b'!' | b'B' | b'H' | b'I' | b'a' | b'f' | b'h' | b'r' | b'w' => Some(1),
        b'L' | b'W' => Some(2),
        _ => None,
    }
}

fn decode(code: u8, arguments: &[u8]) -> Option<Command> {
    Some(match (code, arguments) {
        (b'!', [n]) if n & 0x88 == 0 => Command::Size { width: (n >> 4) + 1, height: (n & 7) + 1 },
        (b'B', [n]) => Command::Inverse(n & 1 == 1),
        (b'H', [0 | 48]) => Command::BarcodeLabel(BarcodeLabel::None),
        (b'H', [1 | 49]) => Command::BarcodeLabel(BarcodeLabel::Above),
        (b'H', [2 | 50]) => Command::BarcodeLabel(BarcodeLabel::Below),
        (b'H', [3 | 51]) => Command::BarcodeLabel(BarcodeLabel::Both),
        (b'I', [n @ (1..=3 | 49..=51 | 65..=69)]) => Command::Identify(*n),
        (b'a', [n]) => Command::AutoStatus(*n),
        (b'f', [0 | 48]) => Command::BarcodeLabelFontB(false),
        (b'f', [1 | 49]) => Command::BarcodeLabelFontB(true),
        (b'h', [n @ 1..=255]) => Command::BarcodeHeight(*n),
        (b'r', [n @ (1 | 2)]) => Command::TransmitStatus(*n),
        (b'r', [n @ (49 | 50)]) => Command::TransmitStatus(*n - 48),
        (b'w', [n @ 2..=6]) => Command::BarcodeModule(*n),
        (b'L', [low, high]) => Command::LeftMargin(word(*low, *high)),
        (b'W', [low, high]) => Command::AreaWidth(word(*low, *high)),
        _ => return None,
    })
}

/// `GS V m` cuts at once; `GS V m n` feeds to the cutter (and `n` dots more) first.
fn frame_cut(pending: &[u8]) -> Frame {
    let Some(&mode) = pending.get(2) else { return Frame::More };
    let cut = |partial, feed, length| Frame::Done(length, Command::Cut { partial, feed });
    match mode {
        0 | 48 => cut(false, None, 3),
        1 | 49 => cut(true, None, 3),
        65 | 66 | 97 | 98 | 103 | 104 => match pending.get(3) {
            None => Frame::More,
            Some(&feed) => cut(matches!(mode, 66 | 98 | 104), Some(feed), 4),
        },
        _ => unknown(pending, 3),
    }
}

/// `GS v 0 m xL xH yL yH d1 … dk`
fn frame_raster(pending: &[u8]) -> Frame {
    match pending.get(2) {
        None => return Frame::More,
        Some(b'0') => {}
        Some(_) => return unknown(pending, 3),
    }
    let Some(&[mode, x_low, x_high, y_low, y_high]) = pending.get(3..8).and_then(|head| head.first_chunk())
    else {
        return Frame::More;
    };
    let (row_bytes, rows) = (usize::from(word(x_low, x_high)), usize::from(word(y_low, y_high)));
    let size = row_bytes * rows;
    if size == 0 || size > MAX_PICTURE_BYTES || !matches!(mode, 0..=3 | 48..=51) {
        return unknown(pending, 8);
    }
    match pending.get(8..8 + size) {
        None => Frame::More,
        Some(data) => {
            let (double_width, double_height) = (mode & 1 == 1, mode & 2 == 2);
            let raster = Raster::new(row_bytes * 8, data.to_vec(), double_width, double_height);
            Frame::Done(8 + size, Command::Picture(raster))
        }
    }
}

/// `GS k m d1 … NUL` (m 0 to 6) and `GS k m n d1 … dn` (m 65 to 73).
fn frame_barcode(pending: &[u8]) -> Frame {
    let Some(&mode) = pending.get(2) else { return Frame::More };
    let Some(symbology) = symbology(mode) else { return unknown(pending, 3) };
    if mode < 65 {
        return match pending[3..].iter().position(|byte| *byte == 0) {
            Some(end) => {
                Frame::Done(4 + end, Command::Barcode { symbology, data: pending[3..3 + end].to_vec() })
            }
            // No code this long fits on paper: the terminator was forgotten.
            None if pending.len() > 3 + 255 => unknown(pending, 3),
            None => Frame::More,
        };
    }
    let Some(&length) = pending.get(3) else { return Frame::More };
    match pending.get(4..4 + usize::from(length)) {
        None => Frame::More,
        Some(data) => Frame::Done(4 + data.len(), Command::Barcode { symbology, data: data.to_vec() }),
    }
}

fn symbology(mode: u8) -> Option<Symbology> {
    Some(match mode {
        0 | 65 => Symbology::UpcA,
        1 | 66 => Symbology::UpcE,
        2 | 67 => Symbology::Ean13,
        3 | 68 => Symbology::Ean8,
        4 | 69 => Symbology::Code39,
        5 | 70 => Symbology::Itf,
        6 | 71 => Symbology::Codabar,
        72 => Symbology::Code93,
        73 => Symbology::Code128,
        _ => return None,
    })
}
