//! The built web UI: made again only when a source is newer than the last build.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use crate::paths;
use crate::process::Task;
use crate::stop::Stop;

/// What the build writes or installs, and so does not read.
const NOT_SOURCES: [&str; 3] = ["node_modules", "build", ".svelte-kit"];

/// Builds the UI, unless the last build saw the same sources.
pub(crate) fn build_if_changed() -> Result<(), Stop> {
    let ui = paths::root().join("ui");
    let stamp = ui.join("node_modules/.fastops-built");
    let sources = newest(&ui)?.as_nanos().to_string();
    if ui.join("build/index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|last| last == sources) {
        println!("The web UI is up to date.");
        return Ok(());
    }
    Task::npm("ui", ["run", "build"]).run()?;
    fs::write(&stamp, sources).map_err(|source| Stop::File { path: stamp, source })
}

/// The latest change of a source below `folder`, since 1970. A folder changes when a file leaves it.
fn newest(folder: &Path) -> Result<Duration, Stop> {
    let failed = |source| Stop::File { path: folder.to_path_buf(), source };
    let mut latest = Duration::ZERO;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let about = entry.metadata().map_err(failed)?;
        let changed = about.modified().map_err(failed)?;
        latest = latest.max(changed.duration_since(UNIX_EPOCH).unwrap_or_default());
        if about.is_dir() {
            latest = latest.max(newest(&entry.path())?);
        }
    }
    Ok(latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_and_a_deleted_source_count_and_outputs_do_not() -> std::io::Result<()> {
        let folder = std::env::temp_dir().join(format!("fastops-xtask-{}", std::process::id()));
        let at = |path: &str, seconds: u64| -> std::io::Result<()> {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            fs::File::open(folder.join(path))?.set_modified(time)
        };
        fs::create_dir_all(folder.join("src"))?;
        fs::create_dir_all(folder.join("build"))?;
        fs::write(folder.join("src/a.ts"), "a")?;
        for (path, seconds) in [("src/a.ts", 50), ("src", 40), ("build", 90)] {
            at(path, seconds)?;
        }
        let seconds = || newest(&folder).map_err(|stop| std::io::Error::other(stop.to_string()));

        assert_eq!(seconds()?, Duration::from_secs(50));
        at("src/a.ts", 60)?;
        assert_eq!(seconds()?, Duration::from_mins(1));
        fs::remove_file(folder.join("src/a.ts"))?;
        assert!(seconds()? > Duration::from_mins(1), "the folder remembers the deletion");
        fs::remove_dir_all(&folder)
    }
}
