//! What a paper will look like, read back from the very bytes that a printer gets.
//!
//! It knows the commands that are written here and no others: a byte that it does not know is a fault of this
//! program, and then there is no picture of the paper rather than a wrong one.

use super::symbols::{QrLevel, drawn_qr};
use crate::text::decode;
use fastops_domain::station::{Candidate, CodePage};

/// Dots across a letter of the normal font.
const CELL_WIDE: u32 = 12;

/// One row on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewRow {
    pub text: String,
    /// Multiples of the normal font.
    pub width: u8,
    pub height: u8,
    pub bold: bool,
    pub inverse: bool,
    pub red: bool,
    /// Drawn dot by dot; the text beside it is what a camera reads there.
    pub dots: Option<Dots>,
}

/// A picture, eight dots to a byte, the leftmost in the highest bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dots {
    pub width: u32,
    pub rows: u32,
    pub bytes: Vec<u8>,
}

impl Dots {
    /// The same dots in the middle of a row of so many.
    fn centred(self, wide: u32) -> Self {
        let left = wide.saturating_sub(self.width) / 2;
        if left == 0 {
            return self;
        }
        let (from, to) = (self.width.div_ceil(8) as usize, wide.div_ceil(8) as usize);
        let (bytes_left, shift) = ((left / 8) as usize, left % 8);
        let mut bytes = vec![0; to * self.rows as usize];
        for (row, line) in self.bytes.chunks(from.max(1)).zip(bytes.chunks_mut(to)) {
            for (at, byte) in row.iter().enumerate() {
                let [high, low] = (u16::from(*byte) << (8 - shift)).to_be_bytes();
                for (part, place) in [(high, bytes_left + at), (low, bytes_left + at + 1)] {
                    if let Some(into) = line.get_mut(place) {
                        *into |= part;
                    }
                }
            }
        }
        Self { width: wide, rows: self.rows, bytes }
    }
}

/// The rows of a paper of so many `columns` for a printer whose own page is `own`; `others` are pages that rows of it
/// are in. None when the bytes hold a command that is not known.
pub fn preview(bytes: &[u8], columns: u8, own: Candidate, others: &[Candidate]) -> Option<Vec<PreviewRow>> {
    let wide = u32::from(columns) * CELL_WIDE;
    let (look, rows, symbol) = (PreviewRow::plain(), Vec::new(), Symbol::default());
    let (centred, kept) = (false, None);
    let mut reader = Reader { left: bytes, page: own.page, wide, centred, kept, look, rows, symbol };
    let page_of = |table: u8| {
        let known = std::iter::once(&own).chain(others).find(|known| known.table == table);
        known.map(|known| known.page)
    };
    let mut text = String::new();
    while !reader.left.is_empty() {
        match reader.byte()? {
            b'\n' => {
                let text = std::mem::take(&mut text);
                reader.rows.push(PreviewRow { text, ..reader.look.clone() });
            }
            0x1B => reader.escape(&page_of)?,
            0x1C => reader.skip(1)?,
            0x1D => reader.group()?,
            byte => text.push(decode(byte, reader.page)?),
        }
    }
    Some(reader.rows)
}

impl PreviewRow {
    fn plain() -> Self {
        Self { width: 1, height: 1, ..Self::default() }
    }
}

/// A QR code on its way: what the printer has been told of it.
#[derive(Default)]
struct Symbol {
    module_dots: u8,
    level: QrLevel,
    text: Vec<u8>,
}

struct Reader<'b> {
    left: &'b [u8],
    page: CodePage,
    /// Dots across the paper.
    wide: u32,
    /// Rows stand in the middle.
    centred: bool,
    /// The picture that the printer was told to keep, under its name.
    kept: Option<([u8; 2], Dots)>,
    symbol: Symbol,
    /// How the next row looks.
    look: PreviewRow,
    rows: Vec<PreviewRow>,
}

