//! What may not stand in the project's text: silenced lints, unfinished work, paths of one machine, and
//! SQL outside the store.

use super::expect_none;
use super::tree::{File, files};

/// A text that is refused, where, and what to do instead. Written in two halves, so that this file
/// does not break its own rules.
struct Ban {
    text: &'static str,
    kinds: &'static [&'static str],
    instead: &'static str,
}

const MACHINE: &str =
    "is a path of one machine: use a relative path, the platform's folder or a temporary one";

const BANS: [Ban; 12] = [
    Ban {
        text: concat!("#[all", "ow("),
        kinds: &["rs"],
        instead: "silences a lint: use #[expect(lint, reason = \"…\")]",
    },
    Ban {
        text: concat!("#![all", "ow("),
        kinds: &["rs"],
        instead: "silences a lint: use #![expect(lint, reason = \"…\")]",
    },
    Ban {
        text: concat!("to", "do!("),
        kinds: &["rs"],
        instead: "is unfinished work: finish it, or leave it out",
    },
    Ban {
        text: concat!("unimple", "mented!("),
        kinds: &["rs"],
        instead: "is unfinished work: finish it, or leave it out",
    },
    Ban {
        text: concat!("@ts-", "ignore"),
        kinds: &["ts", "svelte"],
        instead: "silences the compiler: fix the type",
    },
    Ban {
        text: concat!("@ts-", "nocheck"),
        kinds: &["ts", "svelte"],
        instead: "silences the compiler: fix the type",
    },
    Ban { text: concat!("/wo", "rk/"), kinds: &[], instead: MACHINE },
    Ban { text: concat!("/ro", "ot/"), kinds: &[], instead: MACHINE },
    Ban { text: concat!("/ho", "me/"), kinds: &[], instead: MACHINE },
    Ban { text: concat!("/Us", "ers/"), kinds: &[], instead: MACHINE },
    Ban { text: concat!("/tm", "p/"), kinds: &[], instead: MACHINE },
    Ban { text: concat!("C:\\", "Users"), kinds: &[], instead: MACHINE },
];

/// The files that may be unsafe, since they ask the system what no safe crate asks. The compiler refuses it elsewhere unless
/// a file says otherwise; this keeps the others from saying so.
const UNSAFE_HERE: [&str; 2] =
    ["src-tauri/crates/app/src/freed.rs", "src-tauri/crates/printing/src/link/winsys.rs"];

/// Words for work that was put off. In Spanish one of them is a word, so they count only as a mark.
const MARKS: [&str; 4] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK")];

/// How a statement begins.
const STATEMENTS: [&str; 9] =
    ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "PRAGMA", "TRUNCATE"];

/// Where SQL stands: in the store, and in the tests that look behind it.
const SQL_HERE: [&str; 5] =
    ["src-tauri/crates/store/", "migrations/", "tests/laws/", "tests/faults/", "tests/simulation/"];

/// A file elsewhere that holds SQL, and why it must.
const SQL_EXCEPTIONS: [(&str, &str); 1] =
    [("tests/postgres.rs", "makes the databases that the tests run on")];

fn banned(file: &File) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        let at = format!("{}:{number}", file.path);
        for ban in BANS.iter().filter(|ban| ban.kinds.is_empty() || file.is(ban.kinds)) {
            if line.contains(ban.text) {
                findings.push(format!("{at}: `{}` {}", ban.text, ban.instead));
            }
        }
        if let Some(mark) = MARKS.iter().find(|mark| is_marked(line, mark)) {
            findings.push(format!("{at}: {mark} is unfinished work: finish it, or write an issue"));
        }
    }
    findings
}

/// Whether the word opens a comment, or is followed by a colon or a name in brackets.
fn is_marked(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(start, _)| {
        let before = line[..start].trim_end();
        let after = &line[start + mark.len()..];
        let alone = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        alone
            && (["//", "#", "--", "*", "!"].iter().any(|sign| before.ends_with(sign))
                || after.starts_with([':', '(']))
    })
}

/// What opens a block that the compiler does not check, in halves as above, and what lets a file have one.
fn unchecked(files: &[File]) -> Vec<String> {
    let opens = [
        concat!("uns", "afe {"),
        concat!("uns", "afe fn"),
        concat!("uns", "afe impl"),
        concat!("uns", "afe_code,"),
    ];
    let rust = files.iter().filter(|file| file.is(&["rs"]));
    let lines = rust
        .filter(|file| !UNSAFE_HERE.contains(&file.path.as_str()))
        .flat_map(|file| (1..).zip(file.text.lines()).map(move |line| (file, line)));
    let found = lines.filter(|(_, (_, line))| opens.iter().any(|text| line.contains(text)));
    found
        .map(|(file, (number, _))| format!("{}:{number}: only {} may", file.path, UNSAFE_HERE.join(" and ")))
        .collect()
}

fn undocumented(file: &File) -> Option<String> {
    let opens = file.text.trim_start().starts_with("//!");
    (!opens).then(|| format!("{}: open with a `//!` paragraph that says why this module exists", file.path))
}

fn sql(files: &[File], exceptions: &[(&str, &str)]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is(&["rs", "ts", "svelte", "js", "mjs"])) {
        let statement = statement(&file.text);
        let excepted = exceptions.iter().any(|(path, _)| *path == file.path);
        let here = SQL_HERE.iter().any(|folder| file.path.starts_with(folder));
        match statement {
            Some(line) if !here && !excepted => {
                findings.push(format!("{}:{line}: SQL stands only in the store", file.path));
            }
            None if excepted => {
                findings.push(format!("{} holds no SQL: take it out of SQL_EXCEPTIONS", file.path));
            }
            _ => {}
        }
    }
    findings
}

