//! What holds for orders that were taken holds for a history that was made, and the same seed makes the same.

use crate::postgres::PrivateCluster;
use fastops_app::history::{SeedPlan, SeedReport, seed_history};
use fastops_app::wire::FailureCode;
use fastops_app::{AppConfig, BusinessDay, Database, create_demo};
use fastops_domain::order::posting;
use fastops_store::order::close::posted;
use fastops_store::{Store, StoreConfig, StoreError, audit, company, order, probe};
use std::sync::Arc;
use tempfile::TempDir;

/// Makes a test of each law for each engine; a law gets the demonstration's house, which is closed.
macro_rules! in_a_house {
    ($($law:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $law() {
                super::$law(crate::laws::history::Place::sqlite().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test]
            async fn $law() {
                super::$law(crate::laws::history::Place::postgres().await).await;
            })+
        }
    };
}
pub(super) use in_a_house;

in_a_house!(
    a_made_history_keeps_every_law,
    the_same_seed_makes_the_same_and_another_does_not,
    a_history_that_does_not_fit_changes_nothing,
    a_core_starts_on_a_made_history,
    nothing_is_made_while_the_data_is_in_use,
);

/// A house that was never opened, with a little stock, on one engine.
pub(super) struct Place {
    folder: TempDir,
    pub(super) config: AppConfig,
}

impl Place {
    pub(super) async fn sqlite() -> Self {
        Self::new(Database::Folder).await
    }

    pub(super) async fn postgres() -> Self {
        let StoreConfig::Postgres { url, .. } = PrivateCluster::shared().fresh().await else {
            unreachable!()
        };
        Self::new(Database::Url(url)).await
    }

    async fn new(database: Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = AppConfig { database, ..AppConfig::new(folder.path()) };
        create_demo(&config).await.unwrap();
        let place = Self { folder, config };
        let store = place.open().await;
        for statement in [
            "UPDATE product SET tracks_stock = TRUE WHERE position < 2",
            "INSERT INTO recipe (item_id, product_id, ingredient_id, quantity_milli)
             SELECT dish.id, dish.id, bought.id, 250 FROM product AS dish JOIN product AS bought
             ON dish.short_code = '307' AND bought.short_code = '101'",
        ] {
            let changed =
                store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement))).await;
            assert!(changed.unwrap() > 0, "{statement}");
        }
        store.close().await;
        place
    }

    /// The same house, to the byte, in another place.
    async fn twin(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match &self.config.database {
            Database::Folder => {
                std::fs::copy(self.file(), folder.path().join("fastops.db")).unwrap();
                Database::Folder
            }
            Database::Url(url) => {
                let name = url.rsplit('/').next().unwrap();
                let twin = PrivateCluster::shared().create(&format!("TEMPLATE {name}")).await;
                let StoreConfig::Postgres { url, .. } = twin else { unreachable!() };
                Database::Url(url)
            }
        };
        let config = AppConfig { database, ..AppConfig::new(folder.path()) };
        Self { folder, config }
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("fastops.db")
    }

    pub(super) async fn open(&self) -> Store {
        let config = match &self.config.database {
            Database::Folder => StoreConfig::Sqlite { path: self.file() },
            Database::Url(url) => StoreConfig::Postgres { url: url.clone(), max_connections: 4 },
        };
        // A test changes what it likes: the seal of the closed file would call that damage.
        let _not_sealed = std::fs::remove_file(self.folder.path().join("store.json"));
        Store::open(&config).await.unwrap()
    }

    /// A history up to the first days of a year, so that it lies in two.
    pub(super) async fn seed(&self, orders: u32, seed: u64, open: u32) -> SeedReport {
        seed_history(&self.config, plan(orders, seed, open), Arc::new(|_, _| {})).await.unwrap()
    }
}

fn plan(orders: u32, seed: u64, open: u32) -> SeedPlan {
    SeedPlan { orders, seed, until: BusinessDay::from_ymd(20_250_103), open }
}