impl Reader<'_> {
    /// The next byte; none at the end.
    fn byte(&mut self) -> Option<u8> {
        let (first, left) = self.left.split_first()?;
        self.left = left;
        Some(*first)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.left = self.left.get(count..)?;
        Some(())
    }

    fn length(&mut self) -> Option<usize> {
        Some(usize::from(self.byte()?) + 256 * usize::from(self.byte()?))
    }

    fn feed(&mut self, rows: u8) {
        for _ in 0..rows {
            self.rows.push(PreviewRow::plain());
        }
    }

    fn escape(&mut self, page_of: &impl Fn(u8) -> Option<CodePage>) -> Option<()> {
        match self.byte()? {
            b'@' => (self.look, self.centred) = (PreviewRow::plain(), false),
            b't' => {
                let table = self.byte()?;
                self.page = page_of(table)?;
            }
            b'r' => self.look.red = self.byte()? & 1 == 1,
            b'E' => self.look.bold = self.byte()? & 1 == 1,
            b'd' => {
                let rows = self.byte()?;
                self.feed(rows);
            }
            b'a' => self.centred = matches!(self.byte()?, 1 | b'1'),
            // How far a gap is: a preview has rows alone.
            b'R' | b'J' => self.skip(1)?,
            b'p' => self.skip(3)?,
            b'B' => self.skip(2)?,
            b'(' => {
                self.skip(1)?;
                let length = self.length()?;
                self.skip(length)?;
            }
            _ => return None,
        }
        Some(())
    }

    fn group(&mut self) -> Option<()> {
        match self.byte()? {
            b'!' => {
                let size = self.byte()?;
                (self.look.width, self.look.height) = (((size >> 4) & 7) + 1, (size & 7) + 1);
            }
            b'B' => self.look.inverse = self.byte()? & 1 == 1,
            b'a' => self.skip(1)?,
            b'V' => self.skip(2)?,
            b'v' => self.picture()?,
            b'(' => {
                let family = self.byte()?;
                let length = self.length()?;
                let data = self.left.get(..length)?;
                self.skip(length)?;
                match family {
                    b'k' => self.symbol(data)?,
                    b'L' => self.kept_picture(data)?,
                    _ => {}
                }
            }
            // The same for a picture that is too large for two bytes of length.
            b'8' if self.byte()? == b'L' => {
                let (low, high) = (self.length()?, self.length()?);
                let data = self.left.get(..low + 0x1_0000 * high)?;
                self.skip(data.len())?;
                self.kept_picture(data)?;
            }
            _ => return None,
        }
        Some(())
    }

    /// `GS ( k`: the parts of a QR code, and the word to print it.
    fn symbol(&mut self, data: &[u8]) -> Option<()> {
        match data {
            [49, 65, ..] => {}
            [49, 67, dots] => self.symbol.module_dots = *dots,
            [49, 69, level] => self.symbol.level = QrLevel::of(*level)?,
            [49, 80, 48, text @ ..] => self.symbol.text = text.to_vec(),
            [49, 81, ..] => {
                let text = String::from_utf8(self.symbol.text.clone()).ok()?;
                let dots = drawn_qr(&text, self.symbol.level, self.symbol.module_dots, self.wide)?;
                self.rows.push(PreviewRow { text, dots: Some(dots), ..PreviewRow::plain() });
            }
            _ => return None,
        }
        Some(())
    }

    /// `GS ( L`: a picture that the printer keeps, is to forget, or prints.
    fn kept_picture(&mut self, data: &[u8]) -> Option<()> {
        match data {
            [48, 66, ..] => {}
            [48, 67, 48, first, second, 1, xl, xh, yl, yh, 49, bytes @ ..] => {
                let [width, rows] = [[*xl, *xh], [*yl, *yh]].map(|pair| u32::from(u16::from_le_bytes(pair)));
                let whole = bytes.len() == (width.div_ceil(8) * rows) as usize;
                self.kept = whole.then(|| ([*first, *second], Dots { width, rows, bytes: bytes.to_vec() }));
            }
            [48, 69, first, second, 1, 1] => {
                let (name, dots) = self.kept.clone()?;
                (name == [*first, *second]).then_some(())?;
                self.drawn(dots);
            }
            _ => return None,
        }
        Some(())
    }

    fn drawn(&mut self, dots: Dots) {
        let dots = if self.centred { dots.centred(self.wide) } else { dots };
        self.rows.push(PreviewRow { dots: Some(dots), ..PreviewRow::plain() });
    }

    fn picture(&mut self) -> Option<()> {
        self.skip(2)?;
        let (across, rows) = (self.length()?, self.length()?);
        let bytes = self.left.get(..across * rows)?.to_vec();
        self.skip(across * rows)?;
        let (width, rows) = (u32::try_from(across * 8).ok()?, u32::try_from(rows).ok()?);
        self.drawn(Dots { width, rows, bytes });
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWN: Candidate = Candidate { table: 19, page: CodePage::Cp858 };

    fn read(bytes: &[u8]) -> Option<Vec<PreviewRow>> {
        preview(bytes, 48, OWN, &[Candidate { table: 16, page: CodePage::Windows1252 }])
    }

    #[test]
    fn rows_have_their_looks_and_their_letters() {
        let rows = read(
            b"\x1B@\x1C.\x1BR\0\x1Bt\x13\x1D!\x11\x1BE\x01se\xA4or\n\x1D!\0\x1BE\0\x1Bt\x10\xF1\n\x1DVB\0",
        )
        .unwrap();
        let looks: Vec<_> =
            rows.iter().map(|row| (row.text.as_str(), row.width, row.height, row.bold)).collect();
        assert_eq!(looks, [("señor", 2, 2, true), ("ñ", 1, 1, false)]);
    }

    #[test]
    fn dots_are_kept_as_they_are() {
        let rows = read(b"\x1Dv0\0\x02\0\x01\0\xA5\x0Fx\n").unwrap();
        assert_eq!(rows[0].dots, Some(Dots { width: 16, rows: 1, bytes: vec![0xA5, 0x0F] }));
        assert_eq!(rows[1].text, "x");
    }

    #[test]
    fn a_picture_in_the_middle_stands_there_dot_by_dot() {
        // Paper of 576 dots: 16 of them begin at the 280th, which is the first of a byte.
        let rows = read(b"\x1Ba\x01\x1Dv0\0\x02\0\x01\0\xA5\x0F\x1Ba\0\x1Dv0\0\x01\0\x01\0\xA5").unwrap();
        let dots = rows[0].dots.clone().unwrap();
        assert_eq!((dots.width, dots.rows, &dots.bytes[34..38]), (576, 1, &[0, 0xA5, 0x0F, 0][..]));
        assert_eq!(rows[1].dots.as_ref().unwrap().width, 8, "and what follows does not");
        let eight = Dots { width: 8, rows: 2, bytes: vec![0xA5, 0xFF] }.centred(24 + 8 - 6);
        assert_eq!(eight.bytes, [0, 0x52, 0x80, 0, 0, 0x7F, 0x80, 0]);
    }

    #[test]
    fn a_picture_that_the_printer_keeps_is_seen_where_it_is_printed() {
        let keep = b"\x1D(L\x0F\x000C0FO\x01\x0C\0\x02\x001\xAA\xF0\x55\x00";
        let large = b"\x1D8L\x0F\0\0\x000C0FO\x01\x0C\0\x02\x001\xAA\xF0\x55\x00";
        let print = b"\x1D(L\x06\x000EFO\x01\x01";
        for keep in [&keep[..], large] {
            let rows = read(&[keep, print, print].concat()).unwrap();
            let dots = Dots { width: 12, rows: 2, bytes: vec![0xAA, 0xF0, 0x55, 0] };
            assert!(rows.len() == 2 && rows.iter().all(|row| row.dots.as_ref() == Some(&dots)), "{rows:?}");
        }
        assert_eq!(read(print), None, "nobody knows what it kept before");
        assert_eq!(read(&[&keep[..], b"\x1D(L\x06\x000EXX\x01\x01"].concat()), None);
    }

    #[test]
    fn what_is_not_known_gives_no_picture_of_the_paper() {
        for bytes in [&b"\x1BQ"[..], b"\x1D\x01", b"\x1Dv0\0\x02\0\x01\0\xA5", b"\x1Bt\x07", b"\x07", b"\x1B"]
        {
            assert_eq!(read(bytes), None, "{bytes:02x?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(rows) = read(&bytes) {
                prop_assert!(rows.len() <= 256 * (bytes.len() + 1));
            }
        }
    }
}
