//! Rooms and tables.

use super::call::Call;
use fastops_app::wire::{
    Failure, FloorSetup, FloorView, GetFloor, GetFloorSetup, OrderRooms, PlaceTables, SaveRoom, SaveTable,
    SaveTables,
};

/// Rooms, tables and their open orders.
#[tauri::command]
pub(crate) async fn get_floor(call: Call<GetFloor>) -> Result<FloorView, Failure> {
    call.perform().await
}

/// The whole floor, with what is off it.
#[tauri::command]
pub(crate) async fn get_floor_setup(call: Call<GetFloorSetup>) -> Result<FloorSetup, Failure> {
    call.perform().await
}

/// Adds a room, or changes it.
#[tauri::command]
pub(crate) async fn save_room(call: Call<SaveRoom>) -> Result<FloorSetup, Failure> {
    call.perform().await
}

/// Says in which order the rooms stand.
#[tauri::command]
pub(crate) async fn order_rooms(call: Call<OrderRooms>) -> Result<FloorSetup, Failure> {
    call.perform().await
}

/// Adds a table, or changes it.
#[tauri::command]
pub(crate) async fn save_table(call: Call<SaveTable>) -> Result<FloorSetup, Failure> {
    call.perform().await
}

/// Adds or changes several tables at once.
#[tauri::command]
pub(crate) async fn save_tables(call: Call<SaveTables>) -> Result<FloorSetup, Failure> {
    call.perform().await
}

/// Puts tables elsewhere in their room.
#[tauri::command]
pub(crate) async fn place_tables(call: Call<PlaceTables>) -> Result<FloorSetup, Failure> {
    call.perform().await
}
