//! Law: a store of the first program becomes one of this program, and nothing that it remembered is lost.
//!
//! The first tables are made and filled as that program filled them. Then this program opens them: every step
//! has run once, a verified backup was made before the first of them, every row is what it was, what a company
//! and a branch are born with is there, the old acts are in the audit chain, and service goes on. A step that
//! fails leaves the old store as it was.

use crate::house::{self, Engine, House, PATIENCE};
use crate::postgres::PrivateCluster;
use fastops_app::wire::{GetTerminal, JobState, LogIn, OrderView};
use fastops_app::{App, Caller, Database, Language, SystemClock};
use fastops_domain::ids::{BranchId, CompanyId};
use fastops_store::backup::{self, PostgresTools, Reason};
use fastops_store::custody::Custody;
use fastops_store::probe::{self, old};
use fastops_store::{OpenError, Store, StoreConfig, StoreError};
use fastops_store::{audit, numbering, payment, role, stock, variant};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

crate::journeys::on_both_engines!(
    a_store_of_the_first_program_is_brought_here_whole,
    a_step_that_fails_leaves_the_old_store_as_it_was,
);

/// What the first program left: one row of everything at least, and two where one would hide a mistake. `@7` is
/// an id, `@cocina` and `@bar` the addresses of printers, `@bytes` some bytes.
const ROWS: &str = include_str!("upgrade/first_rows.sql");

/// Columns of the first tables that are no more, and what they say now is checked one by one.
const GONE: [(&str, &str); 7] = [
    ("order_line", "tax_mode"),
    ("order_line", "tax_name"),
    ("order_line", "tax_rate_bp"),
    ("product", "tax_id"),
    ("station_printer", "position"),
    ("station_printer", "printer_id"),
    ("station_printer", "station_id"),
];

const COMPANY: u128 = 1;
const BRANCH: u128 = 2;
const OPEN_ORDER: u128 = 70;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn custody(folder: &Path) -> Custody {
    Custody {
        folder: folder.to_owned(),
        clock: Arc::new(SystemClock),
        new_id: house::new_id,
        tools: PostgresTools::default(),
    }
}

/// An old store: its folder, and where its database is.
async fn left_by_the_first_program(engine: Engine, printers: [&str; 2]) -> (TempDir, StoreConfig) {
    let folder = tempfile::tempdir().unwrap();
    let config = match engine {
        Engine::Sqlite => StoreConfig::Sqlite { path: folder.path().join("fastops.db") },
        Engine::Postgres => PrivateCluster::shared().empty().await,
    };
    old::make(&config, 1).await.unwrap();
    old::run(&config, &written(engine, printers)).await.unwrap();
    (folder, config)
}

/// The rows in the words of an engine.
fn written(engine: Engine, [cocina, bar]: [&str; 2]) -> String {
    let bytes = if engine == Engine::Sqlite { "x'c0ffee'" } else { "'\\xc0ffee'::bytea" };
    let rows = ROWS.replace("@cocina", cocina).replace("@bar", bar).replace("@bytes", bytes);
    let mut parts = rows.split('@');
    let mut written = parts.next().unwrap().to_owned();
    for part in parts {
        let digits = part.find(|letter: char| !letter.is_ascii_digit()).unwrap();
        let id = id(part[..digits].parse().unwrap());
        let literal = match engine {
            Engine::Sqlite => format!("x'{}'", id.simple()),
            Engine::Postgres => format!("'{id}'::uuid"),
        };
        written += &literal;
        written += &part[digits..];
    }
    written
}

/// Every table with its columns.
async fn tables(config: &StoreConfig) -> BTreeMap<String, Vec<String>> {
    let columns = old::texts(
        config,
        "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
         WHERE t.type = 'table' ORDER BY 1, 2",
        "SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns
         WHERE table_schema = 'public' ORDER BY 1, 2",
    );
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in columns.await.unwrap() {
        tables.entry(row[0].clone()).or_default().push(row[1].clone());
    }
    tables
}

/// Rows of a table, with these columns, sorted.
async fn rows(config: &StoreConfig, table: &str, columns: &[String]) -> Vec<Vec<String>> {
    let sqlite = format!("SELECT {} FROM {table}", columns.join(", "));
    let as_text: Vec<String> = columns.iter().map(|column| format!("{column}::TEXT")).collect();
    let postgres = format!("SELECT {} FROM {table}", as_text.join(", "));
    let mut rows = old::texts(config, &sqlite, &postgres).await.unwrap();
    rows.sort_unstable();
    rows
}

/// Everything that a database holds: its tables, and what is in them.
async fn everything(config: &StoreConfig) -> BTreeMap<String, (Vec<String>, Vec<Vec<String>>)> {
    let mut found = BTreeMap::new();
    for (table, columns) in tables(config).await {
        let rows = rows(config, &table, &columns).await;
        found.insert(table, (columns, rows));
    }
    found
}

