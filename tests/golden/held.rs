//! A folder of golden papers held against what is printed now: each file as it was, and none left over.

use super::cases::Case;
use super::hex;
use fastops_printer_sim::Slip;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The papers of a folder, one after another.
pub(super) struct Held {
    name: &'static str,
    update: bool,
    wanted: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Held {
    /// A folder beside the golden papers of every sort.
    pub(super) fn new(name: &'static str) -> Self {
        let update = std::env::var_os("UPDATE_GOLDEN").is_some();
        Self { name, update, wanted: BTreeSet::new(), wrong: Vec::new() }
    }

    fn folder(&self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(self.name)
    }

    /// One paper: how it reads, and the bytes that were sent.
    pub(super) fn hold(&mut self, case: &Case, slip: &Slip, reads: &str, bytes: &[u8]) {
        let title = case.name().replace('/', ".");
        if let Some(pictures) = std::env::var_os("GOLDEN_PICTURES").map(PathBuf::from) {
            std::fs::write(pictures.join(format!("{}.{title}.png", self.name)), slip.png()).unwrap();
        }
        for (kind, found) in [("txt", reads), ("hex", &hex(bytes))] {
            let name = format!("{title}.{kind}");
            let file = self.folder().join(&name);
            if self.update {
                std::fs::write(&file, found).unwrap();
            }
            if std::fs::read_to_string(file).unwrap_or_default() != found {
                self.wrong.push(format!("{name} differs; the paper now reads:\n{reads}"));
            }
            self.wanted.insert(name);
        }
    }

    pub(super) fn end(self) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        let files = std::fs::read_dir(self.folder()).unwrap();
        let found: BTreeSet<String> =
            files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(found, self.wanted, "no golden file is left over");
    }
}
