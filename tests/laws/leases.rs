//! Law: a ticket that is with a printer belongs to one core, until it gives no sign of life (R9).

use super::on_both_engines;
use super::world::{NOW, World, id, job_id};
use JobState::{Printed, Queued, Sending, Sent};
use fastops_domain::ids::CoreId;
use fastops_domain::job::{JobProgress, JobState, Priority};
use fastops_store::job::{self, JobChange, Seen};
use fastops_store::{Store, StoreError, Tx, Work, probe};

on_both_engines!(
    a_living_core_keeps_its_tickets,
    a_lease_that_ends_frees_and_a_sign_of_life_keeps,
    the_core_that_begins_where_another_ended_waits_for_nothing,
    a_lease_from_a_clock_that_was_turned_back_has_ended,
    who_lost_a_ticket_writes_nothing_about_it,
    a_step_about_a_ticket_that_changed_meanwhile_is_refused,
    two_cores_that_look_at_once_take_different_tickets,
    a_late_proof_takes_back_what_is_not_sent_again,
    a_late_proof_and_the_repeat_never_both_win,
);

/// Longer than a test takes.
const LONG: i64 = 600_000;
/// Over when it begins.
const OVER: i64 = 0;

fn core(n: u64) -> CoreId {
    CoreId(id(40, n))
}

async fn step(
    tx: &mut Tx,
    core: CoreId,
    lease_ms: i64,
    from: JobState,
    state: JobState,
) -> Result<(), StoreError> {
    let to = JobProgress { state, ..JobProgress::new(NOW) };
    let change = JobChange { holder: Some(core), lease_ms, ..JobChange::default() };
    job::advance(tx, job_id(1), from, &to, &change).await
}

/// Who had what `me` would take over now.
async fn free(
    tx: &mut Tx,
    world: &World,
    before: Option<CoreId>,
    me: CoreId,
) -> Result<Vec<Option<CoreId>>, StoreError> {
    let found = job::interrupted(tx, world.branch.id, before, me, LONG).await?;
    Ok(found.into_iter().map(|(_, holder)| holder).collect())
}

/// Runs a unit in a world with one ticket that waits.
async fn unit(store: &Store, work: for<'t> fn(&'t mut Tx, World) -> Work<'t, (), StoreError>) {
    let world = World::open(store).await;
    let write = store.write(move |tx| {
        let world = world.clone();
        Box::pin(async move {
            let order = world.add_order(tx, 1).await?;
            world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            work(tx, world).await
        })
    });
    write.await.unwrap();
}

async fn a_living_core_keeps_its_tickets(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            assert_eq!(free(tx, &world, None, core(2)).await?, [], "what waits is nobody's");
            step(tx, core(1), LONG, Queued, Sending).await?;
            assert_eq!(free(tx, &world, None, core(2)).await?, []);
            step(tx, core(1), LONG, Sending, Sent).await?;
            assert_eq!(free(tx, &world, None, core(2)).await?, []);
            step(tx, core(1), LONG, Sent, Printed).await?;
            assert_eq!(free(tx, &world, Some(core(1)), core(2)).await?, [], "what is on paper is nobody's");
            Ok(())
        })
    })
    .await;
    let held = "SELECT COUNT(*) AS n FROM print_job WHERE lease_token IS NOT NULL OR lease_until IS NOT NULL";
    assert_eq!(probe::count(&store, held).await.unwrap(), 0);
}

async fn a_lease_that_ends_frees_and_a_sign_of_life_keeps(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            step(tx, core(1), OVER, Queued, Sending).await?;
            assert_eq!(free(tx, &world, None, core(2)).await?, [Some(core(1))]);
            assert_eq!(free(tx, &world, None, core(1)).await?, [], "nobody takes their own");
            assert_eq!(job::renew(tx, world.branch.id, core(2), LONG).await?, 0, "only their own is renewed");
            assert_eq!(free(tx, &world, None, core(2)).await?, [Some(core(1))]);
            assert_eq!(job::renew(tx, world.branch.id, core(1), LONG).await?, 1);
            assert_eq!(free(tx, &world, None, core(2)).await?, []);
            step(tx, core(1), OVER, Sending, Sent).await?;
            assert_eq!(free(tx, &world, None, core(2)).await?, [Some(core(1))], "each step begins it anew");
            Ok(())
        })
    })
    .await;
}

async fn the_core_that_begins_where_another_ended_waits_for_nothing(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            step(tx, core(1), LONG, Queued, Sending).await?;
            assert_eq!(free(tx, &world, Some(core(3)), core(2)).await?, []);
            assert_eq!(free(tx, &world, Some(core(1)), core(2)).await?, [Some(core(1))]);
            Ok(())
        })
    })
    .await;
}

async fn a_lease_from_a_clock_that_was_turned_back_has_ended(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            step(tx, core(1), 3 * LONG, Queued, Sending).await?;
            assert_eq!(free(tx, &world, None, core(2)).await?, [Some(core(1))]);
            Ok(())
        })
    })
    .await;
}

/// The state alone would let it: the other core has brought the ticket to where this one left it.
async fn who_lost_a_ticket_writes_nothing_about_it(store: Store) {
    unit(&store, |tx, _| {
        Box::pin(async move {
            step(tx, core(1), OVER, Queued, Sending).await?;
            step(tx, core(1), OVER, Sending, Sent).await?;
            step(tx, core(1), OVER, Sent, Queued).await?;
            step(tx, core(2), LONG, Queued, Sending).await?;
            step(tx, core(2), LONG, Sending, Sent).await?;
            for to in [Printed, Queued] {
                let late = step(tx, core(1), LONG, Sent, to).await;
                assert!(matches!(late, Err(StoreError::Stale { .. })), "{late:?}");
            }
            step(tx, core(2), LONG, Sent, Printed).await
        })
    })
    .await;
}

