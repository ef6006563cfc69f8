//! Sizes, colours, the variants that products come in, and the barcodes on them.

pub mod edit;

use crate::columns::{AsJson, Row};
use crate::menu::List;
use crate::sql::{execute, fetch_all, fetch_each, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, ColorId, CompanyId, ProductId, SizeId, VariantId};
use fastops_domain::money::Money;
use fastops_domain::stock::Item;
use serde::Serialize;
use std::sync::Arc;

statements! {
    INSERT_SIZES: each {
        sqlite:
            "INSERT INTO size (id, company_id, name, position)
             SELECT unhex(row.value ->> 'id', '-'), $1, row.value ->> 'name', row.key FROM json_each($2) AS row",
        postgres:
            "INSERT INTO size (id, company_id, name, position)
             SELECT id, $1, name, place - 1
             FROM ROWS FROM (jsonb_to_recordset($2) AS (id UUID, name TEXT)) WITH ORDINALITY
                  AS line (id, name, place)",
    };
    INSERT_COLORS: each {
        sqlite:
            "INSERT INTO color (id, company_id, name, swatch, position)
             SELECT unhex(row.value ->> 'id', '-'), $1, row.value ->> 'name', row.value ->> 'swatch', row.key
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO color (id, company_id, name, swatch, position)
             SELECT id, $1, name, swatch, place - 1
             FROM ROWS FROM (jsonb_to_recordset($2) AS (id UUID, name TEXT, swatch TEXT)) WITH ORDINALITY
                  AS line (id, name, swatch, place)",
    };
    INSERT_VARIANTS: each {
        sqlite:
            "INSERT INTO variant (id, product_id, size_id, color_id, price_minor, short_code, active)
             SELECT unhex(row.value ->> 'id', '-'), unhex(row.value ->> 'product', '-'),
                    unhex(row.value ->> 'size', '-'), unhex(row.value ->> 'color', '-'),
                    row.value ->> 'price', row.value ->> 'short_code', row.value ->> 'active'
             FROM json_each($1) AS row",
        postgres:
            "INSERT INTO variant (id, product_id, size_id, color_id, price_minor, short_code, active)
             SELECT id, product, size, color, price, short_code, active
             FROM jsonb_to_recordset($1) AS line (id UUID, product UUID, size UUID, color UUID, price BIGINT,
                                                  short_code TEXT, active BOOLEAN)",
    };
    INSERT_BARCODES: each {
        sqlite:
            "INSERT INTO barcode (company_id, code, product_id, variant_id)
             SELECT $1, row.value ->> 'code', unhex(row.value ->> 'product', '-'),
                    unhex(row.value ->> 'variant', '-')
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO barcode (company_id, code, product_id, variant_id)
             SELECT $1, code, product, variant
             FROM jsonb_to_recordset($2) AS line (code TEXT, product UUID, variant UUID)",
    };
    SIZES: both "SELECT id, name FROM size WHERE company_id = $1 AND active ORDER BY position, name";
    COLORS: both "SELECT id, name, swatch FROM color WHERE company_id = $1 AND active ORDER BY position, name";
    VARIANTS: both
        "SELECT variant.id, product_id, size_id, color_id, variant.price_minor, variant.short_code, variant.active
         FROM variant
         JOIN product ON product.id = product_id
         JOIN category ON category.id = category_id
         JOIN branch ON branch.company_id = category.company_id
         LEFT JOIN size ON size.id = size_id
         LEFT JOIN color ON color.id = color_id
         WHERE branch.id = $1 AND variant.active
         ORDER BY product_id, COALESCE(size.position, 0), COALESCE(color.position, 0), variant.id";
    SOLD_VARIANTS: both
        "SELECT variant.id, product_id, variant.price_minor, variant.short_code, size.name AS size, color.name AS color
         FROM variant
         JOIN product ON product.id = product_id
         JOIN category ON category.id = category_id
         JOIN branch ON branch.company_id = category.company_id
         LEFT JOIN size ON size.id = size_id
         LEFT JOIN color ON color.id = color_id
         WHERE branch.id = $1 AND variant.active AND product.active AND category.active
         ORDER BY COALESCE(color.position, 0), COALESCE(size.position, 0), variant.id";
    BARCODES: both "SELECT code, product_id, variant_id FROM barcode WHERE company_id = $1 ORDER BY code";
    BRANCH_BARCODES: both
        "SELECT code, product_id, variant_id
         FROM barcode JOIN branch ON branch.company_id = barcode.company_id
         WHERE branch.id = $1 ORDER BY code";
    SCAN: both "SELECT product_id, variant_id FROM barcode WHERE company_id = $1 AND code = $2";
}

/// A size that products come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SizeRow {
    pub id: SizeId,
    pub name: String,
}

/// A colour that products come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColorRow {
    pub id: ColorId,
    pub name: String,
    /// What a screen shows, as `#rrggbb`.
    pub swatch: String,
}

/// A product in one size, one colour or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variant {
    pub id: VariantId,
    pub product: ProductId,
    pub size: Option<SizeId>,
    pub color: Option<ColorId>,
    /// Its own price; the product's when there is none.
    pub price: Option<Money>,
    pub short_code: Option<String>,
    pub active: bool,
}

