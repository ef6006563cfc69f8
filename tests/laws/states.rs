//! Law: a state changes only from the state that was expected, and facts never change at all.

use super::on_both_engines;
use super::world::{NOW, World, id, job_id, order_id, ticket_id};
use fastops_domain::ids::{CommandId, OrderId};
use fastops_domain::job::{Cause, JobProgress, JobState, Priority};
use fastops_domain::ticket::TicketState;
use fastops_store::audit::{self, AuditRow};
use fastops_store::job::{self, JobChange, Rank};
use fastops_store::order::{self, LineVoid};
use fastops_store::{Store, StoreError, Tx, Work, command, probe, ticket};

on_both_engines!(
    a_job_moves_only_from_the_expected_state,
    a_ticket_moves_only_from_the_expected_state,
    a_closed_order_takes_no_revision,
    only_a_waiting_job_changes_its_priority,
    an_attempt_ends_once,
    facts_are_append_only,
    a_line_has_the_units_that_its_pieces_left_it,
    a_second_row_with_the_same_key_is_a_conflict,
    a_row_that_points_nowhere_is_refused,
);

/// A world with one order, one line, one ticket, one job, one void and one audit row.
async fn lived_in(store: &Store) -> World {
    let world = World::open(store).await;
    let rows = world.clone();
    store
        .write::<_, StoreError, _>(move |tx| {
            let world = rows.clone();
            Box::pin(async move {
                let order = world.add_order(tx, 1).await?;
                order::insert_lines(tx, order, world.waiter.id, NOW, &[world.line(1, 1)]).await?;
                world.add_job(tx, 1, order, 1, Priority::Normal).await?;
                order::insert_void(tx, &void(&world)).await?;
                let row = AuditRow {
                    id: id(31, 1),
                    branch: world.branch.id,
                    at: NOW,
                    user: None,
                    terminal: None,
                    action: "void_line".into(),
                    subject_kind: "order".into(),
                    subject: order.0,
                    detail: serde_json::Value::Null,
                };
                audit::insert_audit(tx, &row).await
            })
        })
        .await
        .unwrap();
    world
}

fn void(world: &World) -> LineVoid {
    LineVoid {
        line: world.line(1, 1).id,
        order: order_id(1),
        reason: "error".into(),
        user: world.waiter.id,
        at: NOW,
        command: CommandId(id(30, 1)),
    }
}

/// Runs a raw statement as a unit of its own.
async fn raw(store: &Store, statement: &'static str) -> Result<u64, StoreError> {
    store.write(move |tx| Box::pin(probe::execute(tx, statement))).await
}

fn assert_stale<T: std::fmt::Debug>(result: &Result<T, StoreError>) {
    assert!(matches!(result, Err(StoreError::Stale { .. })), "{result:?}");
}

async fn a_job_moves_only_from_the_expected_state(store: Store) {
    lived_in(&store).await;
    let job = store
        .write::<_, StoreError, _>(|tx| {
            Box::pin(async move {
                let sending = JobProgress { state: JobState::Sending, attempts: 1, ..JobProgress::new(NOW) };
                let change = JobChange { first_byte_at: Some(NOW.plus_ms(5)), ..JobChange::default() };
                job::advance(tx, job_id(1), JobState::Queued, &sending, &change).await?;
                assert_stale(&job::advance(tx, job_id(1), JobState::Queued, &sending, &change).await);
                assert_stale(&job::advance(tx, job_id(9), JobState::Queued, &sending, &change).await);
                let blocked = JobProgress {
                    state: JobState::Blocked,
                    attempts: 2,
                    possible_duplicate: true,
                    not_before: NOW.plus_ms(7),
                    cause: Some(Cause::CoverOpen),
                };
                let change = JobChange { bytes_accepted: Some(40), ..JobChange::default() };
                job::advance(tx, job_id(1), JobState::Sending, &blocked, &change).await?;
                let job = job::job(tx, job_id(1)).await?.unwrap();
                assert_eq!(job.progress, blocked);
                Ok(job)
            })
        })
        .await
        .unwrap();
    assert_eq!(job.first_byte_at, Some(NOW.plus_ms(5)), "what a change does not name stays");
    assert_eq!((job.bytes_accepted, job.settled_at), (Some(40), None));
}

