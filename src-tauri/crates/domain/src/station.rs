//! Stations, and the printers that write for them.

mod abilities;
mod drawer;
mod local;
mod naming;

pub use abilities::{Abilities, Buzzer, Candidate};
pub use drawer::{BadPulse, DrawerPin, DrawerPulse, PULSE_MS};
pub use local::{Flow, Parity, SerialAddress, UsbAddress, is_usb_serial};
pub use naming::{MAX_STATION_NAME, MAX_STATIONS, code_of, is_same_name, station_name};

use crate::ids::PrinterId;
use crate::outlet::Outlet;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Where a printer is found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PrinterAddress {
    /// A raw socket, usually port 9100. `host` is a name or an address.
    Tcp {
        host: String,
        port: u16,
    },
    Serial(SerialAddress),
    Usb(UsbAddress),
    /// A device file, such as `/dev/usb/lp0`.
    File(String),
    /// A queue of the operating system (CUPS, Windows).
    Spooler(String),
    /// No printer at all, and a target like one.
    Outlet(Outlet),
}

impl PrinterAddress {
    /// What it is when it is no printer.
    pub const fn outlet(&self) -> Option<&Outlet> {
        match self {
            Self::Outlet(outlet) => Some(outlet),
            Self::Tcp { .. } | Self::Serial(_) | Self::Usb(_) | Self::File(_) | Self::Spooler(_) => None,
        }
    }
}

impl PrinterAddress {
    /// Whether two addresses lead to one printer, however they are spelled.
    pub fn is_same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tcp { host, port }, Self::Tcp { host: to, port: at }) => {
                host.eq_ignore_ascii_case(to) && port == at
            }
            (Self::Serial(line), Self::Serial(other)) => line.device == other.device,
            (Self::Usb(device), Self::Usb(other)) => device.may_be(other),
            (Self::File(path), Self::File(other)) => path == other,
            (Self::Spooler(queue), Self::Spooler(other)) => queue == other,
            (Self::Outlet(outlet), Self::Outlet(other)) => outlet == other,
            _ => false,
        }
    }

    /// Whether it means something on one computer alone.
    pub const fn is_local(&self) -> bool {
        match self {
            Self::Tcp { .. } | Self::Outlet(_) => false,
            Self::Serial(_) | Self::Usb(_) | Self::File(_) | Self::Spooler(_) => true,
        }
    }
}

/// The port that network printers listen on when none is given.
pub const RAW_PORT: u16 = 9100;

/// A printer address that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    #[error(
        "a printer address starts with tcp://, serial:, usb:, file:, spooler:, screen:, pdf: or mailto:, such as tcp://192.168.1.50:9100; found {0:?}"
    )]
    Scheme(String),
    #[error("the printer address {0:?} names no host")]
    Host(String),
    #[error("{port:?} in the printer address is not a port between 1 and 65535")]
    Port { port: String },
    #[error("a kitchen screen is named by the code of its station, such as screen:cocina; found {0:?}")]
    Screen(String),
    #[error("a folder is named from the top, such as pdf:/srv/comandas or pdf:C:\\Comandas; found {0:?}")]
    Folder(String),
    #[error("a mailbox is a mail address, such as mailto:cocina@fonda.co; found {0:?}")]
    Mail(String),
    #[error("{0:?} names no port, device or queue of this computer")]
    Local(String),
}

impl FromStr for PrinterAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(line) = text.strip_prefix("serial:") {
            return line.parse().map(Self::Serial);
        }
        if let Some(device) = text.strip_prefix("usb:") {
            return device.parse().map(Self::Usb);
        }
        let named = |name: &str| local::device_name(name).ok_or_else(|| AddressError::Local(text.into()));
        if let Some(path) = text.strip_prefix("file:") {
            return named(path).map(Self::File);
        }
        if let Some(queue) = text.strip_prefix("spooler:") {
            return named(queue).map(Self::Spooler);
        }
        if let Some(outlet) = Outlet::read(text) {
            return outlet.map(Self::Outlet);
        }
        let rest = text.strip_prefix("tcp://").ok_or_else(|| AddressError::Scheme(text.into()))?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match rest.strip_prefix('[') {
            Some(v6) => {
                let (host, after) = v6.split_once(']').ok_or_else(|| AddressError::Host(text.into()))?;
                (host, after.strip_prefix(':'))
            }
            None => rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port))),
        };
        if host.is_empty() || host.contains(char::is_whitespace) {
            return Err(AddressError::Host(text.into()));
        }
        let port = match port {
            None => RAW_PORT,
            Some(port) => match port.parse() {
                Ok(number) if number > 0 => number,
                _ => return Err(AddressError::Port { port: port.into() }),
            },
        };
        Ok(Self::Tcp { host: host.into(), port })
    }
}

