//! The menu: categories, products, the questions they ask and taxes.

mod again;
pub mod bulk;
pub mod combo;
pub mod edit;
pub mod favourite;
pub mod tax;

use crate::columns::{AsJson, Row};
use crate::menu::combo::Choices;
use crate::sql::{Sql, execute, fetch_all, fetch_each, statements};
use crate::variant::{self, Barcode, SoldVariant};
use crate::availability::{self, Said};
use crate::{StoreError, Tx, photo};
use fastops_domain::combo::ComboSlot;
use fastops_domain::ids::{
    BranchId, CategoryId, CompanyId, ModifierGroupId, ModifierId, PhotoId, ProductId, TaxId,
};
use fastops_domain::menu::{Modifier, ModifierGroup, Portioning, ProductKind, Unit};
use fastops_domain::money::Money;
use fastops_domain::tax::Tax;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

pub(crate) use again::List;
use again::{Products, Shared};

statements! {
    INSERT_TAXES: each {
        sqlite:
            "INSERT INTO tax (id, company_id, name, rate_bp, mode)
             SELECT unhex(row.value ->> 'id', '-'), unhex(row.value ->> 'company', '-'),
                    row.value -> 'tax' ->> 'name', row.value -> 'tax' ->> 'rate_bp', row.value -> 'tax' ->> 'mode'
             FROM json_each($1) AS row",
        postgres:
            "INSERT INTO tax (id, company_id, name, rate_bp, mode)
             SELECT id, company, tax ->> 'name', CAST(tax ->> 'rate_bp' AS BIGINT), tax ->> 'mode'
             FROM jsonb_to_recordset($1) AS line (id UUID, company UUID, tax JSONB)",
    };
    INSERT_CATEGORY: both
        "INSERT INTO category (id, company_id, name, color, position) VALUES ($1, $2, $3, $4, $5)";
    INSERT_PRODUCT: both
        "INSERT INTO product (id, category_id, name, short_code, price_minor, position, sold_out, active,
                              preparation_minutes, kind, tracks_stock, cost_minor, unit)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    INSERT_PRODUCT_TAXES: each {
        sqlite:
            "INSERT INTO product_tax (product_id, tax_id, position)
             SELECT $1, unhex(tax.value, '-'), tax.key FROM json_each($2) AS tax",
        postgres:
            "INSERT INTO product_tax (product_id, tax_id, position)
             SELECT $1, tax::UUID, place - 1 FROM jsonb_array_elements_text($2) WITH ORDINALITY AS taxes (tax, place)",
    };
    INSERT_GROUP: both
        "INSERT INTO modifier_group (id, company_id, name, min_choices, max_choices, portioning)
         VALUES ($1, $2, $3, $4, $5, $6)";
    INSERT_MODIFIER: both
        "INSERT INTO modifier (id, group_id, name, price_minor, position) VALUES ($1, $2, $3, $4, $5)";
    LINK_GROUP: both
        "INSERT INTO product_modifier_group (product_id, group_id, position) VALUES ($1, $2, $3)";
    SET_SOLD_OUT: both "UPDATE product SET sold_out = $2 WHERE id = $1";
    CATEGORIES: both
        "SELECT category.id, category.company_id, category.name, color, position
         FROM category JOIN branch ON branch.company_id = category.company_id
         WHERE branch.id = $1 AND category.active ORDER BY position, category.name";
    PRODUCTS: both
        "SELECT product.id, category_id, product.name, short_code, price_minor, product.position, sold_out,
                product.active, preparation_minutes, product.kind, tracks_stock, cost_minor, unit
         FROM product
         JOIN category ON category.id = category_id
         JOIN branch ON branch.company_id = category.company_id
         WHERE branch.id = $1 AND product.active AND category.active AND product.kind <> 'ingredient'
         ORDER BY category.position, category.name, product.position, product.name";
    PRODUCT_TAXES: both
        "SELECT product_id, tax_id
         FROM product_tax
         JOIN tax ON tax.id = tax_id
         JOIN branch ON branch.company_id = tax.company_id
         WHERE branch.id = $1 ORDER BY product_id, position";
    GROUPS: both
        "SELECT modifier_group.id, modifier_group.name, min_choices, max_choices, portioning
         FROM modifier_group JOIN branch ON branch.company_id = modifier_group.company_id
         WHERE branch.id = $1 ORDER BY modifier_group.name, modifier_group.id";
    MODIFIERS: both
        "SELECT modifier.id, group_id, modifier.name, price_minor
         FROM modifier
         JOIN modifier_group ON modifier_group.id = group_id
         JOIN branch ON branch.company_id = modifier_group.company_id
         WHERE branch.id = $1 ORDER BY position, modifier.name";
    PRODUCT_GROUPS: both
        "SELECT product_id, group_id
         FROM product_modifier_group
         JOIN modifier_group ON modifier_group.id = group_id
         JOIN branch ON branch.company_id = modifier_group.company_id
         WHERE branch.id = $1 ORDER BY product_id, position, group_id";
    TAXES: both
        "SELECT tax.id, tax.name, rate_bp, mode
         FROM tax JOIN branch ON branch.company_id = tax.company_id WHERE branch.id = $1";
}

