//! Law P10: money is exact. Lines, posted figures, payments and what is owed agree to the last unit, and
//! no fact about money is ever changed.

use super::on_both_engines;
use super::world::{NOW, World, id, order_id};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::cash::CashDirection;
use fastops_domain::ids::{
    CashMoveId, CashSessionId, CommandId, NumberingRangeId, OrderId, PaymentId, ReceiptId, RefundId,
    TerminalId,
};
use fastops_domain::money::Money;
use fastops_domain::numbering::{NoNumber, Numbering};
use fastops_domain::order::{OrderLine, posting, total};
use fastops_domain::payment::{Bill, MethodKind, Refundable, Tender};
use fastops_domain::tax::{Tax, TaxMode};
use fastops_store::cash::{self, CashMove, NewSession};
use fastops_store::company::{self, Terminal};
use fastops_store::numbering::{self, NumberingRange, Receipt};
use fastops_store::order::close::{Closing, close_order, posted};
use fastops_store::order::{self, LineVoid};
use fastops_store::payment::{self, Paid, Payment, Refund};
use fastops_store::{Store, StoreError, Tx, probe};
use tokio::task::JoinSet;

on_both_engines!(
    two_terminals_never_take_more_than_is_owed,
    a_refund_never_exceeds_its_payment,
    facts_about_money_are_append_only,
    receipt_numbers_have_no_gap_and_no_twin,
    a_range_ends_and_another_takes_its_place,
);

pub(super) const DAY: BusinessDay = BusinessDay(20_454);
pub(super) const SESSION: u64 = 1;

pub(super) fn payment_row(
    world: &World,
    n: u64,
    order: OrderId,
    method: &str,
    amount: i64,
    tip: i64,
) -> Payment {
    let cash = method == "cash";
    Payment {
        id: PaymentId(id(41, n)),
        order,
        session: cash.then_some(CashSessionId(id(42, SESSION))),
        method: method.into(),
        amount: Money(amount),
        tip: Money(tip),
        tendered: cash.then_some(Money(amount + tip + 500)),
        change: cash.then_some(Money(500)),
        reference: (!cash).then(|| "voucher 7".into()),
        at: NOW.plus_ms(i64::try_from(n).unwrap()),
        user: world.waiter.id,
        terminal: world.terminal.id,
        command: CommandId(id(30, n)),
    }
}

fn refund_row(world: &World, n: u64, payment: PaymentId, amount: i64) -> Refund {
    Refund {
        id: RefundId(id(43, n)),
        payment,
        session: Some(CashSessionId(id(42, SESSION))),
        amount: Money(amount),
        reason: "plato frío".into(),
        at: NOW.plus_ms(i64::try_from(n).unwrap()),
        user: world.waiter.id,
        terminal: world.terminal.id,
        command: CommandId(id(30, 1_000 + n)),
    }
}

pub(super) fn session_row(world: &World) -> NewSession {
    NewSession {
        id: CashSessionId(id(42, SESSION)),
        branch: world.branch.id,
        terminal: world.terminal.id,
        day: DAY,
        opened_at: NOW,
        opened_by: world.waiter.id,
        float: Money(200_000),
    }
}

/// A world with an open drawer, a way to pay by card, and order 1 with three lines of which one is voided.
pub(super) async fn open_till(store: &Store) -> World {
    let world = World::open(store).await;
    let rows = world.clone();
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = rows.clone();
            Box::pin(async move {
                probe::execute(
                    tx,
                    "INSERT INTO payment_method (company_id, code, name, kind, opens_drawer, position)
                     SELECT id, 'card', 'Tarjeta', 'card', FALSE, 7 FROM company",
                )
                .await?;
                assert_eq!(cash::open_session(tx, &session_row(&world)).await?, 1);
                let order = world.add_order(tx, 1).await?;
                let tax = |rate_bp, mode| Tax { name: format!("Impuesto {rate_bp}"), rate_bp, mode };
                let taxes = vec![tax(800, TaxMode::Included), tax(1_900, TaxMode::Added)];
                let lines = [
                    OrderLine { taxes, price: Money(1_234_567), ..world.line(1, 1) },
                    world.line(2, 1),
                    world.line(3, 1),
                ];
                order::insert_lines(tx, order, world.waiter.id, NOW, &lines).await?;
                let void = LineVoid {
                    line: lines[2].id,
                    order,
                    reason: "error".into(),
                    user: world.waiter.id,
                    at: NOW,
                    command: CommandId(id(30, 999)),
                };
                order::insert_void(tx, &void).await
            })
        })
        .await
        .unwrap();
    world
}

async fn bill(tx: &mut Tx, order: OrderId) -> Result<Bill, StoreError> {
    let total = total(&order::lines(tx, order).await?).unwrap().total;
    Ok(Bill { total, paid: payment::paid(tx, order).await?.amount })
}

