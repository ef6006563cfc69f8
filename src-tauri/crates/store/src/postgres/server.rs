//! The server as one sees it from here: its connections, and whether it is there at all.
//!
//! ```text
//!  ok ──something failed or is slow──> doubted ──no answer within the grace──> away
//!   ^                                     │ it answers                          │ asked again, ever less often
//!   └─────────────────────────────────────┴─────────────── it answers ──────────┘
//! ```
//!
//! One task asks, so that a hundred commands need not each find out by themselves: while the server
//! is doubted they wait or try again, and once it is away they are refused at once, also those that
//! wait for an answer which will not come. A short restart is over before anyone is refused.

use super::connect;
use super::retry::Chance;
use crate::error::EngineError;
use crate::{Health, StoreError};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool};
use sqlx::{Connection as _, Postgres};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

/// How long a doubted server may take to answer before it counts as away.
const GRACE: Duration = Duration::from_secs(1);
/// Pause between two questions to a doubted server.
const ASK_AGAIN: Duration = Duration::from_millis(100);
/// Least that one question may take, from the first byte of a connection to its end.
const QUESTION: Duration = Duration::from_millis(500);
/// An answer that takes longer than this raises a doubt.
const SLOW: Duration = Duration::from_secs(1);
/// Pauses between the questions to a server that is away: the first, and the longest.
const FIRST_LOOK: Duration = Duration::from_millis(500);
const LONGEST_LOOK: Duration = Duration::from_secs(5);

/// A server, the pool of connections to it, and what is known of it.
#[derive(Debug)]
pub(super) struct Server {
    options: PgConnectOptions,
    pub(super) max_connections: u32,
    /// Made anew when the server was away: of the old connections none is trusted.
    pool: RwLock<PgPool>,
    health: watch::Sender<Health>,
    /// Why it is away, as it was last seen.
    trouble: Mutex<Option<EngineError>>,
    doubts: mpsc::Sender<()>,
    closed: watch::Sender<bool>,
}

impl Server {
    /// Makes the pool and starts to watch over the server; its state is told to `health`.
    pub(super) fn watched(
        options: PgConnectOptions,
        max_connections: u32,
        health: watch::Sender<Health>,
        chance: Chance,
    ) -> Arc<Self> {
        let (doubts, doubted) = mpsc::channel(1);
        let server = Arc::new(Self {
            pool: RwLock::new(connect::pool(&options, max_connections)),
            options,
            max_connections,
            health,
            trouble: Mutex::default(),
            doubts,
            closed: watch::Sender::new(false),
        });
        tokio::spawn(watch_over(Arc::downgrade(&server), doubted, chance));
        server
    }

    pub(super) fn pool(&self) -> PgPool {
        self.pool.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A connection of the pool, as it comes: it may have died since it was last used.
    pub(super) async fn connection(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        self.refuse_while_away()?;
        match self.unless_away(self.pool().acquire()).await? {
            Ok(connection) => Ok(connection),
            // The pool of a server that was away is closed under those who still wait for it.
            Err(sqlx::Error::PoolClosed) if !*self.closed.borrow() => Err(self.away()),
            Err(error) => Err(error.into()),
        }
    }

    /// Waits for an answer, but not for one of a server that is away. An answer that is slow to come
    /// raises a doubt.
    pub(super) async fn unless_away<T>(&self, answer: impl Future<Output = T>) -> Result<T, StoreError> {
        let mut health = self.health.subscribe();
        let gone = async {
            let mut away = std::pin::pin!(health.wait_for(|health| *health == Health::Away));
            while tokio::time::timeout(SLOW, away.as_mut()).await.is_err() {
                self.doubt();
            }
        };
        tokio::select! {
            biased;
            answer = answer => Ok(answer),
            () = gone => Err(self.away()),
        }
    }

    /// Says that the server may be away; whether it is gets found out in the background.
    pub(super) fn doubt(&self) {
        // A doubt that waits already is as good as two.
        let _doubted_already = self.doubts.try_send(());
    }

    pub(super) fn is_away(&self) -> bool {
        *self.health.borrow() == Health::Away
    }

    fn refuse_while_away(&self) -> Result<(), StoreError> {
        if self.is_away() { Err(self.away()) } else { Ok(()) }
    }

    fn away(&self) -> StoreError {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone();
        StoreError::Away(trouble.unwrap_or_else(|| no_answer().into()))
    }

    /// Finishes what is under way, refuses more, and closes every connection.
    pub(super) async fn close(&self) {
        self.closed.send_replace(true);
        self.pool().close().await;
    }

    /// Connects and says good-bye: whether the server takes someone in, within `limit`.
    async fn ask(&self, limit: Duration) -> Result<(), EngineError> {
        let asked = tokio::time::timeout(limit, async {
            PgConnection::connect_with(&self.options).await?.close().await
        });
        let error = match asked.await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error,
            Err(_) => no_answer(),
        };
        // A server that is full is there.
        let full = error.as_database_error().is_some_and(|error| error.code().as_deref() == Some("53300"));
        if full { Ok(()) } else { Err(error.into()) }
    }

    /// Asks until there is an answer or the grace is over.
    async fn clear_up(&self) -> Result<(), EngineError> {
        let until = Instant::now() + GRACE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.ask(left.max(QUESTION)).await {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() + ASK_AGAIN >= until => return Err(error),
                Err(_) => tokio::time::sleep(ASK_AGAIN).await,
            }
        }
    }

    fn lose(&self, trouble: EngineError) {
        tracing::error!(%trouble, "the database server cannot be reached; units are refused until it can be");
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(trouble);
        self.health.send_replace(Health::Away);
        let fresh = connect::pool(&self.options, self.max_connections);
        let old = {
            let mut pool = self.pool.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *pool, fresh)
        };
        // Whoever holds one of its connections is told by now and lets go.
        tokio::spawn(async move { old.close().await });
    }

    fn find_again(&self) {
        tracing::info!("the database server is back");
        self.health.send_replace(Health::Ok);
    }
}

fn no_answer() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, "the server does not answer"))
}

/// Clears up every doubt, and waits for the return of a server that is away, until the store is closed.
async fn watch_over(server: Weak<Server>, mut doubts: mpsc::Receiver<()>, chance: Chance) {
    while doubts.recv().await.is_some() {
        let Some(doubted) = server.upgrade() else { return };
        if *doubted.closed.borrow() {
            return;
        }
        match doubted.clear_up().await {
            Ok(()) => tokio::time::sleep(ASK_AGAIN).await,
            Err(trouble) => {
                doubted.lose(trouble);
                drop(doubted);
                if !until_back(&server, &chance).await {
                    return;
                }
            }
        }
        // What was doubted meanwhile is answered by now.
        let _answered = doubts.try_recv();
    }
}

/// Looks for the server until it answers; says whether it did, rather than the store having gone.
async fn until_back(server: &Weak<Server>, chance: &Chance) -> bool {
    let mut pause = FIRST_LOOK;
    loop {
        let Some(mut closed) = server.upgrade().map(|server| server.closed.subscribe()) else { return false };
        tokio::select! {
            () = tokio::time::sleep(pause.mul_f64(0.75 + chance.draw() / 4.0)) => {}
            _ = closed.wait_for(|closed| *closed) => return false,
        }
        let Some(server) = server.upgrade() else { return false };
        if server.ask(LONGEST_LOOK).await.is_ok() {
            server.find_again();
            return true;
        }
        pause = (pause * 2).min(LONGEST_LOOK);
    }
}
