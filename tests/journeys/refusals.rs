//! Bad input: each a code, a sentence in the caller's language, and nothing changed.

use crate::house::{Engine, House, new_id};
use fastops_app::wire::{
    AddLines, CreateOrder, FailureCode, GetFloor, GetOrder, ListRoles, LogIn, NewLine, QuoteLines, Role,
};
use fastops_app::{Access, COMMANDS, Caller, DEMO_USERS, Language};
use serde_json::{Value, json};

super::on_both_engines!(
    an_order_that_cannot_be_sold_is_refused_whole,
    five_wrong_pins_lock_one_person_at_one_terminal,
    every_command_refuses_whoever_lacks_the_permission,
    a_request_that_makes_no_sense_is_a_sentence,
);

async fn an_order_that_cannot_be_sold_is_refused_whole(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let line = house.line("307", 1);
    let with = |line: NewLine| CreateOrder { lines: vec![line], ..house.take_away(&[]) };
    let mut long = line.clone();
    long.note = Some("x".repeat(201));
    let cases = [
        (house.take_away(&[]), FailureCode::EmptyOrder),
        (with(NewLine { quantity: -1, ..line.clone() }), FailureCode::BadQuantity),
        (with(NewLine { quantity: 0, ..line.clone() }), FailureCode::BadQuantity),
        (with(NewLine { quantity: 1_000, ..line.clone() }), FailureCode::BadQuantity),
        (with(NewLine { product_id: new_id(), ..line.clone() }), FailureCode::UnknownProduct),
        (with(NewLine { modifier_ids: vec![new_id()], ..line.clone() }), FailureCode::BadModifier),
        (with(NewLine { course: 0, ..line.clone() }), FailureCode::OutOfBounds),
        (with(NewLine { seat: Some(1_000), ..line.clone() }), FailureCode::OutOfBounds),
        (with(house.line("108", 1)), FailureCode::SoldOut),
        (with(NewLine { modifier_ids: Vec::new(), ..house.line("401", 1) }), FailureCode::ModifierMissing),
        (with(long), FailureCode::OutOfBounds),
        (
            CreateOrder { lines: vec![line.clone(), line.clone()], ..house.take_away(&[]) },
            FailureCode::IdTaken,
        ),
        (CreateOrder { table_id: Some(new_id()), ..with(line.clone()) }, FailureCode::UnknownTable),
        (CreateOrder { covers: Some(0), ..with(line.clone()) }, FailureCode::OutOfBounds),
    ];
    for (request, code) in cases {
        let spanish = house.refused(&ana, request.clone(), code).await;
        let english = Caller { language: Language::En, ..ana.clone() };
        let english = house.refused(&english, request, code).await;
        assert_ne!(spanish.message, english.message, "{code:?} is said in both languages");
    }
    house
        .refused(&ana, QuoteLines { order_id: None, lines: vec![house.line("108", 1)] }, FailureCode::SoldOut)
        .await;
    house.refused(&ana, GetOrder { order_id: new_id() }, FailureCode::UnknownOrder).await;
    let nowhere = AddLines { command_id: new_id(), order_id: new_id(), lines: vec![line] };
    house.refused(&ana, nowhere, FailureCode::UnknownOrder).await;

    let floor = house.app.perform(&ana, GetFloor {}).await.unwrap();
    assert!(
        floor.others.is_empty()
            && floor.rooms.iter().flat_map(|room| &room.tables).all(|table| table.orders.is_empty())
    );
    let first = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    assert_eq!((first.number, first.tickets[0].number), (1, 1), "refusals used up no number");
    house.close().await;
}

/// S2: five, then a pause that a restart does not forget; nobody else is kept out.
async fn five_wrong_pins_lock_one_person_at_one_terminal(engine: Engine) {
    let house = House::open(engine).await;
    let nobody = Caller::default();
    for left in (1..=4).rev() {
        let failure =
            house.refused(&nobody, house.log_in_request("Ana", "0000"), FailureCode::WrongPin).await;
        assert!(failure.message.contains(&left.to_string()), "{}", failure.message);
    }
    house.refused(&nobody, house.log_in_request("Ana", "0000"), FailureCode::LockedOut).await;
    let right = house.log_in_request("Ana", "4444");
    house.refused(&nobody, right.clone(), FailureCode::LockedOut).await;
    let elsewhere = LogIn { terminal_id: house.terminal.terminals[1].id, ..right.clone() };
    house.app.perform(&nobody, elsewhere).await.unwrap();
    house.sign_in("Luis").await;
    let unknown = LogIn { user_id: new_id(), ..right.clone() };
    house.refused(&nobody, unknown, FailureCode::WrongPin).await;

    // The house's own waiter signs in at the start, so another person opens it again.
    house.app.stop().await;
    let database = fastops_app::Database::Folder;
    if engine == Engine::Sqlite {
        let config = crate::house::config(house.folder.path(), database, &house.printers);
        drop(house.app);
        let app = fastops_app::App::start(config).await.unwrap();
        let failure = app.perform(&nobody, right).await.unwrap_err();
        assert_eq!(failure.code, FailureCode::LockedOut, "a restart does not forget");
        app.stop().await;
    }
}

