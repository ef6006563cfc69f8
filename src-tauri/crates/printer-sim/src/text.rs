//! A slip as plain text, for golden files, logs and people on a terminal.

use crate::paper::{Align, Block, Slip, Style};
use crate::parser::Symbology;

/// Dots of one blank line at the default spacing.
const LINE_DOTS: u32 = 32;

pub(crate) fn render(slip: &Slip) -> String {
    let mut text = String::new();
    let mut spare_feed = 0;
    for (index, block) in slip.blocks.iter().enumerate() {
        match block {
            // The stretch between head and knife that every slip begins with is paper, not layout.
            Block::Feed(_) if index == 0 => {}
            Block::Text(line) => {
                let indent = (line.offset_dots() / Style::default().advance_dots()) as usize;
                push_line(&mut text, indent, &line.text());
            }
            Block::Picture { raster, align } => {
                let note = format!("[picture {}×{}]", raster.width_dots(), raster.height_dots());
                push_aligned(&mut text, slip.columns, *align, &note);
            }
            Block::Barcode { barcode, align } => {
                let note = format!("[{} {}]", symbology_name(barcode.symbology), barcode.data);
                push_aligned(&mut text, slip.columns, *align, &note);
            }
            Block::Qr { code, align } => {
                push_aligned(&mut text, slip.columns, *align, &format!("[QR {}]", code.data));
            }
            Block::Feed(dots) => {
                spare_feed += dots;
                for _ in 0..spare_feed / LINE_DOTS {
                    text.push('\n');
                }
                spare_feed %= LINE_DOTS;
            }
        }
    }
    text
}

fn push_aligned(text: &mut String, columns: u16, align: Align, note: &str) {
    let spare = usize::from(columns).saturating_sub(note.chars().count());
    let indent = match align {
        Align::Left => 0,
        Align::Center => spare / 2,
        Align::Right => spare,
    };
    push_line(text, indent, note);
}

fn push_line(text: &mut String, indent: usize, line: &str) {
    let line = line.trim_end();
    if !line.is_empty() {
        text.extend(std::iter::repeat_n(' ', indent));
        text.push_str(line);
    }
    text.push('\n');
}

fn symbology_name(symbology: Symbology) -> &'static str {
    match symbology {
        Symbology::UpcA => "UPC-A",
        Symbology::UpcE => "UPC-E",
        Symbology::Ean13 => "EAN-13",
        Symbology::Ean8 => "EAN-8",
        Symbology::Code39 => "CODE39",
        Symbology::Itf => "ITF",
        Symbology::Codabar => "CODABAR",
        Symbology::Code93 => "CODE93",
        Symbology::Code128 => "CODE128",
    }
}
