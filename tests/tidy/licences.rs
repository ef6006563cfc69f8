//! Dependencies with a licence that this project accepts, from the public registries, and none that it
//! has turned away. `deny.toml` is the one list; nothing here needs a network once cargo has fetched.

use std::collections::BTreeSet;
use std::process::Command;

use cargo_metadata::{CargoOpt, MetadataCommand};
use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};
use toml::Table;

use super::expect_none;
use super::tree::{File, files, root};

const FETCH: &str =
    "cargo cannot resolve what is locked (`cargo fetch --locked` brings what is not on this machine)";

/// Where npm's packages come from when the lock file does not say.
const NPM: &str = "https://registry.npmjs.org/";

/// An npm package with another licence, and why that is fine. The format of `deny.toml` has no place
/// for the names of npm.
const NPM_EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "@promptbook/utils",
    "CC-BY-4.0",
    "below the WebDriver client of the screen tests; nothing of it ships",
)];

/// An npm package whose manifest forgets its licence, and the one that it comes with.
const NPM_UNSTATED: [(&str, &str); 1] = [("css-value", "MIT")];

/// A dependency as its registry describes it.
struct Dependency {
    name: String,
    licence: Option<String>,
    /// Where it comes from; none for a crate of this project.
    source: Option<String>,
}

/// What `deny.toml` decides.
struct Policy {
    allow: Vec<Licensee>,
    exceptions: Vec<(String, Vec<Licensee>)>,
    deny: Vec<(String, String)>,
    registries: Vec<String>,
}

impl Policy {
    fn read(text: &str) -> Self {
        let table: Table = text.parse().unwrap();
        let texts = |value: &toml::Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let licensees = |value: &toml::Value| -> Vec<Licensee> {
            texts(value).iter().map(|text| Licensee::parse(text).unwrap()).collect()
        };
        let word = |value: &toml::Value, key: &str| value[key].as_str().unwrap().to_owned();
        let exceptions = table["licenses"]["exceptions"].as_array().unwrap();
        let deny = table["bans"]["deny"].as_array().unwrap();
        Self {
            allow: licensees(&table["licenses"]["allow"]),
            exceptions: exceptions.iter().map(|one| (word(one, "crate"), licensees(&one["allow"]))).collect(),
            deny: deny.iter().map(|one| (word(one, "crate"), word(one, "reason"))).collect(),
            registries: texts(&table["sources"]["allow-registry"]),
        }
    }

    fn findings(&self, dependency: &Dependency) -> Vec<String> {
        let Dependency { name, licence, source } = dependency;
        let Some(source) = source else { return Vec::new() };
        let mut findings = Vec::new();
        if let Some((_, reason)) = self.deny.iter().find(|(denied, _)| denied == name) {
            findings.push(format!("{name} is turned away: {reason}"));
        }
        if !self.registries.iter().any(|registry| source.starts_with(registry)) {
            findings.push(format!("{name} comes from {source}, which deny.toml does not allow"));
        }
        match licence {
            None => findings.push(format!("{name} states no licence")),
            Some(text) if !self.accepts(name, text) => {
                findings.push(format!("{name} is licensed under {text}, which deny.toml does not allow"));
            }
            Some(_) => {}
        }
        findings
    }

    /// Whether one of the ways to read the expression is allowed. What cannot be read is not.
    fn accepts(&self, name: &str, licence: &str) -> bool {
        let own =
            self.exceptions.iter().filter(|(excepted, _)| excepted == name).flat_map(|(_, allow)| allow);
        let allowed: Vec<&Licensee> = self.allow.iter().chain(own).collect();
        Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
            expression.evaluate(|asked| allowed.iter().any(|one| one.satisfies(asked)))
        })
    }
}

fn policy() -> Policy {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let mut policy = Policy::read(&text);
    policy.registries.push(NPM.to_owned());
    let npm =
        NPM_EXCEPTIONS.map(|(name, licence, _)| (name.to_owned(), vec![Licensee::parse(licence).unwrap()]));
    policy.exceptions.extend(npm);
    policy
}

/// Every crate that is built on some platform with some feature.
fn crates() -> Vec<Dependency> {
    let built = built();
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options(vec!["--locked".to_owned()])
        .exec()
        .unwrap_or_else(|error| panic!("{FETCH}: {error}"));
    let dependency = |package: &cargo_metadata::Package| Dependency {
        name: package.name.to_string(),
        licence: package.license.clone(),
        source: package.source.as_ref().map(|source| source.repr.trim_start_matches("registry+").to_owned()),
    };
    let is_built = |package: &&cargo_metadata::Package| {
        built.contains(&format!("{} v{}", package.name, package.version))
    };
    metadata.packages.iter().filter(is_built).map(dependency).collect()
}

