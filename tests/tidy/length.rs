//! Files that can be read in one sitting, and functions that fit a screen.
//!
//! Clippy measures the functions (`too-many-lines-threshold` in `clippy.toml`). Here stands the list of
//! those that may be longer, so that an exception is a decision that someone reads.

use super::expect_none;
use super::tree::{File, files};

/// No file of code is longer.
const LINES: usize = 500;

const CODE: [&str; 8] = ["css", "html", "js", "mjs", "rs", "sql", "svelte", "ts"];

/// A file that may be longer, its own limit, and why it is one piece.
const LONG_FILES: [(&str, usize, &str); 0] = [];

/// A file with functions that clippy finds too long, how many there are, and why they are one piece.
const LONG_FUNCTIONS: [(&str, usize, &str); 3] = [
    ("src-tauri/crates/app/src/refusal.rs", 1, "the code of each refusal, one table"),
    ("src-tauri/crates/app/src/words.rs", 2, "a sentence for each refusal, one table in each language"),
    ("src-tauri/crates/printing/src/words.rs", 2, "a sentence for each cause, one table in each language"),
];

fn long_files(files: &[File], exceptions: &[(&str, usize, &str)]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is(&CODE) && !file.is_generated()) {
        let lines = file.text.lines().count();
        match exceptions.iter().find(|(path, ..)| *path == file.path) {
            None if lines > LINES => {
                findings
                    .push(format!("{} has {lines} lines (limit {LINES}): split it by subject", file.path));
            }
            Some((_, limit, _)) if lines > *limit => {
                findings.push(format!("{} has {lines} lines, more than its own limit of {limit}", file.path));
            }
            Some(_) if lines <= LINES => {
                findings.push(format!("{} has {lines} lines again: take it out of LONG_FILES", file.path));
            }
            _ => {}
        }
    }
    findings.extend(gone(files, exceptions));
    findings
}

fn long_functions(files: &[File], exceptions: &[(&str, usize, &str)]) -> Vec<String> {
    let mark = concat!("clippy::too_many", "_lines");
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is(&["rs"])) {
        let marked = file.text.matches(mark).count();
        let listed =
            exceptions.iter().find(|(path, ..)| *path == file.path).map_or(0, |(_, count, _)| *count);
        if marked != listed {
            findings.push(format!(
                "{} marks {marked} functions as too long and LONG_FUNCTIONS lists {listed}: split them, or list them with the reason",
                file.path
            ));
        }
    }
    findings.extend(gone(files, exceptions));
    findings
}

/// Exceptions for files that do not exist.
fn gone(files: &[File], exceptions: &[(&str, usize, &str)]) -> Vec<String> {
    let known = |path: &str| files.iter().any(|file| file.path == path);
    let gone = exceptions.iter().filter(|(path, ..)| !known(path));
    gone.map(|(path, ..)| format!("{path} has an exception and does not exist")).collect()
}

#[test]
fn files_are_short() {
    expect_none("A file of code is short enough to be read:", &long_files(files(), &LONG_FILES));
}

#[test]
fn long_functions_are_listed() {
    expect_none("A function fits a screen:", &long_functions(files(), &LONG_FUNCTIONS));
}

#[cfg(test)]
mod controls {
    use super::*;

    fn file(path: &str, lines: usize) -> File {
        File::new(path, &"line\n".repeat(lines))
    }

    #[test]
    fn a_long_file_is_found_and_a_generated_one_is_not_code() {
        let project = [file("a.rs", 500), file("b.ts", 501), file("c.gen.ts", 900), file("d.json", 900)];
        let found = long_files(&project, &[]);
        assert_eq!(found, ["b.ts has 501 lines (limit 500): split it by subject"]);
    }

    #[test]
    fn an_exception_has_a_limit_of_its_own_and_ends_when_it_is_not_needed() {
        let rule = [("a.rs", 600, "one table")];
        assert_eq!(long_files(&[file("a.rs", 600)], &rule), [""; 0]);
        assert!(long_files(&[file("a.rs", 601)], &rule)[0].contains("its own limit of 600"));
        assert!(long_files(&[file("a.rs", 400)], &rule)[0].contains("take it out"));
        assert!(long_files(&[file("b.rs", 10)], &rule)[0].contains("does not exist"));
    }

    #[test]
    fn a_long_function_needs_an_entry_and_the_entry_needs_a_function() {
        let mark = concat!("#[expect(clippy::too_many", "_lines, reason = \"one table\")]");
        let marked = [File::new("a.rs", mark)];
        assert!(long_functions(&marked, &[])[0].contains("marks 1 functions"));
        assert_eq!(long_functions(&marked, &[("a.rs", 1, "one table")]), [""; 0]);
        assert!(long_functions(&[File::new("a.rs", "")], &[("a.rs", 1, "one table")])[0].contains("lists 1"));
    }
}
