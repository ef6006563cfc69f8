//! Law: a printer has at most one core that drives it, and whoever comes first by place and life gets it (R9).

use super::on_both_engines;
use super::world::{NOW, World, id, job_id};
use fastops_domain::breaker::Breaker;
use fastops_domain::ids::{ComputerId, CoreId, PrinterId};
use fastops_domain::job::{Cause, JobProgress, JobState, Priority};
use fastops_domain::lane::LaneFacts;
use fastops_domain::owner::{Lease, Verdict};
use fastops_store::hint::{Heard, Hint};
use fastops_store::job::{self, JobChange};
use fastops_store::owner::{self, Asked, Holder, Standing};
use fastops_store::steering::{self, TurboWord};
use fastops_store::{Store, StoreError, Tx, Work};

on_both_engines!(
    a_printer_is_one_cores_until_its_lease_ends,
    a_clean_end_frees_everything_at_once,
    the_owner_comes_before_heirs_and_these_before_all_others,
    what_is_told_of_a_lane_is_the_word_of_its_core_alone,
    word_for_the_driver_waits_for_the_driver,
    turbo_by_hand_is_the_last_word_and_ends_with_its_rush_or_the_last_core,
);

/// Longer than a test takes.
const LONG: i64 = 600_000;
/// Over when it begins.
const OVER: i64 = 0;

fn me(world: &World, n: u64) -> Holder {
    Holder {
        branch: world.branch.id,
        core: CoreId(id(40, n)),
        computer: ComputerId(id(41, n)),
        name: format!("Caja {n}"),
        lease_ms: LONG,
    }
}

/// Runs a unit in a fresh world with its first printer.
async fn unit(store: &Store, work: for<'t> fn(&'t mut Tx, World, PrinterId) -> Work<'t, (), StoreError>) {
    let world = World::open(store).await;
    let printer = world.printers[0].printer.id;
    store.write(move |tx| work(tx, world.clone(), printer)).await.unwrap();
}

async fn at(tx: &mut Tx, me: &Holder, printer: PrinterId) -> Result<Standing, StoreError> {
    let all = owner::standings(tx, me).await?;
    Ok(all.into_iter().find(|standing| standing.printer == printer).unwrap())
}

async fn verdict(tx: &mut Tx, me: &Holder, printer: PrinterId) -> Result<Verdict, StoreError> {
    Ok(at(tx, me, printer).await?.claim.verdict())
}

async fn a_printer_is_one_cores_until_its_lease_ends(store: Store) {
    unit(&store, |tx, world, printer| {
        Box::pin(async move {
            let (one, two) = (me(&world, 1), me(&world, 2));
            assert_eq!(verdict(tx, &one, printer).await?, Verdict::Take);
            assert!(owner::take(tx, &one, None, printer).await?);
            assert_eq!(verdict(tx, &one, printer).await?, Verdict::Hold);
            assert!(!owner::take(tx, &two, None, printer).await?, "it is taken");
            assert_eq!(verdict(tx, &two, printer).await?, Verdict::Leave);
            assert!(!owner::take(tx, &two, Some(CoreId(id(40, 9))), printer).await?);
            assert!(owner::take(tx, &one, None, printer).await?, "one's own again is no theft");
            owner::sign(tx, &Holder { lease_ms: OVER, ..one.clone() }).await?;
            assert_eq!(at(tx, &two, printer).await?.claim.lease, Lease::Free, "no sign of life");
            owner::sign(tx, &one).await?;
            assert_eq!(at(tx, &two, printer).await?.claim.lease, Lease::Others);
            owner::sign(tx, &Holder { lease_ms: 3 * LONG, ..one.clone() }).await?;
            assert_eq!(at(tx, &two, printer).await?.claim.lease, Lease::Free, "a clock was turned back");
            owner::sign(tx, &one).await?;
            assert!(owner::take(tx, &two, Some(one.core), printer).await?, "it begins where that one ended");
            owner::sign(tx, &one).await?;
            owner::release(tx, one.core, printer).await?;
            assert_eq!(
                verdict(tx, &two, printer).await?,
                Verdict::Hold,
                "only one's own is renewed and freed"
            );
            owner::release(tx, two.core, printer).await?;
            owner::sign(tx, &two).await?;
            assert_eq!(verdict(tx, &one, printer).await?, Verdict::Take, "what was freed stays free");
            Ok(())
        })
    })
    .await;
}

