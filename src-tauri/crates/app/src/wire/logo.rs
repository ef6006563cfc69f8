//! The picture at the head of what a guest gets.

use super::wire;
use std::fmt::Write as _;
use uuid::Uuid;

wire! {
    /// Asks for the picture on bills and receipts.
    pub struct GetReceiptLogo {}

    /// Asks how a picture would look on paper. Nothing is kept of it.
    pub struct TryReceiptLogo {
        pub picture: LogoPicture,
    }

    /// Has bills and receipts begin with a picture, in place of the one before.
    pub struct SetReceiptLogo {
        pub command_id: Uuid,
        /// None takes it away.
        pub picture: Option<LogoPicture>,
    }

    /// A picture in grey values.
    pub struct LogoPicture {
        /// Dots in a row: from 8 to 576. It has from 8 to 240 rows.
        pub width: u32,
        /// In hexadecimal, a byte for each dot, row by row from the top; 0 is black.
        pub grey: String,
    }

    pub struct ReceiptLogoView {
        /// None when papers begin with the name of the house.
        pub logo: Option<LogoView>,
    }

    /// A picture as it comes out.
    pub struct LogoView {
        /// On the papers that are sold, the widest first.
        pub looks: Vec<LogoLook>,
    }

    pub struct LogoLook {
        pub paper_mm: u32,
        /// Characters in a row of the normal font, each twelve dots wide.
        pub columns: u8,
        /// Dots of a row.
        pub dots_wide: u32,
        /// In hexadecimal, eight dots to a byte, the leftmost in the highest bit.
        pub dots: String,
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // A string takes everything.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The way back; none for what is no hexadecimal.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_and_read_back() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        assert_eq!((unhex(""), unhex("aF")), (Some(Vec::new()), Some(vec![0xAF])));
        for wrong in ["0", "0g", "ñ", "0x", "+1"] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }
}
