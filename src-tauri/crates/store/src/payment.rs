//! Payments and refunds: facts about money, never changed; a mistake is met by a refund.
//!
//! Whoever takes a payment counts a revision of its order first ([`crate::order::next_revision`]), so that
//! two terminals never take the same money twice.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, fetch_one, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{
    BranchId, CashSessionId, CommandId, CompanyId, OrderId, PaymentId, RefundId, TerminalId, UserId,
};
use fastops_domain::money::Money;
use fastops_domain::payment::{MethodKind, Refundable};
use fastops_domain::time::Time;
use serde::Serialize;

statements! {
    METHODS: both
        "SELECT code, name, kind, opens_drawer FROM payment_method
         WHERE company_id = $1 AND active ORDER BY position, code";
    INSERT_PAYMENTS: each {
        sqlite:
            "INSERT INTO payment (id, branch_id, company_id, order_id, session_id, method, amount_minor, tip_minor,
                                  tendered_minor, change_minor, reference, at, user_id, terminal_id, command_id)
             SELECT unhex(payment.value ->> 'id', '-'), branch.id, company_id,
                    unhex(payment.value ->> 'order', '-'), unhex(payment.value ->> 'session', '-'),
                    payment.value ->> 'method', payment.value ->> 'amount', payment.value ->> 'tip',
                    payment.value ->> 'tendered', payment.value ->> 'change', payment.value ->> 'reference',
                    payment.value ->> 'at', unhex(payment.value ->> 'user', '-'),
                    unhex(payment.value ->> 'terminal', '-'), unhex(payment.value ->> 'command', '-')
             FROM json_each($2) AS payment JOIN branch ON branch.id = $1",
        postgres:
            "INSERT INTO payment (id, branch_id, company_id, order_id, session_id, method, amount_minor, tip_minor,
                                  tendered_minor, change_minor, reference, at, user_id, terminal_id, command_id)
             SELECT payment.id, branch.id, company_id, \"order\", session, method, amount, tip, tendered, change,
                    reference, at, \"user\", terminal, command
             FROM jsonb_to_recordset($2) AS payment (
                 id UUID, \"order\" UUID, session UUID, method TEXT, amount BIGINT, tip BIGINT, tendered BIGINT,
                 change BIGINT, reference TEXT, at BIGINT, \"user\" UUID, terminal UUID, command UUID)
             JOIN branch ON branch.id = $1",
    };
    PAYMENTS: both
        "SELECT id, order_id, session_id, method, amount_minor, tip_minor, tendered_minor, change_minor, reference,
                at, user_id, terminal_id, command_id,
                (SELECT CAST(COALESCE(SUM(refund.amount_minor), 0) AS BIGINT) FROM refund
                 WHERE payment_id = payment.id) AS refunded_minor
         FROM payment WHERE order_id = $1 ORDER BY at, id";
    PAID: both
        "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) AS amount_minor,
                CAST(COALESCE(SUM(tip_minor), 0) AS BIGINT) AS tip_minor,
                (SELECT CAST(COALESCE(SUM(refund.amount_minor), 0) AS BIGINT)
                 FROM refund JOIN payment AS refunded ON refunded.id = payment_id
                 WHERE refunded.order_id = $1) AS refunded_minor
         FROM payment WHERE order_id = $1";
    REFUNDABLE: both
        "SELECT amount_minor + tip_minor AS taken_minor,
                (SELECT CAST(COALESCE(SUM(refund.amount_minor), 0) AS BIGINT) FROM refund
                 WHERE payment_id = payment.id) AS refunded_minor
         FROM payment WHERE id = $1";
    INSERT_REFUND: both
        "INSERT INTO refund (id, payment_id, session_id, amount_minor, reason, at, user_id, terminal_id, command_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REFUNDS: both
        "SELECT refund.id, payment_id, refund.session_id, refund.amount_minor, reason, refund.at, refund.user_id,
                refund.terminal_id, refund.command_id
         FROM refund JOIN payment ON payment.id = payment_id
         WHERE order_id = $1 ORDER BY refund.at, refund.id";
}

/// A way to pay, as a company calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    pub code: String,
    pub name: String,
    pub kind: MethodKind,
    pub opens_drawer: bool,
}

