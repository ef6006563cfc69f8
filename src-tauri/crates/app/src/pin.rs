//! PINs: argon2id with a salt of each user's own, never readable from the disk.
//!
//! A four-digit PIN has ten thousand values; the cost of each guess (19 MiB, two passes) and the
//! lock-out after five wrong ones are what protects it.

use crate::refusal::Refusal;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

/// Memory in KiB, passes, lanes: the first choice of the OWASP password storage cheat sheet.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Length of a salt, as RFC 9106 recommends.
const SALT_BYTES: usize = 16;

fn hasher() -> Result<Argon2<'static>, Refusal> {
    let params = Params::new(COST.0, COST.1, COST.2, None).map_err(|_| Refusal::PinHash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The PHC string that is kept for `pin`.
pub(crate) fn hash(pin: &str) -> Result<String, Refusal> {
    let mut bytes = [0_u8; SALT_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Refusal::NoRandomness { detail: error.to_string() })?;
    let salt = SaltString::encode_b64(&bytes).map_err(|_| Refusal::PinHash)?;
    let hash = hasher()?.hash_password(pin.as_bytes(), &salt).map_err(|_| Refusal::PinHash)?;
    Ok(hash.to_string())
}

/// Whether `pin` is the one behind `kept`. Takes tens of milliseconds of one core.
pub(crate) fn verify(pin: &str, kept: &str) -> Result<bool, Refusal> {
    let kept = PasswordHash::new(kept).map_err(|_| Refusal::PinHash)?;
    Ok(hasher()?.verify_password(pin.as_bytes(), &kept).is_ok())
}

/// The same work for a user who does not exist, so that the time does not tell.
pub(crate) fn verify_nobody(pin: &str) {
    let _ = hash(pin);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_string_says_argon2id_with_its_costs() {
        let kept = hash("1234").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, hash("1234").unwrap(), "each hash has a salt of its own");
        assert!(verify("1234", &kept).unwrap());
        assert!(!verify("1235", &kept).unwrap());
    }
}
