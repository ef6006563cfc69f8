//! Lists of other prices, as whoever keeps the menu sees and changes them.

use super::wire;
use uuid::Uuid;

wire! {
    /// Asks for all price lists of the branch and of all branches.
    pub struct GetPriceLists {}

    pub struct PriceListsView {
        /// By their names.
        pub lists: Vec<PriceListView>,
        /// What products are sold in, for lists that name a variant.
        pub variants: Vec<PricedVariant>,
        /// What costs something else than its own price at this moment.
        pub now: Vec<PriceThen>,
        /// When the next business day begins.
        pub next_day_at: i64,
    }

    pub struct PriceListView {
        pub id: Uuid,
        pub name: String,
        /// Of lists that hold at the same time the greatest counts; -1 for what things ordinarily cost from some day on.
        pub priority: i32,
        /// For this branch alone, not for all of the company's.
        pub here_only: bool,
        /// Put aside when false: it never counts.
        pub active: bool,
        pub valid_from: Option<i64>,
        /// The first moment at which it no longer counts.
        pub valid_until: Option<i64>,
        /// None means always.
        pub hours: Vec<PriceHours>,
        pub prices: Vec<ListPrice>,
        /// Whether it counts at this moment.
        pub holds: bool,
        /// When it stops, if it holds and does so before the business day is over.
        pub ends_at: Option<i64>,
        /// Names of lists that say another price of the same thing for the same moment with the same priority.
        pub clashes: Vec<String>,
    }

    /// Hours of one weekday, by the branch's clock.
    pub struct PriceHours {
        /// The business day on which they begin: 1 is Monday, 7 Sunday.
        pub weekday: u8,
        /// 0 to 1439.
        pub from_minute: u32,
        /// 1 to 1440; before the beginning it means after midnight, the same means the whole business day.
        pub to_minute: u32,
    }

    /// What a product, or one variant of it, costs by a list.
    pub struct ListPrice {
        pub product_id: Uuid,
        #[serde(default)]
        pub variant_id: Option<Uuid>,
        pub price_minor: i64,
    }

    pub struct PricedVariant {
        pub id: Uuid,
        pub product_id: Uuid,
        /// Its colour and its size, in words.
        pub name: String,
        /// Without any list.
        pub price_minor: i64,
    }

    /// Adds a price list, or changes it with all its hours and prices.
    pub struct SavePriceList {
        pub command_id: Uuid,
        /// Made by the client when it is new.
        pub list_id: Uuid,
        pub name: String,
        pub priority: i32,
        pub here_only: bool,
        pub active: bool,
        #[serde(default)]
        pub valid_from: Option<i64>,
        #[serde(default)]
        pub valid_until: Option<i64>,
        pub hours: Vec<PriceHours>,
        pub prices: Vec<ListPrice>,
    }

    /// Takes a price list away. What was sold by it keeps its price.
    pub struct RemovePriceList {
        pub command_id: Uuid,
        pub list_id: Uuid,
    }

    /// Has a product ordinarily cost something else from the beginning of the next business day.
    pub struct SchedulePrice {
        pub command_id: Uuid,
        pub product_id: Uuid,
        pub price_minor: i64,
    }

    /// Asks what products and variants would cost with so much off their own prices.
    pub struct DiscountPrices {
        /// All of the menu when none is meant.
        #[serde(default)]
        pub category_id: Option<Uuid>,
        /// Hundredths of a per cent, 1 to 10000.
        pub off_bp: u32,
    }

    pub struct DiscountedPrices {
        pub prices: Vec<ListPrice>,
    }

    /// Asks which prices hold at a moment.
    pub struct PreviewPrices {
        pub at: i64,
    }

    /// Which prices hold at a moment.
    pub struct PricesThen {
        /// Names of the lists that hold, the one that counts most first.
        pub lists: Vec<String>,
        pub prices: Vec<PriceThen>,
    }

    /// Something that costs something else than its own price.
    pub struct PriceThen {
        pub product_id: Uuid,
        pub variant_id: Option<Uuid>,
        /// The product, with its variant when there is one.
        pub name: String,
        /// Without any list.
        pub own_minor: i64,
        pub price_minor: i64,
        /// The name of the list that says so.
        pub list: String,
    }

    /// Has a product stand among the house's favourites, last, or not any more.
    pub struct SetFavourite {
        pub command_id: Uuid,
        pub product_id: Uuid,
        pub favourite: bool,
    }

    /// Puts the favourites into this order. Those that are not named stand where they stood.
    pub struct OrderFavourites {
        pub command_id: Uuid,
        pub product_ids: Vec<Uuid>,
    }
}
