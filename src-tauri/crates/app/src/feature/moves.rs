//! Orders that go elsewhere: to another table, to none, into another order, into other hands. Every line stays a line (P11),
//! and the stations that are making something of them hear where it goes.

use crate::catalogue::Facts;
use crate::feature::lines::stays_in_combo;
use crate::feature::order::Taken;
use crate::feature::piece::TakenOff;
use crate::feature::{elsewhere, order_view, piece};
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{
    ChangeOrderType, GiveOrder, LinePiece, MergeOrders, MoveLines, MoveOrder, MovedOrders, OrderView,
};
use crate::{Actor, App, Command as _, Who};
use elsewhere::Going;
use fastops_domain::ids::{CommandId, LineId, OrderEventId, OrderId, TableId, UserId};
use fastops_domain::order::{MAX_LINES, OrderLine, OrderType, total};
use fastops_domain::time::Time;
use fastops_store::hint::HouseNews;
use fastops_store::order::moves::{self, Change};
use fastops_store::order::{self, NewOrder, OrderRow, kind};
use fastops_store::stock::{Move, Posting};
use fastops_store::{Tx, Work, floor, stock};
use std::collections::HashSet;
use std::sync::Arc;

/// Who moves something, when, and what has to be known for it.
#[derive(Clone)]
pub(super) struct Act {
    pub(super) app: App,
    pub(super) facts: Arc<Facts>,
    actor: Actor,
    now: Time,
    pub(super) change: Change,
}

impl Act {
    pub(super) async fn of(app: &App, who: &Who, command: uuid::Uuid) -> Result<Self, Refusal> {
        let (actor, now) = (who.actor()?.clone(), app.env.now());
        let change = Change {
            event: OrderEventId(app.env.new_id()),
            at: now,
            user: actor.user(),
            terminal: actor.live.terminal.id,
            command: CommandId(command),
        };
        Ok(Self { app: app.clone(), facts: app.catalogue.facts().await?, actor, now, change })
    }

    /// Does it once, and tells every screen of the orders that it touched.
    pub(super) async fn keep<F>(self, name: &'static str, touched: &[OrderId], work: F) -> Result<(), Refusal>
    where
        F: for<'t> Fn(&'t mut Tx, Self) -> Work<'t, Taken, Refusal> + Send + Sync + 'static,
    {
        let (app, actor, command, now) =
            (self.app.clone(), self.actor.clone(), self.change.command, self.now);
        let taken = once(&app, &actor, command, name, now, move |tx| work(tx, self.clone())).await?;
        if taken.fresh {
            app.announce(&taken.outcome);
            let others = touched.iter().filter(|order| **order != taken.outcome.order);
            app.tell_house(&others.map(|order| HouseNews::Order(*order)).collect::<Vec<_>>());
        }
        Ok(())
    }

    /// An open order of the branch.
    pub(super) async fn open(&self, tx: &mut Tx, id: OrderId) -> Result<OrderRow, Refusal> {
        let row = order::order(tx, id).await?.filter(|row| row.branch == self.facts.branch.id);
        let row = row.ok_or(Refusal::UnknownOrder)?;
        if row.closed_at.is_some() { Err(Refusal::OrderClosed { number: row.number }) } else { Ok(row) }
    }

    /// A new order at the same table with the same waiter, for some of the lines.
    async fn beside(&self, tx: &mut Tx, row: &OrderRow, id: OrderId) -> Result<OrderRow, Refusal> {
        let number = order::next_order_number(tx, row.branch, row.order_type).await?;
        let new = NewOrder {
            id,
            branch: row.branch,
            order_type: row.order_type,
            number,
            table: row.table,
            customer: row.customer.clone(),
            covers: None,
            waiter: row.waiter,
            terminal: self.actor.live.terminal.id,
            note: None,
            urgent: false,
            revision: 1,
            opened_at: self.now,
            contact: row.contact.clone(),
        };
        order::insert_order(tx, &new).await?;
        self.open(tx, id).await
    }

