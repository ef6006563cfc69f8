//! Orders of long ago lie in the file of their year, whole; reports read every order once, wherever it lies;
//! money and the audit chain stay.

use super::history::{Place, branch, in_a_house};
use fastops_domain::ids::BranchId;
use fastops_domain::time::Time;
use fastops_store::archive::{Archive, ArchiveError, OrderDetail, ProductSales, Retention};
use fastops_store::{Store, StoreConfig, StoreError, audit, probe};
use std::collections::BTreeSet;
use std::path::PathBuf;

in_a_house!(
    reports_say_the_same_before_and_after,
    a_move_that_is_cut_off_in_the_middle_loses_and_doubles_nothing,
    what_changed_after_it_was_copied_stays,
    a_file_that_is_gone_is_no_silence,
    every_column_of_a_detail_moves,
    a_file_of_an_earlier_program_is_gone_on_with,
    papers_about_an_order_move_with_it,
    papers_about_no_order_move_to_the_file_of_their_year,
    facts_leave_by_the_archive_alone,
    a_part_knows_its_combo_in_the_file_of_its_year,
);

const EVER: (i64, i64) = (20_240_101, 20_251_231);
const LATER: Time = Time(1_800_000_000_000);

/// Orders of a house, and where the old ones go.
struct House {
    place: Place,
    store: Store,
    archive: Archive,
    branch: BranchId,
}

/// What must never change: every report, and every table that is not moved.
#[derive(Debug, PartialEq)]
struct Truth {
    sales: Vec<ProductSales>,
    orders: Vec<OrderDetail>,
    kept: Vec<Vec<String>>,
}

const KEPT: [&str; 9] = [
    "payment",
    "refund",
    "receipt",
    "cash_session",
    "cash_move",
    "order_tax",
    "stock_move",
    "stock_level",
    "audit_log",
];

impl House {
    async fn new(place: Place) -> Self {
        place.seed(600, 5, 1).await;
        let store = place.open().await;
        let archive = Archive::beside(&place.config.folder);
        let branch = branch(&store).await;
        Self { place, store, archive, branch }
    }

    fn all(&self) -> Retention {
        Retention { branch: self.branch, closed_before: LATER }
    }

    async fn truth(&self) -> Truth {
        let mut kept = Vec::new();
        for table in KEPT {
            kept.push(probe::content(&self.store, table).await.unwrap());
        }
        let sales = self.archive.sales(&self.store, self.branch, EVER).await.unwrap();
        let orders = self.archive.orders_between(&self.store, self.branch, EVER).await.unwrap();
        Truth { sales, orders, kept }
    }

    async fn move_all(&self) -> usize {
        while self.tidy().await > 0 {}
        let mut moved = 0;
        loop {
            match self.archive.step(&self.store, self.all(), LATER).await.unwrap() {
                0 => return moved,
                count => moved += count,
            }
        }
    }

    /// Finished jobs leave the lanes' table.
    async fn tidy(&self) -> usize {
        let branch = self.branch;
        let tidying = self.store.write::<_, StoreError, _>(move |tx| {
            Box::pin(fastops_store::job::move_finished(tx, branch, LATER, 100))
        });
        tidying.await.unwrap()
    }

    /// Moves papers about no order, and says how many.
    async fn move_papers(&self) -> usize {
        let mut moved = 0;
        loop {
            match self.archive.papers_step(&self.store, self.all()).await.unwrap() {
                0 => return moved,
                count => moved += count,
            }
        }
    }

    async fn run(&self, statement: &str) -> u64 {
        let statement = statement.to_owned();
        let running = self.store.write::<_, StoreError, _>(move |tx| {
            let statement = statement.clone();
            Box::pin(async move { probe::execute(tx, &statement).await })
        });
        running.await.unwrap()
    }

    async fn count(&self, question: &'static str) -> i64 {
        probe::count(&self.store, question).await.unwrap()
    }
}