async fn a_store_of_the_first_program_is_brought_here_whole(engine: Engine) {
    let printers = [house::instant_printer("Cocina").await, house::instant_printer("Bar").await];
    let addresses = printers.each_ref().map(|printer| format!("tcp://{}", printer.addr()));
    let (folder, config) = left_by_the_first_program(engine, addresses.each_ref().map(String::as_str)).await;
    let before = everything(&config).await;
    for (table, (_, rows)) in &before {
        assert!(!rows.is_empty(), "{table} holds nothing, and proves nothing");
    }

    let custody = custody(folder.path());
    Store::open_in_custody(&config, &custody).await.unwrap().close().await;
    let steps = rows(&config, "_sqlx_migrations", &["version".into(), "checksum".into()]).await;
    let mut numbers: Vec<usize> = steps.iter().map(|row| row[0].parse().unwrap()).collect();
    numbers.sort_unstable();
    let here = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite"));
    assert_eq!(numbers, (1..=here.unwrap().count()).collect::<Vec<_>>(), "every step, once");
    let made = backup::newest_verified(&custody.backups()).unwrap().expect("a backup from before");
    assert_eq!((made.manifest.reason, made.manifest.contents.schema_version), (Reason::BeforeMigration, 1));
    let kept = &made.manifest.contents.totals.rows;
    for (table, (_, rows)) in before.iter().filter(|(table, _)| kept.contains_key(*table)) {
        assert_eq!(kept[table], i64::try_from(rows.len()).unwrap(), "{table} in the backup");
    }

    compare(&config, &before).await;
    let store = Store::open_in_custody(&config, &custody).await.unwrap();
    born_complete(&store).await;
    store.close().await;
    assert_eq!(
        backup::backups(&custody.backups()).unwrap().len(),
        1,
        "the second time there is nothing to do"
    );
    compare(&config, &before).await;
    serve(folder, config, printers).await;
}

/// Every row is what it was, and what was said in another place is said there.
async fn compare(config: &StoreConfig, before: &BTreeMap<String, (Vec<String>, Vec<Vec<String>>)>) {
    let now = tables(config).await;
    let mut gone = Vec::new();
    for (table, (columns, was)) in before.iter().filter(|(table, _)| *table != "_sqlx_migrations") {
        let known = now.get(table).map(Vec::as_slice).unwrap_or_default();
        let (kept, lost): (Vec<_>, Vec<_>) =
            columns.iter().cloned().partition(|column| known.contains(column));
        gone.extend(lost.into_iter().map(|column| (table.as_str(), column)));
        if kept.is_empty() {
            continue;
        }
        let places: Vec<usize> =
            kept.iter().map(|column| columns.iter().position(|one| one == column).unwrap()).collect();
        let mut was: Vec<Vec<String>> =
            was.iter().map(|row| places.iter().map(|at| row[*at].clone()).collect()).collect();
        was.sort_unstable();
        assert_eq!(rows(config, table, &kept).await, was, "{table}");
    }
    assert_eq!(gone.iter().map(|(table, column)| (*table, column.as_str())).collect::<Vec<_>>(), GONE);

    let said = async |table: &str, columns: &[&str]| {
        rows(config, table, &columns.iter().map(|&column| column.to_owned()).collect::<Vec<_>>()).await
    };
    let of = |table: &str, columns: &[&str]| -> Vec<Vec<String>> {
        let (names, rows) = &before[table];
        let places: Vec<usize> =
            columns.iter().map(|column| names.iter().position(|name| name == column).unwrap()).collect();
        let mut of: Vec<Vec<String>> =
            rows.iter().map(|row| places.iter().map(|at| row[*at].clone()).collect()).collect();
        of.sort_unstable();
        of
    };
    assert_eq!(said("product_tax", &["product_id", "tax_id"]).await, of("product", &["id", "tax_id"]));
    let chain = ["station_id", "printer_id", "position"];
    assert_eq!(said("station_target", &chain).await, of("station_printer", &chain));
    let typed = of("order_line", &["id", "tax_name", "tax_rate_bp", "tax_mode"]);
    let taxes: Vec<(String, serde_json::Value)> = said("order_line", &["id", "taxes"])
        .await
        .into_iter()
        .map(|row| (row[0].clone(), serde_json::from_str(&row[1]).unwrap()))
        .collect();
    let wanted = typed.iter().map(|row| {
        let rate: i64 = row[2].parse().unwrap();
        (row[0].clone(), serde_json::json!([{ "name": row[1], "rate_bp": rate, "mode": row[3] }]))
    });
    assert_eq!(taxes, wanted.collect::<Vec<_>>());
    assert_eq!(said("order_line", &["current_order_id"]).await, of("order_line", &["order_id"]));
}

