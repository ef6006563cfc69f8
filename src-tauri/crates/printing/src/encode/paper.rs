//! A strip of paper that is written row by row: the facade over the crate `escpos`.
//!
//! Ours, because the crate's bytes were measured to be wrong or missing: the head, the letters (its
//! text goes out as UTF-8 when the page lacks a character, and control bytes in it are obeyed), the
//! partial cut, and pictures (its own need an image file).

use super::layout::wrap;
use super::picture::{CELL_WIDE, Picture};
use super::sheet::{Row, SHEET};
use super::signals::Cut;
use super::{COLUMNS, EncodeError, Encoded};
use crate::link::TELL_CHANGES;
use crate::text;
use escpos::driver::Driver;
use escpos::errors::{PrinterError, Result as EscposResult};
use escpos::printer::Printer;
use escpos::utils::Protocol;
use fastops_domain::station::{Abilities, CodePage, PrinterProfile, ProofLevel};
use std::cell::RefCell;
use std::rc::Rc;

/// Dots of paper to the next row of the normal font, and dots in a millimetre (203 dpi).
pub(super) const ROW_DOTS: u32 = 30;
const DOTS_PER_MM: u32 = 8;
const GAP_DOTS: u8 = 8;
/// What the printer feeds to bring the last row to the knife, and the head of the next paper.
const CUT_FEED_DOTS: u32 = 160;

/// How a row looks. Sizes are multiples of the normal font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub width: u8,
    pub height: u8,
    pub bold: bool,
    pub inverse: bool,
    /// Where the printer has two colours.
    pub red: bool,
}

impl Style {
    pub const PLAIN: Self = Self { width: 1, height: 1, bold: false, inverse: false, red: false };

    pub const fn sized(width: u8, height: u8) -> Self {
        Self { width, height, ..Self::PLAIN }
    }

    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    #[must_use]
    pub const fn inverse(self) -> Self {
        Self { inverse: true, ..self }
    }

    #[must_use]
    pub const fn red(self) -> Self {
        Self { red: true, ..self }
    }
}

/// One job for one printer, written from the top. Texts come cleaned (`text::clean`).
pub struct Paper {
    printer: Printer<Tape>,
    tape: Tape,
    pub(super) columns: usize,
    pub(super) page: CodePage,
    pub(super) abilities: Abilities,
    pub(super) table: u8,
    style: Style,
    dots: u32,
    /// The rows as text, in place of bytes, for what is no printer.
    rows: Option<Vec<Row>>,
}

impl Paper {
    /// A strip that is kept as rows of text.
    pub(super) fn of_rows() -> Result<Self, EncodeError> {
        Ok(Self { rows: Some(Vec::new()), ..Self::new(SHEET)? })
    }

    /// Whether it is read by what is no printer, and keeps rows.
    pub(super) const fn is_rows(&self) -> bool {
        self.rows.is_some()
    }

    pub fn new(profile: PrinterProfile) -> Result<Self, EncodeError> {
        if !COLUMNS.contains(&profile.columns) {
            return Err(EncodeError::Columns(profile.columns));
        }
        let tape = Tape::default();
        let mut paper = Self {
            printer: Printer::new(tape.clone(), Protocol::default(), None),
            tape,
            columns: usize::from(profile.columns),
            page: profile.code_page,
            abilities: profile.abilities,
            table: profile.code_table,
            style: Style::PLAIN,
            dots: 0,
            rows: None,
        };
        // Reset; out of Chinese mode, in which cheap printers start and eat accents; USA set, so that
        // no ASCII sign is swapped; the page.
        paper.raw(&[0x1B, b'@', 0x1C, b'.', 0x1B, b'R', 0, 0x1B, b't', profile.code_table])?;
        // The reset has ended it. A printer that knows its jobs by marks knows this too; on others the
        // letters of an unknown command would be printed.
        if profile.proof == ProofLevel::ProcessId {
            paper.raw(&TELL_CHANGES)?;
        }
        Ok(paper)
    }

    /// How many characters of `style` fit on a row.
    pub fn fits(&self, style: Style) -> usize {
        self.columns / usize::from(style.width)
    }

    /// The text without what cannot or must not be printed. Where nothing can be drawn, what the page lacks is
    /// spelled in letters that it has, here and not later, so that rows are laid out for what is printed.
    pub(super) fn clean(&self, text: &str) -> String {
        let clean = text::clean(text, self.page);
        if self.abilities.pictures { clean } else { text::spell(&clean, self.page) }
    }

    /// Prints one row of cleaned text; as a picture when the page lacks one of its characters, or spelled where
    /// there are no pictures.
    pub fn row(&mut self, style: Style, text: &str) -> Result<(), EncodeError> {
        if let Some(rows) = &mut self.rows {
            rows.push(Row::of(style, text));
            return Ok(());
        }
        match text::encode(text, self.page) {
            Some(bytes) => self.letters(style, bytes),
            None if self.abilities.pictures => {
                self.colour(style.red)?;
                self.picture(&Picture::of(text, style, self.columns, self.page))
            }
            None => self.spelled(style, text),
        }
    }

    fn letters(&mut self, style: Style, mut bytes: Vec<u8>) -> Result<(), EncodeError> {
        self.dress(style)?;
        bytes.push(b'\n');
        self.raw(&bytes)?;
        self.dots += ROW_DOTS.max(24 * u32::from(style.height));
        Ok(())
    }

