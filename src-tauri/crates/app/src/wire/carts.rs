//! What tills have typed and not sent.

use super::wire;
use uuid::Uuid;

wire! {
    /// Keeps what was typed at this terminal for an order and not sent.
    pub struct KeepCart {
        /// Which computer or tablet of the terminal: several may work as one.
        pub machine_id: Uuid,
        pub order_id: Uuid,
        /// Counts the cart's changes: what is kept with a higher one is newer, and stays.
        pub version: i64,
        /// As the till reads it again; none when nothing is typed any more.
        #[serde(default)]
        pub content: Option<String>,
    }

    pub struct KeptCart {
        /// The newest that is kept: higher than what was sent where another window of the machine is ahead.
        pub version: i64,
    }

    /// Asks for what was typed at this terminal, on this machine, and not sent.
    pub struct GetCarts {
        pub machine_id: Uuid,
    }

    pub struct Carts {
        pub carts: Vec<CartView>,
    }

    pub struct CartView {
        pub order_id: Uuid,
        pub version: i64,
        /// None of a cart that was emptied, so that an older copy of it is known to be older.
        pub content: Option<String>,
        /// Whether the order is there already, and the cart only adds to it.
        pub known: bool,
    }
}
