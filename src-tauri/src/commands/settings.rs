//! What the house decides for itself.

use super::call::Call;
use fastops_app::wire::{Failure, GetSettings, SetSetting, SettingsView};

/// Every setting as it holds at this terminal.
#[tauri::command]
pub(crate) async fn get_settings(call: Call<GetSettings>) -> Result<SettingsView, Failure> {
    call.perform().await
}

/// Decides a setting for the company, the branch or a terminal.
#[tauri::command]
pub(crate) async fn set_setting(call: Call<SetSetting>) -> Result<SettingsView, Failure> {
    call.perform().await
}
