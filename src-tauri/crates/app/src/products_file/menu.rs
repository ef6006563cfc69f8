//! The menu that a table is compared with, as one state of the store has it.

use fastops_domain::ids::{
    CategoryId, ColorId, ModifierGroupId, ProductId, SizeId, StationId, TaxId, VariantId,
};
use fastops_domain::money::Money;
use fastops_domain::written::Writing;
use std::collections::HashMap;

/// A product, on the menu or off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) id: ProductId,
    pub(crate) category: CategoryId,
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) price: Money,
    pub(crate) taxes: Vec<TaxId>,
    pub(crate) groups: Vec<ModifierGroupId>,
    pub(crate) minutes: u32,
    pub(crate) active: bool,
    /// Who makes it in particular.
    pub(crate) station: Option<StationId>,
    /// Its own, without those of its variants.
    pub(crate) barcodes: Vec<String>,
    /// Its place in its category.
    pub(crate) position: i32,
    pub(crate) is_combo: bool,
}

/// A product in one size, one colour or both, sold or no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptVariant {
    pub(crate) id: VariantId,
    /// The place of its product in [`Menu::products`].
    pub(crate) product: usize,
    pub(crate) size: Option<SizeId>,
    pub(crate) color: Option<ColorId>,
    /// Its own; the product's when there is none.
    pub(crate) price: Option<Money>,
    pub(crate) code: String,
    pub(crate) active: bool,
    pub(crate) barcodes: Vec<String>,
}

/// Everything that a table of products may name.
#[derive(Clone, Debug)]
pub(crate) struct Menu {
    pub(crate) writing: Writing,
    /// In the menu's order, with their colours.
    pub(crate) categories: Vec<(CategoryId, String, String)>,
    /// Category by category, in the menu's order.
    pub(crate) products: Vec<Kept>,
    /// Product by product in any order, and of each in its own.
    pub(crate) variants: Vec<KeptVariant>,
    pub(crate) sizes: Vec<(SizeId, String)>,
    pub(crate) colors: Vec<(ColorId, String)>,
    /// By name.
    pub(crate) taxes: Vec<(TaxId, String)>,
    pub(crate) groups: Vec<(ModifierGroupId, String)>,
    pub(crate) stations: Vec<(StationId, String)>,
    /// Barcodes of what is on no menu, and the name of what has them.
    pub(crate) other_barcodes: HashMap<String, String>,
}

impl Menu {
    pub(crate) fn category_name(&self, id: CategoryId) -> &str {
        name_of(self.categories.iter().map(|(id, name, _)| (id, name)), id)
    }

    pub(crate) fn tax_names(&self, ids: &[TaxId]) -> Vec<String> {
        ids.iter().map(|id| name_of(pairs(&self.taxes), *id).to_owned()).collect()
    }

    pub(crate) fn group_names(&self, ids: &[ModifierGroupId]) -> Vec<String> {
        ids.iter().map(|id| name_of(pairs(&self.groups), *id).to_owned()).collect()
    }

    pub(crate) fn size_name(&self, id: Option<SizeId>) -> &str {
        id.map_or("", |id| name_of(pairs(&self.sizes), id))
    }

    pub(crate) fn color_name(&self, id: Option<ColorId>) -> &str {
        id.map_or("", |id| name_of(pairs(&self.colors), id))
    }

    /// Empty for one that serves no longer.
    pub(crate) fn station_name(&self, id: Option<StationId>) -> &str {
        id.map_or("", |id| name_of(pairs(&self.stations), id))
    }
}

fn pairs<I>(named: &[(I, String)]) -> impl Iterator<Item = (&I, &String)> {
    named.iter().map(|(id, name)| (id, name))
}

fn name_of<'a, I: Copy + PartialEq + 'a>(
    mut named: impl Iterator<Item = (&'a I, &'a String)>,
    id: I,
) -> &'a str {
    named.find(|(known, _)| **known == id).map_or("", |(_, name)| name)
}
