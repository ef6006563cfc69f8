//! What people should know about.

use super::call::Call;
use fastops_app::wire::{AlertsView, Failure, GetAlerts};

/// What is wrong now, and what was in the last day.
#[tauri::command]
pub(crate) async fn get_alerts(call: Call<GetAlerts>) -> Result<AlertsView, Failure> {
    call.perform().await
}
