//! Lines that are held until their course is fired; each fire is a fact, never changed.

use crate::columns::{AsJson, Row};
use crate::order::read_line;
use crate::sql::{execute_each, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, CommandId, LineId, OrderId, StationId, TableId, TerminalId, UserId};
use fastops_domain::order::{OrderLine, OrderType};
use fastops_domain::time::Time;

/// The rule that [`StoreError::RuleBroken`] names when an order is closed in which lines are held.
pub const CLOSE_RULE: &str = "customer_order_holds_nothing";

statements! {
    INSERT_FIRES: each {
        sqlite:
            "INSERT INTO order_line_fire (line_id, order_id, at, user_id, terminal_id, command_id)
             VALUES ($1, $2, $3, $4, $5, $6)",
        postgres:
            "INSERT INTO order_line_fire (line_id, order_id, at, user_id, terminal_id, command_id)
             SELECT value::UUID, $2, $3, $4, $5, $6 FROM jsonb_array_elements_text($1)",
    };
    HELD: both
        "SELECT customer_order.id AS held_order_id, number, COALESCE(served_as, order_type) AS order_type, table_id, customer, covers,
                app_user.name AS waiter_name,
                order_line.id, product_id, variant_id, order_line.name, quantity, price_minor, modifiers, taxes,
                order_line.note, allergy, course, seat, held, order_line_fire.at AS fired_at, station_id,
                order_line.revision, combo_line_id, price_list, ordinary_price_minor,
                (SELECT combo.name FROM order_line AS combo WHERE combo.id = order_line.combo_line_id) AS combo_name,
                order_line_void.line_id IS NOT NULL AS voided
         FROM customer_order
         JOIN app_user ON app_user.id = waiter_id
         JOIN order_line ON current_order_id = customer_order.id
         LEFT JOIN order_line_void ON order_line_void.line_id = order_line.id
         LEFT JOIN order_line_fire ON order_line_fire.line_id = order_line.id
         WHERE branch_id = $1 AND closed_at IS NULL AND station_id = $2 AND held
           AND order_line_void.line_id IS NULL AND order_line_fire.line_id IS NULL
         ORDER BY opened_at, customer_order.id, course, order_line.revision, position, order_line.id";
}

/// Who fires, when, and the id under which it is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fire {
    pub at: Time,
    pub user: UserId,
    pub terminal: TerminalId,
    pub command: CommandId,
}

/// A line that waits for its course, and the order in which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLine {
    pub order: OrderId,
    pub number: i64,
    pub order_type: OrderType,
    pub table: Option<TableId>,
    pub customer: Option<String>,
    pub covers: Option<u32>,
    pub waiter: String,
    pub line: OrderLine,
    /// The combo that the line was chosen for.
    pub combo: Option<String>,
}

/// Fires lines that are held in `order`, which tells their stations.
///
/// `Conflict` when one of them was fired already, `RuleBroken` when one is not held or stands elsewhere. The caller
/// counts a revision of the order first, which holds off whoever else would fire, void or move them.
pub async fn insert_fires(
    tx: &mut Tx,
    order: OrderId,
    lines: &[LineId],
    fire: &Fire,
) -> Result<(), StoreError> {
    let Fire { at, user, terminal, command } = *fire;
    execute_each!(
        tx,
        INSERT_FIRES,
        lines,
        sqlite: |line| [*line, order, at, user, terminal, command],
        postgres: [AsJson(&lines), order, at, user, terminal, command],
    )
    .map(drop)
}

/// What is held of a station's, in all open orders of the branch, oldest order first.
pub async fn held_at(
    tx: &mut Tx,
    branch: BranchId,
    station: StationId,
) -> Result<Vec<HeldLine>, StoreError> {
    fetch_all!(tx, HELD, read_held, branch, station)
}

fn read_held(row: &Row<'_>) -> Result<HeldLine, StoreError> {
    Ok(HeldLine {
        order: row.get("held_order_id")?,
        number: row.get("number")?,
        order_type: row.get("order_type")?,
        table: row.get("table_id")?,
        customer: row.get("customer")?,
        covers: row.get("covers")?,
        waiter: row.get("waiter_name")?,
        line: read_line(row)?,
        combo: row.get("combo_name")?,
    })
}