    /// Serves an order as something else than until now, at a table or at none.
    async fn serve_as(
        &self,
        tx: &mut Tx,
        from: OrderRow,
        order_type: OrderType,
        table: Option<TableId>,
    ) -> Result<Taken, Refusal> {
        let revision = kind::change_type(tx, &from, order_type, table, &self.change).await?;
        self.elsewhere(tx, &from, OrderRow { order_type, table, revision, ..from.clone() }).await
    }

    /// Tells the stations of a whole order that it goes elsewhere.
    async fn elsewhere(&self, tx: &mut Tx, from: &OrderRow, to: OrderRow) -> Result<Taken, Refusal> {
        let Split { gone, voided, .. } = Split::of(&order::lines(tx, to.id).await?, None)?;
        let held = gone.iter().any(OrderLine::is_held);
        let (gone, revision) = (gone.into_iter().map(|line| line.id).collect(), to.revision);
        let going = Going { gone, voided, held, from: from.clone(), to, revision };
        going.tell(tx, &self.app, &self.facts, &self.actor).await
    }

    /// Takes the pieces off lines that do not go whole; gives what goes in their place.
    async fn apart(
        &self,
        tx: &mut Tx,
        row: &mut OrderRow,
        asked: &[LineId],
        pieces: &[(LineId, i64)],
    ) -> Result<(Vec<LineId>, Vec<TakenOff>), Refusal> {
        let (mut asked, mut off) = (asked.to_vec(), Vec::new());
        if !pieces.is_empty() {
            row.revision = order::next_revision(tx, row.id).await?;
        }
        for (id, units) in pieces {
            let lines = order::lines(tx, row.id).await?;
            let line = lines.iter().find(|line| line.id == *id).ok_or(Refusal::UnknownLine)?;
            if line.voided {
                return Err(Refusal::LineAlreadyVoided { product: line.name.clone() });
            }
            stays_in_combo(line, &lines, |_| false)?;
            let change = Change { event: OrderEventId(self.app.env.new_id()), ..self.change };
            if let Some(piece) = piece::take_off(tx, &self.app, &change, row.id, &lines, line, *units).await?
            {
                asked.iter_mut().filter(|line| *line == id).for_each(|line| *line = piece.line);
                off.push(piece);
            }
        }
        Ok((asked, off))
    }

    const fn posting(&self) -> Posting {
        Posting { command: self.change.command, user: self.change.user, at: self.change.at }
    }

    /// Takes lines, or all that is left, from one order to another.
    async fn take(
        &self,
        tx: &mut Tx,
        rows: (OrderRow, OrderRow),
        asked: Option<&[LineId]>,
    ) -> Result<Taken, Refusal> {
        let (from, to) = rows;
        let there = order::lines(tx, from.id).await?;
        let going = Split::of(&there, asked)?;
        fits(&order::lines(tx, to.id).await?, &going.gone)?;
        let gone: Vec<LineId> = going.gone.iter().map(|line| line.id).collect();
        let revision = if going.is_all() {
            let day = self.facts.day_rule().day_of(self.now);
            moves::merge(tx, from.id, to.id, day, &self.change).await?
        } else {
            moves::move_lines(tx, from.id, to.id, &gone, &self.change).await?
        };
        let held = going.gone.iter().any(OrderLine::is_held);
        let going =
            Going { gone: gone.into_iter().collect(), voided: going.voided, held, from, to, revision };
        going.tell(tx, &self.app, &self.facts, &self.actor).await
    }
}

/// What leaves an order, and what does not.
struct Split {
    gone: Vec<OrderLine>,
    /// How many lines that are to be made stay.
    staying: usize,
    voided: HashSet<LineId>,
}

