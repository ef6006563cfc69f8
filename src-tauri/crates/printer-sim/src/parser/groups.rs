//! Commands that carry their own length: `ESC (`, `GS (`, `GS 8`, `FS (`.
//!
//! Because the length is known, one that this printer does not understand is skipped whole and leaves no
//! junk.

use super::{Command, Frame, MAX_PICTURE_BYTES, QrLevel, word};
use crate::paper::Raster;

/// The letter and the parameters of a complete group, and its whole length.
struct Group<'a> {
    letter: u8,
    parameters: &'a [u8],
    length: usize,
}

/// Reads `xx ( letter pL pH …`; `None` while it is incomplete.
fn read(pending: &[u8]) -> Option<Group<'_>> {
    let &[letter, low, high] = pending.get(2..5)?.first_chunk()?;
    let length = 5 + usize::from(word(low, high));
    Some(Group { letter, parameters: pending.get(5..length)?, length })
}

fn finish(pending: &[u8], decode: impl FnOnce(u8, &[u8]) -> Option<Command>) -> Frame {
    match read(pending) {
        None => Frame::More,
        Some(group) => {
            let command = decode(group.letter, group.parameters)
                .unwrap_or_else(|| Command::Unknown(pending[..group.length].to_vec()));
            Frame::Done(group.length, command)
        }
    }
}

pub(super) fn frame_unknown(pending: &[u8]) -> Frame {
    finish(pending, |_, _| None)
}

pub(super) fn frame_esc(pending: &[u8]) -> Frame {
    finish(pending, |letter, parameters| match (letter, parameters) {
        (b'A', [48 | 97, _, times, _]) => Some(Command::Buzz { times: *times }),
        _ => None,
    })
}

pub(super) fn frame_gs(pending: &[u8]) -> Frame {
    finish(pending, |letter, parameters| match letter {
        b'D' => real_time_switch(parameters),
        b'H' => match parameters {
            [48, 48, id @ ..] => Some(Command::ProcessId(id.try_into().ok()?)),
            _ => None,
        },
        b'L' => graphics(parameters),
        b'k' => qr(parameters),
        // Print control, customised settings: no trace on this paper.
        b'E' | b'K' => Some(Command::Accepted(pending.get(..5 + parameters.len())?.to_vec())),
        _ => None,
    })
}

/// `GS 8 L p1 p2 p3 p4 …`: the graphics group with a four-byte length.
pub(super) fn frame_gs_long(pending: &[u8]) -> Frame {
    let Some(&[letter, p1, p2, p3, p4]) = pending.get(2..7).and_then(|head| head.first_chunk()) else {
        return Frame::More;
    };
    let size = usize::try_from(u32::from_le_bytes([p1, p2, p3, p4])).unwrap_or(usize::MAX);
    if letter != b'L' || size > MAX_PICTURE_BYTES {
        return super::unknown(pending, 7);
    }
    match pending.get(7..7 + size) {
        None => Frame::More,
        Some(parameters) => {
            let command =
                graphics(parameters).unwrap_or_else(|| Command::Unknown(pending[..7 + size].to_vec()));
            Frame::Done(7 + size, command)
        }
    }
}

fn real_time_switch(parameters: &[u8]) -> Option<Command> {
    let [20, pairs @ ..] = parameters else { return None };
    let (pairs, []) = pairs.as_chunks::<2>() else { return None };
    Some(Command::RealTimeSwitch(pairs.iter().map(|[function, on]| (*function, on & 1 == 1)).collect()))
}

/// `GS ( L`: function 112 stores a picture, functions 2 and 50 print it; 67, 66 and 69 keep one under a key
/// for good, forget it and print it.
fn graphics(parameters: &[u8]) -> Option<Command> {
    match parameters {
        [48, 2 | 50] => Some(Command::PrintStoredPicture),
        [48, 66, key @ ..] => Some(Command::DropKeptPicture(key.try_into().ok()?)),
        [48, 69, first, second, 1..=2, 1..=2] => Some(Command::PrintKeptPicture([*first, *second])),
        [48, 67, 48, first @ 32..=126, second @ 32..=126, 1, x_low, x_high, y_low, y_high, 49, data @ ..] => {
            let width = usize::from(word(*x_low, *x_high));
            let rows = usize::from(word(*y_low, *y_high));
            if width == 0 || rows == 0 || data.len() != width.div_ceil(8) * rows {
                return None;
            }
            let raster = Raster::new(width, data.to_vec(), false, false);
            Some(Command::KeepPicture { key: [*first, *second], raster })
        }
        [48, 112, 48, bx @ 1..=2, by @ 1..=2, _colour, x_low, x_high, y_low, y_high, data @ ..] => {
            let width = usize::from(word(*x_low, *x_high));
            let rows = usize::from(word(*y_low, *y_high));
            if width == 0 || rows == 0 || data.len() != width.div_ceil(8) * rows {
                return None;
            }
            Some(Command::StorePicture(Raster::new(width, data.to_vec(), *bx == 2, *by == 2)))
        }
        _ => None,
    }
}

/// `GS ( k` for symbol 49 (QR).
fn qr(parameters: &[u8]) -> Option<Command> {
    Some(match parameters {
        [49, 65, 49..=51, _] => Command::Accepted(parameters.to_vec()),
        [49, 67, module @ 1..=16] => Command::QrModule(*module),
        [49, 69, level] => Command::QrLevel(match level {
            48 => QrLevel::Low,
            49 => QrLevel::Medium,
            50 => QrLevel::Quartile,
            51 => QrLevel::High,
            _ => return None,
        }),
        [49, 80, 48, data @ ..] if !data.is_empty() => Command::QrStore(data.to_vec()),
        [49, 81, 48] => Command::QrPrint,
        _ => return None,
    })
}
