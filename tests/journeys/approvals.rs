//! A manager's PIN on the waiter's screen: leave for one call, proved as at the door and written down with both names.

use crate::house::{Engine, House, new_id};
use crate::laws::questions::{OPEN_SESSIONS, VOIDS, count};
use fastops_app::wire::{
    Approval, ChangeRole, CreateOrder, FailureCode, GetApprovers, GetPeople, GetSettings, GetTillPrinters,
    KickDrawer, MarkUrgent, OrderStatus, OrderView, Permission, ReprintTicket, Role, SavePerson, Secret,
    VoidLine,
};
use fastops_app::{Access, COMMANDS, Caller, DEMO_USERS, Language};
use fastops_store::StoreError;
use fastops_store::audit::{self, AuditRow};
use uuid::Uuid;

super::on_both_engines!(
    a_manager_lets_a_waiter_void_one_line,
    what_was_done_is_told_again_though_leave_for_it_is_gone,
    a_wrong_pin_of_an_approval_counts_at_the_door,
    who_may_not_either_approves_nothing,
    every_act_that_is_lent_says_who_lent_it,
    who_may_approve_is_who_holds_the_permission_now,
);

fn id_of(house: &House, name: &str) -> Uuid {
    house.terminal.users.iter().find(|user| user.name == name).unwrap().id
}

/// `caller`, with this person beside them who types this PIN.
fn beside(house: &House, caller: &Caller, name: &str, pin: &str) -> Caller {
    let approval = Approval { user_id: id_of(house, name), pin: Secret(pin.into()) };
    Caller { approval: Some(approval), ..caller.clone() }
}

/// The same, with the right PIN.
fn approved(house: &House, caller: &Caller, name: &str) -> Caller {
    let pin = DEMO_USERS.iter().find(|user| user.name == name).unwrap().pin;
    beside(house, caller, name, pin)
}

async fn printed(house: &House, caller: &Caller) -> OrderView {
    let order = house.app.perform(caller, house.take_away(&[("307", 1), ("202", 1)])).await.unwrap();
    house.until(caller, order.id, |order| order.status == OrderStatus::Printed).await
}

fn void(order: &OrderView, line: usize) -> VoidLine {
    let (order_id, line_id) = (order.id, order.lines[line].id);
    VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id,
        line_id,
        reason: "Cliente cambió de opinión".into(),
    }
}

async fn acts(house: &House, kind: &'static str, subject: Uuid) -> Vec<AuditRow> {
    let store = house.app.store_for_faults();
    let read = store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move { audit::audit_of(tx, kind, subject).await })
    });
    read.await.unwrap()
}

/// P13, P14: the act is the waiter's, the row names both, and the same command again is the same answer.
async fn a_manager_lets_a_waiter_void_one_line(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let order = printed(&house, &ana).await;
    let store = house.app.store_for_faults();
    let request = void(&order, 0);
    house.refused(&ana, request.clone(), FailureCode::NotAllowed).await;
    let stranger = Caller { session: None, ..approved(&house, &ana, "Jorge") };
    house.refused(&stranger, request.clone(), FailureCode::NotSignedIn).await;
    let sessions = count(&store, OPEN_SESSIONS).await;

    let with_jorge = approved(&house, &ana, "Jorge");
    let first = house.app.perform(&with_jorge, request.clone()).await.unwrap();
    assert!(first.lines[0].voided && !first.lines[1].voided);
    let again = house.app.perform(&with_jorge, request.clone()).await.unwrap();
    assert_eq!(
        (again.total_minor, again.tickets.len()),
        (first.total_minor, first.tickets.len()),
        "no second void ticket"
    );
    assert_eq!(count(&store, VOIDS).await, 1);
    let rows = acts(&house, "order_line", request.line_id).await;
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(row.user.map(|id| id.0), Some(id_of(&house, "Ana")));
    assert_eq!(row.detail["approved_by"], id_of(&house, "Jorge").to_string());

    assert_eq!(count(&store, OPEN_SESSIONS).await, sessions, "an approval signs nobody in");
    house.refused(&ana, void(&order, 1), FailureCode::NotAllowed).await;
    house.refused(&ana, VoidLine { command_id: new_id(), ..request }, FailureCode::NotAllowed).await;
    house.close().await;
}

