//! Many products at once, in as many statements as there are kinds of things to say of them.

use crate::columns::AsJson;
use crate::sql::{execute, statements};
use crate::variant::{self, Barcode, ColorRow, SizeRow, Variant, edit};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, CategoryId, CompanyId, ModifierGroupId, ProductId, StationId, TaxId};
use fastops_domain::money::Money;
use fastops_domain::stock::Item;
use serde::Serialize;
use uuid::Uuid;

statements! {
    INSERT_CATEGORIES: each {
        sqlite:
            "INSERT INTO category (id, company_id, name, color, active, position)
             SELECT unhex(row.value ->> 'id', '-'), $1, row.value ->> 'name', row.value ->> 'color', 1,
                    row.key + (SELECT COALESCE(MAX(position), -1) + 1 FROM category WHERE company_id = $1)
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO category (id, company_id, name, color, active, position)
             SELECT id, $1, name, color, TRUE,
                    place - 1 + (SELECT COALESCE(MAX(position), -1) + 1 FROM category WHERE company_id = $1)
             FROM ROWS FROM (jsonb_to_recordset($2) AS (id UUID, name TEXT, color TEXT)) WITH ORDINALITY
                  AS line (id, name, color, place)",
    };
    INSERT_PRODUCTS: each {
        sqlite:
            "INSERT INTO product (id, category_id, name, short_code, price_minor, sold_out, active,
                                  preparation_minutes, kind, tracks_stock, unit, position)
             SELECT unhex(row.value ->> 'id', '-'), unhex(row.value ->> 'category', '-'), row.value ->> 'name',
                    row.value ->> 'short_code', row.value ->> 'price', 0, row.value ->> 'active',
                    row.value ->> 'minutes', 'product', 0, 'each', row.value ->> 'position'
             FROM json_each($1) AS row",
        postgres:
            "INSERT INTO product (id, category_id, name, short_code, price_minor, sold_out, active,
                                  preparation_minutes, kind, tracks_stock, unit, position)
             SELECT id, category, name, short_code, price, FALSE, active, minutes, 'product', FALSE, 'each', position
             FROM jsonb_to_recordset($1) AS line (
                 id UUID, category UUID, name TEXT, short_code TEXT, price BIGINT, active BOOLEAN, minutes BIGINT,
                 position BIGINT)",
    };
    UPDATE_PRODUCTS: each {
        sqlite:
            "UPDATE product SET category_id = said.category, name = said.name, short_code = said.short_code,
                 price_minor = said.price, active = said.active, preparation_minutes = said.minutes,
                 position = said.position
             FROM (SELECT unhex(value ->> 'id', '-') AS id, unhex(value ->> 'category', '-') AS category,
                          value ->> 'name' AS name, value ->> 'short_code' AS short_code, value ->> 'price' AS price,
                          value ->> 'active' AS active, value ->> 'minutes' AS minutes,
                          value ->> 'position' AS position
                   FROM json_each($1)) AS said
             WHERE product.id = said.id",
        postgres:
            "UPDATE product SET category_id = said.category, name = said.name, short_code = said.short_code,
                 price_minor = said.price, active = said.active, preparation_minutes = said.minutes,
                 position = said.position
             FROM jsonb_to_recordset($1) AS said (
                 id UUID, category UUID, name TEXT, short_code TEXT, price BIGINT, active BOOLEAN, minutes BIGINT,
                 position BIGINT)
             WHERE product.id = said.id",
    };
    FORGET_TAXES: each {
        sqlite: "DELETE FROM product_tax WHERE product_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres: "DELETE FROM product_tax WHERE product_id IN (SELECT jsonb_array_elements_text($1)::UUID)",
    };
    INSERT_TAXES: each {
        sqlite:
            "INSERT INTO product_tax (product_id, tax_id, position)
             SELECT unhex(row.value ->> 'product', '-'), unhex(row.value ->> 'named', '-'), row.value ->> 'position'
             FROM json_each($1) AS row",
        postgres:
            "INSERT INTO product_tax (product_id, tax_id, position)
             SELECT product, named, position
             FROM jsonb_to_recordset($1) AS line (product UUID, named UUID, position BIGINT)",
    };
    FORGET_GROUPS: each {
        sqlite:
            "DELETE FROM product_modifier_group WHERE product_id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "DELETE FROM product_modifier_group
             WHERE product_id IN (SELECT jsonb_array_elements_text($1)::UUID)",
    };
    INSERT_GROUPS: each {
        sqlite:
            "INSERT INTO product_modifier_group (product_id, group_id, position)
             SELECT unhex(row.value ->> 'product', '-'), unhex(row.value ->> 'named', '-'), row.value ->> 'position'
             FROM json_each($1) AS row",
        postgres:
            "INSERT INTO product_modifier_group (product_id, group_id, position)
             SELECT product, named, position
             FROM jsonb_to_recordset($1) AS line (product UUID, named UUID, position BIGINT)",
    };
    UNROUTE_PRODUCTS: each {
        sqlite:
            "DELETE FROM product_station
             WHERE branch_id = $1 AND product_id IN (SELECT unhex(value, '-') FROM json_each($2))",
        postgres:
            "DELETE FROM product_station
             WHERE branch_id = $1 AND product_id IN (SELECT jsonb_array_elements_text($2)::UUID)",
    };
    ROUTE_PRODUCTS: each {
        sqlite:
            "INSERT INTO product_station (branch_id, product_id, station_id)
             SELECT $1, unhex(row.value ->> 'product', '-'), unhex(row.value ->> 'station', '-')
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO product_station (branch_id, product_id, station_id)
             SELECT $1, product, station FROM jsonb_to_recordset($2) AS line (product UUID, station UUID)",
    };
    // A product's own are not those of its variants.
    FORGET_BARCODES: each {
        sqlite:
            "DELETE FROM barcode
             WHERE company_id = $1
               AND COALESCE(variant_id, product_id) IN (SELECT unhex(value, '-') FROM json_each($2))",
        postgres:
            "DELETE FROM barcode
             WHERE company_id = $1
               AND COALESCE(variant_id, product_id) IN (SELECT jsonb_array_elements_text($2)::UUID)",
    };
}

