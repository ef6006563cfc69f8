//! The menu.

use super::call::Call;
use fastops_app::wire::{
    CategorySetup, ExportProducts, Failure, FoundProducts, GetMenu, GetMenuSetup, GetPhotos, GetVariants,
    ImportPreview, ImportProducts, ImportedProducts, MenuSetup, MenuView, ModifierGroupView, OrderCategories,
    OrderProducts, Photos, PreviewImport, ProductPhoto, ProductSetup, ProductsFile, RemoveTax, SaveCategory,
    SaveModifierGroup, SaveProduct, SaveTax, SaveVariants, SearchProducts, SetProductPhoto, TaxesView,
    VariantsSetup,
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

/// Adds a tax, or changes it.
#[tauri::command]
pub(crate) async fn save_tax(call: Call<SaveTax>) -> Result<TaxesView, Failure> {
    call.perform().await
}

/// Takes a tax away that no product bears.
#[tauri::command]
pub(crate) async fn remove_tax(call: Call<RemoveTax>) -> Result<TaxesView, Failure> {
    call.perform().await
}

/// Pictures of products, by their names.
#[tauri::command]
pub(crate) async fn get_photos(call: Call<GetPhotos>) -> Result<Photos, Failure> {
    call.perform().await
}

/// Gives a product a picture, or takes it away.
#[tauri::command]
pub(crate) async fn set_product_photo(call: Call<SetProductPhoto>) -> Result<ProductPhoto, Failure> {
    call.perform().await
}

/// The sizes and colours that a product comes in, and its barcodes.
#[tauri::command]
pub(crate) async fn get_variants(call: Call<GetVariants>) -> Result<VariantsSetup, Failure> {
    call.perform().await
}

/// Says in which sizes and colours a product comes.
#[tauri::command]
pub(crate) async fn save_variants(call: Call<SaveVariants>) -> Result<VariantsSetup, Failure> {
    call.perform().await
}

/// Every product as a file.
#[tauri::command]
pub(crate) async fn export_products(call: Call<ExportProducts>) -> Result<ProductsFile, Failure> {
    call.perform().await
}

/// What a file of products would change.
#[tauri::command]
pub(crate) async fn preview_import(call: Call<PreviewImport>) -> Result<ImportPreview, Failure> {
    call.perform().await
}

/// Changes the menu as a file of products says.
#[tauri::command]
pub(crate) async fn import_products(call: Call<ImportProducts>) -> Result<ImportedProducts, Failure> {
    call.perform().await
}
