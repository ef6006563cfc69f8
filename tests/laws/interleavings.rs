//! Law P11: any interleaving of two terminals' line additions, voids and moves keeps every line.
//!
//! Two terminals act at once from a seed, each believing what it last knew, so that many of their acts
//! are refused. An oracle in memory counts only what was acknowledged. A failure prints the seed.

use super::moves::change;
use super::on_both_engines;
use super::world::{NOW, World, id, order_id};
use fastops_domain::division::Division;
use fastops_domain::ids::{CommandId, LineId, OrderId};
use fastops_domain::money::Money;
use fastops_domain::order::{OrderLine, posting, total};
use fastops_domain::tax::Taxed;
use fastops_store::order::moves::{merge, move_lines};
use fastops_store::order::{self, LineVoid};
use fastops_store::{Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::task::JoinSet;

on_both_engines!(every_line_is_kept_in_one_place, a_merge_loses_no_line_that_is_added_meanwhile);

const ORDERS: u64 = 4;
const ACTS: u64 = 60;
const SEEDS: [u64; 3] = [1, 20_261_122, 0x5EED];

/// The next number of a sequence that a seed determines (`SplitMix64`).
pub(super) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// What was acknowledged of one line.
#[derive(Default)]
struct Known {
    /// How often it came into an order, less how often it left it.
    balance: HashMap<OrderId, i64>,
    voids: u64,
    /// Where the terminals believe it to be: the order of the latest answer.
    believed: Option<OrderId>,
}

#[derive(Default)]
struct Oracle {
    lines: HashMap<LineId, Known>,
    ids: Vec<LineId>,
    refused: u64,
}

impl Oracle {
    fn added(&mut self, lines: &[LineId], order: OrderId) {
        for line in lines {
            let known = self.lines.entry(*line).or_default();
            *known.balance.entry(order).or_default() += 1;
            known.believed = Some(order);
            self.ids.push(*line);
        }
    }

    fn moved(&mut self, line: LineId, from: OrderId, to: OrderId) {
        let known = self.lines.entry(line).or_default();
        *known.balance.entry(from).or_default() -= 1;
        *known.balance.entry(to).or_default() += 1;
        known.believed = Some(to);
    }

    fn voided(&mut self, line: LineId) {
        self.lines.entry(line).or_default().voids += 1;
    }
}

struct Terminal {
    store: Store,
    world: World,
    oracle: Arc<Mutex<Oracle>>,
    /// Keeps the ids of the two terminals apart.
    base: u64,
    state: u64,
}

impl Terminal {
    async fn act_many(mut self) {
        for n in 0..ACTS {
            let result = match next(&mut self.state) % 12 {
                0..=3 => self.add(n).await,
                4..=5 => self.void(n).await,
                6..=7 => self.divide(n).await,
                _ => self.transfer(n).await,
            };
            match result {
                Ok(()) => {}
                Err(StoreError::Stale { .. } | StoreError::Conflict { .. }) => {
                    self.oracle.lock().unwrap().refused += 1;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }

    fn some_order(&mut self) -> OrderId {
        order_id(1 + next(&mut self.state) % ORDERS)
    }

    /// A line that someone has added, and the order in which this terminal believes it to be.
    fn some_line(&mut self) -> Option<(LineId, OrderId)> {
        let oracle = self.oracle.lock().unwrap();
        let at = usize::try_from(next(&mut self.state)).unwrap().checked_rem(oracle.ids.len())?;
        let line = oracle.ids[at];
        oracle.lines[&line].believed.map(|order| (line, order))
    }

    async fn add(&mut self, n: u64) -> Result<(), StoreError> {
        let (order, count) = (self.some_order(), 1 + next(&mut self.state) % 3);
        let lines: Vec<OrderLine> =
            (0..count).map(|part| self.world.line(self.base + n * 10 + part, 1)).collect();
        let (user, rows) = (self.world.waiter.id, lines.clone());
        self.store
            .write::<_, StoreError, _>(move |tx| {
                let rows = rows.clone();
                Box::pin(async move {
                    let revision = order::next_revision(tx, order).await?;
                    let rows: Vec<_> = rows.into_iter().map(|line| OrderLine { revision, ..line }).collect();
                    order::insert_lines(tx, order, user, NOW, &rows).await
                })
            })
            .await?;
        let ids: Vec<LineId> = lines.iter().map(|line| line.id).collect();
        self.oracle.lock().unwrap().added(&ids, order);
        Ok(())
    }

    async fn void(&mut self, n: u64) -> Result<(), StoreError> {
        let Some((line, order)) = self.some_line() else { return Ok(()) };
        let void = LineVoid {
            line,
            order,
            reason: "error".into(),
            user: self.world.waiter.id,
            at: NOW,
            command: CommandId(id(30, self.base + n)),
        };
        self.store
            .write::<_, StoreError, _>(move |tx| {
                let void = void.clone();
                Box::pin(async move {
                    order::next_revision(tx, order).await?;
                    order::insert_void(tx, &void).await
                })
            })
            .await?;
        self.oracle.lock().unwrap().voided(line);
        Ok(())
    }

    /// Divides the bill of an order, or joins it; some lines are shared by some.
    async fn divide(&mut self, n: u64) -> Result<(), StoreError> {
        let (order, seed) = (self.some_order(), next(&mut self.state));
        let (parts, change) = (1 + u8::try_from(seed % 6).unwrap(), change(&self.world, self.base + n));
        self.store
            .write::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    let lines = order::lines(tx, order).await?;
                    let weights =
                        (0..parts).map(|part| 1 + u32::from(part) * u32::try_from(seed % 5).unwrap());
                    let weights: Vec<u32> = weights.collect();
                    let named = lines.iter().step_by(2).map(|line| (line.id, weights.clone())).collect();
                    let division = Division::new(parts, Vec::new(), named).ok();
                    order::division::divide(tx, order, division.as_ref(), &change).await
                })
            })
            .await
    }

    async fn transfer(&mut self, n: u64) -> Result<(), StoreError> {
        let Some((line, from)) = self.some_line() else { return Ok(()) };
        let to = self.some_order();
        if from == to {
            return Ok(());
        }
        let change = change(&self.world, self.base + n);
        self.store
            .write::<_, StoreError, _>(move |tx| {
                Box::pin(async move { move_lines(tx, from, to, &[line], &change).await })
            })
            .await?;
        self.oracle.lock().unwrap().moved(line, from, to);
        Ok(())
    }
}

