//! Lists of other prices, as a branch reads them together with its menu.

pub mod edit;

use crate::columns::Row;
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, CompanyId, PriceListId};
use fastops_domain::money::Money;
use fastops_domain::price_list::{Hours, PriceList};
use fastops_domain::stock::Item;
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    INSERT_PRICE_LIST: both
        "INSERT INTO price_list (id, company_id, branch_id, name, priority, valid_from, valid_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_HOURS: both
        "INSERT INTO price_list_hours (price_list_id, weekday, from_minute, to_minute) VALUES ($1, $2, $3, $4)";
    SET_PRICE: both
        "INSERT INTO price_list_item (price_list_id, item_id, product_id, variant_id, price_minor)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (price_list_id, item_id) DO UPDATE SET price_minor = excluded.price_minor";
    PRICE_LISTS: both
        "SELECT price_list.id, price_list.name, priority, price_list.branch_id, valid_from, valid_until
         FROM price_list JOIN branch ON branch.company_id = price_list.company_id
         WHERE branch.id = $1 AND (price_list.branch_id = $1 OR price_list.branch_id IS NULL) AND price_list.active
         ORDER BY price_list.id";
    PRICE_LIST_HOURS: both
        "SELECT price_list_id, weekday, from_minute, to_minute
         FROM price_list_hours
         JOIN price_list ON price_list.id = price_list_id
         JOIN branch ON branch.company_id = price_list.company_id
         WHERE branch.id = $1 ORDER BY price_list_id, weekday, from_minute";
    PRICE_LIST_ITEMS: both
        "SELECT price_list_id, item_id, price_minor
         FROM price_list_item
         JOIN price_list ON price_list.id = price_list_id
         JOIN branch ON branch.company_id = price_list.company_id
         WHERE branch.id = $1";
}

/// Adds a list with its hours, for one branch or for all of the company's; its prices are set one by one.
pub async fn insert_price_list(
    tx: &mut Tx,
    company: CompanyId,
    branch: Option<BranchId>,
    list: &PriceList,
) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_PRICE_LIST,
        list.id,
        company,
        branch,
        &list.name,
        list.priority,
        list.valid_from,
        list.valid_until
    )?;
    for hours in &list.hours {
        execute!(tx, INSERT_HOURS, list.id, hours.weekday, hours.from_minute, hours.to_minute)?;
    }
    Ok(())
}

/// Says what a product, or one variant of it, costs by a list.
pub async fn set_price(tx: &mut Tx, list: PriceListId, item: Item, price: Money) -> Result<(), StoreError> {
    execute!(tx, SET_PRICE, list, item.id(), item.product, item.variant, price).map(drop)
}

/// The active lists of a branch and those of all branches of its company, in three statements.
pub async fn price_lists(tx: &mut Tx, branch: BranchId) -> Result<Vec<PriceList>, StoreError> {
    let mut hours_of = hours_of_lists(tx, branch).await?;
    let items: Vec<(PriceListId, Uuid, Money)> = fetch_all!(
        tx,
        PRICE_LIST_ITEMS,
        |row: &Row<'_>| Ok((row.get("price_list_id")?, row.get("item_id")?, row.get("price_minor")?)),
        branch
    )?;
    let mut prices_of: HashMap<PriceListId, HashMap<Uuid, Money>> = HashMap::new();
    for (list, item, price) in items {
        prices_of.entry(list).or_default().insert(item, price);
    }
    fetch_all!(
        tx,
        PRICE_LISTS,
        |row: &Row<'_>| {
            let id = row.get("id")?;
            let hours = hours_of.remove(&id).unwrap_or_default();
            read_list(row, hours, prices_of.remove(&id).unwrap_or_default())
        },
        branch
    )
}

async fn hours_of_lists(tx: &mut Tx, branch: BranchId) -> Result<HashMap<PriceListId, Vec<Hours>>, StoreError> {
    let hours: Vec<(PriceListId, Hours)> = fetch_all!(
        tx,
        PRICE_LIST_HOURS,
        |row: &Row<'_>| {
            let (weekday, from_minute, to_minute) =
                (row.get("weekday")?, row.get("from_minute")?, row.get("to_minute")?);
            Ok((row.get("price_list_id")?, Hours { weekday, from_minute, to_minute }))
        },
        branch
    )?;
    let mut hours_of: HashMap<PriceListId, Vec<Hours>> = HashMap::new();
    for (list, hours) in hours {
        hours_of.entry(list).or_default().push(hours);
    }
    Ok(hours_of)
}

fn read_list(row: &Row<'_>, hours: Vec<Hours>, prices: HashMap<Uuid, Money>) -> Result<PriceList, StoreError> {
    let of: Option<BranchId> = row.get("branch_id")?;
    Ok(PriceList {
        id: row.get("id")?,
        name: row.get("name")?,
        priority: row.get("priority")?,
        of_branch: of.is_some(),
        valid_from: row.get("valid_from")?,
        valid_until: row.get("valid_until")?,
        hours,
        prices,
    })
}