/// S3, P14: each command of the list against each role. A command that is not in the table of
/// requests fails here, so that none is forgotten.
async fn every_command_refuses_whoever_lacks_the_permission(engine: Engine) {
    let house = House::open(engine).await;
    let roles = house.app.perform(&house.sign_in("Camila").await, ListRoles {}).await.unwrap().roles;
    for command in COMMANDS {
        let request = any_request(command.name);
        let refused = |caller: Caller| {
            let (app, request) = (house.app.clone(), request.clone());
            async move {
                let answer = app.perform_by_name(&caller, command.name, request).await.unwrap();
                answer.err().map(|failure| failure.code)
            }
        };
        let stranger = refused(Caller::default()).await;
        let forged = Caller { session: Some("0".repeat(64)), ..Caller::default() };
        let forged = refused(forged).await;
        if command.access == Access::Anyone {
            assert_ne!(stranger, Some(FailureCode::NotSignedIn), "{}", command.name);
            continue;
        }
        assert_eq!(stranger, Some(FailureCode::NotSignedIn), "{}", command.name);
        assert_eq!(forged, Some(FailureCode::NotSignedIn), "{}", command.name);
        let Access::Holder(permission) = command.access else { continue };
        for user in &DEMO_USERS {
            let caller = house.sign_in(user.name).await;
            let found = refused(caller).await == Some(FailureCode::NotAllowed);
            let role = Role::from(user.role);
            let stored = &roles.iter().find(|one| one.role == role).unwrap().permissions;
            assert_eq!(found, !stored.contains(&permission.into()), "{} by {role:?}", command.name);
            assert_eq!(found, !user.role.is_born_with(permission), "{} by {role:?}", command.name);
        }
    }
    house.close().await;
}

/// A request about an order that does not exist.
fn about_an_order(command: &str) -> Option<Value> {
    let (a, b, c) = (new_id(), new_id(), new_id());
    Some(match command {
        "quote_lines" => json!({ "lines": [] }),
        "keep_cart" => json!({ "machine_id": b, "order_id": a, "version": 1 }),
        "get_carts" => json!({ "machine_id": a }),
        "create_order" => json!({ "command_id": a, "order_id": b, "order_type": "counter", "lines": [] }),
        "get_order" => json!({ "order_id": a }),
        "add_lines" => json!({ "command_id": a, "order_id": b, "lines": [] }),
        "void_line" => json!({ "command_id": a, "order_id": b, "line_id": c, "reason": "x" }),
        "fire_course" => json!({ "command_id": a, "order_id": b, "course": 2 }),
        "mark_urgent" => json!({ "command_id": a, "order_id": b }),
        "move_order" => json!({ "command_id": a, "order_id": b, "table_id": c }),
        "change_order_type" => json!({ "command_id": a, "order_id": b, "order_type": "take_away" }),
        "give_order" => json!({ "command_id": a, "order_id": b, "user_id": c }),
        "quote_division" => json!({ "order_id": a, "parts": 2 }),
        "divide_bill" => json!({ "command_id": a, "order_id": b, "parts": 2 }),
        "hand_over_order" => json!({ "command_id": a, "order_id": b, "handed_over": true }),
        "describe_order" => json!({ "command_id": a, "order_id": b, "contact": {} }),
        "merge_orders" => json!({ "command_id": a, "from_order_id": b, "to_order_id": c }),
        "move_lines" => {
            json!({ "command_id": a, "from_order_id": b, "to_order_id": c, "line_ids": [a] })
        }
        _ => return None,
    })
}

