//! The characters, drawn from the outlines of a fixed-pitch typeface that the crate carries with it.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};

use super::canvas::{Canvas, SCALE};
use crate::paper::Style;

static REGULAR: &[u8] = include_bytes!("../../fonts/DejaVuSansMono.ttf");
static BOLD: &[u8] = include_bytes!("../../fonts/DejaVuSansMono-Bold.ttf");

/// Both weights of the typeface.
pub(super) struct Typeface {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Typeface {
    #[expect(clippy::expect_used, reason = "the files are part of the program; a test draws with both")]
    pub(super) fn bundled() -> Self {
        Self {
            regular: FontRef::try_from_slice(REGULAR).expect("the bundled regular face is a font"),
            bold: FontRef::try_from_slice(BOLD).expect("the bundled bold face is a font"),
        }
    }

    /// Draws one character with its cell's top left corner at (`x_dots`, `top_dots`).
    #[expect(clippy::cast_precision_loss, reason = "positions on a slip are far below 2^23")]
    #[expect(clippy::cast_possible_truncation, reason = "bounds of a glyph on the slip, rounded on purpose")]
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas,
        character: char,
        style: Style,
        x_dots: u32,
        top_dots: u32,
    ) {
        if character == ' ' || character == '\u{a0}' {
            return;
        }
        let font = if style.bold { &self.bold } else { &self.regular };
        let (cell_width, cell_height) = if style.font_b { (9.0, 17.0) } else { (12.0, 24.0) };
        let scale = SCALE as f32;
        // The scale that makes the pitch of the face exactly one cell wide.
        let unit = font.as_scaled(PxScale::from(100.0));
        let horizontal = 100.0 * cell_width / unit.h_advance(font.glyph_id('M'));
        let size = PxScale {
            x: horizontal * scale * f32::from(style.width),
            y: horizontal.min(cell_height) * scale * f32::from(style.height),
        };
        let ascent = font.as_scaled(size).ascent();
        let spare = (cell_height * scale * f32::from(style.height) - size.y).max(0.0) / 2.0;
        let origin = point(x_dots as f32 * scale, top_dots as f32 * scale + ascent + spare);
        let glyph = font.glyph_id(character).with_scale_and_position(size, origin);
        let Some(outline) = font.outline_glyph(glyph) else { return };
        let bounds = outline.px_bounds();
        outline.draw(|x, y, coverage| {
            let (x, y) = (i64::from(x) + bounds.min.x as i64, i64::from(y) + bounds.min.y as i64);
            // A thermal dot is burnt or not: steeper edges than a screen's anti-aliasing.
            canvas.blend(x, y, coverage * 1.35, style.inverse, style.red);
            if !style.inverse {
                // Heat spreads: a dot is a little wider than its heater.
                canvas.blend(x + 1, y, coverage, false, style.red);
            }
        });
    }
}
