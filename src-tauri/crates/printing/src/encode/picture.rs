//! A row drawn dot by dot, for what the printer's page cannot say.
//!
//! A character that the typeface lacks too (Chinese, emoji) becomes a box with its Unicode number,
//! two columns wide: it shows that something stands there, and it can be looked up. Nothing is lost
//! and nothing pretends to be another character.

use super::paper::{ROW_DOTS, Style};
use super::preview::Dots;
use crate::text::{cells, draws, face};
use ab_glyph::{Font, Glyph, PxScale, ScaleFont, point};
use fastops_domain::station::CodePage;

/// Dots of one character of the normal font (203 dpi).
pub(super) const CELL_WIDE: u32 = 12;
const CELL_HIGH: u32 = 24;
/// Coverage from which a dot is black.
const INK: f32 = 0.45;
/// Rows of one command. A picture goes in bands, which cheap printers with a small memory want, and the
/// number of rows stays in one byte, so that the head of a band cannot look like a real-time command.
const BAND_ROWS: u32 = 128;

/// Dots, eight to a byte, the leftmost in the highest bit.
#[derive(Debug)]
pub(super) struct Picture {
    bytes_per_row: u32,
    rows: u32,
    dots: Vec<u8>,
}

impl Picture {
    pub(super) fn of(text: &str, style: Style, columns: usize, page: CodePage) -> Self {
        let high = CELL_HIGH * u32::from(style.height);
        let wide = CELL_WIDE * u32::try_from(columns).unwrap_or_default();
        let mut picture = Self::blank(wide, high.max(ROW_DOTS));
        let cell = (CELL_WIDE * u32::from(style.width), high);
        let mut column = 0;
        for c in text.chars() {
            let taken = u32::try_from(cells(c, page)).unwrap_or_default();
            // A mark of no width sits on the character before it.
            let at = if taken == 0 { column - column.min(1) } else { column };
            if draws(c) {
                picture.glyph(c, (at * cell.0, 0), cell);
            } else {
                picture.code(c, at * cell.0, (cell.0 * taken, high));
            }
            column += taken;
        }
        if style.inverse {
            picture.invert((column * cell.0).min(wide), high);
        }
        picture
    }

    /// Dots of paper that it takes.
    pub(super) fn into_dots(self) -> Dots {
        Dots { width: self.bytes_per_row * 8, rows: self.rows, bytes: self.dots }
    }

    pub(super) const fn rows(&self) -> u32 {
        self.rows
    }

    /// `GS v 0` for each band, with no real-time command hidden in its dots.
    pub(super) fn command(&self) -> Vec<u8> {
        let Dots { bytes, .. } = self.sent();
        let mut command = Vec::with_capacity(bytes.len() + 16);
        let [xl, xh] = low_high(self.bytes_per_row);
        for band in bytes.chunks((self.bytes_per_row * BAND_ROWS) as usize) {
            let [yl, yh] = low_high(u32::try_from(band.len()).unwrap_or_default() / self.bytes_per_row);
            command.extend_from_slice(&[0x1D, b'v', b'0', 0, xl, xh, yl, yh]);
            command.extend_from_slice(band);
        }
        command
    }

    /// The dots as they are sent.
    pub(super) fn sent(&self) -> Dots {
        let mut bytes = self.dots.clone();
        disarm(&mut bytes);
        Dots { width: self.bytes_per_row * 8, rows: self.rows, bytes }
    }

    pub(super) fn blank(wide: u32, rows: u32) -> Self {
        let bytes_per_row = wide.div_ceil(8);
        Self { bytes_per_row, rows, dots: vec![0; (bytes_per_row * rows) as usize] }
    }

    fn at(&mut self, x: u32, y: u32) -> Option<(&mut u8, u8)> {
        if x >= self.bytes_per_row * 8 || y >= self.rows {
            return None;
        }
        let index = (y * self.bytes_per_row + x / 8) as usize;
        self.dots.get_mut(index).map(|byte| (byte, 0x80 >> (x % 8)))
    }

    pub(super) fn ink(&mut self, x: u32, y: u32) {
        if let Some((byte, dot)) = self.at(x, y) {
            *byte |= dot;
        }
    }