/// A request about the menu or about people that changes nothing.
fn about_the_house(command: &str) -> Option<Value> {
    let (a, b, c) = (new_id(), new_id(), new_id());
    Some(match command {
        "save_person" => json!({
            "command_id": a, "user_id": b, "name": "X", "role": "waiter", "language": "es", "active": true,
        }),
        "export_products" => json!({ "format": "csv" }),
        "preview_import" => json!({ "bytes": "" }),
        "import_products" => {
            json!({ "command_id": a, "name": "", "bytes": "", "seen": [], "skip_errors": false })
        }
        "get_receipt_logo" | "get_price_lists" => json!({}),
        "try_receipt_logo" => json!({ "picture": { "width": 0, "grey": "" } }),
        // What is said here changes nothing: there is none.
        "set_receipt_logo" => json!({ "command_id": a, "picture": null }),
        "save_category" => {
            json!({ "command_id": a, "category_id": b, "name": "", "color": "teal", "active": true })
        }
        "save_product" => json!({
            "command_id": a, "product_id": b, "category_id": c, "name": "", "short_code": "", "price_minor": 0,
            "tax_ids": [], "group_ids": [], "preparation_minutes": 0, "active": true,
        }),
        "order_categories" => json!({ "command_id": a, "category_ids": [b] }),
        "order_products" => json!({ "command_id": a, "category_id": b, "product_ids": [c] }),
        "get_variants" => json!({ "product_id": a }),
        "save_variants" => json!({
            "command_id": a, "product_id": b, "new_sizes": [], "new_colors": [], "variants": [], "barcodes": [],
        }),
        "get_photos" => json!({ "photo_ids": [a] }),
        // What is said here changes nothing: there is none.
        "set_product_photo" => json!({ "command_id": a, "product_id": b, "picture": null }),
        "save_price_list" => json!({
            "command_id": a, "list_id": b, "name": "X", "priority": -2, "here_only": false, "active": true,
            "hours": [], "prices": [],
        }),
        "remove_price_list" => json!({ "command_id": a, "list_id": b }),
        "schedule_price" => json!({ "command_id": a, "product_id": b, "price_minor": -1 }),
        "discount_prices" => json!({ "off_bp": 0 }),
        "preview_prices" => json!({ "at": 0 }),
        "set_favourite" => json!({ "command_id": a, "product_id": b, "favourite": true }),
        "order_favourites" => json!({ "command_id": a, "product_ids": [b] }),
        "save_tax" => json!({ "command_id": a, "tax_id": b, "name": "", "rate_bp": 0, "mode": "added" }),
        "remove_tax" => json!({ "command_id": a, "tax_id": b }),
        "save_modifier_group" => {
            json!({ "command_id": a, "group_id": b, "name": "X", "min": 0, "max": 0, "modifiers": [] })
        }
        _ => return None,
    })
}

fn about_the_till(command: &str) -> Option<Value> {
    let (a, b, c) = (new_id(), new_id(), new_id());
    Some(match command {
        "get_cash_session" => json!({ "session_id": a }),
        "open_cash_session" => json!({ "command_id": a, "session_id": b, "float_minor": -1 }),
        "move_cash" => {
            json!({ "command_id": a, "session_id": b, "direction": "in", "amount_minor": 1, "reason": "x" })
        }
        "close_cash_session" => json!({ "command_id": a, "session_id": b, "counted_minor": 1 }),
        "print_cash_report" => json!({ "command_id": a, "session_id": b, "printer_id": c }),
        _ => return None,
    })
}

/// A request about the floor that changes nothing.
fn about_the_floor(command: &str) -> Option<Value> {
    let (a, b, c) = (new_id(), new_id(), new_id());
    Some(match command {
        "save_room" => json!({ "command_id": a, "room_id": b, "name": "", "active": true }),
        "order_rooms" => json!({ "command_id": a, "room_ids": [b] }),
        "save_table" => json!({ "command_id": a, "table": {
            "table_id": b, "room_id": c, "name": "X", "seats": 0, "shape": "round",
            "x": 0, "y": 0, "width": 2, "height": 2, "active": true,
        } }),
        "save_tables" => json!({ "command_id": a, "tables": [] }),
        "place_tables" => json!({ "command_id": a, "room_id": b, "places": [] }),
        _ => return None,
    })
}

fn about_tickets(command: &str) -> Option<Value> {
    let (a, b) = (new_id(), new_id());
    Some(match command {
        "reprint_ticket" | "bump_ticket" | "recall_ticket" => json!({ "command_id": a, "ticket_id": b }),
        "prioritise_ticket" => json!({ "command_id": a, "ticket_id": b, "first": true }),
        "set_availability" => json!({ "command_id": a, "product_id": b, "units": 0 }),
        "get_availability" => json!({ "product_id": b }),
        "list_kitchen_tickets" | "list_station_products" => json!({ "station_id": a }),
        "get_kitchen_tickets" => json!({ "station_id": a, "ticket_ids": [b] }),
        "see_tickets" => json!({ "command_id": a, "ticket_ids": [b] }),
        _ => return None,
    })
}

