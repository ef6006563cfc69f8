//! Law: the rules that the tables keep hold whoever writes, however many at once.

use super::on_both_engines;
use super::world::{World, id};
use fastops_store::{Store, StoreError, probe};
use std::collections::BTreeSet;
use uuid::Uuid;

on_both_engines!(
    facts_have_triggers_that_refuse_every_change,
    refunds_never_exceed_the_payment,
    a_drawer_has_one_open_session,
    a_closed_session_takes_no_money,
    a_counted_session_stays_counted,
    details_leave_only_to_an_archive,
    an_open_order_stands_at_a_table_that_is_there,
);

/// Writes `@kind.n` of a statement as the literal of that id.
fn filled(store: &Store, template: &str) -> String {
    let mut parts = template.split('@');
    let mut statement = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(part.len());
        let (kind, n) = part[..end].split_once('.').unwrap();
        let id: Uuid = id(kind.parse().unwrap(), n.parse().unwrap());
        statement += &probe::literal(store, id);
        statement += &part[end..];
    }
    statement
}

/// Runs a statement as a unit of its own.
async fn run(store: &Store, template: &str) -> Result<u64, StoreError> {
    let statement = filled(store, template);
    store
        .write(move |tx| {
            let statement = statement.clone();
            Box::pin(async move { probe::execute(tx, &statement).await })
        })
        .await
}

fn assert_broken(result: &Result<u64, StoreError>, rule: &str) {
    assert!(matches!(result, Err(StoreError::RuleBroken { rule: broken }) if broken == rule), "{result:?}");
}

fn assert_fact(result: &Result<u64, StoreError>, table: &str) {
    assert!(matches!(result, Err(StoreError::AppendOnly { table: fact }) if fact == table), "{result:?}");
}

/// A world with an open order with a line, an open cash session, and a payment of 1000 into it.
async fn open(store: &Store) {
    World::open(store).await;
    for statement in [
        "INSERT INTO customer_order (id, branch_id, order_type, number, waiter_id, terminal_id, urgent, revision, opened_at)
         VALUES (@20.1, @2.1, 'dine_in', 1, @9.1, @8.1, FALSE, 1, 5)",
        "INSERT INTO order_line (id, order_id, current_order_id, product_id, name, quantity, price_minor, modifiers,
                                 taxes, course, revision, position, created_at, user_id)
         VALUES (@23.1, @20.1, @20.1, @11.1, 'Ajiaco', 1, 1000, '[]', '[]', 1, 1, 0, 5, @9.1)",
        SESSION,
        "INSERT INTO payment (id, branch_id, company_id, order_id, session_id, method, amount_minor, tip_minor, at,
                              user_id, terminal_id, command_id)
         VALUES (@50.1, @2.1, @1.1, @20.1, @51.1, 'cash', 900, 100, 6, @9.1, @8.1, @30.1)",
    ] {
        run(store, statement).await.unwrap();
    }
}

const SESSION: &str = "INSERT INTO cash_session (id, branch_id, terminal_id, number, business_day, opened_at, opened_by, float_minor)
     VALUES (@51.1, @2.1, @8.1, 1, 20260101, 5, @9.1, 0)";
const CLOSE: &str =
    "UPDATE cash_session SET closed_at = 9, closed_by = @9.1, counted_minor = 1000, expected_minor = 1000";

fn refund(n: u64, amount: i64) -> String {
    format!(
        "INSERT INTO refund (id, payment_id, session_id, amount_minor, reason, at, user_id, terminal_id, command_id)
         VALUES (@52.{n}, @50.1, @51.1, {amount}, 'frío', 7, @9.1, @8.1, @30.{n})"
    )
}

async fn refunds_never_exceed_the_payment(store: Store) {
    open(&store).await;
    assert_broken(&run(&store, &refund(1, 1001)).await, "refund_within_payment");
    // Ten give back 150 each at once; six fit into 1000.
    let tasks: Vec<_> = (2..12)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { run(&store, &refund(n, 150)).await })
        })
        .collect();
    let mut given = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => given += 1,
            refused => assert_broken(&refused, "refund_within_payment"),
        }
    }
    assert_eq!(given, 6);
    run(&store, &refund(20, 100)).await.unwrap();
    assert_broken(&run(&store, &refund(21, 1)).await, "refund_within_payment");
}

