//! What tests of other kinds ask of a database beyond the store's door. SQL stands in the laws.

use crate::house::PATIENCE;
use fastops_domain::time::Time;
use fastops_store::{Store, StoreError, Tx, probe};

pub(crate) const ORDERS: &str = "SELECT id FROM customer_order";
/// Kinds of orders whose numbers have a gap or a twin.
pub(crate) const ODD_ORDER_NUMBERS: &str = "SELECT 1 FROM customer_order GROUP BY branch_id, order_type
     HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*) OR COUNT(DISTINCT number) <> COUNT(*)";
/// Stations whose tickets' numbers have a gap or a twin.
pub(crate) const ODD_TICKET_NUMBERS: &str = "SELECT 1 FROM ticket GROUP BY station_id
     HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*) OR COUNT(DISTINCT number) <> COUNT(*)";
pub(crate) const TICKETS_WITHOUT_JOB: &str =
    "SELECT 1 FROM ticket LEFT JOIN print_job ON ticket_id = ticket.id WHERE print_job.id IS NULL";
pub(crate) const ORDERS_WITHOUT_LINES: &str = "SELECT 1 FROM customer_order
     LEFT JOIN order_line ON order_id = customer_order.id WHERE order_line.id IS NULL";
pub(crate) const SETTINGS_SAID: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'set_setting'";
/// Acts of people who changed the picture on bills and receipts.
pub(crate) const VARIANTS_SAVED: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'save_variants'";
pub(crate) const PHOTOS_SET: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'set_product_photo'";
pub(crate) const LOGOS_SET: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'set_receipt_logo'";
pub(crate) const ROLES_CHANGED: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'change_role'";
/// Acts of people who changed who works here, and what is sold.
pub(crate) const PEOPLE_CHANGED: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'save_person'";
pub(crate) const MENU_CHANGES: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE action IN
     ('save_category', 'save_product', 'order_categories', 'order_products', 'save_modifier_group')";
pub(crate) const TAXES_CHANGED: &str =
    "SELECT COUNT(*) AS n FROM audit_log WHERE user_id IS NOT NULL AND action IN ('save_tax', 'remove_tax')";
pub(crate) const OPEN_SESSIONS: &str = "SELECT COUNT(*) FROM session WHERE closed_at IS NULL";
pub(crate) const VOIDS: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'void_line'";
/// Files of products that were imported, and the products that each made another or new.
pub(crate) const IMPORTS: &str =
    "SELECT COUNT(*) AS n FROM audit_log WHERE action = 'import_products' AND subject_kind = 'company'";
pub(crate) const IMPORTED_PRODUCTS: &str =
    "SELECT COUNT(*) AS n FROM audit_log WHERE action = 'import_products' AND subject_kind = 'product'";
/// Acts of people who changed what things cost for a while, and what is in reach first.
pub(crate) const PRICE_CHANGES: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE user_id IS NOT NULL AND
     action IN ('save_price_list', 'remove_price_list', 'schedule_price', 'set_favourite', 'order_favourites')";
/// Acts of people who arranged the floor, each with who, where and what.
pub(crate) const FLOOR_CHANGES: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE user_id IS NOT NULL AND
     action IN ('save_room', 'order_rooms', 'save_table', 'save_tables', 'place_tables')";
/// Acts of people who steered the print engine.
pub(crate) const STEERED: &str =
    "SELECT COUNT(*) AS n FROM audit_log WHERE action IN ('set_workers', 'set_turbo', 'set_breaker')";
/// Acts of people who said what tickets come out of.
pub(crate) const DEVICES_SAID: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE action IN
     ('save_device', 'remove_device', 'set_station_chain', 'set_terminal_printer', 'set_mail_server')";
pub(crate) const STATIONS_SAID: &str =
    "SELECT COUNT(*) FROM audit_log WHERE action IN ('save_station', 'order_stations', 'close_station')";
