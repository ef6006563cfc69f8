//! Ink on a sheet: one byte per pixel, how much ink and which of the two colours.

/// Pixels per print dot.
pub(super) const SCALE: u32 = 2;
/// The most ink a pixel takes.
pub(super) const FULL_INK: u8 = 111;
const RED: u8 = 0x80;

pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width_dots: u32, height_dots: u32) -> Self {
        let (width, height) = ((width_dots * SCALE) as usize, (height_dots * SCALE) as usize);
        Self { width, height, pixels: vec![0; width * height] }
    }

    pub(super) fn width_dots(&self) -> u32 {
        u32::try_from(self.width).unwrap_or(0) / SCALE
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.height
    }

    /// Ink at a pixel, 0 to [`FULL_INK`], and whether it is red.
    pub(super) fn ink(&self, x: usize, y: usize) -> (u8, bool) {
        let pixel = self.pixels[y * self.width + x];
        (pixel & !RED, pixel & RED != 0)
    }

    /// A full rectangle, in dots; what lies outside the sheet is lost.
    pub(super) fn fill(&mut self, x_dots: u32, y_dots: u32, width_dots: u32, height_dots: u32, red: bool) {
        let pixels = |dots: u32| (dots.saturating_mul(SCALE)) as usize;
        let (left, right) = (pixels(x_dots), pixels(x_dots.saturating_add(width_dots)).min(self.width));
        let (top, bottom) = (pixels(y_dots), pixels(y_dots.saturating_add(height_dots)).min(self.height));
        let ink = FULL_INK | if red { RED } else { 0 };
        for y in top..bottom {
            if left < right {
                self.pixels[y * self.width + left..y * self.width + right].fill(ink);
            }
        }
    }

    /// Lays ink (or, `inverse`, takes ink away) by `coverage`, 0.0 to 1.0.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the product lies in 0..=111"
    )]
    pub(super) fn blend(&mut self, x: i64, y: i64, coverage: f32, inverse: bool, red: bool) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        let pixel = &mut self.pixels[y * self.width + x];
        let amount = (coverage.clamp(0.0, 1.0) * f32::from(FULL_INK)).round() as u8;
        if inverse {
            *pixel = (*pixel & RED) | (*pixel & !RED).saturating_sub(amount);
        } else {
            let ink = (*pixel & !RED).max(amount);
            *pixel = ink | if red { RED } else { 0 };
        }
    }

    /// Lays `stamp` on this sheet from `y_dots` down, turned by half a turn.
    pub(super) fn stamp_rotated(&mut self, stamp: &Self, y_dots: u32) {
        let top = (y_dots * SCALE) as usize;
        for y in 0..stamp.height.min(self.height.saturating_sub(top)) {
            for x in 0..stamp.width.min(self.width) {
                let source = stamp.pixels[(stamp.height - 1 - y) * stamp.width + stamp.width - 1 - x];
                let target = &mut self.pixels[(top + y) * self.width + x];
                *target = (*target).max(source);
            }
        }
    }
}
