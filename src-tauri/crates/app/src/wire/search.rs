//! Searching the menu, as the till does it.

use super::{Matched, wire};
use uuid::Uuid;

wire! {
    /// Asks which products a text may mean. Accents, capitals and the order of words do not matter,
    /// half words do, and typing mistakes are forgiven. Its first 200 characters count.
    pub struct SearchProducts {
        pub text: String,
        /// Most answers, 1 to 200.
        pub limit: u32,
    }

    pub struct FoundProducts {
        /// Best first.
        pub hits: Vec<FoundProduct>,
    }

    pub struct FoundProduct {
        pub product_id: Uuid,
        /// The variant whose barcode or name it was; none for the product as such.
        pub variant_id: Option<Uuid>,
        /// Its colour and its size, in words.
        pub variant_name: Option<String>,
        pub matched: Matched,
        /// It answers only if the text has typing mistakes.
        pub mistaken: bool,
        /// The parts of the product's name that answered, in order and apart.
        pub ranges: Vec<TextRange>,
    }

    /// A part of a text, counted in UTF-16 units, as browsers do.
    pub struct TextRange {
        pub start: u32,
        /// The unit after the part.
        pub end: u32,
    }
}
