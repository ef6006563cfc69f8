//! A queue of CUPS: it takes a whole job and says nothing of paper.
//!
//! A job goes through `lp -o raw`, which hands it over only when it has read all of it: a job that
//! `lp` refuses is surely not printed. What the queue does with it afterwards is not known, so nothing here is
//! ever `printed`.

use super::{Broke, PrinterStatus, Proof};
use fastops_domain::job::Cause;
use std::io::{self, Write as _};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// How often a program that has not ended is looked at.
const LOOK: Duration = Duration::from_millis(10);
/// How long the queues may take to be listed.
const LIST: Duration = Duration::from_secs(5);

#[derive(Clone, Debug)]
pub(super) struct Spool {
    queue: String,
    /// The programs of CUPS.
    lp: String,
    lpstat: String,
}

/// What a program said before it ended, or that it was ended.
struct Ran {
    /// `None`: its time was up.
    status: Option<ExitStatus>,
    words: String,
}

impl Spool {
    pub(super) fn new(queue: String) -> Self {
        Self { queue, lp: "lp".into(), lpstat: "lpstat".into() }
    }

    /// Hands a job to the queue.
    pub(super) async fn print(&self, job: Vec<u8>, patience: Duration) -> Result<(), Broke> {
        let mut command = Command::new(&self.lp);
        command.args(["-d", &self.queue, "-o", "raw", "-t", "FastOps"]);
        let ran = run(command, job, patience).await;
        let broke = |cause, bytes_accepted, source| Err(Broke { cause, bytes_accepted, source });
        match ran {
            Ok(Ran { status: Some(status), .. }) if status.success() => Ok(()),
            Ok(Ran { status: Some(_), words }) => {
                broke(refusal(&words), Some(0), Some(io::Error::other(words)))
            }
            // It may have handed the job over a moment before.
            Ok(Ran { status: None, .. }) => broke(Cause::NoProgress, None, None),
            Err(error) => broke(Cause::Misconfigured, Some(0), Some(error)),
        }
    }

    /// What becomes of a job that was handed over: CUPS is not asked.
    #[expect(clippy::unused_async, reason = "the queue of Windows is asked, and waited for")]
    pub(super) async fn fate(&self, _: Option<Duration>) -> Proof {
        Proof::Unconfirmed
    }

    /// Whether the queue is stopped. What it cannot say stays unknown.
    pub(super) async fn state(&self, patience: Duration) -> PrinterStatus {
        let mut command = Command::new(&self.lpstat);
        command.args(["-p", &self.queue]);
        match run(command, Vec::new(), patience).await {
            Ok(Ran { status: Some(status), words }) if status.success() => {
                let online = !words.contains(" disabled since ");
                PrinterStatus { answered: true, online: Some(online), ..PrinterStatus::default() }
            }
            _ => PrinterStatus::default(),
        }
    }
}

/// The names of the queues of this computer; none where there is no CUPS.
pub(super) fn queues() -> io::Result<Vec<String>> {
    queues_by("lpstat")
}

