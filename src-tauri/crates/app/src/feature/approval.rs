//! Somebody else's leave for one call: whoever holds the permission types their PIN on the same screen.
//!
//! The act stays the caller's, no session is made, and the PIN is proved as at the door: a wrong one counts for its
//! owner at this terminal, so that there is no second way to guess.

use super::session;
use crate::refusal::Refusal;
use crate::wire::{Approval, Approvers, GetApprovers};
use crate::{Actor, App, Who};
use fastops_domain::ids::UserId;
use fastops_domain::user::{Permission, PinFailures};
use fastops_store::{StoreError, role, user};

/// Most SQL statements that an approval adds to a call: what the approver may do, the wrong PINs, their end, and the
/// audit row of an act that has none when nobody approves it.
pub(crate) const STATEMENTS: u32 = 7;

/// Who lets `actor` do what they may not do alone.
///
/// # Errors
/// As without an approval when there is none, or when this permission is not lent; else what is wrong with it.
pub(crate) async fn approver(
    app: &App,
    actor: &Actor,
    approval: Option<&Approval>,
    permission: Permission,
) -> Result<UserId, Refusal> {
    let Some(approval) = approval.filter(|_| permission.can_be_approved()) else {
        return Err(Refusal::NotAllowed { permission, role: actor.role() });
    };
    let (id, terminal) = (UserId(approval.user_id), actor.live.terminal.id);
    let facts = app.catalogue.facts().await?;
    if let Some(known) = facts.users.iter().find(|user| user.id == id) {
        let (company, role) = (known.company, known.role);
        let read =
            app.store.read::<_, StoreError, _>(move |tx| Box::pin(role::permissions(tx, company, role)));
        if !read.await?.contains(permission) {
            return Err(Refusal::ApproverNotAllowed { name: known.name.clone(), permission });
        }
    }
    let (_, failures) = session::prove(app, id, terminal, approval.pin.0.clone()).await?;
    if failures.count > 0 {
        let forget = app
            .store
            .write(move |tx| Box::pin(user::set_pin_failures(tx, id, terminal, PinFailures::default())));
        forget.await?;
    }
    Ok(id)
}

pub(crate) async fn get_approvers(app: &App, _: &Who, request: GetApprovers) -> Result<Approvers, Refusal> {
    let permission = Permission::from(request.permission);
    if !permission.can_be_approved() {
        return Ok(Approvers { people: Vec::new() });
    }
    let facts = app.catalogue.facts().await?;
    let company = facts.company.id;
    let roles = app.store.read::<_, StoreError, _>(move |tx| Box::pin(role::roles(tx, company))).await?;
    let holds = |user: &&user::User| {
        let stored = roles.iter().find(|row| row.code == user.role);
        user.active && stored.is_some_and(|row| row.permissions.contains(&permission))
    };
    Ok(Approvers { people: facts.users.iter().filter(holds).map(session::user_ref).collect() })
}
