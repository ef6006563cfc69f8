//! The menu, as the till shows it.

use crate::feature::stock;
use crate::refusal::Refusal;
use crate::wire::{CategoryView, GetMenu, MenuView, ModifierGroupView, ModifierView, ProductView};
use crate::{App, Who};

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
            let remaining = facts.remaining(product.id, &free);
            ProductView {
                id: product.id.0,
                category_id: product.category.0,
                name: product.name.clone(),
                short_code: product.short_code.clone(),
                price_minor: prices.of(product).0,
                sold_out: product.sold_out || remaining == Some(0),
                remaining,
                group_ids: facts.groups(product.id).iter().map(|group| group.id.0).collect(),
                station_id: facts.route(product).map(|station| station.0),
            }
        })
        .collect();
    let groups = menu
        .groups
        .iter()
        .map(|group| ModifierGroupView {
            id: group.id.0,
            name: group.name.clone(),
            min: group.min,
            max: group.max,
            modifiers: group
                .modifiers
                .iter()
                .map(|modifier| ModifierView {
                    id: modifier.id.0,
                    name: modifier.name.clone(),
                    price_minor: modifier.price.0,
                })
                .collect(),
        })
        .collect();
    Ok(MenuView { categories, products, groups })
}
