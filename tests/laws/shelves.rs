//! Law P12: whatever two terminals sell, take back, count and carry at once, and however often each command
//! is sent, what lies on every shelf is the sum of what was acknowledged, and never less than must stay.

use super::on_both_engines;
use super::world::{NOW, World, id, order_id};
use fastops_domain::ids::{CommandId, LineId, LocationId, ProductId, StockCountId, StockMoveId, TransferId};
use fastops_domain::order::OrderLine;
use fastops_domain::stock::{Item, MoveKind, Quantity};
use fastops_store::count::{self, NewCount};
use fastops_store::order::LineVoid;
use fastops_store::stock::{self, LEAST_RULE, Location, Move, Posting};
use fastops_store::transfer::{self, NewTransfer};
use fastops_store::{Store, StoreError, Tx, Work, command, menu, order};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

on_both_engines!(two_terminals_and_one_shelf, the_last_one_is_sold_once);

const BAR: LocationId = LocationId(uuid::Uuid::from_u128(0xBA));
const ROUNDS: u64 = 4;
/// Of the product that is sold, and of what it is made of, at the start of each round.
const DELIVERED: [i64; 2] = [9000, 1600];
/// What one unit sold takes of the two.
const TAKES: [i64; 2] = [1000, 250];
const MUST_STAY: i64 = 100;

/// Something that a terminal does.
#[derive(Clone, Debug)]
enum Act {
    /// Sells units in two lines.
    Sell { units: (i64, i64) },
    /// Takes back one of the lines that anyone has sold, by its place.
    Void { line: usize },
    /// Counts one of the two things, and posts.
    Count { thing: usize, found: i64 },
    /// Sends some of a thing to the bar, where not all of it need arrive.
    Carry { thing: usize, sent: i64, lost: i64 },
}

fn act() -> impl Strategy<Value = (Act, bool)> {
    let act = prop_oneof![
        6 => (1_i64..4, 1_i64..3).prop_map(|units| Act::Sell { units }),
        3 => any::<prop::sample::Index>().prop_map(|line| Act::Void { line: line.index(64) }),
        1 => (0_usize..2, 0_i64..4000).prop_map(|(thing, found)| Act::Count { thing, found }),
        1 => (0_usize..2, 1_i64..900, 0_i64..300)
            .prop_map(|(thing, sent, lost)| Act::Carry { thing, sent, lost: lost.min(sent) }),
    ];
    (act, any::<bool>())
}

/// What was acknowledged.
#[derive(Default)]
struct Known {
    /// At the storeroom and at the bar, of both things.
    lies: [[i64; 2]; 2],
    sold: Vec<LineId>,
    refused: u32,
    taken_back: u32,
}

/// What a unit moved: at the storeroom and at the bar, of both things.
type Moved = [[i64; 2]; 2];

#[derive(Clone)]
struct Terminal {
    store: Store,
    world: World,
    known: Arc<Mutex<Known>>,
    /// Keeps the ids of terminals and rounds apart.
    base: u64,
}

fn things(world: &World) -> [Item; 2] {
    [Item::product(world.product.id), Item::product(ProductId(id(11, 2)))]
}

impl Terminal {
    async fn act_all(self, acts: Vec<(Act, bool)>) {
        for (n, (act, twice)) in (1..).zip(acts) {
            let n = self.base + n * 100;
            self.act(n, &act).await;
            if twice {
                self.act(n, &act).await;
            }
        }
    }