/// What a company and a branch are born with is there, and the acts of before are links of a whole chain.
async fn born_complete(store: &Store) {
    let found = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move {
            let (company, branch) = (CompanyId(id(COMPANY)), BranchId(id(BRANCH)));
            let roles = role::roles(tx, company).await?;
            assert_eq!(roles.len(), 5);
            assert!(roles.iter().all(|role| !role.permissions.is_empty()), "{roles:?}");
            assert_eq!(variant::sizes(tx, company).await?.len(), 3);
            assert_eq!(variant::colors(tx, company).await?.len(), 5);
            assert_eq!(payment::methods(tx, company).await?.len(), 3);
            assert_eq!(stock::locations(tx, branch).await?.len(), 1);
            let receipts = numbering::range(tx, branch, "receipt").await?.unwrap();
            assert_eq!(receipts.numbering.next, receipts.numbering.first);
            let head = audit::verify_chain(tx, branch).await?.unwrap();
            assert_eq!(head.seq, 3, "the old acts, and no other");
            Ok(())
        })
    });
    found.await.unwrap();
    let types = probe::count(store, "SELECT COUNT(*) FROM order_type").await.unwrap();
    assert_eq!(types, 4);
}

/// Orders are taken, the ones of before go on, and what waited for paper gets to it.
async fn serve(folder: TempDir, config: StoreConfig, printers: [fastops_printer_sim::Simulator; 2]) {
    let database = match config {
        StoreConfig::Sqlite { .. } => Database::Folder,
        StoreConfig::Postgres { url, .. } => Database::Url(url),
    };
    let mut app_config = house::config(folder.path(), database.clone(), &[]);
    app_config.demo = None;
    let app = App::start(app_config).await.unwrap();
    let terminal = app.perform(&Caller::default(), GetTerminal {}).await.unwrap();
    let rosa = terminal.users.iter().find(|user| user.name == "Rosa").unwrap();
    let log_in = LogIn { user_id: rosa.id, pin: "4444".into(), terminal_id: terminal.terminals[0].id };
    let answer = app.perform(&Caller::default(), log_in).await.unwrap();
    let rosa = Caller { session: Some(answer.session), language: Language::Es, ..Caller::default() };

    let house = House::over(app, printers.into(), terminal, (folder, database), &rosa).await;
    let of_before = house.order(&rosa, id(OPEN_ORDER)).await;
    assert_eq!((of_before.number, of_before.lines.len()), (7, 3));
    assert_eq!(of_before.total_minor, 2 * 1_900_000 + 1_200_000, "a line was taken back");
    house.until(&rosa, id(OPEN_ORDER), printed).await;
    assert_eq!(house.papers_of("cocina", 12).len(), 1, "the ticket that waited when the program was changed");

    let mut order = house.take_away(&[("201", 2), ("602", 1)]);
    order.customer = None;
    let taken = house.app.perform(&rosa, order).await.unwrap();
    assert_eq!(taken.number, 1, "the first of its kind");
    house.until(&rosa, taken.id, printed).await;
    for (station, number) in [("cocina", 13), ("bar", 6)] {
        assert_eq!(house.papers_of(station, number).len(), 1, "{station} goes on counting");
    }
    house.close().await;
}

fn printed(order: &OrderView) -> bool {
    order.tickets.iter().all(|ticket| ticket.job == JobState::Printed)
}

async fn a_step_that_fails_leaves_the_old_store_as_it_was(engine: Engine) {
    let nobody = ["tcp://127.0.0.1:1"; 2];
    let (folder, config) = left_by_the_first_program(engine, nobody).await;
    // A table of that name is made by the fourth step.
    old::run(&config, "CREATE TABLE cash_session (id INTEGER NOT NULL)").await.unwrap();
    let before = everything(&config).await;
    let custody = custody(folder.path());
    for _ in 0..2 {
        match Store::open_in_custody(&config, &custody).await {
            Err(OpenError::Migration(_) | OpenError::Database(_)) => {}
            Err(other) => panic!("{other:?}"),
            Ok(_) => panic!("a step that cannot be done was done"),
        }
        let after = everything(&config).await;
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        let changed: Vec<_> = before.iter().filter(|(table, held)| after[*table] != **held).collect();
        assert!(changed.is_empty(), "{changed:?}");
    }
    old::run(&config, "DROP TABLE cash_session").await.unwrap();
    let opening = Store::open_in_custody(&config, &custody);
    tokio::time::timeout(PATIENCE, opening).await.unwrap().unwrap().close().await;
}
