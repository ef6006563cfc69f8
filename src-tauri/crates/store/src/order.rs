//! Orders and their lines. Lines are facts: they are added, fired, voided, moved and taken apart, never changed.
//!
//! A line stands in the order that its last move took it to; every question about an order's lines goes
//! by that one.

pub mod close;
pub mod contact;
pub mod division;
pub mod event;
pub mod fire;
pub mod kind;
pub mod moves;
pub mod piece;

use crate::columns::{AsJson, Row, number};
use crate::sql::{execute, execute_each, fetch_all, fetch_changed, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::contact::Contact;
use fastops_domain::division::Division;
use fastops_domain::ids::{
    BranchId, CommandId, LineId, OrderId, ProductId, StationId, TableId, TerminalId, UserId, VariantId,
};
use fastops_domain::menu::ChosenModifier;
use fastops_domain::money::Money;
use fastops_domain::order::{ListedPrice, OrderLine, OrderType};
use fastops_domain::tax::Tax;
use fastops_domain::time::Time;
use serde::Serialize;
use std::collections::HashMap;

statements! {
    NEXT_NUMBER: each {
        sqlite:
            "INSERT INTO order_number (branch_id, order_type, last) VALUES ($1, $2, 1)
             ON CONFLICT (branch_id, order_type) DO UPDATE SET last = order_number.last + 1",
        postgres:
            "INSERT INTO order_number (branch_id, order_type, last) VALUES ($1, $2, 1)
             ON CONFLICT (branch_id, order_type) DO UPDATE SET last = order_number.last + 1
             RETURNING last AS n",
    };
    LAST_NUMBER: both "SELECT last AS n FROM order_number WHERE branch_id = $1 AND order_type = $2";
    INSERT_ORDER: both
        "INSERT INTO customer_order (id, branch_id, order_type, number, table_id, customer, covers, waiter_id,
                                     terminal_id, note, urgent, revision, opened_at, customer_id, phone, address,
                                     courier_note, promised_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    INSERT_LINES: each {
        sqlite:
            "INSERT INTO order_line (id, order_id, current_order_id, product_id, variant_id, name, quantity, price_minor,
                                     modifiers, taxes, note, allergy, course, station_id,
                                     revision, position, created_at, user_id, seat, held, combo_line_id,
                                     price_list, ordinary_price_minor)
             VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        postgres:
            "INSERT INTO order_line (id, order_id, current_order_id, product_id, variant_id, name, quantity, price_minor,
                                     modifiers, taxes, note, allergy, course, station_id,
                                     revision, position, created_at, user_id, seat, held, combo_line_id,
                                     price_list, ordinary_price_minor)
             SELECT id, $1, $1, product_id, variant_id, name, quantity, price_minor, modifiers, taxes, note, allergy,
                    course, station_id, revision, position, $3, $2, seat, held, combo, price_list, ordinary_price_minor
             FROM jsonb_to_recordset($4) AS line (
                      id UUID, product_id UUID, variant_id UUID, name TEXT, quantity BIGINT, price_minor BIGINT,
                      modifiers JSONB, taxes JSONB, note TEXT, allergy TEXT, course BIGINT, station_id UUID, revision BIGINT,
                      position BIGINT, seat BIGINT, held BOOLEAN, combo UUID, price_list TEXT,
                      ordinary_price_minor BIGINT)",
    };
    ORDER: both
        "SELECT customer_order.id, branch_id, COALESCE(served_as, order_type) AS order_type, order_type AS taken_as, number,
                table_id, customer, covers, waiter_id, app_user.name AS waiter_name, terminal_id, note, urgent, revision, opened_at, closed_at,
                customer_id, phone, address, courier_note, promised_at, handed_at, handed_by, division,
                COALESCE((SELECT MAX(created_at) FROM order_line WHERE current_order_id = customer_order.id), opened_at)
                    AS last_line_at,
                (SELECT MAX(at) FROM order_event WHERE order_id = customer_order.id) AS last_event_at,
                (SELECT MAX(order_line_void.at)
                 FROM order_line JOIN order_line_void ON line_id = order_line.id
                 WHERE current_order_id = customer_order.id) AS last_void_at
         FROM customer_order JOIN app_user ON app_user.id = waiter_id
         WHERE customer_order.id = $1";
    OPEN_ORDERS: both
        "SELECT customer_order.id, branch_id, COALESCE(served_as, order_type) AS order_type, order_type AS taken_as, number,
                table_id, customer, covers, waiter_id, app_user.name AS waiter_name, terminal_id, note, urgent, revision, opened_at, closed_at,
                customer_id, phone, address, courier_note, promised_at, handed_at, handed_by, division,
                COALESCE((SELECT MAX(created_at) FROM order_line WHERE current_order_id = customer_order.id), opened_at)
                    AS last_line_at,
                (SELECT MAX(at) FROM order_event WHERE order_id = customer_order.id) AS last_event_at,
                (SELECT MAX(order_line_void.at)
                 FROM order_line JOIN order_line_void ON line_id = order_line.id
                 WHERE current_order_id = customer_order.id) AS last_void_at
         FROM customer_order JOIN app_user ON app_user.id = waiter_id
         WHERE branch_id = $1 AND closed_at IS NULL
         ORDER BY opened_at, customer_order.id";
    OPEN_ORDERS_AT: both
        "SELECT customer_order.id, branch_id, COALESCE(served_as, order_type) AS order_type, order_type AS taken_as, number,
                table_id, customer, covers, waiter_id, app_user.name AS waiter_name, terminal_id, note, urgent, revision, opened_at, closed_at,
                customer_id, phone, address, courier_note, promised_at, handed_at, handed_by, division,
                COALESCE((SELECT MAX(created_at) FROM order_line WHERE current_order_id = customer_order.id), opened_at)
                    AS last_line_at,
                (SELECT MAX(at) FROM order_event WHERE order_id = customer_order.id) AS last_event_at,
                (SELECT MAX(order_line_void.at)
                 FROM order_line JOIN order_line_void ON line_id = order_line.id
                 WHERE current_order_id = customer_order.id) AS last_void_at
         FROM customer_order JOIN app_user ON app_user.id = waiter_id
         WHERE branch_id = $1 AND table_id = $2 AND closed_at IS NULL
         ORDER BY opened_at, customer_order.id";
    LINES: both
        "SELECT order_line.id, product_id, variant_id, name, quantity, price_minor, modifiers, taxes, note, allergy,
                course, seat, held, order_line_fire.at AS fired_at, station_id, revision,
                combo_line_id, price_list, ordinary_price_minor, order_line_void.line_id IS NOT NULL AS voided
         FROM order_line
         LEFT JOIN order_line_void ON order_line_void.line_id = order_line.id
         LEFT JOIN order_line_fire ON order_line_fire.line_id = order_line.id
         WHERE current_order_id = $1
         ORDER BY revision, position, order_line.id";
    LINES_OF_OPEN_ORDERS: both
        "SELECT order_line.id, current_order_id, product_id, variant_id, name, quantity, price_minor, modifiers, taxes,
                order_line.note, allergy, course, seat, held, order_line_fire.at AS fired_at, station_id,
                order_line.revision, combo_line_id, price_list, ordinary_price_minor,
                order_line_void.line_id IS NOT NULL AS voided
         FROM customer_order
         JOIN order_line ON current_order_id = customer_order.id
         LEFT JOIN order_line_void ON order_line_void.line_id = order_line.id
         LEFT JOIN order_line_fire ON order_line_fire.line_id = order_line.id
         WHERE branch_id = $1 AND closed_at IS NULL
         ORDER BY order_line.revision, position, order_line.id";
    NEXT_REVISION: both
        "UPDATE customer_order SET revision = revision + 1 WHERE id = $1 AND closed_at IS NULL
         RETURNING revision AS n";
    COUNT_REVISION: both
        "UPDATE customer_order SET revision = revision + 1 WHERE id = $1 RETURNING revision AS n";
    INSERT_VOID: both
        "INSERT INTO order_line_void (line_id, order_id, reason, user_id, at, command_id)
         SELECT order_line.id, current_order_id, $3, $4, $5, $6
         FROM order_line
         WHERE current_order_id = $2 AND (order_line.id = $1 AND combo_line_id IS NULL OR combo_line_id = $1)";
    VOIDS: both
        "SELECT order_line_void.line_id AS line_id, order_line_void.order_id AS order_id, reason,
                order_line_void.user_id AS user_id, order_line_void.at AS at, order_line_void.command_id AS command_id
         FROM order_line_void JOIN order_line ON order_line.id = order_line_void.line_id
         WHERE current_order_id = $1";
    SET_URGENT: both "UPDATE customer_order SET urgent = TRUE WHERE id = $1 AND closed_at IS NULL";
}

