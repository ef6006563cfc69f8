//! The menu.

use super::call::Call;
use fastops_app::wire::{
    CategorySetup, Failure, FoundProducts, GetMenu, GetMenuSetup, MenuSetup, MenuView, ModifierGroupView,
    OrderCategories, OrderProducts, ProductSetup, SaveCategory, SaveModifierGroup, SaveProduct,
    SearchProducts,
};

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

/// The whole menu, with what is off it.
#[tauri::command]
pub(crate) async fn get_menu_setup(call: Call<GetMenuSetup>) -> Result<MenuSetup, Failure> {
    call.perform().await
}

/// Adds a category, or changes it.
#[tauri::command]
pub(crate) async fn save_category(call: Call<SaveCategory>) -> Result<CategorySetup, Failure> {
    call.perform().await
}

/// Adds a product, or changes it.
#[tauri::command]
pub(crate) async fn save_product(call: Call<SaveProduct>) -> Result<ProductSetup, Failure> {
    call.perform().await
}

/// Says in which order categories stand.
#[tauri::command]
pub(crate) async fn order_categories(call: Call<OrderCategories>) -> Result<MenuSetup, Failure> {
    call.perform().await
}

/// Says in which order products stand.
#[tauri::command]
pub(crate) async fn order_products(call: Call<OrderProducts>) -> Result<MenuSetup, Failure> {
    call.perform().await
}

/// Adds a question, or changes it.
#[tauri::command]
pub(crate) async fn save_modifier_group(call: Call<SaveModifierGroup>) -> Result<ModifierGroupView, Failure> {
    call.perform().await
}