/// Questions whose answer is always nothing: each finds rows that break a law.
const NEVER: [(&str, &str); 15] = [
    ("an order is open", "SELECT COUNT(*) - 3 FROM customer_order WHERE closed_at IS NULL"),
    (
        "payments are not the total",
        "SELECT COUNT(*) FROM customer_order WHERE total_minor IS NOT NULL AND total_minor <>
         (SELECT COALESCE(SUM(amount_minor), 0) FROM payment WHERE order_id = customer_order.id)",
    ),
    (
        "an order's number is missing or not in turn",
        "SELECT COUNT(*) FROM (SELECT number, ROW_NUMBER() OVER (PARTITION BY order_type ORDER BY opened_at, number)
         AS turn FROM customer_order) AS numbered WHERE number <> turn",
    ),
    (
        "orders are counted wrong",
        "SELECT COUNT(*) FROM order_number WHERE last <>
         (SELECT MAX(number) FROM customer_order WHERE customer_order.order_type = order_number.order_type)",
    ),
    (
        "a ticket's number is missing or not in turn",
        "SELECT COUNT(*) FROM (SELECT number, ROW_NUMBER() OVER (PARTITION BY station_id ORDER BY created_at, number)
         AS turn FROM ticket) AS numbered WHERE number <> turn",
    ),
    (
        "tickets are counted wrong",
        "SELECT COUNT(*) FROM ticket_number WHERE last <>
         (SELECT MAX(number) FROM ticket WHERE ticket.station_id = ticket_number.station_id)",
    ),
    (
        "a receipt's number is missing or not in turn",
        "SELECT COUNT(*) FROM (SELECT number, ROW_NUMBER() OVER (ORDER BY at, number) AS turn FROM receipt)
         AS numbered WHERE number <> turn",
    ),
    (
        "receipts are counted wrong",
        "SELECT COUNT(*) FROM numbering_range WHERE next_number <> (SELECT MAX(number) + 1 FROM receipt)",
    ),
    (
        "a job is not over",
        "SELECT COUNT(*) FROM print_job_past WHERE state NOT IN ('printed', 'unconfirmed') OR settled_at IS NULL",
    ),
    (
        "a ticket was never printed",
        "SELECT COUNT(*) FROM ticket WHERE NOT EXISTS
         (SELECT 1 FROM print_job_past WHERE ticket_id = ticket.id AND copy = 0)",
    ),
    (
        "a job has other attempts than it counts",
        "SELECT COUNT(*) FROM print_job_past WHERE attempts <>
         (SELECT COUNT(*) FROM print_attempt_past WHERE job_id = print_job_past.id)",
    ),
    (
        "stock is not the sum of its moves, or below nothing",
        "SELECT COUNT(*) FROM stock_level WHERE on_hand_milli < 0 OR on_hand_milli <>
         (SELECT SUM(quantity_milli) FROM stock_move WHERE stock_move.item_id = stock_level.item_id)",
    ),
    (
        "a void has no act in the audit",
        "SELECT COUNT(*) FROM order_line_void WHERE NOT EXISTS
         (SELECT 1 FROM audit_log WHERE action = 'void_line' AND subject_id = line_id)",
    ),
    (
        "a drawer was not counted, or against the wrong sum",
        "SELECT COUNT(*) FROM cash_session WHERE closed_at IS NULL OR expected_minor <> float_minor
         + (SELECT COALESCE(SUM(amount_minor + tip_minor), 0) FROM payment
            WHERE session_id = cash_session.id AND method = 'cash')
         - (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE refund.session_id = cash_session.id)
         + (SELECT COALESCE(SUM(CASE direction WHEN 'in' THEN amount_minor ELSE -amount_minor END), 0)
            FROM cash_move WHERE cash_move.session_id = cash_session.id)",
    ),
    (
        "something was sold on a holiday",
        "SELECT COUNT(*) FROM customer_order WHERE business_day IN (20241224, 20241225, 20250101)",
    ),
];

/// Questions whose answer is never nothing: a history without these is not believable.
const ALWAYS: [&str; 12] = [
    "SELECT COUNT(*) FROM order_line_void",
    "SELECT COUNT(*) FROM order_line WHERE note IS NOT NULL",
    "SELECT COUNT(*) FROM order_line WHERE CAST(modifiers AS TEXT) <> '[]'",
    "SELECT COUNT(*) FROM ticket WHERE kind = 'change'",
    "SELECT COUNT(*) FROM print_job_past WHERE copy = 1",
    "SELECT COUNT(*) FROM print_job_past WHERE possible_duplicate",
    "SELECT COUNT(*) FROM payment WHERE tip_minor > 0",
    "SELECT COUNT(*) FROM payment WHERE method = 'card'",
    "SELECT COUNT(*) FROM payment GROUP BY order_id HAVING COUNT(*) > 1",
    "SELECT COUNT(*) FROM refund",
    "SELECT COUNT(*) FROM stock_move WHERE kind = 'recipe'",
    "SELECT COUNT(*) FROM order_event",
];

