//! SQLite's readers: a few threads, each with a connection of its own that cannot write.
//!
//! A read sees one moment of the database and never waits for the writer, nor the writer for it.

use super::connect;
use crate::engine::{Tx, Work, run};
use crate::error::OpenError;
use crate::{StoreError, meter};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};

/// Reads that happen at once; more wait their turn.
const READERS: usize = 4;
/// Reads that may wait for a reader before callers have to wait for a place.
const QUEUE: usize = 1024;

enum Message {
    Read(Box<dyn Read>),
    Close,
}

/// The way to the readers. When the last clone is gone, they end.
#[derive(Clone, Debug)]
pub(crate) struct Readers {
    queue: mpsc::Sender<Message>,
    running: watch::Receiver<usize>,
}

/// What waits for a reader; whichever is idle takes the next.
type Waiting = Arc<Mutex<mpsc::Receiver<Message>>>;

impl Readers {
    /// The number of readers that still have their connection, for who has to be the last.
    pub(crate) fn count() -> watch::Sender<usize> {
        watch::Sender::new(READERS)
    }

    /// Starts all of them; `count` is told of each that has gone.
    pub(crate) fn start(
        path: &Path,
        runtime: &Handle,
        count: &watch::Sender<usize>,
    ) -> Result<Self, OpenError> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let running = count.subscribe();
        let waiting: Waiting = Arc::new(Mutex::new(waiting));
        for number in 1..=READERS {
            let connection =
                connect::open_for_reading(path).map_err(|error| connect::failure(path, error))?;
            connect::check(&connection).map_err(|error| connect::failure(path, error))??;
            let (waiting, runtime, count) = (Arc::clone(&waiting), runtime.clone(), count.clone());
            std::thread::Builder::new()
                .name(format!("fastops-reader-{number}"))
                .spawn(move || {
                    serve(Tx::on_sqlite(connection), &waiting, &runtime);
                    count.send_modify(|running| *running -= 1);
                })
                .map_err(OpenError::Thread)?;
        }
        Ok(Self { queue, running })
    }

    pub(crate) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let read = Box::new(Asked { work, answer });
        if self.queue.send(Message::Read(read)).await.is_err() {
            return Err(StoreError::Closed.into());
        }
        let Ok((outcome, statements)) = answered.await else { return Err(StoreError::Closed.into()) };
        meter::add(statements);
        outcome
    }

    /// Has the readers finish what waits and waits until they have.
    pub(crate) async fn close(&self) {
        let _already_closed = self.queue.send(Message::Close).await;
        let mut running = self.running.clone();
        let _readers_gone = running.wait_for(|running| *running == 0).await;
    }
}

fn serve(mut tx: Tx, waiting: &Waiting, runtime: &Handle) {
    loop {
        let next = {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            match waiting.blocking_recv() {
                Some(Message::Close) => {
                    waiting.close();
                    continue;
                }
                Some(Message::Read(read)) => read,
                None => return,
            }
        };
        next.run(&mut tx, runtime);
    }
}

/// A read whose caller waits for the answer.
trait Read: Send {
    fn run(self: Box<Self>, tx: &mut Tx, runtime: &Handle);
}

struct Asked<T, E, F> {
    work: F,
    answer: oneshot::Sender<(Result<T, E>, u32)>,
}

impl<T, E, F> Read for Asked<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Send + 'static,
{
    fn run(self: Box<Self>, tx: &mut Tx, runtime: &Handle) {
        let Self { work, mut answer } = *self;
        let outcome = match tx.steer(&["BEGIN"]) {
            Err(error) => Some(Err(error.into())),
            Ok(()) => runtime.block_on(async {
                tokio::select! {
                    biased;
                    // Nobody waits any more: the connection is for the next.
                    () = answer.closed() => None,
                    outcome = run(tx, work) => Some(outcome),
                }
            }),
        };
        let _first_failure = tx.take_failure();
        let statements = tx.take_statements();
        if let Err(error) = tx.roll_back_if_open() {
            tracing::error!(%error, "a read could not be ended");
        }
        if let Some(outcome) = outcome {
            let _caller_gone = answer.send((outcome, statements));
        }
    }
}
