//! The bill of one order in parts: by heads, by seats, by line. Nothing moves and nothing is printed in a kitchen; a
//! division only says who pays how much of what stands there.

use crate::feature::moves::Act;
use crate::feature::order::Taken;
use crate::feature::order_view;
use crate::once;
use crate::refusal::{Field, Refusal};
use crate::wire::{BillPartView, DivideBill, DivisionView, LineShares, OrderView, QuoteDivision, SharedLine};
use crate::{App, Command as _, Who};
use fastops_domain::division::{Division, DivisionError, MAX_PARTS, MAX_WEIGHT};
use fastops_domain::ids::{LineId, OrderId};
use fastops_domain::money::Money;
use fastops_domain::order::{MAX_LINES, MAX_SEAT, OrderLine};
use fastops_store::order;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How somebody wants a bill divided.
#[derive(Debug)]
struct Wish {
    parts: u8,
    seats: Vec<u16>,
    shares: BTreeMap<LineId, Vec<u32>>,
}

impl Wish {
    fn of(parts: u8, seats: Vec<u16>, said: Vec<LineShares>) -> Result<Self, Refusal> {
        let count = said.len();
        let shares: BTreeMap<_, _> = said.into_iter().map(|one| (LineId(one.line_id), one.weights)).collect();
        if count > MAX_LINES || shares.len() != count {
            return Err(Refusal::OutOfBounds { field: Field::Lines, least: 0, most: MAX_LINES });
        }
        Ok(Self { parts, seats, shares })
    }

    /// The division of an order with these lines.
    fn division(&self, lines: &[OrderLine]) -> Result<Division, Refusal> {
        let line = |id: LineId| lines.iter().find(|line| line.id == id).ok_or(Refusal::UnknownLine);
        for id in self.shares.keys() {
            line(*id)?;
        }
        Division::new(self.parts, self.seats.clone(), self.shares.clone()).or_else(|error| {
            let (field, least, most) = match error {
                DivisionError::Parts => (Field::Parts, 1, usize::from(MAX_PARTS)),
                DivisionError::Seats => (Field::Seat, 1, usize::from(MAX_SEAT)),
                DivisionError::Weights => (Field::Weight, 0, MAX_WEIGHT as usize),
                DivisionError::ForNobody { line: id } => {
                    return Err(Refusal::ForNobody { product: line(id)?.name.clone() });
                }
            };
            Err(Refusal::OutOfBounds { field, least, most })
        })
    }
}

pub(crate) async fn quote_division(
    app: &App,
    _: &Who,
    request: QuoteDivision,
) -> Result<DivisionView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (id, branch) = (OrderId(request.order_id), facts.branch.id);
    let wish = Wish::of(request.parts, request.seats, request.shares)?;
    let reading = app.store.read::<_, Refusal, _>(move |tx| {
        Box::pin(async move {
            let row = order::order(tx, id).await?.filter(|row| row.branch == branch);
            row.ok_or(Refusal::UnknownOrder)?;
            Ok(order::lines(tx, id).await?)
        })
    });
    let lines = reading.await?;
    division_view(&wish.division(&lines)?, &lines, facts.company.currency.smallest_written())
}

pub(crate) async fn divide_bill(app: &App, who: &Who, request: DivideBill) -> Result<OrderView, Refusal> {
    let act = Act::of(app, who, request.command_id).await?;
    let id = OrderId(request.order_id);
    let joined = request.parts == 1;
    let wish = Arc::new(Wish::of(request.parts, request.seats, request.shares)?);
    act.keep(DivideBill::NAME, &[id], move |tx, act| {
        let wish = Arc::clone(&wish);
        Box::pin(async move {
            let row = act.open(tx, id).await?;
            let division = if joined { None } else { Some(wish.division(&order::lines(tx, id).await?)?) };
            if row.division != division {
                order::division::divide(tx, id, division.as_ref(), &act.change).await?;
            }
            Ok(Taken::nothing(id))
        })
    })
    .await?;
    once::done(order_view::order_view(app, id).await)
}

/// A division as screens see it, with what the parts come to.
pub(super) fn division_view(
    division: &Division,
    lines: &[OrderLine],
    unit: Money,
) -> Result<DivisionView, Refusal> {
    let parts = division.divide(lines, unit)?;
    let live = lines.iter().filter(|line| !line.voided);
    let shared = live.map(|line| SharedLine {
        line_id: line.id.0,
        weights: division.weights(line),
        amounts_minor: parts.iter().map(|part| part.amount_of(line.id).0).collect(),
        said: division.names(line.id),
    });
    let lines = shared.collect();
    let parts = parts.iter().zip(1..).map(|(part, number)| BillPartView {
        number,
        seat: part.seat,
        net_minor: part.posting.sum.net.0,
        tax_minor: part.posting.sum.tax.0,
        total_minor: part.posting.sum.total.0,
    });
    Ok(DivisionView { parts: parts.collect(), lines })
}
