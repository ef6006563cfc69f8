//! What an import writes of variants: the sizes and colours that they name, and themselves.

use crate::products_file::{Menu, Named, Outcome, Owner, Plan, VariantWish, swatch};
use fastops_domain::ids::{ColorId, ProductId, SizeId, VariantId};
use fastops_domain::stock::Item;
use fastops_store::menu::bulk::Bulk;
use fastops_store::variant::{ColorRow, SizeRow, Variant};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use uuid::Uuid;

/// Adds them to `bulk`, and gives for each what the books say of it, under its product. `products` are those of rows,
/// by the rows' places.
pub(super) fn gather(
    menu: &Menu,
    plan: &Plan,
    products: &HashMap<usize, ProductId>,
    bulk: &mut Bulk,
    new_id: &impl Fn() -> Uuid,
) -> Vec<(ProductId, Json)> {
    let sizes = plan.new_sizes.iter().map(|name| SizeRow { id: SizeId(new_id()), name: name.clone() });
    bulk.sizes = sizes.collect();
    let colors = plan.new_colors.iter().map(|name| ColorRow {
        id: ColorId(new_id()),
        name: name.clone(),
        swatch: swatch(name).into(),
    });
    bulk.colors = colors.collect();
    let sizes: HashMap<String, SizeId> = bulk.sizes.iter().map(|size| (size.name.clone(), size.id)).collect();
    let colors: HashMap<String, ColorId> =
        bulk.colors.iter().map(|color| (color.name.clone(), color.id)).collect();
    let mut written = Vec::new();
    for row in &plan.rows {
        let (wish, before) = match &row.outcome {
            Outcome::NewVariant { wish, .. } => (wish, None),
            Outcome::ChangedVariant { variant, wish, .. } => (wish, menu.variants.get(*variant)),
            _ => continue,
        };
        let product = match wish.owner {
            Owner::Kept(at) => menu.products.get(at).map(|product| product.id),
            Owner::Row(at) => products.get(&at).copied(),
        };
        // A plan has no variant whose product is not made.
        let Some(product) = product else { continue };
        let id = before.map_or_else(|| VariantId(new_id()), |before| before.id);
        let changed = before.map_or(!wish.barcodes.is_empty(), |before| before.barcodes != wish.barcodes);
        if changed {
            bulk.barcodes.push((Item { product, variant: Some(id) }, wish.barcodes.clone()));
        }
        let detail = detail(&row.name, wish);
        let before = before.map(|before| self::detail(&row.name, &VariantWish::of(before)));
        written.push((product, json!({ "variant": id, "before": before, "after": detail })));
        bulk.variants.push(Variant {
            id,
            product,
            size: id_of(wish.size.as_ref(), &sizes),
            color: id_of(wish.color.as_ref(), &colors),
            price: wish.price,
            short_code: (!wish.code.is_empty()).then(|| wish.code.clone()),
            active: wish.active,
        });
    }
    written
}

fn id_of<I: Copy>(named: Option<&Named<I>>, made: &HashMap<String, I>) -> Option<I> {
    match named? {
        Named::Known(id) => Some(*id),
        Named::New(name) => made.get(name).copied(),
    }
}

fn detail(name: &str, wish: &VariantWish) -> Json {
    json!({
        "name": name, "short_code": wish.code, "price_minor": wish.price.map(|price| price.0), "active": wish.active,
        "barcodes": wish.barcodes,
    })
}