/// The name and version of every crate that is built. The metadata, like the lock file, lists optional
/// crates that no feature turns on; `cargo tree` does not.
fn built() -> BTreeSet<String> {
    let tree = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["tree", "--workspace", "--all-features", "--target", "all", "--locked"])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{FETCH}: {}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8(tree.stdout).unwrap();
    text.lines().map(|line| line.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

/// Every package of an npm lock file. What the lock does not say is read from the installed package.
fn packages(lock: &File) -> Vec<Dependency> {
    let folder = root().join(lock.path.trim_end_matches("package-lock.json"));
    let content: Value = serde_json::from_str(&lock.text).unwrap();
    let listed = content["packages"].as_object().unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let dependency = |(path, about): (&String, &Value)| {
        let name = path.rsplit_once("node_modules/").map_or(path.as_str(), |(_, name)| name).to_owned();
        let installed = || {
            let manifest = std::fs::read_to_string(folder.join(path).join("package.json")).ok()?;
            text(&serde_json::from_str::<Value>(&manifest).ok()?["license"])
        };
        let unstated =
            || NPM_UNSTATED.iter().find(|(one, _)| *one == name).map(|(_, licence)| (*licence).to_owned());
        let licence = text(&about["license"]).or_else(installed).or_else(unstated);
        Dependency { licence, name, source: text(&about["resolved"]).or_else(|| Some(NPM.to_owned())) }
    };
    listed.iter().filter(|(path, _)| path.contains("node_modules/")).map(dependency).collect()
}

#[test]
fn every_crate_has_an_accepted_licence_and_source() {
    let (policy, crates) = (policy(), crates());
    assert!(crates.len() > 100, "only {} crates were read", crates.len());
    let found: Vec<String> = crates.iter().flat_map(|one| policy.findings(one)).collect();
    expect_none("deny.toml decides what this project builds on:", &found);
}

#[test]
fn every_npm_package_has_an_accepted_licence_and_source() {
    let policy = policy();
    let locks: Vec<&File> = files().iter().filter(|file| file.path.ends_with("/package-lock.json")).collect();
    assert!(locks.iter().any(|lock| lock.path == "ui/package-lock.json"), "ui/package-lock.json is missing");
    let found: Vec<String> =
        locks.into_iter().flat_map(packages).flat_map(|one| policy.findings(&one)).collect();
    expect_none("deny.toml decides what this project builds on:", &found);
}

#[cfg(test)]
mod controls {
    use super::*;

    const POLICY: &str = r#"
        [licenses]
        allow = ["MIT", "Apache-2.0"]
        exceptions = [{ crate = "fonts", allow = ["OFL-1.1"] }]
        [bans]
        deny = [{ crate = "unwanted", reason = "there is a better one" }]
        [sources]
        allow-registry = ["https://registry/"]
    "#;

    fn found(name: &str, licence: Option<&str>, source: &str) -> Vec<String> {
        let dependency = Dependency {
            name: name.to_owned(),
            licence: licence.map(str::to_owned),
            source: Some(source.to_owned()),
        };
        Policy::read(POLICY).findings(&dependency)
    }

    #[test]
    fn an_expression_is_accepted_when_one_way_to_read_it_is() {
        for good in ["MIT", "GPL-3.0-only OR MIT", "MIT/Apache-2.0", "(MIT AND Apache-2.0)"] {
            assert_eq!(found("a", Some(good), "https://registry/a"), [""; 0], "{good}");
        }
        for bad in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "SEE LICENSE IN README", "UNLICENSED", ""] {
            assert_eq!(found("a", Some(bad), "https://registry/a").len(), 1, "{bad}");
        }
        assert_eq!(found("a", None, "https://registry/a"), ["a states no licence"]);
    }

    #[test]
    fn an_exception_is_for_one_crate() {
        assert_eq!(found("fonts", Some("OFL-1.1"), "https://registry/a"), [""; 0]);
        assert_eq!(found("other", Some("OFL-1.1"), "https://registry/a").len(), 1);
    }

    #[test]
    fn an_unwanted_crate_and_a_foreign_source_are_found() {
        let unwanted = found("unwanted", Some("MIT"), "https://registry/a");
        assert_eq!(unwanted, ["unwanted is turned away: there is a better one"]);
        assert!(found("a", Some("MIT"), "git+https://elsewhere/a")[0].contains("elsewhere"));
    }

    #[test]
    fn a_lock_is_read_with_its_nested_packages() {
        let lock = File::new(
            "no-such-folder/package-lock.json",
            r#"{ "packages": {
                "": { "name": "ours" },
                "node_modules/a": { "license": "MIT", "resolved": "https://registry/a" },
                "node_modules/a/node_modules/@b/c": { "resolved": "git+ssh://elsewhere/c" }
            } }"#,
        );
        let found: Vec<String> =
            packages(&lock).iter().flat_map(|one| Policy::read(POLICY).findings(one)).collect();
        assert_eq!(
            found,
            [
                "@b/c comes from git+ssh://elsewhere/c, which deny.toml does not allow",
                "@b/c states no licence"
            ]
        );
    }
}
