//! Those who buy here: found, added, changed.

use super::{FoundBy, wire};
use uuid::Uuid;

wire! {
    /// Asks for a page of the active customers of whom something begins with what was typed.
    pub struct FindCustomers {
        pub by: FoundBy,
        pub text: String,
        /// The end of the page before; none for the first.
        pub after: Option<CustomerPageEnd>,
        /// Most of one page, 1 to 100.
        pub limit: u32,
    }

    /// Where a page ends.
    pub struct CustomerPageEnd {
        pub key: String,
        pub id: Uuid,
    }

    pub struct CustomerPage {
        pub customers: Vec<CustomerView>,
        /// The end of this page; none when it is the last.
        pub end: Option<CustomerPageEnd>,
    }

    pub struct CustomerView {
        pub id: Uuid,
        pub details: CustomerDetails,
        pub active: bool,
    }

    pub struct CustomerDetails {
        pub name: String,
        pub phone: Option<String>,
        pub email: Option<String>,
        pub address: Option<String>,
        pub tax_number: Option<String>,
        pub note: Option<String>,
    }

    pub struct CreateCustomer {
        pub command_id: Uuid,
        pub customer_id: Uuid,
        pub details: CustomerDetails,
    }

    /// Puts other details in the place of a customer's.
    pub struct ChangeCustomer {
        pub command_id: Uuid,
        pub customer_id: Uuid,
        pub details: CustomerDetails,
    }

    /// Says whether a customer can be found. Nothing of them is deleted.
    pub struct SetCustomerActive {
        pub command_id: Uuid,
        pub customer_id: Uuid,
        pub active: bool,
    }
}
