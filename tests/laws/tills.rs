//! Law: a till. What lies in a drawer is reckoned from its facts, what was counted stays counted, and what was
//! sold belongs to one session.

use super::money::{DAY, SESSION, lived_in, open_till, payment_row, session_row};
use super::on_both_engines;
use super::world::{NOW, id, order_id};
use fastops_domain::cash::Drawer;
use fastops_domain::document::CashReport;
use fastops_domain::ids::{CashSessionId, TerminalId, UserId};
use fastops_domain::money::{Currency, Money};
use fastops_domain::order::{OrderLine, posting};
use fastops_domain::tax::{Tax, TaxMode};
use fastops_domain::time::{LocalTime, Time};
use fastops_store::cash::{self, Count, NewSession, Sales};
use fastops_store::company::{self, Terminal};
use fastops_store::order::close::{Closing, close_order};
use fastops_store::payment::Payment;
use fastops_store::{Store, StoreError, Tx, order, payment, probe};
use tokio::task::JoinSet;

on_both_engines!(
    a_drawer_is_reckoned_from_its_facts,
    a_closed_drawer_takes_nothing,
    payments_under_way_are_in_the_count,
    what_was_sold_is_of_the_session_that_took_the_last_payment,
);

/// What the report of a session says here is no matter, but that it is kept.
fn a_report() -> CashReport {
    CashReport {
        house: "La Candelaria".into(),
        branch: "Centro".into(),
        currency: Currency { code: "COP".into(), minor_digits: 2, shown_digits: 0 },
        terminal: "Caja".into(),
        number: 1,
        opened_at: LocalTime::at(NOW, 0),
        opened_by: "Ana".into(),
        closed: None,
        orders: 1,
        net: Money(9),
        taxes: Vec::new(),
        total: Money(10),
        methods: Vec::new(),
        moves: Vec::new(),
        drawer: None,
    }
}

async fn close(
    tx: &mut Tx,
    session: CashSessionId,
    counted: Money,
    at: Time,
    by: UserId,
    note: Option<&str>,
) -> Result<Count, StoreError> {
    let held = cash::hold(tx, session).await?;
    let count = held.count(counted, at, by, note).unwrap();
    cash::close_session(tx, &held, &count, &a_report()).await?;
    Ok(count)
}

