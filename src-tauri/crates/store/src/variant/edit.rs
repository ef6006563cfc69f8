//! The variants and barcodes of a product as whoever keeps the menu sees and changes them: what is sold no longer is
//! there too, since old orders point at it.

use super::{Barcode, ColorRow, SizeRow, Variant, read_barcode, read_variant};
use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{CompanyId, ProductId};

statements! {
    // A combo comes in one form: its sheet asks for nothing else.
    PRODUCT_NAME: both
        "SELECT product.name FROM product JOIN category ON category.id = category_id
         WHERE product.id = $1 AND company_id = $2 AND product.kind = 'product'";
    VARIANTS_OF: both
        "SELECT variant.id, product_id, size_id, color_id, price_minor, short_code, variant.active
         FROM variant
         LEFT JOIN size ON size.id = size_id
         LEFT JOIN color ON color.id = color_id
         WHERE product_id = $1
         ORDER BY COALESCE(color.position, 0), COALESCE(size.position, 0), variant.id";
    ALL_VARIANTS: both
        "SELECT variant.id, product_id, size_id, color_id, variant.price_minor, variant.short_code, variant.active
         FROM variant
         JOIN product ON product.id = product_id
         JOIN category ON category.id = category_id
         LEFT JOIN size ON size.id = size_id
         LEFT JOIN color ON color.id = color_id
         WHERE category.company_id = $1
         ORDER BY product_id, COALESCE(color.position, 0), COALESCE(size.position, 0), variant.id";
    BARCODES_OF: both "SELECT code, product_id, variant_id FROM barcode WHERE product_id = $1 ORDER BY code";
    CODE_OF_ANOTHER: each {
        sqlite:
            "SELECT product.name, product.short_code AS code
             FROM product JOIN category ON category.id = category_id
             WHERE company_id = $1 AND product.active AND product.id <> $2
               AND product.short_code IN (SELECT value FROM json_each($3))
             UNION ALL
             SELECT product.name, variant.short_code
             FROM variant JOIN product ON product.id = product_id JOIN category ON category.id = category_id
             WHERE company_id = $1 AND variant.active AND product.active AND product.id <> $2
               AND variant.short_code IN (SELECT value FROM json_each($3))
             LIMIT 1",
        postgres:
            "SELECT product.name, product.short_code AS code
             FROM product JOIN category ON category.id = category_id
             WHERE company_id = $1 AND product.active AND product.id <> $2
               AND product.short_code = ANY (ARRAY(SELECT jsonb_array_elements_text($3)))
             UNION ALL
             SELECT product.name, variant.short_code
             FROM variant JOIN product ON product.id = product_id JOIN category ON category.id = category_id
             WHERE company_id = $1 AND variant.active AND product.active AND product.id <> $2
               AND variant.short_code = ANY (ARRAY(SELECT jsonb_array_elements_text($3)))
             LIMIT 1",
    };
    BARCODE_OF_ANOTHER: each {
        sqlite:
            "SELECT product.name, code
             FROM barcode JOIN product ON product.id = product_id
             WHERE company_id = $1 AND product_id <> $2 AND code IN (SELECT value FROM json_each($3))
             LIMIT 1",
        postgres:
            "SELECT product.name, code
             FROM barcode JOIN product ON product.id = product_id
             WHERE company_id = $1 AND product_id <> $2
               AND code = ANY (ARRAY(SELECT jsonb_array_elements_text($3)))
             LIMIT 1",
    };
    // New ones stand last.
    ADD_SIZES: each {
        sqlite:
            "INSERT INTO size (id, company_id, name, position)
             SELECT unhex(row.value ->> 'id', '-'), $1, row.value ->> 'name',
                    row.key + (SELECT COALESCE(MAX(position), -1) + 1 FROM size WHERE company_id = $1)
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO size (id, company_id, name, position)
             SELECT id, $1, name, place + (SELECT COALESCE(MAX(position), -1) FROM size WHERE company_id = $1)
             FROM ROWS FROM (jsonb_to_recordset($2) AS (id UUID, name TEXT)) WITH ORDINALITY
                  AS line (id, name, place)",
    };
    ADD_COLORS: each {
        sqlite:
            "INSERT INTO color (id, company_id, name, swatch, position)
             SELECT unhex(row.value ->> 'id', '-'), $1, row.value ->> 'name', row.value ->> 'swatch',
                    row.key + (SELECT COALESCE(MAX(position), -1) + 1 FROM color WHERE company_id = $1)
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO color (id, company_id, name, swatch, position)
             SELECT id, $1, name, swatch, place + (SELECT COALESCE(MAX(position), -1) FROM color WHERE company_id = $1)
             FROM ROWS FROM (jsonb_to_recordset($2) AS (id UUID, name TEXT, swatch TEXT)) WITH ORDINALITY
                  AS line (id, name, swatch, place)",
    };
    // What it is stays: another size or colour is another variant.
    SAVE_VARIANTS: each {
        sqlite:
            "INSERT INTO variant (id, product_id, size_id, color_id, price_minor, short_code, active)
             SELECT unhex(row.value ->> 'id', '-'), unhex(row.value ->> 'product', '-'),
                    unhex(row.value ->> 'size', '-'), unhex(row.value ->> 'color', '-'),
                    row.value ->> 'price', row.value ->> 'short_code', row.value ->> 'active'
             FROM json_each($1) AS row WHERE TRUE
             ON CONFLICT (id) DO UPDATE SET price_minor = excluded.price_minor, short_code = excluded.short_code,
                 active = excluded.active
             WHERE variant.product_id = excluded.product_id",
        postgres:
            "INSERT INTO variant (id, product_id, size_id, color_id, price_minor, short_code, active)
             SELECT id, product, size, color, price, short_code, active
             FROM jsonb_to_recordset($1) AS line (id UUID, product UUID, size UUID, color UUID, price BIGINT,
                                                  short_code TEXT, active BOOLEAN)
             ON CONFLICT (id) DO UPDATE SET price_minor = excluded.price_minor, short_code = excluded.short_code,
                 active = excluded.active
             WHERE variant.product_id = excluded.product_id",
    };
    SELL_NO_LONGER: each {
        sqlite:
            "UPDATE variant SET active = FALSE
             WHERE product_id = $1 AND active
               AND id NOT IN (SELECT unhex(row.value ->> 'id', '-') FROM json_each($2) AS row)",
        postgres:
            "UPDATE variant SET active = FALSE
             WHERE product_id = $1 AND active
               AND id <> ALL (ARRAY(SELECT id FROM jsonb_to_recordset($2) AS line (id UUID)))",
    };
    FORGET_BARCODES: both "DELETE FROM barcode WHERE product_id = $1";
}

