//! SQLite's one writer, a thread: it takes whatever is waiting, does it unit by unit, and syncs once.
//!
//! ```text
//!  write() ──> bounded queue ──> BEGIN IMMEDIATE
//!                                  work · work · …                     each in turn
//!                                COMMIT (one sync) ──> everyone is answered
//! ```
//!
//! A savepoint around each unit would cost a copy of every page that it touches, so there is none until a
//! unit fails after it has changed something. Then the group is rolled back, and the others are done again
//! with savepoints, so that whoever fails next is taken back alone; so are the next few groups.
//!
//! Nobody is answered before the commit. A group that SQLite refuses as a whole (a deferred rule, a
//! full disk) is done again unit by unit, so that the one at fault harms no other. After an I/O error
//! nothing is tried again and the connection is opened anew. If it was the commit that failed, what of it
//! is on disk is not known: all are told so ([`StoreError::Unsure`]). A full queue makes callers wait;
//! nothing is ever dropped.

use super::connect;
use crate::change::{self, ChangeLog, Versions};
use crate::engine::{Tx, Work, run};
use crate::error::{EngineError, OpenError};
use crate::stats::{Counters, Stats};
use crate::{StoreError, meter};
use rusqlite::Connection;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};

/// Units that may wait for the writer before callers have to wait for a place.
const QUEUE: usize = 1024;
/// Most units in one commit: enough to share a sync, few enough that the first does not wait long.
const GROUP: usize = 128;
/// Groups that are done with savepoints after a unit had to be taken back: failures come in company.
const CAREFUL: u32 = 16;

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
    /// Gives `connection` to a thread that writes with it until the store is closed.
    pub(crate) fn start(
        connection: Connection,
        path: PathBuf,
        runtime: Handle,
        changes: Arc<ChangeLog>,
        readers_left: watch::Receiver<usize>,
    ) -> Result<Self, OpenError> {
        connect::check(&connection).map_err(|error| connect::failure(&path, error))??;
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (end, ended) = watch::channel(false);
        let counters = Arc::new(Counters::default());
        let tx = Some(Tx::on_sqlite(connection));
        let counted = Arc::clone(&counters);
        let worker = Worker { path, runtime, tx, counters: counted, changes, readers_left, careful: 0 };
        std::thread::Builder::new()
            .name("fastops-writer".into())
            .spawn(move || {
                worker.work(waiting);
                end.send_replace(true);
            })
            .map_err(OpenError::Thread)?;
        Ok(Self { queue, ended, counters })
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let unit = Waiting { work, outcome: None, statements: 0, answer };
        if self.queue.send(Message::Unit(Box::new(unit))).await.is_err() {
            return Err(StoreError::Closed.into());
        }
        let Ok((outcome, statements)) = answered.await else { return Err(StoreError::Closed.into()) };
        meter::add(statements);
        outcome
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
    /// Does the work and keeps the outcome; says whether it succeeded. May be called again when
    /// nothing of the first time was kept.
    fn run(&mut self, tx: &mut Tx, runtime: &Handle) -> bool;
    /// Answers the caller: with the outcome when the group is on disk, with the error when it is not.
    fn answer(self: Box<Self>, group: Result<(), StoreError>);
}

struct Waiting<T, E, F> {
    work: F,
    outcome: Option<Result<T, E>>,
    statements: u32,
    answer: oneshot::Sender<(Result<T, E>, u32)>,
}

impl<T, E, F> Unit for Waiting<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E> + Send + Sync + 'static,
{
    fn run(&mut self, tx: &mut Tx, runtime: &Handle) -> bool {
        let outcome = runtime.block_on(run(tx, &self.work));
        self.statements = tx.take_statements();
        let success = outcome.is_ok();
        self.outcome = Some(outcome);
        success
    }

    fn answer(self: Box<Self>, group: Result<(), StoreError>) {
        let outcome = match (self.outcome, group) {
            (Some(Err(own)), _) => Err(own),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Closed.into()),
        };
        let _caller_gone = self.answer.send((outcome, self.statements));
    }
}

type Units = VecDeque<Box<dyn Unit>>;

