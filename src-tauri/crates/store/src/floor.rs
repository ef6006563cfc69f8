//! The floor plan: rooms and their tables.

pub mod edit;

use crate::columns::Row;
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::floor::TableShape;
use fastops_domain::ids::{BranchId, RoomId, TableId};

statements! {
    INSERT_ROOM: both "INSERT INTO room (id, branch_id, name, position, active) VALUES ($1, $2, $3, $4, $5)";
    INSERT_TABLE: both
        "INSERT INTO dining_table (id, room_id, name, seats, x, y, width, height, shape, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ROOMS: both
        "SELECT id AS room_id, branch_id, name AS room_name, position, active AS room_active FROM room
         WHERE branch_id = $1 ORDER BY position, name";
    TABLES: both
        "SELECT dining_table.id AS id, room_id, dining_table.name AS name, seats, x, y, width, height, shape,
                dining_table.active AS active
         FROM dining_table JOIN room ON room.id = room_id
         WHERE branch_id = $1 ORDER BY room.position, room.name, y, x, dining_table.name";
    TABLE: both
        "SELECT dining_table.id AS id, room_id, dining_table.name AS name, seats, x, y, width, height, shape,
                dining_table.active AS active, branch_id, room.name AS room_name, position,
                room.active AS room_active
         FROM dining_table JOIN room ON room.id = room_id
         WHERE dining_table.id = $1";
    // On SQLite whoever writes is alone.
    HELD_TABLE: each {
        sqlite: "SELECT id FROM dining_table WHERE id = $1",
        postgres: "SELECT id FROM dining_table WHERE id = $1 FOR UPDATE",
    };
}

/// A room of the floor plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    pub id: RoomId,
    pub branch: BranchId,
    pub name: String,
    pub position: i32,
    /// Off the floor with all its tables when false.
    pub active: bool,
}

/// A table, placed on its room's grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub id: TableId,
    pub room: RoomId,
    pub name: String,
    pub seats: u32,
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    pub shape: TableShape,
    /// Off the floor when false.
    pub active: bool,
}

/// Has everybody else who would put an order at a table wait until this unit has ended, so that it is still free then.
pub async fn hold_table(tx: &mut Tx, table: TableId) -> Result<(), StoreError> {
    let id = |row: &Row<'_>| row.get::<TableId>("id");
    fetch_optional!(tx, HELD_TABLE, id, table).map(drop)
}

pub async fn insert_room(tx: &mut Tx, room: &Room) -> Result<(), StoreError> {
    execute!(tx, INSERT_ROOM, room.id, room.branch, &room.name, room.position, room.active).map(drop)
}

pub async fn insert_table(tx: &mut Tx, table: &Table) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_TABLE,
        table.id,
        table.room,
        &table.name,
        table.seats,
        table.x,
        table.y,
        table.width,
        table.height,
        table.shape,
        table.active
    )
    .map(drop)
}

/// The rooms of a branch in their order, those off the floor too.
pub async fn rooms(tx: &mut Tx, branch: BranchId) -> Result<Vec<Room>, StoreError> {
    fetch_all!(tx, ROOMS, read_room, branch)
}

/// The tables of a branch, room by room, from the top left, those off the floor too.
pub async fn tables(tx: &mut Tx, branch: BranchId) -> Result<Vec<Table>, StoreError> {
    fetch_all!(tx, TABLES, read_table, branch)
}

/// One table and the room it stands in.
pub async fn table(tx: &mut Tx, id: TableId) -> Result<Option<(Table, Room)>, StoreError> {
    fetch_optional!(tx, TABLE, |row: &Row<'_>| Ok((read_table(row)?, read_room(row)?)), id)
}

fn read_room(row: &Row<'_>) -> Result<Room, StoreError> {
    Ok(Room {
        id: row.get("room_id")?,
        branch: row.get("branch_id")?,
        name: row.get("room_name")?,
        position: row.get("position")?,
        active: row.get("room_active")?,
    })
}

fn read_table(row: &Row<'_>) -> Result<Table, StoreError> {
    Ok(Table {
        id: row.get("id")?,
        room: row.get("room_id")?,
        name: row.get("name")?,
        seats: row.get("seats")?,
        x: row.get("x")?,
        y: row.get("y")?,
        width: row.get("width")?,
        height: row.get("height")?,
        shape: row.get("shape")?,
        active: row.get("active")?,
    })
}
