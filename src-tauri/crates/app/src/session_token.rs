//! The secret of a session: 256 random bits for the person, only their hash for the disk.

use crate::refusal::Refusal;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A new secret, as 64 hexadecimal digits.
pub(crate) fn new() -> Result<String, Refusal> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Refusal::NoRandomness { detail: error.to_string() })?;
    Ok(bytes.iter().fold(String::with_capacity(64), |mut digits, byte| {
        // Writing to a text cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    }))
}

/// What the store keeps of a secret. It has 256 bits of its own, so a plain hash is enough.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
