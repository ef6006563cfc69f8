//! What tickets come out of: devices, the chains of stations, the printers beside terminals, the mail server.

use super::{DeviceKind, MailSecurity, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;
use uuid::Uuid;

/// A word that no log shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// One target of a station: a device, or the printer beside the terminal that sent the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChainPlace {
    Device(Uuid),
    Sender,
}

wire! {
    /// Asks for everything that tickets can come out of, and for where those of each station go.
    pub struct GetPrintSetup {}

    pub struct PrintSetup {
        pub devices: Vec<DeviceView>,
        /// One for each station, in their order.
        pub chains: Vec<StationChain>,
        pub terminals: Vec<TerminalPrinter>,
        /// The server that mails tickets; none when nobody has named one.
        pub mail: Option<MailServer>,
        /// Whether this computer knows the password that the server wants.
        pub mail_password_known: bool,
    }

    pub struct DeviceView {
        pub id: Uuid,
        pub name: String,
        pub kind: DeviceKind,
        /// Such as `tcp://192.168.1.50:9100`, `screen:cocina`, `pdf:/srv/comandas` or `mailto:cocina@fonda.co`.
        pub address: String,
        pub profile: DeviceProfile,
    }

    /// What must be known of a printer to write for it; of no use to what is none.
    pub struct DeviceProfile {
        /// Characters in a line of the normal font.
        pub columns: u8,
        /// The code of a page, such as `cp858` or `windows1252`.
        pub code_page: String,
        /// The number `n` of `ESC t n` that selects the page on this model.
        pub code_table: u8,
        /// How it shows that it printed: `process_id`, `fence`, `state` or `none`.
        pub proof: String,
        /// Without them as before, and for a new one as most printers are.
        #[serde(default)]
        pub abilities: Option<DeviceAbilities>,
        /// Without it as before, and for a new one as most drawers are.
        #[serde(default)]
        pub drawer: Option<DrawerSocket>,
    }

    /// How the drawer at a printer is opened.
    pub struct DrawerSocket {
        /// The pin of the printer's socket: `pin2` or `pin5`.
        pub pin: String,
        /// How long the pulse is, from 20 to 500 milliseconds.
        pub pulse_ms: u16,
    }

    /// What the mechanism and the firmware of a printer can do besides letters.
    pub struct DeviceAbilities {
        /// It has a knife; otherwise paper is fed far enough to tear.
        pub cutter: bool,
        /// It prints pictures; otherwise what its page lacks is spelled in letters that it has.
        pub pictures: bool,
        /// It draws QR codes itself; otherwise they are sent as pictures.
        pub qr: bool,
        /// It prints in red too, in which voids and changes stand out.
        #[serde(default)]
        pub red: bool,
        /// How it calls the cook: `silent`, `epson` or `clone`.
        pub buzzer: String,
    }

    pub struct StationChain {
        pub station_id: Uuid,
        pub station: String,
        /// The targets of the first tier share the tickets; each further tier is a backup.
        pub tiers: Vec<Vec<ChainPlace>>,
        /// Categories, and products for themselves, that it makes, on the menu or off it.
        pub makes: u32,
    }

    pub struct TerminalPrinter {
        pub terminal_id: Uuid,
        pub terminal: String,
        pub printer_id: Option<Uuid>,
    }

    pub struct MailServer {
        pub host: String,
        pub port: u16,
        pub security: MailSecurity,
        /// Who signs in; none where the server asks nobody.
        pub user: Option<String>,
        /// The address that mails come from.
        pub from: String,
    }

    /// Adds a device, or changes one.
    pub struct SaveDevice {
        pub command_id: Uuid,
        /// Made by the client for a new one.
        pub device_id: Uuid,
        pub name: String,
        pub address: String,
        /// Without it as before, and for a new one as most printers are.
        #[serde(default)]
        pub profile: Option<DeviceProfile>,
    }

    /// Takes a device away; it must not be in any station's chain any more.
    pub struct RemoveDevice {
        pub command_id: Uuid,
        pub device_id: Uuid,
    }

    /// Says where a station's tickets go, in place of what was said before.
    pub struct SetStationChain {
        pub command_id: Uuid,
        pub station_id: Uuid,
        pub tiers: Vec<Vec<ChainPlace>>,
    }

    /// Says which printer stands beside a terminal.
    pub struct SetTerminalPrinter {
        pub command_id: Uuid,
        pub terminal_id: Uuid,
        pub printer_id: Option<Uuid>,
    }

    /// Says which server mails tickets.
    pub struct SetMailServer {
        pub command_id: Uuid,
        /// None: nothing is mailed.
        pub server: Option<MailServer>,
        /// Kept on this computer, in a file that only its owner reads; without one the file stays as it is.
        #[serde(default)]
        pub password: Option<Secret>,
    }

    /// A kitchen screen says that it shows a station. It says so again and again, as long as it does.
    pub struct ShowStation {
        /// Made by the screen, for as long as it is open.
        pub screen_id: Uuid,
        /// None when it shows none any more.
        pub station_id: Option<Uuid>,
    }

    pub struct StationShown {
        /// In how many milliseconds it has to say so again.
        pub again_ms: i64,
    }
}
