//! The port of the printer: who is let in, and what a second client meets.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::config::ConnectionPolicy;
use super::connection::{self, Ending};
use super::shared::{Shared, SimulatorEvent};

/// How long a client that follows another waits for the first one's farewell to be noticed.
const HANDOVER: Duration = Duration::from_millis(250);
/// How long a slow printer takes to turn to its next client.
const SLOW_TURN: Duration = Duration::from_secs(3);
const REBIND_PAUSE: Duration = Duration::from_millis(50);
/// A small window, so that a full buffer is felt by the sender soon.
const SOCKET_BUFFER: u32 = 4096;
const BACKLOG: u32 = 64;

pub(super) fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // On Windows the option would let another program take the port over.
    if cfg!(not(windows)) {
        socket.set_reuseaddr(true)?;
    }
    socket.set_recv_buffer_size(SOCKET_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// What the connections of one printer share.
struct Desk {
    shared: Arc<Shared>,
    /// Held by the client that is served.
    turn: Arc<Semaphore>,
}

/// Accepts until `stop` turns true; the connections end with it.
pub(super) async fn run(
    shared: Arc<Shared>,
    listener: TcpListener,
    address: SocketAddr,
    mut stop: watch::Receiver<bool>,
) {
    let desk = Arc::new(Desk { shared: Arc::clone(&shared), turn: Arc::new(Semaphore::new(1)) });
    let mut clients = JoinSet::new();
    let mut pulse = shared.pulse.subscribe();
    let mut listener = Some(listener);
    loop {
        pulse.mark_unchanged();
        if shared.is_off() {
            listener = None;
        } else if listener.is_none() {
            listener = rebind(address).await;
            continue;
        }
        tokio::select! {
            _ = stop.changed() => return,
            _ = pulse.changed() => {}
            Some(_) = clients.join_next() => {}
            accepted = accept(listener.as_ref()) => match accepted {
                Ok(stream) => { clients.spawn(admit(Arc::clone(&desk), stream)); }
                Err(error) => {
                    tracing::warn!(printer = shared.config.name, %error, "could not accept a connection");
                    tokio::time::sleep(REBIND_PAUSE).await;
                }
            },
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<TcpStream> {
    match listener {
        Some(listener) => Ok(listener.accept().await?.0),
        None => std::future::pending().await,
    }
}

/// Opens the port again after a power cycle; the old one may take a moment to be free.
async fn rebind(address: SocketAddr) -> Option<TcpListener> {
    match bind(address) {
        Ok(listener) => Some(listener),
        Err(error) => {
            tracing::warn!(%address, %error, "could not open the port again yet");
            tokio::time::sleep(REBIND_PAUSE).await;
            None
        }
    }
}

async fn admit(desk: Arc<Desk>, stream: TcpStream) {
    if desk.shared.is_locked() {
        return refuse(&desk.shared, stream);
    }
    let policy = desk.shared.manners().policy;
    let waits = matches!(policy, ConnectionPolicy::Mute | ConnectionPolicy::Slow) || desk.shared.is_dead();
    let turn = if waits {
        let is_second = desk.turn.available_permits() == 0;
        let turn = Arc::clone(&desk.turn).acquire_owned().await.ok();
        if is_second && policy == ConnectionPolicy::Slow {
            tokio::time::sleep(SLOW_TURN).await;
        }
        turn
    } else {
        let acquire = Arc::clone(&desk.turn).acquire_owned();
        tokio::time::timeout(HANDOVER, acquire).await.ok().and_then(Result::ok)
    };
    let Some(turn) = turn else {
        if policy == ConnectionPolicy::Drop {
            let _ = desk.shared.events.send(SimulatorEvent::Refused);
            return drop(stream);
        }
        return refuse(&desk.shared, stream);
    };
    let ending = connection::serve(Arc::clone(&desk.shared), stream).await;
    if let (Ending::Broken, Some(lockout)) = (ending, desk.shared.manners().lockout_after_reset) {
        desk.shared.lock_out(lockout);
    }
    drop(turn);
}

fn refuse(shared: &Shared, stream: TcpStream) {
    let _ = shared.events.send(SimulatorEvent::Refused);
    connection::reset(stream);
}
