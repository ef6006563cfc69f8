//! A mail server for tests: it speaks as much SMTP as it takes to get a mail, and misbehaves on demand.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How it behaves from the next step on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Manner {
    #[default]
    Takes,
    /// It says no to whoever signs in.
    RefusesLogin,
    /// It says no to the address that the mail is for.
    RefusesAddress,
    /// It says no to the whole mail.
    RefusesMail,
    /// It takes the connection and says nothing.
    Hangs,
    /// It takes the whole mail, and is gone before it says so.
    TakesAndIsGone,
}

#[derive(Debug, Default)]
struct Shared {
    manner: Manner,
    mails: Vec<String>,
    passwords: Vec<String>,
}

/// A running server; it ends with this value.
#[derive(Debug)]
pub(crate) struct MailServer {
    pub(crate) addr: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let shared = Arc::<Mutex<Shared>>::default();
        let own = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that leaves early has broken off, as clients do.
                tokio::spawn(serve(stream, Arc::clone(&own)));
            }
        });
        Self { addr, shared, task }
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }

    pub(crate) fn set(&self, manner: Manner) {
        self.shared().manner = manner;
    }

    /// The mails that came whole, as they came.
    pub(crate) fn mails(&self) -> Vec<String> {
        self.shared().mails.clone()
    }

    /// What was given as a password, in the words of the protocol.
    pub(crate) fn passwords(&self) -> Vec<String> {
        self.shared().passwords.clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream, shared: Arc<Mutex<Shared>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let manner = || shared.lock().unwrap().manner;
    if manner() == Manner::Hangs {
        let mut nothing = String::new();
        while stream.read_line(&mut nothing).await? > 0 {}
        return Ok(());
    }
    stream.write_all(b"220 post.test ESMTP\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let word = line.split_whitespace().next().unwrap_or_default().to_uppercase();
        let answer = match (word.as_str(), manner()) {
            ("EHLO", _) => "250-post.test\r\n250 AUTH PLAIN LOGIN\r\n",
            ("AUTH", Manner::RefusesLogin) => "535 wrong password\r\n",
            ("AUTH", _) => {
                shared.lock().unwrap().passwords.push(line.trim().into());
                "235 welcome\r\n"
            }
            ("RCPT", Manner::RefusesAddress) => "550 no such mailbox\r\n",
            ("DATA", _) => {
                stream.write_all(b"354 go on\r\n").await?;
                let mail = content(&mut stream).await?;
                match manner() {
                    Manner::RefusesMail => "554 not this one\r\n",
                    Manner::TakesAndIsGone => {
                        shared.lock().unwrap().mails.push(mail);
                        return Ok(());
                    }
                    _ => {
                        shared.lock().unwrap().mails.push(mail);
                        "250 taken\r\n"
                    }
                }
            }
            ("QUIT", _) => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 well\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
    }
}

async fn content(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut mail = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(mail);
        }
        mail.push_str(&line);
    }
}