/// P13: the answer to the first call was lost, and until the second the leave for it was.
async fn what_was_done_is_told_again_though_leave_for_it_is_gone(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, camila) = (house.sign_in("Ana").await, house.sign_in("Camila").await);
    let luis = house.sign_in("Luis").await;
    let order = printed(&house, &ana).await;
    let (with_jorge, request) = (approved(&house, &ana, "Jorge"), void(&order, 0));
    house.app.perform(&with_jorge, request.clone()).await.unwrap();
    let wrong = beside(&house, &ana, "Jorge", "0000");
    for _ in 0..5 {
        let _ = house.app.perform(&wrong, void(&order, 1)).await;
    }
    house.refused(&with_jorge, void(&order, 1), FailureCode::LockedOut).await;
    let again = house.app.perform(&with_jorge, request.clone()).await.unwrap();
    assert!(again.lines[0].voided && !again.lines[1].voided);
    let rows = acts(&house, "order_line", request.line_id).await;
    assert_eq!(
        (rows.len(), count(&house.app.store_for_faults(), VOIDS).await),
        (1, 1),
        "nothing more is done"
    );

    // The id says nothing to anybody else, nor for another act.
    house.refused(&luis, request.clone(), FailureCode::NotAllowed).await;
    let urgent = MarkUrgent { command_id: request.command_id, order_id: order.id };
    let reprint = ReprintTicket { command_id: new_id(), ticket_id: order.tickets[0].id };
    house.app.perform(&ana, reprint.clone()).await.unwrap();
    for permission in [Permission::MarkUrgent, Permission::ReprintTicket] {
        let taken = ChangeRole { command_id: new_id(), role: Role::Waiter, permission, allowed: false };
        house.app.perform(&camila, taken).await.unwrap();
    }
    house.refused(&ana, urgent, FailureCode::NotAllowed).await;
    house.app.perform(&ana, reprint.clone()).await.unwrap();
    let more = ReprintTicket { command_id: new_id(), ..reprint };
    house.refused(&ana, more, FailureCode::NotAllowed).await;
    house.close().await;
}

/// S2: there is no second way to guess a PIN: five wrong ones lock its owner, here and at the door.
async fn a_wrong_pin_of_an_approval_counts_at_the_door(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, nobody) = (house.sign_in("Ana").await, Caller::default());
    let order = printed(&house, &ana).await;
    let (right, wrong) = (approved(&house, &ana, "Jorge"), beside(&house, &ana, "Jorge", "0000"));
    let failure = house.refused(&wrong, void(&order, 0), FailureCode::WrongPin).await;
    assert!(failure.message.contains("4 intentos"), "{failure}");
    house.app.perform(&right, void(&order, 0)).await.unwrap();

    for left in ["4 tries", "3 tries", "2 tries"] {
        let english = Caller { language: Language::En, ..wrong.clone() };
        let failure = house.refused(&english, void(&order, 1), FailureCode::WrongPin).await;
        assert!(failure.message.contains(left), "a right PIN forgets what was before: {failure}");
    }
    house.refused(&nobody, house.log_in_request("Jorge", "0000"), FailureCode::WrongPin).await;
    house.refused(&wrong, void(&order, 1), FailureCode::LockedOut).await;
    house.refused(&right, void(&order, 1), FailureCode::LockedOut).await;
    house.refused(&nobody, house.log_in_request("Jorge", "2222"), FailureCode::LockedOut).await;
    let rows = acts(&house, "user", id_of(&house, "Jorge")).await;
    assert_eq!(rows.iter().filter(|row| row.action == "locked_out").count(), 1);
    assert!(!house.order(&ana, order.id).await.lines[1].voided);
    house.app.perform(&approved(&house, &ana, "Luisa"), void(&order, 1)).await.unwrap();
    house.close().await;
}

async fn who_may_not_either_approves_nothing(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, camila) = (house.sign_in("Ana").await, house.sign_in("Camila").await);
    let order = printed(&house, &ana).await;
    for name in ["Ana", "Luis", "Cocina"] {
        let failure =
            house.refused(&approved(&house, &ana, name), void(&order, 0), FailureCode::NotAllowed).await;
        assert!(failure.message.starts_with(name), "{failure}");
        let english = Caller { language: Language::En, ..approved(&house, &ana, name) };
        let english = house.refused(&english, void(&order, 0), FailureCode::NotAllowed).await;
        assert!(english.message.contains("either"), "{english}");
    }
    let stranger = Approval { user_id: new_id(), pin: Secret("2222".into()) };
    let stranger = Caller { approval: Some(stranger), ..ana.clone() };
    house.refused(&stranger, void(&order, 0), FailureCode::WrongPin).await;

    let people = house.app.perform(&camila, GetPeople {}).await.unwrap().people;
    let jorge = people.into_iter().find(|person| person.name == "Jorge").unwrap();
    let gone = SavePerson {
        command_id: new_id(),
        user_id: jorge.id,
        name: jorge.name,
        role: jorge.role,
        language: jorge.language,
        active: false,
        pin: None,
    };
    house.app.perform(&camila, gone).await.unwrap();
    house.refused(&approved(&house, &ana, "Jorge"), void(&order, 0), FailureCode::WrongPin).await;

    // What the house decides is never lent, and a PIN that comes with it is not even looked at.
    for _ in 0..6 {
        house.refused(&beside(&house, &ana, "Camila", "0000"), GetSettings {}, FailureCode::NotAllowed).await;
    }
    house.refused(&approved(&house, &ana, "Camila"), GetSettings {}, FailureCode::NotAllowed).await;
    // Nor where the caller needs nobody's leave.
    house.app.perform(&beside(&house, &camila, "Luisa", "0000"), void(&order, 0)).await.unwrap();
    let rows = acts(&house, "order_line", order.lines[0].id).await;
    assert!(rows[0].detail.get("approved_by").is_none(), "{rows:?}");
    house.close().await;
}

