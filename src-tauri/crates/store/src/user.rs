//! People who work here, and the wrong PINs that were typed for them.

use crate::columns::Row;
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{CompanyId, TerminalId, UserId};
use fastops_domain::user::{Language, PinFailures, Role};

statements! {
    INSERT_USER: both
        "INSERT INTO app_user (id, company_id, name, role, pin_hash, language, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    USERS: both
        "SELECT id AS user_id, company_id, name AS user_name, role, pin_hash, language AS user_language, active
         FROM app_user WHERE company_id = $1 AND active ORDER BY name";
    USER: both
        "SELECT id AS user_id, company_id, name AS user_name, role, pin_hash, language AS user_language, active
         FROM app_user WHERE id = $1";
    PIN_FAILURES: both "SELECT count, last_at FROM pin_failure WHERE user_id = $1 AND terminal_id = $2";
    SET_PIN_FAILURES: both
        "INSERT INTO pin_failure (user_id, terminal_id, count, last_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, terminal_id) DO UPDATE SET count = excluded.count, last_at = excluded.last_at";
}

/// A person who works here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub company: CompanyId,
    pub name: String,
    pub role: Role,
    /// PHC string of the PIN; worthless without the device's pepper.
    pub pin_hash: String,
    pub language: Language,
    pub active: bool,
}

pub async fn insert_user(tx: &mut Tx, user: &User) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_USER,
        user.id,
        user.company,
        &user.name,
        user.role,
        &user.pin_hash,
        user.language,
        user.active
    )
    .map(drop)
}

/// The active people of a company by name.
pub async fn users(tx: &mut Tx, company: CompanyId) -> Result<Vec<User>, StoreError> {
    fetch_all!(tx, USERS, read, company)
}

/// One person, active or not.
pub async fn user(tx: &mut Tx, id: UserId) -> Result<Option<User>, StoreError> {
    fetch_optional!(tx, USER, read, id)
}

/// The wrong PINs since the last right one; none when nothing is kept.
pub async fn pin_failures(tx: &mut Tx, user: UserId, terminal: TerminalId) -> Result<PinFailures, StoreError> {
    let kept = fetch_optional!(
        tx,
        PIN_FAILURES,
        |row: &Row<'_>| Ok::<_, StoreError>(PinFailures { count: row.get("count")?, last_at: row.get("last_at")? }),
        user,
        terminal
    )?;
    Ok(kept.unwrap_or_default())
}

pub async fn set_pin_failures(
    tx: &mut Tx,
    user: UserId,
    terminal: TerminalId,
    failures: PinFailures,
) -> Result<(), StoreError> {
    execute!(tx, SET_PIN_FAILURES, user, terminal, failures.count, failures.last_at).map(drop)
}

/// Reads the columns `user_id`, `company_id`, `user_name`, `role`, `pin_hash`, `user_language`, `active`.
pub(crate) fn read(row: &Row<'_>) -> Result<User, StoreError> {
    Ok(User {
        id: row.get("user_id")?,
        company: row.get("company_id")?,
        name: row.get("user_name")?,
        role: row.get("role")?,
        pin_hash: row.get("pin_hash")?,
        language: row.get("user_language")?,
        active: row.get("active")?,
    })
}
