//! Papers that are no tickets: bills, and drawers.

use super::call::Call;
use fastops_app::wire::{
    AnswerPaper, Failure, GetPaper, GetPaperPreview, GetTillPrinters, GetUncertainPapers, KickDrawer,
    PaperPreview, PaperView, PrintBill, PrintParts, PrintedParts, TillPrinters, UncertainPapers,
};

/// Prints what an order comes to.
#[tauri::command]
pub(crate) async fn print_bill(call: Call<PrintBill>) -> Result<PaperView, Failure> {
    call.perform().await
}

/// Prints the parts of a divided bill.
#[tauri::command]
pub(crate) async fn print_parts(call: Call<PrintParts>) -> Result<PrintedParts, Failure> {
    call.perform().await
}

/// Opens a drawer.
#[tauri::command]
pub(crate) async fn kick_drawer(call: Call<KickDrawer>) -> Result<PaperView, Failure> {
    call.perform().await
}

/// Where this terminal's bills and drawer are.
#[tauri::command]
pub(crate) async fn get_till_printers(call: Call<GetTillPrinters>) -> Result<TillPrinters, Failure> {
    call.perform().await
}

/// How far a paper is.
#[tauri::command]
pub(crate) async fn get_paper(call: Call<GetPaper>) -> Result<PaperView, Failure> {
    call.perform().await
}

/// The papers of which nobody knows whether they came out.
#[tauri::command]
pub(crate) async fn get_uncertain_papers(call: Call<GetUncertainPapers>) -> Result<UncertainPapers, Failure> {
    call.perform().await
}

/// Says whether a paper came out.
#[tauri::command]
pub(crate) async fn answer_paper(call: Call<AnswerPaper>) -> Result<PaperView, Failure> {
    call.perform().await
}

/// How a paper looks.
#[tauri::command]
pub(crate) async fn get_paper_preview(call: Call<GetPaperPreview>) -> Result<PaperPreview, Failure> {
    call.perform().await
}
