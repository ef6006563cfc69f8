//! A PostgreSQL of the tests' own: made in a temporary folder, gone when the tests are.
//!
//! One cluster serves the whole test binary and every test gets a fresh database, copied from a
//! template that already has the tables, and dropped when the test's thread ends: together they
//! would take gigabytes. Without PostgreSQL the tests fail and say what to install.
//!
//! The binary starts itself once more as a supervisor that holds one end of a pipe. However the
//! tests end, the pipe breaks, and the supervisor stops the server and removes the folder.

use fastops_store::{Store, StoreConfig, probe};
use std::cell::RefCell;
use std::io::Read as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use tokio::sync::OnceCell;

const SUPERVISED: &str = "FASTOPS_SUPERVISED_CLUSTER";
const USER: &str = "fastops";
/// Connections of one store; the server takes enough for many tests at once.
const CONNECTIONS: u32 = 12;

/// How long the server may take to stop or to start.
const SERVER_PATIENCE_S: &str = "60";

/// How a server is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Sessions are ended, their work taken back, everything written: what an update does.
    Fast,
    /// Processes are killed and the log is replayed at the next start: what a power cut does.
    Immediate,
}

/// A running server.
pub(crate) struct PrivateCluster {
    port: u16,
    folder: PathBuf,
    template: OnceCell<()>,
    databases: AtomicU32,
    /// Takes the names of databases whose test is over.
    done_with: mpsc::Sender<String>,
    /// Breaks when the tests end; the supervisor waits for that.
    _lifeline: ChildStdin,
}

impl PrivateCluster {
    /// The cluster of this test binary; started by the first who asks.
    pub(crate) fn shared() -> &'static Self {
        static CLUSTER: OnceLock<PrivateCluster> = OnceLock::new();
        CLUSTER.get_or_init(Self::start)
    }

    /// A cluster for one test alone, which may stop it; gone when it is dropped.
    pub(crate) async fn alone() -> Self {
        tokio::task::spawn_blocking(Self::start).await.unwrap()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Stops the server; returns when it is down.
    pub(crate) async fn stop(&self, how: Stop) {
        let mode = match how {
            Stop::Fast => "fast",
            Stop::Immediate => "immediate",
        };
        let mut command = self.control("stop");
        command.args(["-w", "-t", SERVER_PATIENCE_S, "-m", mode]);
        assert!(Self::carry_out(command).await, "the private PostgreSQL does not stop");
    }

    /// Starts a server that was stopped, at the same address; returns when it takes connections.
    pub(crate) async fn start_again(&self) {
        let mut command = self.control("start");
        command.args(["-w", "-t", SERVER_PATIENCE_S, "-s", "-o", &settings(self.port), "-l"]);
        command.arg(self.folder.join("server.log"));
        assert!(Self::carry_out(command).await, "the private PostgreSQL does not start again");
    }

    fn control(&self, what: &str) -> Command {
        let mut command = Command::new(programs().join("pg_ctl"));
        command.arg(what).arg("-D").arg(self.folder.join("data"));
        command
    }

    async fn carry_out(mut command: Command) -> bool {
        tokio::task::spawn_blocking(move || Account::for_server().attempt(&mut command)).await.unwrap()
    }

    /// The address of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        url(self.port, database)
    }

    /// A database without tables.
    pub(crate) async fn empty(&self) -> StoreConfig {
        self.create("TEMPLATE template0 ENCODING 'UTF8'").await
    }

    /// A database that is ready for use and empty of rows.
    pub(crate) async fn fresh(&self) -> StoreConfig {
        self.template
            .get_or_init(|| async {
                self.run("CREATE DATABASE ready_made TEMPLATE template0 ENCODING 'UTF8'").await;
                let config = self.config("ready_made");
                Store::open(&config).await.unwrap().close().await;
            })
            .await;
        self.create("TEMPLATE ready_made").await
    }

    /// A database made with these options of `CREATE DATABASE`.
    pub(crate) async fn create(&self, options: &str) -> StoreConfig {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE DATABASE {name} {options}")).await;
        OF_THIS_TEST.with_borrow_mut(|of_this_test| {
            of_this_test.0.push((name.clone(), self.done_with.clone()));
        });
        self.config(&name)
    }

    fn config(&self, database: &str) -> StoreConfig {
        StoreConfig::Postgres { url: self.url(database), max_connections: CONNECTIONS }
    }

    async fn run(&self, statement: &str) {
        probe::run_on_server(&self.url("postgres"), statement).await.unwrap();
    }

    fn start() -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new().prefix("fastops-postgres-").tempdir().unwrap().keep();
        let account = Account::for_server();
        account.give(&folder);
        let data = folder.join("data");
        // From here on the folder is the supervisor's to remove.
        let lifeline = supervise_from_now(&folder);
        account.run(
            Command::new(programs.join("initdb"))
                .args([
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                    "--username",
                    USER,
                    "-D",
                ])
                .arg(&data),
        );
        for _ in 0..5 {
            let port = free_port();
            let started = account.attempt(
                Command::new(programs.join("pg_ctl"))
                    .args(["start", "-w", "-t", SERVER_PATIENCE_S, "-s", "-o", &settings(port), "-D"])
                    .arg(&data)
                    .arg("-l")
                    .arg(folder.join("server.log")),
            );
            if started {
                return Self {
                    port,
                    folder,
                    template: OnceCell::new(),
                    databases: AtomicU32::new(0),
                    done_with: drop_when_done(port),
                    _lifeline: lifeline,
                };
            }
        }
        let log = std::fs::read_to_string(folder.join("server.log")).unwrap_or_default();
        panic!("the private PostgreSQL does not start:\n{log}");
    }
}

