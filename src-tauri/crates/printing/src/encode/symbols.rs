//! QR codes and bar codes, as the printer draws them or, where it cannot, as a picture.
//!
//! What a person typed is data here and never a command: a QR code takes any text, a bar code only what its
//! alphabet has, and whatever does not fit on the paper is refused instead of being cut off.

use super::layout::wrap;
use super::picture::Picture;
use super::preview::Dots;
use super::{EncodeError, Paper, Style};
use qrcode::{Color, EcLevel, QrCode};

/// White around a QR code, in modules, without which no telephone reads it.
const QUIET: u32 = 4;
/// Height of the readable line under a bar code, in dots.
const LABEL_DOTS: u32 = 34;

/// How much of a QR code may be dirty and still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum QrLevel {
    /// 7 %.
    Low,
    /// 15 %: enough for paper that is read once.
    #[default]
    Medium,
    /// 25 %.
    Quartile,
    /// 30 %.
    High,
}

impl QrLevel {
    const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::Quartile, Self::High];

    /// As `GS ( k` numbers it.
    const fn on_the_wire(self) -> u8 {
        match self {
            Self::Low => 48,
            Self::Medium => 49,
            Self::Quartile => 50,
            Self::High => 51,
        }
    }

    pub(super) fn of(wire: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.on_the_wire() == wire)
    }

    const fn in_the_library(self) -> EcLevel {
        match self {
            Self::Low => EcLevel::L,
            Self::Medium => EcLevel::M,
            Self::Quartile => EcLevel::Q,
            Self::High => EcLevel::H,
        }
    }
}

/// How a QR code is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Dots of one module, 1 to 16.
    pub module_dots: u8,
    pub level: QrLevel,
    /// The printer draws it (`GS ( k`) when it can; otherwise it is sent as a picture.
    pub by_printer: bool,
}

impl Default for Qr {
    fn default() -> Self {
        Self { module_dots: 5, level: QrLevel::Medium, by_printer: true }
    }
}

/// A bar code and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barcode<'a> {
    /// Any printable ASCII.
    Code128(&'a str),
    /// Twelve digits, or thirteen of which the last is right.
    Ean13(&'a str),
    /// Seven digits, or eight of which the last is right.
    Ean8(&'a str),
    /// Capitals, digits and ` $%+-./`.
    Code39(&'a str),
}

impl Paper {
    /// Prints `text` as a QR code in the middle.
    pub fn qr(&mut self, text: &str, how: Qr) -> Result<(), EncodeError> {
        let refused = || EncodeError::Symbol(text.to_owned());
        // A control character would be obeyed on its way: `DLE EOT` counts even inside data.
        let controls = text.chars().any(char::is_control);
        if text.is_empty() || controls || !(1..=16).contains(&how.module_dots) {
            return Err(refused());
        }
        if self.is_rows() {
            return self.plainly(text);
        }
        let code = QrCode::with_error_correction_level(text.as_bytes(), how.level.in_the_library())
            .map_err(|_| refused())?;
        let module = u32::from(how.module_dots);
        let side = u32::try_from(code.width()).unwrap_or(u32::MAX).saturating_add(2 * QUIET) * module;
        if side > self.width_dots() {
            return Err(refused());
        }
        if how.by_printer && self.abilities.qr {
            let command = qr_command(text.as_bytes(), how);
            self.centred(&command, side)
        } else if self.abilities.pictures {
            let picture = drawn(&code, module, self.width_dots());
            self.picture(&picture)
        } else {
            self.plainly(text)
        }
    }

    /// Prints `text` as the largest QR code that the paper has room for, or in letters where it has none.
    pub fn qr_that_fits(&mut self, text: &str) -> Result<(), EncodeError> {
        for module_dots in (3..=6).rev() {
            match self.qr(text, Qr { module_dots, ..Qr::default() }) {
                Err(EncodeError::Symbol(_)) => {}
                done => return done,
            }
        }
        self.plainly(text)
    }

    /// What no camera can read here, a person can still type.
    fn plainly(&mut self, text: &str) -> Result<(), EncodeError> {
        let text = self.clean(text);
        self.rows(Style::PLAIN, &wrap(&text, self.columns, self.page))
    }

    /// Prints a bar code in the middle, with its text below.
    pub fn barcode(&mut self, code: Barcode<'_>, height_dots: u8) -> Result<(), EncodeError> {
        let (kind, data, modules) = code.data().ok_or_else(|| EncodeError::Symbol(code.text().to_owned()))?;
        // Two dots to a module, or three where there is room.
        let module = (2..=3).rev().find(|dots| modules * dots <= self.width_dots());
        let (Some(module), Ok(length)) = (module, u8::try_from(data.len())) else {
            return Err(EncodeError::Symbol(code.text().to_owned()));
        };
        let height = height_dots.max(1);
        let module = u8::try_from(module).unwrap_or(2);
        let mut command =
            vec![0x1D, b'h', height, 0x1D, b'w', module, 0x1D, b'H', 2, 0x1D, b'k', kind, length];
        command.extend_from_slice(&data);
        self.centred(&command, u32::from(height) + LABEL_DOTS)
    }
}

/// `GS ( k` functions 165 (model 2), 167 (module), 169 (level), 180 (text) and 181 (print).
fn qr_command(text: &[u8], how: Qr) -> Vec<u8> {
    let level = how.level.on_the_wire();
    let mut command = vec![0x1D, b'(', b'k', 4, 0, 49, 65, 50, 0];
    command.extend_from_slice(&[0x1D, b'(', b'k', 3, 0, 49, 67, how.module_dots]);
    command.extend_from_slice(&[0x1D, b'(', b'k', 3, 0, 49, 69, level]);
    // A QR code holds at most 2,953 bytes, so the length always has its two bytes.
    let length = u16::try_from(text.len() + 3).unwrap_or(u16::MAX);
    command.extend_from_slice(&[0x1D, b'(', b'k']);
    command.extend_from_slice(&length.to_le_bytes());
    command.extend_from_slice(&[49, 80, 48]);
    command.extend_from_slice(text);
    command.extend_from_slice(&[0x1D, b'(', b'k', 3, 0, 49, 81, 48]);
    command
}

/// A QR code as a printer draws it in the middle of `paper` dots; none when there is no such code, or no room.
pub(super) fn drawn_qr(text: &str, level: QrLevel, module_dots: u8, paper: u32) -> Option<Dots> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), level.in_the_library()).ok()?;
    let module = u32::from(module_dots);
    let side = u32::try_from(code.width()).ok()?.checked_add(2 * QUIET)?.checked_mul(module)?;
    (module > 0 && side <= paper).then(|| drawn(&code, module, paper).into_dots())
}

