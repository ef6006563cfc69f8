//! The menu.

use super::call::Call;
use fastops_app::wire::{Failure, GetMenu, MenuView};

/// What can be ordered.
#[tauri::command]
pub(crate) async fn get_menu(call: Call<GetMenu>) -> Result<MenuView, Failure> {
    call.perform().await
}
