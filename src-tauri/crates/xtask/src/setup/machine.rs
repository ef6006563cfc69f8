//! The machine below the language tools. On Debian and Ubuntu apt does the work; elsewhere each thing
//! is looked for, and a missing one is named with the command that installs it.

use std::env;
use std::path::{Path, PathBuf};

use super::{Scope, apt};
use crate::process::{Task, find, versions};
use crate::stop::Stop;

/// One thing that the machine must have, and how to get it.
struct Want {
    what: &'static str,
    scope: Scope,
    found: fn() -> bool,
    install: &'static str,
}

const MACOS: [Want; 3] = [
    Want {
        what: "Xcode command line tools",
        scope: Scope::Browser,
        found: || Task::new("xcode-select", ["-p"]).succeeds(),
        install: "xcode-select --install",
    },
    Want { what: "PostgreSQL", scope: Scope::Test, found: postgresql, install: "brew install postgresql@17" },
    Want {
        what: "Chrome or Chromium",
        scope: Scope::Test,
        found: || browser().is_some(),
        install: "brew install --cask google-chrome",
    },
];

/// The C++ build tools are not here: without them this program itself could not have been linked.
const WINDOWS: [Want; 3] = [
    Want {
        what: "WebView2",
        scope: Scope::Desktop,
        found: webview2,
        install: "winget install Microsoft.EdgeWebView2Runtime",
    },
    Want {
        what: "PostgreSQL",
        scope: Scope::Test,
        found: postgresql,
        install: "winget install PostgreSQL.PostgreSQL.17",
    },
    Want {
        what: "Chrome",
        scope: Scope::Test,
        found: || browser().is_some(),
        install: "winget install Google.Chrome",
    },
];

const LINUX: [Want; 10] = [
    Want {
        what: "pkg-config",
        scope: Scope::Desktop,
        found: || find("pkg-config").is_some(),
        install: "package pkg-config, pkgconf or pkgconf-pkg-config",
    },
    Want {
        what: "WebKitGTK 4.1 for developers",
        scope: Scope::Desktop,
        found: || library("webkit2gtk-4.1"),
        install: "package webkit2gtk4.1-devel (Fedora), webkit2gtk-4.1 (Arch), webkit2gtk3-devel (openSUSE)",
    },
    Want {
        what: "D-Bus for developers",
        scope: Scope::Desktop,
        found: || library("dbus-1"),
        install: "package dbus-devel (Fedora), dbus (Arch), dbus-1-devel (openSUSE)",
    },
    Want {
        what: "PostgreSQL",
        scope: Scope::Test,
        found: postgresql,
        install: "package postgresql-server (Fedora, openSUSE), postgresql (Arch)",
    },
    Want {
        what: "umockdev",
        scope: Scope::Test,
        found: || find("umockdev-run").is_some(),
        install: "package umockdev",
    },
    Want {
        what: "Chromium or Chrome",
        scope: Scope::Test,
        found: || browser().is_some(),
        install: "package chromium, or https://www.google.com/chrome",
    },
    Want {
        what: "WebKitWebDriver",
        scope: Scope::Test,
        found: || find("WebKitWebDriver").is_some(),
        install: "part of WebKitGTK's packages, in some distributions one of its own (webkit2gtk-driver)",
    },
    Want {
        what: "Xvfb",
        scope: Scope::Test,
        found: || find("Xvfb").is_some(),
        install: "package xorg-x11-server-Xvfb (Fedora), xorg-server-xvfb (Arch), xorg-x11-server-Xvfb (openSUSE)",
    },
    Want {
        what: "Xorg with screens of no hardware",
        scope: Scope::Test,
        found: || find("Xorg").is_some() && find("xrandr").is_some() && dummy_screens(),
        install: "xrandr, Xorg and its driver: packages xorg-x11-drv-dummy (Fedora), xf86-video-dummy (Arch, openSUSE)",
    },
    Want {
        what: "openbox",
        scope: Scope::Test,
        found: || find("openbox").is_some(),
        install: "package openbox",
    },
];

