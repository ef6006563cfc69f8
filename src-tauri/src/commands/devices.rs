//! What tickets come out of.

use super::call::Call;
use fastops_app::wire::{
    CheckPrinters, ChoosePageRow, CloseStation, Failure, GetPrintSetup, GetPrinterCheck, OrderStations,
    PrintSetup, PrintTestPage, PrinterCheck, RemoveDevice, SaveDevice, SaveStation, SetMailServer,
    SetStationChain, SetTerminalPrinter, ShowStation, StationShown, TestPageView,
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

/// Adds a station, or gives it another name.
#[tauri::command]
pub(crate) async fn save_station(call: Call<SaveStation>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// Puts the stations into an order.
#[tauri::command]
pub(crate) async fn order_stations(call: Call<OrderStations>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// Closes a station, and has another make what it made.
#[tauri::command]
pub(crate) async fn close_station(call: Call<CloseStation>) -> Result<PrintSetup, Failure> {
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

/// Prints a test page.
#[tauri::command]
pub(crate) async fn print_test_page(call: Call<PrintTestPage>) -> Result<TestPageView, Failure> {
    call.perform().await
}

/// Says which row of a test page reads right.
#[tauri::command]
pub(crate) async fn choose_page_row(call: Call<ChoosePageRow>) -> Result<PrintSetup, Failure> {
    call.perform().await
}

/// Has every printer print a short page.
#[tauri::command]
pub(crate) async fn check_printers(call: Call<CheckPrinters>) -> Result<PrinterCheck, Failure> {
    call.perform().await
}

/// How far the pages of a check are.
#[tauri::command]
pub(crate) async fn get_printer_check(call: Call<GetPrinterCheck>) -> Result<PrinterCheck, Failure> {
    call.perform().await
}
