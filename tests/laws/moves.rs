//! Law: a line that moves stays one line; an order that is closed keeps its figures.

use super::on_both_engines;
use super::world::{NOW, World, id, order_id};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{CommandId, LineId, OrderEventId, UserId};
use fastops_domain::money::Money;
use fastops_domain::order::{OrderEventKind, OrderLine, Posting, posting};
use fastops_domain::tax::{Tax, TaxMode};
use fastops_store::order::close::{Closing, Posted, close_order, posted};
use fastops_store::order::event::events;
use fastops_store::order::moves::{Change, change_table, change_waiter, merge, move_lines};
use fastops_store::order::{self, LineVoid};
use fastops_store::user::{self, User};
use fastops_store::{Store, StoreError, Tx, Work};

on_both_engines!(
    a_line_stands_where_its_last_move_took_it,
    a_line_moves_only_from_where_it_stands,
    a_closed_order_takes_and_gives_nothing,
    a_merge_takes_all_that_is_left_and_closes_the_rest,
    an_order_changes_its_table_and_its_waiter_once,
    a_closed_order_keeps_its_figures,
    figures_of_an_older_revision_are_refused,
);

const DAY: BusinessDay = BusinessDay(20_454);

pub(super) fn change(world: &World, n: u64) -> Change {
    Change {
        event: OrderEventId(id(40, n)),
        at: NOW,
        user: world.waiter.id,
        terminal: world.terminal.id,
        command: CommandId(id(30, n)),
    }
}

fn line_id(n: u64) -> LineId {
    LineId(id(23, n))
}

fn assert_stale<T: std::fmt::Debug>(result: &Result<T, StoreError>) {
    assert!(matches!(result, Err(StoreError::Stale { .. })), "{result:?}");
}

/// Two open orders; the first has lines 1, 2 and 3, of which 3 is voided.
async fn two_orders(store: &Store) -> World {
    let world = World::open(store).await;
    unit(store, &world, |tx, world| {
        Box::pin(async move {
            let first = world.add_order(tx, 1).await?;
            world.add_order(tx, 2).await?;
            let lines = [1, 2, 3].map(|n| world.line(n, 1));
            order::insert_lines(tx, first, world.waiter.id, NOW, &lines).await?;
            order::insert_void(tx, &void(&world, 3, 1)).await
        })
    })
    .await
    .unwrap();
    world
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

async fn unit<T: Send + 'static>(
    store: &Store,
    world: &World,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> Result<T, StoreError> {
    let world = world.clone();
    store.write(move |tx| work(tx, world.clone())).await
}

fn ids(lines: &[OrderLine]) -> Vec<LineId> {
    lines.iter().map(|line| line.id).collect()
}

async fn a_line_stands_where_its_last_move_took_it(store: Store) {
    let world = two_orders(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let (one, two) = (order_id(1), order_id(2));
            move_lines(tx, one, two, &[line_id(1), line_id(2)], &change(&world, 1)).await?;
            move_lines(tx, two, one, &[line_id(2)], &change(&world, 2)).await?;
            assert_eq!(ids(&order::lines(tx, one).await?), [line_id(2), line_id(3)]);
            assert_eq!(ids(&order::lines(tx, two).await?), [line_id(1)]);
            let open = order::lines_of_open_orders(tx, world.branch.id).await?;
            assert_eq!(ids(&open[&two]), [line_id(1)]);
            order::insert_void(tx, &void(&world, 1, 2)).await?;
            assert!(order::lines(tx, two).await?[0].voided, "a moved line is voided where it stands");
            let moved = events(tx, two).await?;
            assert_eq!(moved.len(), 1);
            assert_eq!(moved[0].kind, OrderEventKind::LinesMoved);
            assert_eq!(moved[0].detail["lines"][0], line_id(2).to_string());
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_line_moves_only_from_where_it_stands(store: Store) {
    let world = two_orders(&store).await;
    for (n, wrong) in [(1, vec![line_id(1), line_id(9)]), (2, vec![line_id(3)])] {
        let place = world.clone();
        let refused = store
            .write::<_, StoreError, _>(move |tx| {
                let (wrong, change) = (wrong.clone(), change(&place, n));
                Box::pin(async move { move_lines(tx, order_id(1), order_id(2), &wrong, &change).await })
            })
            .await;
        assert_stale(&refused);
    }
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            assert_eq!(ids(&order::lines(tx, order_id(1)).await?), [1, 2, 3].map(line_id), "none has moved");
            move_lines(tx, order_id(1), order_id(2), &[line_id(1)], &change(&world, 3)).await
        })
    })
    .await
    .unwrap();
    let late = unit(&store, &world, |tx, world| {
        Box::pin(
            async move { move_lines(tx, order_id(1), order_id(2), &[line_id(1)], &change(&world, 4)).await },
        )
    });
    assert_stale(&late.await);
    let late = unit(&store, &world, |tx, world| {
        Box::pin(async move { order::insert_void(tx, &void(&world, 1, 1)).await })
    });
    assert_stale(&late.await);
}

