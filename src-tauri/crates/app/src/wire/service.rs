//! How the core itself is: what its start found, and what of it broke.

use super::{Service, Text, wire};
use uuid::Uuid;

wire! {
    /// Something in the background that broke; it is started anew by itself.
    pub struct ServiceTrouble {
        pub service: Service,
        /// Of which printer, where each has one.
        pub of: Option<String>,
        /// Whether it works again.
        pub up: bool,
        /// How often it broke without a steady minute between.
        pub times: u32,
        /// What broke, and what that means, in a sentence.
        pub text: Text,
    }

    /// Asks what the start of the program found.
    pub struct GetStartReport {}

    pub struct StartReportView {
        /// The start that this is of; each has another.
        pub boot_id: Uuid,
        /// When the core served.
        pub at: i64,
        /// Milliseconds that the start took.
        pub ready_ms: i64,
        /// Tickets that were not on paper when the program ended, and go on.
        pub recovered: i64,
        /// Those of them that were with a printer, and print again under POSIBLE DUPLICADO.
        pub reprinted: i64,
    }
}