/// An order about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    pub id: OrderId,
    pub branch: BranchId,
    pub order_type: OrderType,
    /// From [`next_order_number`], in the same unit of work.
    pub number: i64,
    pub table: Option<TableId>,
    pub customer: Option<String>,
    pub covers: Option<u32>,
    pub waiter: UserId,
    pub terminal: TerminalId,
    pub note: Option<String>,
    pub urgent: bool,
    /// 1 for an order that is sent when it is made.
    pub revision: u32,
    pub opened_at: Time,
    pub contact: Contact,
}

/// An order as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub id: OrderId,
    pub branch: BranchId,
    /// What it is served as.
    pub order_type: OrderType,
    /// What it was taken as, in whose row its number stands.
    pub taken_as: OrderType,
    pub number: i64,
    pub table: Option<TableId>,
    pub customer: Option<String>,
    pub covers: Option<u32>,
    pub waiter: UserId,
    pub waiter_name: String,
    pub terminal: TerminalId,
    pub note: Option<String>,
    pub urgent: bool,
    pub revision: u32,
    pub opened_at: Time,
    pub closed_at: Option<Time>,
    /// When a line was last added; the opening when there is none.
    pub last_line_at: Time,
    /// When something else was last done with it, of which its tickets do not tell: a line was taken back, or it went
    /// elsewhere.
    pub last_event_at: Option<Time>,
    pub contact: Contact,
    /// When it was handed to whoever ordered it, and by whom.
    pub handed: Option<(Time, UserId)>,
    /// How its bill is divided; none while it is whole.
    pub division: Option<Division>,
}