/// Installs what is missing where that is possible, and refuses with a list where it is not.
pub(super) fn prepare(scope: Scope) -> Result<(), Stop> {
    match env::consts::OS {
        "macos" => check(&MACOS, scope),
        "windows" => check(&WINDOWS, scope),
        _ if find("apt-get").is_some() && find("dpkg-query").is_some() => apt::install(scope),
        _ => check(&LINUX, scope),
    }
}

fn check(wants: &[Want], scope: Scope) -> Result<(), Stop> {
    let lines: Vec<String> = wants
        .iter()
        .filter(|want| want.scope <= scope && !(want.found)())
        .map(|want| format!("    {}: {}", want.what, want.install))
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let list = lines.join("\n");
    Err(Stop::Missing(format!("This machine lacks:\n\n{list}\n\nInstall that and repeat your command.")))
}

fn library(name: &str) -> bool {
    Task::new("pkg-config", ["--exists", name]).succeeds()
}

/// The X server's driver for screens of no hardware, where distributions put it.
fn dummy_screens() -> bool {
    ["/usr/lib", "/usr/lib64"]
        .iter()
        .any(|parent| Path::new(parent).join("xorg/modules/drivers/dummy_drv.so").is_file())
}

/// A PostgreSQL server's programs, on the PATH or where its installers put them.
fn postgresql() -> bool {
    let initdb = format!("bin/initdb{}", env::consts::EXE_SUFFIX);
    let nested = |parent: &str| !versions(Path::new(parent), &initdb).is_empty();
    find("initdb").is_some()
        || [
            "/opt/homebrew/opt",
            "/usr/local/opt",
            "/Applications/Postgres.app/Contents/Versions",
            "/usr/lib/postgresql",
        ]
        .into_iter()
        .any(nested)
        || program_files().iter().any(|folder| !versions(&folder.join("PostgreSQL"), &initdb).is_empty())
}

/// Chromium or Chrome, on the PATH or where its installer puts it; the one without windows of its own first.
pub(crate) fn browser() -> Option<PathBuf> {
    let named =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let apps =
        ["Google Chrome", "Chromium"].map(|name| format!("/Applications/{name}.app/Contents/MacOS/{name}"));
    let windows =
        program_files().into_iter().map(|folder| folder.join(r"Google\Chrome\Application\chrome.exe"));
    let installed = apps.into_iter().map(PathBuf::from).chain(windows);
    named.into_iter().find_map(find).or_else(|| installed.into_iter().find(|path| path.is_file()))
}

/// The runtime writes its version into one of these keys.
fn webview2() -> bool {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    [r"HKLM\SOFTWARE\WOW6432Node", r"HKLM\SOFTWARE", r"HKCU\Software"]
        .into_iter()
        .any(|hive| Task::new("reg", ["query", &format!(r"{hive}\{CLIENT}"), "/v", "pv"]).succeeds())
}

fn program_files() -> Vec<PathBuf> {
    let names = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
    names.into_iter().filter_map(env::var_os).map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTS: [Want; 3] = [
        Want { what: "Window", scope: Scope::Desktop, found: || false, install: "get window" },
        Want { what: "Server", scope: Scope::Test, found: || false, install: "get server" },
        Want { what: "Compiler", scope: Scope::Browser, found: || true, install: "get compiler" },
    ];

    #[test]
    fn what_is_missing_is_named_with_its_command_and_nothing_else_is() {
        assert!(check(&WANTS, Scope::Browser).is_ok());
        let desktop = check(&WANTS, Scope::Desktop).expect_err("a window is missing").to_string();
        assert!(desktop.contains("Window: get window") && !desktop.contains("Server"), "{desktop}");
        let test = check(&WANTS, Scope::Test).expect_err("two are missing").to_string();
        assert!(test.contains("get window") && test.contains("get server"), "{test}");
        assert!(!test.contains("Compiler"), "{test}");
    }
}
