//! Law: no statement looks at every row of a table that grows with the years. The engines say so themselves.

use super::on_both_engines;
use super::world::World;
use fastops_domain::job::Priority;
use fastops_store::{Store, StoreError, job, probe, ticket};
use std::collections::HashSet;

on_both_engines!(
    what_lanes_do_never_touches_what_was,
    no_statement_scans_what_grows_with_history,
    a_scan_would_be_found,
    a_lane_s_queue_is_read_in_the_order_of_an_index,
    a_long_queue_is_worked_without_a_scan,
    a_slow_statement_is_named_in_the_log,
);

/// Tables with a row for each thing that happens. All others are as large as the house.
const GROWING: [&str; 29] = [
    "answered_command",
    "archived_year",
    "audit_log",
    "cash_move",
    "cash_session",
    "customer",
    "customer_order",
    "inbox",
    "order_event",
    "order_line",
    "order_line_fire",
    "order_line_move",
    "order_line_void",
    "outbox",
    "payment",
    "print_attempt",
    "print_attempt_past",
    "print_job",
    "print_job_past",
    "receipt",
    "refund",
    "session",
    "stock_count",
    "stock_count_line",
    "stock_move",
    "ticket",
    "transfer",
    "transfer_line",
    "alert",
];

/// Indexes that hold only what is unfinished, so that all of one is as much as the house has to do.
const UNFINISHED: [&str; 11] = [
    "alert_open",
    "cash_session_open",
    "customer_order_open",
    "inbox_unapplied",
    "outbox_unsent",
    // What failed, until a person decides about it.
    "print_job_failed",
    "print_job_in_flight",
    "session_open",
    "print_job_lane",
    "print_job_uncertain",
    "ticket_to_make",
];

/// Columns of which the house has few values: what is found by these alone is a part of everything.
const OF_THE_HOUSE: [&str; 9] = [
    "branch_id",
    "company_id",
    "kind",
    "location_id",
    "order_type",
    "printer_id",
    "station_id",
    "state",
    "terminal_id",
];

/// Statements that may look at all rows, each with its reason.
const EXEMPT: [(&str, &str); 4] = [
    ("MARK", "a batch of the archive, at night; the server walks the index of what is still to move"),
    ("LAST_DRAWER", "the same, asked once for a made history"),
    ("LAST_ORDER", "asked once for a made history, while nobody is at work"),
    // SQLite takes the last entry of the index on (branch_id, number) and does not say so.
    ("OPEN", "the greatest number of a branch is the end of an index"),
];

/// The growing tables that a statement looks through from end to end.
async fn scans(store: &Store, statement: &'static str) -> Vec<String> {
    let plan = probe::plan(store, statement).await.unwrap_or_else(|error| panic!("{error:?}: {statement}"));
    scans_of(&plan, statement)
}

fn scans_of(plan: &probe::Plan, statement: &'static str) -> Vec<String> {
    // Tables that the statement does not name are those of foreign keys, which SQLite lists and does not read.
    let words: HashSet<&str> =
        statement.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    // A view stands for its tables.
    let ever = |table: &&&str| {
        ["print_job", "print_attempt"]
            .iter()
            .any(|name| table.starts_with(name) && words.contains(format!("{name}_ever").as_str()))
    };
    let table = |name: &str| {
        let named = |table: &&&str| {
            let of_view = format!("{}_ever AS {name}", table.trim_end_matches("_past"));
            name == **table
                || statement.contains(&format!("{table} AS {name}"))
                || statement.contains(&of_view)
        };
        GROWING
            .iter()
            .filter(|table| words.contains(*table) || ever(table))
            .find(named)
            .map(|table| (*table).to_owned())
    };
    plan.looks
        .iter()
        .filter(|look| look.by.iter().all(|column| OF_THE_HOUSE.contains(&column.as_str())))
        .filter(|look| !look.index.as_deref().is_some_and(|index| UNFINISHED.contains(&index)))
        .filter_map(|look| table(&look.table))
        .collect()
}

