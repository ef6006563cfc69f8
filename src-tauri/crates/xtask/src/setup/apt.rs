//! Debian and Ubuntu: the missing system packages, and only those, installed by apt.

use super::Scope;
use crate::process::{Task, find, versions};
use crate::stop::Stop;

/// A package, the first scope that needs it, and programs that do as well.
struct Package {
    name: &'static str,
    scope: Scope,
    instead: &'static [&'static str],
}

const fn package(scope: Scope, name: &'static str) -> Package {
    Package { name, scope, instead: &[] }
}

/// What a bare Debian 12 or Ubuntu 24.04 with a compiler lacks.
const PACKAGES: [Package; 14] = [
    package(Scope::Desktop, "build-essential"),
    package(Scope::Desktop, "pkg-config"),
    package(Scope::Desktop, "libwebkit2gtk-4.1-dev"),
    package(Scope::Desktop, "libdbus-1-dev"),
    package(Scope::Test, "webkit2gtk-driver"),
    package(Scope::Test, "xvfb"),
    package(Scope::Test, "xserver-xorg-core"),
    package(Scope::Test, "xserver-xorg-video-dummy"),
    package(Scope::Test, "x11-xserver-utils"),
    package(Scope::Test, "openbox"),
    package(Scope::Test, "fonts-dejavu-core"),
    Package { name: "umockdev", scope: Scope::Test, instead: &["umockdev-run"] },
    Package { name: "postgresql", scope: Scope::Test, instead: &["initdb"] },
    Package { name: "chromium", scope: Scope::Test, instead: &["chromium-browser", "google-chrome"] },
];

/// Chromium without its own windows and menus, of which a screen test sees nothing: a third less work for the same
/// pages. Debian has it as a package; where it is not to be had, Chromium itself does.
const LIGHT_BROWSER: &str = "chromium-headless-shell";

/// Installs what `scope` needs and the machine lacks.
pub(super) fn install(scope: Scope) -> Result<(), Stop> {
    install_needed(scope)?;
    if scope == Scope::Test && find(LIGHT_BROWSER).is_none() {
        install_light_browser();
    }
    Ok(())
}

/// Tries to, where apt knows the package: nothing depends on it.
fn install_light_browser() {
    let known = Task::new("apt-cache", ["policy", LIGHT_BROWSER]).answer().unwrap_or_default();
    let Some(prefix) = prefix(Task::new("id", ["-u"]).answer().as_deref(), find("sudo").is_some()) else {
        return;
    };
    if offered(&known) && apt_install(prefix, &[LIGHT_BROWSER]).is_err() {
        println!("note: {LIGHT_BROWSER} could not be installed; the screen tests use Chromium itself.");
    }
}

/// Whether `apt-cache policy` has a version to install.
fn offered(policy: &str) -> bool {
    let candidate = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate:"));
    candidate.is_some_and(|version| version.trim() != "(none)")
}

fn install_needed(scope: Scope) -> Result<(), Stop> {
    let wanted: Vec<&Package> = PACKAGES.iter().filter(|package| package.scope <= scope).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut query = vec!["-W", "-f=${db:Status-Abbrev}${Package}\\n"];
    query.extend(wanted.iter().map(|package| package.name));
    let answer = Task::new("dpkg-query", query).answer().unwrap_or_default();
    let missing = missing(&wanted, &answer, available);
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install --yes --no-install-recommends {}", missing.join(" "));
    match prefix(Task::new("id", ["-u"]).answer().as_deref(), find("sudo").is_some()) {
        Some(prefix) => {
            println!("Missing system packages: {}", missing.join(" "));
            apt_install(prefix, &missing)
        }
        None => Err(Stop::Missing(format!(
            "These system packages are missing, and only root can install them. As root, run:\n\n    \
             apt-get update && {line}\n\nThen repeat your command."
        ))),
    }
}

fn apt_install(prefix: &[&str], packages: &[&str]) -> Result<(), Stop> {
    apt(prefix, &["update", "--quiet"])?;
    let install = ["install", "--yes", "--no-install-recommends"];
    apt(prefix, &[install.as_slice(), packages].concat())
}

/// Runs apt without a question; it waits while another one holds the lock.
fn apt(prefix: &[&str], args: &[&str]) -> Result<(), Stop> {
    let own = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"];
    let words = [prefix, &own, args].concat();
    Task::new(words[0], &words[1..]).run()
}

/// The words before a command that only root may run; none if this account cannot become root.
fn prefix(user_id: Option<&str>, has_sudo: bool) -> Option<&'static [&'static str]> {
    match user_id.map(str::trim) {
        Some("0") => Some(&[]),
        _ if has_sudo => Some(&["sudo"]),
        _ => None,
    }
}

/// The packages that dpkg does not list as installed, and that nothing else stands in for.
fn missing(wanted: &[&Package], answer: &str, available: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let installed: Vec<&str> = answer.lines().filter_map(|line| line.strip_prefix("ii ")).collect();
    let lacks = |package: &&&Package| {
        !installed.contains(&package.name) && !package.instead.iter().any(|program| available(program))
    };
    wanted.iter().filter(lacks).map(|package| package.name).collect()
}

fn available(program: &str) -> bool {
    // Debian keeps the servers' programs off the PATH.
    find(program).is_some() || !versions("/usr/lib/postgresql".as_ref(), &format!("bin/{program}")).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(scope: Scope, answer: &str, available: &[&str]) -> Vec<&'static str> {
        let wanted: Vec<&Package> = PACKAGES.iter().filter(|package| package.scope <= scope).collect();
        missing(&wanted, answer, |program| available.contains(&program))
    }

    #[test]
    fn the_browser_needs_no_package_and_the_windows_no_test_package() {
        assert!(names(Scope::Browser, "", &[]).is_empty());
        let desktop = names(Scope::Desktop, "", &[]);
        assert!(
            desktop.contains(&"libwebkit2gtk-4.1-dev") && !desktop.contains(&"postgresql"),
            "{desktop:?}"
        );
        assert_eq!(names(Scope::Test, "", &[]).len(), PACKAGES.len());
    }

    #[test]
    fn only_what_is_not_installed_is_missing() {
        let answer = "ii build-essential\nii pkg-config\nrc libwebkit2gtk-4.1-dev\nun libdbus-1-dev\n";
        let desktop = names(Scope::Desktop, answer, &[]);
        assert!(!desktop.contains(&"pkg-config"));
        assert!(desktop.contains(&"libwebkit2gtk-4.1-dev"), "removed, with its settings left");
        assert!(desktop.contains(&"libdbus-1-dev"), "known, never installed");
    }

    #[test]
    fn another_chrome_and_another_postgresql_will_do() {
        let test = names(Scope::Test, "", &["google-chrome", "initdb"]);
        assert!(!test.contains(&"chromium") && !test.contains(&"postgresql"), "{test:?}");
    }

    #[test]
    fn the_light_browser_is_wanted_only_where_apt_has_it() {
        let debian =
            "chromium-headless-shell:\n  Installed: (none)\n  Candidate: 156.0-1\n  Version table:\n";
        assert!(offered(debian));
        assert!(!offered(&debian.replace("156.0-1", "(none)")));
        assert!(!offered(""), "what apt has never heard of is answered with nothing");
    }

    #[test]
    fn root_needs_no_sudo_and_no_one_else_goes_without() {
        assert_eq!(prefix(Some("0\n"), true), Some([].as_slice()));
        assert_eq!(prefix(Some("1000\n"), true), Some(["sudo"].as_slice()));
        assert_eq!(prefix(Some("1000\n"), false), None);
        assert_eq!(prefix(None, false), None);
    }
}
