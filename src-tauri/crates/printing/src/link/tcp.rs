//! A raw socket, usually on port 9100.

use super::Trouble;
use super::wire::refused;
use fastops_domain::job::Cause;
use socket2::{SockRef, TcpKeepalive};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

/// What the system may hold for a printer that does not read: little, so that a stall shows early.
const SEND_BUFFER_BYTES: u32 = 8192;
/// Silence after which the system asks whether the other side still lives: a pulled cable would otherwise
/// look like an idle printer for two hours.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Head start of an address before the next one of the same name is tried beside it.
const HEAD_START: Duration = Duration::from_millis(250);

/// Connects to the first address of the name that answers.
pub(super) async fn open(host: &str, port: u16, deadline: Instant) -> Result<TcpStream, Trouble> {
    match timeout_at(deadline, lookup_host((host, port))).await {
        Ok(Ok(found)) => first(found.collect(), deadline).await,
        Ok(Err(error)) => Err(Trouble::naming(Some(error))),
        Err(_) => Err(Trouble::naming(None)),
    }
}

/// Tries the addresses one after the other, and the next one also when one is silent: a name may still have an
/// address that nobody answers at. A second connection is made only then, since most printers serve one.
async fn first(candidates: Vec<SocketAddr>, deadline: Instant) -> Result<TcpStream, Trouble> {
    let mut rest = candidates.into_iter();
    let mut tried = JoinSet::new();
    let mut trouble = Trouble::naming(None);
    loop {
        let until = match rest.next() {
            Some(candidate) => {
                tried.spawn(connect(candidate));
                deadline.min(Instant::now() + HEAD_START)
            }
            None => deadline,
        };
        match timeout_at(until, tried.join_next()).await {
            Ok(Some(Ok(Ok(stream)))) => return Ok(stream),
            Ok(Some(Ok(Err(error)))) => trouble = refused(error),
            Ok(None) => return Err(trouble),
            Err(_) if Instant::now() >= deadline => return Err(Trouble::of(Cause::Unreachable)),
            // Silence, or a task that ended without a word.
            Ok(Some(Err(_))) | Err(_) => {}
        }
    }
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

    /// An address that takes no more connections and says so to nobody: its queue is full.
    async fn silent() -> (socket2::Socket, SocketAddr, Vec<TcpStream>) {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
        socket.listen(0).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        let mut waiting = Vec::new();
        while let Ok(taken) = timeout_at(Instant::now() + HEAD_START, connect(address)).await {
            waiting.push(taken.unwrap());
        }
        (socket, address, waiting)
    }

    #[tokio::test]
    async fn a_name_whose_first_addresses_are_silent_or_refuse_is_reached_at_the_next() {
        let (_queue, silent, _waiting) = silent().await;
        let printer = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = printer.local_addr().unwrap();
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let patient = || Instant::now() + Duration::from_mins(1);
        for candidates in [vec![silent, here], vec![gone, here], vec![silent, gone, here], vec![here, silent]]
        {
            let stream = first(candidates.clone(), patient()).await.unwrap();
            assert_eq!(stream.peer_addr().unwrap(), here, "{candidates:?}");
        }
        let soon = Instant::now() + 2 * HEAD_START;
        for (candidates, until) in [(vec![silent, gone], soon), (vec![gone, gone], patient())] {
            assert_eq!(first(candidates, until).await.unwrap_err().cause, Cause::Unreachable);
        }
    }

    #[tokio::test]
    async fn one_that_answers_is_asked_for_one_connection() {
        let printer = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = printer.local_addr().unwrap();
        let stream = first(vec![here, here], Instant::now() + Duration::from_mins(1)).await.unwrap();
        let (_, from) = printer.accept().await.unwrap();
        assert_eq!(from, stream.local_addr().unwrap());
        let another = timeout_at(Instant::now() + HEAD_START, printer.accept()).await;
        assert!(another.is_err(), "{another:?}");
    }

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