async fn reports_say_the_same_before_and_after(place: Place) {
    let house = House::new(place).await;
    let before = house.truth().await;
    assert_eq!(before.orders.len(), 600);
    assert!(before.orders.iter().all(|order| !order.lines.is_empty()));
    assert_eq!(house.archive.due(&house.store, house.all()).await.unwrap(), 600);
    house.archive.step(&house.store, house.all(), LATER).await.unwrap();
    assert_eq!(before, house.truth().await, "after one batch");
    house.move_all().await;
    assert_eq!(before, house.truth().await, "after all of them");
    assert_eq!(house.archive.due(&house.store, house.all()).await.unwrap(), 0);
    for year in [2024, 2025] {
        assert!(house.archive.file(house.branch, year).exists(), "{year}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM archived_year").await, 2);
    // What is open stays, with all its details, and so does every order's own row.
    assert_eq!(house.count("SELECT COUNT(*) FROM customer_order").await, 601);
    assert_eq!(house.count("SELECT COUNT(DISTINCT current_order_id) FROM order_line").await, 1);
    assert_eq!(house.count("SELECT COUNT(DISTINCT order_id) FROM print_job_past").await, 1);
    let chain = house.store.read::<_, StoreError, _>({
        let branch = house.branch;
        move |tx| Box::pin(audit::verify_chain(tx, branch))
    });
    assert!(chain.await.unwrap().is_ok());
    house.store.close().await;
}

async fn a_move_that_is_cut_off_in_the_middle_loses_and_doubles_nothing(place: Place) {
    let house = House::new(place).await;
    let before = house.truth().await;
    // The program ends between the two halves, twice; the file holds what the store holds too.
    for _ in 0..2 {
        let batch = house.archive.copy(&house.store, house.all()).await.unwrap().unwrap();
        assert!(batch.orders() > 0);
        drop(batch);
        assert_eq!(before, house.truth().await);
    }
    house.archive.step(&house.store, house.all(), LATER).await.unwrap();
    let batch = house.archive.copy(&house.store, house.all()).await.unwrap().unwrap();
    assert_eq!(before, house.truth().await, "cut off in a later batch");
    house.archive.remove(&house.store, &batch, LATER).await.unwrap();
    // The same half once more, as after an answer that was lost.
    let twice = house.archive.remove(&house.store, &batch, LATER).await;
    assert!(matches!(twice, Err(ArchiveError::Store(StoreError::Stale { .. }))), "{twice:?}");
    house.move_all().await;
    assert_eq!(before, house.truth().await);
    house.store.close().await;
}

async fn what_changed_after_it_was_copied_stays(place: Place) {
    let house = House::new(place).await;
    let batch = house.archive.copy(&house.store, house.all()).await.unwrap().unwrap();
    let added = house.store.write::<_, StoreError, _>(|tx| {
        Box::pin(probe::execute(
            tx,
            "INSERT INTO print_attempt_past (job_id, number, printer_id, began_at)
             SELECT id, 99, printer_id, 1 FROM print_job_past ORDER BY created_at, id LIMIT 1",
        ))
    });
    assert_eq!(added.await.unwrap(), 1);
    let lines = house.count("SELECT COUNT(*) FROM order_line").await;
    let refused = house.archive.remove(&house.store, &batch, LATER).await;
    assert!(matches!(refused, Err(ArchiveError::Store(StoreError::Stale { .. }))), "{refused:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM order_line").await, lines);
    assert_eq!(house.count("SELECT COUNT(*) FROM archived_year").await, 0);
    assert_eq!(house.move_all().await, 600, "with what was added");
    house.store.close().await;
}

async fn a_file_that_is_gone_is_no_silence(place: Place) {
    let house = House::new(place).await;
    house.move_all().await;
    let file = house.archive.file(house.branch, 2024);
    let aside = file.with_extension("aside");
    std::fs::rename(&file, &aside).unwrap();
    let answer = house.archive.sales(&house.store, house.branch, EVER).await;
    assert!(matches!(answer, Err(ArchiveError::Incomplete { .. })), "{answer:?}");
    let of_2025 = house.archive.sales(&house.store, house.branch, (20_250_101, 20_251_231)).await.unwrap();
    assert!(!of_2025.is_empty(), "another year does not need it");
    std::fs::rename(&aside, &file).unwrap();
    assert!(house.archive.sales(&house.store, house.branch, EVER).await.is_ok());
    house.store.close().await;
}

