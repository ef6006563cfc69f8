//! Law: what was chosen for a combo stands where the combo stands, and is voided with it, whatever two terminals do at
//! once (P11); and a combo's slots are kept as they were said.

use super::interleavings::next;
use super::moves::change;
use super::on_both_engines;
use super::world::{NOW, World, id, order_id};
use fastops_domain::combo::{ComboChoice, ComboSlot};
use fastops_domain::ids::{ComboSlotId, CommandId, LineId, OrderId, ProductId};
use fastops_domain::menu::ProductKind;
use fastops_domain::money::Money;
use fastops_domain::order::{OrderLine, posting, total};
use fastops_domain::stock::Item;
use fastops_store::menu::combo::set_slots;
use fastops_store::menu::{self, Product};
use fastops_store::order::moves::{merge, move_lines};
use fastops_store::order::{self, LineVoid};
use fastops_store::{Store, StoreError};
use tokio::task::JoinSet;

on_both_engines!(
    a_combo_is_in_one_piece_whatever_happens,
    a_part_goes_nowhere_alone,
    a_combo_has_its_slots_in_order,
);

const ORDERS: u64 = 3;
const COMBOS: u64 = 12;
const PARTS: u64 = 3;
const ACTS: u64 = 50;
const SEED: u64 = 20_261_129;

fn line_id(n: u64) -> LineId {
    LineId(id(23, n))
}

/// A combo and what was chosen for it, as lines of one order.
fn combo(world: &World, n: u64) -> Vec<OrderLine> {
    let whole = world.line(n * 10, 1);
    let part = |place| OrderLine { combo: Some(whole.id), price: Money(0), ..world.line(n * 10 + place, 1) };
    let parts: Vec<OrderLine> = (1..=PARTS).map(part).collect();
    std::iter::once(whole).chain(parts).collect()
}

async fn opened(store: &Store, combos: u64) -> World {
    let world = World::open(store).await;
    let rows = world.clone();
    let made = store.write::<_, StoreError, _>(move |tx| {
        let world = rows.clone();
        Box::pin(async move {
            for n in 1..=ORDERS {
                world.add_order(tx, n).await?;
            }
            for n in 1..=combos {
                let order = order_id(1 + n % ORDERS);
                order::insert_lines(tx, order, world.waiter.id, NOW, &combo(&world, n)).await?;
            }
            Ok(())
        })
    });
    made.await.unwrap();
    world
}

fn voiding(world: &World, line: LineId, order: OrderId, n: u64) -> LineVoid {
    let command = CommandId(id(30, 10_000 + n));
    LineVoid { line, order, reason: "error".into(), user: world.waiter.id, at: NOW, command }
}

async fn lines(store: &Store) -> Vec<(OrderId, OrderLine)> {
    let read = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move {
            let mut all = Vec::new();
            for n in 1..=ORDERS {
                all.extend(order::lines(tx, order_id(n)).await?.into_iter().map(|line| (order_id(n), line)));
            }
            Ok(all)
        })
    });
    read.await.unwrap()
}

/// Voids, moves and takes apart at random, also what it must not; says how many acts were carried out.
async fn acts(store: Store, world: World, base: u64, mut state: u64) -> u64 {
    let mut done = 0;
    for n in 0..ACTS {
        let whole = 10 * (1 + next(&mut state) % COMBOS);
        let some = next(&mut state) % (PARTS + 1);
        let (from, to) = (order_id(1 + next(&mut state) % ORDERS), order_id(1 + next(&mut state) % ORDERS));
        let family: Vec<LineId> = (0..=PARTS).map(|place| line_id(whole + place)).collect();
        let asked: Vec<LineId> = match next(&mut state) % 4 {
            0 => vec![line_id(whole + some)],
            1 => family[..family.len() - 1].to_vec(),
            _ => family,
        };
        let voids = next(&mut state).is_multiple_of(8);
        let void = voiding(&world, line_id(whole + some), from, base + n);
        let change = change(&world, base + n);
        let result = store.write::<_, StoreError, _>(move |tx| {
            let (void, asked) = (void.clone(), asked.clone());
            Box::pin(async move {
                if voids {
                    order::next_revision(tx, from).await?;
                    order::insert_void(tx, &void).await
                } else if from == to {
                    Ok(())
                } else {
                    move_lines(tx, from, to, &asked, &change).await.map(drop)
                }
            })
        });
        match result.await {
            Ok(()) => done += u64::from(voids || from != to),
            Err(StoreError::Stale { .. } | StoreError::Conflict { .. }) => {}
            Err(other) => panic!("seed {SEED}: {other:?}"),
        }
    }
    done
}

