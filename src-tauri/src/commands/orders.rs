//! Orders, from the first line to the paper.

use super::call::Call;
use fastops_app::wire::{
    AddLines, Carts, ChangeOrderType, CreateOrder, DescribeOrder, DivideBill, DivisionView, Failure,
    FireCourse, GetCarts, GetOrder, GiveOrder, HandOverOrder, KeepCart, KeptCart, MarkUrgent, MergeOrders,
    MoveLines, MoveOrder, MovedOrders, OrderView, Quote, QuoteDivision, QuoteLines, ReprintTicket, VoidLine,
};

/// What lines would come to.
#[tauri::command]
pub(crate) async fn quote_lines(call: Call<QuoteLines>) -> Result<Quote, Failure> {
    call.perform().await
}

/// Keeps what is typed for an order and not sent.
#[tauri::command]
pub(crate) async fn keep_cart(call: Call<KeepCart>) -> Result<KeptCart, Failure> {
    call.perform().await
}

/// What was typed at this machine and not sent.
#[tauri::command]
pub(crate) async fn get_carts(call: Call<GetCarts>) -> Result<Carts, Failure> {
    call.perform().await
}

/// Opens an order and sends it to its stations.
#[tauri::command]
pub(crate) async fn create_order(call: Call<CreateOrder>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// One order.
#[tauri::command]
pub(crate) async fn get_order(call: Call<GetOrder>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Adds lines to an open order.
#[tauri::command]
pub(crate) async fn add_lines(call: Call<AddLines>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Has the stations make what is held of a course.
#[tauri::command]
pub(crate) async fn fire_course(call: Call<FireCourse>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Takes a line back.
#[tauri::command]
pub(crate) async fn void_line(call: Call<VoidLine>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Moves an order's tickets to the front.
#[tauri::command]
pub(crate) async fn mark_urgent(call: Call<MarkUrgent>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Prints a ticket again, marked.
#[tauri::command]
pub(crate) async fn reprint_ticket(call: Call<ReprintTicket>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Takes an order to another table.
#[tauri::command]
pub(crate) async fn move_order(call: Call<MoveOrder>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Serves an open order as something else.
#[tauri::command]
pub(crate) async fn change_order_type(call: Call<ChangeOrderType>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Takes all of one order to another.
#[tauri::command]
pub(crate) async fn merge_orders(call: Call<MergeOrders>) -> Result<MovedOrders, Failure> {
    call.perform().await
}

/// Takes lines to another order, or to a new one.
#[tauri::command]
pub(crate) async fn move_lines(call: Call<MoveLines>) -> Result<MovedOrders, Failure> {
    call.perform().await
}

/// Gives an order to another waiter.
#[tauri::command]
pub(crate) async fn give_order(call: Call<GiveOrder>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// What the parts of a bill would come to.
#[tauri::command]
pub(crate) async fn quote_division(call: Call<QuoteDivision>) -> Result<DivisionView, Failure> {
    call.perform().await
}

/// Divides the bill of an order into parts, or joins them again.
#[tauri::command]
pub(crate) async fn divide_bill(call: Call<DivideBill>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Says how whoever ordered is reached, and when the order is promised.
#[tauri::command]
pub(crate) async fn describe_order(call: Call<DescribeOrder>) -> Result<OrderView, Failure> {
    call.perform().await
}

/// Says that an order was handed to whoever ordered it, or was not after all.
#[tauri::command]
pub(crate) async fn hand_over_order(call: Call<HandOverOrder>) -> Result<OrderView, Failure> {
    call.perform().await
}