/// Pays `amount` at most, as a terminal would: the order's revision first, then the rules, then the fact.
async fn pay(store: &Store, world: &World, n: u64, amount: i64) -> bool {
    let world = world.clone();
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = world.clone();
            Box::pin(async move {
                let order = order_id(1);
                order::next_revision(tx, order).await?;
                let bill = bill(tx, order).await?;
                let amount = amount.min(bill.owed().0);
                let tender = Tender { amount: Money(amount), tip: Money::ZERO, tendered: Money(amount) };
                if bill.pay(MethodKind::Card, tender).is_err() {
                    return Ok(false);
                }
                let row = payment_row(&world, n, order, "card", amount, 0);
                payment::insert_payments(tx, world.branch.id, &[row]).await?;
                Ok(true)
            })
        })
        .await
        .unwrap()
}

async fn two_terminals_never_take_more_than_is_owed(store: Store) {
    let world = open_till(&store).await;
    let mut terminals = JoinSet::new();
    for place in 1..=2 {
        let (store, world) = (store.clone(), world.clone());
        terminals.spawn(async move {
            let mut taken = 0;
            while taken < 50 && pay(&store, &world, place * 100 + taken, 900_001).await {
                taken += 1;
            }
            taken
        });
    }
    let taken: u64 = terminals.join_all().await.into_iter().sum();
    let by = world.waiter.id;
    store
        .write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let order = order_id(1);
                let lines = order::lines(tx, order).await?;
                let (figures, bill) = (posting(&lines).unwrap(), bill(tx, order).await?);
                let payments = payment::payments(tx, order).await?;
                assert_eq!(payments.len() as u64, taken);
                assert!(taken > 5, "{taken}");
                let paid = Money::sum(payments.iter().map(|(payment, _)| payment.amount)).unwrap();
                assert_eq!((paid, bill.owed()), (figures.sum.total, Money::ZERO));
                let revision = order::order(tx, order).await?.unwrap().revision;
                let closing = Closing { order, revision, at: NOW, by, day: DAY, posting: &figures };
                close_order(tx, &closing).await?;
                let kept = posted(tx, order).await?.unwrap().posting;
                assert_eq!(kept.sum.total, paid.plus(bill.owed()).unwrap());
                assert_eq!(Money::sum(kept.taxes.iter().map(|tax| tax.amount)).unwrap(), kept.sum.tax);
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn a_refund_never_exceeds_its_payment(store: Store) {
    let world = open_till(&store).await;
    let paid = payment_row(&world, 1, order_id(1), "cash", 40_000, 4_000);
    let (row, branch) = (paid.clone(), world.branch.id);
    store
        .write::<_, StoreError, _>(move |tx| {
            let row = row.clone();
            Box::pin(async move { payment::insert_payments(tx, branch, &[row]).await })
        })
        .await
        .unwrap();
    let refund = |n: u64, amount: i64| {
        let row = refund_row(&world, n, paid.id, amount);
        store.write::<_, StoreError, _>(move |tx| {
            let row = row.clone();
            Box::pin(async move { payment::insert_refund(tx, &row).await })
        })
    };
    refund(1, 14_000).await.unwrap();
    // 30 000 are left; each of the two alone would be right.
    let (one, other) = tokio::join!(refund(2, 20_000), refund(3, 20_000));
    let refused = [&one, &other].into_iter().filter(|result| result.is_err()).count();
    assert_eq!(refused, 1, "{one:?} {other:?}");
    for result in [one, other] {
        if let Err(error) = result {
            assert!(
                matches!(&error, StoreError::RuleBroken { rule } if rule == "refund_within_payment"),
                "{error:?}"
            );
        }
    }
    refund(4, 10_000).await.unwrap();
    assert!(refund(5, 1).await.is_err());
    let expected = Refundable { taken: Money(44_000), refunded: Money(44_000) };
    let payment_id = paid.id;
    store
        .read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                assert_eq!(payment::refundable(tx, payment_id).await?, Some(expected));
                assert_eq!(payment::payments(tx, order_id(1)).await?, [(paid, expected)]);
                let sums = Paid { amount: Money(40_000), tip: Money(4_000), refunded: Money(44_000) };
                assert_eq!(payment::paid(tx, order_id(1)).await?, sums);
                let amounts: Vec<i64> =
                    payment::refunds(tx, order_id(1)).await?.iter().map(|refund| refund.amount.0).collect();
                assert_eq!(amounts, [14_000, 20_000, 10_000]);
                Ok(())
            })
        })
        .await
        .unwrap();
}

/// Payment 1 in cash with a refund and a move, payment 2 by card, and a receipt.
pub(super) async fn lived_in(store: &Store) -> World {
    let world = open_till(store).await;
    let rows = world.clone();
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = rows.clone();
            Box::pin(async move {
                let order = order_id(1);
                let payments = [
                    payment_row(&world, 1, order, "cash", 40_000, 4_000),
                    payment_row(&world, 2, order, "card", 30_000, 0),
                    payment_row(&world, 3, order, "cash", 10_000, 0),
                ];
                payment::insert_payments(tx, world.branch.id, &payments).await?;
                payment::insert_refund(tx, &refund_row(&world, 1, payments[0].id, 7_000)).await?;
                for (n, direction, amount) in
                    [(1, CashDirection::In, 50_000), (2, CashDirection::Out, 120_000)]
                {
                    let row = CashMove {
                        id: CashMoveId(id(44, n)),
                        session: CashSessionId(id(42, SESSION)),
                        direction,
                        amount: Money(amount),
                        reason: "cambio".into(),
                        at: NOW,
                        user: world.waiter.id,
                        command: CommandId(id(30, 500 + n)),
                    };
                    cash::insert_move(tx, &row).await?;
                    assert_eq!(cash::moves(tx, row.session).await?.last(), Some(&row));
                }
                receipt(tx, &world, 1).await.map(drop)
            })
        })
        .await
        .unwrap();
    world
}

