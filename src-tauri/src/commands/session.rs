//! Signing in and out.

use super::call::Call;
use fastops_app::wire::{
    Approvers, Failure, GetApprovers, GetSession, GetTerminal, LogIn, LogOut, LoggedIn, LoggedOut,
    SessionView, TerminalView,
};

/// What this branch is and who works in it.
#[tauri::command]
pub(crate) async fn get_terminal(call: Call<GetTerminal>) -> Result<TerminalView, Failure> {
    call.perform().await
}

/// Signs a person in with a PIN.
#[tauri::command]
pub(crate) async fn log_in(call: Call<LogIn>) -> Result<LoggedIn, Failure> {
    call.perform().await
}

/// Who is signed in.
#[tauri::command]
pub(crate) async fn get_session(call: Call<GetSession>) -> Result<SessionView, Failure> {
    call.perform().await
}

/// Who may approve what the caller may not do alone.
#[tauri::command]
pub(crate) async fn get_approvers(call: Call<GetApprovers>) -> Result<Approvers, Failure> {
    call.perform().await
}

/// Ends the session.
#[tauri::command]
pub(crate) async fn log_out(call: Call<LogOut>) -> Result<LoggedOut, Failure> {
    call.perform().await
}
