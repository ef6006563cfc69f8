//! A way to the server that a test can cut exactly at a commit, or make fall silent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Where the next commit of a unit that writes is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// The server never hears of it.
    BeforeTheServer,
    /// The server has committed and said so; its answer goes nowhere.
    BeforeTheAnswer,
}

/// A proxy in front of a server; gone, with its connections, when it is dropped.
pub(super) struct Proxy {
    pub(super) address: SocketAddr,
    shared: Arc<Shared>,
    _serving: JoinSet<()>,
}

struct Shared {
    server: u16,
    cut: Mutex<Cuts>,
    silent: watch::Sender<bool>,
}

#[derive(Default)]
struct Cuts {
    due: Option<Cut>,
    made: u32,
}

impl Proxy {
    pub(super) async fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared { server, cut: Mutex::default(), silent: watch::Sender::new(false) });
        let mut serving = JoinSet::new();
        serving.spawn(serve(listener, Arc::clone(&shared)));
        Self { address, shared, _serving: serving }
    }

    /// Cuts the connection of the next unit that commits a change.
    pub(super) fn cut_next(&self, cut: Cut) {
        self.shared.cuts(|cuts| cuts.due = Some(cut));
    }

    pub(super) fn cuts_made(&self) -> u32 {
        self.shared.cuts(|cuts| cuts.made)
    }

    /// Lets nothing through in either direction, or everything again; no connection is closed.
    pub(super) fn be_silent(&self, silent: bool) {
        self.shared.silent.send_replace(silent);
    }
}

impl Shared {
    fn cuts<T>(&self, change: impl FnOnce(&mut Cuts) -> T) -> T {
        change(&mut self.cut.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take_cut(&self) -> Option<Cut> {
        self.cuts(|cuts| {
            let due = cuts.due.take()?;
            cuts.made += 1;
            Some(due)
        })
    }

    async fn until_heard(&self) {
        let mut silent = self.silent.subscribe();
        let _sender_is_there = silent.wait_for(|silent| !*silent).await;
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut clients = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        clients.spawn(async move {
            if let Ok(server) = TcpStream::connect(("127.0.0.1", shared.server)).await {
                // Either side's end, or a cut, ends both.
                let _ended = carry(&shared, client, server).await;
            }
        });
    }
}

/// Carries both ways. A unit that writes begins with a plain `BEGIN`; one that reads says more.
async fn carry(shared: &Shared, mut client: TcpStream, mut server: TcpStream) -> std::io::Result<()> {
    let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut writes = false;
    loop {
        tokio::select! {
            count = client.read(&mut asked) => {
                let asked = &asked[..count?];
                if asked.is_empty() {
                    return Ok(());
                }
                shared.until_heard().await;
                writes = (writes || contains(asked, b"BEGIN\0")) && !contains(asked, b"BEGIN ISOLATION");
                let cut = if writes && contains(asked, b"COMMIT\0") { shared.take_cut() } else { None };
                if cut == Some(Cut::BeforeTheServer) {
                    return Ok(());
                }
                server.write_all(asked).await?;
                if cut == Some(Cut::BeforeTheAnswer) {
                    let _thrown_away = server.read(&mut answered).await?;
                    return Ok(());
                }
            }
            count = server.read(&mut answered) => {
                let answered = &answered[..count?];
                if answered.is_empty() {
                    return Ok(());
                }
                shared.until_heard().await;
                client.write_all(answered).await?;
            }
        }
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
