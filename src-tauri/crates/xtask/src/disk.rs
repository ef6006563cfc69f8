//! How much room the disk has: a full one fails builds and tests in ways that name anything but the disk.

use crate::paths;
use crate::process::Task;

/// Below this a failure may well come from a full disk, in MiB.
const SCARCE_MIB: u64 = 1_024;
/// What the suite takes when nothing is built yet, in MiB; measured on Linux and rounded up.
const WHOLE_SUITE_MIB: u64 = 12 * 1_024;

/// Says beforehand that the whole suite will not fit, if nothing of it is built yet.
pub(crate) fn warn_before_suite() {
    if paths::root().join("target").join("debug").join("deps").is_dir() {
        return;
    }
    if let Some(free) = free_mib().filter(|free| *free < WHOLE_SUITE_MIB) {
        println!(
            "note: {free} MB of disk are free. A build from nothing with all tests takes about {WHOLE_SUITE_MIB} MB: \
             free some, or set CARGO_TARGET_DIR to a folder on another disk."
        );
    }
}

/// What to add to a failure, when the disk is nearly full.
pub(crate) fn hint_after_failure() -> Option<String> {
    hint(free_mib()?)
}

fn hint(free: u64) -> Option<String> {
    (free < SCARCE_MIB).then(|| {
        format!(
            "note: only {free} MB of disk are free, which may be why. `cargo clean` and an empty folder for temporary \
             files make room."
        )
    })
}

/// Free MiB where the project lies; none where nobody says.
fn free_mib() -> Option<u64> {
    let said = Task::new("df", ["-Pk", "."]).answer()?;
    read(&said)
}

/// The fourth word of the second line of `df -Pk`, in MiB.
fn read(said: &str) -> Option<u64> {
    let available: u64 = said.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(available / 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_df_says_is_read() {
        let said = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 263174212 89000000 2097152 97% /\n";
        assert_eq!(read(said), Some(2_048));
        assert_eq!(read("df: nothing"), None);
    }

    #[test]
    fn only_a_nearly_full_disk_is_blamed() {
        assert_eq!(hint(SCARCE_MIB), None);
        assert!(hint(7).is_some_and(|hint| hint.contains("only 7 MB")));
    }
}
