//! Signs of life of kitchen screens: which screen shows which station, by the database's clock, so that every core
//! of a branch knows of the screens of the others.

use crate::columns::Row;
use crate::sql::{execute, fetch_one, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, StationId, TicketId};
use fastops_domain::ticket::TicketState;
use uuid::Uuid;

/// A screen that gave no sign for a day is forgotten.
const FORGOTTEN_MS: i64 = 86_400_000;

statements! {
    SHOW: each {
        sqlite:
            "INSERT INTO kitchen_screen (id, station_id, alive_at)
             VALUES ($1, $2, CAST(unixepoch('subsec') * 1000 AS INTEGER))
             ON CONFLICT (id) DO UPDATE SET station_id = excluded.station_id, alive_at = excluded.alive_at",
        postgres:
            "INSERT INTO kitchen_screen (id, station_id, alive_at)
             VALUES ($1, $2, (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT)
             ON CONFLICT (id) DO UPDATE SET station_id = excluded.station_id, alive_at = excluded.alive_at",
    };
    FORGET: each {
        sqlite:
            "DELETE FROM kitchen_screen
             WHERE station_id = $1 AND alive_at < CAST(unixepoch('subsec') * 1000 AS INTEGER) - $2",
        postgres:
            "DELETE FROM kitchen_screen
             WHERE station_id = $1 AND alive_at < (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT - $2",
    };
    HIDE: both "DELETE FROM kitchen_screen WHERE id = $1";
    // A sign from the future is the word of a clock that was turned back, and counts as old.
    SIGN: each {
        sqlite:
            "SELECT MIN(age) AS age, (SELECT state FROM ticket WHERE id = $3) AS state
             FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) - alive_at AS age
                   FROM station JOIN kitchen_screen ON station_id = station.id
                   WHERE branch_id = $1 AND code = $2) AS sign
             WHERE age >= 0",
        postgres:
            "SELECT MIN(age) AS age, (SELECT state FROM ticket WHERE id = $3) AS state
             FROM (SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT - alive_at AS age
                   FROM station JOIN kitchen_screen ON station_id = station.id
                   WHERE branch_id = $1 AND code = $2) AS sign
             WHERE age >= 0",
    };
}

/// What is known of the screens of a station, and of a ticket that they should show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Milliseconds since the last sign of life of any of them; none when there was none.
    pub age_ms: Option<i64>,
    /// The ticket's state, when one was asked about.
    pub ticket: Option<TicketState>,
}

/// A screen says that it shows a station.
pub async fn show(tx: &mut Tx, screen: Uuid, station: StationId) -> Result<(), StoreError> {
    execute!(tx, SHOW, screen, station)?;
    execute!(tx, FORGET, station, FORGOTTEN_MS).map(drop)
}

/// A screen says that it shows no station any more.
pub async fn hide(tx: &mut Tx, screen: Uuid) -> Result<(), StoreError> {
    execute!(tx, HIDE, screen).map(drop)
}

/// The newest sign of life of the screens that show the station with this code.
pub async fn sign(
    tx: &mut Tx,
    branch: BranchId,
    station: &str,
    ticket: Option<TicketId>,
) -> Result<Sign, StoreError> {
    let read = |row: &Row<'_>| Ok(Sign { age_ms: row.get("age")?, ticket: row.get("state")? });
    fetch_one!(tx, SIGN, read, branch, station, ticket)
}