/// A lane reads its head, talks to its printer, and only then writes: the ticket may wait as before and have
/// been at another printer, or have been marked there.
async fn a_step_about_a_ticket_that_changed_meanwhile_is_refused(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let printer = world.printers[0].printer.id;
            let sending = JobProgress { state: Sending, ..JobProgress::new(NOW) };
            let seen = |printer, possible_duplicate| JobChange {
                holder: Some(core(1)),
                seen: Some(Seen { printer, possible_duplicate }),
                ..JobChange::default()
            };
            for other in [seen(world.printers[1].printer.id, false), seen(printer, true)] {
                let refused = job::advance(tx, job_id(1), Queued, &sending, &other).await;
                assert!(matches!(refused, Err(StoreError::Stale { .. })), "{other:?}");
            }
            job::advance(tx, job_id(1), Queued, &sending, &seen(printer, false)).await
        })
    })
    .await;
}

async fn two_cores_that_look_at_once_take_different_tickets(store: Store) {
    unit(&store, |tx, _| Box::pin(step(tx, core(1), OVER, Queued, Sending))).await;
    let mut looks = tokio::task::JoinSet::new();
    for n in 2..=5 {
        let store = store.clone();
        looks.spawn(async move {
            let look = store.write::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    let branch = fastops_domain::ids::BranchId(id(2, 1));
                    let taken = job::interrupted(tx, branch, None, core(n), LONG).await?;
                    for (row, holder) in &taken {
                        let to = JobProgress { state: Queued, ..JobProgress::new(NOW) };
                        let change = JobChange { holder: *holder, ..JobChange::default() };
                        job::advance(tx, row.id, row.progress.state, &to, &change).await?;
                    }
                    Ok(taken.len())
                })
            });
            look.await.unwrap()
        });
    }
    assert_eq!(looks.join_all().await.iter().sum::<usize>(), 1);
}

/// A ticket that another core took over and that waits to be sent again, marked.
async fn doubted(tx: &mut Tx, from: JobState) -> Result<(), StoreError> {
    let to = JobProgress { possible_duplicate: true, ..JobProgress::new(NOW) };
    let change = JobChange { holder: Some(core(1)), ..JobChange::default() };
    job::advance(tx, job_id(1), from, &to, &change).await
}

async fn a_late_proof_takes_back_what_is_not_sent_again(store: Store) {
    unit(&store, |tx, world| {
        Box::pin(async move {
            let (first, other) = (world.printers[0].printer.id, world.printers[1].printer.id);
            assert_eq!(
                job::prove_late(tx, job_id(1), first, NOW).await?,
                None,
                "nothing of it was ever sent"
            );
            step(tx, core(1), OVER, Queued, Sending).await?;
            assert_eq!(job::prove_late(tx, job_id(1), first, NOW).await?, None, "its own lane settles it");
            doubted(tx, Sending).await?;
            job::reroute(tx, &[job_id(1)], first, other, NOW, None).await?;
            let at = NOW.plus_ms(700);
            let proved = job::prove_late(tx, job_id(1), first, at).await?.unwrap();
            assert_eq!(proved.lane, other, "it waited there");
            let row = job::job(tx, job_id(1)).await?.unwrap();
            assert_eq!((row.progress.state, row.settled_at), (Printed, Some(at)));
            assert_eq!(job::head(tx, other).await?, None);
            let last = job::attempts(tx, job_id(1)).await?.pop().unwrap();
            assert_eq!((last.printer, last.outcome.as_deref()), (first, Some("late_proof")));
            assert_eq!(job::prove_late(tx, job_id(1), first, at).await?, None, "once");
            Ok(())
        })
    })
    .await;
}

async fn a_late_proof_and_the_repeat_never_both_win(store: Store) {
    unit(&store, |tx, _| Box::pin(step(tx, core(1), OVER, Queued, Sending))).await;
    for round in 0..40 {
        let put_back = store.write::<_, StoreError, _>(|tx| {
            Box::pin(async move {
                let state = job::job(tx, job_id(1)).await?.unwrap().progress.state;
                let (holder, lease_ms) = (Some(core(2)), LONG);
                let change = JobChange { holder, lease_ms, ..JobChange::default() };
                let to = JobProgress { possible_duplicate: true, ..JobProgress::new(NOW) };
                match job::advance(tx, job_id(1), state, &to, &change).await {
                    // The first round: the core that had it.
                    Err(StoreError::Stale { .. }) => {
                        let change = JobChange { holder: Some(core(1)), ..change };
                        job::advance(tx, job_id(1), state, &to, &change).await
                    }
                    done => done,
                }
            })
        });
        put_back.await.unwrap();
        let proof = store.write::<_, StoreError, _>(|tx| {
            Box::pin(async move {
                let printer = job::job(tx, job_id(1)).await?.unwrap().printer;
                job::prove_late(tx, job_id(1), printer, NOW).await
            })
        });
        let repeat = store.write::<_, StoreError, _>(|tx| Box::pin(step(tx, core(2), LONG, Queued, Sending)));
        let (proof, repeat) = tokio::join!(proof, repeat);
        let proved = matches!(proof, Ok(Some(_)));
        assert!(proved != repeat.is_ok(), "round {round}: {proof:?} {repeat:?}");
    }
}
