//! Other programs: started with their output left to the reader, each command shown before it runs.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::paths;
use crate::stop::Stop;

/// One command that will run in the project's folder.
#[derive(Debug)]
pub(crate) struct Task {
    command: Command,
    line: String,
}

impl Task {
    /// A program with its arguments.
    pub(crate) fn new<A: AsRef<OsStr>>(
        program: impl AsRef<OsStr>,
        args: impl IntoIterator<Item = A>,
    ) -> Self {
        let mut command = Command::new(program.as_ref());
        let mut line = program.as_ref().to_string_lossy().into_owned();
        for arg in args {
            line.push(' ');
            line.push_str(&shown(arg.as_ref()));
            command.arg(arg);
        }
        command.current_dir(paths::root());
        for name in leaked(env::vars_os().map(|(name, _)| name)) {
            command.env_remove(name);
        }
        Self { command, line }
    }

    /// The cargo that started this program.
    pub(crate) fn cargo<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Self {
        let mut task = Self::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), args);
        if let Some((_, rest)) = task.line.split_once(' ') {
            task.line = format!("cargo {rest}");
        }
        task
    }

    /// npm in one of the project's folders.
    pub(crate) fn npm<A: AsRef<OsStr>>(folder: &str, args: impl IntoIterator<Item = A>) -> Self {
        let mut task = Self::new(npm(), args);
        task.command.current_dir(paths::root().join(folder));
        task.line = format!("{} (in {folder})", task.line);
        task
    }

    /// Sets a variable of the program's environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets a variable of the program's environment, as a part of the command that is shown.
    pub(crate) fn told(mut self, name: &str, value: &str) -> Self {
        self.line = format!("{name}={value} {}", self.line);
        self.env(name, value)
    }

    /// The command as a person would type it.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// Shows the command, runs it with this terminal, and waits.
    pub(crate) fn run(mut self) -> Result<(), Stop> {
        println!("$ {}", self.line);
        match self.command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(Stop::Failed { line: self.line, status }),
            Err(source) => Err(Stop::NotStarted { line: self.line, source }),
        }
    }

    /// What the command prints, whatever its exit code; nothing if it cannot be started.
    pub(crate) fn answer(mut self) -> Option<String> {
        let output = self.command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether the command ends well; its output is not shown.
    pub(crate) fn succeeds(self) -> bool {
        self.silent().command.status().is_ok_and(|status| status.success())
    }

    /// Keeps the command away from this terminal.
    pub(crate) fn silent(mut self) -> Self {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self
    }
}

/// npm's name: a batch file on Windows.
pub(crate) fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// Where a program of this name would be started from.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

/// The folders `<parent>/<anything>/<below>` that exist: where installers put one version beside another.
pub(crate) fn versions(parent: &Path, below: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path().join(below)).filter(|path| path.exists()).collect()
}

/// What `cargo run` tells this program about its own package. A second cargo must not see it: build
/// scripts that watch these variables would run again at every change between the two.
fn leaked(names: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
    names.filter(|name| own.iter().any(|prefix| name.to_string_lossy().starts_with(prefix))).collect()
}

fn shown(arg: &OsStr) -> String {
    let text = arg.to_string_lossy();
    if text.is_empty() || text.contains([' ', '"', '\'']) { format!("{text:?}") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_typed_again() {
        let task = Task::new("tool", ["--data", "Folder With Spaces", "x"]);
        assert_eq!(task.line(), "tool --data \"Folder With Spaces\" x");
        assert_eq!(Task::cargo(["fmt", "--check"]).line(), "cargo fmt --check");
        let told = Task::cargo(["test"]).told("NAME", "value");
        assert_eq!(told.line(), "NAME=value cargo test");
        assert_eq!(Task::npm("ui", ["ci"]).line(), format!("{} ci (in ui)", npm()));
    }

    #[test]
    fn a_failing_program_is_told_from_a_missing_one() {
        assert!(matches!(Task::cargo(["no-such-command-here"]).silent().run(), Err(Stop::Failed { .. })));
        assert!(matches!(Task::new("no-such-program-here", [""; 0]).run(), Err(Stop::NotStarted { .. })));
        assert!(Task::cargo(["--version"]).succeeds());
        assert!(Task::cargo(["--version"]).answer().is_some_and(|text| text.starts_with("cargo ")));
        assert_eq!(Task::new("no-such-program-here", [""; 0]).answer(), None);
    }

    #[test]
    fn only_the_variables_of_this_package_are_withheld() {
        let names = ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_HOME", "CARGO_TARGET_DIR", "PATH"];
        let withheld = leaked(names.iter().map(OsString::from));
        assert_eq!(withheld, ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR"].map(OsString::from));
    }
}
