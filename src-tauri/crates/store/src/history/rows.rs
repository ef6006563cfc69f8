//! How one day of rows goes into an open transaction of either engine.

use super::facts::{Counters, Day, Fact, Visit};
use crate::engine::Connection;
use crate::error::EngineError;
use crate::sql::{execute, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::BranchId;

statements! {
    CLOSE_DRAWER: both
        "UPDATE cash_session SET closed_at = $2, closed_by = $3, counted_minor = $4, expected_minor = $5
         WHERE id = $1 AND closed_at IS NULL";
    SET_ORDER_NUMBER: both
        "INSERT INTO order_number (branch_id, order_type, last) VALUES ($1, $2, $3)
         ON CONFLICT (branch_id, order_type) DO UPDATE SET last = excluded.last";
    SET_TICKET_NUMBER: both
        "INSERT INTO ticket_number (station_id, last) VALUES ($1, $2)
         ON CONFLICT (station_id) DO UPDATE SET last = excluded.last";
    SET_NEXT_RECEIPT: both
        "UPDATE numbering_range SET next_number = $2 WHERE branch_id = $1 AND kind = 'receipt' AND active";
    SET_AUDIT_HEAD: both
        "INSERT INTO audit_head (branch_id, seq, hash) VALUES ($1, $2, $3)
         ON CONFLICT (branch_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash";
}

/// Writes the rows of a day and closes its drawers; gives the number of rows.
pub(super) async fn write_day(tx: &mut Tx, day: &Day) -> Result<u64, StoreError> {
    let rows = match tx.connection() {
        Connection::Sqlite(connection) => {
            let mut inserting = Inserting { connection, rows: 0 };
            day.visit(&mut inserting)?;
            inserting.rows
        }
        Connection::Postgres(connection) => {
            let mut copying = Copying::default();
            day.visit(&mut copying)?;
            for copy in &copying.copies {
                let mut sink = connection.copy_in_raw(&copy.statement).await?;
                sink.send(copy.text.as_bytes()).await?;
                sink.finish().await?;
            }
            copying.rows
        }
    };
    for count in &day.counts {
        execute!(tx, CLOSE_DRAWER, count.session, count.at, count.by, count.counted, count.expected)?;
    }
    Ok(rows)
}

/// Sets every number to where the history left it, so that the next order goes on from there.
pub(super) async fn write_counters(
    tx: &mut Tx,
    branch: BranchId,
    counters: &Counters,
) -> Result<(), StoreError> {
    for (order_type, last) in &counters.orders {
        execute!(tx, SET_ORDER_NUMBER, branch, *order_type, *last)?;
    }
    for (station, last) in &counters.tickets {
        execute!(tx, SET_TICKET_NUMBER, *station, *last)?;
    }
    if counters.next_receipt > 0 {
        execute!(tx, SET_NEXT_RECEIPT, branch, counters.next_receipt)?;
    }
    if let Some((seq, hash)) = &counters.audit {
        execute!(tx, SET_AUDIT_HEAD, branch, *seq, hash.as_slice())?;
    }
    Ok(())
}

/// Rows that one statement takes. Between them the cursors stay where they are, so that rows in the order of
/// their keys go to the end of a table and of its indexes without a search from the root.
const ROWS_AT_ONCE: usize = 32;

/// Inserts many rows with a statement, and what is left row by row; both are prepared once.
struct Inserting<'c> {
    connection: &'c rusqlite::Connection,
    rows: u64,
}

impl Visit for Inserting<'_> {
    type Error = StoreError;

    fn rows<F: Fact>(&mut self, rows: &[F]) -> Result<(), StoreError> {
        let whole = rows.len() - rows.len() % ROWS_AT_ONCE;
        self.insert(&rows[..whole], ROWS_AT_ONCE)?;
        self.insert(&rows[whole..], 1)?;
        self.rows += rows.len() as u64;
        Ok(())
    }
}

impl Inserting<'_> {
    /// Inserts `rows`, whose number is a multiple of `at_once`.
    fn insert<F: Fact>(&self, rows: &[F], at_once: usize) -> Result<(), EngineError> {
        if rows.is_empty() {
            return Ok(());
        }
        let row = format!("({})", vec!["?"; F::COLUMNS.len()].join(", "));
        let places = vec![row; at_once].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES {places}", F::TABLE, F::COLUMNS.join(", "));
        let mut statement = self.connection.prepare_cached(&sql)?;
        for rows in rows.chunks(at_once) {
            for (at, value) in (1..).zip(rows.iter().flat_map(Fact::values)) {
                statement.raw_bind_parameter(at, value.bound())?;
            }
            statement.raw_execute()?;
        }
        Ok(())
    }
}

/// Writes the lines of a COPY for each table.
#[derive(Default)]
struct Copying {
    copies: Vec<Copy>,
    rows: u64,
}

struct Copy {
    statement: String,
    text: String,
}

impl Visit for Copying {
    type Error = StoreError;

    fn rows<F: Fact>(&mut self, rows: &[F]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut text = String::with_capacity(rows.len() * 256);
        for row in rows {
            for (at, value) in row.values().enumerate() {
                if at > 0 {
                    text.push('\t');
                }
                value.copied(&mut text);
            }
            text.push('\n');
        }
        let statement = format!("COPY {} ({}) FROM STDIN", F::TABLE, F::COLUMNS.join(", "));
        self.copies.push(Copy { statement, text });
        self.rows += rows.len() as u64;
        Ok(())
    }
}
