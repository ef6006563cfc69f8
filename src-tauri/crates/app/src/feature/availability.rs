//! What has run out and how much is left of what is nearly gone, as the people of the house say it.
//!
//! It is said for the business day, which is over while nobody sells, or until somebody says otherwise. The units that
//! are said are counted down with each sale, in the order's own transaction; at nothing the product is sold out by itself.

use crate::catalogue::{Facts, Left};
use crate::feature::stock;
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{
    GetAvailability, ListStationProducts, ProductAvailability, SaidLeft, SetAvailability, StationProducts,
};
use crate::{App, Command as _, Who};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{CommandId, ProductId, StationId};
use fastops_domain::time::Time;
use fastops_store::audit::AuditRow;
use fastops_store::availability::{self, Said};
use fastops_store::menu::Product;
use fastops_store::{StoreError, audit};

/// Most units that somebody counts on a shelf.
const MOST_UNITS: u32 = 999;

pub(crate) async fn get_availability(
    app: &App,
    _: &Who,
    request: GetAvailability,
) -> Result<ProductAvailability, Refusal> {
    let facts = app.catalogue.facts().await?;
    let product = facts.product(ProductId(request.product_id)).ok_or(Refusal::UnknownProduct)?;
    let left = stock::left(&app.store, &facts).await?;
    Ok(view(&facts, product, &left))
}

pub(crate) async fn list_station_products(
    app: &App,
    _: &Who,
    request: ListStationProducts,
) -> Result<StationProducts, Refusal> {
    let facts = app.catalogue.facts().await?;
    let station = request.station_id.map(StationId);
    if station.is_some_and(|id| facts.station(id).is_none()) {
        return Err(Refusal::UnknownStation);
    }
    let left = stock::left(&app.store, &facts).await?;
    let made = |product: &&Product| match station {
        Some(_) => facts.route(product) == station,
        None => facts.route(product).is_some(),
    };
    let products = facts.products().filter(made).map(|product| view(&facts, product, &left));
    Ok(StationProducts { products: products.collect() })
}

pub(crate) async fn set_availability(
    app: &App,
    who: &Who,
    request: SetAvailability,
) -> Result<ProductAvailability, Refusal> {
    if request.units.is_some_and(|units| units > MOST_UNITS) {
        return Err(Refusal::OutOfBounds { field: Field::Left, least: 0, most: MOST_UNITS as usize });
    }
    let facts = app.catalogue.facts().await?;
    let (actor, now) = (who.actor()?, app.env.now());
    let id = ProductId(request.product_id);
    let name = facts.product(id).ok_or(Refusal::UnknownProduct)?.name.clone();
    let ends_at = (!request.stays).then(|| end_of_day(&facts, now));
    let said =
        request.units.map(|units| Said { units: i64::from(units), ends_at, by: actor.user(), at: now });
    let branch = facts.branch.id;
    let row = AuditRow {
        id: app.env.new_id(),
        branch,
        at: now,
        user: Some(actor.user()),
        terminal: Some(actor.live.terminal.id),
        action: SetAvailability::NAME.into(),
        subject_kind: "product".into(),
        subject: id.0,
        detail: serde_json::json!({
            "product": name, "units": request.units, "ends_at": said.and_then(|said| said.ends_at),
        }),
    };
    let command = CommandId(request.command_id);
    once(app, actor, command, SetAvailability::NAME, now, move |tx| {
        let row = row.clone();
        Box::pin(async move {
            if !availability::say(tx, branch, id, said).await? {
                return Err(Refusal::UnknownProduct);
            }
            Ok(audit::insert_audit(tx, &row).await?)
        })
    })
    .await?;
    let asked = GetAvailability { product_id: request.product_id };
    once::done(get_availability(app, who, asked).await)
}

fn end_of_day(facts: &Facts, now: Time) -> Time {
    let rule = facts.day_rule();
    rule.start(BusinessDay(rule.day_of(now).0 + 1))
}

fn view(facts: &Facts, product: &Product, left: &Left) -> ProductAvailability {
    let standing = facts.standing(product, left);
    let said = facts.menu.said.get(&product.id);
    let name = |said: &Said| facts.users.iter().find(|user| user.id == said.by).map(|user| user.name.clone());
    ProductAvailability {
        product_id: product.id.0,
        name: product.name.clone(),
        short_code: product.short_code.clone(),
        sold_out: standing.sold_out,
        remaining: standing.remaining,
        said: said.map(|said| SaidLeft {
            units: said.units,
            by: name(said).unwrap_or_default(),
            at: said.at.0,
            ends_at: said.ends_at.map(|end| end.0),
        }),
    }
}

impl App {
    /// Forgets what was said for a business day that is over; every screen hears of it as of any change of the menu.
    pub(crate) async fn end_said(&self, facts: &Facts, now: Time) -> Result<(), Refusal> {
        let is_over = |said: &Said| said.ends_at.is_some_and(|end| end <= now);
        if !facts.menu.said.values().any(is_over) {
            return Ok(());
        }
        let branch = facts.branch.id;
        let end =
            self.store.write::<_, StoreError, _>(move |tx| Box::pin(availability::end(tx, branch, now)));
        Ok(end.await.map(drop)?)
    }
}
