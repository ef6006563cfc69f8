//! Hears on PostgreSQL that another terminal has changed something.
//!
//! A notification says at once that there is something new, and the stamps say what. Since a notification
//! is lost with its connection, the stamps are read every few seconds besides, and after a gap everything
//! that was kept is given up.

use crate::StoreError;
use crate::change::{self, ChangeLog};
use crate::hint::{self, Heard, Hint};
use crate::stamp::CHANNEL;
use sqlx::postgres::{PgConnectOptions, PgListener, PgNotification, PgPoolOptions};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{broadcast, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// The name by which the server's list of connections shows this one.
const NAME: &str = "fastops changes";
/// A change whose notification was lost is known after this at the latest.
const POLL: Duration = Duration::from_secs(3);
/// Pause before another try to reach a server that is away.
const PAUSE: Duration = Duration::from_secs(1);
/// How long taking leave may last; a server that is away does not answer.
const LEAVE: Duration = Duration::from_secs(2);
/// How long the server may take to answer.
const CONNECT: Duration = Duration::from_secs(10);

/// The task that listens; it ends with this value.
#[derive(Debug)]
pub(crate) struct Listener {
    stop: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Listener {
    /// Listens on a connection of its own, so that a rush for the others does not hold it up. Once this is
    /// answered nothing is missed, or, where the server could not be reached, the gap is told afterwards.
    pub(crate) async fn start(
        options: PgConnectOptions,
        changes: Arc<ChangeLog>,
        hints: broadcast::Sender<Heard>,
    ) -> Self {
        let (stop, stopped) = watch::channel(false);
        let (tried, first_try) = oneshot::channel();
        let news = News { changes, hints };
        let task = tokio::spawn(follow(options.application_name(NAME), news, tried, stopped));
        // The task ends before its first try only with the program.
        let _ = first_try.await;
        Self { stop, task: Mutex::new(Some(task)) }
    }

    /// Ends the listening and takes leave of the server, so that nobody counts its connection afterwards.
    pub(crate) async fn stop(&self) {
        self.stop.send_replace(true);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut task) = task
            && tokio::time::timeout(LEAVE, &mut task).await.is_err()
        {
            task.abort();
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(task) = self.task.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

/// Whom it is told to.
struct News {
    changes: Arc<ChangeLog>,
    /// Nobody may be listening, which is fine.
    hints: broadcast::Sender<Heard>,
}

impl News {
    /// Passes a hint on; whether it was something else, which the stamps explain.
    fn is_stamp(&self, heard: &PgNotification) -> bool {
        if heard.channel() != hint::CHANNEL {
            return true;
        }
        if let Some(hint) = Hint::read(heard.payload()) {
            let _ = self.hints.send(Heard::Hint(hint));
        }
        false
    }
}

async fn follow(
    options: PgConnectOptions,
    news: News,
    tried: oneshot::Sender<()>,
    mut stopped: watch::Receiver<bool>,
) {
    let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(CONNECT).connect_lazy_with(options);
    tokio::select! {
        _ = stopped.wait_for(|stopped| *stopped) => {}
        () = keep_listening(&pool, &news, tried) => {}
    }
    pool.close().await;
}

async fn keep_listening(pool: &sqlx::PgPool, news: &News, tried: oneshot::Sender<()>) {
    let (mut gap, mut tried) = (false, Some(tried));
    loop {
        let Err(error) = listen(pool, news, gap, &mut tried).await;
        if !gap {
            tracing::warn!(%error, "changes of other terminals are not heard of until the server is back");
        }
        gap = true;
        drop(tried.take());
        tokio::time::sleep(PAUSE).await;
    }
}

/// Listens until the connection is lost. `gap` says that something may have been missed before; whoever waits for
/// the first `tried` goes on as soon as nothing is missed any more.
async fn listen(
    pool: &sqlx::PgPool,
    news: &News,
    gap: bool,
    tried: &mut Option<oneshot::Sender<()>>,
) -> Result<std::convert::Infallible, StoreError> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    listener.listen_all([CHANNEL, hint::CHANNEL]).await?;
    // From here on nothing is missed; what came before is in the stamps.
    let versions = change::versions_on_postgres(&mut listener).await?;
    if gap {
        news.changes.restart(versions);
        let _ = news.hints.send(Heard::Gap);
    } else {
        news.changes.publish(versions);
    }
    drop(tried.take());
    let mut poll_at = Instant::now() + POLL;
    loop {
        let mut stamped = true;
        if let Ok(heard) = tokio::time::timeout_at(poll_at, listener.try_recv()).await {
            stamped = news.is_stamp(&heard?.ok_or(sqlx::Error::PoolClosed)?);
            while let Some(heard) = listener.next_buffered() {
                stamped |= news.is_stamp(&heard);
            }
        }
        if stamped {
            news.changes.publish(change::versions_on_postgres(&mut listener).await?);
            poll_at = Instant::now() + POLL;
        }
    }
}
