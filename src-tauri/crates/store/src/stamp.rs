//! The stamps by which a cache knows that what it holds is old.
//!
//! The database itself counts a topic's stamp on whenever one of the topic's tables changes, in the
//! change's own transaction and whoever made it. A cache keeps the stamp that it was filled at; on
//! PostgreSQL those who listen on [`CHANNEL`] hear the topic at the commit.

use crate::columns::Row;
use crate::sql::{fetch_all, statements};
use crate::{StoreError, Tx};
use std::collections::HashMap;

/// Where PostgreSQL tells the topics of changes.
pub const CHANNEL: &str = "fastops_changed";

statements! {
    STAMPS: both "SELECT topic, version FROM change_stamp";
    // On SQLite whoever writes is alone.
    HELD_MENU: each {
        sqlite: "SELECT topic, version FROM change_stamp WHERE topic IN ('menu', 'stations') ORDER BY topic",
        postgres:
            "SELECT topic, version FROM change_stamp WHERE topic IN ('menu', 'stations') ORDER BY topic FOR UPDATE",
    };
}

/// What changes together, as far as caches care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// Catalogue, prices, taxes, recipes.
    Menu,
    /// Rooms and tables.
    Floor,
    /// Users, roles, permissions.
    People,
    /// Stations, printers, targets, routes.
    Stations,
    /// Company, branches, terminals, locations, ways of eating and paying, settings.
    Settings,
    /// Sessions that ended; one that begins is nothing that a cache could hold.
    Sessions,
    /// What lies where, and how much of it must stay.
    Stock,
    /// How people want the print engine to work.
    Engine,
}

impl Topic {
    pub const ALL: [Self; 8] = [
        Self::Menu,
        Self::Floor,
        Self::People,
        Self::Stations,
        Self::Settings,
        Self::Sessions,
        Self::Stock,
        Self::Engine,
    ];

    /// The stable name that the database and [`CHANNEL`] use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Floor => "floor",
            Self::People => "people",
            Self::Stations => "stations",
            Self::Settings => "settings",
            Self::Sessions => "sessions",
            Self::Stock => "stock",
            Self::Engine => "engine",
        }
    }

    /// The topic with this stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

/// The stamps of all topics, in one statement.
pub async fn stamps(tx: &mut Tx) -> Result<HashMap<Topic, i64>, StoreError> {
    fetch_all!(tx, STAMPS, |row: &Row<'_>| Ok((row.get("topic")?, row.get("version")?)))
}

/// The stamps of the menu and of who makes it, which nobody else counts on until this unit of work ends.
pub async fn hold_menu(tx: &mut Tx) -> Result<HashMap<Topic, i64>, StoreError> {
    fetch_all!(tx, HELD_MENU, |row: &Row<'_>| Ok((row.get("topic")?, row.get("version")?)))
}