async fn a_drawer_has_one_open_session(store: Store) {
    World::open(&store).await;
    let tasks: Vec<_> = (1..6)
        .map(|n| {
            let (store, statement) = (store.clone(), SESSION.replace("@51.1", &format!("@51.{n}")));
            let statement = statement.replace("@8.1, 1,", &format!("@8.1, {n},"));
            tokio::spawn(async move { run(&store, &statement).await })
        })
        .collect();
    let mut opened = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => opened += 1,
            Err(StoreError::Conflict { table, .. }) => assert_eq!(table, "cash_session"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(opened, 1);
    run(&store, CLOSE).await.unwrap();
    run(&store, &SESSION.replace("@51.1", "@51.9").replace("@8.1, 1,", "@8.1, 9,")).await.unwrap();
}

async fn a_closed_session_takes_no_money(store: Store) {
    open(&store).await;
    run(&store, CLOSE).await.unwrap();
    assert_broken(&run(&store, &refund(1, 10)).await, "cash_session_is_open");
    let into =
        "INSERT INTO cash_move (id, session_id, direction, amount_minor, reason, at, user_id, command_id)
                VALUES (@53.1, @51.1, 'in', 10, 'cambio', 10, @9.1, @30.9)";
    assert_broken(&run(&store, into).await, "cash_session_is_open");
}

async fn a_counted_session_stays_counted(store: Store) {
    open(&store).await;
    let half = "UPDATE cash_session SET closed_at = 9";
    assert_broken(&run(&store, half).await, "cash_session_count");
    run(&store, CLOSE).await.unwrap();
    assert_fact(&run(&store, "UPDATE cash_session SET counted_minor = 1").await, "cash_session");
    assert_fact(&run(&store, "DELETE FROM cash_session").await, "cash_session");
}

/// Lines leave when their order is marked as archived; the order and its money stay.
async fn details_leave_only_to_an_archive(store: Store) {
    open(&store).await;
    assert_fact(&run(&store, "DELETE FROM order_line").await, "order_line");
    let archived = "INSERT INTO archived_year (branch_id, year, batch, orders, total_minor, at)
                    VALUES (@2.1, 2024, 1, 1, 1000, 99)";
    run(&store, archived).await.unwrap();
    let closed = "UPDATE customer_order SET closed_at = 9, business_day = 20241231,
                  net_minor = 900, tax_minor = 100, total_minor = 1000";
    run(&store, closed).await.unwrap();
    assert_fact(&run(&store, "DELETE FROM order_line").await, "order_line");
    run(&store, "UPDATE customer_order SET archived_year = 2024").await.unwrap();
    assert_eq!(run(&store, "DELETE FROM order_line").await.unwrap(), 1);
    assert_fact(&run(&store, "DELETE FROM payment").await, "payment");
    let order = run(&store, "DELETE FROM customer_order").await;
    assert!(matches!(order, Err(StoreError::Dangling(_))), "{order:?}");
}

/// Neither opened nor moved there; what was closed may stand at a table that is no more.
async fn an_open_order_stands_at_a_table_that_is_there(store: Store) {
    open(&store).await;
    let opened = |n: u32, closed: &str| {
        format!(
            "INSERT INTO customer_order (id, branch_id, order_type, number, table_id, waiter_id, terminal_id, urgent,
                                         revision, opened_at, closed_at, business_day, net_minor, tax_minor, total_minor)
             VALUES (@20.{n}, @2.1, 'dine_in', {n}, @10.1, @9.1, @8.1, FALSE, 1, 5, {closed})"
        )
    };
    let still_open = "NULL, NULL, NULL, NULL, NULL";
    run(&store, &opened(2, still_open)).await.unwrap();
    for table in ["dining_table", "room"] {
        run(&store, &format!("UPDATE {table} SET active = FALSE")).await.unwrap();
        assert_broken(&run(&store, &opened(3, still_open)).await, "customer_order_at_a_table");
        let moved = "UPDATE customer_order SET table_id = @10.1 WHERE id = @20.1";
        assert_broken(&run(&store, moved).await, "customer_order_at_a_table");
        run(&store, &format!("UPDATE {table} SET active = TRUE")).await.unwrap();
    }
    run(&store, "UPDATE dining_table SET active = FALSE").await.unwrap();
    run(&store, &opened(4, "9, 20260101, 900, 100, 1000")).await.unwrap();
}

/// Tables of which no row is ever changed, and those of which none is ever deleted.
async fn facts_have_triggers_that_refuse_every_change(store: Store) {
    const FACTS: [&str; 16] = [
        "archived_year",
        "audit_log",
        "cash_move",
        "cash_session",
        "order_event",
        "order_line",
        "order_line_fire",
        "order_line_move",
        "order_line_void",
        "order_tax",
        "payment",
        "receipt",
        "refund",
        "stock_level",
        "stock_move",
        "audit_log_unchained",
    ];
    let guarded = probe::texts(
        &store,
        "SELECT tbl_name, CASE WHEN sql LIKE '%BEFORE DELETE%' THEN 'delete' ELSE 'update' END FROM sqlite_schema
         WHERE type = 'trigger' AND (sql LIKE '%append-only%' OR name IN ('stock_level_follows_moves', 'archived_year_grows'))",
        "SELECT event_object_table::TEXT, lower(event_manipulation::TEXT) FROM information_schema.triggers
         WHERE action_statement LIKE '%refuse_change%' OR action_statement LIKE '%refuse_unless_archived%'
            OR action_statement LIKE '%refuse_unless_line_archived%'
            OR trigger_name IN ('stock_level_follows_moves', 'archived_year_grows')",
    )
    .await
    .unwrap();
    let guarded: BTreeSet<(String, String)> =
        guarded.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    // The first audit log is gone once its rows are in the chain.
    let there: BTreeSet<String> =
        probe::columns(&store).await.unwrap().into_iter().map(|(table, ..)| table).collect();
    let facts = FACTS.iter().filter(|table| there.contains(**table));
    let wanted: BTreeSet<(String, String)> = facts
        .flat_map(|table| ["update", "delete"].map(|change| ((*table).to_owned(), change.to_owned())))
        .collect();
    assert_eq!(guarded, wanted);
}
