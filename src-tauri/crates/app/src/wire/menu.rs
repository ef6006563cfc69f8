//! The menu as the till shows it.

use super::{Portioning, wire};
use uuid::Uuid;

wire! {
    /// Asks for the menu of the branch.
    pub struct GetMenu {}

    pub struct MenuView {
        pub categories: Vec<CategoryView>,
        pub products: Vec<ProductView>,
        pub groups: Vec<ModifierGroupView>,
        /// Those of the products that the house wants in reach first, in its order.
        pub favourite_ids: Vec<Uuid>,
    }

    pub struct CategoryView {
        pub id: Uuid,
        pub name: String,
        /// A colour of the design system: one of its chip names.
        pub color: String,
    }

    pub struct ProductView {
        pub id: Uuid,
        pub category_id: Uuid,
        pub name: String,
        pub short_code: String,
        pub price_minor: i64,
        /// Why it costs something else than ordinarily; none when it does not.
        pub reason: Option<PriceReason>,
        /// Whether there is none of it, by its count or because somebody said so.
        pub sold_out: bool,
        /// Units that can still be sold; none when nothing limits it, or its variants' counts do.
        pub remaining: Option<i64>,
        /// What it comes in; when there are some, one of them must be chosen.
        pub variants: Vec<VariantView>,
        /// Groups of questions in the order they are asked.
        pub group_ids: Vec<Uuid>,
        /// Who makes it; none for what needs no making.
        pub station_id: Option<Uuid>,
        /// The picture on its tile.
        pub photo_id: Option<Uuid>,
        /// What it has the guest choose, in order; nothing unless it is a combo.
        pub slots: Vec<ComboSlotView>,
    }

    /// Something that a combo has the guest choose.
    pub struct ComboSlotView {
        pub id: Uuid,
        pub name: String,
        /// Fewest choices; 1 or more is a forced slot.
        pub min: u32,
        pub max: u32,
        /// Whether one choice may be taken more than once.
        pub repeats: bool,
        pub choices: Vec<ComboChoiceView>,
    }

    pub struct ComboChoiceView {
        pub product_id: Uuid,
        /// The variant that is meant; none leaves it to the guest.
        pub variant_id: Option<Uuid>,
        /// What it adds to the combo's price.
        pub price_minor: i64,
    }

    pub struct VariantView {
        pub id: Uuid,
        /// Its colour and its size, in words.
        pub name: String,
        pub price_minor: i64,
        pub reason: Option<PriceReason>,
        pub sold_out: bool,
    }

    /// Why something costs something else than ordinarily.
    pub struct PriceReason {
        /// The name of the price list that says so.
        pub list: String,
        /// What it would come to without it.
        pub ordinary_minor: i64,
        /// When that list stops counting, if it does before the business day is over; none of what is sent, whose price stays.
        pub until: Option<i64>,
    }

    /// What a product's stock says now, in place of what the menu said.
    pub struct ProductStock {
        pub product_id: Uuid,
        pub sold_out: bool,
        pub remaining: Option<i64>,
        /// The variants that there are none of.
        pub sold_out_variants: Vec<Uuid>,
    }

    pub struct ModifierGroupView {
        pub id: Uuid,
        pub name: String,
        /// Fewest answers; 1 or more is a forced group.
        pub min: u32,
        pub max: u32,
        pub portioning: Portioning,
        pub modifiers: Vec<ModifierView>,
    }

    pub struct ModifierView {
        pub id: Uuid,
        pub name: String,
        pub price_minor: i64,
    }
}
