//! A picture that the printer keeps: sent once at set-up, printed by eighteen bytes on every receipt.
//!
//! `GS ( L` functions 66, 67 and 69 (Epson, NV graphics). The memory outlives the power and bears some ten
//! thousand writes, so it is never written for a ticket. A printer without it is sent the picture each time.

use super::picture::{CELL_WIDE, Picture, low_high};
use super::{Dots, EncodeError, Encoded, Paper};
use fastops_domain::picture::{Grey, WIDEST};
use fastops_domain::station::PrinterProfile;

/// Largest logo each way, in dots: one that is wider fits no paper, one that is taller wastes it.
pub(super) const MOST_DOTS: u32 = 832;

/// The name of a picture in the printer's memory: two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogoKey([u8; 2]);

impl LogoKey {
    /// Ours, so that a picture that somebody else stored stays.
    pub const HOUSE: Self = Self(*b"FO");
}

/// A picture in black and white.
#[derive(Debug)]
pub struct Logo {
    picture: Picture,
    width: u32,
}

impl Logo {
    /// From grey values, row by row, 0 is black. Half-tones become dots by error diffusion (Floyd and
    /// Steinberg), since a threshold makes a photograph a blot.
    pub fn from_grey(width: u32, grey: &[u8]) -> Result<Self, EncodeError> {
        let count = u32::try_from(grey.len()).unwrap_or(u32::MAX);
        let rows = count.checked_div(width).unwrap_or_default();
        if !(1..=MOST_DOTS).contains(&width) || !(1..=MOST_DOTS).contains(&rows) || width * rows != count {
            return Err(EncodeError::Logo { width, rows });
        }
        let mut picture = Picture::blank(width, rows);
        let wide = width as usize;
        let mut values: Vec<i32> = grey.iter().map(|value| i32::from(*value)).collect();
        for (index, at) in (0..values.len()).zip(0_u32..) {
            let (x, y) = (at % width, at / width);
            let white = values[index] >= 128;
            if !white {
                picture.ink(x, y);
            }
            let error = values[index] - if white { 255 } else { 0 };
            let right = x + 1 < width;
            let below = [
                (right, index + 1, 7),
                (x > 0, (index + wide).saturating_sub(1), 3),
                (true, index + wide, 5),
                (right, index + wide + 1, 1),
            ];
            for (inside, neighbour, part) in below {
                if let Some(value) = values.get_mut(neighbour).filter(|_| inside) {
                    *value += error * part / 16;
                }
            }
        }
        Ok(Self { picture, width })
    }

    /// From a picture that is made as narrow as the paper. No head is wider than the widest.
    fn fitting(picture: &Grey, width_dots: u32) -> Result<Self, EncodeError> {
        let fitted = picture.within(width_dots.min(WIDEST));
        Self::from_grey(fitted.width(), fitted.values())
    }

    /// How much paper it takes, in dots.
    pub const fn rows(&self) -> u32 {
        self.picture.rows()
    }

    /// A job that puts it into the printer's memory, in place of what had its key.
    pub fn store(&self, profile: &PrinterProfile, key: LogoKey) -> Result<Encoded, EncodeError> {
        let mut paper = Paper::new(*profile)?;
        let [first, second] = key.0;
        paper.raw(&[0x1D, b'(', b'L', 4, 0, 48, 66, first, second])?;
        let Dots { bytes: dots, .. } = self.picture.sent();
        let ([xl, xh], [yl, yh]) = (low_high(self.width), low_high(self.rows()));
        let mut body = vec![48, 67, 48, first, second, 1, xl, xh, yl, yh, 49];
        body.extend_from_slice(&dots);
        let mut command = Vec::with_capacity(body.len() + 7);
        if let Ok(length) = u16::try_from(body.len()) {
            command.extend_from_slice(&[0x1D, b'(', b'L']);
            command.extend_from_slice(&length.to_le_bytes());
        } else {
            let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
            command.extend_from_slice(&[0x1D, b'8', b'L']);
            command.extend_from_slice(&length.to_le_bytes());
        }
        command.append(&mut body);
        paper.raw(&command)?;
        paper.end()
    }
}

/// A picture as a printer of so many columns makes it.
pub fn logo_look(picture: &Grey, columns: u8) -> Result<Dots, EncodeError> {
    Ok(Logo::fitting(picture, CELL_WIDE * u32::from(columns))?.picture.sent())
}

impl Paper {
    /// Prints a logo that the printer keeps under `key`; `rows` is its height. One without pictures has none.
    pub fn stored_logo(&mut self, key: LogoKey, rows: u32) -> Result<(), EncodeError> {
        if !self.abilities.pictures {
            return Ok(());
        }
        let [first, second] = key.0;
        self.centred(&[0x1D, b'(', b'L', 6, 0, 48, 69, first, second, 1, 1], rows)
    }

    /// Prints a picture at the head of a paper, as wide as there is room.
    pub(super) fn head(&mut self, picture: &Grey) -> Result<(), EncodeError> {
        if !self.abilities.pictures {
            return Ok(());
        }
        self.logo(&Logo::fitting(picture, self.width_dots())?)?;
        self.gap()
    }

    /// Prints a logo that the printer does not keep; one without pictures prints none.
    pub fn logo(&mut self, logo: &Logo) -> Result<(), EncodeError> {
        if !self.abilities.pictures {
            return Ok(());
        }
        if logo.width > self.width_dots() {
            return Err(EncodeError::Logo { width: logo.width, rows: logo.rows() });
        }
        self.centred(&logo.picture.command(), logo.rows())
    }
}
