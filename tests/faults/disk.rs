//! The disk beneath a child: a library of our own, loaded before libc, that loses what was not synced,
//! fails at a chosen call, or is full. What it does is written in `disk/*.h`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The exit code of a child whose power was cut.
pub(super) const POWER_CUT: i32 = 86;

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Any call: an error of the device.
    Eio,
    /// A write, or a new file: no room.
    Enospc,
    /// A write that takes half, and finds no room for the rest.
    Short,
    /// A sync that fails, after which the data counts as written and is not.
    Sync,
}

/// The disk of one run of a child, which lies beneath one folder.
#[derive(Debug)]
pub(super) struct Disk {
    folder: PathBuf,
    /// What the disk keeps for itself; on the same file system as the folder.
    aside: TempDir,
    settings: Vec<(&'static str, String)>,
}

impl Disk {
    pub(super) fn of(folder: &Path) -> Self {
        let aside = tempfile::tempdir().unwrap();
        Self { folder: folder.canonicalize().unwrap(), aside, settings: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.settings.push((name, value.to_string()));
        self
    }

    /// Cuts the power before this call that would change the disk; the first is 1.
    pub(super) fn cut_at(self, call: usize) -> Self {
        self.with("FASTOPS_DISK_CUT_AT", &call)
    }

    /// Of what was not synced this much stays, in per cent, in pieces of so many bytes.
    pub(super) fn keeps(self, seed: usize, percent: usize, piece: usize) -> Self {
        self.with("FASTOPS_DISK_SEED", &seed)
            .with("FASTOPS_DISK_KEEPS", &percent)
            .with("FASTOPS_DISK_PIECE", &piece)
    }

    /// Syncs of files whose names end so are said to have happened, and did not.
    pub(super) fn lies_about(self, end: &str) -> Self {
        self.with("FASTOPS_DISK_LIES", &end)
    }

    /// Fails at this call of those to which the fault can happen; the first is 1.
    pub(super) fn fails(self, fault: Fault, call: usize) -> Self {
        let name = match fault {
            Fault::Eio => "eio",
            Fault::Enospc => "enospc",
            Fault::Short => "short",
            Fault::Sync => "sync",
        };
        self.with("FASTOPS_DISK_FAULT", &name).with("FASTOPS_DISK_FAULT_AT", &call)
    }

    /// Fails at every call after the first failure too.
    pub(super) fn stays(self) -> Self {
        self.with("FASTOPS_DISK_FAULT_STAYS", &1)
    }

    /// Is full while this file exists.
    pub(super) fn full_while(self, marker: &Path) -> Self {
        self.with("FASTOPS_DISK_FULL_WHILE", &marker.display())
    }

    /// Puts the disk beneath a process that is about to start.
    pub(super) fn beneath(&self, command: &mut Command) {
        command.env("LD_PRELOAD", library()).env("FASTOPS_DISK_FOLDER", &self.folder);
        command.env("FASTOPS_DISK_ASIDE", self.aside.path());
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
    }

    /// How many calls would have changed the disk until the child had its power cut.
    pub(super) fn calls(&self) -> Option<usize> {
        self.report().iter().find_map(|line| line.strip_prefix("calls ")?.parse().ok())
    }

    /// What it did to the child, line by line: the kind, the call and the file's name.
    pub(super) fn report(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.aside.path().join("report")).unwrap_or_default();
        text.lines().map(ToOwned::to_owned).collect()
    }
}

/// What a child calls to have its power cut.
pub(super) fn cut_power(folder: &Path) {
    let folder = folder.canonicalize().unwrap();
    let lived = std::fs::File::create(folder.join("power-cut"));
    panic!("the power was to be cut, and there was no disk to do it: {lived:?}");
}

/// The library, built once for each run of the tests by the compiler that linked them.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/disk");
        let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("disk-{}.so", std::process::id()));
        let mut compiler = Command::new("cc");
        compiler
            .args(["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-pthread", "-o"]);
        compiler.arg(&built).args(["calls.c", "faults.c", "platter.c"].map(|name| sources.join(name)));
        let output = compiler.output().expect("cc, which also links these tests");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        // One name, so that runs do not pile up; whoever has the former one open keeps it.
        let library = built.with_file_name("disk.so");
        std::fs::rename(&built, &library).unwrap();
        library
    })
}