/// A category that is made, last on the menu and with no station of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewCategory {
    pub id: CategoryId,
    pub name: String,
    /// Name of a colour of the design system.
    pub color: String,
}

/// What a product is besides what it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductRow {
    pub id: ProductId,
    pub category: CategoryId,
    pub name: String,
    pub short_code: String,
    pub price: Money,
    pub active: bool,
    /// Of its preparation.
    pub minutes: u32,
    /// Its place in its category.
    pub position: i32,
}

/// Everything that is to be written, each thing in place of what was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    pub categories: Vec<NewCategory>,
    pub new: Vec<ProductRow>,
    pub changed: Vec<ProductRow>,
    /// In the order in which they apply.
    pub taxes: Vec<(ProductId, Vec<TaxId>)>,
    /// In the order in which they are asked.
    pub groups: Vec<(ProductId, Vec<ModifierGroupId>)>,
    /// Who makes a product in particular.
    pub stations: Vec<(ProductId, Option<StationId>)>,
    /// To be added first, last in their order.
    pub sizes: Vec<SizeRow>,
    pub colors: Vec<ColorRow>,
    /// New and changed ones.
    pub variants: Vec<Variant>,
    /// A product's own, and those of variants.
    pub barcodes: Vec<(Item, Vec<String>)>,
}

/// Something that a product names, and where it stands among its like.
#[derive(Serialize)]
struct Link<I> {
    product: ProductId,
    named: I,
    position: usize,
}

#[derive(Serialize)]
struct Route {
    product: ProductId,
    station: StationId,
}

/// Writes it all, in fourteen statements at most; `Conflict` when a barcode or the name of a category, a size or a colour
/// is taken.
pub async fn save(tx: &mut Tx, company: CompanyId, branch: BranchId, bulk: &Bulk) -> Result<(), StoreError> {
    if !bulk.categories.is_empty() {
        execute!(tx, INSERT_CATEGORIES, company, AsJson(&bulk.categories))?;
    }
    if !bulk.new.is_empty() {
        execute!(tx, INSERT_PRODUCTS, AsJson(&bulk.new))?;
    }
    if !bulk.changed.is_empty() {
        execute!(tx, UPDATE_PRODUCTS, AsJson(&bulk.changed))?;
    }
    if !bulk.taxes.is_empty() {
        execute!(tx, FORGET_TAXES, AsJson(&products(&bulk.taxes)))?;
        execute!(tx, INSERT_TAXES, AsJson(&named(&bulk.taxes)))?;
    }
    if !bulk.groups.is_empty() {
        execute!(tx, FORGET_GROUPS, AsJson(&products(&bulk.groups)))?;
        execute!(tx, INSERT_GROUPS, AsJson(&named(&bulk.groups)))?;
    }
    if !bulk.stations.is_empty() {
        execute!(tx, UNROUTE_PRODUCTS, branch, AsJson(&products(&bulk.stations)))?;
        let routes = bulk
            .stations
            .iter()
            .filter_map(|(product, station)| station.map(|station| Route { product: *product, station }));
        execute!(tx, ROUTE_PRODUCTS, branch, AsJson(&routes.collect::<Vec<_>>()))?;
    }
    edit::add_words(tx, company, &bulk.sizes, &bulk.colors).await?;
    if !bulk.variants.is_empty() {
        edit::save_variants(tx, &bulk.variants).await?;
    }
    if !bulk.barcodes.is_empty() {
        let items: Vec<Uuid> = bulk.barcodes.iter().map(|(item, _)| item.id()).collect();
        execute!(tx, FORGET_BARCODES, company, AsJson(&items))?;
        let codes = bulk.barcodes.iter().flat_map(|(item, codes)| {
            let Item { product, variant } = *item;
            codes.iter().map(move |code| Barcode { code: code.clone(), product, variant })
        });
        variant::insert_barcodes(tx, company, &codes.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

fn products<T>(said: &[(ProductId, T)]) -> Vec<ProductId> {
    said.iter().map(|(product, _)| *product).collect()
}

fn named<I: Copy>(said: &[(ProductId, Vec<I>)]) -> Vec<Link<I>> {
    let of = |(product, ids): &(ProductId, Vec<I>)| {
        let product = *product;
        let placed = ids.iter().copied().enumerate();
        placed.map(|(position, named)| Link { product, named, position }).collect::<Vec<_>>()
    };
    said.iter().flat_map(of).collect()
}
