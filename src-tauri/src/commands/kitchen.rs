//! The kitchen display.

use super::call::Call;
use fastops_app::wire::{
    BumpTicket, Failure, KitchenTicket, KitchenView, ListKitchenTickets, RecallTicket, SeeTickets,
    SeenTickets,
};

/// A station's tickets.
#[tauri::command]
pub(crate) async fn list_kitchen_tickets(call: Call<ListKitchenTickets>) -> Result<KitchenView, Failure> {
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
