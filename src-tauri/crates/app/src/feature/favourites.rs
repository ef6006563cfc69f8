//! The house's favourites: what every till of the branch has in reach first.

use super::menu_setup::{Act, get_menu_setup};
use crate::once;
use crate::refusal::Refusal;
use crate::wire::{GetMenuSetup, MenuSetup, OrderFavourites, SetFavourite};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, ProductId};
use fastops_store::menu::favourite;
use serde_json::json;

pub(crate) async fn set_favourite(app: &App, who: &Who, request: SetFavourite) -> Result<MenuSetup, Refusal> {
    let branch = app.catalogue.facts().await?.branch.id;
    let (product, is_favourite) = (ProductId(request.product_id), request.favourite);
    let act = Act {
        command: CommandId(request.command_id),
        name: SetFavourite::NAME,
        subject: ("product", product.0),
        detail: json!({ "favourite": is_favourite }),
    };
    act.keep(app, who, move |tx| {
        Box::pin(async move {
            if !is_favourite {
                return Ok(favourite::drop_favourite(tx, branch, product).await?);
            }
            let is_sold = favourite::add_favourite(tx, branch, product).await?;
            if is_sold { Ok(()) } else { Err(Refusal::UnknownProduct) }
        })
    })
    .await?;
    once::done(get_menu_setup(app, who, GetMenuSetup {}).await)
}

pub(crate) async fn order_favourites(
    app: &App,
    who: &Who,
    request: OrderFavourites,
) -> Result<MenuSetup, Refusal> {
    let branch = app.catalogue.facts().await?.branch.id;
    let order: Vec<ProductId> = request.product_ids.iter().copied().map(ProductId).collect();
    let act = Act {
        command: CommandId(request.command_id),
        name: OrderFavourites::NAME,
        subject: ("branch", branch.0),
        detail: json!(request.product_ids),
    };
    act.keep(app, who, move |tx| {
        let order = order.clone();
        Box::pin(async move {
            let put = favourite::order_favourites(tx, branch, &order).await?;
            if put == order.len() as u64 { Ok(()) } else { Err(Refusal::UnknownProduct) }
        })
    })
    .await?;
    once::done(get_menu_setup(app, who, GetMenuSetup {}).await)
}
