//! Finding products for a till: by name, short code or barcode.

use crate::catalogue::Facts;
use crate::refusal::{Field, Refusal};
use crate::wire::{FoundProduct, FoundProducts, SearchProducts, TextRange};
use crate::{App, Who};
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
    FoundProduct {
        product_id: hit.product.0,
        variant_id: hit.variant.map(|variant| variant.0),
        matched: hit.matched.into(),
        mistaken: hit.mistaken,
        ranges: highlight(name, text).into_iter().map(|range| utf16(name, range)).collect(),
    }
}

/// Indexes what is on the menu, in its order.
pub(crate) fn index(menu: &Menu) -> Index {
    let categories: HashMap<_, _> =
        menu.categories.iter().map(|category| (category.id, category.name.as_str())).collect();
    let products = menu.products.iter().filter(|product| product.active);
    let entries = products.map(|product| Entry {
        product: product.id,
        name: &product.name,
        category: categories.get(&product.category).copied().unwrap_or_default(),
        short_code: &product.short_code,
        sold_out: product.sold_out,
        // The store keeps neither barcodes, nor variants, nor what sells best: no product has any.
        barcodes: &[],
        variant: None,
        popularity: 0,
    });
    Index::new(&entries.collect::<Vec<_>>())
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
