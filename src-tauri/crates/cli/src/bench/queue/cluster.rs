//! A PostgreSQL of the measurement's own, where its programs are installed: made in a folder of the run, stopped at its
//! end. With the server's own settings, so that a commit is on disk before it is answered.

use crate::exit::Stop;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const USER: &str = "fastops";
const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];
/// How long the server may take to start.
const PATIENCE_S: &str = "60";

/// A running server.
#[derive(Debug)]
pub(super) struct Cluster {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts one in `folder`; `None` where there are no programs for it.
    pub(super) fn start(folder: &Path) -> Result<Option<Self>, Stop> {
        let Some(programs) = programs() else { return Ok(None) };
        let made = std::fs::create_dir_all(folder).and_then(|()| lend(folder));
        made.map_err(|error| Stop::data(error.to_string()))?;
        let data = folder.join("data");
        let mut initdb = Command::new(programs.join("initdb"));
        initdb.args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--username", USER, "-D"]).arg(&data);
        carry_out(&mut initdb)?;
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| Stop::failure(error.to_string()))?
            .port();
        let settings = format!("-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
        let mut start = Command::new(programs.join("pg_ctl"));
        start.args(["start", "-w", "-t", PATIENCE_S, "-s", "-o", &settings, "-l"]);
        start.arg(folder.join("server.log")).arg("-D").arg(&data);
        carry_out(&mut start)?;
        Ok(Some(Self { programs, data, port }))
    }

    /// Its one database, which is empty.
    pub(super) fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = Command::new(self.programs.join("pg_ctl"));
        stop.args(["stop", "-m", "immediate", "-D"]).arg(&self.data);
        if let Err(stop) = carry_out(&mut stop) {
            tracing::warn!(message = stop.message, "the measurement's PostgreSQL does not stop");
        }
    }
}

/// Where the server's programs are.
fn programs() -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&on_path).collect();
    for parent in ["/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt"] {
        let versions = std::fs::read_dir(parent).into_iter().flatten().flatten();
        let mut versions: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
        versions.sort();
        folders.extend(versions.into_iter().rev());
    }
    let has = |folder: &PathBuf| {
        NEEDED.iter().all(|name| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)).is_file())
    };
    folders.into_iter().find(has)
}

/// Runs a program of the server. Its children keep no pipe of ours.
fn carry_out(command: &mut Command) -> Result<(), Stop> {
    as_owner(command).map_err(|error| Stop::failure(error.to_string()))?;
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match quiet.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Stop::failure(format!("{command:?}: {status}"))),
        Err(error) => Err(Stop::failure(format!("{command:?}: {error}"))),
    }
}

/// PostgreSQL refuses to run as root, so root lends it another account: whose, where that is needed.
#[cfg(unix)]
fn account() -> std::io::Result<Option<(u32, u32)>> {
    use std::os::unix::fs::MetadataExt as _;
    if std::fs::metadata("/proc/self").map_or(1, |own| own.uid()) != 0 {
        return Ok(None);
    }
    let accounts = std::fs::read_to_string("/etc/passwd")?;
    let ids = |name: &str| {
        let mut fields = accounts.lines().find(|line| line.starts_with(&format!("{name}:")))?.split(':');
        Some((fields.nth(2)?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    Ok(["postgres", "nobody"].into_iter().find_map(ids))
}

#[cfg(unix)]
fn lend(folder: &Path) -> std::io::Result<()> {
    match account()? {
        Some((user, group)) => std::os::unix::fs::chown(folder, Some(user), Some(group)),
        None => Ok(()),
    }
}

#[cfg(unix)]
fn as_owner(command: &mut Command) -> std::io::Result<()> {
    use std::os::unix::process::CommandExt as _;
    if let Some((user, group)) = account()? {
        command.uid(user).gid(group).current_dir("/");
    }
    Ok(())
}

#[cfg(not(unix))]
fn lend(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn as_owner(_: &mut Command) -> std::io::Result<()> {
    Ok(())
}