/// A line that was taken back, and why; `order` is the one that it stood in. Of a combo it is its own line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineVoid {
    pub line: LineId,
    pub order: OrderId,
    pub reason: String,
    pub user: UserId,
    pub at: Time,
    pub command: CommandId,
}

/// A line on its way into the database, as JSON; many go in one statement.
#[derive(Serialize)]
struct NewLine<'a> {
    position: i64,
    id: LineId,
    product_id: ProductId,
    variant_id: Option<VariantId>,
    name: &'a str,
    quantity: i64,
    price_minor: Money,
    modifiers: &'a [ChosenModifier],
    taxes: &'a [Tax],
    note: Option<&'a str>,
    allergy: Option<&'a str>,
    course: u8,
    station_id: Option<StationId>,
    revision: u32,
    seat: Option<u16>,
    held: bool,
    combo: Option<LineId>,
    price_list: Option<&'a str>,
    ordinary_price_minor: Option<Money>,
}

/// The next consecutive number of a branch's orders of one type, from 1; without gaps, since a unit
/// that fails gives its number back.
pub async fn next_order_number(
    tx: &mut Tx,
    branch: BranchId,
    order_type: OrderType,
) -> Result<i64, StoreError> {
    let last: Vec<i64> = fetch_changed!(
        tx,
        NEXT_NUMBER,
        [order_type],
        sqlite: |order_type| [branch, order_type],
        then LAST_NUMBER [branch, order_type],
        postgres: [branch, order_type],
        number,
    )?;
    last.first().copied().ok_or(StoreError::Stale { what: "the number" })
}