pub(crate) const OWNERS_NAMED: &str = "SELECT COUNT(*) FROM audit_log WHERE action = 'set_printer_owners'";
/// Jobs that did not come out at once.
pub(crate) const TRIED_AGAIN: &str =
    "SELECT COUNT(*) FROM print_job WHERE attempts > 1 OR cause IS NOT NULL OR state <> 'printed'";
/// Attempts that were begun with another one at the same printer, in one write.
pub(crate) const BEGUN_TOGETHER: &str = "SELECT COUNT(*) FROM print_attempt AS one
     WHERE EXISTS (SELECT 1 FROM print_attempt AS other WHERE other.printer_id = one.printer_id
                   AND other.began_at = one.began_at AND other.job_id <> one.job_id)";
/// Decisions about tickets that were stuck.
pub(crate) const DECIDED: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE action IN ('retry_jobs', 'clear_jobs') AND subject_kind = 'print_job'";
pub(crate) const CLEARED_WITH_REASON: &str = "SELECT COUNT(*) AS n FROM audit_log
     WHERE action = 'clear_jobs' AND CAST(detail AS TEXT) LIKE '%de viva voz%'";
/// Jobs that are not on paper.
pub(crate) const UNSETTLED: &str = "SELECT COUNT(*) AS n FROM print_job WHERE settled_at IS NULL";
/// Attempts in the middle of which a program ended.
pub(crate) const INTERRUPTED: &str = "SELECT COUNT(*) AS n FROM print_attempt WHERE cause = 'interrupted'";
pub(crate) const NOTHING: &str = "SELECT 1";
/// Ends every session of the store on this database.
pub(crate) const SHOOT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'fastops'";
/// Ends the sessions in which cores hear of each other.
pub(crate) const DEAFEN: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'fastops changes'";
/// Ends the session that asks.
pub(crate) const SHOOT_ONESELF: &str = "SELECT pg_terminate_backend(pg_backend_pid())";
/// Sessions of this database that wait for what another one holds.
pub(crate) const LOCKS_AWAITED: &str = "SELECT COUNT(*) AS n FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'";
pub(crate) const LOCK: &str = "LOCK TABLE company";
pub(crate) const SHORT_STATEMENTS: &str = "SET LOCAL statement_timeout = '50ms'";
pub(crate) const SHORT_LOCKS: &str = "SET LOCAL lock_timeout = '50ms'";

/// How many jobs came to paper at `from` or later.
pub(crate) fn settled_from(from: Time) -> &'static str {
    format!("SELECT COUNT(*) AS n FROM print_job WHERE settled_at >= {}", from.0).leak()
}

/// Has every ticket that waits fail; some of the one with this number may be on paper.
pub(crate) fn fail_tickets(doubted: i64) -> String {
    format!(
        "UPDATE print_job SET state = 'failed', cause = 'cannot_encode',
             possible_duplicate = (SELECT number = {doubted} FROM ticket WHERE ticket.id = ticket_id)
         WHERE state IN ('blocked', 'queued')"
    )
}

/// Has a store on SQLite forget every mark as soon as it is written.
pub(crate) async fn forget_marks(store: &Store) {
    const FORGETTING: &str = "CREATE TRIGGER forgetting AFTER UPDATE OF possible_duplicate ON print_job
         WHEN NEW.possible_duplicate
         BEGIN UPDATE print_job SET possible_duplicate = FALSE WHERE id = NEW.id; END";
    let planted = store.write::<_, StoreError, _>(|tx| {
        Box::pin(async move { probe::execute(tx, FORGETTING).await.map(drop) })
    });
    planted.await.unwrap();
}

/// Leaves a gap in the orders' numbers.
pub(crate) const RENUMBER_ONE: &str = "UPDATE customer_order SET number = number + 1000000
     WHERE number = (SELECT MAX(number) FROM customer_order)";