/// A variant as a menu shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldVariant {
    pub id: VariantId,
    pub product: ProductId,
    /// Its colour and its size, in their words: at least one of the two.
    pub name: String,
    /// Its own price; the product's when there is none.
    pub price: Option<Money>,
    pub short_code: Option<String>,
}

/// What a scanner reads, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Barcode {
    pub code: String,
    pub product: ProductId,
    pub variant: Option<VariantId>,
}

/// Adds sizes in their order.
pub async fn insert_sizes(tx: &mut Tx, company: CompanyId, sizes: &[SizeRow]) -> Result<(), StoreError> {
    execute!(tx, INSERT_SIZES, company, AsJson(&sizes)).map(drop)
}

/// Adds colours in their order.
pub async fn insert_colors(tx: &mut Tx, company: CompanyId, colors: &[ColorRow]) -> Result<(), StoreError> {
    execute!(tx, INSERT_COLORS, company, AsJson(&colors)).map(drop)
}

/// Adds variants; `Conflict` when a product has one of the same size and colour.
pub async fn insert_variants(tx: &mut Tx, variants: &[Variant]) -> Result<(), StoreError> {
    execute!(tx, INSERT_VARIANTS, AsJson(&variants)).map(drop)
}

/// Adds barcodes; `Conflict` when the company uses one already.
pub async fn insert_barcodes(tx: &mut Tx, company: CompanyId, codes: &[Barcode]) -> Result<(), StoreError> {
    execute!(tx, INSERT_BARCODES, company, AsJson(&codes)).map(drop)
}

/// The sizes of a company in their order.
pub async fn sizes(tx: &mut Tx, company: CompanyId) -> Result<Vec<SizeRow>, StoreError> {
    fetch_all!(tx, SIZES, |row: &Row<'_>| Ok(SizeRow { id: row.get("id")?, name: row.get("name")? }), company)
}

/// The colours of a company in their order.
pub async fn colors(tx: &mut Tx, company: CompanyId) -> Result<Vec<ColorRow>, StoreError> {
    fetch_all!(
        tx,
        COLORS,
        |row: &Row<'_>| Ok(ColorRow { id: row.get("id")?, name: row.get("name")?, swatch: row.get("swatch")? }),
        company
    )
}

/// The variants that a branch sells, product by product, by size and colour.
pub async fn variants(tx: &mut Tx, branch: BranchId) -> Result<Vec<Variant>, StoreError> {
    fetch_all!(tx, VARIANTS, read_variant, branch)
}

/// The active variants of what a branch sells, colour by colour, with their names; `known` if they are the same.
pub(crate) async fn sold(
    tx: &mut Tx,
    branch: BranchId,
    known: &Arc<Vec<SoldVariant>>,
) -> Result<Arc<Vec<SoldVariant>>, StoreError> {
    let mut sold = List::after(known);
    let take = |row: &Row<'_>| {
        let words: [Option<String>; 2] = [row.get("color")?, row.get("size")?];
        sold.take(SoldVariant {
            id: row.get("id")?,
            product: row.get("product_id")?,
            name: words.into_iter().flatten().collect::<Vec<_>>().join(" "),
            price: row.get("price_minor")?,
            short_code: row.get("short_code")?,
        });
        Ok(())
    };
    fetch_each!(tx, SOLD_VARIANTS, take, branch)?;
    Ok(sold.done())
}

/// Every barcode of a company by its code.
pub async fn barcodes(tx: &mut Tx, company: CompanyId) -> Result<Vec<Barcode>, StoreError> {
    fetch_all!(tx, BARCODES, read_barcode, company)
}

/// Every barcode of a branch's company by its code, those of what is not sold included; `known` if they are the same.
pub(crate) async fn barcodes_of_branch(
    tx: &mut Tx,
    branch: BranchId,
    known: &Arc<Vec<Barcode>>,
) -> Result<Arc<Vec<Barcode>>, StoreError> {
    let mut barcodes = List::after(known);
    let take = |row: &Row<'_>| {
        barcodes.take(read_barcode(row)?);
        Ok(())
    };
    fetch_each!(tx, BRANCH_BARCODES, take, branch)?;
    Ok(barcodes.done())
}

/// What a barcode means.
pub async fn scan(tx: &mut Tx, company: CompanyId, code: &str) -> Result<Option<Item>, StoreError> {
    let read = |row: &Row<'_>| Ok(Item { product: row.get("product_id")?, variant: row.get("variant_id")? });
    fetch_optional!(tx, SCAN, read, company, code)
}

fn read_barcode(row: &Row<'_>) -> Result<Barcode, StoreError> {
    Ok(Barcode { code: row.get("code")?, product: row.get("product_id")?, variant: row.get("variant_id")? })
}

fn read_variant(row: &Row<'_>) -> Result<Variant, StoreError> {
    Ok(Variant {
        id: row.get("id")?,
        product: row.get("product_id")?,
        size: row.get("size_id")?,
        color: row.get("color_id")?,
        price: row.get("price_minor")?,
        short_code: row.get("short_code")?,
        active: row.get("active")?,
    })
}