/// A tax of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaxRow {
    pub id: TaxId,
    pub company: CompanyId,
    pub tax: Tax,
}

/// A group of products on the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    pub id: CategoryId,
    pub company: CompanyId,
    pub name: String,
    /// Name of a colour of the design system.
    pub color: String,
    pub position: i32,
}

/// Something that is sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: ProductId,
    pub category: CategoryId,
    pub name: String,
    /// What a waiter types to find it.
    pub short_code: String,
    pub price: Money,
    /// In the order in which they apply.
    pub taxes: Arc<[TaxId]>,
    pub position: i32,
    pub sold_out: bool,
    /// Off the menu when false; old orders still point at it.
    pub active: bool,
    pub preparation_minutes: i32,
    pub kind: ProductKind,
    /// Whether selling it moves stock.
    pub tracks_stock: bool,
    /// What one unit costs the house.
    pub cost: Option<Money>,
    pub unit: Unit,
}

/// A question asked about products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    pub id: ModifierGroupId,
    pub company: CompanyId,
    pub name: String,
    /// Fewest answers.
    pub min: u32,
    /// Most answers.
    pub max: u32,
    pub portioning: Portioning,
}

/// One answer of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModifierRow {
    pub id: ModifierId,
    pub group: ModifierGroupId,
    pub name: String,
    /// What it adds to the price; may be negative.
    pub price: Money,
    pub position: i32,
}

/// Everything that a branch sells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Menu {
    /// In the menu's order.
    pub categories: Vec<Category>,
    /// Active ones, category by category, in the menu's order.
    pub products: Vec<Arc<Product>>,
    /// With their answers in order.
    pub groups: Vec<ModifierGroup>,
    /// The groups of a product in the order in which they are asked.
    pub product_groups: HashMap<ProductId, Arc<[ModifierGroupId]>>,
    pub taxes: HashMap<TaxId, Tax>,
    /// Active ones, colour by colour.
    pub variants: Arc<Vec<SoldVariant>>,
    /// By their codes; those of what is not sold included.
    pub barcodes: Arc<Vec<Barcode>>,
    /// The pictures that products have.
    pub photos: HashMap<ProductId, PhotoId>,
    /// What each combo has the guest choose, in order, of what is sold.
    pub combos: HashMap<ProductId, Vec<ComboSlot>>,
    /// The house's favourites in their order, with those that are not sold now.
    pub favourites: Vec<ProductId>,
    /// What somebody said is left.
    pub said: HashMap<ProductId, Said>,
}

pub async fn insert_taxes(tx: &mut Tx, taxes: &[TaxRow]) -> Result<(), StoreError> {
    execute!(tx, INSERT_TAXES, AsJson(&taxes)).map(drop)
}

pub async fn insert_category(tx: &mut Tx, row: &Category) -> Result<(), StoreError> {
    execute!(tx, INSERT_CATEGORY, row.id, row.company, &row.name, &row.color, row.position).map(drop)
}

pub async fn insert_product(tx: &mut Tx, row: &Product) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_PRODUCT,
        row.id,
        row.category,
        &row.name,
        &row.short_code,
        row.price,
        row.position,
        row.sold_out,
        row.active,
        row.preparation_minutes,
        row.kind,
        row.tracks_stock,
        row.cost,
        row.unit
    )?;
    execute!(tx, INSERT_PRODUCT_TAXES, row.id, AsJson(&&*row.taxes)).map(drop)
}

pub async fn insert_group(tx: &mut Tx, row: &GroupRow) -> Result<(), StoreError> {
    execute!(tx, INSERT_GROUP, row.id, row.company, &row.name, row.min, row.max, row.portioning).map(drop)
}

pub async fn insert_modifier(tx: &mut Tx, row: &ModifierRow) -> Result<(), StoreError> {
    execute!(tx, INSERT_MODIFIER, row.id, row.group, &row.name, row.price, row.position).map(drop)
}

/// Has `product` ask the question `group`, as the `position`-th.
pub async fn link_group(
    tx: &mut Tx,
    product: ProductId,
    group: ModifierGroupId,
    position: i32,
) -> Result<(), StoreError> {
    execute!(tx, LINK_GROUP, product, group, position).map(drop)
}

/// Says whether somebody has said that a product has run out; false when there is no such product.
pub async fn set_sold_out(tx: &mut Tx, product: ProductId, sold_out: bool) -> Result<bool, StoreError> {
    Ok(execute!(tx, SET_SOLD_OUT, product, sold_out)? == 1)
}

/// The whole menu of a branch, in thirteen statements whatever its size.
pub async fn menu(tx: &mut Tx, branch: BranchId) -> Result<Menu, StoreError> {
    menu_again(tx, branch, &Menu::default()).await
}

