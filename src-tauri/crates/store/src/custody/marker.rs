//! The small file beside a store: that there is one, how it was left, and how far it had come.
//!
//! Without it a folder whose database is gone looks like a new one, and a log that was deleted or cut looks
//! like one that was folded into the file.

use super::reached::Reached;
use crate::backup::files;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const NAME: &str = "store.json";

/// How a store was left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum State {
    /// In use, or a crash ended it: the log belongs to the file.
    Running,
    /// Being closed, or a crash ended that: the log may be there or not.
    Closing,
    /// Closed: the file was exactly this.
    Closed { bytes: u64, crc32: u32 },
}

/// What is known of the store in a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Marker {
    pub(super) store: Uuid,
    pub(super) epoch: i64,
    #[serde(flatten)]
    pub(super) state: State,
    /// Damage was found while it was in use.
    #[serde(default)]
    pub(super) suspect: bool,
    /// What there has to be in it at least; none when another file is being put in its place.
    #[serde(default)]
    pub(super) reached: Option<Reached>,
}

impl Marker {
    pub(super) const fn new(store: Uuid, epoch: i64, state: State) -> Self {
        Self { store, epoch, state, suspect: false, reached: None }
    }

    /// Puts it on disk beside the database at `path`.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(self)?;
        files::write_whole(&path_beside(path), &text)
    }
}

pub(super) fn path_beside(path: &Path) -> PathBuf {
    path.with_file_name(NAME)
}

/// Reads the marker of the database at `path`; none when there is none or it is not understood.
pub(super) fn read(path: &Path) -> Option<Marker> {
    serde_json::from_slice(&std::fs::read(path_beside(path)).ok()?).ok()
}

/// Whether there is a marker, understood or not.
pub(super) fn exists(path: &Path) -> bool {
    path_beside(path).exists()
}