/// P14: each act that can be lent is written down with who did it and who let them; and costs no more than it says.
async fn every_act_that_is_lent_says_who_lent_it(engine: Engine) {
    let lent = |access: Access| matches!(access, Access::Holder(permission) if permission.can_be_approved());
    let lent: Vec<&str> =
        COMMANDS.iter().filter(|command| lent(command.access)).map(|command| command.name).collect();
    assert_eq!(lent, ["void_line", "mark_urgent", "reprint_ticket", "kick_drawer"]);

    let house = House::open(engine).await;
    let (ana, camila) = (house.sign_in("Ana").await, house.sign_in("Camila").await);
    for permission in [Permission::MarkUrgent, Permission::ReprintTicket] {
        let taken = ChangeRole { command_id: new_id(), role: Role::Waiter, permission, allowed: false };
        house.app.perform(&camila, taken).await.unwrap();
    }
    let order = printed(&house, &ana).await;
    let luisa = approved(&house, &ana, "Luisa");
    let urgent = MarkUrgent { command_id: new_id(), order_id: order.id };
    let reprint = ReprintTicket { command_id: new_id(), ticket_id: order.tickets[0].id };
    let printer_id = house.app.perform(&ana, GetTillPrinters {}).await.unwrap().printers[0].id;
    let kick = KickDrawer { command_id: new_id(), printer_id, reason: "Cambio".into() };
    house.refused(&ana, urgent.clone(), FailureCode::NotAllowed).await;
    // Nor by saying it with the order itself.
    let hurried = CreateOrder { urgent: true, ..house.take_away(&[("307", 1)]) };
    house.refused(&ana, hurried.clone(), FailureCode::NotAllowed).await;
    house.app.perform(&house.sign_in("Luisa").await, hurried).await.unwrap();
    house.refused(&ana, reprint.clone(), FailureCode::NotAllowed).await;
    house.refused(&ana, kick.clone(), FailureCode::NotAllowed).await;
    // The first of each after a wrong PIN, which a right one has to forget: the dearest way there is.
    let wrong = beside(&house, &ana, "Luisa", "0000");
    for _ in 0..2 {
        let _ = house.app.perform(&wrong, urgent.clone()).await;
        house.app.perform(&luisa, urgent.clone()).await.unwrap();
        let _ = house.app.perform(&wrong, reprint.clone()).await;
        house.app.perform(&luisa, reprint.clone()).await.unwrap();
        let _ = house.app.perform(&wrong, kick.clone()).await;
        house.app.perform(&luisa, kick.clone()).await.unwrap();
    }
    let _ = house.app.perform(&wrong, void(&order, 0)).await;
    house.app.perform(&luisa, void(&order, 0)).await.unwrap();
    let subjects = [
        ("order", order.id, "mark_urgent"),
        ("ticket", order.tickets[0].id, "reprint_ticket"),
        ("printer", printer_id, "kick_drawer"),
        ("order_line", order.lines[0].id, "void_line"),
    ];
    for (kind, subject, action) in subjects {
        let rows = acts(&house, kind, subject).await;
        let rows: Vec<&AuditRow> = rows.iter().filter(|row| row.action == action).collect();
        let [row] = rows.as_slice() else { panic!("{action}: {rows:?}") };
        assert_eq!(row.user.map(|id| id.0), Some(id_of(&house, "Ana")), "{action}");
        assert_eq!(row.detail["approved_by"], id_of(&house, "Luisa").to_string(), "{action}");
    }
    for stats in house.app.command_stats().iter().filter(|stats| lent.contains(&stats.name)) {
        assert!(stats.calls > 0 && stats.over == 0, "{stats:?}");
    }
    house.close().await;
}

async fn who_may_approve_is_who_holds_the_permission_now(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, camila) = (house.sign_in("Ana").await, house.sign_in("Camila").await);
    let names = async |permission| {
        let people = house.app.perform(&ana, GetApprovers { permission }).await.unwrap().people;
        people.into_iter().map(|user| user.name).collect::<Vec<_>>()
    };
    assert_eq!(names(Permission::VoidLine).await, ["Camila", "Jorge", "Luisa"]);
    assert!(names(Permission::ManageSettings).await.is_empty(), "never lent");
    let (role, permission) = (Role::Cashier, Permission::VoidLine);
    let taken = ChangeRole { command_id: new_id(), role, permission, allowed: false };
    house.app.perform(&camila, taken).await.unwrap();
    assert_eq!(names(Permission::VoidLine).await, ["Camila", "Jorge"]);
    let order = printed(&house, &ana).await;
    house.refused(&approved(&house, &ana, "Luisa"), void(&order, 0), FailureCode::NotAllowed).await;
    house.close().await;
}
