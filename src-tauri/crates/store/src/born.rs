//! Companies and branches are born complete.
//!
//! A company comes with its roles, taxes, sizes, colours, order types and payment methods, a branch with
//! its default location, stations and numbers, each in one unit of work. There is no other way to make
//! one, so nothing can ever be made against a parent that is missing.

use crate::columns::AsJson;
use crate::company::{Branch, Company};
use crate::menu::TaxRow;
use crate::numbering::{self, NumberingRange};
use crate::role::{self, RoleRow};
use crate::sql::{execute, statements};
use crate::station::Station;
use crate::stock::{self, Location};
use crate::variant::{self, ColorRow, SizeRow};
use crate::{StoreError, Tx, menu, station};
use fastops_domain::order::OrderType;
use fastops_domain::payment::MethodKind;
use serde::Serialize;

statements! {
    INSERT_COMPANY: both
        "INSERT INTO company (id, name, currency_code, minor_digits, shown_digits)
         VALUES ($1, $2, $3, $4, $5)";
    INSERT_BRANCH: both
        "INSERT INTO branch (id, company_id, name, language, utc_offset_minutes, day_starts_minute,
                             default_location_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_ORDER_TYPES: each {
        sqlite:
            "INSERT INTO order_type (company_id, code, name, position)
             SELECT $1, row.value ->> 'code', row.value ->> 'name', row.key FROM json_each($2) AS row",
        postgres:
            "INSERT INTO order_type (company_id, code, name, position)
             SELECT $1, code, name, place - 1
             FROM ROWS FROM (jsonb_to_recordset($2) AS (code TEXT, name TEXT)) WITH ORDINALITY
                  AS line (code, name, place)",
    };
    INSERT_PAYMENT_METHODS: each {
        sqlite:
            "INSERT INTO payment_method (company_id, code, name, kind, opens_drawer, position)
             SELECT $1, row.value ->> 'code', row.value ->> 'name', row.value ->> 'kind',
                    row.value ->> 'opens_drawer', row.key
             FROM json_each($2) AS row",
        postgres:
            "INSERT INTO payment_method (company_id, code, name, kind, opens_drawer, position)
             SELECT $1, code, name, kind, opens_drawer, place - 1
             FROM ROWS FROM (jsonb_to_recordset($2) AS (code TEXT, name TEXT, kind TEXT, opens_drawer BOOLEAN))
                  WITH ORDINALITY AS line (code, name, kind, opens_drawer, place)",
    };
}

/// What a company calls one of the ways of eating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderTypeName {
    pub code: OrderType,
    pub name: String,
}

/// A way of paying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaymentMethodRow {
    /// Short stable name, such as `cash`.
    pub code: String,
    pub name: String,
    pub kind: MethodKind,
    pub opens_drawer: bool,
}

/// A company with everything that it cannot work without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCompany {
    pub company: Company,
    pub roles: Vec<RoleRow>,
    pub taxes: Vec<TaxRow>,
    pub sizes: Vec<SizeRow>,
    pub colors: Vec<ColorRow>,
    /// In the order in which they are shown.
    pub order_types: Vec<OrderTypeName>,
    /// In the order in which they are shown.
    pub payment_methods: Vec<PaymentMethodRow>,
}

/// A branch with everything that it cannot work without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBranch {
    pub branch: Branch,
    /// What its default location is called.
    pub location_name: String,
    pub stations: Vec<Station>,
    /// What is numbered, such as `receipt`, and the range that its numbers come from.
    pub ranges: Vec<(String, NumberingRange)>,
}

/// Makes a company, whole.
pub async fn create(tx: &mut Tx, new: &NewCompany) -> Result<(), StoreError> {
    let (id, currency) = (new.company.id, &new.company.currency);
    execute!(
        tx,
        INSERT_COMPANY,
        id,
        &new.company.name,
        &currency.code,
        currency.minor_digits,
        currency.shown_digits
    )?;
    role::insert_roles(tx, id, &new.roles).await?;
    menu::insert_taxes(tx, &new.taxes).await?;
    variant::insert_sizes(tx, id, &new.sizes).await?;
    variant::insert_colors(tx, id, &new.colors).await?;
    execute!(tx, INSERT_ORDER_TYPES, id, AsJson(&new.order_types))?;
    execute!(tx, INSERT_PAYMENT_METHODS, id, AsJson(&new.payment_methods)).map(drop)
}

/// Makes a branch, whole; `Dangling` when its company is not there.
pub async fn create_branch(tx: &mut Tx, new: &NewBranch) -> Result<(), StoreError> {
    let branch = &new.branch;
    execute!(
        tx,
        INSERT_BRANCH,
        branch.id,
        branch.company,
        &branch.name,
        branch.language,
        branch.utc_offset_minutes,
        branch.day_starts_minute,
        branch.default_location
    )?;
    let location =
        Location { id: branch.default_location, branch: branch.id, name: new.location_name.clone(), active: true };
    stock::insert_location(tx, &location).await?;
    station::insert_stations(tx, &new.stations).await?;
    for (kind, range) in &new.ranges {
        numbering::use_range(tx, branch.id, kind, range).await?;
    }
    Ok(())
}
