//! Products as a table that people keep in a spreadsheet: written from the menu, and read back against it.
//!
//! What a file says is first compared with the menu, row by row, and shown; it is written only as it was shown. A
//! row with a size or a colour is about a variant of the product that it names; a file without such rows leaves variants
//! as they are, whatever becomes of their product.
//!
//! Architecture invariant: nothing here reads a store or a clock. The menu comes in as a [`Menu`], a table as a
//! [`Table`](crate::sheet::Table), and what comes out is a [`Plan`].

mod cells;
mod clash;
mod column;
mod menu;
mod pairing;
mod plan;
mod problem;
mod swatch;
mod texts;
mod variant_rows;
mod wish;

#[cfg(test)]
mod tests;

pub(crate) use column::{Column, is_header};
pub(crate) use menu::{Kept, KeptVariant, Menu};
pub(crate) use plan::{Change, NAMED_ROWS, Outcome, Plan, RowPlan, plan};
pub(crate) use problem::{BadCell, CellProblem, FileProblem};
pub(crate) use swatch::swatch;
pub(crate) use texts::draft;
pub(crate) use wish::{CategoryWish, Named, Owner, VariantWish, Wish};
