//! The menu as whoever keeps it sees and changes it: what is off it is there too.

use super::combo::{self, Choices};
use super::{Category, Menu, products, read_category};
use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::combo::ComboSlot;
use fastops_domain::ids::{
    BranchId, CategoryId, CompanyId, ModifierGroupId, ModifierId, ProductId, StationId, TaxId,
};
use fastops_domain::menu::{Portioning, ProductKind};
use fastops_domain::money::Money;
use serde::Serialize;

statements! {
    ALL_CATEGORIES: both
        "SELECT category.id, category.company_id, category.name, color, position, category.active AS active
         FROM category JOIN branch ON branch.company_id = category.company_id
         WHERE branch.id = $1 ORDER BY position, category.name";
    ALL_PRODUCTS: both
        "SELECT product.id, category_id, product.name, short_code, price_minor, product.position, sold_out,
                product.active, preparation_minutes, product.kind, tracks_stock, cost_minor, unit
         FROM product
         JOIN category ON category.id = category_id
         JOIN branch ON branch.company_id = category.company_id
         WHERE branch.id = $1 AND product.kind <> 'ingredient'
         ORDER BY category.position, category.name, product.position, product.name";
    CATEGORY_NAMED: both "SELECT id FROM category WHERE company_id = $1 AND name = $2";
    PRODUCT_CODED: both
        "SELECT product.id, product.name
         FROM product JOIN category ON category.id = category_id
         WHERE company_id = $1 AND short_code = $2 AND product.active AND product.id <> $3";
    // A new one stands last.
    SAVE_CATEGORY: both
        "INSERT INTO category (id, company_id, name, color, active, position)
         VALUES ($1, $2, $3, $4, $5,
                 (SELECT COALESCE(MAX(position), -1) + 1 FROM category WHERE company_id = $2))
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, color = excluded.color, active = excluded.active
         WHERE category.company_id = excluded.company_id";
    UNROUTE_CATEGORY: both "DELETE FROM category_station WHERE branch_id = $1 AND category_id = $2";
    // A new one stands last in its category, and so does one that comes from another.
    SAVE_PRODUCT: both
        "INSERT INTO product (id, category_id, name, short_code, price_minor, sold_out, active,
                              preparation_minutes, kind, tracks_stock, unit, position)
         SELECT $1, category.id, $3, $4, $5, FALSE, $6, $7, $9, FALSE, 'each',
                (SELECT COALESCE(MAX(position), -1) + 1 FROM product WHERE category_id = $2)
         FROM category WHERE category.id = $2 AND company_id = $8
         ON CONFLICT (id) DO UPDATE SET
             position = CASE WHEN product.category_id = excluded.category_id THEN product.position
                             ELSE excluded.position END,
             category_id = excluded.category_id, name = excluded.name, short_code = excluded.short_code,
             price_minor = excluded.price_minor, active = excluded.active,
             preparation_minutes = excluded.preparation_minutes
         WHERE product.kind = excluded.kind
           AND EXISTS (SELECT 1 FROM category AS own WHERE own.id = product.category_id AND own.company_id = $8)";
    PRODUCT_SOLD_AS: both
        "SELECT product.name, product.kind
         FROM product JOIN category ON category.id = category_id
         WHERE product.id = $1 AND company_id = $2";
    FORGET_PRODUCT_TAXES: both "DELETE FROM product_tax WHERE product_id = $1";
    FORGET_PRODUCT_GROUPS: both "DELETE FROM product_modifier_group WHERE product_id = $1";
    INSERT_PRODUCT_GROUPS: each {
        sqlite:
            "INSERT INTO product_modifier_group (product_id, group_id, position)
             SELECT $1, unhex(asked.value, '-'), asked.key FROM json_each($2) AS asked",
        postgres:
            "INSERT INTO product_modifier_group (product_id, group_id, position)
             SELECT $1, asked::UUID, place - 1
             FROM jsonb_array_elements_text($2) WITH ORDINALITY AS questions (asked, place)",
    };
    ORDER_CATEGORIES: each {
        sqlite:
            "UPDATE category SET position = said.key
             FROM (SELECT key, unhex(value, '-') AS id FROM json_each($2)) AS said
             WHERE category.id = said.id AND company_id = $1",
        postgres:
            "UPDATE category SET position = said.place - 1
             FROM jsonb_array_elements_text($2) WITH ORDINALITY AS said (id, place)
             WHERE category.id = said.id::UUID AND company_id = $1",
    };
    ORDER_PRODUCTS: each {
        sqlite:
            "UPDATE product SET position = said.key
             FROM (SELECT key, unhex(value, '-') AS id FROM json_each($2)) AS said
             WHERE product.id = said.id AND category_id = $1",
        postgres:
            "UPDATE product SET position = said.place - 1
             FROM jsonb_array_elements_text($2) WITH ORDINALITY AS said (id, place)
             WHERE product.id = said.id::UUID AND category_id = $1",
    };
    SAVE_GROUP: both
        "INSERT INTO modifier_group (id, company_id, name, min_choices, max_choices, portioning)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, min_choices = excluded.min_choices,
             max_choices = excluded.max_choices, portioning = excluded.portioning
         WHERE modifier_group.company_id = excluded.company_id";
    // What was ordered keeps its own words of it.
    FORGET_MODIFIERS: both "DELETE FROM modifier WHERE group_id = $1";
    INSERT_MODIFIERS: each {
        sqlite:
            "INSERT INTO modifier (id, group_id, name, price_minor, position)
             SELECT unhex(row.value ->> 'id', '-'), $1, row.value ->> 'name', row.value ->> 'price', row.key
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO modifier (id, group_id, name, price_minor, position)
             SELECT id, $1, name, price, place - 1
             FROM ROWS FROM (jsonb_to_recordset($2) AS (id UUID, name TEXT, price BIGINT)) WITH ORDINALITY
                  AS answer (id, name, price, place)",
    };
}

