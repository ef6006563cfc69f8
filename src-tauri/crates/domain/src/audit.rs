//! The audit chain: each sensitive act carries the fingerprint of the one before it, so that the log
//! cannot be altered unseen.
//!
//! ```text
//!  genesis(branch) ──> act 1 ──> act 2 ──> … ──> act n      hash = SHA-256(previous hash || act)
//!                                                 └── head: n and its hash, kept beside the log
//! ```
//!
//! Whoever edits, deletes or moves a row breaks the chain at that place; whoever cuts its end leaves a
//! head that points past it. One who rewrites the whole chain *and* the head is caught by a head that
//! was noted elsewhere, such as on a printed Z report ([`Verifier::passing_through`]).

use crate::ids::{BranchId, TerminalId, UserId};
use crate::time::Time;
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;

/// The first bytes of what is hashed; another encoding would get another name.
const ENCODING: &[u8] = b"fastops audit 1";

/// A fingerprint of 256 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// A sensitive act: what was done, who did it, and to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub id: Uuid,
    pub branch: BranchId,
    pub at: Time,
    pub user: Option<UserId>,
    pub terminal: Option<TerminalId>,
    /// What was done, such as `void_line`.
    pub action: String,
    /// What kind of thing `subject` is, such as `order`.
    pub subject_kind: String,
    pub subject: Uuid,
    pub detail: Value,
}

/// How far a branch's chain reaches: its last act's place, from 1, and that act's fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: Hash,
}

/// An act in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chained {
    /// Place in the branch's chain, from 1 without a gap.
    pub seq: i64,
    pub previous: Hash,
    pub hash: Hash,
    pub act: Act,
}

impl Head {
    /// Where a branch's chain begins, before its first act.
    pub fn genesis(branch: BranchId) -> Self {
        let hash = Sha256::new().chain_update(ENCODING).chain_update(branch.0.as_bytes()).finalize();
        Self { seq: 0, hash: Hash(hash.into()) }
    }

    /// Puts `act` behind this head.
    pub fn append(self, act: Act) -> Chained {
        let (previous, hash) = (self.hash, fingerprint(self.hash, &act));
        Chained { seq: self.seq + 1, previous, hash, act }
    }
}

impl Chained {
    /// The head of a chain that ends here.
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }
}

/// What is wrong with a chain, at the first place where it is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The act at this place is not the one that was written.
    #[error("act {seq} was changed")]
    Edited { seq: i64 },
    /// The act at this place is gone, and later ones are there.
    #[error("act {seq} is missing")]
    Deleted { seq: i64 },
    /// The act at this place is whole but was written behind another one.
    #[error("act {seq} stands in another's place")]
    Reordered { seq: i64 },
    /// The acts after this place are gone.
    #[error("the acts after {last} are missing; there were {expected}")]
    TailCut { last: i64, expected: i64 },
    /// The acts are whole among themselves, but they are not what the head, or a head that was noted
    /// elsewhere, says they were.
    #[error("the chain is not the one whose head was noted at act {seq}")]
    ForeignHead { seq: i64 },
}

/// Walks along a chain, act by act, and stops at the first fault.
#[derive(Debug)]
pub struct Verifier {
    reached: Head,
    noted: Option<Head>,
}

impl Verifier {
    pub fn new(branch: BranchId) -> Self {
        Self { reached: Head::genesis(branch), noted: None }
    }

    /// Also demands that the chain contains `noted`, a head that was written down outside the store.
    #[must_use]
    pub const fn passing_through(mut self, noted: Head) -> Self {
        self.noted = Some(noted);
        self
    }

    /// Takes the next act; they come by their place.
    pub fn take(&mut self, next: &Chained) -> Result<(), Fault> {
        let seq = self.reached.seq + 1;
        if next.seq > seq {
            return Err(Fault::Deleted { seq });
        }
        if fingerprint(next.previous, &next.act) != next.hash {
            return Err(Fault::Edited { seq });
        }
        if next.seq < seq || next.previous != self.reached.hash {
            return Err(Fault::Reordered { seq });
        }
        self.reached = next.head();
        match self.noted {
            Some(noted) if noted.seq == seq && noted.hash != next.hash => Err(Fault::ForeignHead { seq }),
            _ => Ok(()),
        }
    }

