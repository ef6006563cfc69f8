//! Turbo and workers by hand are every core's: several cores on one PostgreSQL, steered from each.

use crate::house::{self, House, PATIENCE, instant_printers, new_id};
use crate::postgres::PrivateCluster;
use fastops_app::wire::{
    Event, GetQueueStatus, JobState, OrderView, QueueStatus, SetTurbo, SetWorkers, WorkerReason,
};
use fastops_app::{App, Caller, Database};
use fastops_printer_sim::Condition;
use tempfile::TempDir;

/// Tickets that wait in a rush, and as many quick ones as the average looks at.
const RUSH: usize = 6;
const QUICK: usize = 20;

/// Another core on the database of a house.
async fn beside(house: &House) -> (App, TempDir) {
    let (folder, database) = (tempfile::tempdir().unwrap(), house.data().1);
    assert!(matches!(database, Database::Url(_)), "only a server has several cores");
    let config = house::config(folder.path(), database, &house.printers);
    (App::start(config).await.unwrap(), folder)
}

async fn status(app: &App, who: &Caller) -> QueueStatus {
    app.perform(who, GetQueueStatus {}).await.unwrap()
}

async fn until(app: &App, who: &Caller, what: &str, wanted: impl Fn(&QueueStatus) -> bool) {
    let mut events = app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        while !wanted(&status(app, who).await) {
            let _ = events.recv().await;
        }
    });
    assert!(found.await.is_ok(), "another core never followed: {what}");
}

/// What the screens of a core say of turbo.
async fn told(app: &App, wanted: bool) {
    let mut events = app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            match events.recv().await.unwrap().event {
                Event::Heartbeat { turbo, .. } | Event::PulseChanged { turbo, .. } if turbo == wanted => {
                    return;
                }
                _ => {}
            }
        }
    });
    assert!(found.await.is_ok(), "the screens never said that turbo is {wanted}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_chose_at_one_core_holds_at_every_one() {
    let database = house::fresh_on(PrivateCluster::shared()).await;
    let house = House::open_on(database, instant_printers().await).await;
    let admin = house.sign_in("Camila").await;
    let turbo = |on| SetTurbo { command_id: new_id(), on };
    let in_turbo = |status: &QueueStatus| status.turbo && status.workers_reason == WorkerReason::Turbo;
    let (second, _second_folder) = beside(&house).await;

    house.app.perform(&admin, turbo(true)).await.unwrap();
    until(&second, &admin, "turbo on", in_turbo).await;
    told(&second, true).await;
    // One that is started later is in it from the start.
    let (third, _third_folder) = beside(&house).await;
    assert!(status(&third, &admin).await.turbo);
    told(&third, true).await;

    // It is left from wherever a person stands.
    third.perform(&admin, turbo(false)).await.unwrap();
    for app in [&house.app, &second] {
        until(app, &admin, "turbo off", |status| !status.turbo).await;
        told(app, false).await;
    }
    second.perform(&admin, turbo(true)).await.unwrap();
    until(&house.app, &admin, "turbo on again", in_turbo).await;

    let workers = SetWorkers { command_id: new_id(), count: Some(7), profile: None };
    second.perform(&admin, turbo(false)).await.unwrap();
    second.perform(&admin, workers).await.unwrap();
    for app in [&house.app, &third] {
        until(app, &admin, "seven workers", |status| status.workers == 7 && status.workers_fixed).await;
    }

    // With the last core it is over.
    second.perform(&admin, turbo(true)).await.unwrap();
    second.stop().await;
    third.stop().await;
    let house = house.restart().await;
    assert!(!status(&house.app, &admin).await.turbo, "it belongs to a rush");
    house.close().await;
}

/// Orders whose kitchen tickets wait until the printer has power again; then so many quick ones that the average
/// forgets them.
async fn a_rush_and_a_calm(house: &House, ana: &Caller) {
    let kitchen = house.printer("cocina");
    kitchen.set(Condition::PoweredOff);
    let mut waiting = Vec::new();
    for _ in 0..RUSH {
        waiting.push(house.app.perform(ana, house.take_away(&[("307", 1)])).await.unwrap().id);
    }
    beats(house, 3).await;
    kitchen.set(Condition::Ready);
    for id in waiting {
        house.until(ana, id, is_printed).await;
    }
    for _ in 0..QUICK {
        let order = house.app.perform(ana, house.take_away(&[("602", 1)])).await.unwrap();
        house.until(ana, order.id, is_printed).await;
    }
    beats(house, 3).await;
}

fn is_printed(order: &OrderView) -> bool {
    order.tickets.iter().all(|ticket| ticket.job == JobState::Printed)
}

async fn beats(house: &House, count: usize) {
    let mut events = house.app.subscribe();
    let mut heard = 0;
    let told = tokio::time::timeout(PATIENCE, async {
        while heard < count {
            if let Ok(envelope) = events.recv().await {
                heard += usize::from(matches!(envelope.event, Event::Heartbeat { .. }));
            }
        }
    });
    assert!(told.await.is_ok(), "the core's heart stands still");
}

/// What a person turned on for a rush ends with it at every core, and a core that is started later does not find it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rush_that_is_over_ends_it_at_every_core() {
    let database = house::fresh_on(PrivateCluster::shared()).await;
    let house = House::open_on(database, instant_printers().await).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let (second, _second_folder) = beside(&house).await;
    house.app.perform(&admin, SetTurbo { command_id: new_id(), on: true }).await.unwrap();
    until(&second, &admin, "turbo on", |status| status.turbo).await;

    // A look of the engine comes each second: a rush that fell between two of them is not met.
    let ended = tokio::time::timeout(3 * PATIENCE, async {
        while status(&house.app, &admin).await.turbo {
            a_rush_and_a_calm(&house, &ana).await;
        }
    });
    ended.await.expect("turbo outlives its rush");
    until(&second, &admin, "the end of the rush", |status| !status.turbo).await;
    let (third, _third_folder) = beside(&house).await;
    assert!(!status(&third, &admin).await.turbo, "the word is over");

    // The next rush has its own word.
    second.perform(&admin, SetTurbo { command_id: new_id(), on: true }).await.unwrap();
    for app in [&house.app, &third] {
        until(app, &admin, "turbo on again", |status| status.turbo).await;
    }
    second.stop().await;
    third.stop().await;
    house.close().await;
}
