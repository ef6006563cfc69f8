//! The suite: every check of the product as a named step, cheap and likely to fail first.
//!
//! One cargo feature set serves every step that compiles, and clippy compiles what it reads, so that no
//! dependency is built twice.

use std::env;

use crate::disk;
use crate::process::Task;
use crate::product;
use crate::setup::{self, Scope};
use crate::stop::Stop;
use crate::suite::{Kind, Step, Work, run};

/// The windows embed the UI only with this feature.
const FEATURES: [&str; 3] = ["--workspace", "--features", "fastops/custom-protocol"];

/// Clippy's words for `-D warnings`, as `cargo clippy` itself hands them on.
const DENIED: &str = "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__";

/// Runs the steps named in `only`, or all of them.
pub(crate) fn test(only: &[String], timings: bool) -> Result<(), Stop> {
    let steps = all(timings);
    if let Some(unknown) = only.iter().find(|name| !steps.iter().any(|step| step.name == **name)) {
        return Err(Stop::Usage(format!(
            "There is no step `{unknown}`; `cargo xtask test --list` names them."
        )));
    }
    disk::warn_before_suite();
    setup::prepare(Scope::Test)?;
    run(steps.into_iter().filter(|step| wanted(step, only)))
}

/// Whether a step is among those named; without a name, whether the suite has it.
fn wanted(step: &Step, only: &[String]) -> bool {
    if only.is_empty() { step.kind != Kind::LintAlone } else { only.iter().any(|name| name == step.name) }
}

/// Runs the checks that need no test run.
pub(crate) fn lint() -> Result<(), Stop> {
    setup::prepare(Scope::Test)?;
    run(all(false).into_iter().filter(|step| step.kind != Kind::Test))
}

/// Prints the steps in their order, each with its command.
pub(crate) fn list() {
    for step in all(false) {
        println!("{:<12} {}", step.name, step.title);
        match step.work {
            Work::Run(tasks) => tasks.iter().for_each(|task| println!("{:<12} $ {}", "", task.line())),
            Work::Skip(reason) => println!("{:<12} skipped here: {reason}", ""),
        }
    }
}

/// Every step in the order in which it runs: seconds first, then what compiles, then the screens.
fn all(timings: bool) -> Vec<Step> {
    let step = |kind| move |name, title, tasks| Step { name, title, kind, work: Work::Run(tasks) };
    let (lint, alone, test) = (step(Kind::Lint), step(Kind::LintAlone), step(Kind::Test));
    let ui = |script| Task::npm("ui", ["run", script]);
    let e2e = |script| Task::npm("tests/e2e", ["run", script]);
    let format = Task::cargo(["fmt", "--all", "--check"]);
    vec![
        lint("format", "Rust is formatted", vec![format]),
        lint("ui-format", "the UI is formatted (Prettier)", vec![ui("format:check")]),
        lint("ui-lint", "the UI keeps its rules and tiers (ESLint)", vec![ui("lint")]),
        lint("ui-types", "the UI's types fit (svelte-check)", vec![ui("check")]),
        lint(
            "e2e-lint",
            "the screen tests keep the same rules",
            ["format:check", "lint", "check"].map(e2e).into(),
        ),
        test("ui-test", "the UI's own tests (Vitest)", vec![ui("test")]),
        lint("ui-build", "the UI builds, for the steps below", vec![ui("build")]),
        alone("clippy", "Rust keeps its rules, warnings denied; without the build", vec![clippy()]),
        test("build", "Rust keeps its rules, and everything compiles", build(timings)),
        test("rust", "the Rust tests, on SQLite and PostgreSQL", vec![rust()]),
        test("e2e-browser", "the real screens in Chromium", vec![screens(e2e("e2e:browser"))]),
        Step {
            name: "e2e-pictures",
            title: "the screens look as they are kept",
            kind: Kind::Test,
            work: pictures(env::consts::OS),
        },
        Step {
            name: "e2e-desktop",
            title: "the real windows under WebDriver",
            kind: Kind::Test,
            work: desktop(env::consts::OS),
        },
    ]
}

/// Compiles everything with clippy in the compiler's place: one pass over the sources, and over all that they need,
/// where a check and a build would be two.
fn build(timings: bool) -> Vec<Task> {
    let timings: &[&str] = if timings { &["--timings"] } else { &[] };
    let build = Task::cargo([&["build", "--all-targets"], FEATURES.as_slice(), timings].concat());
    if REPLACES_ITSELF { vec![linted(build)] } else { vec![clippy(), build] }
}

fn rust() -> Task {
    let tests = Task::cargo([&["test"], FEATURES.as_slice()].concat());
    if REPLACES_ITSELF { linted(tests) } else { tests }
}

