//! Cash sessions: a drawer from its float to its count, and what went through it in between.

use crate::columns::{AsJson, Row, number};
use crate::order::close::read_day;
use crate::sql::{execute, fetch_all, fetch_one, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::cash::{CashDirection, Drawer};
use fastops_domain::document::CashReport;
use fastops_domain::ids::{BranchId, CashMoveId, CashSessionId, CommandId, TerminalId, UserId};
use fastops_domain::money::{AmountTooLarge, Money};
use fastops_domain::payment::MethodKind;
use fastops_domain::time::Time;

statements! {
    OPEN: both
        "INSERT INTO cash_session (id, branch_id, terminal_id, number, business_day, opened_at, opened_by, float_minor)
         SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4, $5, $6, $7 FROM cash_session WHERE branch_id = $2
         RETURNING number AS n";
    SESSION: both
        "SELECT id, branch_id, terminal_id, number, business_day, opened_at, opened_by, float_minor, closed_at,
                closed_by, counted_minor, expected_minor, note
         FROM cash_session WHERE id = $1";
    OPEN_SESSION: both
        "SELECT id, branch_id, terminal_id, number, business_day, opened_at, opened_by, float_minor, closed_at,
                closed_by, counted_minor, expected_minor, note
         FROM cash_session WHERE terminal_id = $1 AND closed_at IS NULL";
    // PostgreSQL waits here for payments under way and holds off later ones; SQLite has one writer.
    HOLD: each {
        sqlite: "SELECT number AS n FROM cash_session WHERE id = $1 AND closed_at IS NULL",
        postgres: "SELECT number AS n FROM cash_session WHERE id = $1 AND closed_at IS NULL FOR UPDATE",
    };
    DRAWER: both
        "SELECT float_minor,
                (SELECT CAST(COALESCE(SUM(amount_minor + tip_minor), 0) AS BIGINT)
                 FROM payment JOIN payment_method ON payment_method.company_id = payment.company_id AND code = method
                 WHERE session_id = $1 AND kind = 'cash') AS taken_minor,
                (SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM refund WHERE session_id = $1)
                    AS refunded_minor,
                (SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM cash_move
                 WHERE session_id = $1 AND direction = 'in') AS in_minor,
                (SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM cash_move
                 WHERE session_id = $1 AND direction = 'out') AS out_minor
         FROM cash_session WHERE id = $1";
    CLOSE: both
        "UPDATE cash_session
         SET closed_at = $2, closed_by = $3, counted_minor = $4, expected_minor = $5, note = $6, report = $7
         WHERE id = $1 AND closed_at IS NULL";
    REPORT: both "SELECT report FROM cash_session WHERE id = $1 AND report IS NOT NULL";
    // An order is of the session that took its last payment.
    SALES: both
        "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(net_minor), 0) AS BIGINT) AS net_minor,
                CAST(COALESCE(SUM(total_minor), 0) AS BIGINT) AS total_minor
         FROM customer_order
         WHERE id IN (SELECT order_id FROM payment WHERE session_id = $1) AND total_minor IS NOT NULL
           AND (SELECT session_id FROM payment AS last
                WHERE last.order_id = customer_order.id AND session_id IS NOT NULL
                ORDER BY at DESC, id DESC LIMIT 1) = $1";
    TAXES: both
        "SELECT name, CAST(SUM(amount_minor) AS BIGINT) AS amount_minor
         FROM customer_order JOIN order_tax ON order_tax.order_id = customer_order.id
         WHERE customer_order.id IN (SELECT order_id FROM payment WHERE session_id = $1)
           AND (SELECT session_id FROM payment AS last
                WHERE last.order_id = customer_order.id AND session_id IS NOT NULL
                ORDER BY at DESC, id DESC LIMIT 1) = $1
         GROUP BY name, rate_bp, mode ORDER BY MIN(position), name, rate_bp, mode";
    INSERT_MOVE: both
        "INSERT INTO cash_move (id, session_id, direction, amount_minor, reason, at, user_id, command_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    MOVES: both
        "SELECT id, session_id, direction, amount_minor, reason, at, user_id, command_id
         FROM cash_move WHERE session_id = $1 ORDER BY at, id";
    BY_METHOD: both
        "SELECT method, kind, COUNT(*) AS n,
                CAST(SUM(amount_minor) AS BIGINT) AS amount_minor, CAST(SUM(tip_minor) AS BIGINT) AS tip_minor
         FROM payment JOIN payment_method ON payment_method.company_id = payment.company_id AND code = method
         WHERE session_id = $1
         GROUP BY method, kind, position ORDER BY position, method";
}

/// A drawer about to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    pub id: CashSessionId,
    pub branch: BranchId,
    /// The till whose drawer it is.
    pub terminal: TerminalId,
    pub day: BusinessDay,
    pub opened_at: Time,
    pub opened_by: UserId,
    /// What lies in the drawer.
    pub float: Money,
}