async fn no_statement_scans_what_grows_with_history(store: Store) {
    let tables = probe::columns(&store).await.unwrap();
    let missing: Vec<_> =
        GROWING.iter().filter(|table| tables.iter().all(|(name, ..)| name != *table)).collect();
    assert!(missing.is_empty(), "no such tables: {missing:?}");
    let statements = probe::statements(&store);
    assert!(statements.len() > 50);
    let mut found = Vec::new();
    for (name, statement) in statements {
        let tables = scans(&store, statement).await;
        if !tables.is_empty() && !EXEMPT.iter().any(|(exempt, _)| *exempt == name) {
            found.push(format!("{name} scans {tables:?}: {statement}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What lanes ask and write all day.
const OF_THE_LANES: [&str; 12] = [
    "HEAD",
    "LANE",
    "WAITING_COUNTS",
    "READY_PRINTERS",
    "ADVANCE",
    "INTERRUPTED",
    "RENEW",
    "REROUTE",
    "PLACES",
    "FAILED_COUNT",
    "OPEN_ATTEMPT",
    "CLOSE_ATTEMPT",
];

/// The speed of the queue does not depend on history: it never looks at it.
async fn what_lanes_do_never_touches_what_was(store: Store) {
    let statements = probe::statements(&store);
    let looks_back = async |name: &str| {
        let (_, statement) = statements.iter().find(|(known, _)| *known == name).unwrap();
        let plan = probe::plan(&store, statement).await.unwrap();
        plan.looks.iter().any(|look| look.table.ends_with("_past")) || statement.contains("_ever")
    };
    for name in OF_THE_LANES {
        assert!(!looks_back(name).await, "{name}");
    }
    assert!(looks_back("JOBS_OF_TICKET").await, "the control: readers of an order do look back");
}

fn named(store: &Store, name: &str) -> &'static str {
    let statements = probe::statements(store);
    statements.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name}")).1
}

/// The claim goes down an index that has its order, so that it costs the same however many wait.
async fn a_lane_s_queue_is_read_in_the_order_of_an_index(store: Store) {
    let plan = probe::plan(&store, named(&store, "HEADS")).await.unwrap();
    assert!(!plan.sorts, "{plan:?}");
    assert!(plan.looks.iter().any(|look| look.index.as_deref() == Some("print_job_lane")), "{plan:?}");
    let sorted = "SELECT id FROM print_job WHERE printer_id = $1 ORDER BY created_at";
    assert!(probe::plan(&store, sorted).await.unwrap().sorts, "the control");
}

/// What a lane asks and writes for each ticket or batch.
const FOR_A_TICKET: [&str; 8] = [
    "HEADS",
    "ADVANCE",
    "OPEN_ATTEMPT",
    "CLOSE_ATTEMPT",
    "BEGIN_AT_ONCE",
    "BEGUN",
    "SETTLE_AT_ONCE",
    "BEGIN_MANY",
];

/// However the engine plans by itself, with a queue that makes a scan dear: no statement of the way to paper reads it
/// from end to end.
async fn a_long_queue_is_worked_without_a_scan(store: Store) {
    let world = World::open(&store).await;
    let add = store.write::<_, StoreError, _>(move |tx| {
        let world = world.clone();
        Box::pin(async move {
            let mut tickets = Vec::new();
            for n in 0..500 {
                let order = world.add_order(tx, n + 1).await?;
                tickets.extend((1..=10).map(|nth| world.ticket(10 * n + nth, order, 0, 1)));
            }
            let jobs: Vec<_> =
                (1..).zip(&tickets).map(|(n, ticket)| world.job(n, ticket, Priority::Normal)).collect();
            ticket::insert_tickets(tx, &tickets).await?;
            job::insert_jobs(tx, &jobs).await?;
            let tried = "INSERT INTO print_attempt (job_id, number, printer_id, began_at, ended_at)
                         SELECT id, 1, printer_id, created_at, created_at FROM print_job";
            probe::execute(tx, tried).await?;
            probe::execute(tx, "ANALYZE").await
        })
    });
    add.await.unwrap();
    let known = probe::statements(&store);
    for name in FOR_A_TICKET {
        let Some((_, statement)) = known.iter().find(|(known, _)| *known == name) else { continue };
        let plan = probe::plan_as_it_comes(&store, statement).await.unwrap();
        let scans = scans_of(&plan, statement);
        assert!(scans.is_empty(), "{name} scans {scans:?}: {plan:?}");
    }
    let all = "SELECT note FROM customer_order JOIN ticket ON order_id = customer_order.id";
    assert!(!scans_of(&probe::plan_as_it_comes(&store, all).await.unwrap(), all).is_empty(), "the control");
}

/// The control: what the law looks for is what the engines report.
async fn a_scan_would_be_found(store: Store) {
    for (statement, expected) in [
        ("SELECT id FROM customer_order WHERE note = 'x'", &["customer_order"][..]),
        ("SELECT kind FROM ticket AS old WHERE kind = 'void'", &["ticket"]),
        ("SELECT id FROM ticket ORDER BY station_id, number", &["ticket"]),
        ("SELECT number FROM ticket WHERE station_id = $1 ORDER BY number", &["ticket"]),
        ("SELECT note FROM customer_order WHERE id = $1", &[]),
        ("SELECT id FROM customer_order WHERE branch_id = $1 AND closed_at IS NULL", &[]),
    ] {
        assert_eq!(scans(&store, statement).await, expected, "{statement}");
    }
}

/// A statement that takes longer than 100 ms is named in the log, on whichever thread it runs.
async fn a_slow_statement_is_named_in_the_log(store: Store) {
    let heard = crate::log::listen();
    store.read::<_, StoreError, _>(|tx| Box::pin(probe::a_slow_statement(tx))).await.unwrap();
    let named = |line: &String| line.contains("a statement was slow") && line.contains("STAMPS");
    assert!(heard.lines().iter().any(named), "{:?}", heard.lines());
}