    fn invert(&mut self, wide: u32, high: u32) {
        for (x, y) in (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))) {
            if let Some((byte, dot)) = self.at(x, y) {
                *byte ^= dot;
            }
        }
    }

    /// Draws one character into a cell whose upper left dot is `at`.
    fn glyph(&mut self, c: char, at: (u32, u32), cell: (u32, u32)) {
        let face = face();
        let (wide, high) = (dots(cell.0), dots(cell.1));
        let advance = face.as_scaled(PxScale::from(high)).h_advance(face.glyph_id('M'));
        let scale = PxScale { x: high * wide / advance, y: high };
        let ascent = face.as_scaled(scale).ascent();
        let glyph: Glyph =
            face.glyph_id(c).with_scale_and_position(scale, point(dots(at.0), dots(at.1) + ascent));
        let Some(outline) = face.outline_glyph(glyph) else { return };
        let bounds = outline.px_bounds();
        outline.draw(|x, y, coverage| {
            if coverage >= INK
                && let (Some(x), Some(y)) = (place(bounds.min.x, x), place(bounds.min.y, y))
            {
                self.ink(x, y);
            }
        });
    }

    /// Draws a box with the character's number in hexadecimal, in two rows.
    fn code(&mut self, c: char, left: u32, (wide, high): (u32, u32)) {
        let (right, bottom) = (left + wide - 2, high - 2);
        for x in left..=right {
            self.ink(x, 1);
            self.ink(x, bottom);
        }
        for y in 1..=bottom {
            self.ink(left, y);
            self.ink(right, y);
        }
        let number = format!("{:04X}", u32::from(c));
        let (upper, lower) = number.split_at(number.len().div_ceil(2));
        let inner = (wide - 4, (high - 5) / 2);
        for (line, digits) in [upper, lower].into_iter().enumerate() {
            let count = u32::try_from(upper.len()).unwrap_or(1);
            let top = 3 + u32::try_from(line).unwrap_or_default() * inner.1;
            for (n, digit) in (0..).zip(digits.chars()) {
                self.glyph(digit, (left + 2 + n * inner.0 / count, top), (inner.0 / count, inner.1));
            }
        }
    }
}

/// A number as two bytes of a command, the low one first.
pub(super) fn low_high(n: u32) -> [u8; 2] {
    u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes()
}

/// Real-time commands (`DLE EOT`, `DLE ENQ`, `DLE DC4`) are obeyed even inside a picture: where dots
/// look like one, a neighbouring dot is added.
fn disarm(dots: &mut [u8]) {
    for index in 1..dots.len() {
        if dots[index - 1] == 0x10 && matches!(dots[index], 0x04 | 0x05 | 0x14) {
            dots[index - 1] = 0x18;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a print head has less than a thousand dots")]
const fn dots(n: u32) -> f32 {
    n as f32
}

/// The dot `offset` after `from`, unless it lies off the paper's edge.
#[expect(clippy::cast_possible_truncation, reason = "a print head has less than a thousand dots")]
fn place(from: f32, offset: u32) -> Option<u32> {
    let dot = i64::from(from as i32) + i64::from(offset);
    u32::try_from(dot).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lit(picture: &Picture) -> u32 {
        picture.dots.iter().map(|byte| byte.count_ones()).sum()
    }

    fn picture(text: &str, style: Style) -> Picture {
        Picture::of(text, style, 32, CodePage::Cp858)
    }

    #[test]
    fn a_row_takes_the_place_of_the_row_that_it_stands_for() {
        let plain = picture("борщ", Style::PLAIN);
        assert_eq!((plain.bytes_per_row, plain.rows), (48, ROW_DOTS));
        assert_eq!(picture("борщ", Style::sized(2, 2)).rows, 48);
        let command = plain.command();
        assert_eq!(command[..8], [0x1D, b'v', b'0', 0, 48, 0, 30, 0]);
        assert_eq!(command.len(), 8 + 48 * 30);
    }

    #[test]
    fn what_the_font_lacks_shows_its_number() {
        let (one, other) = (picture("面", Style::PLAIN), picture("麵", Style::PLAIN));
        assert!(lit(&one) > 60, "a box with digits");
        assert_ne!(one.dots, other.dots, "two characters never look alike");
    }

    #[test]
    fn inverse_swaps_black_and_white_over_the_text() {
        let (plain, inverse) = (picture("щи", Style::PLAIN), picture("щи", Style::PLAIN.inverse()));
        assert_eq!(lit(&plain) + lit(&inverse), 2 * 12 * 24);
    }

    #[test]
    fn a_tall_picture_goes_in_bands_that_hold_every_row() {
        let mut tall = Picture::blank(64, 300);
        (0..300).for_each(|y| tall.ink(3, y));
        let command = tall.command();
        assert_eq!(command.len(), 3 * 8 + 8 * 300);
        let heads = [(0, 128), (8 + 8 * 128, 128), (2 * (8 + 8 * 128), 44)];
        for (at, rows) in heads {
            assert_eq!(command[at..at + 8], [0x1D, b'v', b'0', 0, 8, 0, rows, 0]);
        }
        let inked: u32 = command.iter().filter(|byte| **byte == 0x10).map(|byte| byte.count_ones()).sum();
        assert_eq!(inked, 300);
    }

    #[test]
    fn no_real_time_command_hides_in_the_dots() {
        let mut dots = [0x10, 0x04, 0x01, 0x10, 0x10, 0x14, 0x10, 0x05, 0x10];
        disarm(&mut dots);
        assert_eq!(dots, [0x18, 0x04, 0x01, 0x10, 0x18, 0x14, 0x18, 0x05, 0x10]);
    }
}
