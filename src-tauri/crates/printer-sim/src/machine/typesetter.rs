//! The print buffer: gathers decoded characters into a line, wraps where the paper ends, keeps the settings
//! that `ESC @` resets.

use crate::codepage::{self, CodePage, CodeTables};
use crate::paper::{Align, Run, Style, TextLine};
use crate::parser::{BarcodeLabel, Command, QrLevel};

/// Default distance between lines: 4 mm.
pub(super) const LINE_DOTS: u32 = 32;
/// Stands for a character of the Chinese mode, two columns wide.
pub(crate) const IDEOGRAPH: char = '〓';

/// Settings of the printer that last until `ESC @` or a power cycle.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) style: Style,
    pub(super) align: Align,
    upside_down: bool,
    page: CodePage,
    national: u8,
    pub(super) chinese: bool,
    pub(super) line_spacing: u32,
    margin_dots: u32,
    area_dots: Option<u32>,
    tab_stops: Vec<u8>,
    pub(super) barcode_height: u8,
    pub(super) barcode_module: u8,
    pub(super) barcode_label: BarcodeLabel,
    pub(super) qr_module: u8,
    pub(super) qr_level: QrLevel,
}

impl Settings {
    fn new(chinese: bool) -> Self {
        Self {
            style: Style::default(),
            align: Align::Left,
            upside_down: false,
            page: CodePage::Cp437,
            national: 0,
            chinese,
            line_spacing: LINE_DOTS,
            margin_dots: 0,
            area_dots: None,
            tab_stops: (1..=20).map(|stop| stop * 8).collect(),
            barcode_height: 162,
            barcode_module: 3,
            barcode_label: BarcodeLabel::None,
            qr_module: 3,
            qr_level: QrLevel::Low,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Typesetter {
    pub(super) settings: Settings,
    width_dots: u32,
    starts_in_chinese: bool,
    runs: Vec<Run>,
    /// Where the next character starts, in dots from the margin.
    cursor_dots: u32,
    /// First byte of a Chinese character that waits for its second.
    lead_byte: bool,
}

impl Typesetter {
    pub(super) fn new(width_dots: u32, starts_in_chinese: bool) -> Self {
        Self {
            settings: Settings::new(starts_in_chinese),
            width_dots,
            starts_in_chinese,
            runs: Vec::new(),
            cursor_dots: 0,
            lead_byte: false,
        }
    }

    /// `ESC @`: settings back to what they were at power on, the unprinted line is lost.
    pub(super) fn initialize(&mut self) {
        *self = Self::new(self.width_dots, self.starts_in_chinese);
    }

    /// True when nothing waits to be printed on this line.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Takes a byte of text. Returns a line when the character did not fit and pushed it out.
    pub(super) fn text(&mut self, byte: u8) -> Option<TextLine> {
        if self.settings.chinese {
            if std::mem::take(&mut self.lead_byte) {
                if (0x40..=0xFE).contains(&byte) && byte != 0x7F {
                    return self.character(IDEOGRAPH, 2);
                }
            } else if (0x81..=0xFE).contains(&byte) {
                self.lead_byte = true;
                return None;
            }
        }
        let character = if byte < 0x80 {
            codepage::decode_ascii(byte, self.settings.national)
        } else {
            self.settings.page.decode(byte)
        };
        self.character(character, 1)
    }

    fn character(&mut self, character: char, columns: u32) -> Option<TextLine> {
        let style = self.settings.style;
        let width_dots = style.advance_dots() * columns;
        let area = self.area_dots();
        let full =
            (self.cursor_dots + width_dots > area && self.cursor_dots > 0).then(|| self.take_line(None));
        match self.runs.last_mut() {
            Some(run) if run.style == style && run.at_dots + run.width_dots == self.cursor_dots => {
                run.text.push(character);
                run.width_dots += width_dots;
            }
            _ => {
                let text = character.to_string();
                self.runs.push(Run { at_dots: self.cursor_dots, text, style, width_dots });
            }
        }
        self.cursor_dots += width_dots;
        full
    }

    /// Ends the line. The paper moves `feed_dots`, or one line when that is `None`, and never less than the
    /// tallest character.
    pub(super) fn take_line(&mut self, feed_dots: Option<u32>) -> TextLine {
        let tallest = self.runs.iter().map(|run| run.style.height_dots()).max().unwrap_or(0);
        let spacing = self.settings.line_spacing;
        // Characters taller than the spacing keep the gap that plain lines have, up to one millimetre.
        let line_dots = match tallest {
            0..=24 => spacing,
            tall => spacing.max(tall + spacing.saturating_sub(24).min(8)),
        };
        self.cursor_dots = 0;
        self.lead_byte = false;
        TextLine {
            runs: std::mem::take(&mut self.runs),
            align: self.settings.align,
            upside_down: self.settings.upside_down,
            margin_dots: self.settings.margin_dots.min(self.width_dots),
            area_dots: self.area_dots(),
            feed_dots: feed_dots.map_or(line_dots, |dots| dots.max(tallest)),
        }
    }

    fn area_dots(&self) -> u32 {
        let rest = self.width_dots.saturating_sub(self.settings.margin_dots);
        self.settings.area_dots.unwrap_or(rest).min(rest)
    }

    /// `HT`: the next stop to the right of the cursor, nothing when there is none.
    pub(super) fn tab(&mut self) {
        let cell = Style::default().advance_dots();
        let column = self.cursor_dots / cell;
        if let Some(stop) = self.settings.tab_stops.iter().find(|stop| u32::from(**stop) > column) {
            let at_dots = u32::from(*stop) * cell;
            if at_dots < self.area_dots() {
                self.cursor_dots = at_dots;
            }
        }
    }

    /// Applies a setting. Returns false for a value that this printer does not have.
    pub(super) fn set(&mut self, command: &Command, tables: &CodeTables) -> bool {
        self.lead_byte = false;
        let at_line_start = self.is_empty();
        let settings = &mut self.settings;
        match *command {
            Command::CodeTable(n) => match tables.page(n) {
                Some(page) => settings.page = page,
                None => return false,
            },
            Command::NationalSet(n) if codepage::has_national_set(n) => settings.national = n,
            Command::NationalSet(_) => return false,
            Command::PrintMode(mode) => {
                settings.style.font_b = mode & 0x01 != 0;
                settings.style.bold = mode & 0x08 != 0;
                settings.style.height = if mode & 0x10 == 0 { 1 } else { 2 };
                settings.style.width = if mode & 0x20 == 0 { 1 } else { 2 };
                settings.style.underline = u8::from(mode & 0x80 != 0);
            }
            Command::Bold(on) => settings.style.bold = on,
            Command::Underline(dots) => settings.style.underline = dots,
            Command::FontB(on) => settings.style.font_b = on,
            Command::Inverse(on) => settings.style.inverse = on,
            Command::Red(on) => settings.style.red = on,
            Command::Size { width, height } => {
                (settings.style.width, settings.style.height) = (width, height);
            }
            Command::CharacterGap(dots) => settings.style.gap = dots,
            // Alignment, direction and margins count only where a line begins.
            Command::Justify(align) if at_line_start => settings.align = align,
            Command::UpsideDown(on) if at_line_start => settings.upside_down = on,
            Command::LeftMargin(dots) if at_line_start => settings.margin_dots = u32::from(dots),
            Command::AreaWidth(dots) if at_line_start => settings.area_dots = Some(u32::from(dots)),
            Command::LineSpacing(dots) => settings.line_spacing = dots.map_or(LINE_DOTS, u32::from),
            Command::ChineseMode(on) => settings.chinese = on,
            Command::BarcodeHeight(dots) => settings.barcode_height = dots,
            Command::BarcodeModule(dots) => settings.barcode_module = dots,
            Command::BarcodeLabel(label) => settings.barcode_label = label,
            Command::QrModule(dots) => settings.qr_module = dots,
            Command::QrLevel(level) => settings.qr_level = level,
            Command::TabStops(ref stops) => settings.tab_stops.clone_from(stops),
            Command::MoveTo(dots) if u32::from(dots) < self.width_dots => self.cursor_dots = u32::from(dots),
            _ => {}
        }
        true
    }
}
