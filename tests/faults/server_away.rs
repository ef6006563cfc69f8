//! The database server goes away, comes back, and is shot at, in the middle of a rush (R9, P1, P8, P13).
//!
//! No order that was accepted is lost, none is doubled, numbers have no gap and no twin, every command
//! is answered, every ticket comes to paper, and nobody has to restart anything.

use super::kill;
use super::proxy::Proxy;
use super::rush::Rush;
use crate::house::{self, House, PATIENCE, instant_printers};
use crate::laws::questions::{self, rows};
use crate::postgres::{PrivateCluster, Stop};
use fastops_app::wire::{AlertKind, Event, FailureCode, GetAlerts, GetFloor, OrderStatus, StoreState};
use fastops_app::{Caller, Database};
use fastops_store::{Health, Store, StoreError, probe};
use uuid::Uuid;

/// Everything that was accepted is there once, whole and printed; numbers are consecutive.
async fn nothing_lost_nothing_doubled(house: &House, accepted: &[Uuid]) {
    let found = findings(house, accepted).await;
    assert!(found.is_empty(), "{found:#?}");
    kill::check(&house.app, &house.printers, accepted).await;
}

/// What is not so.
async fn findings(house: &House, accepted: &[Uuid]) -> Vec<String> {
    let store = house.app.store_for_faults();
    let mut found = kill::findings(&house.app, &house.printers, accepted).await;
    let kept = rows(&store, questions::ORDERS).await;
    if kept != u64::try_from(accepted.len()).unwrap() {
        found.push(format!("{kept} orders are there, and {} were accepted", accepted.len()));
    }
    for (of, odd) in [("orders", questions::ODD_ORDER_NUMBERS), ("tickets", questions::ODD_TICKET_NUMBERS)] {
        if rows(&store, odd).await > 0 {
            found.push(format!("numbers of {of} have a gap or a twin"));
        }
    }
    found
}

/// How often the server is broken: so many times with each change, or as many as are wanted.
fn cycles(usual: usize) -> usize {
    std::env::var("FASTOPS_SERVER_CYCLES").map_or(usual, |count| count.parse().unwrap())
}

/// Orders that are lost, that nobody accepted, and numbers with a gap are seen.
async fn what_is_wrong_is_found(house: &House, accepted: &[Uuid]) {
    let strange = [accepted, &[house::new_id()]].concat();
    assert!(findings(house, &strange).await.iter().any(|found| found.contains("is lost")));
    let fewer = findings(house, &accepted[1..]).await;
    assert!(fewer.iter().any(|found| found.contains("were accepted")), "{fewer:?}");
    let store = house.app.store_for_faults();
    let planted = store.write::<_, StoreError, _>(|tx| {
        Box::pin(async move { probe::execute(tx, questions::RENUMBER_ONE).await.map(drop) })
    });
    planted.await.unwrap();
    let gap = findings(house, accepted).await;
    assert!(gap.iter().any(|found| found.contains("a gap or a twin")), "{gap:?}");
}

async fn until_health(store: &Store, wanted: Health) {
    let mut health = store.health();
    let seen = tokio::time::timeout(PATIENCE, health.wait_for(|health| *health == wanted)).await;
    assert!(seen.is_ok(), "the store never became {wanted:?}");
}

/// Waits until the screens are told that the store is as wanted.
async fn until_told(
    events: &mut tokio::sync::broadcast::Receiver<fastops_app::wire::EventEnvelope>,
    wanted: StoreState,
) {
    let told = tokio::time::timeout(PATIENCE, async {
        loop {
            // A receiver that fell behind hears the next beat.
            if let Ok(heard) = events.recv().await
                && matches!(heard.event, Event::Heartbeat { store, .. } if store == wanted)
            {
                return;
            }
        }
    });
    assert!(told.await.is_ok(), "no screen was told {wanted:?}");
}

