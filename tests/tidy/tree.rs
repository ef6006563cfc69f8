//! The project's own text files: everything that `.gitignore` does not leave out.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ignore::WalkBuilder;

/// What a person reads and edits, or a program generates, in this project.
const TEXT: [&str; 16] = [
    "css", "html", "js", "json", "lock", "md", "mjs", "rs", "sh", "sql", "svelte", "svg", "toml", "ts",
    "txt", "yml",
];

/// A text file of the project.
#[derive(Debug)]
pub(super) struct File {
    /// From the project's folder, with `/` on every platform.
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether the name ends in one of these, each without its dot.
    pub(super) fn is(&self, kinds: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, kind)| kinds.contains(&kind))
    }

    /// Whether a program wrote it.
    pub(super) fn is_generated(&self) -> bool {
        self.path.contains(".gen.")
    }
}

/// The project's folder.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every text file, read once for all tests.
pub(super) fn files() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(read);
    &FILES
}

fn read() -> Vec<File> {
    let root = root();
    let mut walk = WalkBuilder::new(&root);
    walk.hidden(false).require_git(false).git_global(false).filter_entry(|entry| entry.file_name() != ".git");
    let mut files = Vec::new();
    for entry in walk.build() {
        let path = entry.unwrap().into_path();
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let file = File { path: name, text: String::new() };
        if path.is_file() && (file.is(&TEXT) || file.path.starts_with(".ci/")) {
            let text =
                std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", file.path));
            files.push(File { text, ..file });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

#[test]
fn the_project_is_read_and_what_is_built_is_not() {
    let has = |path: &str| files().iter().any(|file| file.path == path);
    for path in
        ["Cargo.toml", ".cargo/config.toml", ".ci/run", "src-tauri/crates/domain/src/lib.rs", "tests/main.rs"]
    {
        assert!(has(path), "{path} is not read");
    }
    let built = |file: &&File| {
        ["target/", "node_modules/", ".git/", ".svelte-kit/"].iter().any(|part| file.path.contains(part))
    };
    assert_eq!(files().iter().find(built).map(|file| &file.path), None);
}
