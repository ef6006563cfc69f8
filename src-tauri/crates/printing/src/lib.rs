//! From a ticket to paper: what is written, in which bytes, over which wire, and whether it printed.
//!
//! `encode` is pure (ticket and profile in, bytes out), `text` turns people's words into what one
//! model of printer can show, `link` owns the wire and tells the truth about it, `find` looks for printers when a person asks, `pdf`, `folder` and
//! `mail` are for what is no printer, and `words` says to a person what is wrong and what to do.
//!
//! Architecture invariant: nothing here retries or decides, or remembers more than which cable still owes an answer.
//! The queue does.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

pub mod encode;
pub mod find;
pub mod folder;
pub mod link;
pub mod mail;
pub mod models;
pub mod pdf;
pub mod text;
pub mod words;

pub use encode::{
    EncodeError, Encoded, Stamp, candidates_page, document, drawer_kick, kitchen_ticket, test_page,
};
pub use link::{Broke, Deadlines, Link, PrinterStatus, Probe, Proof, Trouble, probe};
