//! The roles of a company and what each of them may do there.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::CompanyId;
use fastops_domain::user::{Permission, Permissions, Role};
use serde::Serialize;
use std::collections::HashMap;

statements! {
    INSERT_ROLES: each {
        sqlite:
            "INSERT INTO role (company_id, code, name)
             SELECT $1, row.value ->> 'code', row.value ->> 'name' FROM json_each($2) AS row",
        postgres:
            "INSERT INTO role (company_id, code, name)
             SELECT $1, code, name FROM jsonb_to_recordset($2) AS line (code TEXT, name TEXT)",
    };
    GRANT: each {
        sqlite:
            "INSERT INTO role_permission (company_id, role, permission)
             SELECT $1, row.value ->> 'code', permission.value
             FROM json_each($2) AS row JOIN json_each(row.value -> 'permissions') AS permission
             WHERE TRUE
             ON CONFLICT (company_id, role, permission) DO NOTHING",
        postgres:
            "INSERT INTO role_permission (company_id, role, permission)
             SELECT $1, code, permission
             FROM jsonb_to_recordset($2) AS line (code TEXT, permissions JSONB),
                  jsonb_array_elements_text(permissions) AS permission
             ON CONFLICT (company_id, role, permission) DO NOTHING",
    };
    REVOKE: both "DELETE FROM role_permission WHERE company_id = $1 AND role = $2 AND permission = $3";
    GRANTED: both "SELECT permission FROM role_permission WHERE company_id = $1 AND role = $2";
    ROLES: both "SELECT code, name FROM role WHERE company_id = $1 ORDER BY name";
    PERMISSIONS: both "SELECT role, permission FROM role_permission WHERE company_id = $1 ORDER BY role, permission";
}

/// A role, what the company calls it, and what it may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleRow {
    pub code: Role,
    pub name: String,
    pub permissions: Vec<Permission>,
}

/// Adds roles to a company, with their permissions, in two statements.
pub async fn insert_roles(tx: &mut Tx, company: CompanyId, roles: &[RoleRow]) -> Result<(), StoreError> {
    execute!(tx, INSERT_ROLES, company, AsJson(&roles))?;
    grant(tx, company, roles).await
}

/// Gives each role the permissions named with it; those that it has already stay.
pub async fn grant(tx: &mut Tx, company: CompanyId, roles: &[RoleRow]) -> Result<(), StoreError> {
    execute!(tx, GRANT, company, AsJson(&roles)).map(drop)
}

/// Takes a permission from a role; false when it did not have it.
pub async fn revoke(
    tx: &mut Tx,
    company: CompanyId,
    role: Role,
    permission: Permission,
) -> Result<bool, StoreError> {
    Ok(execute!(tx, REVOKE, company, role, permission)? == 1)
}

/// What a role may do in a company.
pub async fn permissions(tx: &mut Tx, company: CompanyId, role: Role) -> Result<Permissions, StoreError> {
    let granted: Vec<Option<Permission>> = fetch_all!(tx, GRANTED, known, company, role)?;
    Ok(Permissions::of(role, granted.into_iter().flatten()))
}

/// A permission of another version of the program allows nothing.
fn known(row: &Row<'_>) -> Result<Option<Permission>, StoreError> {
    let code: String = row.get("permission")?;
    let known = Permission::from_code(&code);
    if known.is_none() {
        tracing::warn!(permission = code, "a permission is not known and allows nothing");
    }
    Ok(known)
}

/// The roles of a company that the program knows, by name, in two statements.
pub async fn roles(tx: &mut Tx, company: CompanyId) -> Result<Vec<RoleRow>, StoreError> {
    let granted: Vec<(String, Option<Permission>)> =
        fetch_all!(tx, PERMISSIONS, |row: &Row<'_>| Ok((row.get("role")?, known(row)?)), company)?;
    let mut permissions: HashMap<String, Vec<Permission>> = HashMap::new();
    for (role, permission) in granted {
        permissions.entry(role).or_default().extend(permission);
    }
    let roles: Vec<Option<RoleRow>> = fetch_all!(
        tx,
        ROLES,
        |row: &Row<'_>| {
            let code: String = row.get("code")?;
            let Some(role) = Role::from_code(&code) else { return Ok(None) };
            let permissions = permissions.remove(&code).unwrap_or_default();
            Ok(Some(RoleRow { code: role, name: row.get("name")?, permissions }))
        },
        company
    )?;
    Ok(roles.into_iter().flatten().collect())
}
