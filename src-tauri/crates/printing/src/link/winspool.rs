//! A queue of Windows: it takes a whole job, and while it has the job it tells what its port knows of the printer.
//!
//! The bytes go in as they are (`RAW`). Each call may hang, in the spooler's service or in a driver, so each runs on
//! a thread of its own and is left there when its time is up; until it comes back the queue is not asked again.
//! What is done with a spooler stands here; the system itself (`winsys`) is behind two small traits, so that a played
//! one can take bytes by halves, refuse, hang and lose its jobs.
//!
//! A job that has left the queue is `unconfirmed`: the port took its bytes, and nobody saw paper.

pub(super) mod bits;
#[cfg(test)]
mod played;

use super::port::Owner;
use super::{Broke, PrinterStatus, Proof};
use bits::{Fate, Fault};
use fastops_domain::job::Cause;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout_at};

/// Most bytes in one call, so that a job whose time is up is not handed over to its end.
const PIECE: usize = 16 * 1024;
/// How often a queue is asked for its jobs, and whether a call that hung has come back.
const LOOK: Duration = Duration::from_millis(200);
/// How long it may take to say where its jobs are.
const ANSWER: Duration = Duration::from_secs(2);

/// The system's spooler.
pub(super) trait Spooler: Clone + Send + 'static {
    type Printer: Printer;

    fn open(&self, queue: &str) -> io::Result<Self::Printer>;
}

/// A queue that was opened. Dropping it closes it.
pub(super) trait Printer {
    /// Its state and its attributes.
    fn state(&self) -> io::Result<(u32, u32)>;
    /// Opens a job of raw bytes, and answers with its number.
    fn begin(&mut self) -> io::Result<u32>;
    fn begin_page(&mut self) -> io::Result<()>;
    /// How many bytes it took.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    fn end_page(&mut self) -> io::Result<()>;
    fn end(&mut self) -> io::Result<()>;
    /// Throws away the job that is open.
    fn abort(&mut self);
    /// The state of a job; `None` when the queue does not know it any more.
    fn job(&self, number: u32) -> io::Result<Option<u32>>;
}

/// A queue, and what it has of this link.
#[derive(Debug)]
pub(super) struct Queue<S> {
    spooler: S,
    name: String,
    jobs: Vec<u32>,
    /// How long the jobs may take once nothing is in the way.
    allowed: Duration,
    /// When they should be through; unset while someone has to act.
    due: Option<Instant>,
}

/// How a call on a thread of its own ended.
enum Ran<T> {
    Ended(T),
    /// Its time is up, and it is still there.
    Hangs,
    /// The call before it is still there.
    Busy,
}

/// Why a job did not go into the queue.
struct Stopped {
    accepted: usize,
    source: io::Error,
}

/// What a thread and whoever waits for it have agreed on.
#[derive(Default)]
struct Course(Mutex<Agreed>);

#[derive(Clone, Copy, Default)]
struct Agreed {
    /// The queue may have bytes.
    begun: bool,
    /// Nobody waits for the job any more.
    given_up: bool,
}

impl<S: Spooler> Queue<S> {
    pub(super) const fn over(spooler: S, name: String) -> Self {
        Self { spooler, name, jobs: Vec::new(), allowed: Duration::ZERO, due: None }
    }

    /// Hands a job to the queue.
    pub(super) async fn print(&mut self, job: Vec<u8>, patience: Duration) -> Result<(), Broke> {
        let course = Arc::new(Course::default());
        let call = {
            let course = Arc::clone(&course);
            move |spooler: S, name: String| {
                let mut printer = spooler.open(&name).map_err(|source| Stopped { accepted: 0, source })?;
                hand_over(&mut printer, &job, &course)
            }
        };
        let broke = |cause, bytes_accepted, source| Err(Broke { cause, bytes_accepted, source });
        match self.run(patience, call).await {
            Ok(Ran::Ended(Ok(number))) => {
                self.jobs.push(number);
                self.due = None;
                Ok(())
            }
            Ok(Ran::Ended(Err(Stopped { accepted, source }))) => {
                let cause = if accepted > 0 { Cause::PartialWrite } else { refusal(&source) };
                broke(cause, Some(accepted as u64), Some(source))
            }
            Ok(Ran::Hangs) => {
                let begun = course.give_up();
                broke(Cause::NoProgress, if begun { None } else { Some(0) }, None)
            }
            Ok(Ran::Busy) => broke(Cause::NoProgress, Some(0), None),
            Err(error) => broke(Cause::Unreachable, Some(0), Some(error)),
        }
    }

    /// What the queue says of its printer. What it cannot say stays unknown.
    pub(super) async fn state(&self, patience: Duration) -> PrinterStatus {
        let call = |spooler: S, name: String| spooler.open(&name)?.state();
        match self.run(patience, call).await {
            Ok(Ran::Ended(Ok((state, attributes)))) => bits::status(state, attributes),
            _ => PrinterStatus::default(),
        }
    }

