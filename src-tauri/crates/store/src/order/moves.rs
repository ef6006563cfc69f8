//! Orders that change hands and places: lines from one order to another, tables, waiters, merged bills.
//!
//! Each counts a revision of every order that it touches, first of all. That holds off whoever else
//! changes one of them, and refuses a closed order; what this unit then reads is still so when it commits.

use crate::columns::{AsJson, Row, number};
use crate::order::close::{Closing, close_order};
use crate::order::event::{OrderEvent, insert_event};
use crate::sql::{execute, fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{CommandId, LineId, OrderEventId, OrderId, TableId, TerminalId, UserId};
use fastops_domain::order::{OrderEventKind, Posting};
use fastops_domain::time::Time;
use serde_json::json;

statements! {
    REVISE_BOTH: each {
        sqlite:
            "UPDATE customer_order SET revision = revision + 1
             WHERE id IN ($1, $2) AND closed_at IS NULL
               AND branch_id = (SELECT branch_id FROM customer_order WHERE id = $1)
             RETURNING id, revision",
        // In the order of the ids, so that two moves in opposite directions never wait for each other crosswise.
        postgres:
            "UPDATE customer_order SET revision = revision + 1
             WHERE id IN (SELECT id FROM customer_order WHERE id IN ($1, $2) AND closed_at IS NULL
                            AND branch_id = (SELECT branch_id FROM customer_order WHERE id = $1)
                          ORDER BY id FOR UPDATE)
             RETURNING id, revision",
    };
    LIVE_LINES: both
        "SELECT id FROM order_line
         WHERE current_order_id = $1 AND NOT EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id)
         ORDER BY revision, position, id";
    // A combo goes with all that was chosen for it, or stays.
    INSERT_MOVES: each {
        sqlite:
            "INSERT INTO order_line_move (line_id, number, from_order_id, to_order_id, at, user_id, command_id)
             SELECT id, COALESCE((SELECT MAX(number) FROM order_line_move WHERE line_id = order_line.id), 0) + 1,
                    $1, $2, $4, $5, $6
             FROM order_line
             WHERE current_order_id = $1 AND id IN (SELECT unhex(value, '-') FROM json_each($3))
               AND (combo_line_id IS NULL OR combo_line_id IN (SELECT unhex(value, '-') FROM json_each($3)))
               AND NOT EXISTS (SELECT 1 FROM order_line AS part WHERE part.combo_line_id = order_line.id
                                 AND part.id NOT IN (SELECT unhex(value, '-') FROM json_each($3)))
               AND NOT EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id)",
        postgres:
            "INSERT INTO order_line_move (line_id, number, from_order_id, to_order_id, at, user_id, command_id)
             SELECT id, COALESCE((SELECT MAX(number) FROM order_line_move WHERE line_id = order_line.id), 0) + 1,
                    $1, $2, $4, $5, $6
             FROM order_line
             WHERE current_order_id = $1 AND id IN (SELECT value::UUID FROM jsonb_array_elements_text($3))
               AND (combo_line_id IS NULL OR combo_line_id IN (SELECT value::UUID FROM jsonb_array_elements_text($3)))
               AND NOT EXISTS (SELECT 1 FROM order_line AS part WHERE part.combo_line_id = order_line.id
                                 AND part.id NOT IN (SELECT value::UUID FROM jsonb_array_elements_text($3)))
               AND NOT EXISTS (SELECT 1 FROM order_line_void WHERE line_id = order_line.id)",
    };
    MOVE_LINES: each {
        sqlite:
            "UPDATE order_line SET current_order_id = $2
             WHERE current_order_id = $1 AND id IN (SELECT unhex(value, '-') FROM json_each($3))",
        postgres:
            "UPDATE order_line SET current_order_id = $2
             WHERE current_order_id = $1 AND id IN (SELECT value::UUID FROM jsonb_array_elements_text($3))",
    };
    SET_TABLE: both
        "UPDATE customer_order SET table_id = $3, revision = revision + 1
         WHERE id = $1 AND closed_at IS NULL AND table_id IS NOT DISTINCT FROM $2
         RETURNING revision AS n";
    SET_WAITER: both
        "UPDATE customer_order SET waiter_id = $3, revision = revision + 1
         WHERE id = $1 AND closed_at IS NULL AND waiter_id = $2";
}

/// Who changes an order, when, and the id under which it is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub event: OrderEventId,
    pub at: Time,
    pub user: UserId,
    pub terminal: TerminalId,
    pub command: CommandId,
}

impl Change {
    pub(super) fn event(&self, order: OrderId, kind: OrderEventKind, detail: serde_json::Value) -> OrderEvent {
        let &Self { event: id, at, user, terminal, .. } = self;
        OrderEvent { id, order, at, user, terminal, kind, detail }
    }
}