fn clippy() -> Task {
    Task::cargo([&["clippy", "--all-targets"], FEATURES.as_slice(), &["--", "-D", "warnings"]].concat())
}

/// This program is among what a build with clippy makes, beside the one that cargo has started without it. Windows
/// does not let a running program be replaced.
const REPLACES_ITSELF: bool = cfg!(not(windows));

/// Has the project's own crates compiled by clippy's driver, a compiler that also knows the rules.
fn linted(task: Task) -> Task {
    task.told("CLIPPY_ARGS", DENIED).told("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
}

/// Letters are drawn otherwise elsewhere.
fn pictures(os: &str) -> Work {
    match os {
        "linux" => Work::Run(vec![screens(Task::npm("tests/e2e", ["run", "e2e:pictures"]))]),
        _ => Work::Skip("the kept pictures are drawn on Linux"),
    }
}

fn desktop(os: &str) -> Work {
    match os {
        "linux" => Work::Run(vec![screens(Task::npm("tests/e2e", ["run", "e2e:desktop"]))]),
        "macos" => Work::Skip("macOS offers no WebDriver for the WebView of a program"),
        _ => Work::Skip("the WebDriver of WebView2 is not set up by this command"),
    }
}

/// Runs the screens with the programs that the step `build` made.
fn screens(task: Task) -> Task {
    product::screens(task, "debug")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn an_unknown_step_is_refused_before_anything_runs() {
        let refusal = test(&["no-such-step".to_owned()], false).expect_err("unknown").to_string();
        assert!(refusal.contains("no-such-step") && refusal.contains("--list"), "{refusal}");
    }

    #[test]
    fn names_are_unique_and_what_a_step_needs_comes_before_it() {
        let steps = all(true);
        for (index, step) in steps.iter().enumerate() {
            assert!(steps[..index].iter().all(|other| other.name != step.name), "{}", step.name);
        }
        let place = |name| steps.iter().position(|step| step.name == name);
        let needs =
            [("ui-build", "build"), ("build", "rust"), ("build", "e2e-browser"), ("build", "e2e-pictures")];
        for (first, second) in needs {
            assert!(place(first) < place(second), "{second} needs what {first} makes");
        }
    }

    #[test]
    fn everything_that_compiles_uses_one_feature_set() {
        for step in all(false) {
            let Work::Run(tasks) = step.work else { continue };
            for line in tasks.iter().map(Task::line) {
                let compiles = ["clippy", "build", "rust"].contains(&step.name);
                assert_eq!(line.contains(&FEATURES.join(" ")), compiles, "{line}");
            }
        }
    }

    #[test]
    fn what_is_compiled_is_linted_and_what_is_tested_is_what_was_compiled() {
        let lines = |tasks: Vec<Task>| tasks.iter().map(|task| task.line().to_owned()).collect::<Vec<_>>();
        let (built, tested) = (lines(build(false)).join("\n"), rust());
        let clippy = format!("RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS={DENIED} cargo");
        assert!(built.contains(&format!("{clippy} build")) || built.contains("cargo clippy"), "{built}");
        assert_eq!(tested.line().contains(&format!("{clippy} test")), REPLACES_ITSELF, "{}", tested.line());
    }

    #[test]
    fn a_broken_rule_ends_the_build() -> std::io::Result<()> {
        let folder = env::temp_dir().join(format!("fastops-xtask-lint-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let (source, made) = (folder.join("lib.rs"), folder.join("made"));
        let compiles = |text: &str| -> std::io::Result<bool> {
            std::fs::write(&source, text)?;
            let args = ["rustc", "--crate-type=lib", "--emit=metadata", "-o"].map(OsStr::new);
            let args = args.into_iter().chain([made.as_os_str(), source.as_os_str()]);
            Ok(linted(Task::new("clippy-driver", args)).succeeds())
        };
        assert!(compiles("pub fn one() -> u8 { 1 }")?);
        assert!(!compiles("pub fn one() -> u8 { return 1; }")?, "clippy warns of the return");
        std::fs::remove_dir_all(&folder)
    }

    #[test]
    fn the_suite_leaves_out_only_what_the_build_checks_too() {
        let left_out = |only: &[String]| {
            let steps = all(false).into_iter().filter(|step| !wanted(step, only));
            steps.map(|step| step.name).collect::<Vec<_>>()
        };
        assert_eq!(left_out(&[]), ["clippy"]);
        assert!(!left_out(&["clippy".to_owned()]).contains(&"clippy"), "a step that is named runs");
    }

    #[test]
    fn the_windows_are_driven_and_the_screens_drawn_on_linux_only() {
        for work in [desktop, pictures] {
            assert!(matches!(work("linux"), Work::Run(_)));
            assert!(matches!(work("macos"), Work::Skip(_)));
            assert!(matches!(work("windows"), Work::Skip(_)));
        }
    }
}
