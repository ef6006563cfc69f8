//! Companies, their branches, and the terminals at which people work.

use crate::columns::Row;
use crate::sql::{execute, fetch_all, fetch_one, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, CompanyId, LocationId, TerminalId};
use fastops_domain::money::Currency;
use fastops_domain::user::Language;
use uuid::Uuid;

statements! {
    INSERT_TERMINAL: both "INSERT INTO terminal (id, branch_id, name) VALUES ($1, $2, $3)";
    FIRST_BRANCH: both
        "SELECT branch.id AS branch_id, company_id, branch.name AS branch_name, language, utc_offset_minutes,
                day_starts_minute, default_location_id, company.name AS company_name, currency_code, minor_digits, shown_digits
         FROM branch JOIN company ON company.id = company_id
         ORDER BY branch.id LIMIT 1";
    KEEP_OUT: each {
        sqlite: "DELETE FROM company WHERE 1 = 0",
        postgres: "SELECT pg_advisory_xact_lock(hashtext('fastops company'))",
    };
    FIRST_STEPS: both
        "SELECT (SELECT COUNT(*) FROM station WHERE branch_id = $1 AND active) AS stations,
                (SELECT COUNT(*) FROM station WHERE branch_id = $1 AND active AND EXISTS
                     (SELECT 1 FROM station_target WHERE station_target.station_id = station.id)) AS served,
                (SELECT COUNT(*) FROM product JOIN category ON category.id = category_id
                 WHERE company_id = $2 AND product.active) AS products,
                (SELECT COUNT(*) FROM dining_table JOIN room ON room.id = room_id
                 WHERE branch_id = $1 AND dining_table.active AND room.active) AS tables,
                (SELECT COUNT(*) FROM app_user WHERE company_id = $2 AND active) AS people,
                (SELECT COUNT(*) FROM
                     (SELECT id FROM print_job
                      WHERE settled_at > 0 AND state = 'printed' AND ticket_id IS NOT NULL LIMIT 1) AS recent)
                + (SELECT COUNT(*) FROM (SELECT id FROM print_job_past WHERE id > $3 LIMIT 1) AS past) AS printed";
    TERMINALS: both "SELECT id, branch_id, name FROM terminal WHERE branch_id = $1 AND active ORDER BY name";
}

pub use crate::born::{NewBranch, NewCompany, create, create_branch};

/// A business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    pub id: CompanyId,
    pub name: String,
    pub currency: Currency,
}

/// One place of business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    pub id: BranchId,
    pub company: CompanyId,
    pub name: String,
    pub language: Language,
    /// Minutes east of UTC (Bogotá: -300).
    pub utc_offset_minutes: i32,
    /// Minute of the day at which a business day begins (300: five in the morning).
    pub day_starts_minute: u32,
    /// Where what is sold comes from, when nothing else is said.
    pub default_location: LocationId,
}

/// A till, a tablet or a kitchen screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminal {
    pub id: TerminalId,
    pub branch: BranchId,
    pub name: String,
}

pub async fn insert_terminal(tx: &mut Tx, terminal: &Terminal) -> Result<(), StoreError> {
    execute!(tx, INSERT_TERMINAL, terminal.id, terminal.branch, &terminal.name).map(drop)
}

/// Lets nobody else make a company until this unit of work ends; SQLite has one writer at a time anyway.
pub async fn keep_out(tx: &mut Tx) -> Result<(), StoreError> {
    execute!(tx, KEEP_OUT).map(drop)
}

/// The branch that was made first, with its company; none in an empty store.
pub async fn first_branch(tx: &mut Tx) -> Result<Option<(Company, Branch)>, StoreError> {
    fetch_optional!(tx, FIRST_BRANCH, |row: &Row<'_>| Ok((company(row)?, branch(row)?)))
}

/// The terminals of a branch by name.
pub async fn terminals(tx: &mut Tx, branch: BranchId) -> Result<Vec<Terminal>, StoreError> {
    fetch_all!(
        tx,
        TERMINALS,
        |row: &Row<'_>| Ok(Terminal {
            id: row.get("id")?,
            branch: row.get("branch_id")?,
            name: row.get("name")?
        }),
        branch
    )
}

/// Reads the columns `company_id`, `company_name` and the currency's.
pub(crate) fn company(row: &Row<'_>) -> Result<Company, StoreError> {
    Ok(Company {
        id: row.get("company_id")?,
        name: row.get("company_name")?,
        currency: Currency {
            code: row.get("currency_code")?,
            minor_digits: row.get("minor_digits")?,
            shown_digits: row.get("shown_digits")?,
        },
    })
}

/// Reads the columns `branch_id`, `branch_name`, `company_id`, `language`, `utc_offset_minutes`,
/// `day_starts_minute` and `default_location_id`.
pub(crate) fn branch(row: &Row<'_>) -> Result<Branch, StoreError> {
    Ok(Branch {
        id: row.get("branch_id")?,
        company: row.get("company_id")?,
        name: row.get("branch_name")?,
        language: row.get("language")?,
        utc_offset_minutes: row.get("utc_offset_minutes")?,
        day_starts_minute: row.get("day_starts_minute")?,
        default_location: row.get("default_location_id")?,
    })
}

/// How far a new house has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstSteps {
    pub stations: i64,
    /// Stations whose tickets have somewhere to go.
    pub served: i64,
    /// Products that are sold.
    pub products: i64,
    pub tables: i64,
    /// People who can sign in.
    pub people: i64,
    /// Whether a ticket has ever come to paper.
    pub printed: bool,
}

/// How far the house has come, by what is there.
pub async fn first_steps(
    tx: &mut Tx,
    company: CompanyId,
    branch: BranchId,
) -> Result<FirstSteps, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(FirstSteps {
            stations: row.get("stations")?,
            served: row.get("served")?,
            products: row.get("products")?,
            tables: row.get("tables")?,
            people: row.get("people")?,
            printed: row.get::<i64>("printed")? > 0,
        })
    };
    fetch_one!(tx, FIRST_STEPS, read, branch, company, Uuid::nil())
}
