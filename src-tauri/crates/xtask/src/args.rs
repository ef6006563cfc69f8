//! The command line, from words to one request. Pure, so that each sentence of `--help` has a test.

use crate::setup::Scope;
use crate::stop::Stop;

/// What `cargo xtask --help` prints.
pub(crate) const HELP: &str = "\
FastOps development tasks

Usage: cargo xtask <command>

Commands:
  run [--browser] [-- ARGS]  set up the machine, build, and start FastOps with demo data and three
                             simulated printers; --browser serves the same in a browser.
                             ARGS go to the program
  test [--only STEP]...      set up the machine and run every check: format, lints, types, unit and
                             system tests, the real screens. Stops at the first failure
  test --list                name the steps
  ci                         like test, and writes cargo's build timings to target/cargo-timings
  lint                       only the checks that need no test run
  bench [core | store | queue | printing] [-- ARGS]
                             build the release program and measure the way from a tap to paper (core),
                             what is remembered (store), the print engine (queue) or the printers
                             (printing). ARGS go to `fastops-cli bench`
  bench ui [-- ARGS]         build the release programs and measure the real screens in a browser and, on
                             Linux, in the windows, beside a plain page; an hour of rush is the last of
                             it. `-- --help` tells the options
  bindings                   regenerate the TypeScript types and docs/openapi.json from the Rust types
  setup [--browser | --desktop | --test]
                             only set up the machine: for `run --browser`, for `run`, or for `test`
                             (the default, which includes the others)

Set-up checks Rust and Node, and runs `npm ci` when a lock file has changed. On Debian and Ubuntu it
also installs the system packages that are missing; elsewhere it says what to install.
";

/// One thing that a developer asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Help,
    Setup(Scope),
    Run { browser: bool, pass: Vec<String> },
    Test { only: Vec<String>, timings: bool },
    ListSteps,
    Lint,
    Bench { pass: Vec<String> },
    BenchUi { pass: Vec<String> },
    Bindings,
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: &[String]) -> Result<Request, Stop> {
    let (own, pass) = split(words);
    if own.is_empty() || own.iter().any(|word| matches!(*word, "--help" | "-h" | "help")) {
        return Ok(Request::Help);
    }
    let command = own[0];
    let options = &own[1..];
    if !pass.is_empty() && !matches!(command, "run" | "bench") {
        return Err(Stop::Usage(format!("`{command}` passes no arguments on.")));
    }
    match (command, options) {
        ("run", []) => Ok(Request::Run { browser: false, pass }),
        ("run", ["--browser"]) => Ok(Request::Run { browser: true, pass }),
        ("test", ["--list"]) => Ok(Request::ListSteps),
        ("test", options) => Ok(Request::Test { only: only(options)?, timings: false }),
        ("ci", []) => Ok(Request::Test { only: Vec::new(), timings: true }),
        ("lint", []) => Ok(Request::Lint),
        ("bench", []) => Ok(Request::Bench { pass }),
        ("bench", ["ui"]) => Ok(Request::BenchUi { pass }),
        ("bench", [suite @ ("core" | "store" | "queue" | "printing")]) => {
            Ok(Request::Bench { pass: std::iter::once((*suite).to_owned()).chain(pass).collect() })
        }
        ("bindings", []) => Ok(Request::Bindings),
        ("setup", [] | ["--test"]) => Ok(Request::Setup(Scope::Test)),
        ("setup", ["--desktop"]) => Ok(Request::Setup(Scope::Desktop)),
        ("setup", ["--browser"]) => Ok(Request::Setup(Scope::Browser)),
        ("run" | "ci" | "lint" | "bench" | "bindings" | "setup", _) => {
            Err(Stop::Usage(format!("`{command}` does not take `{}`.", options.join(" "))))
        }
        _ => Err(Stop::Usage(format!("There is no command `{command}`."))),
    }
}

/// The words before the first `--`, and those after it.
fn split(words: &[String]) -> (Vec<&str>, Vec<String>) {
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    let own = words[..end].iter().map(String::as_str).collect();
    let pass = words.get(end + 1..).unwrap_or_default().to_vec();
    (own, pass)
}

/// The step names of `--only STEP`, which may stand more than once.
fn only(options: &[&str]) -> Result<Vec<String>, Stop> {
    let mut names = Vec::new();
    for pair in options.chunks(2) {
        match pair {
            ["--only", name] => names.push((*name).to_owned()),
            ["--only"] => return Err(Stop::Usage("`--only` needs the name of a step.".to_owned())),
            [other, ..] => return Err(Stop::Usage(format!("`test` does not take `{other}`."))),
            [] => {}
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Request, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words).map_err(|stop| stop.to_string())
    }

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn every_command_of_the_help_is_understood() {
        let table = [
            ("", Request::Help),
            ("--help", Request::Help),
            ("test --help", Request::Help),
            ("run", Request::Run { browser: false, pass: Vec::new() }),
            ("run --browser", Request::Run { browser: true, pass: Vec::new() }),
            ("test", Request::Test { only: Vec::new(), timings: false }),
            ("test --only clippy", Request::Test { only: strings(&["clippy"]), timings: false }),
            ("test --only a --only b", Request::Test { only: strings(&["a", "b"]), timings: false }),
            ("test --list", Request::ListSteps),
            ("ci", Request::Test { only: Vec::new(), timings: true }),
            ("lint", Request::Lint),
            ("bench", Request::Bench { pass: Vec::new() }),
            ("bench store", Request::Bench { pass: vec!["store".to_owned()] }),
            ("bench queue", Request::Bench { pass: vec!["queue".to_owned()] }),
            ("bench printing", Request::Bench { pass: vec!["printing".to_owned()] }),
            ("bench ui -- --quick", Request::BenchUi { pass: vec!["--quick".to_owned()] }),
            ("bindings", Request::Bindings),
            ("setup", Request::Setup(Scope::Test)),
            ("setup --test", Request::Setup(Scope::Test)),
            ("setup --desktop", Request::Setup(Scope::Desktop)),
            ("setup --browser", Request::Setup(Scope::Browser)),
        ];
        for (line, request) in table {
            assert_eq!(parsed(line), Ok(request), "{line}");
        }
    }

    #[test]
    fn words_after_two_dashes_go_to_the_program() {
        let pass = strings(&["--data", "x", "--help"]);
        assert_eq!(parsed("run -- --data x --help"), Ok(Request::Run { browser: false, pass: pass.clone() }));
        assert_eq!(parsed("bench -- --data x --help"), Ok(Request::Bench { pass }));
    }

    #[test]
    fn a_wrong_line_is_refused_with_its_word() {
        for (line, word) in [
            ("rnu", "`rnu`"),
            ("run --brwoser", "`--brwoser`"),
            ("test --only", "`--only`"),
            ("test clippy", "`clippy`"),
            ("setup --all", "`--all`"),
            ("lint -- x", "`lint`"),
        ] {
            let refusal = parsed(line).expect_err(line);
            assert!(refusal.contains(word), "{line}: {refusal}");
        }
    }
}
