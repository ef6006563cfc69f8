//! What a role may do is the house's to say, and counts at once, wherever it was said.

use crate::house::{self, Engine, House, new_id};
use crate::laws::questions::{self, count};
use fastops_app::App;
use fastops_app::wire::{
    ChangeRole, Event, FailureCode, GetMenu, GetSession, ListRoles, Permission, Role, RolesView,
};
use fastops_store::change::Topic;

super::on_both_engines!(a_permission_taken_away_counts_at_once, an_admin_is_never_locked_out,);

fn change(role: Role, permission: Permission, allowed: bool) -> ChangeRole {
    ChangeRole { command_id: new_id(), role, permission, allowed }
}

fn of(view: &RolesView, role: Role) -> &[Permission] {
    &view.roles.iter().find(|one| one.role == role).unwrap().permissions
}

async fn a_permission_taken_away_counts_at_once(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let (app, store) = (&house.app, house.app.store_for_faults());
    app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let mut events = app.subscribe();
    let taken = change(Role::Waiter, Permission::TakeOrders, false);
    for _ in 0..2 {
        let view = app.perform(&admin, taken.clone()).await.unwrap();
        assert!(!of(&view, Role::Waiter).contains(&Permission::TakeOrders));
        assert!(of(&view, Role::Cashier).contains(&Permission::TakeOrders));
    }
    let refused = house.refused(&ana, house.take_away(&[("307", 1)]), FailureCode::NotAllowed).await;
    assert!(refused.message.contains("tomar pedidos"), "{refused}");
    app.perform(&ana, GetMenu {}).await.unwrap();
    let session = app.perform(&ana, GetSession {}).await.unwrap();
    assert!(!session.permissions.contains(&Permission::TakeOrders));
    assert_eq!(count(&store, questions::ROLES_CHANGED).await, 1, "the same command again is no other act");
    let heard = std::iter::from_fn(|| events.try_recv().ok());
    assert_eq!(heard.filter(|heard| matches!(heard.event, Event::PermissionsChanged)).count(), 1);

    app.perform(&admin, change(Role::Waiter, Permission::TakeOrders, true)).await.unwrap();
    app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    app.perform(&admin, change(Role::Kitchen, Permission::SeeFloor, true)).await.unwrap();
    app.perform(&house.sign_in("Cocina").await, GetMenu {}).await.unwrap();
    house.close().await;
}

async fn an_admin_is_never_locked_out(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let taken = change(Role::Admin, Permission::ManageRoles, false);
    house.refused(&admin, taken, FailureCode::MustKeep).await;
    let manager = house.sign_in("Jorge").await;
    house.refused(&manager, ListRoles {}, FailureCode::NotAllowed).await;
    let all = house.app.perform(&admin, ListRoles {}).await.unwrap();
    for permission in of(&all, Role::Admin) {
        if *permission != Permission::ManageRoles {
            house.app.perform(&admin, change(Role::Admin, *permission, false)).await.unwrap();
        }
    }
    house.refused(&admin, GetMenu {}, FailureCode::NotAllowed).await;
    let view = house.app.perform(&admin, change(Role::Admin, Permission::SeeFloor, true)).await.unwrap();
    assert_eq!(of(&view, Role::Admin), [Permission::SeeFloor, Permission::ManageRoles]);
    house.app.perform(&admin, GetMenu {}).await.unwrap();
    house.close().await;
}

/// Two terminals on one server: what one takes away, the other refuses as soon as it knows of the change.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_terminal_takes_away_another_refuses() {
    let house = House::open(Engine::Postgres).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let folder = tempfile::tempdir().unwrap();
    let there = App::start(house::config(folder.path(), house.data().1, &house.printers)).await.unwrap();
    there.perform(&ana, GetMenu {}).await.unwrap();
    house.app.perform(&admin, change(Role::Waiter, Permission::SeeFloor, false)).await.unwrap();
    let version = house.app.store_for_faults().changes().borrow().versions().of(Topic::People);
    let mut known = there.store_for_faults().changes();
    let told = known.wait_for(|changes| changes.versions().of(Topic::People) >= version);
    tokio::time::timeout(house::PATIENCE, told).await.expect("the other terminal never heard").unwrap();
    let failure = there.perform(&ana, GetMenu {}).await.unwrap_err();
    assert_eq!(failure.code, FailureCode::NotAllowed);
    there.stop().await;
    house.close().await;
}
