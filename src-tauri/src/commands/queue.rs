//! The print queue.

use super::call::Call;
use fastops_app::wire::{Failure, GetQueueStatus, QueueStatus};

/// What waits for paper, and how long that takes.
#[tauri::command]
pub(crate) async fn get_queue_status(call: Call<GetQueueStatus>) -> Result<QueueStatus, Failure> {
    call.perform().await
}
