//! Ticket and profile in, bytes out: pure, so that golden files can hold every byte.
//!
//! The crate `escpos` writes what it writes correctly (text size, emphasis, reverse) through an
//! in-memory driver; the head, the cut, pictures, codes and every letter are ours (see `paper`).

mod bill;
mod cash_report;
mod catalogue;
mod catch_up;
mod document;
mod layout;
mod logo;
mod paper;
mod picture;
mod preview;
mod sheet;
mod signals;
mod symbols;
mod test_page;
mod ticket;

pub use document::{document, document_with_logo};
pub use logo::{Logo, LogoKey, logo_look};
pub use paper::{Paper, Style};
pub use preview::{Dots, PreviewRow, preview};
pub use sheet::{Row, Sheet};
pub use signals::{Cut, drawer_kick};
pub use symbols::{Barcode, Qr, QrLevel};
pub use test_page::{candidates_page, test_page};
pub use ticket::kitchen_ticket;

use escpos::errors::PrinterError;
use fastops_domain::job::Cause;
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use thiserror::Error;

/// What a paper says beyond the ticket: facts of this one printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub printed_at: LocalTime,
    pub language: Language,
    /// 0 for the first printing, then the number of the reprint.
    pub copy: u32,
    /// An earlier attempt may be on paper.
    pub possible_duplicate: bool,
    /// This printer stands in for the station's own.
    pub backup: bool,
}

/// A job ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    pub bytes: Vec<u8>,
    /// How much paper it takes, in millimetres, for the deadline of the proof.
    pub paper_mm: u32,
}

/// Narrowest and widest paper that a ticket is laid out for, in columns of the normal font.
pub const COLUMNS: std::ops::RangeInclusive<u8> = 24..=64;

/// A ticket cannot be written for this printer.
#[derive(Debug, Error)]
pub enum EncodeError {
    #[error("a printer with {0} columns is none that tickets are laid out for (24 to 64)")]
    Columns(u8),
    #[error("the printer's language cannot say this")]
    Command(#[source] PrinterError),
    #[error("{0} cannot be written as this code, or does not fit on the paper")]
    Symbol(String),
    #[error("a picture of {width} by {rows} dots cannot be a logo (at most {MOST_LOGO_DOTS} each way)", MOST_LOGO_DOTS = logo::MOST_DOTS)]
    Logo { width: u32, rows: u32 },
}

impl EncodeError {
    /// What it means to the person who looks after the printer.
    pub const fn cause(&self) -> Cause {
        match self {
            Self::Columns(_) => Cause::Misconfigured,
            Self::Command(_) | Self::Symbol(_) | Self::Logo { .. } => Cause::CannotEncode,
        }
    }
}
