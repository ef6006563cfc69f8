//! Taxes, as whoever keeps the menu changes them. A line keeps its taxes as they were when it was typed.

use crate::columns::Row;
use crate::sql::{execute, fetch_one, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{CompanyId, TaxId};
use fastops_domain::tax::Tax;

statements! {
    TAX_NAMED: both "SELECT id FROM tax WHERE company_id = $1 AND name = $2";
    SAVE_TAX: both
        "INSERT INTO tax (id, company_id, name, rate_bp, mode) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, rate_bp = excluded.rate_bp, mode = excluded.mode
         WHERE tax.company_id = excluded.company_id";
    BEARERS: both "SELECT COUNT(*) AS n FROM product_tax WHERE tax_id = $1";
    REMOVE_TAX: both "DELETE FROM tax WHERE id = $1 AND company_id = $2";
}

/// The company's tax of this name.
pub async fn tax_named(tx: &mut Tx, company: CompanyId, name: &str) -> Result<Option<TaxId>, StoreError> {
    fetch_optional!(tx, TAX_NAMED, |row: &Row<'_>| row.get("id"), company, name)
}

/// Adds a tax, or changes it; false when it is another company's.
pub async fn save_tax(tx: &mut Tx, company: CompanyId, id: TaxId, tax: &Tax) -> Result<bool, StoreError> {
    Ok(execute!(tx, SAVE_TAX, id, company, &tax.name, tax.rate_bp, tax.mode)? == 1)
}

/// How many products bear a tax, on the menu or off it.
pub async fn bearers(tx: &mut Tx, id: TaxId) -> Result<i64, StoreError> {
    fetch_one!(tx, BEARERS, |row: &Row<'_>| row.get("n"), id)
}

/// Takes a tax away that no product bears; false when the company has no such tax.
pub async fn remove_tax(tx: &mut Tx, company: CompanyId, id: TaxId) -> Result<bool, StoreError> {
    Ok(execute!(tx, REMOVE_TAX, id, company)? == 1)
}
