//! One program on one folder of data: a lock that the operating system drops with the process. Its file says
//! who holds it, or who held it last.

use crate::refusal::Refusal;
use fastops_domain::ids::CoreId;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

/// Held while the program uses the folder.
#[derive(Debug)]
pub(crate) struct DataLock {
    file: File,
}

impl DataLock {
    /// Takes the folder, making it when it is not there.
    pub(crate) fn take(folder: &Path) -> Result<Self, Refusal> {
        let unwritable = |source| Refusal::FolderUnwritable { folder: folder.display().to_string(), source };
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        let path = folder.join("fastops.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => {
                Err(Refusal::AlreadyRunning { folder: folder.display().to_string() })
            }
            Err(TryLockError::Error(source)) => Err(unwritable(source)),
        }
    }

    /// Writes down that `core` holds the folder, and answers who did before it, if that is known. A disk that
    /// takes nothing is no reason not to start: what that core had with printers is then free when its
    /// leases end.
    pub(crate) fn turn(&self, core: CoreId) -> Option<CoreId> {
        let mut file = &self.file;
        let mut before = String::new();
        let read = file.read_to_string(&mut before);
        let written = file
            .rewind()
            .and_then(|()| file.set_len(0))
            .and_then(|()| write!(file, "{core}"))
            .and_then(|()| file.sync_data());
        if let Err(error) = read.map(drop).and(written) {
            tracing::warn!(%error, "the folder does not remember who holds it");
        }
        before.parse().ok().map(CoreId)
    }
}

impl Drop for DataLock {
    /// A program that is being started meanwhile still has a copy of the file, and would keep the lock until it is itself.
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the folder is let go of with the program's end");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_a_starting_program_still_has_keeps_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let lock = DataLock::take(folder.path()).unwrap();
        let copy = lock.file.try_clone().unwrap();
        drop(lock);
        assert!(DataLock::take(folder.path()).is_ok());
        drop(copy);
    }

    #[test]
    fn the_folder_knows_who_held_it_last() {
        let folder = tempfile::tempdir().unwrap();
        let cores = [1, 2].map(|n| CoreId(uuid::Uuid::from_u128(n)));
        let turn = |core| DataLock::take(folder.path()).unwrap().turn(core);
        assert_eq!(turn(cores[0]), None);
        assert_eq!(turn(cores[1]), Some(cores[0]));
        std::fs::write(folder.path().join("fastops.lock"), "nobody").unwrap();
        assert_eq!(turn(cores[0]), None, "what cannot be read is nobody");
        assert_eq!(turn(cores[1]), Some(cores[0]));
    }

    #[test]
    fn a_second_program_is_refused_and_the_first_ones_end_frees_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = DataLock::take(folder.path()).unwrap();
        assert!(matches!(DataLock::take(folder.path()), Err(Refusal::AlreadyRunning { .. })));
        drop(first);
        assert!(DataLock::take(folder.path()).is_ok());
    }
}
