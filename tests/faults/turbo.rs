//! Turbo and workers by hand are every core's: several cores on one PostgreSQL, steered from each.

use crate::house::{self, House, PATIENCE, instant_printers, new_id};
use crate::postgres::PrivateCluster;
use fastops_app::wire::{Event, GetQueueStatus, QueueStatus, SetTurbo, SetWorkers, WorkerReason};
use fastops_app::{App, Caller, Database};
use tempfile::TempDir;

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
