//! What a model of printer can do besides printing letters.

use super::CodePage;
use crate::code::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// How a printer calls the cook.
    Buzzer {
        /// It cannot.
        Silent = "silent",
        /// `ESC ( A`, on Epson's kitchen printers and with its outside buzzer.
        Epson = "epson",
        /// `ESC B`, on most others.
        Clone = "clone",
    }
}

/// What the mechanism and the firmware can do. What one cannot is left out or written in another way, and never
/// sent all the same: an unknown command comes out as letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that a model has or has not")]
pub struct Abilities {
    /// It has a knife; otherwise paper is fed far enough to tear.
    pub cutter: bool,
    /// It prints pictures; otherwise what no page can say is spelled in the letters that the page has.
    pub pictures: bool,
    /// It draws QR codes itself; otherwise they are sent as pictures.
    pub qr: bool,
    /// It prints in red too.
    pub red: bool,
    pub buzzer: Buzzer,
}

impl Abilities {
    /// As most printers are.
    pub const USUAL: Self =
        Self { cutter: true, pictures: true, qr: true, red: false, buzzer: Buzzer::Silent };
}

impl Default for Abilities {
    fn default() -> Self {
        Self::USUAL
    }
}

/// A page that a printer may have, and the number of `ESC t n` under which it may have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Candidate {
    pub table: u8,
    pub page: CodePage,
}
