//! The print queue.

use super::call::Call;
use fastops_app::wire::{
    ClearJobs, Failure, GetQueueStatus, GetStartReport, ListStuckJobs, QueueStatus, RetryJobs, SetBreaker,
    SetTurbo, SetWorkers, StartReportView, StuckJobs,
};

/// What waits for paper, and how long that takes.
#[tauri::command]
pub(crate) async fn get_queue_status(call: Call<GetQueueStatus>) -> Result<QueueStatus, Failure> {
    call.perform().await
}

/// Chooses how many printers may be busy at once.
#[tauri::command]
pub(crate) async fn set_workers(call: Call<SetWorkers>) -> Result<QueueStatus, Failure> {
    call.perform().await
}

/// Turns turbo on or off.
#[tauri::command]
pub(crate) async fn set_turbo(call: Call<SetTurbo>) -> Result<QueueStatus, Failure> {
    call.perform().await
}

/// Takes a printer out of use, or back into it.
#[tauri::command]
pub(crate) async fn set_breaker(call: Call<SetBreaker>) -> Result<QueueStatus, Failure> {
    call.perform().await
}

/// Tickets that failed or wait for a person.
#[tauri::command]
pub(crate) async fn list_stuck_jobs(call: Call<ListStuckJobs>) -> Result<StuckJobs, Failure> {
    call.perform().await
}

/// Has tickets tried anew.
#[tauri::command]
pub(crate) async fn retry_jobs(call: Call<RetryJobs>) -> Result<StuckJobs, Failure> {
    call.perform().await
}

/// Gives tickets up.
#[tauri::command]
pub(crate) async fn clear_jobs(call: Call<ClearJobs>) -> Result<StuckJobs, Failure> {
    call.perform().await
}

/// What the start of the program found.
#[tauri::command]
pub(crate) async fn get_start_report(call: Call<GetStartReport>) -> Result<StartReportView, Failure> {
    call.perform().await
}
