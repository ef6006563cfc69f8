//! The two rooms of La Candelaria, on a plan of 24 by 14 units.

use fastops_domain::floor::TableShape::{self, Bar, Round, Square};

/// The size of a room's plan, in grid units.
#[cfg(test)]
pub(super) const PLAN: (i32, i32) = (24, 14);

#[derive(Debug)]
pub(super) struct Room {
    pub(super) name: &'static str,
    pub(super) tables: &'static [Table],
}

/// A table: name, guests, shape, and its place `(x, y, width, height)` in grid units.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) seats: u32,
    pub(super) shape: TableShape,
    pub(super) place: (i32, i32, i32, i32),
}

const fn table(name: &'static str, seats: u32, shape: TableShape, place: (i32, i32, i32, i32)) -> Table {
    Table { name, seats, shape, place }
}

pub(super) const ROOMS: &[Room] =
    &[Room { name: "Salón", tables: DINING_ROOM }, Room { name: "Terraza", tables: TERRACE }];

/// Three rows with an aisle before the last, and the counter on the right.
const DINING_ROOM: &[Table] = &[
    table("1", 4, Square, (1, 1, 3, 3)),
    table("2", 4, Square, (6, 1, 3, 3)),
    table("3", 4, Square, (11, 1, 3, 3)),
    table("4", 4, Round, (16, 1, 3, 3)),
    table("5", 4, Round, (1, 5, 3, 3)),
    table("6", 8, Square, (6, 5, 8, 3)),
    table("7", 4, Round, (16, 5, 3, 3)),
    table("8", 2, Square, (1, 10, 3, 3)),
    table("9", 4, Square, (6, 10, 3, 3)),
    table("10", 6, Square, (12, 10, 6, 3)),
    table("11", 4, Bar, (21, 1, 2, 5)),
    table("12", 5, Bar, (21, 7, 2, 6)),
];

/// Small round tables along the street, two long ones behind, a bar along the wall.
const TERRACE: &[Table] = &[
    table("13", 2, Round, (2, 1, 3, 3)),
    table("14", 2, Round, (8, 1, 3, 3)),
    table("15", 2, Round, (14, 1, 3, 3)),
    table("16", 4, Round, (19, 1, 4, 4)),
    table("17", 6, Square, (2, 6, 6, 3)),
    table("18", 6, Square, (11, 6, 6, 3)),
    table("19", 4, Square, (20, 7, 3, 3)),
    table("20", 8, Bar, (2, 11, 15, 2)),
];
