//! Which computers the printers belong to.

use super::call::Call;
use fastops_app::wire::{Failure, GetPrinterOwners, PrinterOwners, SetPrinterOwners};

/// Which computers the printers belong to, and which one drives each now.
#[tauri::command]
pub(crate) async fn get_printer_owners(call: Call<GetPrinterOwners>) -> Result<PrinterOwners, Failure> {
    call.perform().await
}

/// Says which computers a printer belongs to.
#[tauri::command]
pub(crate) async fn set_printer_owners(call: Call<SetPrinterOwners>) -> Result<PrinterOwners, Failure> {
    call.perform().await
}
