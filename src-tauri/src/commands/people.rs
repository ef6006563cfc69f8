//! People who work here.

use super::call::Call;
use fastops_app::wire::{Failure, GetPeople, PeopleView, PersonView, SavePerson};

/// Who works here, and who did.
#[tauri::command]
pub(crate) async fn get_people(call: Call<GetPeople>) -> Result<PeopleView, Failure> {
    call.perform().await
}

/// Adds a person, or changes them.
#[tauri::command]
pub(crate) async fn save_person(call: Call<SavePerson>) -> Result<PersonView, Failure> {
    call.perform().await
}
