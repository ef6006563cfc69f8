//! Some units of a line apart, before they are taken back or go elsewhere.
//!
//! They become a line of their own, and every ticket that told a station of the line tells of both: what is on paper is
//! still true, since it is the same number of things. What the line took out of stock goes to both alike.

use crate::App;
use crate::refusal::{Field, Refusal};
use fastops_domain::ids::{LineId, OrderId, StationId, StockMoveId, TicketId};
use fastops_domain::order::{MAX_LINES, OrderLine};
use fastops_domain::stock::{MoveKind, Quantity};
use fastops_domain::ticket::{TicketContent, TicketLine};
use fastops_store::order::moves::Change;
use fastops_store::order::piece::{self, Piece};
use fastops_store::stock::{Move, Taken};
use fastops_store::ticket::{TicketRow, rewrite_contents, tickets_around_line};
use fastops_store::{Tx, order, stock};
use std::collections::BTreeSet;

/// Units that were taken off a line.
#[derive(Debug)]
pub(super) struct TakenOff {
    /// The line that they are now.
    pub(super) line: LineId,
    /// What they have taken out of stock.
    pub(super) taken: Vec<Taken>,
    /// What has to be posted in stock so that this is so.
    pub(super) moves: Vec<Move>,
    /// The tickets that tell of them apart now.
    pub(super) told: Vec<(TicketId, StationId)>,
}

/// Takes `units` off a line of an order that was revised in this unit of work, with whatever was chosen for it; none when
/// these are all units that it has.
pub(super) async fn take_off(
    tx: &mut Tx,
    app: &App,
    change: &Change,
    order: OrderId,
    lines: &[OrderLine],
    line: &OrderLine,
    units: i64,
) -> Result<Option<TakenOff>, Refusal> {
    if units == line.quantity {
        return Ok(None);
    }
    if !(1..=line.quantity).contains(&units) {
        let (product, most) = (line.name.clone(), line.quantity);
        return Err(Refusal::BadQuantity { product, quantity: units, most });
    }
    let main = LineId(app.env.new_id());
    let piece = |one: &OrderLine| Piece {
        line: one.id,
        id: if one.id == line.id { main } else { LineId(app.env.new_id()) },
        combo: one.combo.map(|_| main),
        units,
    };
    let mut parts: Vec<&OrderLine> = lines.iter().filter(|one| one.belongs_to(line.id)).collect();
    parts.sort_by_key(|one| one.combo.is_some());
    let pieces: Vec<Piece> = parts.iter().map(|one| piece(one)).collect();
    if lines.len() + pieces.len() > MAX_LINES {
        return Err(Refusal::OutOfBounds { field: Field::Lines, least: 1, most: MAX_LINES });
    }
    piece::take_off(tx, order, &pieces, change).await?;
    let told = tell_apart(tx, order, line.id, &pieces).await?;
    let mut off = TakenOff { line: main, taken: Vec::new(), moves: Vec::new(), told };
    for taken in stock::taken_by(tx, line.id).await? {
        let of = parts.iter().zip(&pieces).find(|(one, _)| one.id == taken.line);
        let Some((one, piece)) = of else { continue };
        let share = Quantity(taken.quantity.0 / one.quantity * units);
        if share == Quantity::ZERO {
            continue;
        }
        let kind = if taken.item == one.item() { MoveKind::Sale } else { MoveKind::Recipe };
        let moved = |line: LineId, quantity: Quantity| Move {
            id: StockMoveId(app.env.new_id()),
            location: taken.location,
            item: taken.item,
            quantity,
            kind,
            line: Some(line),
            reason: None,
        };
        off.moves.extend([moved(taken.line, share.reversed()), moved(piece.id, share)]);
        off.taken.push(Taken { line: piece.id, quantity: share, ..taken });
    }
    Ok(Some(off))
}

/// Has every ticket that told a station of the line tell of its pieces too, and says which those are.
async fn tell_apart(
    tx: &mut Tx,
    order: OrderId,
    line: LineId,
    pieces: &[Piece],
) -> Result<Vec<(TicketId, StationId)>, Refusal> {
    // Whoever gives a ticket other words has its order's row until the commit.
    let told = tickets_around_line(tx, line).await?;
    let others: BTreeSet<OrderId> =
        told.iter().map(|ticket| ticket.order).filter(|of| *of != order).collect();
    for other in &others {
        order::count_revision(tx, *other).await?;
    }
    let told = if others.is_empty() { told } else { tickets_around_line(tx, line).await? };
    let apart =
        told.into_iter().filter_map(|ticket| Some(((ticket.id, ticket.station), apart(ticket, pieces)?)));
    let (told, contents): (Vec<_>, Vec<_>) = apart.map(|(told, content)| (told, (told.0, content))).unzip();
    rewrite_contents(tx, &contents).await?;
    Ok(told)
}

/// A ticket's words with the pieces beside their lines; none when it tells of none of them.
fn apart(ticket: TicketRow, pieces: &[Piece]) -> Option<TicketContent> {
    let mut told = false;
    let mut lines: Vec<TicketLine> = Vec::with_capacity(ticket.content.lines.len() + pieces.len());
    for line in ticket.content.lines {
        match pieces.iter().find(|piece| piece.line == line.line && !line.voided) {
            Some(piece) => {
                let beside = TicketLine { line: piece.id, quantity: piece.units, ..line.clone() };
                lines.push(TicketLine { quantity: line.quantity - piece.units, ..line });
                lines.push(beside);
                told = true;
            }
            None => lines.push(line),
        }
    }
    told.then_some(TicketContent { lines, ..ticket.content })
}
