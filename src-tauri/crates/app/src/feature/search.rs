//! Finding products for a till: by name, short code or barcode.

use crate::catalogue::Facts;
use crate::refusal::{Field, Refusal};
use crate::wire::{FoundProduct, FoundProducts, SearchProducts, TextRange};
use crate::{App, Who};
use fastops_domain::ids::{CategoryId, ProductId, VariantId};
use fastops_domain::search::{Entry, Hit, Index, highlight};
use fastops_store::menu::Menu;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Most answers to one search.
const MOST: u32 = 200;

pub(crate) async fn search_products(
    app: &App,
    _: &Who,
    request: SearchProducts,
) -> Result<FoundProducts, Refusal> {
    if !(1..=MOST).contains(&request.limit) {
        return Err(Refusal::OutOfBounds { field: Field::Results, least: 1, most: MOST as usize });
    }
    let facts = app.catalogue.facts().await?;
    if !facts.has_search() {
        // Tens of milliseconds for a large menu: not on a thread that serves requests. Should it not
        // come about there, it is built below.
        let facts = Arc::clone(&facts);
        let _ = tokio::task::spawn_blocking(move || facts.search().len()).await;
    }
    let hits = facts.search().search(&request.text, request.limit as usize);
    Ok(FoundProducts { hits: hits.into_iter().map(|hit| view(&facts, hit, &request.text)).collect() })
}

fn view(facts: &Facts, hit: Hit, text: &str) -> FoundProduct {
    let name = facts.product(hit.product).map_or("", |product| product.name.as_str());
    let variant = hit.variant.and_then(|id| facts.variant(hit.product, id));
    FoundProduct {
        product_id: hit.product.0,
        variant_id: hit.variant.map(|variant| variant.0),
        variant_name: variant.map(|variant| variant.name.clone()),
        matched: hit.matched.into(),
        mistaken: hit.mistaken,
        ranges: highlight(name, text).into_iter().map(|range| utf16(name, range)).collect(),
    }
}

/// What a product is found by, and what says where it stands among the found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sought<'a> {
    id: ProductId,
    category: CategoryId,
    name: &'a str,
    short_code: &'a str,
    sold_out: bool,
}

/// What a variant is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct SoughtVariant<'a> {
    id: VariantId,
    product: ProductId,
    name: &'a str,
    short_code: &'a str,
}

/// What is on the menu, in its order.
fn sought(menu: &Menu) -> impl Iterator<Item = Sought<'_>> {
    menu.products.iter().filter(|product| product.active).map(|product| Sought {
        id: product.id,
        category: product.category,
        name: &product.name,
        short_code: &product.short_code,
        sold_out: product.sold_out,
    })
}

fn sought_variants(menu: &Menu) -> impl Iterator<Item = SoughtVariant<'_>> {
    menu.variants.iter().map(|variant| SoughtVariant {
        id: variant.id,
        product: variant.product,
        name: &variant.name,
        short_code: variant.short_code.as_deref().unwrap_or_default(),
    })
}

fn category_names(menu: &Menu) -> impl Iterator<Item = (CategoryId, &str)> {
    menu.categories.iter().map(|category| (category.id, category.name.as_str()))
}

/// Whether the index of one menu answers as that of the other.
pub(crate) fn finds_the_same(one: &Menu, other: &Menu) -> bool {
    sought(one).eq(sought(other))
        && sought_variants(one).eq(sought_variants(other))
        && category_names(one).eq(category_names(other))
        && one.barcodes == other.barcodes
}

/// Indexes what is on the menu in its order, each product before its variants. What it takes of the menu beyond what is
/// sought, [`finds_the_same`] has to compare.
pub(crate) fn index(menu: &Menu) -> Index {
    let categories: HashMap<_, _> = category_names(menu).collect();
    let mut barcodes: HashMap<(ProductId, Option<VariantId>), Vec<String>> = HashMap::new();
    for barcode in menu.barcodes.iter() {
        barcodes.entry((barcode.product, barcode.variant)).or_default().push(barcode.code.clone());
    }
    let names: HashMap<_, _> = sought(menu).map(|product| (product.id, product.name)).collect();
    let mut variants: HashMap<ProductId, Vec<(SoughtVariant<'_>, String)>> = HashMap::new();
    for variant in sought_variants(menu) {
        if let Some(name) = names.get(&variant.product) {
            let full_name = format!("{name} {}", variant.name);
            variants.entry(variant.product).or_default().push((variant, full_name));
        }
    }
    let codes = |product, variant| barcodes.get(&(product, variant)).map_or(&[][..], Vec::as_slice);
    let mut entries = Vec::with_capacity(menu.products.len() + menu.variants.len());
    for product in sought(menu) {
        let own = Entry {
            product: product.id,
            variant: None,
            name: product.name,
            category: categories.get(&product.category).copied().unwrap_or_default(),
            short_code: product.short_code,
            barcodes: codes(product.id, None),
            // The store does not keep what sells best.
            popularity: 0,
            sold_out: product.sold_out,
        };
        entries.push(own.clone());
        entries.extend(variants.get(&product.id).into_iter().flatten().map(|(variant, name)| Entry {
            variant: Some(variant.id),
            name,
            short_code: variant.short_code,
            barcodes: codes(product.id, Some(variant.id)),
            ..own.clone()
        }));
    }
    Index::new(&entries)
}

/// A range of bytes as a range of UTF-16 units, in which browsers count.
fn utf16(text: &str, range: Range<usize>) -> TextRange {
    let units = |part: &str| u32::try_from(part.encode_utf16().count()).unwrap_or(u32::MAX);
    let start = units(&text[..range.start]);
    TextRange { start, end: start + units(&text[range]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_counted_as_a_browser_counts() {
        let name = "🍕 Piña";
        let ranges: Vec<TextRange> =
            highlight(name, "pina").into_iter().map(|range| utf16(name, range)).collect();
        assert_eq!(ranges, [TextRange { start: 3, end: 7 }]);
    }
}
