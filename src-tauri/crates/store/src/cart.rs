//! What tills have typed and not sent, as they wrote it: a till that crashes finds it again with its last tap.

use crate::columns::Row;
use crate::sql::{execute, fetch_all, fetch_one, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{OrderId, TerminalId};
use fastops_domain::time::Time;
use uuid::Uuid;

/// What was emptied is remembered for 60 days: longer than a till stays switched off.
const REMEMBERED_MS: i64 = 60 * 86_400_000;

statements! {
    // An older word than the one that is kept changes nothing.
    KEEP: both
        "INSERT INTO cart (terminal_id, machine_id, order_id, version, content, kept_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (terminal_id, machine_id, order_id) DO UPDATE SET
             content = CASE WHEN excluded.version > cart.version THEN excluded.content ELSE cart.content END,
             kept_at = CASE WHEN excluded.version > cart.version THEN excluded.kept_at ELSE cart.kept_at END,
             version = CASE WHEN excluded.version > cart.version THEN excluded.version ELSE cart.version END
         RETURNING version";
    FORGET: both "DELETE FROM cart WHERE terminal_id = $1 AND machine_id = $2 AND content IS NULL AND kept_at < $3";
    CARTS: both
        "SELECT order_id, version, content,
                EXISTS (SELECT 1 FROM customer_order WHERE customer_order.id = cart.order_id) AS is_known
         FROM cart WHERE terminal_id = $1 AND machine_id = $2 ORDER BY order_id";
}

/// Where something was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Till {
    pub terminal: TerminalId,
    /// The computer or tablet, of which several may work as one terminal; by a name that it gave itself.
    pub machine: Uuid,
}

/// What is typed for one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartRow {
    pub order: OrderId,
    /// Counts its changes; of two the higher is newer.
    pub version: i64,
    /// None of a cart that was emptied.
    pub content: Option<String>,
}

/// A cart as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCart {
    pub cart: CartRow,
    /// Whether the order itself is there already.
    pub is_known: bool,
}

/// Keeps what a till has typed for an order, unless something newer is kept; answers with the newest version.
pub async fn keep(tx: &mut Tx, till: Till, cart: &CartRow, now: Time) -> Result<i64, StoreError> {
    let Till { terminal, machine } = till;
    let read = |row: &Row<'_>| row.get("version");
    let newest = fetch_one!(tx, KEEP, read, terminal, machine, cart.order, cart.version, cart.content.as_deref(), now)?;
    if cart.content.is_none() {
        execute!(tx, FORGET, terminal, machine, now.0 - REMEMBERED_MS)?;
    }
    Ok(newest)
}

/// Everything that is kept of a till, what was emptied lately included.
pub async fn carts(tx: &mut Tx, till: Till) -> Result<Vec<KeptCart>, StoreError> {
    let read = |row: &Row<'_>| {
        let cart = CartRow {
            order: row.get("order_id")?,
            version: row.get("version")?,
            content: row.get("content")?,
        };
        Ok(KeptCart { cart, is_known: row.get("is_known")? })
    };
    fetch_all!(tx, CARTS, read, till.terminal, till.machine)
}
