//! Where a file goes that a person takes out of the program: among this user's downloads, over no other file.

use crate::words::Phrase;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use directories::UserDirs;
use fastops_app::Language;
use fastops_app::wire::{Failure, FailureCode, ProductsFile};
use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Most files of one name in a folder.
const MOST: u32 = 1_000;

/// Keeps a file and gives its path, as a person reads it.
pub(crate) fn keep(file: &ProductsFile, language: Language) -> Result<String, Failure> {
    let refuse = |phrase: Phrase| phrase.into_failure(FailureCode::FolderUnwritable, language);
    let user = UserDirs::new().ok_or_else(|| refuse(Phrase::NoDownloads))?;
    let folder = user.download_dir().unwrap_or_else(|| user.home_dir());
    let kept = STANDARD
        .decode(&file.bytes)
        .map_err(|error| Error::other(error.to_string()))
        .and_then(|bytes| write(folder, &file.name, &bytes))
        .map_err(|error| refuse(Phrase::NotSaved { cause: error.to_string() }))?;
    Ok(kept.display().to_string())
}

/// Writes a file under the first free name: `a.csv`, `a (2).csv`, `a (3).csv`. A name that leads out of the folder is
/// none.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
    if Path::new(name).file_name() != Some(OsStr::new(name)) {
        return Err(ErrorKind::InvalidInput.into());
    }
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    for copy in 1..=MOST {
        let path = match copy {
            1 => folder.join(name),
            copy => folder.join(format!("{stem} ({copy}).{ending}")),
        };
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(bytes)?;
                file.sync_all()?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        for (bytes, name) in [(b"one", "a.csv"), (b"two", "a (2).csv"), (b"thr", "a (3).csv")] {
            let path = write(folder.path(), "a.csv", bytes).unwrap();
            assert_eq!(path, folder.path().join(name));
            assert_eq!(std::fs::read(path).unwrap(), bytes);
        }
        assert!(write(&folder.path().join("gone"), "a.csv", b"x").is_err());
    }

    #[test]
    fn a_file_stays_in_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["../a.csv", "b/a.csv", "/a.csv", "..", ""] {
            let refused = write(folder.path(), name, b"x").unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{name}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