impl fmt::Display for PrinterAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } if host.contains(':') => write!(f, "tcp://[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "tcp://{host}:{port}"),
            Self::Outlet(outlet) => outlet.fmt(f),
            Self::Serial(line) => line.fmt(f),
            Self::Usb(device) => device.fmt(f),
            Self::File(path) => write!(f, "file:{path}"),
            Self::Spooler(queue) => write!(f, "spooler:{queue}"),
        }
    }
}

/// A table of characters beyond ASCII that a printer can be switched to.
///
/// Pages without `ñ` in either case, such as Windows 1250, are of no use in a Spanish kitchen and left out;
/// 863 is kept because some printers have nothing better than its accents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodePage {
    Cp437,
    Cp850,
    Cp858,
    Cp860,
    Cp863,
    Cp865,
    /// ISO 8859-15.
    Latin9,
    Windows1252,
}

impl CodePage {
    pub const ALL: [Self; 8] = [
        Self::Cp437,
        Self::Cp850,
        Self::Cp858,
        Self::Cp860,
        Self::Cp863,
        Self::Cp865,
        Self::Latin9,
        Self::Windows1252,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Cp437 => "cp437",
            Self::Cp850 => "cp850",
            Self::Cp858 => "cp858",
            Self::Cp860 => "cp860",
            Self::Cp863 => "cp863",
            Self::Cp865 => "cp865",
            Self::Latin9 => "latin9",
            Self::Windows1252 => "windows1252",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.code() == code)
    }
}

/// How a printer can show that it printed, found by a probe and never guessed from the brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofLevel {
    /// It gives back a job's own mark when the job is printed (`GS ( H` function 48).
    ProcessId,
    /// It answers `GS r 1` after the cut, in order.
    Fence,
    /// It says how it is, and nothing of a job: its tickets are `sent, unconfirmed`, but a ticket that it
    /// cannot print now is seen.
    State,
    /// It says nothing: its tickets are `sent, unconfirmed`.
    None,
}

impl ProofLevel {
    /// The strongest first.
    pub const ALL: [Self; 4] = [Self::ProcessId, Self::Fence, Self::State, Self::None];

    pub const fn code(self) -> &'static str {
        match self {
            Self::ProcessId => "process_id",
            Self::Fence => "fence",
            Self::State => "state",
            Self::None => "none",
        }
    }

    /// Whether a ticket of such a printer can end `printed`.
    pub const fn proves(self) -> bool {
        matches!(self, Self::ProcessId | Self::Fence)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// What must be known of a model to write for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrinterProfile {
    /// Characters in a line of the normal font: 48 or 42 on 80 mm paper, 32 on 58 mm.
    pub columns: u8,
    pub code_page: CodePage,
    /// The number `n` of `ESC t n` that selects `code_page` on this model.
    pub code_table: u8,
    pub proof: ProofLevel,
    pub abilities: Abilities,
    /// How it opens the drawer beside it.
    pub drawer: DrawerPulse,
}

impl Default for PrinterProfile {
    /// An 80 mm Epson-compatible printer at 203 dpi.
    fn default() -> Self {
        Self {
            columns: 48,
            code_page: CodePage::Cp858,
            code_table: 19,
            proof: ProofLevel::Fence,
            abilities: Abilities::USUAL,
            drawer: DrawerPulse::USUAL,
        }
    }
}

/// A printer of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    pub id: PrinterId,
    pub name: String,
    pub address: PrinterAddress,
    pub profile: PrinterProfile,
}

/// Where a station's tickets may come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A device of the branch.
    Device(PrinterId),
    /// The printer of the terminal that sent the ticket. A terminal that has none is passed over.
    Sender,
}

/// One target in a station's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainTarget {
    pub target: Target,
    /// 0 for those that share the station's tickets, then the backups, in their order.
    pub tier: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written_back() {
        let cases = [
            ("tcp://192.168.1.50:9100", "tcp://192.168.1.50:9100"),
            ("tcp://cocina.local", "tcp://cocina.local:9100"),
            ("tcp://[::1]:7001", "tcp://[::1]:7001"),
            ("tcp://localhost:9101/", "tcp://localhost:9101"),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<PrinterAddress>().unwrap().to_string(), expected);
        }
    }

    #[test]
    fn nonsense_is_refused_with_what_is_wrong() {
        assert!(matches!("lpr://x".parse::<PrinterAddress>(), Err(AddressError::Scheme(_))));
        assert!(matches!("tcp://:9100".parse::<PrinterAddress>(), Err(AddressError::Host(_))));
        assert!(matches!("tcp://a b:1".parse::<PrinterAddress>(), Err(AddressError::Host(_))));
        for port in ["0", "70000", "x", ""] {
            let address = format!("tcp://host:{port}");
            assert!(matches!(address.parse::<PrinterAddress>(), Err(AddressError::Port { .. })), "{address}");
        }
    }
}