/// The databases that were made in a test's thread, and where to say that the test is over.
struct OfThisTest(Vec<(String, mpsc::Sender<String>)>);

thread_local! {
    static OF_THIS_TEST: RefCell<OfThisTest> = const { RefCell::new(OfThisTest(Vec::new())) };
}

impl Drop for OfThisTest {
    fn drop(&mut self) {
        for (name, done_with) in self.0.drain(..) {
            // Nobody listens any more when the cluster of the test alone is gone, and its folder with it.
            let _ = done_with.send(name);
        }
    }
}

/// Starts a thread that drops each database whose name it is told, with whoever is still connected.
fn drop_when_done(port: u16) -> mpsc::Sender<String> {
    let (done_with, names) = mpsc::channel::<String>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for name in names {
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            // A server that is stopped already takes its databases with it.
            let _ = runtime.block_on(probe::run_on_server(&url(port, "postgres"), &statement));
        }
    });
    done_with
}

fn url(port: u16, database: &str) -> String {
    format!("postgres://{USER}@127.0.0.1:{port}/{database}")
}

/// Where PostgreSQL's programs are.
fn programs() -> PathBuf {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&on_path).collect();
    for (parent, below) in [
        ("/usr/lib/postgresql", "bin"),
        ("/usr/pgsql", "bin"),
        ("/opt/homebrew/opt", "bin"),
        ("/usr/local/opt", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "bin"),
        (r"C:\Program Files\PostgreSQL", "bin"),
    ] {
        let versions = std::fs::read_dir(parent).into_iter().flatten().flatten();
        let mut versions: Vec<PathBuf> = versions.map(|entry| entry.path().join(below)).collect();
        versions.sort();
        folders.extend(versions.into_iter().rev());
    }
    let needed = ["initdb", "pg_ctl", "postgres"];
    let has =
        |folder: &Path, name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)).is_file();
    match folders.iter().find(|folder| needed.iter().all(|name| has(folder, name))) {
        Some(folder) => folder.clone(),
        None => panic!(
            "these tests need PostgreSQL's server programs (initdb, pg_ctl, postgres). Install them with \
             `apt-get install postgresql` on Debian, `brew install postgresql@17` on macOS, or the installer \
             from postgresql.org on Windows. Nothing has to be set up or running."
        ),
    }
}

fn settings(port: u16) -> String {
    let settings = [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=300",
        "max_wal_size=256MB",
    ];
    settings.iter().fold(format!("-p {port}"), |all, setting| format!("{all} -c {setting}"))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Whom the server runs as. PostgreSQL refuses to run as root, so root lends it another account.
struct Account {
    #[cfg(unix)]
    ids: Option<(u32, u32)>,
}

impl Account {
    #[cfg(unix)]
    fn for_server() -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let mine = tempfile::tempfile().unwrap();
        if mine.metadata().unwrap().uid() != 0 {
            return Self { ids: None };
        }
        let accounts = std::fs::read_to_string("/etc/passwd").unwrap();
        let ids = ["postgres", "nobody"].into_iter().find_map(|name| {
            let mut fields = accounts.lines().find(|line| line.starts_with(&format!("{name}:")))?.split(':');
            Some((fields.nth(2)?.parse().ok()?, fields.next()?.parse().ok()?))
        });
        assert!(ids.is_some(), "root needs an account named postgres or nobody to run PostgreSQL as");
        Self { ids }
    }

    #[cfg(unix)]
    fn give(&self, folder: &Path) {
        if let Some((user, group)) = self.ids {
            std::os::unix::fs::chown(folder, Some(user), Some(group)).unwrap();
        }
    }

    #[cfg(unix)]
    fn take<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        use std::os::unix::process::CommandExt as _;
        match self.ids {
            Some((user, group)) => command.uid(user).gid(group).current_dir("/"),
            None => command,
        }
    }

    #[cfg(not(unix))]
    fn for_server() -> Self {
        Self {}
    }

    #[cfg(not(unix))]
    fn give(&self, _: &Path) {}

    #[cfg(not(unix))]
    fn take<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
    }

    fn run(&self, command: &mut Command) {
        let output = self.take(command).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs a command whose failure may be met by another try; its children keep no pipe of ours.
    fn attempt(&self, command: &mut Command) -> bool {
        let command = self.take(command).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().unwrap().success()
    }
}

/// Starts this binary once more to look after the cluster in `folder`.
#[expect(clippy::zombie_processes, reason = "the supervisor outlives this process by design")]
fn supervise_from_now(folder: &Path) -> ChildStdin {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "postgres::supervise", "--nocapture"])
        .env(SUPERVISED, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Its own process group: an interrupt at the keyboard must not reach it before the pipe breaks.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut supervisor = command.spawn().unwrap();
    supervisor.stdin.take().unwrap()
}

/// Not a test of its own: the process that stops the private PostgreSQL when the tests have ended.
#[test]
fn supervise() {
    let Some(folder) = std::env::var_os(SUPERVISED).map(PathBuf::from) else { return };
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    let account = Account::for_server();
    account.attempt(
        Command::new(programs().join("pg_ctl"))
            .args(["stop", "-m", "immediate", "-D"])
            .arg(folder.join("data")),
    );
    std::fs::remove_dir_all(&folder).unwrap();
}
