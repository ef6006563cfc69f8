//! Law: what leaves one location arrives at the other, and what does not arrive can be seen.

use super::on_both_engines;
use super::world::{NOW, World, id};
use fastops_domain::ids::{CommandId, LocationId, ProductId, StockMoveId, TransferId};
use fastops_domain::stock::{Item, MoveKind, Quantity, TransferState};
use fastops_store::stock::{self, LEAST_RULE, Location, Move, Posting};
use fastops_store::transfer::{self, NewTransfer, TransferLine, TransferRow};
use fastops_store::{Store, StoreError, menu};

on_both_engines!(
    what_is_sent_leaves_and_arrives,
    what_does_not_arrive_is_seen_to_be_missing,
    nothing_is_sent_that_is_not_there,
    a_transfer_goes_forward_and_once,
    a_transfer_is_written_down_whole,
);

const BAR: LocationId = LocationId(uuid::Uuid::from_u128(0xBA));

/// A storeroom with five of two products each, and a bar with nothing.
#[derive(Clone)]
struct Goods {
    store: Store,
    world: World,
}

impl Goods {
    async fn open(store: Store) -> Self {
        let world = World::open(&store).await;
        let goods = Self { store, world };
        let (world, by) = (goods.world.clone(), goods.posting(1));
        let items = [goods.item(0), goods.item(1)];
        goods
            .store
            .write::<_, StoreError, _>(move |tx| {
                let world = world.clone();
                Box::pin(async move {
                    let second = menu::Product { id: items[1].product, ..world.product.clone() };
                    menu::insert_product(tx, &second).await?;
                    let bar = Location { id: BAR, branch: world.branch.id, name: "Bar".into(), active: true };
                    stock::insert_location(tx, &bar).await?;
                    let mut moves = Vec::new();
                    for (n, item) in (0..).zip(items) {
                        let location = world.branch.default_location;
                        stock::set_least(tx, location, item, Some(Quantity::ZERO)).await?;
                        moves.push(Move {
                            id: StockMoveId(id(40, n)),
                            location,
                            item,
                            quantity: Quantity(5000),
                            kind: MoveKind::Receive,
                            line: None,
                            reason: None,
                        });
                    }
                    stock::post(tx, by, &moves).await
                })
            })
            .await
            .unwrap();
        goods
    }

    fn item(&self, n: u64) -> Item {
        Item::product(if n == 0 { self.world.product.id } else { ProductId(id(11, 1 + n)) })
    }

    fn posting(&self, command: u64) -> Posting {
        let at = NOW.plus_ms(i64::try_from(command).unwrap());
        Posting { command: CommandId(id(30, command)), user: self.world.waiter.id, at }
    }

    /// Writes a transfer to the bar down.
    async fn draft(&self, n: u64, lines: &[(u64, i64)]) -> Result<TransferId, StoreError> {
        let new = NewTransfer {
            id: TransferId(id(61, n)),
            from: self.world.branch.default_location,
            to: BAR,
            at: NOW,
            by: self.world.waiter.id,
            note: Some("para la noche".into()),
            lines: lines.iter().map(|(item, milli)| (self.item(*item), Quantity(*milli))).collect(),
        };
        self.store
            .write(move |tx| {
                let new = new.clone();
                Box::pin(async move { transfer::insert_transfer(tx, &new).await.map(|()| new.id) })
            })
            .await
    }

    async fn send(&self, transfer: TransferId, command: u64) -> Result<(), StoreError> {
        let by = self.posting(command);
        self.store
            .write(move |tx| {
                Box::pin(async move { transfer::send(tx, transfer, by, &mut ids(command)).await })
            })
            .await
    }

    async fn receive(
        &self,
        transfer: TransferId,
        command: u64,
        arrived: &[(u64, i64)],
    ) -> Result<(), StoreError> {
        let by = self.posting(command);
        let arrived: Vec<_> =
            arrived.iter().map(|(item, milli)| (self.item(*item), Quantity(*milli))).collect();
        self.store
            .write(move |tx| {
                let arrived = arrived.clone();
                Box::pin(
                    async move { transfer::receive(tx, transfer, &arrived, by, &mut ids(command)).await },
                )
            })
            .await
    }

    async fn cancel(&self, transfer: TransferId) -> Result<(), StoreError> {
        self.store.write(move |tx| Box::pin(transfer::cancel(tx, transfer))).await
    }

    async fn read(&self, transfer: TransferId) -> (TransferRow, Vec<TransferLine>) {
        let read = self.store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let row = transfer::transfer(tx, transfer).await?.unwrap();
                Ok((row, transfer::lines(tx, transfer).await?))
            })
        });
        read.await.unwrap()
    }

    /// What lies in the storeroom and at the bar, of both products.
    async fn on_hand(&self) -> [i64; 4] {
        let store_room = self.world.branch.default_location;
        let places = [(store_room, 0), (store_room, 1), (BAR, 0), (BAR, 1)];
        let places = places.map(|(location, n)| (location, self.item(n)));
        let read = self.store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let mut found = [0; 4];
                for (found, (location, item)) in found.iter_mut().zip(places) {
                    let level = stock::level(tx, location, item).await?;
                    *found = level.map_or(0, |level| level.on_hand.0);
                    assert_eq!(*found, stock::sum_of_moves(tx, location, item).await?.0);
                }
                Ok(found)
            })
        });
        read.await.unwrap()
    }
}

fn ids(command: u64) -> impl FnMut() -> StockMoveId + Send {
    let mut n = 0;
    move || {
        n += 1;
        StockMoveId(id(40, command * 100 + n))
    }
}