/// The lines of every order, as the store has them.
async fn kept(store: &Store) -> HashMap<OrderId, Vec<OrderLine>> {
    store
        .read::<_, StoreError, _>(|tx| {
            Box::pin(async move {
                let mut kept = HashMap::new();
                for n in 1..=ORDERS {
                    kept.insert(order_id(n), order::lines(tx, order_id(n)).await?);
                }
                Ok(kept)
            })
        })
        .await
        .unwrap()
}

/// P10: the parts of each bill that is divided are what stands in its order.
async fn parts_are_the_bills(store: &Store, kept: &HashMap<OrderId, Vec<OrderLine>>) -> usize {
    let mut divided = 0;
    for (id, lines) in kept {
        let id = *id;
        let row = store.read::<_, StoreError, _>(move |tx| Box::pin(order::order(tx, id))).await.unwrap();
        let Some(division) = row.unwrap().division else { continue };
        divided += 1;
        let parts = division.divide(lines, Money(100)).unwrap();
        let sums = parts.iter().map(|part| part.posting.sum);
        let sum = sums.fold(Taxed::default(), |sum, part| sum.plus(part).unwrap());
        assert_eq!(sum, total(lines).unwrap());
    }
    divided
}

async fn add_orders(store: &Store, world: &World) {
    let world = world.clone();
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = world.clone();
            Box::pin(async move {
                for n in 1..=ORDERS {
                    world.add_order(tx, n).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

fn compare(seed: u64, oracle: &Oracle, kept: &HashMap<OrderId, Vec<OrderLine>>) {
    let mut places: HashMap<LineId, Vec<(OrderId, bool)>> = HashMap::new();
    for (order, lines) in kept {
        for line in lines {
            places.entry(line.id).or_default().push((*order, line.voided));
        }
    }
    assert_eq!(places.len(), oracle.lines.len(), "seed {seed}: no line that nobody added");
    for (line, known) in &oracle.lines {
        // What came in less what went out is one where the line is, and nothing anywhere else.
        let mut stands: Vec<_> = known.balance.iter().filter(|(_, balance)| **balance != 0).collect();
        assert_eq!(stands.len(), 1, "seed {seed}, {line}: {:?}", known.balance);
        let (order, balance) = stands.remove(0);
        assert_eq!(*balance, 1, "seed {seed}, {line}");
        assert!(known.voids <= 1, "seed {seed}: {line} was voided {} times", known.voids);
        assert_eq!(places[line], [(*order, known.voids == 1)], "seed {seed}, {line}");
    }
    for lines in kept.values() {
        assert_eq!(posting(lines).unwrap().sum, total(lines).unwrap());
    }
}

async fn every_line_is_kept_in_one_place(store: Store) {
    let world = World::open(&store).await;
    add_orders(&store, &world).await;
    let oracle = Arc::new(Mutex::new(Oracle::default()));
    let mut divided = 0;
    for (round, seed) in (0..).zip(SEEDS) {
        let mut terminals = JoinSet::new();
        for place in 0..2 {
            let terminal = Terminal {
                store: store.clone(),
                world: world.clone(),
                oracle: Arc::clone(&oracle),
                base: (round * 2 + place + 1) * 100_000,
                state: seed ^ (place << 32),
            };
            terminals.spawn(terminal.act_many());
        }
        while let Some(ended) = terminals.join_next().await {
            ended.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        }
        let kept = kept(&store).await;
        compare(seed, &oracle.lock().unwrap(), &kept);
        divided += parts_are_the_bills(&store, &kept).await;
    }
    let oracle = oracle.lock().unwrap();
    let moved = oracle.lines.values().filter(|known| known.balance.len() > 1).count();
    let voided = oracle.lines.values().filter(|known| known.voids == 1).count();
    assert!(divided > 3, "{divided}");
    assert!(moved > 20 && voided > 20 && oracle.refused > 0, "{moved} {voided} {}", oracle.refused);
}

async fn a_merge_loses_no_line_that_is_added_meanwhile(store: Store) {
    let world = World::open(&store).await;
    add_orders(&store, &world).await;
    let (from, into) = (order_id(1), order_id(2));
    let adds = async {
        let mut added = Vec::new();
        for n in 1..=30 {
            let (line, user) = (world.line(n, 1), world.waiter.id);
            let id = line.id;
            let answer = store
                .write::<_, StoreError, _>(move |tx| {
                    let line = line.clone();
                    Box::pin(async move {
                        let revision = order::next_revision(tx, from).await?;
                        let line = OrderLine { revision, ..line };
                        order::insert_lines(tx, from, user, NOW, &[line]).await
                    })
                })
                .await;
            match answer {
                Ok(()) => added.push(id),
                Err(StoreError::Stale { .. }) => break,
                Err(other) => panic!("{other:?}"),
            }
        }
        added
    };
    let merges = async {
        let change = change(&world, 1);
        // Some lines first, so that there is something to lose.
        for _ in 0..200 {
            let lines = kept(&store).await;
            if lines[&from].len() >= 3 {
                break;
            }
            tokio::task::yield_now().await;
        }
        let day = fastops_domain::business_day::BusinessDay(20_454);
        store
            .write::<_, StoreError, _>(move |tx| {
                Box::pin(async move { merge(tx, from, into, day, &change).await })
            })
            .await
            .unwrap();
    };
    let (mut added, ()) = tokio::join!(adds, merges);
    let kept = kept(&store).await;
    let mut found: Vec<LineId> = kept[&into].iter().map(|line| line.id).collect();
    added.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, added);
    assert!(kept[&from].is_empty());
}