    /// What becomes of the jobs that were handed over, waited for as long as `allowed`, or as long as before.
    ///
    /// Comes back at once when someone has to act. A job that stays, and nobody says why, is one too.
    pub(super) async fn fate(&mut self, allowed: Option<Duration>) -> Proof {
        self.allowed = allowed.unwrap_or(self.allowed);
        while !self.jobs.is_empty() {
            let due = *self.due.get_or_insert_with(|| Instant::now() + self.allowed);
            match self.look().await {
                // Who deletes a job has not thereby got the ticket: some of it may be out.
                Ok(Some(Fate::Deleted)) | Err(_) => {
                    self.jobs.clear();
                    return Proof::Lost(Cause::LinkLost);
                }
                Ok(Some(Fate::Held(fault))) => {
                    self.due = None;
                    return Proof::Waiting(fault.cause());
                }
                Ok(Some(Fate::Left)) => self.jobs.clear(),
                Ok(Some(Fate::Queued) | None) if Instant::now() >= due => {
                    return Proof::Waiting(Cause::NoProgress);
                }
                Ok(Some(Fate::Queued) | None) => sleep(LOOK).await,
            }
        }
        Proof::Unconfirmed
    }

    /// Where the jobs are, as one; those that are through are forgotten. `None`: the queue does not say it now.
    async fn look(&mut self) -> io::Result<Option<Fate>> {
        let jobs = self.jobs.clone();
        let call = move |spooler: S, name: String| -> io::Result<Vec<(u32, Fate)>> {
            let printer = spooler.open(&name)?;
            let held = printer.state().ok().and_then(|(state, more)| Fault::of(bits::status(state, more)));
            let fates = jobs.into_iter().map(|number| {
                let fate = match (bits::fate(printer.job(number)?), held) {
                    (Fate::Queued, Some(fault)) => Fate::Held(fault),
                    (fate, _) => fate,
                };
                Ok((number, fate))
            });
            fates.collect()
        };
        let Ran::Ended(fates) = self.run(ANSWER, call).await? else { return Ok(None) };
        let fates = fates?;
        self.jobs = fates.iter().filter(|(_, fate)| *fate != Fate::Left).map(|(number, _)| *number).collect();
        let worst = |wanted: fn(&Fate) -> bool| fates.iter().map(|(_, fate)| *fate).find(wanted);
        Ok(Some(
            worst(|fate| *fate == Fate::Deleted)
                .or_else(|| worst(|fate| matches!(fate, Fate::Held(_))))
                .or_else(|| worst(|fate| *fate == Fate::Queued))
                .unwrap_or(Fate::Left),
        ))
    }

    /// Makes a call on a thread of its own, once the call before it is back.
    async fn run<T: Send + 'static>(
        &self,
        patience: Duration,
        call: impl FnOnce(S, String) -> T + Send + 'static,
    ) -> io::Result<Ran<T>> {
        let deadline = Instant::now() + patience;
        let owner = loop {
            match Owner::take(&format!("spooler:{}", self.name)) {
                Some(owner) => break owner,
                None if Instant::now() >= deadline => return Ok(Ran::Busy),
                None => sleep(LOOK.min(patience)).await,
            }
        };
        let (spooler, name) = (self.spooler.clone(), self.name.clone());
        let (tell, told) = oneshot::channel();
        let body = move || {
            let ended = call(spooler, name);
            drop(owner);
            // Nobody waits any more if this cannot be told.
            drop(tell.send(ended));
        };
        std::thread::Builder::new().name("spooler".into()).spawn(body)?;
        match timeout_at(deadline, told).await {
            Ok(Ok(ended)) => Ok(Ran::Ended(ended)),
            Ok(Err(_)) | Err(_) => Ok(Ran::Hangs),
        }
    }
}

impl Course {
    fn agree<R>(&self, change: impl FnOnce(&mut Agreed) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the job is still wanted; from here on the queue may have bytes of it.
    fn begin(&self) -> bool {
        self.agree(|agreed| {
            agreed.begun = !agreed.given_up;
            agreed.begun
        })
    }

    fn is_given_up(&self) -> bool {
        self.agree(|agreed| agreed.given_up)
    }

    /// Wants the job no more; answers whether the queue may have bytes of it.
    fn give_up(&self) -> bool {
        self.agree(|agreed| {
            agreed.given_up = true;
            agreed.begun
        })
    }
}

/// Puts a job into the queue, whole or not at all as far as the queue lets go of it.
fn hand_over(printer: &mut impl Printer, job: &[u8], course: &Course) -> Result<u32, Stopped> {
    let number = printer.begin().map_err(|source| Stopped { accepted: 0, source })?;
    let mut accepted = 0;
    match fill(printer, job, course, &mut accepted) {
        Ok(()) => Ok(number),
        Err(source) => {
            // A queue that prints while it is filled has begun: the count is the most that can be out.
            printer.abort();
            Err(Stopped { accepted, source })
        }
    }
}

fn fill(printer: &mut impl Printer, job: &[u8], course: &Course, accepted: &mut usize) -> io::Result<()> {
    printer.begin_page()?;
    if !course.begin() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    while *accepted < job.len() {
        if course.is_given_up() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let rest = &job[*accepted..job.len().min(*accepted + PIECE)];
        match printer.write(rest)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            count => *accepted += count.min(rest.len()),
        }
    }
    printer.end_page()?;
    printer.end()
}

/// Why the spooler took nothing, by the numbers of Windows.
fn refusal(error: &io::Error) -> Cause {
    /// Access is denied; unknown port; unknown driver; invalid name; the printer was deleted.
    const WRONGLY_SET_UP: [i32; 5] = [5, 1796, 1797, 1801, 1905];
    match (error.kind(), error.raw_os_error()) {
        (io::ErrorKind::WriteZero, _) => Cause::NoProgress,
        (_, Some(number)) if WRONGLY_SET_UP.contains(&number) => Cause::Misconfigured,
        _ => Cause::Unreachable,
    }
}
