//! The menu, as the till shows it.

use crate::feature::stock;
use crate::refusal::Refusal;
use crate::wire::{
    CategoryView, GetMenu, MenuView, ModifierGroupView, ModifierView, ProductView, VariantView,
};
use crate::{App, Who};
use fastops_domain::menu::{Modifier, ModifierGroup};

pub(crate) async fn get_menu(app: &App, _: &Who, _: GetMenu) -> Result<MenuView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let free = stock::free(&app.store, &facts).await?;
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
    let products = menu
        .products
        .iter()
        .filter(|product| product.active)
        .map(|product| {
            let standing = facts.standing(product, &free);
            let variants = facts.variants(product.id).map(|variant| VariantView {
                id: variant.id.0,
                name: variant.name.clone(),
                price_minor: prices.of(product, Some(variant)).0,
                sold_out: standing.gone_variants.contains(&variant.id),
            });
            ProductView {
                id: product.id.0,
                category_id: product.category.0,
                name: product.name.clone(),
                short_code: product.short_code.clone(),
                price_minor: prices.of(product, None).0,
                sold_out: standing.sold_out,
                remaining: standing.remaining,
                variants: variants.collect(),
                group_ids: facts.groups(product.id).iter().map(|group| group.id.0).collect(),
                station_id: facts.route(product).map(|station| station.0),
            }
        })
        .collect();
    let groups = menu.groups.iter().cloned().map(group_view).collect();
    Ok(MenuView { categories, products, groups })
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
        modifiers: group.modifiers.into_iter().map(modifier).collect(),
    }
}
