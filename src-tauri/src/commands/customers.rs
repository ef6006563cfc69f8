//! Those who buy here.

use super::call::Call;
use fastops_app::wire::{
    ChangeCustomer, CreateCustomer, CustomerPage, CustomerView, Failure, FindCustomers, SetCustomerActive,
};

/// Finds customers by name, telephone or tax number.
#[tauri::command]
pub(crate) async fn find_customers(call: Call<FindCustomers>) -> Result<CustomerPage, Failure> {
    call.perform().await
}

/// Adds a customer.
#[tauri::command]
pub(crate) async fn create_customer(call: Call<CreateCustomer>) -> Result<CustomerView, Failure> {
    call.perform().await
}

/// Changes a customer's details.
#[tauri::command]
pub(crate) async fn change_customer(call: Call<ChangeCustomer>) -> Result<CustomerView, Failure> {
    call.perform().await
}

/// Says whether a customer can be found.
#[tauri::command]
pub(crate) async fn set_customer_active(call: Call<SetCustomerActive>) -> Result<CustomerView, Failure> {
    call.perform().await
}
