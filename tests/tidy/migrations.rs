//! The two engines have the same migrations, step by step. What is in them is compared elsewhere, on
//! the databases that they make.

use std::collections::BTreeSet;

use super::expect_none;
use super::tree::{File, files};

const FOLDERS: [&str; 2] = ["migrations/sqlite/", "migrations/postgres/"];

fn findings(files: &[File]) -> Vec<String> {
    let names = |folder| -> BTreeSet<&str> {
        files.iter().filter_map(|file| file.path.strip_prefix(folder)).collect()
    };
    let [sqlite, postgres] = FOLDERS.map(names);
    let mut findings: Vec<String> =
        sqlite.symmetric_difference(&postgres).map(|name| only_once(name)).collect();
    if sqlite.is_empty() {
        findings.push(format!("{} is empty", FOLDERS[0]));
    }
    findings.extend(sqlite.iter().enumerate().filter_map(|(index, name)| misnumbered(index + 1, name)));
    findings
}

fn only_once(name: &str) -> String {
    format!("{name} is in one of the two folders only: a migration is written for both engines")
}

fn misnumbered(number: usize, name: &str) -> Option<String> {
    let wanted = format!("{number:04}_");
    (!name.starts_with(&wanted))
        .then(|| format!("{name} should start with {wanted}: migrations are numbered without a gap"))
}

#[test]
fn both_engines_have_the_same_migrations() {
    expect_none("A migration exists for SQLite and for PostgreSQL:", &findings(files()));
}

#[cfg(test)]
mod controls {
    use super::*;

    fn found(paths: &[&str]) -> Vec<String> {
        let files: Vec<File> = paths.iter().map(|path| File::new(path, "")).collect();
        findings(&files)
    }

    #[test]
    fn a_migration_of_one_engine_is_found() {
        let both = ["migrations/sqlite/0001_start.sql", "migrations/postgres/0001_start.sql"];
        assert_eq!(found(&both), [""; 0]);
        assert!(found(&both[..1])[0].starts_with("0001_start.sql is in one of the two"));
        assert!(found(&[])[0].contains("is empty"));
    }

    #[test]
    fn a_gap_in_the_numbers_is_found() {
        let gap = ["migrations/sqlite/0002_later.sql", "migrations/postgres/0002_later.sql"];
        assert!(found(&gap)[0].contains("should start with 0001_"));
    }
}
