//! What is wrong with a file, or with a cell of it.

use super::Column;
use crate::sheet::BadFile;
use fastops_domain::written::BadWriting;

/// Why nothing of a file can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProblem {
    Bad(BadFile),
    /// Two columns say the same.
    Twice {
        header: String,
    },
    /// Neither codes nor names: nobody knows which products are meant.
    NoKey,
    NoRows,
    /// Rows with errors, in a file that is taken whole or not at all.
    Errors {
        rows: usize,
    },
    /// The menu is not what it was when these rows were shown.
    Moved {
        rows: Vec<u32>,
    },
    /// A product's text is longer than a spreadsheet can hold.
    NotWritten,
}

/// Why a cell cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CellProblem {
    Missing,
    BadName,
    BadCode,
    /// A number so long that a spreadsheet wrote it shorter, and lost digits.
    Shortened,
    /// What a spreadsheet took for a day.
    Date,
    /// A formula that came to nothing.
    Fault,
    Price(BadWriting),
    BadMinutes,
    BadYes,
    BadBarcode,
    Unknown {
        name: String,
    },
    /// Several have that name.
    SeveralNamed {
        name: String,
    },
    TwiceNamed {
        name: String,
    },
    TooMany {
        most: usize,
    },
    /// Nobody knows whose variant it is.
    NoProduct {
        name: String,
    },
    /// The row of the product that a variant would be of has errors.
    ProductFails {
        row: u32,
    },
    /// A combo comes in one form.
    OfACombo,
    /// What a variant has from its product, said otherwise of the variant.
    OfTheProduct,
    /// A size that is a colour, or the other way round; `column` is where it belongs.
    OfTheOther {
        name: String,
        column: Column,
    },
    TooManyVariants {
        most: usize,
    },
    CodeTaken {
        product: String,
    },
    BarcodeTaken {
        product: String,
    },
    /// Another row says something of the same product or variant.
    Repeats {
        row: u32,
    },
    /// Several products could be meant.
    SeveralProducts {
        count: usize,
    },
}

/// A cell that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadCell {
    pub(crate) column: Column,
    /// What it says.
    pub(crate) cell: String,
    pub(crate) problem: CellProblem,
}
