//! A picture of what is sold, as screens show it.

use crate::code::codes;
use thiserror::Error;

/// Largest photo in bytes: a till may show forty at once, and a tile is smaller than a hand.
pub const MAX_PHOTO_BYTES: usize = 96 * 1024;

codes! {
    /// How a photo is written. Every screen reads these.
    PhotoFormat {
        Jpeg = "jpeg",
        Png = "png",
        Webp = "webp",
    }
}

/// Why something is no photo for a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadPhoto {
    #[error("{bytes} bytes")]
    TooLarge { bytes: usize },
    /// Neither JPEG nor PNG nor WebP.
    #[error("no picture that screens read")]
    Unknown,
}

/// A photo, small enough for a tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    format: PhotoFormat,
    bytes: Vec<u8>,
}

impl PhotoFormat {
    /// How browsers call it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }

    /// By the first bytes of a file.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }
}

impl Photo {
    pub fn new(bytes: Vec<u8>) -> Result<Self, BadPhoto> {
        if bytes.len() > MAX_PHOTO_BYTES {
            return Err(BadPhoto::TooLarge { bytes: bytes.len() });
        }
        let format = PhotoFormat::of(&bytes).ok_or(BadPhoto::Unknown)?;
        Ok(Self { format, bytes })
    }

    pub const fn format(&self) -> PhotoFormat {
        self.format
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(start: &[u8], len: usize) -> Result<Photo, BadPhoto> {
        let mut bytes = start.to_vec();
        bytes.resize(len, 7);
        Photo::new(bytes)
    }

    #[test]
    fn photos_are_known_by_their_first_bytes() {
        let formats = [
            (&b"\xFF\xD8\xFF\xE0"[..], PhotoFormat::Jpeg),
            (b"\x89PNG\r\n\x1A\n", PhotoFormat::Png),
            (b"RIFF\x10\0\0\0WEBPVP8 ", PhotoFormat::Webp),
        ];
        for (start, format) in formats {
            assert_eq!(photo(start, 40).unwrap().format(), format);
            // Cut short, it is none.
            assert_eq!(Photo::new(start[..2].to_vec()), Err(BadPhoto::Unknown));
        }
        for other in [&b"GIF89a"[..], b"%PDF-1.7", b"<svg>", b"RIFF\x10\0\0\0WAVEfmt ", b""] {
            assert_eq!(photo(other, 40), Err(BadPhoto::Unknown));
        }
    }

    #[test]
    fn a_photo_has_room_on_a_tile() {
        assert!(photo(b"\xFF\xD8\xFF", MAX_PHOTO_BYTES).is_ok());
        let bytes = MAX_PHOTO_BYTES + 1;
        assert_eq!(photo(b"\xFF\xD8\xFF", bytes), Err(BadPhoto::TooLarge { bytes }));
    }
}
