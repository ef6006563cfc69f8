//! How the program ends: a number for programs, a sentence for people.

use fastops_app::wire::{Failure, FailureCode};
use std::process::ExitCode;

/// What the caller's shell sees. Stated in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done,
    Failed,
    Usage,
    AlreadyRunning,
    DataUnusable,
    PrinterFailed,
}

impl Exit {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 6] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::AlreadyRunning,
        Self::DataUnusable,
        Self::PrinterFailed,
    ];

    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::AlreadyRunning => 3,
            Self::DataUnusable => 4,
            Self::PrinterFailed => 5,
        }
    }

    const fn of(code: FailureCode) -> Self {
        match code {
            FailureCode::AlreadyRunning => Self::AlreadyRunning,
            FailureCode::DiskFull
            | FailureCode::FolderUnwritable
            | FailureCode::DataTooNew
            | FailureCode::DataDamaged
            | FailureCode::DataMissing
            | FailureCode::DatabaseAway => Self::DataUnusable,
            FailureCode::BadPrinter | FailureCode::NameTaken => Self::Usage,
            _ => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why the program ends before its work is done.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) exit: Exit,
    /// The core's code, when the core refused.
    pub(crate) code: Option<FailureCode>,
    pub(crate) message: String,
}

impl Stop {
    pub(crate) fn failure(message: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, code: None, message: message.into() }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, code: None, message: message.into() }
    }

    pub(crate) fn data(message: impl Into<String>) -> Self {
        Self { exit: Exit::DataUnusable, code: None, message: message.into() }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self { exit: Exit::of(failure.code), code: Some(failure.code), message: failure.message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_can_tell_the_causes_apart() {
        let exit = |code| Stop::from(Failure { code, message: String::new() }).exit;
        assert_eq!(exit(FailureCode::AlreadyRunning), Exit::AlreadyRunning);
        assert_eq!(exit(FailureCode::DataTooNew), Exit::DataUnusable);
        assert_eq!(exit(FailureCode::BadPrinter), Exit::Usage);
        assert_eq!(exit(FailureCode::Internal), Exit::Failed);
    }

    #[test]
    fn codes_are_distinct() {
        let codes: std::collections::HashSet<u8> = Exit::ALL.iter().map(|exit| exit.code()).collect();
        assert_eq!(codes.len(), Exit::ALL.len());
    }
}
