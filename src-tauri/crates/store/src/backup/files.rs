//! Files that are whole or not there: written under another name, synced, and renamed.

use fastops_domain::audit::Hash;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// How a file is called while it is being written.
const PARTIAL: &str = "part";
/// Files of one name that a folder may hold before something must be wrong.
const NAMES: u32 = 1_000;

/// A name that is claimed: the file under it is being written and is not yet there.
#[derive(Debug)]
pub(crate) struct Claimed {
    pub(crate) partial: PathBuf,
    pub(crate) target: PathBuf,
}

impl Claimed {
    /// Claims `<stem>.<extension>` in `folder`, or the first free `<stem>-<n>.<extension>`. Two that ask
    /// at once never get the same.
    pub(crate) fn new(folder: &Path, stem: &str, extension: &str) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        for n in 1..NAMES {
            let name = if n == 1 { format!("{stem}.{extension}") } else { format!("{stem}-{n}.{extension}") };
            let target = folder.join(&name);
            let partial = folder.join(format!("{name}.{PARTIAL}"));
            match OpenOptions::new().write(true).create_new(true).open(&partial) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(_) if target.exists() => std::fs::remove_file(&partial)?,
                Ok(_) => return Ok(Self { partial, target }),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Puts the file on disk under its name.
    pub(crate) fn finish(self) -> io::Result<PathBuf> {
        File::options().read(true).write(true).open(&self.partial)?.sync_all()?;
        std::fs::rename(&self.partial, &self.target)?;
        sync_folder_of(&self.target)?;
        Ok(self.target.clone())
    }
}

impl Drop for Claimed {
    /// What was not finished is thrown away.
    fn drop(&mut self) {
        let _finished_or_gone = std::fs::remove_file(&self.partial);
    }
}

/// Puts `text` on disk under `path`, in place of what was there.
pub(crate) fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(PARTIAL);
    let partial = path.with_file_name(name);
    let mut file = File::create(&partial)?;
    file.write_all(text)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&partial, path)?;
    sync_folder_of(path)
}

/// Makes the names in the folder of `path` survive a power cut.
#[cfg(unix)]
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Windows keeps names with the files; folders cannot be synced there.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub(crate) fn sync_folder_of(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The length of a file and the SHA-256 of what is in it, in hexadecimal.
pub(crate) fn fingerprint(path: &Path) -> io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let bytes = read_through(path, |part| hash.update(part))?;
    Ok((bytes, Hash(hash.finalize().into()).to_string()))
}

/// The length of a file and the CRC-32 of what is in it: quick, for finding decay and not for secrecy.
pub(crate) fn checksum(path: &Path) -> io::Result<(u64, u32)> {
    let mut hash = crc32fast::Hasher::new();
    let bytes = read_through(path, |part| hash.update(part))?;
    Ok((bytes, hash.finalize()))
}

fn read_through(path: &Path, mut take: impl FnMut(&[u8])) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1024 * 1024];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(bytes),
            read => {
                take(&buffer[..read]);
                bytes += read as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_once_and_what_is_there_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let claim = || Claimed::new(folder.path(), "a", "db").unwrap();
        let (first, second) = (claim(), claim());
        assert_ne!(first.target, second.target);
        std::fs::write(&first.partial, "one").unwrap();
        let kept = first.finish().unwrap();
        let third = claim();
        assert_ne!(third.target, kept);
        drop((second, third));
        assert_eq!(std::fs::read(&kept).unwrap(), b"one");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "what was not finished is gone");
    }

    #[test]
    fn a_fingerprint_tells_one_changed_bit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "abc").unwrap();
        let (bytes, hash) = fingerprint(&path).unwrap();
        assert_eq!(bytes, 3);
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let crc = checksum(&path).unwrap();
        assert_eq!(crc, (3, 0x3524_41c2));
        std::fs::write(&path, "abb").unwrap();
        assert_ne!(fingerprint(&path).unwrap().1, hash);
        assert_ne!(checksum(&path).unwrap(), crc);
    }
}
