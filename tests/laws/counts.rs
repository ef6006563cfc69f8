//! Law: a count makes the ledger say what was found, and what is sold meanwhile is no difference.

use super::on_both_engines;
use super::world::{NOW, World, id};
use fastops_domain::ids::{CommandId, LocationId, StockCountId, StockMoveId};
use fastops_domain::stock::{CountState, Item, MoveKind, Quantity};
use fastops_domain::time::Time;
use fastops_store::count::{self, CountLine, CountRow, NewCount};
use fastops_store::stock::{self, LEAST_RULE, Move, Posting};
use fastops_store::{Store, StoreError};

on_both_engines!(
    what_was_found_becomes_moves,
    what_is_entered_again_replaces_what_was_found,
    a_count_that_is_given_up_moves_nothing,
    a_count_is_posted_once,
    nothing_is_entered_into_a_count_that_is_posted,
    a_count_never_leaves_less_than_must_stay,
);

/// The counted things of a world.
#[derive(Clone)]
struct Shelf {
    store: Store,
    world: World,
}

impl Shelf {
    /// Five whole units of the world's product, of which none may be owed.
    async fn open(store: Store) -> Self {
        let world = World::open(&store).await;
        let shelf = Self { store, world };
        let (location, item) = (shelf.location(), shelf.item());
        shelf
            .store
            .write::<_, StoreError, _>(move |tx| {
                Box::pin(stock::set_least(tx, location, item, Some(Quantity::ZERO)))
            })
            .await
            .unwrap();
        shelf.move_by(1, 5000).await.unwrap();
        shelf
    }

    fn location(&self) -> LocationId {
        self.world.branch.default_location
    }

    fn item(&self) -> Item {
        Item::product(self.world.product.id)
    }

    fn posting(&self, command: u64) -> Posting {
        Posting { command: CommandId(id(30, command)), user: self.world.waiter.id, at: NOW.plus_ms(5) }
    }

    async fn move_by(&self, command: u64, milli: i64) -> Result<u64, StoreError> {
        let (by, moved) = (
            self.posting(command),
            Move {
                id: StockMoveId(id(40, command)),
                location: self.location(),
                item: self.item(),
                quantity: Quantity(milli),
                kind: if milli < 0 { MoveKind::Sale } else { MoveKind::Receive },
                line: None,
                reason: None,
            },
        );
        self.store
            .write(move |tx| {
                let moved = moved.clone();
                Box::pin(async move { stock::post(tx, by, &[moved]).await })
            })
            .await
    }

    async fn begin(&self, n: u64) -> StockCountId {
        let new = NewCount {
            id: StockCountId(id(60, n)),
            location: self.location(),
            at: NOW,
            by: self.world.waiter.id,
            note: Some("cierre".into()),
        };
        let count = new.id;
        self.store
            .write::<_, StoreError, _>(move |tx| {
                let new = new.clone();
                Box::pin(async move { count::open(tx, &new).await })
            })
            .await
            .unwrap();
        count
    }

    async fn enter(&self, count: StockCountId, milli: i64, at: Time) -> Result<(), StoreError> {
        let (item, by) = (self.item(), self.world.waiter.id);
        self.store.write(move |tx| Box::pin(count::enter(tx, count, item, Quantity(milli), at, by))).await
    }

    async fn post(&self, count: StockCountId, command: u64) -> Result<u64, StoreError> {
        let by = self.posting(command);
        self.store
            .write(move |tx| {
                Box::pin(async move {
                    let mut n = 0;
                    let mut new_id = move || {
                        n += 1;
                        StockMoveId(id(40, command * 100 + n))
                    };
                    count::post(tx, count, by, &mut new_id).await
                })
            })
            .await
    }

    async fn cancel(&self, count: StockCountId) -> Result<(), StoreError> {
        let by = self.world.waiter.id;
        self.store.write(move |tx| Box::pin(count::cancel(tx, count, NOW.plus_ms(5), by))).await
    }

    async fn read(&self, count: StockCountId) -> (CountRow, Vec<CountLine>) {
        self.store
            .read::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    Ok((count::count(tx, count).await?.unwrap(), count::lines(tx, count).await?))
                })
            })
            .await
            .unwrap()
    }

    async fn on_hand(&self) -> i64 {
        let (location, item) = (self.location(), self.item());
        self.store
            .read::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    let level = stock::level(tx, location, item).await?.unwrap().on_hand;
                    assert_eq!(level, stock::sum_of_moves(tx, location, item).await?);
                    Ok(level.0)
                })
            })
            .await
            .unwrap()
    }
}

fn assert_stale<T: std::fmt::Debug>(result: &Result<T, StoreError>) {
    assert!(matches!(result, Err(StoreError::Stale { .. })), "{result:?}");
}

