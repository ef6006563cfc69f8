//! A device whose calls block, on threads of its own.
//!
//! ```text
//! link ── at most 1 KB ──> writer thread ── write ──> device
//!   <── the count that the device took ──┘   read ──> reader thread ──> link
//! ```
//!
//! The link hands over one chunk and waits for the count that the device took of it, so a count is never
//! guessed. No call of the runtime ever waits for a device: one that hangs holds its own thread, and until
//! that thread comes back nobody opens the device a second time.

use super::Trouble;
use super::wire::{Recalled, refused};
use fastops_domain::job::Cause;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep, timeout_at};

/// Most bytes given to a device at once, so that progress is seen on a slow line.
const CHUNK_BYTES: usize = 1024;
/// Most that a device may say before anybody listens.
const INBOX_BYTES: usize = 64 * 1024;
/// How long a call of a device may block before it comes back with what it has.
pub(super) const CALL: Duration = Duration::from_millis(100);
/// Pause before a device that is full or silent is asked again, where its calls do not block.
const AGAIN: Duration = Duration::from_millis(10);
/// How long a device may take to give back a call when nobody waits for it any more.
const RECALL: Duration = Duration::from_millis(500);
/// Pause before a device that a former owner has not let go of is looked at again.
const HELD: Duration = Duration::from_millis(20);

/// The sending side of a device.
pub(super) trait Output: Send {
    /// Gives the device what it takes within [`CALL`]. `TimedOut` or `WouldBlock`: it took nothing.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
}

/// The listening side of a device.
pub(super) trait Input: Send {
    /// What the device says within [`CALL`]. `TimedOut`, `WouldBlock` or 0: nothing. The end is an error.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize>;
}

/// A device that was opened; many printers never say anything.
pub(super) type Opened = (Box<dyn Output>, Option<Box<dyn Input>>);

/// An open device. Dropping it lets the device go.
pub(super) struct Port {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// For the threads: something to write, room to read, or the end.
    work: Condvar,
    /// For the link: rises with everything that it may wait for.
    news: watch::Sender<u64>,
}

#[derive(Default)]
struct State {
    /// Handed over, not begun.
    outbox: Option<Vec<u8>>,
    /// Bytes that the writer has in hand.
    writing: usize,
    written: Option<io::Result<usize>>,
    inbox: VecDeque<u8>,
    broken: Option<io::ErrorKind>,
    /// Give up what is being written.
    recalled: bool,
    closed: bool,
}

impl Port {
    /// Opens a device on its thread. A `name` has one owner at a time, however it is spoken to: the one before
    /// would take the answers of the next.
    pub(super) async fn open(
        name: String,
        open: impl FnOnce() -> io::Result<Opened> + Send + 'static,
        deadline: Instant,
    ) -> Result<Self, Trouble> {
        let owner = loop {
            match Owner::take(&name) {
                Some(owner) => break owner,
                None if Instant::now() >= deadline => {
                    return Err(Trouble { cause: Cause::Busy, source: None });
                }
                None => sleep(HELD).await,
            }
        };
        let shared =
            Arc::new(Shared { state: Mutex::default(), work: Condvar::new(), news: watch::Sender::new(0) });
        let (tell, told) = oneshot::channel();
        let port = Self { shared: Arc::clone(&shared) };
        let body = move || run(&shared, open, owner, tell);
        std::thread::Builder::new().name("printer".into()).spawn(body).map_err(refused)?;
        match timeout_at(deadline, told).await {
            Ok(Ok(Ok(()))) => Ok(port),
            Ok(Ok(Err(error))) => Err(refused(error)),
            // The thread ended without a word, or the device hangs while it is opened.
            Ok(Err(_)) | Err(_) => Err(Trouble { cause: Cause::Unreachable, source: None }),
        }
    }

