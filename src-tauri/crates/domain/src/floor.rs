//! The floor plan: rooms, and the tables on the grid of each. What somebody wants of it is looked at as a whole, with the
//! orders that are open, before any of it is written.

use crate::ids::{RoomId, TableId};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use thiserror::Error;

/// How a table looks on the floor plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableShape {
    Round,
    Square,
    Bar,
}

impl TableShape {
    pub const ALL: [Self; 3] = [Self::Round, Self::Square, Self::Bar];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::Square => "square",
            Self::Bar => "bar",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.code() == code)
    }
}

/// Size of a room's grid, in units.
pub const COLUMNS: i32 = 24;
pub const ROWS: i32 = 16;
/// Shortest side of a table, in units: what a thumb hits.
pub const LEAST_SIDE: i32 = 2;
/// Most guests of a table.
pub const MAX_SEATS: u32 = 99;
/// Longest name of a room, in characters.
pub const MAX_ROOM_NAME: usize = 30;
/// Longest name of a table, in characters: it stands large on tickets.
pub const MAX_TABLE_NAME: usize = 12;
/// Most tables of a room that one act changes: as many as the grid has room for.
pub const MAX_TABLES: usize = (COLUMNS * ROWS / (LEAST_SIDE * LEAST_SIDE)) as usize;

/// What somebody typed as a name, with one blank between words; none when nothing is left, or more than `most`
/// characters, or what no paper can show.
pub fn place_name(typed: &str, most: usize) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=most).contains(&name.chars().count());
    (fits && !name.chars().any(char::is_control)).then_some(name)
}

/// Where a table stands on its room's grid, and how large it is, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Spot {
    /// Whether it lies on the grid and a thumb can hit it.
    pub fn fits(self) -> bool {
        let along = |from: i32, side: i32, most: i32| {
            from >= 0 && side >= LEAST_SIDE && from.checked_add(side).is_some_and(|end| end <= most)
        };
        along(self.x, self.width, COLUMNS) && along(self.y, self.height, ROWS)
    }

    /// Whether both lie on some unit; edges may touch.
    pub fn overlaps(self, other: Self) -> bool {
        let across = |from: i32, side: i32, other: i32, other_side: i32| {
            i64::from(from) < i64::from(other) + i64::from(other_side)
                && i64::from(other) < i64::from(from) + i64::from(side)
        };
        across(self.x, self.width, other.x, other.width) && across(self.y, self.height, other.y, other.height)
    }
}

/// A room, on the floor or off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRoom {
    pub id: RoomId,
    pub name: String,
    /// Off the floor with all its tables when false.
    pub active: bool,
}

/// A table, on the floor or off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTable {
    pub id: TableId,
    pub room: RoomId,
    pub name: String,
    pub spot: Spot,
    pub active: bool,
}

/// An order that is open at a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenOrder {
    pub table: TableId,
    pub number: i64,
}

/// The floor as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FloorPlan {
    pub rooms: Vec<PlannedRoom>,
    pub tables: Vec<PlannedTable>,
    pub open: Vec<OpenOrder>,
}

/// Why the floor cannot be as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FloorProblem {
    #[error("unknown room")]
    UnknownRoom,
    #[error("unknown table")]
    UnknownTable,
    #[error("another room is called {name}")]
    RoomNameTaken { name: String },
    /// Another table of the room has the name.
    #[error("another table of {room} is called {name}")]
    TableNameTaken { name: String, room: String },
    /// A table of the room that is off the floor has the name.
    #[error("a table of {room} that is off the floor is called {name}")]
    OffTableHasName { name: String, room: String },
    #[error("{room} is the last room")]
    LastRoom { room: String },
    /// An order is open at a table that was to be taken off, or to another room.
    #[error("order {number} is open at {table}")]
    TableBusy { table: String, number: i64 },
    /// An order is open in a room that was to be taken off.
    #[error("order {number} is open at {table} in {room}")]
    RoomBusy { room: String, table: String, number: i64 },
    #[error("{table} does not fit the grid")]
    OffGrid { table: String },
    #[error("{table} would lie over {other}")]
    Overlap { table: String, other: String },
    /// The same table is meant twice.
    #[error("a table is meant twice")]
    Twice,
}

impl FloorPlan {
    pub fn room(&self, id: RoomId) -> Option<&PlannedRoom> {
        self.rooms.iter().find(|room| room.id == id)
    }

