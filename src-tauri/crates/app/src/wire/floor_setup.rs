//! The floor as whoever arranges it sees and changes it.

use super::{TableShape, wire};
use uuid::Uuid;

wire! {
    /// Asks for the whole floor, with what is off it.
    pub struct GetFloorSetup {}

    pub struct FloorSetup {
        /// In their order.
        pub rooms: Vec<RoomSetup>,
        /// How many units a room's grid has across, and down.
        pub columns: i32,
        pub rows: i32,
        /// Shortest side of a table, in units.
        pub least_side: i32,
    }

    pub struct RoomSetup {
        pub id: Uuid,
        pub name: String,
        /// Off the floor with all its tables when false.
        pub active: bool,
        /// From the top left, those off the floor too.
        pub tables: Vec<TableSetup>,
    }

    pub struct TableSetup {
        pub id: Uuid,
        pub name: String,
        pub seats: u32,
        pub shape: TableShape,
        /// Place and size on the room's grid, in units.
        pub x: i32,
        pub y: i32,
        pub width: i32,
        pub height: i32,
        /// Off the floor when false.
        pub active: bool,
        /// Orders that are open at it.
        pub open_orders: u32,
    }

    /// Adds a room after the others, or changes it.
    pub struct SaveRoom {
        pub command_id: Uuid,
        /// Made by the client when it is new.
        pub room_id: Uuid,
        pub name: String,
        pub active: bool,
    }

    /// Puts rooms into this order. Those that are not named stand where they stood.
    pub struct OrderRooms {
        pub command_id: Uuid,
        pub room_ids: Vec<Uuid>,
    }

    /// A table as somebody wants it.
    pub struct TableWish {
        /// Made by the client when it is new.
        pub table_id: Uuid,
        pub room_id: Uuid,
        pub name: String,
        pub seats: u32,
        pub shape: TableShape,
        pub x: i32,
        pub y: i32,
        pub width: i32,
        pub height: i32,
        pub active: bool,
    }

    /// Adds a table, or changes it.
    pub struct SaveTable {
        pub command_id: Uuid,
        pub table: TableWish,
    }

    /// Adds or changes several tables at once: all of them or none.
    pub struct SaveTables {
        pub command_id: Uuid,
        pub tables: Vec<TableWish>,
    }

    pub struct TablePlace {
        pub table_id: Uuid,
        pub x: i32,
        pub y: i32,
        pub width: i32,
        pub height: i32,
    }

    /// Puts tables of a room elsewhere in it, or makes them larger or smaller: all of them or none.
    pub struct PlaceTables {
        pub command_id: Uuid,
        pub room_id: Uuid,
        pub places: Vec<TablePlace>,
    }
}