impl Split {
    fn of(there: &[OrderLine], asked: Option<&[LineId]>) -> Result<Self, Refusal> {
        let mut split = Self { gone: Vec::new(), staying: 0, voided: HashSet::new() };
        let wanted =
            |line: &OrderLine| asked.is_none_or(|asked| asked.contains(&line.combo.unwrap_or(line.id)));
        for id in asked.unwrap_or_default() {
            let line = there.iter().find(|line| line.id == *id).ok_or(Refusal::UnknownLine)?;
            if line.voided {
                return Err(Refusal::LineAlreadyVoided { product: line.name.clone() });
            }
            stays_in_combo(line, there, |combo| asked.is_some_and(|asked| asked.contains(&combo)))?;
        }
        for line in there {
            if line.voided {
                split.voided.insert(line.id);
            } else if wanted(line) {
                split.gone.push(line.clone());
            } else {
                split.staying += 1;
            }
        }
        Ok(split)
    }

    fn is_all(&self) -> bool {
        self.staying == 0
    }
}

/// Refuses what one order cannot hold.
fn fits(there: &[OrderLine], more: &[OrderLine]) -> Result<(), Refusal> {
    if there.len() + more.len() > MAX_LINES {
        return Err(Refusal::OutOfBounds { field: Field::Lines, least: 1, most: MAX_LINES });
    }
    Ok(total(there.iter().chain(more)).map(drop)?)
}

pub(crate) async fn move_order(app: &App, who: &Who, request: MoveOrder) -> Result<OrderView, Refusal> {
    let act = Act::of(app, who, request.command_id).await?;
    let (id, table) = (OrderId(request.order_id), TableId(request.table_id));
    act.facts.table_on_floor(table).ok_or(Refusal::UnknownTable)?;
    act.keep(MoveOrder::NAME, &[id], move |tx, act| {
        Box::pin(async move {
            let from = act.open(tx, id).await?;
            if from.table == Some(table) {
                return Ok(Taken::nothing(id));
            }
            if from.order_type != OrderType::DineIn {
                return act.serve_as(tx, from, OrderType::DineIn, Some(table)).await;
            }
            let revision = moves::change_table(tx, id, from.table, Some(table), &act.change).await?;
            act.elsewhere(tx, &from, OrderRow { table: Some(table), revision, ..from.clone() }).await
        })
    })
    .await?;
    once::done(order_view::order_view(app, id).await)
}

pub(crate) async fn change_order_type(
    app: &App,
    who: &Who,
    request: ChangeOrderType,
) -> Result<OrderView, Refusal> {
    let act = Act::of(app, who, request.command_id).await?;
    let (id, order_type) = (OrderId(request.order_id), OrderType::from(request.order_type));
    let asked = request.table_id.filter(|_| order_type == OrderType::DineIn).map(TableId);
    let place = asked.map(|id| act.facts.table_on_floor(id).ok_or(Refusal::UnknownTable)).transpose()?;
    let table = place.map(|(table, _)| (table.id, table.name.clone()));
    let alone = !request.share_table;
    act.keep(ChangeOrderType::NAME, &[id], move |tx, act| {
        let table = table.clone();
        Box::pin(async move {
            let from = act.open(tx, id).await?;
            let number = from.number;
            if from.order_type == order_type {
                return Err(Refusal::ServedSo { number, order_type });
            }
            let table = match table {
                None if order_type == OrderType::DineIn => return Err(Refusal::TableNeeded { number }),
                None => None,
                Some((table, name)) => {
                    floor::hold_table(tx, table).await?;
                    let there = order::open_orders_at(tx, from.branch, table).await?;
                    if alone && there.iter().any(|other| other.id != id) {
                        return Err(Refusal::TableTaken { table: name });
                    }
                    Some(table)
                }
            };
            act.serve_as(tx, from, order_type, table).await
        })
    })
    .await?;
    once::done(order_view::order_view(app, id).await)
}

pub(crate) async fn merge_orders(app: &App, who: &Who, request: MergeOrders) -> Result<MovedOrders, Refusal> {
    let (from, to) = (OrderId(request.from_order_id), OrderId(request.to_order_id));
    let act = Act::of(app, who, request.command_id).await?;
    two(from, to)?;
    act.keep(MergeOrders::NAME, &[from, to], move |tx, act| {
        Box::pin(async move {
            let rows = (act.open(tx, from).await?, act.open(tx, to).await?);
            act.take(tx, rows, None).await
        })
    })
    .await?;
    both(app, from, to).await
}

