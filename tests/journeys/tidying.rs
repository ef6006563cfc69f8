//! Finished jobs leave the lanes' table when they are some days old, and no rush has to wait for that.

use crate::house::{Engine, House, new_id};
use crate::laws::questions;
use fastops_app::wire::{JobState, SetTurbo};
use fastops_store::{StoreError, probe};

super::on_both_engines!(nothing_is_tidied_in_a_rush);

async fn nothing_is_tidied_in_a_rush(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let turbo = |on| SetTurbo { command_id: new_id(), on };
    house.app.perform(&admin, turbo(true)).await.unwrap();
    let order = house.app.perform(&admin, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&admin, order.id, |order| order.tickets[0].job == JobState::Printed).await;
    let store = house.app.store_for_faults();
    let aged =
        store.write::<_, StoreError, _>(|tx| Box::pin(probe::execute(tx, questions::FINISHED_DAYS_AGO)));
    assert_eq!(aged.await.unwrap(), 1);
    assert_eq!(house.app.tidy_for_faults().await, Some(0));
    assert_eq!(questions::count(&store, questions::JOBS_OF_THE_PAST).await, 0);
    house.app.perform(&admin, turbo(false)).await.unwrap();
    while house.app.tidy_for_faults().await.unwrap() > 0 {}
    assert_eq!(questions::count(&store, questions::JOBS_OF_THE_PAST).await, 1);
    let view = house.order(&admin, order.id).await;
    assert_eq!(view.tickets[0].job, JobState::Printed, "whoever asks about the order finds it");
    house.close().await;
}
