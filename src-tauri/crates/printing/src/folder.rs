//! A page in a folder: written beside its place, synced, and only then given its name, so that whoever looks into
//! the folder sees a whole page or none.

use crate::link::{Broke, Trouble};
use fastops_domain::job::Cause;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The longest that a folder may take; one on a network may hang.
const LIMIT: Duration = Duration::from_secs(10);
/// What is written to see whether a folder takes it again.
const TRIAL_BYTES: usize = 64 * 1024;
/// How the name of what is not whole yet begins.
const UNFINISHED: &str = ".fastops-";

/// Whether there is such a folder; `trial` writes something into it and takes it away again.
pub async fn check(folder: &str, trial: bool) -> Result<(), Trouble> {
    let folder = PathBuf::from(folder);
    let looked = within(move || {
        if !fs::metadata(&folder)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        if trial {
            let path = folder.join(format!("{UNFINISHED}trial"));
            let written = write(&path, &vec![b' '; TRIAL_BYTES]);
            let _ = fs::remove_file(&path);
            written?;
        }
        Ok(())
    });
    looked.await.map_err(|source| Trouble { cause: cause(source.kind()), source: Some(source) })
}

/// Writes a page; `part` names it while it is not whole. A page of the same name is replaced.
pub async fn put(folder: &str, part: &str, name: &str, bytes: Vec<u8>) -> Result<(), Broke> {
    let folder = PathBuf::from(folder);
    let (unfinished, whole) = (folder.join(format!("{UNFINISHED}{part}")), folder.join(name));
    let written = within(move || {
        let written = write(&unfinished, &bytes).and_then(|()| fs::rename(&unfinished, &whole));
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written.map(|()| sync_folder(&folder))
    });
    written.await.map_err(|source| {
        // A folder that hangs may still take the page, whatever is decided here.
        let hangs = source.kind() == io::ErrorKind::TimedOut;
        let bytes_accepted = if hangs { None } else { Some(0) };
        Broke { cause: cause(source.kind()), bytes_accepted, source: Some(source) }
    })
}

/// What is wrong, for a person.
fn cause(kind: io::ErrorKind) -> Cause {
    match kind {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Cause::FolderMissing,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Cause::FolderFull
        }
        _ => Cause::FolderUnwritable,
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the new name last; a system that cannot keeps it with the page itself.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Err(error) = File::open(folder).and_then(|folder| folder.sync_all())
    {
        tracing::debug!(%error, "the folder itself cannot be synced");
    }
}

/// Off the runtime, and for so long at most.
async fn within<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    match tokio::time::timeout(LIMIT, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => done,
        Ok(Err(panicked)) => Err(io::Error::other(panicked)),
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_fail_has_its_cause() {
        for (kind, expected) in [
            (io::ErrorKind::NotFound, Cause::FolderMissing),
            (io::ErrorKind::NotADirectory, Cause::FolderMissing),
            (io::ErrorKind::StorageFull, Cause::FolderFull),
            (io::ErrorKind::QuotaExceeded, Cause::FolderFull),
            (io::ErrorKind::FileTooLarge, Cause::FolderFull),
            (io::ErrorKind::PermissionDenied, Cause::FolderUnwritable),
            (io::ErrorKind::ReadOnlyFilesystem, Cause::FolderUnwritable),
            (io::ErrorKind::TimedOut, Cause::FolderUnwritable),
        ] {
            assert_eq!(cause(kind), expected, "{kind:?}");
        }
    }
}