async fn a_ticket_moves_only_from_the_expected_state(store: Store) {
    let world = lived_in(&store).await;
    store
        .write::<_, StoreError, _>(move |tx| {
            let (cook, station) = (Some(world.waiter.id), world.stations[0].id);
            Box::pin(async move {
                use TicketState::{Cancelled, New, Ready, Seen};
                let ticket = ticket_id(1);
                let at = |ms| NOW.plus_ms(ms);
                ticket::move_ticket(tx, ticket, New, Seen, at(1), None).await?;
                assert_stale(&ticket::move_ticket(tx, ticket, New, Ready, at(2), cook).await);
                ticket::move_ticket(tx, ticket, Seen, Ready, at(3), cook).await?;
                let ready = ticket::ticket(tx, ticket).await?.unwrap();
                assert_eq!((ready.seen_at, ready.ready_at), (Some(at(1)), Some(at(3))));
                assert_eq!(ticket::kitchen_tickets(tx, station, at(2), 50).await?, [ready]);
                assert_eq!(ticket::kitchen_tickets(tx, station, at(3), 50).await?, [], "made too long ago");
                ticket::move_ticket(tx, ticket, Ready, Seen, at(4), cook).await?;
                let recalled = ticket::ticket(tx, ticket).await?.unwrap();
                assert_eq!((recalled.seen_at, recalled.ready_at), (Some(at(1)), None));
                ticket::move_ticket(tx, ticket, Seen, Cancelled, at(5), None).await?;
                assert_eq!(ticket::ticket(tx, ticket).await?.unwrap().state, Cancelled);
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn a_closed_order_takes_no_revision(store: Store) {
    lived_in(&store).await;
    let revision =
        |order: OrderId| store.write::<_, StoreError, _>(move |tx| Box::pin(order::next_revision(tx, order)));
    assert_eq!(revision(order_id(1)).await.unwrap(), 2);
    assert_stale(&revision(order_id(2)).await);
    raw(&store, "UPDATE customer_order SET closed_at = 1").await.unwrap();
    assert_stale(&revision(order_id(1)).await);
    assert_stale(&store.write::<_, StoreError, _>(|tx| Box::pin(order::set_urgent(tx, order_id(1)))).await);
}

async fn only_a_waiting_job_changes_its_priority(store: Store) {
    fn urgent(tx: &mut Tx) -> Work<'_, (), StoreError> {
        Box::pin(async move {
            let place = Rank { job: job_id(1), priority: Priority::Urgent, rank: 5 };
            job::set_ranks(tx, &[place]).await
        })
    }
    lived_in(&store).await;
    store.write(urgent).await.unwrap();
    let job = store.read::<_, StoreError, _>(|tx| Box::pin(job::job(tx, job_id(1)))).await.unwrap().unwrap();
    assert_eq!((job.priority, job.rank), (Priority::Urgent, 5));
    raw(&store, "UPDATE print_job SET state = 'sending'").await.unwrap();
    assert_stale(&store.write(urgent).await);
}

async fn an_attempt_ends_once(store: Store) {
    fn close(tx: &mut Tx) -> Work<'_, (), StoreError> {
        Box::pin(job::close_attempt(tx, job_id(1), 1, NOW, "printed", None, Some(9)))
    }
    let world = lived_in(&store).await;
    let printer = world.printers[0].printer.id;
    assert_stale(&store.write(close).await);
    store
        .write::<_, StoreError, _>(move |tx| Box::pin(job::open_attempt(tx, job_id(1), printer, NOW)))
        .await
        .unwrap();
    store.write(close).await.unwrap();
    assert_stale(&store.write(close).await);
}

async fn facts_are_append_only(store: Store) {
    lived_in(&store).await;
    for (table, statement) in [
        ("order_line", "UPDATE order_line SET price_minor = 1"),
        ("order_line", "DELETE FROM order_line"),
        ("order_line_void", "UPDATE order_line_void SET reason = ''"),
        ("order_line_void", "DELETE FROM order_line_void"),
        ("audit_log", "UPDATE audit_log SET action = ''"),
        ("audit_log", "DELETE FROM audit_log"),
    ] {
        match raw(&store, statement).await {
            Err(StoreError::AppendOnly { table: refused }) => assert_eq!(refused, table, "{statement}"),
            other => panic!("{statement}: {other:?}"),
        }
    }
}

/// What a line has is what its pieces left it; nobody gives it more, or takes any off it by hand.
async fn a_line_has_the_units_that_its_pieces_left_it(store: Store) {
    lived_in(&store).await;
    for statement in
        ["UPDATE order_line SET quantity = quantity + 1", "UPDATE order_line SET quantity = quantity - 1"]
    {
        match raw(&store, statement).await {
            Err(StoreError::RuleBroken { rule }) => assert_eq!(rule, "order_line_pieces", "{statement}"),
            other => panic!("{statement}: {other:?}"),
        }
    }
}

async fn a_second_row_with_the_same_key_is_a_conflict(store: Store) {
    let world = lived_in(&store).await;
    let user = world.waiter.id;
    let answer = |text: &'static str| {
        store.write::<_, StoreError, _>(move |tx| {
            Box::pin(command::insert_answer(tx, CommandId(id(30, 9)), "log_in", user, text, NOW))
        })
    };
    answer("first").await.unwrap();
    match answer("second").await {
        Err(StoreError::Conflict { table, constraint }) => {
            assert_eq!(table, "answered_command");
            assert!(!constraint.is_empty());
        }
        other => panic!("{other:?}"),
    }
    let again = store.write::<_, StoreError, _>(move |tx| {
        let void = void(&world);
        Box::pin(async move { order::insert_void(tx, &void).await })
    });
    match again.await {
        Err(StoreError::Conflict { table, .. }) => assert_eq!(table, "order_line_void"),
        other => panic!("{other:?}"),
    }
}

async fn a_row_that_points_nowhere_is_refused(store: Store) {
    let world = lived_in(&store).await;
    let result = store
        .write::<_, StoreError, _>(move |tx| {
            let ticket = world.ticket(5, order_id(77), 0, 1);
            Box::pin(async move { ticket::insert_tickets(tx, &[ticket]).await })
        })
        .await;
    assert!(matches!(result, Err(StoreError::Dangling(_))), "{result:?}");
}
