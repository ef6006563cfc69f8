//! Numbers of receipts, drawn from ranges without a gap, and the receipts that bear them.

use crate::columns::Row;
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, NumberingRangeId, OrderId, ReceiptId, UserId};
use fastops_domain::numbering::Numbering;
use fastops_domain::time::Time;

statements! {
    INSERT_RANGE: both
        "INSERT INTO numbering_range (id, branch_id, kind, prefix, first_number, last_number, next_number,
                                      valid_from, valid_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    RETIRE_RANGE: both
        "UPDATE numbering_range SET active = FALSE WHERE branch_id = $1 AND kind = $2 AND active";
    RANGE: both
        "SELECT id, prefix, first_number, last_number, next_number, valid_from, valid_until
         FROM numbering_range WHERE branch_id = $1 AND kind = $2 AND active";
    DRAW: both
        "UPDATE numbering_range SET next_number = next_number + 1
         WHERE branch_id = $1 AND kind = $2 AND active AND next_number <= last_number
           AND (valid_from IS NULL OR valid_from <= $3) AND (valid_until IS NULL OR $3 < valid_until)
         RETURNING id, prefix, first_number, last_number, next_number, valid_from, valid_until";
    INSERT_RECEIPT: both
        "INSERT INTO receipt (id, order_id, range_id, number, at, user_id) VALUES ($1, $2, $3, $4, $5, $6)";
    RECEIPT_NUMBER: both
        "SELECT receipt.number, prefix, first_number, last_number, next_number, valid_from, valid_until,
                numbering_range.id
         FROM receipt JOIN numbering_range ON numbering_range.id = range_id
         WHERE order_id = $1 ORDER BY at DESC, receipt.number DESC LIMIT 1";
    RECEIPTS: both
        "SELECT receipt.id, order_id, range_id, receipt.number, at, user_id
         FROM receipt WHERE order_id = $1 ORDER BY at, receipt.number";
}

/// A range as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberingRange {
    pub id: NumberingRangeId,
    pub numbering: Numbering,
}

/// A number that was drawn for one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub range: NumberingRangeId,
    pub number: i64,
    /// The number as it stands on paper.
    pub text: String,
}

/// A numbered paper for the guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub id: ReceiptId,
    pub order: OrderId,
    pub range: NumberingRangeId,
    pub number: i64,
    pub at: Time,
    pub user: UserId,
}

/// Has a branch draw its papers of `kind` (such as `receipt`) from `range`, in place of the one before.
pub async fn use_range(
    tx: &mut Tx,
    branch: BranchId,
    kind: &str,
    range: &NumberingRange,
) -> Result<(), StoreError> {
    execute!(tx, RETIRE_RANGE, branch, kind)?;
    let numbering = &range.numbering;
    execute!(
        tx,
        INSERT_RANGE,
        range.id,
        branch,
        kind,
        &numbering.prefix,
        numbering.first,
        numbering.last,
        numbering.next,
        numbering.valid_from,
        numbering.valid_until
    )
    .map(drop)
}

/// The range that a branch draws its papers of `kind` from.
pub async fn range(tx: &mut Tx, branch: BranchId, kind: &str) -> Result<Option<NumberingRange>, StoreError> {
    fetch_optional!(tx, RANGE, read_range, branch, kind)
}

/// Draws the next number of a branch's papers of `kind`; a unit that fails gives it back.
///
/// None when no range is in use, or when it is spent or out of its time: [`range`] and
/// [`Numbering::peek`] say which.
pub async fn next_number(
    tx: &mut Tx,
    branch: BranchId,
    kind: &str,
    now: Time,
) -> Result<Option<Drawn>, StoreError> {
    let drawn = fetch_optional!(tx, DRAW, read_range, branch, kind, now)?;
    Ok(drawn.map(|NumberingRange { id, numbering }| {
        let number = numbering.next - 1;
        Drawn { range: id, number, text: numbering.text(number) }
    }))
}

/// Keeps a numbered paper, in the unit of work that drew its number.
pub async fn insert_receipt(tx: &mut Tx, receipt: &Receipt) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_RECEIPT,
        receipt.id,
        receipt.order,
        receipt.range,
        receipt.number,
        receipt.at,
        receipt.user
    )
    .map(drop)
}

/// The number of an order's last receipt, as it stands on paper; none before there is one.
pub async fn receipt_number(tx: &mut Tx, order: OrderId) -> Result<Option<String>, StoreError> {
    let read = |row: &Row<'_>| {
        let number: i64 = row.get("number")?;
        Ok(read_range(row)?.numbering.text(number))
    };
    fetch_optional!(tx, RECEIPT_NUMBER, read, order)
}

/// The receipts of an order, oldest first.
pub async fn receipts(tx: &mut Tx, order: OrderId) -> Result<Vec<Receipt>, StoreError> {
    fetch_all!(
        tx,
        RECEIPTS,
        |row: &Row<'_>| Ok(Receipt {
            id: row.get("id")?,
            order: row.get("order_id")?,
            range: row.get("range_id")?,
            number: row.get("number")?,
            at: row.get("at")?,
            user: row.get("user_id")?,
        }),
        order
    )
}

fn read_range(row: &Row<'_>) -> Result<NumberingRange, StoreError> {
    let numbering = Numbering {
        prefix: row.get("prefix")?,
        first: row.get("first_number")?,
        last: row.get("last_number")?,
        next: row.get("next_number")?,
        valid_from: row.get("valid_from")?,
        valid_until: row.get("valid_until")?,
    };
    Ok(NumberingRange { id: row.get("id")?, numbering })
}
