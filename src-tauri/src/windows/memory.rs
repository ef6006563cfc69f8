//! Which windows were open beside the till, so that they are there again after a restart.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file, in the folder of what the screens remember.
const FILE: &str = "open-windows";

/// A line for each window that is open.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    file: PathBuf,
}

impl Memory {
    pub(super) fn new(folder: &Path) -> Self {
        Self { file: folder.join(FILE) }
    }

    /// Those of `known` that were open. What cannot be read was not.
    pub(super) fn open<'a>(&self, known: &[&'a str]) -> Vec<&'a str> {
        let kept = self.kept();
        known.iter().copied().filter(|label| kept.contains(*label)).collect()
    }

    /// Notes that a window is open, or that a person closed it.
    pub(super) fn note(&self, label: &str, is_open: bool) {
        let mut kept = self.kept();
        let changed = if is_open { kept.insert(label.to_owned()) } else { kept.remove(label) };
        if changed && let Err(error) = self.write(&kept) {
            tracing::warn!(%error, "which windows are open cannot be noted");
        }
    }

    fn kept(&self) -> BTreeSet<String> {
        fs::read_to_string(&self.file).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    fn write(&self, kept: &BTreeSet<String>) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, kept.iter().flat_map(|label| [label.as_str(), "\n"]).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_open_is_known_after_a_restart_and_what_was_closed_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("screens");
        assert!(Memory::new(&inside).open(&["kitchen"]).is_empty());
        Memory::new(&inside).note("kitchen", true);
        Memory::new(&inside).note("guests", true);
        assert_eq!(Memory::new(&inside).open(&["kitchen", "guests"]), ["kitchen", "guests"]);
        Memory::new(&inside).note("kitchen", false);
        assert_eq!(Memory::new(&inside).open(&["kitchen", "guests"]), ["guests"]);
        fs::write(inside.join(FILE), b"\xff\xfe").unwrap();
        assert!(Memory::new(&inside).open(&["kitchen", "guests"]).is_empty());
    }
}
