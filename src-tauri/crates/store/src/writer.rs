//! SQLite's one writer: it takes whatever is waiting, does it unit by unit, and syncs once.
//!
//! ```text
//!  write() ──> bounded queue ──> BEGIN IMMEDIATE
//!                                  SAVEPOINT unit · work · RELEASE     each alone, in turn
//!                                  …                                   a failed one is taken back alone
//!                                COMMIT (one sync) ──> everyone is answered
//! ```
//!
//! Nobody is answered before the commit. If the commit fails, nobody's work has happened and all
//! are told so. A full queue makes callers wait; nothing is ever dropped.

use crate::engine::{Connection, Tx, Work, run};
use crate::{StoreError, sqlite};
use sqlx::SqlitePool;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{mpsc, oneshot, watch};

/// Units that may wait for the writer before callers have to wait for a place.
const QUEUE: usize = 1024;
/// Most units in one commit.
const GROUP: usize = 256;

/// What was committed since the store was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Commits, each with one sync.
    pub groups: u64,
    /// Units of work in them.
    pub units: u64,
    /// Units in the latest commit.
    pub last_group: u64,
}

/// Counts commits without a lock.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    groups: AtomicU64,
    units: AtomicU64,
    last_group: AtomicU64,
}

impl Counters {
    pub(crate) fn count(&self, units: u64) {
        self.groups.fetch_add(1, Ordering::Relaxed);
        self.units.fetch_add(units, Ordering::Relaxed);
        self.last_group.store(units, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> Stats {
        Stats {
            groups: self.groups.load(Ordering::Relaxed),
            units: self.units.load(Ordering::Relaxed),
            last_group: self.last_group.load(Ordering::Relaxed),
        }
    }
}

enum Message {
    Unit(Box<dyn Unit>),
    Close,
}

/// The way to the writer. When the last clone is gone, the writer finishes and ends.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Message>,
    ended: watch::Receiver<bool>,
    counters: Arc<Counters>,
}

impl Writer {
    pub(crate) fn start(pool: SqlitePool) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (end, ended) = watch::channel(false);
        let counters = Arc::new(Counters::default());
        let worker = Worker { pool, counters: Arc::clone(&counters) };
        tokio::spawn(async move {
            worker.work(waiting).await;
            end.send_replace(true);
        });
        Self { queue, ended, counters }
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let unit = Waiting { work, outcome: None, answer };
        if self.queue.send(Message::Unit(Box::new(unit))).await.is_err() {
            return Err(StoreError::Closed.into());
        }
        answered.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Has the writer finish what it accepted and waits until it has.
    pub(crate) async fn close(&self) {
        let _already_closed = self.queue.send(Message::Close).await;
        let mut ended = self.ended.clone();
        let _writer_gone = ended.wait_for(|ended| *ended).await;
    }

    pub(crate) fn stats(&self) -> Stats {
        self.counters.read()
    }
}

/// A unit of work whose caller waits for the answer.
trait Unit: Send {
    /// Does the work and keeps the outcome; says whether it succeeded.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Work<'t, (), ()>;
    /// Answers the caller: with the outcome when the group is on disk, with the error when it is not.
    fn answer(self: Box<Self>, group: Result<(), StoreError>);
}

struct Waiting<T, E, F> {
    work: F,
    outcome: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Unit for Waiting<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Work<'t, (), ()> {
        Box::pin(async move {
            let outcome = run(tx, &self.work).await;
            let success = if outcome.is_ok() { Ok(()) } else { Err(()) };
            self.outcome = Some(outcome);
            success
        })
    }

    fn answer(self: Box<Self>, group: Result<(), StoreError>) {
        let outcome = match (self.outcome, group) {
            (Some(Err(own)), _) => Err(own),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Closed.into()),
        };
        let _caller_gone = self.answer.send(outcome);
    }
}

/// How a group of units ended.
struct Group {
    done: Vec<Box<dyn Unit>>,
    succeeded: u64,
    result: Result<(), StoreError>,
}

struct Worker {
    pool: SqlitePool,
    counters: Arc<Counters>,
}

impl Worker {
    async fn work(self, mut waiting: mpsc::Receiver<Message>) {
        let mut messages = Vec::with_capacity(GROUP);
        let mut units: VecDeque<Box<dyn Unit>> = VecDeque::with_capacity(GROUP);
        while waiting.recv_many(&mut messages, GROUP).await > 0 {
            for message in messages.drain(..) {
                match message {
                    Message::Unit(unit) => units.push_back(unit),
                    Message::Close => waiting.close(),
                }
            }
            while !units.is_empty() {
                self.commit_group(&mut units).await;
            }
        }
        self.pool.close().await;
    }

    /// Does units until there are no more or the transaction is lost, commits, and answers them.
    async fn commit_group(&self, units: &mut VecDeque<Box<dyn Unit>>) {
        let tx = match self.pool.acquire().await {
            Ok(connection) => Tx::begin(Connection::Sqlite(connection), sqlite::BEGIN_GROUP).await,
            Err(error) => Err(error.into()),
        };
        let group = match tx {
            Ok(tx) => run_group(tx, units).await,
            Err(error) => Group { done: units.drain(..).collect(), succeeded: 0, result: Err(error) },
        };
        if group.result.is_ok() && group.succeeded > 0 {
            self.counters.count(group.succeeded);
        }
        for unit in group.done {
            unit.answer(group.result.clone());
        }
    }
}

async fn run_group(mut tx: Tx, units: &mut VecDeque<Box<dyn Unit>>) -> Group {
    let mut group = Group { done: Vec::with_capacity(units.len()), succeeded: 0, result: Ok(()) };
    let mut fresh_savepoint = true;
    while let Some(mut unit) = units.pop_front() {
        if !fresh_savepoint && let Err(error) = tx.control(sqlite::NEXT_SAVEPOINT).await {
            units.push_front(unit);
            group.result = Err(error);
            return group; // dropping `tx` closes the connection, and with it whatever was begun
        }
        let success = unit.run(&mut tx).await.is_ok();
        group.done.push(unit);
        let failure = tx.take_failure();
        if success {
            group.succeeded += 1;
            fresh_savepoint = false;
        } else if let Err(error) = tx.control(sqlite::ROLL_BACK_TO_SAVEPOINT).await {
            // SQLite gave up the whole transaction (a full disk, an I/O error): no unit has happened.
            group.result = Err(failure.unwrap_or(error));
            return group;
        } else {
            fresh_savepoint = true;
        }
    }
    if group.succeeded > 0 {
        group.result = tx.commit().await;
    } else {
        tx.roll_back().await;
    }
    group
}