/// Moves lines from one open order to another of the same branch; gives the revision of `from`.
///
/// `Stale` when one of the orders is closed, or when one of the lines is voided or no longer in `from`, or a combo
/// would lose what was chosen for it; then none of them moves.
pub async fn move_lines(
    tx: &mut Tx,
    from: OrderId,
    to: OrderId,
    lines: &[LineId],
    change: &Change,
) -> Result<u32, StoreError> {
    let revision = revise_both(tx, from, to).await?;
    carry(tx, from, to, lines, change).await?;
    let detail = json!({ "to": to, "lines": lines });
    insert_event(tx, &change.event(from, OrderEventKind::LinesMoved, detail)).await?;
    Ok(revision)
}

/// Moves every line of `from` that is not voided to `into` and closes `from` with nothing in it; gives the revision
/// of `from`.
///
/// `Stale` when one of the two is closed.
pub async fn merge(
    tx: &mut Tx,
    from: OrderId,
    into: OrderId,
    day: BusinessDay,
    change: &Change,
) -> Result<u32, StoreError> {
    let revision = revise_both(tx, from, into).await?;
    let lines: Vec<LineId> = fetch_all!(tx, LIVE_LINES, |row: &Row<'_>| row.get("id"), from)?;
    if !lines.is_empty() {
        carry(tx, from, into, &lines, change).await?;
    }
    let nothing = Posting::default();
    let closing =
        Closing { order: from, revision, at: change.at, by: change.user, day, posting: &nothing };
    close_order(tx, &closing).await?;
    let detail = json!({ "into": into, "lines": lines });
    insert_event(tx, &change.event(from, OrderEventKind::Merged, detail)).await?;
    Ok(revision)
}

/// The order into which a closed one went.
pub async fn merged_into(tx: &mut Tx, from: OrderId) -> Result<Option<OrderId>, StoreError> {
    let events = super::event::events(tx, from).await?;
    let merged = events.into_iter().rev().find(|event| event.kind == OrderEventKind::Merged);
    let into = merged.and_then(|mut event| serde_json::from_value(event.detail["into"].take()).ok());
    Ok(into)
}

/// Counts a revision of two open orders of one branch and gives that of the first.
async fn revise_both(tx: &mut Tx, from: OrderId, to: OrderId) -> Result<u32, StoreError> {
    let revised: Vec<(OrderId, u32)> = fetch_all!(
        tx,
        REVISE_BOTH,
        |row: &Row<'_>| Ok((row.get("id")?, row.get("revision")?)),
        from,
        to
    )?;
    match revised.iter().find(|(order, _)| *order == from) {
        Some(&(_, revision)) if revised.len() == 2 => Ok(revision),
        _ => Err(StoreError::Stale { what: "the order" }),
    }
}

/// Notes the moves, then lets the lines follow them.
async fn carry(
    tx: &mut Tx,
    from: OrderId,
    to: OrderId,
    lines: &[LineId],
    change: &Change,
) -> Result<(), StoreError> {
    let (at, user, command) = (change.at, change.user, change.command);
    let count = lines.len() as u64;
    if execute!(tx, INSERT_MOVES, from, to, AsJson(&lines), at, user, command)? == count
        && execute!(tx, MOVE_LINES, from, to, AsJson(&lines))? == count
    {
        Ok(())
    } else {
        Err(StoreError::Stale { what: "the line" })
    }
}

/// Moves an open order from one table to another, or to none; gives its revision. `Stale` when it is no longer at
/// `from`.
pub async fn change_table(
    tx: &mut Tx,
    order: OrderId,
    from: Option<TableId>,
    to: Option<TableId>,
    change: &Change,
) -> Result<u32, StoreError> {
    let revision = fetch_optional!(tx, SET_TABLE, number, order, from, to)?;
    let revision = revision.ok_or(StoreError::Stale { what: "the order" })?;
    let detail = json!({ "from": from, "to": to });
    insert_event(tx, &change.event(order, OrderEventKind::TableChanged, detail)).await?;
    Ok(revision)
}

/// Gives an open order to another waiter; `Stale` when `from` no longer serves it.
pub async fn change_waiter(
    tx: &mut Tx,
    order: OrderId,
    from: UserId,
    to: UserId,
    change: &Change,
) -> Result<(), StoreError> {
    if execute!(tx, SET_WAITER, order, from, to)? != 1 {
        return Err(StoreError::Stale { what: "the order" });
    }
    let detail = json!({ "from": from, "to": to });
    insert_event(tx, &change.event(order, OrderEventKind::WaiterChanged, detail)).await
}
