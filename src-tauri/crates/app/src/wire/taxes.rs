//! Taxes as whoever keeps the menu sees and changes them.

use super::{TaxMode, wire};
use uuid::Uuid;

wire! {
    pub struct TaxView {
        pub id: Uuid,
        pub name: String,
        /// In hundredths of a per cent: 800 is 8 %; nothing of one that is not charged.
        pub rate_bp: u32,
        pub mode: TaxMode,
    }

    /// The company's taxes by their names.
    pub struct TaxesView {
        pub taxes: Vec<TaxView>,
    }

    /// Adds a tax that products may bear, or changes it for whatever is typed from now on: a line keeps its taxes as they
    /// were when it was typed.
    pub struct SaveTax {
        pub command_id: Uuid,
        /// Made by the client when it is new.
        pub tax_id: Uuid,
        pub name: String,
        /// In hundredths of a per cent; nothing of one that is not charged.
        pub rate_bp: u32,
        pub mode: TaxMode,
    }

    /// Takes a tax away that no product bears.
    pub struct RemoveTax {
        pub command_id: Uuid,
        pub tax_id: Uuid,
    }
}