/// A drawer's session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashSession {
    pub id: CashSessionId,
    pub branch: BranchId,
    pub terminal: TerminalId,
    /// Consecutive number of the branch, from 1.
    pub number: i64,
    pub day: BusinessDay,
    pub opened_at: Time,
    pub opened_by: UserId,
    pub float: Money,
    pub closed: Option<Count>,
}

/// What was counted when a session was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub at: Time,
    pub by: UserId,
    pub counted: Money,
    /// What had to be there by the facts.
    pub expected: Money,
    pub note: Option<String>,
}

/// Cash that went in or out of a drawer without a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashMove {
    pub id: CashMoveId,
    pub session: CashSessionId,
    pub direction: CashDirection,
    pub amount: Money,
    pub reason: String,
    pub at: Time,
    pub user: UserId,
    pub command: CommandId,
}

/// An open session whose money stands still for as long as the unit that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    session: CashSession,
    drawer: Drawer,
}

impl Held {
    pub const fn session(&self) -> &CashSession {
        &self.session
    }

    pub const fn drawer(&self) -> Drawer {
        self.drawer
    }

    /// What a count of it says.
    pub fn count(
        &self,
        counted: Money,
        at: Time,
        by: UserId,
        note: Option<&str>,
    ) -> Result<Count, AmountTooLarge> {
        Ok(Count { at, by, counted, expected: self.drawer.expected()?, note: note.map(str::to_owned) })
    }
}

/// What was sold in a session: the posted figures of the orders that were paid for the last time in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sales {
    pub orders: i64,
    pub net: Money,
    pub total: Money,
    /// Name and amount of each tax.
    pub taxes: Vec<(String, Money)>,
}

/// What one method brought in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodTotal {
    pub method: String,
    pub kind: MethodKind,
    pub payments: i64,
    pub amount: Money,
    pub tip: Money,
}

/// Opens a drawer and gives the session's number; `Conflict` when it is open already, or when another
/// drawer of the branch took the number at the same moment.
pub async fn open_session(tx: &mut Tx, new: &NewSession) -> Result<i64, StoreError> {
    fetch_one!(
        tx,
        OPEN,
        number,
        new.id,
        new.branch,
        new.terminal,
        new.day.ymd(),
        new.opened_at,
        new.opened_by,
        new.float
    )
}

pub async fn session(tx: &mut Tx, id: CashSessionId) -> Result<Option<CashSession>, StoreError> {
    fetch_optional!(tx, SESSION, read_session, id)
}

/// The open session of a till's drawer.
pub async fn open_session_of(tx: &mut Tx, terminal: TerminalId) -> Result<Option<CashSession>, StoreError> {
    fetch_optional!(tx, OPEN_SESSION, read_session, terminal)
}

/// What went through a drawer in a session, in one statement; `None` when there is no such session.
pub async fn drawer(tx: &mut Tx, session: CashSessionId) -> Result<Option<Drawer>, StoreError> {
    fetch_optional!(
        tx,
        DRAWER,
        |row: &Row<'_>| Ok(Drawer {
            float: row.get("float_minor")?,
            taken: row.get("taken_minor")?,
            refunded: row.get("refunded_minor")?,
            moved_in: row.get("in_minor")?,
            moved_out: row.get("out_minor")?,
        }),
        session
    )
}