    async fn act(&self, n: u64, act: &Act) {
        let me = self.clone();
        let done = match act.clone() {
            Act::Sell { units } => {
                let sold = self.once(n, move |tx| Box::pin(me.clone().sell(tx, n, units))).await;
                if sold.is_ok() {
                    self.known.lock().unwrap().sold.extend([LineId(id(23, n + 1)), LineId(id(23, n + 2))]);
                }
                sold
            }
            Act::Void { line } => {
                let line = {
                    let known = self.known.lock().unwrap();
                    let Some(at) = line.checked_rem(known.sold.len()) else { return };
                    known.sold[at]
                };
                let done = self.once(n, move |tx| Box::pin(me.clone().void(tx, n, line))).await;
                self.known.lock().unwrap().taken_back += u32::from(done.is_ok());
                done
            }
            Act::Count { thing, found } => {
                self.once(n, move |tx| Box::pin(me.clone().count(tx, n, thing, found))).await
            }
            Act::Carry { thing, sent, lost } => {
                let sending = self.clone();
                let sent_off =
                    self.once(n, move |tx| Box::pin(sending.clone().send(tx, n, thing, sent))).await;
                self.note(&sent_off);
                let arrived = sent - lost;
                self.once(n + 50, move |tx| Box::pin(me.clone().receive(tx, n, thing, arrived))).await
            }
        };
        self.note(&done);
    }

    /// Does something under an id that is remembered with it, as every command does.
    async fn once<F>(&self, n: u64, work: F) -> Result<Moved, StoreError>
    where
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, Moved, StoreError> + Send + Sync + 'static,
    {
        let (work, user) = (Arc::new(work), self.world.waiter.id);
        self.store
            .write(move |tx| {
                let work = Arc::clone(&work);
                Box::pin(async move {
                    let moved = work(tx).await?;
                    let key = CommandId(id(30, n));
                    command::insert_answer(tx, key, "act", user, "", NOW).await?;
                    Ok(moved)
                })
            })
            .await
    }

