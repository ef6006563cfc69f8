//! What is left of a product, as people say it.

use super::wire;
use uuid::Uuid;

wire! {
    /// Asks how much is left of a product, and who said so.
    pub struct GetAvailability {
        pub product_id: Uuid,
    }

    /// Asks how much is left of what a station makes.
    pub struct ListStationProducts {
        /// None for what any station makes.
        pub station_id: Option<Uuid>,
    }

    pub struct StationProducts {
        /// In the menu's order.
        pub products: Vec<ProductAvailability>,
    }

    pub struct ProductAvailability {
        pub product_id: Uuid,
        pub name: String,
        pub short_code: String,
        /// Whether there is none of it, by its count or because somebody said so.
        pub sold_out: bool,
        /// Units that can still be sold, by what was said or by its stock if that is less; none when nothing limits it.
        pub remaining: Option<i64>,
        /// What somebody said; none when nobody did, or nobody knows any more who.
        pub said: Option<SaidLeft>,
    }

    pub struct SaidLeft {
        /// Units that there were when it was said; 0 says that it is sold out.
        pub units: i64,
        pub by: String,
        pub at: i64,
        /// When it is over by itself; none when it holds until somebody says otherwise.
        pub ends_at: Option<i64>,
    }

    /// Says how much is left of a product, in place of whatever was said before.
    pub struct SetAvailability {
        pub command_id: Uuid,
        pub product_id: Uuid,
        /// At most 999; 0 says that it is sold out, and none that there is as much as is asked for.
        pub units: Option<u32>,
        /// It holds until somebody says otherwise, and not only until the business day is over.
        #[serde(default)]
        pub stays: bool,
    }
}