async fn receipt(tx: &mut Tx, world: &World, n: u64) -> Result<Option<Receipt>, StoreError> {
    let Some(drawn) = numbering::next_number(tx, world.branch.id, "receipt", NOW).await? else {
        return Ok(None);
    };
    let receipt = Receipt {
        id: ReceiptId(id(45, n)),
        order: order_id(1),
        range: drawn.range,
        number: drawn.number,
        at: NOW,
        user: world.waiter.id,
    };
    numbering::insert_receipt(tx, &receipt).await?;
    Ok(Some(receipt))
}

async fn facts_about_money_are_append_only(store: Store) {
    lived_in(&store).await;
    for (table, statement) in [
        ("payment", "UPDATE payment SET amount_minor = 1"),
        ("payment", "DELETE FROM payment"),
        ("refund", "UPDATE refund SET amount_minor = 1"),
        ("refund", "DELETE FROM refund"),
        ("cash_move", "UPDATE cash_move SET amount_minor = 1"),
        ("cash_move", "DELETE FROM cash_move"),
        ("cash_session", "DELETE FROM cash_session"),
        ("receipt", "UPDATE receipt SET number = 9"),
        ("receipt", "DELETE FROM receipt"),
    ] {
        let result = store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement))).await;
        match result {
            Err(StoreError::AppendOnly { table: refused }) => assert_eq!(refused, table, "{statement}"),
            other => panic!("{statement}: {other:?}"),
        }
    }
}

async fn receipt_numbers_have_no_gap_and_no_twin(store: Store) {
    let world = open_till(&store).await;
    let mut writers = JoinSet::new();
    for n in 1..=60 {
        let (store, world) = (store.clone(), world.clone());
        writers.spawn(async move {
            store
                .write::<_, StoreError, _>(move |tx| {
                    let world = world.clone();
                    Box::pin(async move {
                        let receipt = receipt(tx, &world, n).await?.unwrap();
                        if n % 5 == 0 {
                            Err(StoreError::Stale { what: "the test" })
                        } else {
                            Ok(receipt.number)
                        }
                    })
                })
                .await
                .ok()
        });
    }
    let mut numbers: Vec<i64> = writers.join_all().await.into_iter().flatten().collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=48).collect::<Vec<_>>());
    let receipts =
        store.read::<_, StoreError, _>(|tx| Box::pin(numbering::receipts(tx, order_id(1)))).await.unwrap();
    assert_eq!(receipts.iter().map(|receipt| receipt.number).collect::<Vec<_>>(), numbers);
}

async fn a_range_ends_and_another_takes_its_place(store: Store) {
    let world = open_till(&store).await;
    store
        .write::<_, StoreError, _>(move |tx| {
            let branch = world.branch.id;
            let other = Terminal { id: TerminalId(id(8, 2)), branch, name: "Caja 2".into() };
            Box::pin(async move {
                company::insert_terminal(tx, &other).await?;
                let born = numbering::next_number(tx, branch, "receipt", NOW).await?.unwrap();
                assert_eq!((born.number, born.text.as_str()), (1, "FE0001"));
                let short = NumberingRange {
                    id: NumberingRangeId(id(46, 1)),
                    numbering: Numbering {
                        prefix: "SETP".into(),
                        first: 99,
                        last: 100,
                        next: 99,
                        valid_from: Some(NOW),
                        valid_until: Some(NOW.plus_ms(10)),
                    },
                };
                numbering::use_range(tx, branch, "receipt", &short).await?;
                let draw = async |tx: &mut Tx, at| numbering::next_number(tx, branch, "receipt", at).await;
                for wrong in [NOW.plus_ms(-1), NOW.plus_ms(10)] {
                    assert_eq!(draw(tx, wrong).await?, None, "out of its time");
                }
                assert_eq!(draw(tx, NOW).await?.unwrap().text, "SETP099");
                assert_eq!(draw(tx, NOW.plus_ms(9)).await?.unwrap().number, 100);
                assert_eq!(draw(tx, NOW).await?, None, "it is spent");
                let spent = numbering::range(tx, branch, "receipt").await?.unwrap().numbering;
                assert_eq!(spent.peek(NOW), Err(NoNumber::Exhausted));
                assert_eq!(numbering::next_number(tx, branch, "ticket_of_honour", NOW).await?, None);
                Ok(())
            })
        })
        .await
        .unwrap();
}