    /// A row of our own words, which may be longer once it is spelled.
    fn spelled(&mut self, style: Style, text: &str) -> Result<(), EncodeError> {
        let spelled = text::spell(text, self.page);
        let rows = if text::width(&spelled, self.page) <= self.fits(style) {
            vec![spelled]
        } else {
            wrap(&spelled, self.fits(style), self.page)
        };
        let bytes = rows.into_iter().filter_map(|row| text::encode(&row, self.page));
        bytes.collect::<Vec<_>>().into_iter().try_for_each(|bytes| self.letters(style, bytes))
    }

    pub fn rows(&mut self, style: Style, texts: &[String]) -> Result<(), EncodeError> {
        texts.iter().try_for_each(|text| self.row(style, text))
    }

    /// Feeds blank rows of the normal font.
    pub fn feed(&mut self, rows: u8) -> Result<(), EncodeError> {
        self.dress(Style::PLAIN)?;
        self.printer.feeds(rows).map_err(EncodeError::Command)?;
        self.dots += ROW_DOTS * u32::from(rows);
        Ok(())
    }

    /// Feeds a quarter of a row, so that neighbours are told apart.
    pub fn gap(&mut self) -> Result<(), EncodeError> {
        if let Some(rows) = &mut self.rows {
            rows.push(Row::default());
            return Ok(());
        }
        self.dots += u32::from(GAP_DOTS);
        self.raw(&[0x1B, b'J', GAP_DOTS])
    }

    /// A rule across the paper.
    pub fn rule(&mut self, sign: char) -> Result<(), EncodeError> {
        let rule = sign.to_string().repeat(self.columns);
        self.row(Style::PLAIN, &rule)
    }

    /// Gives the rows of a strip that was kept as such.
    pub(super) fn into_rows(self) -> Vec<Row> {
        self.rows.unwrap_or_default()
    }

    /// Ends the paper as this printer can, by its knife or for a hand to tear, and gives the bytes.
    pub fn cut(self) -> Result<Encoded, EncodeError> {
        let cut = if self.abilities.cutter { Cut::Partial } else { Cut::Tear };
        self.finish(cut)
    }

    /// Ends the paper in one of the ways that there are, and gives the bytes.
    pub fn finish(mut self, cut: Cut) -> Result<Encoded, EncodeError> {
        self.dress(Style::PLAIN)?;
        self.raw(cut.command())?;
        self.dots += CUT_FEED_DOTS;
        self.end()
    }

    /// Gives the bytes without moving the paper: for a job that leaves none, such as a drawer's.
    pub fn end(mut self) -> Result<Encoded, EncodeError> {
        self.printer.print().map_err(EncodeError::Command)?;
        Ok(Encoded { bytes: self.tape.bytes.take(), paper_mm: self.dots.div_ceil(DOTS_PER_MM) })
    }

    /// Prints a row in another page than the paper's own, for a person to choose by the look of it.
    pub fn row_in(&mut self, page: CodePage, table: u8, text: &str) -> Result<(), EncodeError> {
        let own = (self.page, self.table);
        self.raw(&[0x1B, b't', table])?;
        self.page = page;
        let written = self.row(Style::PLAIN, text);
        (self.page, self.table) = own;
        written?;
        self.raw(&[0x1B, b't', self.table])
    }

    /// Switches to `style`, saying only what changes.
    fn dress(&mut self, style: Style) -> Result<(), EncodeError> {
        self.colour(style.red)?;
        let before = std::mem::replace(&mut self.style, style);
        let printer = &mut self.printer;
        if (before.width, before.height) != (style.width, style.height) {
            printer.size(style.width, style.height).map_err(EncodeError::Command)?;
        }
        if before.bold != style.bold {
            printer.bold(style.bold).map_err(EncodeError::Command)?;
        }
        if before.inverse != style.inverse {
            printer.reverse(style.inverse).map_err(EncodeError::Command)?;
        }
        Ok(())
    }

    /// Goes over to red, or back to black, where there are two colours (`ESC r`).
    fn colour(&mut self, red: bool) -> Result<(), EncodeError> {
        let before = std::mem::replace(&mut self.style.red, red);
        if before == red || !self.abilities.red {
            return Ok(());
        }
        self.raw(&[0x1B, b'r', u8::from(red)])
    }

    /// How wide it prints, in dots.
    pub(super) fn width_dots(&self) -> u32 {
        CELL_WIDE * u32::try_from(self.columns).unwrap_or_default()
    }

    pub(super) fn picture(&mut self, picture: &Picture) -> Result<(), EncodeError> {
        self.dots += picture.rows();
        let command = picture.command();
        self.raw(&command)
    }

    /// Sends a command that takes `dots` of paper, in the middle of the row and in plain dress.
    pub(super) fn centred(&mut self, command: &[u8], dots: u32) -> Result<(), EncodeError> {
        self.dress(Style::PLAIN)?;
        self.raw(&[0x1B, b'a', 1])?;
        self.raw(command)?;
        self.raw(&[0x1B, b'a', 0])?;
        self.dots += dots;
        Ok(())
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) -> Result<(), EncodeError> {
        self.printer.custom(bytes).map(drop).map_err(EncodeError::Command)
    }
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Paper")
            .field("columns", &self.columns)
            .field("page", &self.page)
            .field("dots", &self.dots)
            .finish_non_exhaustive()
    }
}

/// A driver that keeps what is written.
#[derive(Clone, Default)]
struct Tape {
    bytes: Rc<RefCell<Vec<u8>>>,
}

impl Driver for Tape {
    fn name(&self) -> String {
        "memory".into()
    }

    fn write(&self, data: &[u8]) -> EscposResult<()> {
        self.bytes.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> EscposResult<usize> {
        Err(PrinterError::Input("paper in memory has nothing to say".into()))
    }

    fn flush(&self) -> EscposResult<()> {
        Ok(())
    }
}
