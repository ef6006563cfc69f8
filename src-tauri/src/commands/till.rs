//! The till: a drawer from its float to its count.

use super::call::Call;
use fastops_app::wire::{
    CashSessionView, CloseCashSession, Failure, GetCashSession, MoveCash, OpenCashSession, PaperView,
    PrintCashReport, TillView,
};

/// What went through a drawer.
#[tauri::command]
pub(crate) async fn get_cash_session(call: Call<GetCashSession>) -> Result<TillView, Failure> {
    call.perform().await
}

/// Opens this terminal's drawer.
#[tauri::command]
pub(crate) async fn open_cash_session(call: Call<OpenCashSession>) -> Result<CashSessionView, Failure> {
    call.perform().await
}

/// Puts cash into a drawer, or takes it out.
#[tauri::command]
pub(crate) async fn move_cash(call: Call<MoveCash>) -> Result<CashSessionView, Failure> {
    call.perform().await
}

/// Closes a drawer with what was counted in it.
#[tauri::command]
pub(crate) async fn close_cash_session(call: Call<CloseCashSession>) -> Result<CashSessionView, Failure> {
    call.perform().await
}

/// Prints what went through a drawer.
#[tauri::command]
pub(crate) async fn print_cash_report(call: Call<PrintCashReport>) -> Result<PaperView, Failure> {
    call.perform().await
}
