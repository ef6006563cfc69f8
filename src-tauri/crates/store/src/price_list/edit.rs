//! Price lists as whoever keeps them sees and changes them: with those that are put aside, and product by product.

use super::{hours_of_lists, read_list};
use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, CompanyId, PriceListId};
use fastops_domain::money::Money;
use fastops_domain::price_list::PriceList;
use fastops_domain::stock::Item;
use fastops_domain::time::Time;
use serde_json::json;
use std::collections::{HashMap, HashSet};

statements! {
    KEPT_LISTS: both
        "SELECT price_list.id, price_list.name, priority, price_list.branch_id, valid_from, valid_until, price_list.active
         FROM price_list JOIN branch ON branch.company_id = price_list.company_id
         WHERE branch.id = $1 AND (price_list.branch_id = $1 OR price_list.branch_id IS NULL)
         ORDER BY price_list.name, price_list.id";
    KEPT_ITEMS: both
        "SELECT price_list_id, price_list_item.product_id, variant_id, price_list_item.price_minor
         FROM price_list_item
         JOIN price_list ON price_list.id = price_list_id
         JOIN product ON product.id = price_list_item.product_id
         JOIN branch ON branch.company_id = price_list.company_id
         WHERE branch.id = $1 ORDER BY price_list_id, product.name, price_list_item.product_id, item_id";
    LIST_NAMED: both "SELECT id FROM price_list WHERE company_id = $1 AND name = $2";
    LIST_NAMES: both "SELECT name FROM price_list WHERE company_id = $1";
    // A list of another branch is that branch's to change.
    SAVE_LIST: both
        "INSERT INTO price_list (id, company_id, branch_id, name, priority, active, valid_from, valid_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET branch_id = excluded.branch_id, name = excluded.name,
             priority = excluded.priority, active = excluded.active, valid_from = excluded.valid_from,
             valid_until = excluded.valid_until
         WHERE price_list.company_id = $2 AND (price_list.branch_id IS NULL OR price_list.branch_id = $9)";
    FORGET_HOURS: both "DELETE FROM price_list_hours WHERE price_list_id = $1";
    FORGET_ITEMS: both "DELETE FROM price_list_item WHERE price_list_id = $1";
    FORGET_LIST: both
        "DELETE FROM price_list WHERE id = $1 AND company_id = $2 AND (branch_id IS NULL OR branch_id = $3)";
    INSERT_ALL_HOURS: each {
        sqlite:
            "INSERT INTO price_list_hours (price_list_id, weekday, from_minute, to_minute)
             SELECT $1, row.value ->> 'weekday', row.value ->> 'begins', row.value ->> 'ends' FROM json_each($2) AS row",
        postgres:
            "INSERT INTO price_list_hours (price_list_id, weekday, from_minute, to_minute)
             SELECT $1, weekday, begins, ends
             FROM jsonb_to_recordset($2) AS hours (weekday BIGINT, begins BIGINT, ends BIGINT)",
    };
    INSERT_ALL_ITEMS: each {
        sqlite:
            "INSERT INTO price_list_item (price_list_id, item_id, product_id, variant_id, price_minor)
             SELECT $1, unhex(COALESCE(row.value ->> 'variant', row.value ->> 'product'), '-'),
                    unhex(row.value ->> 'product', '-'), unhex(row.value ->> 'variant', '-'), row.value ->> 'price'
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO price_list_item (price_list_id, item_id, product_id, variant_id, price_minor)
             SELECT $1, COALESCE(variant, product), product, variant, price
             FROM jsonb_to_recordset($2) AS item (product UUID, variant UUID, price BIGINT)",
    };
    LASTING_FROM: both
        "SELECT id FROM price_list
         WHERE company_id = $1 AND branch_id IS NULL AND active AND priority = $2 AND valid_from = $3
           AND valid_until IS NULL
           AND NOT EXISTS (SELECT 1 FROM price_list_hours WHERE price_list_id = price_list.id)
         ORDER BY id LIMIT 1";
}

/// What something costs by a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemPrice {
    pub item: Item,
    pub price: Money,
}

/// A list, counting or put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptList {
    pub list: PriceList,
    /// It never counts when false.
    pub active: bool,
    /// Its prices by the names of their products.
    pub items: Vec<ItemPrice>,
}

