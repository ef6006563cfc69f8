//! What each role may do.

use super::call::Call;
use fastops_app::wire::{ChangeRole, Failure, ListRoles, RolesView};

/// What each role may do.
#[tauri::command]
pub(crate) async fn list_roles(call: Call<ListRoles>) -> Result<RolesView, Failure> {
    call.perform().await
}

/// Gives a role a permission, or takes it away.
#[tauri::command]
pub(crate) async fn change_role(call: Call<ChangeRole>) -> Result<RolesView, Failure> {
    call.perform().await
}
