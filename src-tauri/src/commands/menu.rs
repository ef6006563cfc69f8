//! The menu.

use super::call::Call;
use fastops_app::wire::{Failure, FoundProducts, GetMenu, MenuView, SearchProducts};

/// What can be ordered.
#[tauri::command]
pub(crate) async fn get_menu(call: Call<GetMenu>) -> Result<MenuView, Failure> {
    call.perform().await
}

/// Products by name, short code or barcode.
#[tauri::command]
pub(crate) async fn search_products(call: Call<SearchProducts>) -> Result<FoundProducts, Failure> {
    call.perform().await
}