pub async fn insert_order(tx: &mut Tx, order: &NewOrder) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_ORDER,
        order.id,
        order.branch,
        order.order_type,
        order.number,
        order.table,
        order.customer.as_deref(),
        order.covers,
        order.waiter,
        order.terminal,
        order.note.as_deref(),
        order.urgent,
        order.revision,
        order.opened_at,
        order.contact.customer,
        order.contact.phone.as_deref(),
        order.contact.address.as_deref(),
        order.contact.courier_note.as_deref(),
        order.contact.promised_at
    )
    .map(drop)
}

/// Adds lines to an order in one statement; they keep their order within their revision.
pub async fn insert_lines(
    tx: &mut Tx,
    order: OrderId,
    user: UserId,
    at: Time,
    lines: &[OrderLine],
) -> Result<(), StoreError> {
    let new: Vec<NewLine<'_>> = lines.iter().zip(0..).map(|(line, position)| new_line(line, position)).collect();
    execute_each!(
        tx,
        INSERT_LINES,
        &new,
        sqlite: |line| [
            line.id,
            order,
            line.product_id,
            line.variant_id,
            line.name,
            line.quantity,
            line.price_minor,
            AsJson(&line.modifiers),
            AsJson(&line.taxes),
            line.note,
            line.allergy,
            line.course,
            line.station_id,
            line.revision,
            line.position,
            at,
            user,
            line.seat,
            line.held,
            line.combo,
            line.price_list,
            line.ordinary_price_minor,
        ],
        postgres: [order, user, at, AsJson(&new)],
    )
    .map(drop)
}

fn new_line(line: &OrderLine, position: i64) -> NewLine<'_> {
    NewLine {
        position,
        id: line.id,
        product_id: line.product,
        variant_id: line.variant,
        name: &line.name,
        quantity: line.quantity,
        price_minor: line.price,
        modifiers: &line.modifiers,
        taxes: &line.taxes,
        note: line.note.as_deref(),
        allergy: line.allergy.as_deref(),
        course: line.course,
        station_id: line.station,
        revision: line.revision,
        seat: line.seat,
        held: line.held,
        combo: line.combo,
        price_list: line.listed.as_ref().map(|listed| listed.list.as_str()),
        ordinary_price_minor: line.listed.as_ref().map(|listed| listed.ordinary),
    }
}

pub async fn order(tx: &mut Tx, id: OrderId) -> Result<Option<OrderRow>, StoreError> {
    fetch_optional!(tx, ORDER, read_order, id)
}

/// The open orders of a branch, oldest first.
pub async fn open_orders(tx: &mut Tx, branch: BranchId) -> Result<Vec<OrderRow>, StoreError> {
    fetch_all!(tx, OPEN_ORDERS, read_order, branch)
}

/// The open orders of one table, oldest first.
pub async fn open_orders_at(
    tx: &mut Tx,
    branch: BranchId,
    table: TableId,
) -> Result<Vec<OrderRow>, StoreError> {
    fetch_all!(tx, OPEN_ORDERS_AT, read_order, branch, table)
}

/// The lines of an order in the order in which they were typed, voided ones included.
pub async fn lines(tx: &mut Tx, order: OrderId) -> Result<Vec<OrderLine>, StoreError> {
    fetch_all!(tx, LINES, read_line, order)
}

