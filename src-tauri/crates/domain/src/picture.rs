//! A picture in grey values, before a printer makes black and white of it.

use thiserror::Error;

/// The head of the widest printer, in dots, and three centimetres of paper.
pub const WIDEST: u32 = 576;
pub const TALLEST: u32 = 240;
/// Fewer dots each way are a speck.
pub const LEAST: u32 = 8;

/// From here on paper stays white.
const NEARLY_WHITE: u8 = 250;

/// Why a picture cannot be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadPicture {
    #[error("{width} by {rows} dots")]
    Size { width: u32, rows: u32 },
    /// The values do not make up whole rows.
    #[error("{values} values in rows of {width}")]
    Uneven { width: u32, values: usize },
    /// Nothing would be seen of it, such as of white letters without their background.
    #[error("all white")]
    Blank,
}

/// Grey values row by row from the top; 0 is black, 255 white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grey {
    width: u32,
    values: Vec<u8>,
}

impl Grey {
    /// A picture that can be printed.
    pub fn new(width: u32, values: Vec<u8>) -> Result<Self, BadPicture> {
        let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
        let rows = count.checked_div(width).unwrap_or_default();
        if !(LEAST..=WIDEST).contains(&width) || !(LEAST..=TALLEST).contains(&rows) {
            return Err(BadPicture::Size { width, rows });
        }
        if width * rows != count {
            return Err(BadPicture::Uneven { width, values: values.len() });
        }
        if values.iter().all(|value| *value >= NEARLY_WHITE) {
            return Err(BadPicture::Blank);
        }
        Ok(Self { width, values })
    }

    pub const fn width(&self) -> u32 {
        self.width
    }

    pub fn rows(&self) -> u32 {
        u32::try_from(self.values.len()).unwrap_or_default() / self.width
    }

    pub fn values(&self) -> &[u8] {
        &self.values
    }

    /// The same picture at most so many dots wide, each value the mean of those that it stands for. It never grows.
    #[must_use]
    pub fn within(&self, widest: u32) -> Self {
        let widest = widest.max(1);
        if self.width <= widest {
            return self.clone();
        }
        let rows = (self.rows() * widest / self.width).max(1);
        let mut values = Vec::with_capacity((widest * rows) as usize);
        for y in 0..rows {
            let lines = share(y, rows, self.rows());
            for x in 0..widest {
                values.push(self.mean(share(x, widest, self.width), lines.clone()));
            }
        }
        Self { width: widest, values }
    }

    fn mean(&self, across: std::ops::Range<u32>, lines: std::ops::Range<u32>) -> u8 {
        let count = across.len() * lines.len();
        let line = |y: u32| {
            let from = y * self.width;
            let values = self.values.get((from + across.start) as usize..(from + across.end) as usize);
            values.into_iter().flatten().map(|value| usize::from(*value)).sum::<usize>()
        };
        let sum: usize = lines.map(line).sum();
        sum.checked_div(count).and_then(|mean| u8::try_from(mean).ok()).unwrap_or(u8::MAX)
    }
}

/// Which of `all` the part `at` of `parts` stands for: never none of them.
fn share(at: u32, parts: u32, all: u32) -> std::ops::Range<u32> {
    let from = at * all / parts;
    from..((at + 1) * all / parts).max(from + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, rows: u32, value: u8) -> Result<Grey, BadPicture> {
        Grey::new(width, vec![value; (width * rows) as usize])
    }

    #[test]
    fn a_picture_has_bounds_and_something_on_it() {
        for (width, rows, fits) in [
            (LEAST, LEAST, true),
            (WIDEST, TALLEST, true),
            (LEAST - 1, LEAST, false),
            (LEAST, LEAST - 1, false),
            (WIDEST + 1, LEAST, false),
            (LEAST, TALLEST + 1, false),
        ] {
            let made = grey(width, rows, 0);
            assert_eq!(made.is_ok(), fits, "{width} by {rows}");
            if let Err(why) = made {
                assert_eq!(why, BadPicture::Size { width, rows });
            }
        }
        assert_eq!(Grey::new(0, vec![0; 64]), Err(BadPicture::Size { width: 0, rows: 0 }));
        assert_eq!(Grey::new(8, vec![0; 65]), Err(BadPicture::Uneven { width: 8, values: 65 }));
        assert_eq!(grey(9, 9, NEARLY_WHITE), Err(BadPicture::Blank));
        assert!(grey(9, 9, NEARLY_WHITE - 1).is_ok());
    }

    #[test]
    fn what_is_too_wide_shrinks_in_both_ways_and_keeps_its_grey() {
        // Four bars, black and white by turns.
        let bars: Vec<u8> = (0..64 * 32_u32).map(|at| if at % 64 / 16 % 2 == 0 { 0 } else { 255 }).collect();
        let small = Grey::new(64, bars).unwrap().within(16);
        assert_eq!((small.width(), small.rows()), (16, 8));
        let row: Vec<u8> = small.values().chunks(4).map(|bar| bar[1]).take(4).collect();
        assert_eq!(row, [0, 255, 0, 255]);
        // Each value of the small one stands for a black and a white one.
        let fine: Vec<u8> = (0..32 * 32_u32).map(|at| if at % 2 == 0 { 0 } else { 255 }).collect();
        assert!(Grey::new(32, fine).unwrap().within(16).values().iter().all(|value| *value == 127));
    }

    #[test]
    fn any_width_is_reached_and_nothing_grows() {
        let wide = grey(WIDEST, 100, 7).unwrap();
        for widest in 0..=WIDEST + 9 {
            let small = wide.within(widest);
            assert_eq!(small.width(), widest.clamp(1, WIDEST));
            assert!((1..=100).contains(&small.rows()), "{widest}");
            assert!(small.values().iter().all(|value| *value == 7), "{widest}");
        }
    }
}