    pub fn table(&self, id: TableId) -> Option<&PlannedTable> {
        self.tables.iter().find(|table| table.id == id)
    }

    fn order_at(&self, table: TableId) -> Option<i64> {
        self.open.iter().find(|order| order.table == table).map(|order| order.number)
    }

    /// The floor with a room added or changed.
    pub fn with_room(mut self, wish: PlannedRoom) -> Result<Self, FloorProblem> {
        let others = || self.rooms.iter().filter(|room| room.id != wish.id);
        if others().any(|room| same(&room.name, &wish.name)) {
            return Err(FloorProblem::RoomNameTaken { name: wish.name });
        }
        if !wish.active {
            if !others().any(|room| room.active) {
                return Err(FloorProblem::LastRoom { room: wish.name });
            }
            for table in self.tables.iter().filter(|table| table.room == wish.id) {
                if let Some(number) = self.order_at(table.id) {
                    let table = table.name.clone();
                    return Err(FloorProblem::RoomBusy { room: wish.name, table, number });
                }
            }
        }
        match self.rooms.iter_mut().find(|room| room.id == wish.id) {
            Some(room) => *room = wish,
            None => self.rooms.push(wish),
        }
        Ok(self)
    }

    /// The floor with tables added or changed, each other table as it was.
    pub fn with_tables(mut self, wishes: Vec<PlannedTable>) -> Result<Self, FloorProblem> {
        let wanted: HashSet<TableId> = wishes.iter().map(|wish| wish.id).collect();
        if wanted.len() != wishes.len() {
            return Err(FloorProblem::Twice);
        }
        for wish in &wishes {
            self.may_become(wish)?;
        }
        for wish in wishes {
            match self.tables.iter_mut().find(|table| table.id == wish.id) {
                Some(table) => *table = wish,
                None => self.tables.push(wish),
            }
        }
        for table in self.tables.iter().filter(|table| wanted.contains(&table.id)) {
            self.stands_well(table)?;
        }
        Ok(self)
    }

    /// The floor with tables of one room at other places.
    pub fn with_places(self, room: RoomId, places: &[(TableId, Spot)]) -> Result<Self, FloorProblem> {
        self.room(room).ok_or(FloorProblem::UnknownRoom)?;
        let moved = |(id, spot): &(TableId, Spot)| {
            let table = self.table(*id).filter(|table| table.room == room && table.active);
            let table = table.ok_or(FloorProblem::UnknownTable)?;
            Ok(PlannedTable { spot: *spot, ..table.clone() })
        };
        let wishes = places.iter().map(moved).collect::<Result<_, _>>()?;
        self.with_tables(wishes)
    }

    /// What an open order forbids, and what has no room to be in.
    fn may_become(&self, wish: &PlannedTable) -> Result<(), FloorProblem> {
        self.room(wish.room).ok_or(FloorProblem::UnknownRoom)?;
        let Some(before) = self.table(wish.id) else { return Ok(()) };
        let leaves = !wish.active || wish.room != before.room;
        match self.order_at(wish.id).filter(|_| leaves) {
            Some(number) => Err(FloorProblem::TableBusy { table: before.name.clone(), number }),
            None => Ok(()),
        }
    }

    /// Whether a table of this floor has its name and its place for itself.
    fn stands_well(&self, table: &PlannedTable) -> Result<(), FloorProblem> {
        let beside = || self.tables.iter().filter(|other| other.room == table.room && other.id != table.id);
        if let Some(other) = beside().find(|other| same(&other.name, &table.name)) {
            let room = self.room(table.room).map(|room| room.name.clone()).unwrap_or_default();
            let name = other.name.clone();
            return Err(if other.active || !table.active {
                FloorProblem::TableNameTaken { name, room }
            } else {
                FloorProblem::OffTableHasName { name, room }
            });
        }
        if !table.spot.fits() {
            return Err(FloorProblem::OffGrid { table: table.name.clone() });
        }
        let under = beside().find(|other| other.active && other.spot.overlaps(table.spot));
        match under.filter(|_| table.active) {
            Some(other) => {
                Err(FloorProblem::Overlap { table: table.name.clone(), other: other.name.clone() })
            }
            None => Ok(()),
        }
    }
}

/// Whether people read both names as one.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests;
