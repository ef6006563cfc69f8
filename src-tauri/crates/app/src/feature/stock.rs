//! What an order takes out of stock, in the order's own transaction (P1, P12).
//!
//! The database refuses a move that would leave less than must stay, whoever sells the last one at the same
//! moment. What ran short is found out only then, so that an order that is served pays one statement
//! for its moves, and one of products that are not counted pays none.

use crate::App;
use crate::catalogue::{Facts, Left};
use crate::env::Env;
use crate::refusal::Refusal;
use fastops_domain::ids::{BranchId, LineId, ProductId, StockMoveId};
use fastops_domain::money::AmountTooLarge;
use fastops_domain::order::OrderLine;
use fastops_domain::stock::{Item, Quantity, Use, shortage};
use fastops_store::availability::{self, Sold};
use fastops_store::stock::{self, LEAST_RULE, Move, Posting};
use fastops_store::{Store, StoreError, Tx};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What a command takes that sells.
#[derive(Clone, Debug)]
pub(crate) struct Withdrawal {
    by: Posting,
    moves: Vec<Move>,
    branch: BranchId,
    /// Of what is counted down, each product once, with its name.
    counted_down: Vec<(Sold, String)>,
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
        let counted_down = counted_down(facts, lines);
        Ok(Self { by, moves, branch: facts.branch.id, counted_down })
    }

    /// Posts it; the last thing of a unit of work, since what it takes is held until that commits.
    pub(crate) async fn post(&self, tx: &mut Tx) -> Result<(), Refusal> {
        self.hold(tx).await?;
        if !self.moves.is_empty() {
            stock::post(tx, self.by, &self.moves).await?;
        }
        if !self.counted_down.is_empty() {
            let sold: Vec<Sold> = self.counted_down.iter().map(|(sold, _)| *sold).collect();
            availability::count_down(tx, self.branch, &sold).await?;
        }
        Ok(())
    }

    /// Holds what is counted down, and refuses what there is not enough of.
    async fn hold(&self, tx: &mut Tx) -> Result<(), Refusal> {
        if self.counted_down.is_empty() {
            return Ok(());
        }
        let products: Vec<ProductId> = self.counted_down.iter().map(|(sold, _)| sold.product).collect();
        let left = availability::hold(tx, self.branch, &products).await?;
        for (sold, name) in &self.counted_down {
            let left = left.get(&sold.product).copied().unwrap_or_default();
            if left < sold.units {
                return Err(too_few(name, sold.units, left));
            }
        }
        Ok(())
    }
}

fn counted_down(facts: &Facts, lines: &[OrderLine]) -> Vec<(Sold, String)> {
    let mut units: BTreeMap<Uuid, i64> = BTreeMap::new();
    for line in lines.iter().filter(|line| facts.counts_down(line.product)) {
        let sum = units.entry(line.product.0).or_default();
        *sum = sum.saturating_add(line.quantity);
    }
    let sold = |(product, units)| {
        let product = ProductId(product);
        let name = facts.product(product).map_or_else(String::new, |product| product.name.clone());
        (Sold { product, units }, name)
    };
    units.into_iter().map(sold).collect()
}

/// What is taken back of what is counted down.
#[derive(Debug)]
pub(crate) struct Returned {
    branch: BranchId,
    lines: Vec<LineId>,
}

impl Returned {
    /// What of `lines` counts up again. It is held from now on: before anything is moved in stock.
    pub(crate) async fn hold<'l>(
        tx: &mut Tx,
        facts: &Facts,
        lines: impl Iterator<Item = &'l OrderLine>,
    ) -> Result<Self, StoreError> {
        let branch = facts.branch.id;
        let (lines, products): (Vec<_>, Vec<_>) =
            lines.filter(|line| facts.counts_down(line.product)).map(|line| (line.id, line.product)).unzip();
        if !products.is_empty() {
            availability::hold(tx, branch, &products).await?;
        }
        Ok(Self { branch, lines })
    }

    pub(crate) async fn give_back(self, tx: &mut Tx) -> Result<(), StoreError> {
        if self.lines.is_empty() {
            return Ok(());
        }
        availability::give_back(tx, self.branch, &self.lines).await
    }
}

/// How much is left of everything that is limited; nothing is asked where nothing is.
pub(crate) async fn left(store: &Store, facts: &Facts) -> Result<Left, StoreError> {
    let (stock, said) = (facts.counts_stock(), facts.counts_any_down());
    if !stock && !said {
        return Ok(Left::default());
    }
    let (location, branch) = (facts.branch.default_location, facts.branch.id);
    let read = store.read(move |tx| {
        Box::pin(async move {
            let free = if stock { stock::free(tx, location).await? } else { HashMap::new() };
            let counted_down = if said { availability::left(tx, branch).await? } else { HashMap::new() };
            Ok(Left { free, counted_down })
        })
    });
    read.await
}

/// A refusal by the database as a person understands it: which product there is not enough of. Any other
/// stays what it is.
pub(crate) async fn explained(app: &App, facts: &Facts, lines: &[OrderLine], refusal: Refusal) -> Refusal {
    match &refusal {
        Refusal::Store(StoreError::RuleBroken { rule }) if rule == LEAST_RULE => {}
        _ => return refusal,
    }
    match left(&app.store, facts).await {
        Ok(left) => short(facts, lines, &left.free),
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
        Some(((_, name, wanted), left)) => too_few(name, *wanted, left),
        None => Refusal::StockMoved,
    }
}

fn too_few(product: &str, wanted: i64, left: i64) -> Refusal {
    let product = product.to_owned();
    if left == 0 { Refusal::SoldOut { product } } else { Refusal::NotEnough { product, wanted, left } }
}
