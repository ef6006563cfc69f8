//! The print queue.

use super::call::Call;
use fastops_app::wire::{Failure, GetQueueStatus, QueueStatus, SetBreaker, SetTurbo, SetWorkers};

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
