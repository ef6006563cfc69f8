//! Who may import whom, as `docs/architecture.md` draws it.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

use super::expect_none;
use super::tree::root;

/// Each package and exactly the packages of this project that its code uses. Tests may use more.
const OURS: [(&str, &[&str]); 10] = [
    ("fastops-domain", &[]),
    ("fastops-store", &["fastops-domain"]),
    ("fastops-printing", &["fastops-domain"]),
    ("fastops-printer-sim", &[]),
    ("fastops-queue", &["fastops-domain", "fastops-store", "fastops-printing"]),
    ("fastops-app", &["fastops-domain", "fastops-store", "fastops-printing", "fastops-queue"]),
    ("fastops-cli", &["fastops-app", "fastops-printer-sim"]),
    ("fastops-xtask", &[]),
    ("fastops", &["fastops-app", "fastops-printer-sim"]),
    ("fastops-tests", &[]),
];

/// A library, and the only package that may use it.
const ONLY: [(&str, &str); 16] = [
    ("rusqlite", "fastops-store"),
    ("sqlx", "fastops-store"),
    ("calamine", "fastops-app"),
    ("csv", "fastops-app"),
    ("escpos", "fastops-printing"),
    ("lettre", "fastops-printing"),
    ("pdf-writer", "fastops-printing"),
    ("rusb", "fastops-printing"),
    ("rust_xlsxwriter", "fastops-app"),
    ("serialport", "fastops-printing"),
    ("windows-sys", "fastops-printing"),
    ("tauri", "fastops"),
    ("tauri-build", "fastops"),
    ("axum", "fastops-cli"),
    ("hyper", "fastops-cli"),
    ("tower-http", "fastops-cli"),
];

/// A library that a package may not use, and why.
const NEVER: [(&str, &str, &str); 4] = [
    ("fastops-domain", "tokio", "rules are pure: no runtime"),
    ("fastops-domain", "tracing", "rules are pure: they answer and do not report"),
    ("fastops-domain", "rand", "randomness comes in as an argument"),
    ("fastops-domain", "getrandom", "randomness comes in as an argument"),
];

/// What each package's code uses directly.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn project() -> Uses {
    let manifest = root().join("Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap();
    let uses = |package: &cargo_metadata::Package| {
        let shipped = package.dependencies.iter().filter(|used| used.kind != DependencyKind::Development);
        (package.name.to_string(), shipped.map(|used| used.name.clone()).collect())
    };
    metadata.packages.iter().map(uses).collect()
}

fn findings(uses: &Uses) -> Vec<String> {
    let mut findings = strangers(uses);
    for (package, used) in uses {
        for (library, owner) in ONLY {
            if used.contains(library) && package != owner {
                findings.push(format!("{package} uses {library}; only {owner} may"));
            }
        }
        for (name, library, why) in NEVER {
            if package == name && used.contains(library) {
                findings.push(format!("{package} uses {library}; {why}"));
            }
        }
    }
    findings
}

/// Differences between the table and the project, both ways.
fn strangers(uses: &Uses) -> Vec<String> {
    let mut findings = Vec::new();
    for (package, used) in uses {
        let Some((_, allowed)) = OURS.iter().find(|(name, _)| name == package) else {
            findings
                .push(format!("{package} is in no rule: say in tests/tidy/imports.rs what it may import"));
            continue;
        };
        let ours: BTreeSet<&str> =
            used.iter().map(String::as_str).filter(|name| uses.contains_key(*name)).collect();
        let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
        for name in ours.difference(&allowed) {
            findings.push(format!("{package} may not import {name}"));
        }
        for name in allowed.difference(&ours) {
            findings
                .push(format!("{package} no longer imports {name}: take it out of tests/tidy/imports.rs"));
        }
    }
    let gone = OURS.iter().filter(|(name, _)| !uses.contains_key(*name));
    findings.extend(gone.map(|(name, _)| format!("{name} has a rule and does not exist")));
    findings
}

#[test]
fn each_crate_imports_what_the_architecture_allows() {
    expect_none("Imports run one way, from the hosts to the domain:", &findings(&project()));
}

#[cfg(test)]
mod controls {
    use super::*;

    /// A project that keeps every rule.
    fn tidy() -> Uses {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        OURS.iter().map(|(name, used)| ((*name).to_owned(), set(used))).collect()
    }

    fn with(package: &str, library: &str) -> Vec<String> {
        let mut uses = tidy();
        uses.entry(package.to_owned()).or_default().insert(library.to_owned());
        findings(&uses)
    }

    #[test]
    fn an_import_against_the_arrow_is_found() {
        assert_eq!(findings(&tidy()), [""; 0]);
        assert_eq!(with("fastops-domain", "fastops-store"), ["fastops-domain may not import fastops-store"]);
        assert_eq!(with("fastops-cli", "fastops-queue"), ["fastops-cli may not import fastops-queue"]);
    }

    #[test]
    fn a_library_outside_its_one_crate_is_found() {
        assert_eq!(with("fastops-app", "sqlx"), ["fastops-app uses sqlx; only fastops-store may"]);
        assert_eq!(with("fastops", "axum"), ["fastops uses axum; only fastops-cli may"]);
        assert_eq!(with("fastops-store", "sqlx"), [""; 0]);
    }

    #[test]
    fn a_runtime_in_the_domain_is_found() {
        assert_eq!(
            with("fastops-domain", "tokio"),
            ["fastops-domain uses tokio; rules are pure: no runtime"]
        );
    }

    #[test]
    fn a_crate_without_a_rule_and_a_rule_without_a_crate_are_found() {
        assert!(with("fastops-new", "serde")[0].starts_with("fastops-new is in no rule"));
        let mut uses = tidy();
        uses.remove("fastops-xtask");
        assert_eq!(findings(&uses), ["fastops-xtask has a rule and does not exist"]);
    }

    #[test]
    fn an_import_that_is_gone_leaves_the_table() {
        let mut uses = tidy();
        uses.insert("fastops-store".to_owned(), BTreeSet::new());
        let found = findings(&uses);
        assert!(found[0].starts_with("fastops-store no longer imports fastops-domain"), "{found:?}");
    }
}
