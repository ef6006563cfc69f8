//! Why a command ended early: each reason with the sentence that its reader needs.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::{ExitCode, ExitStatus};

/// The reason for which `cargo xtask` stops before its work is done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The words on the command line make no request.
    Usage(String),
    /// The machine lacks something; the text says what, and how to install it.
    Missing(String),
    /// A program could not be started at all.
    NotStarted { line: String, source: io::Error },
    /// A program ran and said no. Its own output stands above.
    Failed { line: String, status: ExitStatus },
    /// A step of the suite did not pass.
    StepFailed { name: &'static str },
    /// A file of the project could not be read or written.
    File { path: PathBuf, source: io::Error },
}

impl Stop {
    /// 2 for a wrong command line, 1 for everything else.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(what) => write!(f, "{what}\n`cargo xtask --help` lists the commands."),
            Self::Missing(what) => f.write_str(what),
            Self::NotStarted { line, source } => write!(f, "`{line}` could not be started: {source}"),
            Self::Failed { line, status } => write!(f, "`{line}` failed ({status}); its output is above."),
            Self::StepFailed { name } => {
                write!(
                    f,
                    "the step `{name}` failed; its output is above. Run it alone with `cargo xtask test --only {name}`."
                )
            }
            Self::File { path, source } => write!(f, "{}: {source}", path.display()),
        }
    }
}

impl std::error::Error for Stop {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotStarted { source, .. } | Self::File { source, .. } => Some(source),
            Self::Usage(_) | Self::Missing(_) | Self::Failed { .. } | Self::StepFailed { .. } => None,
        }
    }
}
