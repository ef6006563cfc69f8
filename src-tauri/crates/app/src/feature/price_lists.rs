//! Price lists, as whoever keeps the menu changes them. What is said counts at once at every till, and is written down;
//! what was sold keeps its price.

mod foresight;

pub(crate) use foresight::{discount_prices, preview_prices};

use super::menu_setup::{Act, named};
use crate::catalogue::Facts;
use crate::once;
use crate::refusal::{Field, Refusal};
use crate::wire::{
    GetPriceLists, ListPrice, PriceHours, PriceListView, PriceListsView, PricedVariant, RemovePriceList,
    SavePriceList, SchedulePrice,
};
use crate::{App, Command as _, Who, words};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{CommandId, PriceListId, ProductId, VariantId};
use fastops_domain::money::{AmountTooLarge, Money};
use fastops_domain::price_list::{
    BadTerms, Hours, MAX_ITEMS, MAX_PRICE, ORDINARY_PRIORITY, PRIORITIES, PriceList, check_terms, clashes,
};
use fastops_domain::stock::Item;
use fastops_domain::time::Time;
use fastops_store::price_list::edit::{self, ItemPrice, KeptList, ListEdit};
use fastops_store::price_list::set_price;
use fastops_store::{StoreError, Tx};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use thiserror::Error;
use uuid::Uuid;

/// Why a price list cannot be as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PriceProblem {
    #[error("there is a list called {name}")]
    NameTaken { name: String },
    #[error("unknown list")]
    UnknownList,
    #[error("no such priority")]
    BadPriority,
    #[error("something is priced twice")]
    Twice,
    #[error(transparent)]
    Terms(#[from] BadTerms),
}

pub(crate) async fn get_price_lists(app: &App, _: &Who, _: GetPriceLists) -> Result<PriceListsView, Refusal> {
    let (facts, now) = (app.catalogue.facts().await?, app.env.now());
    let branch = facts.branch.id;
    let read = app.store.read::<_, StoreError, _>(move |tx| Box::pin(edit::kept_lists(tx, branch)));
    let kept = read.await?;
    let rule = facts.day_rule();
    let active: Vec<PriceList> =
        kept.iter().filter(|kept| kept.active).map(|kept| kept.list.clone()).collect();
    let (pairs, prices) = (clashes(&active, rule), facts.prices(now));
    let names: HashMap<PriceListId, String> =
        kept.iter().map(|kept| (kept.list.id, kept.list.name.clone())).collect();
    let holding: HashSet<PriceListId> = prices.lists().into_iter().collect();
    let lists = kept.into_iter().map(|kept| {
        let (id, holds) = (kept.list.id, holding.contains(&kept.list.id));
        let others = pairs.iter().filter_map(|(one, other)| match (*one == id, *other == id) {
            (true, _) => names.get(other).cloned(),
            (_, true) => names.get(one).cloned(),
            _ => None,
        });
        PriceListView {
            holds,
            ends_at: holds.then(|| prices.end_of(&kept.list)).flatten().map(|end| end.0),
            clashes: others.collect(),
            ..list_view(kept)
        }
    });
    let sold = facts.menu.variants.iter().map(|variant| PricedVariant {
        id: variant.id.0,
        product_id: variant.product.0,
        name: variant.name.clone(),
        price_minor: own_price(&facts, variant.product, variant.price).0,
    });
    let next_day_at = rule.start(next_day(&facts, now)).0;
    let now = foresight::other_prices(&facts, &prices);
    Ok(PriceListsView { lists: lists.collect(), variants: sold.collect(), now, next_day_at })
}

fn own_price(facts: &Facts, product: ProductId, own: Option<Money>) -> Money {
    own.or_else(|| facts.product(product).map(|product| product.price)).unwrap_or(Money::ZERO)
}

fn next_day(facts: &Facts, now: Time) -> BusinessDay {
    BusinessDay(facts.day_rule().day_of(now).0 + 1)
}

fn list_view(kept: KeptList) -> PriceListView {
    let hours = |hours: Hours| PriceHours {
        weekday: hours.weekday,
        from_minute: hours.from_minute,
        to_minute: hours.to_minute,
    };
    let price = |priced: ItemPrice| ListPrice {
        product_id: priced.item.product.0,
        variant_id: priced.item.variant.map(|variant| variant.0),
        price_minor: priced.price.0,
    };
    PriceListView {
        id: kept.list.id.0,
        name: kept.list.name,
        priority: kept.list.priority,
        here_only: kept.list.of_branch,
        active: kept.active,
        valid_from: kept.list.valid_from.map(|from| from.0),
        valid_until: kept.list.valid_until.map(|until| until.0),
        hours: kept.list.hours.into_iter().map(hours).collect(),
        prices: kept.items.into_iter().map(price).collect(),
        holds: false,
        ends_at: None,
        clashes: Vec::new(),
    }
}

pub(crate) async fn save_price_list(
    app: &App,
    who: &Who,
    request: SavePriceList,
) -> Result<PriceListsView, Refusal> {
    let edit = checked(&*app.catalogue.facts().await?, &request)?;
    let view =
        list_view(KeptList { list: edit.list.clone(), active: edit.active, items: edit.items.clone() });
    let act = Act {
        command: CommandId(request.command_id),
        name: SavePriceList::NAME,
        subject: ("price_list", edit.list.id.0),
        detail: json!(view),
    };
    act.keep(app, who, move |tx| {
        let edit = edit.clone();
        Box::pin(async move { keep(tx, &edit).await })
    })
    .await?;
    once::done(get_price_lists(app, who, GetPriceLists {}).await)
}

