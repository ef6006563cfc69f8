//! The yardstick of durable orders: the same rows, written by plain SQLite.
//!
//! Orders that the store wrote are read back and written again into a database that was equal before
//! them, by nothing but prepared statements in one loop, fifty orders to a commit. What the store does
//! besides (units, savepoints, answers, threads) shows in the difference.

use crate::StoreError;
use crate::error::EngineError;
use crate::sqlite;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;
use std::path::Path;

/// The tables that an order writes, its own first, each with the column that names the order.
const TABLES: [(&str, &str); 4] =
    [("customer_order", "id"), ("order_line", "order_id"), ("ticket", "order_id"), ("print_job", "order_id")];

/// The rows of many orders, as SQLite keeps them.
#[derive(Debug)]
pub struct Orders {
    /// For each order, its rows table by table, and the answer of its command.
    orders: Vec<[Vec<Vec<Value>>; TABLES.len()]>,
    answers: Vec<Vec<Value>>,
}

/// Reads every order of a store that is closed.
pub fn orders_of(path: &Path) -> Result<Orders, StoreError> {
    let connection = sqlite::open_for_writing(path)?;
    let mut at: HashMap<Key, usize> = HashMap::new();
    let mut orders: Vec<[Vec<Vec<Value>>; TABLES.len()]> = Vec::new();
    for (table, (name, key)) in TABLES.iter().enumerate() {
        for (order, row) in rows(&connection, &format!("SELECT {key}, * FROM {name} ORDER BY rowid"))? {
            let next = orders.len();
            let place = *at.entry(order).or_insert(next);
            if place == next {
                orders.push(Default::default());
            }
            orders[place][table].push(row);
        }
    }
    let answers = rows(&connection, "SELECT id, * FROM answered_command ORDER BY rowid")?;
    Ok(Orders { orders, answers: answers.into_iter().map(|(_, row)| row).collect() })
}

/// The bytes of an id, which can be a key.
type Key = Vec<u8>;

fn rows(connection: &Connection, select: &str) -> Result<Vec<(Key, Vec<Value>)>, EngineError> {
    let mut statement = connection.prepare(select)?;
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let values = (1..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?;
        Ok((row.get(0)?, values))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes `orders` into the store at `path`, which must be as it was before them, `per_commit` at a
/// time; gives orders a second.
pub fn replay(path: &Path, orders: &Orders, per_commit: usize) -> Result<f64, StoreError> {
    Ok(timed(path, orders, per_commit)?)
}

fn timed(path: &Path, orders: &Orders, per_commit: usize) -> Result<f64, EngineError> {
    let connection = sqlite::open_for_writing(path)?;
    connection.execute_batch(
        "INSERT OR IGNORE INTO order_number (branch_id, order_type, last)
         SELECT branch.id, 'counter', 0 FROM branch;
         INSERT OR IGNORE INTO ticket_number (station_id, last) SELECT station.id, 0 FROM station",
    )?;
    let insert = |name: &str, columns: usize| {
        let places = vec!["?"; columns].join(", ");
        connection.prepare(&format!("INSERT INTO {name} VALUES ({places})"))
    };
    let width =
        |table: usize| orders.orders.iter().find_map(|order| order[table].first()).map_or(0, Vec::len);
    let mut into: Vec<_> =
        TABLES.iter().enumerate().map(|(at, (name, _))| insert(name, width(at))).collect::<Result<_, _>>()?;
    let mut answer = insert("answered_command", orders.answers.first().map_or(0, Vec::len))?;
    let mut count = connection.prepare("UPDATE order_number SET last = last + 1")?;
    let mut number = connection.prepare("SELECT last FROM order_number")?;
    let mut count_ticket =
        connection.prepare("UPDATE ticket_number SET last = last + 1 WHERE station_id = ?1")?;
    let mut ticket = connection.prepare("SELECT last FROM ticket_number WHERE station_id = ?1")?;
    let began = tokio::time::Instant::now();
    for (group, answers) in orders.orders.chunks(per_commit).zip(orders.answers.chunks(per_commit)) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for (order, reply) in group.iter().zip(answers) {
            count.execute([])?;
            number.query_row([], |row| row.get::<_, i64>(0))?;
            for row in &order[2] {
                count_ticket.execute([&row[2]])?;
                ticket.query_row([&row[2]], |row| row.get::<_, i64>(0))?;
            }
            for (table, rows) in order.iter().enumerate() {
                for row in rows {
                    into[table].execute(params_from_iter(row))?;
                }
            }
            answer.execute(params_from_iter(reply))?;
        }
        connection.execute_batch("COMMIT")?;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of orders fits")]
    Ok(orders.orders.len() as f64 / began.elapsed().as_secs_f64())
}