async fn a_clean_end_frees_everything_at_once(store: Store) {
    unit(&store, |tx, world, printer| {
        Box::pin(async move {
            let (one, two) = (me(&world, 1), me(&world, 2));
            owner::sign(tx, &one).await?;
            owner::take(tx, &one, None, printer).await?;
            owner::set_owners(tx, printer, &[one.computer]).await?;
            owner::sign(tx, &two).await?;
            owner::sign_off(tx, one.core).await?;
            assert_eq!(verdict(tx, &two, printer).await?, Verdict::Take);
            let computers = owner::computers(tx, world.branch.id, LONG).await?;
            let alive: Vec<bool> = computers.iter().map(|computer| computer.alive).collect();
            assert_eq!(alive, [false, true]);
            Ok(())
        })
    })
    .await;
}

async fn the_owner_comes_before_heirs_and_these_before_all_others(store: Store) {
    unit(&store, |tx, world, printer| {
        Box::pin(async move {
            let all = [me(&world, 1), me(&world, 2), me(&world, 3)];
            for one in &all {
                owner::sign(tx, one).await?;
            }
            let [first, second, third] = &all;
            owner::set_owners(tx, printer, &[first.computer, second.computer]).await?;
            let owners = owner::owners(tx, world.branch.id).await?;
            assert_eq!(owners, [(printer, first.computer), (printer, second.computer)]);
            owner::take(tx, third, None, printer).await?;
            assert_eq!(verdict(tx, third, printer).await?, Verdict::HandOver);
            owner::release(tx, third.core, printer).await?;
            let verdicts = async |tx: &mut Tx| {
                let mut found = Vec::new();
                for one in &all {
                    found.push(verdict(tx, one, printer).await?);
                }
                Ok::<_, StoreError>(found)
            };
            assert_eq!(verdicts(tx).await?, [Verdict::Take, Verdict::Leave, Verdict::Leave]);
            owner::sign_off(tx, first.core).await?;
            assert_eq!(verdicts(tx).await?[1..], [Verdict::Take, Verdict::Leave]);
            owner::sign_off(tx, second.core).await?;
            assert_eq!(verdicts(tx).await?[2], Verdict::Take, "rather a stranger than nobody");
            owner::set_owners(tx, printer, &[]).await?;
            assert_eq!(verdicts(tx).await?, [Verdict::Take; 3]);
            Ok(())
        })
    })
    .await;
}

async fn what_is_told_of_a_lane_is_the_word_of_its_core_alone(store: Store) {
    unit(&store, |tx, world, printer| {
        Box::pin(async move {
            let (one, two) = (me(&world, 1), me(&world, 2));
            assert_eq!(at(tx, &two, printer).await?.lane, LaneFacts::default());
            owner::take(tx, &one, None, printer).await?;
            let told = LaneFacts {
                printing: true,
                paper_near_end: true,
                breaker: Breaker::Open { until: Some(NOW) },
                breaker_since: Some(NOW),
                speed: LaneFacts::default().speed.after(40),
                ..LaneFacts::default().in_trouble(Some(Cause::PaperOut), NOW)
            };
            owner::tell(tx, one.core, &[(printer, told)]).await?;
            owner::tell(tx, two.core, &[(printer, LaneFacts::default())]).await?;
            assert_eq!(at(tx, &two, printer).await?.lane, told);
            owner::release(tx, one.core, printer).await?;
            owner::take(tx, &two, None, printer).await?;
            assert_eq!(at(tx, &two, printer).await?.lane, told, "the next one begins with what was known");
            Ok(())
        })
    })
    .await;
}

async fn word_for_the_driver_waits_for_the_driver(store: Store) {
    unit(&store, |tx, world, printer| {
        Box::pin(async move {
            let (one, two) = (me(&world, 1), me(&world, 2));
            assert!(!owner::ask(tx, printer, Asked::Open).await?, "nobody ever drove it");
            owner::take(tx, &one, None, printer).await?;
            assert!(owner::ask(tx, printer, Asked::Open).await?);
            assert_eq!(at(tx, &one, printer).await?.asked, Some(Asked::Open));
            assert!(!owner::answer(tx, two.core, printer, Asked::Open).await?, "it is not for them");
            owner::ask(tx, printer, Asked::Closed).await?;
            assert!(!owner::answer(tx, one.core, printer, Asked::Open).await?, "there is newer word");
            assert!(owner::answer(tx, one.core, printer, Asked::Closed).await?);
            assert_eq!(at(tx, &one, printer).await?.asked, None);
            Ok(())
        })
    })
    .await;
}

