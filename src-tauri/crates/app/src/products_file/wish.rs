//! A product as a row wants it.

use super::menu::{Kept, Menu};
use fastops_domain::ids::{CategoryId, ModifierGroupId, StationId, TaxId};
use fastops_domain::money::Money;

/// Minutes of a product in a category where nothing else is made.
const USUAL_MINUTES: u32 = 10;

/// The category of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CategoryWish {
    Known(CategoryId),
    /// One of this name, which is made.
    New(String),
}

/// Everything that a row can say of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) category: CategoryWish,
    pub(crate) price: Money,
    pub(crate) taxes: Vec<TaxId>,
    pub(crate) station: Option<StationId>,
    pub(crate) minutes: u32,
    pub(crate) active: bool,
    pub(crate) groups: Vec<ModifierGroupId>,
    pub(crate) barcodes: Vec<String>,
}

impl Wish {
    /// The product as it is.
    pub(super) fn of(product: &Kept) -> Self {
        Self {
            code: product.code.clone(),
            name: product.name.clone(),
            category: CategoryWish::Known(product.category),
            price: product.price,
            taxes: product.taxes.clone(),
            station: product.station,
            minutes: product.minutes,
            active: product.active,
            groups: product.groups.clone(),
            barcodes: product.barcodes.clone(),
        }
    }

    /// A new product of a category: taxed like the last one there, and made in as many minutes.
    pub(super) fn new_in(menu: &Menu, category: CategoryWish) -> Self {
        let like = match &category {
            CategoryWish::Known(id) => menu.products.iter().rfind(|product| product.category == *id),
            CategoryWish::New(_) => None,
        };
        let first_tax = || menu.taxes.first().map(|(id, _)| *id).into_iter().collect();
        Self {
            code: String::new(),
            name: String::new(),
            category,
            price: Money::ZERO,
            taxes: like.map_or_else(first_tax, |like| like.taxes.clone()),
            station: None,
            minutes: like.map_or(USUAL_MINUTES, |like| like.minutes),
            active: true,
            groups: Vec::new(),
            barcodes: Vec::new(),
        }
    }
}
