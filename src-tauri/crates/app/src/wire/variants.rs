//! The sizes and colours that a product comes in, and what a scanner reads of it.

use super::wire;
use uuid::Uuid;

wire! {
    /// Asks in which variants a product comes.
    pub struct GetVariants {
        pub product_id: Uuid,
    }

    pub struct VariantsSetup {
        pub product_id: Uuid,
        /// All sizes that the house knows, in their order.
        pub sizes: Vec<SizeView>,
        /// All colours that the house knows, in their order.
        pub colors: Vec<ColorView>,
        /// With those that are sold no longer.
        pub variants: Vec<VariantSetup>,
        /// What a scanner reads of the product itself.
        pub barcodes: Vec<String>,
    }

    pub struct SizeView {
        pub id: Uuid,
        pub name: String,
    }

    pub struct ColorView {
        pub id: Uuid,
        pub name: String,
        /// What a screen shows, as `#rrggbb`.
        pub swatch: String,
    }

    /// A product in one size, one colour or both.
    pub struct VariantSetup {
        pub id: Uuid,
        pub size_id: Option<Uuid>,
        pub color_id: Option<Uuid>,
        /// None when it costs what the product costs.
        pub price_minor: Option<i64>,
        /// What a waiter types to find it; empty when it has none.
        pub short_code: String,
        pub barcodes: Vec<String>,
        pub active: bool,
    }

    /// Has a product come in these variants. Those that are not named are sold no longer.
    pub struct SaveVariants {
        pub command_id: Uuid,
        pub product_id: Uuid,
        /// Sizes that the house did not know, with ids made by the client.
        pub new_sizes: Vec<SizeView>,
        pub new_colors: Vec<ColorView>,
        /// At most 200. Of one that is there already its size and colour stay what they are.
        pub variants: Vec<VariantSetup>,
        /// What a scanner reads of the product itself, from now on.
        pub barcodes: Vec<String>,
    }
}
