//! Law: a line is fired once, where it stands, and only if it is held; an order that holds one is not closed.

use super::moves::change;
use super::on_both_engines;
use super::world::{NOW, World, id, order_id};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{CommandId, LineId, OrderId};
use fastops_domain::order::{OrderLine, Posting};
use fastops_store::order::close::{Closing, close_order};
use fastops_store::order::fire::{CLOSE_RULE, Fire, held_at, insert_fires};
use fastops_store::order::moves::{merge, move_lines};
use fastops_store::order::{self, LineVoid};
use fastops_store::{Store, StoreError, Tx, Work, ticket};

on_both_engines!(
    a_line_is_fired_once_and_only_if_it_is_held,
    what_is_held_is_found_by_its_station_until_it_is_fired,
    a_fired_line_is_known_by_the_order_that_fired_it,
    an_order_that_holds_a_line_is_not_closed,
);

const DAY: BusinessDay = BusinessDay(20_454);

fn line_id(n: u64) -> LineId {
    LineId(id(23, n))
}

fn fire(world: &World, n: u64) -> Fire {
    let command = CommandId(id(30, 200 + n));
    Fire { at: NOW.plus_ms(7), user: world.waiter.id, terminal: world.terminal.id, command }
}

fn void(world: &World, line: u64, order: u64) -> LineVoid {
    LineVoid {
        line: line_id(line),
        order: order_id(order),
        reason: "error".into(),
        user: world.waiter.id,
        at: NOW,
        command: CommandId(id(30, 100 + line)),
    }
}

/// Two open orders; in the first are line 1, and lines 2, 3 and 4, which are held.
async fn two_orders(store: &Store) -> World {
    let world = World::open(store).await;
    unit(store, &world, |tx, world| {
        Box::pin(async move {
            let first = world.add_order(tx, 1).await?;
            world.add_order(tx, 2).await?;
            let lines = [1, 2, 3, 4].map(|n| OrderLine { held: n > 1, ..world.line(n, 1) });
            order::insert_lines(tx, first, world.waiter.id, NOW, &lines).await
        })
    })
    .await
    .unwrap();
    world
}

async fn unit<T: Send + 'static>(
    store: &Store,
    world: &World,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> Result<T, StoreError> {
    let world = world.clone();
    store.write(move |tx| work(tx, world.clone())).await
}

async fn fires(
    store: &Store,
    world: &World,
    n: u64,
    order: OrderId,
    lines: &[u64],
) -> Result<(), StoreError> {
    let (fire, lines) = (fire(world, n), lines.iter().copied().map(line_id).collect::<Vec<_>>());
    store
        .write(move |tx| {
            let lines = lines.clone();
            Box::pin(async move { insert_fires(tx, order, &lines, &fire).await })
        })
        .await
}

fn assert_broken(result: &Result<(), StoreError>, broken: &str) {
    assert!(matches!(result, Err(StoreError::RuleBroken { rule }) if rule == broken), "{result:?}");
}

async fn held(store: &Store, world: &World, station: usize) -> Vec<LineId> {
    let (branch, station) = (world.branch.id, world.stations[station].id);
    let read = store.read::<_, StoreError, _>(move |tx| Box::pin(held_at(tx, branch, station)));
    read.await.unwrap().into_iter().map(|one| one.line.id).collect()
}