async fn a_closed_order_takes_and_gives_nothing(store: Store) {
    let world = two_orders(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let nothing = Posting::default();
            let closing = Closing {
                order: order_id(2),
                revision: 1,
                at: NOW,
                by: world.waiter.id,
                day: DAY,
                posting: &nothing,
            };
            close_order(tx, &closing).await
        })
    })
    .await
    .unwrap();
    let into_closed = unit(&store, &world, |tx, world| {
        Box::pin(
            async move { move_lines(tx, order_id(1), order_id(2), &[line_id(1)], &change(&world, 1)).await },
        )
    });
    assert_stale(&into_closed.await);
    let merged = unit(&store, &world, |tx, world| {
        Box::pin(async move { merge(tx, order_id(1), order_id(2), DAY, &change(&world, 2)).await })
    });
    assert_stale(&merged.await);
    let table = unit(&store, &world, |tx, world| {
        Box::pin(async move {
            change_table(tx, order_id(2), Some(world.table.id), None, &change(&world, 3)).await
        })
    });
    assert_stale(&table.await);
}

async fn a_merge_takes_all_that_is_left_and_closes_the_rest(store: Store) {
    let world = two_orders(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            merge(tx, order_id(1), order_id(2), DAY, &change(&world, 1)).await?;
            assert_eq!(ids(&order::lines(tx, order_id(2)).await?), [line_id(1), line_id(2)]);
            assert_eq!(ids(&order::lines(tx, order_id(1)).await?), [line_id(3)], "what was voided stays");
            assert_eq!(order::open_orders(tx, world.branch.id).await?.len(), 1);
            let figures = posted(tx, order_id(1)).await?.unwrap();
            assert_eq!((figures.day, figures.posting), (DAY, Posting::default()));
            assert_eq!(posted(tx, order_id(2)).await?, None);
            let happened = events(tx, order_id(1)).await?;
            assert_eq!(happened[0].kind, OrderEventKind::Merged);
            assert_eq!(happened[0].detail["into"], order_id(2).to_string());
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn an_order_changes_its_table_and_its_waiter_once(store: Store) {
    let world = two_orders(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let other = User { id: UserId(id(9, 2)), name: "Beto".into(), ..world.waiter.clone() };
            user::insert_user(tx, &other).await?;
            let order = order_id(1);
            change_table(tx, order, Some(world.table.id), None, &change(&world, 1)).await?;
            change_waiter(tx, order, world.waiter.id, other.id, &change(&world, 2)).await?;
            let row = order::order(tx, order).await?.unwrap();
            assert_eq!((row.table, row.waiter, row.revision), (None, other.id, 3));
            let kinds: Vec<_> = events(tx, order).await?.into_iter().map(|event| event.kind).collect();
            assert_eq!(kinds, [OrderEventKind::TableChanged, OrderEventKind::WaiterChanged]);
            let late = change_table(tx, order, Some(world.table.id), None, &change(&world, 3)).await;
            assert_stale(&late);
            assert_stale(&change_waiter(tx, order, world.waiter.id, other.id, &change(&world, 4)).await);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn a_closed_order_keeps_its_figures(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            let tax = |rate_bp, mode| Tax { name: format!("Impuesto {rate_bp}"), rate_bp, mode };
            let taxes =
                vec![tax(800, TaxMode::Included), tax(1_900, TaxMode::Added), tax(0, TaxMode::Exempt)];
            let lines = [
                OrderLine { taxes, price: Money(1_234_567), ..world.line(1, 1) },
                OrderLine { taxes: Vec::new(), ..world.line(2, 1) },
                world.line(3, 1),
            ];
            order::insert_lines(tx, order, world.waiter.id, NOW, &lines).await?;
            let kept = order::lines(tx, order).await?;
            assert_eq!(kept, lines, "every tax of every line comes back");
            let figures = posting(&kept).unwrap();
            assert_eq!(figures.taxes.len(), 4);
            let closing = Closing {
                order,
                revision: 1,
                at: NOW.plus_ms(5),
                by: world.waiter.id,
                day: DAY,
                posting: &figures,
            };
            close_order(tx, &closing).await?;
            let expected =
                Posted { at: NOW.plus_ms(5), by: world.waiter.id, day: DAY, posting: figures.clone() };
            assert_eq!(posted(tx, order).await?, Some(expected));
            assert_eq!(order::order(tx, order).await?.unwrap().closed_at, Some(NOW.plus_ms(5)));
            assert_stale(&close_order(tx, &closing).await);
            Ok(())
        })
    })
    .await
    .unwrap();
}

async fn figures_of_an_older_revision_are_refused(store: Store) {
    let world = two_orders(&store).await;
    let late = unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let order = order_id(1);
            let seen = order::order(tx, order).await?.unwrap().revision;
            let figures = posting(&order::lines(tx, order).await?).unwrap();
            move_lines(tx, order_id(1), order_id(2), &[line_id(1)], &change(&world, 1)).await?;
            let by = world.waiter.id;
            let closing = Closing { order, revision: seen, at: NOW, by, day: DAY, posting: &figures };
            close_order(tx, &closing).await
        })
    });
    assert_stale(&late.await);
}