/// A product in its sizes and colours, and what a scanner reads of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptVariants {
    pub name: String,
    /// Those that are sold no longer too, colour by colour.
    pub variants: Vec<Variant>,
    /// Its own and those of its variants.
    pub barcodes: Vec<Barcode>,
}

/// A product's variants as somebody wants them. Those that are not named are sold no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantsEdit {
    pub company: CompanyId,
    pub product: ProductId,
    /// To be added first.
    pub sizes: Vec<SizeRow>,
    pub colors: Vec<ColorRow>,
    pub variants: Vec<Variant>,
    /// All that there are from now on.
    pub barcodes: Vec<Barcode>,
}

/// The variants of a product in three statements; none when the company has no such product.
pub async fn kept(
    tx: &mut Tx,
    company: CompanyId,
    product: ProductId,
) -> Result<Option<KeptVariants>, StoreError> {
    let name = fetch_optional!(tx, PRODUCT_NAME, |row: &Row<'_>| row.get("name"), product, company)?;
    let Some(name) = name else { return Ok(None) };
    let variants = fetch_all!(tx, VARIANTS_OF, read_variant, product)?;
    let barcodes = fetch_all!(tx, BARCODES_OF, read_barcode, product)?;
    Ok(Some(KeptVariants { name, variants, barcodes }))
}

/// Every variant of a company, those that are sold no longer too, product by product and colour by colour.
pub async fn all(tx: &mut Tx, company: CompanyId) -> Result<Vec<Variant>, StoreError> {
    fetch_all!(tx, ALL_VARIANTS, read_variant, company)
}

/// Adds sizes and colours after those that there are; `Conflict` when one has the name of another.
pub(crate) async fn add_words(
    tx: &mut Tx,
    company: CompanyId,
    sizes: &[SizeRow],
    colors: &[ColorRow],
) -> Result<(), StoreError> {
    if !sizes.is_empty() {
        execute!(tx, ADD_SIZES, company, AsJson(&sizes))?;
    }
    if !colors.is_empty() {
        execute!(tx, ADD_COLORS, company, AsJson(&colors))?;
    }
    Ok(())
}

/// Adds variants or changes them, and says how many that were; of one that is there its size and colour stay.
/// `Conflict` when two of a product are the same.
pub(crate) async fn save_variants(tx: &mut Tx, variants: &[Variant]) -> Result<u64, StoreError> {
    execute!(tx, SAVE_VARIANTS, AsJson(&variants))
}

/// A product on the menu, other than this one, that has one of these codes, itself or in a variant, with that code.
pub async fn coded(
    tx: &mut Tx,
    company: CompanyId,
    but: ProductId,
    codes: &[String],
) -> Result<Option<(String, String)>, StoreError> {
    fetch_optional!(tx, CODE_OF_ANOTHER, read_taken, company, but, AsJson(&codes))
}

/// Another product that a scanner finds by one of these codes, with that code.
pub async fn scanned(
    tx: &mut Tx,
    company: CompanyId,
    but: ProductId,
    codes: &[String],
) -> Result<Option<(String, String)>, StoreError> {
    fetch_optional!(tx, BARCODE_OF_ANOTHER, read_taken, company, but, AsJson(&codes))
}

/// Has a product come in these variants and be scanned by these codes; false when one of them is another product's.
/// `Conflict` when a size or colour has the name of another, or two variants are the same.
pub async fn save(tx: &mut Tx, edit: &VariantsEdit) -> Result<bool, StoreError> {
    let VariantsEdit { company, product, sizes, colors, variants, barcodes } = edit;
    add_words(tx, *company, sizes, colors).await?;
    let saved = save_variants(tx, variants).await?;
    execute!(tx, SELL_NO_LONGER, *product, AsJson(variants))?;
    execute!(tx, FORGET_BARCODES, *product)?;
    super::insert_barcodes(tx, *company, barcodes).await?;
    Ok(saved == variants.len() as u64)
}

fn read_taken(row: &Row<'_>) -> Result<(String, String), StoreError> {
    Ok((row.get("name")?, row.get("code")?))
}