/// The line of the first string that begins like a statement.
fn statement(text: &str) -> Option<usize> {
    let starts = text.match_indices(['"', '\'', '`']).find(|(start, _)| {
        let rest = text[start + 1..].trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
        let word = rest.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
        STATEMENTS.contains(&word) && rest[word.len()..].starts_with(char::is_whitespace)
    });
    starts.map(|(start, _)| text[..start].lines().count())
}

#[test]
fn nothing_is_silenced_unfinished_or_bound_to_a_machine() {
    let found: Vec<String> = files().iter().flat_map(banned).collect();
    expect_none("Some texts have no place here:", &found);
}

#[test]
fn few_files_ask_the_system_itself() {
    expect_none("What the compiler does not check stands in few files:", &unchecked(files()));
    for path in UNSAFE_HERE {
        let here = files().iter().find(|file| file.path == path);
        let lone = here.map(|file| unchecked(&[File::new("a.rs", &file.text)]).len());
        let least = if path.ends_with("winsys.rs") { 6 } else { 2 };
        assert!(lone.is_some_and(|count| count >= least), "{path} needs it no more: take it off the list");
    }
}

#[test]
fn every_module_says_why_it_exists() {
    let found: Vec<String> =
        files().iter().filter(|file| file.is(&["rs"])).filter_map(undocumented).collect();
    expect_none("A reader learns from the first line why a module exists:", &found);
}

#[test]
fn sql_stands_only_in_the_store() {
    expect_none("The store is the only place that knows SQL:", &sql(files(), &SQL_EXCEPTIONS));
}

#[cfg(test)]
mod controls {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        banned(&File::new(path, text)).len()
    }

    #[test]
    fn each_banned_text_is_found_where_it_counts() {
        for ban in &BANS {
            let kind = ban.kinds.first().unwrap_or(&"md");
            assert_eq!(found(&format!("a.{kind}"), &format!("\nsome {} here", ban.text)), 1, "{}", ban.text);
        }
        assert_eq!(found("a.md", BANS[0].text), 0, "prose may name an attribute");
        assert_eq!(found("a.rs", "#[expect(lint, reason = \"because\")]"), 0);
    }

    #[test]
    fn a_mark_is_found_and_a_spanish_word_is_not() {
        for mark in MARKS {
            for line in [format!("// {mark} later"), format!("{mark}: later"), format!("{mark}(ana) later")] {
                assert_eq!(found("a.rs", &line), 1, "{line}");
            }
        }
        let word = MARKS[0];
        assert_eq!(found("a.ts", &format!("'{word} listo'")), 0);
        assert_eq!(found("a.ts", &format!("'{word}S: 3'")), 0);
    }

    #[test]
    fn a_block_that_is_not_checked_is_found_elsewhere() {
        let block = concat!("fn a() {\n    uns", "afe { b() }\n}\n");
        assert_eq!(
            unchecked(&[File::new("a.rs", block)]),
            [format!("a.rs:2: only {} may", UNSAFE_HERE.join(" and "))]
        );
        let lets = concat!("#![expect(uns", "afe_code, reason = \"quick\")]");
        assert_eq!(unchecked(&[File::new("a.rs", lets)]).len(), 1);
        for file in UNSAFE_HERE {
            assert_eq!(unchecked(&[File::new(file, block)]), [""; 0]);
        }
        assert_eq!(unchecked(&[File::new("a.rs", "// an unsafe idea\n")]), [""; 0]);
    }

    #[test]
    fn a_module_without_a_reason_is_found() {
        assert!(undocumented(&File::new("a.rs", "use std::fs;\n")).is_some());
        assert!(undocumented(&File::new("a.rs", "// Not a module comment.\n")).is_some());
        assert!(undocumented(&File::new("a.rs", "//! Why.\nuse std::fs;\n")).is_none());
    }

    /// A statement, in two halves: this file is searched for statements too.
    const STATEMENT: &str = concat!("SEL", "ECT id FROM orders");

    fn refused(path: &str, text: &str) -> Vec<String> {
        sql(&[File::new(path, text)], &[])
    }

    #[test]
    fn a_statement_outside_the_store_is_found() {
        let rust = format!("fn a() {{\n    run(\"\\\n        {STATEMENT}\")\n}}");
        let found = refused("src-tauri/crates/app/src/a.rs", &rust);
        assert_eq!(found, ["src-tauri/crates/app/src/a.rs:2: SQL stands only in the store"]);
        for quote in ['"', '\'', '`'] {
            assert_eq!(refused("ui/src/a.ts", &format!("run({quote}{STATEMENT}{quote})")).len(), 1);
        }
        assert_eq!(refused("src-tauri/crates/store/src/a.rs", &rust), [""; 0]);
        assert_eq!(refused("ui/src/a.ts", "t('DELETED', \"SELECT\", `Update order`)"), [""; 0]);
    }

    #[test]
    fn an_exception_for_sql_ends_when_it_is_not_needed() {
        let rule = [("tests/a.rs", "starts a server")];
        let server = File::new("tests/a.rs", &format!("run(\"{STATEMENT}\")"));
        assert_eq!(sql(&[server], &rule), [""; 0]);
        assert_eq!(sql(&[File::new("tests/a.rs", "run(a)")], &rule).len(), 1);
    }
}
