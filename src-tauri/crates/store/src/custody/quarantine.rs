//! Files that are taken out of use are renamed into a folder of their own and never deleted.

use crate::backup::{BackupError, files, stamp};
use crate::sqlite::{shm_of, wal_of};
use fastops_domain::time::Time;
use std::io;
use std::path::{Path, PathBuf};

/// Where damaged files go, in the folder of the data.
pub(super) const DAMAGED: &str = "damaged";
/// Where files go in whose place a backup was put.
pub(super) const REPLACED: &str = "replaced";

/// Moves the database at `path`, its log and its shared memory into a new folder under `kind`, and says
/// which; none when nothing is there.
pub(super) fn set_aside(path: &Path, kind: &str, at: Time) -> Result<Option<PathBuf>, BackupError> {
    let mut parts: Vec<PathBuf> =
        [wal_of(path), shm_of(path), path.to_path_buf()].into_iter().filter(|part| part.exists()).collect();
    let Some(database) = parts.pop_if(|last| last == path) else { return Ok(None) };
    let failed = |source| BackupError::File { path: path.to_path_buf(), source };
    let folder = new_folder(&path.with_file_name(kind), path, at).map_err(failed)?;
    // The database goes last: until then a crash leaves one that is still found damaged, or still whole.
    for part in parts.iter().chain([&database]) {
        std::fs::rename(part, folder.join(part.file_name().unwrap_or_default())).map_err(failed)?;
    }
    files::sync_folder_of(&folder.join("in it")).map_err(failed)?;
    files::sync_folder_of(&folder).map_err(failed)?;
    files::sync_folder_of(path).map_err(failed)?;
    Ok(Some(folder))
}

/// Makes a folder named after the file and the time that nobody had before.
fn new_folder(parent: &Path, path: &Path, at: Time) -> io::Result<PathBuf> {
    std::fs::create_dir_all(parent)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}-{}", stamp(at));
    for n in 1..1_000 {
        let folder = if n == 1 { parent.join(&name) } else { parent.join(format!("{name}-{n}")) };
        match std::fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_its_log_are_moved_together_and_nothing_is_lost_when_it_happens_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fastops.db");
        for text in ["one", "two"] {
            std::fs::write(&path, text).unwrap();
            std::fs::write(wal_of(&path), format!("log of {text}")).unwrap();
            let aside = set_aside(&path, DAMAGED, Time(0)).unwrap().unwrap();
            assert!(!path.exists() && !wal_of(&path).exists());
            assert_eq!(std::fs::read_to_string(aside.join("fastops.db")).unwrap(), text);
            assert_eq!(
                std::fs::read_to_string(aside.join("fastops.db-wal")).unwrap(),
                format!("log of {text}")
            );
        }
        assert_eq!(std::fs::read_dir(folder.path().join(DAMAGED)).unwrap().count(), 2);
        assert_eq!(set_aside(&path, DAMAGED, Time(0)).unwrap(), None);
    }
}
