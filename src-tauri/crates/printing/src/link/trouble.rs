//! What goes wrong on a wire, told apart by what may be done next.

use fastops_domain::job::Cause;
use std::io;
use thiserror::Error;

/// The printer could not be reached or asked. No byte of a job was handed over.
#[derive(Debug, Error)]
#[error("the printer cannot be used: {}", cause.code())]
pub struct Trouble {
    /// What it means to the person who looks after the printer.
    pub cause: Cause,
    /// What the operating system said, when it said something.
    pub source: Option<io::Error>,
}

/// A job stopped on its way.
#[derive(Debug, Error)]
#[error("sending stopped: {}, {bytes_accepted:?} bytes accepted", cause.code())]
pub struct Broke {
    pub cause: Cause,
    /// How many bytes of the job the operating system took for the printer.
    ///
    /// `Some(0)` is exact: nothing can be on paper, so the job may be sent again. Anything more is
    /// the most that the printer can have, not what it printed. `None` when it cannot be known.
    pub bytes_accepted: Option<u64>,
    pub source: Option<io::Error>,
}

impl Trouble {
    /// A trouble of which the operating system has said nothing.
    pub(crate) const fn of(cause: Cause) -> Self {
        Self { cause, source: None }
    }

    /// Why a name was not found.
    pub(super) fn naming(source: Option<io::Error>) -> Self {
        Self { cause: Cause::UnknownHost, source }
    }
}
