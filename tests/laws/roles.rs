//! Law: a role may do what the company has given it and nothing else, and an admin can always give it back.

use super::on_both_engines;
use super::world::{World, id};
use fastops_domain::ids::CompanyId;
use fastops_domain::user::{Permission, Permissions, Role};
use fastops_store::change::Topic;
use fastops_store::role::{self, RoleRow};
use fastops_store::{Store, StoreError, probe};

on_both_engines!(
    a_role_is_born_with_its_permissions,
    what_is_given_and_taken_counts_for_one_role_of_one_company,
    what_is_not_known_allows_nothing,
    an_admin_can_always_give_back,
);

async fn may(store: &Store, company: CompanyId, role: Role) -> Permissions {
    store.read::<_, StoreError, _>(move |tx| Box::pin(role::permissions(tx, company, role))).await.unwrap()
}

async fn grant(store: &Store, company: CompanyId, role: Role, permission: Permission) {
    let unit = store.write::<_, StoreError, _>(move |tx| {
        let row = RoleRow { code: role, name: String::new(), permissions: vec![permission] };
        Box::pin(async move { role::grant(tx, company, &[row]).await })
    });
    unit.await.unwrap();
}

async fn revoke(store: &Store, company: CompanyId, role: Role, permission: Permission) -> bool {
    let unit =
        store.write::<_, StoreError, _>(move |tx| Box::pin(role::revoke(tx, company, role, permission)));
    unit.await.unwrap()
}

async fn run(store: &Store, statement: &'static str) -> u64 {
    store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement))).await.unwrap()
}

async fn a_role_is_born_with_its_permissions(store: Store) {
    let company = World::open(&store).await.company.id;
    for role in Role::ALL {
        let born = Permission::ALL.into_iter().filter(|permission| role.is_born_with(*permission));
        assert_eq!(may(&store, company, role).await, Permissions::of(role, born), "{role:?}");
        assert!(role == Role::Admin || may(&store, CompanyId(id(1, 9)), role).await.iter().next().is_none());
    }
}

async fn what_is_given_and_taken_counts_for_one_role_of_one_company(store: Store) {
    let company = World::open(&store).await.company.id;
    let known = || store.changes().borrow().versions().of(Topic::People);
    let (role, permission) = (Role::Waiter, Permission::VoidLine);
    assert!(!may(&store, company, role).await.contains(permission));
    let before = known();
    grant(&store, company, role, permission).await;
    assert!(known() > before, "every cache hears of it");
    grant(&store, company, role, permission).await;
    assert!(may(&store, company, role).await.contains(permission), "twice is once");
    assert!(!may(&store, company, Role::Kitchen).await.contains(permission), "nobody else");
    let before = known();
    assert!(revoke(&store, company, role, permission).await);
    assert!(known() > before);
    assert!(!revoke(&store, company, role, permission).await, "it is gone already");
    assert!(!may(&store, company, role).await.contains(permission));
    assert!(may(&store, company, Role::Cashier).await.contains(permission), "nobody else");
}

/// A permission or a role of another version stands in the table and does nothing.
async fn what_is_not_known_allows_nothing(store: Store) {
    let company = World::open(&store).await.company.id;
    let before = may(&store, company, Role::Waiter).await;
    let stray = "INSERT INTO role_permission (company_id, role, permission)
                 SELECT company_id, code, 'rob_the_bank' FROM role";
    assert_eq!(run(&store, stray).await, 5);
    run(&store, "INSERT INTO role (company_id, code, name) SELECT id, 'ghost', 'Fantasma' FROM company")
        .await;
    let ghost = "INSERT INTO role_permission (company_id, role, permission) SELECT id, 'ghost', 'void_line' FROM company";
    run(&store, ghost).await;
    assert_eq!(may(&store, company, Role::Waiter).await, before);
    let roles = store.read::<_, StoreError, _>(move |tx| Box::pin(role::roles(tx, company))).await.unwrap();
    assert_eq!(roles.len(), 5, "{roles:?}");
    let waiter = roles.iter().find(|row| row.code == Role::Waiter).unwrap();
    assert_eq!(Permissions::of(Role::Waiter, waiter.permissions.iter().copied()), before);
}

async fn an_admin_can_always_give_back(store: Store) {
    let company = World::open(&store).await.company.id;
    assert!(run(&store, "DELETE FROM role_permission").await > 0);
    for role in Role::ALL {
        let left: Vec<_> = may(&store, company, role).await.iter().collect();
        let kept = if role == Role::Admin { vec![Permission::ManageRoles] } else { Vec::new() };
        assert_eq!(left, kept, "{role:?}");
    }
}
