//! Rooms and tables.

use super::call::Call;
use fastops_app::wire::{Failure, FloorView, GetFloor};

/// Rooms, tables and their open orders.
#[tauri::command]
pub(crate) async fn get_floor(call: Call<GetFloor>) -> Result<FloorView, Failure> {
    call.perform().await
}