    /// The count of the chunk that was handed over before, or the next chunk handed over.
    pub(super) fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.shared.state();
        if let Some(written) = state.written.take() {
            return written;
        }
        state.check()?;
        if state.outbox.is_none() && state.writing == 0 {
            state.outbox = Some(bytes[..bytes.len().min(CHUNK_BYTES)].to_vec());
            self.shared.work.notify_all();
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    pub(super) fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut state = self.shared.state();
        let count = buffer.len().min(state.inbox.len());
        if count == 0 {
            state.check()?;
            return Err(io::ErrorKind::WouldBlock.into());
        }
        for (slot, byte) in buffer.iter_mut().zip(state.inbox.drain(..count)) {
            *slot = byte;
        }
        self.shared.work.notify_all();
        Ok(count)
    }

    pub(super) async fn writable(&self) -> io::Result<()> {
        self.shared.until(|state| state.written.is_some() || state.broken.is_some()).await;
        Ok(())
    }

    pub(super) async fn readable(&self) -> io::Result<()> {
        self.shared.until(|state| !state.inbox.is_empty() || state.broken.is_some()).await;
        Ok(())
    }

    /// Takes back what was handed over, as far as the device lets go of it.
    pub(super) async fn recall(&self) -> Recalled {
        let in_hand = {
            let mut state = self.shared.state();
            if state.outbox.take().is_some() {
                return Recalled::Exactly(0);
            }
            state.recalled = state.writing > 0;
            state.writing
        };
        let deadline = Instant::now() + RECALL;
        let _ = timeout_at(deadline, self.shared.until(|state| state.writing == 0)).await;
        let mut state = self.shared.state();
        match (state.written.take(), state.writing) {
            (Some(Ok(count)), _) => Recalled::Exactly(count),
            (Some(Err(_)) | None, 0) => Recalled::Exactly(0),
            (Some(Err(_)) | None, _) => Recalled::AtMost(in_hand),
        }
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.shared.state().closed = true;
        self.shared.work.notify_all();
    }
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Port").finish_non_exhaustive()
    }
}

impl State {
    fn check(&self) -> io::Result<()> {
        self.broken.map_or(Ok(()), |kind| Err(kind.into()))
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.news.send_modify(|news| *news = news.wrapping_add(1));
    }

    async fn until(&self, has_come: impl Fn(&State) -> bool) {
        let mut news = self.news.subscribe();
        while !has_come(&self.state()) {
            // The sender lives as long as `self`.
            let _ = news.changed().await;
        }
    }

    /// Lets a thread rest for a moment, or until there is work.
    fn pause<'s>(&self, state: MutexGuard<'s, State>, time: Duration) -> MutexGuard<'s, State> {
        self.work.wait_timeout(state, time).map_or_else(|error| error.into_inner().0, |rested| rested.0)
    }
}

/// The life of the writer's thread, from the device's opening to its end.
fn run(
    shared: &Arc<Shared>,
    open: impl FnOnce() -> io::Result<Opened>,
    owner: Owner,
    tell: oneshot::Sender<io::Result<()>>,
) {
    let owner = Arc::new(owner);
    let (mut output, input) = match open() {
        Ok(opened) => opened,
        // Nobody waits any more if this cannot be told.
        Err(error) => return drop(tell.send(Err(error))),
    };
    if let Some(mut input) = input {
        let (shared, owner) = (Arc::clone(shared), Arc::clone(&owner));
        let body = move || {
            listen(&shared, input.as_mut());
            drop((input, owner));
        };
        if let Err(error) = std::thread::Builder::new().name("printer".into()).spawn(body) {
            return drop(tell.send(Err(error)));
        }
    }
    if tell.send(Ok(())).is_ok() {
        write(shared, output.as_mut());
    }
    shared.state().closed = true;
    drop((output, owner));
}

