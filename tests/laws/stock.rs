//! Law: what is on hand is the sum of its moves, whatever comes together, twice or too late (P12).

use super::on_both_engines;
use super::world::{NOW, World, id};
use fastops_domain::ids::{CommandId, LineId, LocationId, StockMoveId};
use fastops_domain::stock::{Item, MoveKind, Quantity};
use fastops_store::stock::{self, LEAST_RULE, Move, Posting};
use fastops_store::{Store, StoreError, order, probe};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use std::collections::HashMap;

on_both_engines!(
    any_interleaving_sums_to_what_is_on_hand,
    stock_never_falls_below_what_must_stay,
    what_must_stay_is_said_of_what_is_there,
    a_level_follows_its_moves_and_nothing_else,
    a_move_names_a_line_that_is_there,
    a_line_gives_back_what_it_took,
);

fn moved(world: &World, n: u64, milli: i64) -> Move {
    Move {
        id: StockMoveId(id(40, n)),
        location: world.branch.default_location,
        item: Item::product(world.product.id),
        quantity: Quantity(milli),
        kind: if milli < 0 { MoveKind::Sale } else { MoveKind::Receive },
        line: None,
        reason: None,
    }
}

/// Posts a command's moves; the ids of a command sent twice differ, as a careless client's may.
async fn post(
    store: &Store,
    world: &World,
    command: u64,
    sent: u64,
    millis: Vec<i64>,
) -> Result<u64, StoreError> {
    let by = Posting { command: CommandId(id(30, command)), user: world.waiter.id, at: NOW };
    let moves: Vec<Move> =
        (0..).zip(millis).map(|(n, milli)| moved(world, sent * 10_000 + command * 10 + n, milli)).collect();
    store
        .write(move |tx| {
            let moves = moves.clone();
            Box::pin(async move { stock::post(tx, by, &moves).await })
        })
        .await
}

async fn on_hand(store: &Store, world: &World) -> (Quantity, Quantity) {
    let (location, item) = (world.branch.default_location, Item::product(world.product.id));
    store
        .read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let level = stock::level(tx, location, item).await?;
                let sum = stock::sum_of_moves(tx, location, item).await?;
                Ok((level.map_or(Quantity::ZERO, |level| level.on_hand), sum))
            })
        })
        .await
        .unwrap()
}

/// Commands of up to three moves, some sent again, all at once: each counts once.
async fn any_interleaving_sums_to_what_is_on_hand(store: Store) {
    let world = World::open(&store).await;
    let moves = proptest::collection::vec(
        (1_i64..5000).prop_flat_map(|milli| prop_oneof![Just(milli), Just(-milli)]),
        1..4,
    );
    let sent = proptest::collection::vec((0_u64..12, moves), 40..60);
    let mut runner = TestRunner::new(Config::default());
    let sent = sent.new_tree(&mut runner).unwrap().current();
    // What a command says is fixed by its first sending; a later one repeats it.
    let mut said: HashMap<u64, Vec<i64>> = HashMap::new();
    let sendings: Vec<_> = (0..)
        .zip(sent)
        .map(|(n, (command, millis))| (n, command, said.entry(command).or_insert(millis).clone()))
        .collect();
    let tasks: Vec<_> = sendings
        .into_iter()
        .map(|(n, command, millis)| {
            let (store, world) = (store.clone(), world.clone());
            tokio::spawn(async move { post(&store, &world, command, n, millis).await.unwrap() })
        })
        .collect();
    let mut posted = 0;
    for task in tasks {
        posted += task.await.unwrap();
    }
    let expected: i64 = said.values().flatten().sum();
    let count: usize = said.values().map(Vec::len).sum();
    assert_eq!(posted, u64::try_from(count).unwrap(), "each command counts once: {said:?}");
    assert_eq!(on_hand(&store, &world).await, (Quantity(expected), Quantity(expected)), "{said:?}");
}

async fn stock_never_falls_below_what_must_stay(store: Store) {
    let world = World::open(&store).await;
    let (location, item) = (world.branch.default_location, Item::product(world.product.id));
    store
        .write::<_, StoreError, _>(move |tx| {
            Box::pin(stock::set_least(tx, location, item, Some(Quantity::ZERO)))
        })
        .await
        .unwrap();
    post(&store, &world, 1, 0, vec![5000]).await.unwrap();
    // Ten sell one each at once; five are there.
    let tasks: Vec<_> = (2..12)
        .map(|command| {
            let (store, world) = (store.clone(), world.clone());
            tokio::spawn(async move { post(&store, &world, command, 0, vec![-1000]).await })
        })
        .collect();
    let mut sold = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(1) => sold += 1,
            Err(StoreError::RuleBroken { rule }) => assert_eq!(rule, LEAST_RULE),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(sold, 5);
    assert_eq!(on_hand(&store, &world).await, (Quantity::ZERO, Quantity::ZERO));
}