/// A list as somebody wants it, with all its hours and prices.
#[derive(Clone, Debug)]
pub struct ListEdit {
    pub company: CompanyId,
    /// The branch in which it is written.
    pub branch: BranchId,
    /// What of it counts is in `items`, not in its own prices.
    pub list: PriceList,
    pub active: bool,
    pub items: Vec<ItemPrice>,
}

/// The lists of a branch and those of all branches of its company by their names, in three statements.
pub async fn kept_lists(tx: &mut Tx, branch: BranchId) -> Result<Vec<KeptList>, StoreError> {
    let mut hours_of = hours_of_lists(tx, branch).await?;
    let items: Vec<(PriceListId, ItemPrice)> = fetch_all!(
        tx,
        KEPT_ITEMS,
        |row: &Row<'_>| {
            let item = Item { product: row.get("product_id")?, variant: row.get("variant_id")? };
            Ok((row.get("price_list_id")?, ItemPrice { item, price: row.get("price_minor")? }))
        },
        branch
    )?;
    let mut items_of: HashMap<PriceListId, Vec<ItemPrice>> = HashMap::new();
    for (list, item) in items {
        items_of.entry(list).or_default().push(item);
    }
    fetch_all!(
        tx,
        KEPT_LISTS,
        |row: &Row<'_>| {
            let id = row.get("id")?;
            let items = items_of.remove(&id).unwrap_or_default();
            let prices = items.iter().map(|priced| (priced.item.id(), priced.price)).collect();
            let hours = hours_of.remove(&id).unwrap_or_default();
            Ok(KeptList { list: read_list(row, hours, prices)?, active: row.get("active")?, items })
        },
        branch
    )
}

/// The list of a company that has this name.
pub async fn list_named(
    tx: &mut Tx,
    company: CompanyId,
    name: &str,
) -> Result<Option<PriceListId>, StoreError> {
    fetch_optional!(tx, LIST_NAMED, |row: &Row<'_>| row.get("id"), company, name)
}

/// The names of all lists of a company.
pub async fn list_names(tx: &mut Tx, company: CompanyId) -> Result<HashSet<String>, StoreError> {
    let names: Vec<String> = fetch_all!(tx, LIST_NAMES, |row: &Row<'_>| row.get("name"), company)?;
    Ok(names.into_iter().collect())
}

/// The company's list of what things ordinarily cost from this moment on, with this priority.
pub async fn lasting_from(
    tx: &mut Tx,
    company: CompanyId,
    priority: i32,
    from: Time,
) -> Result<Option<PriceListId>, StoreError> {
    fetch_optional!(tx, LASTING_FROM, |row: &Row<'_>| row.get("id"), company, priority, from)
}

/// Adds a list, or changes it with all its hours and prices; false when it is not this branch's to change. A product
/// or variant that is not there is `Dangling`.
pub async fn save_list(tx: &mut Tx, edit: &ListEdit) -> Result<bool, StoreError> {
    let ListEdit { company, branch, list, active, items } = edit;
    let saved = execute!(
        tx,
        SAVE_LIST,
        list.id,
        *company,
        list.of_branch.then_some(*branch),
        &list.name,
        list.priority,
        *active,
        list.valid_from,
        list.valid_until,
        *branch
    )?;
    if saved == 0 {
        return Ok(false);
    }
    forget_terms(tx, list.id).await?;
    let hours: Vec<_> = list
        .hours
        .iter()
        .map(|hours| json!({ "weekday": hours.weekday, "begins": hours.from_minute, "ends": hours.to_minute }))
        .collect();
    execute!(tx, INSERT_ALL_HOURS, list.id, AsJson(&hours))?;
    let prices: Vec<_> = items
        .iter()
        .map(|ItemPrice { item, price }| {
            let variant = item.variant.map(|variant| variant.0);
            json!({ "product": item.product.0, "variant": variant, "price": price.0 })
        })
        .collect();
    execute!(tx, INSERT_ALL_ITEMS, list.id, AsJson(&prices))?;
    Ok(true)
}

/// Takes a list away with all that it says; false when there is none, or it is not this branch's to take away.
pub async fn forget_list(
    tx: &mut Tx,
    company: CompanyId,
    branch: BranchId,
    list: PriceListId,
) -> Result<bool, StoreError> {
    forget_terms(tx, list).await?;
    Ok(execute!(tx, FORGET_LIST, list, company, branch)? == 1)
}

async fn forget_terms(tx: &mut Tx, list: PriceListId) -> Result<(), StoreError> {
    execute!(tx, FORGET_HOURS, list)?;
    execute!(tx, FORGET_ITEMS, list).map(drop)
}