async fn fresh_server() -> (Store, fastops_store::StoreConfig) {
    let config = crate::postgres::PrivateCluster::shared().fresh().await;
    (Store::open(&config).await.unwrap(), config)
}

/// Where several cores work, the statement that puts `sending` on disk looks whose the printer is.
#[tokio::test]
async fn nobody_begins_at_a_printer_that_another_core_drives() {
    let (store, _) = fresh_server().await;
    unit(&store, |tx, world, printer| {
        Box::pin(async move {
            let (one, two) = (me(&world, 1), me(&world, 2));
            let order = world.add_order(tx, 1).await?;
            world.add_job(tx, 1, order, 1, Priority::Normal).await?;
            let begin = async |tx: &mut Tx, core| {
                let to = JobProgress { state: JobState::Sending, ..JobProgress::new(NOW) };
                let change = JobChange { holder: Some(core), lease_ms: LONG, ..JobChange::default() };
                job::advance(tx, job_id(1), JobState::Queued, &to, &change).await
            };
            owner::take(tx, &one, None, printer).await?;
            let late = begin(tx, two.core).await;
            assert!(matches!(late, Err(StoreError::Stale { .. })), "{late:?}");
            begin(tx, one.core).await
        })
    })
    .await;
    store.close().await;
}

/// What one store says, every other store of the database hears, whole and in order.
#[tokio::test]
async fn a_hint_is_heard_at_every_other_store() {
    let (one, config) = fresh_server().await;
    let two = Store::open(&config).await.unwrap();
    let mut heard = two.hints().unwrap();
    for n in 0..3_u64 {
        let wake: Vec<PrinterId> = (0..=500 * n).map(|n| PrinterId(id(42, n))).collect();
        one.hint(Hint { wake: wake.clone(), lanes: true, ..Hint::of(CoreId(id(40, n))) }).await.unwrap();
        let mut found = Vec::new();
        while found.len() < wake.len() {
            let next = tokio::time::timeout(crate::house::PATIENCE, heard.recv()).await;
            let Heard::Hint(hint) = next.expect("the hint is not heard").unwrap() else { continue };
            assert_eq!(hint.core, CoreId(id(40, n)));
            found.extend(hint.wake);
        }
        found.sort_unstable();
        assert_eq!(found, wake);
    }
    assert!(fresh_sqlite_has_nobody_to_talk_to().await);
    one.close().await;
    two.close().await;
}

async fn fresh_sqlite_has_nobody_to_talk_to() -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fastops.db");
    let store = Store::open(&fastops_store::StoreConfig::Sqlite { path }).await.unwrap();
    let alone = store.hints().is_none() && !store.is_shared();
    store.close().await;
    alone
}

async fn turbo_by_hand_is_the_last_word_and_ends_with_its_rush_or_the_last_core(store: Store) {
    async fn now(tx: &mut Tx, world: &World) -> Result<Option<TurboWord>, StoreError> {
        Ok(steering::steering(tx, world.branch.id).await?.turbo)
    }
    unit(&store, |tx, world, _| {
        Box::pin(async move {
            let branch = world.branch.id;
            let word = |n, is_on| TurboWord { id: id(42, n), is_on };
            assert_eq!(now(tx, &world).await?, None);
            steering::say_turbo(tx, branch, word(1, true)).await?;
            steering::say_turbo(tx, branch, word(2, true)).await?;
            steering::turbo_is_over(tx, branch, id(42, 1)).await?;
            assert_eq!(now(tx, &world).await?, Some(word(2, true)), "said since the rush that is over");
            steering::turbo_is_over(tx, branch, id(42, 2)).await?;
            assert_eq!(now(tx, &world).await?, Some(word(2, false)));
            assert_eq!(steering::steering(tx, branch).await?.choice, None, "nobody chose workers");

            let (one, two) = (me(&world, 1), me(&world, 2));
            owner::sign(tx, &one).await?;
            owner::sign(tx, &two).await?;
            steering::say_turbo(tx, branch, word(3, true)).await?;
            steering::begin(tx, branch, two.computer, LONG).await?;
            assert_eq!(now(tx, &world).await?, Some(word(3, true)), "another core works");
            owner::sign_off(tx, one.core).await?;
            steering::begin(tx, branch, two.computer, LONG).await?;
            assert_eq!(
                now(tx, &world).await?,
                Some(word(3, false)),
                "its own sign is that of the core before"
            );
            Ok(())
        })
    })
    .await;
}
