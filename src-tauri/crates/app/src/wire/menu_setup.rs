//! The menu as whoever keeps it sees and changes it.

use super::{ComboSlotView, ModifierGroupView, ModifierView, Portioning, TaxView, wire};
use uuid::Uuid;

wire! {
    /// Asks for the whole menu, with what is off it.
    pub struct GetMenuSetup {}

    pub struct MenuSetup {
        /// In the menu's order.
        pub categories: Vec<CategorySetup>,
        /// Category by category, in the menu's order.
        pub products: Vec<ProductSetup>,
        pub groups: Vec<ModifierGroupView>,
        pub stations: Vec<StationName>,
        pub taxes: Vec<TaxView>,
        /// The house's favourites in their order; those off the menu keep their place.
        pub favourite_ids: Vec<Uuid>,
    }

    pub struct CategorySetup {
        pub id: Uuid,
        pub name: String,
        /// A colour of the design system: one of its chip names.
        pub color: String,
        /// Off the menu with all that is in it when false.
        pub active: bool,
        /// Who makes what is in it; none when nobody has to.
        pub station_id: Option<Uuid>,
    }

    pub struct ProductSetup {
        pub id: Uuid,
        pub category_id: Uuid,
        pub name: String,
        /// What a waiter types to find it; empty when it has none.
        pub short_code: String,
        pub price_minor: i64,
        /// In the order in which they apply.
        pub tax_ids: Vec<Uuid>,
        /// Groups of questions in the order they are asked.
        pub group_ids: Vec<Uuid>,
        pub preparation_minutes: u32,
        /// Who makes it in particular; none when it is whoever makes its category.
        pub station_id: Option<Uuid>,
        pub active: bool,
        /// Whether there is none of it to sell now, by its count or because somebody said so.
        pub sold_out: bool,
        /// Units that can still be sold; none when nothing limits it.
        pub remaining: Option<i64>,
        /// The sizes and colours that it is sold in, which have their own prices; nothing when it comes in one form.
        pub variants: Vec<VariantName>,
        pub photo_id: Option<Uuid>,
        /// What it has the guest choose, of a combo; none of any other product.
        pub slots: Option<Vec<ComboSlotView>>,
        /// Whether it stands among the house's favourites.
        pub favourite: bool,
    }

    pub struct VariantName {
        pub id: Uuid,
        /// Its colour and its size, in words.
        pub name: String,
    }

    pub struct StationName {
        pub id: Uuid,
        pub name: String,
    }

    /// Adds a category at the end of the menu, or changes it.
    pub struct SaveCategory {
        pub command_id: Uuid,
        /// Made by the client when it is new.
        pub category_id: Uuid,
        pub name: String,
        pub color: String,
        pub station_id: Option<Uuid>,
        pub active: bool,
    }

    /// Adds a product at the end of its category, or changes it. What is a combo once is one for ever, and nothing else
    /// becomes one.
    pub struct SaveProduct {
        pub command_id: Uuid,
        /// Made by the client when it is new.
        pub product_id: Uuid,
        pub category_id: Uuid,
        pub name: String,
        pub short_code: String,
        pub price_minor: i64,
        pub tax_ids: Vec<Uuid>,
        pub group_ids: Vec<Uuid>,
        pub preparation_minutes: u32,
        pub station_id: Option<Uuid>,
        pub active: bool,
        /// What it has the guest choose, of a combo; none of any other product.
        #[serde(default)]
        pub slots: Option<Vec<ComboSlotView>>,
    }

    /// Puts categories into this order. Those that are not named stand where they stood.
    pub struct OrderCategories {
        pub command_id: Uuid,
        pub category_ids: Vec<Uuid>,
    }

    /// Puts the products of a category into this order. Those that are not named stand where they stood.
    pub struct OrderProducts {
        pub command_id: Uuid,
        pub category_id: Uuid,
        pub product_ids: Vec<Uuid>,
    }

    /// Adds a question that products may ask, or changes it with all its answers.
    pub struct SaveModifierGroup {
        pub command_id: Uuid,
        /// Made by the client when it is new.
        pub group_id: Uuid,
        pub name: String,
        /// Fewest answers; 1 or more has the question answered before the product can be sold.
        pub min: u32,
        pub max: u32,
        #[serde(default = "whole")]
        pub portioning: Portioning,
        /// In their order; what is not among them is gone.
        pub modifiers: Vec<ModifierView>,
    }
}

const fn whole() -> Portioning {
    Portioning::Whole
}