    /// Notes what was acknowledged; what may be refused is not what may go wrong.
    fn note(&self, done: &Result<Moved, StoreError>) {
        let mut known = self.known.lock().unwrap();
        match done {
            Ok(moved) => {
                for (place, things) in moved.iter().enumerate() {
                    for (thing, milli) in things.iter().enumerate() {
                        known.lies[place][thing] += milli;
                    }
                }
            }
            Err(StoreError::RuleBroken { rule }) if rule == LEAST_RULE => known.refused += 1,
            Err(StoreError::Conflict { .. } | StoreError::Stale { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    fn posting(&self, n: u64) -> Posting {
        Posting { command: CommandId(id(30, n)), user: self.world.waiter.id, at: NOW }
    }

    fn moved(&self, n: u64, thing: usize, milli: i64, kind: MoveKind, line: Option<LineId>) -> Move {
        Move {
            id: StockMoveId(id(40, n)),
            location: self.world.branch.default_location,
            item: things(&self.world)[thing],
            quantity: Quantity(milli),
            kind,
            line,
            reason: None,
        }
    }

    async fn sell(self, tx: &mut Tx, n: u64, units: (i64, i64)) -> Result<Moved, StoreError> {
        let order = order_id(n);
        let number = i64::try_from(n).unwrap();
        order::insert_order(tx, &self.world.new_order(n, number)).await?;
        let lines: Vec<OrderLine> = [(n + 1, units.0), (n + 2, units.1)]
            .map(|(line, quantity)| OrderLine { quantity, ..self.world.line(line, 1) })
            .to_vec();
        order::insert_lines(tx, order, self.world.waiter.id, NOW, &lines).await?;
        let mut moves = Vec::new();
        for (line, ids) in lines.iter().zip([n, n + 10]) {
            for (thing, kind, ids) in [(0, MoveKind::Sale, ids + 1), (1, MoveKind::Recipe, ids + 2)] {
                let milli = -TAKES[thing] * line.quantity;
                moves.push(self.moved(ids, thing, milli, kind, Some(line.id)));
            }
        }
        stock::post(tx, self.posting(n), &moves).await?;
        let sum = units.0 + units.1;
        Ok([[-TAKES[0] * sum, -TAKES[1] * sum], [0, 0]])
    }

    async fn void(self, tx: &mut Tx, n: u64, line: LineId) -> Result<Moved, StoreError> {
        // The order of a line is known by its id.
        let sold = u64::try_from(line.0.as_u128() & u128::from(u64::MAX)).unwrap();
        let order = order_id(sold - sold % 100);
        order::next_revision(tx, order).await?;
        let by = self.posting(n);
        let void =
            LineVoid { line, order, reason: "error".into(), user: by.user, at: NOW, command: by.command };
        order::insert_void(tx, &void).await?;
        let taken = stock::taken_by(tx, line).await?;
        assert_eq!(taken.len(), 2, "both things that it took");
        let mut moved = [[0, 0], [0, 0]];
        let mut rows = Vec::new();
        for (ids, taken) in (n + 1..).zip(taken) {
            let thing = usize::from(taken.item != things(&self.world)[0]);
            moved[0][thing] = -taken.quantity.0;
            rows.push(self.moved(ids, thing, -taken.quantity.0, MoveKind::Void, Some(line)));
        }
        stock::post(tx, by, &rows).await?;
        Ok(moved)
    }

    async fn count(self, tx: &mut Tx, n: u64, thing: usize, found: i64) -> Result<Moved, StoreError> {
        let (by, location) = (self.posting(n), self.world.branch.default_location);
        let new = NewCount { id: StockCountId(id(60, n)), location, at: NOW, by: by.user, note: None };
        count::open(tx, &new).await?;
        let item = things(&self.world)[thing];
        count::enter(tx, new.id, item, Quantity(MUST_STAY + found), NOW, by.user).await?;
        let difference = count::lines(tx, new.id).await?[0].difference();
        let mut ids = n;
        let mut new_id = move || {
            ids += 1;
            StockMoveId(id(40, ids))
        };
        count::post(tx, new.id, by, &mut new_id).await?;
        let mut moved = [[0, 0], [0, 0]];
        moved[0][thing] = difference.0;
        Ok(moved)
    }

    async fn send(self, tx: &mut Tx, n: u64, thing: usize, sent: i64) -> Result<Moved, StoreError> {
        let new = NewTransfer {
            id: TransferId(id(61, n)),
            from: self.world.branch.default_location,
            to: BAR,
            at: NOW,
            by: self.world.waiter.id,
            note: None,
            lines: vec![(things(&self.world)[thing], Quantity(sent))],
        };
        transfer::insert_transfer(tx, &new).await?;
        transfer::send(tx, new.id, self.posting(n), &mut || StockMoveId(id(40, n + 1))).await?;
        let mut moved = [[0, 0], [0, 0]];
        moved[0][thing] = -sent;
        Ok(moved)
    }

    async fn receive(self, tx: &mut Tx, n: u64, thing: usize, arrived: i64) -> Result<Moved, StoreError> {
        let goods = [(things(&self.world)[thing], Quantity(arrived))];
        let by = self.posting(n + 50);
        let transfer = TransferId(id(61, n));
        transfer::receive(tx, transfer, &goods, by, &mut || StockMoveId(id(40, n + 51))).await?;
        let mut moved = [[0, 0], [0, 0]];
        moved[1][thing] = arrived;
        Ok(moved)
    }

    /// A delivery of both things to the storeroom.
    async fn deliver(&self, n: u64, millis: [i64; 2]) {
        let moves = [0, 1]
            .map(|thing| self.moved(n + thing as u64 + 1, thing, millis[thing], MoveKind::Receive, None));
        let by = self.posting(n);
        let delivered = self.once(n, move |tx| {
            let moves = moves.clone();
            Box::pin(async move { stock::post(tx, by, &moves).await.map(|_| [millis, [0, 0]]) })
        });
        self.note(&delivered.await);
    }

    /// What lies where, by the levels and by the moves.
    async fn lies(&self) -> [HashMap<(usize, usize), i64>; 2] {
        let (places, things) = ([self.world.branch.default_location, BAR], things(&self.world));
        let read = self.store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let [mut levels, mut sums] = [HashMap::new(), HashMap::new()];
                for (place, location) in places.into_iter().enumerate() {
                    for (thing, item) in things.into_iter().enumerate() {
                        let level = stock::level(tx, location, item).await?;
                        levels.insert((place, thing), level.map_or(0, |level| level.on_hand.0));
                        let sum = stock::sum_of_moves(tx, location, item).await?;
                        sums.insert((place, thing), sum.0);
                    }
                }
                Ok([levels, sums])
            })
        });
        read.await.unwrap()
    }
}

