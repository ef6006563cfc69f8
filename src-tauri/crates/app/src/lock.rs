//! One program on one folder of data: a lock that the operating system drops with the process.

use crate::refusal::Refusal;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// Held while the program uses the folder.
#[derive(Debug)]
pub(crate) struct DataLock {
    _file: File,
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
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(Refusal::AlreadyRunning { folder: folder.display().to_string() })
            }
            Err(TryLockError::Error(source)) => Err(unwritable(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_program_is_refused_and_the_first_ones_end_frees_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = DataLock::take(folder.path()).unwrap();
        assert!(matches!(DataLock::take(folder.path()), Err(Refusal::AlreadyRunning { .. })));
        drop(first);
        assert!(DataLock::take(folder.path()).is_ok());
    }
}
