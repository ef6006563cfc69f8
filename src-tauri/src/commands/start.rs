//! What the window of a start that failed may ask for. The core does not serve then: nothing here reaches it.

use crate::start::{self, Attempt, Start, Trouble};
use fastops_app::{CountryView, Founding, MOST_TABLES, countries};
use serde::Serialize;
use tauri::{AppHandle, State};

/// Why the program does not serve; nothing when it does.
#[tauri::command]
pub(crate) async fn get_start_trouble(start: State<'_, Start>) -> Result<Option<Trouble>, tauri::Error> {
    Ok(start.trouble())
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

/// What a house may be founded with.
#[derive(Debug, Serialize)]
pub(crate) struct FoundingChoices {
    countries: Vec<CountryView>,
    most_tables: u32,
}

/// What can be chosen for a new house.
#[tauri::command]
pub(crate) fn get_founding_choices() -> FoundingChoices {
    FoundingChoices { countries: countries(), most_tables: MOST_TABLES }
}

/// Founds a house in data that has none, and opens the till. Gives why it does not.
#[tauri::command]
pub(crate) async fn found_house(
    handle: AppHandle,
    start: State<'_, Start>,
    founding: Founding,
) -> Result<Option<Trouble>, tauri::Error> {
    Ok(start::attempt(&handle, &start, Attempt::Found(Box::new(founding))).await)
}

/// Closes the program without having served.
#[tauri::command]
pub(crate) async fn quit(handle: AppHandle) {
    handle.exit(1);
}