async fn every_column_of_a_detail_moves(place: Place) {
    let store = place.open().await;
    let moved: BTreeSet<(String, String)> =
        probe::archived_columns().into_iter().map(|(table, column)| (table.into(), column.into())).collect();
    let tables: BTreeSet<&String> = moved.iter().map(|(table, _)| table).collect();
    // Who works on a job now, and where the order's details are, mean nothing in a file.
    let stays = ["lease_token", "lease_until", "archived_year"];
    let there: BTreeSet<(String, String)> = probe::columns(&store)
        .await
        .unwrap()
        .into_iter()
        .filter(|(table, column, _)| tables.contains(table) && !stays.contains(&column.as_str()))
        .map(|(table, column, _)| (table, column))
        .collect();
    assert_eq!(moved, there);
    store.close().await;
}

async fn a_file_of_an_earlier_program_is_gone_on_with(place: Place) {
    let house = House::new(place).await;
    let before = house.truth().await;
    house.archive.step(&house.store, house.all(), LATER).await.unwrap();
    let file = StoreConfig::Sqlite { path: house.archive.file(house.branch, 2024) };
    let without = "ALTER TABLE print_job DROP COLUMN kind; ALTER TABLE print_job DROP COLUMN document";
    probe::old::run(&file, without).await.unwrap();
    house.move_all().await;
    assert_eq!(before, house.truth().await);
    house.store.close().await;
}

async fn papers_about_an_order_move_with_it(place: Place) {
    let house = House::new(place).await;
    let paper = |state| {
        format!(
            "INSERT INTO print_job (id, order_id, printer_id, priority, rank, revision, copy, state, attempts,
                                    possible_duplicate, not_before, created_at, kind, document)
             SELECT customer_order.id, customer_order.id, printer.id, 'urgent', 1, 1, 0, '{state}', 1, FALSE, 1, 1,
                    'drawer', '{{\"paper\":\"drawer\"}}'
             FROM customer_order, printer WHERE customer_order.id = (
                 SELECT id FROM customer_order WHERE closed_at IS NOT NULL ORDER BY closed_at, id LIMIT 1)
             ORDER BY printer.id LIMIT 1"
        )
    };
    assert_eq!(house.run(&paper("uncertain")).await, 1);
    assert_eq!(house.move_all().await, 599, "a person is asked about it");
    house.run("UPDATE print_job SET state = 'printed', settled_at = 1 WHERE document IS NOT NULL").await;
    assert_eq!(house.move_all().await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM print_job_ever WHERE document IS NOT NULL").await, 0);
    house.store.close().await;
}

/// A finished paper of 2024 about no order, whose id is that of the `n`-th printer.
fn alone(n: u32, kind: &str, state: &str) -> String {
    format!(
        "INSERT INTO print_job (id, printer_id, priority, rank, revision, copy, state, attempts, possible_duplicate,
                                not_before, created_at, settled_at, kind, document)
         SELECT id, id, 'urgent', 1, 1, 0, '{state}', 1, FALSE, 1, 1720000000000, 1720000000000, '{kind}',
                '{{\"paper\":\"drawer\"}}'
         FROM printer ORDER BY id LIMIT 1 OFFSET {n}"
    )
}

/// The papers in a year's file, by kind, and their attempts.
async fn papers_in(path: PathBuf) -> (Vec<String>, String) {
    let file = StoreConfig::Sqlite { path };
    let texts = async |question: &str| probe::old::texts(&file, question, "").await.unwrap().concat();
    let kinds =
        texts("SELECT kind FROM paper WHERE state = 'printed' AND document <> '' ORDER BY kind").await;
    (kinds, texts("SELECT COUNT(*) FROM paper_attempt").await.concat())
}

