//! The engine steered by hand: workers and turbo, told on every screen and written down.

use crate::house::{Engine, House, PATIENCE, new_id};
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::wire::{
    BreakerState, Event, FailureCode, GetQueueStatus, QueueStatus, SetBreaker, SetTurbo, SetWorkers,
    WorkerProfile, WorkerReason,
};
use fastops_store::probe;

super::on_both_engines!(
    workers_are_chosen_by_hand_and_given_back_to_the_load,
    turbo_is_on_every_screen_and_takes_all_workers,
    whoever_steers_is_written_down_once,
    what_a_person_chose_outlives_a_restart_and_turbo_does_not,
);

async fn workers(house: &House, admin: &Caller, count: Option<u32>) -> QueueStatus {
    let request = SetWorkers { command_id: new_id(), count, profile: None };
    house.app.perform(admin, request).await.unwrap()
}

async fn workers_are_chosen_by_hand_and_given_back_to_the_load(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let status = workers(&house, &admin, Some(7)).await;
    assert_eq!((status.workers, status.workers_fixed), (7, true));
    assert_eq!((status.workers_reason, status.profile), (WorkerReason::Hand, WorkerProfile::Automatic));
    assert_eq!(workers(&house, &admin, Some(99)).await.workers, 10, "ten at most");
    let peak = SetWorkers { command_id: new_id(), count: None, profile: Some(WorkerProfile::Peak) };
    let status = house.app.perform(&admin, peak).await.unwrap();
    assert_eq!((status.workers, status.workers_fixed), (10, false));
    let calm = until(&house, &admin, |status| status.workers == 8).await;
    assert_eq!(calm.workers_reason, WorkerReason::Calm, "nothing waits: down to the fewest of the profile");
    let ana = house.sign_in("Ana").await;
    let request = SetWorkers { command_id: new_id(), count: Some(2), profile: None };
    house.refused(&ana, request, FailureCode::NotAllowed).await;
    let unknown = SetBreaker { command_id: new_id(), printer_id: new_id(), open: true };
    house.refused(&admin, unknown, FailureCode::BadPrinter).await;
    house.close().await;
}

async fn until(house: &House, who: &Caller, wanted: impl Fn(&QueueStatus) -> bool) -> QueueStatus {
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let status = house.app.perform(who, GetQueueStatus {}).await.unwrap();
            if wanted(&status) {
                return status;
            }
            let _ = events.recv().await;
        }
    });
    found.await.unwrap()
}

/// The flag of the next pulse or beat that has it.
async fn told(house: &House, wanted: bool) {
    let mut events = house.app.subscribe();
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
    found.await.unwrap();
}

async fn turbo_is_on_every_screen_and_takes_all_workers(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let turbo = |on| SetTurbo { command_id: new_id(), on };
    let status = house.app.perform(&admin, turbo(true)).await.unwrap();
    assert_eq!((status.turbo, status.workers, status.workers_reason), (true, 10, WorkerReason::Turbo));
    told(&house, true).await;
    for _ in 0..6 {
        house.app.perform(&ana, house.take_away(&[("307", 1), ("602", 1)])).await.unwrap();
    }
    let kitchen = house.printer("cocina").wait_for_slips(6, PATIENCE).await.unwrap();
    assert!(kitchen.iter().all(|slip| !slip.contains("POSIBLE DUPLICADO")));
    let off = house.app.perform(&admin, turbo(false)).await.unwrap();
    assert!(!off.turbo);
    told(&house, false).await;
    until(&house, &admin, |status| status.workers == 2).await;
    house.close().await;
}

/// P13: the same command again steers nothing and writes nothing.
async fn whoever_steers_is_written_down_once(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let first = SetWorkers { command_id: new_id(), count: Some(9), profile: None };
    house.app.perform(&admin, first.clone()).await.unwrap();
    workers(&house, &admin, Some(4)).await;
    assert_eq!(house.app.perform(&admin, first).await.unwrap().workers, 4, "done before, not again");
    let turbo = SetTurbo { command_id: new_id(), on: true };
    house.app.perform(&admin, turbo).await.unwrap();
    let store = house.app.store_for_faults();
    assert_eq!(probe::count(&store, questions::STEERED).await.unwrap(), 3);
    house.close().await;
}

/// What was chosen for workers, and printers that were taken out of use, hold until a person says otherwise; turbo
/// belongs to the rush that it was turned on for.
async fn what_a_person_chose_outlives_a_restart_and_turbo_does_not(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let peak = SetWorkers { command_id: new_id(), count: Some(7), profile: Some(WorkerProfile::Peak) };
    let status = house.app.perform(&admin, peak).await.unwrap();
    let printer_id = status.lanes[0].printer_id;
    let out = |open| SetBreaker { command_id: new_id(), printer_id, open };
    house.app.perform(&admin, out(true)).await.unwrap();
    house.app.perform(&admin, SetTurbo { command_id: new_id(), on: true }).await.unwrap();

    let house = house.restart().await;
    let admin = house.sign_in("Camila").await;
    let status = house.app.perform(&admin, GetQueueStatus {}).await.unwrap();
    assert_eq!((status.workers, status.workers_fixed, status.turbo), (7, true, false));
    assert_eq!(status.profile, WorkerProfile::Peak);
    let lane = |status: &QueueStatus| {
        let lane = status.lanes.iter().find(|lane| lane.printer_id == printer_id).unwrap();
        (lane.breaker, lane.breaker_until)
    };
    assert_eq!(lane(&status), (BreakerState::Open, None), "only a hand puts it back into use");

    let back = SetWorkers { command_id: new_id(), count: None, profile: None };
    house.app.perform(&admin, back).await.unwrap();
    house.app.perform(&admin, out(false)).await.unwrap();
    let house = house.restart().await;
    let admin = house.sign_in("Camila").await;
    let status = house.app.perform(&admin, GetQueueStatus {}).await.unwrap();
    assert_eq!((status.profile, status.workers_fixed), (WorkerProfile::Peak, false));
    assert_eq!(lane(&status).0, BreakerState::Closed);
    house.close().await;
}
