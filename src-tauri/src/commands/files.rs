//! Files that a person takes out of the program. A window names none and holds no bytes: the core says both.

use super::call::Call;
use crate::downloads;
use fastops_app::wire::{ExportProducts, Failure};

/// Saves every product as a file where this user's downloads are, and says where that is.
#[tauri::command]
pub(crate) async fn save_products(call: Call<ExportProducts>) -> Result<String, Failure> {
    let language = call.language();
    downloads::keep(&call.perform().await?, language)
}