async fn what_was_found_becomes_moves(store: Store) {
    let shelf = Shelf::open(store).await;
    let count = shelf.begin(1).await;
    shelf.enter(count, 4000, NOW.plus_ms(2)).await.unwrap();
    shelf.move_by(2, -1000).await.unwrap();
    let (row, lines) = shelf.read(count).await;
    assert_eq!((row.state, row.closed, row.note.as_deref()), (CountState::Open, None, Some("cierre")));
    assert_eq!((row.location, row.opened_at, row.opened_by), (shelf.location(), NOW, shelf.world.waiter.id));
    let found = CountLine {
        item: shelf.item(),
        expected: Quantity(5000),
        counted: Quantity(4000),
        at: NOW.plus_ms(2),
        by: shelf.world.waiter.id,
    };
    assert_eq!(lines, [found]);
    assert_eq!(found.difference(), Quantity(-1000));
    assert_eq!(shelf.post(count, 3).await.unwrap(), 1);
    assert_eq!(shelf.on_hand().await, 3000, "one was missing, and one was sold meanwhile");
    let (row, _) = shelf.read(count).await;
    let posted = (NOW.plus_ms(5), shelf.world.waiter.id);
    assert_eq!((row.state, row.closed), (CountState::Posted, Some(posted)));
    let (location, item) = (shelf.location(), shelf.item());
    let moves = shelf
        .store
        .read::<_, StoreError, _>(move |tx| Box::pin(stock::moves(tx, location, item, NOW)))
        .await
        .unwrap();
    let counted: Vec<_> = moves.iter().filter(|posted| posted.moved.kind == MoveKind::Count).collect();
    assert_eq!(counted.len(), 1);
    assert_eq!((counted[0].moved.quantity, counted[0].by), (Quantity(-1000), shelf.posting(3)));
}

async fn what_is_entered_again_replaces_what_was_found(store: Store) {
    let shelf = Shelf::open(store).await;
    let count = shelf.begin(1).await;
    shelf.enter(count, 1000, NOW.plus_ms(2)).await.unwrap();
    shelf.move_by(2, -2000).await.unwrap();
    shelf.enter(count, 3000, NOW.plus_ms(3)).await.unwrap();
    let (_, lines) = shelf.read(count).await;
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].expected, lines[0].difference()), (Quantity(3000), Quantity::ZERO));
    assert_eq!(shelf.post(count, 3).await.unwrap(), 0, "what was expected needs no move");
    assert_eq!(shelf.on_hand().await, 3000);
    let nonsense = shelf.begin(2).await;
    let refused = shelf.enter(nonsense, -1, NOW).await;
    assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "{refused:?}");
}

async fn a_count_that_is_given_up_moves_nothing(store: Store) {
    let shelf = Shelf::open(store).await;
    let count = shelf.begin(1).await;
    shelf.enter(count, 1000, NOW).await.unwrap();
    shelf.cancel(count).await.unwrap();
    assert_stale(&shelf.post(count, 3).await);
    assert_stale(&shelf.enter(count, 2000, NOW).await);
    assert_stale(&shelf.cancel(count).await);
    assert_eq!((shelf.read(count).await.0.state, shelf.on_hand().await), (CountState::Cancelled, 5000));
}

async fn a_count_is_posted_once(store: Store) {
    let shelf = Shelf::open(store).await;
    let count = shelf.begin(1).await;
    shelf.enter(count, 4000, NOW).await.unwrap();
    let posts = tokio::join!(shelf.post(count, 3), shelf.post(count, 3), shelf.post(count, 4));
    let done = [posts.0, posts.1, posts.2];
    assert_eq!(done.iter().filter(|post| matches!(post, Ok(1))).count(), 1, "{done:?}");
    for refused in done.iter().filter(|post| post.is_err()) {
        assert_stale(refused);
    }
    assert_eq!(shelf.on_hand().await, 4000);
}

/// Whoever enters while somebody posts is either in the count with what they found, or told that it is over.
async fn nothing_is_entered_into_a_count_that_is_posted(store: Store) {
    let shelf = Shelf::open(store).await;
    let mut found = 5000;
    for round in 1..=12 {
        let count = shelf.begin(round).await;
        let counted = 5000 - i64::try_from(round).unwrap() * 100;
        let (entered, posted) =
            tokio::join!(shelf.enter(count, counted, NOW), shelf.post(count, 1000 + round));
        match entered {
            Ok(()) => found = counted,
            Err(_) => assert_stale(&entered),
        }
        match posted.unwrap() {
            1 => assert_eq!(shelf.on_hand().await, found),
            // Posted before anything was entered: the line must have been refused.
            _ => assert!(entered.is_err(), "round {round}"),
        }
    }
    assert_eq!(shelf.on_hand().await, found);
}

async fn a_count_never_leaves_less_than_must_stay(store: Store) {
    let shelf = Shelf::open(store).await;
    let count = shelf.begin(1).await;
    shelf.enter(count, 0, NOW).await.unwrap();
    shelf.move_by(2, -3000).await.unwrap();
    let refused = shelf.post(count, 3).await;
    assert!(matches!(&refused, Err(StoreError::RuleBroken { rule }) if rule == LEAST_RULE), "{refused:?}");
    assert_eq!((shelf.read(count).await.0.state, shelf.on_hand().await), (CountState::Open, 2000));
    shelf.enter(count, 0, NOW).await.unwrap();
    assert_eq!(shelf.post(count, 3).await.unwrap(), 1);
    assert_eq!(shelf.on_hand().await, 0);
}
