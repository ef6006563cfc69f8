//! Some units of a line as a line of their own: what goes when not all of it goes.
//!
//! Nothing is added and nothing lost: the piece has the units that the line has no longer, and the database refuses a
//! line any other number of units than those that its pieces left it.

use crate::columns::AsJson;
use crate::order::event::insert_event;
use crate::order::moves::Change;
use crate::sql::{execute, execute_each, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{LineId, OrderId};
use fastops_domain::order::OrderEventKind;
use serde::Serialize;
use serde_json::json;

statements! {
    // A piece stands where the line stands, and beside it.
    INSERT_PIECES: each {
        sqlite:
            "INSERT INTO order_line (id, order_id, current_order_id, product_id, variant_id, name, quantity, price_minor,
                                     modifiers, taxes, note, allergy, course, station_id, revision, position, created_at,
                                     user_id, seat, held, combo_line_id, price_list, ordinary_price_minor,
                                     piece_of_id, piece_of_units)
             SELECT $2, order_id, current_order_id, product_id, variant_id, name, $4, price_minor, modifiers, taxes, note,
                    allergy, course, station_id, revision, position, created_at, user_id, seat, held, $3, price_list,
                    ordinary_price_minor, id, quantity
             FROM order_line WHERE id = $1 AND current_order_id = $5 AND quantity > $4",
        postgres:
            "INSERT INTO order_line (id, order_id, current_order_id, product_id, variant_id, name, quantity, price_minor,
                                     modifiers, taxes, note, allergy, course, station_id, revision, position, created_at,
                                     user_id, seat, held, combo_line_id, price_list, ordinary_price_minor,
                                     piece_of_id, piece_of_units)
             SELECT piece.id, order_id, current_order_id, product_id, variant_id, name, piece.units, price_minor, modifiers,
                    taxes, note, allergy, course, station_id, revision, position, created_at, user_id, seat, held,
                    piece.combo, price_list, ordinary_price_minor, order_line.id, quantity
             FROM jsonb_to_recordset($1) AS piece (line UUID, id UUID, combo UUID, units BIGINT)
             JOIN order_line ON order_line.id = piece.line
             WHERE current_order_id = $2 AND quantity > piece.units",
    };
    SHRINK: each {
        sqlite: "UPDATE order_line SET quantity = quantity - $2 WHERE id = $1",
        postgres:
            "UPDATE order_line SET quantity = quantity - piece.units
             FROM jsonb_to_recordset($1) AS piece (line UUID, units BIGINT)
             WHERE order_line.id = piece.line",
    };
    // A piece has been wherever the line has, and was fired with it.
    COPY_MOVES: both
        "INSERT INTO order_line_move (line_id, number, from_order_id, to_order_id, at, user_id, command_id)
         SELECT $2, number, from_order_id, to_order_id, at, user_id, command_id FROM order_line_move WHERE line_id = $1";
    COPY_FIRE: both
        "INSERT INTO order_line_fire (line_id, order_id, at, user_id, terminal_id, command_id)
         SELECT $2, order_id, at, user_id, terminal_id, command_id FROM order_line_fire WHERE line_id = $1";
}

/// Units of a line that become a line of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The line that they are taken off.
    pub line: LineId,
    /// The line that they become.
    pub id: LineId,
    /// The piece of its combo, of what was chosen for one.
    pub combo: Option<LineId>,
    /// Fewer than the line has, and one at least.
    pub units: i64,
}

/// Takes pieces off lines of an open order, a combo before what was chosen for it.
///
/// `Stale` when one of the lines stands elsewhere or has no more units than its piece. The caller counts a revision of
/// the order first, which holds off whoever else would change its lines.
pub async fn take_off(
    tx: &mut Tx,
    order: OrderId,
    pieces: &[Piece],
    change: &Change,
) -> Result<(), StoreError> {
    let inserted = execute_each!(
        tx,
        INSERT_PIECES,
        pieces,
        sqlite: |piece| [piece.line, piece.id, piece.combo, piece.units, order],
        postgres: [AsJson(&pieces), order],
    )?;
    if inserted != pieces.len() as u64 {
        return Err(StoreError::Stale { what: "the line" });
    }
    execute_each!(
        tx,
        SHRINK,
        pieces,
        sqlite: |piece| [piece.line, piece.units],
        postgres: [AsJson(&pieces)],
    )?;
    for piece in pieces {
        execute!(tx, COPY_MOVES, piece.line, piece.id)?;
        execute!(tx, COPY_FIRE, piece.line, piece.id)?;
    }
    let detail = json!({ "pieces": pieces });
    insert_event(tx, &change.event(order, OrderEventKind::LineDivided, detail)).await
}
