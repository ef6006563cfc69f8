//! Products out into a spreadsheet, and in from one.

use super::wire;
use uuid::Uuid;

/// Derives what every word of the wire needs.
macro_rules! words {
    ($($(#[$meta:meta])* pub enum $name:ident { $($word:ident),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
            ts_rs::TS,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($word),+ }
    )+};
}

words! {
    /// What a file of products is.
    pub enum FileFormat { Csv, Xlsx }

    /// What becomes of a row.
    pub enum ImportKind { New, Changed, Same, Error }

    /// What a column says.
    pub enum ImportColumn {
        Code, Name, Category, Price, Size, Color, Taxes, Station, Minutes, Active, Questions, Barcodes,
    }
}

wire! {
    /// Asks for every product, on the menu or off it, as a file for a spreadsheet. Each has a row, and below it one for
    /// each variant that it comes in.
    pub struct ExportProducts {
        pub format: FileFormat,
    }

    pub struct ProductsFile {
        pub name: String,
        /// In base64.
        pub bytes: String,
        pub products: u32,
    }

    /// Asks what a file would change. Nothing is changed.
    pub struct PreviewImport {
        /// In base64; 5 MB and 10,000 rows at most.
        pub bytes: String,
    }

    pub struct ImportPreview {
        /// In the file's order.
        pub rows: Vec<ImportRow>,
        /// Categories that are made, with no station of their own.
        pub new_categories: Vec<String>,
        /// Sizes that variants come in and the house did not know.
        pub new_sizes: Vec<String>,
        pub new_colors: Vec<String>,
        /// Headers that say nothing of products; those columns change nothing.
        pub unknown_columns: Vec<String>,
    }

    /// A row, and what becomes of it.
    pub struct ImportRow {
        /// As the spreadsheet counts them.
        pub row: u32,
        pub kind: ImportKind,
        pub code: String,
        /// The product's, with the size and colour of a variant.
        pub name: String,
        pub category: String,
        /// What is another, or what a new product is.
        pub changes: Vec<ImportChange>,
        pub errors: Vec<ImportError>,
        /// A mark of all this, by which whoever imports says what they were shown.
        pub seen: String,
    }

    pub struct ImportChange {
        pub column: ImportColumn,
        /// None for a new product.
        pub before: Option<String>,
        pub after: String,
        /// A price that changes by more than half of what it was.
        pub sharp: bool,
    }

    /// A cell that cannot be taken.
    pub struct ImportError {
        pub column: ImportColumn,
        /// What it says.
        pub cell: String,
        /// Why not, and what to do.
        pub message: String,
    }

    /// Changes the menu as a preview showed it, all at once.
    pub struct ImportProducts {
        pub command_id: Uuid,
        /// The file's name, for the books.
        pub name: String,
        /// In base64.
        pub bytes: String,
        /// The marks of the preview's rows, in their order: what has become another since is refused.
        pub seen: Vec<String>,
        /// Leave the rows with errors out; else the file is taken whole or not at all.
        pub skip_errors: bool,
    }

    pub struct ImportedProducts {
        /// Products.
        pub created: u32,
        pub changed: u32,
        /// Variants that were made or changed.
        pub variants: u32,
        /// Rows that said nothing new.
        pub same: u32,
        /// Rows with errors, left out.
        pub skipped: u32,
        /// Categories that were made.
        pub categories: u32,
    }
}
