//! Makes a machine ready, or says exactly what a person has to install.
//!
//! Only what is missing is touched, so a second run takes no longer than its checks.

mod apt;
mod machine;
mod packages;
mod tools;

pub(crate) use machine::browser;

use crate::process::Task;
use crate::stop::Stop;

/// What the machine has to be ready for. Each scope includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    /// The core and its UI in a browser.
    Browser,
    /// The windows.
    Desktop,
    /// Every test, with a database server and real screens.
    Test,
}

/// Checks and, where possible, installs everything that `scope` needs.
pub(crate) fn prepare(scope: Scope) -> Result<(), Stop> {
    tools::check(scope)?;
    machine::prepare(scope)?;
    packages::install("ui")?;
    if scope == Scope::Test {
        packages::install("tests/e2e")?;
        // The licence check reads the manifests of every platform's dependencies.
        Task::cargo(["fetch", "--locked", "--quiet"]).run()?;
    }
    Ok(())
}
