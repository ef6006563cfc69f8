//! The house rules that no compiler keeps: who imports whom, how long a file may be, what may not be
//! written, which licences are accepted.
//!
//! Each rule is a pure function from what it reads to the list of what breaks it, so that each has a
//! test on bad input beside the one on the project.

mod imports;
mod length;
mod licences;
mod manifests;
mod migrations;
mod text;
mod tree;
mod web;

/// Fails with every finding on a line of its own.
fn expect_none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}\n  {}\n", findings.join("\n  "));
}