struct Worker {
    path: PathBuf,
    runtime: Handle,
    /// None after an I/O error, until the file could be opened again.
    tx: Option<Tx>,
    counters: Arc<Counters>,
    changes: Arc<ChangeLog>,
    /// Readers that still have their connection: they cannot fold the log into the file.
    readers_left: watch::Receiver<usize>,
    /// Groups that are still to be done with savepoints.
    careful: u32,
}

impl Worker {
    fn work(mut self, mut waiting: mpsc::Receiver<Message>) {
        let mut messages = Vec::with_capacity(GROUP);
        let mut units = Units::with_capacity(GROUP);
        while waiting.blocking_recv_many(&mut messages, GROUP) > 0 {
            for message in messages.drain(..) {
                match message {
                    Message::Unit(unit) => units.push_back(unit),
                    Message::Close => waiting.close(),
                }
            }
            while !units.is_empty() {
                self.commit_group(&mut units);
            }
        }
        // The last connection folds the log into the file, and a reader's cannot.
        let _readers_gone = self.runtime.block_on(self.readers_left.wait_for(|left| *left == 0));
    }

    /// Does units until there are no more or the transaction is lost, commits, and answers them.
    fn commit_group(&mut self, units: &mut Units) {
        let mut careful = self.careful;
        let group = match self.connected() {
            Ok((tx, runtime)) => run_group(tx, runtime, units, &mut careful),
            Err(error) => {
                Group { done: std::mem::take(units), succeeded: 0, result: Err(error), versions: None }
            }
        };
        self.careful = careful;
        match group.result {
            Ok(()) => {
                if let Some(versions) = group.versions {
                    // Before anyone is answered: who made a change finds it with the next question.
                    self.changes.publish(versions);
                    self.counters.count(group.succeeded);
                }
            }
            Err(ref error) if breaks_connection(error) => {
                tracing::error!(%error, "the database failed; its file is opened anew");
                self.tx = None;
            }
            // Refused as a whole, so nothing happened: each alone, and only the one at fault is refused.
            Err(_) if group.done.len() > 1 && self.tx.is_some() => {
                for unit in group.done {
                    self.commit_group(&mut Units::from([unit]));
                }
                return;
            }
            Err(_) => {}
        }
        for unit in group.done {
            unit.answer(group.result.clone());
        }
    }

    /// The connection, opened anew when it was given up.
    fn connected(&mut self) -> Result<(&mut Tx, &Handle), StoreError> {
        let tx = match self.tx.take() {
            Some(tx) => tx,
            None => Tx::on_sqlite(self.reopen()?),
        };
        Ok((self.tx.insert(tx), &self.runtime))
    }

    fn reopen(&self) -> Result<Connection, StoreError> {
        let connection = connect::open_for_writing(&self.path)?;
        match connect::check(&connection)? {
            Ok(()) => Ok(connection),
            Err(weak) => Err(StoreError::NotDurable(weak)),
        }
    }
}

/// Whether what is on disk is no longer known to this connection.
fn breaks_connection(error: &StoreError) -> bool {
    match error {
        StoreError::Damaged(_) | StoreError::Unsure(_) => true,
        StoreError::Database(EngineError::Sqlite(error)) => {
            // I/O error, out of memory, cannot open, not in the expected state.
            let code = error.sqlite_error().map(|code| code.extended_code & 0xff);
            matches!(code, Some(10 | 7 | 14 | 21))
        }
        _ => false,
    }
}

/// How a group of units ended.
struct Group {
    done: Units,
    succeeded: u64,
    result: Result<(), StoreError>,
    /// What is true of every topic from the commit on; none when nothing was committed.
    versions: Option<Versions>,
}

impl Group {
    fn with_capacity(units: usize) -> Self {
        Self { done: Units::with_capacity(units), succeeded: 0, result: Ok(()), versions: None }
    }

    fn end(mut self, tx: &mut Tx) -> Self {
        match end(tx, self.succeeded) {
            Ok(versions) => self.versions = versions,
            Err(error) => self.result = Err(given_up(tx, error)),
        }
        self
    }
}

/// Does a group; `careful` counts the groups that are still done with savepoints.
fn run_group(tx: &mut Tx, runtime: &Handle, units: &mut Units, careful: &mut u32) -> Group {
    if *careful > 0 {
        *careful -= 1;
        return run_taking_back(tx, runtime, units, Units::new());
    }
    match run_trusting(tx, runtime, units) {
        Ok(group) => group,
        Err(failed) => {
            *careful = CAREFUL;
            run_taking_back(tx, runtime, units, failed)
        }
    }
}

