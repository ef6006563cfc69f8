//! The menu, as the till shows it.

use crate::catalogue::Prices;
use crate::feature::stock;
use crate::refusal::Refusal;
use crate::wire::{
    CategoryView, ComboChoiceView, ComboSlotView, GetMenu, MenuView, ModifierGroupView, ModifierView,
    PriceReason, ProductView, VariantView,
};
use crate::{App, Who};
use fastops_domain::combo::{ComboChoice, ComboSlot};
use fastops_domain::ids::ProductId;
use fastops_domain::menu::{Modifier, ModifierGroup};
use fastops_domain::price_list::Priced;

pub(crate) async fn get_menu(app: &App, _: &Who, _: GetMenu) -> Result<MenuView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let left = stock::left(&app.store, &facts).await?;
    let (menu, prices) = (&facts.menu, facts.prices(app.env.now()));
    let categories = menu
        .categories
        .iter()
        .map(|category| CategoryView {
            id: category.id.0,
            name: category.name.clone(),
            color: category.color.clone(),
        })
        .collect();
    let views = facts.products().map(|product| {
        let standing = facts.standing(product, &left);
        let variants = facts.variants(product.id).map(|variant| {
            let cost = prices.priced(product, Some(variant));
            VariantView {
                id: variant.id.0,
                name: variant.name.clone(),
                price_minor: cost.price.0,
                reason: reason(&prices, cost),
                sold_out: standing.gone_variants.contains(&variant.id),
            }
        });
        let cost = prices.priced(product, None);
        ProductView {
            id: product.id.0,
            category_id: product.category.0,
            name: product.name.clone(),
            short_code: product.short_code.clone(),
            price_minor: cost.price.0,
            reason: reason(&prices, cost),
            sold_out: standing.sold_out,
            remaining: standing.remaining,
            variants: variants.collect(),
            group_ids: facts.groups(product.id).map(|group| group.id.0).collect(),
            station_id: facts.route(product).map(|station| station.0),
            photo_id: menu.photos.get(&product.id).map(|photo| photo.0),
            slots: slot_views(facts.slots(product.id)),
        }
    });
    // Of their number: as many more would be asked for while they grow.
    let mut products = Vec::with_capacity(menu.products.len());
    products.extend(views);
    let groups = menu.groups.iter().cloned().map(group_view).collect();
    let sold = |id: &&ProductId| facts.product(**id).is_some();
    let favourite_ids = menu.favourites.iter().filter(sold).map(|product| product.0).collect();
    Ok(MenuView { categories, products, groups, favourite_ids })
}

/// Why one unit of something costs what it does, when that is not ordinary.
fn reason(prices: &Prices<'_>, cost: Priced<'_>) -> Option<PriceReason> {
    cost.by.map(|list| PriceReason {
        list: list.name.clone(),
        ordinary_minor: cost.ordinary.0,
        until: prices.end_of(list).map(|end| end.0),
    })
}

/// What a combo has the guest choose.
pub(super) fn slot_views(slots: &[ComboSlot]) -> Vec<ComboSlotView> {
    let choice = |choice: &ComboChoice| ComboChoiceView {
        product_id: choice.item.product.0,
        variant_id: choice.item.variant.map(|variant| variant.0),
        price_minor: choice.price.0,
    };
    let slot = |slot: &ComboSlot| ComboSlotView {
        id: slot.id.0,
        name: slot.name.clone(),
        min: slot.min,
        max: slot.max,
        repeats: slot.repeats,
        choices: slot.choices.iter().map(choice).collect(),
    };
    slots.iter().map(slot).collect()
}

/// A question with its answers.
pub(super) fn group_view(group: ModifierGroup) -> ModifierGroupView {
    let modifier = |modifier: Modifier| ModifierView {
        id: modifier.id.0,
        name: modifier.name,
        price_minor: modifier.price.0,
    };
    ModifierGroupView {
        id: group.id.0,
        name: group.name,
        min: group.min,
        max: group.max,
        portioning: group.portioning.into(),
        modifiers: group.modifiers.into_iter().map(modifier).collect(),
    }
}