/// Waits until the alerts of the day say that the server was away.
async fn until_written_down(house: &House, caller: &Caller) {
    let mut events = house.app.subscribe();
    let told = tokio::time::timeout(PATIENCE, async {
        loop {
            let past = house.app.perform(caller, GetAlerts {}).await.unwrap().past;
            if let Some(away) = past.iter().find(|alert| alert.kind == AlertKind::DatabaseAway) {
                return away.resolved_at > Some(away.raised_at);
            }
            let _ = events.recv().await;
        }
    });
    assert!(told.await.expect("nobody wrote down that the server was away"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_restarts_in_a_rush_loses_nothing() {
    let cluster = PrivateCluster::alone().await;
    let house = House::open_on(house::fresh_on(&cluster).await, instant_printers().await).await;
    let mut rush = Rush::start(&house, 4).await;
    for n in 0..cycles(3) {
        let how = if n == 0 { Stop::Fast } else { Stop::Immediate };
        rush.accepts(10).await;
        cluster.stop(how).await;
        cluster.start_again().await;
        rush.accepts(10).await;
    }
    let accepted = rush.end().await;
    nothing_lost_nothing_doubled(&house, &accepted).await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stays_away_is_named_on_every_screen_until_it_is_back() {
    let cluster = PrivateCluster::alone().await;
    let house = House::open_on(house::fresh_on(&cluster).await, instant_printers().await).await;
    let ana = house.sign_in("Ana").await;
    let store = house.app.store_for_faults();
    // A ticket waits for paper while the server goes, and must come out when it is back.
    house.printer("cocina").set(fastops_printer_sim::Condition::PaperOut);
    let held = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, held.id, |order| order.status == OrderStatus::Blocked).await;
    let mut events = house.app.subscribe();
    let mut rush = Rush::start(&house, 4).await;
    rush.accepts(5).await;

    cluster.stop(Stop::Fast).await;
    until_told(&mut events, StoreState::Away).await;
    until_health(&store, Health::Away).await;
    let failure = house.refused(&ana, GetFloor {}, FailureCode::DatabaseAway).await;
    assert!(failure.message.contains("servidor de la base de datos"), "{failure}");
    house.refused(&ana, house.take_away(&[("602", 1)]), FailureCode::DatabaseAway).await;
    // The waiters are told as well, each when its command comes to its end.
    rush.is_refused().await;
    // The core beats on: "the database is away" is not "disconnected".
    for _ in 0..2 {
        until_told(&mut events, StoreState::Away).await;
    }

    cluster.start_again().await;
    until_told(&mut events, StoreState::Ok).await;
    rush.accepts(5).await;
    let mut accepted = rush.end().await;
    house.printer("cocina").set(fastops_printer_sim::Condition::Ready);
    let order = house.until(&ana, held.id, |order| order.status == OrderStatus::Printed).await;
    assert_eq!(house.papers_of("cocina", order.tickets[0].number).len(), 1);
    // The held order has one line only: it is counted apart.
    accepted.sort_unstable();
    assert!(accepted.binary_search(&held.id).is_err());
    until_written_down(&house, &ana).await;
    assert_eq!(
        rows(&store, questions::ORDERS).await,
        u64::try_from(accepted.len() + 1).unwrap(),
        "nothing that was refused happened later"
    );
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_shot_down_in_a_rush_lose_nothing() {
    let database = house::fresh_on(PrivateCluster::shared()).await;
    let Database::Url(url) = database.clone() else { unreachable!("the cluster is PostgreSQL") };
    let house = House::open_on(database, instant_printers().await).await;
    let mut rush = Rush::start(&house, 4).await;
    for _ in 0..cycles(25) {
        rush.accepts(2).await;
        probe::run_on_server(&url, questions::SHOOT).await.unwrap();
    }
    rush.accepts(5).await;
    let accepted = rush.end().await;
    nothing_lost_nothing_doubled(&house, &accepted).await;
    what_is_wrong_is_found(&house, &accepted).await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_keeps_nobody_waiting() {
    let cluster = PrivateCluster::shared();
    let Database::Url(url) = house::fresh_on(cluster).await else {
        unreachable!("the cluster is PostgreSQL")
    };
    let proxy = Proxy::before(cluster.port()).await;
    let url = url.replace(&format!(":{}/", cluster.port()), &format!(":{}/", proxy.address.port()));
    let house = House::open_on(Database::Url(url), instant_printers().await).await;
    let store = house.app.store_for_faults();
    let mut rush = Rush::start(&house, 4).await;
    rush.accepts(5).await;
    proxy.be_silent(true);
    // No connection is closed and no error comes: only the missing answers tell.
    until_health(&store, Health::Away).await;
    let refused = store.read::<_, StoreError, _>(|tx| Box::pin(questions::one(tx))).await;
    assert!(matches!(refused, Err(StoreError::Away(_))), "{refused:?}");
    proxy.be_silent(false);
    until_health(&store, Health::Ok).await;
    rush.accepts(5).await;
    let accepted = rush.end().await;
    nothing_lost_nothing_doubled(&house, &accepted).await;
    house.close().await;
}
