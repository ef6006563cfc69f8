//! What prices would be: with a per cent off, or at another moment.

use crate::catalogue::{Facts, Prices};
use crate::feature::lines;
use crate::refusal::{Field, Refusal};
use crate::wire::{DiscountPrices, DiscountedPrices, ListPrice, PreviewPrices, PriceThen, PricesThen};
use crate::{App, Who};
use fastops_domain::ids::CategoryId;
use fastops_domain::money::Money;
use fastops_domain::price_list::discounted;
use fastops_domain::time::Time;
use fastops_store::menu::Product;
use fastops_store::variant::SoldVariant;

const WHOLE_BP: usize = 10_000;

/// Whatever has a price of its own, at the price that it has without any list: products, and the variants that do
/// not cost what their product does.
pub(crate) async fn discount_prices(
    app: &App,
    _: &Who,
    request: DiscountPrices,
) -> Result<DiscountedPrices, Refusal> {
    if !(1..=WHOLE_BP).contains(&(request.off_bp as usize)) {
        return Err(Refusal::OutOfBounds { field: Field::Discount, least: 1, most: WHOLE_BP });
    }
    let facts = app.catalogue.facts().await?;
    let coin = facts.company.currency.smallest_written();
    let category = request.category_id.map(CategoryId);
    let meant = |product: &&Product| category.is_none_or(|id| id == product.category);
    let prices = facts.products().filter(meant).flat_map(|product| {
        let price = |variant: Option<&SoldVariant>, own: Money| ListPrice {
            product_id: product.id.0,
            variant_id: variant.map(|variant| variant.id.0),
            price_minor: discounted(own, request.off_bp, coin).0,
        };
        let variants = facts.variants(product.id);
        let own = variants.filter_map(move |variant| variant.price.map(|own| price(Some(variant), own)));
        std::iter::once(price(None, product.price)).chain(own)
    });
    Ok(DiscountedPrices { prices: prices.collect() })
}

pub(crate) async fn preview_prices(
    app: &App,
    _: &Who,
    request: PreviewPrices,
) -> Result<PricesThen, Refusal> {
    let facts = app.catalogue.facts().await?;
    let then = facts.prices(Time(request.at));
    Ok(PricesThen { lists: then.names(), prices: other_prices(&facts, &then) })
}

/// What costs something else than its own price by the lists that hold.
pub(super) fn other_prices(facts: &Facts, prices: &Prices<'_>) -> Vec<PriceThen> {
    let sold =
        facts.products().flat_map(|product| sold_as(facts, product).map(move |variant| (product, variant)));
    let other = sold.filter_map(|(product, variant)| {
        let own = variant.and_then(|variant| variant.price).unwrap_or(product.price);
        let cost = prices.priced(product, variant);
        let list = cost.said.filter(|_| cost.price != own)?;
        Some(PriceThen {
            product_id: product.id.0,
            variant_id: variant.map(|variant| variant.id.0),
            name: lines::sold_as(&product.name, variant),
            own_minor: own.0,
            price_minor: cost.price.0,
            list: list.name.clone(),
        })
    });
    other.collect()
}

/// What a product is sold as: each of its variants, or itself when it has none.
fn sold_as<'a>(
    facts: &'a Facts,
    product: &Product,
) -> impl Iterator<Item = Option<&'a SoldVariant>> + use<'a> {
    let variants: Vec<_> = facts.variants(product.id).map(Some).collect();
    let itself = if variants.is_empty() { Some(None) } else { None };
    variants.into_iter().chain(itself)
}
