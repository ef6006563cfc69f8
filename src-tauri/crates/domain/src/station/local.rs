//! Addresses of printers that hang on this very computer: a serial line, a USB port, a device file, a queue
//! of the operating system.

use super::AddressError;
use std::fmt;
use std::str::FromStr;

/// A serial line: `serial:/dev/ttyUSB0?baud=19200&parity=none&flow=hardware`, or `serial:COM3`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SerialAddress {
    /// The device as the system names it.
    pub device: String,
    pub baud: u32,
    pub parity: Parity,
    pub flow: Flow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parity {
    None,
    Odd,
    Even,
}

/// How a printer says that its buffer is full. Without one, what does not fit is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flow {
    None,
    /// By wire (RTS and CTS): what a full cable has.
    Hardware,
    /// By character (XON and XOFF): for cables of three wires.
    Software,
}

/// A printer on USB: `usb:04b8:0e15?serial=J4PF012345&path=1-2.3`.
///
/// The serial number says which one it is wherever it is plugged in. Cheap printers share one or have none;
/// then the path (bus and ports) says which socket.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UsbAddress {
    pub vendor: u16,
    pub product: u16,
    pub serial: Option<String>,
    pub path: Option<String>,
}

impl UsbAddress {
    /// Whether both may mean one device: a serial number that both name decides, then a socket that both name.
    pub fn may_be(&self, other: &Self) -> bool {
        let same_make = (self.vendor, self.product) == (other.vendor, other.product);
        same_make
            && match (&self.serial, &other.serial, &self.path, &other.path) {
                (Some(serial), Some(other), _, _) => serial == other,
                (_, _, Some(path), Some(other)) => path == other,
                _ => true,
            }
    }
}

/// The slowest and fastest lines that printers are made for, in bits a second.
const BAUD: std::ops::RangeInclusive<u32> = 1_200..=921_600;

impl FromStr for SerialAddress {
    type Err = AddressError;

    /// Reads what follows `serial:`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || AddressError::Local(text.into());
        let (device, options) = text.split_once('?').unwrap_or((text, ""));
        let mut address = Self {
            device: device_name(device).ok_or_else(wrong)?,
            baud: 9_600,
            parity: Parity::None,
            flow: Flow::Hardware,
        };
        for (key, value) in pairs(options) {
            match (key, value) {
                ("baud", value) => {
                    let baud = value.parse().ok().filter(|baud| BAUD.contains(baud));
                    address.baud = baud.ok_or_else(wrong)?;
                }
                ("parity", "none") => address.parity = Parity::None,
                ("parity", "odd") => address.parity = Parity::Odd,
                ("parity", "even") => address.parity = Parity::Even,
                ("flow", "none") => address.flow = Flow::None,
                ("flow", "hardware") => address.flow = Flow::Hardware,
                ("flow", "software") => address.flow = Flow::Software,
                _ => return Err(wrong()),
            }
        }
        Ok(address)
    }
}

impl fmt::Display for SerialAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parity = match self.parity {
            Parity::None => "none",
            Parity::Odd => "odd",
            Parity::Even => "even",
        };
        let flow = match self.flow {
            Flow::None => "none",
            Flow::Hardware => "hardware",
            Flow::Software => "software",
        };
        write!(f, "serial:{}?baud={}&parity={parity}&flow={flow}", self.device, self.baud)
    }
}

impl FromStr for UsbAddress {
    type Err = AddressError;

    /// Reads what follows `usb:`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || AddressError::Local(text.into());
        let (ids, options) = text.split_once('?').unwrap_or((text, ""));
        let (vendor, product) = ids.split_once(':').ok_or_else(wrong)?;
        let id = |text: &str| {
            let hex = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            u16::from_str_radix(text, 16).ok().filter(|_| hex).ok_or_else(wrong)
        };
        let mut address = Self { vendor: id(vendor)?, product: id(product)?, serial: None, path: None };
        for (key, value) in pairs(options) {
            match key {
                "serial" if is_usb_serial(value) => address.serial = Some(value.into()),
                "path" if is_usb_path(value) => address.path = Some(value.into()),
                _ => return Err(wrong()),
            }
        }
        Ok(address)
    }
}

impl fmt::Display for UsbAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "usb:{:04x}:{:04x}", self.vendor, self.product)?;
        let serial = self.serial.as_ref().map(|serial| format!("serial={serial}"));
        let path = self.path.as_ref().map(|path| format!("path={path}"));
        for (separator, option) in ['?', '&'].into_iter().zip([serial, path].into_iter().flatten()) {
            write!(f, "{separator}{option}")?;
        }
        Ok(())
    }
}

/// A name that a system can give a device or a queue; nothing that could pass for an option of a program.
pub(super) fn device_name(text: &str) -> Option<String> {
    let fits = !text.is_empty() && text.trim() == text && !text.starts_with('-') && !text.contains('?');
    (fits && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

/// Whether a serial number can stand in an address; one that cannot is left out and the path used.
pub fn is_usb_serial(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"&?%=".contains(&byte))
}

fn is_usb_path(text: &str) -> bool {
    let number = |part: &str| part.parse::<u8>().is_ok();
    text.split_once('-').is_some_and(|(bus, ports)| number(bus) && ports.split('.').all(number))
}

fn pairs(options: &str) -> impl Iterator<Item = (&str, &str)> {
    options.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use crate::station::{AddressError, PrinterAddress};

    #[test]
    fn addresses_are_read_and_written_back() {
        let cases = [
            ("serial:/dev/ttyS0", "serial:/dev/ttyS0?baud=9600&parity=none&flow=hardware"),
            ("serial:COM3?baud=19200&flow=software", "serial:COM3?baud=19200&parity=none&flow=software"),
            ("serial:/dev/a?parity=even", "serial:/dev/a?baud=9600&parity=even&flow=hardware"),
            ("usb:04B8:0e15", "usb:04b8:0e15"),
            ("usb:04b8:0e15?path=1-2.3", "usb:04b8:0e15?path=1-2.3"),
            ("usb:0519:0003?path=2-1&serial=AB-12", "usb:0519:0003?serial=AB-12&path=2-1"),
            ("file:/dev/usb/lp0", "file:/dev/usb/lp0"),
            ("spooler:Cocina 80 mm", "spooler:Cocina 80 mm"),
        ];
        for (text, expected) in cases {
            let address: PrinterAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), expected);
            assert_eq!(expected.parse::<PrinterAddress>().unwrap(), address);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let cases = [
            "serial:",
            "serial:/dev/a?baud=fast",
            "serial:/dev/a?baud=9",
            "serial:/dev/a?flow=maybe",
            "serial:/dev/a?speed=9600",
            "usb:04b8",
            "usb:4b8:0e15",
            "usb:+4b8:0e15",
            "usb:04b8:0e15?serial=a b",
            "usb:04b8:0e15?serial=",
            "usb:04b8:0e15?path=1",
            "usb:04b8:0e15?path=1-2.",
            "file:",
            "spooler:-o",
            "spooler: x",
            "spooler:a\nb",
        ];
        for text in cases {
            let refused = text.parse::<PrinterAddress>();
            assert!(matches!(refused, Err(AddressError::Local(_))), "{text:?}: {refused:?}");
        }
    }
}
