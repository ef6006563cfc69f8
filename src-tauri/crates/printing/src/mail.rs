//! A ticket by mail, over SMTP.
//!
//! The steps are apart, as on the wire to a printer: `open` goes as far as the server's yes to both addresses, and
//! nothing has been handed over; `send` gives it the mail. A server that took the mail's last byte and never said
//! so may have sent it.
//!
//! The password is never in the database: it comes from the environment, or from a file that only its owner reads.

use crate::encode::Sheet;
use crate::link::{Broke, Trouble};
use fastops_domain::job::Cause;
use fastops_domain::outlet::{MailSecurity, MailServer};
use fastops_domain::time::Time;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, MultiPart, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use std::fmt;
use std::fs::OpenOptions;
use std::future::Future;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// The variable of the environment that holds the password, before any file.
pub const PASSWORD_VARIABLE: &str = "FASTOPS_MAIL_PASSWORD";

/// The server that mails the house's tickets, and where its password is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub server: MailServer,
    pub password_file: PathBuf,
}

/// A password that no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The password for the mail server, if there is one: the environment's, else the file's.
pub fn password(file: &Path) -> Option<Password> {
    let given = std::env::var(PASSWORD_VARIABLE).ok();
    let kept = || std::fs::read_to_string(file).ok();
    let text = given.or_else(kept)?;
    let text = text.trim_end_matches(['\r', '\n']);
    (!text.is_empty()).then(|| Password(text.to_owned()))
}

/// Keeps a password in `file`, which only its owner can read; an empty one takes the file away.
pub async fn keep_password(file: &Path, password: String) -> io::Result<()> {
    let file = file.to_owned();
    let kept = tokio::task::spawn_blocking(move || {
        if password.is_empty() {
            return match std::fs::remove_file(&file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        let new = file.with_extension("new");
        // What was left there may be open to others; a new file never is.
        let _ = std::fs::remove_file(&new);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut written = options.open(&new)?;
        written.write_all(password.as_bytes())?;
        written.sync_all()?;
        std::fs::rename(&new, &file)
    });
    kept.await.map_err(io::Error::other)?
}

/// A server that waits for one mail.
pub struct Session {
    connection: AsyncSmtpConnection,
    limit: Duration,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("limit", &self.limit).finish_non_exhaustive()
    }
}

/// Whether the house has said all that is needed to mail anything.
pub fn is_set_up(post: Option<&Post>) -> bool {
    post.is_some_and(|post| post.server.user.is_none() || password(&post.password_file).is_some())
}

impl Session {
    /// Reaches the server, signs in, and names both addresses.
    pub async fn open(post: Option<&Post>, to: &str, limit: Duration) -> Result<Self, Trouble> {
        let post = post.filter(|post| is_set_up(Some(post))).ok_or(Trouble::of(Cause::MailUnset))?;
        let reached = tokio::time::timeout(limit, reach(post, limit)).await;
        let mut connection = reached.unwrap_or(Err(Trouble::of(Cause::MailUnreachable)))?;
        let (from, to) = (address(&post.server.from)?, address(to)?);
        let named = async {
            connection.command(Mail::new(Some(from), vec![])).await?;
            connection.command(Rcpt::new(to, vec![])).await
        };
        refused(limit, named).await?;
        Ok(Self { connection, limit })
    }

    /// Gives the server the mail.
    pub async fn send(&mut self, letter: &[u8]) -> Result<(), Broke> {
        let broke =
            |Trouble { cause, source }: Trouble, bytes_accepted| Broke { cause, bytes_accepted, source };
        let ready = refused(self.limit, self.connection.command(Data)).await;
        ready.map_err(|trouble| broke(trouble, Some(0)))?;
        refused(self.limit, self.connection.message(letter)).await.map_err(|trouble| {
            // A server that says no has not taken it; one that says nothing may have.
            let unsaid = trouble.cause == Cause::MailUnreachable;
            broke(trouble, if unsaid { None } else { Some(0) })
        })
    }

    /// Says goodbye, without waiting for long.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_millis(500), self.connection.quit()).await;
    }
}

/// Writes the mail of a sheet: its text, and its page beside it.
pub fn letter(
    post: &Post,
    to: &str,
    sheet: &Sheet,
    page: Vec<u8>,
    id: &str,
    at: Time,
) -> Result<Vec<u8>, Trouble> {
    let (from, to) = (address(&post.server.from)?, address(to)?);
    let refused = |_| Trouble::of(Cause::MailRefused);
    let kind = ContentType::parse("application/pdf").map_err(|_| Trouble::of(Cause::MailRefused))?;
    let attachment = Attachment::new(sheet.file_name.clone()).body(page, kind);
    let since = Duration::from_millis(u64::try_from(at.0).unwrap_or(0));
    let body = MultiPart::mixed().singlepart(SinglePart::plain(sheet.text())).singlepart(attachment);
    let message = Message::builder()
        .from(from.into())
        .to(to.into())
        .subject(sheet.title.clone())
        .message_id(Some(format!("<{id}@fastops.invalid>")))
        .date(UNIX_EPOCH + since)
        .multipart(body)
        .map_err(refused)?;
    Ok(message.formatted())
}

async fn reach(post: &Post, limit: Duration) -> Result<AsyncSmtpConnection, Trouble> {
    let MailServer { host, port, security, user, .. } = &post.server;
    let tls = || TlsParameters::new(host.clone()).map_err(|_| Trouble::of(Cause::Misconfigured));
    let hello = ClientId::default();
    let at_once = if *security == MailSecurity::Tls { Some(tls()?) } else { None };
    let server = (host.as_str(), *port);
    let connected = AsyncSmtpConnection::connect_tokio1(server, Some(limit), &hello, at_once, None);
    let mut connection = connected.await.map_err(|error| unreachable(&error))?;
    if *security == MailSecurity::StartTls {
        if !connection.can_starttls() {
            return Err(Trouble::of(Cause::Misconfigured));
        }
        connection.starttls(tls()?, &hello).await.map_err(|error| unreachable(&error))?;
    }
    if let Some(user) = user {
        let password = password(&post.password_file).ok_or(Trouble::of(Cause::MailUnset))?;
        let credentials = Credentials::new(user.clone(), password.0);
        let signed_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await;
        signed_in.map_err(|error| {
            let refused = error.is_permanent() || error.is_transient() || error.is_client();
            Trouble::of(if refused { Cause::MailLogin } else { Cause::MailUnreachable })
        })?;
    }
    Ok(connection)
}

/// One exchange with the server, which may refuse it or not answer.
async fn refused<T>(
    limit: Duration,
    exchange: impl Future<Output = Result<T, Error>>,
) -> Result<(), Trouble> {
    match tokio::time::timeout(limit, exchange).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) if error.is_permanent() || error.is_transient() || error.is_client() => {
            tracing::warn!(%error, "the mail server refuses");
            Err(Trouble::of(Cause::MailRefused))
        }
        Ok(Err(error)) => Err(unreachable(&error)),
        Err(_) => Err(Trouble::of(Cause::MailUnreachable)),
    }
}

fn unreachable(error: &Error) -> Trouble {
    tracing::debug!(%error, "the mail server cannot be reached");
    Trouble::of(Cause::MailUnreachable)
}

fn address(text: &str) -> Result<Address, Trouble> {
    text.parse().map_err(|_| Trouble::of(Cause::MailRefused))
}
