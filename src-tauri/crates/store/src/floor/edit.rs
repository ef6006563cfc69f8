//! The floor as whoever arranges it sees and changes it: what is off it is there too.

use super::{Room, Table, read_room, read_table};
use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::floor::{OpenOrder, Spot, TableShape};
use fastops_domain::ids::{BranchId, RoomId, TableId};
use serde::Serialize;

/// The rule that [`StoreError::RuleBroken`] names when an order was to be open at a table that is off the floor.
pub const TABLE_RULE: &str = "customer_order_at_a_table";

statements! {
    // Whoever opens an order at a table waits on the server for whoever arranges the floor, and they for one another;
    // a file has one writer.
    ROOMS_TO_CHANGE: each {
        sqlite:
            "SELECT id AS room_id, branch_id, name AS room_name, position, active AS room_active FROM room
             WHERE branch_id = $1 ORDER BY position, name",
        postgres:
            "SELECT id AS room_id, branch_id, name AS room_name, position, active AS room_active FROM room
             WHERE branch_id = $1 ORDER BY position, name FOR UPDATE",
    };
    OPEN_ORDERS: both
        "SELECT table_id, number FROM customer_order
         WHERE branch_id = $1 AND closed_at IS NULL AND table_id IS NOT NULL ORDER BY opened_at, number";
    // A new one stands last.
    SAVE_ROOM: both
        "INSERT INTO room (id, branch_id, name, active, position)
         VALUES ($1, $2, $3, $4, (SELECT COALESCE(MAX(position), -1) + 1 FROM room WHERE branch_id = $2))
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, active = excluded.active
         WHERE room.branch_id = excluded.branch_id";
    ORDER_ROOMS: each {
        sqlite:
            "UPDATE room SET position = said.key
             FROM (SELECT key, unhex(value, '-') AS id FROM json_each($2)) AS said
             WHERE room.id = said.id AND branch_id = $1",
        postgres:
            "UPDATE room SET position = said.place - 1
             FROM jsonb_array_elements_text($2) WITH ORDINALITY AS said (id, place)
             WHERE room.id = said.id::UUID AND branch_id = $1",
    };
    // A table of another branch is not this one's to change.
    SAVE_TABLES: each {
        sqlite:
            "INSERT INTO dining_table (id, room_id, name, seats, x, y, width, height, shape, active)
             SELECT unhex(row.value ->> 'id', '-'), unhex(row.value ->> 'room', '-'), row.value ->> 'name',
                    row.value ->> 'seats', row.value ->> 'x', row.value ->> 'y', row.value ->> 'width',
                    row.value ->> 'height', row.value ->> 'shape', row.value ->> 'active'
             FROM json_each($2) AS row WHERE TRUE
             ON CONFLICT (id) DO UPDATE SET
                 room_id = excluded.room_id, name = excluded.name, seats = excluded.seats, x = excluded.x,
                 y = excluded.y, width = excluded.width, height = excluded.height, shape = excluded.shape,
                 active = excluded.active
             WHERE dining_table.room_id IN (SELECT id FROM room WHERE branch_id = $1)",
        postgres:
            "INSERT INTO dining_table (id, room_id, name, seats, x, y, width, height, shape, active)
             SELECT id, room, name, seats, x, y, width, height, shape, active
             FROM jsonb_to_recordset($2) AS said (id UUID, room UUID, name TEXT, seats INTEGER, x INTEGER, y INTEGER,
                                                  width INTEGER, height INTEGER, shape TEXT, active BOOLEAN)
             ON CONFLICT (id) DO UPDATE SET
                 room_id = excluded.room_id, name = excluded.name, seats = excluded.seats, x = excluded.x,
                 y = excluded.y, width = excluded.width, height = excluded.height, shape = excluded.shape,
                 active = excluded.active
             WHERE dining_table.room_id IN (SELECT id FROM room WHERE branch_id = $1)",
    };
}

/// The whole floor of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFloor {
    /// In their order.
    pub rooms: Vec<Room>,
    /// Room by room, from the top left.
    pub tables: Vec<Table>,
    /// The oldest first.
    pub open: Vec<OpenOrder>,
}

/// A table as it is written.
#[derive(Debug, Serialize)]
struct Written<'a> {
    id: TableId,
    room: RoomId,
    name: &'a str,
    seats: u32,
    #[serde(flatten)]
    spot: Spot,
    shape: TableShape,
    active: bool,
}

impl Table {
    pub const fn spot(&self) -> Spot {
        Spot { x: self.x, y: self.y, width: self.width, height: self.height }
    }
}

/// The whole floor, to look at.
pub async fn kept(tx: &mut Tx, branch: BranchId) -> Result<KeptFloor, StoreError> {
    let rooms = super::rooms(tx, branch).await?;
    rest(tx, branch, rooms).await
}

/// The whole floor, to change it: until the unit ends nobody else changes it, and no order is opened or moved there.
pub async fn kept_to_change(tx: &mut Tx, branch: BranchId) -> Result<KeptFloor, StoreError> {
    let rooms = fetch_all!(tx, ROOMS_TO_CHANGE, read_room, branch)?;
    rest(tx, branch, rooms).await
}

async fn rest(tx: &mut Tx, branch: BranchId, rooms: Vec<Room>) -> Result<KeptFloor, StoreError> {
    let tables = fetch_all!(tx, super::TABLES, read_table, branch)?;
    let open = fetch_all!(
        tx,
        OPEN_ORDERS,
        |row: &Row<'_>| Ok(OpenOrder { table: row.get("table_id")?, number: row.get("number")? }),
        branch
    )?;
    Ok(KeptFloor { rooms, tables, open })
}

/// Adds a room at the end, or changes it; false when it is another branch's.
pub async fn save_room(
    tx: &mut Tx,
    branch: BranchId,
    id: RoomId,
    name: &str,
    active: bool,
) -> Result<bool, StoreError> {
    Ok(execute!(tx, SAVE_ROOM, id, branch, name, active)? == 1)
}

/// Puts the rooms of a branch into this order; says how many were put.
pub async fn order_rooms(tx: &mut Tx, branch: BranchId, rooms: &[RoomId]) -> Result<u64, StoreError> {
    execute!(tx, ORDER_ROOMS, branch, AsJson(&rooms))
}

/// Adds tables, or changes them; says how many were written, which is fewer when one is another branch's. `Conflict`
/// when two of a room have one name on the way: the names of several are not exchanged in one go.
pub async fn save_tables(tx: &mut Tx, branch: BranchId, tables: &[Table]) -> Result<u64, StoreError> {
    let written: Vec<_> = tables
        .iter()
        .map(|table| Written {
            id: table.id,
            room: table.room,
            name: &table.name,
            seats: table.seats,
            spot: table.spot(),
            shape: table.shape,
            active: table.active,
        })
        .collect();
    execute!(tx, SAVE_TABLES, branch, AsJson(&written))
}
