//! One client of the printer: bytes in while there is room, answers out.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::Instant;

use super::shared::{Intake, Shared, SimulatorEvent};

/// How a connection ended.
pub(super) enum Ending {
    /// The client closed it.
    Closed,
    /// The client reset it or it broke.
    Broken,
    /// The printer reset it.
    Reset,
}

/// Without an idle limit, how often the loop looks around anyway.
const FOR_EVER: Duration = Duration::from_hours(365 * 24);
const CHUNK: usize = 4096;

pub(super) async fn serve(shared: Arc<Shared>, stream: TcpStream) -> Ending {
    let (connection, epoch) = shared.open_connection();
    let _ = shared.events.send(SimulatorEvent::Connected { connection });
    let ending = match exchange(&shared, &stream, epoch).await {
        Ok(ending) => ending,
        Err(error) => {
            tracing::debug!(printer = shared.config.name, %error, "connection broke");
            Ending::Broken
        }
    };
    if matches!(ending, Ending::Reset) {
        reset(stream);
    } else {
        drop(stream);
    }
    let _ = shared.events.send(SimulatorEvent::Disconnected { connection });
    ending
}

/// Closes with a reset instead of a farewell.
pub(super) fn reset(stream: TcpStream) {
    if let Err(error) = stream.set_zero_linger() {
        tracing::debug!(%error, "the connection closes politely instead of by a reset");
    }
    drop(stream);
}

async fn exchange(shared: &Shared, stream: &TcpStream, epoch: u64) -> io::Result<Ending> {
    let mut pulse = shared.pulse.subscribe();
    let mut buffer = vec![0; CHUNK];
    let mut idle_since = Instant::now();
    loop {
        pulse.mark_unchanged();
        if shared.link_epoch() != epoch {
            return Ok(Ending::Reset);
        }
        if send_answers(shared, stream)? {
            idle_since = Instant::now();
        }
        let mut readable = false;
        let intake = shared.intake();
        let idle_at = idle_since + shared.manners().idle_reset.unwrap_or(FOR_EVER);
        tokio::select! {
            biased;
            ready = stream.readable(), if !matches!(intake, Intake::Closed) => { ready?; readable = true; }
            _ = pulse.changed() => {}
            () = tokio::time::sleep_until(idle_at) => return Ok(Ending::Reset),
        }
        if !readable {
            continue;
        }
        match take(shared, stream, &intake, &mut buffer).await? {
            Taken::Bytes => idle_since = Instant::now(),
            Taken::Nothing => {}
            Taken::End => return Ok(Ending::Closed),
            // The buffer is full of ordinary bytes: nothing to do until the printer changes.
            Taken::Blocked => tokio::select! {
                _ = pulse.changed() => {}
                () = tokio::time::sleep_until(idle_at) => return Ok(Ending::Reset),
            },
        }
    }
}

enum Taken {
    Bytes,
    Nothing,
    Blocked,
    End,
}

async fn take(shared: &Shared, stream: &TcpStream, intake: &Intake, buffer: &mut [u8]) -> io::Result<Taken> {
    let limit = match intake {
        Intake::Closed => return Ok(Taken::Nothing),
        Intake::Open(room) => (*room).min(CHUNK),
        Intake::Urgent => {
            let seen = stream.peek(buffer).await?;
            if seen == 0 {
                return Ok(Taken::End);
            }
            shared.core().machine.urgent_prefix(&buffer[..seen])
        }
    };
    if limit == 0 {
        return Ok(Taken::Blocked);
    }
    match stream.try_read(&mut buffer[..limit]) {
        Ok(0) => Ok(Taken::End),
        Ok(count) => {
            shared.receive(&buffer[..count]);
            Ok(Taken::Bytes)
        }
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(Taken::Nothing),
        Err(error) => Err(error),
    }
}

/// Sends what the printer has to say, without waiting: a client that does not read loses it, as on a real
/// line.
fn send_answers(shared: &Shared, stream: &TcpStream) -> io::Result<bool> {
    let answers = shared.core().machine.take_answers();
    if answers.is_empty() {
        return Ok(false);
    }
    match stream.try_write(&answers) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(true),
        Err(error) => Err(error),
    }
}