pub(crate) async fn move_lines(app: &App, who: &Who, request: MoveLines) -> Result<MovedOrders, Refusal> {
    let (from, to) = (OrderId(request.from_order_id), OrderId(request.to_order_id));
    let act = Act::of(app, who, request.command_id).await?;
    two(from, to)?;
    let asked: Arc<[LineId]> = request.line_ids.into_iter().map(LineId).collect();
    let once_each = asked.iter().collect::<HashSet<_>>().len() == asked.len();
    if asked.is_empty() || asked.len() > MAX_LINES || !once_each {
        return Err(Refusal::OutOfBounds { field: Field::Lines, least: 1, most: MAX_LINES });
    }
    let pieces = pieces(&asked, &request.pieces)?;
    let new_order = request.new_order;
    act.keep(MoveLines::NAME, &[from, to], move |tx, act| {
        let (asked, pieces) = (Arc::clone(&asked), Arc::clone(&pieces));
        Box::pin(async move {
            let mut row = act.open(tx, from).await?;
            let (asked, off) = act.apart(tx, &mut row, &asked, &pieces).await?;
            let other = if new_order {
                let lines = order::lines(tx, from).await?;
                if Split::of(&lines, Some(&asked))?.is_all() {
                    return Err(Refusal::NothingStays { number: row.number });
                }
                act.beside(tx, &row, to).await?
            } else {
                act.open(tx, to).await?
            };
            let mut taken = act.take(tx, (row, other), Some(&asked)).await?;
            taken.renamed.extend(off.iter().flat_map(|off| &off.told));
            let moves: Vec<Move> = off.into_iter().flat_map(|off| off.moves).collect();
            if !moves.is_empty() {
                stock::post(tx, act.posting(), &moves).await?;
            }
            Ok(taken)
        })
    })
    .await?;
    both(app, from, to).await
}

/// Of which lines not all units go, and how many do.
fn pieces(asked: &[LineId], said: &[LinePiece]) -> Result<Arc<[(LineId, i64)]>, Refusal> {
    let pieces: Arc<[(LineId, i64)]> =
        said.iter().map(|piece| (LineId(piece.line_id), piece.quantity)).collect();
    let lines: HashSet<LineId> = pieces.iter().map(|(line, _)| *line).collect();
    if lines.iter().any(|line| !asked.contains(line)) {
        return Err(Refusal::UnknownLine);
    }
    if lines.len() != pieces.len() {
        return Err(Refusal::OutOfBounds { field: Field::Lines, least: 1, most: MAX_LINES });
    }
    Ok(pieces)
}

pub(crate) async fn give_order(app: &App, who: &Who, request: GiveOrder) -> Result<OrderView, Refusal> {
    let act = Act::of(app, who, request.command_id).await?;
    let (id, waiter) = (OrderId(request.order_id), UserId(request.user_id));
    if !act.facts.users.iter().any(|user| user.id == waiter && user.active) {
        return Err(Refusal::UnknownUser);
    }
    act.keep(GiveOrder::NAME, &[id], move |tx, act| {
        Box::pin(async move {
            let row = act.open(tx, id).await?;
            if row.waiter != waiter {
                moves::change_waiter(tx, id, row.waiter, waiter, &act.change).await?;
            }
            Ok(Taken::nothing(id))
        })
    })
    .await?;
    once::done(order_view::order_view(app, id).await)
}

fn two(from: OrderId, to: OrderId) -> Result<(), Refusal> {
    if from == to { Err(Refusal::SameOrder) } else { Ok(()) }
}

async fn both(app: &App, from: OrderId, to: OrderId) -> Result<MovedOrders, Refusal> {
    let from = once::done(order_view::order_view(app, from).await)?;
    let to = once::done(order_view::order_view(app, to).await)?;
    Ok(MovedOrders { from, to })
}