fn write(shared: &Shared, output: &mut dyn Output) {
    loop {
        let chunk = {
            let mut state = shared.state();
            loop {
                if state.closed {
                    return;
                }
                if let Some(chunk) = state.outbox.take() {
                    state.writing = chunk.len();
                    break chunk;
                }
                state = shared.pause(state, CALL);
            }
        };
        let written = offer(shared, output, &chunk);
        let mut state = shared.state();
        if let Err(error) = &written {
            state.broken = Some(error.kind());
        }
        state.writing = 0;
        state.recalled = false;
        state.written = Some(written);
        drop(state);
        shared.tell();
    }
}

/// Offers a chunk until the device takes some of it, or nobody wants it to any more.
fn offer(shared: &Shared, output: &mut dyn Output, chunk: &[u8]) -> io::Result<usize> {
    loop {
        match output.write(chunk) {
            Ok(0) => {}
            Ok(count) => return Ok(count),
            Err(error) if is_patience(&error) => {}
            Err(error) => return Err(error),
        }
        let state = shared.state();
        if state.recalled || state.closed {
            return Ok(0);
        }
        drop(shared.pause(state, AGAIN));
    }
}

fn listen(shared: &Shared, input: &mut dyn Input) {
    let mut buffer = [0; 256];
    loop {
        let mut state = shared.state();
        while state.inbox.len() >= INBOX_BYTES && !state.closed {
            state = shared.pause(state, CALL);
        }
        if state.closed {
            return;
        }
        drop(state);
        match input.read(&mut buffer) {
            Ok(count) if count > 0 => {
                shared.state().inbox.extend(&buffer[..count]);
                shared.tell();
            }
            Ok(_) => drop(shared.pause(shared.state(), AGAIN)),
            Err(error) if is_patience(&error) => drop(shared.pause(shared.state(), AGAIN)),
            Err(error) => {
                shared.state().broken = Some(error.kind());
                shared.tell();
                return;
            }
        }
    }
}

