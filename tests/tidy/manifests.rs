//! Every crate takes its version, edition, licence, lints and dependencies from the workspace, so that
//! each of them is decided once.

use toml::{Table, Value};

use super::expect_none;
use super::tree::{File, files};

/// What a package inherits.
const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

/// Where a manifest lists dependencies.
const LISTS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

fn findings(manifest: &File) -> Vec<String> {
    let path = &manifest.path;
    let table: Table = match manifest.text.parse() {
        Ok(table) => table,
        Err(error) => return vec![format!("{path}: {error}")],
    };
    let Some(package) = table.get("package") else { return Vec::new() };
    let mut findings = Vec::new();
    for key in INHERITED.into_iter().filter(|key| !inherits(package.get(key))) {
        findings.push(format!("{path}: write `{key}.workspace = true` in [package]"));
    }
    if !inherits(table.get("lints")) {
        findings.push(format!("{path}: write `workspace = true` in [lints]"));
    }
    let targets = table.get("target").and_then(Value::as_table);
    let sections = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    for section in sections.chain([&table]) {
        let lists = LISTS.iter().filter_map(|list| section.get(*list)?.as_table());
        for (name, _) in lists.flatten().filter(|(_, value)| !inherits(Some(value))) {
            findings.push(format!(
                "{path}: name the version of {name} in the root Cargo.toml, and `workspace = true` here"
            ));
        }
    }
    findings
}

fn inherits(value: Option<&Value>) -> bool {
    value.and_then(|value| value.get("workspace")).and_then(Value::as_bool) == Some(true)
}

#[test]
fn crates_inherit_from_the_workspace() {
    let manifests: Vec<&File> = files().iter().filter(|file| file.path.ends_with("/Cargo.toml")).collect();
    assert!(manifests.len() > 5, "only {} manifests were read", manifests.len());
    let found: Vec<String> = manifests.into_iter().flat_map(findings).collect();
    expect_none("What crates share is said once, in the root Cargo.toml:", &found);
}

#[cfg(test)]
mod controls {
    use super::*;

    const GOOD: &str = "
        [package]
        name = \"a\"
        version.workspace = true
        edition.workspace = true
        rust-version.workspace = true
        license.workspace = true
        publish.workspace = true
        [lints]
        workspace = true
        [dependencies]
        serde = { workspace = true, features = [\"rc\"] }
        [target.'cfg(unix)'.dependencies]
        libc.workspace = true
    ";

    fn found(old: &str, new: &str) -> Vec<String> {
        assert!(GOOD.contains(old), "{old}");
        findings(&File::new("a/Cargo.toml", &GOOD.replace(old, new)))
    }

    #[test]
    fn what_a_crate_decides_for_itself_is_found() {
        assert_eq!(found("a", "a"), [""; 0]);
        assert!(found("license.workspace = true", "license = \"MIT\"")[0].contains("license.workspace"));
        assert!(found("edition.workspace = true", "")[0].contains("edition.workspace"));
        assert!(
            found("[lints]\n        workspace = true", "[lints]\n        workspace = false")[0]
                .contains("[lints]")
        );
        assert!(found("{ workspace = true, features", "{ version = \"1\", features")[0].contains("serde"));
        assert!(found("libc.workspace = true", "libc = \"0.2\"")[0].contains("libc"));
        assert!(found("[package]", "[package")[0].starts_with("a/Cargo.toml: "));
    }
}
