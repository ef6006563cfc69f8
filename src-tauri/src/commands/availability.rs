//! What has run out, and how much is left.

use super::call::Call;
use fastops_app::wire::{
    Failure, GetAvailability, ListStationProducts, ProductAvailability, SetAvailability, StationProducts,
};

/// How much is left of a product.
#[tauri::command]
pub(crate) async fn get_availability(call: Call<GetAvailability>) -> Result<ProductAvailability, Failure> {
    call.perform().await
}

/// How much is left of what a station makes.
#[tauri::command]
pub(crate) async fn list_station_products(
    call: Call<ListStationProducts>,
) -> Result<StationProducts, Failure> {
    call.perform().await
}

/// Says how much is left of a product.
#[tauri::command]
pub(crate) async fn set_availability(call: Call<SetAvailability>) -> Result<ProductAvailability, Failure> {
    call.perform().await
}