fn is_patience(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

/// Devices that a thread of this program has open.
static OWNED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// The right to a device, given back when its last thread ends.
pub(super) struct Owner(String);

impl Owner {
    pub(super) fn take(name: &str) -> Option<Self> {
        let mut owned = OWNED.lock().unwrap_or_else(PoisonError::into_inner);
        owned.insert(name.to_owned()).then(|| Self(name.to_owned()))
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        OWNED.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::wire::Wire;
    use crate::link::{Deadlines, Link, Proof};
    use fastops_domain::station::ProofLevel;
    use std::sync::mpsc;

    const GENEROUS: Duration = Duration::from_secs(30);

    /// A device that does with each chunk what the test says.
    struct Fake<F>(F);

    impl<F: FnMut(&[u8]) -> io::Result<usize> + Send> Output for Fake<F> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            (self.0)(bytes)
        }
    }

    async fn port(
        name: &str,
        device: impl FnMut(&[u8]) -> io::Result<usize> + Send + 'static,
    ) -> Result<Port, Trouble> {
        let deadline = Instant::now() + Duration::from_millis(300);
        Port::open(name.into(), move || Ok((Box::new(Fake(device)) as _, None)), deadline).await
    }

    /// Sends as the link does, and answers with the counts and what ended it.
    async fn send(port: &Port, job: &[u8]) -> (usize, Option<io::ErrorKind>) {
        let mut accepted = 0;
        while accepted < job.len() {
            match port.try_write(&job[accepted..]) {
                Ok(count) => accepted += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => port.writable().await.unwrap(),
                Err(error) => return (accepted, Some(error.kind())),
            }
        }
        (accepted, None)
    }

    #[tokio::test]
    async fn a_device_that_takes_a_few_bytes_at_a_time_gets_each_once() {
        let (tell, told) = mpsc::channel();
        let mut calls = 0;
        let port = port("a few", move |bytes| {
            calls += 1;
            if calls % 3 == 0 {
                return Err(io::ErrorKind::TimedOut.into());
            }
            let taken = bytes.len().min(1 + calls % 61);
            tell.send(bytes[..taken].to_vec()).unwrap();
            Ok(taken)
        })
        .await
        .unwrap();
        let job: Vec<u8> = (0..20_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        let sent = tokio::time::timeout(GENEROUS, send(&port, &job)).await.unwrap();
        assert_eq!(sent, (job.len(), None));
        assert_eq!(told.try_iter().flatten().collect::<Vec<u8>>(), job);
    }

    #[tokio::test]
    async fn a_device_that_goes_away_leaves_the_exact_count() {
        let mut left = 5_000;
        let port = port("goes", move |bytes| {
            let taken = bytes.len().min(left);
            left -= taken;
            if taken == 0 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(taken) }
        })
        .await
        .unwrap();
        let sent = tokio::time::timeout(GENEROUS, send(&port, &vec![7; 20_000])).await.unwrap();
        assert_eq!(sent, (5_000, Some(io::ErrorKind::BrokenPipe)));
        assert_eq!(port.try_write(&[1]).unwrap_err().kind(), io::ErrorKind::BrokenPipe, "for good");
    }

    #[tokio::test]
    async fn what_a_full_device_did_not_take_is_taken_back() {
        let port = port("full", |_| Err(io::ErrorKind::WouldBlock.into())).await.unwrap();
        assert_eq!(port.try_write(b"ticket").unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!(port.recall().await, Recalled::Exactly(0));
        assert_eq!(
            port.try_write(b"next").unwrap_err().kind(),
            io::ErrorKind::WouldBlock,
            "it is free again"
        );
    }

    #[tokio::test]
    async fn a_device_that_hangs_is_in_doubt_and_nobody_opens_it_again_meanwhile() {
        let (begun, begins) = oneshot::channel();
        let mut begun = Some(begun);
        let (release, released) = mpsc::channel::<()>();
        let device = move |bytes: &[u8]| {
            if let Some(begun) = begun.take() {
                begun.send(()).unwrap();
            }
            let _ = released.recv();
            Ok(bytes.len())
        };
        let first = port("hangs", device).await.unwrap();
        assert!(first.try_write(b"ticket").is_err());
        begins.await.unwrap();
        assert_eq!(first.recall().await, Recalled::AtMost(6));
        drop(first);
        assert_eq!(port("hangs", |_| Ok(1)).await.unwrap_err().cause, Cause::Busy);
        drop(release);
        let again = async { while port("hangs", |_| Ok(1)).await.is_err() {} };
        tokio::time::timeout(GENEROUS, again).await.unwrap();
    }

    /// A printer whose answer is there before its cable says what it took.
    struct Quick {
        says: mpsc::Sender<u8>,
        never: mpsc::Receiver<()>,
    }

    impl Output for Quick {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            for question in bytes.chunks(3) {
                self.says.send(if question == [0x1D, b'r', 1] { 0x00 } else { 0x12 }).unwrap();
            }
            let _ = self.never.recv_timeout(Duration::from_millis(200));
            Ok(bytes.len())
        }
    }

    struct Said(mpsc::Receiver<u8>);

    impl Input for Said {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer[0] = self.0.recv_timeout(CALL).map_err(|_| io::ErrorKind::TimedOut)?;
            Ok(1)
        }
    }

    #[tokio::test]
    async fn an_answer_that_comes_before_the_count_of_its_question_is_heard() {
        let open = || {
            let (says, said) = mpsc::channel();
            // The other end is let go of only with the device.
            let (keep, never) = mpsc::channel();
            std::mem::forget(keep);
            Ok((
                Box::new(Quick { says, never }) as Box<dyn Output>,
                Some(Box::new(Said(said)) as Box<dyn Input>),
            ))
        };
        let port = Port::open("quick".into(), open, Instant::now() + GENEROUS).await.unwrap();
        let deadlines = Deadlines { status_ms: 20_000, proof_base_ms: 20_000, ..Deadlines::default() };
        let mut link = Link::over(Wire::Port(port), deadlines);
        for _ in 0..3 {
            assert!(link.status().await.unwrap().answered);
            assert_eq!(link.prove(0, ProofLevel::Fence).await, Proof::Printed);
        }
    }
}