async fn open(store: &Store) -> World {
    let world = World::open(store).await;
    let rows = world.clone();
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = rows.clone();
            Box::pin(async move {
                let rice = menu::Product { id: ProductId(id(11, 2)), ..world.product.clone() };
                menu::insert_product(tx, &rice).await?;
                let bar = Location { id: BAR, branch: world.branch.id, name: "Bar".into(), active: true };
                stock::insert_location(tx, &bar).await
            })
        })
        .await
        .unwrap();
    world
}

async fn limit(store: &Store, world: &World) {
    let (location, items) = (world.branch.default_location, things(world));
    store
        .write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                for item in items {
                    stock::set_least(tx, location, item, Some(Quantity(MUST_STAY))).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn two_terminals_and_one_shelf(store: Store) {
    let world = open(&store).await;
    let known = Arc::new(Mutex::new(Known::default()));
    let terminal =
        |base| Terminal { store: store.clone(), world: world.clone(), known: Arc::clone(&known), base };
    let mut runner = TestRunner::new(Config::default());
    for round in 1..=ROUNDS {
        terminal(round * 100_000).deliver(round * 100_000, DELIVERED).await;
        limit(&store, &world).await;
        let acts = || proptest::collection::vec(act(), 20..30);
        let plans = (acts(), acts()).new_tree(&mut runner).unwrap().current();
        let told = format!("{plans:?}");
        let one = tokio::spawn(terminal(round * 100_000 + 10_000).act_all(plans.0));
        let other = tokio::spawn(terminal(round * 100_000 + 50_000).act_all(plans.1));
        for ended in [one.await, other.await] {
            ended.unwrap_or_else(|error| panic!("{error}: {told}"));
        }
        let [levels, sums] = terminal(0).lies().await;
        assert_eq!(levels, sums, "{told}");
        for ((place, thing), milli) in levels {
            assert_eq!(milli, known.lock().unwrap().lies[place][thing], "{place} {thing}: {told}");
            assert!(place == 1 || milli >= MUST_STAY, "{milli} of {thing}: {told}");
        }
    }
    let known = known.lock().unwrap();
    assert!(known.refused > 0 && known.taken_back > 0 && known.sold.len() > 10, "nothing was at stake");
}

/// Two terminals ask for the last portion again and again: each time one of them gets it.
async fn the_last_one_is_sold_once(store: Store) {
    let world = open(&store).await;
    let known = Arc::new(Mutex::new(Known::default()));
    let terminal =
        |base| Terminal { store: store.clone(), world: world.clone(), known: Arc::clone(&known), base };
    terminal(0).deliver(100, [MUST_STAY, MUST_STAY]).await;
    limit(&store, &world).await;
    for round in 1..=10 {
        let n = round * 1000;
        terminal(0).deliver(n, [2 * TAKES[0], 2 * TAKES[1]]).await;
        let sale = |n: u64| {
            let me = terminal(0);
            async move { me.clone().once(n, move |tx| Box::pin(me.clone().sell(tx, n, (1, 1)))).await }
        };
        let (one, other) = tokio::join!(tokio::spawn(sale(n + 100)), tokio::spawn(sale(n + 200)));
        let sold = [one.unwrap(), other.unwrap()];
        assert_eq!(sold.iter().filter(|sold| sold.is_ok()).count(), 1, "{sold:?}");
        for sold in &sold {
            terminal(0).note(sold);
        }
    }
    let [levels, _] = terminal(0).lies().await;
    assert_eq!((levels[&(0, 0)], levels[&(0, 1)]), (MUST_STAY, MUST_STAY));
    assert_eq!(known.lock().unwrap().refused, 10);
}