fn drawn(code: &QrCode, module: u32, paper: u32) -> Picture {
    let modules = u32::try_from(code.width()).unwrap_or_default();
    let side = (modules + 2 * QUIET) * module;
    let left = (paper - side) / 2 + QUIET * module;
    let mut picture = Picture::blank(paper, side);
    for (index, color) in (0..).zip(code.to_colors()) {
        if color == Color::Dark {
            let (x, y) = (left + index % modules * module, (QUIET + index / modules) * module);
            for (dx, dy) in (0..module).flat_map(|dy| (0..module).map(move |dx| (dx, dy))) {
                picture.ink(x + dx, y + dy);
            }
        }
    }
    picture
}

impl Barcode<'_> {
    const fn text(&self) -> &str {
        match self {
            Self::Code128(text) | Self::Ean13(text) | Self::Ean8(text) | Self::Code39(text) => text,
        }
    }

    /// The kind as `GS k` numbers it, the data, and how many modules wide it is with its white.
    fn data(&self) -> Option<(u8, Vec<u8>, u32)> {
        let count = u32::try_from(self.text().len()).ok().filter(|count| *count > 0)?;
        match self {
            Self::Code128(text) if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) => {
                // Set B; a brace is the sign of a change of set, so it is doubled.
                let data = format!("{{B{}", text.replace('{', "{{")).into_bytes();
                Some((73, data, 11 * (count + 3) + 13 + 20))
            }
            Self::Ean13(text) => checked(text, 12).map(|data| (67, data, 95 + 18)),
            Self::Ean8(text) => checked(text, 7).map(|data| (68, data, 67 + 14)),
            Self::Code39(text)
                if text.bytes().all(|byte| {
                    byte.is_ascii_uppercase() || byte.is_ascii_digit() || b" $%+-./".contains(&byte)
                }) =>
            {
                Some((69, text.as_bytes().to_vec(), 16 * (count + 2) + 20))
            }
            Self::Code128(_) | Self::Code39(_) => None,
        }
    }
}

/// `length` digits, with their check digit or without.
fn checked(text: &str, length: usize) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.iter().all(u8::is_ascii_digit) || !(length..=length + 1).contains(&digits.len()) {
        return None;
    }
    // From the right, every other digit counts three times.
    let sum: u32 = digits[..length]
        .iter()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = u8::try_from((10 - sum % 10) % 10).ok()? + b'0';
    match digits.get(length) {
        Some(given) if *given != check => None,
        _ => Some(digits[..length].iter().copied().chain([check]).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_digit_is_made_or_held_against() {
        assert_eq!(checked("590123412345", 12).unwrap(), b"5901234123457");
        assert_eq!(checked("5901234123457", 12).unwrap(), b"5901234123457");
        assert_eq!(checked("5901234123456", 12), None, "a slip of the finger");
        assert_eq!(checked("9638507", 7).unwrap(), b"96385074");
        assert_eq!(checked("96385", 7), None);
        assert_eq!(checked("963850x", 7), None);
    }

    #[test]
    fn an_alphabet_is_kept() {
        assert!(Barcode::Code128("Mesa {4}").data().is_some());
        assert!(Barcode::Code128("ñ").data().is_none() && Barcode::Code128("\u{1B}@").data().is_none());
        assert!(Barcode::Code39("MESA-12").data().is_some() && Barcode::Code39("mesa").data().is_none());
        assert!(Barcode::Code128("").data().is_none());
    }
}