    /// Compares the chain's end with its head, `None` where the branch has none, and gives the head.
    pub fn finish(self, head: Option<Head>) -> Result<Head, Fault> {
        let last = self.reached.seq;
        let expected = head.map_or(0, |head| head.seq).max(self.noted.map_or(0, |noted| noted.seq));
        if expected > last {
            return Err(Fault::TailCut { last, expected });
        }
        match head {
            Some(head) if head != self.reached => Err(Fault::ForeignHead { seq: head.seq }),
            None if last > 0 => Err(Fault::ForeignHead { seq: 0 }),
            _ => Ok(self.reached),
        }
    }
}

/// Walks along a whole chain that is in memory.
pub fn verify<'a>(
    branch: BranchId,
    chain: impl IntoIterator<Item = &'a Chained>,
    head: Option<Head>,
) -> Result<Head, Fault> {
    let mut verifier = Verifier::new(branch);
    chain.into_iter().try_for_each(|act| verifier.take(act))?;
    verifier.finish(head)
}

fn fingerprint(previous: Hash, act: &Act) -> Hash {
    Hash(Sha256::new().chain_update(previous.0).chain_update(canonical(act)).finalize().into())
}

/// The bytes of an act, the same on every machine and after a way through either database: every text
/// has its length before it, what is absent differs from what is empty, keys of an object are sorted.
pub fn canonical(act: &Act) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    bytes.extend_from_slice(ENCODING);
    bytes.extend_from_slice(act.id.as_bytes());
    bytes.extend_from_slice(act.branch.0.as_bytes());
    bytes.extend_from_slice(&act.at.0.to_be_bytes());
    optional(&mut bytes, act.user.map(|user| user.0));
    optional(&mut bytes, act.terminal.map(|terminal| terminal.0));
    text(&mut bytes, &act.action);
    text(&mut bytes, &act.subject_kind);
    bytes.extend_from_slice(act.subject.as_bytes());
    json(&mut bytes, &act.detail);
    bytes
}

fn optional(bytes: &mut Vec<u8>, id: Option<Uuid>) {
    match id {
        None => bytes.push(0),
        Some(id) => {
            bytes.push(1);
            bytes.extend_from_slice(id.as_bytes());
        }
    }
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    length(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

fn length(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend_from_slice(&u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes());
}

fn json(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => bytes.push(b'n'),
        Value::Bool(false) => bytes.push(b'0'),
        Value::Bool(true) => bytes.push(b'1'),
        Value::Number(number) => self::number(bytes, number),
        Value::String(string) => {
            bytes.push(b's');
            text(bytes, string);
        }
        Value::Array(items) => {
            bytes.push(b'a');
            length(bytes, items.len());
            for item in items {
                json(bytes, item);
            }
        }
        Value::Object(fields) => {
            bytes.push(b'o');
            length(bytes, fields.len());
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            for (key, value) in fields {
                text(bytes, key);
                json(bytes, value);
            }
        }
    }
}

/// A whole number is the same however it was written: PostgreSQL keeps `1e2` and `100` as one.
fn number(bytes: &mut Vec<u8>, number: &serde_json::Number) {
    let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    let float = number.as_f64().unwrap_or(f64::NAN);
    #[expect(clippy::cast_possible_truncation, reason = "a whole number this small fits in 128 bits")]
    let whole = whole.or_else(|| (float.fract() == 0.0 && float.abs() < 1e30).then_some(float as i128));
    if let Some(whole) = whole {
        bytes.push(b'i');
        bytes.extend_from_slice(&whole.to_be_bytes());
    } else {
        bytes.push(b'f');
        bytes.extend_from_slice(&float.to_bits().to_be_bytes());
    }
}

#[cfg(test)]
mod tests;