/// The lines of every open order of a branch, in one statement.
pub async fn lines_of_open_orders(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<HashMap<OrderId, Vec<OrderLine>>, StoreError> {
    let all: Vec<(OrderId, OrderLine)> = fetch_all!(
        tx,
        LINES_OF_OPEN_ORDERS,
        |row: &Row<'_>| Ok((row.get("current_order_id")?, read_line(row)?)),
        branch
    )?;
    let mut lines: HashMap<_, Vec<_>> = HashMap::new();
    for (order, line) in all {
        lines.entry(order).or_default().push(line);
    }
    Ok(lines)
}

/// Why, by whom and when lines that stand in an order now were taken back.
pub async fn voids(tx: &mut Tx, order: OrderId) -> Result<Vec<LineVoid>, StoreError> {
    fetch_all!(tx, VOIDS, read_void, order)
}

/// Counts one more revision of an open order and gives it; `Stale` when it is closed or unknown.
pub async fn next_revision(tx: &mut Tx, order: OrderId) -> Result<u32, StoreError> {
    fetch_optional!(tx, NEXT_REVISION, number, order)?.ok_or(StoreError::Stale { what: "the order" })
}

/// Counts one more revision of an order that may be closed, for a paper about a line that has left it.
pub async fn count_revision(tx: &mut Tx, order: OrderId) -> Result<u32, StoreError> {
    fetch_optional!(tx, COUNT_REVISION, number, order)?.ok_or(StoreError::Stale { what: "the order" })
}

/// Takes a line back, and with a combo all that was chosen for it; `Conflict` when it was taken back already, `Stale`
/// when it is in another order or was chosen for a combo.
///
/// The caller counts a revision of the order first, which holds off whoever would move the line.
pub async fn insert_void(tx: &mut Tx, void: &LineVoid) -> Result<(), StoreError> {
    match execute!(tx, INSERT_VOID, void.line, void.order, &void.reason, void.user, void.at, void.command)? {
        0 => Err(StoreError::Stale { what: "the line" }),
        _ => Ok(()),
    }
}

/// Marks an open order as urgent; `Stale` when it is closed or unknown.
pub async fn set_urgent(tx: &mut Tx, order: OrderId) -> Result<(), StoreError> {
    match execute!(tx, SET_URGENT, order)? {
        1 => Ok(()),
        _ => Err(StoreError::Stale { what: "the order" }),
    }
}

fn read_order(row: &Row<'_>) -> Result<OrderRow, StoreError> {
    Ok(OrderRow {
        id: row.get("id")?,
        branch: row.get("branch_id")?,
        order_type: row.get("order_type")?,
        taken_as: row.get("taken_as")?,
        number: row.get("number")?,
        table: row.get("table_id")?,
        customer: row.get("customer")?,
        covers: row.get("covers")?,
        waiter: row.get("waiter_id")?,
        waiter_name: row.get("waiter_name")?,
        terminal: row.get("terminal_id")?,
        note: row.get("note")?,
        urgent: row.get("urgent")?,
        revision: row.get("revision")?,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
        last_line_at: row.get("last_line_at")?,
        last_event_at: row.get::<Option<Time>>("last_event_at")?.max(row.get("last_void_at")?),
        contact: Contact {
            customer: row.get("customer_id")?,
            phone: row.get("phone")?,
            address: row.get("address")?,
            courier_note: row.get("courier_note")?,
            promised_at: row.get("promised_at")?,
        },
        handed: Option::zip(row.get("handed_at")?, row.get("handed_by")?),
        division: row.json_or_none("division")?,
    })
}

fn read_void(row: &Row<'_>) -> Result<LineVoid, StoreError> {
    Ok(LineVoid {
        line: row.get("line_id")?,
        order: row.get("order_id")?,
        reason: row.get("reason")?,
        user: row.get("user_id")?,
        at: row.get("at")?,
        command: row.get("command_id")?,
    })
}

pub(crate) fn read_line(row: &Row<'_>) -> Result<OrderLine, StoreError> {
    Ok(OrderLine {
        id: row.get("id")?,
        product: row.get("product_id")?,
        variant: row.get("variant_id")?,
        name: row.get("name")?,
        quantity: row.get("quantity")?,
        price: row.get("price_minor")?,
        modifiers: row.json("modifiers")?,
        taxes: row.json("taxes")?,
        note: row.get("note")?,
        allergy: row.get("allergy")?,
        course: row.get("course")?,
        seat: row.get("seat")?,
        held: row.get("held")?,
        fired_at: row.get("fired_at")?,
        station: row.get("station_id")?,
        revision: row.get("revision")?,
        combo: row.get("combo_line_id")?,
        listed: Option::zip(row.get("price_list")?, row.get("ordinary_price_minor")?)
            .map(|(list, ordinary)| ListedPrice { list, ordinary }),
        voided: row.get("voided")?,
    })
}
