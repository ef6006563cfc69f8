//! How the engines would carry a statement out, in words that both share.

use crate::engine::Engine;
use crate::error::EngineError;
use crate::{Store, StoreError};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row as _};

/// One look of a statement at one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The table, or the name that the statement gives it.
    pub table: String,
    /// The index through which it looks; none when it goes through the table itself.
    pub index: Option<String>,
    /// The columns by which the engine finds the rows; none when it goes through all of them.
    pub by: Vec<String>,
}

/// How a statement would be carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub looks: Vec<Look>,
    /// Whether rows are put in order after they were found, and not found in it.
    pub sorts: bool,
}

/// Keeps the server from scans at any price, so that a plan does not depend on how full the tables are: what still
/// scans has no index to go by.
const NO_SCANS: &str =
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;";

/// Asks the engine for the plan of a statement, whatever its parameters are and however full the tables.
pub async fn plan(store: &Store, statement: &'static str) -> Result<Plan, StoreError> {
    planned(store, statement, NO_SCANS).await
}

/// Asks for the plan that the engine makes for its tables as they are, whatever the parameters.
pub async fn plan_as_it_comes(store: &Store, statement: &'static str) -> Result<Plan, StoreError> {
    planned(store, statement, "").await
}

async fn planned(store: &Store, statement: &'static str, settings: &'static str) -> Result<Plan, StoreError> {
    match store.engine() {
        Engine::Sqlite(engine) => {
            let read = engine.read(move |tx| {
                Box::pin(async move { tx.sqlite(|connection| sqlite_plan(connection, statement)) })
            });
            read.await
        }
        Engine::Postgres(engine) => {
            let mut connection = engine.pool().acquire().await?;
            let arguments = vec!["NULL"; parameters(statement)].join(", ");
            let execute = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
            let asked = format!(
                "BEGIN; {settings} SET LOCAL plan_cache_mode = force_generic_plan;
                 PREPARE asked AS {statement}; EXPLAIN (FORMAT JSON) EXECUTE asked {execute};
                 DEALLOCATE asked; ROLLBACK"
            );
            let row = sqlx::raw_sql(AssertSqlSafe(asked)).fetch_one(&mut *connection).await?;
            let plans: sqlx::types::Json<Value> = row.try_get(0)?;
            let mut plan = Plan::default();
            read_postgres(&plans.0[0]["Plan"], None, &mut plan);
            Ok(plan)
        }
    }
}

fn sqlite_plan(connection: &rusqlite::Connection, statement: &str) -> Result<Plan, EngineError> {
    let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}"))?;
    let details =
        explained.raw_query().mapped(|row| row.get::<_, String>("detail")).collect::<Result<Vec<_>, _>>()?;
    Ok(Plan {
        looks: details.iter().filter_map(|detail| sqlite_look(detail)).collect(),
        sorts: details.iter().any(|detail| detail.contains("TEMP B-TREE") && detail.contains("ORDER BY")),
    })
}

/// Reads `SCAN ticket`, `SEARCH ticket USING INDEX ticket_of_order (order_id=?)` and the like.
fn sqlite_look(detail: &str) -> Option<Look> {
    if detail.contains("VIRTUAL TABLE") {
        return None;
    }
    let rest = detail.strip_prefix("SCAN ").or_else(|| detail.strip_prefix("SEARCH "))?;
    let (rest, condition) = rest.split_once(" (").unwrap_or((rest, ""));
    let table = rest.split(' ').next()?.to_owned();
    let index = rest.split_once("INDEX ").map(|(_, index)| index.to_owned());
    Some(Look { table, index, by: columns(condition) })
}

fn read_postgres(node: &Value, above: Option<&str>, plan: &mut Plan) {
    let text = |key: &str| node[key].as_str();
    let table = text("Relation Name").or(above);
    let kind = text("Node Type").unwrap_or_default();
    if let Some(table) = table
        && (kind == "Seq Scan" || kind.starts_with("Index") || kind == "Bitmap Index Scan")
    {
        let index = text("Index Name").map(str::to_owned);
        plan.looks.push(Look {
            table: table.into(),
            index,
            by: columns(text("Index Cond").unwrap_or_default()),
        });
    }
    plan.sorts |= kind.ends_with("Sort");
    let above = if kind.starts_with("Bitmap") { table } else { None };
    for below in node["Plans"].as_array().into_iter().flatten() {
        read_postgres(below, above, plan);
    }
}

/// The columns of a condition such as `(station_id=? AND ready_at>?)`.
fn columns(condition: &str) -> Vec<String> {
    let named = |part: &str| -> String {
        let part = part.trim_start_matches(['(', ' ']);
        part.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
    };
    condition.split(" AND ").map(named).filter(|column| !column.is_empty()).collect()
}

/// The number of parameters of a statement of PostgreSQL.
fn parameters(statement: &str) -> usize {
    let number = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
    statement.split('$').skip(1).filter_map(number).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_of_sqlite_is_read() {
        let look = |table: &str, index: Option<&str>, by: &[&str]| {
            let by = by.iter().map(|column| (*column).to_owned()).collect();
            Some(Look { table: table.into(), index: index.map(str::to_owned), by })
        };
        assert_eq!(sqlite_look("SCAN ticket"), look("ticket", None, &[]));
        assert_eq!(
            sqlite_look("SEARCH ticket USING COVERING INDEX made (station_id=? AND ready_at>?)"),
            look("ticket", Some("made"), &["station_id", "ready_at"])
        );
        assert_eq!(sqlite_look("SCAN other USING INDEX lane"), look("other", Some("lane"), &[]));
        assert_eq!(sqlite_look("USE TEMP B-TREE FOR ORDER BY"), None);
    }
}