/// The same for whoever has read it before. It is read row by row, and shares with `known` what is as it was.
pub async fn menu_again(tx: &mut Tx, branch: BranchId, known: &Menu) -> Result<Menu, StoreError> {
    let categories = fetch_all!(tx, CATEGORIES, read_category, branch)?;
    let products = products(tx, branch, &PRODUCTS, &known.products).await?;
    let groups = groups(tx, branch).await?;
    let product_groups = product_groups(tx, branch).await?;
    let taxes = taxes(tx, branch).await?;
    let variants = variant::sold(tx, branch, &known.variants).await?;
    let barcodes = variant::barcodes_of_branch(tx, branch, &known.barcodes).await?;
    let photos = photo::of_branch(tx, branch).await?;
    let favourites = favourite::favourites(tx, branch).await?;
    let combos = combo::combos(tx, branch, Choices::Sold).await?;
    let said = availability::said(tx, branch).await?;
    Ok(Menu { categories, products, groups, product_groups, taxes, variants, barcodes, photos, combos, favourites, said })
}

async fn taxes(tx: &mut Tx, branch: BranchId) -> Result<HashMap<TaxId, Tax>, StoreError> {
    fetch_all!(tx, TAXES, read_tax, branch)
}

async fn product_groups(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<HashMap<ProductId, Arc<[ModifierGroupId]>>, StoreError> {
    let mut groups = Shared::new();
    let take = |row: &Row<'_>| {
        groups.take(row.get("product_id")?, row.get("group_id")?);
        Ok(())
    };
    fetch_each!(tx, PRODUCT_GROUPS, take, branch)?;
    Ok(groups.done())
}

async fn product_taxes(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<HashMap<ProductId, Arc<[TaxId]>>, StoreError> {
    let mut taxes = Shared::new();
    let take = |row: &Row<'_>| {
        taxes.take(row.get("product_id")?, row.get("tax_id")?);
        Ok(())
    };
    fetch_each!(tx, PRODUCT_TAXES, take, branch)?;
    Ok(taxes.done())
}

/// The products that `sql` finds, those of `known` that are as they were shared with it.
async fn products(
    tx: &mut Tx,
    branch: BranchId,
    sql: &Sql,
    known: &[Arc<Product>],
) -> Result<Vec<Arc<Product>>, StoreError> {
    let mut taxes = product_taxes(tx, branch).await?;
    let mut products = Products::after(known);
    let take = |row: &Row<'_>| {
        let id = row.get("id")?;
        products.take(read_product(row, taxes.remove(&id).unwrap_or_default())?);
        Ok(())
    };
    fetch_each!(tx, *sql, take, branch)?;
    Ok(products.done())
}

async fn groups(tx: &mut Tx, branch: BranchId) -> Result<Vec<ModifierGroup>, StoreError> {
    let modifiers: Vec<(ModifierGroupId, Modifier)> = fetch_all!(tx, MODIFIERS, read_modifier, branch)?;
    let mut of_group: HashMap<ModifierGroupId, Vec<Modifier>> = HashMap::new();
    for (group, modifier) in modifiers {
        of_group.entry(group).or_default().push(modifier);
    }
    fetch_all!(
        tx,
        GROUPS,
        |row: &Row<'_>| {
            let id = row.get("id")?;
            Ok(ModifierGroup {
                id,
                name: row.get("name")?,
                min: row.get("min_choices")?,
                max: row.get("max_choices")?,
                portioning: row.get("portioning")?,
                modifiers: of_group.remove(&id).unwrap_or_default(),
            })
        },
        branch
    )
}

fn read_category(row: &Row<'_>) -> Result<Category, StoreError> {
    Ok(Category {
        id: row.get("id")?,
        company: row.get("company_id")?,
        name: row.get("name")?,
        color: row.get("color")?,
        position: row.get("position")?,
    })
}

fn read_product(row: &Row<'_>, taxes: Arc<[TaxId]>) -> Result<Product, StoreError> {
    Ok(Product {
        id: row.get("id")?,
        category: row.get("category_id")?,
        name: row.get("name")?,
        short_code: row.get("short_code")?,
        price: row.get("price_minor")?,
        taxes,
        position: row.get("position")?,
        sold_out: row.get("sold_out")?,
        active: row.get("active")?,
        preparation_minutes: row.get("preparation_minutes")?,
        kind: row.get("kind")?,
        tracks_stock: row.get("tracks_stock")?,
        cost: row.get("cost_minor")?,
        unit: row.get("unit")?,
    })
}

fn read_modifier(row: &Row<'_>) -> Result<(ModifierGroupId, Modifier), StoreError> {
    let modifier = Modifier { id: row.get("id")?, name: row.get("name")?, price: row.get("price_minor")? };
    Ok((row.get("group_id")?, modifier))
}

fn read_tax(row: &Row<'_>) -> Result<(TaxId, Tax), StoreError> {
    let tax = Tax { name: row.get("name")?, rate_bp: row.get("rate_bp")?, mode: row.get("mode")? };
    Ok((row.get("id")?, tax))
}