/// A request that is understood, about things that do not exist.
fn any_request(command: &str) -> Value {
    let (a, b, c) = (new_id(), new_id(), new_id());
    match command {
        "get_terminal"
        | "get_session"
        | "log_out"
        | "get_menu"
        | "get_floor"
        | "get_queue_status"
        | "get_settings"
        | "get_alerts"
        | "list_roles"
        | "get_people"
        | "get_first_steps"
        | "get_menu_setup"
        | "get_floor_setup"
        | "get_printer_owners"
        | "get_uncertain_papers"
        | "get_till_printers"
        | "get_print_setup"
        | "get_printer_models"
        | "check_setup"
        | "list_stuck_jobs"
        | "get_start_report" => {
            json!({})
        }
        "log_in" => json!({ "user_id": a, "pin": "0", "terminal_id": b }),
        "search_products" => json!({ "text": "x", "limit": 1 }),
        "print_bill" | "print_parts" => json!({ "command_id": a, "order_id": b, "printer_id": c }),
        "kick_drawer" => json!({ "command_id": a, "printer_id": b, "reason": "x" }),
        "get_paper_preview" | "get_paper" => json!({ "job_id": a }),
        "answer_paper" => json!({ "command_id": a, "job_id": b, "answer": "discard" }),
        "set_workers" => json!({ "command_id": a, "count": 4 }),
        "set_turbo" => json!({ "command_id": a, "on": false }),
        "set_breaker" => json!({ "command_id": a, "printer_id": b, "open": false }),
        "get_approvers" => json!({ "permission": "void_line" }),
        "print_test_page" => json!({ "command_id": a, "printer_id": b, "candidates": true }),
        "choose_page_row" => json!({ "command_id": a, "job_id": b, "row": 1 }),
        "get_printer_check" => json!({ "job_ids": [a] }),
        "find_printers" => json!({ "network": false, "cables": false }),
        "probe_printer" => json!({ "address": "x" }),
        "trace_product" => json!({ "product_id": a }),
        "save_device" => json!({ "command_id": a, "device_id": b, "name": "", "address": "x" }),
        "remove_device" => json!({ "command_id": a, "device_id": b }),
        "set_station_chain" => json!({ "command_id": a, "station_id": b, "tiers": [] }),
        "save_station" => json!({ "command_id": a, "station_id": b, "name": "" }),
        "order_stations" => json!({ "command_id": a, "station_ids": [b] }),
        "close_station" => json!({ "command_id": a, "station_id": b }),
        "set_terminal_printer" => json!({ "command_id": a, "terminal_id": b, "printer_id": c }),
        // What is said here changes nothing: there is none.
        "set_mail_server" => json!({ "command_id": a, "server": null }),
        "show_station" => json!({ "screen_id": a, "station_id": b }),
        "set_printer_owners" => json!({ "command_id": a, "printer_id": b, "computer_ids": [] }),
        "retry_jobs" | "check_printers" => json!({ "command_id": a }),
        "clear_jobs" => json!({ "command_id": a, "reason": "x" }),
        // What is said here changes nothing: the role has it.
        "change_role" => {
            json!({ "command_id": a, "role": "admin", "permission": "see_floor", "allowed": true })
        }
        "find_customers" => json!({ "by": "name", "text": "x", "limit": 1 }),
        "create_customer" | "change_customer" => {
            json!({ "command_id": a, "customer_id": b, "details": { "name": "" } })
        }
        "set_customer_active" => json!({ "command_id": a, "customer_id": b, "active": false }),
        "set_setting" => json!({ "command_id": a, "key": "x", "level": "branch", "value": 1 }),
        other => about_an_order(other)
            .or_else(|| about_the_house(other))
            .or_else(|| about_the_till(other))
            .or_else(|| about_the_floor(other))
            .or_else(|| about_tickets(other))
            .unwrap_or_else(|| panic!("{other} is a new command: add a request for it here")),
    }
}

async fn a_request_that_makes_no_sense_is_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    for request in
        [json!(null), json!({}), json!({ "order_id": 7 }), json!({ "order_id": new_id(), "more": 1 })]
    {
        let answer = house.app.perform_by_name(&ana, "get_order", request).await.unwrap();
        let failure = answer.unwrap_err();
        assert_eq!(failure.code, FailureCode::BadRequest);
        assert!(failure.message.contains("no entendió"), "{}", failure.message);
    }
    assert!(house.app.perform_by_name(&ana, "get_rich", json!({})).await.is_none());
    house.close().await;
}