async fn a_combo_is_in_one_piece_whatever_happens(store: Store) {
    let world = opened(&store, COMBOS).await;
    let mut terminals = JoinSet::new();
    for place in 0..2 {
        let (store, world) = (store.clone(), world.clone());
        terminals.spawn(acts(store, world, (place + 1) * 1_000, SEED ^ (place << 32)));
    }
    let mut done = 0;
    while let Some(ended) = terminals.join_next().await {
        done += ended.unwrap();
    }
    let all = lines(&store).await;
    assert_eq!(all.len() as u64, COMBOS * (PARTS + 1), "seed {SEED}: no line vanished");
    let mut voided = 0;
    for (order, part) in all.iter().filter(|(_, line)| line.combo.is_some()) {
        let (place, whole) = all.iter().find(|(_, line)| Some(line.id) == part.combo).unwrap();
        assert_eq!((order, part.voided), (place, whole.voided), "seed {SEED}: {} of {}", part.id, whole.id);
        voided += u64::from(part.voided);
    }
    let moved =
        all.iter().filter(|(order, line)| line.combo.is_none() && *order != first_order(line.id)).count();
    assert!(moved > 2 && voided > 0 && voided < COMBOS * PARTS, "seed {SEED}: {done} {moved} {voided}");
    for n in 1..=ORDERS {
        let lines: Vec<_> =
            all.iter().filter(|(order, _)| *order == order_id(n)).map(|(_, line)| line).collect();
        let sum: i64 =
            lines.iter().filter(|line| !line.voided).map(|line| line.amount().unwrap().total.0).sum();
        let lines = || lines.iter().copied();
        assert_eq!(
            (total(lines()).unwrap().total.0, posting(lines()).unwrap().sum.total.0),
            (sum, sum),
            "P10"
        );
    }
}

fn first_order(line: LineId) -> OrderId {
    let n = (1..=COMBOS).find(|n| line_id(n * 10) == line).unwrap();
    order_id(1 + n % ORDERS)
}

async fn a_part_goes_nowhere_alone(store: Store) {
    let world = opened(&store, 1).await;
    let (from, to) = (order_id(2), order_id(1));
    let family: Vec<LineId> = (0..=PARTS).map(|place| line_id(10 + place)).collect();
    for asked in [family[1..2].to_vec(), family[..1].to_vec(), family[1..].to_vec(), family[..2].to_vec()] {
        let change = change(&world, 1);
        let moved = store.write::<_, StoreError, _>(move |tx| {
            let asked = asked.clone();
            Box::pin(async move { move_lines(tx, from, to, &asked, &change).await })
        });
        assert!(matches!(moved.await, Err(StoreError::Stale { .. })));
    }
    let void = voiding(&world, family[2], from, 1);
    let voided = store.write::<_, StoreError, _>(move |tx| {
        let void = void.clone();
        Box::pin(async move { order::insert_void(tx, &void).await })
    });
    assert!(matches!(voided.await, Err(StoreError::Stale { .. })));
    let change = change(&world, 2);
    let merged = store.write::<_, StoreError, _>(move |tx| {
        let (void, change) = (voiding(&world, line_id(10), to, 2), change);
        Box::pin(async move {
            merge(tx, from, to, fastops_domain::business_day::BusinessDay(20_454), &change).await?;
            order::insert_void(tx, &void).await?;
            assert!(order::lines(tx, to).await?.iter().all(|line| line.voided), "all of it, at once");
            assert!(order::lines(tx, from).await?.is_empty());
            Ok(())
        })
    });
    merged.await.unwrap();
}

async fn a_combo_has_its_slots_in_order(store: Store) {
    let world = World::open(&store).await;
    let written = store.write::<_, StoreError, _>(move |tx| {
        let world = world.clone();
        Box::pin(async move {
            let product = |n: u64, kind, active| Product {
                id: ProductId(id(11, n)),
                kind,
                active,
                short_code: n.to_string(),
                ..world.product.clone()
            };
            menu::insert_product(tx, &product(2, ProductKind::Product, false)).await?;
            menu::insert_product(tx, &product(3, ProductKind::Combo, true)).await?;
            let combo = ProductId(id(11, 3));
            let choice = |n: u64, price| ComboChoice {
                item: Item::product(ProductId(id(11, n))),
                price: Money(price),
            };
            let slot = |n: u64, choices| ComboSlot {
                id: ComboSlotId(id(50, n)),
                name: format!("Parte {n}"),
                min: 1,
                max: 1,
                repeats: n == 9,
                choices,
            };
            let said = [slot(9, vec![choice(2, 70), choice(1, 0)]), slot(1, vec![choice(2, 0)])];
            for _ in 0..2 {
                set_slots(tx, combo, &said).await?;
            }
            let sold = menu::menu(tx, world.branch.id).await?.combos;
            let expected = [slot(9, vec![choice(1, 0)]), slot(1, Vec::new())];
            assert_eq!(sold[&combo], expected, "a slot of which nothing is sold stays");
            let (_, kept) = menu::edit::kept(tx, world.branch.id).await?;
            assert_eq!(kept.combos[&combo], said);
            Ok(())
        })
    });
    written.await.unwrap();
}
