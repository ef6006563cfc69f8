//! What the window of a start that failed may ask for. The core does not serve then: nothing here reaches it.

use crate::start::{self, Attempt, Start, Trouble};
use tauri::{AppHandle, State};

/// Why the program does not serve; nothing when it does.
#[tauri::command]
pub(crate) fn get_start_trouble(start: State<'_, Start>) -> Option<Trouble> {
    start.trouble()
}

/// Restores the backup that was offered and goes on with it. Gives why it does not.
#[tauri::command]
pub(crate) async fn restore_backup(
    handle: AppHandle,
    start: State<'_, Start>,
) -> Result<Option<Trouble>, tauri::Error> {
    Ok(start::attempt(&handle, &start, Attempt::Restore).await)
}

/// Looks at the data as it is now. Gives why it still cannot be used.
#[tauri::command]
pub(crate) async fn start_again(
    handle: AppHandle,
    start: State<'_, Start>,
) -> Result<Option<Trouble>, tauri::Error> {
    Ok(start::attempt(&handle, &start, Attempt::Again).await)
}

/// Closes the program without having served.
#[tauri::command]
pub(crate) fn quit(handle: AppHandle) {
    handle.exit(1);
}
