//! Stations as whoever manages the house sees and changes them: those that were closed are there too.

use super::{Station, read_station};
use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, fetch_one, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, StationId};

statements! {
    // On the server whoever changes stations waits for one another; who only sells there does not. A file has one writer.
    STATIONS_TO_CHANGE: each {
        sqlite:
            "SELECT id, branch_id, code, name, position, active FROM station
             WHERE branch_id = $1 ORDER BY position, name",
        postgres:
            "SELECT id, branch_id, code, name, position, active FROM station
             WHERE branch_id = $1 ORDER BY position, name FOR NO KEY UPDATE",
    };
    RENAME_STATION: both "UPDATE station SET name = $3 WHERE id = $1 AND branch_id = $2 AND active";
    ORDER_STATIONS: each {
        sqlite:
            "UPDATE station SET position = said.key
             FROM (SELECT key, unhex(value, '-') AS id FROM json_each($2)) AS said
             WHERE station.id = said.id AND branch_id = $1 AND active",
        postgres:
            "UPDATE station SET position = said.place - 1
             FROM jsonb_array_elements_text($2) WITH ORDINALITY AS said (id, place)
             WHERE station.id = said.id::UUID AND branch_id = $1 AND active",
    };
    STATION_WORK: both
        "SELECT (SELECT COUNT(*) FROM printer JOIN print_job ON print_job.printer_id = printer.id
                 WHERE printer.branch_id = $1 AND print_job.station_id = $2
                   AND (state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'sent')) AS waiting,
                (SELECT COUNT(*) FROM ticket
                 WHERE station_id = $2 AND state IN ('new', 'seen') AND state = 'seen') AS shown,
                (SELECT COUNT(*) FROM category_station WHERE branch_id = $1 AND station_id = $2)
                + (SELECT COUNT(*) FROM product_station WHERE branch_id = $1 AND station_id = $2)
                + (SELECT COUNT(*) FROM customer_order JOIN order_line ON current_order_id = customer_order.id
                   WHERE branch_id = $1 AND closed_at IS NULL AND station_id = $2
                     AND NOT EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id)) AS made";
    CLOSE_STATION: both
        "UPDATE station SET active = FALSE, successor_id = $3 WHERE id = $1 AND branch_id = $2 AND active";
    PASS_ON: both "UPDATE station SET successor_id = $2 WHERE successor_id = $1";
    PASS_CATEGORIES_ON: both "UPDATE category_station SET station_id = $2 WHERE station_id = $1";
    PASS_PRODUCTS_ON: both "UPDATE product_station SET station_id = $2 WHERE station_id = $1";
    LEAVE_TARGETS: both "DELETE FROM station_target WHERE station_id = $1";
    RETIRE_SCREENS: both
        "UPDATE printer SET active = FALSE, name = name || $3
         WHERE branch_id = $1 AND address = $2 AND active";
    FORGET_SCREENS: both "DELETE FROM kitchen_screen WHERE station_id = $1";
}

/// A station, open or closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptStation {
    pub station: Station,
    pub active: bool,
}

/// What stands in the way of closing a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StationWork {
    /// Papers that wait to be printed.
    pub waiting: i64,
    /// Tickets that its kitchen screens show and nobody has marked done.
    pub shown: i64,
    /// Categories, products and lines of open orders that it makes.
    pub made: i64,
}

/// The stations of a branch in their order, to change them: until the unit ends nobody else does.
pub async fn kept_to_change(tx: &mut Tx, branch: BranchId) -> Result<Vec<KeptStation>, StoreError> {
    let read = |row: &Row<'_>| Ok(KeptStation { station: read_station(row)?, active: row.get("active")? });
    fetch_all!(tx, STATIONS_TO_CHANGE, read, branch)
}

/// Gives an open station another name; `Stale` when it is not one of the branch.
pub async fn rename(
    tx: &mut Tx,
    branch: BranchId,
    station: StationId,
    name: &str,
) -> Result<(), StoreError> {
    one(execute!(tx, RENAME_STATION, station, branch, name)?)
}

/// Puts the open stations of a branch into this order; says how many were put.
pub async fn order(tx: &mut Tx, branch: BranchId, stations: &[StationId]) -> Result<u64, StoreError> {
    execute!(tx, ORDER_STATIONS, branch, AsJson(&stations))
}

/// What a station has to do.
pub async fn work(tx: &mut Tx, branch: BranchId, station: StationId) -> Result<StationWork, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(StationWork { waiting: row.get("waiting")?, shown: row.get("shown")?, made: row.get("made")? })
    };
    fetch_one!(tx, STATION_WORK, read, branch, station)
}

/// Closes a station, and has `successor` make what it made: its own categories and products, and those of the stations
/// that it succeeded itself. Its targets are free for others; its kitchen screens are devices no more, and `mark` is put
/// behind their names. `Stale` when it is not an open station of the branch.
pub async fn close(
    tx: &mut Tx,
    station: &Station,
    successor: Option<StationId>,
    mark: &str,
) -> Result<(), StoreError> {
    let Station { id, branch, .. } = *station;
    one(execute!(tx, CLOSE_STATION, id, branch, successor)?)?;
    execute!(tx, PASS_ON, id, successor)?;
    if let Some(successor) = successor {
        execute!(tx, PASS_CATEGORIES_ON, id, successor)?;
        execute!(tx, PASS_PRODUCTS_ON, id, successor)?;
    }
    execute!(tx, LEAVE_TARGETS, id)?;
    execute!(tx, RETIRE_SCREENS, branch, format!("screen:{}", station.code), mark)?;
    execute!(tx, FORGET_SCREENS, id).map(drop)
}

const fn one(written: u64) -> Result<(), StoreError> {
    if written == 1 { Ok(()) } else { Err(StoreError::Stale { what: "the station" }) }
}
