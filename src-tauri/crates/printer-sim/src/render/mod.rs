//! A slip as a picture: what a person would hold in their hand.
//!
//! Text is drawn from outlines at the size the head prints it, so that double size is truly double and sharp.
//! Two pixels per dot.

mod canvas;
mod glyphs;
mod sheet;

use canvas::Canvas;
use glyphs::Typeface;

use crate::machine::IDEOGRAPH;
use crate::paper::{Align, Barcode, Block, QrCode, Raster, Run, Slip, Style, TextLine};
use crate::parser::BarcodeLabel;
use crate::symbols;

/// Blank paper on each side of the printable area: 80 mm paper with 72 mm printable.
const SIDE_MARGIN_DOTS: u32 = 32;
const BOTTOM_MARGIN_DOTS: u32 = 28;
/// A strip longer than this (12 m) is drawn up to here.
const MAX_HEIGHT_DOTS: u32 = 96_000;

/// Draws `slip` and encodes it as PNG.
pub(crate) fn png(slip: &Slip) -> Vec<u8> {
    let printable_dots = u32::from(slip.columns) * 12;
    let length_dots: u32 =
        slip.blocks.iter().map(block_dots).fold(0, u32::saturating_add).min(MAX_HEIGHT_DOTS);
    let mut page = Page {
        canvas: Canvas::new(printable_dots + 2 * SIDE_MARGIN_DOTS, length_dots + BOTTOM_MARGIN_DOTS),
        typeface: Typeface::bundled(),
        printable_dots,
    };
    let mut y_dots = 0;
    for block in &slip.blocks {
        if y_dots >= length_dots {
            break;
        }
        page.block(block, y_dots);
        y_dots = y_dots.saturating_add(block_dots(block));
    }
    sheet::encode(&page.canvas)
}

fn block_dots(block: &Block) -> u32 {
    crate::machine::block_dots(block)
}

struct Page {
    canvas: Canvas,
    typeface: Typeface,
    printable_dots: u32,
}

impl Page {
    fn block(&mut self, block: &Block, y_dots: u32) {
        match block {
            Block::Text(line) if line.upside_down => self.line_upside_down(line, y_dots),
            Block::Text(line) => {
                let x_dots = SIDE_MARGIN_DOTS + line.offset_dots();
                self.line(line, x_dots, y_dots);
            }
            Block::Picture { raster, align } => self.picture(raster, *align, y_dots),
            Block::Barcode { barcode, align } => self.barcode(barcode, *align, y_dots),
            Block::Qr { code, align } => self.qr(code, *align, y_dots),
            Block::Feed(_) => {}
        }
    }

    fn line(&mut self, line: &TextLine, x_dots: u32, y_dots: u32) {
        let tallest = line.runs.iter().map(|run| run.style.height_dots()).max().unwrap_or(0);
        for run in &line.runs {
            // Characters of different height stand on one base line.
            let top_dots = y_dots + tallest - run.style.height_dots();
            self.run(run, x_dots + run.at_dots, top_dots);
        }
    }

    fn run(&mut self, run: &Run, x_dots: u32, top_dots: u32) {
        let Style { inverse, red, underline, .. } = run.style;
        let height_dots = run.style.height_dots();
        if inverse {
            // The bar reaches halfway into the gap between lines, so that bars on neighbouring lines meet.
            self.canvas.fill(x_dots, top_dots.saturating_sub(4), run.width_dots, height_dots + 8, red);
        }
        let mut cell_dots = x_dots;
        for character in run.text.chars() {
            if character == IDEOGRAPH {
                self.ideograph(run.style, cell_dots, top_dots);
                cell_dots += 2 * run.style.advance_dots();
            } else {
                self.typeface.draw(&mut self.canvas, character, run.style, cell_dots, top_dots);
                cell_dots += run.style.advance_dots();
            }
        }
        if underline > 0 && !inverse {
            let thickness = u32::from(underline);
            self.canvas.fill(x_dots, top_dots + height_dots + 1 - thickness, run.width_dots, thickness, red);
        }
    }

