//! The shared engine: a server that several terminals of a branch use at once.
//!
//! READ COMMITTED with guarded updates and counters that lock their row. A unit that the server gave
//! up for another's sake (serialisation, deadlock), or whose connection was lost before its commit was
//! sent, has not happened and is run again. A connection that is lost while it commits leaves the
//! unit's fate unknown: that is [`StoreError::Unsure`], and never a second try of its own accord.

mod connect;
mod retry;
mod rows;
mod server;

pub(crate) use connect::{is_new, make_old};
pub(crate) use rows::{read_all, read_each, read_optional};

use crate::change::{ChangeLog, Changes, Versions};
use crate::engine::{Tx, Work, run};
use crate::error::{EngineError, OpenError};
use crate::hint::{self, Heard, Hint};
use crate::listener::Listener;
use crate::stats::{Counters, Stats};
use crate::{Health, StoreError, meter};
use retry::{Chance, Tries};
use server::Server;
use sqlx::postgres::PgPool;
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

const WRITE: &str = "BEGIN";
/// Hints that may wait for someone who is slow to hear them.
const HINTS: usize = 1_024;
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// An open database of a server.
#[derive(Clone, Debug)]
pub(crate) struct PostgresEngine {
    server: Arc<Server>,
    chance: Chance,
    counters: Arc<Counters>,
    changes: Arc<ChangeLog>,
    listener: Arc<Listener>,
    hints: broadcast::Sender<Heard>,
}

/// What became of one try at a unit.
enum Try<T, E> {
    Ended(Result<T, E>),
    /// Nothing of it happened: why, and what the caller is told if it is not tried again.
    GivenUp(StoreError, E),
}

impl PostgresEngine {
    /// Opens the database; `health` is told when its server goes and comes, `rng` spreads the tries.
    pub(crate) async fn open(
        url: &str,
        max_connections: u32,
        health: watch::Sender<Health>,
        rng: fastrand::Rng,
    ) -> Result<Self, OpenError> {
        Self::open_with(url, max_connections, health, rng, async || Ok(())).await
    }