async fn a_line_is_fired_once_and_only_if_it_is_held(store: Store) {
    const RULE: &str = "order_line_fire_of_held";
    let world = two_orders(&store).await;
    assert_broken(&fires(&store, &world, 1, order_id(1), &[2, 1]).await, RULE);
    assert_broken(&fires(&store, &world, 2, order_id(2), &[2]).await, RULE);
    unit(&store, &world, |tx, world| {
        Box::pin(async move { order::insert_void(tx, &void(&world, 4, 1)).await })
    })
    .await
    .unwrap();
    assert_broken(&fires(&store, &world, 3, order_id(1), &[4]).await, RULE);
    assert_eq!(
        held(&store, &world, 0).await,
        [2, 3].map(line_id),
        "a line that fails takes the others along"
    );
    fires(&store, &world, 4, order_id(1), &[2, 3]).await.unwrap();
    let again = fires(&store, &world, 5, order_id(1), &[3]).await;
    assert!(
        matches!(&again, Err(StoreError::Conflict { table, .. }) if table == "order_line_fire"),
        "{again:?}"
    );
    unit(&store, &world, |tx, _| {
        Box::pin(async move {
            let lines = order::lines(tx, order_id(1)).await?;
            let of: Vec<_> = lines.iter().map(|line| (line.held, line.fired_at, line.voided)).collect();
            let fired = Some(NOW.plus_ms(7));
            assert_eq!(
                of,
                [(false, None, false), (true, fired, false), (true, fired, false), (true, None, true)]
            );
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn what_is_held_is_found_by_its_station_until_it_is_fired(store: Store) {
    let world = two_orders(&store).await;
    assert_eq!(held(&store, &world, 0).await, [2, 3, 4].map(line_id));
    assert_eq!(held(&store, &world, 1).await, []);
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            move_lines(tx, order_id(1), order_id(2), &[line_id(3)], &change(&world, 1)).await?;
            let held = held_at(tx, world.branch.id, world.stations[0].id).await?;
            let orders: Vec<_> = held.iter().map(|one| (one.order, one.line.id)).collect();
            assert_eq!(
                orders,
                [(1, 2), (1, 4), (2, 3)].map(|(order, line)| (order_id(order), line_id(line)))
            );
            let expected = OrderLine { held: true, ..world.line(2, 1) };
            assert_eq!(held[0].line, expected);
            assert_eq!(
                (held[0].table, held[0].covers, &held[0].waiter),
                (Some(world.table.id), Some(2), &world.waiter.name)
            );
            order::insert_void(tx, &void(&world, 4, 1)).await
        })
    })
    .await
    .unwrap();
    fires(&store, &world, 2, order_id(2), &[3]).await.unwrap();
    assert_eq!(held(&store, &world, 0).await, [line_id(2)]);
}

/// Typed in the first order, fired in the second, and then back.
async fn a_fired_line_is_known_by_the_order_that_fired_it(store: Store) {
    let world = two_orders(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let (one, two) = (order_id(1), order_id(2));
            move_lines(tx, one, two, &[line_id(3)], &change(&world, 1)).await?;
            insert_fires(tx, two, &[line_id(3)], &fire(&world, 1)).await?;
            let told = world.ticket(1, two, 0, 2);
            ticket::insert_tickets(tx, std::slice::from_ref(&told)).await?;
            move_lines(tx, two, one, &[line_id(3)], &change(&world, 2)).await?;
            assert_eq!(ticket::tickets_about_order(tx, one).await?, std::slice::from_ref(&told));
            assert_eq!(ticket::tickets_around_line(tx, line_id(3)).await?, [told]);
            assert_eq!(ticket::tickets_around_line(tx, line_id(2)).await?, []);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn close(store: &Store, world: &World, order: u64) -> Result<(), StoreError> {
    let by = world.waiter.id;
    store
        .write(move |tx| {
            Box::pin(async move {
                let order = order_id(order);
                let revision = order::next_revision(tx, order).await?;
                let closing =
                    Closing { order, revision, at: NOW, by, day: DAY, posting: &Posting::default() };
                close_order(tx, &closing).await
            })
        })
        .await
}

async fn an_order_that_holds_a_line_is_not_closed(store: Store) {
    let world = two_orders(&store).await;
    assert_broken(&close(&store, &world, 1).await, CLOSE_RULE);
    unit(&store, &world, |tx, world| {
        Box::pin(async move { order::insert_void(tx, &void(&world, 4, 1)).await })
    })
    .await
    .unwrap();
    fires(&store, &world, 1, order_id(1), &[3]).await.unwrap();
    assert_broken(&close(&store, &world, 1).await, CLOSE_RULE);
    // What is held goes along, and holds back nothing that it has left.
    unit(&store, &world, |tx, world| {
        Box::pin(async move { merge(tx, order_id(1), order_id(2), DAY, &change(&world, 1)).await })
    })
    .await
    .unwrap();
    assert_broken(&close(&store, &world, 2).await, CLOSE_RULE);
    fires(&store, &world, 2, order_id(2), &[2]).await.unwrap();
    close(&store, &world, 2).await.unwrap();
}