/// A category, on the menu or off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCategory {
    pub category: Category,
    /// Off the menu with all that is in it when false.
    pub active: bool,
}

/// A category as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryEdit {
    pub id: CategoryId,
    pub company: CompanyId,
    pub branch: BranchId,
    pub name: String,
    /// Name of a colour of the design system.
    pub color: String,
    pub active: bool,
    /// Who makes what is in it, in this branch.
    pub station: Option<StationId>,
}

/// A product as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductEdit {
    pub id: ProductId,
    pub company: CompanyId,
    pub branch: BranchId,
    pub category: CategoryId,
    pub name: String,
    /// What a waiter types to find it; empty when it has none.
    pub short_code: String,
    pub price: Money,
    /// In the order in which they apply.
    pub taxes: Vec<TaxId>,
    /// The questions that it asks, in their order.
    pub groups: Vec<ModifierGroupId>,
    pub preparation_minutes: u32,
    pub active: bool,
    /// Who makes it in this branch; none leaves it to whoever makes its category.
    pub station: Option<StationId>,
    /// What it has the guest choose, of a combo; none of any other product.
    pub slots: Option<Vec<ComboSlot>>,
}

impl ProductEdit {
    /// What it is sold as; that never changes.
    pub const fn kind(&self) -> ProductKind {
        if self.slots.is_some() { ProductKind::Combo } else { ProductKind::Product }
    }
}

/// A question as somebody wants it, with all its answers in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupEdit {
    pub id: ModifierGroupId,
    pub company: CompanyId,
    pub name: String,
    /// Fewest and most answers.
    pub min: u32,
    pub max: u32,
    pub portioning: Portioning,
    pub answers: Vec<Answer>,
}

/// One answer of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub id: ModifierId,
    pub name: String,
    /// What it adds to the price; may be negative.
    pub price: Money,
}

/// The whole menu with what is off it, in eight statements whatever its size. Its categories are those that stand on
/// it; `kept` has all.
pub async fn kept(tx: &mut Tx, branch: BranchId) -> Result<(Vec<KeptCategory>, Menu), StoreError> {
    let kept = fetch_all!(
        tx,
        ALL_CATEGORIES,
        |row: &Row<'_>| Ok(KeptCategory { category: read_category(row)?, active: row.get("active")? }),
        branch
    )?;
    let products = products(tx, branch, &ALL_PRODUCTS, &[]).await?;
    let groups = super::groups(tx, branch).await?;
    let product_groups = super::product_groups(tx, branch).await?;
    let taxes = super::taxes(tx, branch).await?;
    let combos = combo::combos(tx, branch, Choices::All).await?;
    Ok((kept, Menu { products, groups, product_groups, taxes, combos, ..Menu::default() }))
}