/// What a guest paid at once by one method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payment {
    pub id: PaymentId,
    pub order: OrderId,
    /// The drawer that it belongs to; cash always has one.
    pub session: Option<CashSessionId>,
    /// Code of one of the company's methods.
    pub method: String,
    /// Of the bill.
    pub amount: Money,
    /// For the staff, on top of it.
    pub tip: Money,
    /// What was handed over, where there can be change.
    pub tendered: Option<Money>,
    pub change: Option<Money>,
    /// The card terminal's receipt, the transfer's number.
    pub reference: Option<String>,
    pub at: Time,
    pub user: UserId,
    pub terminal: TerminalId,
    pub command: CommandId,
}

/// What was given back of a payment, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    pub id: RefundId,
    pub payment: PaymentId,
    /// The drawer that the money came out of.
    pub session: Option<CashSessionId>,
    pub amount: Money,
    pub reason: String,
    pub at: Time,
    pub user: UserId,
    pub terminal: TerminalId,
    pub command: CommandId,
}

/// What was paid for an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    /// Of the bill, refunds not taken off.
    pub amount: Money,
    pub tip: Money,
    pub refunded: Money,
}

/// The ways to pay that a company takes, in its order.
pub async fn methods(tx: &mut Tx, company: CompanyId) -> Result<Vec<Method>, StoreError> {
    fetch_all!(
        tx,
        METHODS,
        |row: &Row<'_>| Ok(Method {
            code: row.get("code")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
            opens_drawer: row.get("opens_drawer")?,
        }),
        company
    )
}

/// Keeps payments that were taken in `branch`, in one statement.
pub async fn insert_payments(tx: &mut Tx, branch: BranchId, payments: &[Payment]) -> Result<(), StoreError> {
    execute!(tx, INSERT_PAYMENTS, branch, AsJson(&payments)).map(drop)
}

/// The payments of an order, oldest first, each with what was given back of it.
pub async fn payments(tx: &mut Tx, order: OrderId) -> Result<Vec<(Payment, Refundable)>, StoreError> {
    fetch_all!(tx, PAYMENTS, read_payment, order)
}

/// The sums of an order's payments and refunds.
pub async fn paid(tx: &mut Tx, order: OrderId) -> Result<Paid, StoreError> {
    fetch_one!(
        tx,
        PAID,
        |row: &Row<'_>| Ok(Paid {
            amount: row.get("amount_minor")?,
            tip: row.get("tip_minor")?,
            refunded: row.get("refunded_minor")?,
        }),
        order
    )
}

/// What a payment took and what was given back of it; none when there is no such payment.
pub async fn refundable(tx: &mut Tx, payment: PaymentId) -> Result<Option<Refundable>, StoreError> {
    fetch_optional!(
        tx,
        REFUNDABLE,
        |row: &Row<'_>| Ok(Refundable { taken: row.get("taken_minor")?, refunded: row.get("refunded_minor")? }),
        payment
    )
}

/// Keeps a refund. The tables refuse one that would give back more than was paid, whoever else refunds
/// at the same moment.
pub async fn insert_refund(tx: &mut Tx, refund: &Refund) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_REFUND,
        refund.id,
        refund.payment,
        refund.session,
        refund.amount,
        &refund.reason,
        refund.at,
        refund.user,
        refund.terminal,
        refund.command
    )
    .map(drop)
}

/// The refunds of an order, oldest first.
pub async fn refunds(tx: &mut Tx, order: OrderId) -> Result<Vec<Refund>, StoreError> {
    fetch_all!(tx, REFUNDS, read_refund, order)
}

fn read_payment(row: &Row<'_>) -> Result<(Payment, Refundable), StoreError> {
    let payment = Payment {
        id: row.get("id")?,
        order: row.get("order_id")?,
        session: row.get("session_id")?,
        method: row.get("method")?,
        amount: row.get("amount_minor")?,
        tip: row.get("tip_minor")?,
        tendered: row.get("tendered_minor")?,
        change: row.get("change_minor")?,
        reference: row.get("reference")?,
        at: row.get("at")?,
        user: row.get("user_id")?,
        terminal: row.get("terminal_id")?,
        command: row.get("command_id")?,
    };
    let taken = Money(payment.amount.0.saturating_add(payment.tip.0));
    let refundable = Refundable { taken, refunded: row.get("refunded_minor")? };
    Ok((payment, refundable))
}

fn read_refund(row: &Row<'_>) -> Result<Refund, StoreError> {
    Ok(Refund {
        id: row.get("id")?,
        payment: row.get("payment_id")?,
        session: row.get("session_id")?,
        amount: row.get("amount_minor")?,
        reason: row.get("reason")?,
        at: row.get("at")?,
        user: row.get("user_id")?,
        terminal: row.get("terminal_id")?,
        command: row.get("command_id")?,
    })
}
