//! Finding printers, and looking at a setup.

use super::call::Call;
use fastops_app::wire::{
    CheckSetup, Failure, FindPrinters, FirstStepsView, FoundPrinters, GetFirstSteps, GetPrinterModels,
    PrinterModels, ProbePrinter, ProbedPrinter, ProductTrace, SetupFindings, TraceProduct,
};

/// What a new house has already, and what it still needs.
#[tauri::command]
pub(crate) async fn get_first_steps(call: Call<GetFirstSteps>) -> Result<FirstStepsView, Failure> {
    call.perform().await
}

/// Looks for printers on the network and on cables.
#[tauri::command]
pub(crate) async fn find_printers(call: Call<FindPrinters>) -> Result<FoundPrinters, Failure> {
    call.perform().await
}

/// Asks a printer what it is.
#[tauri::command]
pub(crate) async fn probe_printer(call: Call<ProbePrinter>) -> Result<ProbedPrinter, Failure> {
    call.perform().await
}

/// The printer models that are known.
#[tauri::command]
pub(crate) async fn get_printer_models(call: Call<GetPrinterModels>) -> Result<PrinterModels, Failure> {
    call.perform().await
}

/// Where a product's tickets would come out.
#[tauri::command]
pub(crate) async fn trace_product(call: Call<TraceProduct>) -> Result<ProductTrace, Failure> {
    call.perform().await
}

/// What is wrong with the setup of printing.
#[tauri::command]
pub(crate) async fn check_setup(call: Call<CheckSetup>) -> Result<SetupFindings, Failure> {
    call.perform().await
}
