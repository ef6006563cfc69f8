//! Price lists and favourites.

use super::call::Call;
use fastops_app::wire::{
    DiscountPrices, DiscountedPrices, Failure, GetPriceLists, MenuSetup, OrderFavourites, PreviewPrices,
    PriceListsView, PricesThen, RemovePriceList, SavePriceList, SchedulePrice, SetFavourite,
};

/// All price lists.
#[tauri::command]
pub(crate) async fn get_price_lists(call: Call<GetPriceLists>) -> Result<PriceListsView, Failure> {
    call.perform().await
}

/// Adds a price list, or changes it.
#[tauri::command]
pub(crate) async fn save_price_list(call: Call<SavePriceList>) -> Result<PriceListsView, Failure> {
    call.perform().await
}

/// Takes a price list away.
#[tauri::command]
pub(crate) async fn remove_price_list(call: Call<RemovePriceList>) -> Result<PriceListsView, Failure> {
    call.perform().await
}

/// Changes a price from the next business day.
#[tauri::command]
pub(crate) async fn schedule_price(call: Call<SchedulePrice>) -> Result<PriceListsView, Failure> {
    call.perform().await
}

/// Prices with so much per cent off.
#[tauri::command]
pub(crate) async fn discount_prices(call: Call<DiscountPrices>) -> Result<DiscountedPrices, Failure> {
    call.perform().await
}

/// Which prices hold at a moment.
#[tauri::command]
pub(crate) async fn preview_prices(call: Call<PreviewPrices>) -> Result<PricesThen, Failure> {
    call.perform().await
}

/// Puts a product among the favourites, or takes it out.
#[tauri::command]
pub(crate) async fn set_favourite(call: Call<SetFavourite>) -> Result<MenuSetup, Failure> {
    call.perform().await
}

/// Says in which order the favourites stand.
#[tauri::command]
pub(crate) async fn order_favourites(call: Call<OrderFavourites>) -> Result<MenuSetup, Failure> {
    call.perform().await
}