/// Does units that nothing could take back one by one. When one has failed after it had changed something,
/// nothing of the group has happened: the failed units are given, the others are in `units` again.
fn run_trusting(tx: &mut Tx, runtime: &Handle, units: &mut Units) -> Result<Group, Units> {
    let mut group = Group::with_capacity(units.len());
    if let Err(error) = tx.steer(&["BEGIN IMMEDIATE"]) {
        group.done = std::mem::take(units);
        group.result = Err(error);
        return Ok(group);
    }
    let mut failed = Units::new();
    while let Some(mut unit) = units.pop_front() {
        let before = changes(tx);
        if unit.run(tx, runtime) {
            group.done.push_back(unit);
            group.succeeded += 1;
            continue;
        }
        failed.push_back(unit);
        let failure = tx.take_failure();
        if before.is_some() && changes(tx) == before {
            continue;
        }
        if let Err(error) = tx.steer(&["ROLLBACK"]) {
            // SQLite gave up the whole transaction (a full disk, an I/O error): no unit has happened.
            group.done.append(&mut failed);
            group.result = Err(given_up(tx, failure.unwrap_or(error)));
            return Ok(group);
        }
        group.done.append(units);
        *units = group.done;
        return Err(failed);
    }
    group.done.append(&mut failed);
    Ok(group.end(tx))
}

/// What the connection has changed so far; none when there is no transaction any more.
fn changes(tx: &mut Tx) -> Option<u64> {
    let counted =
        tx.sqlite(|connection| Ok((!connection.is_autocommit()).then(|| connection.total_changes())));
    counted.ok().flatten()
}

/// Does units each in a savepoint of its own; those that have `failed` already are not done again.
fn run_taking_back(tx: &mut Tx, runtime: &Handle, units: &mut Units, failed: Units) -> Group {
    let mut group = Group::with_capacity(units.len());
    group.done = failed;
    if let Err(error) = tx.steer(&["BEGIN IMMEDIATE", "SAVEPOINT unit"]) {
        group.done.append(units);
        group.result = Err(error);
        return group;
    }
    let mut fresh_savepoint = true;
    while let Some(mut unit) = units.pop_front() {
        if !fresh_savepoint && let Err(error) = tx.steer(&["RELEASE unit", "SAVEPOINT unit"]) {
            units.push_front(unit);
            group.result = Err(given_up(tx, error));
            return group;
        }
        let success = unit.run(tx, runtime);
        group.done.push_back(unit);
        let failure = tx.take_failure();
        if success {
            group.succeeded += 1;
            fresh_savepoint = false;
        } else if let Err(error) = tx.steer(&["ROLLBACK TO unit"]) {
            // SQLite gave up the whole transaction (a full disk, an I/O error): no unit has happened.
            group.result = Err(given_up(tx, failure.unwrap_or(error)));
            return group;
        } else {
            fresh_savepoint = true;
        }
    }
    group.end(tx)
}

/// Commits what `succeeded`, and gives the versions that are true from then on.
fn end(tx: &mut Tx, succeeded: u64) -> Result<Option<Versions>, StoreError> {
    if succeeded == 0 {
        return tx.steer(&["ROLLBACK"]).map(|()| None);
    }
    let versions = tx.sqlite(change::versions_on_sqlite)?;
    tx.steer(&["COMMIT"]).map_err(fate_unknown)?;
    Ok(Some(versions))
}

/// What a failed commit means. The log may hold all of it already, and a start after a crash would find it.
fn fate_unknown(error: StoreError) -> StoreError {
    match error {
        StoreError::Database(cause) if breaks_connection(&StoreError::Database(cause.clone())) => {
            StoreError::Unsure(cause)
        }
        // Refused before the log was whole: a full disk, a deferred rule.
        refused => refused,
    }
}

/// Ends what is left of a transaction that failed, so that the next can begin.
fn given_up(tx: &mut Tx, error: StoreError) -> StoreError {
    if let Err(second) = tx.roll_back_if_open() {
        tracing::error!(error = %second, "a transaction could not be rolled back");
    }
    error
}
