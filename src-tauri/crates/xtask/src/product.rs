//! The product itself: started with demo data, measured, and its generated files renewed.

use std::env;

use crate::paths;
use crate::process::Task;
use crate::setup::{self, Scope};
use crate::stop::Stop;
use crate::ui;

/// Where `run --browser` listens. Only this machine can reach it.
const LISTEN: &str = "127.0.0.1:7788";

/// Builds and starts the windows, with demo data and simulated printers.
pub(crate) fn open_window(pass: &[String]) -> Result<(), Stop> {
    if env::consts::OS == "linux"
        && no_display(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
    {
        return Err(Stop::Missing(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.\n\
             Run `cargo xtask run --browser` and open the address that it prints, or run this in a desktop session."
                .to_owned(),
        ));
    }
    setup::prepare(Scope::Desktop)?;
    ui::build_if_changed()?;
    let own = ["run", "--package", "fastops", "--features", "custom-protocol", "--", "--demo"];
    Task::cargo(own.into_iter().chain(pass.iter().map(String::as_str))).run()
}

/// Builds and starts the same product for a browser on this machine.
pub(crate) fn open_browser(pass: &[String]) -> Result<(), Stop> {
    setup::prepare(Scope::Browser)?;
    ui::build_if_changed()?;
    let own = ["run", "--package", "fastops-cli", "--", "serve", "--demo"];
    let rest = ["--ui", "ui/build", "--listen", LISTEN, "--open"];
    Task::cargo(own.into_iter().chain(rest).chain(pass.iter().map(String::as_str))).run()
}

/// Measures the release program.
pub(crate) fn bench(pass: &[String]) -> Result<(), Stop> {
    let own = ["run", "--release", "--package", "fastops-cli", "--", "bench"];
    Task::cargo(own.into_iter().chain(pass.iter().map(String::as_str))).run()
}

/// Measures the screens of the release programs.
pub(crate) fn bench_ui(pass: &[String]) -> Result<(), Stop> {
    setup::prepare(Scope::Test)?;
    ui::build_if_changed()?;
    Task::cargo([&["build", "--release"], benched(env::consts::OS, pass)].concat()).run()?;
    let own = ["run", "bench", "--"];
    screens(Task::npm("tests/e2e", own.into_iter().chain(pass.iter().map(String::as_str))), "release").run()
}

/// What has to be built for the screens to be measured: the windows too where they are.
fn benched(os: &str, pass: &[String]) -> &'static [&'static str] {
    if os == "linux" && pass.iter().all(|word| word != "--no-windows") {
        &["--package", "fastops-cli", "--package", "fastops", "--features", "fastops/custom-protocol"]
    } else {
        &["--package", "fastops-cli"]
    }
}

/// Tells the screen tests which programs were built with this profile, and which browser this machine has.
/// What the caller's environment says already stays.
pub(crate) fn screens(mut task: Task, profile: &str) -> Task {
    let built = |name: &str| paths::target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX));
    let mut programs = vec![("FASTOPS_CLI", built("fastops-cli")), ("FASTOPS_APP", built("fastops"))];
    programs.extend(setup::browser().map(|browser| ("CHROMIUM", browser)));
    for (name, program) in programs.into_iter().filter(|(name, _)| env::var_os(name).is_none()) {
        task = task.env(name, program);
    }
    task
}

/// Writes the files that are generated from the Rust types.
pub(crate) fn bindings() -> Result<(), Stop> {
    let types = "ui/src/lib/ipc/bindings.gen.ts";
    let own = ["run", "--package", "fastops-cli", "--", "bindings"];
    Task::cargo(own.into_iter().chain(["--types", types, "--openapi", "docs/openapi.json"])).run()
}

fn no_display(is_set: impl Fn(&str) -> bool) -> bool {
    !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_kind_of_display_will_do() {
        assert!(no_display(|_| false));
        assert!(!no_display(|name| name == "DISPLAY"));
        assert!(!no_display(|name| name == "WAYLAND_DISPLAY"));
    }
    #[test]
    fn the_windows_are_built_only_where_they_are_measured() {
        let windows = |os, pass: &[&str]| {
            let pass: Vec<String> = pass.iter().map(|word| (*word).to_owned()).collect();
            benched(os, &pass).contains(&"fastops")
        };
        assert!(windows("linux", &[]) && windows("linux", &["--quick"]));
        assert!(!windows("linux", &["--quick", "--no-windows"]));
        assert!(!windows("macos", &[]) && !windows("windows", &[]));
    }
}
