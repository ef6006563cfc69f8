//! What each role may do: the house's own decision, counted at once and written down.

use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{ChangeRole, ListRoles, RoleView, RolesView};
use crate::{App, Command as _, Who};
use fastops_domain::ids::CommandId;
use fastops_domain::user::{Permission, Permissions, Role};
use fastops_store::audit::AuditRow;
use fastops_store::hint::HouseNews;
use fastops_store::role::{self, RoleRow};
use fastops_store::{StoreError, audit};
use serde_json::json;

pub(crate) async fn list_roles(app: &App, _: &Who, _: ListRoles) -> Result<RolesView, Refusal> {
    let company = app.catalogue.facts().await?.company.id;
    let read = app.store.read::<_, StoreError, _>(move |tx| Box::pin(role::roles(tx, company)));
    let view = |row: RoleRow| RoleView {
        role: row.code.into(),
        name: row.name,
        permissions: Permissions::of(row.code, row.permissions).iter().map(Into::into).collect(),
    };
    Ok(RolesView { roles: read.await?.into_iter().map(view).collect() })
}

pub(crate) async fn change_role(app: &App, who: &Who, request: ChangeRole) -> Result<RolesView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let (company, branch) = (facts.company.id, facts.branch.id);
    let (role, permission): (Role, Permission) = (request.role.into(), request.permission.into());
    let allowed = request.allowed;
    if !allowed && role.always_may(permission) {
        return Err(Refusal::MustKeep { role, permission });
    }
    let (user, terminal, audit_id) = (actor.user(), actor.live.terminal.id, app.env.new_id());
    let command = CommandId(request.command_id);
    let changed = once(app, actor, command, ChangeRole::NAME, now, move |tx| {
        Box::pin(async move {
            if allowed {
                let row = RoleRow { code: role, name: String::new(), permissions: vec![permission] };
                role::grant(tx, company, &[row]).await?;
            } else {
                role::revoke(tx, company, role, permission).await?;
            }
            let row = AuditRow {
                id: audit_id,
                branch,
                at: now,
                user: Some(user),
                terminal: Some(terminal),
                action: ChangeRole::NAME.into(),
                subject_kind: "role".into(),
                subject: company.0,
                detail: json!({ "role": role.code(), "permission": permission.code(), "allowed": allowed }),
            };
            audit::insert_audit(tx, &row).await?;
            Ok(())
        })
    })
    .await?;
    if changed.fresh {
        app.tell_house(&[HouseNews::Permissions]);
    }
    once::done(list_roles(app, who, ListRoles {}).await)
}
