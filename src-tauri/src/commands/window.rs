//! The windows beside the point of sale.

use crate::windows::Windows;
use fastops_app::Language;
use fastops_app::wire::Failure;
use tauri::{AppHandle, State};

/// Opens the kitchen display, or brings it to the front.
#[tauri::command]
pub(crate) async fn open_kitchen(
    handle: AppHandle,
    windows: State<'_, Windows>,
    language: Option<Language>,
) -> Result<(), Failure> {
    windows.show_kitchen(&handle, language.unwrap_or_default())
}

/// Opens the guests' window, or brings it to the front.
#[tauri::command]
pub(crate) async fn open_guests(
    handle: AppHandle,
    windows: State<'_, Windows>,
    language: Option<Language>,
) -> Result<(), Failure> {
    windows.show_guests(&handle, language.unwrap_or_default())
}