async fn papers_about_no_order_move_to_the_file_of_their_year(place: Place) {
    let house = House::new(place).await;
    let file = house.archive.file(house.branch, 2024);
    let before = house.truth().await;
    let try_it = "INSERT INTO print_attempt (job_id, number, printer_id, began_at)
                  SELECT id, 1, id, 1 FROM printer ORDER BY id LIMIT 1";
    for statement in [
        &alone(0, "drawer", "printed"),
        try_it,
        &alone(1, "catch_up", "printed"),
        &alone(2, "drawer", "failed"),
    ] {
        assert_eq!(house.run(statement).await, 1);
    }
    assert_eq!(
        house.archive.papers_step(&house.store, house.all()).await.unwrap(),
        0,
        "they are in the lanes' table"
    );
    assert_eq!(house.move_all().await, 600);
    let on_slip = "UPDATE print_job_past SET slip_id = (SELECT id FROM printer ORDER BY id LIMIT 1 OFFSET 1)
                   WHERE order_id IS NOT NULL";
    assert!(house.run(on_slip).await > 0, "tickets of the order that is open");
    let early = Retention { closed_before: Time(1_720_000_000_000), ..house.all() };
    assert_eq!(house.archive.papers_step(&house.store, early).await.unwrap(), 0, "it is not old enough");
    assert_eq!(house.move_papers().await, 1, "a slip stays while a ticket of it is here");
    assert_eq!(papers_in(file.clone()).await, (vec!["drawer".into()], "1".into()));

    // As after a backup was restored: what is here once more lies in the file once.
    for statement in [&alone(0, "drawer", "printed"), try_it] {
        assert_eq!(house.run(statement).await, 1);
    }
    while house.tidy().await > 0 {}
    assert!(house.run("UPDATE print_job_past SET slip_id = NULL WHERE slip_id IS NOT NULL").await > 0);
    assert_eq!(house.move_papers().await, 2);
    assert_eq!(papers_in(file).await, (vec!["catch_up".into(), "drawer".into()], "1".into()));
    assert_eq!(
        house.count("SELECT COUNT(*) FROM print_job_ever WHERE order_id IS NULL").await,
        1,
        "what failed"
    );
    assert_eq!(before, house.truth().await, "reports know nothing of them");
    house.store.close().await;
}

async fn a_part_knows_its_combo_in_the_file_of_its_year(place: Place) {
    let house = House::new(place).await;
    let part = "INSERT INTO order_line (id, order_id, current_order_id, product_id, name, quantity, price_minor, modifiers,
                                        taxes, course, revision, position, created_at, user_id, held, combo_line_id)
                SELECT (SELECT id FROM printer ORDER BY id LIMIT 1), line.order_id, current_order_id, product_id,
                       'Limonada', quantity, 0, modifiers, taxes, course, line.revision, 99, created_at, user_id, held,
                       line.id
                FROM order_line AS line JOIN customer_order ON customer_order.id = current_order_id
                WHERE closed_at IS NOT NULL ORDER BY closed_at, line.id LIMIT 1";
    assert_eq!(house.run(part).await, 1);
    let before = house.truth().await;
    assert_eq!(house.move_all().await, 600);
    assert_eq!(before, house.truth().await);
    assert_eq!(house.count("SELECT COUNT(*) FROM order_line WHERE combo_line_id IS NOT NULL").await, 0);
    let file = StoreConfig::Sqlite { path: house.archive.file(house.branch, 2024) };
    let whole =
        "SELECT COUNT(*) FROM order_line AS part JOIN order_line AS combo ON combo.id = part.combo_line_id
                 WHERE part.name = 'Limonada' AND combo.current_order_id = part.current_order_id";
    let found = probe::old::texts(&file, whole, "").await.unwrap();
    assert_eq!(found.concat().concat(), "1");
    house.store.close().await;
}

async fn facts_leave_by_the_archive_alone(place: Place) {
    let house = House::new(place).await;
    house.archive.step(&house.store, house.all(), LATER).await.unwrap();
    for table in
        ["order_line", "order_line_void", "order_event", "payment", "receipt", "order_tax", "stock_move"]
    {
        let statement = format!("DELETE FROM {table}");
        let refused = house.store.write::<_, StoreError, _>(move |tx| {
            let statement = statement.clone();
            Box::pin(async move { probe::execute(tx, &statement).await })
        });
        let refused = refused.await;
        assert!(matches!(refused, Err(StoreError::AppendOnly { .. })), "{table}: {refused:?}");
    }
    for statement in [
        "UPDATE customer_order SET archived_year = NULL WHERE archived_year IS NOT NULL",
        "UPDATE customer_order SET archived_year = 2024 WHERE closed_at IS NULL",
        "UPDATE archived_year SET batch = batch + 2, orders = orders + 1",
        "DELETE FROM archived_year",
    ] {
        let refused =
            house.store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement)));
        assert!(refused.await.is_err(), "{statement}");
    }
    house.store.close().await;
    drop(house.place);
}