async fn keep(tx: &mut Tx, edit: &ListEdit) -> Result<(), Refusal> {
    let same = edit::list_named(tx, edit.company, &edit.list.name).await?;
    if same.is_some_and(|same| same != edit.list.id) {
        return Err(PriceProblem::NameTaken { name: edit.list.name.clone() }.into());
    }
    match edit::save_list(tx, edit).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(PriceProblem::UnknownList.into()),
        // All else that it points to was read from the house.
        Err(StoreError::Dangling(_)) => Err(Refusal::UnknownProduct),
        Err(error) => Err(error.into()),
    }
}

fn checked(facts: &Facts, request: &SavePriceList) -> Result<ListEdit, Refusal> {
    if !PRIORITIES.contains(&request.priority) {
        return Err(PriceProblem::BadPriority.into());
    }
    if request.prices.len() > MAX_ITEMS {
        return Err(Refusal::OutOfBounds { field: Field::Prices, least: 0, most: MAX_ITEMS });
    }
    let hours = |hours: &PriceHours| Hours {
        weekday: hours.weekday,
        from_minute: hours.from_minute,
        to_minute: hours.to_minute,
    };
    let hours: Vec<Hours> = request.hours.iter().map(hours).collect();
    let (valid_from, valid_until) = (request.valid_from.map(Time), request.valid_until.map(Time));
    check_terms(valid_from, valid_until, &hours).map_err(PriceProblem::Terms)?;
    let items = request.prices.iter().map(item_price).collect::<Result<Vec<_>, _>>()?;
    let different: HashSet<Uuid> = items.iter().map(|priced| priced.item.id()).collect();
    if different.len() != items.len() {
        return Err(PriceProblem::Twice.into());
    }
    Ok(ListEdit {
        company: facts.company.id,
        branch: facts.branch.id,
        list: PriceList {
            id: PriceListId(request.list_id),
            name: named(&request.name)?,
            priority: request.priority,
            of_branch: request.here_only,
            valid_from,
            valid_until,
            hours,
            prices: HashMap::new(),
        },
        active: request.active,
        items,
    })
}

fn item_price(given: &ListPrice) -> Result<ItemPrice, Refusal> {
    let item = Item { product: ProductId(given.product_id), variant: given.variant_id.map(VariantId) };
    Ok(ItemPrice { item, price: possible(given.price_minor)? })
}

/// A price that a list can say.
fn possible(minor: i64) -> Result<Money, Refusal> {
    if (0..=MAX_PRICE.0).contains(&minor) {
        Ok(Money(minor))
    } else {
        Err(Refusal::AmountTooLarge(AmountTooLarge))
    }
}

pub(crate) async fn remove_price_list(
    app: &App,
    who: &Who,
    request: RemovePriceList,
) -> Result<PriceListsView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (company, branch) = (facts.company.id, facts.branch.id);
    let list = PriceListId(request.list_id);
    let act = Act {
        command: CommandId(request.command_id),
        name: RemovePriceList::NAME,
        subject: ("price_list", list.0),
        detail: json!({}),
    };
    act.keep(app, who, move |tx| {
        Box::pin(async move {
            let is_gone = edit::forget_list(tx, company, branch, list).await?;
            if is_gone { Ok(()) } else { Err(PriceProblem::UnknownList.into()) }
        })
    })
    .await?;
    once::done(get_price_lists(app, who, GetPriceLists {}).await)
}

/// `name`, with a number behind it when a list has it already.
fn free_name(name: &str, taken: &HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or_default()
}

/// The price goes into the list of what things ordinarily cost from that day on: one for a day, however many products
/// change then.
pub(crate) async fn schedule_price(
    app: &App,
    who: &Who,
    request: SchedulePrice,
) -> Result<PriceListsView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let day = next_day(&facts, app.env.now());
    let item = Item::product(ProductId(request.product_id));
    let price = possible(request.price_minor)?;
    let from = facts.day_rule().start(day);
    let list = PriceList {
        id: PriceListId(app.env.new_id()),
        name: words::scheduled_list(day, who.language),
        priority: ORDINARY_PRIORITY,
        of_branch: false,
        valid_from: Some(from),
        valid_until: None,
        hours: Vec::new(),
        prices: HashMap::new(),
    };
    let edit = ListEdit {
        company: facts.company.id,
        branch: facts.branch.id,
        list,
        active: true,
        items: vec![ItemPrice { item, price }],
    };
    let act = Act {
        command: CommandId(request.command_id),
        name: SchedulePrice::NAME,
        subject: ("product", request.product_id),
        detail: json!({ "price_minor": price.0, "from": from.0 }),
    };
    act.keep(app, who, move |tx| {
        let edit = edit.clone();
        Box::pin(async move {
            let begun = edit::lasting_from(tx, edit.company, ORDINARY_PRIORITY, from).await?;
            if let Some(list) = begun {
                return match set_price(tx, list, item, price).await {
                    Err(StoreError::Dangling(_)) => Err(Refusal::UnknownProduct),
                    set => Ok(set?),
                };
            }
            let names = edit::list_names(tx, edit.company).await?;
            let name = free_name(&edit.list.name, &names);
            keep(tx, &ListEdit { list: PriceList { name, ..edit.list.clone() }, ..edit }).await
        })
    })
    .await?;
    once::done(get_price_lists(app, who, GetPriceLists {}).await)
}