async fn what_must_stay_is_said_of_what_is_there(store: Store) {
    let world = World::open(&store).await;
    let (location, item) = (world.branch.default_location, Item::product(world.product.id));
    let limit = async |location: LocationId, milli: i64| {
        let least = Some(Quantity(milli));
        store.write::<_, StoreError, _>(move |tx| Box::pin(stock::set_least(tx, location, item, least))).await
    };
    let too_much = |result: &Result<(), StoreError>| {
        assert!(matches!(result, Err(StoreError::RuleBroken { rule }) if rule == LEAST_RULE), "{result:?}");
    };
    too_much(&limit(location, 1).await);
    post(&store, &world, 1, 0, vec![5000]).await.unwrap();
    too_much(&limit(location, 5001).await);
    limit(location, 2000).await.unwrap();
    assert!(post(&store, &world, 2, 0, vec![-3001]).await.is_err());
    assert_eq!(post(&store, &world, 2, 0, vec![-3000]).await.unwrap(), 1);
    assert_eq!(on_hand(&store, &world).await, (Quantity(2000), Quantity(2000)));
    let free = store.read::<_, StoreError, _>(move |tx| Box::pin(stock::free(tx, location))).await.unwrap();
    assert_eq!(free, HashMap::from([(item.id(), Quantity::ZERO)]));
    let nowhere = limit(LocationId(id(15, 99)), 0).await;
    assert!(matches!(nowhere, Err(StoreError::Stale { .. })), "{nowhere:?}");
}

async fn a_level_follows_its_moves_and_nothing_else(store: Store) {
    let world = World::open(&store).await;
    post(&store, &world, 1, 0, vec![5000]).await.unwrap();
    for (statement, rule) in [
        ("UPDATE stock_level SET on_hand_milli = 9000", "stock_level_follows_moves"),
        ("UPDATE stock_level SET last_move_id = NULL, on_hand_milli = 0", "stock_level_follows_moves"),
    ] {
        let refused =
            store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement))).await;
        match refused {
            Err(StoreError::RuleBroken { rule: broken }) => assert_eq!(broken, rule, "{statement}"),
            other => panic!("{statement}: {other:?}"),
        }
    }
    let refused =
        store.write::<_, StoreError, _>(|tx| Box::pin(probe::execute(tx, "DELETE FROM stock_level"))).await;
    assert!(matches!(refused, Err(StoreError::AppendOnly { .. })), "{refused:?}");
    assert_eq!(on_hand(&store, &world).await, (Quantity(5000), Quantity(5000)));
}

async fn a_move_names_a_line_that_is_there(store: Store) {
    let world = World::open(&store).await;
    let by = Posting { command: CommandId(id(30, 1)), user: world.waiter.id, at: NOW };
    let stray = Move { line: Some(LineId(id(23, 77))), ..moved(&world, 1, -1000) };
    let refused = store
        .write::<_, StoreError, _>(move |tx| {
            let stray = stray.clone();
            Box::pin(async move { stock::post(tx, by, &[stray]).await })
        })
        .await;
    assert!(
        matches!(&refused, Err(StoreError::RuleBroken { rule }) if rule == "stock_move_line"),
        "{refused:?}"
    );
}

async fn a_line_gives_back_what_it_took(store: Store) {
    let world = World::open(&store).await;
    let taken = store
        .write::<_, StoreError, _>(move |tx| {
            let world = world.clone();
            Box::pin(async move {
                let order = world.add_order(tx, 1).await?;
                let lines = [world.line(1, 1), world.line(2, 1)];
                order::insert_lines(tx, order, world.waiter.id, NOW, &lines).await?;
                let mut found = Vec::new();
                for (command, line, milli) in
                    [(1, 0, -3000), (2, 1, -500), (3, 0, 1000), (4, 0, -250), (5, 0, 2250)]
                {
                    let by = Posting { command: CommandId(id(30, command)), user: world.waiter.id, at: NOW };
                    let moved = Move { line: Some(lines[line].id), ..moved(&world, command, milli) };
                    stock::post(tx, by, &[moved]).await?;
                    let taken = stock::taken_by(tx, lines[0].id).await?;
                    assert!(taken.iter().all(|taken| taken.item == Item::product(world.product.id)));
                    assert!(taken.iter().all(|taken| taken.location == world.branch.default_location));
                    found.push(taken.iter().map(|taken| taken.quantity.0).collect::<Vec<_>>());
                }
                Ok(found)
            })
        })
        .await
        .unwrap();
    assert_eq!(taken, [vec![-3000], vec![-3000], vec![-2000], vec![-2250], vec![]]);
}
