//! What a printer does besides printing: it cuts, opens a drawer, and calls the cook.
//!
//! The crate `escpos` was measured to send a drawer's pulse without its two times, after which the printer
//! takes the next two bytes for them, and a full cut for a partial one: these bytes are ours.

use super::{EncodeError, Encoded, Paper};
use fastops_domain::station::{Buzzer, DrawerPin, DrawerPulse, PrinterProfile};

/// Rows that bring the last line past the edge where paper is torn by hand.
const TEAR_ROWS: u8 = 6;
/// Most calls in a row: a kitchen that is called longer stops listening.
const MOST_CALLS: u8 = 9;

/// How a paper ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Cut {
    /// Feeds to the knife and leaves one point, so that the paper does not fall (`GS V 66`).
    #[default]
    Partial,
    /// Feeds to the knife and cuts it off (`GS V 65`).
    Full,
    /// The printer has no knife: feeds far enough to tear.
    Tear,
}

impl Cut {
    pub(super) const fn command(self) -> &'static [u8] {
        match self {
            Self::Partial => &[0x1D, b'V', 66, 0],
            Self::Full => &[0x1D, b'V', 65, 0],
            Self::Tear => &[0x1B, b'd', TEAR_ROWS],
        }
    }
}

/// How long nothing follows a pulse, in steps of two milliseconds: no pulse is longer.
const PAUSE: u8 = 250;

impl Paper {
    /// Opens a drawer. A printer counts its pulse in steps of two milliseconds.
    pub fn drawer(&mut self, drawer: DrawerPulse) -> Result<(), EncodeError> {
        let pin = match drawer.pin {
            DrawerPin::Two => 0,
            DrawerPin::Five => 1,
        };
        let on = u8::try_from(drawer.on_ms / 2).unwrap_or(PAUSE).min(PAUSE);
        self.raw(&[0x1B, b'p', pin, on, PAUSE])
    }

    /// Calls the cook as this printer can.
    pub(super) fn call(&mut self, times: u8) -> Result<(), EncodeError> {
        self.buzz(self.abilities.buzzer, times)
    }

    /// Calls `times` times, at most nine.
    pub fn buzz(&mut self, buzzer: Buzzer, times: u8) -> Result<(), EncodeError> {
        let times = times.min(MOST_CALLS);
        if times == 0 {
            return Ok(());
        }
        match buzzer {
            Buzzer::Silent => Ok(()),
            // The first pattern, so many times, a second each.
            Buzzer::Epson => self.raw(&[0x1B, b'(', b'A', 4, 0, 48, 49, times, 10]),
            Buzzer::Clone => self.raw(&[0x1B, b'B', times, 2]),
        }
    }
}

/// A job that opens the drawer and moves no paper.
pub fn drawer_kick(profile: &PrinterProfile) -> Result<Encoded, EncodeError> {
    let mut paper = Paper::new(*profile)?;
    paper.drawer(profile.drawer)?;
    paper.end()
}
