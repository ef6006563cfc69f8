//! Commands that begin with ESC.

use super::{Command, DrawerPin, Frame, groups, unknown, with_arguments, word};
use crate::paper::Align;

pub(super) fn frame(pending: &[u8]) -> Frame {
    let Some(&code) = pending.get(1) else { return Frame::More };
    match code {
        b'@' => Frame::Done(2, Command::Initialize),
        b'2' => Frame::Done(2, Command::LineSpacing(None)),
        // Old one-byte cuts: both leave one point uncut.
        b'i' | b'm' => Frame::Done(2, Command::Cut { partial: true, feed: None }),
        b'(' => groups::frame_esc(pending),
        b'D' => frame_tabs(pending),
        b'*' => frame_bit_image(pending),
        b'c' => match pending.get(2) {
            None => Frame::More,
            // Paper sensors (3, 4) and panel buttons (5): no trace on paper.
            Some(b'3' | b'4' | b'5') if pending.len() < 4 => Frame::More,
            Some(b'3' | b'4' | b'5') => Frame::Done(4, Command::Accepted(pending[..4].to_vec())),
            Some(_) => unknown(pending, 3),
        },
        // Peripheral choice and rotation: no trace on this paper.
        b'=' | b'V' => with_arguments(pending, 1, |_| None, Command::Accepted),
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
        b' ' | b'!' | b'-' | b'3' | b'E' | b'G' | b'J' | b'M' | b'R' | b'a' | b'd' | b'r' | b't' | b'{' => {
            Some(1)
        }
        b'$' | b'B' => Some(2),
        b'p' => Some(3),
        _ => None,
    }
}

fn decode(code: u8, arguments: &[u8]) -> Option<Command> {
    let first = *arguments.first()?;
    let on = first & 1 == 1;
    Some(match (code, arguments) {
        (b' ', _) => Command::CharacterGap(first),
        (b'!', _) => Command::PrintMode(first),
        (b'-', [0 | 48]) => Command::Underline(0),
        (b'-', [1 | 49]) => Command::Underline(1),
        (b'-', [2 | 50]) => Command::Underline(2),
        (b'3', _) => Command::LineSpacing(Some(first)),
        (b'E' | b'G', _) => Command::Bold(on),
        (b'J', _) => Command::FeedDots(first),
        (b'M', [0 | 48]) => Command::FontB(false),
        (b'M', [1 | 49]) => Command::FontB(true),
        (b'R', _) => Command::NationalSet(first),
        (b'a', [0 | 48]) => Command::Justify(Align::Left),
        (b'a', [1 | 49]) => Command::Justify(Align::Center),
        (b'a', [2 | 50]) => Command::Justify(Align::Right),
        (b'd', _) => Command::FeedLines(first),
        (b'r', [0 | 48]) => Command::Red(false),
        (b'r', [1 | 49]) => Command::Red(true),
        (b't', _) => Command::CodeTable(first),
        (b'{', _) => Command::UpsideDown(on),
        (b'$', [low, high]) => Command::MoveTo(word(*low, *high)),
        (b'B', [times @ 1..=9, 1..=9]) => Command::Buzz { times: *times },
        (b'p', [pin, on_time, off_time]) => Command::DrawerKick {
            pin: match pin {
                0 | 48 => DrawerPin::Two,
                1 | 49 => DrawerPin::Five,
                _ => return None,
            },
            on_ms: u16::from(*on_time) * 2,
            off_ms: u16::from(*off_time) * 2,
        },
        _ => return None,
    })
}

/// `ESC D n1 … nk NUL`, at most 32 rising columns; a column that does not rise ends the list as NUL does.
fn frame_tabs(pending: &[u8]) -> Frame {
    let mut stops = Vec::new();
    for column in &pending[2..] {
        let rises = stops.last().is_none_or(|last| column > last);
        if *column == 0 || !rises || stops.len() == 32 {
            return Frame::Done(3 + stops.len(), Command::TabStops(stops));
        }
        stops.push(*column);
    }
    Frame::More
}

/// `ESC * m nL nH d1 …`: framed so that its data is not read as text, but not drawn.
fn frame_bit_image(pending: &[u8]) -> Frame {
    let Some(&[mode, low, high]) = pending.get(2..5).and_then(|head| head.first_chunk()) else {
        return Frame::More;
    };
    let column_bytes = match mode {
        0 | 1 => 1,
        32 | 33 => 3,
        _ => return unknown(pending, 3),
    };
    let length = 5 + usize::from(word(low, high)) * column_bytes;
    if pending.len() < length { Frame::More } else { unknown(pending, length) }
}