async fn a_made_history_keeps_every_law(place: Place) {
    let report = place.seed(1_200, 7, 3).await;
    assert_eq!(report.poured.orders, 1_203);
    assert!(!report.made_demo);
    let store = place.open().await;
    for (fault, question) in NEVER {
        assert_eq!(probe::count(&store, question).await.unwrap(), 0, "{fault}");
    }
    for question in ALWAYS {
        assert!(probe::count(&store, question).await.unwrap() > 0, "{question}");
    }
    let lines = probe::count(&store, "SELECT COUNT(*) FROM order_line").await.unwrap();
    assert!((2 * 1_203..4 * 1_203).contains(&lines), "{lines} lines");
    let branch = branch(&store).await;
    let chain =
        store.read::<_, StoreError, _>(move |tx| Box::pin(audit::verify_chain(tx, branch))).await.unwrap();
    assert!(chain.unwrap().seq > 10);
    figures_are_those_of_the_lines(&store).await;
    store.close().await;
}

/// P10, by the domain's own rule, for every order.
async fn figures_are_those_of_the_lines(store: &Store) {
    let branch = branch(store).await;
    let checked = store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let days = (20_240_101, 20_251_231);
            let mut checked = 0;
            for id in fastops_store::archive::closed_orders(tx, branch, days).await? {
                let lines = order::lines(tx, id).await?;
                let kept = posted(tx, id).await?.unwrap();
                assert_eq!(kept.posting, posting(&lines).unwrap());
                checked += 1;
            }
            Ok(checked)
        })
    });
    assert_eq!(checked.await.unwrap(), 1_200);
}

pub(super) async fn branch(store: &Store) -> fastops_domain::ids::BranchId {
    let found = store.read::<_, StoreError, _>(|tx| Box::pin(company::first_branch(tx))).await.unwrap();
    found.unwrap().1.id
}

/// Every table that a history writes.
const TABLES: [&str; 20] = [
    "cash_session",
    "customer_order",
    "order_line",
    "order_line_void",
    "order_event",
    "order_tax",
    "ticket",
    "print_job_past",
    "print_attempt_past",
    "payment",
    "refund",
    "cash_move",
    "receipt",
    "stock_move",
    "stock_level",
    "audit_log",
    "audit_head",
    "order_number",
    "ticket_number",
    "numbering_range",
];

async fn everything(place: &Place) -> Vec<Vec<String>> {
    let store = place.open().await;
    let mut all = Vec::new();
    for table in TABLES {
        all.push(probe::content(&store, table).await.unwrap());
    }
    store.close().await;
    all
}

async fn the_same_seed_makes_the_same_and_another_does_not(place: Place) {
    let (twin, other) = (place.twin().await, place.twin().await);
    place.seed(400, 11, 2).await;
    twin.seed(400, 11, 2).await;
    other.seed(400, 12, 2).await;
    let first = everything(&place).await;
    assert_eq!(first[1].len(), 402, "orders");
    assert_eq!(first, everything(&twin).await);
    assert_ne!(first, everything(&other).await);
}

async fn a_history_that_does_not_fit_changes_nothing(place: Place) {
    place.seed(300, 1, 0).await;
    let before = everything(&place).await;
    let again = seed_history(&place.config, plan(300, 2, 0), Arc::new(|_, _| {})).await.unwrap_err();
    assert_eq!(again.code, FailureCode::OutOfBounds, "{again}");
    assert_eq!(before, everything(&place).await);
    let later = SeedPlan { until: BusinessDay::from_ymd(20_250_302), ..plan(300, 2, 0) };
    let report = seed_history(&place.config, later, Arc::new(|_, _| {})).await.unwrap();
    assert!(report.first_day > BusinessDay::from_ymd(20_250_103).unwrap());
    let store = place.open().await;
    let branch = branch(&store).await;
    let chain =
        store.read::<_, StoreError, _>(move |tx| Box::pin(audit::verify_chain(tx, branch))).await.unwrap();
    assert!(chain.is_ok(), "the second history hangs on the first");
    store.close().await;
}

/// The file is another than the one that was closed, and this program made it so.
async fn a_core_starts_on_a_made_history(place: Place) {
    place.seed(200, 1, 3).await;
    let app = fastops_app::App::start(place.config.clone()).await.unwrap();
    app.stop().await;
}

async fn nothing_is_made_while_the_data_is_in_use(place: Place) {
    let config = AppConfig { language: fastops_app::Language::En, ..place.config.clone() };
    let running = fastops_app::App::start(config.clone()).await.unwrap();
    // A PostgreSQL database can be reached from another computer, whose folder has a lock of its own.
    let elsewhere = tempfile::tempdir().unwrap();
    let config = match &config.database {
        Database::Folder => config,
        Database::Url(_) => AppConfig { folder: elsewhere.path().into(), ..config },
    };
    let refused = seed_history(&config, plan(100, 1, 0), Arc::new(|_, _| {})).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::AlreadyRunning, "{refused}");
    running.stop().await;
    assert_eq!(place.seed(100, 1, 0).await.poured.orders, 100);
}
