//! npm packages: installed exactly as locked, and only when the lock has changed.

use std::fs;
use std::path::Path;

use crate::paths;
use crate::process::Task;
use crate::stop::Stop;

/// A copy of the lock file that `node_modules` was installed from.
const STAMP: &str = "node_modules/.fastops-installed";

/// Runs `npm ci` in a folder of the project whose `node_modules` does not fit its lock file.
pub(super) fn install(folder: &str) -> Result<(), Stop> {
    let path = paths::root().join(folder);
    if installed(&path)? {
        return Ok(());
    }
    Task::npm(folder, ["ci", "--no-audit", "--no-fund"]).run()?;
    let stamp = path.join(STAMP);
    fs::copy(path.join("package-lock.json"), &stamp).map_err(|source| Stop::File { path: stamp, source })?;
    Ok(())
}

fn installed(folder: &Path) -> Result<bool, Stop> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|source| Stop::File { path: lock, source })?;
    Ok(fs::read(folder.join(STAMP)).is_ok_and(|last| last == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_lock_asks_for_an_install() -> std::io::Result<()> {
        let folder = std::env::temp_dir().join(format!("fastops-xtask-npm-{}", std::process::id()));
        fs::create_dir_all(folder.join("node_modules"))?;
        let check = || installed(&folder).map_err(|stop| std::io::Error::other(stop.to_string()));

        assert!(check().is_err(), "a folder without a lock file is an incomplete checkout");
        fs::write(folder.join("package-lock.json"), "one")?;
        assert!(!check()?, "never installed");
        fs::write(folder.join(STAMP), "one")?;
        assert!(check()?, "installed from this lock");
        fs::write(folder.join("package-lock.json"), "two")?;
        assert!(!check()?, "the lock has changed");
        fs::remove_dir_all(&folder)
    }
}
