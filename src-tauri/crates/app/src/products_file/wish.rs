//! A product or a variant as a row wants it.

use super::menu::{Kept, KeptVariant, Menu};
use fastops_domain::ids::{CategoryId, ColorId, ModifierGroupId, SizeId, StationId, TaxId};
use fastops_domain::money::Money;

/// Minutes of a product in a category where nothing else is made.
const USUAL_MINUTES: u32 = 10;

/// Something that a row names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Named<I> {
    Known(I),
    /// One of this name, which is made.
    New(String),
}

/// The category of a product.
pub(crate) type CategoryWish = Named<CategoryId>;

/// Whose variant a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// A product of the menu, by its place in it.
    Kept(usize),
    /// The new product of a row, by the row's place in the table.
    Row(usize),
}

/// Everything that a row can say of a variant. Its size and colour, with its product, are what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VariantWish {
    pub(crate) owner: Owner,
    pub(crate) size: Option<Named<SizeId>>,
    pub(crate) color: Option<Named<ColorId>>,
    pub(crate) price: Option<Money>,
    pub(crate) code: String,
    pub(crate) active: bool,
    pub(crate) barcodes: Vec<String>,
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

impl VariantWish {
    /// One that is not there yet.
    pub(super) fn new_of(owner: Owner, size: Option<Named<SizeId>>, color: Option<Named<ColorId>>) -> Self {
        let (code, barcodes) = Default::default();
        Self { owner, size, color, price: None, code, active: true, barcodes }
    }

    /// The variant as it is.
    pub(crate) fn of(variant: &KeptVariant) -> Self {
        let KeptVariant { product, size, color, price, code, active, barcodes, .. } = variant;
        Self {
            owner: Owner::Kept(*product),
            size: size.map(Named::Known),
            color: color.map(Named::Known),
            price: *price,
            code: code.clone(),
            active: *active,
            barcodes: barcodes.clone(),
        }
    }

    /// Its colour and its size, in their words.
    pub(super) fn name(&self, menu: &Menu) -> String {
        let color = self.color.as_ref().map(|color| match color {
            Named::Known(id) => menu.color_name(Some(*id)),
            Named::New(name) => name,
        });
        let size = self.size.as_ref().map(|size| match size {
            Named::Known(id) => menu.size_name(Some(*id)),
            Named::New(name) => name,
        });
        color.into_iter().chain(size).collect::<Vec<_>>().join(" ")
    }
}
