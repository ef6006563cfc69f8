//! How the cash drawer at a printer is opened.

use crate::code::codes;
use thiserror::Error;

codes! {
    /// The pin of the printer's socket that the drawer hangs on.
    DrawerPin {
        /// Where a single drawer is.
        Two = "pin2",
        Five = "pin5",
    }
}

/// The pulse that opens a drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DrawerPulse {
    pub pin: DrawerPin,
    pub on_ms: u16,
}

/// A shorter pulse opens no lock; a longer one burns its coil.
pub const PULSE_MS: std::ops::RangeInclusive<u16> = 20..=500;

/// A pulse that is no drawer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a pulse of {0} ms")]
pub struct BadPulse(pub u16);

impl DrawerPulse {
    /// As most drawers are.
    pub const USUAL: Self = Self { pin: DrawerPin::Two, on_ms: 50 };

    pub fn new(pin: DrawerPin, on_ms: u16) -> Result<Self, BadPulse> {
        if PULSE_MS.contains(&on_ms) { Ok(Self { pin, on_ms }) } else { Err(BadPulse(on_ms)) }
    }
}

impl Default for DrawerPulse {
    fn default() -> Self {
        Self::USUAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pulse_is_long_enough_to_open_and_too_short_to_burn() {
        for (on_ms, can_be) in
            [(0, false), (19, false), (20, true), (500, true), (501, false), (u16::MAX, false)]
        {
            for pin in [DrawerPin::Two, DrawerPin::Five] {
                let made = DrawerPulse::new(pin, on_ms);
                assert_eq!(made, if can_be { Ok(DrawerPulse { pin, on_ms }) } else { Err(BadPulse(on_ms)) });
            }
        }
        assert_eq!(DrawerPulse::new(DrawerPin::Two, 50), Ok(DrawerPulse::USUAL));
    }
}