/// What each method brought in a session, in the company's order.
pub async fn totals_by_method(tx: &mut Tx, session: CashSessionId) -> Result<Vec<MethodTotal>, StoreError> {
    fetch_all!(
        tx,
        BY_METHOD,
        |row: &Row<'_>| Ok(MethodTotal {
            method: row.get("method")?,
            kind: row.get("kind")?,
            payments: number(row)?,
            amount: row.get("amount_minor")?,
            tip: row.get("tip_minor")?,
        }),
        session
    )
}

/// What was sold in a session.
pub async fn sales(tx: &mut Tx, session: CashSessionId) -> Result<Sales, StoreError> {
    let mut sales = fetch_one!(
        tx,
        SALES,
        |row: &Row<'_>| Ok(Sales {
            orders: number(row)?,
            net: row.get("net_minor")?,
            total: row.get("total_minor")?,
            taxes: Vec::new(),
        }),
        session
    )?;
    if sales.orders > 0 {
        sales.taxes = fetch_all!(
            tx,
            TAXES,
            |row: &Row<'_>| Ok((row.get("name")?, row.get("amount_minor")?)),
            session
        )?;
    }
    Ok(sales)
}

/// Takes hold of an open session, after payments under way have ended and before any later one; `Stale` when
/// it is closed or unknown.
pub async fn hold(tx: &mut Tx, id: CashSessionId) -> Result<Held, StoreError> {
    let held: Option<i64> = fetch_optional!(tx, HOLD, number, id)?;
    let session = session(tx, id).await?.filter(|session| held.is_some() && session.closed.is_none());
    match (session, drawer(tx, id).await?) {
        (Some(session), Some(drawer)) => Ok(Held { session, drawer }),
        _ => Err(StoreError::Stale { what: "the cash session" }),
    }
}

/// Closes a drawer with what was counted in it, and keeps the report that says so.
pub async fn close_session(
    tx: &mut Tx,
    held: &Held,
    count: &Count,
    report: &CashReport,
) -> Result<(), StoreError> {
    let closed = execute!(
        tx,
        CLOSE,
        held.session.id,
        count.at,
        count.by,
        count.counted,
        count.expected,
        count.note.as_deref(),
        AsJson(report)
    )?;
    if closed == 1 { Ok(()) } else { Err(StoreError::Stale { what: "the cash session" }) }
}

/// What a session came to when it was closed; none while it is open, and of one from before reports were kept.
pub async fn kept_report(tx: &mut Tx, id: CashSessionId) -> Result<Option<CashReport>, StoreError> {
    fetch_optional!(tx, REPORT, |row: &Row<'_>| row.json("report"), id)
}

/// Notes cash that went in or out; the tables refuse it when the session is closed.
pub async fn insert_move(tx: &mut Tx, row: &CashMove) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_MOVE,
        row.id,
        row.session,
        row.direction,
        row.amount,
        &row.reason,
        row.at,
        row.user,
        row.command
    )
    .map(drop)
}

/// What went in and out of a drawer without a sale, oldest first.
pub async fn moves(tx: &mut Tx, session: CashSessionId) -> Result<Vec<CashMove>, StoreError> {
    fetch_all!(
        tx,
        MOVES,
        |row: &Row<'_>| Ok(CashMove {
            id: row.get("id")?,
            session: row.get("session_id")?,
            direction: row.get("direction")?,
            amount: row.get("amount_minor")?,
            reason: row.get("reason")?,
            at: row.get("at")?,
            user: row.get("user_id")?,
            command: row.get("command_id")?,
        }),
        session
    )
}

fn read_session(row: &Row<'_>) -> Result<CashSession, StoreError> {
    let closed_at: Option<Time> = row.get("closed_at")?;
    let closed = closed_at.map(|at| read_count(row, at)).transpose()?;
    Ok(CashSession {
        id: row.get("id")?,
        branch: row.get("branch_id")?,
        terminal: row.get("terminal_id")?,
        number: row.get("number")?,
        day: read_day(row)?,
        opened_at: row.get("opened_at")?,
        opened_by: row.get("opened_by")?,
        float: row.get("float_minor")?,
        closed,
    })
}

fn read_count(row: &Row<'_>, at: Time) -> Result<Count, StoreError> {
    Ok(Count {
        at,
        by: row.get("closed_by")?,
        counted: row.get("counted_minor")?,
        expected: row.get("expected_minor")?,
        note: row.get("note")?,
    })
}
