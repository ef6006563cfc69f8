//! The kitchen display.

use super::call::Call;
use fastops_app::wire::{
    BumpTicket, Failure, GetKitchenTickets, KitchenTicket, KitchenTickets, KitchenView, ListKitchenTickets,
    PrioritiseTicket, RecallTicket, SeeTickets, SeenTickets,
};

/// A station's tickets.
#[tauri::command]
pub(crate) async fn list_kitchen_tickets(call: Call<ListKitchenTickets>) -> Result<KitchenView, Failure> {
    call.perform().await
}

/// Some of a station's tickets, by their ids.
#[tauri::command]
pub(crate) async fn get_kitchen_tickets(call: Call<GetKitchenTickets>) -> Result<KitchenTickets, Failure> {
    call.perform().await
}

/// Says that a kitchen screen has shown tickets.
#[tauri::command]
pub(crate) async fn see_tickets(call: Call<SeeTickets>) -> Result<SeenTickets, Failure> {
    call.perform().await
}

/// Says that a ticket is done.
#[tauri::command]
pub(crate) async fn bump_ticket(call: Call<BumpTicket>) -> Result<KitchenTicket, Failure> {
    call.perform().await
}

/// Brings a done ticket back.
#[tauri::command]
pub(crate) async fn recall_ticket(call: Call<RecallTicket>) -> Result<KitchenTicket, Failure> {
    call.perform().await
}

/// Has a ticket go before the others on its screen.
#[tauri::command]
pub(crate) async fn prioritise_ticket(call: Call<PrioritiseTicket>) -> Result<KitchenTicket, Failure> {
    call.perform().await
}
