//! What ends up on paper: lines of true text with their style, pictures and codes, and the slip that a cut
//! makes of them. A test holds this against the database; a person sees it as plain text or as a picture.

use std::sync::Arc;

use crate::parser::{BarcodeLabel, QrLevel, Symbology};

/// Print dots per millimetre of a 203 dpi head.
pub(crate) const DOTS_PER_MM: u32 = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

/// How a run of characters looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent switch of the character generator")]
pub struct Style {
    pub bold: bool,
    pub inverse: bool,
    pub red: bool,
    pub font_b: bool,
    /// Thickness of the underline in dots, 0 for none.
    pub underline: u8,
    /// Magnification, 1 to 8.
    pub width: u8,
    pub height: u8,
    /// Dots to the right of every character.
    pub gap: u8,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            bold: false,
            inverse: false,
            red: false,
            font_b: false,
            underline: 0,
            width: 1,
            height: 1,
            gap: 0,
        }
    }
}

impl Style {
    /// Width in dots that one character takes, with its gap.
    pub fn advance_dots(self) -> u32 {
        let cell: u32 = if self.font_b { 9 } else { 12 };
        (cell + u32::from(self.gap)) * u32::from(self.width)
    }

    /// Height in dots of one character.
    pub fn height_dots(self) -> u32 {
        let cell: u32 = if self.font_b { 17 } else { 24 };
        cell * u32::from(self.height)
    }
}

/// A stretch of one line in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Dots from the left edge of the line's text.
    pub at_dots: u32,
    pub text: String,
    pub style: Style,
    /// Dots that the run takes.
    pub width_dots: u32,
}

/// One printed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    pub runs: Vec<Run>,
    pub align: Align,
    pub upside_down: bool,
    /// Left margin and width of the area it was aligned in, in dots.
    pub margin_dots: u32,
    pub area_dots: u32,
    /// How far the paper moved for it.
    pub feed_dots: u32,
}

impl TextLine {
    /// The true text of the line, without the blanks that alignment adds.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut column_dots = 0;
        for run in &self.runs {
            // A jump (tab, absolute position) shows as blanks of the plain font.
            let gap = run.at_dots.saturating_sub(column_dots) / Style::default().advance_dots();
            text.extend(std::iter::repeat_n(' ', gap as usize));
            text.push_str(&run.text);
            column_dots = run.at_dots + run.width_dots;
        }
        text
    }

    /// Dots from the start of the text to its end.
    pub fn width_dots(&self) -> u32 {
        self.runs.last().map_or(0, |run| run.at_dots + run.width_dots)
    }

    /// Dots from the left edge of the printable area to the start of the text.
    pub fn offset_dots(&self) -> u32 {
        let spare = self.area_dots.saturating_sub(self.width_dots());
        self.margin_dots
            + match self.align {
                Align::Left => 0,
                Align::Center => spare / 2,
                Align::Right => spare,
            }
    }
}

/// A picture of one bit per dot; rows start at a byte, the leftmost dot is the highest bit, 1 is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    width: usize,
    data: Arc<[u8]>,
    double_width: bool,
    double_height: bool,
}

impl Raster {
    pub(crate) fn new(width: usize, data: Vec<u8>, double_width: bool, double_height: bool) -> Self {
        Self { width, data: data.into(), double_width, double_height }
    }

    /// Width on paper, in dots.
    pub fn width_dots(&self) -> usize {
        if self.double_width { self.width * 2 } else { self.width }
    }

    /// Height on paper, in dots.
    pub fn height_dots(&self) -> usize {
        let rows = self.data.len() / self.width.div_ceil(8).max(1);
        if self.double_height { rows * 2 } else { rows }
    }

    /// Whether the dot is black; false outside the picture.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        let x = if self.double_width { x / 2 } else { x };
        let y = if self.double_height { y / 2 } else { y };
        if x >= self.width {
            return false;
        }
        let byte = self.data.get(y * self.width.div_ceil(8) + x / 8).copied().unwrap_or(0);
        byte & (0x80 >> (x % 8)) != 0
    }

    /// The rows as they were sent.
    pub fn data(&self) -> &[u8] {
        &self.data
    }
}

/// A one-dimensional code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barcode {
    pub symbology: Symbology,
    /// The data as text (printable ASCII; anything else as U+FFFD).
    pub data: String,
    pub height_dots: u8,
    pub module_dots: u8,
    pub label: BarcodeLabel,
}

/// A two-dimensional code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    pub data: String,
    pub module_dots: u8,
    pub level: QrLevel,
}

/// One thing on the paper, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Text(TextLine),
    Picture {
        raster: Raster,
        align: Align,
    },
    Barcode {
        barcode: Barcode,
        align: Align,
    },
    Qr {
        code: QrCode,
        align: Align,
    },
    /// Paper that moved with nothing on it, in dots.
    Feed(u32),
}

/// A piece of paper that came out of the printer: everything between two cuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Counts from 1 since the printer was made.
    pub number: u64,
    /// Wall clock at the end of the cut, milliseconds since 1970 by the clock that the host passed in.
    pub cut_at_ms: i64,
    /// Characters of the plain font that fit on a line.
    pub columns: u16,
    pub blocks: Vec<Block>,
    /// False when the cut left one point uncut, or when the paper was torn off by hand.
    pub full_cut: bool,
    /// Commands among this slip's bytes that mean nothing to the printer.
    pub unknown_commands: Vec<Vec<u8>>,
    /// Times a drawer was opened while this slip was made.
    pub drawer_kicks: u32,
    /// Beeps while this slip was made.
    pub beeps: u32,
    /// Every byte that the machine consumed for this slip, in order.
    pub raw: Vec<u8>,
}

impl Slip {
    /// The text lines, blank ones too.
    pub fn lines(&self) -> impl Iterator<Item = &TextLine> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Text(line) => Some(line),
            _ => None,
        })
    }

    pub fn pictures(&self) -> impl Iterator<Item = &Raster> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Picture { raster, .. } => Some(raster),
            _ => None,
        })
    }

    pub fn barcodes(&self) -> impl Iterator<Item = &Barcode> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Barcode { barcode, .. } => Some(barcode),
            _ => None,
        })
    }

    pub fn qr_codes(&self) -> impl Iterator<Item = &QrCode> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Qr { code, .. } => Some(code),
            _ => None,
        })
    }

    /// Length of the paper in millimetres.
    pub fn length_mm(&self) -> u32 {
        self.blocks.iter().map(crate::machine::block_dots).fold(0, u32::saturating_add) / DOTS_PER_MM
    }

    /// True when a line of the slip contains `needle`.
    pub fn contains(&self, needle: &str) -> bool {
        self.lines().any(|line| line.text().contains(needle))
    }

    /// The first line that contains `needle`.
    pub fn find_line(&self, needle: &str) -> Option<&TextLine> {
        self.lines().find(|line| line.text().contains(needle))
    }

    /// The slip as plain text of the printer's width, one line per printed line, without trailing blanks.
    pub fn text(&self) -> String {
        crate::text::render(self)
    }

    /// The slip as a PNG picture that looks like the paper.
    pub fn png(&self) -> Vec<u8> {
        crate::render::png(self)
    }
}
