//! What tells a cache that what it holds is old: a version for each topic, counted on by the database's
//! own triggers in the transaction of each change, whoever makes it.
//!
//! Content that is read together with its version, in one state of the store, can be compared with what
//! is known later: it is old as soon as a greater version is known. Nothing has to be told in time, and
//! a reader who is overtaken by a change cannot keep the old content under the new version.

use crate::error::EngineError;
use crate::sql::Sql;
use crate::{StoreError, Tx, stamp};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use tokio::sync::watch;

pub use crate::stamp::Topic;

const STAMPS: Sql = stamp::STATEMENTS[0];

/// The version of every topic in one state of the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Versions([i64; Topic::ALL.len()]);

impl Versions {
    pub fn of(&self, topic: Topic) -> i64 {
        self.0[topic as usize]
    }

    /// A topic that this program does not know is somebody else's.
    fn gather(stamps: impl IntoIterator<Item = (String, i64)>) -> Self {
        let mut versions = Self::default();
        for (code, version) in stamps {
            if let Some(topic) = Topic::from_code(&code) {
                versions.0[topic as usize] = version;
            }
        }
        versions
    }
}

/// What a store knows of changes, and what content knows of the moment at which it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Counted on when the store may have missed something; nothing from before it is current.
    epoch: u64,
    versions: Versions,
}

impl Changes {
    /// The stamp of content that was read with `versions` by someone who knew this before they read.
    #[must_use]
    pub const fn stamp(self, versions: Versions) -> Self {
        Self { versions, ..self }
    }

    /// Whether content with this stamp, which depends on `topics`, is what `known` would be read as.
    pub fn is_current(&self, known: &Self, topics: &[Topic]) -> bool {
        self.epoch == known.epoch
            && topics.iter().all(|topic| self.versions.of(*topic) >= known.versions.of(*topic))
    }

    pub const fn versions(&self) -> Versions {
        self.versions
    }
}

/// The versions in the state that `tx` sees.
pub async fn versions(tx: &mut Tx) -> Result<Versions, StoreError> {
    let stamps = stamp::stamps(tx).await?;
    Ok(Versions::gather(stamps.into_iter().map(|(topic, version)| (topic.code().to_owned(), version))))
}

/// The versions of the menu and of who makes it, which nobody else changes until this unit of work ends.
pub async fn hold_menu(tx: &mut Tx) -> Result<Versions, StoreError> {
    let stamps = stamp::hold_menu(tx).await?;
    Ok(Versions::gather(stamps.into_iter().map(|(topic, version)| (topic.code().to_owned(), version))))
}

/// The same for whoever owns an SQLite connection; no unit of work is charged with it.
pub(crate) fn versions_on_sqlite(connection: &rusqlite::Connection) -> Result<Versions, EngineError> {
    let mut statement = connection.prepare_cached(STAMPS.sqlite)?;
    let stamps = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Versions::gather(stamps.collect::<Result<Vec<_>, _>>()?))
}

/// The same on a connection of PostgreSQL.
pub(crate) async fn versions_on_postgres(
    connection: impl sqlx::PgExecutor<'_>,
) -> Result<Versions, EngineError> {
    versions_of_rows(&sqlx::query(STAMPS.postgres).fetch_all(connection).await?)
}

/// The same from an answer of PostgreSQL.
pub(crate) fn versions_of_rows(rows: &[PgRow]) -> Result<Versions, EngineError> {
    let stamps = rows.iter().map(|row| Ok((row.try_get("topic")?, row.try_get("version")?)));
    Ok(Versions::gather(stamps.collect::<Result<Vec<_>, sqlx::Error>>()?))
}

/// What one open store knows of changes, told to everyone who watches.
#[derive(Debug)]
pub(crate) struct ChangeLog {
    known: watch::Sender<Changes>,
}

impl ChangeLog {
    pub(crate) fn new(versions: Versions) -> Self {
        Self { known: watch::Sender::new(Changes { epoch: 0, versions }) }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Changes> {
        self.known.subscribe()
    }

    /// Notes versions that are on disk. They arrive in any order; a smaller one is older.
    pub(crate) fn publish(&self, versions: Versions) {
        self.known.send_if_modified(|known| {
            let mut newer = false;
            for (known, found) in known.versions.0.iter_mut().zip(versions.0) {
                newer |= found > *known;
                *known = found.max(*known);
            }
            newer
        });
    }

    /// Notes versions after a time in which anything may have happened, a restored server included.
    pub(crate) fn restart(&self, versions: Versions) {
        self.known.send_modify(|known| *known = Changes { epoch: known.epoch + 1, versions });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(menu: i64, floor: i64) -> Versions {
        Versions::gather([("menu".into(), menu), ("floor".into(), floor), ("weather".into(), 9)])
    }

    #[test]
    fn content_is_old_when_a_greater_version_of_its_topic_is_known() {
        let log = ChangeLog::new(versions(3, 7));
        let known = log.watch();
        let read = known.borrow().stamp(versions(3, 7));
        assert!(read.is_current(&known.borrow(), &Topic::ALL));
        log.publish(versions(4, 7));
        assert!(!read.is_current(&known.borrow(), &[Topic::Menu]));
        assert!(read.is_current(&known.borrow(), &[Topic::Floor]), "another topic is not touched");
        let ahead = known.borrow().stamp(versions(5, 7));
        assert!(ahead.is_current(&known.borrow(), &[Topic::Menu]), "read before the change was known of");
    }

    #[test]
    fn what_arrives_late_changes_nothing() {
        let log = ChangeLog::new(versions(3, 7));
        let mut known = log.watch();
        log.publish(versions(5, 6));
        assert!(known.has_changed().is_ok_and(|changed| changed));
        assert_eq!(known.borrow_and_update().versions(), versions(5, 7));
        log.publish(versions(4, 7));
        assert!(known.has_changed().is_ok_and(|changed| !changed));
    }

    #[test]
    fn after_a_gap_nothing_from_before_is_current() {
        let log = ChangeLog::new(versions(3, 7));
        let known = log.watch();
        let read = known.borrow().stamp(versions(3, 7));
        log.restart(versions(2, 7));
        assert!(!read.is_current(&known.borrow(), &[Topic::Floor]));
        assert!(known.borrow().stamp(versions(2, 7)).is_current(&known.borrow(), &Topic::ALL));
    }
}