fn queues_by(lpstat: &str) -> io::Result<Vec<String>> {
    let mut command = Command::new(lpstat);
    command.arg("-e");
    match attend(command, Vec::new(), LIST) {
        Ok(Ran { status: Some(status), words }) if status.success() => {
            Ok(words.lines().map(str::to_owned).collect())
        }
        // It ends so where there is no queue.
        Ok(Ran { status: Some(_), .. }) => Ok(Vec::new()),
        Ok(Ran { status: None, .. }) => Err(io::ErrorKind::TimedOut.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Why `lp` took nothing, by its words in the plain locale.
fn refusal(words: &str) -> Cause {
    if words.contains("does not exist") || words.contains("Unknown destination") {
        Cause::Misconfigured
    } else if words.contains("not accepting") {
        Cause::Offline
    } else {
        Cause::Unreachable
    }
}

/// Runs a program with `input`, and ends it when its time is up. On a thread: a program may hang.
async fn run(command: Command, input: Vec<u8>, patience: Duration) -> io::Result<Ran> {
    let ran = tokio::task::spawn_blocking(move || attend(command, input, patience));
    ran.await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

fn attend(mut command: Command, input: Vec<u8>, patience: Duration) -> io::Result<Ran> {
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = streams.env("LC_ALL", "C").spawn()?;
    let stdin = child.stdin.take();
    let (reads, read) = mpsc::channel();
    let outputs: [Option<Box<dyn io::Read + Send>>; 2] = [
        child.stdout.take().map(|out| Box::new(out) as _),
        child.stderr.take().map(|out| Box::new(out) as _),
    ];
    // A program that reads or says nothing must not hold this one: each stream has a thread.
    std::thread::Builder::new().spawn(move || {
        if let Some(mut stdin) = stdin {
            // A program that stops reading says why by its end.
            let _ = stdin.write_all(&input);
        }
    })?;
    for mut output in outputs.into_iter().flatten() {
        let reads = reads.clone();
        std::thread::Builder::new().spawn(move || {
            let mut words = Vec::new();
            let _ = output.read_to_end(&mut words);
            let _ = reads.send(String::from_utf8_lossy(&words).into_owned());
        })?;
    }
    drop(reads);
    let mut words = String::new();
    let looks = patience.as_millis() / LOOK.as_millis();
    for _ in 0..=looks {
        match read.recv_timeout(LOOK) {
            Ok(more) => words.push_str(&more),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(Ran { status: Some(child.wait()?), words }),
        }
    }
    child.kill()?;
    child.wait()?;
    Ok(Ran { status: None, words })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A program in place of CUPS's own.
    fn stand_in(name: &str, script: &str) -> (PathBuf, Spool) {
        let folder = std::env::temp_dir().join(format!("fastops-spool-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let program = folder.join("lp");
        // Written under another name first: a program that is open for writing cannot be run.
        let draft = folder.join("draft");
        std::fs::write(&draft, format!("#!/bin/sh\ncd '{}'\n{script}\n", folder.display())).unwrap();
        std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::rename(&draft, &program).unwrap();
        let program = program.to_str().unwrap().to_owned();
        (folder, Spool { queue: "Cocina".into(), lp: program.clone(), lpstat: program })
    }

    #[tokio::test]
    async fn a_job_goes_whole_and_raw_to_its_queue() {
        let (folder, spool) = stand_in("whole", "echo \"$@\" > args; cat > job");
        let job: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        spool.print(job.clone(), PATIENCE).await.unwrap();
        assert_eq!(std::fs::read(folder.join("job")).unwrap(), job);
        let args = std::fs::read_to_string(folder.join("args")).unwrap();
        assert_eq!(args.trim(), "-d Cocina -o raw -t FastOps");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_refused_job_is_surely_not_printed() {
        let cases = [
            ("echo 'lp: The printer or class does not exist.' >&2; exit 1", Cause::Misconfigured),
            ("echo 'lp: Destination \"Cocina\" is not accepting jobs.' >&2; exit 1", Cause::Offline),
            ("echo 'lp: Scheduler is not running' >&2; exit 1", Cause::Unreachable),
        ];
        for (number, (script, cause)) in cases.into_iter().enumerate() {
            let (folder, spool) = stand_in(&format!("refused-{number}"), script);
            let broke = spool.print(vec![b'x'; 100_000], PATIENCE).await.unwrap_err();
            assert_eq!((broke.cause, broke.bytes_accepted), (cause, Some(0)), "{script}");
            std::fs::remove_dir_all(folder).unwrap();
        }
    }

    #[tokio::test]
    async fn a_queue_that_hangs_is_given_up_and_its_job_is_in_doubt() {
        let (folder, spool) = stand_in("hangs", "exec sleep 600");
        let broke = spool.print(vec![b'x'; 1_000_000], Duration::from_millis(300)).await.unwrap_err();
        assert_eq!((broke.cause, broke.bytes_accepted), (Cause::NoProgress, None));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_computer_without_cups_is_wrongly_set_up() {
        let spool =
            Spool { lp: "/nowhere/lp".into(), lpstat: "/nowhere/lpstat".into(), ..Spool::new("x".into()) };
        let broke = spool.print(vec![1], PATIENCE).await.unwrap_err();
        assert_eq!((broke.cause, broke.bytes_accepted), (Cause::Misconfigured, Some(0)));
        assert!(!spool.state(PATIENCE).await.answered);
    }

    #[test]
    fn the_queues_are_listed_and_a_computer_without_any_is_well() {
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let cases = [
            ("list", "echo \"$@\"; echo Barra", named(&["-e", "Barra"])),
            ("no-list", "echo 'lpstat: No destinations added.' >&2; exit 1", named(&[])),
        ];
        for (name, script, queues) in cases {
            let (folder, spool) = stand_in(name, script);
            assert_eq!(queues_by(&spool.lpstat).unwrap(), queues);
            std::fs::remove_dir_all(folder).unwrap();
        }
        assert_eq!(queues_by("/nowhere/lpstat").unwrap(), named(&[]));
    }

    #[tokio::test]
    async fn a_stopped_queue_is_offline() {
        let cases = [
            ("echo 'printer Cocina is idle.  enabled since Fri'", Some(true)),
            ("echo 'printer Cocina disabled since Fri - out of paper'", Some(false)),
            ("exit 1", None),
        ];
        for (number, (script, online)) in cases.into_iter().enumerate() {
            let (folder, spool) = stand_in(&format!("state-{number}"), script);
            assert_eq!(spool.state(PATIENCE).await.online, online, "{script}");
            std::fs::remove_dir_all(folder).unwrap();
        }
    }
}
