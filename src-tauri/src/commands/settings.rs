//! What the house decides for itself.

use super::call::Call;
use fastops_app::wire::{
    Failure, GetReceiptLogo, GetSettings, LogoView, ReceiptLogoView, SetReceiptLogo, SetSetting,
    SettingsView, TryReceiptLogo,
};

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

/// The picture on bills and receipts.
#[tauri::command]
pub(crate) async fn get_receipt_logo(call: Call<GetReceiptLogo>) -> Result<ReceiptLogoView, Failure> {
    call.perform().await
}

/// How a picture would look on paper.
#[tauri::command]
pub(crate) async fn try_receipt_logo(call: Call<TryReceiptLogo>) -> Result<LogoView, Failure> {
    call.perform().await
}

/// Has bills and receipts begin with a picture, or with none.
#[tauri::command]
pub(crate) async fn set_receipt_logo(call: Call<SetReceiptLogo>) -> Result<ReceiptLogoView, Failure> {
    call.perform().await
}