    /// The same; `before_migration` is called when tables that hold something are about to change, and
    /// its refusal stops the opening.
    pub(crate) async fn open_with(
        url: &str,
        max_connections: u32,
        health: watch::Sender<Health>,
        rng: fastrand::Rng,
        before_migration: impl AsyncFnOnce() -> Result<(), OpenError>,
    ) -> Result<Self, OpenError> {
        let options = connect::options(url)?;
        let versions = connect::prepare(&options, before_migration).await?;
        let chance = Chance::new(rng);
        let changes = Arc::new(ChangeLog::new(versions));
        let (hints, _) = broadcast::channel(HINTS);
        let listener = Listener::start(options.clone(), Arc::clone(&changes), hints.clone()).await;
        let server = Server::watched(options, max_connections.max(1), health, chance.clone());
        Ok(Self { server, chance, counters: Arc::default(), changes, listener: Arc::new(listener), hints })
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E>,
    {
        let mut tries = Tries::new(&self.chance);
        loop {
            match self.try_to_write(&work).await {
                Try::Ended(outcome) => return outcome,
                Try::GivenUp(why, told) => self.wait_to_try_again(&mut tries, &why).await.ok_or(told)?,
            }
        }
    }

    async fn try_to_write<T, E, F>(&self, work: &F) -> Try<T, E>
    where
        E: From<StoreError>,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E>,
    {
        let mut tx = match self.begin(WRITE).await {
            Ok(tx) => tx,
            Err(error) => return Try::GivenUp(error.clone(), error.into()),
        };
        match self.server.unless_away(run(&mut tx, work)).await {
            Err(away) => Try::Ended(Err(away.into())),
            Ok(Ok(value)) => match self.commit(tx).await {
                Ok(versions) => {
                    self.changes.publish(versions);
                    self.counters.count(1);
                    Try::Ended(Ok(value))
                }
                Err(error) => Try::GivenUp(error.clone(), error.into()),
            },
            Ok(Err(error)) => match self.take_back(tx).await {
                Some(why) => Try::GivenUp(why, error),
                None => Try::Ended(Err(error)),
            },
        }
    }

    pub(crate) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E>,
    {
        let mut tries = Tries::new(&self.chance);
        let mut tx = loop {
            match self.begin(READ).await {
                Ok(tx) => break tx,
                Err(error) => self.wait_to_try_again(&mut tries, &error).await.ok_or(error)?,
            }
        };
        match self.server.unless_away(run(&mut tx, work)).await {
            Err(away) => Err(away.into()),
            Ok(Ok(value)) => {
                // What was read is read: nobody waits for the journey that ends it.
                meter::add(tx.take_statements());
                tokio::spawn(tx.commit());
                Ok(value)
            }
            Ok(Err(error)) => {
                self.take_back(tx).await;
                Err(error)
            }
        }
    }

    pub(crate) async fn read_one<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E>,
    {
        let mut tries = Tries::new(&self.chance);
        let mut dead = 0;
        loop {
            match self.try_to_read_one(&work).await {
                Try::Ended(outcome) => return outcome,
                // Dead connections cost nothing but their number.
                Try::GivenUp(StoreError::Away(_), _) if dead < self.server.max_connections => dead += 1,
                Try::GivenUp(why, told) => self.wait_to_try_again(&mut tries, &why).await.ok_or(told)?,
            }
        }
    }

    async fn try_to_read_one<T, E, F>(&self, work: &F) -> Try<T, E>
    where
        E: From<StoreError>,
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, T, E>,
    {
        let mut tx = match self.server.connection().await {
            Ok(connection) => Tx::alone(connection),
            Err(error) => {
                self.server.doubt();
                return Try::Ended(Err(error.into()));
            }
        };
        match self.server.unless_away(run(&mut tx, work)).await {
            Err(away) => Try::Ended(Err(away.into())),
            Ok(Ok(value)) => Try::Ended(Ok(value)),
            Ok(Err(error)) => {
                let failure = tx.take_failure();
                if let Some(StoreError::Away(_)) = &failure {
                    self.server.doubt();
                }
                match failure {
                    Some(why) => Try::GivenUp(why, error),
                    None => Try::Ended(Err(error)),
                }
            }
        }
    }

    /// Begins on the first connection that lives. Dead ones cost nothing but their number.
    async fn begin(&self, statement: &'static str) -> Result<Tx, StoreError> {
        let mut dead = 0;
        loop {
            let connection = self.server.connection().await.inspect_err(|_| self.server.doubt())?;
            match self.server.unless_away(Tx::on_postgres(connection, statement)).await? {
                Err(StoreError::Away(_)) if dead < self.server.max_connections => {
                    self.server.doubt();
                    dead += 1;
                }
                begun => return begun,
            }
        }
    }

    /// Commits. Only what the server said itself is known; an answer that did not come may have been yes.
    async fn commit(&self, tx: Tx) -> Result<Versions, StoreError> {
        let lost = match self.server.unless_away(tx.commit_changes()).await {
            Ok(Ok(versions)) => return Ok(versions),
            Ok(Err(StoreError::Away(source))) | Err(StoreError::Away(source)) => source,
            Ok(Err(StoreError::Database(EngineError::Postgres(error))))
                if error.as_database_error().is_none() =>
            {
                EngineError::Postgres(error)
            }
            Ok(Err(refused)) | Err(refused) => return Err(refused),
        };
        self.server.doubt();
        Err(StoreError::Unsure(lost))
    }

    /// Takes back a unit that failed; gives the statement's failure that made it fail, if one did.
    async fn take_back(&self, mut tx: Tx) -> Option<StoreError> {
        let failure = tx.take_failure();
        if let Some(StoreError::Away(_)) = &failure {
            self.server.doubt();
        } else {
            tx.roll_back().await;
        }
        failure
    }

    /// Waits as long as it is wise to wait before another try; none when there is to be none, also because
    /// the server turns out to be away meanwhile.
    async fn wait_to_try_again(&self, tries: &mut Tries, why: &StoreError) -> Option<()> {
        let pause = tries.pause_after(why).filter(|_| !self.server.is_away())?;
        self.server.unless_away(tokio::time::sleep(pause)).await.ok()
    }

    pub(crate) fn changes(&self) -> watch::Receiver<Changes> {
        self.changes.watch()
    }

    /// Says a hint, in as many parts as it takes.
    pub(crate) async fn hint(&self, hint: Hint) -> Result<(), StoreError> {
        let mut left = vec![hint];
        while let Some(hint) = left.pop() {
            match hint.text()? {
                Some(text) => {
                    let mut connection = self.server.connection().await?;
                    let say = sqlx::query(hint::SAY).bind(text).execute(&mut *connection);
                    self.server.unless_away(say).await??;
                }
                None => left.extend(hint.halves().into_iter().rev()),
            }
        }
        Ok(())
    }

    pub(crate) fn hints(&self) -> broadcast::Receiver<Heard> {
        self.hints.subscribe()
    }

    pub(crate) async fn close(&self) {
        self.listener.stop().await;
        self.server.close().await;
    }

    pub(crate) fn stats(&self) -> Stats {
        self.counters.read()
    }

    pub(crate) fn pool(&self) -> PgPool {
        self.server.pool()
    }
}
