//! How long bytes are still on their way after the system said that it has them.
//!
//! A socket and a USB device are paced by the printer. A serial line has a buffer in the system and a speed that both
//! ends were set to: at 4,800 baud what it holds takes more than eight seconds to be out.

use fastops_domain::station::{Parity, PrinterAddress};
use std::time::Duration;

/// What a system keeps for a line.
const SYSTEM_BYTES: usize = 4096;
/// What an adapter keeps besides, at most.
const ADAPTER_BYTES: usize = 4096;

/// The speed of a line; none where there is no line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Baud {
    byte: Duration,
}

impl Baud {
    pub(super) fn of(address: &PrinterAddress) -> Self {
        let PrinterAddress::Serial(line) = address else { return Self::default() };
        // A start bit, eight of data, a stop bit.
        let bits = if line.parity == Parity::None { 10 } else { 11 };
        Self { byte: Duration::from_secs(bits) / line.baud.max(1) }
    }

    /// How long the last of so many bytes may still be on their way.
    pub(super) fn still(self, bytes: usize) -> Duration {
        self.time(bytes.min(SYSTEM_BYTES + ADAPTER_BYTES))
    }

    /// How long a line may take no byte: a full buffer is asked for more only when it is nearly empty.
    pub(super) fn patience(self, progress: Duration) -> Duration {
        progress.max(self.time(SYSTEM_BYTES) * 5 / 4)
    }

    fn time(self, bytes: usize) -> Duration {
        self.byte * u32::try_from(bytes).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn baud(address: &str) -> Baud {
        Baud::of(&address.parse().unwrap())
    }

    #[test]
    fn a_slow_line_is_waited_for_and_nothing_else_is() {
        let five = Duration::from_secs(5);
        for address in ["tcp://10.0.0.9:9100", "file:/dev/usb/lp0", "usb:04b8:0202"] {
            let none = baud(address);
            assert_eq!((none.still(1 << 20), none.patience(five)), (Duration::ZERO, five), "{address}");
        }
        let slow = baud("serial:/dev/ttyS0?baud=4800&flow=hardware");
        assert_eq!(slow.still(480).as_millis(), 999, "ten bits a byte");
        assert!(slow.still(4096) > Duration::from_secs(8));
        assert_eq!(slow.still(8192), slow.still(1 << 20), "the rest is paced by the printer");
        assert!(slow.patience(five) > slow.still(4096) && slow.patience(five) < Duration::from_secs(11));
        assert_eq!(baud("serial:/dev/ttyS0?baud=115200&flow=hardware").patience(five), five);
        let parity = baud("serial:/dev/ttyS0?baud=4800&flow=hardware&parity=even");
        assert!(parity.still(480) > Duration::from_secs(1), "eleven bits a byte");
    }
}
