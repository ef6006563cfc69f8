//! The windows beside the point of sale.

use crate::windows::{Standing, Windows};
use fastops_app::Language;
use fastops_app::wire::Failure;
use tauri::{AppHandle, State, WebviewWindow};

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

/// There are stations: the kitchen display opens by itself where it has a screen, unless a person closed it.
#[tauri::command]
pub(crate) async fn offer_kitchen(windows: State<'_, Windows>) -> Result<(), Failure> {
    windows.offer_kitchen();
    Ok(())
}

/// How the windows beside the point of sale stand; what becomes of them comes as an event.
#[tauri::command]
pub(crate) async fn get_windows(windows: State<'_, Windows>) -> Result<Vec<Standing>, Failure> {
    Ok(windows.standings())
}

/// A person is at the window that says so.
#[tauri::command]
pub(crate) async fn attend_window(window: WebviewWindow, windows: State<'_, Windows>) -> Result<(), Failure> {
    windows.attend(window.label());
    Ok(())
}

/// Has the window that asks fill its screen, or no longer.
#[tauri::command]
pub(crate) async fn turn_full_screen(
    window: WebviewWindow,
    windows: State<'_, Windows>,
    language: Option<Language>,
) -> Result<(), Failure> {
    windows.turn_full_screen(&window, language.unwrap_or_default())
}
