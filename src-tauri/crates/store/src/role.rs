//! The roles of a company and what each of them may do there.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::CompanyId;
use fastops_domain::user::{Permission, Role};
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

/// The roles of a company by name, in two statements.
pub async fn roles(tx: &mut Tx, company: CompanyId) -> Result<Vec<RoleRow>, StoreError> {
    let granted: Vec<(Role, Permission)> =
        fetch_all!(tx, PERMISSIONS, |row: &Row<'_>| Ok((row.get("role")?, row.get("permission")?)), company)?;
    let mut permissions: HashMap<Role, Vec<Permission>> = HashMap::new();
    for (role, permission) in granted {
        permissions.entry(role).or_default().push(permission);
    }
    fetch_all!(
        tx,
        ROLES,
        |row: &Row<'_>| {
            let code = row.get("code")?;
            let permissions = permissions.remove(&code).unwrap_or_default();
            Ok(RoleRow { code, name: row.get("name")?, permissions })
        },
        company
    )
}
