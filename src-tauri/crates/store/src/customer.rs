//! Those who buy here, found by the beginning of their name, telephone or tax number, page by page.

use crate::columns::Row;
use crate::sql::{Sql, execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::customer::{Details, FoundBy, name_key, phone_key, tax_key};
use fastops_domain::ids::{CompanyId, CustomerId};
use fastops_domain::time::Time;

statements! {
    INSERT_CUSTOMER: both
        "INSERT INTO customer (id, company_id, created_at, name, phone, email, address, tax_number, note,
                               name_key, phone_key, tax_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    CHANGE_CUSTOMER: both
        "UPDATE customer SET name = $3, phone = $4, email = $5, address = $6, tax_number = $7, note = $8,
                             name_key = $9, phone_key = $10, tax_key = $11
         WHERE id = $1 AND company_id = $2";
    SET_CUSTOMER_ACTIVE: both "UPDATE customer SET active = $3 WHERE id = $1 AND company_id = $2";
    CUSTOMER: both
        "SELECT id, name, phone, email, address, tax_number, note, active, name_key AS found_key
         FROM customer WHERE id = $1 AND company_id = $2";
    BY_NAME: both
        "SELECT id, name, phone, email, address, tax_number, note, active, name_key AS found_key
         FROM customer WHERE company_id = $1 AND name_key >= $2 AND name_key < $3 AND active
           AND (name_key, id) > ($4, $5)
         ORDER BY name_key, id LIMIT $6";
    BY_PHONE: both
        "SELECT id, name, phone, email, address, tax_number, note, active, phone_key AS found_key
         FROM customer WHERE company_id = $1 AND phone_key >= $2 AND phone_key < $3 AND active
           AND (phone_key, id) > ($4, $5)
         ORDER BY phone_key, id LIMIT $6";
    OF_PHONE: both
        "SELECT id FROM customer WHERE company_id = $1 AND phone_key = $2 AND active ORDER BY phone_key, id LIMIT 1";
    BY_TAX_NUMBER: both
        "SELECT id, name, phone, email, address, tax_number, note, active, tax_key AS found_key
         FROM customer WHERE company_id = $1 AND tax_key >= $2 AND tax_key < $3 AND active
           AND (tax_key, id) > ($4, $5)
         ORDER BY tax_key, id LIMIT $6";
}

/// Greater than every character of a key.
const LAST: char = char::MAX;

/// Someone who buys here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub details: Details,
    /// Nobody finds one who is not, and their orders stay.
    pub active: bool,
    /// The key by which they were found, for the next page.
    pub found_key: String,
}

/// Where a page ends: the next one begins after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageEnd {
    pub key: String,
    pub id: CustomerId,
}

/// Adds a customer; their details have been checked.
pub async fn insert_customer(
    tx: &mut Tx,
    company: CompanyId,
    id: CustomerId,
    details: &Details,
    now: Time,
) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_CUSTOMER,
        id,
        company,
        now,
        &details.name,
        details.phone.as_deref(),
        details.email.as_deref(),
        details.address.as_deref(),
        details.tax_number.as_deref(),
        details.note.as_deref(),
        &name_key(&details.name),
        details.phone.as_deref().map(phone_key).as_deref(),
        details.tax_number.as_deref().map(tax_key).as_deref()
    )
    .map(drop)
}

/// Puts other details in the place of a customer's; false when the company has no such customer.
pub async fn change_customer(
    tx: &mut Tx,
    company: CompanyId,
    id: CustomerId,
    details: &Details,
) -> Result<bool, StoreError> {
    let touched = execute!(
        tx,
        CHANGE_CUSTOMER,
        id,
        company,
        &details.name,
        details.phone.as_deref(),
        details.email.as_deref(),
        details.address.as_deref(),
        details.tax_number.as_deref(),
        details.note.as_deref(),
        &name_key(&details.name),
        details.phone.as_deref().map(phone_key).as_deref(),
        details.tax_number.as_deref().map(tax_key).as_deref()
    )?;
    Ok(touched == 1)
}

/// Says whether a customer can be found; false when the company has no such customer.
pub async fn set_customer_active(
    tx: &mut Tx,
    company: CompanyId,
    id: CustomerId,
    active: bool,
) -> Result<bool, StoreError> {
    Ok(execute!(tx, SET_CUSTOMER_ACTIVE, id, company, active)? == 1)
}

/// One customer of a company, active or not.
pub async fn customer(tx: &mut Tx, company: CompanyId, id: CustomerId) -> Result<Option<Customer>, StoreError> {
    fetch_optional!(tx, CUSTOMER, read, id, company)
}

/// The active customer with exactly these digits as their telephone; one of them when several share it.
pub async fn of_phone(tx: &mut Tx, company: CompanyId, key: &str) -> Result<Option<CustomerId>, StoreError> {
    fetch_optional!(tx, OF_PHONE, |row: &Row<'_>| row.get("id"), company, key)
}

/// A page of the active customers whose key begins with `key`, in its order, after the end of the page before.
pub async fn find(
    tx: &mut Tx,
    company: CompanyId,
    by: FoundBy,
    key: &str,
    after: Option<&PageEnd>,
    limit: i64,
) -> Result<Vec<Customer>, StoreError> {
    let sql: Sql = match by {
        FoundBy::Name => BY_NAME,
        FoundBy::Phone => BY_PHONE,
        FoundBy::TaxNumber => BY_TAX_NUMBER,
    };
    let end = format!("{key}{LAST}");
    let (after_key, after_id) =
        after.map_or(("", CustomerId(uuid::Uuid::nil())), |after| (after.key.as_str(), after.id));
    fetch_all!(tx, sql, read, company, key, &end, after_key, after_id, limit)
}

fn read(row: &Row<'_>) -> Result<Customer, StoreError> {
    Ok(Customer {
        id: row.get("id")?,
        details: Details {
            name: row.get("name")?,
            phone: row.get("phone")?,
            email: row.get("email")?,
            address: row.get("address")?,
            tax_number: row.get("tax_number")?,
            note: row.get("note")?,
        },
        active: row.get("active")?,
        found_key: row.get("found_key")?,
    })
}
