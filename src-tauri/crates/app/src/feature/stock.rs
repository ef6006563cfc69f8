//! What an order takes out of stock, in the order's own transaction (P1, P12).
//!
//! The database refuses a move that would leave less than must stay, whoever sells the last one at the same
//! moment. What ran short is found out only then, so that an order that is served pays one statement
//! for its moves, and one of products that are not counted pays none.

use crate::App;
use crate::catalogue::Facts;
use crate::env::Env;
use crate::refusal::Refusal;
use fastops_domain::ids::StockMoveId;
use fastops_domain::money::AmountTooLarge;
use fastops_domain::order::OrderLine;
use fastops_domain::stock::{Item, Quantity, Use, shortage};
use fastops_store::stock::{self, LEAST_RULE, Move, Posting};
use fastops_store::{Store, StoreError, Tx};
use std::collections::HashMap;
use uuid::Uuid;

/// The moves of a command that sells.
#[derive(Clone, Debug)]
pub(crate) struct Withdrawal {
    by: Posting,
    moves: Vec<Move>,
}

impl Withdrawal {
    /// What `lines` take out of the branch's stock.
    pub(crate) fn of(facts: &Facts, env: &Env, lines: &[OrderLine], by: Posting) -> Result<Self, Refusal> {
        let mut moves = Vec::new();
        for line in lines {
            for used in facts.uses(line.item()) {
                let taken = used.quantity.times(line.quantity).map_err(|_| AmountTooLarge)?;
                moves.push(Move {
                    id: StockMoveId(env.new_id()),
                    location: facts.branch.default_location,
                    item: used.item,
                    quantity: taken.reversed(),
                    kind: used.kind,
                    line: Some(line.id),
                    reason: None,
                });
            }
        }
        Ok(Self { by, moves })
    }

    /// Posts them; the last thing of a unit of work, since what they move is held until it commits.
    pub(crate) async fn post(&self, tx: &mut Tx) -> Result<(), Refusal> {
        if self.moves.is_empty() {
            return Ok(());
        }
        Ok(stock::post(tx, self.by, &self.moves).await.map(drop)?)
    }
}

/// How much of each limited item may still be taken; nothing is asked where nothing is counted.
pub(crate) async fn free(store: &Store, facts: &Facts) -> Result<HashMap<Uuid, Quantity>, StoreError> {
    if !facts.counts_stock() {
        return Ok(HashMap::new());
    }
    let location = facts.branch.default_location;
    store.read(move |tx| Box::pin(stock::free(tx, location))).await
}

/// A refusal by the database as a person understands it: which product there is not enough of. Any other
/// stays what it is.
pub(crate) async fn explained(app: &App, facts: &Facts, lines: &[OrderLine], refusal: Refusal) -> Refusal {
    match &refusal {
        Refusal::Store(StoreError::RuleBroken { rule }) if rule == LEAST_RULE => {}
        _ => return refusal,
    }
    match free(&app.store, facts).await {
        Ok(free) => short(facts, lines, &free),
        Err(_) => refusal,
    }
}

/// The first thing of `lines` that there is not enough of.
fn short(facts: &Facts, lines: &[OrderLine], free: &HashMap<Uuid, Quantity>) -> Refusal {
    let mut items: Vec<(Item, &str, i64)> = Vec::new();
    for line in lines {
        match items.iter_mut().find(|(item, ..)| *item == line.item()) {
            Some((.., units)) => *units += line.quantity,
            None => items.push((line.item(), &line.name, line.quantity)),
        }
    }
    let asked: Vec<(&[Use], i64)> =
        items.iter().map(|(item, _, units)| (facts.uses(*item), *units)).collect();
    let found = shortage(&asked, |item| free.get(&item).copied());
    match found.and_then(|found| items.get(found.place).map(|item| (item, found.left))) {
        Some(((_, name, _), 0)) => Refusal::SoldOut { product: (*name).to_owned() },
        Some(((_, name, wanted), left)) => {
            Refusal::NotEnough { product: (*name).to_owned(), wanted: *wanted, left }
        }
        None => Refusal::StockMoved,
    }
}