async fn a_drawer_is_reckoned_from_its_facts(store: Store) {
    let world = lived_in(&store).await;
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = world.clone();
            Box::pin(async move {
                let session = CashSessionId(id(42, SESSION));
                let expected = Drawer {
                    float: Money(200_000),
                    taken: Money(54_000),
                    refunded: Money(7_000),
                    moved_in: Money(50_000),
                    moved_out: Money(120_000),
                };
                assert_eq!(cash::drawer(tx, session).await?, Some(expected));
                let by_method = cash::totals_by_method(tx, session).await?;
                assert_eq!(by_method.len(), 1, "a card's money is in no drawer");
                assert_eq!((by_method[0].payments, by_method[0].amount), (2, Money(50_000)));
                let open = cash::open_session_of(tx, world.terminal.id).await?.unwrap();
                assert_eq!((open.number, open.day, open.closed), (1, DAY, None));
                let (at, by) = (NOW.plus_ms(9), world.waiter.id);
                let count = close(tx, session, Money(170_000), at, by, Some("faltan")).await?;
                assert_eq!(count.expected, Money(177_000));
                assert_eq!(cash::session(tx, session).await?.unwrap().closed, Some(count));
                assert_eq!(cash::open_session_of(tx, world.terminal.id).await?, None);
                assert_eq!(cash::kept_report(tx, session).await?, Some(a_report()));
                let again = cash::hold(tx, session).await;
                assert!(matches!(again, Err(StoreError::Stale { .. })), "{again:?}");
                let next = NewSession { id: CashSessionId(id(42, 2)), ..session_row(&world) };
                assert_eq!(cash::open_session(tx, &next).await?, 2);
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn a_closed_drawer_takes_nothing(store: Store) {
    let world = lived_in(&store).await;
    let twin = NewSession { id: CashSessionId(id(42, 2)), ..session_row(&world) };
    let opened = store.write::<_, StoreError, _>(move |tx| {
        let twin = twin.clone();
        Box::pin(async move { cash::open_session(tx, &twin).await })
    });
    assert!(matches!(opened.await, Err(StoreError::Conflict { .. })), "a drawer is open once");
    let by = world.waiter.id;
    store
        .write::<_, StoreError, _>(move |tx| {
            let session = CashSessionId(id(42, SESSION));
            Box::pin(async move { close(tx, session, Money(1), NOW, by, None).await })
        })
        .await
        .unwrap();
    let late = payment_row(&world, 9, order_id(1), "cash", 1_000, 0);
    let branch = world.branch.id;
    let paid = store.write::<_, StoreError, _>(move |tx| {
        let late = late.clone();
        Box::pin(async move { payment::insert_payments(tx, branch, &[late]).await })
    });
    let error = paid.await.unwrap_err();
    assert!(matches!(&error, StoreError::RuleBroken { rule } if rule == "cash_session_is_open"), "{error:?}");
    let recount = store.write::<_, StoreError, _>(|tx| {
        Box::pin(probe::execute(tx, "UPDATE cash_session SET counted_minor = 5"))
    });
    assert!(matches!(recount.await, Err(StoreError::AppendOnly { .. })), "what was counted stays counted");
}

async fn payments_under_way_are_in_the_count(store: Store) {
    let world = open_till(&store).await;
    let mut tills = JoinSet::new();
    for n in 1..=30 {
        let (store, row, branch) =
            (store.clone(), payment_row(&world, n, order_id(1), "cash", 1_000, 10), world.branch.id);
        tills.spawn(async move {
            let taken = store.write::<_, StoreError, _>(move |tx| {
                let row = row.clone();
                Box::pin(async move { payment::insert_payments(tx, branch, &[row]).await })
            });
            i64::from(taken.await.is_ok())
        });
    }
    let by = world.waiter.id;
    let session = CashSessionId(id(42, SESSION));
    let count = store
        .write::<_, StoreError, _>(move |tx| {
            Box::pin(async move { close(tx, session, Money(0), NOW, by, None).await })
        })
        .await
        .unwrap();
    let taken: i64 = tills.join_all().await.into_iter().sum();
    assert_eq!(count.expected, Money(200_000 + taken * 1_010), "what was acknowledged was counted");
}

/// Order 1 pays half in each of two tills, order 2 all in the first, order 3 is open still.
async fn what_was_sold_is_of_the_session_that_took_the_last_payment(store: Store) {
    let world = open_till(&store).await;
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = world.clone();
            Box::pin(async move {
                let (first, second) = (CashSessionId(id(42, SESSION)), CashSessionId(id(42, 2)));
                let terminal =
                    Terminal { id: TerminalId(id(8, 2)), branch: world.branch.id, name: "Caja 2".into() };
                company::insert_terminal(tx, &terminal).await?;
                let other = NewSession { id: second, terminal: terminal.id, ..session_row(&world) };
                cash::open_session(tx, &other).await?;
                let tax = |name: &str, mode| Tax { name: name.into(), rate_bp: 800, mode };
                for (n, price) in [(2, 2_000_000), (3, 3_000_000)] {
                    let order = world.add_order(tx, n).await?;
                    let taxes = vec![tax("INC", TaxMode::Included), tax("Servicio", TaxMode::Added)];
                    let line = OrderLine { taxes, price: Money(price), ..world.line(10 + n, 1) };
                    order::insert_lines(tx, order, world.waiter.id, NOW, &[line]).await?;
                }
                let paid = |n, order: u64, session, later| Payment {
                    session: Some(session),
                    at: NOW.plus_ms(later),
                    ..payment_row(&world, n, order_id(order), "cash", 10_000, 0)
                };
                // The later payment came first into the table.
                let payments =
                    [paid(1, 1, second, 2), paid(2, 1, first, 1), paid(3, 2, first, 3), paid(4, 3, first, 4)];
                payment::insert_payments(tx, world.branch.id, &payments).await?;
                let mut posted = Vec::new();
                for n in [1, 2] {
                    let mut lines = order::lines(tx, order_id(n)).await?;
                    lines.retain(|line| !line.voided);
                    let posting = posting(&lines).unwrap();
                    let revision = order::order(tx, order_id(n)).await?.unwrap().revision;
                    let (at, by) = (NOW.plus_ms(5), world.waiter.id);
                    let closing =
                        Closing { order: order_id(n), revision, at, by, day: DAY, posting: &posting };
                    close_order(tx, &closing).await?;
                    posted.push(posting);
                }
                for (session, posting) in [(second, &posted[0]), (first, &posted[1])] {
                    let taxes = posting.taxes.iter().map(|tax| (tax.tax.name.clone(), tax.amount)).collect();
                    let sales = Sales { orders: 1, net: posting.sum.net, total: posting.sum.total, taxes };
                    assert_eq!(cash::sales(tx, session).await?, sales);
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}