/// The category of a company that has this name, on the menu or off it.
pub async fn category_named(
    tx: &mut Tx,
    company: CompanyId,
    name: &str,
) -> Result<Option<CategoryId>, StoreError> {
    fetch_optional!(tx, CATEGORY_NAMED, |row: &Row<'_>| row.get("id"), company, name)
}

/// The name of another product on the menu that is found by this code.
pub async fn product_coded(
    tx: &mut Tx,
    company: CompanyId,
    code: &str,
    but: ProductId,
) -> Result<Option<String>, StoreError> {
    fetch_optional!(tx, PRODUCT_CODED, |row: &Row<'_>| row.get("name"), company, code, but)
}

/// The name of any product of a company, on the menu or off it, and what it is sold as.
pub async fn product_sold_as(
    tx: &mut Tx,
    company: CompanyId,
    product: ProductId,
) -> Result<Option<(String, ProductKind)>, StoreError> {
    let read = |row: &Row<'_>| Ok((row.get("name")?, row.get("kind")?));
    fetch_optional!(tx, PRODUCT_SOLD_AS, read, product, company)
}

/// Adds a category at the end, or changes it; false when it is another company's.
pub async fn save_category(tx: &mut Tx, edit: &CategoryEdit) -> Result<bool, StoreError> {
    let CategoryEdit { id, company, branch, name, color, active, station } = edit;
    if execute!(tx, SAVE_CATEGORY, *id, *company, name, color, *active)? == 0 {
        return Ok(false);
    }
    match station {
        Some(station) => crate::station::route(tx, *branch, *id, *station).await?,
        None => execute!(tx, UNROUTE_CATEGORY, *branch, *id).map(drop)?,
    }
    Ok(true)
}

/// Adds a product at the end of its category, or changes it; false when it or its category is another company's, or it
/// is of another kind.
pub async fn save_product(tx: &mut Tx, edit: &ProductEdit) -> Result<bool, StoreError> {
    let saved = execute!(
        tx,
        SAVE_PRODUCT,
        edit.id,
        edit.category,
        &edit.name,
        &edit.short_code,
        edit.price,
        edit.active,
        edit.preparation_minutes,
        edit.company,
        edit.kind()
    )?;
    if saved == 0 {
        return Ok(false);
    }
    execute!(tx, FORGET_PRODUCT_TAXES, edit.id)?;
    execute!(tx, super::INSERT_PRODUCT_TAXES, edit.id, AsJson(&edit.taxes))?;
    execute!(tx, FORGET_PRODUCT_GROUPS, edit.id)?;
    execute!(tx, INSERT_PRODUCT_GROUPS, edit.id, AsJson(&edit.groups))?;
    if let Some(slots) = &edit.slots {
        combo::set_slots(tx, edit.id, slots).await?;
    }
    crate::station::route_product(tx, edit.branch, edit.id, edit.station).await?;
    Ok(true)
}

/// Puts the categories of a company into this order; says how many were put.
pub async fn order_categories(
    tx: &mut Tx,
    company: CompanyId,
    categories: &[CategoryId],
) -> Result<u64, StoreError> {
    execute!(tx, ORDER_CATEGORIES, company, AsJson(&categories))
}

/// Puts the products of a category into this order; says how many were put.
pub async fn order_products(
    tx: &mut Tx,
    category: CategoryId,
    products: &[ProductId],
) -> Result<u64, StoreError> {
    execute!(tx, ORDER_PRODUCTS, category, AsJson(&products))
}

/// Adds a question, or changes it with all its answers; false when it is another company's.
pub async fn save_group(tx: &mut Tx, edit: &GroupEdit) -> Result<bool, StoreError> {
    if execute!(tx, SAVE_GROUP, edit.id, edit.company, &edit.name, edit.min, edit.max, edit.portioning)? == 0 {
        return Ok(false);
    }
    execute!(tx, FORGET_MODIFIERS, edit.id)?;
    execute!(tx, INSERT_MODIFIERS, edit.id, AsJson(&edit.answers))?;
    Ok(true)
}
