//! The language tools: Rust and Node, in versions that the product builds with.

use super::Scope;
use crate::process::{Task, npm};
use crate::stop::Stop;

const RUST: &str = env!("CARGO_PKG_RUST_VERSION");
const NODE: &str = "20.19 or newer in the 20 line, or 22.12 or newer";

type Version = (u32, u32);

/// Refuses a missing or old tool, with the place to get a new one.
pub(super) fn check(scope: Scope) -> Result<(), Stop> {
    let rust = Task::new("rustc", ["--version"]).answer();
    check_rust(rust.as_deref())?;
    let node = Task::new("node", ["--version"]).answer();
    check_node(node.as_deref())?;
    if !Task::new(npm(), ["--version"]).succeeds() {
        return Err(Stop::Missing("npm is missing. It comes with Node: https://nodejs.org".to_owned()));
    }
    if scope == Scope::Test {
        for component in ["fmt", "clippy"] {
            if !Task::cargo([component, "--version"]).succeeds() {
                return Err(Stop::Missing(format!(
                    "`cargo {component}` is missing. Install it with: rustup component add rustfmt clippy"
                )));
            }
        }
    }
    Ok(())
}

fn check_rust(answer: Option<&str>) -> Result<(), Stop> {
    let wanted = version(RUST);
    let found = answer.and_then(|text| text.split_whitespace().nth(1));
    match found.map(version) {
        Some(version) if version >= wanted => Ok(()),
        _ => Err(Stop::Missing(format!(
            "Rust {RUST} or newer is needed, and {} was found. Install it with `rustup update stable`, \
             or from https://rustup.rs",
            found.unwrap_or("none")
        ))),
    }
}

fn check_node(answer: Option<&str>) -> Result<(), Stop> {
    let found = answer.map(str::trim).filter(|text| !text.is_empty());
    match found.map(|text| version(text.trim_start_matches('v'))) {
        Some(version) if ((20, 19)..(21, 0)).contains(&version) || version >= (22, 12) => Ok(()),
        _ => Err(Stop::Missing(format!(
            "Node {NODE}, is needed, and {} was found. Install it from https://nodejs.org",
            found.unwrap_or("none")
        ))),
    }
}

/// Major and minor; what is no number counts as zero.
fn version(text: &str) -> Version {
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_or_missing_rust_is_refused() {
        assert!(check_rust(Some(&format!("rustc {RUST}.0 (hash date)"))).is_ok());
        assert!(check_rust(Some("rustc 2.0.0")).is_ok());
        for old in [None, Some(""), Some("rustc 1.80.1 (hash date)")] {
            let sentence = check_rust(old).expect_err("too old").to_string();
            assert!(sentence.contains(RUST) && sentence.contains("rustup"), "{sentence}");
        }
    }

    #[test]
    fn node_is_wanted_in_the_lines_that_the_ui_build_supports() {
        for good in ["v20.19.0\n", "v20.20.2", "v22.12.0", "v24.1.0"] {
            assert!(check_node(Some(good)).is_ok(), "{good}");
        }
        for bad in [None, Some(""), Some("v18.20.4"), Some("v20.18.3"), Some("v21.7.0"), Some("v22.11.0")] {
            let sentence = check_node(bad).expect_err("unsupported").to_string();
            assert!(sentence.contains("20.19") && sentence.contains("nodejs.org"), "{sentence}");
        }
    }
}
