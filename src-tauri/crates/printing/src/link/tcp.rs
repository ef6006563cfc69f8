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
    #[cfg(windows)]
    if let Err(error) = super::winsys::acknowledge_at_once(&stream) {
        tracing::debug!(%error, "answers are acknowledged after a while");
    }
    Ok(stream)
}

/// Reads what the printer has said, and has it told at once that it was heard.
///
/// A printer that keeps small packets back until the last is acknowledged, as most stacks do unless told
/// otherwise, would hold the word that a ticket is out until the system's acknowledgement of the answer before
/// it, which Linux delays by up to 40 ms and Windows by up to 200 ms, unless the socket was told (`connect`).
pub(super) fn try_read(stream: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    let count = stream.try_read(buffer)?;
    // The system goes back to its own habit after a while, so it is told each time.
    #[cfg(target_os = "linux")]
    stream.set_quickack(true)?;
    Ok(count)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    /// Whether what comes next is acknowledged at once, after questions and answers with this way of reading.
    async fn acknowledges_at_once(read: fn(&TcpStream, &mut [u8]) -> io::Result<usize>) -> bool {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let printer = tokio::spawn({
            let address = listener.local_addr().unwrap();
            async move { connect(address).await.unwrap() }
        });
        let (mut there, _) = listener.accept().await.unwrap();
        let mut here = printer.await.unwrap();
        for _ in 0..50 {
            here.write_all(b"?").await.unwrap();
            there.read_u8().await.unwrap();
            there.write_all(b"!").await.unwrap();
            here.readable().await.unwrap();
            assert_eq!(read(&here, &mut [0; 8]).unwrap(), 1);
        }
        here.quickack().unwrap()
    }

    #[tokio::test]
    async fn what_a_printer_says_is_acknowledged_at_once() {
        assert!(!acknowledges_at_once(TcpStream::try_read).await, "the system's own habit");
        assert!(acknowledges_at_once(try_read).await);
    }
}
