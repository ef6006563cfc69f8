//! `docs/data-model.md` is drawn from the tables themselves, so that it cannot say what is not there.
//!
//! `UPDATE_DATA_MODEL=1 cargo test -p fastops-tests data_model` writes it again. A table that no area
//! claims fails the test: whoever adds one says where it belongs.

use fastops_store::{Store, StoreConfig, probe};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

/// A part of the data model: its title, what it is about, and its tables.
struct Area(&'static str, &'static str, &'static str);

const AREAS: [Area; 9] = [
    Area(
        "Company and people",
        "A company owns branches, a catalogue and people; a branch owns terminals. A person has one of the \
         company's roles, a role has permissions. Wrong PINs are counted per person and terminal.",
        "company branch terminal role role_permission app_user pin_failure session customer",
    ),
    Area(
        "Settings",
        "What a company decides: how the four ways of eating are called, how guests pay, and settings of the \
         company, of a branch or of one terminal, of which the nearest counts.",
        "order_type payment_method setting receipt_logo",
    ),
    Area("Floor", "Rooms and their tables, in units of the floor plan's grid.", "room dining_table"),
    Area(
        "Catalogue",
        "Products in categories, with their pictures, taxes in order, questions, variants, barcodes and combos. Where a \
         row may mean a product or one variant of it, `item_id` is the one that is meant. Price lists replace \
         prices for a branch, for some hours or for a time. Favourites are what a branch wants in reach first. Availability is what \
         somebody said is left of a product, a countdown what is left of that.",
        "tax category product product_photo product_tax size color variant barcode modifier_group modifier \
         product_modifier_group combo_slot combo_choice price_list price_list_hours price_list_item favourite \
         availability countdown",
    ),
    Area(
        "Stations and printing",
        "A category or a product is made at a station; a station's targets are tried in order. A closed station keeps \
         its row, since tickets name it, and its `successor_id` makes what it made. A ticket is what a station is told, a print job the work of getting it on paper once, an attempt one try. What is finished \
         moves to the tables of what was, so that lanes stay short. A `printer` is a device: its address says whether \
         it is a printer, a kitchen screen, a folder or a mailbox. It is driven by one core at a time; it may belong \
         to computers, the owner first. What people chose for the engine, and the printers that they took out of use, \
         outlive a restart.",
        "station printer computer printer_owner printer_lease station_target mail_server kitchen_screen category_station \
         product_station ticket ticket_number print_job print_attempt print_job_past print_attempt_past engine_choice \
         printer_out turbo_word",
    ),
    Area(
        "Orders",
        "Lines are facts: they are added, fired, voided, moved and taken apart, never changed otherwise. A piece names the line that its \
         units were taken off (`piece_of_id`), and how many that had until then (`piece_of_units`). A line that is `held` is told to its \
         station when it is fired, by a ticket of the order in which it stands then. What an order comes to is posted \
         when it is closed, which it is only when nothing in it is held. `current_order_id` is where a line stands after \
         its moves. How whoever ordered is reached, what was promised and who handed it over may change while it is open; so may `division`, how its bill is divided into \
         parts, and `served_as`, what it became since it was taken as its `order_type`, in whose row its number stands. \
         `price_list` says of a line why its price was not the ordinary one. A `cart` is what was typed at a machine of a \
         terminal for an order and not sent, in its own words.",
        "cart customer_order order_number order_line order_line_fire order_line_void order_line_move order_event order_tax archived_year",
    ),
    Area(
        "Money",
        "Payments and refunds are facts; refunds never exceed their payment. A drawer has at most one open \
         session, and a session that was counted takes no more money. Papers draw their numbers from ranges.",
        "cash_session cash_move payment refund numbering_range receipt",
    ),
    Area(
        "Stock",
        "A ledger of moves. The database adds each move to its level, refuses one that leaves less than must \
         stay, and refuses every other way to change a level. A branch is never without its default location. \
         A line takes itself out (`sale`) and what it is made of (`recipe`), as far as they are counted. Taken \
         back, it gives both back (`void`); what its station may have made by then is thrown away (`waste`). What \
         a count found beyond what was expected when it was entered becomes a move; a transfer is one move out \
         and, of what arrives, one move in.",
        "location stock_move stock_level recipe stock_count stock_count_line transfer transfer_line",
    ),
    Area(
        "What the house keeps of itself",
        "The identity of the database, the audit log as a chain of hashes with its head, the answers of commands \
         so that none happens twice, messages to and from other branches, alerts, and the stamps by which a \
         cache learns of a change.",
        "store_identity audit_log audit_head answered_command outbox outbox_head inbox alert change_stamp",
    ),
];

const HEAD: &str = "# Data model

Everything that a branch remembers, drawn from the tables of a fresh database; both engines have the same
tables, columns and references. Do not edit: `UPDATE_DATA_MODEL=1 cargo test -p fastops-tests data_model`
writes this file again.

Times are milliseconds since 1970 UTC, days are yyyymmdd, money is whole minor units, quantities are
thousandths of a unit, ids are UUIDv7. `optional` marks what may be empty. A reference to a table of another
area is drawn without that table's columns.
";

/// A column: its name, its type, and whether it may be empty.
type Columns = BTreeMap<String, Vec<(String, String, bool)>>;

/// References: table, the columns that point, the table that they point at.
type References = BTreeSet<(String, String, String)>;

async fn columns(store: &Store) -> Columns {
    let rows = probe::texts(
        store,
        "SELECT t.name, c.name, lower(c.type), CASE c.\"notnull\" WHEN 1 THEN '' ELSE 'optional' END
         FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND t.name NOT LIKE '\\_%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%'
         ORDER BY t.name, c.cid",
        "SELECT NULL::TEXT WHERE FALSE",
    )
    .await
    .unwrap();
    let mut columns = Columns::new();
    for row in rows {
        let [table, column, kind, optional] = <[String; 4]>::try_from(row).unwrap();
        columns.entry(table).or_default().push((column, kind, !optional.is_empty()));
    }
    columns
}

async fn references(store: &Store) -> References {
    let rows = probe::texts(
        store,
        "SELECT t.name, group_concat(f.\"from\", ', '), f.\"table\"
         FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f
         WHERE t.type = 'table' GROUP BY t.name, f.id",
        "SELECT conrelid::regclass::TEXT,
                (SELECT string_agg(attname, ', ' ORDER BY array_position(conkey, attnum))
                 FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)),
                confrelid::regclass::TEXT
         FROM pg_constraint WHERE contype = 'f'",
    )
    .await
    .unwrap();
    rows.into_iter().map(|row| <[String; 3]>::try_from(row).unwrap().into()).collect()
}