    /// Two thick strokes: what this printer shows for a character of the Chinese mode.
    fn ideograph(&mut self, style: Style, x_dots: u32, top_dots: u32) {
        let (width, height) = (2 * style.advance_dots(), style.height_dots());
        for top in [height / 6, height / 2] {
            self.canvas.fill(x_dots + 2, top_dots + top, width.saturating_sub(4), height / 4, style.red);
        }
    }

    fn line_upside_down(&mut self, line: &TextLine, y_dots: u32) {
        let mut canvas = Canvas::new(self.canvas.width_dots(), line.feed_dots);
        std::mem::swap(&mut canvas, &mut self.canvas);
        self.line(line, SIDE_MARGIN_DOTS + line.offset_dots(), 4);
        std::mem::swap(&mut canvas, &mut self.canvas);
        self.canvas.stamp_rotated(&canvas, y_dots);
    }

    fn start(&self, width_dots: u32, align: Align) -> u32 {
        let spare = self.printable_dots.saturating_sub(width_dots);
        SIDE_MARGIN_DOTS
            + match align {
                Align::Left => 0,
                Align::Center => spare / 2,
                Align::Right => spare,
            }
    }

    fn picture(&mut self, raster: &Raster, align: Align, y_dots: u32) {
        let width = u32::try_from(raster.width_dots()).unwrap_or(u32::MAX).min(self.printable_dots);
        let left = self.start(width, align);
        for y in 0..u32::try_from(raster.height_dots()).unwrap_or(0) {
            for x in (0..width).filter(|x| raster.is_black(*x as usize, y as usize)) {
                self.canvas.fill(left + x, y_dots + y, 1, 1, false);
            }
        }
    }

    fn barcode(&mut self, barcode: &Barcode, align: Align, y_dots: u32) {
        let module = u32::from(barcode.module_dots);
        let modules = symbols::barcode_modules(barcode).unwrap_or_default();
        let width = u32::try_from(modules.len()).unwrap_or(0) * module;
        if width > self.printable_dots {
            return;
        }
        let left = self.start(width, align);
        let mut top = y_dots + 4;
        if matches!(barcode.label, BarcodeLabel::Above | BarcodeLabel::Both) {
            self.label(barcode, align, top);
            top += symbols::LABEL_DOTS;
        }
        for (index, _) in modules.iter().enumerate().filter(|(_, black)| **black) {
            let index = u32::try_from(index).unwrap_or(0);
            self.canvas.fill(left + index * module, top, module, u32::from(barcode.height_dots), false);
        }
        if matches!(barcode.label, BarcodeLabel::Below | BarcodeLabel::Both) {
            self.label(barcode, align, top + u32::from(barcode.height_dots) + 2);
        }
    }

    fn label(&mut self, barcode: &Barcode, align: Align, top_dots: u32) {
        let text = symbols::barcode_label(barcode);
        let style = Style::default();
        let width_dots = u32::try_from(text.chars().count()).unwrap_or(0) * style.advance_dots();
        let x_dots = self.start(width_dots, align);
        self.run(&Run { at_dots: 0, text, style, width_dots }, x_dots, top_dots);
    }

    fn qr(&mut self, code: &QrCode, align: Align, y_dots: u32) {
        let Some(modules) = symbols::qr_modules(code) else { return };
        let module = u32::from(code.module_dots);
        let quiet = symbols::qr_quiet_dots(code);
        let left = self.start(symbols::qr_side_dots(code), align) + quiet;
        for (index, _) in modules.black.iter().enumerate().filter(|(_, black)| **black) {
            let column = u32::try_from(index % modules.side).unwrap_or(0);
            let row = u32::try_from(index / modules.side).unwrap_or(0);
            self.canvas.fill(left + column * module, y_dots + quiet + row * module, module, module, false);
        }
    }
}