/// Has one ticket of the kitchen's printer wait again as if it had never been printed.
pub(crate) const FORGET_ONE: &str = "UPDATE print_job SET state = 'queued', possible_duplicate = FALSE, cause = NULL
     WHERE id = (SELECT print_job.id FROM print_job JOIN printer ON printer.id = printer_id
                 WHERE name = 'Cocina' AND state IN ('printed', 'unconfirmed') AND possible_duplicate = FALSE LIMIT 1)";

/// Ends the lease of every ticket that is with a printer.
pub(crate) const END_LEASES: &str = "UPDATE print_job SET lease_until = 0 WHERE state IN ('sending', 'sent')";

/// Rows of an answer. A busy server that does not answer in time is asked again, as a screen would.
pub(crate) async fn rows(store: &Store, question: &'static str) -> u64 {
    let asked = tokio::time::timeout(PATIENCE, async {
        loop {
            let count = store.read::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, question)));
            match count.await {
                Err(StoreError::Away(_)) => tokio::task::yield_now().await,
                answer => return answer.unwrap(),
            }
        }
    });
    asked.await.unwrap_or_else(|_| panic!("nobody answers: {question}"))
}

/// The number that an answer is.
pub(crate) async fn count(store: &Store, question: &'static str) -> i64 {
    probe::count(store, question).await.unwrap()
}

/// A unit's one row.
pub(crate) async fn one(tx: &mut Tx) -> Result<u64, StoreError> {
    probe::execute(tx, NOTHING).await
}

/// Of the last ticket that waits some may be on paper.
pub(crate) const LAST_MAY_BE_OUT: &str = "UPDATE print_job SET possible_duplicate = TRUE
     WHERE state IN ('queued', 'blocked') AND ticket_id = (SELECT id FROM ticket ORDER BY number DESC LIMIT 1)";

/// What is finished was finished days ago.
pub(crate) const FINISHED_DAYS_AGO: &str =
    "UPDATE print_job SET settled_at = settled_at - 400000000 WHERE settled_at IS NOT NULL";

/// Jobs that left the lanes' table.
pub(crate) const JOBS_OF_THE_PAST: &str = "SELECT COUNT(*) AS n FROM print_job_past";

/// Has no attempt be opened from now on, and again any.
pub(crate) const REFUSE_ATTEMPTS: &str =
    "CREATE TRIGGER no_attempts BEFORE INSERT ON print_attempt BEGIN SELECT RAISE(ABORT, 'no attempts'); END";
pub(crate) const ALLOW_ATTEMPTS: &str = "DROP TRIGGER no_attempts";

/// What people said of papers whose fate was unknown.
pub(crate) const PAPERS_ANSWERED: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE action = 'answer_paper'";

/// Rows of test pages that were chosen.
pub(crate) const PAGES_CHOSEN: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE action = 'choose_page_row'";

/// What people did with tills, each with who, where and what.
pub(crate) const TILL_ACTS: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE subject_kind = 'cash_session'
     AND user_id IS NOT NULL AND terminal_id IS NOT NULL";

/// Drawers that people opened.
pub(crate) const DRAWERS_KICKED: &str = "SELECT COUNT(*) AS n FROM audit_log WHERE action = 'kick_drawer'";

/// What is with a printer is nobody's any more, as after its core's end.
pub(crate) const LEASES_ARE_LOST: &str = "UPDATE print_job SET lease_token = NULL WHERE state = 'sent'";

/// Drawers that wait to be opened have waited for a minute.
pub(crate) const DRAWERS_ARE_OLD: &str =
    "UPDATE print_job SET created_at = created_at - 60000 WHERE kind = 'drawer' AND state = 'queued'";

/// Nobody knows any more whether the bills came out.
pub(crate) const BILLS_ARE_DOUBTED: &str =
    "UPDATE print_job SET state = 'uncertain' WHERE kind = 'pre_bill' AND state = 'printed'";