fn document(columns: &Columns, references: &References) -> String {
    let mut text = HEAD.to_owned();
    for Area(title, about, tables) in &AREAS {
        let tables: Vec<&str> = tables.split_whitespace().collect();
        write!(text, "\n## {title}\n\n{about}\n\n```mermaid\nerDiagram\n").unwrap();
        for table in &tables {
            writeln!(text, "    {table} {{").unwrap();
            for (column, kind, optional) in &columns[*table] {
                let mark = if *optional { " \"optional\"" } else { "" };
                writeln!(text, "        {kind} {column}{mark}").unwrap();
            }
            text += "    }\n";
        }
        for (from, by, to) in references.iter().filter(|(from, ..)| tables.contains(&from.as_str())) {
            writeln!(text, "    {to} ||--o{{ {from} : \"{by}\"").unwrap();
        }
        text += "```\n";
    }
    text
}

async fn fresh_file(folder: &tempfile::TempDir) -> Store {
    Store::open(&StoreConfig::Sqlite { path: folder.path().join("fastops.db") }).await.unwrap()
}

#[tokio::test]
async fn the_data_model_is_what_the_tables_are() {
    let folder = tempfile::tempdir().unwrap();
    let store = fresh_file(&folder).await;
    let mut columns = columns(&store).await;
    // Rows of the first audit log pass through here on their way into the chain.
    columns.remove("audit_log_unchained");
    let references = references(&store).await;
    store.close().await;
    let claimed: Vec<&str> = AREAS.iter().flat_map(|Area(.., tables)| tables.split_whitespace()).collect();
    let distinct: BTreeSet<&str> = claimed.iter().copied().collect();
    assert_eq!(distinct.len(), claimed.len(), "a table belongs to one area");
    assert_eq!(distinct, columns.keys().map(String::as_str).collect(), "each table belongs to an area");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/data-model.md");
    let text = document(&columns, &references);
    if std::env::var_os("UPDATE_DATA_MODEL").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    // A checkout on Windows may have turned the line ends.
    let found = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        found == text,
        "docs/data-model.md is stale: run `UPDATE_DATA_MODEL=1 cargo test -p fastops-tests data_model`"
    );
}

#[tokio::test]
async fn both_engines_have_the_same_references() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = fresh_file(&folder).await;
    let postgres = Store::open(&crate::postgres::PrivateCluster::shared().fresh().await).await.unwrap();
    let left = references(&sqlite).await;
    assert!(left.len() > 100, "{}", left.len());
    assert_eq!(left, references(&postgres).await);
    sqlite.close().await;
    postgres.close().await;
}
