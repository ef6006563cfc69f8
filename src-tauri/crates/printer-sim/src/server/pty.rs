//! The printer on a serial line, which is the far end of a pseudo-terminal.
//!
//! There is no connection: bytes come whoever has the line open. A full buffer is told by XOFF, as a cable of
//! three wires has it, or by not reading, as a full cable does.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::pty::OpenptFlags;
use rustix::termios::OptionalActions;
use tokio::io::unix::AsyncFd;
use tokio::sync::watch;

use super::shared::{Intake, Shared};

const XON: u8 = 0x11;
const XOFF: u8 = 0x13;
/// Room below which a printer asks for a stop, and above which it asks for more.
const STOP_BELOW: usize = 256;
const GO_ABOVE: usize = 1024;
/// Bits that a line carries for a byte: one to start, eight of data, one to stop.
const BITS: u32 = 10;
/// Read ahead of the machine, as the chip of a real line does.
const CHUNK: usize = 64;

/// How the printer says that its buffer is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SerialFlow {
    Hardware,
    /// XON and XOFF.
    Software,
}

pub(super) struct Line {
    /// The printer's end.
    master: AsyncFd<OwnedFd>,
    /// Held open, so that the line stays up between two owners.
    _slave: OwnedFd,
    flow: SerialFlow,
}

/// A new line, and the name of the device at its other end.
pub(super) fn open(flow: SerialFlow) -> io::Result<(Line, PathBuf)> {
    let master = rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    rustix::pty::grantpt(&master)?;
    rustix::pty::unlockpt(&master)?;
    let name = rustix::pty::ptsname(&master, Vec::new())?;
    let slave = rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    let mut settings = rustix::termios::tcgetattr(&slave)?;
    settings.make_raw();
    rustix::termios::tcsetattr(&slave, OptionalActions::Now, &settings)?;
    rustix::fs::fcntl_setfl(&master, OFlags::RDWR | OFlags::NONBLOCK)?;
    let device = PathBuf::from(std::ffi::OsString::from_vec(name.into_bytes()));
    #[expect(
        deprecated,
        reason = "what takes its place is unsafe, and an owned descriptor lives as long as this"
    )]
    let master = AsyncFd::new(master)?;
    Ok((Line { master, _slave: slave, flow }, device))
}

/// Serves the line until `stop` turns true or the line breaks.
pub(super) async fn run(shared: Arc<Shared>, line: Line, mut stop: watch::Receiver<bool>) {
    shared.open_connection();
    tokio::select! {
        _ = stop.changed() => {}
        ended = serve(&shared, &line) => if let Err(error) = ended {
            tracing::warn!(printer = shared.config.name, %error, "the serial line broke");
        },
    }
}

async fn serve(shared: &Shared, line: &Line) -> io::Result<()> {
    let mut pulse = shared.pulse.subscribe();
    let mut ahead = Vec::with_capacity(CHUNK);
    let mut stopped = false;
    loop {
        pulse.mark_unchanged();
        let answers = shared.core().machine.take_answers();
        say(line, &answers);
        let intake = shared.intake();
        let room = match &intake {
            Intake::Open(room) => *room,
            Intake::Urgent | Intake::Closed => 0,
        };
        if line.flow == SerialFlow::Software {
            // A printer that takes a little at a time never has more room than that.
            let most = shared.core().machine.most_room();
            let wanted = if stopped { room < (GO_ABOVE + 1).min(most) } else { room < STOP_BELOW.min(most) };
            if wanted != stopped {
                say(line, &[if wanted { XOFF } else { XON }]);
                stopped = wanted;
            }
        }
        let taken = match intake {
            Intake::Closed => 0,
            Intake::Open(room) => room.min(ahead.len()),
            Intake::Urgent => shared.core().machine.urgent_prefix(&ahead),
        };
        if taken > 0 {
            let bytes: Vec<u8> = ahead.drain(..taken).collect();
            shared.receive(&bytes);
            continue;
        }
        let hears = ahead.is_empty() && !matches!(intake, Intake::Closed);
        tokio::select! {
            biased;
            ready = line.master.readable(), if hears => {
                let mut ready = ready?;
                let mut buffer = [0; CHUNK];
                match ready.try_io(|master| Ok(rustix::io::read(master, &mut buffer)?)) {
                    Ok(Ok(count)) => {
                        ahead.extend_from_slice(&buffer[..count]);
                        arrive(shared.config.baud, count).await;
                    }
                    Ok(Err(error)) => return Err(error),
                    Err(_) => {}
                }
            }
            _ = pulse.changed() => {}
        }
    }
}

/// Waits as long as the line takes for so many bytes.
async fn arrive(baud: Option<u32>, bytes: usize) {
    if let Some(baud) = baud {
        let bits = BITS.saturating_mul(u32::try_from(bytes).unwrap_or(u32::MAX));
        tokio::time::sleep(Duration::from_secs(1) * bits / baud.max(1)).await;
    }
}

/// Says something without waiting: a host that does not listen loses it.
fn say(line: &Line, bytes: &[u8]) {
    if !bytes.is_empty()
        && let Err(error) = rustix::io::write(line.master.get_ref(), bytes)
    {
        tracing::debug!(%error, "an answer fell on a deaf line");
    }
}
