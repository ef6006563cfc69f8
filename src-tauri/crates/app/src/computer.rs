//! Which computer this is: an id that its folder of data keeps, and the name that people know it by.

use fastops_domain::ids::ComputerId;
use std::path::Path;
use std::process::Command;

/// The file with the id, in the folder of data.
const FILE: &str = "fastops.computer";
/// Longest name that is shown.
const NAME: usize = 60;

/// The id of the computer whose data `folder` is; `fresh` from now on when it has none. A disk that takes
/// nothing is no reason not to start: the computer is then another one at each start.
pub(crate) fn id(folder: &Path, fresh: ComputerId) -> ComputerId {
    let path = folder.join(FILE);
    if let Some(known) = std::fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok()) {
        return ComputerId(known);
    }
    if let Err(error) = std::fs::write(&path, fresh.to_string()) {
        tracing::warn!(%error, "the folder does not remember which computer it is");
    }
    fresh
}

/// Where Linux says what the computer is called, without another program.
const KERNEL_NAME: &str = "/proc/sys/kernel/hostname";

/// What the computer is called on the network, or a piece of its id when it says nothing.
pub(crate) fn name(id: ComputerId) -> String {
    let of_windows = || std::env::var("COMPUTERNAME").ok();
    let of_linux = || std::fs::read_to_string(KERNEL_NAME).ok();
    let asked = || String::from_utf8(Command::new("hostname").output().ok()?.stdout).ok();
    let said = of_windows().or_else(of_linux).or_else(asked);
    let said = said.map(|name| name.trim().chars().take(NAME).collect::<String>());
    said.filter(|name| !name.is_empty()).unwrap_or_else(|| {
        let id = id.to_string();
        format!("PC {}", &id[id.len() - 6..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_folder_is_the_same_computer_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = [1, 2].map(|n| ComputerId(Uuid::from_u128(n)));
        assert_eq!(id(folder.path(), first), first);
        assert_eq!(id(folder.path(), second), first);
        std::fs::write(folder.path().join(FILE), "nonsense").unwrap();
        assert_eq!(id(folder.path(), second), second, "what cannot be read is nobody");
        assert!(!name(first).is_empty());
    }
}
