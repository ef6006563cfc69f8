//! What takes a ticket and is no printer: a kitchen screen, a folder, a mailbox.
//!
//! None of them can prove that a person has the ticket, so what they take ends as `unconfirmed`.

use crate::code::codes;
use crate::signs;
use crate::station::AddressError;
use std::fmt;

/// How long a kitchen screen counts as there after its last sign of life, in milliseconds of the database's
/// clock, and the time between two signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenPolicy {
    pub alive_ms: i64,
    pub beat_ms: i64,
}

impl Default for ScreenPolicy {
    fn default() -> Self {
        Self { alive_ms: signs::SCREEN_ALIVE_MS.cast_signed(), beat_ms: signs::SCREEN_BEAT_MS.cast_signed() }
    }
}

/// Where a ticket goes that comes out of no printer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Outlet {
    /// The kitchen screens that show a station, named by its code.
    Screen { station: String },
    /// A folder, which gets a PDF page for each ticket.
    Folder { path: String },
    /// A mailbox, reached by the house's mail server.
    Mail { to: String },
}

impl Outlet {
    /// Reads an address; `None` when it is of another kind.
    pub(crate) fn read(text: &str) -> Option<Result<Self, AddressError>> {
        let (scheme, rest) = text.split_once(':')?;
        let rest = rest.trim();
        Some(match scheme {
            "screen" if is_code(rest) => Ok(Self::Screen { station: rest.into() }),
            "screen" => Err(AddressError::Screen(text.into())),
            "pdf" if is_absolute(rest) => Ok(Self::Folder { path: rest.into() }),
            "pdf" => Err(AddressError::Folder(text.into())),
            "mailto" if is_mailbox(rest) => Ok(Self::Mail { to: rest.into() }),
            "mailto" => Err(AddressError::Mail(text.into())),
            _ => return None,
        })
    }
}

impl fmt::Display for Outlet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Screen { station } => write!(f, "screen:{station}"),
            Self::Folder { path } => write!(f, "pdf:{path}"),
            Self::Mail { to } => write!(f, "mailto:{to}"),
        }
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Whether a folder is named from the top, the same wherever the program was started: `/…`, `C:\…`, `\\…`.
fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    let drive = bytes.len() > 2
        && bytes[0].is_ascii_alphabetic()
        && bytes[1] == b':'
        && matches!(bytes[2], b'/' | b'\\');
    let named = path.starts_with('/') || path.starts_with("\\\\") || drive;
    named && !path.contains(char::is_control)
}

/// Whether a text is a plain mail address, such as `cocina@fonda.co`.
pub fn is_mailbox(text: &str) -> bool {
    let strange = |c: char| !c.is_ascii_graphic() || "<>()[]\\,;:\"".contains(c);
    let Some((local, domain)) = text.split_once('@') else { return false };
    let labels = || domain.split('.');
    !text.contains(strange)
        && !local.is_empty()
        && local.len() <= 64
        && !domain.contains('@')
        && domain.len() <= 253
        && labels().count() > 1
        && labels().all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}

codes! {
    /// How the way to a mail server is kept from other eyes.
    MailSecurity {
        /// From the first byte on.
        Tls = "tls",
        /// Asked for at the start, and nothing is sent when the server has none.
        StartTls = "starttls",
        /// Not at all: for a server in the house.
        None = "none",
    }
}

/// The server that mails the house's tickets. The password is not of it: it is kept out of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// Who signs in; a server in the house may ask nobody.
    pub user: Option<String>,
    /// Whose mails they are.
    pub from: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::station::PrinterAddress;

    #[test]
    fn addresses_are_read_and_written_back() {
        for text in [
            "screen:cocina",
            "pdf:/srv/comandas",
            "pdf:C:\\Comandas de la cocina",
            "pdf:\\\\nube\\comandas",
            "mailto:cocina@fonda.com.co",
        ] {
            let address: PrinterAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
            assert_eq!(address.outlet().map(ToString::to_string).as_deref(), Some(text));
        }
        assert_eq!("tcp://localhost".parse::<PrinterAddress>().unwrap().outlet(), None);
    }

    #[test]
    fn nonsense_is_refused_with_what_is_wrong() {
        let read = |text: &str| text.parse::<PrinterAddress>().unwrap_err();
        for text in ["screen:", "screen:la cocina"] {
            assert_eq!(read(text), AddressError::Screen(text.into()));
        }
        for text in ["pdf:", "pdf:comandas", "pdf:./comandas", "pdf:C:comandas", "pdf:/a\u{7}b"] {
            assert_eq!(read(text), AddressError::Folder(text.into()));
        }
        for to in
            ["", "cocina", "@fonda.co", "a@b", "a@b@c.co", "a b@c.co", "Ana <a@c.co>", "a@.co", "ñ@c.co"]
        {
            let text = format!("mailto:{to}");
            assert_eq!(read(&text), AddressError::Mail(text));
        }
    }
}
