//! A raw socket, usually on port 9100.

use super::Trouble;
use super::wire::refused;
use fastops_domain::job::Cause;
use socket2::{SockRef, TcpKeepalive};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio::time::{Instant, timeout_at};

/// What the system may hold for a printer that does not read: little, so that a stall shows early.
const SEND_BUFFER_BYTES: u32 = 8192;
/// Silence after which the system asks whether the other side still lives: a pulled cable would otherwise
/// look like an idle printer for two hours.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Connects to the first address of the name that answers.
pub(super) async fn open(host: &str, port: u16, deadline: Instant) -> Result<TcpStream, Trouble> {
    let candidates = match timeout_at(deadline, lookup_host((host, port))).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => return Err(Trouble::naming(Some(error))),
        Err(_) => return Err(Trouble::naming(None)),
    };
    let mut trouble = Trouble::naming(None);
    for candidate in candidates {
        match timeout_at(deadline, connect(candidate)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => trouble = refused(error),
            Err(_) => return Err(Trouble { cause: Cause::Unreachable, source: None }),
        }
    }
    Err(trouble)
}

async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
    let stream = socket.connect(address).await?;
    stream.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE);
    SockRef::from(&stream).set_tcp_keepalive(&keepalive)?;
    Ok(stream)
}
