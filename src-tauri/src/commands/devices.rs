//! What tickets come out of.

use super::call::Call;
use fastops_app::wire::{
    Failure, GetPrintSetup, PrintSetup, RemoveDevice, SaveDevice, SetMailServer, SetStationChain,
    SetTerminalPrinter, ShowStation, StationShown,
};

/// Devices, chains, the printers beside terminals, the mail server.
#[tauri::command]
pub(crate) async fn get_print_setup(call: Call<GetPrintSetup>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// Adds a device, or changes it.
#[tauri::command]
pub(crate) async fn save_device(call: Call<SaveDevice>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// Takes a device away.
#[tauri::command]
pub(crate) async fn remove_device(call: Call<RemoveDevice>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// Says where a station's tickets go.
#[tauri::command]
pub(crate) async fn set_station_chain(call: Call<SetStationChain>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// Says which printer stands beside a terminal.
#[tauri::command]
pub(crate) async fn set_terminal_printer(call: Call<SetTerminalPrinter>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// Says which server mails tickets.
#[tauri::command]
pub(crate) async fn set_mail_server(call: Call<SetMailServer>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// A kitchen screen says that it shows a station.
#[tauri::command]
pub(crate) async fn show_station(call: Call<ShowStation>) -> Result<StationShown, Failure> {
    call.perform().await
}
