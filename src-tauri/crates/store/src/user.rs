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
    EVERYONE: both
        "SELECT id AS user_id, company_id, name AS user_name, role, pin_hash, language AS user_language, active
         FROM app_user WHERE company_id = $1 ORDER BY active DESC, name";
    USER_NAMED: both "SELECT id FROM app_user WHERE company_id = $1 AND name = $2";
    // Held until the end, so that two admins who take each other off do it one after the other.
    OTHER_ADMINS: each {
        sqlite: "SELECT id FROM app_user WHERE company_id = $1 AND role = 'admin' AND active AND id <> $2",
        postgres:
            "SELECT id FROM app_user WHERE company_id = $1 AND role = 'admin' AND active AND id <> $2
             ORDER BY id FOR UPDATE",
    };
    CHANGE_USER: both
        "UPDATE app_user SET name = $3, role = $4, language = $5, active = $6 WHERE id = $1 AND company_id = $2";
    SET_PIN: both "UPDATE app_user SET pin_hash = $2 WHERE id = $1";
    FORGET_PIN_FAILURES: both "DELETE FROM pin_failure WHERE user_id = $1";
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

/// All people of a company, those who work here no more last.
pub async fn everyone(tx: &mut Tx, company: CompanyId) -> Result<Vec<User>, StoreError> {
    fetch_all!(tx, EVERYONE, read, company)
}

/// The person of a company who has this name, active or not.
pub async fn user_named(tx: &mut Tx, company: CompanyId, name: &str) -> Result<Option<UserId>, StoreError> {
    fetch_optional!(tx, USER_NAMED, |row: &Row<'_>| row.get("id"), company, name)
}

/// The active admins besides somebody. Until the end of the unit none of them is taken off by another.
pub async fn other_admins(tx: &mut Tx, company: CompanyId, but: UserId) -> Result<Vec<UserId>, StoreError> {
    fetch_all!(tx, OTHER_ADMINS, |row: &Row<'_>| row.get("id"), company, but)
}

/// Changes everything of a person but the PIN; false when there is nobody by that id in the company.
pub async fn change_user(tx: &mut Tx, user: &User) -> Result<bool, StoreError> {
    let User { id, company, name, role, language, active, pin_hash: _ } = user;
    Ok(execute!(tx, CHANGE_USER, *id, *company, name, *role, *language, *active)? == 1)
}

/// Gives a person another PIN, and forgets the wrong ones that were typed.
pub async fn set_pin(tx: &mut Tx, user: UserId, pin_hash: &str) -> Result<(), StoreError> {
    execute!(tx, SET_PIN, user, pin_hash)?;
    execute!(tx, FORGET_PIN_FAILURES, user).map(drop)
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