fn assert_stale<T: std::fmt::Debug>(result: &Result<T, StoreError>) {
    assert!(matches!(result, Err(StoreError::Stale { .. })), "{result:?}");
}

async fn what_is_sent_leaves_and_arrives(store: Store) {
    let goods = Goods::open(store).await;
    let transfer = goods.draft(1, &[(0, 2000), (1, 750)]).await.unwrap();
    assert_eq!(goods.on_hand().await, [5000, 5000, 0, 0], "a draft moves nothing");
    goods.send(transfer, 2).await.unwrap();
    assert_eq!(goods.on_hand().await, [3000, 4250, 0, 0], "on its way it lies nowhere");
    let (row, lines) = goods.read(transfer).await;
    assert_eq!((row.state, row.sent_at, row.received_at), (TransferState::Sent, Some(NOW.plus_ms(2)), None));
    assert!(lines.iter().all(|line| line.missing().is_none()), "{lines:?}");
    goods.receive(transfer, 3, &[(0, 2000), (1, 750)]).await.unwrap();
    assert_eq!(goods.on_hand().await, [3000, 4250, 2000, 750]);
    let (row, lines) = goods.read(transfer).await;
    let times = (row.created_at, row.sent_at, row.received_at);
    assert_eq!(times, (NOW, Some(NOW.plus_ms(2)), Some(NOW.plus_ms(3))));
    assert_eq!(
        (row.state, row.from, row.to),
        (TransferState::Received, goods.world.branch.default_location, BAR)
    );
    assert_eq!((row.created_by, row.note.as_deref()), (goods.world.waiter.id, Some("para la noche")));
    assert!(lines.iter().all(|line| line.missing() == Some(Quantity::ZERO)), "{lines:?}");
}

async fn what_does_not_arrive_is_seen_to_be_missing(store: Store) {
    let goods = Goods::open(store).await;
    let transfer = goods.draft(1, &[(0, 2000), (1, 1000)]).await.unwrap();
    goods.send(transfer, 2).await.unwrap();
    goods.receive(transfer, 3, &[(0, 1500)]).await.unwrap();
    assert_eq!(goods.on_hand().await, [3000, 4000, 1500, 0]);
    let (_, lines) = goods.read(transfer).await;
    let missing = |n| lines.iter().find(|line| line.item == goods.item(n)).unwrap().missing();
    assert_eq!((missing(0), missing(1)), (Some(Quantity(500)), Some(Quantity(1000))));
}

async fn nothing_is_sent_that_is_not_there(store: Store) {
    let goods = Goods::open(store).await;
    let transfer = goods.draft(1, &[(0, 2000), (1, 5001)]).await.unwrap();
    let refused = goods.send(transfer, 2).await;
    assert!(matches!(&refused, Err(StoreError::RuleBroken { rule }) if rule == LEAST_RULE), "{refused:?}");
    assert_eq!(goods.on_hand().await, [5000, 5000, 0, 0]);
    assert_eq!(goods.read(transfer).await.0.state, TransferState::Draft);
}

async fn a_transfer_goes_forward_and_once(store: Store) {
    let goods = Goods::open(store).await;
    let transfer = goods.draft(1, &[(0, 2000)]).await.unwrap();
    assert_stale(&goods.receive(transfer, 2, &[(0, 2000)]).await);
    let sent = tokio::join!(goods.send(transfer, 3), goods.send(transfer, 3), goods.send(transfer, 4));
    let sent = [sent.0, sent.1, sent.2];
    assert_eq!(sent.iter().filter(|sent| sent.is_ok()).count(), 1, "{sent:?}");
    sent.iter().filter(|sent| sent.is_err()).for_each(assert_stale);
    assert_stale(&goods.cancel(transfer).await);
    assert_stale(&goods.receive(transfer, 5, &[(0, 2000), (1, 1)]).await);
    assert_eq!(goods.on_hand().await, [3000, 5000, 0, 0], "what was never sent cannot arrive");
    let received =
        tokio::join!(goods.receive(transfer, 6, &[(0, 2000)]), goods.receive(transfer, 7, &[(0, 1000)]),);
    assert!(received.0.is_ok() != received.1.is_ok(), "{received:?}");
    let arrived = if received.0.is_ok() { 2000 } else { 1000 };
    assert_eq!(goods.on_hand().await, [3000, 5000, arrived, 0]);

    let given_up = goods.draft(2, &[(0, 1000)]).await.unwrap();
    goods.cancel(given_up).await.unwrap();
    assert_stale(&goods.send(given_up, 8).await);
    assert_eq!(goods.read(given_up).await.0.state, TransferState::Cancelled);
}

async fn a_transfer_is_written_down_whole(store: Store) {
    let goods = Goods::open(store).await;
    let twice = goods.draft(1, &[(0, 1000), (0, 2000)]).await;
    assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
    let nothing = goods.draft(1, &[(0, 0)]).await;
    assert!(matches!(nothing, Err(StoreError::RuleBroken { .. })), "{nothing:?}");
    let transfer = goods.draft(1, &[(0, 1000)]).await.unwrap();
    goods.send(transfer, 2).await.unwrap();
    let less_than_nothing = goods.receive(transfer, 3, &[(0, -1)]).await;
    assert!(matches!(less_than_nothing, Err(StoreError::RuleBroken { .. })), "{less_than_nothing:?}");
    assert_eq!(goods.read(transfer).await.0.state, TransferState::Sent);
}
